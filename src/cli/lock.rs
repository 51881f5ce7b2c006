//! One program at a time: for files that are read, changed and written again.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::failure::Failure;

/// The right to change a file; other programs that want it wait until this is dropped.
pub struct Lock(File);

impl Lock {
    /// Waits until no other program changes `place`, whose folder must be there.
    ///
    /// What is locked is a hidden file beside it: the file itself gives its place to a new one when it
    /// is written, and those who waited for the old one would go on side by side.
    pub fn on(place: &Path) -> Result<Self, Failure> {
        let lock = Self::beside(place)?;
        // Some network folders know no locks; one program alone is sound there, too.
        let _ = lock.0.lock();
        Ok(lock)
    }

    /// Returns the same right without waiting for it; none where another program has it.
    pub fn at_once(place: &Path) -> Result<Option<Self>, Failure> {
        let lock = Self::beside(place)?;
        let is_taken = matches!(lock.0.try_lock(), Err(TryLockError::WouldBlock));
        Ok(Some(lock).filter(|_| !is_taken))
    }

    /// Opens the hidden file beside `place`.
    fn beside(place: &Path) -> Result<Self, Failure> {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let beside = place.with_file_name(format!(".{name}.lock"));
        let mut options = OpenOptions::new();
        let opened = options.write(true).create(true).truncate(false).open(&beside);
        opened.map(Self).map_err(|error| Failure::writing(&beside, &error))
    }
}
