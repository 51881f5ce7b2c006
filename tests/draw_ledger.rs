//! The ledger under hard conditions: many programs at once, and programs that are killed.

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// A folder with a deck of `count` cards in it.
fn folder(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..count).map(|at| format!("Play,1,What about number {at}?\n")).collect();
    fs::write(folder.path().join("deck.csv"), format!("category,depth,prompt\n{rows}")).unwrap();
    folder
}

fn draw(folder: &Path, out: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deckle"));
    command.args(["draw", "deck.csv", "--json", "--quiet", "--ledger", "ledger.sqlite"]);
    command.current_dir(folder).env_clear().env("DECKLE_HOME", folder);
    command.stdin(Stdio::null()).stdout(File::create(out).unwrap());
    command.stderr(File::create(out.with_extension("err")).unwrap());
    command.spawn().unwrap()
}

/// Returns the codes in an answer, be it ever so incomplete.
fn codes(out: &Path) -> Vec<String> {
    let text = fs::read_to_string(out).unwrap();
    let parts = text.split("\"code\": \"").skip(1);
    parts.filter_map(|part| part.split_once('"')).map(|(code, _)| code.to_owned()).collect()
}

fn told(out: &Path) -> String {
    fs::read_to_string(out.with_extension("err")).unwrap()
}

/// Returns the codes in the ledger, after a look at whether it is whole.
fn recorded(folder: &Path) -> Vec<String> {
    let ledger = rusqlite::Connection::open(folder.join("ledger.sqlite")).unwrap();
    let whole = ledger.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
    assert_eq!(whole.unwrap(), "ok");
    let mut query = ledger
        .prepare(
            "SELECT code FROM event JOIN card ON card.number = event.card ORDER BY event.number",
        )
        .unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn ten_programs_that_draw_at_once_never_draw_the_same_card() {
    let folder = folder(60);
    let mut seen = HashSet::new();
    // The first ten make the ledger as well, all at the same moment.
    for round in 0..5 {
        let out = |n: usize| folder.path().join(format!("{round}-{n}.json"));
        let draws: Vec<(PathBuf, Child)> =
            (0..10).map(|n| (out(n), draw(folder.path(), &out(n)))).collect();
        for (out, mut child) in draws {
            assert!(child.wait().unwrap().success(), "{}", told(&out));
            assert_eq!(told(&out), "");
            let [code] = &codes(&out)[..] else { panic!("{}", out.display()) };
            assert!(seen.insert(code.clone()), "{code} came twice");
        }
    }
    let recorded = recorded(folder.path());
    assert_eq!(recorded.len(), 50);
    assert_eq!(recorded.into_iter().collect::<HashSet<_>>(), seen);
}

/// A program is killed at some moment of its draw, three hundred times. Whatever it had shown by then
/// is in the ledger, and the ledger is whole.
#[test]
fn what_was_shown_is_recorded_whenever_a_program_is_killed() {
    let folder = folder(2000);
    let out = folder.path().join("out.json");
    draw(folder.path(), &out).wait().unwrap();
    let mut shown = codes(&out);
    // A whole draw takes some milliseconds: how many, depends on the machine and on what else it does.
    // So the moment to kill follows what happened: sooner after a draw that had ended, later after one
    // that had not, with moments spread around it.
    let mut middle = Duration::from_millis(10);
    let mut killed = 0;
    for round in 0..300u32 {
        let mut child = draw(folder.path(), &out);
        sleep(middle * (round * 7 % 30) / 15);
        let ended = child.try_wait().unwrap().is_some();
        middle = if ended { middle * 15 / 16 } else { middle * 17 / 16 };
        killed += usize::from(!ended);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(told(&out), "", "round {round}");
        shown.extend(codes(&out));
    }
    let recorded = recorded(folder.path());
    let all: HashSet<&String> = recorded.iter().collect();
    assert_eq!(all.len(), recorded.len(), "no card was drawn twice");
    assert!(shown.iter().all(|code| all.contains(code)));
    assert_eq!(shown.iter().collect::<HashSet<_>>().len(), shown.len());
    assert!(killed > 50 && shown.len() > 50, "{killed} killed, {} shown", shown.len());
}
