//! Why a ledger cannot be used.

use std::io;

use rusqlite::{Error, ErrorCode};
use thiserror::Error;

/// Why a ledger cannot be read or written.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The file is damaged.
    #[error("is damaged")]
    Damaged,
    /// The file is none that SQLite wrote.
    #[error("is no ledger")]
    NoDatabase,
    /// The file belongs to another program.
    #[error("belongs to another program")]
    Foreign,
    /// The file was written by a later version.
    #[error(
        "was written by a later deckle (version {version} of the ledger; this one knows {known})"
    )]
    Later {
        /// The version of the file.
        version: i32,
        /// The last version that is known here.
        known: i32,
    },
    /// The file cannot be written to.
    #[error("cannot be written to")]
    ReadOnly,
    /// The disk is full.
    #[error("does not fit on the disk any more")]
    Full,
    /// The disk fails, or is full in a way that it does not say.
    #[error("cannot be written: the disk is full, or fails")]
    Disk,
    /// Another program does not let go of the file.
    #[error("is in use by another program that does not let go")]
    Busy,
    /// The file cannot be opened or made.
    #[error("cannot be opened: {}", plain(.0))]
    Io(#[source] io::Error),
    /// Something else failed.
    #[error("cannot be used: {0}")]
    Other(Error),
}

impl From<Error> for LedgerError {
    fn from(error: Error) -> Self {
        match &error {
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            | Error::InvalidColumnType(..) => return Self::Damaged,
            // The version is right, and a table or a column is not there.
            Error::SqliteFailure(_, Some(said)) | Error::SqlInputError { msg: said, .. }
                if said.starts_with("no such ") =>
            {
                return Self::Damaged;
            }
            _ => {}
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::NotADatabase) => Self::NoDatabase,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::SystemIoFailure) => Self::Disk,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::CannotOpen) => Self::Io(io::Error::other("no place for it there")),
            _ => Self::Other(error),
        }
    }
}

/// Returns what the system said, without its number.
fn plain(error: &io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
}
