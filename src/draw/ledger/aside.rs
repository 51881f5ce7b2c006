//! A damaged ledger is kept beside the new one.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::{Ledger, LedgerError};

/// The files that SQLite keeps beside its own, by what they add to its name.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Renames a damaged ledger, so that a new one may take its place, and returns its new name. None
/// where the ledger is whole: another program may have done it a moment ago.
///
/// A file with the ending `.lock` stays beside the ledger, by which programs wait for one another.
///
/// # Errors
///
/// The file cannot be renamed.
pub fn set_aside(path: &Path) -> io::Result<Option<PathBuf>> {
    let held = File::create(with_suffix(path, ".lock"))?;
    held.lock()?;
    if is_damaged(path) { rename(path).map(Some) } else { Ok(None) }
}

/// Returns the damaged ledgers that are kept beside the one at `path`.
pub fn kept_aside(path: &Path) -> Vec<PathBuf> {
    (1..).map(|number| aside(path, number)).take_while(|place| place.exists()).collect()
}

/// Removes a ledger and all that SQLite keeps beside it.
///
/// # Errors
///
/// A file cannot be removed.
pub fn remove(path: &Path) -> io::Result<()> {
    let beside = BESIDE.map(|suffix| with_suffix(path, suffix));
    for file in beside.iter().map(PathBuf::as_path).chain([path]) {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn is_damaged(path: &Path) -> bool {
    // Who cannot write beside it could not rename it either.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let looked =
        Ledger::look(path, folder.unwrap_or(Path::new("."))).and_then(|ledger| match ledger {
            Some(ledger) => ledger.known().and_then(|_| ledger.is_whole()),
            None => Ok(true),
        });
    matches!(looked, Ok(false) | Err(LedgerError::Damaged | LedgerError::NoDatabase))
}

fn rename(path: &Path) -> io::Result<PathBuf> {
    let taken = |place: &Path| {
        place.exists() || BESIDE.iter().any(|suffix| with_suffix(place, suffix).exists())
    };
    let place = (1..).map(|number| aside(path, number)).find(|place| !taken(place));
    let place = place.expect("there is always a next number");
    // The logs go first: beside a new ledger they would be taken for that one's.
    for suffix in BESIDE {
        match fs::rename(with_suffix(path, suffix), with_suffix(&place, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::rename(path, &place)?;
    Ok(place)
}

/// Returns the name of the damaged ledger of a number.
fn aside(path: &Path, number: u32) -> PathBuf {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    path.with_file_name(format!("{name}.damaged-{number}{}", ending.unwrap_or_default()))
}

/// Returns the name of a file that belongs to the one at `path`.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
