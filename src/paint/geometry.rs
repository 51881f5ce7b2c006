//! From the scene's exact lengths to the plane of millimetres that painters compute in.

use kurbo::{Affine, BezPath, PathEl, Point as Place, Rect as Area};

use crate::length::{Length, Point, Rect};
use crate::scene::{Path, Segment, Transform};

/// A kilometre: what lies farther out is drawn at that distance, so that no sum runs over.
const HORIZON: f64 = 1e6;

/// Returns the length in millimetres, no farther than the horizon.
pub(super) fn mm(length: Length) -> f64 {
    length.to_mm().clamp(-HORIZON, HORIZON)
}

/// Returns the point in millimetres.
pub(super) fn place(point: Point) -> Place {
    Place::new(mm(point.x), mm(point.y))
}

/// Returns the rectangle in millimetres, or none if it has no extent.
pub(super) fn area(rect: Rect) -> Option<Area> {
    let (width, height) = (mm(rect.size.width), mm(rect.size.height));
    (width > 0.0 && height > 0.0)
        .then(|| Area::from_origin_size(place(rect.origin), (width, height)))
}

/// Returns the map of the plane of millimetres, or none if it is no finite one.
pub(super) fn affine(transform: &Transform) -> Option<Affine> {
    let offset = place(transform.offset);
    let affine =
        Affine::new([transform.xx, transform.xy, transform.yx, transform.yy, offset.x, offset.y]);
    affine.is_finite().then_some(affine)
}

/// Returns how many times longer a length becomes at most: the larger singular value of the map.
pub(super) fn largest_scale(affine: Affine) -> f64 {
    let [a, b, c, d, ..] = affine.as_coeffs();
    ((a + d) / 2.0).hypot((b - c) / 2.0) + ((a - d) / 2.0).hypot((b + c) / 2.0)
}

/// Returns the path in millimetres; steps before the first [`Segment::Move`] are left out.
pub(super) fn bez_path(path: &Path) -> BezPath {
    let mut bez = BezPath::with_capacity(path.segments.len());
    let mut start = None;
    for segment in &path.segments {
        if let Segment::Move(point) = segment {
            start = Some(place(*point));
            bez.move_to(place(*point));
            continue;
        }
        let Some(start) = start else { continue };
        // The pen stands at the start again after a close; kurbo wants to hear that.
        if matches!(bez.elements().last(), Some(PathEl::ClosePath)) {
            bez.move_to(start);
        }
        match *segment {
            Segment::Move(_) => {}
            Segment::Line(point) => bez.line_to(place(point)),
            Segment::Cubic(a, b, end) => bez.curve_to(place(a), place(b), place(end)),
            Segment::Close => bez.close_path(),
        }
    }
    bez
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_with_a_move_and_go_on_after_a_close() {
        let at = |x, y| Point::mm(x, y);
        let path = Path {
            segments: vec![
                Segment::Line(at(9.0, 9.0)),
                Segment::Move(at(1.0, 2.0)),
                Segment::Line(at(3.0, 2.0)),
                Segment::Close,
                Segment::Line(at(1.0, 5.0)),
            ],
        };
        assert_eq!(bez_path(&path).to_svg(), "M1,2 L3,2 Z M1,2 L1,5");
    }

    #[test]
    fn the_largest_scale_is_seen_through_turns_and_slants() {
        assert_eq!(largest_scale(Affine::scale_non_uniform(2.0, -3.0)), 3.0);
        let turned = Affine::scale_non_uniform(2.0, 0.5) * Affine::rotate(1.0);
        assert!((largest_scale(turned) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_lies_beyond_the_horizon() {
        let far = Length::emu(i64::MAX);
        assert_eq!(mm(far), HORIZON);
        let transform = Transform { xx: f64::NAN, ..Transform::IDENTITY };
        assert_eq!(affine(&transform), None);
    }
}
