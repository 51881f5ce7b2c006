//! What one agrees to before the first card, and how deep one goes with whom.

use crate::deck::{Deck, Depth, people};

/// What everybody hears before anything else, in every format.
pub const RULE: &str =
    "Anyone may pass, swap or park a card at any time, and nobody gives a reason.";

/// How deep one goes with whom: groups stay where a card cannot cost much.
const CAPS: [(&str, u8); 8] = [
    ("couples", 5),
    ("friends", 4),
    ("families", 3),
    ("family", 3),
    ("strangers", 3),
    ("teams", 3),
    ("team", 3),
    ("work", 3),
];

/// Returns how deep one usually goes with those whom the decks are for: where a deck is for several,
/// two people go as deep as the closest of them, and a group no deeper than the least close. None
/// where the decks do not say whom they are for, or name nobody known here.
pub fn cap(decks: &[Deck], people_count: usize) -> Option<(Depth, String)> {
    let of_deck = |deck: &Deck| {
        let named = deck.meta.audience.as_deref()?;
        let known = people(named).filter_map(|who| {
            let who = who.to_lowercase();
            let (_, level) = CAPS.iter().find(|(name, _)| *name == who)?;
            Some((Depth::new(*level)?, who))
        });
        if people_count == 2 { known.max() } else { known.min() }
    };
    decks.iter().filter_map(of_deck).min()
}
