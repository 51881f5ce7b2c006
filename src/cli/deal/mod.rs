//! `deckle deal`: from decks to packs that are equally long, deep and varied.

mod pattern;
mod summary;
mod write;

use std::path::PathBuf;

use crate::deck::Pick;
use crate::problem::Diagnostic;
use crate::select::{self, Dealt};

use super::args::{DealArgs, PrintSettings};
use super::choose::{Ask, Chosen, Guides, choose, count_asking};
use super::failure::{Exit, Failure};
use super::lean::Leaning;
use super::print::Settled;
use super::{Terminal, output};
use pattern::{Kind, Pattern};
use summary::Summary;
pub use write::{deck_files, name_from};

/// Deals, or tells why not.
pub fn deal(args: &DealArgs, terminal: &Terminal) -> Result<(), Failure> {
    let pattern = Pattern::read(args.output.as_deref(), args.packs)?;
    if args.settings.mix.is_some() && args.settings.count.is_none() {
        return Err(Failure::usage(super::print::mix_without_count()));
    }
    let mut job = Settled::read(&args.source, &args.settings, None)?;
    let leaning = Leaning::read(&args.lean)?;
    job.files.extend(leaning.iter().map(|leaning| leaning.file.clone()));
    let (packs, told) = dealt(&job, args, &pattern, leaning.as_ref())?;
    let printed = match pattern.kind {
        Kind::Table => {
            allow(&write::table_places(&packs), &job, args)?;
            write::tables(&packs, &job, args.dry_run)?;
            None
        }
        Kind::Document => {
            let loaded = job.load()?;
            allow(&packs.iter().map(|pack| pack.place.clone()).collect::<Vec<_>>(), &job, args)?;
            Some(write::documents(&packs, &job, &loaded, args, terminal)?)
        }
    };
    let places = printed.iter().flat_map(|printed| printed.notes.iter().cloned());
    let own = idle(args, pattern.kind).into_iter().chain(left_over(&pattern, args.packs));
    let notes = notices(&job, pattern.kind).into_iter().chain(own).chain(told).chain(places);
    let notes = notes.collect();
    let summary = Summary { decks: &job.decks, packs: &packs, seed: job.resolved.seed, notes };
    let sheets = printed.as_ref().map(|printed| &printed.sheets[..]);
    summary.tell(&job.resolved, sheets, args.dry_run, terminal);
    if args.json { summary.write_json() } else { Ok(()) }
}

/// Cards that go together, and where.
struct Pack {
    /// The number, from 1.
    number: usize,
    /// The name, such as `Pack 2 of 4`.
    name: String,
    /// The cards, in order.
    picks: Vec<Pick>,
    /// The file.
    place: PathBuf,
}

impl Pack {
    /// Returns what a deck of this title is called in this pack.
    fn title(&self, title: &str) -> String {
        format!("{title} · {}", self.name)
    }
}

/// Chooses the cards, deals them and puts those of each pack in order.
fn dealt(
    job: &Settled,
    args: &DealArgs,
    pattern: &Pattern,
    leaning: Option<&Leaning>,
) -> Result<(Vec<Pack>, Vec<Diagnostic>), Failure> {
    let (decks, resolved) = (&job.decks, &job.resolved);
    // A deck's usual number is for one table of people; a deal is of all that there is.
    let count = resolved.count.filter(|count| count.asked);
    let ask = Ask {
        filter: &args.filter,
        pins: &args.pins,
        count,
        guides: Guides::OnTop,
        mix: resolved.mix.filter(|_| count.is_some()),
        leaning,
        seed: resolved.seed,
    };
    let Chosen { picks, mut notes, supply, .. } = choose(decks, &ask)?;
    // All cards that guide are in.
    let supply = supply - (picks.len() - count_asking(&picks, decks));
    let Dealt { packs, notes: alike } = select::deal(decks, &picks, args.packs, resolved.seed)
        .map_err(|problems| refused(problems, args.packs, (supply, count.is_some())))?;
    notes.extend(alike);
    let all = packs.len();
    let mut dealt = Vec::with_capacity(all);
    for (number, mut picks) in (1..).zip(packs) {
        let place = pattern.place(number, all);
        let name = format!("Pack {number} of {all}");
        let told = select::arrange(&mut picks, decks, resolved.sequence);
        notes.extend(told.into_iter().map(|note| of_pack(note, &name)));
        dealt.push(Pack { number, name, picks, place });
    }
    Ok((dealt, notes))
}

/// Returns what is told of one pack alone.
fn of_pack(mut note: Diagnostic, name: &str) -> Diagnostic {
    note.found = format!("{name}: {}", note.found);
    note
}

/// Mends the advice: more cards than were asked for may be there, and filters may hide all of them.
fn refused(
    mut problems: Vec<Diagnostic>,
    packs: usize,
    (supply, is_counted): (usize, bool),
) -> Failure {
    for problem in problems.iter_mut().filter(|problem| problem.code == "too-many-packs") {
        if supply == 0 {
            problem.help = Some("choose other filters, or add cards that ask something".into());
        } else if is_counted && supply >= packs {
            let help = format!("raise --count to {packs} or more, or ask for fewer packs");
            problem.help = Some(help);
        }
    }
    let usage = problems.iter().any(|problem| problem.code == "no-packs");
    Failure { exit: if usage { Exit::Usage } else { Exit::Unmet }, problems }
}

fn allow(places: &[PathBuf], job: &Settled, args: &DealArgs) -> Result<(), Failure> {
    if let Some(place) = places.iter().find(|place| place.is_dir()) {
        let found = format!("{} is a folder", place.display());
        let problem = Diagnostic::error("output-is-folder", found);
        return Err(Failure::usage(problem.help("choose another name for the packs with -o")));
    }
    places.iter().try_for_each(|place| output::allow(place, &job.files, args.force || args.dry_run))
}

/// Tells of flags that say how to print where nothing is printed.
fn idle(args: &DealArgs, kind: Kind) -> Option<Diagnostic> {
    let choosing = PrintSettings {
        count: args.settings.count,
        mix: args.settings.mix.clone(),
        seed: args.settings.seed,
        sequence: args.settings.sequence,
        ..PrintSettings::default()
    };
    let prints = args.settings != choosing || args.name_cards;
    let found = "the packs are tables: what is said about paper, print and cards has no effect";
    let help = "print them at once with -o 'pack-{n}.pdf', or each table afterwards";
    (kind == Kind::Table && prints).then(|| Diagnostic::note("idle-print", found).help(help))
}

/// Tells of a pack that an earlier deal left: one behind the last of this deal, or a first one whose
/// number is written otherwise.
fn left_over(pattern: &Pattern, packs: usize) -> Option<Diagnostic> {
    let ours = |place: &PathBuf| (1..=packs).any(|number| pattern.place(number, packs) == *place);
    let others = [1, packs + 1].into_iter().flat_map(|number| pattern.places_of(number));
    let place = others.into_iter().find(|place| place.exists() && !ours(place))?;
    let found = format!("{} is there from another deal", place.display());
    Some(Diagnostic::note("old-pack", found).help("delete it if it belongs to none that you keep"))
}

/// Returns what was noticed on the way: of how to print only what is about to be printed.
fn notices(job: &Settled, kind: Kind) -> Vec<Diagnostic> {
    let settings = &job.resolved.notes;
    let holds = |note: &&Diagnostic| match kind {
        Kind::Table => !settings.contains(note),
        Kind::Document => note.code != "idle-seed",
    };
    job.notices.iter().filter(holds).cloned().collect()
}
