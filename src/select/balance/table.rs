//! What was wanted, what was got, what there was, and why they differ.

use std::fmt;

use crate::deck::{Deck, Depth};
use crate::select::depths;
use crate::select::flow::Flow;
use crate::select::quota::Quotas;

use super::cells::Cells;

/// A selection counted by depth and category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The depths that have cards, lightest first.
    pub rows: Vec<TableRow>,
    /// The categories that have cards, in the order of the decks.
    pub columns: Vec<TableColumn>,
    /// All cards together.
    pub total: TableCell,
}

/// The cards of a depth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// The depth.
    pub depth: Depth,
    /// Its name; where the decks differ, all their names with strokes between them.
    pub name: String,
    /// The level with the name behind it, such as `4 Open sea`; `4` where no deck names it.
    pub heading: String,
    /// All cards of the depth.
    pub all: TableCell,
    /// The cards of each category, in the order of [`Table::columns`].
    pub cells: Vec<TableCell>,
}

/// The cards of a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// The id of the category.
    pub id: String,
    /// Its label in the first deck that has it.
    pub label: String,
    /// Whether the choice leans towards it.
    pub is_leaned: bool,
    /// All cards of the category.
    pub all: TableCell,
}

/// How many cards were wanted, got and there to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableCell {
    /// How many the mix and even categories would give if every cell had cards without end. Among
    /// equally even ways it is the one nearest to what was got.
    pub wanted: usize,
    /// How many are chosen.
    pub got: usize,
    /// How many there are.
    pub available: usize,
    /// Why `got` differs from `wanted`; none where it does not.
    pub reason: Option<Reason>,
}

/// Why a number of cards is not what was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Fewer: there are no more.
    Short,
    /// More: so many are pinned.
    Pinned,
    /// Other depths have more pins than their share, which changed what is left for this one.
    PinsElsewhere,
    /// More: these depths are short of cards.
    TookOver(Vec<Depth>),
    /// More: cells of other categories are short of cards or full of pins.
    StoodIn,
    /// Fewer: cards went where they keep the categories even.
    GaveWay,
}

impl Reason {
    /// Returns the short stable name of the reason, such as `took-over`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Pinned => "pinned",
            Self::PinsElsewhere => "pins-elsewhere",
            Self::TookOver(_) => "took-over",
            Self::StoodIn => "stood-in",
            Self::GaveWay => "gave-way",
        }
    }
}

impl fmt::Display for Reason {
    /// Writes the reason as a few words that can stand behind the numbers.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Short => f.write_str("there are no more"),
            Self::Pinned => f.write_str("so many are pinned"),
            Self::PinsElsewhere => f.write_str("pins at another depth changed the shares"),
            Self::TookOver(depths) => {
                let word = if depths.len() == 1 { "depth" } else { "depths" };
                let levels: Vec<String> = depths.iter().map(Depth::to_string).collect();
                write!(f, "takes over from {word} {}", levels.join(", "))
            }
            Self::StoodIn => f.write_str("stands in for other categories"),
            Self::GaveWay => f.write_str("gives way to keep the categories even"),
        }
    }
}

/// What is known of a cell: wanted, got, available, pinned.
type Numbers = (((usize, usize), usize), usize);

/// The numbers that a table shows.
pub(super) struct Count<'a> {
    pub decks: &'a [Deck],
    pub cells: &'a Cells,
    pub quotas: &'a Quotas,
    pub got: &'a [usize],
}

impl Count<'_> {
    pub fn table(&self) -> Table {
        let tallies = self.tallies();
        let columns = self.cells.columns();
        let order = self.column_order();
        let rows = self.cells.depths.iter().zip(tallies.chunks(columns));
        let row = |(depth, cells): (&Depth, &[TableCell])| TableRow {
            depth: *depth,
            name: depths::name(*depth, self.decks),
            heading: depths::depth_heading(*depth, self.decks),
            all: self.row(*depth, cells),
            cells: order.iter().map(|(at, _)| cells[*at].clone()).collect(),
        };
        let rows: Vec<TableRow> = rows.map(row).collect();
        let column = |(at, label): &(usize, String)| TableColumn {
            id: self.cells.categories[*at].clone(),
            label: label.clone(),
            is_leaned: self.cells.leaned[*at],
            all: self.column(*at, &tallies),
        };
        let columns = order.iter().map(column).collect();
        Table { total: sum(rows.iter().map(|row| &row.all)), rows, columns }
    }

    /// Returns the columns and their labels in the order in which the decks have them.
    fn column_order(&self) -> Vec<(usize, String)> {
        let mut order: Vec<(usize, String)> = Vec::new();
        for category in self.decks.iter().flat_map(|deck| &deck.categories) {
            if let Ok(at) = self.cells.categories.binary_search(&category.id)
                && order.iter().all(|(known, _)| *known != at)
            {
                order.push((at, category.label.clone()));
            }
        }
        order
    }

    /// Returns how many cards each cell would have if none were short and none pinned, as near to
    /// what was got as it can be.
    fn wanted(&self) -> Vec<usize> {
        let quotas = self.cells.rows(self.quotas.wanted);
        let columns = self.cells.columns();
        let most: Vec<usize> =
            quotas.iter().flat_map(|quota| std::iter::repeat_n(*quota, columns)).collect();
        let fixed = vec![0; most.len()];
        let third = |cell: usize, unit: usize| i128::from(unit >= self.got[cell]);
        let prices = self.cells.prices();
        Flow { quotas: &quotas, prices: &prices, fixed: &fixed, most: &most, third: &third }.solve()
    }

    fn tallies(&self) -> Vec<TableCell> {
        let (supply, pinned) = (&self.cells.supply, &self.cells.pinned);
        let numbers = self
            .wanted()
            .into_iter()
            .zip(self.got.iter().copied())
            .zip(supply.iter().copied())
            .zip(pinned.iter().copied());
        let tally = |(at, (((wanted, got), available), pinned)): (usize, Numbers)| {
            let depth = self.cells.depths[at / self.cells.columns()];
            let mut tally = TableCell { wanted, got, available, reason: None };
            tally.reason = plain(&tally, pinned).or_else(|| match got > wanted {
                true => self.took_over(depth).or(Some(Reason::StoodIn)),
                false => self.pins_elsewhere(depth).or(Some(Reason::GaveWay)),
            });
            tally.reason = tally.reason.filter(|_| got != wanted);
            tally
        };
        numbers.enumerate().map(tally).collect()
    }

    fn row(&self, depth: Depth, cells: &[TableCell]) -> TableCell {
        let mut tally = sum(cells.iter());
        if tally.got != tally.wanted {
            let pinned = self.cells.by_depth(&self.cells.pinned)[index(depth)];
            let took_over = || self.took_over(depth).filter(|_| tally.got > tally.wanted);
            tally.reason = plain(&tally, pinned).or_else(took_over).or(Some(Reason::PinsElsewhere));
        }
        tally
    }

    fn column(&self, at: usize, tallies: &[TableCell]) -> TableCell {
        let columns = self.cells.columns();
        let mut tally = sum(tallies.iter().skip(at).step_by(columns));
        if tally.got != tally.wanted {
            let pinned = self.cells.pinned.iter().skip(at).step_by(columns).sum();
            let other = if tally.got > tally.wanted { Reason::StoodIn } else { Reason::GaveWay };
            tally.reason = plain(&tally, pinned).or(Some(other));
        }
        tally
    }

    fn took_over(&self, depth: Depth) -> Option<Reason> {
        let from = Depth::ALL.into_iter();
        let from = from.filter(|from| self.quotas.moved[index(*from)][index(depth)] > 0);
        let from: Vec<Depth> = from.collect();
        (!from.is_empty()).then_some(Reason::TookOver(from))
    }

    fn pins_elsewhere(&self, depth: Depth) -> Option<Reason> {
        let Quotas { wanted, planned, .. } = self.quotas;
        (planned[index(depth)] < wanted[index(depth)]).then_some(Reason::PinsElsewhere)
    }
}

/// Returns the reason that the numbers alone give.
fn plain(tally: &TableCell, pinned: usize) -> Option<Reason> {
    let TableCell { wanted, got, available, .. } = *tally;
    match got.cmp(&wanted) {
        std::cmp::Ordering::Less if got == available => Some(Reason::Short),
        std::cmp::Ordering::Greater if got == pinned => Some(Reason::Pinned),
        _ => None,
    }
}

fn sum<'t>(tallies: impl Iterator<Item = &'t TableCell>) -> TableCell {
    tallies.fold(TableCell::default(), |sum, tally| TableCell {
        wanted: sum.wanted + tally.wanted,
        got: sum.got + tally.got,
        available: sum.available + tally.available,
        reason: None,
    })
}

fn index(depth: Depth) -> usize {
    usize::from(depth.level()) - 1
}
