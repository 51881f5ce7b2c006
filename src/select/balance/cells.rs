//! The cards of a pool, in their cells: depth by category.

use std::collections::{BTreeMap, HashSet};

use crate::deck::{CardKey, Deck, Depth};
use crate::run::Pick;
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
    /// The cards of each cell, row by row: those that are pinned first, then by cost.
    pub items: Vec<Vec<Item>>,
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
        let (rows, columns) = (places.depths.len(), places.categories.len());
        let mut items = vec![Vec::new(); rows * columns];
        for item in copies(decks, pool, pins, chance) {
            items[places.cell(decks, pool[item.at as usize])].push(item);
        }
        for cell in &mut items {
            cell.sort_unstable_by_key(|item| (!item.pinned, item.cost, item.key, item.at));
        }
        Self { depths: places.depths, categories: places.categories, items }
    }

    /// Returns the number of columns.
    pub fn columns(&self) -> usize {
        self.categories.len()
    }

    /// Returns how many cards each cell has.
    pub fn supply(&self) -> Vec<usize> {
        self.items.iter().map(Vec::len).collect()
    }

    /// Returns how many cards of each cell are pinned.
    pub fn pinned(&self) -> Vec<usize> {
        let pinned = |cell: &Vec<Item>| cell.iter().take_while(|item| item.pinned).count();
        self.items.iter().map(pinned).collect()
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
    let counted = (0..pool.len()).filter(|at| depth_of(pool[*at], decks).is_some());
    let mut sorted: Vec<(CardKey, bool, u32, u32)> = counted
        .map(|at| {
            let pick = pool[at];
            let is_pinned = pinned.contains(&(pick.deck, pick.card));
            (pick.of(decks).1.key, !is_pinned, pick.deck, at as u32)
        })
        .collect();
    sorted.sort_unstable();
    let mut items: Vec<Item> = Vec::with_capacity(sorted.len());
    for (key, _, _, at) in sorted {
        let before = items.last().filter(|item| item.key == key);
        let copy = before.map_or(0, |item| item.copy + 1);
        let pick = pool[at as usize];
        let pinned = pinned.remove(&(pick.deck, pick.card));
        items.push(Item { pinned, cost: chance.cost(key, copy), key, copy, at });
    }
    items
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
