//! A sheet that is cut already, as a catalogue file writes it.

use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use serde::Deserialize;
use toml::Spanned;

use crate::impose::catalogue::lookup::{STOCK, normalised};
use crate::impose::catalogue::reader::Reader;
use crate::impose::catalogue::{Catalogues, Format, Stock, faults};
use crate::impose::spec::Orientation;
use crate::length::{Axes, Length, Point, Size};
use crate::problem::Diagnostic;

/// The most columns, or rows, that anyone could cut.
const MOST_CARDS: i64 = 200;

type Text = Option<Spanned<String>>;

/// A `[[stock]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StockEntry {
    pub(super) id: Spanned<String>,
    like: Text,
    name: Option<String>,
    sheet: Text,
    orientation: Text,
    columns: Option<Spanned<i64>>,
    rows: Option<Spanned<i64>>,
    card: Text,
    left: Text,
    top: Text,
    shift: Text,
    pitch: Text,
    radius: Text,
    #[serde(default)]
    pub(super) aliases: Vec<Spanned<String>>,
    #[serde(default)]
    sources: Vec<String>,
    note: Option<String>,
}

impl StockEntry {
    /// Returns the stock without the aliases of this entry, or everything that is wrong with it.
    ///
    /// What is not said comes from the stock of `known` that it is like. Of the entries of `file` this
    /// is the one `at` that place.
    pub(super) fn stock(
        &self,
        reader: &Reader,
        known: &Catalogues,
        file: &[Self],
        at: usize,
    ) -> Result<Stock, Vec<Diagnostic>> {
        let mut values = Values { reader, problems: Vec::new() };
        let base = self.base(&mut values, known, file, at);
        let mut stock = base.unwrap_or_else(|| blank(self));
        self.name_it(&mut values, &mut stock);
        self.lay_out(&mut values, &mut stock, known);
        let shift = self.place_it(&mut values, &mut stock);
        values.problems.extend(self.missing(reader));
        if values.problems.is_empty() {
            values.problems = faults::of(&stock, shift, |fields| reader.origin(self.span(fields)));
        }
        if values.problems.is_empty() { Ok(stock) } else { Err(values.problems) }
    }

    /// Returns the stock that this one is like.
    fn base(
        &self,
        values: &mut Values,
        known: &Catalogues,
        file: &[Self],
        at: usize,
    ) -> Option<Stock> {
        let like = self.like.as_ref()?;
        let found = STOCK.entry(&known.stocks, like.get_ref()).map_err(|mut problem| {
            let name = normalised(like.get_ref());
            let is_in = |entries: &[Self]| entries.iter().any(|entry| entry.name() == name);
            if self.is_like_itself(file) {
                *problem = self.of_itself(&name);
            } else if is_in(&file[at + 1..]) {
                problem.help = Some(format!("move `{name}` above this entry"));
            } else if is_in(&file[..at]) {
                problem.help = Some(format!("mend `{name}` above, which is left out as it is"));
            }
            Box::new(problem.at(values.reader.origin(like.span())))
        });
        values.kept(found).cloned()
    }

    /// Returns what is wrong with an entry that the stock `like` leads back to.
    fn of_itself(&self, like: &str) -> Diagnostic {
        let name = self.name();
        let way = if like == name { String::new() } else { format!(", by way of `{like}`") };
        let help =
            "name a sheet of `deckle list stocks`, or say in place of `like` what it measures";
        Diagnostic::error("stock-like-itself", format!("`{name}` is like itself{way}")).help(help)
    }

    /// Returns whether the entries that this one goes back to lead to itself again.
    fn is_like_itself(&self, file: &[Self]) -> bool {
        let base = |entry: &&Self| {
            let name = normalised(entry.like.as_ref()?.get_ref());
            file.iter().find(|other| other.name() == name)
        };
        // Whoever has gone through more entries than there are goes round another loop.
        let bases = std::iter::successors(base(&self), base).take(file.len());
        bases.into_iter().any(|other| other.name() == self.name())
    }

    /// Returns the name as names are compared.
    fn name(&self) -> String {
        normalised(self.id.get_ref())
    }

    /// Names the stock; what others say of the stock that it is like does not hold for it.
    fn name_it(&self, values: &mut Values, stock: &mut Stock) {
        let id = self.name();
        if id.is_empty() {
            values.problems.push(values.reader.wrong(self.id.span(), "a name that is empty"));
        }
        if id != stock.id {
            stock.aliases.clear();
        }
        stock.id = id;
        stock.name = self.name.clone().unwrap_or(std::mem::take(&mut stock.name));
        stock.sources = self.sources.clone();
        stock.note = self.note.clone();
    }

    /// Settles the sheet and the cards.
    fn lay_out(&self, values: &mut Values, stock: &mut Stock, known: &Catalogues) {
        let sheet = self.sheet.as_ref().and_then(|sheet| values.sheet(sheet, known));
        let orientation = self.orientation.as_ref().and_then(|text| values.orientation(text));
        let was_broad = self.like.is_some() && stock.page.is_landscape();
        if let Some(sheet) = sheet {
            stock.page =
                if was_broad { held(sheet.size, Orientation::Landscape) } else { sheet.size };
            stock.sheet = sheet;
        }
        if let Some(orientation) = orientation {
            stock.page = held(stock.sheet.size, orientation);
        }
        put(&mut stock.columns, values.count("column", &self.columns));
        put(&mut stock.rows, values.count("row", &self.rows));
        put(&mut stock.card, values.value(&self.card));
        put(&mut stock.corner_radius, values.value(&self.radius));
    }

    /// Settles where the cards stand; returns how far they were shifted, if the entry says that.
    fn place_it(&self, values: &mut Values, stock: &mut Stock) -> Option<Point> {
        put(&mut stock.origin.x, values.value(&self.left));
        put(&mut stock.origin.y, values.value(&self.top));
        let shift = self.shift.as_ref().and_then(|text| values.shift(text));
        stock.origin = stock.origin + shift.unwrap_or(Point::ORIGIN);
        let pitch: Option<Size> = values.value(&self.pitch);
        let touching = self.like.is_none().then_some(stock.card);
        let pitch = pitch.or(touching).map(|step| Axes { x: step.width, y: step.height });
        put(&mut stock.pitch, pitch);
        shift
    }

    /// Returns a problem if something is not said, neither here nor by another stock.
    fn missing(&self, reader: &Reader) -> Option<Diagnostic> {
        if self.like.is_some() {
            return None;
        }
        if let Some(shift) = &self.shift {
            let problem = reader.wrong(shift.span(), "a `shift` of a stock that is like no other");
            return Some(problem.expected("`left` and `top` as they are measured, or `like`"));
        }
        let needed = [
            ("sheet", self.sheet.is_some()),
            ("columns", self.columns.is_some()),
            ("rows", self.rows.is_some()),
            ("card", self.card.is_some()),
            ("left", self.left.is_some()),
            ("top", self.top.is_some()),
        ];
        let missing = needed.iter().filter(|(_, said)| !said);
        let missing: Vec<String> = missing.map(|(name, _)| format!("`{name}`")).collect();
        let [first @ .., last] = &missing[..] else { return None };
        let list = if first.is_empty() {
            last.clone()
        } else {
            format!("{} and {last}", first.join(", "))
        };
        let problem = reader.wrong(self.id.span(), format!("a stock without {list}"));
        Some(problem.help("say them, or say `like` with the name of a stock that has them"))
    }

    /// Returns the place of the first of `fields` that this entry says, else of its name.
    fn span(&self, fields: &[&str]) -> Range<usize> {
        let place = |field: &&str| match *field {
            "sheet" => self.sheet.as_ref().map(Spanned::span),
            "columns" => self.columns.as_ref().map(Spanned::span),
            "rows" => self.rows.as_ref().map(Spanned::span),
            "card" => self.card.as_ref().map(Spanned::span),
            "left" => self.left.as_ref().map(Spanned::span),
            "top" => self.top.as_ref().map(Spanned::span),
            "shift" => self.shift.as_ref().map(Spanned::span),
            "pitch" => self.pitch.as_ref().map(Spanned::span),
            "radius" => self.radius.as_ref().map(Spanned::span),
            _ => None,
        };
        fields.iter().find_map(place).unwrap_or_else(|| self.id.span())
    }
}

/// The values of an entry while they are read.
struct Values<'a> {
    reader: &'a Reader,
    problems: Vec<Diagnostic>,
}

impl Values<'_> {
    fn kept<T>(&mut self, read: Result<T, Box<Diagnostic>>) -> Option<T> {
        read.map_err(|problem| self.problems.push(*problem)).ok()
    }

    fn value<T: FromStr<Err: Display>>(&mut self, text: &Text) -> Option<T> {
        let read = self.reader.value(text.as_ref()?);
        self.kept(read)
    }

    fn sheet(&mut self, name: &Spanned<String>, known: &Catalogues) -> Option<Format> {
        let at = |problem: Box<Diagnostic>| problem.at(self.reader.origin(name.span())).into();
        let read = known.paper(name.get_ref()).map_err(at);
        self.kept(read)
    }

    fn orientation(&mut self, text: &Spanned<String>) -> Option<Orientation> {
        match &*normalised(text.get_ref()) {
            "portrait" => Some(Orientation::Portrait),
            "landscape" => Some(Orientation::Landscape),
            other => {
                let problem = self.reader.wrong(text.span(), format!("a sheet held `{other}`"));
                self.problems.push(problem.expected("`portrait` or `landscape`"));
                None
            }
        }
    }

    fn count(&mut self, what: &str, number: &Option<Spanned<i64>>) -> Option<usize> {
        let number = number.as_ref()?;
        let count = *number.get_ref();
        if (1..=MOST_CARDS).contains(&count) {
            return Some(count as usize);
        }
        let problem = self.reader.wrong(number.span(), format!("{count} {what}s"));
        self.problems.push(problem.expected(format!("1 to {MOST_CARDS} {what}s")));
        None
    }

    /// Reads how far to the right, then how far down.
    fn shift(&mut self, text: &Spanned<String>) -> Option<Point> {
        let pair = text.get_ref();
        // A comma may also be that of a decimal: it parts two lengths where both sides are some.
        let halves = pair.match_indices(',').map(|(at, _)| (&pair[..at], &pair[at + 1..]));
        let lengths = |(x, y): (&str, &str)| Some(Point::new(x.parse().ok()?, y.parse().ok()?));
        let shift = halves.filter_map(lengths).next();
        if shift.is_none() {
            let problem = self.reader.wrong(text.span(), format!("a shift of `{pair}`"));
            let expected = "how far to the right, then how far down, such as `0.5mm,-0.3mm`";
            self.problems.push(problem.expected(expected));
        }
        shift
    }
}

fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn held(sheet: Size, orientation: Orientation) -> Size {
    orientation.pages(sheet).next().unwrap_or(sheet)
}

/// Returns a stock of nothing, to be filled in.
fn blank(entry: &StockEntry) -> Stock {
    let sheet = Format {
        id: String::new(),
        name: String::new(),
        size: Size::default(),
        corner_radius: Length::ZERO,
        aliases: Vec::new(),
        rare: false,
    };
    Stock {
        id: String::new(),
        name: entry.name(),
        sheet,
        page: Size::default(),
        card: Size::default(),
        corner_radius: Length::ZERO,
        columns: 1,
        rows: 1,
        origin: Point::ORIGIN,
        pitch: Axes::default(),
        aliases: Vec::new(),
        sources: Vec::new(),
        note: None,
    }
}
