//! The first pass: what a document will use.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::cluster::{Cluster, clusters};
use crate::scene::{Bitmap, Group, Ink, Item, Layer, Scene, Shape, Spot, Text};

/// What a document will use: glyphs, reused scenes, pictures, layers, plates.
///
/// Every scene that will be painted is noted before the first page is: fonts are cut down to the
/// glyphs that are noted, and reused scenes are written once, ahead of the pages. Noting is cheap;
/// several threads can each keep an inventory and [`merge`](Self::merge) them in order.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// What each glyph of each font stands for.
    pub(super) fonts: Vec<Vec<Sighting>>,
    pub(super) scenes: Once<Scene>,
    pub(super) bitmaps: Once<Bitmap>,
    pub(super) layers: BTreeSet<Layer>,
    pub(super) spots: BTreeSet<Spot>,
}

/// What is known of a glyph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Sighting {
    /// It was not met.
    #[default]
    Unseen,
    /// It was only met together with others.
    Shown,
    /// It was met standing for these characters.
    Alone(Box<str>),
}

impl Inventory {
    /// An inventory of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what `scene` uses.
    pub fn note(&mut self, scene: &Scene) {
        for item in &scene.items {
            match item {
                Item::Group(group) => self.note_group(group),
                Item::Text(text) => self.note_text(scene, text),
                Item::Shape(shape) => self.note_shape(shape),
                Item::Image(picture) => {
                    self.bitmaps.add(&picture.bitmap);
                }
            }
        }
    }

    /// Adds what `other` has; of what both have, this inventory's order holds.
    pub fn merge(&mut self, other: Self) {
        for (font, sightings) in other.fonts.into_iter().enumerate() {
            for (glyph, sighting) in sightings.into_iter().enumerate() {
                match sighting {
                    Sighting::Unseen => {}
                    Sighting::Shown => self.glyph(font, glyph).show(),
                    Sighting::Alone(text) => self.glyph(font, glyph).stand_for(&text),
                }
            }
        }
        for scene in &other.scenes.items {
            self.scenes.add(scene);
        }
        for bitmap in &other.bitmaps.items {
            self.bitmaps.add(bitmap);
        }
        self.layers.extend(other.layers);
        self.spots.extend(other.spots);
    }

    fn note_group(&mut self, group: &Group) {
        self.layers.extend(group.layer);
        if !group.reused || self.scenes.add(&group.scene) {
            self.note(&group.scene);
        }
    }

    fn note_shape(&mut self, shape: &Shape) {
        let stroke = shape.stroke.map(|stroke| stroke.ink);
        shape.fill.into_iter().chain(stroke).for_each(|ink| self.note_ink(ink));
    }

    fn note_ink(&mut self, ink: Ink) {
        self.spots.extend(ink.spot);
    }

    fn note_text(&mut self, scene: &Scene, text: &Text) {
        self.note_ink(text.ink);
        let font = text.font.0.into();
        for Cluster { glyphs, text } in clusters(scene, text) {
            if let ([glyph], false) = (glyphs, text.is_empty()) {
                self.glyph(font, glyph.id.into()).stand_for(text);
            } else {
                glyphs.iter().for_each(|glyph| self.glyph(font, glyph.id.into()).show());
            }
        }
    }

    fn glyph(&mut self, font: usize, glyph: usize) -> &mut Sighting {
        if self.fonts.len() <= font {
            self.fonts.resize_with(font + 1, Vec::new);
        }
        let glyphs = &mut self.fonts[font];
        if glyphs.len() <= glyph {
            glyphs.resize(glyph + 1, Sighting::Unseen);
        }
        &mut glyphs[glyph]
    }
}

impl Sighting {
    fn show(&mut self) {
        if *self == Self::Unseen {
            *self = Self::Shown;
        }
    }

    /// Keeps the shortest of all texts, of equally long ones the first in the order of Unicode, so
    /// that the order of pages does not matter and a space is a space before it is anything else.
    fn stand_for(&mut self, text: &str) {
        let rank = |text: &str| text.chars().count();
        match self {
            Self::Alone(known) if **known == *text => {}
            Self::Alone(known) if (rank(known), &**known) < (rank(text), text) => {}
            _ => *self = Self::Alone(text.into()),
        }
    }
}

/// Shared things, each of them once, in the order in which they were first met.
#[derive(Debug)]
pub(super) struct Once<T> {
    /// The things; holding them keeps their addresses from being given to others.
    pub items: Vec<Arc<T>>,
    places: HashMap<usize, u32>,
}

impl<T> Once<T> {
    /// Adds an item; returns whether it was new.
    fn add(&mut self, item: &Arc<T>) -> bool {
        let place = self.items.len() as u32;
        let new = *self.places.entry(address(item)).or_insert(place) == place;
        if new {
            self.items.push(item.clone());
        }
        new
    }

    /// Returns the place of an item.
    pub fn place(&self, item: &Arc<T>) -> Option<u32> {
        self.places.get(&address(item)).copied()
    }
}

fn address<T>(item: &Arc<T>) -> usize {
    Arc::as_ptr(item) as usize
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { items: Vec::new(), places: HashMap::new() }
    }
}

impl<T> Clone for Once<T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), places: self.places.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Transform;

    #[test]
    fn merging_in_any_order_gives_the_same_texts() {
        let mut sightings = [Sighting::default(), Sighting::default()];
        let texts = ["\u{a0}", " ", "fi"];
        texts.iter().for_each(|text| sightings[0].stand_for(text));
        texts.iter().rev().for_each(|text| sightings[1].stand_for(text));
        assert_eq!(sightings[0], Sighting::Alone(" ".into()));
        assert_eq!(sightings[0], sightings[1]);
    }

    #[test]
    fn reused_scenes_are_noted_once_and_inner_ones_too() {
        let reused =
            |scene| Item::Group(Group { reused: true, ..Group::new(scene, Transform::IDENTITY) });
        let inner = Arc::new(Scene::default());
        let outer = Arc::new(Scene { items: vec![reused(inner.clone())], ..Scene::default() });
        let page = Scene {
            items: vec![reused(outer.clone()), reused(outer.clone()), reused(inner.clone())],
            ..Scene::default()
        };
        let mut inventory = Inventory::new();
        inventory.note(&page);
        let mut again = Inventory::new();
        again.merge(inventory.clone());
        for inventory in [inventory, again] {
            assert_eq!(inventory.scenes.items.len(), 2);
            assert_eq!(inventory.scenes.place(&outer), Some(0));
            assert_eq!(inventory.scenes.place(&inner), Some(1));
        }
    }
}
