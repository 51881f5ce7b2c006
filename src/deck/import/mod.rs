//! Plain lists of prompts, made into a table: lines, Markdown, JSON, or a table that lacks columns.
//!
//! What a deck needs and a list does not say is guessed, and the note of each card names what was. A
//! person reads the cards once, mends them, and takes that out; until then `deckle check` counts them.

mod guess;
mod json;
mod lines;

use std::sync::Arc;

use super::card::{Depth, Kind};
use super::gather::Problems;
use super::header::Column;
use super::read::{Grid, Source};
use super::write::IN_ORDER;
use crate::problem::Diagnostic;

/// The category of prompts that have none.
const CATEGORY: &str = "Questions";

/// What the note of a card says in front of what was guessed.
const MARK: &str = "guess";

/// A table made from a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The table, as CSV.
    pub table: String,
    /// How many cards it has.
    pub cards: usize,
    /// How many of their depths are guesses.
    pub depths: usize,
    /// How many of their kinds are guesses that the prompt does not make plain.
    pub kinds: usize,
    /// How many entries are left out because they have no prompt.
    pub lost: usize,
}

/// Returns the list in `source` as a table.
///
/// A list is one of these:
///
/// - lines, one prompt in each, with or without bullets or numbers; a Markdown heading, a line in bold
///   or a short line with a colon names the category of those under it, or their depth (`Level 2`); a
///   line that is indented under a bullet goes on with it;
/// - JSON: an array of prompts or of objects with the names of columns, or an object whose names are
///   categories;
/// - a table with a column of prompts that lacks category or depth.
///
/// None where the file is no such list: where it is a whole deck, however faulty, or no text.
///
/// # Errors
///
/// A file with the ending `.json` that is none (`bad-json`), or JSON without prompts (`no-prompts`).
pub fn import(source: Source) -> Result<Option<Imported>, Box<Diagnostic>> {
    let json = json::items(source.name, &source.bytes)?;
    let listed = json.or_else(|| read(source).map(|items| (items, 0)));
    Ok(listed.and_then(|(items, lost)| table(items, lost)))
}

/// Completes the entries of a list and writes them as a table.
fn table(items: Vec<Item>, lost: usize) -> Option<Imported> {
    let mut imported = Imported { table: String::new(), cards: 0, depths: 0, kinds: 0, lost };
    let rows: Vec<Item> = items
        .into_iter()
        .filter(|item| !item.get(Column::Prompt).trim().is_empty())
        .map(|item| item.completed(&mut imported))
        .collect();
    imported.cards = rows.len();
    let is_used = |column: &Column| {
        ALWAYS.contains(column) || rows.iter().any(|row| !row.get(*column).is_empty())
    };
    let columns: Vec<Column> = IN_ORDER.into_iter().filter(is_used).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.iter().map(|column| column.name())).ok()?;
    for row in &rows {
        writer.write_record(columns.iter().map(|column| row.get(*column))).ok()?;
    }
    imported.table = String::from_utf8(writer.into_inner().ok()?).ok()?;
    (!rows.is_empty()).then_some(imported)
}

fn read(source: Source) -> Option<Vec<Item>> {
    let name: Arc<str> = source.name.into();
    let (grid, _) = Grid::open(&name, source.bytes, &mut Problems::default())?;
    let columns = &grid.header().0.columns;
    match columns.field(Column::Prompt) {
        // Of a list with one column, commas are commas.
        Some(_) if grid.header().1.len() == 1 => Some(lines::items(&lines(&grid)[1..])),
        Some(_) if columns.missing().next().is_some() && !is_torn(&grid) => Some(table_rows(&grid)),
        None if columns.count() == 0 => Some(lines::items(&lines(&grid))),
        _ => None,
    }
}

/// Returns whether a row has more cells than the header, because a prompt with commas is not in quotes.
fn is_torn(grid: &Grid) -> bool {
    let columns = grid.header().1.len();
    let mut is_torn = false;
    grid.each_row(&mut Problems::default(), |_, record, _| {
        is_torn |= record.iter().skip(columns).any(|cell| !cell.trim().is_empty());
    });
    is_torn
}

fn table_rows(grid: &Grid) -> Vec<Item> {
    let columns = &grid.header().0.columns;
    let mut rows = Vec::new();
    grid.each_row(&mut Problems::default(), |_, record, _| {
        let mut item = Item::default();
        for column in IN_ORDER {
            let cell = columns.field(column).and_then(|field| record.get(field));
            item.set(column, cell.unwrap_or_default().trim());
        }
        rows.push(item);
    });
    rows
}

/// Returns the lines of a text, or the first cells of a sheet.
fn lines(grid: &Grid) -> Vec<String> {
    let first = |record: &csv::StringRecord| record.get(0).unwrap_or_default().to_owned();
    match grid {
        Grid::Text(table) => {
            let lines = table.text.text.split(['\n', '\r']);
            lines.map(|line| line.replace('\u{A0}', " ")).collect()
        }
        Grid::Sheet(sheet) => {
            let mut lines = vec![first(&sheet.names)];
            sheet.each_row(&mut Problems::default(), |_, record, _| lines.push(first(record)));
            lines
        }
    }
}

/// The columns that are written even if they are empty.
const ALWAYS: [Column; 6] =
    [Column::Category, Column::Depth, Column::Kind, Column::Prompt, Column::FollowUp, Column::Note];

/// An entry of a list: what it says of a card, by column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Item {
    cells: [String; IN_ORDER.len()],
}

impl Item {
    fn get(&self, column: Column) -> &str {
        &self.cells[column as usize]
    }

    fn set(&mut self, column: Column, text: &str) {
        text.clone_into(&mut self.cells[column as usize]);
    }

    /// Guesses what a card needs and the entry does not say, or says in words that mean nothing.
    fn completed(mut self, imported: &mut Imported) -> Self {
        let mut guessed = Vec::new();
        let mut lost = Vec::new();
        if self.get(Column::Category).is_empty() {
            self.set(Column::Category, CATEGORY);
        }
        let prompt = self.get(Column::Prompt).to_owned();
        let said = self.get(Column::Kind).to_owned();
        let kind = said.parse::<Kind>().unwrap_or_else(|()| {
            let (kind, is_plain) = guess::kind(&prompt);
            if !is_plain {
                guessed.push("kind");
                imported.kinds += 1;
            }
            lost.extend((!said.is_empty()).then(|| format!("kind was {said}")));
            kind
        });
        self.set(Column::Kind, kind.name());
        let said = self.get(Column::Depth).to_owned();
        let depth = depth_in(&said);
        if depth.is_none() && !kind.is_guide() {
            guessed.push("depth");
            imported.depths += 1;
            lost.extend((!said.is_empty()).then(|| format!("depth was {said}")));
        }
        let level = depth.unwrap_or_else(|| guess::depth(&prompt, kind)).level().to_string();
        self.set(Column::Depth, if kind.is_guide() { "" } else { &level });
        let guesses = (!guessed.is_empty()).then(|| format!("{MARK}: {}", guessed.join(", ")));
        let own = Some(self.get(Column::Note).to_owned()).filter(|note| !note.is_empty());
        let note: Vec<String> = guesses.into_iter().chain(own).chain(lost).collect();
        self.set(Column::Note, &note.join("; "));
        self
    }
}

/// Returns the depth that words such as `3`, `Level 3` or `3 of 5` name.
fn depth_in(words: &str) -> Option<Depth> {
    let digits = words.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok().and_then(Depth::new)
}

#[cfg(test)]
mod tests;
