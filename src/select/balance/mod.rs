//! Chooses cards so that depths and categories are fair, and says why.
//!
//! 1. Each depth gets its quota by the mix ([`Mix`]); a shortage moves to the nearest depths, and
//!    pins raise a quota where they exceed it.
//! 2. Inside the quotas the number of cards of each cell, depth by category, and the cards
//!    themselves minimise, in this order: the sum of the squares of the category totals, the sum of
//!    the squares of the cells, the sum of the costs that chance gives the cards. The flow that does
//!    so is exact. Where the choice tilts ([`Lean`]), the squares are divided by weights.
//! 3. Near-duplicates are parted by swaps inside a cell.
//!
//! A further copy of a card costs more than every first copy. Everything is decided by the keys of
//! cards and the ids of categories, so that the order of rows changes nothing (`algorithm = 1`).

mod apart;
mod cells;
mod notes;
mod swap;
mod table;
#[cfg(test)]
mod tests;

use crate::deck::{Deck, Pick};
use crate::problem::Diagnostic;

use super::chance::Chance;
use super::flow::Flow;
use super::lean::Lean;
use super::mix::Mix;
use super::quota::Quotas;
use apart::Apart;
use cells::Cells;
pub use notes::not_in_pool;
pub use table::{Reason, Table, TableCell, TableColumn, TableRow};

/// What is asked of a balanced selection.
#[derive(Clone, Copy, Debug)]
pub struct BalanceRequest<'a> {
    /// The decks.
    pub decks: &'a [Deck],
    /// The cards to choose from: those of a [`Filter`](super::Filter), each as often as it has
    /// copies. Cards that guide are all kept.
    pub pool: &'a [Pick],
    /// How many cards to choose, those that guide not counted.
    pub count: usize,
    /// How the depths share them.
    pub mix: Mix,
    /// Cards that must be among them.
    pub pins: &'a [Pick],
    /// The categories that get half as many cards again as others.
    pub lean: Lean<'a>,
    /// The seed of chance; the same seed gives the same cards on every machine.
    pub seed: u64,
}

/// Chosen cards, and why just these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The cards, in the order of the pool, with its guides where they stood.
    pub picks: Vec<Pick>,
    /// What was wanted, got and there.
    pub table: Table,
    /// What had to give: shortages, pins, near-duplicates.
    pub notes: Vec<Diagnostic>,
}

impl BalanceRequest<'_> {
    /// Chooses the cards.
    ///
    /// # Errors
    ///
    /// `no-cards` where none are asked for; `too-few-cards` where the pool, or its depths that the
    /// mix gives a weight, have fewer than `count`; `too-many-pins`; `twice-pinned` and
    /// `pin-not-in-pool` for single pins. All problems of the request are told at once.
    pub fn choose(&self) -> Result<Selection, Vec<Diagnostic>> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut cells = self.cells();
        let [supply, pins] = [&cells.supply, &cells.pinned].map(|of| cells.by_depth(of));
        let quotas = Quotas::new(self.mix, self.count, supply, pins)
            .map_err(|there| vec![self.mix_too_narrow(there)])?;
        cells.bring_forward(&cells.rows(quotas.settled));
        let got = Self::flow(&cells, &quotas);
        let table = table::Count { decks: self.decks, cells: &cells, quotas: &quotas, got: &got };
        let table = table.table();
        let mut notes = self.notes(&quotas, supply, pins);
        let mut apart = Apart::new(self.decks, self.pool, &mut cells, &got);
        notes.extend(apart.settle());
        let chosen = apart.chosen;
        let picks = self.gather(&cells, &chosen);
        Ok(Selection { picks, table, notes })
    }

    /// Returns the cards of the pool in their cells.
    fn cells(&self) -> Cells {
        let is_leaned = |id: &String| self.lean.is_towards_id(id, self.decks);
        let mut cells = Cells::new(self.decks, self.pool, self.pins, &Chance::new(self.seed));
        // Towards all is towards none.
        if !cells.categories.iter().all(is_leaned) {
            cells.leaned = cells.categories.iter().map(is_leaned).collect();
        }
        cells
    }

    /// Returns how many cards of each cell are chosen.
    fn flow(cells: &Cells, quotas: &Quotas) -> Vec<usize> {
        let flow = Flow {
            quotas: &cells.rows(quotas.settled),
            prices: &cells.prices(),
            fixed: &cells.pinned,
            most: &cells.supply,
            third: &|cell, unit| cells.items[cell][unit].cost,
        };
        flow.solve()
    }

    /// Returns the chosen cards and all that guide, in the order of the pool.
    fn gather(&self, cells: &Cells, chosen: &[Vec<bool>]) -> Vec<Pick> {
        let mut keep = vec![true; self.pool.len()];
        for (item, chosen) in cells.items.iter().flatten().zip(chosen.iter().flatten()) {
            keep[item.at as usize] = *chosen;
        }
        self.pool.iter().zip(keep).filter(|(_, keep)| *keep).map(|(pick, _)| *pick).collect()
    }
}
