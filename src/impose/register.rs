//! How a printer puts things off their place, and how pages make up for it.

use std::sync::Arc;

use crate::impose::plan::Side;
use crate::length::{Axes, Length, Point, Rect, Size};
use crate::scene::{Group, Item, Page, Scene, Transform};

/// The error of a printer. Default: none.
///
/// A front comes out larger or smaller about the centre of the paper; a back comes out the same,
/// then turned about that centre, then moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Register {
    /// How far a back lies to the right of where it should, and below, seen from the back.
    pub shift: Point,
    /// How far a back is turned clockwise, seen from the back, in degrees.
    pub angle: f64,
    /// How long a length of 1 comes out, across the page and down.
    pub scale: Axes<f64>,
}

impl Default for Register {
    fn default() -> Self {
        Self { shift: Point::ORIGIN, angle: 0.0, scale: Axes::all(1.0) }
    }
}

impl Register {
    /// Returns whether the printer makes no error at all.
    pub fn is_exact(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the register of which only the scale is left, for sheets without backs.
    pub fn of_fronts(&self) -> Self {
        Self { scale: self.scale, ..Self::default() }
    }

    /// Returns where the printer puts what a side of a page of `size` has in its place.
    pub fn error(&self, size: Size, side: Side) -> Transform {
        let (sin, cos) = self.turn(side);
        let Axes { x, y } = self.scale;
        let centre = centre(size);
        let map = [cos * x, sin * x, -sin * y, cos * y];
        about(map, centre, centre + self.moved(side))
    }

    /// Returns the map that undoes the error: what it moves, the printer puts in its place.
    pub fn correction(&self, size: Size, side: Side) -> Transform {
        let (sin, cos) = self.turn(side);
        let Axes { x, y } = self.scale;
        let centre = centre(size);
        let map = [cos / x, -sin / y, sin / x, cos / y];
        about(map, centre + self.moved(side), centre)
    }

    /// Returns whether an area of a page of `size` is still on the paper once the page is corrected.
    pub fn keeps_on_paper(&self, area: Rect, size: Size, side: Side) -> bool {
        let paper = Rect::new(Point::ORIGIN, size);
        let correction = self.correction(size, side);
        let (left, top, right, foot) = (area.left(), area.top(), area.right(), area.bottom());
        [(left, top), (right, top), (left, foot), (right, foot)].into_iter().all(|(x, y)| {
            let corner = correction.apply(Point::new(x, y));
            paper.contains(Rect::new(corner, Size::default()))
        })
    }

    /// Returns the part of a page of `size` that is still on the paper once it is corrected: the upright
    /// rectangle that every corrected sheet holds.
    pub fn reach(&self, size: Size, side: Side) -> Rect {
        let paper = Rect::new(Point::ORIGIN, size);
        if self.is_exact() {
            return paper;
        }
        // What the paper's own corners hold is what the correction puts there.
        let error = self.error(size, side);
        let corner = |x, y| error.apply(Point::new(x, y));
        let (width, height) = (size.width, size.height);
        let [a, b] = [corner(Length::ZERO, Length::ZERO), corner(width, Length::ZERO)];
        let [c, d] = [corner(Length::ZERO, height), corner(width, height)];
        let origin = Point::new(a.x.max(c.x).max(Length::ZERO), a.y.max(b.y).max(Length::ZERO));
        let end = Point::new(b.x.min(d.x).min(width), c.y.min(d.y).min(height));
        Rect::new(origin, Size::new(end.x - origin.x, end.y - origin.y))
    }

    /// Returns the page that comes out as `page` should; without an error, `page` itself.
    pub fn correct(&self, page: Page, side: Side) -> Page {
        if self.is_exact() {
            return page;
        }
        let correction = self.correction(page.size, side);
        Page { scene: moved(page.scene, &correction), ..page }
    }

    /// Returns the error of a printer that still makes the error `rest` on pages that are corrected
    /// for this one.
    ///
    /// Scale and turn are taken as if they could change places, which is wrong by their product:
    /// less than a hundredth of a millimetre on any sheet, as no page is corrected twice by much.
    pub fn and(&self, rest: &Self) -> Self {
        let before = Self { shift: Point::ORIGIN, ..*rest };
        let shift = before.error(Size::default(), Side::Verso).apply(self.shift) + rest.shift;
        let scale = Axes { x: self.scale.x * rest.scale.x, y: self.scale.y * rest.scale.y };
        Self { shift, angle: self.angle + rest.angle, scale }
    }

    /// Returns sine and cosine of the turn of a side.
    fn turn(&self, side: Side) -> (f64, f64) {
        match side {
            Side::Recto => (0.0, 1.0),
            Side::Verso => (libm::sin(self.angle.to_radians()), libm::cos(self.angle.to_radians())),
        }
    }

    fn moved(&self, side: Side) -> Point {
        match side {
            Side::Recto => Point::ORIGIN,
            Side::Verso => self.shift,
        }
    }
}

/// Returns the centre of a page of `size`.
pub(super) fn centre(size: Size) -> Point {
    Point::new(size.width / 2, size.height / 2)
}

/// Returns the map with the coefficients `xx`, `xy`, `yx`, `yy` that brings `from` to `to`.
fn about([xx, xy, yx, yy]: [f64; 4], from: Point, to: Point) -> Transform {
    let map = Transform { xx, xy, yx, yy, offset: Point::ORIGIN };
    Transform { offset: to - map.apply(from), ..map }
}

/// Returns the scene as `by` moves it.
fn moved(scene: Scene, by: &Transform) -> Scene {
    if !scene.items.iter().all(|item| matches!(item, Item::Group(_))) {
        let group = Item::Group(Group::new(Arc::new(scene), *by));
        return Scene { items: vec![group], ..Scene::default() };
    }
    let item = |item| match item {
        Item::Group(group) => Item::Group(Group { transform: group.transform.then(by), ..group }),
        other => other,
    };
    Scene { items: scene.items.into_iter().map(item).collect(), ..scene }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::length::{Length, Rect};
    use crate::scene::{Ink, Path, Shape};

    fn register() -> impl Strategy<Value = Register> {
        let shift = (-20.0..20.0, -20.0..20.0).prop_map(|(x, y)| Point::mm(x, y));
        let scale = (0.9..1.1, 0.9..1.1).prop_map(|(x, y)| Axes { x, y });
        (shift, -5.0..5.0, scale).prop_map(|(shift, angle, scale)| Register { shift, angle, scale })
    }

    fn page(size: Size) -> Page {
        let shape = Shape::filled(Path::rect(Rect::new(Point::ORIGIN, size)), Ink::BLACK);
        let scene = Scene { items: vec![Item::Shape(shape)], ..Scene::default() };
        let group = Group::new(Arc::new(scene), Transform::moved(Point::mm(3.0, 4.0)));
        let area = Rect::new(Point::ORIGIN, size);
        let scene = Scene { items: vec![Item::Group(group)], ..Scene::default() };
        Page { size, trim: area, bleed: area, scene, bookmarks: Vec::new() }
    }

    fn transform(page: &Page) -> Transform {
        match &page.scene.items[..] {
            [Item::Group(group)] => group.transform,
            other => panic!("{other:?}"),
        }
    }

    /// A thousandth of a millimetre, in EMU.
    const TINY: i64 = 36;

    fn assert_near(a: Point, b: Point) {
        let (x, y) = (a.x - b.x, a.y - b.y);
        assert!(x.abs().to_emu().max(y.abs().to_emu()) <= TINY, "{a:?} is not {b:?}");
    }

    #[test]
    fn a_back_is_turned_clockwise_and_moved_right_and_down() {
        let size = Size::mm(200.0, 300.0);
        let scale = Axes { x: 0.99, y: 1.01 };
        let register = Register { shift: Point::mm(2.0, 1.0), angle: 90.0, scale };
        let back = register.error(size, Side::Verso);
        assert_near(back.apply(Point::mm(200.0, 150.0)), Point::mm(102.0, 250.0));
        assert_near(back.apply(Point::mm(100.0, 250.0)), Point::mm(1.0, 151.0));
        let front = register.error(size, Side::Recto);
        assert_near(front.apply(Point::mm(200.0, 250.0)), Point::mm(199.0, 251.0));
    }

    #[test]
    fn a_printer_without_error_changes_nothing() {
        let page = page(Size::mm(210.0, 297.0));
        assert_eq!(Register::default().correct(page.clone(), Side::Verso), page);
    }

    #[test]
    fn loose_items_are_corrected_as_well() {
        let size = Size::mm(210.0, 297.0);
        let register = Register { shift: Point::mm(1.0, 0.0), ..Register::default() };
        let mut bare = page(size);
        bare.scene = match &bare.scene.items[0] {
            Item::Group(group) => Scene::clone(&group.scene),
            other => panic!("{other:?}"),
        };
        let corrected = register.correct(bare, Side::Verso);
        assert_eq!(transform(&corrected), Transform::moved(Point::mm(-1.0, 0.0)));
    }

    proptest! {
        #[test]
        fn what_is_corrected_and_then_printed_is_the_page(register in register(), back: bool) {
            let side = if back { Side::Verso } else { Side::Recto };
            let page = page(Size::mm(210.0, 297.0));
            let (before, error) = (transform(&page), register.error(page.size, side));
            let after = transform(&register.correct(page, side)).then(&error);
            for corner in [Point::ORIGIN, Point::mm(210.0, 0.0), Point::mm(0.0, 297.0)] {
                assert_near(after.apply(corner), before.apply(corner));
            }
        }

        #[test]
        fn what_is_left_after_a_correction_adds_up(
            x in -4.0..4.0, y in -4.0..4.0, angle in -0.6..0.6, scale in 0.98..1.02,
        ) {
            let size = Size::mm(210.0, 297.0);
            let shift = Point::mm(x, y);
            let all = Register { shift, angle, scale: Axes { x: scale, y: 1.0 } };
            let known = Register { shift: Point::mm(x - 0.3, y + 0.2), angle: angle + 0.1, ..all };
            // What is left once `known` is corrected: what of `all` comes after it.
            let seen = known.correction(size, Side::Verso).then(&all.error(size, Side::Verso));
            let centre = centre(size);
            let rest = Register {
                shift: seen.apply(centre) - centre,
                angle: libm::atan2(seen.xy, seen.xx).to_degrees(),
                scale: Axes::all(1.0),
            };
            let found = known.and(&rest);
            let (x, y) = (found.shift.x - shift.x, found.shift.y - shift.y);
            prop_assert!(x.abs().max(y.abs()) <= Length::mm(0.01), "{found:?} {all:?}");
            prop_assert!((found.angle - angle).abs() < 0.005, "{found:?} {all:?}");
        }
    }
}
