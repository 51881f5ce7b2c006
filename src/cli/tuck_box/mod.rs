//! `deckle box`: from a deck to the net of a box for it.

mod stack;
mod summary;

use crate::impose::tuck_box::{BoxRequest, BoxSheet};
use crate::length::Length;
use crate::paint::pdf::Duplex;
use crate::problem::Diagnostic;
use crate::run::tuck_box::TuckBox;
use crate::typeset::chart::inks;
use crate::typeset::chart::sea::{BackSpec, BackStyle};

use super::args::{BoxArgs, BoxStyleArg, ColourArg, FilterArgs, PinArgs, PrintSettings};
use super::backs::{BackChoice, logo};
use super::choose::{Ask, Guides, choose};
use super::failure::{Exit, Failure};
use super::painting::{Format, MadePages};
use super::print::{Resolved, Settled, empty_cells, load_fonts};
use super::{Terminal, output};

/// Makes the net, or tells why not.
pub fn tuck_box(args: &BoxArgs, terminal: &Terminal) -> Result<(), Failure> {
    let format = args.output.as_deref().map_or(Ok(Format::Pdf), Format::of)?;
    let (mut job, sheet) = settled(args)?;
    let deck = &job.decks[0];
    let (fonts, font_files) = load_fonts(&job.decks, &job.resolved.fonts)?;
    let grey = job.resolved.colour == ColourArg::Grey;
    let logo = logo(deck, grey)?;
    let tuck_box = TuckBox {
        sheet: &sheet,
        back: BackSpec {
            trim: sheet.card,
            bleed: Length::ZERO,
            title: &deck.meta.title,
            subtitle: deck.meta.subtitle.as_deref(),
            logo: logo.as_ref(),
            style: style(args, &job.resolved),
            one_ink: grey,
        },
        depths: deck.meta.depths.len(),
        for_press: job.resolved.colour == ColourArg::Cmyk,
    };
    let (page, note) = tuck_box.page(&fonts);
    job.files.extend(font_files.into_iter().chain(job.decks[0].meta.logo.clone()));
    let pages = MadePages { pages: vec![page], digits: 1 };
    let mut painting = job.painting(&pages, &fonts, false);
    painting.pdf.duplex = Some(Duplex::Simplex);
    let place = args.output.clone().unwrap_or_else(|| format!("{}-box.pdf", job.stem).into());
    for place in painting.places(format, &place) {
        output::allow(&place, &job.files, args.force || args.dry_run)?;
    }
    let files = if args.dry_run { Vec::new() } else { painting.paint(format, &place)? };
    terminal.tell(&job.notices.iter().cloned().chain(note).collect::<Vec<_>>());
    summary::tell(&sheet, &files, terminal);
    Ok(())
}

/// Reads the deck and the settings, and finds the net, or tells everything that stands against it.
fn settled(args: &BoxArgs) -> Result<(Settled, BoxSheet), Failure> {
    let flags = PrintSettings {
        size: args.size.clone(),
        paper: args.paper.clone(),
        // A box is printed on plain board; a stock only says how large the cards are.
        stock: (args.size.is_some() || args.paper.is_some()).then(|| "none".into()),
        colour: args.colour,
        ..PrintSettings::default()
    };
    let (job, stack) = match (Settled::read(&args.source, &flags, None), stack::asked(args)) {
        (Ok(job), Ok(stack)) => (job, stack),
        (Err(failure), Ok(_)) => return Err(failure),
        (Ok(_), Err(problems)) => return Err(Failure { exit: Exit::Usage, problems }),
        (Err(failure), Err(problems)) => {
            let problems = failure.problems.into_iter().chain(problems).collect();
            return Err(Failure { exit: Exit::Usage, problems });
        }
    };
    let request = BoxRequest {
        card: job.resolved.look.trim,
        cards: args.cards.map_or_else(|| printed(&job), Ok)?,
        stack,
        paper: job.resolved.paper.clone(),
    };
    let sheet = request.resolve(&job.catalogues.papers).map_err(Failure::unmet)?;
    Ok((job, sheet))
}

/// Returns how many cards `deckle print` would print of the decks, those to write on included.
fn printed(job: &Settled) -> Result<usize, Failure> {
    let resolved = &job.resolved;
    let ask = Ask {
        filter: &FilterArgs::default(),
        pins: &PinArgs::default(),
        count: resolved.count,
        guides: Guides::Counted,
        mix: resolved.mix,
        seed: resolved.seed,
    };
    let cards = choose(&job.decks, &ask)?.picks.len();
    let blanks = if resolved.fill_blank { empty_cells(resolved, cards) } else { 0 };
    Ok(cards + blanks)
}

fn style(args: &BoxArgs, resolved: &Resolved) -> BackStyle {
    let usual = match resolved.back {
        BackChoice::Ground => BoxStyleArg::Ground,
        BackChoice::Line | BackChoice::LineByDepth | BackChoice::Picture(_) => BoxStyleArg::Line,
    };
    match args.style.unwrap_or(usual) {
        BoxStyleArg::Line => BackStyle::Home { ink: inks::DEEP },
        BoxStyleArg::Ground => BackStyle::Press,
    }
}

/// Returns a problem with a flag of lengths or numbers.
fn out_of_range(found: String, expected: String, help: &str) -> Diagnostic {
    Diagnostic::error("length-out-of-range", found).expected(expected).help(help)
}
