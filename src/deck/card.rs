//! A card and its parts, as the table gives them.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer};

/// A prompt with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The versioned key that stays with the card whatever moves around it.
    pub key: CardKey,
    /// The short form of the key that is printed; unique in its deck.
    pub code: Code,
    /// The author's own name for the card, if the table has one.
    pub id: Option<Box<str>>,
    /// The number of the card's category in [`Deck::categories`](crate::deck::Deck::categories).
    pub category: u16,
    /// How deep the card goes; none on cards that need no depth.
    pub depth: Option<Depth>,
    /// What one does with the card. Default: a question.
    pub kind: Kind,
    /// The prompt as written; a line break in the cell is a line break here.
    pub prompt: Box<str>,
    /// The listener's line.
    pub follow_up: Option<Box<str>>,
    /// The time the card takes.
    pub minutes: Option<Minutes>,
    /// Whom the card is for, where it differs from the deck.
    pub audience: Option<Arc<str>>,
    /// The author's own labels.
    pub tags: Box<[Box<str>]>,
    /// How many times the card is printed. Default: 1.
    pub copies: u16,
    /// The language of the card, where it differs from the deck, as a BCP 47 tag.
    pub language: Option<Arc<str>>,
    /// The author's note, never printed.
    pub note: Option<Box<str>>,
    /// The rules of the lint that the card breaks on purpose, as written: `closed: it is a game`.
    pub lint_allow: Option<Box<str>>,
    /// Where the card's row stands in the deck's source.
    pub row: Row,
}

/// The row of a card in its source; [`Deck::origin`](crate::deck::Deck::origin) reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The number of the record among those of the source, the header being 0.
    pub record: u32,
    /// The line on which the record begins, counted from 1.
    pub line: u32,
    /// The byte at which the record begins in the decoded source.
    pub byte: u32,
}

/// A level from 1, the lightest, to 5, the deepest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Depth(u8);

impl Depth {
    /// All levels, lightest first.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The depth of `level`, if that is 1 to 5.
    pub const fn new(level: u8) -> Option<Self> {
        if level >= 1 && level <= 5 { Some(Self(level)) } else { None }
    }

    /// Returns the level, 1 to 5.
    pub const fn level(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Depth {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What one does with a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A question that both answer.
    #[default]
    Question,
    /// Something to do together, with a time.
    Exercise,
    /// A sentence to complete aloud.
    Finish,
    /// Words to borrow, stem by stem.
    Script,
    /// A thank-you that names a deed.
    Appreciation,
    /// A short look at how one is today.
    Checkin,
    /// Training for the listener.
    Listen,
    /// A moment of quiet.
    Pause,
    /// How the deck is used.
    Rule,
    /// The beginning: the legend of the depths.
    Open,
    /// The landing.
    Close,
    /// Something to answer alone.
    Selfcheck,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::Question,
        Self::Exercise,
        Self::Finish,
        Self::Script,
        Self::Appreciation,
        Self::Checkin,
        Self::Listen,
        Self::Pause,
        Self::Rule,
        Self::Open,
        Self::Close,
        Self::Selfcheck,
    ];

    /// Returns the name that stands in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Exercise => "exercise",
            Self::Finish => "finish",
            Self::Script => "script",
            Self::Appreciation => "appreciation",
            Self::Checkin => "checkin",
            Self::Listen => "listen",
            Self::Pause => "pause",
            Self::Rule => "rule",
            Self::Open => "open",
            Self::Close => "close",
            Self::Selfcheck => "selfcheck",
        }
    }

    /// Returns whether cards of this kind guide the evening rather than ask: they need no depth
    /// and are not counted by a mix.
    pub const fn is_guide(self) -> bool {
        matches!(self, Self::Pause | Self::Rule | Self::Open | Self::Close)
    }
}

impl FromStr for Kind {
    type Err = ();

    /// Reads a kind as it may stand in a table: its name or a usual word for it, in several
    /// languages, without regard to case, accents, spaces and hyphens.
    fn from_str(word: &str) -> Result<Self, ()> {
        super::kinds::find(word).ok_or(())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let word = String::deserialize(from)?;
        word.parse().map_err(|()| serde::de::Error::custom(format!("`{word}` is no kind")))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The time a card takes: a number, and the author's words after it if there are any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// The number of minutes.
    pub count: u16,
    /// What follows, such as `each` or `, then swap sides`; empty for a plain number.
    pub rest: Box<str>,
}

impl FromStr for Minutes {
    type Err = ();

    /// Reads `3`, `3 each`, `3, then swap`, `3 min each` or `3 minutes, then swap`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let count: u16 = text[..end].parse().map_err(|_| ())?;
        let mut rest = text[end..].trim_start();
        for unit in ["minutes", "minute", "mins", "min.", "min"] {
            if let Some(after) = rest.strip_prefix(unit) {
                rest = after.trim_start();
                break;
            }
        }
        let reads_on = rest.is_empty() || rest.starts_with(|c: char| c.is_alphabetic() || c == ',');
        if count == 0 || count > 600 || !reads_on {
            return Err(());
        }
        Ok(Self { count, rest: rest.into() })
    }
}

/// The 128 bits that tell one card from all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardKey(pub u128);

impl CardKey {
    /// Returns the key as files keep it: 32 digits in hexadecimal.
    pub fn to_hex(self) -> String {
        format!("{:032x}", self.0)
    }

    /// Returns the key that a file keeps so; none where that is no key.
    pub fn from_hex(text: &str) -> Option<Self> {
        u128::from_str_radix(text, 16).ok().map(Self)
    }
}

/// The code printed on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub Box<str>);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_as_people_write_them() {
        let rest = |text: &str| text.parse::<Minutes>().map(|m| (m.count, m.rest.to_string()));
        assert_eq!(rest("3"), Ok((3, String::new())));
        assert_eq!(rest("3 each"), Ok((3, "each".into())));
        assert_eq!(rest("12 min., then swap"), Ok((12, ", then swap".into())));
        assert_eq!(rest("1 minute each"), Ok((1, "each".into())));
        for wrong in ["", "soon", "0", "9999", "3:30", "-2"] {
            assert!(rest(wrong).is_err(), "{wrong}");
        }
    }
}
