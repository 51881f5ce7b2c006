//! Sessions led in a real terminal: keys, timers, bells, and going on after the program was ended.
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Two people, one card each way, and every part a second or two long.
const QUICK: &str = r#"
schema = 1
id = "quick"
title = "Quick one"
purpose = "Over before the tea is cold."
people = 2
decks = ["friends"]

[opening]
seconds = 5
say = ["Ready, steady."]

[[part]]
title = "Cards"
rounds = [1, 1, 3]
depth = [1, 2]
group = "pairs"
[[part.step]]
turn = [{ role = "speaker", does = "answers", seconds = 5 }]

[landing]
title = "Thanks"
group = "pairs"
[[landing.step]]
turn = [{ role = "speaker", does = "answers the last card", seconds = 5 }]
"#;

/// How long one waits for something to be seen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder with a home in it.
struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("quick.toml"), QUICK).unwrap();
        std::fs::write(folder.path().join("names.txt"), "Anna\nBen\n").unwrap();
        Self { folder }
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn begin(&self, words: &str, (columns, rows): (u16, u16)) -> Play {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_deckle"));
        command.args(words.split_whitespace());
        command.cwd(self.folder.path());
        command.env_clear();
        command.env("DECKLE_HOME", self.home());
        command.env("LANG", "en_GB.UTF-8");
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // A terminal whose program has ended gives an error on some systems.
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let parser = screen_of(rows, columns);
        Play { child, master: pair.master, writer, bytes, parser, all: Vec::new() }
    }

    /// Returns what the ledger says happened, in order.
    fn ledger(&self) -> Vec<(String, Option<String>)> {
        let ledger = rusqlite::Connection::open(self.home().join("ledger.sqlite")).unwrap();
        let mut rows = ledger.prepare("SELECT what, detail FROM event ORDER BY number").unwrap();
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    fn count(&self, what: &str) -> usize {
        self.ledger().iter().filter(|(happened, _)| happened == what).count()
    }

    fn is_left(&self) -> bool {
        let left = self.home().join("sessions/left").read_dir();
        let mut names = left.into_iter().flatten().flatten().map(|entry| entry.file_name());
        names.any(|name| name.to_string_lossy().ends_with(".json"))
    }
}

/// Returns an empty screen.
fn screen_of(rows: u16, columns: u16) -> vt100::Parser {
    let [rows, columns] = [rows, columns].map(|size| NonZero::new(size).unwrap());
    vt100::Parser::new(rows, columns, 0)
}

/// A program under way in a terminal.
struct Play {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    all: Vec<u8>,
}

impl Play {
    /// Takes in what was written until `is_there` says so of the screen, and returns the screen.
    fn until(&mut self, what: &str, is_there: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let screen = self.parser.screen().contents();
            if is_there(&screen) {
                return screen;
            }
            let left = end.saturating_duration_since(Instant::now());
            match self.bytes.recv_timeout(left) {
                Ok(bytes) => {
                    self.parser.process(&bytes);
                    self.all.extend(bytes);
                }
                Err(error) => panic!("{what} was not seen ({error}):\n{screen}"),
            }
        }
    }

    fn see(&mut self, words: &str) -> String {
        self.until(words, |screen| screen.contains(words))
    }

    fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits for the end; returns the exit code and all that was written.
    fn end(mut self) -> (u32, String) {
        let code = self.child.wait().unwrap().exit_code();
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_secs(5)) {
            self.all.extend(bytes);
        }
        (code, String::from_utf8_lossy(&self.all).into_owned())
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }
}

#[test]
fn a_whole_session_runs_by_its_timers_and_is_remembered() {
    let room = Room::new();
    let mut play = room.begin("session quick.toml --names names.txt --run", (80, 24));
    let begun = Instant::now();
    play.see("Ready, steady.");
    let first = play.see("Anna answers.");
    assert!(first.contains("▶ Anna") && first.contains("  Ben"), "{first}");
    play.see("Ben answers.");
    play.see("answers the last card.");
    play.see("That was all. Thank you.");
    let took = begun.elapsed().as_secs_f64();
    // The second of two rings comes a little later.
    std::thread::sleep(Duration::from_millis(800));
    // Five seconds each for the rule, two answers and two thanks.
    assert!((24.0..30.0).contains(&took), "{took}");
    play.press("q");
    let (code, all) = play.end();
    assert_eq!(code, 0);
    // Two rings where a stage ends, one between turns. Titles of windows end on a bell, too: none is set.
    assert_eq!(all.matches('\u{7}').count(), 3 * 2 + 2);
    assert!(
        all.contains("\u{1b}[?1049h") && all.contains("\u{1b}[?1049l"),
        "the screen is given back"
    );
    assert!(!room.is_left());
    let ledger = room.ledger();
    let whats: Vec<&str> = ledger.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(whats, ["used", "timed", "used", "timed"]);
    assert_eq!(ledger[1].1.as_deref(), Some("10"));
    assert_eq!(ledger[3].1.as_deref(), Some("10"));
}

#[test]
fn a_session_that_was_killed_goes_on_where_it_was() {
    let room = Room::new();
    let words = "session conversation --minutes 40 --names names.txt --run --mute";
    let mut play = room.begin(words, (80, 24));
    play.see("Anyone may pass");
    play.press("nn");
    play.see("Ben says what they heard");
    play.press("p");
    let seen = play.see("passed: another card lies there");
    let prompt = seen.lines().nth(5).unwrap().trim().to_owned();
    play.press("+");
    // What was pressed is kept at once, and by another thread.
    play.see("a minute more");
    std::thread::sleep(Duration::from_millis(2500));
    play.signal("-KILL");
    drop(play.end());
    assert!(room.is_left());
    assert_eq!((room.count("used"), room.count("passed")), (2, 1));

    let mut again = room.begin("session conversation --run --mute", (80, 24));
    let offer = again.see("Go on with it? (Y/n)");
    assert!(offer.contains("Long conversation was left a moment ago in round 1 of"), "{offer}");
    again.press("\r");
    let seen = again.see("paused: space goes on");
    assert!(seen.contains(&prompt) && seen.contains("Anna"), "{prompt}\n{seen}");
    again.press(" ");
    again.see("space pause");
    // To the end.
    for _ in 0..60 {
        again.press("n");
    }
    again.see("That was all");
    again.press("q");
    assert_eq!(again.end().0, 0);
    assert!(!room.is_left(), "what is at its end is not offered again");
    let used = room.ledger().into_iter().filter(|(what, _)| what == "used").count();
    let mut third = room.begin("session conversation --run --mute", (80, 24));
    third.see("Opening");
    third.press("q");
    assert!(third.end().1.contains("to go on: deckle session conversation --run"));
    assert!(used > 5, "{used}: every card once, the passed one too");
}

#[test]
fn who_leaves_is_asked_next_time_and_may_begin_anew() {
    let room = Room::new();
    let mut play = room.begin("session conversation --names names.txt --run", (80, 24));
    play.see("Opening");
    play.press("n");
    play.see("Anna answers");
    // The interrupt of the keyboard leaves, too.
    play.press("\u{3}");
    let (code, all) = play.end();
    assert_eq!((code, all.contains("to go on")), (0, true));
    let mut no = room.begin("session conversation --run", (80, 24));
    no.see("Go on with it?");
    no.press("n\r");
    let seen = no.see("Opening");
    assert!(!seen.contains("paused"), "{seen}");
    no.press("n");
    no.see("Person 1 answers");
    no.press("q");
    drop(no.end());
    let mut anew = room.begin("session conversation --run --anew", (80, 24));
    anew.see("Opening");
    anew.press("q");
    assert_eq!(anew.end().0, 0);
}

#[test]
fn a_session_with_a_past_goes_on_with_it() {
    let room = Room::new();
    let words = ["session pair-rotation --people 9 --rounds 4 -q", "--from-round 3 --gone 4"];
    let planned = room.begin(words[0], (80, 24));
    assert_eq!(planned.end().0, 0);
    let words = format!("session pair-rotation {} --run", words[1]);
    let mut play = room.begin(&words, (80, 24));
    let seen = play.see("3 of 4");
    let seats = seen.lines().find(|line| line.contains(" – ")).unwrap().to_owned();
    play.press("n");
    play.see("The first answers");
    play.press("b");
    play.see("move to your next place");
    play.press("q");
    drop(play.end());
    let mut again = room.begin("session pair-rotation --run", (80, 24));
    again.see("in round 3 of 4");
    again.press("\r");
    let seen = again.see("paused");
    assert!(seen.contains(&seats), "{seats}\n{seen}");
    again.press("q");
    assert_eq!(again.end().0, 0);
}

#[test]
fn a_session_whose_deck_is_gone_begins_anew_if_one_likes() {
    let room = Room::new();
    let deck = room.folder.path().join("ours.csv");
    let table = "category,depth,prompt,kind\nPlay,1,Who are you?,\nPlay,1,What now?,\n\
                 Thanks,1,What for?,appreciation\n";
    std::fs::write(&deck, table).unwrap();
    let words = "session quick.toml ours.csv --run";
    let mut play = room.begin(&format!("{words} --names names.txt"), (80, 24));
    play.see("Ready");
    play.press("n");
    play.see("Anna answers");
    play.press("q");
    drop(play.end());
    // An edited format changes nothing: what was planned is what goes on.
    std::fs::write(room.folder.path().join("quick.toml"), QUICK.replace("= 5 }", "= 50 }"))
        .unwrap();
    let mut on = room.begin(words, (80, 24));
    on.see("Go on with it? (Y/n)");
    on.press("\r");
    on.see("paused");
    on.press("q");
    drop(on.end());
    std::fs::remove_file(&deck).unwrap();
    let mut no = room.begin(words, (80, 24));
    no.see("Begin anew? (y/N)");
    no.press("n\r");
    assert_eq!(no.end().0, 0);
    let mut yes = room.begin("session quick.toml friends --run", (80, 24));
    yes.see("Begin anew? (y/N)");
    yes.press("y\r");
    yes.see("Ready");
    yes.press("q");
    assert_eq!(yes.end().0, 0);
}

#[test]
fn what_was_left_is_not_lost_for_another_wish_or_none() {
    let room = Room::new();
    let mut play = room.begin("session conversation --run", (80, 24));
    play.see("Opening");
    play.press("n");
    play.see("Person 1 answers");
    // Meanwhile another program neither offers it nor keeps a session of its own.
    let mut other = room.begin("session conversation --run --no-ledger", (80, 24));
    let seen = other.see("Opening");
    assert!(!seen.contains("Go on"), "{seen}");
    other.press("q");
    let (_, all) = other.end();
    assert!(all.contains("another program leads a session of this format"), "{all}");
    play.press("q");
    let (_, all) = play.end();
    assert!(all.contains("to go on: deckle session conversation --run"), "{all}");
    // Who asks for something else is told what is set aside, and Enter does not set it aside.
    let mut differs = room.begin("session conversation --names names.txt --run", (80, 24));
    differs.see("in place of what you ask for now? (y/N)");
    // The end of the input is no answer.
    differs.press("\u{4}");
    let (code, all) = differs.end();
    assert_eq!((code, all.contains("Opening")), (0, false), "{all}");
    assert!(room.is_left());
    let mut again = room.begin("session conversation --run --wait --mute", (80, 24));
    again.see("Go on with it? (Y/n)");
    again.press("\r");
    again.see("paused");
    again.press("q");
    assert!(again.end().1.contains("--run --wait --mute"));
    let mut forget = room.begin("forget --all", (120, 24));
    forget.see("1 plan of a session and 1 session that was left");
    forget.press("y\r");
    assert_eq!(forget.end().0, 0);
    assert!(!room.is_left());
}

#[test]
fn a_damaged_ledger_gives_way_to_one_that_has_the_whole_evening() {
    let room = Room::new();
    std::fs::create_dir(room.home()).unwrap();
    std::fs::write(room.home().join("ledger.sqlite"), "no ledger at all, but some words").unwrap();
    let mut play = room.begin("session conversation --run", (80, 24));
    play.see("Opening");
    for _ in 0..11 {
        play.press("n");
    }
    play.see("3 of 5");
    play.press("p");
    play.see("passed");
    play.press("q");
    let (code, all) = play.end();
    assert_eq!((code, all.contains("is damaged; a new one")), (0, true), "{all}");
    assert_eq!((room.count("used"), room.count("passed")), (4, 1));
    let deckle = room.begin("session conversation --run --anew --ledger quick.toml", (80, 24));
    let (code, all) = deckle.end();
    assert_eq!((code, all.contains("Opening")), (3, false), "{all}");
}

#[test]
fn a_terminated_session_gives_the_screen_back() {
    let room = Room::new();
    let mut play = room.begin("session conversation --run", (80, 24));
    play.see("Opening");
    play.signal("-TERM");
    let (code, all) = play.end();
    assert_eq!(code, 130);
    assert!(all.contains("\u{1b}[?1049l"), "{all:?}");
}

#[test]
fn windows_of_any_size_show_the_card_and_the_time() {
    let room = Room::new();
    let mut play = room.begin("session conversation --names names.txt --run", (120, 40));
    play.see("Opening");
    play.press("n");
    play.see("Anna answers");
    for (columns, rows) in [(40, 14), (80, 24), (30, 8), (200, 60), (40, 12)] {
        // What follows is drawn for the new size, by a terminal that has it.
        play.parser = screen_of(rows, columns);
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        play.master.resize(size).unwrap();
        let seen = play.until("the whole screen", |screen| {
            screen.contains("▶ Anna") && screen.contains("n next")
                || rows < 10 && screen.contains("▶ Anna")
        });
        assert!(seen.lines().all(|line| line.chars().count() <= columns.into()), "{seen}");
    }
    play.press("q");
    assert_eq!(play.end().0, 0);
}

#[test]
fn before_a_card_goes_deep_everybody_is_asked() {
    let room = Room::new();
    let words = "session conversation --rounds 5 --names names.txt --run";
    let mut play = room.begin(words, (80, 24));
    play.see("Opening");
    // Five cues around each card, after the opening.
    for _ in 0..21 {
        play.press("n");
    }
    let asked = play.see("The next card goes deeper: Open water, 4 of 5.");
    assert!(!asked.contains("~~~"), "no card is shown: {asked}");
    // Keys that came too early, or by a paste, agree to nothing.
    play.press("y");
    play.press("\u{1b}[200~yes\r yes\u{1b}[201~");
    std::thread::sleep(Duration::from_millis(900));
    assert!(play.see("goes deeper").contains("n leave out"));
    play.press("y");
    let seen = play.see("5 of 5");
    assert!(seen.contains("●●●●○"), "{seen}");
    play.press("q");
    assert_eq!(play.end().0, 0);
}
