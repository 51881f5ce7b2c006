//! `deckle print`: from tables to sheets.

mod outputs;
mod pages;
mod register;
mod resolve;
mod second;
mod settled;
mod summary;
mod ticket;

use crate::deck::{Pick, builtin};
use crate::problem::Diagnostic;
use crate::record::{Record, TakeOut};
use crate::run::{self, Run, Sheets};
use crate::select;

use super::args::{AgainArgs, ColourArg, PrintArgs};
use super::choose::{Ask, Chosen, Guides, choose};
use super::failure::Failure;
use super::lean::Leaning;
use super::painting::Format;
use super::{Terminal, output};
use outputs::Outputs;
pub use pages::SheetPages;
pub use resolve::{Resolved, mix_without_count};
pub use settled::{Settled, empty_cells, load_fonts, misfits, own_catalogue, read_catalogues};
pub use summary::how_to_print;

/// Prints, or tells why not.
pub fn print(args: PrintArgs, terminal: &Terminal) -> Result<(), Failure> {
    let format = args.output.as_deref().map_or(Ok(Format::Pdf), Format::of);
    let first = args.again.changed_since.as_deref().map(second::read).transpose()?;
    first.as_ref().map_or(Ok(()), |first| first.refuse_purpose(&args.settings))?;
    let mut job = Settled::read(&args.source, &args.settings, first.as_ref())?;
    if args.show_settings {
        return summary::settings(&job.resolved);
    }
    let format = format?;
    job.notices.extend(rgb_alone(format, &job.resolved));
    let outputs = Outputs::of(&args, &job.stem)?;
    let leaning = Leaning::read(&args.lean)?;
    job.files.extend(leaning.iter().map(|leaning| leaning.file.clone()));
    let (fonts, backs) = job.load()?;
    let cards = match &first {
        Some(first) => second::changed(first, &job, &args.filter)?,
        None => Cards::of(chosen(&job, &args, leaning.as_ref())?),
    };
    if cards.picks.is_empty() && first.is_some() {
        return nothing_to_print(&job, &cards, &args, terminal);
    }
    let mut run = Run::new(&fonts, job.request(&cards.picks, backs)).map_err(Failure::unmet)?;
    if args.again.draft {
        run = run.drafted(&fonts);
    }
    let text = run::slug_setter(&fonts);
    let sheets = run.sheets(&text);
    let pages = some_pages(&run, &sheets, &args.again)?;
    let painting = job.painting(&pages, &fonts, terminal.is_person && !args.dry_run);
    outputs.allow(&painting.places(format, &outputs.sheets), &job, &args)?;
    let ticket = ticket::asked(&args, &job)?.filter(|_| !args.dry_run);
    let ticket =
        ticket.map(|ticket| ticket.written(&run, &job, &fonts, &outputs.sheets)).transpose()?;
    let record = second::record(&job, &cards, &args)?;
    let files = if args.dry_run { Vec::new() } else { painting.paint(format, &outputs.sheets)? };
    output::name_together(ticket.into_iter().chain(record).collect())?;
    terminal.tell(&notices(&job, &cards, &run, &sheets));
    summary::tell(&run, &pages, &job.resolved, &files, terminal);
    let beside = outputs.beside.into_iter().filter(|_| !args.dry_run);
    beside.for_each(|file| terminal.say_wrote(&[file]));
    second::tell(&cards, &job.decks, terminal);
    Ok(())
}

/// Tells that pictures have no inks for a press.
fn rgb_alone(format: Format, resolved: &Resolved) -> Option<Diagnostic> {
    let is_idle = format != Format::Pdf && resolved.colour == ColourArg::Cmyk;
    is_idle.then(|| {
        let found = "pictures are in RGB: the inks of `--colour cmyk` are for a PDF";
        Diagnostic::note("idle-cmyk", found).help("`-o cards.pdf` writes one")
    })
}

/// Returns all that was noticed on the way to the sheets.
fn notices(job: &Settled, cards: &Cards, run: &Run, sheets: &Sheets) -> Vec<Diagnostic> {
    let full = run.count() + empty_cells(&job.resolved, run.count());
    let places = sheets.notes().iter().cloned().map(|note| match note.code {
        "places-left" if full <= cards.supply => note.help(fill_sheets(full)),
        _ => note,
    });
    let before = job.notices.iter().chain(&cards.notes).cloned();
    before.chain(run.notes()).chain(places).collect()
}

/// Ends a second printing that has no card to print: the record is kept all the same.
fn nothing_to_print(
    job: &Settled,
    cards: &Cards,
    args: &PrintArgs,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let record = second::record(job, cards, args)?;
    let kept = args.again.record.iter().filter(|_| record.is_some()).cloned().collect::<Vec<_>>();
    output::name_together(record.into_iter().collect())?;
    terminal.tell(&[job.notices.clone(), cards.notes.clone()].concat());
    terminal.say_wrote(&kept);
    second::tell(cards, &job.decks, terminal);
    Ok(())
}

/// The cards of a printing.
struct Cards {
    /// The cards to print, in order.
    picks: Vec<Pick>,
    /// How many there are that could be.
    supply: usize,
    /// What had to give.
    notes: Vec<Diagnostic>,
    /// What there is to take out of a deck of paper.
    take_out: Vec<TakeOut>,
    /// What is on paper afterwards, if there was something before.
    after: Option<Record>,
}

impl Cards {
    /// The cards of a first printing.
    fn of(Chosen { picks, notes, supply, .. }: Chosen) -> Self {
        Self { picks, supply, notes, take_out: Vec::new(), after: None }
    }
}

/// Returns the pages of the sheets that are asked for.
fn some_pages<'r>(
    run: &'r Run<'r>,
    sheets: &'r Sheets<'r, 'r>,
    args: &AgainArgs,
) -> Result<SheetPages<'r>, Failure> {
    let pages = SheetPages::new(run, sheets);
    let Some(wanted) = &args.sheets else { return Ok(pages) };
    if wanted.last() > sheets.count() {
        let found = format!("there is no sheet {}", wanted.last());
        let problem = Diagnostic::error("no-such-sheet", found);
        let problem = problem.expected(format!("sheets 1 to {}", sheets.count()));
        return Err(Failure::usage(problem.help("name some of these with `--sheets`")));
    }
    Ok(pages.only(wanted))
}

/// Returns the cards to print, in order, and what had to give for it.
fn chosen(job: &Settled, args: &PrintArgs, leaning: Option<&Leaning>) -> Result<Chosen, Failure> {
    let (decks, resolved) = (&job.decks, &job.resolved);
    let ask = Ask {
        filter: &args.filter,
        pins: &args.pins,
        // A usual number of cards is not meant for cards that are asked for by name.
        count: resolved.count.filter(|count| count.asked || args.filter.only.is_empty()),
        guides: Guides::Counted,
        mix: resolved.mix,
        leaning,
        seed: resolved.seed,
    };
    let mut chosen = choose(decks, &ask)?;
    chosen.notes.extend(select::arrange(&mut chosen.picks, decks, resolved.sequence));
    Ok(chosen)
}

/// Says how many cards would fill the last sheet.
fn fill_sheets(full: usize) -> String {
    format!("`--count {full}` fills every sheet, `--fill blank` adds cards to write on")
}

/// Returns whether `name` is that of a built-in deck.
pub fn is_built_in(name: &str) -> bool {
    builtin::find(name).is_some()
}
