//! Decks for the tests of this room.

use crate::deck::{self, Deck, Source};

/// The deck in a table.
pub(super) fn deck(table: &str) -> Deck {
    deck_with(table, None)
}

/// The deck in a table with a file beside it.
pub(super) fn deck_with(table: &str, meta: Option<&str>) -> Deck {
    let meta = meta.map(|text| ("test.toml", text));
    let bytes = table.as_bytes().into();
    let loaded = deck::read(Source { name: "test.csv", bytes, meta, stem: "test" });
    loaded.deck.unwrap_or_else(|| panic!("{:?}", loaded.problems))
}
