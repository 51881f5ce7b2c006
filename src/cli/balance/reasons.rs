//! Why numbers of cards are not those that were wanted, in few lines.

use crate::deck::Depth;
use crate::select::{Reason, Table, depth_heading};

use super::Balance;

/// How many lines tell of single cells.
const MOST: usize = 12;

/// A line: what it speaks of, and what it says.
pub struct Why {
    /// A depth or a category.
    pub name: String,
    /// What came of it, and why.
    pub words: String,
}

/// Returns the reasons: those of whole depths, then those of cells, the causes before what follows
/// from them.
pub fn reasons(balance: &Balance) -> Vec<Why> {
    let mut lines = depths(balance);
    let mut cells = cells(&balance.table);
    let rest = cells.len().saturating_sub(MOST);
    if rest == 1 {
        lines.extend(cells);
        return lines;
    }
    cells.truncate(MOST);
    lines.extend(cells);
    if rest > 0 {
        let words = format!("and {rest} more; `--json` tells them all");
        lines.push(Why { name: String::new(), words });
    }
    lines
}

fn depths(balance: &Balance) -> Vec<Why> {
    let all = balance.decks.iter().flat_map(|deck| &deck.cards);
    // Decks that name fewer depths mean no others.
    let meant = |depth: Depth| depth_heading(depth, balance.decks) != depth.to_string();
    let empty = |depth: &Depth| {
        balance.mix.weighs(*depth)
            && meant(*depth)
            && !all.clone().any(|card| card.depth == Some(*depth))
    };
    let rows = &balance.table.rows;
    Depth::ALL
        .into_iter()
        .filter_map(|depth| match rows.iter().find(|row| row.depth == depth) {
            Some(row) => row.all.reason.as_ref().map(|reason| Why {
                name: row.heading.clone(),
                words: format!("{} where {} were wanted: {reason}", row.all.got, row.all.wanted),
            }),
            None if empty(&depth) => Some(Why {
                name: depth_heading(depth, balance.decks),
                words: "no card has this depth".into(),
            }),
            None => None,
        })
        .collect()
}

/// Returns a line for each category and each reason that its cells have.
fn cells(table: &Table) -> Vec<Why> {
    let mut groups: Vec<(&Reason, usize, Vec<Depth>)> = Vec::new();
    for at in 0..table.columns.len() {
        for row in &table.rows {
            let Some(reason) = &row.cells[at].reason else { continue };
            match groups.iter_mut().find(|group| group.0 == reason && group.1 == at) {
                Some(group) => group.2.push(row.depth),
                None => groups.push((reason, at, vec![row.depth])),
            }
        }
    }
    groups.sort_by_key(|group| rank(group.0));
    let line = |(reason, at, depths): (&Reason, usize, Vec<Depth>)| {
        let name = table.columns[at].label.clone();
        let depths: Vec<String> = depths.iter().map(Depth::to_string).collect();
        Why { name, words: format!("at {}: {reason}", depths.join(", ")) }
    };
    groups.into_iter().map(line).collect()
}

/// Returns the place of a reason among others: what there is, what was asked, what follows.
fn rank(reason: &Reason) -> u8 {
    match reason {
        Reason::Short => 0,
        Reason::Pinned => 1,
        Reason::PinsElsewhere | Reason::TookOver(_) => 2,
        Reason::StoodIn | Reason::GaveWay => 3,
    }
}
