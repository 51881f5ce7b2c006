//! The sea beyond the card: it repeats, so it covers whatever is to be covered.

use std::sync::Arc;

use crate::length::{Length, Point, Rect, Sides, Size};
use crate::scene::{Group, Item, Scene, Transform};
use crate::typeset::chart::lettering::Letterer;

use super::back::{BEYOND, BackSpec, View, draw_sea};
use super::cartouche::Cartouche;
use super::field::Sea;
use super::scale::Scale;
use super::soundings::Sounding;

/// The room that a sounding takes to each side, in millimetres on a poker card.
const FIGURE: f64 = 2.6;

/// A stretch of sea; all places are measured from the top left of one card's trim.
#[derive(Clone, Debug, PartialEq)]
pub struct Expanse {
    /// The area that is drawn; the drawing runs a little farther.
    pub area: Rect,
    /// The areas that soundings stand in, each of them wholly in one.
    pub fields: Vec<Rect>,
    /// Which islands carry the words: how many cards to the right of the first each lies.
    pub islands: Vec<i64>,
}

/// Returns where the middle of the island lies on a card of `trim`, if that is one.
pub fn island(trim: Size) -> Option<Point> {
    let middle = Scale::new(trim)?.point(31.5, 40.5);
    Some(Point::mm(middle.x, middle.y))
}

/// Returns the sea of `spec` over all of `expanse`, with the words on the islands it names.
///
/// Bleed is part of the area; that of `spec` counts for nothing. The scene is empty where the trim
/// is no card, as with [`back`](super::back()).
pub fn expanse(spec: &BackSpec, expanse: &Expanse, letterer: &dyn Letterer) -> Scene {
    let Some(sea) = Sea::new(spec.title, spec.trim) else { return Scene::default() };
    let mut scene = Scene::default();
    let room = Length::mm(FIGURE * sea.scale.type_scale);
    let copies = |sounding: Sounding| copies(sounding, spec.trim, expanse, room);
    let area = expanse.area.grown(Sides::all(Length::mm(BEYOND * sea.scale.mean)));
    let words = draw_sea(&mut scene, &sea, spec, &View { area, copies: &copies }, letterer);
    let mut island = Scene::default();
    Cartouche::fitted(spec, &sea.scale, letterer).draw(&mut island, &sea.scale, words, letterer);
    let island = Arc::new(island);
    let placed = expanse.islands.iter().map(|cards| {
        let offset = Point::new(spec.trim.width * *cards, Length::ZERO);
        Item::Group(Group::new(island.clone(), Transform::moved(offset)))
    });
    scene.items.extend(placed);
    scene
}

/// Returns a sounding in every period of the sea in which it stands free.
fn copies(sounding: Sounding, trim: Size, expanse: &Expanse, room: Length) -> Vec<Sounding> {
    let area = expanse.area;
    let periods = |from: Length, to: Length, side: Length| {
        (from.ratio(side).floor() as i64 - 1)..=(to.ratio(side).ceil() as i64)
    };
    let across = periods(area.left(), area.right(), trim.width);
    let down = periods(area.top(), area.bottom(), trim.height);
    let mut found = Vec::new();
    for (i, j) in down.flat_map(|j| across.clone().map(move |i| (i, j))) {
        let (right, lower) = (trim.width * i, trim.height * j);
        let offset = kurbo::Vec2::new(right.to_mm(), lower.to_mm());
        let moved = Sounding { at: sounding.at + offset, ..sounding };
        let middle = Point::mm(moved.at.x, moved.at.y);
        let taken = Rect::new(middle, Size::default()).grown(Sides::all(room));
        if expanse.fields.iter().any(|field| field.contains(taken)) {
            found.push(moved);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontStore;
    use crate::scene::Text;
    use crate::typeset::chart::lettering::PlainLetterer;
    use crate::typeset::chart::sea::BackStyle;

    const TRIM: Size = Size::mm(63.0, 88.0);

    fn drawn(expanse: &Expanse) -> Scene {
        let spec = BackSpec {
            trim: TRIM,
            bleed: Length::ZERO,
            title: "Intimacy",
            subtitle: None,
            logo: None,
            style: BackStyle::Press,
            one_ink: false,
        };
        super::expanse(&spec, expanse, &PlainLetterer { fonts: &FontStore::bundled() })
    }

    fn soundings(scene: &Scene) -> Vec<&Text> {
        let texts = scene.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn soundings_stand_in_every_period_but_only_where_they_are_whole() {
        let field = Rect::new(Point::mm(-63.0, 0.0), Size::mm(126.0, 88.0));
        let two = drawn(&Expanse { area: field, fields: vec![field], islands: vec![0] });
        let one = Rect::new(Point::ORIGIN, TRIM);
        let half = drawn(&Expanse { area: field, fields: vec![one], islands: vec![0] });
        let (two, half) = (soundings(&two), soundings(&half));
        assert!(!half.is_empty() && two.len() == 2 * half.len());
        for pair in two.chunks(2) {
            assert_eq!(pair[1].origin, pair[0].origin + Point::mm(63.0, 0.0));
        }
        let sliver = Rect::new(Point::ORIGIN, Size::mm(63.0, 4.0));
        let none = drawn(&Expanse { area: field, fields: vec![sliver], islands: vec![] });
        assert!(soundings(&none).is_empty());
    }

    #[test]
    fn words_stand_on_the_islands_that_are_named() {
        let area = Rect::new(Point::mm(-63.0, 0.0), Size::mm(126.0, 88.0));
        let scene = drawn(&Expanse { area, fields: vec![], islands: vec![-1, 0] });
        let places: Vec<Point> = scene
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Group(group) if group.scene.text == "Intimacy" => {
                    Some(group.transform.offset)
                }
                _ => None,
            })
            .collect();
        assert_eq!(places, [Point::mm(-63.0, 0.0), Point::ORIGIN]);
        assert_eq!(island(TRIM), Some(Point::mm(31.5, 40.5)));
    }
}
