//! The deck room: tables in, decks out, with every problem of a table told at once.

mod card;

use std::path::PathBuf;
use std::sync::Arc;

pub use card::{Card, CardKey, Code, Depth, Kind, Minutes, Row};

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
}

/// What a deck's maker says about the whole of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
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
    /// The names of the depths, lightest first; at most five. Default: the five usual names.
    pub depths: Vec<String>,
    /// How many cards are printed when no number is asked for. Default: all.
    pub standard_count: Option<usize>,
    /// The picture on the back. Default: none, and the sea is drawn.
    pub back: Option<PathBuf>,
    /// The maker's own fonts, asked before the bundled ones.
    pub fonts: Vec<PathBuf>,
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
