//! The smaller commands, from flags to files: check, show, new, list.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::{CheckArgs, ListArg, ListArgs, NewArgs, ShowArgs};
use super::check::{CheckSettings, Checked, check};
use super::failure::Failure;
use super::output::to_standard_output;
use super::show::{GroupBy, ShowSettings, show};
use super::sources::{Input, read_decks, read_inputs};
use super::{Terminal, calibrate, choose, list, new, output, print, proof, session};
use crate::deck::{self, Deck, Loaded, Pick};
use crate::impose::{Catalogue, Format};
use crate::lint;
use crate::problem::Diagnostic;

/// `deckle check`: tells every problem, or fills in ids.
pub fn check_decks(args: &CheckArgs, terminal: &Terminal) -> Result<(), Failure> {
    let inputs = read_inputs(&args.source)?;
    if args.write_ids {
        return inputs.iter().try_for_each(|input| write_ids(input, terminal));
    }
    let loaded = inputs.iter().map(|input| {
        let mut loaded = deck::read(input.source());
        if let Some(deck) = &loaded.deck {
            loaded.problems.extend(print::misfits(deck, &input.folder)?);
        }
        Ok((&input.name[..], loaded))
    });
    let loaded: Vec<(&str, Loaded)> = loaded.collect::<Result<_, Failure>>()?;
    // Programs get all there is.
    let checked = linted(loaded, if args.json { usize::MAX } else { MOST_OF_A_RULE });
    let settings = CheckSettings { json: args.json, style: terminal.result_style() };
    let [problems, findings] = to_standard_output(|out| check(out, &checked, settings))?;
    let denied = problems.warnings + findings.errors + findings.warnings;
    let failed = problems.errors > 0 || (args.deny && denied > 0);
    if failed { Err(Failure::unmet(Vec::new())) } else { Ok(()) }
}

/// How many findings of a rule a person is told one by one.
const MOST_OF_A_RULE: usize = 10;

/// Adds what the lint finds in the decks that could be read.
fn linted(loaded: Vec<(&str, Loaded)>, most: usize) -> Vec<Checked<'_>> {
    let decks: Vec<&Deck> = loaded.iter().filter_map(|(_, loaded)| loaded.deck.as_ref()).collect();
    let mut findings = lint::lint(&decks, most).into_iter();
    let checked = |(name, loaded): (_, Loaded)| {
        let findings = loaded.deck.as_ref().and_then(|_| findings.next()).unwrap_or_default();
        Checked { name, loaded, findings }
    };
    loaded.into_iter().map(checked).collect()
}

fn write_ids(input: &Input, terminal: &Terminal) -> Result<(), Failure> {
    let Some(path) = input.files.first() else {
        let found = format!("`{}` is no file that could be written to", input.name);
        let help = "copy the deck first: `deckle new NAME --from DECK`";
        return Err(Failure::usage(Diagnostic::error("no-file", found).help(help)));
    };
    let bytes = deck::write_ids(input.source()).map_err(Failure::unmet)?;
    if bytes == input.bytes {
        terminal.say(&format!("every card of {} has its id already", path.display()));
        return Ok(());
    }
    output::write_whole(path, &bytes)?;
    terminal.say(&format!("wrote ids into {}", path.display()));
    Ok(())
}

/// `deckle show`: lists the cards, or draws a contact sheet of them.
pub fn show_decks(args: &ShowArgs, terminal: &Terminal) -> Result<(), Failure> {
    let mut decks = read_decks(&args.source)?;
    let (picks, held_back) = choose::pool(&decks.decks, &args.filter)?;
    decks.notices.extend(held_back);
    keep(&mut decks.decks, &picks);
    if let Some(place) = &args.output {
        return proof::proof(&decks, place, args.force, terminal);
    }
    let by = if args.by_depth { GroupBy::Depth } else { GroupBy::Category };
    let settings = ShowSettings {
        by,
        width: terminal.result_width,
        colour: terminal.paints_results,
        json: args.json,
    };
    to_standard_output(|out| show(out, &decks.decks, settings))?;
    terminal.tell(&decks.notices);
    Ok(())
}

/// Takes all cards but those out of the decks.
fn keep(decks: &mut [Deck], picks: &[Pick]) {
    let kept: HashSet<(u32, u32)> = picks.iter().map(|pick| (pick.deck, pick.card)).collect();
    for (number, deck) in (0..).zip(decks) {
        let mut at = 0..;
        deck.cards.retain(|_| kept.contains(&(number, at.next().unwrap_or_default())));
    }
}

/// `deckle new`: writes a table and the file beside it.
pub fn new_deck(args: &NewArgs, terminal: &Terminal) -> Result<(), Failure> {
    let table = PathBuf::from(&args.name);
    let has_ending = table.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let table = if has_ending { table } else { PathBuf::from(format!("{}.csv", args.name)) };
    let meta = table.with_extension("toml");
    let stem = table.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(help) = bad_name(&args.name, &stem) {
        let found = format!("`{}` cannot be the name of a new deck", args.name);
        return Err(Failure::usage(Diagnostic::error("bad-name", found).help(help)));
    }
    let (deck, read) = match &args.from {
        None => (new::starter(), Vec::new()),
        Some(from) => copied(from, &stem)?,
    };
    for place in [&table, &meta] {
        output::allow(place, &read, args.force)?;
    }
    let files = [(&*table, deck.table.as_bytes()), (&*meta, deck.meta.as_bytes())];
    output::write_together(&files)?;
    terminal.tell(&deck.notes);
    terminal.say(&format!("wrote {} and {}", table.display(), meta.display()));
    terminal.say(&format!("edit them, then `deckle print {}`", quoted(&table)));
    Ok(())
}

/// Returns why a deck cannot have this name, as advice for a better one.
fn bad_name(name: &str, stem: &str) -> Option<String> {
    let stranger = Path::new(name).extension().and_then(|ending| ending.to_str());
    if let Some("xlsx" | "xls" | "ods" | "tsv" | "txt" | "toml" | "pdf" | "json") = stranger {
        let plain = Path::new(name).with_extension("");
        return Some(format!("a new deck is a CSV table: `deckle new {}`", quoted(&plain)));
    }
    let has_letter = stem.chars().any(char::is_alphanumeric);
    if name.is_empty() || !has_letter || name.ends_with(['/', '\\']) || stem.starts_with('-') {
        return Some("choose a name of letters, such as `our-deck`".into());
    }
    if print::is_built_in(name) {
        let help = "choose a name of its own, such as `our-deck`: built-in names win over files";
        return Some(help.into());
    }
    let reserved = ["con", "prn", "aux", "nul"].contains(&&*stem.to_lowercase());
    reserved.then(|| "Windows keeps that name for itself; choose another".into())
}

/// Returns the path as it is typed: in quotes where a blank would tear it in two.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text }
}

fn copied(from: &str, stem: &str) -> Result<(new::NewDeck, Vec<PathBuf>), Failure> {
    let args = super::args::DeckArgs { decks: vec![from.to_owned()], meta: None };
    let inputs = read_inputs(&args)?;
    let [input] = &inputs[..] else {
        let found = format!("`{from}` means {} files", inputs.len());
        let problem = Diagnostic::error("several-files", found).help("name one of them");
        return Err(Failure::usage(problem));
    };
    let deck = new::copy(stem, input.source()).map_err(Failure::unmet)?;
    Ok((deck, input.files.clone()))
}

/// `deckle list`: writes a catalogue.
pub fn list(args: &ListArgs, terminal: &Terminal) -> Result<(), Failure> {
    let json = args.json;
    let catalogues = |listed: Catalogue| {
        let (catalogues, mut told) = print::read_catalogues()?;
        let of_listed = catalogues.replaced.iter().filter(|it| it.catalogue == listed);
        told.extend(of_listed.map(|replaced| replaced.note.clone()));
        terminal.tell(&told);
        Ok::<_, Failure>(catalogues)
    };
    match args.what {
        ListArg::Decks => to_standard_output(|out| list::list_decks(out, json)),
        ListArg::Formats => session::list(json, terminal),
        ListArg::Fonts if args.licenses => to_standard_output(|out| list::list_font_licences(out)),
        ListArg::Fonts => to_standard_output(|out| list::list_fonts(out, json)),
        ListArg::Printers => calibrate::list(json),
        ListArg::Rules => to_standard_output(|out| list::list_rules(out, json)),
        ListArg::Sizes => list_formats("sizes", &catalogues(Catalogue::Sizes)?.sizes, json),
        ListArg::Papers => list_formats("papers", &catalogues(Catalogue::Papers)?.papers, json),
        ListArg::Stocks => {
            let (stocks, width) = (catalogues(Catalogue::Stocks)?.stocks, terminal.result_width);
            let own = print::own_catalogue();
            to_standard_output(|out| list::list_stocks(out, &stocks, own.as_deref(), json, width))
        }
    }
}

/// A card format or a paper as JSON tells it; lengths in millimetres.
#[derive(Serialize)]
struct FormatEntry<'a> {
    name: &'a str,
    title: &'a str,
    width_mm: f64,
    height_mm: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    corner_radius_mm: Option<f64>,
    aliases: &'a [String],
}

fn list_formats(what: &str, formats: &[Format], json: bool) -> Result<(), Failure> {
    let is_card = what == "sizes";
    if json {
        let entry = |format| entry(format, is_card);
        let entries: Vec<FormatEntry> = formats.iter().map(entry).collect();
        return to_standard_output(|out| list::write_json(out, what, &entries));
    }
    let row = |format: &Format| {
        let mut row = vec![format.id.clone(), format.name.clone(), format.size.to_string()];
        row.push(format.aliases.join(", "));
        row
    };
    let rows: Vec<Vec<String>> = formats.iter().map(row).collect();
    let head = [if is_card { "size" } else { "paper" }, "what it is", "measures", "also"];
    to_standard_output(|out| list::write_table(out, &head, &rows))
}

fn entry(format: &Format, is_card: bool) -> FormatEntry<'_> {
    FormatEntry {
        name: &format.id,
        title: &format.name,
        width_mm: format.size.width.to_mm(),
        height_mm: format.size.height.to_mm(),
        corner_radius_mm: is_card.then(|| format.corner_radius.to_mm()),
        aliases: &format.aliases,
    }
}
