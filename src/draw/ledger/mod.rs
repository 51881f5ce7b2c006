//! The ledger: what was drawn, loved, passed and retired, kept in a file of SQLite.
//!
//! A card that is drawn is recorded in one transaction before anybody sees it. Several programs may draw at once: each
//! waits for its turn, and sees what the one before has drawn. Looking records nothing, and a file that
//! is damaged, foreign or from a later version is never written to.

mod aside;
mod error;
mod schema;

use std::fs;
use std::io;
use std::path::{Path, absolute};
use std::time::Duration;

use jiff::civil::Date;
use rusqlite::types::Type;
use rusqlite::{Connection, OpenFlags, Row, Transaction, TransactionBehavior, params};
use tempfile::TempDir;

use crate::deck::{CardKey, Depth};

use super::memory::{Entry, Event, Keepsake, Memory, What};
pub use aside::{kept_aside, remove, set_aside};
pub use error::LedgerError;

/// How long one waits for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(15);

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    /// Where a copy lies that is looked at in place of the file itself.
    _copy: Option<TempDir>,
}

/// What was recorded together, to take it back by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch(i64);

/// When something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// In seconds since 1970.
    pub at: i64,
    /// On which night, as those who record it count.
    pub night: Date,
}

/// Something to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// What.
    pub what: What,
    /// The card.
    pub card: Keepsake,
    /// A note; of a new wording the key of the old one in hexadecimal; of a time its seconds.
    pub detail: Option<String>,
}

/// All that a ledger knows.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What is so by now.
    pub memory: Memory,
    /// Every card that was ever met, in the order of the first meeting.
    pub met: Vec<Keepsake>,
}

impl Ledger {
    /// Opens the ledger at `path`, and makes an empty one, and its folder, where there is none. Only
    /// the owner may read it.
    ///
    /// # Errors
    ///
    /// It cannot be opened or made, is damaged, is no ledger, or comes from a later version.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        schema::make_file(path)?;
        let connection = connect(path)?;
        schema::prepare(&connection)?;
        Ok(Self { connection, _copy: None })
    }

    /// Opens the ledger at `path` to look at it; nothing is recorded. None where there is none. Where its
    /// folder cannot be written to, a copy in the folder `scratch` is looked at, and goes with the
    /// ledger.
    ///
    /// # Errors
    ///
    /// It cannot be opened, is damaged, is no ledger, or comes from a later version.
    pub fn look(path: &Path, scratch: &Path) -> Result<Option<Self>, LedgerError> {
        if !path.try_exists().map_err(LedgerError::Io)? {
            return Ok(None);
        }
        schema::check_header(path)?;
        let ledger = match Self::to_read(path) {
            // In a folder that cannot be written to SQLite has no place for its index of the log.
            Err(LedgerError::ReadOnly | LedgerError::Io(_)) => Self::of_copy(path, scratch)?,
            ledger => ledger?,
        };
        let version = schema::version(&ledger.connection)?;
        schema::check_version(version)?;
        Ok(if version.is_empty() { None } else { Some(ledger) })
    }

    /// Opens a ledger that is only read. A connection that could write leaves no log behind.
    fn to_read(path: &Path) -> Result<Self, LedgerError> {
        let connection = connect(path)?;
        connection.execute_batch("PRAGMA query_only = ON")?;
        schema::version(&connection)?;
        Ok(Self { connection, _copy: None })
    }

    /// Opens a copy of the ledger and of its log.
    fn of_copy(path: &Path, scratch: &Path) -> Result<Self, LedgerError> {
        let folder = TempDir::new_in(scratch).map_err(LedgerError::Io)?;
        let place = folder.path().join("copy.sqlite");
        fs::copy(path, &place).map_err(LedgerError::Io)?;
        match fs::copy(aside::with_suffix(path, "-wal"), aside::with_suffix(&place, "-wal")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(LedgerError::Io(error));
            }
            _ => {}
        }
        // What is read-only there may be read-only here.
        for file in [place.clone(), aside::with_suffix(&place, "-wal")] {
            make_writable(&file).map_err(LedgerError::Io)?;
        }
        Ok(Self { _copy: Some(folder), ..Self::to_read(&place)? })
    }

    /// Returns all that is known.
    ///
    /// # Errors
    ///
    /// The ledger is damaged or cannot be read.
    pub fn known(&self) -> Result<Known, LedgerError> {
        known(&self.connection)
    }

    /// Returns all that happened and was not undone, oldest first.
    ///
    /// # Errors
    ///
    /// The ledger is damaged or cannot be read.
    pub fn history(&self) -> Result<Vec<Entry>, LedgerError> {
        entries(&self.connection, "event.undone IS NULL")
    }

    /// Records what `act` says, which is told all that is known; nobody else writes in between.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written to; then nothing is recorded. What `act` refuses is returned as
    /// it is.
    pub fn record<T, E>(
        &mut self,
        moment: Moment,
        act: impl FnOnce(&Known) -> Result<(Vec<Deed>, T), E>,
    ) -> Result<Result<(Batch, T), E>, LedgerError> {
        let writing = self.begin()?;
        let known = known(&writing)?;
        let (deeds, answer) = match act(&known) {
            Ok(done) => done,
            Err(refused) => return Ok(Err(refused)),
        };
        let batch = write(&writing, moment, &deeds)?;
        writing.commit()?;
        Ok(Ok((batch, answer)))
    }

    /// Takes back what was recorded last, and returns it; nothing where there is nothing left.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written to.
    pub fn undo(&mut self, at: i64) -> Result<Vec<Entry>, LedgerError> {
        let writing = self.begin()?;
        let last = "SELECT max(batch) FROM event WHERE undone IS NULL";
        let last: Option<i64> = writing.query_row(last, [], |row| row.get(0))?;
        let Some(last) = last else { return Ok(Vec::new()) };
        let undone = entries(&writing, &format!("event.undone IS NULL AND event.batch = {last}"))?;
        take_back(&writing, Batch(last), at)?;
        writing.commit()?;
        Ok(undone)
    }

    /// Takes back what was recorded together, whatever came after it.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written to.
    pub fn take_back(&mut self, batch: Batch, at: i64) -> Result<(), LedgerError> {
        let writing = self.begin()?;
        take_back(&writing, batch, at)?;
        Ok(writing.commit()?)
    }

    /// Begins to write; what another program has done meanwhile is seen.
    fn begin(&mut self) -> Result<Transaction<'_>, LedgerError> {
        let writing = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        schema::check_version(schema::version(&writing)?)?;
        Ok(writing)
    }

    /// Takes everything out, so that no trace is left in the file.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written to.
    pub fn forget(&mut self) -> Result<(), LedgerError> {
        self.connection.execute_batch("PRAGMA secure_delete = ON")?;
        let writing = self.begin()?;
        writing
            .execute_batch("DELETE FROM event; DELETE FROM card; DELETE FROM sqlite_sequence")?;
        writing.commit()?;
        self.connection.execute_batch("VACUUM")?;
        // The log still has all of it until it is emptied, for which nobody may be reading.
        let is_busy: bool =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if is_busy { Err(LedgerError::Busy) } else { Ok(()) }
    }

    /// Returns whether every page of the file is as it should be.
    fn is_whole(&self) -> Result<bool, LedgerError> {
        let said: String =
            self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        Ok(said == "ok")
    }
}

fn connect(path: &Path) -> Result<Connection, LedgerError> {
    // SQLite has names of its own, such as `:memory:`, that no whole path has.
    let path = absolute(path).map_err(LedgerError::Io)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Lets a copy be written to, where it is there.
fn make_writable(file: &Path) -> io::Result<()> {
    let Ok(found) = fs::metadata(file) else { return Ok(()) };
    let mut permissions = found.permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o600);
    #[cfg(not(unix))]
    permissions.set_readonly(false);
    fs::set_permissions(file, permissions)
}

fn known(connection: &Connection) -> Result<Known, LedgerError> {
    let mut cards = connection.prepare(
        "SELECT number, key, deck, code, category, depth, prompt FROM card ORDER BY number",
    )?;
    let rows = cards.query_map([], |row| Ok((row.get::<_, i64>(0)?, keepsake(row, 1)?)))?;
    let met = rows.collect::<Result<Vec<(i64, Keepsake)>, _>>()?;
    let mut events = connection.prepare(
        "SELECT at, night, what, card, detail FROM event WHERE undone IS NULL ORDER BY number",
    )?;
    let mut rows = events.query([])?;
    let mut memory = Memory::default();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(3)?;
        let at = met.binary_search_by_key(&number, |(number, _)| *number);
        let at = at.map_err(|_| LedgerError::Damaged)?;
        memory.take(&event(row, 0, met[at].1.key, 4)?);
    }
    Ok(Known { memory, met: met.into_iter().map(|(_, card)| card).collect() })
}

fn entries(connection: &Connection, which: &str) -> Result<Vec<Entry>, LedgerError> {
    let mut query = connection.prepare(&format!(
        "SELECT at, night, what, detail, key, deck, code, category, depth, prompt \
         FROM event JOIN card ON card.number = event.card WHERE {which} ORDER BY event.number"
    ))?;
    let rows = query.query_map([], |row| {
        let card = keepsake(row, 4)?;
        Ok(Entry { event: event(row, 0, card.key, 3)?, card })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads what happened from the columns that begin with `first`.
fn event(row: &Row, first: usize, card: CardKey, detail: usize) -> rusqlite::Result<Event> {
    let night: String = row.get(first + 1)?;
    let what: String = row.get(first + 2)?;
    Ok(Event {
        at: row.get(first)?,
        night: night.parse().map_err(|_| nonsense(first + 1))?,
        what: What::of(&what).ok_or_else(|| nonsense(first + 2))?,
        card,
        detail: row.get(detail)?,
    })
}

/// Reads what is kept of a card from the columns that begin with `first`.
fn keepsake(row: &Row, first: usize) -> rusqlite::Result<Keepsake> {
    let key: [u8; 16] = row.get(first)?;
    let depth: Option<u8> = row.get(first + 4)?;
    Ok(Keepsake {
        key: CardKey(u128::from_be_bytes(key)),
        deck: row.get(first + 1)?,
        code: row.get(first + 2)?,
        category: row.get(first + 3)?,
        depth: depth.and_then(Depth::new),
        prompt: row.get(first + 5)?,
    })
}

fn nonsense(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, String::new(), Type::Text)
}

fn take_back(writing: &Transaction, batch: Batch, at: i64) -> Result<(), LedgerError> {
    let undo = "UPDATE event SET undone = ?1 WHERE batch = ?2 AND undone IS NULL";
    writing.execute(undo, params![at, batch.0])?;
    Ok(())
}

fn write(writing: &Transaction, moment: Moment, deeds: &[Deed]) -> Result<Batch, LedgerError> {
    let mut card = writing.prepare(
        "INSERT INTO card (key, deck, code, category, depth, prompt) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (key) DO UPDATE SET deck = ?2, code = ?3, category = ?4, depth = ?5, prompt = ?6 \
         RETURNING number",
    )?;
    let mut event = writing.prepare(
        "INSERT INTO event (batch, at, night, what, card, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let batch: i64 =
        writing.query_row("SELECT coalesce(max(batch), 0) + 1 FROM event", [], |row| row.get(0))?;
    let night = moment.night.to_string();
    for Deed { what, card: kept, detail } in deeds {
        let Keepsake { key, deck, code, category, depth, prompt } = kept;
        let key = key.0.to_be_bytes();
        let depth = depth.map(Depth::level);
        let number: i64 =
            card.query_row(params![key, deck, code, category, depth, prompt], |row| row.get(0))?;
        event.execute(params![batch, moment.at, night, what.name(), number, detail])?;
    }
    Ok(Batch(batch))
}

#[cfg(test)]
mod tests;
