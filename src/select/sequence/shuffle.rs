//! Order by chance.

use crate::select::Dice;

/// Shuffles by Fisher and Yates (`algorithm = 1`).
pub(super) fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut dice = Dice::new(seed);
    for left in (2..=items.len() as u64).rev() {
        items.swap(left as usize - 1, dice.below(left) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_order_for_ever() {
        let order = |seed| {
            let mut items: Vec<u8> = (0..10).collect();
            shuffle(&mut items, seed);
            items
        };
        assert_eq!(order(7), [3, 0, 5, 4, 9, 8, 7, 6, 2, 1]);
    }
}
