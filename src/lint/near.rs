//! Prompts that ask nearly the same, in one deck or in several.

use crate::deck::{Card, Deck, is_same_prompt};

use super::resemblance::twins;
use super::rules::Measure;
use super::{Hit, Subjects, asks};

/// Returns for each deck its cards that are near an earlier one.
pub(super) fn find(decks: &[Subjects]) -> Vec<Vec<Hit>> {
    let of_deck = |(number, subjects): (usize, &Subjects)| {
        let asking = subjects.deck.cards.iter().enumerate().filter(|(_, card)| asks(card));
        asking.map(|(at, _)| (number, at)).collect::<Vec<_>>()
    };
    let places: Vec<(usize, usize)> = decks.iter().enumerate().flat_map(of_deck).collect();
    let card = |place: (usize, usize)| -> &Card { &decks[place.0].deck.cards[place.1] };
    let texts: Vec<&str> = places.iter().map(|place| &*card(*place).prompt).collect();
    let mut hits: Vec<Vec<Hit>> = decks.iter().map(|_| Vec::new()).collect();
    for (place, twin) in places.iter().zip(twins(&texts)) {
        let Some(twin) = twin.map(|twin| places[twin as usize]) else { continue };
        let (own, other) = (&decks[place.0], &decks[twin.0]);
        // That a deck has the same prompt twice is told where it is read.
        let is_told = place.0 == twin.0 && is_same_prompt(&card(*place).prompt, &card(twin).prompt);
        let rules = own.rules(card(*place));
        let rule = rules.measures().find(|(_, measure)| *measure == Measure::Near);
        let Some((rule, _)) = rule.filter(|_| !is_told) else { continue };
        if other.allowed[twin.1].has(&rule.code) {
            continue;
        }
        let detail = name(other.deck, card(twin), place.0 == twin.0);
        hits[place.0].push(Hit { rule, card: Some(place.1 as u32), detail });
    }
    hits
}

/// Returns how people find a card: by its id and its line or row, and by its deck where that is another one.
fn name(deck: &Deck, card: &Card, is_own: bool) -> String {
    let id = card.id.as_ref().map(|id| format!("`{id}` in ")).unwrap_or_default();
    let source = if is_own { String::new() } else { format!(" of {}", deck.source) };
    format!("{id}{}{source}", deck.line_of(card))
}
