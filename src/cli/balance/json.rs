//! The balance for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::{Amount, Balance};
use crate::cli::lean::JsonLean;
use crate::select::{Reason, TableCell};

#[derive(Serialize)]
struct JsonBalance<'a> {
    deckle: u8,
    count: usize,
    guides: usize,
    mix: JsonMix,
    #[serde(skip_serializing_if = "Option::is_none")]
    lean: Option<JsonLean>,
    /// As text: many programs count exactly only to 53 bits.
    seed: String,
    algorithm: u8,
    depths: Vec<JsonDepth<'a>>,
    categories: Vec<JsonCategory<'a>>,
    cells: Vec<JsonCell<'a>>,
    totals: JsonTotals,
    cards: Vec<&'a str>,
    notes: Vec<JsonNote<'a>>,
}

#[derive(Serialize)]
struct JsonMix {
    name: Option<&'static str>,
    weights: [f64; 5],
}

#[derive(Serialize)]
struct JsonDepth<'a> {
    depth: u8,
    name: &'a str,
    #[serde(flatten)]
    numbers: JsonNumbers,
}

#[derive(Serialize)]
struct JsonCategory<'a> {
    id: &'a str,
    label: &'a str,
    #[serde(flatten)]
    numbers: JsonNumbers,
}

#[derive(Serialize)]
struct JsonCell<'a> {
    depth: u8,
    category: &'a str,
    #[serde(flatten)]
    numbers: JsonNumbers,
}

#[derive(Serialize)]
struct JsonTotals {
    wanted: usize,
    got: usize,
    available: usize,
}

#[derive(Serialize)]
struct JsonNumbers {
    wanted: usize,
    got: usize,
    available: usize,
    reason: Option<JsonReason>,
}

#[derive(Serialize)]
struct JsonReason {
    code: &'static str,
    text: String,
}

#[derive(Serialize)]
struct JsonNote<'a> {
    code: &'a str,
    text: &'a str,
}

impl From<&TableCell> for JsonNumbers {
    fn from(cell: &TableCell) -> Self {
        let reason = |reason: &Reason| JsonReason { code: reason.code(), text: reason.to_string() };
        Self {
            wanted: cell.wanted,
            got: cell.got,
            available: cell.available,
            reason: cell.reason.as_ref().map(reason),
        }
    }
}

/// Writes the balance as one object.
pub fn write(out: &mut dyn Write, balance: &Balance) -> io::Result<()> {
    let table = &balance.table;
    let cells = table.rows.iter().flat_map(|row| {
        row.cells.iter().zip(&table.columns).map(|(cell, column)| JsonCell {
            depth: row.depth.level(),
            category: &column.id,
            numbers: cell.into(),
        })
    });
    let depths = table.rows.iter().map(|row| JsonDepth {
        depth: row.depth.level(),
        name: &row.name,
        numbers: (&row.all).into(),
    });
    let categories = table.columns.iter().map(|column| JsonCategory {
        id: &column.id,
        label: &column.label,
        numbers: (&column.all).into(),
    });
    let total = &table.total;
    let answer = JsonBalance {
        deckle: 1,
        count: balance.picks.len(),
        guides: balance.guides(),
        mix: JsonMix { name: balance.mix.name(), weights: balance.mix.weights() },
        lean: balance.leaning.map(|leaning| leaning.json(Amount::Choice)),
        seed: balance.seed.to_string(),
        algorithm: 1,
        depths: depths.collect(),
        categories: categories.collect(),
        cells: cells.collect(),
        totals: JsonTotals { wanted: total.wanted, got: total.got, available: total.available },
        cards: balance.picks.iter().map(|pick| &*pick.of(balance.decks).1.code.0).collect(),
        notes: notes(balance),
    };
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}

fn notes<'a>(balance: &'a Balance) -> Vec<JsonNote<'a>> {
    balance.notes.iter().map(|note| JsonNote { code: note.code, text: &note.found }).collect()
}
