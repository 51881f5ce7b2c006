//! The chance that chooses between cards: a number for each, from the seed and the card's own key.
//!
//! Nothing of it depends on where a card's row stands, nor on the other cards, so that a table may
//! be sorted and a card be added without the others changing places (`algorithm = 1`).

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

use crate::deck::{CardKey, Deck};

/// Returns the seed that belongs to some decks where nobody gives one: 64 bits of BLAKE3 over their
/// titles, so that it stays as it is while cards come, go and change (`algorithm = 1`).
pub fn usual_seed(decks: &[Deck]) -> u64 {
    let mut hasher = blake3::Hasher::new_derive_key("deckle seed v1");
    for deck in decks {
        let title = deck.meta.title.to_lowercase();
        hasher.update(&(title.len() as u64).to_le_bytes()).update(title.as_bytes());
    }
    let mut out = [0; 8];
    hasher.finalize_xof().fill(&mut out);
    u64::from_be_bytes(out)
}

/// Where the bits of chance end and the number of the copy begins. Eight bits between the two let
/// one further copy outweigh the chance of any cards that could change places for it: a round of
/// changes touches each of the five depths at most once.
const COPY: u32 = 72;

/// Returns a number whose digits all depend on all digits of another, no two giving the same: the
/// finaliser of S. Vigna's SplitMix64.
pub(crate) fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// Dice of any number of sides, thrown in a row: ChaCha20 from a seed, each throw unbiased by rejection
/// (`algorithm = 1`).
#[derive(Clone, Debug)]
pub(crate) struct Dice(ChaCha20Rng);

impl Dice {
    /// The dice of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }

    /// Throws one with `sides` sides, at least one, numbered from 0.
    pub fn below(&mut self, sides: u64) -> u64 {
        let most = u64::MAX - u64::MAX % sides;
        loop {
            let thrown = self.0.next_u64();
            if thrown < most {
                return thrown % sides;
            }
        }
    }
}

/// A source of chance that gives every card its number.
#[derive(Clone, Debug)]
pub(crate) struct Chance([u8; 32]);

impl Chance {
    /// The chance of `seed` in a selection.
    pub fn new(seed: u64) -> Self {
        Self::within("deckle select v1", seed)
    }

    /// The chance of `seed` in `context`: the BLAKE3 key derived from the one in the other, so that
    /// what is chosen by a seed says nothing about where it is dealt by the same.
    pub fn within(context: &'static str, seed: u64) -> Self {
        Self(blake3::derive_key(context, &seed.to_le_bytes()))
    }

    /// Returns the number of a card: that of its key's bytes, the highest first.
    pub fn of_card(&self, key: CardKey) -> u64 {
        self.of(&key.0.to_be_bytes())
    }

    /// Returns the number of `bytes`: 64 bits of BLAKE3 keyed with the seed over them.
    pub fn of(&self, bytes: &[u8]) -> u64 {
        let digest = blake3::keyed_hash(&self.0, bytes);
        u64::from_be_bytes(digest.as_bytes()[..8].try_into().expect("a digest has 32 bytes"))
    }

    /// Returns what it costs to choose the copy numbered `copy` (from 0) of a card: the number of
    /// the copy, then the number of the card.
    pub fn cost(&self, key: CardKey, copy: u32) -> i128 {
        (i128::from(copy) << COPY) | i128::from(self.of_card(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_the_same_for_ever() {
        let chance = Chance::new(7);
        assert_eq!(chance.cost(CardKey(42), 0), FROZEN);
        assert_eq!(chance.cost(CardKey(42), 3), (3 << COPY) + FROZEN);
        assert_ne!(Chance::new(8).cost(CardKey(42), 0), FROZEN);
    }

    const FROZEN: i128 = 17_794_491_819_048_850_765;
}
