//! The words and the bar beside a net.

use super::BLEED;
use super::sheet::BoxSheet;
use crate::impose::slug::{
    BAR, BAR_HEIGHT, BAR_LABEL, Bar, CLEAR, SIZES, SetText, ascent, between, line_height, placed,
    spec,
};
use crate::impose::spec::EDGE;
use crate::length::{Length, Point, Rect, Sides, Size};
use crate::problem::{Diagnostic, counted};
use crate::scene::{Scene, Transform};

/// How many sentences are left out in tight places, the least first: none, the title, all but what
/// to do with the sheet.
const LEFT_OUT: [usize; 3] = [0, 1, 3];

/// What is said beside a net.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoxWords<'a> {
    /// The deck's title.
    pub title: &'a str,
    /// The box.
    pub sheet: &'a BoxSheet,
}

/// The words as they are placed on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxLines {
    /// The words and the bar.
    pub scene: Scene,
    /// The box around the words, unless there was no room for them.
    pub words: Option<Rect>,
    /// The bar of 100 mm, unless there was no room for it.
    pub bar: Option<Bar>,
}

impl BoxWords<'_> {
    /// Places the words and the bar where the page has room for them, words in the waste above the
    /// front where they can be.
    ///
    /// Words break their lines, shrink, stand elsewhere, and say less, before they are gone.
    pub fn placed(&self, text: &SetText) -> BoxLines {
        let mut scene = Scene::default();
        let block = self.block(text);
        if let Some(block) = &block {
            scene.items.extend(block.lines.iter().enumerate().map(|(row, line)| {
                let down = line_height(block.size) * row as i64 + ascent(block.size);
                let baseline = block.place.origin + Point::new(Length::ZERO, down);
                placed(text(line, spec(block.size)), Transform::moved(baseline))
            }));
        }
        let words = block.map(|block| block.place);
        let label = text(BAR_LABEL, spec(SIZES[0]));
        let bar = self.bar(label.width, words);
        if let Some(bar) = &bar {
            scene.items.extend(bar.items(label, SIZES[0]));
        }
        BoxLines { scene, words, bar }
    }

    /// Returns the sentences, each as the parts that stay on one line.
    fn sentences(&self) -> Vec<Vec<String>> {
        let BoxSheet { card, cards, stack, net, .. } = self.sheet;
        let holds = [counted(*cards, "card"), format!("of {card},"), format!("stack {stack}")];
        vec![
            self.title.split_whitespace().map(str::to_owned).collect(),
            holds.into(),
            vec!["inside".into(), net.inside.to_string()],
            vec!["100 %,".into(), "do not fit".into()],
            vec!["cut solid, fold dashed,".into()],
            vec!["glue the hatched flaps".into()],
        ]
    }

    /// Returns the words in the first room that holds them.
    fn block(&self, text: &SetText) -> Option<Block> {
        let sentences = self.sentences();
        let rooms = self.rooms();
        LEFT_OUT.into_iter().find_map(|left_out| {
            let said = &sentences[left_out..];
            let in_size = |size| rooms.iter().find_map(|room| room.block(said, size, text));
            SIZES.into_iter().find_map(in_size)
        })
    }

    /// Returns the free areas for words, best first.
    fn rooms(&self) -> Vec<Room> {
        let waste = self.sheet.net.waste();
        let waste =
            Rect::new(self.sheet.origin + waste.origin, waste.size).grown(-Sides::all(CLEAR));
        let around = Around::of(self.sheet);
        // Over the waste nothing stands up to the edge of the page.
        let over = between(waste.left(), around.page.top(), waste.right(), waste.bottom());
        let from_top = |area| Room { area, from_top: true };
        let from_foot = |area| Room { area, from_top: false };
        vec![
            from_top(waste),
            from_foot(over),
            from_top(around.below),
            from_foot(around.above),
            from_top(around.right),
        ]
    }

    /// Returns where the bar stands: under the net, over it, or upright beside it, clear of the
    /// `words`.
    fn bar(&self, label: Length, words: Option<Rect>) -> Option<Bar> {
        let size = Size::new(BAR + CLEAR + label, BAR_HEIGHT.max(line_height(SIZES[0])));
        let Around { below, above, left, right, .. } = Around::of(self.sheet);
        let level = [(below, below.top()), (above, above.bottom() - size.height)];
        let level =
            level.into_iter().filter(|(room, _)| size.fits(room.size)).map(|(room, top)| Bar {
                place: Rect::new(Point::new(room.left(), top), size),
                upright: false,
            });
        let size = size.turned();
        // Next to the net, for printers leave the edge bare.
        let beside = [(left, left.right() - size.width), (right, right.left())];
        let upright =
            beside.into_iter().filter(|(room, _)| size.fits(room.size)).map(|(room, x)| Bar {
                place: Rect::new(Point::new(x, room.top()), size),
                upright: true,
            });
        let words = words.map(|words| words.grown(Sides::all(CLEAR)));
        let is_clear = |bar: &Bar| !words.is_some_and(|words| words.overlaps(bar.place));
        level.chain(upright).find(is_clear)
    }
}

/// What the page leaves around the net and its bleed.
struct Around {
    /// The page without its edge.
    page: Rect,
    /// Under the net, from its left.
    below: Rect,
    /// Over the net, from its left.
    above: Rect,
    /// At the left of the net, from its top.
    left: Rect,
    /// At the right of the net, from its top.
    right: Rect,
}

impl Around {
    fn of(sheet: &BoxSheet) -> Self {
        let page = Rect::new(Point::ORIGIN, sheet.page).grown(-Sides::all(EDGE));
        let net = sheet.outline();
        let inked = net.grown(Sides::all(BLEED + CLEAR));
        Self {
            page,
            below: between(net.left(), inked.bottom(), page.right(), page.bottom()),
            above: between(net.left(), page.top(), page.right(), inked.top()),
            left: between(page.left(), net.top(), inked.left(), page.bottom()),
            right: between(inked.right(), net.top(), page.right(), page.bottom()),
        }
    }
}

/// A free area for words.
struct Room {
    area: Rect,
    /// Whether words stand at the top of the area rather than at its foot.
    from_top: bool,
}

/// The words, broken into lines.
struct Block {
    lines: Vec<String>,
    /// The size of the words.
    size: Length,
    place: Rect,
}

impl Room {
    /// Returns the sentences as they stand here, if there is room for them in that size.
    fn block(&self, sentences: &[Vec<String>], size: Length, text: &SetText) -> Option<Block> {
        let width = |line: &str| text(line, spec(size)).width;
        let room = self.area.size;
        let lines = sentences.iter().flat_map(|parts| broken(parts, room.width, &width));
        let lines: Vec<String> = lines.collect();
        let widest = lines.iter().map(|line| width(line)).max()?;
        let taken = Size::new(widest, line_height(size) * lines.len() as i64);
        let foot = self.area.bottom() - taken.height;
        let top = if self.from_top { self.area.top() } else { foot };
        let place = Rect::new(Point::new(self.area.left(), top), taken);
        taken.fits(room).then_some(Block { lines, size, place })
    }
}

/// Returns the parts in lines that are no wider than `room`, if no part is.
fn broken(parts: &[String], room: Length, width: &dyn Fn(&str) -> Length) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        let longer = lines.last().map(|line| format!("{line} {part}"));
        match (lines.last_mut(), longer.filter(|longer| width(longer) <= room)) {
            (Some(line), Some(longer)) => *line = longer,
            _ => lines.push(part.clone()),
        }
    }
    lines
}

impl BoxLines {
    /// Returns a note for what had to be given up.
    pub fn note(&self, sheet: &BoxSheet) -> Option<Diagnostic> {
        let inside = sheet.net.inside;
        let front = Size::new(inside.width, inside.height);
        let found = match (&self.words, &self.bar) {
            (Some(_), Some(_)) => return None,
            (Some(_), None) => "no room for the scale bar of 100 mm",
            (None, Some(_)) => "no room for words beside the net",
            (None, None) => "no room for words beside the net, nor for the scale bar of 100 mm",
        };
        let code = if self.words.is_none() { "slug-dropped" } else { "scale-bar-dropped" };
        let help = format!("to check the scale, measure the front: it is {front}");
        Some(Diagnostic::note(code, found).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::slug::{SetLine, TextSpec};
    use crate::impose::tuck_box::{BoxRequest, Stack};
    use crate::impose::{Catalogues, Format};
    use crate::scene::{Item, Path, Shape};

    /// Sets a line as a box as wide as letters usually are.
    fn set(text: &str, spec: TextSpec) -> SetLine {
        let width = spec.size.scaled(0.52) * text.chars().count() as i64;
        let ink = Rect::new(
            Point::new(Length::ZERO, -ascent(spec.size)),
            Size::new(width, line_height(spec.size)),
        );
        let items = vec![Item::Shape(Shape::filled(Path::rect(ink), spec.ink))];
        SetLine { scene: Scene { items, text: text.into(), ..Scene::default() }, width }
    }

    /// Returns the text and the box of each line that is not the label of the bar.
    fn lines(placed: &BoxLines) -> Vec<(String, Rect)> {
        let line = |item: &Item| match item {
            Item::Group(group) if group.scene.text != BAR_LABEL => {
                let Item::Shape(shape) = &group.scene.items[0] else { panic!("a line is a box") };
                let ends = shape.path.segments.iter().filter_map(|segment| match *segment {
                    crate::scene::Segment::Move(end) | crate::scene::Segment::Line(end) => {
                        Some(Rect::new(group.transform.apply(end), Size::default()))
                    }
                    _ => None,
                });
                Some((group.scene.text.clone(), ends.reduce(Rect::union)?))
            }
            _ => None,
        };
        placed.scene.items.iter().filter_map(line).collect()
    }

    fn said(placed: &BoxLines) -> String {
        let lines: Vec<String> = lines(placed).into_iter().map(|(text, _)| text).collect();
        lines.join(" ")
    }

    fn sheet(card: Size, cards: usize, paper: &Format) -> Option<BoxSheet> {
        let stack = Stack::Of { thickness: Length::mm(0.3) };
        BoxRequest { card, cards, stack, paper: paper.clone() }.resolve(&[]).ok()
    }

    fn assert_clear(sheet: &BoxSheet, placed: &BoxLines) {
        let page = Rect::new(Point::ORIGIN, sheet.page).grown(-Sides::all(EDGE));
        let bar = placed.bar.iter().map(|bar| bar.place);
        let inked = sheet.net.panels.iter().map(|panel| {
            let inked = panel.inked();
            Rect::new(inked.origin + sheet.origin, inked.size)
        });
        let taken: Vec<Rect> = inked.chain(bar.clone()).collect();
        for (text, line) in lines(placed) {
            assert!(page.contains(line), "`{text}` leaves the page: {sheet:?}");
            assert!(!taken.iter().any(|area| area.overlaps(line)), "`{text}`: {sheet:?}");
        }
        assert!(bar.clone().all(|bar| page.contains(bar)));
    }

    #[test]
    fn boxes_of_all_cards_on_all_papers_say_everything_clear_of_the_net() {
        let Catalogues { sizes, papers, .. } = Catalogues::bundled();
        let mut count = 0;
        for (card, paper) in sizes.iter().flat_map(|card| papers.iter().map(move |p| (card, p))) {
            for cards in [1, 10, 54, 90, 150, 300] {
                let Some(sheet) = sheet(card.size, cards, paper) else { continue };
                let words = BoxWords { title: "Evenings by the sea", sheet: &sheet };
                let placed = words.placed(&set);
                assert_clear(&sheet, &placed);
                let all = words.sentences().concat().join(" ");
                assert_eq!(said(&placed), all, "{} on {}", card.id, paper.id);
                count += 1;
            }
        }
        assert!(count > 1000, "{count}");
    }

    #[test]
    fn long_titles_and_tight_pages_keep_clear_of_the_net_too() {
        let titles = [String::new(), "W".repeat(300), "a title of many words ".repeat(20)];
        let mut paper = Catalogues::bundled().paper("a4").unwrap();
        for (width, height) in [(20.0, 20.0), (20.0, 120.0), (120.0, 20.0), (63.0, 88.0)] {
            for cards in [1, 54, 200] {
                let card = Size::mm(width, height);
                paper.size = Size::mm(2_000.0, 2_000.0);
                let net = sheet(card, cards, &paper).unwrap().net.size;
                for more in [10.0, 16.0, 30.0, 80.0] {
                    let more = Length::mm(more);
                    paper.size = Size::new(net.width + more, net.height + more);
                    let sheet = sheet(card, cards, &paper).unwrap();
                    for title in &titles {
                        let placed = BoxWords { title, sheet: &sheet }.placed(&set);
                        assert_clear(&sheet, &placed);
                    }
                }
            }
        }
    }

    #[test]
    fn tight_places_break_lines_then_shrink_then_say_less() {
        let paper = Catalogues::bundled().paper("a4").unwrap();
        let told = |card: Size, title: &str, more: f64| {
            let net = sheet(card, 10, &paper).unwrap().net.size;
            let more = Length::mm(more);
            let size = Size::new(net.width + more, net.height + more);
            let sheet = sheet(card, 10, &Format { size, ..paper.clone() }).unwrap();
            let placed = BoxWords { title, sheet: &sheet }.placed(&set);
            let lines = lines(&placed);
            let size = lines.first().map(|(_, line)| line.size.height.ratio(line_height(SIZES[0])));
            let texts: Vec<String> = lines.into_iter().map(|(text, _)| text).collect();
            (texts.join("|"), size.map(|size| size > 0.99))
        };
        let micro = Size::mm(31.75, 44.45);
        let all = "Sea|10 cards of 31.75 × 44.45 mm,|stack 3.2 mm|inside 33.75 × 46.45 × 6 mm|\
                   100 %, do not fit|cut solid, fold dashed,|glue the hatched flaps";
        let (said, is_large) = told(micro, "Sea", 10.0);
        assert_eq!((&*said, is_large), (all, Some(false)));
        let long = "a title of many words ".repeat(9);
        let (said, _) = told(micro, &long, 10.0);
        assert!(said.starts_with("10 cards of"), "{said}");
        let (said, is_large) = told(micro, &long, 200.0);
        assert!(said.starts_with("a title of many words"), "{said}");
        assert_eq!(is_large, Some(true));
        let how = "100 %, do not fit|cut solid, fold dashed,|glue the hatched flaps";
        assert_eq!(told(Size::mm(30.0, 20.0), "Sea", 10.0).0, how);
    }

    #[test]
    fn what_was_given_up_is_told() {
        let paper = Catalogues::bundled().paper("a4").unwrap();
        let sheet = sheet(Size::mm(63.0, 88.0), 54, &paper).unwrap();
        let placed = BoxWords { title: "Sea", sheet: &sheet }.placed(&set);
        assert_eq!(placed.note(&sheet), None);
        let found = |lines: BoxLines| lines.note(&sheet).map(|note| note.found);
        let wordless = BoxLines { words: None, ..placed.clone() };
        assert_eq!(found(wordless).as_deref(), Some("no room for words beside the net"));
        let barless = BoxLines { bar: None, ..placed };
        assert_eq!(found(barless).as_deref(), Some("no room for the scale bar of 100 mm"));
    }
}
