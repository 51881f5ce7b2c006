//! `deckle box`: from a deck to the net of a box for it.

mod stack;
mod summary;

use crate::impose::tuck_box::{BoxRequest, BoxSheet, Stack};
use crate::impose::{Catalogues, Format as Paper};
use crate::length::Length;
use crate::paint::pdf::Duplex;
use crate::problem::{Diagnostic, counted};
use crate::run::tuck_box::TuckBox;
use crate::typeset::chart::inks;
use crate::typeset::chart::sea::{BackSpec, BackStyle};

use super::args::{BoxArgs, BoxStyleArg, ColourArg, FilterArgs, PinArgs, PrintSettings};
use super::backs::{BackChoice, logo};
use super::choose::{Ask, Guides, choose};
use super::failure::{Exit, Failure};
use super::painting::{Format, MadePages};
use super::print::{Resolved, Settled, empty_cells, load_fonts, read_catalogues};
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
    // The paper of the box says nothing about that of the cards, and so about their number.
    let flags = PrintSettings {
        size: args.size.clone(),
        // A stock only says how large the cards are.
        stock: args.size.is_some().then(|| "none".into()),
        colour: args.colour,
        ..PrintSettings::default()
    };
    let catalogues = read_catalogues()?.0;
    let settled = Settled::read_for_box(&args.source, &flags);
    let (mut job, (stack, paper)) = match (settled, asked(args, &catalogues)) {
        (Ok(job), Ok(asked)) => (job, asked),
        (Err(failure), Ok(_)) => return Err(failure),
        (settled, Err(problems)) => {
            let others = settled.err().map(|failure| failure.problems);
            let problems = others.into_iter().flatten().chain(problems).collect();
            return Err(Failure { exit: Exit::Usage, problems });
        }
    };
    let request = BoxRequest {
        card: job.resolved.look.trim,
        cards: args.cards.map_or_else(|| printed(&job), Ok)?,
        stack,
        paper: paper.unwrap_or_else(|| job.resolved.paper.clone()),
    };
    let sheet = request.resolve(&job.catalogues.papers).map_err(Failure::unmet)?;
    if args.paper.is_some() {
        job.notices.retain(|note| note.code != "usual-paper");
    }
    let usual = || args.cards.is_none().then(|| usual_cards(request.cards));
    job.notices.extend(request.doubt().or_else(usual));
    Ok((job, sheet))
}

/// Returns what is asked of the box alone: how high its cards lie, and its paper.
fn asked(
    args: &BoxArgs,
    catalogues: &Catalogues,
) -> Result<(Stack, Option<Paper>), Vec<Diagnostic>> {
    let paper = args.paper.as_deref().map(|name| catalogues.paper(name)).transpose();
    match (stack::asked(args), paper) {
        (Ok(stack), Ok(paper)) => Ok((stack, paper)),
        (stack, paper) => {
            let problems = stack.err().into_iter().flatten();
            Err(problems.chain(paper.err().map(|problem| *problem)).collect())
        }
    }
}

/// Tells where the number of cards comes from, for it stands on the lid.
fn usual_cards(cards: usize) -> Diagnostic {
    let found = format!("the box is for {}, as `deckle print` has it", counted(cards, "card"));
    Diagnostic::note("usual-cards", found).help("`--cards N` for another number")
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
        leaning: None,
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
