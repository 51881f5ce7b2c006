//! Reads a deck: bytes in, cards and every problem out.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::card::Card;
use super::decode::{Broken, Decoded, Encoding, decode};
use super::gather::Problems;
use super::header::{Column, Header};
use super::identity::{Keys, derived_id, give_codes};
use super::meta::MetaFile;
use super::places::{Places, whole};
use super::row::{RowReader, clipped};
use super::spreadsheet::{Sheet, is_spreadsheet};
use super::table::Table;
use super::{Deck, Row};
use crate::problem::{Diagnostic, Origin, Severity, Text, did_you_mean};

/// A deck that is not read yet.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The name as the user gave it: a path, `-`, or a built-in deck.
    pub name: &'a str,
    /// The table: CSV in any encoding of spreadsheets, .xlsx or .ods. Owned bytes of UTF-8 are not
    /// copied.
    pub bytes: Cow<'a, [u8]>,
    /// The file beside the table, if there is one: its name and its text.
    pub meta: Option<(&'a str, &'a str)>,
    /// The name of the deck itself, such as the file's name without folder and ending: part of what
    /// makes its cards its own, and the title where none is given, unless the file beside the
    /// table says otherwise.
    pub stem: &'a str,
}

/// What came of reading a deck.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The deck; none where one of the problems is an error.
    pub deck: Option<Deck>,
    /// The problems, in the order of the file.
    pub problems: Vec<Diagnostic>,
}

/// Reads the deck in `source` and tells all problems of it at once.
pub fn read(source: Source) -> Loaded {
    let mut problems = Problems::default();
    let name: Arc<str> = source.name.into();
    let meta = MetaFile::read(source.meta, source.stem, &mut problems);
    let grid = Grid::open(&name, source.bytes, &mut problems);
    let deck = grid.and_then(|(grid, _)| grid.into_deck(meta, &mut problems));
    let deck = deck.filter(|_| !problems.has_errors());
    Loaded { deck, problems: problems.into_list(&whole(&name)) }
}

/// A table of either sort.
pub(super) enum Grid {
    Text(Table),
    Sheet(Sheet),
}

impl Grid {
    /// Opens the table in `bytes` up to its header; with it comes what it takes to write a text
    /// back as it was: its encoding and whether it begins with a byte order mark.
    pub fn open(
        source: &Arc<str>,
        bytes: Cow<[u8]>,
        problems: &mut Problems,
    ) -> Option<(Self, (Encoding, bool))> {
        if is_spreadsheet(&bytes) {
            let sheet = Sheet::open(source, &bytes, problems)?;
            return Some((Self::Sheet(sheet), (Encoding::Utf8, false)));
        }
        let Decoded { text, encoding, bom } = match decode(bytes) {
            Ok(decoded) => decoded,
            Err(broken) => {
                problems.error(|| broken_text(source, broken));
                return None;
            }
        };
        let text = Text { source: source.clone(), text: Arc::new(text) };
        if let Some(problem) = unreadable(&text) {
            problems.error(|| problem);
            return None;
        }
        if encoding == Encoding::Windows1252 {
            problems.tell(Severity::Note, || guessed_encoding(&text));
        }
        Table::open(text, problems).map(|table| (Self::Text(table), (encoding, bom)))
    }

    /// Returns the header as understood, as written, and where it stands.
    pub fn header(&self) -> (&Header, &csv::StringRecord, Row) {
        match self {
            Self::Text(table) => (&table.header, &table.names, table.header_row),
            Self::Sheet(sheet) => (&sheet.header, &sheet.names, sheet.header_row),
        }
    }

    fn places(&self) -> Places {
        match self {
            Self::Text(table) => table.places(),
            Self::Sheet(sheet) => sheet.places(),
        }
    }

    /// Calls `each` with every row that is not blank, in order.
    pub fn each_row(
        &self,
        problems: &mut Problems,
        each: impl FnMut(Row, &csv::StringRecord, &mut Problems),
    ) {
        match self {
            Self::Text(table) => table.each_row(problems, each),
            Self::Sheet(sheet) => sheet.each_row(problems, each),
        }
    }

    fn into_deck(self, meta: MetaFile, problems: &mut Problems) -> Option<Deck> {
        let places = self.places();
        let (header, ..) = self.header();
        self.check_header(&places, problems);
        if header.columns.missing().next().is_some() {
            return None;
        }
        let columns = header.columns;
        let mut reader = RowReader::new(&places, columns, header.width, &meta);
        let mut cards = Vec::new();
        let mut rows = 0;
        let each = |row, record: &csv::StringRecord, problems: &mut Problems| {
            rows += 1;
            cards.extend(reader.card(row, record, problems));
        };
        self.each_row(problems, each);
        if rows == 0 && !problems.has_errors() {
            problems.error(|| no_cards(places.whole()));
        }
        let categories = reader.into_categories(&meta, problems);
        drop(self);
        cards.shrink_to_fit();
        let source = places.source().clone();
        let mut deck = Deck { source, meta: meta.meta, categories, cards, places, columns };
        identify(&mut deck, problems);
        Some(deck)
    }

    fn check_header(&self, places: &Places, problems: &mut Problems) {
        let (header, names, row) = self.header();
        let missing: Vec<Column> = header.columns.missing().collect();
        if !missing.is_empty() {
            problems.error(|| missing_columns(&missing, header, names).at(places.row(row, "")));
        }
        for (column, first, second) in &header.doubled {
            problems.error(|| {
                let [first, name] = [*first, *second].map(|at| clipped(&names[at]));
                let found =
                    format!("the columns `{first}` and `{name}` both mean `{}`", column.name());
                Diagnostic::error("same-column", found)
                    .at(places.cell(row, *second, ""))
                    .help("give one of them another name, or take it away")
            });
        }
        if let Some(first) = header.others.first().filter(|_| missing.is_empty()) {
            let origin = || places.cell(row, *first, "");
            problems.tell(Severity::Note, || other_columns(header, names).at(origin()));
        }
    }
}

/// Gives the cards their keys and codes, and tells those that are there twice.
fn identify(deck: &mut Deck, problems: &mut Problems) {
    let keys = Keys::new(&deck.meta.name);
    let words = in_parallel(&deck.cards, |card| keys.words(&card.prompt));
    let derived = in_parallel(&words, |words| keys.key(&derived_id(*words, 0)));
    for card in &mut deck.cards {
        if let Some(id) = &card.id {
            card.key = keys.key(id);
        }
    }
    let taken = taken_keys(deck, problems);
    let mut order: Vec<u32> = (0..words.len() as u32).collect();
    order.sort_unstable_by_key(|at| (words[*at as usize], *at));
    for group in order.chunk_by(|a, b| words[*a as usize] == words[*b as usize]) {
        let first = group[0] as usize;
        let mut occurrence = 0;
        for at in group.iter().map(|at| *at as usize) {
            if at != first && !deck.cards[at].prompt.is_empty() {
                problems.warn(|| same_prompt(deck, &deck.cards[first], &deck.cards[at]));
            }
            while deck.cards[at].id.is_none() {
                let key = match occurrence {
                    0 => derived[at],
                    again => keys.key(&derived_id(words[at], again)),
                };
                occurrence += 1;
                if taken.binary_search(&key).is_err() {
                    deck.cards[at].key = key;
                    break;
                }
            }
        }
    }
    give_codes(&mut deck.cards);
}

/// Returns what `of` makes of each item; of a few by itself, since other threads take time to begin.
fn in_parallel<T: Sync, U: Send>(items: &[T], of: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    const FEW: usize = 5000;
    match items.len() {
        ..FEW => items.iter().map(of).collect(),
        _ => items.par_iter().map(of).collect(),
    }
}

/// Returns the keys that ids have taken, in order, and tells the ids that stand there twice.
fn taken_keys(deck: &Deck, problems: &mut Problems) -> Vec<super::CardKey> {
    let mut named: Vec<&Card> = deck.cards.iter().filter(|card| card.id.is_some()).collect();
    named.sort_unstable_by_key(|card| (card.key, card.row.record));
    for group in named.chunk_by(|a, b| a.key == b.key) {
        for card in &group[1..] {
            problems.error(|| same_id(deck, group[0], card));
        }
    }
    named.iter().map(|card| card.key).collect()
}

fn same_id(deck: &Deck, first: &Card, second: &Card) -> Diagnostic {
    let id = clipped(second.id.as_deref().unwrap_or_default());
    let found = format!("the id `{id}` stands in {} as well", deck.line_of(first));
    Diagnostic::error("same-id", found)
        .at(deck.origin(second, Column::Id))
        .help("give one of the two another id, or empty the cell")
}

fn same_prompt(deck: &Deck, first: &Card, second: &Card) -> Diagnostic {
    let found = format!("the same prompt stands in {}", deck.line_of(first));
    Diagnostic::warning("same-prompt", found)
        .at(deck.origin(second, Column::Prompt))
        .help("to print a card more than once, write a number in a column `copies`")
}

fn no_cards(origin: Origin) -> Diagnostic {
    Diagnostic::error("no-cards", "the table has a header and no cards")
        .at(origin)
        .help("write one row for each card")
}

fn missing_columns(missing: &[Column], header: &Header, names: &csv::StringRecord) -> Diagnostic {
    let named: Vec<&str> = names.iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    let wanted = listed(missing.iter().map(|column| column.name()), missing.len());
    let columns = if missing.len() == 1 { "column" } else { "columns" };
    let found = format!("no {columns} {wanted} among {}", listed(named.iter().copied(), 12));
    let problem = Diagnostic::error("missing-column", found)
        .expected("a header with `category`, `depth` and `prompt`");
    if header.columns.count() == 0 && header.others.len() < 4 {
        return problem
            .help("is this a plain list? `deckle new NAME --from FILE` makes a deck of it");
    }
    let strangers = || header.others.iter().take(200).map(|at| names[*at].trim());
    let short = || strangers().filter(|name| name.len() < 40);
    let renames = missing.iter().filter_map(|column| {
        let near = did_you_mean(column.name(), short())?;
        Some(format!("rename `{near}` to `{}`", column.name()))
    });
    let renames = renames.collect::<Vec<_>>().join(", ");
    if renames.is_empty() { problem } else { problem.help(renames) }
}

/// Returns the first `most` names in backticks, and how many more there are.
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>, most: usize) -> String {
    let rest = names.len().saturating_sub(most);
    let shown = names.take(most).map(|name| format!("`{}`", clipped(name)));
    let list = shown.collect::<Vec<_>>().join(", ");
    if rest > 0 { format!("{list} and {rest} more") } else { list }
}

fn other_columns(header: &Header, names: &csv::StringRecord) -> Diagnostic {
    let name = |at: &usize| names[*at].trim();
    let list = listed(header.others.iter().map(name), 6);
    let (columns, are) =
        if header.others.len() == 1 { ("column", "is") } else { ("columns", "are") };
    let problem = Diagnostic::note("other-columns", format!("the {columns} {list} {are} not used"));
    let free = || Column::ALL.into_iter().filter(|column| header.columns.field(*column).is_none());
    let near =
        header.others.iter().take(200).map(name).filter(|name| name.len() < 40).find_map(|name| {
            did_you_mean(name, free().map(Column::name)).map(|column| (name, column))
        });
    match near {
        Some((name, column)) => problem.help(format!("is `{name}` meant to be `{column}`?")),
        None => problem,
    }
}

/// Tells a text that no table can be.
fn unreadable(text: &Text) -> Option<Diagnostic> {
    if u32::try_from(text.text.len()).is_err() {
        return Some(
            Diagnostic::error("too-large", "the file is larger than 4 GB").at(whole(&text.source)),
        );
    }
    let at = text.text.find('\0')?;
    Some(
        Diagnostic::error("nul-byte", "a NUL byte stands here, so this is no table of text")
            .at(text.origin(at..at + 1, ""))
            .expected("a table as .csv, .xlsx or .ods")
            .help("open the file in a spreadsheet and save it as CSV UTF-8"),
    )
}

fn broken_text(source: &Arc<str>, broken: Broken) -> Diagnostic {
    let encoding = if broken.encoding == Encoding::Utf8 { "UTF-8" } else { "UTF-16" };
    let text = Text { source: source.clone(), text: Arc::new(broken.text) };
    Diagnostic::error("broken-text", format!("the {encoding} text is damaged here"))
        .at(text.origin(broken.at..broken.at + '\u{FFFD}'.len_utf8(), ""))
        .help("open the file where it was made and save it again as CSV UTF-8")
}

fn guessed_encoding(text: &Text) -> Diagnostic {
    let odd = text.text.char_indices().find(|(_, c)| !c.is_ascii());
    let (at, c) = odd.unwrap_or((0, ' '));
    Diagnostic::note("guessed-encoding", "the file is not UTF-8 and was read as Windows-1252")
        .at(text.origin(at..at + c.len_utf8(), "is this letter right?"))
        .help("save it as CSV UTF-8 to be sure")
}
