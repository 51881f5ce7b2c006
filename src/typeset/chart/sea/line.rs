//! Calm lines from jagged ones: even steps, a little smoothing, curves.

use kurbo::simplify::{SimplifyOptions, simplify_bezpath};
use kurbo::{BezPath, PathEl, Point};

use super::contour::Chain;
use crate::scene::{self, Segment};

/// The fewest points a line is drawn with.
const FEWEST: usize = 8;

/// How far, in millimetres, a drawn curve may lie from the smoothed line: a quarter of a dot of a
/// 600 dpi printer.
const ACCURACY: f64 = 0.01;

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
fn curve(chain: &Chain) -> BezPath {
    let points = &chain.points;
    let count = points.len() as isize;
    let at = |n: isize| match chain.closed {
        true => points[n.rem_euclid(count) as usize],
        false => points[n.clamp(0, count - 1) as usize],
    };
    let mut path = BezPath::new();
    let Some(start) = points.first() else { return path };
    path.move_to(*start);
    for n in 0..if chain.closed { count } else { count - 1 } {
        let (before, from, to, after) = (at(n - 1), at(n), at(n + 1), at(n + 2));
        path.curve_to(from + (to - before) / 6.0, to - (after - from) / 6.0, to);
    }
    if chain.closed {
        path.close_path();
    }
    path
}

/// Returns the same way in as few curves as stay within [`ACCURACY`] of it.
fn lean(path: &BezPath) -> Vec<Segment> {
    let options = SimplifyOptions::default().angle_thresh(0.05);
    simplify_bezpath(path.elements().iter().copied(), ACCURACY, &options)
        .elements()
        .iter()
        .filter_map(|element| match *element {
            PathEl::MoveTo(to) => Some(Segment::Move(placed(to))),
            PathEl::LineTo(to) => Some(Segment::Line(placed(to))),
            PathEl::CurveTo(leave, arrive, to) => {
                Some(Segment::Cubic(placed(leave), placed(arrive), placed(to)))
            }
            PathEl::ClosePath => Some(Segment::Close),
            // Cubics are never made simpler than cubics and lines.
            PathEl::QuadTo(..) => None,
        })
        .collect()
}

fn placed(point: Point) -> crate::length::Point {
    crate::length::Point::mm(point.x, point.y)
}

/// Returns one path of all `chains`, calmed at `pitch` millimetres.
pub fn path(chains: &[Chain], pitch: f64) -> scene::Path {
    let segments = chains.iter().flat_map(|chain| lean(&curve(&calmed(chain, pitch)))).collect();
    scene::Path { segments }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::ParamCurveNearest;

    fn ring(radius: f64, count: usize) -> Chain {
        let angle = |n: usize| std::f64::consts::TAU * n as f64 / count as f64;
        let at = |n| Point::new(radius * f64::cos(angle(n)), radius * f64::sin(angle(n)));
        Chain { points: (0..count).map(at).collect(), closed: true }
    }

    #[test]
    fn steps_are_even_and_near_the_pitch() {
        let jagged = Chain {
            points: vec![Point::new(0.0, 0.0), Point::new(0.1, 0.0), Point::new(20.0, 0.0)],
            closed: false,
        };
        let even = resampled(&jagged, 0.8);
        assert_eq!((even.points.len(), even.points[0].x), (26, 0.0));
        for pair in even.points.windows(2) {
            assert!((pair[0].distance(pair[1]) - 0.8).abs() < 1e-9);
        }
        assert_eq!(resampled(&ring(0.5, 40), 0.8).points.len(), FEWEST);
    }

    #[test]
    fn open_lines_keep_their_ends() {
        let bent = Chain {
            points: vec![Point::new(0.0, 0.0), Point::new(5.0, 5.0), Point::new(10.0, 0.0)],
            closed: false,
        };
        let calm = calmed(&bent, 0.8);
        assert_eq!(calm.points.first(), bent.points.first());
        assert_eq!(calm.points.last(), bent.points.last());
        let top = calm.points.iter().map(|point| point.y).fold(0.0, f64::max);
        assert!((4.0..4.8).contains(&top), "the corner is rounded: {top}");
    }

    #[test]
    fn closed_lines_stay_closed_and_round() {
        let calm = calmed(&ring(10.0, 100), 0.8);
        assert!(calm.points.iter().all(|p| (9.9..10.01).contains(&p.to_vec2().hypot())));
        let path = curve(&calm);
        let segments = lean(&path);
        assert_eq!(segments.last(), Some(&Segment::Close));
        let (Segment::Move(start), Segment::Cubic(_, _, end)) =
            (segments[0], segments[segments.len() - 2])
        else {
            panic!("a ring begins with a move and ends with a curve")
        };
        assert_eq!(start, end);
    }

    #[test]
    fn few_curves_say_the_same_as_many() {
        let many = curve(&calmed(&ring(10.0, 100), 0.8));
        let few = lean(&many);
        assert!(few.len() * 4 < many.elements().len(), "{} curves", few.len());
        for segment in few {
            let Segment::Cubic(_, _, end) = segment else { continue };
            let end = Point::new(end.x.to_mm(), end.y.to_mm());
            let near = many.segments().map(|s| s.nearest(end, 1e-6).distance_sq.sqrt());
            assert!(near.fold(f64::INFINITY, f64::min) < 2.0 * ACCURACY);
        }
    }

    #[test]
    fn points_without_length_draw_without_trouble() {
        for closed in [true, false] {
            let chain = Chain { points: vec![Point::ORIGIN; 2], closed };
            assert!(calmed(&chain, 0.8).points.iter().all(|point| *point == Point::ORIGIN));
        }
    }
}
