//! Near-duplicates in different packs, as far as swaps allow that keep the packs equal.

use std::collections::{HashMap, HashSet};

use crate::deck::{Deck, Pick};
use crate::problem::Diagnostic;

use super::deal::Cell;
use super::likeness::{Likeness, Tally};
use super::meetings::Meetings;

/// How many partners are tried for each card on average, at most.
const TRIES: u64 = 200;

/// The pool of a deal, and what is near what in it.
pub(super) struct Apart<'a> {
    decks: &'a [Deck],
    pool: &'a [Pick],
    packs: usize,
    likeness: Likeness,
}

impl<'a> Apart<'a> {
    pub fn new(decks: &'a [Deck], pool: &'a [Pick], packs: usize) -> Self {
        let likeness = Likeness::of(pool.iter().map(|pick| &*pick.of(decks).1.prompt));
        Self { decks, pool, packs, likeness }
    }

    /// Swaps cards between packs while that lowers the number of near pairs within packs, and
    /// returns a note for each that is left: first cards of one cell, which never changes how
    /// equal the packs are, then any two whose swap leaves them as equal.
    pub fn settle(&self, cells: &[Cell], pack_of: &mut [u32]) -> Vec<Diagnostic> {
        let margins = Margins::new(cells, pack_of, self.packs);
        let mut swaps = Swaps::new(self, pack_of, margins);
        // Each swap leaves fewer pairs, so this ends.
        while cells.iter().filter(|cell| swaps.improve(&cell.cards)).count() > 0 {}
        let mut all: Vec<usize> = cells.iter().flat_map(|cell| &cell.cards).copied().collect();
        all.sort_unstable();
        while swaps.improve(&all) {}
        let Swaps { tallies, pack_of, .. } = swaps;
        let Self { decks, pool, likeness, .. } = self;
        let meetings = Meetings { decks, pool, likeness, pack_of };
        meetings.notes(|at| tallies[pack_of[at] as usize].near(at).saturating_sub(1))
    }
}

/// A deal while cards change packs.
struct Swaps<'s> {
    packs: usize,
    likeness: &'s Likeness,
    tallies: Vec<Tally<'s>>,
    /// All packs together.
    whole: Tally<'s>,
    pack_of: &'s mut [u32],
    margins: Margins,
    tries: u64,
}

/// Which packs have one card more of a depth or a category than they must: all have the least number or
/// one more.
struct Margins {
    /// The margins of each card: its depth and its category.
    of_card: Vec<[u32; 2]>,
    /// The packs that have one more, each with the margin.
    above: HashSet<(usize, u32)>,
}

impl Margins {
    fn new(cells: &[Cell], pack_of: &[u32], packs: usize) -> Self {
        let mut numbers: HashMap<(bool, u32), u32> = HashMap::new();
        let mut number = |margin| {
            let next = numbers.len() as u32;
            *numbers.entry(margin).or_insert(next)
        };
        let mut of_card = vec![[0; 2]; pack_of.len()];
        for cell in cells {
            let margins = [number((false, cell.depth_number())), number((true, cell.category))];
            cell.cards.iter().for_each(|at| of_card[*at] = margins);
        }
        let mut all = vec![0; numbers.len()];
        let mut counts: HashMap<(usize, u32), usize> = HashMap::new();
        for (margins, pack) in of_card.iter().zip(pack_of) {
            for margin in margins {
                all[*margin as usize] += 1;
                *counts.entry((*pack as usize, *margin)).or_default() += 1;
            }
        }
        let is_above = |at: &(usize, u32), count: usize| count > all[at.1 as usize] / packs;
        let above = counts.into_iter().filter(|(at, count)| is_above(at, *count));
        Self { of_card, above: above.map(|(at, _)| at).collect() }
    }

    /// Returns the margins that two cards do not have in common, side by side.
    fn differing(&self, one: usize, other: usize) -> impl Iterator<Item = (u32, u32)> + use<> {
        let pairs = self.of_card[one].into_iter().zip(self.of_card[other]);
        pairs.filter(|(mine, yours)| mine != yours)
    }

    /// Returns whether two cards of the packs `from` and `to` may change places: of what a pack loses
    /// it must have one more than it must, of what it gains it may not.
    fn allow(&self, (one, from): (usize, usize), (other, to): (usize, usize)) -> bool {
        let has = |pack: usize, margin: u32| self.above.contains(&(pack, margin));
        self.differing(one, other).all(|(mine, yours)| {
            has(from, mine) && !has(to, mine) && has(to, yours) && !has(from, yours)
        })
    }

    fn swap(&mut self, (one, from): (usize, usize), (other, to): (usize, usize)) {
        for (mine, yours) in self.differing(one, other) {
            self.above.remove(&(from, mine));
            self.above.remove(&(to, yours));
            self.above.extend([(to, mine), (from, yours)]);
        }
    }
}

impl<'s> Swaps<'s> {
    fn new(apart: &'s Apart, pack_of: &'s mut [u32], margins: Margins) -> Self {
        let mut tallies = vec![apart.likeness.tally(); apart.packs];
        let mut whole = apart.likeness.tally();
        for (at, pack) in pack_of.iter().enumerate() {
            tallies[*pack as usize].add(at);
            whole.add(at);
        }
        let tries = 1000 + TRIES * pack_of.len() as u64;
        let Apart { packs, likeness, .. } = apart;
        Self { packs: *packs, likeness, tallies, whole, pack_of, margins, tries }
    }

    /// Tries every swap among some cards; returns whether one was made.
    fn improve(&mut self, cards: &[usize]) -> bool {
        if cards.iter().all(|at| self.mates(*at) == 0) {
            return false;
        }
        let mut by_pack: Vec<Vec<usize>> = vec![Vec::new(); self.packs];
        for at in cards {
            by_pack[self.pack_of[*at] as usize].push(*at);
        }
        let held: Vec<usize> = (0..self.packs).filter(|pack| !by_pack[*pack].is_empty()).collect();
        let mut any = false;
        for at in cards {
            while let Some((pack, partner)) = self.better(*at, &held, &by_pack) {
                let own = self.pack_of[*at] as usize;
                let other = by_pack[pack][partner];
                let mine = by_pack[own].iter().position(|card| card == at);
                mine.into_iter().for_each(|mine| by_pack[own][mine] = other);
                by_pack[pack][partner] = *at;
                self.swap(*at, other);
                any = true;
            }
        }
        any
    }

    /// Returns the pack, and the place in it, of a card whose swap with `at` lowers the number of
    /// near pairs.
    ///
    /// Such a swap lets one of the two meet fewer, or the two are near each other and one of them
    /// meets no more. It is enough to look from that one's side: the other one's turn comes as well.
    fn better(
        &mut self,
        at: usize,
        held: &[usize],
        by_pack: &[Vec<usize>],
    ) -> Option<(usize, usize)> {
        let own = self.pack_of[at] as usize;
        let mates = self.mates(at);
        if mates == 0 {
            return None;
        }
        let mut no_more = false;
        for pack in held.iter().filter(|pack| **pack != own) {
            self.tries = self.tries.checked_sub(1)?;
            let there = self.tallies[*pack].near(at);
            no_more |= there == mates;
            if there >= mates {
                continue;
            }
            for (place, other) in by_pack[*pack].iter().enumerate() {
                self.tries = self.tries.checked_sub(1)?;
                if self.helps(at, *other) {
                    return Some((*pack, place));
                }
            }
        }
        if no_more { self.better_mate(at, by_pack) } else { None }
    }

    /// Looks for such a card among those that are near `at`.
    fn better_mate(&mut self, at: usize, by_pack: &[Vec<usize>]) -> Option<(usize, usize)> {
        self.tries = self.tries.checked_sub(self.whole.near(at).into())?;
        for other in self.likeness.near(at) {
            let other = other as usize;
            let pack = self.pack_of[other] as usize;
            if pack != self.pack_of[at] as usize
                && self.helps(at, other)
                && let Some(place) = by_pack[pack].iter().position(|card| *card == other)
            {
                return Some((pack, place));
            }
        }
        None
    }

    /// Returns whether fewer near pairs share a pack when two cards of different packs are swapped, and
    /// the packs stay equal.
    fn helps(&self, one: usize, other: usize) -> bool {
        let [from, to] = [one, other].map(|at| self.pack_of[at] as usize);
        if self.likeness.are_twins(one, other) || !self.margins.allow((one, from), (other, to)) {
            return false;
        }
        let meets = |at: usize, by: usize| self.tallies[self.pack_of[by] as usize].near(at);
        let each_other = 2 * u32::from(self.likeness.are_near(one, other));
        meets(one, other) + meets(other, one) - each_other < self.mates(one) + self.mates(other)
    }

    /// Returns how many cards of its own pack are near the card `at`.
    fn mates(&self, at: usize) -> u32 {
        self.tallies[self.pack_of[at] as usize].near(at) - 1
    }

    fn swap(&mut self, one: usize, other: usize) {
        let [from, to] = [one, other].map(|at| self.pack_of[at] as usize);
        self.margins.swap((one, from), (other, to));
        for at in [one, other] {
            self.tallies[self.pack_of[at] as usize].remove(at);
        }
        self.pack_of.swap(one, other);
        for at in [one, other] {
            self.tallies[self.pack_of[at] as usize].add(at);
        }
    }
}
