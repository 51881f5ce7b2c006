//! What was read on a sheet: kept, added to what is kept, or forgotten.

use crate::impose::Register;
use crate::problem::Diagnostic;

use super::Meant;
use super::profiles::{Printer, Printers, as_told};
use super::set::Told;
use super::words;
use crate::cli::Terminal;
use crate::cli::args::CalibrateArgs;
use crate::cli::failure::{Exit, Failure};

/// Keeps what was read; with `added`, on a sheet that made up for what is kept already.
pub fn keep(
    args: &CalibrateArgs,
    name: &str,
    text: &str,
    added: bool,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let told = Told::parse(text).map_err(|problems| Failure { exit: Exit::Usage, problems })?;
    let meant = Meant::read(args)?;
    let read = match told.has_readings() {
        true => told.read_on(&meant.sheet()?),
        false => told.measured(),
    };
    let reading = Reading { text, told: &told, register: read };
    let (register, path) = Printers::change(|printers| {
        let register = match added {
            true => reading.added_to(&printers, name, &meant)?,
            false => reading.register,
        };
        let last = added.then_some(text);
        Ok((register, printers.keep(name, meant.way, &register, last)?))
    })?;
    if told.is_at_an_end() {
        terminal.tell(&[end_of_scale(name, &meant)]);
    }
    let total = if added { ", in all" } else { "" };
    terminal.say(&format!("{name}, {}{total}: {}", meant.way.words(), words::error(&register)));
    terminal.say(&format!("kept in {}", path.display()));
    if added {
        let sheet = anew(name, &meant);
        terminal.say(&format!("to read once more, print the sheet anew: {sheet}"));
    }
    terminal.say(&format!("print with `deckle print --printer {name}`"));
    Ok(())
}

/// What was read on one sheet.
struct Reading<'t> {
    /// As it was typed.
    text: &'t str,
    told: &'t Told,
    /// The error that it tells.
    register: Register,
}

impl Reading<'_> {
    /// Returns the error of a printer of which a part is known.
    fn added_to(
        &self,
        printers: &Printers,
        name: &str,
        meant: &Meant,
    ) -> Result<Register, Failure> {
        // Who mistypes a name has not calibrated another printer.
        let is_mistyped = printers.get(name).is_none() && printers.near(name).is_some();
        let first = |mut failure: Failure| {
            if is_mistyped {
                return failure;
            }
            let help = format!("`--set {}` keeps it as the first reading", self.text);
            failure.problems.iter_mut().for_each(|problem| problem.help = Some(help.clone()));
            failure
        };
        let known = printers.find(name).map_err(first)?;
        let sum = known.register(meant.way).map_err(first)?.and(&self.register);
        self.refuse_again(&known, meant, &sum)?;
        Ok(sum)
    }

    /// Refuses what was added last: a sheet that makes up for it would read otherwise. What says that
    /// nothing is left may be said as often as one likes.
    fn refuse_again(&self, known: &Printer, meant: &Meant, sum: &Register) -> Result<(), Failure> {
        let is_something = words::remedy(&self.register).is_some();
        if !is_something || !known.was_added_last(meant.way, self.told) {
            return Ok(());
        }
        let found = format!("`{}` was added already: it is what was added last", self.text);
        let help = format!(
            "print the sheet anew, {}, and add what that reads; if it is the same all the same, \
             `--set {}` keeps the sum",
            anew(known.name, meant),
            as_told(sum)
        );
        Err(Failure::usage(Diagnostic::error("added-already", found).help(help)))
    }
}

/// Returns the command for a sheet that makes up for what is kept.
fn anew(name: &str, meant: &Meant) -> String {
    format!("`deckle calibrate --printer {name} -o again.pdf{}`", meant.flags())
}

/// Tells that the back may be off by more than was read.
fn end_of_scale(name: &str, meant: &Meant) -> Diagnostic {
    let found = "a reading is at the end of its scale: the back may be off by more";
    let help = format!("{} makes a sheet that tells", anew(name, meant));
    Diagnostic::note("end-of-scale", found).help(help)
}

/// Forgets a printer in all its ways.
pub fn forget(name: &str, terminal: &Terminal) -> Result<(), Failure> {
    Printers::read()?.find(name)?;
    let path = Printers::change(|printers| printers.forget(name))?;
    terminal.say(&format!("nothing is kept of {name} any more in {}", path.display()));
    Ok(())
}
