//! Near-duplicates in different packs, as far as swaps within a cell allow.

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

    /// Swaps cards of a cell between packs while that lowers the number of near pairs within packs,
    /// and returns a note for each that is left.
    pub fn settle(&self, cells: &[Cell], pack_of: &mut [u32]) -> Vec<Diagnostic> {
        let mut swaps = Swaps::new(self, pack_of);
        // Each swap leaves fewer pairs, so this ends.
        while cells.iter().filter(|cell| swaps.improve(cell)).count() > 0 {}
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
    tries: u64,
}

impl<'s> Swaps<'s> {
    fn new(apart: &'s Apart, pack_of: &'s mut [u32]) -> Self {
        let mut tallies = vec![apart.likeness.tally(); apart.packs];
        let mut whole = apart.likeness.tally();
        for (at, pack) in pack_of.iter().enumerate() {
            tallies[*pack as usize].add(at);
            whole.add(at);
        }
        let tries = 1000 + TRIES * pack_of.len() as u64;
        Self { packs: apart.packs, likeness: &apart.likeness, tallies, whole, pack_of, tries }
    }

    /// Tries every swap in a cell; returns whether one was made.
    fn improve(&mut self, cell: &Cell) -> bool {
        if cell.cards.iter().all(|at| self.mates(*at) == 0) {
            return false;
        }
        let mut by_pack: Vec<Vec<usize>> = vec![Vec::new(); self.packs];
        for at in &cell.cards {
            by_pack[self.pack_of[*at] as usize].push(*at);
        }
        let held: Vec<usize> = (0..self.packs).filter(|pack| !by_pack[*pack].is_empty()).collect();
        let mut any = false;
        for at in &cell.cards {
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

    /// Returns whether fewer near pairs share a pack when two cards of different packs are swapped.
    fn helps(&self, one: usize, other: usize) -> bool {
        if self.likeness.are_twins(one, other) {
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
        for at in [one, other] {
            self.tallies[self.pack_of[at] as usize].remove(at);
        }
        self.pack_of.swap(one, other);
        for at in [one, other] {
            self.tallies[self.pack_of[at] as usize].add(at);
        }
    }
}
