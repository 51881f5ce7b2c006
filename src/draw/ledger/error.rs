//! Why a ledger cannot be used.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;
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
    Foreign(PathBuf),
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
    /// Another program does not let go of the file.
    #[error("is in use by another program that does not let go")]
    Busy,
    /// The file cannot be opened or made.
    #[error("cannot be opened")]
    Io(#[source] io::Error),
    /// Something else failed.
    #[error("cannot be used: {0}")]
    Other(rusqlite::Error),
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Sql;
        match &error {
            Sql::FromSqlConversionFailure(..)
            | Sql::IntegralValueOutOfRange(..)
            | Sql::Utf8Error(..)
            | Sql::InvalidColumnType(..) => return Self::Damaged,
            // The version is right and a table or a column is not there.
            Sql::SqlInputError { .. } => return Self::Damaged,
            _ => {}
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::NotADatabase) => Self::NoDatabase,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::CannotOpen) => Self::Io(io::ErrorKind::PermissionDenied.into()),
            _ => Self::Other(error),
        }
    }
}
