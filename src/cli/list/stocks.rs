//! `deckle list stocks`: the perforated and pre-cut sheets, with what is doubtful about them.

use std::io::{self, Write};

use serde::Serialize;

use super::{write_json, write_table};
use crate::cli::show::wrapped;
use crate::impose::Stock;

/// The last word on every list: figures from others are no measures.
const ADVICE: &str = "Measure your own sheet before you print on it: these figures are not the \
                      makers' own. Better ones go into `catalogue.toml`.";

/// A sheet as JSON tells it; lengths in millimetres.
#[derive(Serialize)]
struct StockEntry<'a> {
    name: &'a str,
    title: &'a str,
    sheet: &'a str,
    page_width_mm: f64,
    page_height_mm: f64,
    cards: usize,
    columns: usize,
    rows: usize,
    card_width_mm: f64,
    card_height_mm: f64,
    corner_radius_mm: f64,
    left_mm: f64,
    top_mm: f64,
    pitch_x_mm: f64,
    pitch_y_mm: f64,
    imbalance_x_mm: f64,
    imbalance_y_mm: f64,
    aliases: &'a [String],
    sources: &'a [String],
    note: Option<&'a str>,
}

/// Writes the sheets as a table with notes under it, or as JSON; `width` is that of the terminal.
///
/// # Errors
///
/// `out` cannot be written.
pub fn list_stocks(
    out: &mut dyn Write,
    stocks: &[Stock],
    json: bool,
    width: Option<usize>,
) -> io::Result<()> {
    if json {
        return write_json(out, "stocks", &stocks.iter().map(entry).collect::<Vec<_>>());
    }
    let rows: Vec<Vec<String>> = stocks.iter().map(row).collect();
    write_table(out, &["  stock", "what it is", "sheet", "cards", "a card, mm"], &rows)?;
    let notes = stocks.iter().filter_map(|stock| Some((&*stock.id, stock.note.clone()?)));
    write_section(out, "* what is doubtful", notes, width)?;
    let names = stocks.iter().map(|stock| (&*stock.id, other_numbers(stock).join(", ")));
    write_section(out, "other numbers of the same sheets", names, width)?;
    writeln!(out)?;
    wrapped(ADVICE, width).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn row(stock: &Stock) -> Vec<String> {
    let mark = if stock.note.is_some() { '*' } else { ' ' };
    let held = if stock.page.is_landscape() { ", wide" } else { "" };
    vec![
        format!("{mark} {}", stock.id),
        stock.name.clone(),
        format!("{}{held}", stock.sheet.id),
        format!("{} × {}", stock.columns, stock.rows),
        stock.card.to_string().trim_end_matches(" mm").into(),
    ]
}

/// Returns the other product numbers, without their makers where each is known alone.
fn other_numbers(stock: &Stock) -> Vec<&str> {
    let ends_with = |name: &str, number: &str| {
        name.strip_suffix(number).is_some_and(|maker| maker.ends_with('-'))
    };
    let is_short = |name: &&str| !stock.aliases.iter().any(|other| ends_with(name, other));
    let is_other = |name: &&str| !ends_with(&stock.id, name);
    stock.aliases.iter().map(String::as_str).filter(is_short).filter(is_other).collect()
}

/// Writes a text for each name under a heading, in lines that hang beside the names.
fn write_section<'a>(
    out: &mut dyn Write,
    heading: &str,
    entries: impl Iterator<Item = (&'a str, String)>,
    width: Option<usize>,
) -> io::Result<()> {
    let entries: Vec<(&str, String)> = entries.filter(|(_, text)| !text.is_empty()).collect();
    let Some(longest) = entries.iter().map(|(name, _)| name.chars().count()).max() else {
        return Ok(());
    };
    writeln!(out, "\n{heading}")?;
    let room = width.map(|width| width.saturating_sub(longest + 4).max(20));
    for (name, text) in &entries {
        for (at, line) in wrapped(text, room).iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            writeln!(out, "  {name:longest$}  {line}")?;
        }
    }
    Ok(())
}

fn entry(stock: &Stock) -> StockEntry<'_> {
    let imbalance = stock.imbalance();
    StockEntry {
        name: &stock.id,
        title: &stock.name,
        sheet: &stock.sheet.id,
        page_width_mm: stock.page.width.to_mm(),
        page_height_mm: stock.page.height.to_mm(),
        cards: stock.cells(),
        columns: stock.columns,
        rows: stock.rows,
        card_width_mm: stock.card.width.to_mm(),
        card_height_mm: stock.card.height.to_mm(),
        corner_radius_mm: stock.corner_radius.to_mm(),
        left_mm: stock.origin.x.to_mm(),
        top_mm: stock.origin.y.to_mm(),
        pitch_x_mm: stock.pitch.x.to_mm(),
        pitch_y_mm: stock.pitch.y.to_mm(),
        imbalance_x_mm: imbalance.x.to_mm(),
        imbalance_y_mm: imbalance.y.to_mm(),
        aliases: &stock.aliases,
        sources: &stock.sources,
        note: stock.note.as_deref(),
    }
}
