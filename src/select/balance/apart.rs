//! Near-duplicates among the chosen: found, parted, and told where they remain.

use std::collections::BTreeSet;

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

/// A selection whose near-duplicates are to be parted.
pub(super) struct Apart<'a> {
    pub decks: &'a [Deck],
    pub pool: &'a [Pick],
    pub cells: &'a Cells,
    /// Whether each card of each cell is chosen.
    pub chosen: Vec<Vec<bool>>,
}

/// A card in its cell.
type Place = (usize, usize);

impl Apart<'_> {
    /// Swaps cards inside their cells until no swap makes fewer near pairs, and returns notes about
    /// those that remain.
    ///
    /// Spare cards are only compared where they could help: in the cells of cards in conflict. As
    /// swaps can bring other cells into conflict, it goes on until no further cell is.
    pub fn settle(&mut self) -> Vec<Diagnostic> {
        let mut open = BTreeSet::new();
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
            let known = open.len();
            open.extend(torn);
            if open.len() == known {
                return self.notes(&places, &pairs);
            }
        }
    }

    /// Returns the first copies that are chosen, and in open cells those that are not.
    fn places(&self, open: &BTreeSet<usize>) -> Vec<Place> {
        let mut places = Vec::new();
        for (cell, items) in self.cells.items.iter().enumerate() {
            let takes_part =
                |at: &usize| self.chosen[cell][*at] || open.contains(&cell) && items[*at].copy == 0;
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
