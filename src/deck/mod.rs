//! The deck room: tables in, decks out, with every problem of a table told at once.

pub mod builtin;
mod card;
mod decode;
mod emblems;
mod fields;
mod gather;
mod header;
mod identity;
mod import;
mod imprint;
mod kinds;
mod meta;
mod names;
mod pack;
mod pick;
mod places;
mod read;
mod row;
mod spreadsheet;
mod table;
mod write;

use std::path::PathBuf;
use std::sync::Arc;

use crate::problem::Origin;
pub use card::{Card, CardKey, Code, Depth, Kind, Minutes, Row};
pub use header::Column;
use header::Columns;
pub use identity::{in_signs, is_same_prompt};
pub use import::{Imported, import};
pub use imprint::Imprint;
pub use names::names;
pub use pack::Pack;
pub use pick::{Pick, all_cards};
use places::Places;
pub use read::{Loaded, Source, read};
pub use write::{to_csv, write_ids};

/// A set of cards and what its maker says about it.
#[derive(Clone, Debug)]
pub struct Deck {
    /// The name of the source as the user gave it: a path, `-`, or a built-in deck.
    pub source: Arc<str>,
    /// What the file beside the table says.
    pub meta: Meta,
    /// The categories, in order of first appearance.
    pub categories: Vec<Category>,
    /// The cards, in the order of the table.
    pub cards: Vec<Card>,
    places: Places,
    columns: Columns,
}

impl Deck {
    /// Returns where the cell of `card` in `column` stands, with its line to show; where the table
    /// has no such column, where the card's row stands.
    pub fn origin(&self, card: &Card, column: Column) -> Origin {
        match self.columns.field(column) {
            Some(field) => self.places.cell(card.row, field, format!("column `{}`", column.name())),
            None => self.places.row(card.row, ""),
        }
    }

    /// Returns the place of the deck as a whole.
    pub fn whole(&self) -> Origin {
        self.places.whole()
    }

    /// Returns the name of a depth; its number where the deck names fewer depths.
    pub fn depth_name(&self, depth: Depth) -> &str {
        const NUMBERS: [&str; 5] = ["1", "2", "3", "4", "5"];
        let at = depth.level() as usize - 1;
        self.meta.depths.get(at).map_or(NUMBERS[at], String::as_str)
    }

    /// Returns the depth that `word` names: a level, or a name of this deck without regard to case,
    /// accents, spaces and hyphens.
    pub fn find_depth(&self, word: &str) -> Option<Depth> {
        if let Ok(level) = word.trim().parse() {
            return Depth::new(level);
        }
        let folded = header::fold(word);
        let named = |name: &String| !folded.is_empty() && header::fold(name) == folded;
        Depth::ALL.into_iter().zip(&self.meta.depths).find(|(_, name)| named(name)).map(|at| at.0)
    }

    /// Returns the category of a card of this deck.
    pub fn category(&self, card: &Card) -> &Category {
        &self.categories[card.category as usize]
    }

    /// Returns whom a card is for: those that it names, else those of the deck.
    pub fn audiences<'a>(&'a self, card: &'a Card) -> impl Iterator<Item = &'a str> {
        let own = card.audience.as_deref().or(self.meta.audience.as_deref());
        own.into_iter().flat_map(people)
    }

    /// Returns the line or the row of a card in words.
    pub fn line_of(&self, card: &Card) -> String {
        let word = if matches!(self.places, Places::Text { .. }) { "line" } else { "row" };
        format!("{word} {}", card.row.line)
    }
}

/// Returns the names in a cell that may name several people.
pub fn people(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', ';', '|']).map(str::trim).filter(|name| !name.is_empty())
}

/// What a deck's maker says about the whole of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// The name that the keys and codes of the cards come from. Default: the table's, without
    /// folder and ending.
    pub name: String,
    /// The title, shown on the back. Default: the file's name, made readable.
    pub title: String,
    /// The line under the title.
    pub subtitle: Option<String>,
    /// The language as a BCP 47 tag. Default: `en`.
    pub language: String,
    /// Whom the deck is for.
    pub audience: Option<String>,
    /// The licence of the words.
    pub licence: Option<String>,
    /// The line that credits the author.
    pub credit: Option<String>,
    /// The names of the depths, lightest first; at most five. Default: Shore, Shallows, Shelf,
    /// Open sea, Deep.
    pub depths: Vec<String>,
    /// How many cards are printed when no number is asked for. Default: all.
    pub standard_count: Option<usize>,
    /// The picture on the back. Default: none, and the sea is drawn.
    pub back: Option<PathBuf>,
    /// The picture that takes the place of the title on a drawn back. Default: none.
    pub logo: Option<PathBuf>,
    /// The maker's own fonts, asked before the bundled ones.
    pub fonts: Vec<PathBuf>,
    /// The rules of the lint that the deck breaks on purpose, each as written with its reason.
    pub lint_allow: Vec<String>,
}

/// A category of cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The name as the table gives it, made comparable: lower case, single spaces.
    pub id: String,
    /// The name as it is printed. Default: the table's own spelling.
    pub label: String,
    /// The emblem's name: that of a known category, or `mark1` to `mark6` in order of appearance.
    pub emblem: String,
}

impl Category {
    /// Returns whether `word` is the category's id or label, without regard to case and the number
    /// of spaces.
    pub fn is_called(&self, word: &str) -> bool {
        let word = meta::category_id(word);
        word == self.id || word == meta::category_id(&self.label)
    }

    /// Returns whether `word` has the letters and digits of the category's id or label, without
    /// regard to case, accents, spaces and punctuation.
    pub fn is_spelled_like(&self, word: &str) -> bool {
        let word = header::fold(word);
        !word.is_empty() && [&self.id, &self.label].iter().any(|name| header::fold(name) == word)
    }
}
