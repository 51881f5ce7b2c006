//! The area that the ink of a scene can reach: the box of a form must hold all of it.

use super::kit::Kit;
use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Group, Item, Scene, Segment, Shape, Text};

/// Returns an area that holds all ink of `scene`, if it has any. It is not the smallest one.
pub(super) fn bounds(kit: &Kit, scene: &Scene) -> Option<Rect> {
    let areas = scene.items.iter().filter_map(|item| match item {
        Item::Group(group) => group_bounds(kit, group),
        Item::Text(text) => text_bounds(kit, scene, text),
        Item::Shape(shape) => shape_bounds(shape),
        Item::Image(picture) => Some(picture.area),
    });
    areas.reduce(Rect::union)
}

fn group_bounds(kit: &Kit, group: &Group) -> Option<Rect> {
    let area = match group.clip {
        Some(area) => area,
        None => bounds(kit, &group.scene)?,
    };
    let corners = [
        area.origin,
        Point::new(area.right(), area.top()),
        Point::new(area.left(), area.bottom()),
        Point::new(area.right(), area.bottom()),
    ];
    around(corners.into_iter().map(|corner| group.transform.apply(corner)))
}

fn text_bounds(kit: &Kit, scene: &Scene, text: &Text) -> Option<Rect> {
    let face = kit.face(text.font)?;
    let unit = text.size.to_emu() as f64 / face.units_per_em;
    let [left, bottom, right, top] = face.reach(text.size);
    let glyphs = scene.glyphs.get(text.glyphs.start as usize..text.glyphs.end as usize)?;
    let mut pen = 0.0;
    let places = glyphs.iter().map(|glyph| {
        let (x, y) = (pen + f64::from(glyph.dx) * unit, -f64::from(glyph.dy) * unit);
        pen += f64::from(glyph.advance) * unit;
        Point::new(text.origin.x + emu(x), text.origin.y + emu(y))
    });
    let origins = around(places)?;
    Some(Rect::new(
        Point::new(origins.left() + emu(left), origins.top() - emu(top)),
        Size::new(origins.size.width + emu(right - left), origins.size.height + emu(top - bottom)),
    ))
}

fn shape_bounds(shape: &Shape) -> Option<Rect> {
    let points = shape.path.segments.iter().flat_map(|segment| match *segment {
        Segment::Move(to) | Segment::Line(to) => [Some(to), None, None],
        Segment::Cubic(first, second, to) => [Some(first), Some(second), Some(to)],
        Segment::Close => [None; 3],
    });
    // A mitred corner may stand out by ten times half the width, the limit that PDF begins with.
    let air = shape.stroke.map_or(Length::ZERO, |stroke| match stroke.round {
        true => stroke.width / 2,
        false => stroke.width * 5,
    });
    Some(around(points.flatten())?.grown(crate::length::Sides::all(air)))
}

fn around(points: impl Iterator<Item = Point>) -> Option<Rect> {
    points.map(|point| Rect::new(point, Size::default())).reduce(Rect::union)
}

fn emu(value: f64) -> Length {
    Length::emu(value.round() as i64)
}
