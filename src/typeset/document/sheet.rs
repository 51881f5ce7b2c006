//! From strips with places to pages with scenes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Group, Item, Page, Path, Scene, Shape, Transform};
use crate::typeset::{Anchor, Line, LineStyle};

use super::Document;
use super::blocks::FRAME;
use super::paging::Sheet;
use super::strip::Mark;
use super::style::FOOTER;

/// The space between the title and the number of a page.
const APART: Length = Length::mm(8.0);

impl Document<'_> {
    /// Returns the page with the number `number` of `count`.
    pub(super) fn page(&self, sheet: &Sheet, number: usize, count: usize) -> Page {
        let mut scene = Scene::default();
        scene.items.extend(self.frames(sheet));
        let places = sheet.iter().map(|(y, strip)| (*y, &strip.marks));
        let mut marks: Vec<(Length, &Mark)> =
            places.flat_map(|(y, marks)| marks.iter().map(move |mark| (y, mark))).collect();
        marks.sort_by_key(|(_, mark)| mark.text);
        for (y, mark) in marks {
            let at = self.body.origin + Point::new(mark.at.x, y + mark.at.y);
            let moved = Group::new(Arc::clone(&mark.scene), Transform::moved(at));
            scene.items.push(Item::Group(moved));
        }
        self.footer(&mut scene, number, count);
        let whole = Rect::new(Point::ORIGIN, self.spec.paper);
        let bookmarks = sheet.iter().filter_map(|(_, strip)| strip.bookmark.clone()).collect();
        Page { size: self.spec.paper, trim: whole, bleed: whole, scene, bookmarks }
    }

    /// Returns the frames of asides, each around what of it is on this page.
    fn frames(&self, sheet: &Sheet) -> Vec<Item> {
        let mut frames: BTreeMap<u32, (Length, Length)> = BTreeMap::new();
        for (y, strip) in sheet {
            let Some(frame) = strip.frame else { continue };
            let bottom = *y + strip.height;
            frames.entry(frame).and_modify(|ends| ends.1 = bottom).or_insert((*y, bottom));
        }
        let half = FRAME.width / 2;
        let frame = |(top, bottom): (Length, Length)| {
            let origin = self.body.origin + Point::new(half, top + half);
            let size = Size::new(self.body.size.width - half * 2, bottom - top - half * 2);
            let path = Path::rounded_rect(Rect::new(origin, size), Length::mm(1.5));
            Item::Shape(Shape::stroked(path, FRAME))
        };
        frames.into_values().map(frame).collect()
    }

    fn footer(&self, scene: &mut Scene, number: usize, count: usize) {
        let fonts = self.lexicon.fonts();
        let style = LineStyle::new(FOOTER.role, FOOTER.size).inked(FOOTER.ink);
        let inside = self.spec.inside();
        let y = inside.bottom() - FOOTER.leading + FOOTER.baseline();
        let number = Line::new(&format!("{number} of {count}"), style, fonts);
        number.draw(scene, Point::new(inside.right(), y), Anchor::Right, fonts);
        let room = inside.size.width - number.width() - APART;
        let title = self.shortened(style, room);
        title.draw(scene, Point::new(inside.left(), y), Anchor::Left, fonts);
    }

    /// Returns the title, or as many of its first letters as `room` has for them.
    fn shortened(&self, style: LineStyle, room: Length) -> Line {
        let fonts = self.lexicon.fonts();
        let title = self.spec.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = Line::new(&title, style, fonts);
        if whole.width() <= room {
            return whole;
        }
        let ends: Vec<usize> = title.char_indices().map(|(at, _)| at).collect();
        let cut = |end: usize| Line::new(&format!("{}…", title[..end].trim_end()), style, fonts);
        let fitting = ends.partition_point(|&end| cut(end).width() <= room);
        cut(ends[fitting.saturating_sub(1)])
    }
}
