//! Table tents: the number of a place, to be folded in the middle and read from both sides.

use std::sync::Arc;

use super::Paper;
use crate::font::Role;
use crate::length::{Length, Point, Rect, Size};
use crate::problem::Diagnostic;
use crate::scene::{Group, Ink, Item, Page, Path, Scene, Shape, Stroke, Transform};
use crate::typeset::{Anchor, Line, LineStyle};

/// How many tents stand on a sheet, one over the other.
const ON_A_SHEET: usize = 2;

/// The grey of lines to fold and to cut along.
const PALE: Ink = Ink::new([0xA6; 3], [0, 0, 0, 35]);

impl Paper<'_> {
    /// Returns the tents, two to a sheet held upright: cut at the solid line, fold at the dashed ones;
    /// none where there is but one group.
    ///
    /// # Errors
    ///
    /// No font has some of the characters of the title.
    pub fn tents(&self) -> Result<Vec<Page>, Vec<Diagnostic>> {
        let most = self.placed().max_by_key(|stage| stage.seating.groups.len());
        let Some(stage) = most else { return Ok(Vec::new()) };
        let (word, count) = (self.plan.place_word(stage), stage.seating.groups.len());
        let size = if self.size.is_landscape() { self.size.turned() } else { self.size };
        let numbers: Vec<usize> = (1..=count).collect();
        let page = |numbers: &[usize]| self.sheet_of_tents(word, numbers, size);
        Ok(numbers.chunks(ON_A_SHEET).map(page).collect())
    }

    fn sheet_of_tents(&self, word: &str, numbers: &[usize], size: Size) -> Page {
        let mut scene = Scene::default();
        let tent = Size::new(size.width, size.height / ON_A_SHEET as i64);
        let inset = Length::mm(12.0);
        for (at, number) in numbers.iter().enumerate() {
            let top = tent.height * at as i64;
            let face = Arc::new(self.face(word, *number, Size::new(tent.width, tent.height / 2)));
            let whole = Size::new(tent.width, tent.height / 2);
            // The upper face stands on its head: folded, both are read upright.
            let upper = Transform::half_turn(whole, Point::new(Length::ZERO, top));
            let lower = Transform::moved(Point::new(Length::ZERO, top + tent.height / 2));
            for transform in [upper, lower] {
                scene.items.push(Item::Group(Group::new(face.clone(), transform)));
            }
            let fold = top + tent.height / 2;
            scene.items.push(level(inset, size.width - inset, fold, true));
            if at > 0 {
                scene.items.push(level(Length::ZERO, size.width, top, false));
            }
        }
        let whole = Rect::new(Point::ORIGIN, size);
        Page { size, trim: whole, bleed: whole, scene, bookmarks: Vec::new() }
    }

    /// Returns one face of a tent: the number, and what it numbers over it.
    fn face(&self, word: &str, number: usize, size: Size) -> Scene {
        let mut scene = Scene::default();
        let middle = size.width / 2;
        let mut write = |text: &str, role: Role, em: Length, baseline: Length| {
            let line = Line::new(text, LineStyle::new(role, em), self.fonts);
            line.draw(&mut scene, Point::new(middle, baseline), Anchor::Center, self.fonts);
        };
        write(word, Role::Label, Length::pt(20.0), Length::mm(17.0));
        write(&number.to_string(), Role::Prompt, Length::pt(120.0), Length::mm(57.0));
        write(
            &self.plan.format.title,
            Role::Small,
            Length::pt(10.0),
            size.height - Length::mm(8.0),
        );
        scene
    }
}

/// Returns a level line.
fn level(from: Length, to: Length, at: Length, is_dashed: bool) -> Item {
    let path = Path::line(Point::new(from, at), Point::new(to, at));
    let stroke = Stroke::new(PALE, Length::pt(0.4));
    let stroke = if is_dashed { stroke.dashed(Length::mm(2.0)) } else { stroke };
    Item::Shape(Shape::stroked(path, stroke))
}
