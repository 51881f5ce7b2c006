//! What all cards of a category and a depth share: disc, emblem, name, rings, waterline.

use std::sync::Arc;

use crate::deck::{Card, Category, Depth, Kind};
use crate::font::Role;
use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Ink, Item, Path, Scene, Shape};
use crate::typeset::{Anchor, Line, LineStyle};

use super::grid::AXIS;
use super::lettering::capitals;
use super::{Chart, emblem, inks, rings};

/// What tells one header from another: label, emblem, depth, kind if it guides, low waterline.
pub(super) type HeaderKey = (String, String, Option<Depth>, Option<Kind>, bool);

/// The narrowest card that has room for a category's name.
const NARROW: Length = Length::mm(50.0);

impl Chart<'_> {
    /// Returns the header of a card with its waterline in the usual place, and with a low one.
    pub(super) fn headers(&mut self, category: Option<&Category>, card: &Card) -> [Arc<Scene>; 2] {
        let guide = card.kind.is_guide().then_some(card.kind);
        let (label, emblem) =
            category.map_or(("", ""), |category| (&category.label[..], &category.emblem[..]));
        [false, true].map(|low| {
            let key = (label.to_owned(), emblem.to_owned(), card.depth, guide, low);
            if let Some(header) = self.headers.get(&key) {
                return header.clone();
            }
            let header = Arc::new(self.draw_header(&key));
            self.headers.insert(key, header.clone());
            header
        })
    }

    fn draw_header(&mut self, key: &HeaderKey) -> Scene {
        let (label, emblem, depth, guide, low) = key;
        let mut scene = Scene::default();
        if let Some(kind) = *guide {
            let label = self.label(label, self.grid.measure());
            self.draw_guide_label(&label, &mut scene);
            self.draw_guide_water(kind, &mut scene);
            return scene;
        }
        let depth = depth.unwrap_or(Depth::ALL[0]);
        let ink = inks::of_depth(depth);
        self.draw_emblem(emblem, ink, &mut scene);
        if self.grid.trim.width >= NARROW {
            self.draw_name(label, &mut scene);
        }
        let rings = rings::rings(depth, self.grid.rings(), self.grid.scale);
        scene.items.extend(rings.into_iter().map(Item::Shape));
        let y = if *low { self.grid.low_waterline() } else { self.grid.waterline() };
        scene.items.push(self.waterline(y, ink));
        scene
    }

    /// Draws the emblem reversed out of its disc, or by itself where ink is to be saved.
    fn draw_emblem(&self, name: &str, ink: Ink, scene: &mut Scene) {
        let center = self.grid.disc();
        let (size, left, stroke, line) = if self.look.ink_saver {
            (self.grid.mm(6.4), AXIS - self.grid.mm(0.45), 1.4, ink)
        } else {
            let disc = Path::circle(center, self.grid.mm(3.9));
            scene.items.push(Item::Shape(Shape::filled(disc, ink)));
            let size = self.grid.mm(4.8);
            (size, center.x - size / 2, 1.5, Ink::PAPER)
        };
        let area = Rect::new(Point::new(left, center.y - size / 2), Size::new(size, size));
        let shapes = emblem::emblem(name).map(|emblem| emblem.shapes(area, stroke, line));
        scene.items.extend(shapes.into_iter().flatten().map(Item::Shape));
    }

    fn draw_name(&mut self, label: &str, scene: &mut Scene) {
        let left = if self.look.ink_saver { 8.4 } else { 10.0 };
        let left = AXIS + self.grid.mm(left);
        let room = self.grid.rings().x - self.grid.mm(3.9) - Length::mm(4.2) - left;
        let line = self.label(label, room);
        let baseline = self.grid.header() + self.grid.mm(0.79);
        line.draw(scene, Point::new(left, baseline), Anchor::Left, self.fonts());
    }

    /// Sets a label in capitals: tighter, then smaller, where it would be wider than `room`.
    fn label(&mut self, label: &str, room: Length) -> Line {
        let text = capitals(label);
        let tries = [(6.8, 140), (6.8, 60), (6.5, 60)];
        let mut lines = tries.into_iter().map(|(size, tracking)| {
            let style = LineStyle::new(Role::Label, self.grid.pt(size)).tracked(tracking);
            Line::new(&text, style, self.lexicon.fonts())
        });
        let fitting = lines.find(|line| line.width() <= room);
        fitting.unwrap_or_else(|| {
            if !self.long_labels.iter().any(|known| known == label) {
                self.long_labels.push(label.to_owned());
            }
            let style = LineStyle::new(Role::Label, self.grid.pt(6.5)).tracked(60);
            Line::new(&text, style, self.lexicon.fonts())
        })
    }
}
