//! `deckle history`: what was drawn, and what was said of it.

use std::io::{self, Write};
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::card::{clean, shortened};
use super::clock::Clock;
use super::journal::{Journal, refused};
use crate::cli::Terminal;
use crate::cli::args::HistoryArgs;
use crate::cli::failure::Failure;
use crate::cli::list::write_table;
use crate::cli::output::to_standard_output;
use crate::cli::settings::Layers;
use crate::deck::Depth;
use crate::draw::{Entry, What};

/// How many entries a person is shown.
const USUAL: usize = 30;

/// The columns that a table needs beside the prompt.
const BESIDE: usize = 46;

/// An entry as JSON and CSV have it.
#[derive(Serialize)]
struct Row<'a> {
    at: String,
    night: String,
    what: &'static str,
    code: &'a str,
    deck: &'a str,
    category: &'a str,
    depth: Option<u8>,
    prompt: &'a str,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonHistory<'a> {
    deckle: u8,
    entries: Vec<Row<'a>>,
}

/// Lists what happened.
pub fn history(args: &HistoryArgs, terminal: &Terminal) -> Result<(), Failure> {
    let settings = Layers::read(Default::default(), Path::new(""))?.draw;
    let (ledger, path) = Journal::at(args.ledger.as_deref(), &settings)?.look()?;
    let entries = ledger.map_or(Ok(Vec::new()), |ledger| ledger.history());
    let entries = entries.map_err(|error| refused(&path, &error))?;
    let usual = if args.json || args.csv { 0 } else { USUAL };
    let last = match args.last.unwrap_or(usual) {
        0 => entries.len(),
        last => last.min(entries.len()),
    };
    let shown = &entries[entries.len() - last..];
    let zone = Clock::here().now.time_zone().clone();
    let rows: Vec<Row> = shown.iter().map(|entry| row(entry, &zone)).collect();
    to_standard_output(|out| {
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &JsonHistory { deckle: 1, entries: rows })?;
            writeln!(out)
        } else if args.csv {
            write_csv(out, &rows)
        } else {
            table(out, &rows, terminal.result_width)
        }
    })?;
    if entries.is_empty() {
        terminal.say("nothing was drawn yet: `deckle draw` begins");
    } else if last < entries.len() {
        terminal.say(&format!("the last {last} of {}; `--last 0` lists all", entries.len()));
    }
    Ok(())
}

fn row<'a>(entry: &'a Entry, zone: &TimeZone) -> Row<'a> {
    let Entry { event, card } = entry;
    let at = Timestamp::from_second(event.at).unwrap_or_default().to_zoned(zone.clone());
    Row {
        at: at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        night: event.night.to_string(),
        what: event.what.name(),
        code: &card.code,
        deck: &card.deck,
        category: &card.category,
        depth: card.depth.map(Depth::level),
        prompt: &card.prompt,
        note: event.detail.as_deref().filter(|_| event.what != What::Reworded),
    }
}

fn write_csv(out: &mut dyn Write, rows: &[Row]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    rows.iter().try_for_each(|row| writer.serialize(row)).map_err(io::Error::other)?;
    writer.flush()
}

fn table(out: &mut dyn Write, rows: &[Row], width: Option<usize>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let room = width.map_or(usize::MAX, |width| width.saturating_sub(BESIDE).max(16));
    let line = |row: &Row| {
        let note = row.note.map(|note| format!(" — {note}")).unwrap_or_default();
        let words = format!("{}{note}", row.prompt);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = shortened(&clean(&words), room);
        [&row.night, row.what, row.code, &clean(row.deck), &words].map(str::to_owned).to_vec()
    };
    let rows: Vec<Vec<String>> = rows.iter().map(line).collect();
    write_table(out, &["night", "what", "code", "deck", "prompt"], &rows)
}
