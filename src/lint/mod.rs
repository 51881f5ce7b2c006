//! The lint room: what of a deck could be better, and why.
//!
//! The rules are data, one file for each language that has its own (`rules/en.toml`) and one for all
//! others (`rules/any.toml`). A rule has a code, a severity, a reason in one sentence and what helps.
//! No rule keeps a deck from being printed: a lint sees words, not warmth, and may be wrong. A card that
//! breaks a rule on purpose says so, with the reason, in its column `lint_allow` or in its note; a deck
//! does in the file beside its table.

mod allow;
mod card;
mod near;
mod reading;
mod report;
mod resemblance;
mod rules;
mod shares;
mod words;

use rayon::prelude::*;

use crate::deck::{Card, Deck};
use crate::problem::{Diagnostic, Tally};
use allow::Allowed;
pub use rules::{Rule, Rules};

/// The language of decks whose words are not of the language that they say.
const UNKNOWN: &str = "und";

/// What the rules find in a deck.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The findings in the order of the cards, what concerns the whole deck at the end.
    pub told: Vec<Diagnostic>,
    /// How many there are, told or not.
    pub tally: Tally,
}

/// Returns what the rules find in each deck.
///
/// Of each rule the first `most` findings in a deck are told one by one and the others as a number.
/// Prompts that ask nearly the same are found across all the decks.
pub fn lint(decks: &[&Deck], most: usize) -> Vec<Findings> {
    let decks: Vec<Subjects> = decks.iter().map(|deck| Subjects::of(deck)).collect();
    let twins = near::find(&decks);
    let lint = |(subjects, twins): (&Subjects, Vec<Hit>)| {
        let of_card = |(at, card): (usize, &Card)| card::hits(subjects, at as u32, card);
        let cards = subjects.deck.cards.par_iter().enumerate();
        let mut hits: Vec<Hit> = cards.flat_map_iter(of_card).collect();
        hits.extend(twins);
        hits.extend(shares::hits(subjects));
        report::tell(subjects, hits, most)
    };
    decks.iter().zip(twins).map(lint).collect()
}

/// A deck that is judged.
struct Subjects<'a> {
    deck: &'a Deck,
    /// What each card is free of.
    allowed: Vec<Allowed>,
    /// What all of them are free of, and the deck as a whole.
    whole: Allowed,
    /// Whether the deck is of another language than it says.
    is_foreign: bool,
}

impl<'a> Subjects<'a> {
    fn of(deck: &'a Deck) -> Self {
        Self {
            deck,
            allowed: deck.cards.par_iter().map(Allowed::of).collect(),
            whole: Allowed::of_deck(deck),
            is_foreign: shares::is_foreign(deck),
        }
    }

    /// Returns the rules for a card.
    fn rules(&self, card: &Card) -> &'static Rules {
        card.language.as_deref().map_or_else(|| self.own_rules(), Rules::of)
    }

    /// Returns the rules for the deck.
    fn own_rules(&self) -> &'static Rules {
        Rules::of(if self.is_foreign { UNKNOWN } else { &self.deck.meta.language })
    }
}

/// A rule that does not hold.
struct Hit {
    rule: &'static Rule,
    /// The number of the card; none where it is the deck.
    card: Option<u32>,
    /// The words or the number that were found.
    detail: String,
}

/// Returns whether a card asks something.
fn asks(card: &Card) -> bool {
    !card.kind.is_guide()
}

#[cfg(test)]
mod tests;
