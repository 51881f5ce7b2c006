//! Near-duplicates among the chosen: found, parted, and told where they remain.

use std::collections::{BTreeMap, BTreeSet};

use crate::deck::{Card, Deck, Pick};
use crate::problem::Diagnostic;
use crate::select::likeness::Likeness;

use super::cells::{Cells, Item};
use super::swap::{Candidate, State, part};

/// How many near pairs are told one by one.
const MOST: usize = 20;

/// How many near neighbours are noted at most, all cards together: beyond that a deck asks the same
/// over and over, and no swap can mend it.
const NEIGHBOURS: usize = 2_000_000;

/// How many spare cards of a cell in conflict are looked at first, the cheapest; as long as they do
/// not mend it, eight times as many.
///
/// A spare card that is near no chosen one is as good as any, and of those the cheapest is taken, so
/// that cards further back seldom matter. They cost most of the time.
const SPARES: usize = 16;

/// A selection whose near-duplicates are to be parted.
pub(super) struct Apart<'a> {
    decks: &'a [Deck],
    pool: &'a [Pick],
    cells: &'a mut Cells,
    /// Whether each card of each cell is chosen.
    pub chosen: Vec<Vec<bool>>,
}

/// A card in its cell.
type Place = (usize, usize);

impl<'a> Apart<'a> {
    /// A selection of the first cards of each cell, in the numbers of `got`.
    pub fn new(decks: &'a [Deck], pool: &'a [Pick], cells: &'a mut Cells, got: &[usize]) -> Self {
        let chosen = got.iter().zip(&cells.supply).map(|(got, all)| (0..*all).map(|at| at < *got));
        let chosen = chosen.map(Iterator::collect).collect();
        Self { decks, pool, cells, chosen }
    }

    /// Swaps cards inside their cells until no swap makes fewer near pairs, and returns notes about
    /// those that remain.
    ///
    /// Spare cards are only compared where they could help: in the cells of cards in conflict. As
    /// swaps can bring other cells into conflict, it goes on until none is that has more.
    pub fn settle(&mut self) -> Vec<Diagnostic> {
        let mut open: BTreeMap<usize, usize> = BTreeMap::new();
        loop {
            let places = self.places(&open);
            let Some(near) = self.neighbours(&places) else {
                return vec![
                    Diagnostic::note("all-alike", "very many cards ask nearly the same")
                        .help("reword some of them, or leave some out"),
                ];
            };
            let mut cards: Vec<Candidate> =
                places.iter().map(|place| self.candidate(*place)).collect();
            let pairs = part(&mut cards, &near);
            for (place, card) in places.iter().zip(&cards) {
                self.chosen[place.0][place.1] = card.state != State::Spare;
            }
            let torn = pairs.iter().flat_map(|(one, other)| [*one, *other]);
            let torn = torn.filter(|at| cards[*at].state == State::Chosen).map(|at| cards[at].cell);
            let known = open.clone();
            torn.collect::<BTreeSet<_>>().into_iter().for_each(|cell| self.open(cell, &mut open));
            if open == known {
                return self.notes(&places, &pairs);
            }
        }
    }

    /// Lets more spare cards of a cell take part.
    fn open(&mut self, cell: usize, open: &mut BTreeMap<usize, usize>) {
        let chosen = self.chosen[cell].iter().filter(|chosen| **chosen).count();
        let spares = open.get(&cell).map_or(SPARES, |front| (front - chosen) * 8);
        let front = self.chosen[cell].len().min(chosen + spares);
        self.cells.put_in_front(cell, front);
        open.insert(cell, front);
    }

    /// Returns the first copies that are chosen, and in open cells those further in front.
    fn places(&self, open: &BTreeMap<usize, usize>) -> Vec<Place> {
        let mut places = Vec::new();
        for (cell, items) in self.cells.items.iter().enumerate() {
            let front = open.get(&cell).copied().unwrap_or(0);
            let takes_part =
                |at: &usize| self.chosen[cell][*at] || *at < front && items[*at].copy == 0;
            places.extend((0..items.len()).filter(takes_part).map(|at| (cell, at)));
        }
        // Where a copy is chosen as well, the card takes part once.
        let mut seen = BTreeSet::new();
        places.retain(|place| seen.insert(self.item(*place).key));
        places
    }

    fn item(&self, place: Place) -> &Item {
        &self.cells.items[place.0][place.1]
    }

    fn card(&self, place: Place) -> &Card {
        self.pool[self.item(place).at as usize].of(self.decks).1
    }

    fn candidate(&self, place: Place) -> Candidate {
        let Item { pinned, cost, .. } = *self.item(place);
        let state = match (self.chosen[place.0][place.1], pinned) {
            (false, _) => State::Spare,
            (true, false) => State::Chosen,
            (true, true) => State::Held,
        };
        Candidate { cell: place.0, cost, state }
    }

    fn neighbours(&self, places: &[Place]) -> Option<Vec<Vec<u32>>> {
        let likeness = Likeness::of(places.iter().map(|place| &*self.card(*place).prompt));
        let mut noted = 0;
        let mut neighbours = Vec::with_capacity(places.len());
        for at in 0..places.len() {
            let near = likeness.near(at);
            noted += near.len();
            neighbours.push(near);
            if noted > NEIGHBOURS {
                return None;
            }
        }
        Some(neighbours)
    }

    fn notes(&self, places: &[Place], pairs: &[(usize, usize)]) -> Vec<Diagnostic> {
        let note = |(one, other): &(usize, usize)| {
            let [one, other] = [one, other].map(|at| &self.card(places[*at]).code);
            let found = format!("`{one}` and `{other}` ask nearly the same");
            Diagnostic::note("near-pair", found).help("reword one of them, or leave one out")
        };
        let mut notes: Vec<Diagnostic> = pairs.iter().take(MOST).map(note).collect();
        if pairs.len() > MOST {
            let found = format!("{} more pairs ask nearly the same", pairs.len() - MOST);
            notes.push(Diagnostic::note("more", found));
        }
        notes
    }
}
