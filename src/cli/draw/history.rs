//! `deckle history`: what was drawn, and what was said of it.

use std::io::{self, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::card::{one_line, shortened};
use super::clock::Clock;
use super::journal::{Journal, refused};
use crate::cli::Terminal;
use crate::cli::args::HistoryArgs;
use crate::cli::failure::Failure;
use crate::cli::list::write_table;
use crate::cli::output::to_standard_output;
use crate::deck::Depth;
use crate::draw::Entry;
use crate::session::Seconds;

/// How many entries a person is shown.
const USUAL: usize = 30;

/// The width from which on there is room for the name of the deck.
const ROOMY: usize = 70;

/// The columns of a table but for the words, their gaps included.
const BESIDE: usize = 29;

/// The columns as CSV has them.
const HEAD: [&str; 10] =
    ["at", "night", "what", "code", "deck", "category", "depth", "prompt", "note", "seconds"];

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
    seconds: Option<u32>,
}

#[derive(Serialize)]
struct JsonHistory<'a> {
    deckle: u8,
    entries: Vec<Row<'a>>,
}

/// Lists what happened.
pub fn history(args: &HistoryArgs, terminal: &Terminal) -> Result<(), Failure> {
    let (ledger, path) = Journal::alone(&args.ledger)?.look()?;
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
        note: event.note(),
        seconds: event.seconds(),
    }
}

fn write_csv(out: &mut dyn Write, rows: &[Row]) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    writer.write_record(HEAD).map_err(io::Error::other)?;
    rows.iter().try_for_each(|row| writer.serialize(row)).map_err(io::Error::other)?;
    writer.flush()
}

fn table(out: &mut dyn Write, rows: &[Row], width: Option<usize>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let is_roomy = width.is_none_or(|width| width >= ROOMY);
    let decks = rows.iter().map(|row| one_line(row.deck).width()).max().unwrap_or(0);
    let beside = BESIDE + if is_roomy { decks.max(4) + 2 } else { 0 };
    let room = width.map_or(usize::MAX, |width| width.saturating_sub(beside).max(11));
    let line = |row: &Row| {
        // A note is what one looks for; the prompt behind it says what it is about.
        let words = match (row.note, row.seconds) {
            (Some(note), _) => format!("“{note}” {}", row.prompt),
            (None, Some(time)) => format!("{}: {}", Seconds(time), row.prompt),
            (None, None) => row.prompt.to_owned(),
        };
        let mut line = [&*row.night, row.what, row.code].map(str::to_owned).to_vec();
        line.extend(is_roomy.then(|| one_line(row.deck)));
        line.push(shortened(&one_line(&words), room));
        line
    };
    let rows: Vec<Vec<String>> = rows.iter().map(line).collect();
    let mut head = vec!["night", "what", "code"];
    head.extend(is_roomy.then_some("deck"));
    head.push("words");
    write_table(out, &head, &rows)
}
