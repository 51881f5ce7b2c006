//! Calm lines from jagged ones: even steps, a little smoothing, curves.

use kurbo::Point;

use super::contour::Chain;
use crate::scene::{self, Segment};

/// The fewest points a line is drawn with.
const FEWEST: usize = 8;

/// How often a line is smoothed.
const PASSES: usize = 4;

/// Returns `chain` at even steps of about `pitch` millimetres, smoothed; the ends of an open one
/// stay where they are.
pub fn calmed(chain: &Chain, pitch: f64) -> Chain {
    let mut chain = resampled(chain, pitch);
    for _ in 0..PASSES {
        chain.points = smoothed(&chain);
    }
    chain
}

fn resampled(chain: &Chain, pitch: f64) -> Chain {
    let mut points = chain.points.clone();
    if chain.closed {
        points.extend(chain.points.first());
    }
    let steps: Vec<f64> = points.windows(2).map(|pair| pair[0].distance(pair[1])).collect();
    let length: f64 = steps.iter().sum();
    let count = ((length / pitch).round() as usize + usize::from(!chain.closed)).max(FEWEST);
    let gaps = if chain.closed { count } else { count - 1 };
    let mut even = Vec::with_capacity(count);
    let (mut at, mut passed) = (0, 0.0);
    for n in 0..count {
        let target = length * n as f64 / gaps as f64;
        while at + 1 < steps.len() && passed + steps[at] < target {
            passed += steps[at];
            at += 1;
        }
        let part = if steps[at] > 0.0 { ((target - passed) / steps[at]).min(1.0) } else { 0.0 };
        even.push(points[at].lerp(points[at + 1], part));
    }
    Chain { points: even, closed: chain.closed }
}

fn smoothed(chain: &Chain) -> Vec<Point> {
    let points = &chain.points;
    let count = points.len();
    let between = |before: Point, point: Point, after: Point| {
        ((before.to_vec2() + after.to_vec2()) / 4.0 + point.to_vec2() / 2.0).to_point()
    };
    (0..count)
        .map(|n| match chain.closed {
            false if n == 0 || n + 1 == count => points[n],
            _ => between(points[(n + count - 1) % count], points[n], points[(n + 1) % count]),
        })
        .collect()
}

/// Returns the pen's way along `chain`: a Catmull-Rom spline as cubic Bézier curves.
pub fn curve(chain: &Chain) -> Vec<Segment> {
    let points = &chain.points;
    let count = points.len() as isize;
    let at = |n: isize| match chain.closed {
        true => points[n.rem_euclid(count) as usize],
        false => points[n.clamp(0, count - 1) as usize],
    };
    let Some(start) = points.first() else { return Vec::new() };
    let mut segments = Vec::with_capacity(points.len() + 2);
    segments.push(Segment::Move(placed(*start)));
    for n in 0..if chain.closed { count } else { count - 1 } {
        let (before, from, to, after) = (at(n - 1), at(n), at(n + 1), at(n + 2));
        let (leave, arrive) = (from + (to - before) / 6.0, to - (after - from) / 6.0);
        segments.push(Segment::Cubic(placed(leave), placed(arrive), placed(to)));
    }
    if chain.closed {
        segments.push(Segment::Close);
    }
    segments
}

fn placed(point: Point) -> crate::length::Point {
    crate::length::Point::mm(point.x, point.y)
}

/// Returns one path of all `chains`, calmed at `pitch` millimetres.
pub fn path(chains: &[Chain], pitch: f64) -> scene::Path {
    let segments = chains.iter().flat_map(|chain| curve(&calmed(chain, pitch))).collect();
    scene::Path { segments }
}
