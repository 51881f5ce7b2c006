//! The fronts of prompts: header, question, waterline, and the listener's line beneath.

use crate::length::{Length, Point};
use crate::scene::{Ink, Item, Path, Scene, Shape, Stroke};
use crate::typeset::paragraph::Place;

use super::grid::{AXIS, Grid};
use super::text::{CardText, Setting};
use super::{Chart, Corner, inks};
use crate::deck::Kind;

/// The weight of the waterline.
pub(super) const WATERLINE: Length = Length::mm(0.3);
/// The dots of a line to write or to think on: how thick, and how far apart.
const DOT: Length = Length::mm(0.2);
const DOT_PITCH: Length = Length::mm(0.9);
/// How far under its baseline a dotted line runs.
const DOTTED_DROP: Length = Length::mm(0.6);
/// The least that is worth dotting after a stem.
const SHORTEST_BLANK: Length = Length::mm(8.0);

impl Chart<'_> {
    /// Draws what belongs to this card alone over its header.
    pub(super) fn draw_front(
        &self,
        text: &CardText,
        setting: &Setting,
        corner: Corner,
        scene: &mut Scene,
    ) {
        match text.kind {
            Kind::Script => self.draw_stems(text, setting, scene),
            Kind::Rule => self.draw_rule(text, setting, scene),
            Kind::Open => self.draw_legend(text, setting, scene),
            _ => self.draw_prompt(text, setting, scene),
        }
        self.draw_beneath(text, setting, scene);
        self.draw_credit(text, scene);
        if !text.kind.is_guide() {
            self.draw_corner(corner, scene);
        }
    }

    fn draw_prompt(&self, text: &CardText, setting: &Setting, scene: &mut Scene) {
        let (Some(paragraph), Some(lines)) = (text.main.first(), setting.main.first()) else {
            return;
        };
        let first = Grid::first_baseline(self.grid.hang(), lines.step.size);
        let place = self.place(Point::new(AXIS, first));
        let end = paragraph.draw(lines, place, &self.lexicon, scene);
        if text.kind == Kind::Finish {
            let beside = end.x + Length::mm(1.6);
            if self.grid.right() - beside >= SHORTEST_BLANK {
                scene.items.push(self.dotted(beside, end.y + DOTTED_DROP));
            }
            scene.items.push(self.dotted(AXIS, end.y + lines.step.leading + DOTTED_DROP));
        }
    }

    /// Draws three stems with two lines each, or four with one.
    fn draw_stems(&self, text: &CardText, setting: &Setting, scene: &mut Scene) {
        let roomy = text.main.len() <= 3;
        let pitch = self.grid.mm(if roomy { 12.6 } else { 9.4 });
        for (at, (stem, lines)) in text.main.iter().zip(&setting.main).enumerate() {
            let first = Grid::first_baseline(self.grid.hang(), lines.step.size);
            let baseline = first + pitch * at as i64;
            let end =
                stem.draw(lines, self.place(Point::new(AXIS, baseline)), &self.lexicon, scene);
            let beside = end.x + Length::mm(1.4);
            if self.grid.right() - beside >= SHORTEST_BLANK {
                scene.items.push(self.dotted(beside, baseline + DOTTED_DROP));
            }
            if roomy {
                scene.items.push(self.dotted(AXIS, baseline + self.grid.mm(6.6)));
            }
        }
    }

    fn draw_beneath(&self, text: &CardText, setting: &Setting, scene: &mut Scene) {
        let mut baseline = match text.kind {
            Kind::Rule => self.grid.trim.height - Length::mm(6.8),
            _ => self.grid.beneath(),
        };
        if let Some(minutes) = &text.minutes {
            minutes.draw(scene, Point::new(AXIS, baseline), super::Anchor::Left, self.fonts());
            baseline += self.grid.mm(4.9);
        }
        if let Some(lines) = &setting.beneath {
            let place = self.place(Point::new(AXIS, baseline));
            text.beneath.draw(lines, place, &self.lexicon, scene);
        }
    }

    fn draw_corner(&self, corner: Corner, scene: &mut Scene) {
        let code = self.look.codes.then_some(corner.code);
        let words: Vec<&str> = corner.pack.into_iter().chain(code).collect();
        if !words.is_empty() {
            let end = Point::new(self.grid.right(), self.grid.code());
            self.letters.draw(&words.join(" · "), end, scene);
        }
    }

    /// Returns a dotted line from `left` to the right edge of the type.
    pub(super) fn dotted(&self, left: Length, y: Length) -> Item {
        dotted_line(left, self.grid.right(), y)
    }

    pub(super) fn place(&self, origin: Point) -> Place {
        Place { origin, measure: self.grid.measure(), ink: Ink::BLACK }
    }

    /// Returns the waterline at `y` in `ink`.
    pub(super) fn waterline(&self, y: Length, ink: Ink) -> Item {
        let path = Path::line(Point::new(AXIS, y), Point::new(self.grid.right(), y));
        Item::Shape(Shape::stroked(path, Stroke::new(ink, WATERLINE)))
    }

    /// Returns the back's counterpart for one's own question: only water and lines to write on.
    pub(super) fn draw_blank(&self) -> Scene {
        let mut scene = Scene::default();
        let ink = inks::DEPTHS[2];
        let ring = Stroke::new(ink, Length::mm(0.34));
        let circle = Path::circle(self.grid.disc(), self.grid.mm(3.7));
        scene.items.push(Item::Shape(Shape::stroked(circle, ring)));
        let name = (Length::mm(6.2) + self.grid.mm(9.8), self.grid.right() - Length::mm(12.0));
        scene.items.push(dotted_line(name.0, name.1, self.grid.header() + self.grid.mm(0.8)));
        let top = self.grid.hang() + self.grid.mm(9.4);
        for row in 0..3 {
            scene.items.push(self.dotted(AXIS, top + self.grid.mm(9.0) * row));
        }
        scene.items.push(self.waterline(self.grid.waterline(), ink));
        scene
    }
}

fn dotted_line(left: Length, right: Length, y: Length) -> Item {
    let dots = Stroke::new(Ink::BLACK, DOT).dotted(DOT_PITCH);
    let path = Path::line(Point::new(left, y), Point::new(right, y));
    Item::Shape(Shape::stroked(path, dots))
}
