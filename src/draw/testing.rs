//! Decks and events for the tests of this room.

use jiff::civil::Date;

use crate::deck::{self, CardKey, Deck, Source};

use super::memory::{Event, What};

/// The deck called `stem` in a table.
pub(super) fn deck(stem: &str, table: &str) -> Deck {
    let source = Source { name: "test.csv", bytes: table.as_bytes().into(), meta: None, stem };
    let loaded = deck::read(source);
    loaded.deck.unwrap_or_else(|| panic!("{:?}", loaded.problems))
}

/// A deck of `count` cards with the ids `0`, `1` …, whose depths go round from 1 to `deepest`.
pub(super) fn cards(count: usize, deepest: usize) -> Deck {
    let rows = (0..count).map(|at| format!("c{at},Play,{},What about {at}?\n", at % deepest + 1));
    deck("test", &format!("id,category,depth,prompt\n{}", rows.collect::<String>()))
}

/// Something that happened to a card on a day.
pub(super) fn event(day: &str, what: What, card: CardKey) -> Event {
    let night: Date = day.parse().unwrap();
    Event { at: 0, night, what, card, detail: None }
}
