//! The ledger as commands meet it: a draw goes on without one, a mark does not.

use std::path::{Path, PathBuf};

use crate::cli::args::{LedgerArgs, LedgerPath};
use crate::cli::failure::{Exit, Failure};
use crate::cli::settings::{DrawSettings, Layers, data_folder};
use crate::draw::ledger::{Batch, Deed, Known, Moment, set_aside};
use crate::draw::{Ledger, LedgerError};
use crate::problem::Diagnostic;

/// The name of the usual ledger.
const FILE_NAME: &str = "ledger.sqlite";

/// The endings of ledgers: what is no database and has another one was named in error, and stays where
/// it is.
const ENDINGS: [&str; 3] = ["sqlite", "sqlite3", "db"];

/// A ledger, or none.
pub struct Journal {
    path: Option<PathBuf>,
    /// Whether somebody named the file.
    is_named: bool,
    /// What was noticed on the way.
    pub notices: Vec<Diagnostic>,
    /// The ledger that was written to, and what. It is let go of after the answer, for that takes its
    /// time.
    open: Option<(Ledger, Batch)>,
}

/// What a command does with all that is known: it says what to record, and its own answer.
pub type Act<'a, T> = dyn Fn(&Known) -> Result<(Vec<Deed>, T), Failure> + 'a;

impl Journal {
    /// Returns the ledger of a draw.
    pub fn of(args: &LedgerArgs, settings: &DrawSettings) -> Result<Self, Failure> {
        if args.no_ledger {
            return Ok(Self::none());
        }
        Self::at(&args.place, settings)
    }

    /// Returns the ledger of a command that has no deck.
    pub fn alone(place: &LedgerPath) -> Result<Self, Failure> {
        let settings = Layers::read(Default::default(), Path::new(""))?.draw;
        Self::at(place, &settings)
    }

    /// Returns the ledger that is asked for, else the one that settings name, else the usual one.
    fn at(place: &LedgerPath, settings: &DrawSettings) -> Result<Self, Failure> {
        let named = place.ledger.clone().or_else(|| settings.ledger.clone());
        let is_named = named.is_some();
        let path = named.or_else(|| data_folder().map(|folder| folder.join(FILE_NAME)));
        if let Some(folder) = path.as_deref().filter(|path| path.is_dir()) {
            let found = format!("`{}` is a folder, not a ledger", folder.display());
            let help = format!("name a file in it: `{}`", folder.join(FILE_NAME).display());
            return Err(Failure::usage(Diagnostic::error("no-ledger", found).help(help)));
        }
        Ok(Self { path, is_named, ..Self::none() })
    }

    /// Returns the journal of those who remember nothing.
    pub fn none() -> Self {
        Self { path: None, is_named: false, notices: Vec::new(), open: None }
    }

    /// Refuses a file that is no ledger, before anything is begun that would be recorded there.
    pub fn check(&self) -> Result<(), Failure> {
        let Some(path) = self.path.as_deref().filter(|path| path.exists()) else { return Ok(()) };
        match look(path) {
            Err(error @ (LedgerError::NoDatabase | LedgerError::Foreign))
                if self.is_named && !is_damage(&error, path) =>
            {
                Err(refused(path, &error))
            }
            _ => Ok(()),
        }
    }

    /// Returns all that is known; nothing where there is no ledger or it cannot be read.
    pub fn known(&self) -> Known {
        let Some(path) = &self.path else { return Known::default() };
        let looked =
            look(path).and_then(|ledger| ledger.map_or(Ok(Known::default()), |l| l.known()));
        looked.unwrap_or_default()
    }

    /// Lets `act` draw, and records what it says before its answer is returned. Where nothing can be
    /// recorded it draws all the same, and a notice says so.
    pub fn draw<T>(&mut self, moment: Moment, act: &Act<T>) -> Result<T, Failure> {
        let Some(path) = self.path.clone() else {
            return act(&Known::default()).map(|(_, answer)| answer);
        };
        match self.write(&path, moment, act) {
            Ok(answer) => answer,
            Err(error @ (LedgerError::NoDatabase | LedgerError::Foreign)) if self.is_named => {
                Err(refused(&path, &error))
            }
            Err(error) => {
                let (_, answer) = act(&self.known())?;
                self.notices.push(not_recorded(&path, &error));
                Ok(answer)
            }
        }
    }

    /// Takes back what was recorded, since nobody came to see it.
    pub fn take_back(&mut self, at: i64) {
        if let Some((mut ledger, batch)) = self.open.take() {
            // What cannot be taken back now is in the history, and `undo` finds it there.
            let _ = ledger.take_back(batch, at);
        }
    }

    /// Lets `act` say what to record, and records it.
    pub fn mark<T>(&mut self, moment: Moment, act: &Act<T>) -> Result<T, Failure> {
        let path = self.place()?;
        self.write(&path, moment, act).map_err(|error| refused(&path, &error))?
    }

    /// Opens the ledger to change it in other ways.
    pub fn open(&self) -> Result<(Ledger, PathBuf), Failure> {
        let path = self.place()?;
        Ledger::open(&path).map(|ledger| (ledger, path.clone())).map_err(|e| refused(&path, &e))
    }

    /// Opens the ledger to look at it; none where there is none yet, unless somebody named it.
    pub fn look(&self) -> Result<(Option<Ledger>, PathBuf), Failure> {
        let path = self.place()?;
        if self.is_named && !path.exists() {
            let problem = format!("there is no ledger `{}`", path.display());
            let problem =
                Diagnostic::error("no-ledger", problem).help("check the folder and the name");
            return Err(Failure { exit: Exit::Io, problems: vec![problem] });
        }
        look(&path).map(|ledger| (ledger, path.clone())).map_err(|e| refused(&path, &e))
    }

    /// Returns where the ledger is.
    pub fn place(&self) -> Result<PathBuf, Failure> {
        self.path.clone().ok_or_else(|| {
            let problem = Diagnostic::error("no-ledger", "there is no folder for a ledger");
            Failure::usage(problem.help("name a file: `--ledger PATH`"))
        })
    }

    fn write<T>(
        &mut self,
        path: &Path,
        moment: Moment,
        act: &Act<T>,
    ) -> Result<Result<T, Failure>, LedgerError> {
        let once = || {
            let mut ledger = Ledger::open(path)?;
            let answer = ledger.record(moment, act)?;
            Ok((answer, ledger))
        };
        let done = match once() {
            Err(error) if is_damage(&error, path) => {
                let place = set_aside(path).map_err(LedgerError::Io)?;
                self.notices.extend(place.map(|place| kept_aside(path, &place)));
                once()
            }
            done => done,
        };
        let (answer, ledger) = done?;
        match answer {
            Ok((batch, answer)) => {
                self.open = Some((ledger, batch));
                Ok(Ok(answer))
            }
            // What was noticed is told with what went wrong: nobody else will.
            Err(mut failure) => {
                failure.problems.splice(0..0, std::mem::take(&mut self.notices));
                Ok(Err(failure))
            }
        }
    }
}

/// Opens a ledger to look at it.
pub fn look(path: &Path) -> Result<Option<Ledger>, LedgerError> {
    Ledger::look(path, &std::env::temp_dir())
}

/// Returns whether an error says that the file at `path` is a ledger and damaged.
pub fn is_damage(error: &LedgerError, path: &Path) -> bool {
    match error {
        LedgerError::Damaged => true,
        LedgerError::NoDatabase => path.is_file() && is_ledger_by_name(path),
        _ => false,
    }
}

fn is_ledger_by_name(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.contains(&&*ending.to_lowercase())
}

fn kept_aside(path: &Path, place: &Path) -> Diagnostic {
    let found = format!("the ledger `{}` is damaged; a new one begins", path.display());
    let help = format!("the old one is kept as `{}`", place.display());
    Diagnostic::warning("ledger-damaged", found).help(help)
}

fn not_recorded(path: &Path, error: &LedgerError) -> Diagnostic {
    let found = format!("nothing was recorded: the ledger `{}` {error}", path.display());
    Diagnostic::warning("not-recorded", found)
        .help(format!("{}, or say `--no-ledger`", way_out(error)))
}

/// Returns what is told where a ledger is needed and cannot be used.
pub fn refused(path: &Path, error: &LedgerError) -> Failure {
    let found = format!("the ledger `{}` {error}", path.display());
    let problem = Diagnostic::error("ledger", found).help(way_out(error));
    Failure { exit: Exit::Io, problems: vec![problem] }
}

fn way_out(error: &LedgerError) -> &'static str {
    match error {
        LedgerError::Damaged => "the next draw keeps it aside and begins a new one",
        LedgerError::NoDatabase | LedgerError::Foreign => "name another file: `--ledger PATH`",
        LedgerError::Later { .. } => "use that deckle, or another ledger: `--ledger PATH`",
        LedgerError::ReadOnly | LedgerError::Io(_) => {
            "choose a place that you may write to: `--ledger PATH`"
        }
        LedgerError::Full | LedgerError::Disk => {
            "make room, or choose another disk: `--ledger PATH`"
        }
        LedgerError::Busy => "end the other program",
        LedgerError::Other(_) => "choose another ledger: `--ledger PATH`",
    }
}
