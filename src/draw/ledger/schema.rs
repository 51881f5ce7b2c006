//! The file of a ledger: its tables, its version, and how it comes to be.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};

use super::PATIENCE;
use super::error::LedgerError;

/// What each version adds to the one before; the first makes the tables. A ledger of an earlier version
/// goes through those that it lacks, in one transaction.
pub(super) const VERSIONS: [&str; 2] = [
    "
    CREATE TABLE card (
        number INTEGER PRIMARY KEY,
        key BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
        deck TEXT NOT NULL,
        code TEXT NOT NULL,
        category TEXT NOT NULL,
        depth INTEGER CHECK (depth BETWEEN 1 AND 5),
        prompt TEXT NOT NULL
    ) STRICT;
    CREATE TABLE event (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        batch INTEGER NOT NULL,
        at INTEGER NOT NULL,
        night TEXT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('drawn', 'tonight', 'used', 'loved', 'passed', 'retired',
            'restored', 'noted', 'reworded')),
        card INTEGER NOT NULL REFERENCES card,
        detail TEXT,
        undone INTEGER
    ) STRICT;
    CREATE INDEX event_batch ON event (batch);
",
    // What may happen is a check of the table, and SQLite changes none: the table is made anew.
    "
    CREATE TABLE event_2 (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        batch INTEGER NOT NULL,
        at INTEGER NOT NULL,
        night TEXT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('drawn', 'tonight', 'used', 'loved', 'passed', 'retired',
            'restored', 'noted', 'reworded', 'timed')),
        card INTEGER NOT NULL REFERENCES card,
        detail TEXT,
        undone INTEGER
    ) STRICT;
    INSERT INTO event_2 SELECT number, batch, at, night, what, card, detail, undone FROM event;
    DROP TABLE event;
    ALTER TABLE event_2 RENAME TO event;
    CREATE INDEX event_batch ON event (batch);
",
];

/// What tells a ledger from other files of SQLite: `deck` in ASCII.
const APPLICATION: i32 = 0x6465_636B;

/// How files of SQLite begin.
const HEADER: &[u8; 16] = b"SQLite format 3\0";

/// Makes an empty file that only its owner may read, and its folder, where there are none.
pub(super) fn make_file(path: &Path) -> Result<(), LedgerError> {
    if path.exists() {
        return check_header(path);
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder).map_err(LedgerError::Io)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(LedgerError::Io(error)),
        _ => Ok(()),
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Refuses what is no file, and a file that no SQLite wrote; an empty one is a ledger in the making.
pub(super) fn check_header(path: &Path) -> Result<(), LedgerError> {
    if !path.is_file() {
        return Err(LedgerError::NoDatabase);
    }
    let mut start = Vec::new();
    let file = File::open(path).map_err(LedgerError::Io)?;
    file.take(HEADER.len() as u64).read_to_end(&mut start).map_err(LedgerError::Io)?;
    if start.is_empty() || start == HEADER { Ok(()) } else { Err(LedgerError::NoDatabase) }
}

/// What a file of SQLite says of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version {
    application: i32,
    version: i32,
    tables: i64,
}

impl Version {
    /// Returns whether nothing was ever written to the file.
    pub fn is_empty(self) -> bool {
        self.application == 0 && self.version == 0 && self.tables == 0
    }
}

/// Reads what a file says of itself, all of it at one moment.
pub(super) fn version(connection: &Connection) -> Result<Version, LedgerError> {
    if !connection.is_autocommit() {
        return version_within(connection);
    }
    let reading = connection.unchecked_transaction()?;
    let version = version_within(&reading)?;
    reading.commit()?;
    Ok(version)
}

fn version_within(connection: &Connection) -> Result<Version, LedgerError> {
    let number = |query: &str| connection.query_row(query, [], |row| row.get(0));
    Ok(Version {
        application: number("PRAGMA application_id")?,
        version: number("PRAGMA user_version")?,
        tables: connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?,
    })
}

/// Refuses what is no ledger, or one that this program does not understand.
pub(super) fn check_version(version: Version) -> Result<(), LedgerError> {
    if version.is_empty() {
        Ok(())
    } else if version.application != APPLICATION {
        Err(LedgerError::Foreign)
    } else if version.version > VERSIONS.len() as i32 {
        Err(LedgerError::Later { version: version.version, known: VERSIONS.len() as i32 })
    } else {
        Ok(())
    }
}

/// Makes the ledger ready to be written to.
pub(super) fn prepare(connection: &Connection) -> Result<(), LedgerError> {
    let found = version(connection)?;
    check_version(found)?;
    write_ahead(connection)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    if found.version < VERSIONS.len() as i32 {
        bring_up(connection, &VERSIONS)?;
    }
    Ok(())
}

/// Turns the log of changes to come on; another program that does so at the same moment is waited for,
/// which SQLite itself does not do here.
fn write_ahead(connection: &Connection) -> Result<(), LedgerError> {
    const PAUSE: Duration = Duration::from_millis(5);
    let mut pauses = PATIENCE.as_millis() / PAUSE.as_millis();
    loop {
        let mode =
            connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
        match mode {
            // Where there can be no such log SQLite keeps the other kind, which is as safe.
            Ok(_) => return Ok(()),
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) if pauses > 0 => {
                    pauses -= 1;
                    sleep(PAUSE);
                }
                _ => return Err(error.into()),
            },
        }
    }
}

/// Brings a ledger to the last of `versions`, all or nothing.
pub(super) fn bring_up(connection: &Connection, versions: &[&str]) -> Result<(), LedgerError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let done = || {
        // Another program may have been here first, and be of a later version.
        let here: i32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let known = versions.len() as i32;
        if here > known {
            return Err(LedgerError::Later { version: here, known });
        }
        for step in versions.iter().skip(here.max(0) as usize) {
            connection.execute_batch(step)?;
        }
        let marks =
            format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {known};");
        Ok(connection.execute_batch(&format!("{marks} COMMIT"))?)
    };
    done().inspect_err(|_| {
        // What was begun is undone when the connection ends, at the latest.
        let _ = connection.execute_batch("ROLLBACK");
    })
}
