//! `deckle selfcheck`: eight statements, and what to practise; on screen, or on a sheet of paper.

mod ask;
mod json;
pub mod keep;
mod person;
mod sheet;
mod told;

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use super::Terminal;
use super::args::SelfcheckArgs;
use super::draw::{Clock, consent};
use super::failure::Failure;
use super::output::to_standard_output;
use crate::problem::Diagnostic;
use crate::selfcheck::{Answers, Check, History, Rating};
use ask::{Asked, Ended};
use person::Person;
use told::Told;

/// Asks, tells what to practise, and keeps the answers where that is wanted; or shows what was kept.
pub fn selfcheck(args: &SelfcheckArgs, terminal: &Terminal) -> Result<(), Failure> {
    if let Some(place) = &args.output {
        return sheet::write(args, place, terminal);
    }
    if let Some(named) = &args.last {
        return last(named.as_deref(), args.json, terminal);
    }
    let named = args.save.as_ref().and_then(Option::as_deref);
    let place = if args.no_save { None } else { Some(keep::place(named)?) };
    // Nobody answers eight statements for a file that cannot take them.
    place.as_deref().map_or(Ok(()), keep::check)?;
    let Some(answers) = answers(terminal)? else {
        terminal.say("stopped: nothing was kept");
        return Ok(());
    };
    let check = Check { date: Clock::here().night(), answers };
    if !args.json {
        told::write(&check.answers, terminal)?;
    }
    let place = place.filter(|_| !check.answers.is_empty());
    let kept = match place.filter(|place| args.save.is_some() || agrees(place, terminal)) {
        Some(place) => {
            keep::add(&place, &check)?;
            say_kept(&place, named.is_some(), &check.answers, terminal);
            Some(place)
        }
        None => {
            say_not_kept(args, &check.answers, terminal);
            None
        }
    };
    if args.json { json::write(&[check], kept.as_deref()) } else { Ok(()) }
}

/// Returns the answers; none where it was stopped.
fn answers(terminal: &Terminal) -> Result<Option<Answers>, Failure> {
    let mut asked: Box<dyn Asked> = match io::stdin().is_terminal() {
        false => Box::new(Piped),
        true if !consent::can_ask() => return Err(unseen()),
        true => Box::new(Person::new(terminal)),
    };
    let ended = ask::ask(&mut io::stdin().lock(), &mut *asked)
        .map_err(|error| Failure::reading(Path::new("-"), &error))?;
    match ended.map_err(Failure::unmet)? {
        Ended::Answered(answers) => Ok(Some(answers)),
        Ended::Stopped => Ok(None),
    }
}

/// A program that has its answers ready.
struct Piped;

impl Asked for Piped {
    fn show(&mut self, _at: usize, _before: Option<Rating>) {}

    fn say(&mut self, _words: &str) {}

    fn is_person(&self) -> bool {
        false
    }
}

fn unseen() -> Failure {
    let found = "the statements would be seen nowhere: no output is a terminal";
    let help = "leave one of the outputs to the terminal, or pipe eight answers in";
    Failure::usage(Diagnostic::error("not-asked", found).help(help))
}

/// Asks whether the answers shall be kept. A program says so with one line more.
fn agrees(place: &Path, terminal: &Terminal) -> bool {
    if consent::can_ask() {
        let place = place.display();
        terminal.say("");
        terminal.say(&format!(
            "Kept answers can be leaned on, and compared with later ones. They would go to {place}, \
             which only you can read."
        ));
        return consent::ask("Keep them? (y/N) ");
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).is_ok() && consent::is_yes(&line)
}

fn say_kept(place: &Path, is_named: bool, answers: &Answers, terminal: &Terminal) {
    let file = if is_named { format!("={}", place.display()) } else { String::new() };
    terminal.say(&format!("kept in {}", place.display()));
    if !answers.categories().is_empty() {
        terminal.say(&format!("lean on them: `deckle draw --lean-on{file}`"));
    }
    terminal.say(&format!("see them again: `deckle selfcheck --last{file}`"));
}

fn say_not_kept(args: &SelfcheckArgs, answers: &Answers, terminal: &Terminal) {
    if answers.is_empty() {
        terminal.say("nothing was kept: there was no answer");
    } else if !args.no_save {
        terminal.say("nothing was kept; `--save` keeps answers without asking");
    }
}

/// Shows what was kept.
fn last(named: Option<&Path>, json: bool, terminal: &Terminal) -> Result<(), Failure> {
    let place: PathBuf = keep::place(named)?;
    let History { checks } = match keep::read(&place)? {
        None if named.is_some() => return Err(keep::missing(&place)),
        history => history.unwrap_or_default(),
    };
    if json {
        return json::write(&checks, Some(&place));
    }
    let Some(now) = checks.last() else {
        let found = format!("no self-check is kept in `{}`", place.display());
        let problem = Diagnostic::error("no-answers", found);
        return Err(Failure::unmet(vec![problem.help("`deckle selfcheck` begins")]));
    };
    let before = checks.len().checked_sub(2).map(|at| &checks[at]);
    to_standard_output(|out| {
        let told = Told::new(terminal);
        told.compare(out, before, now)?;
        writeln!(out)?;
        told.findings(out, &now.answers)
    })?;
    if checks.len() > 2 {
        let count = checks.len();
        terminal.say(&format!("{count} are kept in {}; `--json` has them all", place.display()));
    }
    Ok(())
}
