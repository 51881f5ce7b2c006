//! What all cards of a category and a depth share: disc, emblem, name, rings, waterline.

use std::sync::Arc;

use crate::deck::{Card, Category, Depth, Kind};
use crate::font::Role;
use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Group, Ink, Item, Path, Scene, Shape, Stroke, Transform};
use crate::typeset::{Anchor, Line, LineStyle};

use super::front::WATERLINE;
use super::grid::{AXIS, Grid};
use super::lettering::capitals;
use super::{Chart, emblem, inks, rings};

/// What tells one header from another: label, emblem, depth, and kind if it guides.
pub(super) type HeaderKey = (String, String, Option<Depth>, Option<Kind>);

/// The narrowest card that has room for a category's name.
const NARROW: Length = Length::mm(50.0);

impl Chart<'_> {
    /// Returns the header of a card, drawn when its like is first met.
    pub(super) fn header(&mut self, category: Option<&Category>, card: &Card) -> Arc<Scene> {
        let guide = card.kind.is_guide().then_some(card.kind);
        let (label, emblem) =
            category.map_or(("", ""), |category| (&category.label[..], &category.emblem[..]));
        let key = (label.to_owned(), emblem.to_owned(), card.depth, guide);
        if let Some(header) = self.headers.get(&key) {
            return header.clone();
        }
        let header = self.draw_header(&key);
        let header = Arc::new(self.toned(header));
        self.headers.insert(key, header.clone());
        header
    }

    /// Returns the waterline of a card, in its usual place or a low one.
    pub(super) fn water(&self, depth: Option<Depth>, low: bool) -> Arc<Scene> {
        let depth = depth.unwrap_or(Depth::ALL[0]);
        self.waters[usize::from(depth.level()) - 1][usize::from(low)].clone()
    }

    fn draw_header(&mut self, key: &HeaderKey) -> Scene {
        let (label, emblem, depth, guide) = key;
        let mut scene = Scene::default();
        if let Some(kind) = *guide {
            let label = self.label(label, self.grid.measure());
            self.draw_guide_label(&label, &mut scene);
            self.draw_guide_water(kind, &mut scene);
            return scene;
        }
        let depth = depth.unwrap_or(Depth::ALL[0]);
        self.draw_emblem(emblem, inks::of_depth(depth), &mut scene);
        if self.grid.trim.width >= NARROW {
            self.draw_name(label, &mut scene);
        }
        let rings = self.rings[usize::from(depth.level()) - 1].clone();
        scene.items.push(reused(rings));
        scene
    }

    /// Draws the emblem reversed out of its disc, or by itself where ink is to be saved.
    fn draw_emblem(&mut self, name: &str, ink: Ink, scene: &mut Scene) {
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
        let one_ink = self.look.one_ink;
        let emblem = self.emblems.entry((name.to_owned(), line)).or_insert_with(|| {
            let shapes = emblem::emblem(name).map(|emblem| emblem.shapes(area, stroke, line));
            Arc::new(of_shapes(shapes.into_iter().flatten(), one_ink))
        });
        scene.items.push(reused(emblem.clone()));
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

/// Returns the rings of each depth, lightest first.
pub(super) fn all_rings(grid: &Grid, one_ink: bool) -> [Arc<Scene>; 5] {
    Depth::ALL
        .map(|depth| Arc::new(of_shapes(rings::rings(depth, grid.rings(), grid.scale), one_ink)))
}

/// Returns the waterline of each depth, in its usual place and low.
pub(super) fn all_waters(grid: &Grid, one_ink: bool) -> [[Arc<Scene>; 2]; 5] {
    Depth::ALL.map(|depth| {
        [grid.waterline(), grid.low_waterline()].map(|y| {
            let path = Path::line(Point::new(AXIS, y), Point::new(grid.right(), y));
            let stroke = Stroke::new(inks::of_depth(depth), WATERLINE);
            Arc::new(of_shapes([Shape::stroked(path, stroke)], one_ink))
        })
    })
}

fn of_shapes(shapes: impl IntoIterator<Item = Shape>, one_ink: bool) -> Scene {
    let items = shapes.into_iter().map(Item::Shape).collect();
    let mut scene = Scene { items, ..Scene::default() };
    if one_ink {
        inks::blacken(&mut scene);
    }
    scene
}

/// Returns the item that shows a scene of which painters keep one copy.
pub(super) fn reused(scene: Arc<Scene>) -> Item {
    Item::Group(Group { reused: true, ..Group::new(scene, Transform::IDENTITY) })
}
