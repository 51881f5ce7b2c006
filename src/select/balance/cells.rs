//! The cards of a pool, in their cells: depth by category.

use std::collections::{BTreeMap, HashSet};

use crate::deck::{CardKey, Deck, Depth, Pick};
use crate::select::chance::Chance;
use crate::select::lean;
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
    /// Whether the choice leans towards each category.
    pub leaned: Vec<bool>,
    /// The cards of each cell, row by row: in front those that are in order.
    pub items: Vec<Vec<Item>>,
    /// How many cards of each cell are in order: those that are pinned, then the others by cost.
    ordered: Vec<usize>,
    /// How many cards each cell has.
    pub supply: Vec<usize>,
    /// How many cards of each cell are pinned.
    pub pinned: Vec<usize>,
}

impl Cells {
    /// Puts the cards of a pool that a mix counts into their cells.
    pub fn new(decks: &[Deck], pool: &[Pick], pins: &[Pick], chance: &Chance) -> Self {
        let counted = count(decks, pool);
        let places = Places::new(decks, &counted);
        let mut supply = vec![0; places.depths.len() * places.categories.len()];
        counted.iter().for_each(|card| supply[places.cell(card)] += 1);
        let mut items: Vec<Vec<Item>> = supply.iter().map(|all| Vec::with_capacity(*all)).collect();
        let pinned = pins.iter().map(|pin| (pin.deck, pin.card)).collect();
        for_each_copy(&counted, pool, pinned, |card, pinned, copy| {
            let cost = chance.cost(card.key, copy);
            let item = Item { pinned, cost, key: card.key, copy, at: card.at };
            items[places.cell(card)].push(item);
        });
        let count_pinned = |cell: &Vec<Item>| cell.iter().filter(|item| item.pinned).count();
        let pinned = items.iter().map(count_pinned).collect();
        let ordered = vec![0; items.len()];
        let Places { depths, categories, .. } = places;
        let leaned = vec![false; categories.len()];
        Self { depths, categories, leaned, items, ordered, supply, pinned }
    }

    /// Puts the cards that each cell could give under the quotas of its rows in order.
    pub fn bring_forward(&mut self, quotas: &[usize]) {
        let columns = self.columns();
        for cell in 0..self.items.len() {
            self.put_in_front(cell, quotas[cell / columns]);
        }
    }

    /// Puts the first `count` cards of a cell in order, or all that it has; places that are in order
    /// keep their cards.
    pub fn put_in_front(&mut self, cell: usize, count: usize) {
        let count = count.min(self.items[cell].len());
        let Some(more) = count.checked_sub(self.ordered[cell]).filter(|more| *more > 0) else {
            return;
        };
        let order = |item: &Item| (!item.pinned, item.cost, item.key, item.at);
        let rest = &mut self.items[cell][self.ordered[cell]..];
        if more < rest.len() {
            rest.select_nth_unstable_by_key(more, order);
        }
        rest[..more].sort_unstable_by_key(order);
        self.ordered[cell] = count;
    }

    /// Returns the number of columns.
    pub fn columns(&self) -> usize {
        self.categories.len()
    }

    /// Returns the price of each column.
    pub fn prices(&self) -> Vec<usize> {
        self.leaned.iter().map(|leaned| lean::price(*leaned)).collect()
    }

    /// Returns the sums over each depth of a number for each cell.
    pub fn by_depth(&self, cells: &[usize]) -> ByDepth {
        let mut sums = [0; 5];
        for (depth, row) in self.depths.iter().zip(cells.chunks(self.columns())) {
            sums[level(*depth)] = row.iter().sum();
        }
        sums
    }

    /// Returns the numbers of the depths in the order of the rows.
    pub fn rows(&self, by_depth: ByDepth) -> Vec<usize> {
        self.depths.iter().map(|depth| by_depth[level(*depth)]).collect()
    }
}

/// Returns how deep a card goes that a mix counts: none for cards that guide.
pub(super) fn depth_of(pick: Pick, decks: &[Deck]) -> Option<Depth> {
    let card = pick.of(decks).1;
    card.depth.filter(|_| !card.kind.is_guide())
}

/// A card that a mix counts, with all of it that a choice looks at: the cards themselves lie far
/// apart in memory.
#[derive(Clone, Copy)]
struct Counted {
    key: CardKey,
    deck: u32,
    at: u32,
    category: u16,
    /// The level of its depth, counted from 0.
    level: u8,
}

/// Returns the cards of a pool that a mix counts, in the order of the pool.
fn count(decks: &[Deck], pool: &[Pick]) -> Vec<Counted> {
    let counted = |(at, pick): (usize, &Pick)| {
        let card = pick.of(decks).1;
        let level = level(depth_of(*pick, decks)?) as u8;
        let category = card.category;
        Some(Counted { key: card.key, deck: pick.deck, at: at as u32, category, level })
    };
    pool.iter().enumerate().filter_map(counted).collect()
}

fn level(depth: Depth) -> usize {
    usize::from(depth.level()) - 1
}

/// Calls `each` with every card, whether it is pinned, and the number of the copy.
///
/// Copies are told apart by the card's key, so that a deck that is given twice gives second copies.
fn for_each_copy(
    counted: &[Counted],
    pool: &[Pick],
    mut pinned: HashSet<(u32, u32)>,
    mut each: impl FnMut(&Counted, bool, u32),
) {
    let cards = by_key(counted, pool, &pinned);
    for copies in cards.chunk_by(|one, other| one.key == other.key) {
        for (copy, card) in (0..).zip(copies) {
            let pick = pool[card.at as usize];
            let is_pinned = !pinned.is_empty() && pinned.remove(&(pick.deck, pick.card));
            each(card, is_pinned, copy);
        }
    }
}

/// Returns the cards with copies of the same card side by side: one that is pinned first, then by
/// deck.
fn by_key(counted: &[Counted], pool: &[Pick], pinned: &HashSet<(u32, u32)>) -> Vec<Counted> {
    // The upper half of a key tells nearly all cards apart and is quicker to sort by.
    let upper = |card: &Counted| (card.key.0 >> 64) as u64;
    let places = counted.iter().enumerate().map(|(place, card)| (upper(card), place as u32));
    let mut sorted: Vec<(u64, u32)> = places.collect();
    sorted.sort_unstable();
    let mut sorted: Vec<Counted> =
        sorted.into_iter().map(|(_, place)| counted[place as usize]).collect();
    let runs = sorted.chunk_by_mut(|one, other| upper(one) == upper(other));
    for run in runs.filter(|run| run.len() > 1) {
        run.sort_unstable_by_key(|card| {
            let pick = pool[card.at as usize];
            (card.key, !pinned.contains(&(pick.deck, pick.card)), pick.deck, card.at)
        });
    }
    sorted
}

/// Where the cards of decks belong.
struct Places {
    depths: Vec<Depth>,
    categories: Vec<String>,
    /// The row of each depth that has cards.
    rows: [usize; 5],
    /// The column of each category of each deck that has cards.
    columns: Vec<Vec<Option<usize>>>,
}

impl Places {
    fn new(decks: &[Deck], counted: &[Counted]) -> Self {
        let mut levels = [false; 5];
        let mut used: Vec<Vec<bool>> =
            decks.iter().map(|deck| vec![false; deck.categories.len()]).collect();
        for card in counted {
            levels[usize::from(card.level)] = true;
            used[card.deck as usize][usize::from(card.category)] = true;
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
        let depths = Depth::ALL.into_iter().filter(|depth| levels[level(*depth)]).collect();
        let rows =
            std::array::from_fn(|level| levels[..level].iter().filter(|used| **used).count());
        Self { depths, rows, columns, categories: numbers.into_keys().collect() }
    }

    fn cell(&self, card: &Counted) -> usize {
        let column = self.columns[card.deck as usize][usize::from(card.category)];
        let column = column.expect("every category of a card has a column");
        self.rows[usize::from(card.level)] * self.categories.len() + column
    }
}
