//! The command line: it alone opens files, knows the terminal, and reads clock and environment.

pub mod args;
mod backs;
mod balance;
mod calibrate;
pub mod check;
mod choose;
mod commands;
mod deal;
pub mod draw;
mod failure;
mod lean;
pub mod list;
mod locale;
mod lock;
pub mod new;
mod output;
mod painting;
mod pictures;
mod plan;
pub mod print;
mod proof;
pub mod report;
mod selfcheck;
mod session;
mod settings;
pub mod show;
mod sources;
mod tuck_box;
mod words;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::draw::What;
use crate::problem::{Diagnostic, Severity};
use args::{Cli, Command};
use failure::Failure;
use report::ReportStyle;

/// Runs the program with the words of its command line and returns how it ended.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => return words::answer(error),
    };
    output::clean_up_on_interrupt();
    let terminal = Terminal::detect();
    match dispatch(cli.command, &terminal) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal.tell(&failure.problems);
            ExitCode::from(failure.exit as u8)
        }
    }
}

fn dispatch(command: Command, terminal: &Terminal) -> Result<(), Failure> {
    match command {
        Command::Print(args) => print::print(*args, terminal),
        Command::Deal(args) => deal::deal(&args, terminal),
        Command::Calibrate(args) => calibrate::calibrate(&args, terminal),
        Command::TuckBox(args) => tuck_box::tuck_box(&args, terminal),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "deckle", &mut script);
            output::to_standard_output(|out| out.write_all(&script))
        }
        Command::Man => {
            let mut page = Vec::new();
            let made = clap_mangen::Man::new(Cli::command()).render(&mut page);
            made.map_err(|error| Failure::writing("-".as_ref(), &error))?;
            output::to_standard_output(|out| out.write_all(&page))
        }
        Command::Draw(args) => draw::draw(&args, terminal),
        Command::Tonight(args) => draw::tonight(&args, terminal),
        Command::Plan(args) => plan::plan(&args, terminal),
        Command::Session(args) => session::session(&args, terminal),
        Command::Love(args) => draw::mark(&args, What::Loved, terminal),
        Command::Pass(args) => draw::mark(&args, What::Passed, terminal),
        Command::Retire(args) => draw::mark(&args, What::Retired, terminal),
        Command::Restore(args) => draw::mark(&args, What::Restored, terminal),
        Command::Used(args) => draw::used(&args, terminal),
        Command::Note(args) => draw::note(&args, terminal),
        Command::Undo(args) => draw::undo(&args, terminal),
        Command::History(args) => draw::history(&args, terminal),
        Command::Selfcheck(args) => selfcheck::selfcheck(&args, terminal),
        Command::Forget(args) => draw::forget(&args, terminal),
        Command::Check(args) => commands::check_decks(&args, terminal),
        Command::Show(args) => commands::show_decks(&args, terminal),
        Command::Balance(args) => balance::balance(&args, terminal),
        Command::New(args) => commands::new_deck(&args, terminal),
        Command::List(args) => commands::list(&args, terminal),
    }
}

/// Where words go: results to the standard output, words for a person to the standard error.
pub struct Terminal {
    /// Whether a person reads along.
    pub is_person: bool,
    /// How problems look.
    pub style: ReportStyle,
    /// Whether results may be coloured.
    pub paints_results: bool,
    /// How many columns there are for results; none where they go to a file or a program.
    pub result_width: Option<usize>,
}

impl Terminal {
    fn detect() -> Self {
        let is_person = io::stderr().is_terminal();
        let set =
            |name: &str, is: fn(&OsString) -> bool| std::env::var_os(name).as_ref().is_some_and(is);
        let plain =
            set("NO_COLOR", |value| !value.is_empty()) || set("TERM", |term| term == "dumb");
        let columns = |size: Option<(terminal_size::Width, _)>| size.map(|(w, _)| usize::from(w.0));
        let width = columns(terminal_size::terminal_size_of(io::stderr()));
        let style = ReportStyle {
            colour: is_person && !plain,
            width: width.unwrap_or(UNKNOWN_WIDTH),
            wraps: width.is_some(),
        };
        Self {
            is_person,
            style,
            paints_results: io::stdout().is_terminal() && !plain,
            result_width: columns(terminal_size::terminal_size_of(io::stdout())),
        }
    }

    /// Tells problems to a person, notes first and errors last, where they stay in sight.
    pub fn tell(&self, problems: &[Diagnostic]) {
        let mut sorted: Vec<Diagnostic> = problems.to_vec();
        sorted.sort_by_key(|problem| problem.severity);
        if !sorted.is_empty() {
            tell_a_person(&report::render_all(&sorted, self.style));
        }
        let errors = sorted.iter().filter(|p| p.severity == Severity::Error).count();
        if errors > 1 {
            tell_a_person(&format!("\n{errors} errors\n"));
        }
    }

    /// Says a line to a person.
    pub fn say(&self, line: &str) {
        let room = self.style.wraps.then(|| self.style.width.saturating_sub(2));
        tell_a_person(&(show::wrapped(line, room).join("\n  ") + "\n"));
    }

    /// Shows a line of a picture to a person, as it is.
    pub fn show(&self, line: &str) {
        tell_a_person(&format!("{line}\n"));
    }

    /// Says which files were written.
    pub fn say_wrote(&self, files: &[PathBuf]) {
        match files {
            [] => {}
            [file] => self.say(&format!("wrote {}", file.display())),
            [first, .., last] => {
                let (first, last) = (first.display(), last.display());
                self.say(&format!("wrote {} files, {first} to {last}", files.len()));
            }
        }
    }

    /// Returns how problems look among the results.
    pub fn result_style(&self) -> ReportStyle {
        ReportStyle {
            colour: self.paints_results,
            width: self.result_width.unwrap_or(UNKNOWN_WIDTH),
            wraps: self.result_width.is_some(),
        }
    }
}

/// How wide lines may be where nobody knows.
const UNKNOWN_WIDTH: usize = 100;

/// Writes to the standard error; where nobody can hear, the exit code still tells how it ended.
fn tell_a_person(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Returns the date that the environment asks documents to carry, in seconds since 1970.
fn source_date() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}
