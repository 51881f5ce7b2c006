//! A damaged ledger is kept beside the new one.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::{Ledger, LedgerError};

/// The files that SQLite keeps beside its own.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// Renames a damaged ledger, so that a new one may take its place, and returns its new name. None
/// where the ledger is whole: another program may have done it a moment ago.
///
/// # Errors
///
/// The file cannot be renamed.
pub fn set_aside(path: &Path) -> io::Result<Option<PathBuf>> {
    let lock = with_suffix(path, ".lock");
    let held = File::create(&lock)?;
    held.lock()?;
    let done = if is_damaged(path) { rename(path).map(Some) } else { Ok(None) };
    drop(held);
    // Who waits for it holds it open still; who comes later makes a new one.
    let _ = fs::remove_file(lock);
    done
}

fn is_damaged(path: &Path) -> bool {
    let looked = Ledger::look(path).and_then(|ledger| match ledger {
        Some(ledger) => ledger.known().map(drop),
        None => Ok(()),
    });
    matches!(looked, Err(LedgerError::Damaged | LedgerError::NoDatabase))
}

fn rename(path: &Path) -> io::Result<PathBuf> {
    let free = |number: u32| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
        path.with_file_name(format!("{name}.damaged-{number}{}", ending.unwrap_or_default()))
    };
    let place = (1..).map(free).find(|place| !place.exists());
    let place = place.expect("there is always a next number");
    // The log goes first: beside a new ledger it would be taken for that one's.
    for beside in BESIDE {
        match fs::rename(with_suffix(path, beside), with_suffix(&place, beside)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::rename(path, &place)?;
    Ok(place)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
