//! Leaning: a choice that tilts towards some categories, by an amount that is stated.

use std::collections::BTreeSet;

use crate::deck::{Category, Deck, Pick};

/// The categories that a choice tilts towards. Default: none, and nothing tilts.
///
/// A balanced choice wants half as many cards again of each of them as of another category; in a
/// draw a new card of theirs is twice as likely to come as another. Both weights belong to
/// `algorithm = 1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lean<'a> {
    categories: &'a [String],
}

impl<'a> Lean<'a> {
    /// Towards nothing.
    pub const fn none() -> Self {
        Self { categories: &[] }
    }

    /// Towards the categories with these ids, as the built-in decks have them.
    pub const fn towards(categories: &'a [String]) -> Self {
        Self { categories }
    }

    /// Returns whether the choice tilts towards a category: towards its id, or towards the category
    /// whose emblem it has, so that decks in other words and languages are understood.
    pub fn is_towards(self, category: &Category) -> bool {
        self.categories.iter().any(|id| is_called(category, id))
    }

    /// Returns the labels of the categories that cards of a pool have and the choice tilts towards,
    /// in the order of the decks.
    pub fn labels(self, decks: &[Deck], pool: &[Pick]) -> Vec<String> {
        let mut labels = Vec::new();
        for category in used(decks, pool).filter(|category| self.is_towards(category)) {
            if !labels.contains(&category.label) {
                labels.push(category.label.clone());
            }
        }
        labels
    }

    /// Returns the ids that no card of a pool answers to.
    pub fn missing(self, decks: &[Deck], pool: &[Pick]) -> Vec<&'a str> {
        let is_missing = |id: &&String| !used(decks, pool).any(|other| is_called(other, id));
        self.categories.iter().filter(is_missing).map(String::as_str).collect()
    }

    /// Returns whether all cards of a pool are of categories that the choice tilts towards: then none
    /// comes before another.
    pub fn is_level(self, decks: &[Deck], pool: &[Pick]) -> bool {
        used(decks, pool).all(|category| self.is_towards(category))
    }

    /// Returns whether the choice tilts towards a category that any of the decks has under this id.
    pub(super) fn is_towards_id(self, id: &str, decks: &[Deck]) -> bool {
        let mut categories = decks.iter().flat_map(|deck| &deck.categories);
        categories.any(|other| other.id == id && self.is_towards(other))
    }

    /// Returns the turn of a new card in a draw, given its chance; the least comes first.
    ///
    /// With u for the luck of a card, the greatest u^(1/w) first gives each card a chance that is as
    /// its weight w (P. S. Efraimidis, P. G. Spirakis, 2006). For weights of 1 and 2 the squares, u²
    /// and u, are whole numbers that compare the same, and among cards of one weight those of the
    /// least chance come first, as they do where nothing tilts.
    pub(crate) fn turn(self, category: &Category, chance: u64) -> u128 {
        let luck = u128::from(!chance);
        let other = if self.is_towards(category) { u128::from(u64::MAX) } else { luck };
        !(luck * other)
    }
}

/// Returns by what the squares of a category's numbers are multiplied in a balanced choice: they are
/// least where the numbers are as the inverse of this, 3 to 2.
pub(super) const fn price(is_leaned: bool) -> usize {
    if is_leaned { 2 } else { 3 }
}

fn is_called(category: &Category, id: &str) -> bool {
    category.id == id || category.emblem == id
}

/// Returns the categories of the cards of a pool that ask something, in the order of the decks.
fn used<'d>(decks: &'d [Deck], pool: &[Pick]) -> impl Iterator<Item = &'d Category> {
    let asking = pool.iter().filter(|pick| !pick.is_guide(decks));
    let places: BTreeSet<(u32, u16)> =
        asking.map(|pick| (pick.deck, pick.of(decks).1.category)).collect();
    places.into_iter().map(|(deck, at)| &decks[deck as usize].categories[usize::from(at)])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::deck::all_cards;
    use crate::select::testing::deck;

    fn category(id: &str, emblem: &str) -> Category {
        Category { id: id.into(), label: id.to_uppercase(), emblem: emblem.into() }
    }

    #[test]
    fn a_category_is_known_by_its_id_and_by_its_emblem() {
        let ids = ["trust".to_owned()];
        let lean = Lean::towards(&ids);
        assert!(lean.is_towards(&category("trust", "mark1")));
        assert!(lean.is_towards(&category("vertrauen", "trust")));
        assert!(!lean.is_towards(&category("play", "play")));
        assert!(!Lean::none().is_towards(&category("trust", "trust")));
    }

    #[test]
    fn what_the_cards_have_and_lack_is_told() {
        let decks = [deck("category,depth,prompt\nSafety,1,Who?\nPlay,2,What?\nRoots,1,Whence?\n")];
        let pool = all_cards(&decks);
        let ids = ["trust", "affection", "play"].map(str::to_owned);
        let lean = Lean::towards(&ids);
        assert_eq!(lean.labels(&decks, &pool), ["Safety", "Play"]);
        assert_eq!(lean.missing(&decks, &pool), ["affection"]);
        assert_eq!(lean.missing(&decks, &pool[..1]), ["affection", "play"]);
        assert!(!lean.is_level(&decks, &pool) && lean.is_level(&decks, &pool[..2]));
    }

    proptest! {
        #[test]
        fn within_a_weight_the_least_chance_comes_first(one: u64, other: u64) {
            let ids = ["trust".to_owned()];
            let lean = Lean::towards(&ids);
            for category in [category("trust", "trust"), category("play", "play")] {
                let [first, second] = [one, other].map(|chance| lean.turn(&category, chance));
                prop_assert_eq!(first.cmp(&second), one.cmp(&other));
            }
        }

        #[test]
        fn of_equal_chance_the_leaned_card_comes_first(chance: u64) {
            let ids = ["trust".to_owned()];
            let lean = Lean::towards(&ids);
            let leaned = lean.turn(&category("trust", "trust"), chance);
            prop_assert!(leaned <= lean.turn(&category("play", "play"), chance));
        }
    }
}
