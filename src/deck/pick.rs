//! Cards among several decks, as rooms hand them on.

use super::{Card, Deck};

/// A card among several decks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The number of the deck.
    pub deck: u32,
    /// The number of the card in that deck.
    pub card: u32,
}

impl Pick {
    /// Returns the card and its deck.
    ///
    /// # Panics
    ///
    /// The pick comes from other decks.
    pub fn of(self, decks: &[Deck]) -> (&Deck, &Card) {
        let deck = &decks[self.deck as usize];
        (deck, &deck.cards[self.card as usize])
    }

    /// Returns whether the card guides rather than asks.
    ///
    /// # Panics
    ///
    /// The pick comes from other decks.
    pub fn is_guide(self, decks: &[Deck]) -> bool {
        self.of(decks).1.kind.is_guide()
    }
}

/// Returns every card of the decks as often as its row says, in order.
pub fn all_cards(decks: &[Deck]) -> Vec<Pick> {
    let mut picks = Vec::new();
    for (deck, cards) in decks.iter().enumerate() {
        for (at, card) in cards.cards.iter().enumerate() {
            let pick = Pick { deck: deck as u32, card: at as u32 };
            picks.extend(std::iter::repeat_n(pick, usize::from(card.copies)));
        }
    }
    picks
}
