//! Depth rings: looking down a well, one circle more for each level.

use super::inks;
use crate::deck::Depth;
use crate::length::{Length, Point};
use crate::scene::{Path, Shape, Stroke};

/// The smallest scale at which the gaps between the rings still print.
const SMALLEST: f64 = 0.7;

/// Returns the rings of `depth`, in its ink, about the `center` of the outer one.
///
/// Every level adds a circle inside the last one, sunk a little; the fifth is a solid dot. The
/// whole scales with `k`; at 1 the outer edge has a radius of 3.92 mm. Below 0.7 the gaps would
/// close, so that is as small as it gets.
pub fn rings(depth: Depth, center: Point, k: f64) -> Vec<Shape> {
    let k = k.max(SMALLEST);
    let ink = inks::of_depth(depth);
    let sunk = |by: f64| Point::new(center.x, center.y + Length::mm(by * k));
    let stroke = Stroke::new(ink, Length::mm(0.38 * k));
    let mut shapes: Vec<Shape> = (0..depth.level().min(4))
        .map(|ring| (f64::from(ring) * 0.19, 3.73 - 0.76 * f64::from(ring)))
        .map(|(by, radius)| Path::circle(sunk(by), Length::mm(radius * k)))
        .map(|circle| Shape::stroked(circle, stroke))
        .collect();
    if depth.level() == 5 {
        shapes.push(Shape::filled(Path::circle(sunk(0.76), Length::mm(0.62 * k)), ink));
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Segment;

    /// The lowest point of a circle.
    fn foot(shape: &Shape) -> Length {
        let ends = shape.path.segments.iter().filter_map(|segment| match segment {
            Segment::Cubic(_, _, end) => Some(end.y),
            _ => None,
        });
        ends.max().expect("a circle has curves")
    }

    #[test]
    fn each_level_adds_one_circle() {
        let center = Point::mm(53.1, 9.6);
        let counts = Depth::ALL.map(|depth| rings(depth, center, 1.0).len());
        assert_eq!(counts, [1, 2, 3, 4, 5]);
        let deep = rings(Depth::ALL[4], center, 1.0);
        assert!(deep[4].stroke.is_none() && deep[4].fill == Some(inks::DEEP));
        assert!(deep[..4].iter().all(|ring| ring.fill.is_none()));
    }

    #[test]
    fn gaps_at_the_foot_stay_open() {
        let deep = rings(Depth::ALL[4], Point::mm(53.1, 9.6), 1.0);
        assert_eq!(foot(&deep[0]), Length::mm(9.6 + 3.73));
        for pair in deep[..4].windows(2) {
            let gap = foot(&pair[0]) - foot(&pair[1]) - Length::mm(0.38);
            assert!((gap - Length::mm(0.19)).abs() < Length::mm(0.001), "{gap}");
        }
        assert!(foot(&deep[4]) < foot(&deep[3]) - Length::mm(0.19));
    }

    #[test]
    fn rings_scale_as_a_whole_but_not_below_what_prints() {
        let (half, least) = [0.5, 0.7].map(|k| rings(Depth::ALL[3], Point::ORIGIN, k)).into();
        assert_eq!(half, least);
        let large = rings(Depth::ALL[0], Point::ORIGIN, 2.0);
        assert_eq!(foot(&large[0]), Length::mm(7.46));
        assert_eq!(large[0].stroke.map(|stroke| stroke.width), Some(Length::mm(0.76)));
    }
}
