//! The command line: it alone opens files, knows the terminal, and reads clock and environment.

pub mod args;
pub mod check;
mod commands;
mod failure;
pub mod list;
mod locale;
pub mod new;
mod output;
pub mod print;
mod proof;
pub mod report;
mod settings;
pub mod show;
mod sources;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::problem::{Diagnostic, Severity};
use args::{Cli, Command};
use failure::Failure;
use report::ReportStyle;

/// Runs the program with the words of its command line and returns how it ended.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to the standard output and are no error.
            let _ = error.print();
            return ExitCode::from(error.exit_code() as u8);
        }
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
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "deckle", &mut script);
            terminal.write(&String::from_utf8_lossy(&script));
            Ok(())
        }
        Command::Man => {
            let mut page = Vec::new();
            let made = clap_mangen::Man::new(Cli::command()).render(&mut page);
            made.map_err(|error| Failure::writing("-".as_ref(), &error))?;
            terminal.write(&String::from_utf8_lossy(&page));
            Ok(())
        }
        Command::Check(args) => commands::check_decks(&args, terminal),
        Command::Show(args) => commands::show_decks(&args, terminal),
        Command::New(args) => commands::new_deck(&args, terminal),
        Command::List(args) => commands::list(&args),
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
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let columns = |size: Option<(terminal_size::Width, _)>| size.map(|(w, _)| usize::from(w.0));
        let width = columns(terminal_size::terminal_size_of(io::stderr())).unwrap_or(100);
        Self {
            is_person,
            style: ReportStyle { colour: is_person && !plain, width },
            paints_results: io::stdout().is_terminal() && !plain,
            result_width: columns(terminal_size::terminal_size_of(io::stdout())),
        }
    }

    /// Tells problems to a person, notes first and errors last, where they stay in sight.
    pub fn tell(&self, problems: &[Diagnostic]) {
        let mut sorted: Vec<Diagnostic> = problems.to_vec();
        sorted.sort_by_key(|problem| problem.severity);
        if !sorted.is_empty() {
            eprint!("{}", report::render_all(&sorted, self.style));
        }
        let errors = sorted.iter().filter(|p| p.severity == Severity::Error).count();
        if errors > 1 {
            eprintln!("\n{errors} errors");
        }
    }

    /// Says a line to a person.
    pub fn say(&self, line: &str) {
        eprintln!("{line}");
    }

    /// Writes a result; a reader that has seen enough is no error.
    pub fn write(&self, text: &str) {
        let _ = io::stdout().write_all(text.as_bytes());
    }
}

/// Returns the date that the environment asks documents to carry, in seconds since 1970.
fn source_date() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}
