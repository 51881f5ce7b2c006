//! `deckle list stocks`: the perforated and pre-cut sheets, with what is doubtful about them.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{write_json, write_table};
use crate::cli::show::wrapped;
use crate::impose::Stock;

/// The last word on every list: figures from others are no measures.
const ADVICE: &str = "Measure your own sheet before you print on it: these figures are not the \
                      makers' own. Better ones go into";

/// The heads of the columns.
const HEAD: [&str; 6] = ["  stock", "what it is", "sheet", "cards", "a card, mm", "left, top, mm"];

/// The columns that are left out where there is no room for all, the least needed first.
const SPARED: [&str; 4] = [HEAD[5], HEAD[1], HEAD[2], HEAD[3]];

/// The least room for words beside the name that they belong to.
const LEAST_WORDS: usize = 24;

/// How wide a table may be that goes to a file or a program.
const UNKNOWN_WIDTH: usize = 80;

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

/// Writes the sheets as a table with notes under it, or as JSON; `own` is the place for the user's own
/// sheets, and `width` that of the terminal.
///
/// # Errors
///
/// `out` cannot be written.
pub fn list_stocks(
    out: &mut dyn Write,
    stocks: &[Stock],
    own: Option<&Path>,
    json: bool,
    width: Option<usize>,
) -> io::Result<()> {
    if json {
        return write_json(out, "stocks", &stocks.iter().map(entry).collect::<Vec<_>>());
    }
    let (head, rows) = fitting(stocks.iter().map(row).collect(), width.unwrap_or(UNKNOWN_WIDTH));
    write_table(out, &head, &rows)?;
    let notes = stocks.iter().filter_map(|stock| Some((&*stock.id, stock.note.clone()?)));
    write_section(out, "* what is doubtful", notes, width)?;
    let names = stocks.iter().map(|stock| (&*stock.id, other_numbers(stock).join(", ")));
    write_section(out, "other numbers of the same sheets", names, width)?;
    writeln!(out)?;
    let own = own.unwrap_or(Path::new("catalogue.toml")).display();
    let advice = format!("{ADVICE} `{own}`.");
    wrapped(&advice, width).iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Returns heads and rows without the columns for which there is no room.
fn fitting(mut rows: Vec<Vec<String>>, room: usize) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let mut head = HEAD.to_vec();
    for spared in SPARED {
        let cells = |at: usize| rows.iter().map(move |row| row[at].width());
        let width = |at: usize| cells(at).max().unwrap_or(0).max(head[at].width());
        if (0..head.len()).map(width).sum::<usize>() + 2 * (head.len() - 1) <= room {
            break;
        }
        if let Some(at) = head.iter().position(|column| *column == spared) {
            head.remove(at);
            rows.iter_mut().for_each(|row| drop(row.remove(at)));
        }
    }
    (head, rows)
}

fn row(stock: &Stock) -> Vec<String> {
    let mark = if stock.note.is_some() { '*' } else { ' ' };
    let held = if stock.page.is_landscape() { ", wide" } else { "" };
    vec![
        format!("{mark} {}", stock.id),
        stock.name.clone(),
        format!("{}{held}", stock.sheet.id),
        format!("{} × {}", stock.columns, stock.rows),
        bare(stock.card),
        format!("{}, {}", bare(stock.origin.x), bare(stock.origin.y)),
    ]
}

/// Returns a measure without its unit, which the head of the column says.
fn bare(measure: impl ToString) -> String {
    measure.to_string().trim_end_matches(" mm").into()
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
    // In a narrow terminal words stand under the name, where there is room for them.
    let is_narrow = width.is_some_and(|width| width < longest + 4 + LEAST_WORDS);
    let indent = if is_narrow { 4 } else { longest + 4 };
    let room = width.map(|width| width.saturating_sub(indent).max(1));
    for (name, text) in &entries {
        if is_narrow {
            writeln!(out, "  {name}")?;
        }
        for (at, line) in wrapped(text, room).iter().enumerate() {
            let name = if at == 0 && !is_narrow { name } else { "" };
            let wide = indent - 4;
            writeln!(out, "  {name:wide$}  {line}")?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::Catalogues;

    fn table(width: usize) -> Vec<String> {
        let (mut out, own) = (Vec::new(), Path::new("/home/ada/catalogue.toml"));
        let stocks = Catalogues::bundled().stocks;
        list_stocks(&mut out, &stocks, Some(own), false, Some(width)).expect("memory takes it");
        let text = String::from_utf8(out).expect("it is text");
        assert!(text.ends_with("`/home/ada/catalogue.toml`.\n"), "{text}");
        let long = text.lines().find(|line| line.width() > width);
        assert_eq!(long, None, "{width}");
        let table = text.split("\n\n").next().unwrap_or_default();
        table.lines().map(str::to_owned).collect()
    }

    #[test]
    fn columns_for_which_there_is_no_room_are_left_out() {
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let second = |width: usize| words(&table(width)[2]);
        assert_eq!(
            second(120),
            "avery-8373 Business cards, gaps letter 2 × 4 88.9 × 50.8 12.7, 19.05"
        );
        assert_eq!(second(80), "avery-8373 Business cards, gaps letter 2 × 4 88.9 × 50.8");
        assert_eq!(second(60), "avery-8373 letter 2 × 4 88.9 × 50.8");
        assert_eq!(second(40), "avery-8373 88.9 × 50.8");
        assert_eq!(words(&table(120)[0]), "stock what it is sheet cards a card, mm left, top, mm");
    }
}
