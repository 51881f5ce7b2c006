//! Drawing in a terminal, where colours are seen and questions are asked.
#![cfg(unix)]

use std::io::{Read, Write};
use std::path::Path;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const DECK: &str = "id,category,depth,prompt,follow_up\n\
    a,Play,1,Who are you?,Ask on.\n\
    b,Trust,4,What if?,\n";

/// A terminal with a folder and a deck.
struct Room {
    folder: tempfile::TempDir,
}

/// How a run ended, and what was seen.
struct Seen {
    code: u32,
    text: String,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("deck.csv"), DECK).unwrap();
        Self { folder }
    }

    /// Runs words in a terminal of so many columns, and types the answer.
    fn run(&self, words: &str, columns: u16, env: &[(&str, &str)], answer: &str) -> Seen {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_deckle"));
        command.args(words.split_whitespace());
        self.spawn(command, columns, env, answer)
    }

    /// Runs a line of the shell, in which `$DECKLE` is the program, and types the answer.
    fn shell(&self, line: &str, answer: &str) -> Seen {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        let path = std::env::var("PATH").unwrap();
        let env = [("PATH", &*path), ("DECKLE", env!("CARGO_BIN_EXE_deckle")), ("NO_COLOR", "1")];
        self.spawn(command, 80, &env, answer)
    }

    fn spawn(
        &self,
        mut command: CommandBuilder,
        columns: u16,
        env: &[(&str, &str)],
        answer: &str,
    ) -> Seen {
        let size = PtySize { rows: 40, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.cwd(self.folder.path());
        command.env_clear();
        let home = self.folder.path().join("home");
        for (name, value) in
            [("DECKLE_HOME", home.to_str().unwrap()), ("LANG", "en_GB.UTF-8")].iter().chain(env)
        {
            command.env(name, value);
        }
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let mut writer = pair.master.take_writer().unwrap();
        writer.write_all(answer.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        // A terminal whose program has ended gives an error on some systems.
        let _ = reader.read_to_end(&mut bytes);
        let code = child.wait().unwrap().exit_code();
        Seen { code, text: String::from_utf8(bytes).unwrap().replace("\r\n", "\n") }
    }

    fn recorded(&self) -> i64 {
        let path = self.folder.path().join("home").join("ledger.sqlite");
        if !Path::new(&path).exists() {
            return 0;
        }
        let ledger = rusqlite::Connection::open(path).unwrap();
        ledger.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap()
    }
}

#[test]
fn a_card_has_a_frame_and_colours_in_a_terminal() {
    let seen = Room::new().run("draw deck.csv", 40, &[], "");
    assert_eq!(seen.code, 0);
    assert_eq!(seen.text.lines().count(), 11, "{}", seen.text);
    assert!(seen.text.starts_with("\u{1b}[33m╭"), "{:?}", seen.text);
    assert!(seen.text.contains("\u{1b}[1mWho are you?"), "{:?}", seen.text);
}

#[test]
fn no_color_takes_the_colours_and_leaves_the_frame() {
    let seen = Room::new().run("draw deck.csv", 40, &[("NO_COLOR", "1")], "");
    assert_eq!(
        seen.text,
        "\
╭──────────────────────────────────────╮
│ ◈ Play                   Shore ●○○○○ │
│                                      │
│   Who are you?                       │
│                                      │
│~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~│
│                                      │
│   Ask on.                            │
│                                      │
│                                 Y3VJ │
╰──────────────────────────────────────╯
"
    );
}

#[test]
fn a_deep_card_is_shown_and_recorded_only_after_a_yes() {
    let room = Room::new();
    let words = "draw deck.csv --ceiling 5 --only R43C";
    let question = "This card goes deep: Open sea, 4 of 5. Show it? (y/N) ";
    for answer in ["n\n", "\n", "maybe\n"] {
        let seen = room.run(words, 80, &[("NO_COLOR", "1")], answer);
        assert!(seen.text.contains(question) && !seen.text.contains("What if?"), "{}", seen.text);
        assert_eq!((seen.code, room.recorded()), (1, 0), "{}", seen.text);
    }
    let seen = room.run(words, 80, &[("NO_COLOR", "1")], "y\n");
    assert!(seen.text.contains(question) && seen.text.contains("What if?"), "{}", seen.text);
    assert!(seen.text.contains("Hear it to the end."), "{}", seen.text);
    assert_eq!((seen.code, room.recorded()), (0, 1));
    let unasked = room.run(&format!("{words} --yes"), 80, &[], "");
    assert!(!unasked.text.contains("(y/N)") && unasked.text.contains("What if?"));
}

#[test]
fn who_says_no_to_a_deep_card_gets_a_lighter_one() {
    let room = Room::new();
    // Whichever comes first, only the light one is drawn without a yes.
    for _ in 0..4 {
        let seen = room.run("draw deck.csv --ceiling 5", 80, &[("NO_COLOR", "1")], "n\n");
        assert!(seen.text.contains("Who are you?") && !seen.text.contains("What if?"));
    }
    let night = "tonight deck.csv --ceiling 5 --zone UTC --date";
    let asked = (1..20).find_map(|day| {
        let words = format!("{night} 2026-12-{day:02}");
        let seen = room.run(&words, 80, &[("NO_COLOR", "1")], "n\n");
        assert!(seen.text.contains("Who are you?") && !seen.text.contains("What if?"));
        seen.text.contains("(y/N)").then_some(())
    });
    assert!(asked.is_some(), "every second night is deep");
}

#[test]
fn nobody_who_cannot_be_asked_is_shown_a_deep_card_on_a_terminal() {
    let room = Room::new();
    let seen = room.run("draw deck.csv --only R43C --ceiling 5", 80, &[("NO_COLOR", "1")], "n\n");
    assert!(seen.text.contains("there is no lighter card among these"), "{}", seen.text);
    let piped = room.shell("cat deck.csv | \"$DECKLE\" draw - --ceiling 5 -n 2", "");
    assert!(
        piped.text.contains("Who are you?") && !piped.text.contains("What if?"),
        "{}",
        piped.text
    );
    // Who wants quiet is not asked, so that no login waits for an answer.
    let quiet = room.shell("\"$DECKLE\" draw deck.csv --ceiling 5 -n 2 --quiet", "");
    assert!(!quiet.text.contains("(y/N)") && !quiet.text.contains("What if?"), "{}", quiet.text);
    // Where the words to a person go elsewhere, the question comes where the card would.
    let asked = room.shell("\"$DECKLE\" draw deck.csv --only R43C 2>/dev/null", "y\n");
    assert!(asked.text.contains("(y/N)") && asked.text.contains("What if?"), "{}", asked.text);
}

#[test]
fn all_is_forgotten_only_after_a_yes() {
    let room = Room::new();
    room.run("draw deck.csv", 80, &[], "");
    let seen = room.run("forget --all", 80, &[("NO_COLOR", "1")], "n\n");
    assert!(seen.text.contains("nothing was forgotten"), "{}", seen.text);
    assert_eq!(room.recorded(), 1);
    let seen = room.run("forget --all", 80, &[("NO_COLOR", "1")], "y\n");
    assert!(seen.text.contains("forgot 1 card"), "{}", seen.text);
    assert_eq!(room.recorded(), 0);
}

#[test]
fn a_plan_fits_terminals_of_every_width() {
    let room = Room::new();
    for columns in [40, 80, 120] {
        for plan in ["ten-day", "weekly", "six-week", "restore", "nightly"] {
            let words = format!("plan {plan} --from 2026-12-07 -q");
            let seen = room.run(&words, columns, &[("NO_COLOR", "1")], "");
            assert_eq!(seen.code, 0, "{}", seen.text);
            let wide = seen.text.lines().find(|line| line.chars().count() > columns.into());
            assert_eq!(wide, None, "{plan}");
            assert!(seen.text.contains("Mon 7 Dec"), "{}", seen.text);
        }
    }
}

#[test]
fn a_self_check_asks_one_by_one_and_keeps_nothing_without_a_yes() {
    let room = Room::new();
    let kept = room.folder.path().join("home").join("selfcheck.toml");
    for columns in [40, 80, 120] {
        let answers = "9\n5\nb\n2\n4\n\n4\n4\n4\n4\n4\nn\n";
        let seen = room.run("selfcheck", columns, &[("NO_COLOR", "1")], answers);
        assert_eq!(seen.code, 0, "{}", seen.text);
        let line = |words: &str| {
            seen.text.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
        };
        for words in
            ["8 of 8", "never leave this machine", "5 so far, Enter keeps it", "Keep them?"]
        {
            assert!(line(words), "{words}\n{}", seen.text);
        }
        assert!(line("2 of 5 I can show") && line("nothing was kept"), "{}", seen.text);
        // What was typed beforehand is echoed elsewhere than behind its question.
        let wide = |line: &&str| {
            let is_question = line.contains('>') || line.contains("Keep them?");
            line.chars().count() > usize::from(columns) && !is_question
        };
        assert_eq!(seen.text.lines().find(wide), None);
        assert!(!kept.exists());
    }
    let stopped = room.run("selfcheck --save", 80, &[("NO_COLOR", "1")], "1\nq\n");
    assert!(stopped.text.contains("stopped: nothing was kept") && !kept.exists());
    let answers = "1\n1\n1\n1\n1\n1\n1\n1\ny\n";
    let seen = room.run("selfcheck", 80, &[("NO_COLOR", "1")], answers);
    assert!(seen.text.contains("kept in") && kept.exists(), "{}", seen.text);
}
