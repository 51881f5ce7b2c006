//! What no sheet of cards can be: cards that overlap, or that stand beside the sheet.

use crate::impose::catalogue::Stock;
use crate::impose::refusal::{LARGEST_SIDE, SMALLEST_CARD, SMALLEST_PAPER};
use crate::length::{Length, Point, Size};
use crate::problem::{Diagnostic, Origin};

/// Returns everything that is wrong with a stock, whose cards were moved by a `shift` if one is said;
/// `place` says where the first of some fields stands that the entry has.
pub(super) fn of(
    stock: &Stock,
    shift: Option<Point>,
    place: impl Fn(&[&str]) -> Origin,
) -> Vec<Diagnostic> {
    let sides =
        [side("sheet", stock.page, SMALLEST_PAPER), side("card", stock.card, SMALLEST_CARD)];
    let mut faults: Vec<Fault> = sides.into_iter().flatten().collect();
    if faults.is_empty() {
        faults.extend(radius(stock));
        for direction in [Direction::across(stock), Direction::down(stock)] {
            // Where cards lie over one another, what they take up says nothing yet.
            match direction.overlap() {
                Some(overlap) => faults.push(overlap),
                None => faults.extend(direction.overhangs(shift.map(|shift| mended(stock, shift)))),
            }
        }
    }
    faults.into_iter().map(|fault| fault.told(&place)).collect()
}

/// Something wrong, with the fields that it could be mended in, the likeliest first.
struct Fault {
    fields: Vec<&'static str>,
    found: String,
    expected: String,
    help: Option<String>,
}

impl Fault {
    fn told(self, place: impl Fn(&[&str]) -> Origin) -> Diagnostic {
        let problem = Diagnostic::error("catalogue-entry", self.found).expected(self.expected);
        Diagnostic { help: self.help, ..problem }.at(place(&self.fields))
    }
}

fn side(what: &'static str, size: Size, least: Length) -> Option<Fault> {
    let within = |side: Length| (least..=LARGEST_SIDE).contains(&side);
    (!within(size.width) || !within(size.height)).then(|| Fault {
        fields: vec![what],
        found: format!("a {what} of {size}"),
        expected: format!("sides of {least} to {LARGEST_SIDE}"),
        help: None,
    })
}

fn radius(stock: &Stock) -> Option<Fault> {
    let (radius, card) = (stock.corner_radius, stock.card);
    let half = card.width.min(card.height) / 2;
    (radius < Length::ZERO || radius > half).then(|| Fault {
        fields: vec!["radius", "card"],
        found: format!("a radius of {radius} on {card}"),
        expected: format!("0 mm to {half}"),
        help: None,
    })
}

/// The cards in one direction.
struct Direction {
    words: Words,
    sheet: Length,
    card: Length,
    count: i64,
    pitch: Length,
    start: Length,
    /// The pitch that would let the cards touch, as the file writes it.
    touching: String,
}

/// What people and files call things in one direction.
struct Words {
    extent: &'static str,
    edges: [&'static str; 2],
    start: &'static str,
    count: &'static str,
}

impl Direction {
    fn across(stock: &Stock) -> Self {
        let words =
            Words { extent: "wide", edges: ["left", "right"], start: "left", count: "columns" };
        Self {
            words,
            sheet: stock.page.width,
            card: stock.card.width,
            count: stock.columns as i64,
            pitch: stock.pitch.x,
            start: stock.origin.x,
            touching: Size::new(stock.card.width, stock.pitch.y.max(stock.card.height))
                .as_written(),
        }
    }

    fn down(stock: &Stock) -> Self {
        let words = Words { extent: "high", edges: ["top", "bottom"], start: "top", count: "rows" };
        Self {
            words,
            sheet: stock.page.height,
            card: stock.card.height,
            count: stock.rows as i64,
            pitch: stock.pitch.y,
            start: stock.origin.y,
            touching: Size::new(stock.pitch.x.max(stock.card.width), stock.card.height)
                .as_written(),
        }
    }

    fn overlap(&self) -> Option<Fault> {
        let Self { card, pitch, words, .. } = self;
        (self.count > 1 && pitch < card).then(|| Fault {
            fields: vec!["pitch", "card", words.count],
            found: format!(
                "cards {card} {} in steps of {pitch} overlap by {}",
                words.extent,
                (*card - *pitch).min(*card)
            ),
            expected: format!("steps of {card} at least"),
            help: Some(format!("`pitch = \"{}\"` would let them touch", self.touching)),
        })
    }

    /// Returns how far the cards may begin from the edge; less than nothing where they do not fit.
    fn room(&self) -> Length {
        self.sheet - self.pitch * (self.count - 1) - self.card
    }

    /// Returns the start that is nearest to the one that is said, and has all cards on the sheet if
    /// they fit at all.
    fn nearest(&self) -> Length {
        let room = self.room();
        if room < Length::ZERO { self.start } else { self.start.clamp(Length::ZERO, room) }
    }

    /// Returns a fault for each edge of the sheet that cards reach over; a stock that is shifted should
    /// have another `shift`.
    fn overhangs(&self, shift: Option<Point>) -> Vec<Fault> {
        let over = [-self.start, self.start - self.room()];
        let edges = over.into_iter().zip(self.words.edges);
        edges
            .filter(|(over, _)| *over > Length::ZERO)
            .map(|(over, edge)| self.overhang(over, edge, shift))
            .collect()
    }

    /// Returns the fault of cards that reach `over` an edge.
    fn overhang(&self, over: Length, edge: &str, shift: Option<Point>) -> Fault {
        let room = self.room();
        let Words { start, count, .. } = self.words;
        let found = format!("the cards reach {over} over the {edge} edge of the sheet");
        if room < Length::ZERO {
            let fits = self.sheet >= self.card;
            let fitting = (self.sheet - self.card).times(self.pitch) + 1;
            return Fault {
                fields: vec![count, "card", "pitch", "sheet", start, "shift"],
                found,
                expected: format!("{} in all; they take up {}", self.sheet, self.sheet - room),
                help: fits.then(|| format!("`{count} = {fitting}` would fit")),
            };
        }
        let expected = format!("a first card 0 mm to {room} from the {start}");
        if let Some(Point { x, y }) = shift {
            let shift = format!("{}mm,{}mm", x.to_mm(), y.to_mm());
            let help = Some(format!("`shift = \"{shift}\"` would bring them to the edge"));
            return Fault { fields: vec!["shift"], found, expected, help };
        }
        let middle = (room / 2).to_string().replace(' ', "");
        Fault {
            fields: vec![start, "sheet", count, "card", "pitch"],
            found,
            expected,
            help: Some(format!("`{start} = \"{middle}\"` would stand in the middle")),
        }
    }
}

/// Returns the shift that is nearest to `shift` and leaves all cards on the sheet, in each direction in
/// which they fit at all.
fn mended(stock: &Stock, shift: Point) -> Point {
    let [x, y] = [Direction::across(stock), Direction::down(stock)].map(|it| it.nearest());
    shift + (Point::new(x, y) - stock.origin)
}
