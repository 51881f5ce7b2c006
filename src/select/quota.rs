//! How many cards of each depth: the shares of a mix, bent by pins and by what there is.

use super::mix::Mix;
use crate::deck::Depth;

/// The number of cards of each depth, lightest first.
pub(super) type ByDepth = [usize; 5];

/// The quotas of a selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotas {
    /// The shares of the mix, by largest remainder.
    pub wanted: ByDepth,
    /// The shares after every depth rose to its pins and the others shared what is left.
    pub planned: ByDepth,
    /// The shares after shortages moved: what the selection has, exactly.
    pub settled: ByDepth,
    /// How many cards moved, by the depth that is short of them and the one that took them over.
    pub moved: [ByDepth; 5],
}

impl Quotas {
    /// The quotas of `count` cards under a mix, given how many cards and how many pins each depth
    /// has. Only depths with cards take part, and only pins bring in a depth without weight.
    ///
    /// Where the depths that take part have too few cards, returns how many they have.
    pub fn new(mix: Mix, count: usize, supply: ByDepth, pins: ByDepth) -> Result<Self, usize> {
        let weighs = std::array::from_fn(|at| supply[at] > 0 && mix.weighs(Depth::ALL[at]));
        let room: ByDepth =
            std::array::from_fn(|at| if weighs[at] { supply[at] } else { pins[at] });
        let there = room.iter().sum();
        if there < count || !weighs.contains(&true) {
            return Err(there);
        }
        let wanted = mix.share(count, |at| weighs[at]);
        let planned = raised(mix, count, weighs, pins);
        let mut quotas = Self { wanted, planned, settled: planned, moved: [[0; 5]; 5] };
        for at in 0..5 {
            while quotas.settled[at] > room[at] {
                quotas.move_one(at, &room);
            }
        }
        Ok(quotas)
    }

    /// Moves one card from a depth that is short of it to the nearest depth with room. Of two that
    /// are equally near the one that took fewer cards over from here gets it, then the lighter one.
    fn move_one(&mut self, from: usize, room: &ByDepth) {
        let taken = self.moved[from];
        let open = (0..5).filter(|at| self.settled[*at] < room[*at]);
        let to = open.min_by_key(|at| (at.abs_diff(from), taken[*at], *at));
        let to = to.expect("there is room for all cards");
        self.settled[from] -= 1;
        self.settled[to] += 1;
        self.moved[from][to] += 1;
    }
}

/// Returns the shares of a mix where no depth has less than its pins: depths whose pins exceed
/// their share get just the pins, and the others share the rest, until all are content.
fn raised(mix: Mix, count: usize, weighs: [bool; 5], pins: ByDepth) -> ByDepth {
    let mut is_raised = [false; 5];
    loop {
        let held: usize = (0..5).filter(|at| is_raised[*at]).map(|at| pins[at]).sum();
        let mut shares = mix.share(count - held, |at| weighs[at] && !is_raised[at]);
        let short = (0..5).filter(|at| !is_raised[*at] && shares[*at] < pins[*at]);
        let short: Vec<usize> = short.collect();
        if short.is_empty() {
            (0..5).filter(|at| is_raised[*at]).for_each(|at| shares[at] = pins[at]);
            return shares;
        }
        short.into_iter().for_each(|at| is_raised[at] = true);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn settled(mix: Mix, count: usize, supply: ByDepth, pins: ByDepth) -> ByDepth {
        Quotas::new(mix, count, supply, pins).unwrap().settled
    }

    #[test]
    fn a_shortage_moves_to_the_nearest_depths_one_by_one() {
        let quotas = Quotas::new(Mix::EVEN, 60, [50, 50, 50, 9, 50], [0; 5]).unwrap();
        assert_eq!(quotas.moved[3], [0, 0, 2, 0, 1]);
        assert_eq!(quotas.settled, [12, 12, 14, 9, 13]);
        assert_eq!(settled(Mix::EVEN, 10, [50, 50, 2, 1, 1], [0; 5]), [2, 4, 2, 1, 1]);
    }

    #[test]
    fn a_depth_without_cards_takes_no_part() {
        let quotas = Quotas::new(Mix::EVEN, 9, [5, 5, 5, 0, 0], [0; 5]).unwrap();
        assert_eq!(quotas.wanted, [3, 3, 3, 0, 0]);
    }

    #[test]
    fn a_depth_without_weight_is_only_entered_by_pins() {
        let light = Mix::weighing([1, 1, 0, 0, 0]).unwrap();
        assert_eq!(Quotas::new(light, 9, [4, 4, 9, 9, 9], [0; 5]), Err(8));
        assert_eq!(settled(light, 9, [4, 4, 9, 9, 9], [0, 0, 0, 0, 1]), [4, 4, 0, 0, 1]);
        let deep = Mix::weighing([0, 0, 0, 0, 1]).unwrap();
        assert_eq!(Quotas::new(deep, 1, [4, 4, 9, 9, 0], [1, 0, 0, 0, 0]), Err(1));
    }

    #[test]
    fn pins_raise_a_quota_and_the_others_share_the_rest() {
        let quotas = Quotas::new(Mix::EVEN, 20, [9; 5], [0, 0, 0, 0, 8]).unwrap();
        assert_eq!((quotas.wanted, quotas.settled), ([4; 5], [3, 3, 3, 3, 8]));
    }

    proptest! {
        #[test]
        fn quotas_are_exact_whenever_supply_allows(
            weights in prop::array::uniform5(0..9u32),
            supply in prop::array::uniform5(0..30usize),
            share in 0..1000usize,
        ) {
            let mix = Mix::weighing(weights).unwrap_or_default();
            let open = |at: usize| supply[at] > 0 && mix.weighs(Depth::ALL[at]);
            let there: usize = (0..5).filter(|at| open(*at)).map(|at| supply[at]).sum();
            prop_assume!(there > 0);
            let count = 1 + share % there;
            let quotas = Quotas::new(mix, count, supply, [0; 5]).unwrap();
            prop_assert_eq!(quotas.wanted, mix.share(count, open));
            prop_assert_eq!(quotas.settled.iter().sum::<usize>(), count);
            let fits = (0..5).all(|at| quotas.wanted[at] <= supply[at]);
            prop_assert_eq!(fits, quotas.settled == quotas.wanted);
            for (at, supply) in supply.into_iter().enumerate() {
                prop_assert!(quotas.settled[at] <= supply);
                // A depth that is short of cards gives all it has.
                prop_assert!(quotas.wanted[at] < supply || quotas.settled[at] == supply);
            }
        }

        #[test]
        fn no_quota_is_below_its_pins(
            weights in prop::array::uniform5(0..9u32),
            cells in prop::array::uniform5((0..9usize, 0..20usize)),
            more in 0..40usize,
        ) {
            let mix = Mix::weighing(weights).unwrap_or_default();
            let pins = cells.map(|(pins, _)| pins);
            let supply = cells.map(|(pins, more)| pins + more);
            let count = pins.iter().sum::<usize>() + more;
            if let Ok(quotas) = Quotas::new(mix, count, supply, pins) {
                prop_assert_eq!(quotas.settled.iter().sum::<usize>(), count);
                prop_assert!((0..5).all(|at| (pins[at]..=supply[at]).contains(&quotas.settled[at])));
            }
        }
    }
}
