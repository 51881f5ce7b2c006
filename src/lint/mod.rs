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
mod report;
mod rules;
mod shares;
mod words;

use rayon::prelude::*;

use crate::deck::{Card, Deck};
use crate::problem::Diagnostic;
use allow::Allowed;
use report::Report;
pub use rules::{Rule, Rules};

/// Returns what the rules find in each deck, in the order of its cards, what concerns the whole deck
/// at the end.
///
/// Of each rule the first findings in a deck are told one by one and the others as a number, so that
/// the answer stays short. Prompts that ask nearly the same are found across all the decks.
pub fn lint(decks: &[&Deck]) -> Vec<Vec<Diagnostic>> {
    let twins = near::find(decks);
    let lint = |(deck, twins): (&&Deck, Vec<Hit>)| {
        let own = Rules::of(&deck.meta.language);
        let allowed: Vec<Allowed> = deck.cards.par_iter().map(Allowed::of).collect();
        let of_card = |(at, card): (usize, &Card)| card::hits(deck, at as u32, card);
        let mut hits: Vec<Hit> = deck.cards.par_iter().enumerate().flat_map_iter(of_card).collect();
        hits.extend(twins);
        hits.extend(shares::hits(deck, own));
        Report { deck, allowed: &allowed, whole: &Allowed::of_deck(deck) }.tell(hits)
    };
    decks.iter().zip(twins).map(lint).collect()
}

/// A rule that does not hold.
struct Hit {
    rule: &'static Rule,
    /// The number of the card; none where it is the deck.
    card: Option<u32>,
    /// The words or the number that were found.
    detail: String,
}

/// Returns the language of a card.
fn language<'a>(deck: &'a Deck, card: &'a Card) -> &'a str {
    card.language.as_deref().unwrap_or(&deck.meta.language)
}

/// Returns whether a card asks something.
fn asks(card: &Card) -> bool {
    !card.kind.is_guide()
}

#[cfg(test)]
mod tests;
