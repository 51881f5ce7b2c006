//! A draw that waits for its memory, and what came of it.

use super::journal::Journal;
use super::pool::{Pool, USUAL_CEILING, level};
use super::{consent, deed, picture};
use crate::cli::args::ShownArgs;
use crate::cli::failure::Failure;
use crate::cli::lean::{Amount, Leaning};
use crate::deck::Depth;
use crate::draw::ledger::{Deed, Known};
use crate::draw::{DrawRequest, Drawn, Reworded, What, nothing_under, reworded};
use crate::problem::Diagnostic;
use crate::select::Lean;

/// A draw that waits for its memory.
pub struct Drawing<'a> {
    /// The cards.
    pub pool: &'a Pool,
    /// How many of them.
    pub count: usize,
    /// Whether they shall rise and land.
    pub evening: bool,
    /// The number that chance starts from.
    pub seed: u64,
    /// What the draw leans on.
    pub leaning: Option<&'a Leaning>,
    /// Whether they will be drawn as pictures, which not every card fits.
    pub is_picture: bool,
}

/// What came of a draw.
pub struct Outcome {
    /// The cards.
    pub drawn: Drawn,
    /// How deep they might go.
    ceiling: Depth,
    reworded: Vec<Reworded>,
}

impl Drawing<'_> {
    /// Draws with all that is known, and returns what to record before anybody sees it.
    pub fn draw(&self, known: &Known, ceiling: Depth) -> Result<(Vec<Deed>, Outcome), Failure> {
        let decks = &self.pool.decks;
        let picks = self.pool.under(ceiling);
        if picks.is_empty() {
            return Err(Failure::unmet(vec![self.nothing(ceiling)]));
        }
        let reworded = reworded(decks, &known.memory, &known.met);
        let memory = known.memory.after(&reworded, decks);
        let request = DrawRequest {
            decks,
            pool: &picks,
            count: self.count,
            seed: self.seed,
            lean: self.leaning.map_or(Lean::none(), Leaning::lean),
            memory: &memory,
            evening: self.evening,
        };
        let drawn = request.draw().map_err(|problem| Failure::unmet(vec![*problem]))?;
        if self.is_picture {
            picture::try_on(decks, &drawn.picks)?;
        }
        let renamed = reworded.iter().map(|reworded| Deed {
            detail: Some(reworded.detail()),
            ..deed(decks, reworded.is, What::Reworded)
        });
        let shown = drawn.picks.iter().map(|pick| deed(decks, *pick, What::Drawn));
        Ok((renamed.chain(shown).collect(), Outcome { drawn, ceiling, reworded }))
    }

    /// Returns how deep the draw may go: where a deep card would come it asks, if there is somebody,
    /// and that card is neither shown nor recorded unless the answer is yes.
    pub fn agreed(
        &self,
        ceiling: Depth,
        shown: &ShownArgs,
        journal: &Journal,
    ) -> Result<Depth, Failure> {
        if ceiling.level() < consent::DEEP || shown.yes {
            return Ok(ceiling);
        }
        let decks = &self.pool.decks;
        let (_, Outcome { drawn, .. }) = self.draw(&journal.known(), ceiling)?;
        let deepest = drawn.picks.iter().max_by_key(|pick| level(**pick, decks));
        let Some((deck, card)) = deepest.map(|pick| pick.of(decks)) else { return Ok(ceiling) };
        // The draw that follows may go no deeper than this one, though somebody else draws meanwhile.
        match card.depth.filter(|depth| depth.level() >= consent::DEEP) {
            None => Ok(USUAL_CEILING),
            Some(depth) if consent::to_depth(deck, card, drawn.picks.len(), shown.quiet) => {
                Ok(depth)
            }
            Some(_) if self.pool.under(USUAL_CEILING).is_empty() => {
                Err(Failure::unmet(vec![consent::nothing_lighter()]))
            }
            Some(_) => Ok(USUAL_CEILING),
        }
    }

    fn nothing(&self, ceiling: Depth) -> Diagnostic {
        if !self.pool.picks.is_empty() {
            return nothing_under(ceiling);
        }
        let problem = Diagnostic::error("nothing-to-draw", "no card there is can be drawn");
        problem.help(match self.pool.left_out {
            0 => "cards that guide cannot; choose another deck, or widen the filters",
            _ => LEFT_OUT,
        })
    }
}

/// What is told where cards are left out that cannot stand alone.
const LEFT_OUT: &str =
    "cards of a series and those to answer alone are left out: `--tag series`, `--kind selfcheck`";

impl Outcome {
    /// Returns what is worth knowing of the draw.
    pub fn notes(&self, drawing: &Drawing) -> Vec<Diagnostic> {
        let Drawn { picks, again, turns, pool } = &self.drawn;
        let leans = |leaning: &Leaning| {
            let pool = drawing.pool.under(self.ceiling);
            leaning.notes(&drawing.pool.decks, &pool, Amount::Draw)
        };
        let mut notes = drawing.leaning.map(leans).unwrap_or_default();
        if picks.len() < drawing.count {
            let found =
                format!("asked for {} cards, and there are only {}", drawing.count, picks.len());
            let note = Diagnostic::note("too-few-cards", found);
            let left_out = drawing.pool.left_out > 0;
            notes.push(if left_out { note.help(LEFT_OUT) } else { note });
        }
        if *turns {
            let found = match pool {
                1 => "the only card there is has been drawn: it comes again".to_owned(),
                _ => format!("all {pool} cards there are have been drawn: the oldest come again"),
            };
            notes.push(Diagnostic::note("all-drawn", found));
        } else if *again > 0 && *again < picks.len() {
            let found = format!("{again} of these {} were drawn before", picks.len());
            notes.push(Diagnostic::note("drawn-before", found));
        }
        for Reworded { was, is } in &self.reworded {
            let code = &is.of(&drawing.pool.decks).1.code;
            let found = match was.code == *code.0 {
                true => format!("`{code}` is the card that it was, in other words"),
                false => format!("`{code}` is the card that was `{}`, in other words", was.code),
            };
            let help = "`deckle check --write-ids` on the table keeps cards the same for sure";
            notes.push(Diagnostic::note("reworded", found).help(help));
        }
        notes
    }
}
