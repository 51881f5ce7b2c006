//! Prompts that ask nearly the same, in one deck or in several.

use crate::deck::{Card, Deck};
use crate::select::Likeness;

use super::rules::{Measure, Rules};
use super::{Hit, asks, language};

/// How many twins of a deck are named.
const NAMED: usize = 50;

/// Returns for each deck its cards that are near an earlier one.
pub(super) fn find(decks: &[&Deck]) -> Vec<Vec<Hit>> {
    let of_deck = |(number, deck): (usize, &&Deck)| {
        let asking = deck.cards.iter().enumerate().filter(|(_, card)| asks(card));
        asking.map(|(at, _)| (number, at)).collect::<Vec<_>>()
    };
    let places: Vec<(usize, usize)> = decks.iter().enumerate().flat_map(of_deck).collect();
    let card = |place: (usize, usize)| -> &Card { &decks[place.0].cards[place.1] };
    let likeness = Likeness::of(places.iter().map(|place| &*card(*place).prompt));
    let mut before = likeness.tally();
    let mut hits: Vec<Vec<Hit>> = decks.iter().map(|_| Vec::new()).collect();
    for (at, place) in places.iter().enumerate() {
        let is_near = before.near(at) > 0;
        before.add(at);
        if !is_near {
            continue;
        }
        let rules = Rules::of(language(decks[place.0], card(*place)));
        let rule = rules.measures().find(|(_, measure)| *measure == Measure::Near);
        let Some((rule, _)) = rule else { continue };
        let hits = &mut hits[place.0];
        // A prompt can have as many neighbours as there are cards: they are listed for few.
        let detail = if hits.len() < NAMED {
            let first = likeness.near(at).first().map(|twin| places[*twin as usize]);
            first.map(|twin| name(decks, place.0, twin)).unwrap_or_default()
        } else {
            String::new()
        };
        hits.push(Hit { rule, card: Some(place.1 as u32), detail });
    }
    hits
}

/// Returns the name of a card, with its deck where that is another one.
fn name(decks: &[&Deck], own: usize, (deck, card): (usize, usize)) -> String {
    let (source, code) = (&decks[deck].source, &decks[deck].cards[card].code);
    if deck == own { code.to_string() } else { format!("{code} of {source}") }
}
