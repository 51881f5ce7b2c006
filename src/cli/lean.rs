//! Leaning on a self-check: which categories, since when, and what is told of it.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use super::args::LeanArgs;
use super::failure::Failure;
use super::selfcheck::keep;
use crate::deck::{Deck, Pick};
use crate::problem::Diagnostic;
use crate::select::Lean;
use crate::selfcheck::History;

/// What a choice leans on.
pub struct Leaning {
    /// The file of the answers.
    pub file: PathBuf,
    /// The day of the answers.
    date: Date,
    /// The ids of the categories that practise what was under 3.
    categories: Vec<String>,
}

/// What a choice leans on, for programs.
#[derive(Clone, Serialize)]
pub struct JsonLean {
    date: String,
    categories: Vec<String>,
    /// How many of them there shall be for one of another category, or how likely one is.
    times: f64,
}

/// What leaning does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Cards are chosen fairly: half as many again.
    Choice,
    /// Cards are drawn by chance: twice as likely.
    Draw,
}

impl Leaning {
    /// Reads the answers that a command shall lean on, if it shall.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is none of self-checks, or has no check in it.
    pub fn read(args: &LeanArgs) -> Result<Option<Self>, Failure> {
        let Some(named) = &args.lean_on else { return Ok(None) };
        let file = keep::place(named.as_deref())?;
        let history = match keep::read(&file)? {
            None if named.is_some() => return Err(keep::missing(&file)),
            None => return Err(Failure::unmet(vec![no_answers(&file, true)])),
            Some(history) => history,
        };
        let History { mut checks } = history;
        let Some(last) = checks.pop() else {
            return Err(Failure::unmet(vec![no_answers(&file, named.is_none())]));
        };
        Ok(Some(Self { file, date: last.date, categories: last.answers.categories() }))
    }

    /// Returns the tilt.
    pub fn lean(&self) -> Lean<'_> {
        Lean::towards(&self.categories)
    }

    /// Returns what programs are told.
    pub fn json(&self, amount: Amount) -> JsonLean {
        JsonLean {
            date: self.date.to_string(),
            categories: self.categories.clone(),
            times: amount.times(),
        }
    }

    /// Returns the answers meant, in words.
    pub fn source(&self) -> String {
        format!("the self-check of {}", self.date)
    }

    /// Tells towards what a choice among the cards of a pool leans, how far, and what it cannot find.
    pub fn notes(&self, decks: &[Deck], pool: &[Pick], amount: Amount) -> Vec<Diagnostic> {
        let (lean, source) = (self.lean(), self.source());
        if self.categories.is_empty() {
            let found = format!("nothing was under 3 in {source}: there is nothing to lean on");
            return vec![Diagnostic::note("nothing-to-lean-on", found)];
        }
        let labels = lean.labels(decks, pool);
        let mut notes = Vec::new();
        if lean.is_level(decks, pool) && !labels.is_empty() {
            let found = format!("{source} leans on every category there is, so none comes before");
            notes.push(Diagnostic::note("lean-level", found + " another"));
        } else if !labels.is_empty() {
            let labels = listed(&labels, "and");
            let found = format!("leans on {labels}, after {source}: {}", amount.words());
            notes.push(Diagnostic::note("leaning", found));
        }
        let missing = lean.missing(decks, pool);
        if !missing.is_empty() {
            let ids: Vec<String> = missing.iter().map(|id| format!("`{id}`")).collect();
            let ids = listed(&ids, "or");
            let found = format!("no card here is of {ids}, on which {source} leans");
            let help = "`deckle show DECK` lists what a deck has";
            notes.push(Diagnostic::note("lean-missing", found).help(help));
        }
        notes
    }

    /// Tells that all of so many cards are in, so that nothing can lean.
    pub fn idle(&self, cards: usize) -> Diagnostic {
        let help = format!("choose fewer of them: `--count {}`", (cards / 2).max(1));
        let found = format!("all cards are in, so nothing leans on {}", self.source());
        Diagnostic::note("idle-lean", found).help(help)
    }
}

impl Amount {
    const fn words(self) -> &'static str {
        match self {
            Self::Choice => "half as many cards again of each as of another category",
            Self::Draw => "a new card of theirs is twice as likely to come as another",
        }
    }

    const fn times(self) -> f64 {
        match self {
            Self::Choice => 1.5,
            Self::Draw => 2.0,
        }
    }
}

fn no_answers(file: &Path, is_usual: bool) -> Diagnostic {
    let found = format!("there are no answers to lean on in `{}`", file.display());
    let help = match is_usual {
        true => "`deckle selfcheck --save` asks for them; for another file write `--lean-on=FILE`",
        false => "name a file that `deckle selfcheck --save FILE` wrote",
    };
    Diagnostic::error("no-answers", found).help(help)
}

/// Returns words as one says them: `a, b and c`, where `last` is the word before the last.
fn listed(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [others @ .., word] => format!("{} {last} {word}", others.join(", ")),
    }
}
