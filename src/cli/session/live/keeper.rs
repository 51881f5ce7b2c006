//! What is remembered while a session goes on: the ledger, and how far the session is.
//!
//! Disks are slow and ledgers are waited for, while a screen has to follow the clock: a thread of its own
//! writes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::cli::draw::{Clock, Journal};
use crate::cli::session::kept::Kept;
use crate::draw::ledger::Deed;
use crate::problem::Diagnostic;
use crate::session::live::Snapshot;

use super::left::Left;

/// What is to be written.
enum Word {
    Deeds(Vec<Deed>),
    Left(Box<Snapshot>),
    Over,
}

/// Writes what is to be remembered.
pub struct Keeper {
    words: Option<Sender<Word>>,
    told: Receiver<Diagnostic>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Begins to write to `journal`, and how far the session is to `place`, with what is `kept` of its plan.
    pub fn start(journal: Journal, kept: Kept, place: Option<PathBuf>) -> Self {
        let (words, to_write) = channel();
        let (tell, told) = channel();
        let desk = Desk { journal, kept, place, tell, has_failed: false };
        let thread = std::thread::spawn(move || desk.write_all(&to_write));
        Self { words: Some(words), told, thread: Some(thread) }
    }

    /// Records deeds in the ledger.
    pub fn record(&self, deeds: Vec<Deed>) {
        if !deeds.is_empty() {
            self.send(Word::Deeds(deeds));
        }
    }

    /// Keeps how far the session is.
    pub fn keep(&self, snapshot: Snapshot) {
        self.send(Word::Left(Box::new(snapshot)));
    }

    /// Forgets how far it was, for it is over.
    pub fn over(&self) {
        self.send(Word::Over);
    }

    fn send(&self, word: Word) {
        if let Some(words) = &self.words {
            // Who does not write any more has told why.
            let _ = words.send(word);
        }
    }

    /// Returns what went wrong since this was asked last.
    pub fn problems(&self) -> Vec<Diagnostic> {
        self.told.try_iter().collect()
    }

    /// Waits until all is written, and returns what went wrong.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.words = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        self.problems()
    }
}

/// Where it is written.
struct Desk {
    journal: Journal,
    kept: Kept,
    place: Option<PathBuf>,
    tell: Sender<Diagnostic>,
    /// Whether it was told already that the session's state cannot be kept.
    has_failed: bool,
}

impl Desk {
    fn write_all(mut self, words: &Receiver<Word>) {
        while let Ok(first) = words.recv() {
            // Of several states that wait only the last is of use.
            let mut state = None;
            for word in std::iter::once(first).chain(words.try_iter()) {
                match word {
                    Word::Deeds(deeds) => self.record(&deeds),
                    state_word => state = Some(state_word),
                }
            }
            let Some(place) = self.place.clone() else { continue };
            match state {
                Some(Word::Left(snapshot)) => self.keep(*snapshot, &place),
                // One that was never kept need not be forgotten.
                Some(Word::Over) => drop(std::fs::remove_file(place)),
                Some(Word::Deeds(_)) | None => {}
            }
        }
    }

    fn record(&mut self, deeds: &[Deed]) {
        let moment = Clock::here().moment();
        let done = self.journal.draw(moment, &|_| Ok((deeds.to_vec(), ())));
        let notices = std::mem::take(&mut self.journal.notices);
        let problems = done.err().map(|failure| failure.problems).unwrap_or_default();
        if !notices.is_empty() || !problems.is_empty() {
            // Once is enough: it would be the same with every card.
            self.journal = Journal::none();
        }
        for problem in notices.into_iter().chain(problems) {
            let _ = self.tell.send(problem);
        }
    }

    fn keep(&mut self, snapshot: Snapshot, place: &Path) {
        let at = Clock::here().moment().at;
        let kept = Left::new(self.kept.clone(), snapshot, at).keep(place);
        if let Err(failure) = kept
            && !self.has_failed
        {
            self.has_failed = true;
            for mut problem in failure.problems {
                problem.severity = crate::problem::Severity::Warning;
                let _ = self.tell.send(problem);
            }
        }
    }
}
