//! The job ticket: a page for whoever prints and cuts, with the sheet drawn to scale and every cut as
//! a distance from the edges that sheets are laid by.

use std::sync::Arc;

use crate::font::Role;
use crate::impose::fold::dashed;
use crate::impose::marks::cut_lines;
use crate::impose::plan::Duplex;
use crate::impose::slug::{SetText, TextSpec};
use crate::impose::spec::{MarkStyle, SheetSpec};
use crate::impose::steps::{instructions, stacking_instructions};
use crate::impose::turn::Turn;
use crate::length::{Axes, Length, Point, Rect, Size};
use crate::scene::{Group, Ink, Item, Page, Path, Scene, Shape, Stroke, Transform};

/// The least paper that a ticket fits on, upright.
const LEAST: Size = Size::mm(200.0, 270.0);

/// The paper of a ticket whose sheets are smaller.
const USUAL: Size = Size::mm(210.0, 297.0);

/// The border of the ticket.
const MARGIN: Length = Length::mm(18.0);

/// The step from one line of words to the next.
const LEADING: Length = Length::mm(5.2);

/// The size of the words.
const BODY: Length = Length::pt(9.0);

/// The size of the heading.
const HEADING: Length = Length::pt(20.0);

/// The size of the numbers in the drawing.
const FIGURES: Length = Length::pt(6.0);

/// How wide and high the drawing may be.
const DRAWING: Size = Size::mm(84.0, 88.0);

/// The space between the drawing's own width and the list beside it, with room for its cuts.
const BESIDE: Length = Length::mm(22.0);

/// How wide and high a sheet may be in the picture of the turn.
const TURN: Size = Size::mm(26.0, 26.0);

/// The space between front and back in that picture.
const APART: Length = Length::mm(14.0);

/// How far cuts run out of the drawn sheet.
const RUN_OUT: Length = Length::mm(3.0);

/// Where the values of facts begin, to the right of their names.
const VALUES: Length = Length::mm(26.0);

/// What a ticket says beside its sheet.
pub struct TicketJob<'a> {
    /// The title of the deck, or those of several.
    pub title: &'a str,
    /// The name of the file that is printed.
    pub file: &'a str,
    /// What tells this printing from one with other words.
    pub digest: &'a str,
    /// How many cards there are.
    pub cards: usize,
    /// How many sheets of paper.
    pub sheets: usize,
    /// The name of the perforated or pre-cut sheet, if it is one.
    pub stock: Option<&'a str>,
    /// The paper that the ticket itself is printed on, held upright.
    pub paper: Size,
    /// Sets the words.
    pub text: &'a SetText<'a>,
}

/// Returns the job ticket of sheets of `spec`.
pub fn ticket(spec: &SheetSpec, job: &TicketJob) -> Page {
    let upright = if job.paper.is_landscape() { job.paper.turned() } else { job.paper };
    let page = if LEAST.fits(upright) { upright } else { USUAL };
    let mut sheet = Writer { items: Vec::new(), text: job.text, right: page.width - MARGIN };
    let title = if job.title.is_empty() { "Cards" } else { job.title };
    let heading = Style { role: Role::Prompt, size: HEADING };
    let mut at = Point::new(MARGIN, MARGIN + HEADING);
    sheet.write(at, title, heading);
    at.y += LEADING * 2;
    if !spec.duplex.is_one_sided() {
        sheet.draw_turn(Point::new(sheet.right - TURN.width * 2 - APART, at.y - BODY), spec);
    }
    for (name, value) in facts(spec, job) {
        sheet.write(at, name, LABEL);
        sheet.write(at + Point::new(VALUES, Length::ZERO), &value, WORDS);
        at.y += LEADING;
    }
    at.y += LEADING;
    let cuts = Cuts::of(spec);
    let drawn = sheet.draw(at, spec, &cuts);
    let list = Point::new(MARGIN + DRAWING.width + BESIDE, at.y + BODY);
    let listed = sheet.list(list, &cuts);
    at.y = drawn.max(listed) + LEADING * 2;
    for (number, step) in steps(spec, job).iter().enumerate() {
        sheet.write(at, &format!("{}", number + 1), LABEL);
        sheet.write(at + Point::new(Length::mm(6.0), Length::ZERO), step, WORDS);
        at.y += LEADING;
    }
    let whole = Rect::new(Point::ORIGIN, page);
    let scene = Scene { items: sheet.items, ..Scene::default() };
    Page { size: page, trim: whole, bleed: whole, scene, bookmarks: Vec::new() }
}

/// Returns what there is to know about a job, each with its name.
fn facts(spec: &SheetSpec, job: &TicketJob) -> Vec<(&'static str, String)> {
    let grid = &spec.grid;
    let blanks = job.sheets * grid.cells() - job.cards;
    let last = match blanks {
        0 => String::new(),
        1 => ", 1 place stays empty".to_owned(),
        _ => format!(", {blanks} places stay empty"),
    };
    let sides = match spec.duplex {
        Duplex::Auto | Duplex::TwoPass => "both".to_owned(),
        Duplex::None => "the front alone".to_owned(),
        Duplex::Fold => match grid.fold() {
            Some(Turn::AboutHorizontal) => {
                format!("the front alone, folded {} from the top", grid.page.height / 2)
            }
            _ => format!("the front alone, folded {} from the left", grid.page.width / 2),
        },
    };
    let held = if grid.page.is_landscape() { "broad" } else { "upright" };
    let marks = match spec.marks {
        MarkStyle::Corners => "short ticks outside the cards",
        MarkStyle::Crop => "crop marks, clear of the bleed",
        MarkStyle::Guides => "hairlines behind the cards",
        MarkStyle::None => "none",
    };
    let mut facts = vec![
        ("File", job.file.to_owned()),
        ("Printing", job.digest.to_owned()),
        ("Cards", format!("{} of {}, corners {}", job.cards, grid.face(), spec.corner_radius)),
        ("Sheets", format!("{} of {}, {held}{last}", job.sheets, grid.page)),
        ("On a sheet", format!("{} × {} cards", grid.columns, grid.rows)),
        ("Gutters", format!("{} across, {} down", spec.gutter.x, spec.gutter.y)),
        ("Bleed", spec.bleed.to_string()),
        ("Marks", marks.to_owned()),
        ("Sides", sides),
        ("Scale", "100 %, not fitted to the page".to_owned()),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts.extend(job.stock.map(|stock| ("Stock", stock.to_owned())));
    // What only the customer knows is written by hand.
    let blank = "_".repeat(32);
    facts.extend(["Board", "Copies", "For"].map(|name| (name, blank.clone())));
    facts
}

/// Returns what to do, in order.
fn steps(spec: &SheetSpec, job: &TicketJob) -> Vec<String> {
    let mut steps = instructions(spec.duplex, spec.flip, spec.grid.page, job.sheets);
    let mut stacking = stacking_instructions(spec.stacking, job.sheets).into_iter();
    steps.extend(stacking.next());
    if spec.is_stock {
        steps.push("part the cards along the perforations".into());
        return steps;
    }
    let cut = [
        "lay the left edge of the front against the gauge; cut down the sheet, the longest way first",
        "then lay the top edge of the strips against it, and cut across, the longest way first",
    ];
    steps.extend(cut.map(String::from));
    steps.extend(stacking);
    steps
}

/// The cuts of a sheet in the order in which they are made: the farthest from its lay edge first, so
/// that this edge stays until the last.
struct Cuts {
    /// Distances from the left edge of the front.
    upright: Vec<Length>,
    /// Distances from its top edge.
    level: Vec<Length>,
}

impl Cuts {
    fn of(spec: &SheetSpec) -> Self {
        if spec.is_stock {
            return Self { upright: Vec::new(), level: Vec::new() };
        }
        let Axes { x: mut upright, y: mut level } = cut_lines(&spec.grid.trims());
        upright.reverse();
        level.reverse();
        Self { upright, level }
    }
}

/// How words are set.
#[derive(Clone, Copy)]
struct Style {
    role: Role,
    size: Length,
}

const WORDS: Style = Style { role: Role::Small, size: BODY };
const LABEL: Style = Style { role: Role::Label, size: BODY };

/// A page while it is written.
struct Writer<'a> {
    items: Vec<Item>,
    text: &'a SetText<'a>,
    right: Length,
}

impl Writer<'_> {
    /// Writes a line at a place, smaller where it would reach beyond the border.
    fn write(&mut self, at: Point, words: &str, style: Style) {
        let set = |size| (self.text)(words, TextSpec { role: style.role, size, ink: Ink::BLACK });
        let mut line = set(style.size);
        let room = self.right - at.x;
        if room <= Length::ZERO {
            return;
        }
        if line.width > room {
            line = set(style.size.scaled(room.ratio(line.width)));
        }
        self.items.push(Item::Group(Group::new(Arc::new(line.scene), Transform::moved(at))));
    }

    /// Writes a figure with its middle at a place.
    fn figure(&mut self, at: Point, number: usize) {
        let spec = TextSpec { role: Role::Label, size: FIGURES, ink: Ink::BLACK };
        let line = (self.text)(&number.to_string(), spec);
        let at = Point::new(at.x - line.width / 2, at.y + FIGURES.scaled(0.33));
        self.items.push(Item::Group(Group::new(Arc::new(line.scene), Transform::moved(at))));
    }

    fn line(&mut self, path: Path, width: Length) {
        let stroke = Stroke::new(Ink::BLACK, width);
        self.items.push(Item::Shape(Shape::stroked(path, stroke)));
    }

    /// Draws the front of a sheet with its cuts numbered and its lay edges stout, and returns where
    /// the drawing ends.
    fn draw(&mut self, at: Point, spec: &SheetSpec, cuts: &Cuts) -> Length {
        let page = spec.grid.page;
        let factor = DRAWING.width.ratio(page.width).min(DRAWING.height.ratio(page.height));
        let origin = at + Point::new(Length::mm(8.0), Length::mm(8.0));
        let shown =
            |point: Point| origin + Point::new(point.x.scaled(factor), point.y.scaled(factor));
        let sheet =
            Rect::new(origin, Size::new(page.width.scaled(factor), page.height.scaled(factor)));
        let (thin, stout) = (Length::pt(0.25), Length::pt(2.0));
        self.line(Path::rect(sheet), thin);
        let backs = spec.grid.fold().map(|turn| spec.grid.turned(turn).trims());
        for trim in spec.grid.trims().into_iter().chain(backs.into_iter().flatten()) {
            let radius = spec.corner_radius.scaled(factor);
            let size = Size::new(trim.size.width.scaled(factor), trim.size.height.scaled(factor));
            self.line(Path::rounded_rect(Rect::new(shown(trim.origin), size), radius), thin);
        }
        let area = Rect::new(
            shown(spec.grid.area.origin),
            Size::new(
                spec.grid.area.size.width.scaled(factor),
                spec.grid.area.size.height.scaled(factor),
            ),
        );
        match spec.grid.fold() {
            Some(Turn::AboutVertical) => {
                let (top, foot) = (area.right(), sheet.bottom());
                self.line(dashed(Point::new(top, sheet.top()), Point::new(top, foot)), thin);
            }
            Some(Turn::AboutHorizontal) => {
                let (level, end) = (area.bottom(), sheet.right());
                self.line(dashed(Point::new(sheet.left(), level), Point::new(end, level)), thin);
            }
            None => {}
        }
        // What lies beyond a fold is under the blade as well, once it is folded.
        let run_out = |end: Length, whole: Length| if end < whole { end } else { end + RUN_OUT };
        let (right, low) =
            (run_out(area.right(), sheet.right()), run_out(area.bottom(), sheet.bottom()));
        let foot = Point::new(sheet.left(), sheet.bottom());
        self.line(Path::line(foot, sheet.origin), stout);
        self.line(Path::line(sheet.origin, Point::new(sheet.right(), sheet.top())), stout);
        for (at, x) in cuts.upright.iter().enumerate() {
            let x = shown(Point::new(*x, Length::ZERO)).x;
            let top = sheet.top() - RUN_OUT;
            self.line(Path::line(Point::new(x, top), Point::new(x, low)), Length::pt(0.5));
            self.figure(Point::new(x, top - stagger(at)), at + 1);
        }
        for (at, y) in cuts.level.iter().enumerate() {
            let y = shown(Point::new(Length::ZERO, *y)).y;
            let left = sheet.left() - RUN_OUT;
            self.line(Path::line(Point::new(left, y), Point::new(right, y)), Length::pt(0.5));
            self.figure(Point::new(left - stagger(at), y), cuts.upright.len() + at + 1);
        }
        sheet.bottom() + RUN_OUT
    }

    /// Draws a sheet with numbered corners from its front, and beside it where they are once it is
    /// turned for its back.
    fn draw_turn(&mut self, at: Point, spec: &SheetSpec) {
        let page = spec.grid.page;
        let factor = TURN.width.ratio(page.width).min(TURN.height.ratio(page.height));
        let size = Size::new(page.width.scaled(factor), page.height.scaled(factor));
        let inset = Length::mm(4.0);
        let inner = Size::new(size.width - inset * 2, size.height - inset * 2);
        for (number, word) in ["front", "back"].into_iter().enumerate() {
            let step = Point::new((size.width + APART) * number as i64, Length::ZERO);
            let sheet = Rect::new(at + step, size);
            self.line(Path::rect(sheet), Length::pt(0.5));
            for corner in 0..4 {
                let seen = if number == 0 { corner } else { spec.turn().cell(corner, 2, 2) };
                let (right, down) = ((seen % 2) as i64, (seen / 2) as i64);
                let place = Point::new(inner.width * right, inner.height * down);
                self.figure(sheet.origin + Point::new(inset, inset) + place, corner + 1);
            }
            let middle = sheet.origin + Point::new(size.width / 2, size.height / 2);
            let foot = Point::new(middle.x - Length::mm(4.0), middle.y + BODY / 3);
            self.write(foot, word, WORDS);
        }
        let start = at + Point::new(size.width + Length::mm(3.0), size.height / 2);
        let end = start + Point::new(APART - Length::mm(6.0), Length::ZERO);
        let barb = |up: Length| end + Point::new(-Length::mm(2.0), up);
        self.line(Path::line(start, end), Length::pt(0.75));
        for up in [Length::mm(1.2), -Length::mm(1.2)] {
            self.line(Path::line(barb(up), end), Length::pt(0.75));
        }
    }

    /// Lists the cuts, and returns where the list ends.
    fn list(&mut self, at: Point, cuts: &Cuts) -> Length {
        let columns = [
            ("From the left edge", &cuts.upright, 1, Length::ZERO),
            ("From the top edge", &cuts.level, cuts.upright.len() + 1, Length::mm(42.0)),
        ];
        let longest = cuts.upright.len().max(cuts.level.len()).max(1) as i64;
        let leading = LEADING.min((DRAWING.height + RUN_OUT * 2) / longest);
        let words = Style { size: BODY.scaled(leading.ratio(LEADING)), ..WORDS };
        let mut end = at.y;
        for (head, distances, first, right) in columns {
            if distances.is_empty() {
                continue;
            }
            let mut at = at + Point::new(right, Length::ZERO);
            self.write(at, head, LABEL);
            for (number, distance) in (first..).zip(distances) {
                at.y += leading;
                self.write(at, &number.to_string(), words);
                let value = at + Point::new(Length::mm(8.0), Length::ZERO);
                self.write(value, &distance.to_string(), words);
            }
            end = end.max(at.y);
        }
        end
    }
}

/// Returns how far beside its cut the number at `at` stands, so that close ones do not meet.
fn stagger(at: usize) -> Length {
    Length::mm(if at.is_multiple_of(2) { 2.0 } else { 4.5 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::slug::SetLine;
    use crate::impose::spec::tests::request;
    use crate::impose::{Purpose, SheetRequest};
    use crate::length::Sides;
    use crate::scene::Segment;

    fn set(text: &str, spec: TextSpec) -> SetLine {
        let width = (spec.size / 2) * text.chars().count() as i64;
        SetLine { scene: Scene { text: text.into(), ..Scene::default() }, width }
    }

    fn words(page: &Page) -> Vec<String> {
        let items = page.scene.items.iter();
        items
            .filter_map(|item| match item {
                Item::Group(group) => Some(group.scene.text.clone()),
                _ => None,
            })
            .collect()
    }

    fn written(purpose: Purpose) -> (SheetSpec, Page) {
        let spec = SheetRequest { purpose, ..request("poker", "a4") }.resolve(&[]).unwrap();
        let paper = Size::mm(297.0, 210.0);
        let job = TicketJob {
            title: "Intimacy",
            file: "intimacy.pdf",
            digest: "4F2K9Q7X",
            cards: 54,
            sheets: 7,
            stock: None,
            paper,
            text: &set,
        };
        let page = ticket(&spec, &job);
        (spec, page)
    }

    #[test]
    fn cuts_are_listed_from_the_lay_edges_the_farthest_first() {
        let (_, page) = written(Purpose::Home);
        let words = words(&page);
        let after = |head: &str| {
            let at = words.iter().position(|word| word == head).unwrap();
            words[at + 1..at + 9].to_vec()
        };
        let upright = ["1", "199.5 mm", "2", "136.5 mm", "3", "73.5 mm", "4", "10.5 mm"];
        assert_eq!(after("From the left edge"), upright);
        let level = ["5", "280.5 mm", "6", "192.5 mm", "7", "104.5 mm", "8", "16.5 mm"];
        assert_eq!(after("From the top edge"), level);
    }

    #[test]
    fn cutting_as_listed_leaves_just_the_cards() {
        for purpose in [Purpose::Home, Purpose::Copyshop] {
            let (spec, _) = written(purpose);
            let cuts = Cuts::of(&spec);
            // A strip of paper lies against the gauge; each cut parts what lies beyond it.
            let parted = |distances: &[Length], whole: Length| {
                let (mut pieces, mut rest) = (Vec::new(), whole);
                for &distance in distances {
                    assert!(distance < rest, "what is left reaches the blade");
                    pieces.push((distance, rest));
                    rest = distance;
                }
                pieces
            };
            let columns = parted(&cuts.upright, spec.grid.page.width);
            let rows = parted(&cuts.level, spec.grid.page.height);
            for trim in spec.grid.trims() {
                assert!(columns.contains(&(trim.left(), trim.right())));
                assert!(rows.contains(&(trim.top(), trim.bottom())));
            }
        }
    }

    #[test]
    fn a_ticket_is_upright_and_nothing_leaves_it() {
        use crate::impose::plan::Stacking;
        let border = Sides::all(Length::mm(5.0));
        for paper in ["a4", "letter", "a6", "b5", "executive", "a3", "tabloid"] {
            for duplex in [Duplex::Auto, Duplex::TwoPass, Duplex::Fold, Duplex::None] {
                for block in [2, 250] {
                    let mut asked = request("mini", paper);
                    asked.duplex = Some(duplex);
                    asked.stacking = Some(Stacking::CutAndStack { block });
                    let spec = asked.resolve(&[]).unwrap();
                    let (cards, sheets) = (spec.grid.cells() * 7, 7);
                    let (paper, stock) = (spec.grid.page, Some("avery-5371"));
                    let (title, file, digest) = ("Intimacy", "intimacy.pdf", "4F2K9Q7X");
                    let job =
                        TicketJob { title, file, digest, cards, sheets, stock, paper, text: &set };
                    let page = ticket(&spec, &job);
                    assert!(!page.size.is_landscape() && LEAST.fits(page.size));
                    let inner = Rect::new(Point::ORIGIN, page.size).grown(-border);
                    for place in places(&page) {
                        let place = Rect::new(place, Size::default());
                        assert!(inner.contains(place), "{paper:?} {duplex:?} {block}: {place:?}");
                    }
                }
            }
        }
    }

    /// Returns where words begin and where lines begin and end.
    fn places(page: &Page) -> Vec<Point> {
        let of_item = |item: &Item| match item {
            Item::Group(group) => vec![group.transform.offset],
            Item::Shape(shape) => {
                let segments = shape.path.segments.iter();
                segments
                    .filter_map(|segment| match segment {
                        Segment::Move(at) | Segment::Line(at) | Segment::Cubic(_, _, at) => {
                            Some(*at)
                        }
                        Segment::Close => None,
                    })
                    .collect()
            }
            _ => Vec::new(),
        };
        page.scene.items.iter().flat_map(of_item).collect()
    }
}
