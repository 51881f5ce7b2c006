//! Formats: how an evening or a workshop goes, as data.
//!
//! A format has an opening, parts and a landing. A part has rounds, each with its cards; around each
//! card people take turns, or do something together. How long that takes has a usual time, and where
//! it may be shorter or longer, a least and a most.

mod catalogue;
mod faults;
mod raw;
mod reader;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::rotation::Grouping;
use super::seconds::Seconds;
use crate::deck::{Depth, Kind};
pub use catalogue::{Formats, Source};

/// How a session goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Format {
    /// The name on the command line.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// What it is for, in a sentence.
    pub purpose: String,
    /// The decks that it takes where nobody names others: names of built-in ones.
    pub decks: Vec<String>,
    /// How many people it is for; the usual number is planned for where nobody says.
    pub people: Range,
    /// How many sit at a table, where they sit at tables.
    pub table: usize,
    /// Whether those who sit together first sit together until the end.
    pub stay: bool,
    /// The time in which people change places.
    pub moving: Seconds,
    /// The deepest depth.
    pub ceiling: Depth,
    /// The tags of cards that do not suit.
    pub without: Vec<String>,
    /// What must be there.
    pub materials: Vec<String>,
    /// How it begins.
    pub opening: Opening,
    /// What there is to do, in order.
    pub parts: Vec<Part>,
    /// How it ends.
    pub landing: Part,
}

/// A number that may be chosen: the least, the usual and the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The least.
    pub least: usize,
    /// Where nobody says.
    pub usual: usize,
    /// The most.
    pub most: usize,
}

impl Range {
    /// Just this number.
    pub const fn just(number: usize) -> Self {
        Self { least: number, usual: number, most: number }
    }

    /// Returns whether there is a choice.
    pub const fn is_open(self) -> bool {
        self.least < self.most
    }
}

/// How a session begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// How long that takes.
    pub time: Span,
    /// What whoever leads says, sentence by sentence.
    pub say: Vec<String>,
}

/// A part of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name for people.
    pub title: String,
    /// How many rounds it has.
    pub rounds: Range,
    /// Where its cards come from.
    pub deal: Deal,
    /// How many cards a round has.
    pub cards: Range,
    /// The kinds of cards.
    pub kinds: Vec<Kind>,
    /// The lightest and the deepest depth.
    pub depth: [Depth; 2],
    /// How people sit.
    pub grouping: Grouping,
    /// What whoever leads says.
    pub say: Vec<String>,
    /// What is done with each card, in order.
    pub steps: Vec<Step>,
}

/// Where the cards of a part come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deal {
    /// Each round has its own.
    #[default]
    New,
    /// Those of the part before are kept.
    Same,
    /// There are none.
    None,
}

/// What is done with a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Everybody of a group in turn does all of this.
    Turns(Vec<Beat>),
    /// All do this at the same time.
    Together(Beat),
}

/// Something that takes its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Who does it.
    pub role: Role,
    /// What they do, as one tells them.
    pub does: String,
    /// How long.
    pub time: Span,
}

/// The part that somebody plays in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The one whose turn it is.
    Speaker,
    /// The next of the group, or all others.
    Listener,
    /// All who neither speak nor listen.
    Observer,
    /// Everybody.
    All,
}

/// A time with its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The shortest.
    pub least: Seconds,
    /// Where nobody says.
    pub usual: Seconds,
    /// The longest.
    pub most: Seconds,
}

impl Span {
    /// Just this time.
    pub const fn just(time: Seconds) -> Self {
        Self { least: time, usual: time, most: time }
    }
}
