//! The second printing: records of what was printed, and what has changed since.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::deck::Deck;
use crate::impose::{Arrangement, SheetSpec, Stacking};
use crate::length::Length;
use crate::problem::{Diagnostic, counted};
use crate::record::{Changes, Record, Why};
use crate::select;

use super::super::Terminal;
use super::super::args::{FilterArgs, PrintArgs, PrintSettings, StackArg, SwitchArg};
use super::super::backs::BackChoice;
use super::super::choose;
use super::super::deal::name_from;
use super::super::failure::Failure;
use super::super::output::{self, Complete, Staged};
use super::super::settings::seen_from;
use super::resolve::{
    BUNDLED, Resolved, duplex_word, flip_word, marks_word, orientation_word, purpose_word,
    sequence_word, word,
};
use super::{Cards, Settled};

/// A first printing, from the record that was kept of it.
pub struct FirstPrinting {
    /// The file of the record.
    pub path: PathBuf,
    /// The record.
    pub record: Record,
    /// The settings it was printed with.
    pub settings: PrintSettings,
}

/// Reads a record.
pub fn read(path: &Path) -> Result<FirstPrinting, Failure> {
    if path == Path::new("-") {
        let problem = Diagnostic::error("no-standard-input", "a record is read from a file");
        return Err(Failure::usage(problem.help("name the file that `--record` wrote")));
    }
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    let source = path.display().to_string();
    // What is no text in this encoding is no record either, and is told as such.
    let record = Record::read(&String::from_utf8_lossy(&bytes), &source)
        .map_err(|problem| Failure::unmet(vec![*problem]))?;
    let mut settings: PrintSettings =
        serde_json::from_value(record.settings.clone()).map_err(|error| {
            Failure::unmet(vec![*Record::unreadable(&source, &format!("settings, {error}"))])
        })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let names = settings.font.iter_mut().chain(&mut settings.back);
    names.for_each(|name| *name = seen_from(folder, name));
    Ok(FirstPrinting { path: path.to_owned(), record, settings })
}

impl FirstPrinting {
    /// Refuses another purpose than that of the first printing: new cards could not look like those on
    /// paper.
    pub fn refuse_purpose(&self, flags: &PrintSettings) -> Result<(), Failure> {
        let (Some(asked), Some(was)) = (flags.purpose, self.settings.purpose) else {
            return Ok(());
        };
        if asked == was {
            return Ok(());
        }
        let found =
            format!("`--for {}`, and the first printing was for {}", word(asked), word(was));
        let problem = Diagnostic::error("another-purpose", found);
        Err(Failure::usage(problem.help("leave out `--for`, or print the whole deck anew")))
    }
}

/// Returns the cards that have changed since the first printing.
pub fn changed(
    first: &FirstPrinting,
    job: &Settled,
    filter: &FilterArgs,
) -> Result<Cards, Failure> {
    let decks = &job.decks;
    let (pool, held_back) = choose::pool(decks, filter)?;
    let changes = first.record.changes(decks, &pool);
    let Changes { print: mut picks, take_out, stay, after } =
        changes.map_err(|problem| Failure::unmet(vec![*problem]))?;
    let were = if stay == 1 { "it was" } else { "they were" };
    let stay = format!("{} as {were}", counted(stay, "card"));
    let found = match picks.len() {
        0 => format!("no card is new or edited since the first printing, {stay}"),
        new => format!("{} new or edited since the first printing, {stay}", counted(new, "card")),
    };
    let mut notes = vec![Diagnostic::note("second-printing", found)];
    notes.extend(held_back);
    notes.extend(select::arrange(&mut picks, decks, job.resolved.sequence));
    // No number of cards can be asked for here.
    Ok(Cards { picks, supply: 0, notes, take_out, after: Some(after) })
}

/// Writes the record of this printing, all but its name, where one is wanted.
pub fn record(job: &Settled, cards: &Cards, args: &PrintArgs) -> Result<Option<Complete>, Failure> {
    let Some(place) = &args.again.record else { return Ok(None) };
    // A record may take the place of the one before: nothing else of the inputs may be lost.
    let before = args.again.changed_since.as_ref();
    let inputs: Vec<PathBuf> =
        job.files.iter().filter(|file| Some(*file) != before).cloned().collect();
    output::allow(place, &inputs, args.force || args.dry_run)?;
    if args.dry_run {
        return Ok(None);
    }
    let folder = place.parent().unwrap_or(Path::new(""));
    let settings = settings(&job.resolved, folder);
    let record = match &cards.after {
        Some(after) => Record { settings, ..after.clone() },
        None => Record::of(&job.decks, &cards.picks, settings),
    };
    let writing = |error: &std::io::Error| Failure::writing(place, error);
    let mut staged = Staged::new(place).map_err(|error| writing(&error))?;
    staged.write_all(record.to_json().as_bytes()).map_err(|error| writing(&error))?;
    staged.complete().map(Some)
}

/// Returns the settings that another printing needs to look the same, also those that nobody asked for;
/// files are named as they are seen from `folder`.
fn settings(resolved: &Resolved, folder: &Path) -> Value {
    let sheet = &resolved.sheet;
    let named = |name: &String| match Path::new(name) {
        path if path.is_file() => name_from(folder, path),
        _ => name.clone(),
    };
    let fonts: Vec<String> = resolved.fonts.iter().map(named).collect();
    let back = match &resolved.back {
        BackChoice::Line => "line".into(),
        BackChoice::LineByDepth => "line-by-depth".into(),
        BackChoice::Ground => "ground".into(),
        BackChoice::Picture(path) => name_from(folder, path),
    };
    let switch = |on: bool| Some(if on { SwitchArg::On } else { SwitchArg::Off });
    let faces = sheet.arrangement == Arrangement::Faces;
    let usual = PrintSettings::default;
    let on_sheets = PrintSettings {
        duplex: Some(duplex_word(sheet.duplex)),
        flip: Some(flip_word(sheet.flip)),
        stack: Some(stack_word(sheet)),
        ..usual()
    };
    // A stock decides where cards stand, and single faces stand on no sheet.
    let settings = match &resolved.stock {
        _ if faces => PrintSettings { size: Some(sheet.grid.face().as_written()), ..usual() },
        Some(stock) => PrintSettings { stock: Some(stock.clone()), ..on_sheets },
        None => PrintSettings {
            size: Some(sheet.grid.face().as_written()),
            paper: Some(sheet.grid.page.as_written()),
            stock: Some("none".into()),
            orientation: Some(orientation_word(sheet)),
            margin: Some(exact(sheet.margin)),
            gutter: Some(format!("{},{}", exact(sheet.gutter.x), exact(sheet.gutter.y))),
            marks: Some(marks_word(sheet.marks)),
            ..on_sheets
        },
    };
    let settings = PrintSettings {
        purpose: Some(purpose_word(sheet.purpose)),
        bleed: Some(exact(sheet.bleed)),
        corner_radius: Some(exact(sheet.corner_radius)),
        faces: switch(faces),
        sequence: Some(sequence_word(resolved.sequence)),
        seed: Some(resolved.seed),
        theme: Some(resolved.theme),
        ink_saver: switch(resolved.look.ink_saver),
        large_print: switch(resolved.look.large_print),
        font: if fonts.is_empty() { vec![BUNDLED.into()] } else { fonts },
        codes: switch(resolved.look.codes),
        back: Some(back),
        printer: Some(resolved.printer.clone().unwrap_or_else(|| "none".into())),
        colour: Some(resolved.colour),
        dpi: Some(resolved.dpi),
        ..settings
    };
    let mut value = serde_json::to_value(settings).unwrap_or_default();
    if let Some(settings) = value.as_object_mut() {
        settings.retain(|_, value| !value.is_null());
    }
    value
}

/// Returns a length with all its digits; what people are shown is rounded.
fn exact(length: Length) -> String {
    format!("{}mm", length.to_mm())
}

fn stack_word(sheet: &SheetSpec) -> StackArg {
    match sheet.stacking {
        Stacking::SheetBySheet => StackArg(None),
        Stacking::CutAndStack { block } => StackArg(Some(block)),
    }
}

/// Lists the cards to take out of the deck of paper.
pub fn tell(cards: &Cards, decks: &[Deck], terminal: &Terminal) {
    let take_out = &cards.take_out;
    let copies: usize = take_out.iter().map(|out| out.copies).sum();
    if copies == 0 {
        return;
    }
    terminal.say(&format!("take {} out of the deck:", counted(copies, "card")));
    let widest = take_out.iter().map(|out| out.card.code.chars().count()).max().unwrap_or_default();
    for taken in take_out {
        let prompt = taken.card.prompt.split_whitespace().collect::<Vec<_>>().join(" ");
        let copies = match taken.copies {
            1 => String::new(),
            copies => format!("{copies} × "),
        };
        let why = match taken.why {
            Why::Replaced => "replaced",
            Why::TooMany => "too many",
            Why::Gone => "gone",
        };
        terminal.say(&format!("  {:widest$}  {why:8}  {copies}{prompt}", taken.card.code));
    }
    let has_new = |code: &str| cards.picks.iter().any(|pick| *pick.of(decks).1.code.0 == *code);
    let replaced = take_out.iter().filter(|taken| taken.why == Why::Replaced);
    if replaced.clone().any(|taken| has_new(&taken.card.code)) {
        terminal
            .say("a replaced card has the code of the new one: take it out before you put that in");
    }
}
