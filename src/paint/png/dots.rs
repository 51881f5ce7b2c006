//! Dotted lines: discs at an even pitch along a path.

use kurbo::{Affine, BezPath, PathEl, Point, Rect};

use super::polygon::{Polygons, disc};
use crate::paint::geometry::largest_scale;

/// How far the line of dots may stray from the path, in pixels.
const TOLERANCE: f64 = 0.01;

/// Returns discs of `radius` every `pitch` along `path`, all in millimetres, as they lie in
/// pixels; each part of the path begins with one, and those off the `paper` are left out.
pub(super) fn dots(
    path: &BezPath,
    radius: f64,
    pitch: f64,
    to_pixels: Affine,
    paper: Rect,
) -> Polygons {
    let scale = largest_scale(to_pixels);
    let reach = paper.inflate(radius * scale, radius * scale);
    let mut polygons = Polygons::default();
    let mut walk = Walk { pitch, next: 0.0, reach, to_pixels };
    let mut put = |center: Point| {
        let dot = disc(Point::ORIGIN, radius * scale);
        polygons.push(dot.map(|p| to_pixels * (center + p.to_vec2() / scale)));
    };
    let (mut start, mut from) = (Point::ORIGIN, Point::ORIGIN);
    kurbo::flatten(path, TOLERANCE / scale, |element| {
        let to = match element {
            PathEl::MoveTo(point) => {
                (start, from) = (point, point);
                return walk.next = 0.0;
            }
            PathEl::ClosePath => start,
            PathEl::LineTo(point) => point,
            _ => return,
        };
        walk.along(from, to, &mut put);
        from = to;
    });
    polygons
}

/// How far the next dot is away, in millimetres along the path.
struct Walk {
    pitch: f64,
    next: f64,
    reach: Rect,
    to_pixels: Affine,
}

impl Walk {
    fn along(&mut self, from: Point, to: Point, put: &mut impl FnMut(Point)) {
        let length = from.distance(to);
        if self.next > length {
            return self.next -= length;
        }
        let last = ((length - self.next) / self.pitch).floor();
        if let Some((enter, leave)) = self.seen(from, to) {
            let number = |at: f64| (at * length - self.next) / self.pitch;
            let (first, end) = (number(enter).ceil().max(0.0), number(leave).floor().min(last));
            let mut dot = first;
            while dot <= end {
                let gone = self.next + dot * self.pitch;
                put(from.lerp(to, if length > 0.0 { gone / length } else { 0.0 }));
                dot += 1.0;
            }
        }
        self.next += (last + 1.0) * self.pitch - length;
    }

    /// Returns between which shares of its length a piece of the path is near the paper.
    fn seen(&self, from: Point, to: Point) -> Option<(f64, f64)> {
        let (a, b) = (self.to_pixels * from, self.to_pixels * to);
        let mut span = (0.0f64, 1.0f64);
        let sides =
            [(a.x, b.x, self.reach.x0, self.reach.x1), (a.y, b.y, self.reach.y0, self.reach.y1)];
        for (a, b, low, high) in sides {
            if a == b {
                if a < low || a > high {
                    return None;
                }
                continue;
            }
            let (one, other) = ((low - a) / (b - a), (high - a) / (b - a));
            span = (span.0.max(one.min(other)), span.1.min(one.max(other)));
        }
        (span.0 <= span.1).then_some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Rect = Rect::new(0.0, 0.0, 100.0, 100.0);

    fn centers(path: &str, pitch: f64) -> Vec<(f64, f64)> {
        let path = BezPath::from_svg(path).expect("a path");
        let dots = dots(&path, 1.0, pitch, Affine::IDENTITY, PAPER);
        let round = |value: f64| (value * 100.0).round() / 100.0;
        dots.contours()
            .map(|(_, bounds)| (round(bounds.center().x), round(bounds.center().y)))
            .collect()
    }

    #[test]
    fn dots_keep_their_pitch_around_corners() {
        let found = centers("M10 10L25 10L25 30", 10.0);
        assert_eq!(found, [(10.0, 10.0), (20.0, 10.0), (25.0, 15.0), (25.0, 25.0)]);
    }

    #[test]
    fn every_part_begins_with_a_dot() {
        assert_eq!(centers("M10 10L14 10M30 10L34 10", 9.0), [(10.0, 10.0), (30.0, 10.0)]);
    }

    #[test]
    fn dots_off_the_paper_cost_nothing() {
        let found = centers("M-1000000 50L1000000 50", 50.0);
        assert_eq!(found, [(0.0, 50.0), (50.0, 50.0), (100.0, 50.0)]);
    }
}
