//! The files of packs; none appears before all of them are whole.

use std::path::{Path, PathBuf};

use crate::deck;
use crate::font::FontStore;
use crate::problem::{Diagnostic, counted};
use crate::run::{Backs, Run, RunRequest, slug_setter};

use super::super::Terminal;
use super::super::args::DealArgs;
use super::super::failure::Failure;
use super::super::new::BOM;
use super::super::output::{self, Complete};
use super::super::print::{Settled, SheetPages};
use super::Pack;

/// Returns every file that tables make: each with the file beside it.
pub fn table_places(packs: &[Pack]) -> Vec<PathBuf> {
    packs.iter().flat_map(|pack| [pack.place.clone(), beside(&pack.place)]).collect()
}

fn beside(table: &Path) -> PathBuf {
    table.with_extension("toml")
}

/// Writes each pack as a deck of its own.
pub fn tables(packs: &[Pack], job: &Settled, dry_run: bool) -> Result<(), Failure> {
    if dry_run {
        return Ok(());
    }
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for pack in packs {
        let title = format!("{} · pack {}", job.decks[0].meta.title, pack.number);
        let deck = deck::Pack { decks: &job.decks, picks: &pack.picks, title: &title };
        files.extend(deck_files(&deck, &pack.place));
    }
    let files: Vec<(&Path, &[u8])> =
        files.iter().map(|(place, bytes)| (place.as_path(), bytes.as_slice())).collect();
    output::write_together(&files)
}

/// Returns the files of a deck whose table stands at `place`: the table, and the file beside it.
pub fn deck_files(deck: &deck::Pack, place: &Path) -> [(PathBuf, Vec<u8>); 2] {
    let folder = place.parent().unwrap_or(Path::new(""));
    let meta = deck.meta(&|path| name_from(folder, path));
    let table = format!("{BOM}{}", deck.table());
    [(place.to_owned(), table.into_bytes()), (beside(place), meta.into_bytes())]
}

/// Returns the name by which a file that is seen from here is found from `folder`: a relative one
/// if both are named from here, for then they belong together and may be moved together.
pub fn name_from(folder: &Path, path: &Path) -> String {
    if let Ok(inside) = path.strip_prefix(folder)
        && folder.is_absolute() == path.is_absolute()
    {
        return inside.display().to_string();
    }
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let whole_path = whole(path);
    let together = folder.is_relative() && path.is_relative();
    let seen = together.then(|| pathdiff::diff_paths(&whole_path, whole(folder))).flatten();
    seen.unwrap_or(whole_path).display().to_string()
}

/// What came of printing packs.
pub struct Printed {
    /// The number of sheets of each.
    pub sheets: Vec<usize>,
    /// What the imposition has to tell.
    pub notes: Vec<Diagnostic>,
}

/// Prints each pack.
pub fn documents(
    packs: &[Pack],
    job: &Settled,
    (fonts, backs): &(FontStore, Backs),
    args: &DealArgs,
    terminal: &Terminal,
) -> Result<Printed, Failure> {
    let titles: Vec<String> =
        packs.iter().map(|pack| pack.title(&job.decks[0].meta.title)).collect();
    let runs = runs(packs, &titles, job, (fonts, backs), args.name_cards)?;
    let text = slug_setter(fonts);
    let mut sheets_of = Vec::new();
    let mut notes = Vec::new();
    let mut files: Vec<Complete> = Vec::new();
    for ((pack, run), title) in packs.iter().zip(&runs).zip(&titles) {
        let sheets = run.sheets(&text);
        sheets_of.push(sheets.count());
        notes.push([run.notes(), sheets.notes().to_vec()].concat());
        if !args.dry_run {
            let pages = SheetPages::new(run, &sheets);
            let mut painting = job.painting(&pages, fonts, terminal.is_person);
            painting.pdf.title.clone_from(title);
            files.push(painting.document(&pack.place)?);
        }
    }
    output::name_together(files)?;
    Ok(Printed { sheets: sheets_of, notes: gathered(&notes) })
}

/// Returns what is told of some packs, each once, with the number of packs it holds for.
fn gathered(told: &[Vec<Diagnostic>]) -> Vec<Diagnostic> {
    let mut notes: Vec<(Diagnostic, usize)> = Vec::new();
    for note in told.iter().flatten() {
        match notes.iter_mut().find(|(known, _)| known.found == note.found) {
            Some((_, packs)) => *packs += 1,
            None => notes.push((note.clone(), 1)),
        }
    }
    let named = |(mut note, packs): (Diagnostic, usize)| {
        if packs < told.len() {
            note.found = format!("in {}: {}", counted(packs, "pack"), note.found);
        }
        note
    };
    notes.into_iter().map(named).collect()
}

/// Sets the type of all packs, or tells every card of any that cannot be set.
fn runs<'a>(
    packs: &'a [Pack],
    titles: &'a [String],
    job: &'a Settled,
    (fonts, backs): (&'a FontStore, &Backs),
    name_cards: bool,
) -> Result<Vec<Run<'a>>, Failure> {
    let mut runs = Vec::with_capacity(packs.len());
    let mut problems: Vec<Diagnostic> = Vec::new();
    for (pack, title) in packs.iter().zip(titles) {
        let request = RunRequest { title, ..job.request(&pack.picks, backs.clone()) };
        match Run::new(fonts, request) {
            Ok(run) if name_cards => runs.push(run.in_pack(pack.number.to_string())),
            Ok(run) => runs.push(run),
            // A guide card that cannot be set is in every pack.
            Err(told) => told.into_iter().for_each(|problem| {
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }),
        }
    }
    if problems.is_empty() { Ok(runs) } else { Err(Failure::unmet(problems)) }
}
