//! Rules that a card breaks on purpose.

use crate::deck::{Card, Deck};

use super::rules::Rules;

/// What stands before the codes in a note.
const MARKS: [&str; 2] = ["lint-allow", "lint_allow"];

/// The rules that a card, or a deck as a whole, is free of.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Allowed {
    /// Each code, and whether a reason is given.
    codes: Vec<(String, bool)>,
}

impl Allowed {
    /// Reads the column `lint_allow`, such as `closed: it is a game; long: it lists the steps`, and the
    /// same behind `lint-allow` in the note.
    pub fn of(card: &Card) -> Self {
        let mut own = Self::default();
        card.lint_allow.iter().for_each(|text| own.read(text));
        card.note.iter().filter_map(|note| behind_mark(note)).for_each(|text| own.read(text));
        own
    }

    /// Reads what the file beside the table allows.
    pub fn of_deck(deck: &Deck) -> Self {
        let mut own = Self::default();
        deck.meta.lint_allow.iter().for_each(|text| own.read(text));
        own
    }

    /// Returns whether the card is free of the rule.
    pub fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|(own, _)| own == code)
    }

    /// Returns the codes, and whether each has its reason.
    pub fn codes(&self) -> &[(String, bool)] {
        &self.codes
    }

    /// Reads codes with their reasons. Between two stands `;`, `|` or a line break; a comma too, where the
    /// code of a rule follows it, and a reason then is that of all before it.
    fn read(&mut self, text: &str) {
        for entry in text.split([';', '|', '\n']).filter(|entry| !entry.trim().is_empty()) {
            let first = self.codes.len();
            for (at, part) in entry.split(',').enumerate() {
                let (code, reason) = split(part);
                let is_rule = Rules::of("en").find(&code).is_some();
                match self.codes.last_mut().filter(|_| at > 0 && !is_rule) {
                    Some(last) => last.1 |= !part.trim().is_empty(),
                    None => self.codes.push((code, has_words(reason))),
                }
            }
            let entry = &mut self.codes[first..];
            if entry.last().is_some_and(|last| last.1) {
                entry.iter_mut().for_each(|code| code.1 = true);
            }
        }
    }
}

/// Parts a code from its reason.
fn split(entry: &str) -> (String, &str) {
    let entry = entry.trim();
    let (code, reason) = entry.split_once([':', ' ']).unwrap_or((entry, ""));
    (code.trim().to_lowercase(), reason)
}

fn has_words(reason: &str) -> bool {
    reason.contains(char::is_alphanumeric)
}

/// Returns what a note says behind the mark.
fn behind_mark(note: &str) -> Option<&str> {
    let small = note.to_ascii_lowercase();
    let at = MARKS.iter().find_map(|mark| small.find(mark).map(|at| at + mark.len()))?;
    Some(note[at..].trim_start_matches([':', ' ']))
}
