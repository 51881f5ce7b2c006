//! What a language asks of the typesetter: weak words, quotes, and the word for minutes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::deck::Minutes;

/// The habits of one language.
#[derive(Debug, Deserialize)]
pub struct Language {
    /// The words that end a line badly, in lower case.
    #[serde(default)]
    weak: BTreeSet<String>,
    /// The quotation marks.
    pub quotes: Quotes,
    minute: String,
    minutes: String,
    /// What a deep card without a line of its own says to whoever listens.
    pub listen: String,
}

/// Quotation marks: the outer pair and the pair inside it.
#[derive(Debug, Deserialize)]
#[serde(from = "[String; 4]")]
pub struct Quotes {
    /// The mark that opens a quotation.
    pub open: String,
    /// The mark that closes a quotation.
    pub close: String,
    /// The mark that opens a quotation inside another.
    pub inner_open: String,
    /// The mark that closes a quotation inside another.
    pub inner_close: String,
}

impl From<[String; 4]> for Quotes {
    fn from([open, close, inner_open, inner_close]: [String; 4]) -> Self {
        Self { open, close, inner_open, inner_close }
    }
}

impl Quotes {
    /// Returns whether `c` opens a quotation.
    pub fn is_opening(&self, c: char) -> bool {
        self.open.starts_with(c) || self.inner_open.starts_with(c)
    }
}

static LANGUAGES: LazyLock<BTreeMap<String, Language>> = LazyLock::new(|| {
    toml::from_str(include_str!("languages.toml")).expect("the language file is read by a test")
});

static UNKNOWN: LazyLock<Language> = LazyLock::new(|| Language {
    weak: BTreeSet::new(),
    quotes: ["“", "”", "‘", "’"].map(str::to_owned).into(),
    minute: "min".into(),
    minutes: "min".into(),
    listen: "Hear it to the end. Say back what you heard before you answer.".into(),
});

impl Language {
    /// The language with the BCP 47 tag `tag`, of which only the first part counts; one without
    /// habits where the tag is not known.
    pub fn named(tag: &str) -> &'static Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        LANGUAGES.get(&primary).unwrap_or(&UNKNOWN)
    }

    /// Returns whether `word` ends a line badly.
    pub fn is_weak(&self, word: &str) -> bool {
        // The longest of them all is an "einen": longer words need no look-up.
        word.len() <= 12 && self.weak.contains(&word.to_lowercase())
    }

    /// Returns the words that stand under the waterline for `minutes`.
    pub fn minutes(&self, minutes: &Minutes) -> String {
        let unit = if minutes.count == 1 { &self.minute } else { &self.minutes };
        let gap = if minutes.rest.is_empty() || minutes.rest.starts_with(',') { "" } else { " " };
        format!("{} {unit}{gap}{}", minutes.count, minutes.rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_their_first_part() {
        assert!(Language::named("en-GB").is_weak("The"));
        assert!(Language::named("de").is_weak("und"));
        assert!(!Language::named("xx").is_weak("the"));
    }

    #[test]
    fn minutes_read_like_a_sentence() {
        let english = Language::named("en");
        let say = |text: &str| english.minutes(&text.parse().expect("minutes"));
        assert_eq!(say("3"), "3 minutes");
        assert_eq!(say("1 each"), "1 minute each");
        assert_eq!(say("3, then swap sides"), "3 minutes, then swap sides");
    }
}
