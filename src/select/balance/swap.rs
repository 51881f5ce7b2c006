//! Parts near-duplicates: swaps inside a cell, the best one first, until none helps.

use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A card that takes part in swaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The cell, counted from 0 without great gaps.
    pub cell: usize,
    /// What it costs to choose the card.
    pub cost: i128,
    /// Whether it is chosen.
    pub state: State,
}

/// Whether a card is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is not, and could be.
    Spare,
    /// It is, and could be swapped.
    Chosen,
    /// It is, and stays.
    Held,
}

/// How many near cards are looked at in search of swaps, at most: a bound for decks in which
/// hundreds of prompts ask the same. All others end long before.
const STEPS: usize = 20_000_000;

/// Swaps chosen cards for spare ones of the same cell as long as that lowers the number of near
/// pairs among the chosen: the swap that lowers it most first, among equals the one that costs
/// least. `near` tells for each card which others ask nearly the same. Returns the pairs that
/// remain.
pub(super) fn part(cards: &mut [Candidate], near: &[Vec<u32>]) -> Vec<(usize, usize)> {
    let mut work = Work::new(cards, near);
    while let Some(swap) = work.best.iter().flatten().min().copied() {
        work.make(swap);
    }
    let is_chosen = |at: usize| cards[at].state != State::Spare;
    let pairs = |at: usize| {
        let others = near[at].iter().map(|other| *other as usize);
        others.filter(move |other| at < *other).map(move |other| (at, other))
    };
    (0..cards.len())
        .filter(|at| is_chosen(*at))
        .flat_map(pairs)
        .filter(|(_, other)| is_chosen(*other))
        .collect()
}

/// A swap; the best one is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Swap {
    /// By how many pairs there are fewer afterwards.
    gain: Reverse<usize>,
    /// What it costs.
    cost: i128,
    out: usize,
    into: usize,
}

/// The state of the search. Only cards in conflict and spare cards of their cells are looked at.
struct Work<'a> {
    cards: &'a mut [Candidate],
    near: &'a [Vec<u32>],
    /// How many chosen cards are near each card.
    degree: Vec<usize>,
    /// The spare cards of each cell: fewest near cards first, then by cost.
    spare: Vec<BTreeSet<(usize, i128, usize)>>,
    /// The chosen cards of each cell that are near another one and may be swapped.
    torn: Vec<BTreeSet<usize>>,
    /// The best swap in each cell, if one helps.
    best: Vec<Option<Swap>>,
    /// How many near cards may still be looked at.
    steps: usize,
}

impl<'a> Work<'a> {
    fn new(cards: &'a mut [Candidate], near: &'a [Vec<u32>]) -> Self {
        let cells = cards.iter().map(|card| card.cell + 1).max().unwrap_or(0);
        let is_chosen = |at: &&u32| cards[**at as usize].state != State::Spare;
        let degree = near.iter().map(|near| near.iter().filter(is_chosen).count()).collect();
        let (spare, torn) = (vec![BTreeSet::new(); cells], vec![BTreeSet::new(); cells]);
        let mut work =
            Self { cards, near, degree, spare, torn, best: vec![None; cells], steps: STEPS };
        (0..work.cards.len()).for_each(|at| work.file(at));
        (0..cells).for_each(|cell| work.best[cell] = work.best_of(cell));
        work
    }

    /// Puts a card where it belongs by its state and degree.
    fn file(&mut self, at: usize) {
        let Candidate { cell, cost, state } = self.cards[at];
        match state {
            State::Spare => _ = self.spare[cell].insert((self.degree[at], cost, at)),
            State::Chosen if self.degree[at] > 0 => _ = self.torn[cell].insert(at),
            State::Chosen | State::Held => {}
        }
    }

    fn unfile(&mut self, at: usize) {
        let Candidate { cell, cost, .. } = self.cards[at];
        self.spare[cell].remove(&(self.degree[at], cost, at));
        self.torn[cell].remove(&at);
    }

    fn best_of(&mut self, cell: usize) -> Option<Swap> {
        let looks = self.torn[cell].iter().map(|out| 1 + self.near[*out].len()).sum();
        self.steps = self.steps.saturating_sub(looks);
        if self.steps == 0 {
            return None;
        }
        self.torn[cell].iter().filter_map(|out| self.best_for(*out)).min()
    }

    /// Returns the best swap of one card: for the spare card with the fewest near cards, or for one
    /// that is near this very card, and so loses a neighbour by the swap.
    fn best_for(&self, out: usize) -> Option<Swap> {
        let Candidate { cell, cost, .. } = self.cards[out];
        let neighbours = self.near[out].iter().map(|at| *at as usize);
        let near = neighbours
            .filter(|at| self.cards[*at].cell == cell && self.cards[*at].state == State::Spare);
        let near = near.map(|at| (at, self.degree[at] - 1));
        let first = self.spare[cell].first().map(|(degree, _, at)| (*at, *degree));
        let swap = |(into, degree): (usize, usize)| {
            let gain = self.degree[out].checked_sub(degree).filter(|gain| *gain > 0)?;
            let cost = self.cards[into].cost - cost;
            Some(Swap { gain: Reverse(gain), cost, out, into })
        };
        near.chain(first).filter_map(swap).min()
    }

    fn make(&mut self, swap: Swap) {
        let mut touched = BTreeSet::from([self.cards[swap.out].cell]);
        self.restate(swap.out, State::Spare, &mut touched);
        self.restate(swap.into, State::Chosen, &mut touched);
        touched.into_iter().for_each(|cell| self.best[cell] = self.best_of(cell));
    }

    /// Gives a card another state and tells its neighbours.
    fn restate(&mut self, at: usize, state: State, touched: &mut BTreeSet<usize>) {
        self.unfile(at);
        self.cards[at].state = state;
        self.file(at);
        for neighbour in self.near[at].iter().map(|at| *at as usize) {
            self.unfile(neighbour);
            match state {
                State::Spare => self.degree[neighbour] -= 1,
                State::Chosen | State::Held => self.degree[neighbour] += 1,
            }
            self.file(neighbour);
            touched.insert(self.cards[neighbour].cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns who is near whom, given the pairs.
    fn adjacency(count: usize, pairs: &[(usize, usize)]) -> Vec<Vec<u32>> {
        let mut near = vec![BTreeSet::new(); count];
        for (one, other) in pairs.iter().filter(|(one, other)| one != other) {
            near[*one].insert(*other as u32);
            near[*other].insert(*one as u32);
        }
        near.into_iter().map(|near| near.into_iter().collect()).collect()
    }

    fn count_pairs(cards: &[Candidate], near: &[Vec<u32>]) -> usize {
        let is_chosen = |at: usize| cards[at].state != State::Spare;
        let chosen = (0..cards.len()).filter(|at| is_chosen(*at));
        let near = |at: usize| near[at].iter().filter(|at| is_chosen(**at as usize)).count();
        chosen.map(near).sum::<usize>() / 2
    }

    /// Every way to swap one card.
    fn swaps(cards: &[Candidate]) -> Vec<Vec<Candidate>> {
        let mut swaps = Vec::new();
        for out in (0..cards.len()).filter(|at| cards[*at].state == State::Chosen) {
            for into in (0..cards.len()).filter(|at| cards[*at].state == State::Spare) {
                if cards[out].cell == cards[into].cell {
                    let mut swapped = cards.to_vec();
                    swapped[out].state = State::Spare;
                    swapped[into].state = State::Chosen;
                    swaps.push(swapped);
                }
            }
        }
        swaps
    }

    /// The same search, done by looking at every swap.
    fn plainly(cards: &[Candidate], near: &[Vec<u32>]) -> Vec<Candidate> {
        let cost = |cards: &[Candidate]| {
            let chosen = cards.iter().filter(|card| card.state != State::Spare);
            chosen.map(|card| card.cost).sum::<i128>()
        };
        let mut cards = cards.to_vec();
        loop {
            let best = swaps(&cards).into_iter().min_by_key(|to| (count_pairs(to, near), cost(to)));
            match best.filter(|best| count_pairs(best, near) < count_pairs(&cards, near)) {
                Some(best) => cards = best,
                None => return cards,
            }
        }
    }

    #[test]
    fn the_card_that_tears_most_goes_and_the_cheapest_comes() {
        let card = |cell, cost, state| Candidate { cell, cost, state };
        let mut cards = [
            card(0, 1, State::Chosen),
            card(1, 1, State::Held),
            card(1, 2, State::Chosen),
            card(0, 9, State::Spare),
            card(0, 5, State::Spare),
            card(1, 0, State::Spare),
        ];
        let near = adjacency(6, &[(0, 1), (0, 2), (5, 1)]);
        let pairs = part(&mut cards, &near);
        assert!(pairs.is_empty());
        assert_eq!([cards[0].state, cards[4].state], [State::Spare, State::Chosen]);
    }

    #[test]
    fn what_cannot_be_parted_is_told() {
        let card = |state| Candidate { cell: 0, cost: 1, state };
        let mut cards = [card(State::Held), card(State::Held), card(State::Spare)];
        let near = adjacency(3, &[(0, 1)]);
        assert_eq!(part(&mut cards, &near), [(0, 1)]);
    }

    proptest! {
        #[test]
        fn the_search_makes_the_swaps_that_a_plain_one_makes(
            cards in prop::collection::vec((0..3usize, 0..8u8), 1..14),
            pairs in prop::collection::vec((0..14usize, 0..14usize), 0..24),
        ) {
            let count = cards.len();
            let state = |dice| match dice {
                0 => State::Held,
                1..=3 => State::Chosen,
                _ => State::Spare,
            };
            // Powers of two: no two swaps cost the same.
            let mut cards: Vec<Candidate> = cards.into_iter().enumerate().map(|(at, (cell, dice))| {
                Candidate { cell, cost: 1 << at, state: state(dice) }
            }).collect();
            let pairs: Vec<_> = pairs.into_iter().filter(|(a, b)| a.max(b) < &count).collect();
            let near = adjacency(count, &pairs);
            let expected = plainly(&cards, &near);
            let left = part(&mut cards, &near);
            prop_assert_eq!(left.len(), count_pairs(&cards, &near));
            prop_assert_eq!(cards, expected);
        }
    }
}
