//! The way from a scene to the page: EMU that run down become points that run up.

use crate::length::{Length, Point, Rect};
use crate::scene::Transform;

/// One EMU in points.
const POINT: f64 = 1.0 / 12_700.0;

/// A map from scene coordinates to PDF user space: (a·x + c·y + e, b·x + d·y + f).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Matrix {
    /// The map of a page or form whose top edge stands at `top`: the only place where y is flipped.
    pub fn root(top: Length) -> Self {
        Self { a: POINT, b: 0.0, c: 0.0, d: -POINT, e: 0.0, f: top.to_pt() }
    }

    /// Returns the map that does `inner` first and this one second.
    pub fn after(&self, inner: &Transform) -> Self {
        let (x, y) = self.apply(inner.offset);
        Self {
            a: self.a * inner.xx + self.c * inner.xy,
            b: self.b * inner.xx + self.d * inner.xy,
            c: self.a * inner.yx + self.c * inner.yy,
            d: self.b * inner.yx + self.d * inner.yy,
            e: x,
            f: y,
        }
    }

    /// Returns where a point of the scene goes.
    pub fn apply(&self, point: Point) -> (f64, f64) {
        let (x, y) = (point.x.to_emu() as f64, point.y.to_emu() as f64);
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// Returns the `cm` or `Tm` that makes a space of points running up out of this map.
    pub fn operands(&self) -> [f64; 6] {
        let k = POINT;
        [self.a / k, self.b / k, -self.c / k, -self.d / k, self.e, self.f]
    }

    /// Whether the scene stands upright at its own size.
    pub fn is_upright(&self) -> bool {
        self.a == POINT && self.b == 0.0 && self.c == 0.0 && self.d == -POINT
    }

    /// Whether edges along the axes stay so.
    pub fn keeps_axes(&self) -> bool {
        (self.b == 0.0 && self.c == 0.0) || (self.a == 0.0 && self.d == 0.0)
    }

    /// Returns by how much lines grow, if they grow alike in all directions.
    pub fn scale(&self) -> Option<f64> {
        let (first, second) = (self.a.hypot(self.b), self.c.hypot(self.d));
        let skew = self.a * self.c + self.b * self.d;
        let limit = 1e-9 * first * second;
        let alike = (first - second).abs() <= 1e-9 * first && skew.abs() <= limit;
        alike.then_some(first / POINT)
    }

    /// Returns the smallest upright box around `rect`: left, bottom, right, top.
    pub fn bounds(&self, rect: Rect) -> [f64; 4] {
        let corners = [
            rect.origin,
            Point::new(rect.right(), rect.top()),
            Point::new(rect.left(), rect.bottom()),
            Point::new(rect.right(), rect.bottom()),
        ]
        .map(|corner| self.apply(corner));
        corners.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[l, b, r, t], (x, y)| {
            [l.min(*x), b.min(*y), r.max(*x), t.max(*y)]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::Size;

    #[test]
    fn root_turns_the_page_upside_up() {
        let root = Matrix::root(Length::pt(842.0));
        assert_eq!(root.apply(Point::new(Length::pt(10.0), Length::pt(2.0))), (10.0, 840.0));
        assert_eq!(root.operands(), [1.0, 0.0, 0.0, 1.0, 0.0, 842.0]);
        assert!(root.is_upright());
    }

    #[test]
    fn half_turns_are_similar_but_not_upright() {
        let turn = Transform::half_turn(Size::mm(63.0, 88.0), Point::mm(5.0, 5.0));
        let matrix = Matrix::root(Length::mm(297.0)).after(&turn);
        assert!(!matrix.is_upright() && matrix.keeps_axes());
        assert_eq!(matrix.scale(), Some(1.0));
    }

    #[test]
    fn skews_have_no_single_scale() {
        let skew = Transform { xx: 1.0, xy: 0.0, yx: 0.5, yy: 1.0, offset: Point::ORIGIN };
        assert_eq!(Matrix::root(Length::ZERO).after(&skew).scale(), None);
        let stretch = Transform { xx: 2.0, xy: 0.0, yx: 0.0, yy: 1.0, offset: Point::ORIGIN };
        assert_eq!(Matrix::root(Length::ZERO).after(&stretch).scale(), None);
    }
}
