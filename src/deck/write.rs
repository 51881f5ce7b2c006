//! Writes decks back: ids into the author's own file, and cards as a new table.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::card::{Card, Kind, Minutes};
use super::decode::encode;
use super::fields::Fields;
use super::gather::Problems;
use super::header::Column;
use super::identity::{Keys, derived_id};
use super::meta::category_id;
use super::places::{field_span, whole};
use super::read::{Grid, Loaded, Source, read};
use super::{Category, Deck};
use crate::problem::Diagnostic;

/// Fills an id into every row that has none and returns the file; nothing else of it changes:
/// encoding, byte order mark, line ends, quotes and the mark between fields stay.
///
/// The ids are those that the cards had unwritten, so keys and codes stay as well. Where the table
/// has no column `id`, it becomes the first one.
///
/// # Errors
///
/// The problems of a deck that cannot be read, and that of a spreadsheet file, which is not
/// written.
pub fn write_ids(source: Source) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let Loaded { deck, problems } = read(source.clone());
    let deck = deck.ok_or(problems)?;
    let name: Arc<str> = source.name.into();
    let opened = Grid::open(&name, source.bytes, &mut Problems::default());
    let Some((Grid::Text(table), (encoding, bom))) = opened else {
        return Err(vec![spreadsheet_stays(&name)]);
    };
    let text = table.text.text.as_str();
    let mut edits = Vec::new();
    let field = deck.columns.field(Column::Id);
    if field.is_none() {
        let at = table.header_row.byte as usize;
        edits.push((at..at, format!("id{}", table.delimiter as char)));
    }
    for (card, id) in deck.cards.iter().zip(ids(&deck)) {
        let Some(id) = id else { continue };
        edits.push(match field {
            None => {
                let at = card.row.byte as usize;
                (at..at, format!("{id}{}", table.delimiter as char))
            }
            Some(field) => id_cell(text, card, field, table.delimiter, &id),
        });
    }
    let mut written = String::with_capacity(text.len() + edits.len() * 16);
    let mut from = 0;
    for (span, id) in edits {
        written.push_str(&text[from..span.start]);
        written.push_str(&id);
        from = span.end;
    }
    written.push_str(&text[from..]);
    Ok(encode(&written, encoding, bom))
}

/// Returns the id that each card is to be given; none for cards that have one.
fn ids(deck: &Deck) -> Vec<Option<String>> {
    let keys = Keys::new(&deck.meta.name);
    let mut next: HashMap<u128, u32> = HashMap::new();
    let mut find = |card: &Card| {
        let words = keys.words(&card.prompt);
        let occurrence = next.entry(words).or_default();
        loop {
            let id = derived_id(words, *occurrence);
            *occurrence += 1;
            if keys.key(&id) == card.key {
                return id;
            }
        }
    };
    deck.cards.iter().map(|card| card.id.is_none().then(|| find(card))).collect()
}

/// Returns the id of each card, its own or the one that it has unwritten.
pub(super) fn all_ids(deck: &Deck) -> Vec<String> {
    let own = |card: &Card| card.id.as_deref().unwrap_or_default().to_owned();
    let unwritten = ids(deck).into_iter();
    unwritten.zip(&deck.cards).map(|(id, card)| id.unwrap_or_else(|| own(card))).collect()
}

/// Returns what to replace by what, so that the cell number `field` of a card holds `id`.
fn id_cell(
    text: &str,
    card: &Card,
    field: usize,
    delimiter: u8,
    id: &str,
) -> (Range<usize>, String) {
    let start = card.row.byte as usize;
    let count = Fields::new(text, start, delimiter).take(field + 1).count();
    let missing = (field + 1).saturating_sub(count);
    let span = field_span(text, card.row, field, delimiter);
    (span, format!("{}{id}", (delimiter as char).to_string().repeat(missing)))
}

fn spreadsheet_stays(source: &Arc<str>) -> Diagnostic {
    Diagnostic::error("spreadsheet-stays", "ids cannot be written into a spreadsheet file")
        .at(whole(source))
        .help("save it as CSV UTF-8 first, or let `deckle new NAME --from FILE` make a table of it")
}

/// Returns cards of `deck` as a table of their own: UTF-8 without a mark, commas, line feeds, and
/// only the columns that one of the cards uses.
pub fn to_csv(deck: &Deck, cards: &[&Card]) -> String {
    rows_to_csv(&cards.iter().map(|card| (deck, *card)).collect::<Vec<_>>())
}

/// Returns cards, each with its deck, as [`to_csv`] does.
pub(super) fn rows_to_csv(cards: &[(&Deck, &Card)]) -> String {
    let always = |column: &Column| Column::REQUIRED.contains(column);
    let used =
        |column: &Column| cards.iter().any(|(deck, card)| !cell(deck, card, *column).is_empty());
    let columns: Vec<Column> =
        IN_ORDER.into_iter().filter(|column| always(column) || used(column)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = columns.iter().map(|column| column.name());
    let mut written = writer.write_record(header);
    for (deck, card) in cards {
        let cells: Vec<Cow<str>> = columns.iter().map(|at| cell(deck, card, *at)).collect();
        written = written.and(writer.write_record(cells.iter().map(|cell| cell.as_bytes())));
    }
    let bytes = written.ok().and_then(|()| writer.into_inner().ok());
    String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
}

/// The order in which people read the columns of a table.
pub(super) const IN_ORDER: [Column; 13] = [
    Column::Id,
    Column::Category,
    Column::Depth,
    Column::Kind,
    Column::Prompt,
    Column::FollowUp,
    Column::Minutes,
    Column::Audience,
    Column::Tags,
    Column::Copies,
    Column::Language,
    Column::Note,
    Column::LintAllow,
];

fn cell<'a>(deck: &'a Deck, card: &'a Card, column: Column) -> Cow<'a, str> {
    let text = |text: &'a Option<Box<str>>| Cow::from(text.as_deref().unwrap_or_default());
    match column {
        Column::Category => category_cell(deck.category(card)).into(),
        Column::Depth => card.depth.map(|depth| depth.to_string()).unwrap_or_default().into(),
        Column::Prompt => Cow::from(&*card.prompt),
        Column::FollowUp => text(&card.follow_up),
        Column::Kind if card.kind == Kind::Question => "".into(),
        Column::Kind => card.kind.name().into(),
        Column::Minutes => card.minutes.as_ref().map(minutes_cell).unwrap_or_default().into(),
        Column::Audience => card.audience.as_deref().unwrap_or_default().into(),
        Column::Tags => card.tags.join(";").into(),
        Column::Id => text(&card.id),
        Column::Copies if card.copies == 1 => "".into(),
        Column::Copies => card.copies.to_string().into(),
        Column::Language => card.language.as_deref().unwrap_or_default().into(),
        Column::Note => text(&card.note),
        Column::LintAllow => text(&card.lint_allow),
    }
}

/// Returns the label where it names the same category, as it is the better one to read.
fn category_cell(category: &Category) -> &str {
    if category_id(&category.label) == category.id { &category.label } else { &category.id }
}

fn minutes_cell(minutes: &Minutes) -> String {
    let gap = if minutes.rest.is_empty() || minutes.rest.starts_with(',') { "" } else { " " };
    format!("{}{gap}{}", minutes.count, minutes.rest)
}
