//! Faces for a test of printer and knife: where cards will be, with next to no ink.

use std::sync::Arc;

use crate::font::Role;
use crate::impose::{SetLine, SetText, SheetSpec, TextSpec};
use crate::length::{Length, Point, Rect};
use crate::scene::{Group, Ink, Item, Path, Scene, Shape, Stroke, Transform};

/// The width of all lines.
const HAIRLINE: Length = Length::mm(0.1);

/// How far the arms of the cross in the middle reach.
const ARM: Length = Length::mm(3.0);

/// Where the words stand: as far from the corner as the code of a real card.
const INSET: Length = Length::mm(6.0);

/// All signs that numbers and codes can have.
pub(super) const SIGNS: &str = "0123456789 · ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The size of the words.
const SIZE: Length = Length::pt(6.5);

/// Returns a face that shows the trim of a card of `spec`, its middle, and some `words`.
///
/// Front and back have their crosses at the same place, so that holding the sheet against the light
/// tells how well they meet.
pub(super) fn face(spec: &SheetSpec, words: &str, text: &SetText) -> Scene {
    let trim = Rect::new(Point::ORIGIN, spec.grid.face());
    let middle = Point::new(trim.size.width / 2, trim.size.height / 2);
    let (across, down) = (Point::new(ARM, Length::ZERO), Point::new(Length::ZERO, ARM));
    let line = |path| Item::Shape(Shape::stroked(path, Stroke::new(Ink::BLACK, HAIRLINE)));
    let SetLine { scene, .. } =
        text(words, TextSpec { role: Role::Small, size: SIZE, ink: Ink::BLACK });
    let words = Transform::moved(Point::new(INSET, trim.size.height - INSET));
    let items = vec![
        line(Path::rounded_rect(trim, spec.corner_radius)),
        line(Path::line(middle - across, middle + across)),
        line(Path::line(middle - down, middle + down)),
        Item::Group(Group::new(Arc::new(scene), words)),
    ];
    Scene { items, ..Scene::default() }
}
