//! The cards of a pool, in their cells: depth by category.

use std::collections::{BTreeMap, HashSet};

use crate::deck::{CardKey, Deck, Depth, Pick};
use crate::select::chance::Chance;
use crate::select::quota::ByDepth;

/// A card of the pool that a mix counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Whether it was asked for by name.
    pub pinned: bool,
    /// What it costs to choose it.
    pub cost: i128,
    /// The key of the card.
    pub key: CardKey,
    /// The number of the copy, counted from 0.
    pub copy: u32,
    /// Its place in the pool.
    pub at: u32,
}

/// The cards of a pool by depth and category.
pub(super) struct Cells {
    /// The depths that have cards, lightest first: the rows.
    pub depths: Vec<Depth>,
    /// The ids of the categories that have cards, sorted, so that the order of rows in a table
    /// changes nothing: the columns.
    pub categories: Vec<String>,
    /// The cards of each cell, row by row.
    pub items: Vec<Vec<Item>>,
    /// How many cards each cell has.
    pub supply: Vec<usize>,
    /// How many cards of each cell are pinned.
    pub pinned: Vec<usize>,
}

/// Returns how deep a card goes that a mix counts: none for cards that guide.
pub(super) fn depth_of(pick: Pick, decks: &[Deck]) -> Option<Depth> {
    let card = pick.of(decks).1;
    card.depth.filter(|_| !card.kind.is_guide())
}

impl Cells {
    /// Puts the cards of a pool that a mix counts into their cells.
    pub fn new(decks: &[Deck], pool: &[Pick], pins: &[Pick], chance: &Chance) -> Self {
        let places = Places::new(decks, pool);
        let mut items = vec![Vec::new(); places.depths.len() * places.categories.len()];
        for item in copies(decks, pool, pins, chance) {
            items[places.cell(decks, pool[item.at as usize])].push(item);
        }
        let supply = items.iter().map(Vec::len).collect();
        let count_pinned = |cell: &Vec<Item>| cell.iter().filter(|item| item.pinned).count();
        let pinned = items.iter().map(count_pinned).collect();
        Self { depths: places.depths, categories: places.categories, items, supply, pinned }
    }

    /// Puts the cards that each cell could give under the quotas of its rows in front: those that
    /// are pinned, then the others by cost.
    pub fn put_in_front(&mut self, quotas: &[usize]) {
        let columns = self.columns();
        let order = |item: &Item| (!item.pinned, item.cost, item.key, item.at);
        for (at, cell) in self.items.iter_mut().enumerate() {
            let quota = quotas[at / columns].min(cell.len());
            if quota < cell.len() {
                cell.select_nth_unstable_by_key(quota, order);
            }
            cell[..quota].sort_unstable_by_key(order);
        }
    }

    /// Returns the number of columns.
    pub fn columns(&self) -> usize {
        self.categories.len()
    }

    /// Returns the sums over each depth of a number for each cell.
    pub fn by_depth(&self, cells: &[usize]) -> ByDepth {
        let mut sums = [0; 5];
        for (depth, row) in self.depths.iter().zip(cells.chunks(self.columns())) {
            sums[usize::from(depth.level()) - 1] = row.iter().sum();
        }
        sums
    }

    /// Returns the numbers of the depths in the order of the rows.
    pub fn rows(&self, by_depth: ByDepth) -> Vec<usize> {
        self.depths.iter().map(|depth| by_depth[usize::from(depth.level()) - 1]).collect()
    }
}

/// Returns the cards that a mix counts with their costs.
///
/// Copies are told apart by the card's key, so that a deck that is given twice gives second copies.
fn copies(decks: &[Deck], pool: &[Pick], pins: &[Pick], chance: &Chance) -> Vec<Item> {
    let mut pinned: HashSet<(u32, u32)> = pins.iter().map(|pin| (pin.deck, pin.card)).collect();
    let mut items: Vec<Item> = Vec::with_capacity(pool.len());
    for at in by_key(decks, pool, &pinned) {
        let pick = pool[at as usize];
        let key = pick.of(decks).1.key;
        let before = items.last().filter(|item| item.key == key);
        let copy = before.map_or(0, |item| item.copy + 1);
        let pinned = pinned.remove(&(pick.deck, pick.card));
        items.push(Item { pinned, cost: chance.cost(key, copy), key, copy, at });
    }
    items
}

/// Returns the places of the cards that a mix counts, copies of the same card side by side: one
/// that is pinned first, then by deck.
fn by_key(decks: &[Deck], pool: &[Pick], pinned: &HashSet<(u32, u32)>) -> Vec<u32> {
    let counted = (0..pool.len()).filter(|at| depth_of(pool[*at], decks).is_some());
    // The upper half of a key tells nearly all cards apart and is quicker to sort by.
    let upper = |at: usize| (pool[at].of(decks).1.key.0 >> 64) as u64;
    let mut sorted: Vec<(u64, u32)> = counted.map(|at| (upper(at), at as u32)).collect();
    sorted.sort_unstable();
    for run in sorted.chunk_by_mut(|one, other| one.0 == other.0).filter(|run| run.len() > 1) {
        run.sort_unstable_by_key(|(_, at)| {
            let pick = pool[*at as usize];
            let key = pick.of(decks).1.key;
            (key, !pinned.contains(&(pick.deck, pick.card)), pick.deck, *at)
        });
    }
    sorted.into_iter().map(|(_, at)| at).collect()
}

/// Where the cards of decks belong.
struct Places {
    depths: Vec<Depth>,
    categories: Vec<String>,
    /// The column of each category of each deck that has cards.
    columns: Vec<Vec<Option<usize>>>,
}

impl Places {
    fn new(decks: &[Deck], pool: &[Pick]) -> Self {
        let mut depths = [false; 5];
        let mut used: Vec<Vec<bool>> =
            decks.iter().map(|deck| vec![false; deck.categories.len()]).collect();
        for pick in pool {
            if let Some(depth) = depth_of(*pick, decks) {
                depths[usize::from(depth.level()) - 1] = true;
                used[pick.deck as usize][usize::from(pick.of(decks).1.category)] = true;
            }
        }
        let of_deck = |(deck, used): (&'_ Deck, &Vec<bool>)| {
            let used = deck.categories.iter().zip(used).filter(|(_, used)| **used);
            used.map(|(category, _)| category.id.clone()).collect::<Vec<_>>()
        };
        let ids = decks.iter().zip(&used).flat_map(of_deck);
        let mut numbers: BTreeMap<String, usize> = ids.map(|id| (id, 0)).collect();
        numbers.values_mut().enumerate().for_each(|(at, number)| *number = at);
        let column = |deck: &Deck| {
            deck.categories.iter().map(|category| numbers.get(&category.id).copied()).collect()
        };
        let columns = decks.iter().map(column).collect();
        let depths = Depth::ALL.into_iter().zip(depths).filter(|(_, used)| *used);
        Self {
            depths: depths.map(|(depth, _)| depth).collect(),
            columns,
            categories: numbers.into_keys().collect(),
        }
    }

    fn cell(&self, decks: &[Deck], pick: Pick) -> usize {
        let card = pick.of(decks).1;
        let row = self.depths.iter().position(|depth| Some(*depth) == card.depth);
        let column = self.columns[pick.deck as usize][usize::from(card.category)];
        let (row, column) = row.zip(column).expect("every card of the pool has a place");
        row * self.categories.len() + column
    }
}
