//! Problems as values: what was found, where, what was expected, and the smallest repair.
//!
//! Rooms gather [`Diagnostic`]s and hand them on; only the command line renders them.

mod text;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

pub(crate) use text::{Mark, Text};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Probably not what was meant; the work goes on.
    Warning,
    /// The work cannot be done until this is mended.
    Error,
}

/// How many problems of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// What must be mended.
    pub errors: usize,
    /// What is probably not meant.
    pub warnings: usize,
    /// What is only worth knowing.
    pub notes: usize,
}

impl Tally {
    /// Counts problems.
    pub fn of(problems: &[Diagnostic]) -> Self {
        let mut tally = Self::default();
        problems.iter().for_each(|problem| tally.add(problem.severity));
        tally
    }

    /// Counts one more.
    pub fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    /// Returns the sum of two.
    pub fn sum(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            notes: self.notes + other.notes,
        }
    }
}

/// A problem: all that is needed to understand and to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A short stable name for the kind of problem, such as `unknown-depth`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What was found: lower case, no full stop, the user's own value in backticks.
    pub found: String,
    /// Where it was found, if it has a place.
    pub origin: Option<Origin>,
    /// What would have been right.
    pub expected: Option<String>,
    /// The smallest repair.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error of the kind `code`.
    pub fn error(code: &'static str, found: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, found)
    }

    /// A warning of the kind `code`.
    pub fn warning(code: &'static str, found: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, found)
    }

    /// A note of the kind `code`.
    pub fn note(code: &'static str, found: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, found)
    }

    fn new(code: &'static str, severity: Severity, found: impl Into<String>) -> Self {
        Self { code, severity, found: found.into(), origin: None, expected: None, help: None }
    }

    /// Returns the problem with the place it was found at.
    pub fn at(self, origin: Origin) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// Returns the problem with what would have been right.
    pub fn expected(self, expected: impl Into<String>) -> Self {
        Self { expected: Some(expected.into()), ..self }
    }

    /// Returns the problem with its smallest repair.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Returns a number with its noun: `1 card`, `3 cards`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Returns a number of people in words: `1 person`, `3 people`.
pub fn counted_people(count: usize) -> String {
    if count == 1 { "1 person".into() } else { format!("{count} people") }
}

/// Where in a source something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name of the source as the user gave it: a path, `-`, or a built-in deck.
    pub source: Arc<str>,
    /// The place in the source.
    pub place: Place,
    /// The text around the place, if there is any to show.
    pub excerpt: Option<Excerpt>,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The source as a whole.
    Whole,
    /// A line and a column of a text, both counted from 1, the column in characters.
    Text {
        /// The line.
        line: u32,
        /// The column.
        column: u32,
    },
    /// A cell of a spreadsheet.
    Cell {
        /// The name of the sheet.
        sheet: Arc<str>,
        /// The cell as spreadsheets name it, such as `B14`.
        cell: String,
    },
}

impl fmt::Display for Origin {
    /// Writes `family.csv:14:11`, `family.xlsx: sheet Cards, cell B14` or `family.csv`.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.place {
            Place::Whole => write!(f, "{}", self.source),
            Place::Text { line, column } => write!(f, "{}:{line}:{column}", self.source),
            Place::Cell { sheet, cell } => {
                write!(f, "{}: sheet {sheet}, cell {cell}", self.source)
            }
        }
    }
}

/// A few lines of a source with the part that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines.
    pub text: String,
    /// The number of the first of them, counted from 1.
    pub first_line: u32,
    /// Which bytes of `text` are meant.
    pub span: Range<usize>,
    /// A few words under the marked part, such as the column's name.
    pub label: String,
}

/// Returns the candidate that a slip of the fingers could have turned into `word`, if one is near.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let names = ["light", "warm", "deep"];
        assert_eq!(did_you_mean("deeep", names), Some("deep"));
        assert_eq!(did_you_mean("LIHGT", names), Some("light"));
        assert_eq!(did_you_mean("elephant", names), None);
    }
}
