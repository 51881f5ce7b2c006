//! The job ticket as a file beside the sheets.

use std::path::Path;

use crate::font::FontStore;
use crate::impose::{self, Arrangement, TicketJob};
use crate::problem::Diagnostic;
use crate::run::{self, Run};

use super::super::args::PrintArgs;
use super::super::failure::Failure;
use super::super::output::{self, Complete};
use super::super::painting::{Format, MadePages};
use super::Settled;

/// A ticket that is asked for.
pub struct Ticket<'a> {
    format: Format,
    place: &'a Path,
}

/// Returns the ticket that is asked for, if it may be written.
pub fn asked<'a>(args: &'a PrintArgs, job: &Settled) -> Result<Option<Ticket<'a>>, Failure> {
    let Some(place) = args.ticket.as_deref() else { return Ok(None) };
    let format = Format::of(place)?;
    if job.resolved.sheet.arrangement == Arrangement::Faces {
        let problem = Diagnostic::error("ticket-of-faces", "a ticket for single faces");
        let problem = problem.expected("sheets that are cut");
        let help = "leave out `--ticket`, or print sheets without `--faces` or `--for press`";
        return Err(Failure::usage(problem.help(help)));
    }
    output::allow(place, &job.files, args.force || args.dry_run)?;
    Ok(Some(Ticket { format, place }))
}

impl Ticket<'_> {
    /// Writes the ticket, all but its name.
    pub fn written(
        &self,
        run: &Run,
        job: &Settled,
        fonts: &FontStore,
        sheets: &Path,
    ) -> Result<Complete, Failure> {
        let sheet = &job.resolved.sheet;
        let text = run::slug_setter(fonts);
        let cards = run.count();
        let titles: Vec<&str> = job.decks.iter().map(|deck| &*deck.meta.title).collect();
        let file = sheets.file_name().unwrap_or_default().to_string_lossy();
        let ticket = TicketJob {
            title: &titles.join(" + "),
            file: if file == "-" { "" } else { &file },
            digest: run.digest(),
            cards,
            sheets: cards.div_ceil(sheet.grid.cells()),
            paper: sheet.grid.page,
            stock: job.resolved.stock.as_deref(),
            text: &text,
        };
        let pages = MadePages { pages: vec![impose::ticket(sheet, &ticket)], digits: 1 };
        let mut painting = job.painting(&pages, fonts, false);
        painting.pdf.duplex = None;
        painting.whole(self.format, self.place)
    }
}
