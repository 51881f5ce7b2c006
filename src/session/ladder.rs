//! How depth rises from round to round.

use crate::deck::Depth;

/// How many cards there are of each depth, lightest first.
pub(super) type Supply = [usize; 5];

/// What a part asks of its depths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Climb {
    /// How many rounds there are.
    pub rounds: usize,
    /// How many cards each of them takes.
    pub cards: usize,
    /// The lightest and the deepest depth.
    pub depth: [Depth; 2],
    /// How deep the round before went, if there was one.
    pub before: Option<Depth>,
}

/// Why there is no way up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoWay {
    /// There is no card of these depths.
    NoCard,
    /// There are cards for so many rounds only.
    Rounds(usize),
}

impl Climb {
    /// Returns the depth of each round: from the lightest that there is, never down, and up by one at
    /// most. Depths share the rounds as evenly as their cards allow, the lighter ones first.
    ///
    /// Where none of the depths has a card, lighter ones are taken; no round is ever deeper than asked.
    pub fn depths(&self, supply: &Supply) -> Result<Vec<Depth>, NoWay> {
        let [lightest, deepest] = self.depth.map(level);
        let highest = self.before.map_or(deepest, |before| deepest.min(level(before) + 1));
        let rounds_of = |level: usize| supply[level] / self.cards.max(1);
        let begins = (lightest..=highest).chain((0..lightest.min(highest + 1)).rev());
        let mut longest = 0;
        for begin in begins.filter(|level| rounds_of(*level) > 0) {
            let run = (begin..=deepest).take_while(|level| rounds_of(*level) > 0);
            let levels: Vec<usize> = run.take(self.rounds).collect();
            let room: usize = levels.iter().map(|level| rounds_of(*level)).sum();
            if room >= self.rounds {
                return Ok(self.share(&levels, rounds_of));
            }
            longest = longest.max(room);
        }
        Err(if longest == 0 { NoWay::NoCard } else { NoWay::Rounds(longest) })
    }

    fn share(&self, levels: &[usize], rounds_of: impl Fn(usize) -> usize) -> Vec<Depth> {
        let mut shares = vec![0; levels.len()];
        for _ in 0..self.rounds {
            let open = (0..levels.len()).filter(|at| shares[*at] < rounds_of(levels[*at]));
            let Some(next) = open.min_by_key(|at| (shares[*at], *at)) else { break };
            shares[next] += 1;
        }
        let depths = levels.iter().zip(shares);
        depths.flat_map(|(level, share)| std::iter::repeat_n(Depth::ALL[*level], share)).collect()
    }
}

fn level(depth: Depth) -> usize {
    usize::from(depth.level()) - 1
}

/// Returns the rounds before which there is a moment of quiet: those of depth 4 or 5 that follow two
/// others of it since the last.
pub(super) fn breathers(depths: &[Option<Depth>]) -> Vec<usize> {
    let mut deep = 0;
    let mut before = Vec::new();
    for (at, depth) in depths.iter().enumerate() {
        let is_deep = depth.is_some_and(|depth| depth.level() >= 4);
        if is_deep && deep == 2 {
            before.push(at);
            deep = 0;
        }
        deep = if is_deep { deep + 1 } else { 0 };
    }
    before
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn depths(supply: Supply, rounds: usize, from: u8, to: u8) -> Result<Vec<u8>, NoWay> {
        let depth = [from, to].map(|level| Depth::new(level).expect("1 to 5"));
        let climb = Climb { rounds, cards: 1, depth, before: None };
        climb.depths(&supply).map(|depths| depths.into_iter().map(Depth::level).collect())
    }

    #[test]
    fn depth_rises_evenly_as_far_as_there_are_cards() {
        assert_eq!(depths([9, 9, 9, 9, 9], 5, 1, 3), Ok(vec![1, 1, 2, 2, 3]));
        assert_eq!(depths([9, 9, 9, 9, 9], 2, 1, 5), Ok(vec![1, 2]));
        assert_eq!(depths([1, 9, 9, 0, 9], 6, 1, 5), Ok(vec![1, 2, 2, 2, 3, 3]));
        assert_eq!(depths([9, 0, 9, 9, 9], 3, 1, 5), Ok(vec![1, 1, 1]));
        assert_eq!(depths([1, 0, 9, 9, 9], 3, 1, 5), Ok(vec![3, 4, 5]));
        assert_eq!(depths([0, 4, 0, 0, 0], 2, 3, 5), Ok(vec![2, 2]));
        assert_eq!(depths([0, 4, 0, 0, 0], 5, 1, 5), Err(NoWay::Rounds(4)));
        assert_eq!(depths([0, 0, 0, 0, 4], 1, 1, 3), Err(NoWay::NoCard));
    }

    #[test]
    fn a_part_goes_on_where_the_one_before_was() {
        let depth = [Depth::ALL[3], Depth::ALL[4]];
        let climb = Climb { rounds: 2, cards: 1, depth, before: Some(Depth::ALL[0]) };
        let levels: Vec<u8> =
            climb.depths(&[5; 5]).expect("cards").into_iter().map(Depth::level).collect();
        assert_eq!(levels, [2, 3]);
    }

    #[test]
    fn two_deep_rounds_are_followed_by_quiet() {
        let depths = [3, 4, 4, 5, 5, 5, 2, 4].map(Depth::new);
        assert_eq!(breathers(&depths), [3, 5]);
        assert_eq!(breathers(&[4, 4].map(Depth::new)), Vec::<usize>::new());
    }

    proptest! {
        #[test]
        fn no_round_is_more_than_one_deeper_than_the_one_before(
            supply in prop::array::uniform5(0..6usize), rounds in 1..12usize, from in 1..=5u8,
            more in 0..5u8, cards in 1..3usize, before in prop::option::of(1..=5u8),
        ) {
            let to = (from + more).min(5);
            let depth = [from, to].map(|level| Depth::new(level).expect("1 to 5"));
            let before = before.and_then(Depth::new);
            let climb = Climb { rounds, cards, depth, before };
            let Ok(depths) = climb.depths(&supply) else { return Ok(()) };
            prop_assert_eq!(depths.len(), rounds);
            prop_assert!(depths.iter().all(|depth| depth.level() <= to));
            if let Some(before) = before {
                prop_assert!(depths[0].level() <= before.level() + 1);
            }
            for pair in depths.windows(2) {
                prop_assert!(pair[0] <= pair[1] && pair[1].level() - pair[0].level() <= 1);
            }
            for (at, of_depth) in Depth::ALL.iter().zip(supply) {
                let needed = depths.iter().filter(|depth| *depth == at).count() * cards;
                prop_assert!(needed <= of_depth);
            }
        }
    }
}
