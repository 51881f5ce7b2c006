//! Where answers are kept: a file that only its owner may read.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::failure::{Exit, Failure};
use crate::cli::lock::Lock;
use crate::cli::output;
use crate::cli::settings::data_folder;
use crate::problem::Diagnostic;
use crate::selfcheck::{Check, History};

/// The name of the usual file.
const FILE_NAME: &str = "selfcheck.toml";

/// Returns the usual file, whether or not there is one.
pub fn usual_place() -> Option<PathBuf> {
    data_folder().map(|folder| folder.join(FILE_NAME))
}

/// Returns the file that is named, else the usual one.
pub fn place(named: Option<&Path>) -> Result<PathBuf, Failure> {
    if named == Some(Path::new("-")) {
        let problem = Diagnostic::error("no-standard-output", "answers are kept in a file");
        return Err(Failure::usage(problem.help("name a file in place of `-`")));
    }
    named.map(Path::to_owned).or_else(usual_place).ok_or_else(|| {
        let problem = Diagnostic::error("no-data-folder", "there is no folder for your data");
        let help = "name one in the environment variable DECKLE_HOME, or a file for the answers";
        Failure { exit: Exit::Io, problems: vec![problem.help(help)] }
    })
}

/// Reads the checks of a file; none where there is no file.
pub fn read(place: &Path) -> Result<Option<History>, Failure> {
    let Some(text) = text(place)? else { return Ok(None) };
    let history = History::read(&text, &place.display().to_string()).map_err(Failure::unmet)?;
    Ok(Some(history))
}

/// What is told where a file that somebody named is not there.
pub fn missing(place: &Path) -> Failure {
    let found = format!("there is no file `{}`", place.display());
    let problem = Diagnostic::error("no-such-file", found);
    let help = format!("`deckle selfcheck --save {}` makes it", place.display());
    Failure { exit: Exit::Io, problems: vec![problem.help(help)] }
}

/// Refuses a file that could not take answers, before anybody gives any.
pub fn check(place: &Path) -> Result<(), Failure> {
    if place.is_dir() {
        return Err(output::is_folder(place, FILE_NAME));
    }
    output::allow(place, &[], true)?;
    read(place)?;
    // The usual folder is made where it is missing; a folder that somebody names may be mistyped.
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder.filter(|_| usual_place().as_deref() != Some(place)).map(std::fs::metadata) {
        Some(Err(error)) => Err(Failure::writing(place, &error)),
        _ => Ok(()),
    }
}

/// Adds a check to a file, which is there from then on.
pub fn add(place: &Path, check: &Check) -> Result<(), Failure> {
    // Beside a file that somebody named nothing is left lying.
    let _lock = match usual_place().as_deref() == Some(place) {
        true => Some(lock(place)?),
        false => None,
    };
    let before = text(place)?.unwrap_or_default();
    History::read(&before, &place.display().to_string()).map_err(Failure::unmet)?;
    output::write_private(place, History::add(&before, check).as_bytes())
}

fn lock(place: &Path) -> Result<Lock, Failure> {
    if let Some(folder) = place.parent() {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|error| Failure::writing(folder, &error))?;
    }
    Lock::on(place)
}

/// Returns the text of a file, if there is one. What is no text is none of our files, and is told as
/// such.
fn text(place: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => {
            let bytes = read.map_err(|error| Failure::reading(place, &error))?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
    }
}
