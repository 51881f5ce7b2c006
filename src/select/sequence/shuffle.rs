//! Order by chance.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// Shuffles by Fisher and Yates, each draw being unbiased by rejection (`algorithm = 1`).
pub(super) fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut chance = ChaCha20Rng::seed_from_u64(seed);
    for left in (2..=items.len() as u64).rev() {
        let most = u64::MAX - u64::MAX % left;
        let draw = loop {
            let draw = chance.next_u64();
            if draw < most {
                break draw % left;
            }
        };
        items.swap(left as usize - 1, draw as usize);
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
