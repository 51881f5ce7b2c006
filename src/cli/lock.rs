//! One program at a time: for files that are read, changed and written again.

use std::fs::{File, OpenOptions};
use std::path::Path;

use super::failure::Failure;

/// The right to change a file; other programs that want it wait until this is dropped.
pub struct Lock(#[expect(dead_code, reason = "held for its lock alone")] File);

impl Lock {
    /// Waits until no other program changes `place`, whose folder must be there.
    ///
    /// What is locked is a hidden file beside it: the file itself gives its place to a new one when it
    /// is written, and those who waited for the old one would go on side by side.
    pub fn on(place: &Path) -> Result<Self, Failure> {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let beside = place.with_file_name(format!(".{name}.lock"));
        let mut options = OpenOptions::new();
        let opened = options.write(true).create(true).truncate(false).open(&beside);
        let file = opened.map_err(|error| Failure::writing(&beside, &error))?;
        // Some network folders know no locks; one program alone is sound there, too.
        let _ = file.lock();
        Ok(Self(file))
    }
}
