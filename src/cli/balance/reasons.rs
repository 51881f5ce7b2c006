//! Why numbers of cards are not those that were wanted, in few lines.

use std::cmp::Reverse;

use crate::deck::Depth;
use crate::select::{Reason, Table, TableCell, TableColumn, TableRow, depth_heading};

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
    if balance.is_whole() {
        return imbalances(balance);
    }
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
        let words = format!("and {rest} more lines of this sort, in --json");
        lines.push(Why { name: String::new(), words });
    }
    lines
}

/// Returns what is more and what is less than a fair share where all cards are in: depths, then
/// categories, those furthest from it first.
fn imbalances(balance: &Balance) -> Vec<Why> {
    let line = |name: &str, sum: &TableCell| {
        let words = format!("{} where {} would be a fair share", sum.got, sum.wanted);
        (sum.got != sum.wanted).then(|| Why { name: name.to_owned(), words })
    };
    let rows = balance.table.rows.iter().filter_map(|row| line(&row.heading, &row.all));
    let mut lines: Vec<Why> = rows.chain(missing_depths(balance)).collect();
    let mut columns: Vec<&TableColumn> = balance.table.columns.iter().collect();
    columns.sort_by_key(|column| Reverse(column.all.got.abs_diff(column.all.wanted)));
    lines.extend(
        columns.into_iter().filter_map(|column| line(&column.label, &column.all)).take(MOST),
    );
    lines
}

/// Returns a line for each depth that the mix wants and no card has.
fn missing_depths(balance: &Balance) -> Vec<Why> {
    let all = balance.decks.iter().flat_map(|deck| &deck.cards);
    // Decks that name fewer depths mean no others.
    let meant = |depth: Depth| depth_heading(depth, balance.decks) != depth.to_string();
    let empty = |depth: &Depth| {
        balance.mix.weighs(*depth)
            && meant(*depth)
            && !all.clone().any(|card| card.depth == Some(*depth))
    };
    let line = |depth: Depth| Why {
        name: depth_heading(depth, balance.decks),
        words: "no card has this depth".into(),
    };
    Depth::ALL.into_iter().filter(empty).map(line).collect()
}

fn depths(balance: &Balance) -> Vec<Why> {
    let line = |row: &TableRow| {
        let reason = row.all.reason.as_ref()?;
        let words = format!("{} where {} were wanted: {reason}", row.all.got, row.all.wanted);
        Some(Why { name: row.heading.clone(), words })
    };
    let lines = balance.table.rows.iter().filter_map(line);
    lines.chain(missing_depths(balance)).collect()
}

/// Returns a line for each category and each reason that its cells have.
fn cells(table: &Table) -> Vec<Why> {
    let mut groups: Vec<(&Reason, bool, usize, Vec<Depth>)> = Vec::new();
    for at in 0..table.columns.len() {
        for row in &table.rows {
            let cell = &row.cells[at];
            let Some(reason) = &cell.reason else { continue };
            let is_empty = cell.available == 0;
            let known = groups
                .iter_mut()
                .find(|group| (group.0, group.1, group.2) == (reason, is_empty, at));
            match known {
                Some(group) => group.3.push(row.depth),
                None => groups.push((reason, is_empty, at, vec![row.depth])),
            }
        }
    }
    groups.sort_by_key(|group| rank(group.0));
    let line = |(reason, is_empty, at, depths): (&Reason, bool, usize, Vec<Depth>)| {
        let name = table.columns[at].label.clone();
        let depths: Vec<String> = depths.iter().map(Depth::to_string).collect();
        let reason = match reason {
            Reason::Short if is_empty => "there are none".to_owned(),
            reason => reason.to_string(),
        };
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
