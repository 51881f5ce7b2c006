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
    thread: Option<JoinHandle<bool>>,
}

impl Keeper {
    /// Begins to write to `journal`, and how far the session is to `place`, with what is `kept` of its plan.
    pub fn start(journal: Journal, kept: Kept, place: Option<PathBuf>) -> Self {
        let (words, to_write) = channel();
        let (tell, told) = channel();
        let desk = Desk {
            journal,
            kept,
            place,
            tell,
            waiting: Vec::new(),
            is_kept: false,
            has_told: false,
        };
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

    /// Waits until all is written; returns whether the session can be gone on with, and what went wrong.
    pub fn finish(mut self) -> (bool, Vec<Diagnostic>) {
        self.words = None;
        let is_kept = self.thread.take().is_some_and(|thread| thread.join().unwrap_or(false));
        (is_kept, self.problems())
    }
}

/// Where it is written.
struct Desk {
    journal: Journal,
    kept: Kept,
    place: Option<PathBuf>,
    tell: Sender<Diagnostic>,
    /// What could not be recorded yet.
    waiting: Vec<Deed>,
    /// Whether it is kept how far the session is.
    is_kept: bool,
    /// Whether it was told already that something cannot be written.
    has_told: bool,
}

impl Desk {
    /// Writes until nothing more comes; returns whether the session can be gone on with.
    fn write_all(mut self, words: &Receiver<Word>) -> bool {
        while let Ok(first) = words.recv() {
            // Of several states that wait only the last is of use.
            let mut state = None;
            for word in std::iter::once(first).chain(words.try_iter()) {
                match word {
                    Word::Deeds(deeds) => self.record(deeds),
                    state_word => state = Some(state_word),
                }
            }
            let Some(place) = self.place.clone() else { continue };
            match state {
                Some(Word::Left(snapshot)) => self.keep(*snapshot, &place),
                Some(Word::Over) => {
                    self.is_kept = false;
                    // One that was never kept need not be forgotten.
                    drop(std::fs::remove_file(place));
                }
                Some(Word::Deeds(_)) | None => {}
            }
        }
        self.record(Vec::new());
        self.is_kept
    }

    /// Records deeds, and those that could not be recorded before: another program may have had the
    /// ledger, or a disk may have been full.
    fn record(&mut self, deeds: Vec<Deed>) {
        self.waiting.extend(deeds);
        if self.waiting.is_empty() {
            return;
        }
        let moment = Clock::here().moment();
        let waiting = std::mem::take(&mut self.waiting);
        let done = self.journal.draw(moment, &|_| Ok((waiting.clone(), ())));
        let notices = std::mem::take(&mut self.journal.notices);
        if done.is_err() || notices.iter().any(|notice| notice.code == "not-recorded") {
            self.waiting = waiting;
        }
        let problems = done.err().map(|failure| failure.problems).unwrap_or_default();
        self.tell(notices.into_iter().chain(problems));
    }

    fn keep(&mut self, snapshot: Snapshot, place: &Path) {
        let at = Clock::here().moment().at;
        let kept = Left::new(self.kept.clone(), snapshot, at).keep(place);
        self.is_kept = kept.is_ok();
        if let Err(failure) = kept {
            let told = failure.problems.into_iter().map(|problem| {
                let found = format!("the session cannot be gone on with: {}", problem.found);
                Diagnostic::warning("not-kept", found).help("print it, in case: `-o FOLDER`")
            });
            self.tell(told);
        }
    }

    /// Tells what went wrong, once: it would be the same with every card. That a new ledger begins is
    /// always told.
    fn tell(&mut self, problems: impl Iterator<Item = Diagnostic>) {
        for problem in problems {
            let is_news = problem.code == "ledger-damaged";
            if is_news || !std::mem::replace(&mut self.has_told, true) {
                let _ = self.tell.send(problem);
            }
        }
    }
}
