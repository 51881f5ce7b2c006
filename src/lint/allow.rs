//! Rules that a card breaks on purpose.

use crate::deck::{Card, Deck};

/// What stands before the codes in a note.
const MARK: &str = "lint-allow";

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
        let in_note = card.note.as_deref().and_then(|note| note.split_once(MARK));
        let in_note = in_note.map(|(_, rest)| rest.trim_start_matches([':', ' ']));
        Self::read(card.lint_allow.as_deref().into_iter().chain(in_note))
    }

    /// Reads what the file beside the table allows.
    pub fn of_deck(deck: &Deck) -> Self {
        Self::read(deck.meta.lint_allow.iter().map(String::as_str))
    }

    fn read<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let entries = texts.flat_map(|text| text.split([';', '\n'])).map(str::trim);
        let read = |entry: &str| match entry.split_once([':', ' ']) {
            Some((code, reason)) => (code.trim().to_lowercase(), !reason.trim().is_empty()),
            None => (entry.to_lowercase(), false),
        };
        Self { codes: entries.filter(|entry| !entry.is_empty()).map(read).collect() }
    }

    /// Returns whether the card is free of the rule.
    pub fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|(own, _)| own == code)
    }

    /// Returns the codes, and whether each has its reason.
    pub fn codes(&self) -> &[(String, bool)] {
        &self.codes
    }
}
