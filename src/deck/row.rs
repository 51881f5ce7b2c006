//! From a record to a card, with every problem of the record told.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use csv::StringRecord;

use super::card::{Card, CardKey, Code, Depth, Kind, Minutes, Row};
use super::gather::Problems;
use super::header::{Column, Columns, fold};
use super::meta::{category_id, language_tag, not_a_language};
use super::places::Places;
use super::{emblems, kinds, meta::MetaFile};
use crate::deck::Category;
use crate::problem::{Diagnostic, did_you_mean};

/// Reads the rows of one table.
pub(super) struct RowReader<'a> {
    places: &'a Places,
    columns: Columns,
    width: usize,
    depth_names: &'a [String],
    folded_depths: Vec<String>,
    categories: Categories,
    shared: HashSet<Arc<str>>,
}

/// A record at work.
struct Cells<'a> {
    row: Row,
    record: &'a StringRecord,
    problems: &'a mut Problems,
}

impl<'a> RowReader<'a> {
    /// The reader of rows under a header of `width` fields.
    pub fn new(places: &'a Places, columns: Columns, width: usize, meta: &'a MetaFile) -> Self {
        let depth_names = &meta.meta.depths;
        let folded_depths = depth_names.iter().map(|name| fold(name)).collect();
        Self {
            places,
            columns,
            width,
            depth_names,
            folded_depths,
            categories: Categories::default(),
            shared: HashSet::new(),
        }
    }

    /// Returns the card of a record, or none where its cells cannot be told apart.
    ///
    /// A card with an error is returned as well, for others may be compared with it; the deck as a
    /// whole is then not handed on.
    pub fn card(
        &mut self,
        row: Row,
        record: &StringRecord,
        problems: &mut Problems,
    ) -> Option<Card> {
        let mut cells = Cells { row, record, problems };
        let kind = self.kind(&mut cells);
        if !self.has_fitting_width(&mut cells, kind) {
            return None;
        }
        let is_guide = kind.is_some_and(Kind::is_guide);
        Some(Card {
            key: CardKey::default(),
            code: Code::default(),
            id: self.words(&cells, Column::Id),
            category: self.category(&mut cells, !is_guide),
            depth: if is_guide { None } else { self.depth(&mut cells) },
            kind: kind.unwrap_or_default(),
            prompt: self.prompt(&mut cells),
            follow_up: self.words(&cells, Column::FollowUp),
            minutes: self.minutes(&mut cells),
            audience: self.shared(&cells, Column::Audience),
            tags: self.tags(&cells),
            copies: self.copies(&mut cells),
            language: self.language(&mut cells),
            note: self.words(&cells, Column::Note),
            lint_allow: self.words(&cells, Column::LintAllow),
            row,
        })
    }

    /// Returns the categories of all rows read so far.
    pub fn into_categories(self, meta: &MetaFile, problems: &mut Problems) -> Vec<Category> {
        meta.warn_of_strangers(&self.categories.ids, problems);
        self.categories.named(meta)
    }

    fn cell<'r>(&self, cells: &Cells<'r>, column: Column) -> &'r str {
        let field = self.columns.field(column);
        field.and_then(|field| cells.record.get(field)).unwrap_or_default().trim()
    }

    /// Tells the problem that `code` and `found` name at a cell.
    fn tell(&self, cells: &mut Cells, column: Column, problem: impl FnOnce() -> Diagnostic) {
        let (places, row) = (self.places, cells.row);
        let field = self.columns.field(column).unwrap_or_default();
        cells
            .problems
            .error(|| problem().at(places.cell(row, field, format!("column `{}`", column.name()))));
    }

    /// Whether the record has the cells that it must have and no others.
    fn has_fitting_width(&self, cells: &mut Cells, kind: Option<Kind>) -> bool {
        let extra = cells.record.iter().skip(self.width).any(|cell| !cell.trim().is_empty());
        if let Places::Text { delimiter, .. } = self.places
            && extra
        {
            let (places, row, record) = (self.places, cells.row, cells.record);
            let prompt_is_last = self.columns.field(Column::Prompt) == Some(self.width - 1);
            cells.problems.error(|| {
                let help = quotes_needed(record, self.width, *delimiter, prompt_is_last);
                too_wide(record.len(), self.width).at(places.row(row, "")).help(help)
            });
            return false;
        }
        let is_guide = kind.is_some_and(Kind::is_guide);
        let missing: Vec<Column> = Column::REQUIRED
            .into_iter()
            .filter(|column| !(is_guide && *column == Column::Depth))
            .filter(|column| self.columns.field(*column) >= Some(cells.record.len()))
            .collect();
        // In a spreadsheet a row ends with its last cell that holds anything: nothing is cut off.
        let is_cut_off = !missing.is_empty() && matches!(self.places, Places::Text { .. });
        if is_cut_off {
            let (places, row, found) = (self.places, cells.row, cells.record.len());
            cells.problems.error(|| too_narrow(places, row, [found, self.width], &missing));
        }
        !is_cut_off
    }

    fn kind(&self, cells: &mut Cells) -> Option<Kind> {
        let word = self.cell(cells, Column::Kind);
        if word.is_empty() {
            return Some(Kind::default());
        }
        let kind = kinds::find(word);
        if kind.is_none() {
            let names = || Kind::ALL.iter().map(|kind| kind.name());
            self.tell(cells, Column::Kind, || {
                let expected = names().collect::<Vec<_>>().join(", ");
                let problem =
                    Diagnostic::error("unknown-kind", format!("unknown kind `{}`", clipped(word)))
                        .expected(expected);
                suggested(problem, word, names())
            });
        }
        kind
    }

    fn category(&mut self, cells: &mut Cells, asks: bool) -> u16 {
        let name = self.cell(cells, Column::Category);
        if name.is_empty() {
            self.tell(cells, Column::Category, || {
                let help = match asks {
                    true => "write one; cards that belong together have the same",
                    false => "write one, such as `Guide`: cards that guide need one too",
                };
                empty_cell("category").help(help)
            });
            return 0;
        }
        let number = self.categories.number(name, asks);
        if number.is_none() {
            self.tell(cells, Column::Category, || {
                Diagnostic::error("too-many-categories", "the deck has more than 65,536 categories")
            });
        }
        number.unwrap_or_default()
    }

    fn depth(&self, cells: &mut Cells) -> Option<Depth> {
        let word = self.cell(cells, Column::Depth);
        let depth = self.find_depth(word);
        if depth.is_none() {
            self.tell(cells, Column::Depth, || {
                let problem = match word {
                    "" => empty_cell("depth"),
                    _ => {
                        let found = format!("unknown depth `{}`", clipped(word));
                        Diagnostic::error("unknown-depth", found)
                    }
                };
                let problem =
                    problem.expected(format!("1 to 5, or {}", self.depth_names.join(", ")));
                suggested(problem, word, self.depth_names.iter().map(String::as_str))
            });
        }
        depth
    }

    fn find_depth(&self, word: &str) -> Option<Depth> {
        if let [level @ b'1'..=b'5'] = word.as_bytes() {
            return Depth::new(level - b'0');
        }
        if word.is_empty() || word.len() > 200 {
            return None;
        }
        let folded = fold(word);
        let named = self.folded_depths.iter().position(|name| *name == folded && !name.is_empty());
        // A spreadsheet that keeps numbers with a decimal writes 3.0.
        let level = || word.strip_suffix(".0").or(word.strip_suffix(",0"))?.parse().ok();
        named.map(|at| at as u8 + 1).or_else(level).and_then(Depth::new)
    }

    fn prompt(&self, cells: &mut Cells) -> Box<str> {
        let prompt = self.words(cells, Column::Prompt);
        if prompt.is_none() {
            self.tell(cells, Column::Prompt, || {
                empty_cell("prompt").help("write what the card says, or delete the row")
            });
        }
        prompt.unwrap_or_default()
    }

    fn minutes(&self, cells: &mut Cells) -> Option<Minutes> {
        let word = self.cell(cells, Column::Minutes);
        if word.is_empty() {
            return None;
        }
        let minutes = word.parse().ok();
        if minutes.is_none() {
            self.tell(cells, Column::Minutes, || {
                let found = format!("`{}` is no number of minutes", clipped(word));
                Diagnostic::error("unknown-minutes", found)
                    .expected("1 to 600, with words behind the number if you like: 3 each")
            });
        }
        minutes
    }

    fn copies(&self, cells: &mut Cells) -> u16 {
        let word = self.cell(cells, Column::Copies);
        let copies = match word {
            "" => Some(1),
            _ => word.strip_suffix(".0").unwrap_or(word).parse().ok(),
        };
        let copies = copies.filter(|copies| (1..=99).contains(copies));
        if copies.is_none() {
            self.tell(cells, Column::Copies, || {
                let found = format!("`{}` is no number of copies", clipped(word));
                Diagnostic::error("unknown-copies", found).expected("1 to 99").help(
                    "a card that is not to be printed is better deleted, or left out by a filter",
                )
            });
        }
        copies.unwrap_or(1)
    }

    fn language(&mut self, cells: &mut Cells) -> Option<Arc<str>> {
        let word = self.cell(cells, Column::Language);
        if word.is_empty() {
            return None;
        }
        let tag = language_tag(word);
        if tag.is_none() {
            self.tell(cells, Column::Language, || {
                Diagnostic::error("unknown-language", not_a_language(&clipped(word)))
            });
        }
        tag.map(|tag| self.share(&tag))
    }

    fn tags(&self, cells: &Cells) -> Box<[Box<str>]> {
        let tags = self.cell(cells, Column::Tags).split([';', ',', '|']).map(str::trim);
        tags.filter(|tag| !tag.is_empty()).map(Box::from).collect()
    }

    /// Returns the words of a cell, their line breaks as line feeds.
    fn words(&self, cells: &Cells, column: Column) -> Option<Box<str>> {
        let words = self.cell(cells, column);
        if words.contains('\r') {
            return Some(words.replace("\r\n", "\n").replace('\r', "\n").into());
        }
        (!words.is_empty()).then(|| words.into())
    }

    fn shared(&mut self, cells: &Cells, column: Column) -> Option<Arc<str>> {
        let words = self.cell(cells, column);
        (!words.is_empty()).then(|| self.share(words))
    }

    fn share(&mut self, words: &str) -> Arc<str> {
        if let Some(known) = self.shared.get(words) {
            return known.clone();
        }
        let words: Arc<str> = words.into();
        self.shared.insert(words.clone());
        words
    }
}

/// The categories of a table, numbered as they appear.
#[derive(Debug, Default)]
struct Categories {
    ids: Vec<String>,
    labels: Vec<String>,
    /// Whether a card of the category asks something, and so shows its emblem.
    asks: Vec<bool>,
    by_id: HashMap<String, u16>,
    /// The numbers by the exact words of the cell, so that most rows need no folding.
    by_spelling: HashMap<Box<str>, u16>,
}

impl Categories {
    fn number(&mut self, name: &str, asks: bool) -> Option<u16> {
        let number = match self.by_spelling.get(name) {
            Some(number) => *number,
            None => self.add(name)?,
        };
        self.asks[number as usize] |= asks;
        Some(number)
    }

    fn add(&mut self, name: &str) -> Option<u16> {
        let id = category_id(name);
        let next = u16::try_from(self.ids.len()).ok()?;
        let number = *self.by_id.entry(id.clone()).or_insert(next);
        if number == next {
            self.ids.push(id);
            self.labels.push(name.split_whitespace().collect::<Vec<_>>().join(" "));
            self.asks.push(false);
        }
        self.by_spelling.insert(name.into(), number);
        Some(number)
    }

    fn named(self, meta: &MetaFile) -> Vec<Category> {
        let mut categories: Vec<Category> = self
            .ids
            .into_iter()
            .zip(self.labels)
            .map(|(id, spelling)| {
                let own = meta.categories.get(&id);
                let label = own.and_then(|own| own.label.clone()).unwrap_or(spelling);
                let emblem = own.and_then(|own| own.emblem.clone()).unwrap_or_default();
                Category { id, label, emblem }
            })
            .collect();
        emblems::assign(&mut categories, &self.asks);
        categories
    }
}

fn empty_cell(name: &str) -> Diagnostic {
    Diagnostic::error("empty-cell", format!("this card has no {name}"))
}

fn suggested<'a>(
    problem: Diagnostic,
    word: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    if word.len() > 80 {
        return problem;
    }
    match did_you_mean(word, names) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }
}

/// Returns the user's words short enough to stand in a message.
pub(super) fn clipped(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None if line.len() < words.len() => format!("{line}…"),
        None => line.into(),
    }
}

fn too_wide(found: usize, width: usize) -> Diagnostic {
    let found = format!("this row has {found} fields, the header has {width}");
    Diagnostic::error("too-many-fields", found)
}

/// Returns how a row with too many fields is mended: with the author's own prompt in quotes where
/// it is the one that fell apart.
fn quotes_needed(
    record: &StringRecord,
    width: usize,
    delimiter: u8,
    prompt_is_last: bool,
) -> String {
    let mark = delimiter_name(delimiter);
    if !prompt_is_last {
        return format!("a cell that contains {mark} needs quotes around it");
    }
    let parts: Vec<&str> = record.iter().skip(width - 1).collect();
    let prompt = parts.join(&(delimiter as char).to_string());
    let quoted = clipped(prompt.trim()).replace('"', "\"\"");
    format!("a prompt that contains {mark} needs quotes: \"{quoted}\"")
}

fn delimiter_name(delimiter: u8) -> String {
    match delimiter {
        b',' => "a comma".into(),
        b';' => "a semicolon".into(),
        b'\t' => "a tab".into(),
        other => format!("`{}`", other as char),
    }
}

fn too_narrow(
    places: &Places,
    row: Row,
    [found, width]: [usize; 2],
    missing: &[Column],
) -> Diagnostic {
    let fields = if found == 1 { "field" } else { "fields" };
    let names: Vec<String> = missing.iter().map(|column| format!("`{}`", column.name())).collect();
    Diagnostic::error(
        "too-few-fields",
        format!("this row has {found} {fields}, the header has {width}"),
    )
    .at(places.row(row, ""))
    .help(format!("add what is missing: {}", names.join(", ")))
}
