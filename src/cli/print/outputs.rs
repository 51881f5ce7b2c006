//! Where a print goes: its sheets, and the files beside them.

use std::path::{Path, PathBuf};

use crate::problem::Diagnostic;

use super::super::args::PrintArgs;
use super::super::failure::Failure;
use super::super::output;
use super::Settled;

/// The files of a print.
pub struct Outputs {
    /// Where the sheets go.
    pub sheets: PathBuf,
    /// The ticket and the record, if they are asked for.
    pub beside: Vec<PathBuf>,
}

impl Outputs {
    /// Returns where a print of a deck of the name `stem` goes.
    ///
    /// # Errors
    ///
    /// A ticket or a record is sent to the standard output, which takes only sheets.
    pub fn of(args: &PrintArgs, stem: &str) -> Result<Self, Failure> {
        let beside: Vec<PathBuf> = args.ticket.iter().chain(&args.again.record).cloned().collect();
        if beside.iter().any(|place| place == Path::new("-")) {
            let problem =
                Diagnostic::error("no-standard-output", "tickets and records go to files");
            return Err(Failure::usage(problem.help("name a file in place of `-`")));
        }
        let sheets = args.output.clone().unwrap_or_else(|| usual_name(args, stem).into());
        Ok(Self { sheets, beside })
    }

    /// Refuses the files at `places`, in which the sheets go, where something would be lost.
    pub fn allow(
        &self,
        places: &[PathBuf],
        job: &Settled,
        args: &PrintArgs,
    ) -> Result<(), Failure> {
        output::distinct(&places.iter().chain(&self.beside).cloned().collect::<Vec<_>>())?;
        let force = args.force || args.dry_run;
        places.iter().try_for_each(|place| output::allow(place, &job.files, force))
    }
}

/// Returns the name that sheets have where nobody gives one: what is less than the whole deck, or not in
/// earnest, does not meet the file of the whole.
fn usual_name(args: &PrintArgs, stem: &str) -> String {
    let kinds = [
        (!args.filter.only.is_empty(), "-only"),
        (args.again.changed_since.is_some(), "-changed"),
        (args.again.sheets.is_some(), "-sheets"),
        (args.again.draft, "-draft"),
    ];
    let kinds: String = kinds.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();

    format!("{stem}{kinds}.pdf")
}
