//! The cards of a plan: as a table of their own, and as sheets.

use std::path::Path;

use crate::cli::args::{DeckArgs, PlanArgs, PrintSettings};
use crate::cli::deal::deck_files;
use crate::cli::failure::Failure;
use crate::cli::output::{self, Complete};
use crate::cli::print::{Settled, SheetPages};
use crate::deck::{Deck, Pack, Pick};
use crate::problem::Diagnostic;
use crate::run::{Run, RunRequest, slug_setter};

use super::outline::Outline;

/// The decks of a plan's cards, no others, and the cards among them.
pub struct Cards {
    decks: Vec<Deck>,
    picks: Vec<Pick>,
}

impl Cards {
    /// Returns the cards of a plan.
    ///
    /// # Errors
    ///
    /// It has none.
    pub fn of(outline: &Outline) -> Result<Self, Failure> {
        let picks = outline.picks();
        if picks.is_empty() {
            let problem = Diagnostic::error("no-cards", "the plan has no card to write");
            let help = "write the plan itself: `-o plan.pdf`";
            return Err(Failure::unmet(vec![problem.help(help)]));
        }
        let mut used: Vec<u32> = picks.iter().map(|pick| pick.deck).collect();
        used.sort_unstable();
        used.dedup();
        let place = |deck: u32| used.iter().position(|own| *own == deck).unwrap_or(0) as u32;
        Ok(Self {
            picks: picks.iter().map(|pick| Pick { deck: place(pick.deck), ..*pick }).collect(),
            decks: used.iter().map(|at| outline.decks[*at as usize].clone()).collect(),
        })
    }

    /// Returns the files of a deck of these cards, whose table stands at `place`.
    pub fn table(&self, outline: &Outline, place: &Path) -> Result<Vec<Complete>, Failure> {
        let pack = Pack { decks: &self.decks, picks: &self.picks, title: &outline.plan.title };
        let files = deck_files(&pack, place);
        files.iter().map(|(place, bytes)| output::whole(place, bytes)).collect()
    }

    /// Returns the sheets of these cards, as print settings want them, and what was noticed.
    pub fn sheets(
        &self,
        outline: &Outline,
        place: &Path,
        args: &PlanArgs,
    ) -> Result<(Complete, Vec<Diagnostic>), Failure> {
        let names = self.decks.iter().map(|deck| deck.source.to_string());
        let source = DeckArgs { decks: names.collect(), meta: args.source.meta.clone() };
        let flags = PrintSettings { paper: args.paper.clone(), ..PrintSettings::default() };
        let mut job = Settled::read(&source, &flags, None)?;
        let (fonts, backs) = job.load()?;
        let title = &outline.plan.title;
        let request = RunRequest { title, ..job.request(&self.picks, backs) };
        let run = Run::new(&fonts, request).map_err(Failure::unmet)?;
        let text = slug_setter(&fonts);
        let sheets = run.sheets(&text);
        let pages = SheetPages::new(&run, &sheets);
        let mut painting = job.painting(&pages, &fonts, false);
        painting.pdf.title.clone_from(title);
        let notes = [run.notes(), sheets.notes().to_vec()].concat();
        Ok((painting.document(place)?, notes))
    }
}
