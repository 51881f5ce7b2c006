//! Gathers the problems of a file: the first of each severity whole, the rest as a number.

use crate::problem::{Diagnostic, Origin, Place, Severity};

/// How many problems of one severity are told one by one.
const MOST: usize = 50;

/// The problems of one file.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<Diagnostic>,
    counts: [usize; 3],
}

impl Problems {
    /// Adds a problem; only those that will be told are worked out.
    pub fn tell(&mut self, severity: Severity, problem: impl FnOnce() -> Diagnostic) {
        let count = &mut self.counts[severity as usize];
        *count += 1;
        if *count <= MOST {
            self.list.push(problem());
        }
    }

    /// Adds an error.
    pub fn error(&mut self, problem: impl FnOnce() -> Diagnostic) {
        self.tell(Severity::Error, problem);
    }

    /// Adds a warning.
    pub fn warn(&mut self, problem: impl FnOnce() -> Diagnostic) {
        self.tell(Severity::Warning, problem);
    }

    /// Returns whether any of the problems is an error.
    pub fn has_errors(&self) -> bool {
        self.counts[Severity::Error as usize] > 0
    }

    /// Returns whether the errors to come will only be counted.
    pub fn are_plenty(&self) -> bool {
        self.counts[Severity::Error as usize] > MOST
    }

    /// Returns the problems by source and line, and at the end how many more there are.
    pub fn into_list(mut self, whole: &Origin) -> Vec<Diagnostic> {
        self.list.sort_by_key(|problem| order(problem, whole));
        for (severity, name) in [(Severity::Error, "errors"), (Severity::Warning, "warnings")] {
            let rest = self.counts[severity as usize].saturating_sub(MOST);
            if rest > 0 {
                let name = if rest == 1 { &name[..name.len() - 1] } else { name };
                let found = format!("{rest} more {name} of the same file");
                let more = Diagnostic { severity, ..Diagnostic::note("more", found) };
                self.list.push(more.at(whole.clone()));
            }
        }
        self.list
    }
}

/// Problems of other files, such as the one beside the table, come first.
fn order(problem: &Diagnostic, whole: &Origin) -> (bool, u32) {
    let Some(origin) = &problem.origin else { return (false, 0) };
    let line = if let Place::Text { line, .. } = origin.place { line } else { 0 };
    (origin.source == whole.source, line)
}
