//! Why a command ended badly, and the exit code that says so.

use std::io;
use std::path::Path;

use crate::problem::Diagnostic;

/// What is told, and how the program ends.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What is told, in order.
    pub problems: Vec<Diagnostic>,
}

/// The exit codes; their meaning is a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The deck or the request cannot be met.
    Unmet = 1,
    /// The words of the command are wrong, or a name is in no catalogue.
    Usage = 2,
    /// Reading or writing failed.
    Io = 3,
}

impl Failure {
    /// The deck or the request cannot be met.
    pub fn unmet(problems: Vec<Diagnostic>) -> Self {
        Self { exit: Exit::Unmet, problems }
    }

    /// The words of the command are wrong.
    pub fn usage(problem: Diagnostic) -> Self {
        Self { exit: Exit::Usage, problems: vec![problem] }
    }

    /// Reading `path` failed.
    pub fn reading(path: &Path, error: &io::Error) -> Self {
        let found = format!("cannot read {}: {}", named(path, "standard input"), plain(error));
        Self { exit: Exit::Io, problems: vec![Diagnostic::error("unreadable", found)] }
    }

    /// The same failure, with what was wrong before.
    pub fn after(mut self, problems: Vec<Diagnostic>) -> Self {
        self.problems.splice(0..0, problems);
        self
    }

    /// Writing `path` failed; nothing is left of the attempt.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
        let found = format!("cannot write {}: {}", named(path, "standard output"), plain(error));
        let help = match error.kind() {
            _ if path == Path::new("-") => "see what the output is led to",
            io::ErrorKind::NotFound => "create the folder first, or choose another",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "choose a folder that you may write to"
            }
            io::ErrorKind::StorageFull => "make room, or choose another disk",
            _ => "choose another place",
        };
        let problem = Diagnostic::error("unwritable", found).help(help);
        Self { exit: Exit::Io, problems: vec![problem] }
    }
}

/// Returns the path in backticks, or what `-` stands for.
fn named(path: &Path, dash: &str) -> String {
    if path == Path::new("-") { format!("the {dash}") } else { format!("`{}`", path.display()) }
}

/// Returns what the system said, without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
