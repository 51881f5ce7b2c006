use std::fs;
use std::path::Path;

use super::schema::{VERSIONS, bring_up};
use super::*;
use crate::draw::testing::cards;

fn moment() -> Moment {
    Moment { at: 1_795_000_000, night: "2026-11-22".parse().unwrap() }
}

fn deeds(what: What, cards: &[Keepsake]) -> Vec<Deed> {
    cards.iter().map(|card| Deed { what, card: card.clone(), detail: None }).collect()
}

fn keepsakes(count: usize) -> Vec<Keepsake> {
    let deck = cards(count, 5);
    deck.cards.iter().map(|card| Keepsake::of(&deck, card)).collect()
}

fn record(ledger: &mut Ledger, what: What, cards: &[Keepsake]) -> Result<(), LedgerError> {
    let done = ledger.record(moment(), |_| Ok::<_, ()>((deeds(what, cards), ())));
    done.map(|answer| answer.unwrap().1)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn what_is_recorded_is_read_back() {
    let folder = folder();
    let path = folder.path().join("deep").join("ledger.sqlite");
    assert!(Ledger::look(&path, folder.path()).unwrap().is_none() && !path.exists());
    let cards = keepsakes(3);
    let mut ledger = Ledger::open(&path).unwrap();
    record(&mut ledger, What::Drawn, &cards).unwrap();
    record(&mut ledger, What::Loved, &cards[1..2]).unwrap();
    drop(ledger);
    let ledger = Ledger::look(&path, folder.path()).unwrap().unwrap();
    let Known { memory, met } = ledger.known().unwrap();
    assert_eq!(met, cards);
    assert!(memory.recall(cards[1].key).loved && !memory.recall(cards[0].key).loved);
    let entries = ledger.history().unwrap();
    assert_eq!(entries.len(), 4);
    assert_eq!((entries[3].event.what, &entries[3].card), (What::Loved, &cards[1]));
    assert_eq!(entries[3].event.at, moment().at);
}

#[test]
fn what_was_recorded_together_is_undone_together() {
    let folder = folder();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    let cards = keepsakes(4);
    record(&mut ledger, What::Drawn, &cards[..1]).unwrap();
    record(&mut ledger, What::Drawn, &cards[1..]).unwrap();
    assert_eq!(ledger.undo(0).unwrap().len(), 3);
    assert_eq!(ledger.known().unwrap().memory.last(), Some(cards[0].key));
    // What was undone leaves its number unused, so that nothing new is mistaken for it.
    record(&mut ledger, What::Loved, &cards[..1]).unwrap();
    assert_eq!(ledger.undo(0).unwrap()[0].event.what, What::Loved);
    assert_eq!(ledger.undo(0).unwrap()[0].event.what, What::Drawn);
    assert_eq!(ledger.undo(0).unwrap(), []);
    assert_eq!(ledger.history().unwrap(), []);
}

#[test]
fn whatever_may_happen_can_be_recorded() {
    let folder = folder();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    What::ALL.into_iter().for_each(|what| record(&mut ledger, what, &keepsakes(1)).unwrap());
    let whats: Vec<What> = ledger.history().unwrap().iter().map(|at| at.event.what).collect();
    assert_eq!(whats, What::ALL);
}

#[test]
fn what_is_refused_is_not_recorded() {
    let folder = folder();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    let refused = ledger.record(moment(), |_| Err::<(Vec<Deed>, ()), _>("no")).unwrap();
    assert_eq!(refused.unwrap_err(), "no");
    record(&mut ledger, What::Drawn, &keepsakes(1)).unwrap();
    assert_eq!(ledger.history().unwrap().len(), 1);
}

#[test]
fn forgetting_leaves_no_word_in_the_file() {
    let folder = folder();
    let path = folder.path().join("ledger.sqlite");
    let mut ledger = Ledger::open(&path).unwrap();
    record(&mut ledger, What::Drawn, &keepsakes(50)).unwrap();
    ledger.forget().unwrap();
    assert_eq!(ledger.history().unwrap(), []);
    // The log is there as long as the ledger is open.
    assert!(aside::with_suffix(&path, "-wal").exists());
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(10).any(|part| part == b"What about"));
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("own").join("ledger.sqlite");
    let mut ledger = Ledger::open(&path).unwrap();
    record(&mut ledger, What::Drawn, &keepsakes(1)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for entry in fs::read_dir(path.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn a_damaged_ledger_is_kept_aside_and_nothing_whole_is() {
    let folder = folder();
    let path = folder.path().join("ledger.sqlite");
    let mut ledger = Ledger::open(&path).unwrap();
    record(&mut ledger, What::Drawn, &keepsakes(200)).unwrap();
    drop(ledger);
    assert_eq!(set_aside(&path).unwrap(), None);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle..].fill(0x5A);
    fs::write(&path, &bytes).unwrap();
    let opened = Ledger::open(&path).and_then(|ledger| ledger.known());
    assert!(matches!(opened, Err(LedgerError::Damaged)), "{opened:?}");
    let place = set_aside(&path).unwrap().unwrap();
    assert_eq!(place, folder.path().join("ledger.damaged-1.sqlite"));
    assert_eq!(fs::read(&place).unwrap(), bytes);
    fs::write(&path, "no database at all, and long enough to see that").unwrap();
    assert!(matches!(Ledger::open(&path), Err(LedgerError::NoDatabase)));
    assert_eq!(set_aside(&path).unwrap(), Some(folder.path().join("ledger.damaged-2.sqlite")));
    assert!(Ledger::open(&path).is_ok());
}

/// Whichever page is overwritten: either the ledger goes on, or it is kept aside and a new one begins.
#[test]
fn no_damaged_page_keeps_a_ledger_from_recording_for_ever() {
    let folder = folder();
    let whole = folder.path().join("whole.sqlite");
    let mut ledger = Ledger::open(&whole).unwrap();
    record(&mut ledger, What::Drawn, &keepsakes(300)).unwrap();
    drop(ledger);
    let bytes = fs::read(&whole).unwrap();
    let mut kept = 0;
    for page in 1..bytes.len() / 4096 {
        let path = folder.path().join(format!("page-{page}.sqlite"));
        let mut damaged = bytes.clone();
        damaged[page * 4096..][..4096].fill(0x5A);
        fs::write(&path, &damaged).unwrap();
        let again = || {
            let mut ledger = Ledger::open(&path)?;
            record(&mut ledger, What::Drawn, &keepsakes(301)[300..])
        };
        if let Err(error) = again() {
            assert!(matches!(error, LedgerError::Damaged), "page {page}: {error}");
            let place = set_aside(&path).unwrap().unwrap_or_else(|| panic!("page {page}"));
            assert_eq!(kept_aside(&path), std::slice::from_ref(&place));
            again().unwrap();
            remove(&place).unwrap();
            kept += 1;
        }
    }
    assert!(kept > 5, "{kept}");
}

#[test]
fn a_ledger_in_a_folder_that_is_only_read_is_read_with_its_log() {
    let folder = folder();
    let path = folder.path().join("ledger.sqlite");
    let mut ledger = Ledger::open(&path).unwrap();
    record(&mut ledger, What::Drawn, &keepsakes(3)).unwrap();
    // As another program that was killed would leave it: what was recorded last is in the log alone.
    let copy = tempfile::tempdir().unwrap();
    let place = copy.path().join("ledger.sqlite");
    for suffix in ["", "-wal"] {
        let [from, to] = [&path, &place].map(|path| aside::with_suffix(path, suffix));
        fs::copy(from, to).unwrap();
    }
    drop(ledger);
    let read = Ledger::of_copy(&place, folder.path()).unwrap();
    assert_eq!(read.history().unwrap().len(), 3);
    let names = fs::read_dir(copy.path()).unwrap().count();
    assert_eq!(names, 2, "nothing was added to the folder");
}

#[test]
fn a_ledger_is_safe_before_it_is_fast() {
    let folder = folder();
    let path = folder.path().join("ledger.sqlite");
    let ledger = Ledger::open(&path).unwrap();
    let pragma = |name: &str| {
        let query = format!("PRAGMA {name}");
        ledger
            .connection
            .query_row(&query, [], |row| row.get::<_, rusqlite::types::Value>(0))
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), "wal".to_owned().into());
    assert_eq!(pragma("synchronous"), 2.into());
    drop(ledger);
    // Looking leaves nothing behind.
    drop(Ledger::look(&path, folder.path()).unwrap().unwrap());
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["ledger.sqlite"]);
}

#[test]
fn what_was_recorded_can_be_taken_back_whatever_came_after() {
    let folder = folder();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    let cards = keepsakes(2);
    let first = ledger
        .record(moment(), |_| Ok::<_, ()>((deeds(What::Drawn, &cards[..1]), ())))
        .unwrap()
        .unwrap()
        .0;
    record(&mut ledger, What::Drawn, &cards[1..]).unwrap();
    ledger.take_back(first, 7).unwrap();
    let history = ledger.history().unwrap();
    assert_eq!(history.iter().map(|entry| &entry.card).collect::<Vec<_>>(), [&cards[1]]);
}

#[test]
fn another_programs_file_and_a_later_ledger_are_left_alone() {
    let folder = folder();
    let path = folder.path().join("other.sqlite");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE recipe (name TEXT)").unwrap();
    drop(other);
    let before = fs::read(&path).unwrap();
    assert!(matches!(Ledger::open(&path), Err(LedgerError::Foreign)));
    assert!(matches!(Ledger::look(&path, folder.path()), Err(LedgerError::Foreign)));
    assert_eq!(fs::read(&path).unwrap(), before);

    let path = folder.path().join("later.sqlite");
    drop(Ledger::open(&path).unwrap());
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let before = fs::read(&path).unwrap();
    let later = Ledger::open(&path).unwrap_err();
    assert!(matches!(later, LedgerError::Later { version: 99, known: 2 }), "{later:?}");
    assert!(matches!(Ledger::look(&path, folder.path()), Err(LedgerError::Later { .. })));
    assert_eq!(set_aside(&path).unwrap(), None);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_earlier_ledger_is_brought_up_with_all_it_holds() {
    let folder = folder();
    let path = folder.path().join("ledger.sqlite");
    let first = Connection::open(&path).unwrap();
    bring_up(&first, &VERSIONS[..1]).unwrap();
    drop(first);
    let mut ledger = Ledger { connection: connect(&path).unwrap(), _copy: None };
    record(&mut ledger, What::Drawn, &keepsakes(3)).unwrap();
    record(&mut ledger, What::Loved, &keepsakes(1)).unwrap();
    let timed = record(&mut ledger, What::Timed, &keepsakes(1));
    assert!(timed.is_err(), "the first version knows no times");
    let before = ledger.history().unwrap();
    drop(ledger);
    let version =
        |c: &Connection| c.query_row("PRAGMA user_version", [], |row| row.get::<_, i32>(0));
    let look = Ledger::look(&path, folder.path()).unwrap().unwrap();
    assert_eq!((look.history().unwrap(), version(&look.connection).unwrap()), (before.clone(), 1));
    drop(look);
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(version(&ledger.connection).unwrap(), 2);
    assert_eq!(ledger.history().unwrap(), before);
    record(&mut ledger, What::Timed, &keepsakes(1)).unwrap();
    // What came last goes first, so the order and the numbers are those of before.
    let undone: Vec<What> = (0..2).map(|_| ledger.undo(0).unwrap()[0].event.what).collect();
    assert_eq!(undone, [What::Timed, What::Loved]);
    // A second program that had the same in mind finds it done.
    bring_up(&ledger.connection, &VERSIONS).unwrap();
    let wrong = [VERSIONS[0], VERSIONS[1], "DROP TABLE event", "ALTER TABLE nowhere ADD COLUMN x"];
    assert!(bring_up(&ledger.connection, &wrong).is_err());
    assert_eq!(version(&ledger.connection).unwrap(), 2, "all or nothing");
    assert_eq!(ledger.history().unwrap().len(), 3);
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    let folder = folder();
    let path = folder.path().join("ledger.sqlite");
    let mut ledger = Ledger::open(&path).unwrap();
    record(&mut ledger, What::Drawn, &keepsakes(2)).unwrap();
    // SQLite says of a file that may not grow what it says of a disk that is full.
    let pages = ledger.connection.query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0));
    let limit = format!("PRAGMA max_page_count = {}", pages.unwrap());
    ledger.connection.query_row(&limit, [], |_| Ok(())).unwrap();
    let full = record(&mut ledger, What::Drawn, &keepsakes(500));
    assert!(matches!(full, Err(LedgerError::Full)), "{full:?}");
    assert_eq!(ledger.history().unwrap().len(), 2);
}
