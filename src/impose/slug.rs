//! The slug: the line of words outside the cards, and a bar to check the scale with.
//!
//! This room knows no fonts: whoever imposes passes in a function that sets a line of text. The
//! slug is placed once for a whole job, as wide as its widest sheet needs.

use std::sync::Arc;

use crate::font::Role;
use crate::impose::plan::Side;
use crate::impose::spec::EDGE;
use crate::length::{Length, Point, Rect, Sides, Size};
use crate::problem::Diagnostic;
use crate::scene::{Group, Ink, Item, Path, Scene, Shape, Stroke, Transform};

/// The size of the words, and the least that they shrink to.
pub(super) const SIZES: [Length; 2] = [Length::pt(6.5), Length::pt(5.0)];

/// The length of the bar, a size that every ruler has.
pub(super) const BAR: Length = Length::mm(100.0);

/// The height of the ticks that end the bar.
pub(super) const BAR_HEIGHT: Length = Length::mm(2.0);

/// The width of the bar's lines.
const BAR_WEIGHT: Length = Length::pt(0.25);

/// The words beside the bar.
pub(super) const BAR_LABEL: &str = "100 mm";

/// The space that slug, cards and marks keep from one another.
pub(super) const CLEAR: Length = Length::mm(1.0);

/// The space that words keep from a trim where they can, for a blade strays by a millimetre.
const CLEAR_OF_TRIM: Length = Length::mm(2.0);

/// The space between the words and the bar on one line.
const BESIDE: Length = Length::mm(6.0);

/// The room that is left for figures that are wider than those measured.
const SLACK: f64 = 1.03;

/// How a text of the slug is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSpec {
    /// The part it plays, which chooses the fonts.
    pub role: Role,
    /// The size of the em.
    pub size: Length,
    /// The colour.
    pub ink: Ink,
}

/// A line of text as it was set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetLine {
    /// The text, its first glyph's origin at the scene's own.
    pub scene: Scene,
    /// How far the line reaches to the right.
    pub width: Length,
}

/// Sets one line of text.
///
/// Widths must grow with the size in proportion, as those of unhinted outlines do.
pub type SetText<'a> = dyn Fn(&str, TextSpec) -> SetLine + Sync + 'a;

/// What a slug says about its sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// The deck's title.
    pub title: &'a str,
    /// What tells this printing from one with other words; may be empty.
    pub digest: &'a str,
    /// How the sheet comes to its backs; may be empty.
    pub turn: &'a str,
    /// The number of the sheet, counted from 1.
    pub sheet: usize,
    /// The number of sheets.
    pub sheets: usize,
    /// The side.
    pub side: Side,
}

/// How much a slug says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    Full,
    /// Neither the digest nor how sheets are turned.
    Short,
    /// Not even the title.
    Shortest,
}

impl Words<'_> {
    fn line(&self, detail: Detail) -> String {
        let side = match self.side {
            Side::Recto => "front",
            Side::Verso => "back",
        };
        let full = detail == Detail::Full;
        let title = if detail == Detail::Shortest { "" } else { self.title };
        let digest = if full { self.digest } else { "" };
        let turn = if full { self.turn } else { "" };
        let sheet = format!("sheet {} of {}", self.sheet, self.sheets);
        let parts = [title, digest, &sheet, side, turn, "100 %, do not fit"];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// Where the slug of a page stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug {
    /// The box of the words.
    pub place: Rect,
    /// The size of the words.
    pub size: Length,
    /// How much they say: all there is, unless only less makes them fit.
    pub detail: Detail,
    /// The bar, unless it had to be given up.
    pub bar: Option<Bar>,
}

/// The bar of 100 mm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The box of the bar and the words behind it.
    pub place: Rect,
    /// Whether it stands upright, its words reading upward.
    pub upright: bool,
}

/// What a slug has to keep clear of.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The part of the page that gets to the paper: all of it, but where it is moved for a printer.
    pub reach: Rect,
    /// All cards together.
    pub outline: Rect,
    /// All cards together with their bleed.
    pub bleed: Rect,
    /// The areas of all marks.
    pub marks: &'a [Rect],
}

impl Slug {
    /// Returns the best slug for a page, if there is room for any: the line stands below the
    /// cards, else above; it shrinks, then says less, then gives up its bar, then its title, before
    /// it is gone.
    pub fn fit(around: &Surroundings, words: &Words, text: &SetText) -> Option<Self> {
        let width = |line: &str| text(line, spec(SIZES[0])).width;
        let label = width(BAR_LABEL);
        let rooms = Rooms::around(around);
        let best_first = [
            (Detail::Full, true),
            (Detail::Short, true),
            (Detail::Full, false),
            (Detail::Short, false),
            (Detail::Shortest, false),
        ];
        best_first.into_iter().find_map(|(detail, wants_bar)| {
            let line = width(&words.line(detail)).scaled(SLACK);
            SIZES.into_iter().find_map(|size| {
                let shrunk = |width: Length| width.scaled(size.ratio(SIZES[0]));
                let label = wants_bar.then(|| shrunk(label));
                let (place, bar) = rooms.place(shrunk(line), label, size)?;
                Some(Self { place, size, detail, bar })
            })
        })
    }

    /// Returns a note for what a page's slug had to give up.
    pub fn note(slug: Option<&Self>, card: Size) -> Option<Diagnostic> {
        let check = format!("to check the scale, measure a card: it is {card} once cut");
        match slug {
            None => Some(Diagnostic::note("slug-dropped", "no room for words outside the cards")),
            Some(slug) if slug.bar.is_none() => {
                Some(Diagnostic::note("scale-bar-dropped", "no room for the scale bar of 100 mm"))
            }
            Some(_) => None,
        }
        .map(|note| note.help(check))
    }

    /// Returns the slug of one sheet as it is painted.
    pub fn scene(&self, words: &Words, text: &SetText) -> Scene {
        let line = words.line(self.detail);
        let mut set = text(&line, spec(self.size));
        if set.width > self.place.size.width {
            let fitting = self.size.scaled(self.place.size.width.ratio(set.width));
            set = text(&line, spec(fitting));
        }
        let baseline = Point::new(self.place.left(), self.place.top() + ascent(self.size));
        let mut items = vec![placed(set, Transform::moved(baseline))];
        if let Some(bar) = &self.bar {
            items.extend(bar.items(text(BAR_LABEL, spec(self.size)), self.size));
        }
        Scene { items, ..Scene::default() }
    }
}

impl Bar {
    /// Returns where the bar itself begins and ends.
    pub fn ends(&self) -> (Point, Point) {
        if self.upright {
            let start = Point::new(self.place.right() - BAR_HEIGHT / 2, self.place.bottom());
            return (start, start - Point::new(Length::ZERO, BAR));
        }
        let start = Point::new(self.place.left(), self.place.bottom() - BAR_HEIGHT / 2);
        (start, start + Point::new(BAR, Length::ZERO))
    }

    pub(super) fn items(&self, label: SetLine, size: Length) -> Vec<Item> {
        let (start, end) = self.ends();
        let half = BAR_HEIGHT / 2;
        let across = if self.upright {
            Point::new(half, Length::ZERO)
        } else {
            Point::new(Length::ZERO, half)
        };
        let lines = [(start, end), (start - across, start + across), (end - across, end + across)];
        let stroke = Stroke::new(Ink::BLACK, BAR_WEIGHT);
        let line = |(from, to)| Item::Shape(Shape::stroked(Path::line(from, to), stroke));
        let mut items: Vec<_> = lines.into_iter().map(line).collect();
        // Figures and the m of "mm" stand as high as 0.65 em: half of that centres them.
        let drop = size.scaled(0.325);
        items.push(if self.upright {
            let at = end + Point::new(drop, -CLEAR);
            placed(label, Transform { xx: 0.0, xy: -1.0, yx: 1.0, yy: 0.0, offset: at })
        } else {
            placed(label, Transform::moved(end + Point::new(CLEAR, drop)))
        });
        items
    }
}

pub(super) fn spec(size: Length) -> TextSpec {
    TextSpec { role: Role::Small, size, ink: Ink::BLACK }
}

pub(super) fn placed(line: SetLine, transform: Transform) -> Item {
    Item::Group(Group::new(Arc::new(line.scene), transform))
}

/// Returns the height that is kept over the baseline, enough for accents on capitals.
pub(super) fn ascent(size: Length) -> Length {
    size.scaled(0.95)
}

/// Returns the height of a line of words.
pub(super) fn line_height(size: Length) -> Length {
    size.scaled(1.2)
}

/// The free areas of a page, best first.
struct Rooms {
    /// Below and above the cards, as wide as the cards are or as marks leave.
    level: Vec<Room>,
    /// Left and right of the cards, beyond all marks.
    upright: Vec<Rect>,
}

/// A free area that lies over or under the cards.
#[derive(Clone, Copy)]
struct Room {
    area: Rect,
    /// Whether things stand at the top of the area rather than at its foot.
    from_top: bool,
}

impl Rooms {
    fn around(around: &Surroundings) -> Self {
        let page = around.reach.grown(-Sides::all(EDGE));
        let bleed = around.bleed.grown(Sides::all(CLEAR));
        let far = around.outline.grown(Sides::all(CLEAR_OF_TRIM)).union(bleed);
        let mut level = Vec::new();
        // With room to spare, words stand next to the cards, for many printers leave more of the
        // edge bare than they should; in tight places, as far from the blade as they can.
        for (cards, spare) in [(far, true), (bleed, false)] {
            let below = between(page.left(), cards.bottom(), page.right(), page.bottom());
            let above = between(page.left(), page.top(), page.right(), cards.top());
            for (strip, below) in [(below, true), (above, false)] {
                let areas = free_of(strip, around.marks, below, around.outline);
                level.extend(areas.into_iter().map(|area| Room { area, from_top: below == spare }));
            }
        }
        let left = between(page.left(), page.top(), bleed.left(), page.bottom());
        let right = between(bleed.right(), page.top(), page.right(), page.bottom());
        let sides = [(left, true), (right, false)];
        let upright = sides.map(|(strip, left)| beyond(strip, around.marks, left));
        Self { level, upright: upright.into() }
    }

    /// Returns the boxes of a line as wide as `line` and, where its `label` is given, of the bar.
    fn place(
        &self,
        line: Length,
        label: Option<Length>,
        size: Length,
    ) -> Option<(Rect, Option<Bar>)> {
        let words = Size::new(line, line_height(size));
        let Some(label) = label else {
            let room = self.level.iter().find(|room| words.fits(room.area.size))?;
            return Some((room.take(words), None));
        };
        let bar = Size::new(BAR + CLEAR + label, BAR_HEIGHT.max(line_height(size)));
        let together = self.level.iter().find_map(|room| room.take_both(words, bar));
        let apart = || {
            let room = self.level.iter().find(|room| words.fits(room.area.size))?;
            let place = room.take(words);
            Some((place, self.bar_upright(bar, place)?))
        };
        let (place, bar) = together.or_else(apart)?;
        Some((place, Some(bar)))
    }

    /// Returns an upright bar beside the cards that keeps clear of the `words`.
    fn bar_upright(&self, bar: Size, words: Rect) -> Option<Bar> {
        let size = bar.turned();
        let middle = |room: &Rect| {
            let x = room.left() + (room.size.width - size.width) / 2;
            let y = room.top() + (room.size.height - size.height) / 2;
            Rect::new(Point::new(x, y), size)
        };
        let words = words.grown(Sides::all(CLEAR));
        let mut places = self.upright.iter().filter(|room| size.fits(room.size)).map(middle);
        places.find(|place| !place.overlaps(words)).map(|place| Bar { place, upright: true })
    }
}

impl Room {
    /// Returns a box of `size` at the left of this room.
    fn take(&self, size: Size) -> Rect {
        let foot = self.area.bottom() - size.height;
        let top = if self.from_top { self.area.top() } else { foot };
        Rect::new(Point::new(self.area.left(), top), size)
    }

    /// Returns boxes for `words` and `bar`, side by side or one over the other.
    fn take_both(&self, words: Size, bar: Size) -> Option<(Rect, Bar)> {
        let beside = Size::new(words.width + BESIDE + bar.width, words.height.max(bar.height));
        let stacked = Size::new(words.width.max(bar.width), words.height + CLEAR / 2 + bar.height);
        let (place, at) = if beside.fits(self.area.size) {
            let row = self.take(beside);
            (row.origin, Point::new(self.area.right() - bar.width, row.top()))
        } else if stacked.fits(self.area.size) {
            let block = self.take(stacked);
            (block.origin, block.origin + Point::new(Length::ZERO, words.height + CLEAR / 2))
        } else {
            return None;
        };
        Some((Rect::new(place, words), Bar { place: Rect::new(at, bar), upright: false }))
    }
}

pub(super) fn between(left: Length, top: Length, right: Length, bottom: Length) -> Rect {
    Rect::new(Point::new(left, top), Size::new(right - left, bottom - top))
}

/// Returns the parts of the `strip` below or above the cards that `marks` leave free: first all
/// that lies beyond them, then the spaces between them.
fn free_of(strip: Rect, marks: &[Rect], below: bool, outline: Rect) -> Vec<Rect> {
    let marks: Vec<_> = within(strip, marks).collect();
    let edge = if below {
        marks.iter().map(|mark| mark.bottom()).max().unwrap_or(strip.top())
    } else {
        marks.iter().map(|mark| mark.top()).min().unwrap_or(strip.bottom())
    };
    let (top, bottom) = if below { (edge, strip.bottom()) } else { (strip.top(), edge) };
    // Words that stand flush with the cards look as if they belonged to them.
    let flush =
        between(outline.left().max(strip.left()), top, outline.right().min(strip.right()), bottom);
    let full = between(strip.left(), top, strip.right(), bottom);
    let mut free = vec![flush, full];
    let mut left = strip.left();
    let mut edges: Vec<_> = marks.iter().map(|mark| (mark.left(), mark.right())).collect();
    edges.push((strip.right(), strip.right()));
    edges.sort_unstable();
    for (start, end) in edges {
        free.push(between(left, strip.top(), start, strip.bottom()));
        left = left.max(end);
    }
    free
}

/// Returns the marks that enter the `strip`, with the space to be kept around them.
fn within(strip: Rect, marks: &[Rect]) -> impl Iterator<Item = Rect> {
    let marks = marks.iter().filter(move |mark| mark.overlaps(strip));
    marks.map(|mark| mark.grown(Sides::all(CLEAR)))
}

/// Returns the part of the strip at the `left` or the right of the cards that lies beyond `marks`.
fn beyond(strip: Rect, marks: &[Rect], left: bool) -> Rect {
    let marks = within(strip, marks);
    if left {
        let edge = marks.map(Rect::left).fold(strip.right(), Length::min);
        between(strip.left(), strip.top(), edge, strip.bottom())
    } else {
        let edge = marks.map(Rect::right).fold(strip.left(), Length::max);
        between(edge, strip.top(), strip.right(), strip.bottom())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: Size = Size::mm(215.9, 279.4);

    fn set(text: &str, spec: TextSpec) -> SetLine {
        let width = (spec.size / 2) * text.chars().count() as i64;
        SetLine { scene: Scene { text: text.into(), ..Scene::default() }, width }
    }

    fn words(title: &str) -> Words<'_> {
        Words { title, digest: "", turn: "", sheet: 12, sheets: 12, side: Side::Recto }
    }

    /// Fits a slug around a block of cards in the middle of a page.
    fn fit(page: Size, cards: Size, title: &str) -> Option<Slug> {
        let origin = Point::new((page.width - cards.width) / 2, (page.height - cards.height) / 2);
        let outline = Rect::new(origin, cards);
        let reach = Rect::new(Point::ORIGIN, page);
        let around = Surroundings { reach, outline, bleed: outline, marks: &[] };
        Slug::fit(&around, &words(title), &set)
    }

    #[test]
    fn words_say_what_the_printer_and_the_cutter_need() {
        let turn = "turn on the long edge";
        let words = Words { digest: "4F2K9Q7X", turn, ..words("Intimacy") };
        assert_eq!(
            words.line(Detail::Full),
            "Intimacy · 4F2K9Q7X · sheet 12 of 12 · front · turn on the long edge · 100 %, do not fit"
        );
        let short = words.line(Detail::Short);
        assert_eq!(short, "Intimacy · sheet 12 of 12 · front · 100 %, do not fit");
        let back = Words { side: Side::Verso, ..words };
        assert_eq!(back.line(Detail::Shortest), "sheet 12 of 12 · back · 100 %, do not fit");
    }

    #[test]
    fn words_and_bar_stand_below_flush_with_the_cards() {
        let slug = fit(LETTER, Size::mm(189.0, 250.0), "Intimacy").unwrap();
        assert_eq!((slug.size, slug.detail), (Length::pt(6.5), Detail::Full));
        assert_eq!(slug.place.origin, Point::mm(13.45, 266.7));
        let bar = slug.bar.unwrap();
        assert_eq!(bar.place.right(), Length::mm(202.45));
        let (start, end) = bar.ends();
        assert_eq!(end - start, Point::mm(100.0, 0.0));
    }

    #[test]
    fn a_bar_without_room_below_stands_upright_beside_the_cards() {
        let slug = fit(Size::mm(90.0, 200.0), Size::mm(70.0, 185.0), "").unwrap();
        let bar = slug.bar.unwrap();
        assert!(bar.upright && bar.place.right() <= Length::mm(10.0));
        assert_eq!(bar.ends().1 - bar.ends().0, Point::mm(0.0, -100.0));
    }

    #[test]
    fn a_tight_slug_shrinks_then_gives_up_bar_title_and_itself() {
        let below = |height: f64, width: f64, title: &str| {
            let page = Size::mm(width + 12.0, height * 2.0 + 50.0);
            let slug = fit(page, Size::mm(width, 50.0), title)?;
            Some((slug.size.to_pt(), slug.bar.is_some(), slug.detail != Detail::Shortest))
        };
        assert_eq!(below(8.0, 180.0, "Intimacy"), Some((6.5, true, true)));
        assert_eq!(below(5.2, 180.0, "Intimacy"), Some((5.0, true, true)));
        assert_eq!(below(8.0, 70.0, "Intimacy"), Some((6.5, false, true)));
        let long = "A title that goes on for longer than any sheet of paper this small is wide";
        assert_eq!(below(8.0, 70.0, long), Some((6.5, false, false)));
        assert_eq!(below(8.0, 20.0, "Intimacy"), None);
    }

    #[test]
    fn what_was_given_up_is_told() {
        let card = Size::mm(63.0, 88.0);
        let full = fit(LETTER, Size::mm(189.0, 250.0), "Intimacy");
        assert_eq!(Slug::note(full.as_ref(), card), None);
        let barless = full.map(|slug| Slug { bar: None, ..slug });
        let note = Slug::note(barless.as_ref(), card).unwrap();
        assert_eq!(note.found, "no room for the scale bar of 100 mm");
        let help = "to check the scale, measure a card: it is 63 × 88 mm once cut";
        assert_eq!(note.help.as_deref(), Some(help));
        let none = Slug::note(None, card).unwrap();
        assert_eq!(none.found, "no room for words outside the cards");
    }

    #[test]
    fn a_line_wider_than_measured_shrinks_into_its_box() {
        let mut slug = fit(LETTER, Size::mm(189.0, 250.0), "Intimacy").unwrap();
        slug.place.size.width = slug.place.size.width / 2;
        let widest = std::sync::Mutex::new(Vec::new());
        let spy = |text: &str, spec: TextSpec| {
            let line = set(text, spec);
            widest.lock().unwrap().push(line.width);
            line
        };
        slug.scene(&words("Intimacy"), &spy);
        let widths = widest.into_inner().unwrap();
        assert!(widths[0] > slug.place.size.width);
        assert!((widths[1] - slug.place.size.width).abs() < Length::mm(0.01));
    }
}
