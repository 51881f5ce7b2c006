use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;

use jiff::civil::time;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::{Color, Modifier};

use super::keys::{Command, command};
use super::screen::{Look, draw};
use super::stage::Hall;
use super::*;
use crate::cli::draw::Journal;
use crate::deck::{Deck, Depth, all_cards, builtin, read};
use crate::select::Lean;
use crate::session::live::Wish;
use crate::session::rotation::Odd;
use crate::session::{Formats, Plan, Seconds, SessionRequest};

/// A plan and its decks.
struct Evening {
    plan: Plan,
    decks: Vec<Deck>,
}

impl Evening {
    fn new(id: &str, people: &[&str]) -> Self {
        let format = Formats::bundled().find(id).expect("it comes along");
        let read = |name: &String| {
            let source = builtin::find(name).expect("it comes along").source();
            read(source).deck.expect("it has no errors")
        };
        let decks: Vec<Deck> = format.decks.iter().map(read).collect();
        let people: Vec<String> = people.iter().map(|name| (*name).to_owned()).collect();
        let request = SessionRequest {
            format: &format,
            decks: &decks,
            pool: &all_cards(&decks),
            people: &people,
            time: None,
            rounds: None,
            start: None,
            ceiling: Depth::new(5),
            odd: Odd::Triad,
            apart: &[],
            lean: Lean::none(),
            seed: 7,
        };
        let plan = request.plan().expect("it can be planned");
        Self { plan, decks }
    }

    fn kept(&self) -> Kept {
        Kept::of(Default::default(), &self.plan, &self.decks)
    }

    fn numbered(id: &str, count: usize) -> Self {
        let names: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
        Self::new(id, &names.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

const LOOK: Look = Look {
    is_dressed: false,
    is_mute: false,
    shows_help: false,
    message: None,
    now: time(20, 0, 0, 0),
};

fn drawn(live: &Live, decks: &[Deck], look: &Look, size: (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("memory is there");
    let view = live.view(Duration::ZERO);
    terminal.draw(|frame| draw(frame, &view, decks, look)).expect("memory takes it");
    terminal.backend().buffer().clone()
}

fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    let row = |cells: &[ratatui::buffer::Cell]| {
        cells.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned()
    };
    buffer.content.chunks(width).map(row).collect()
}

#[test]
fn a_turn_fits_forty_columns() {
    let evening = Evening::new("conversation", &["Anna", "Ben"]);
    let mut live = Live::new(&evening.plan, Pace::Timed, Duration::ZERO);
    live.obey(Wish::Next, Duration::ZERO);
    let seen = rows(&drawn(&live, &evening.decks, &LOOK, (40, 19)));
    assert_eq!(
        seen.join("\n"),
        " Cards · 1 of 5              ends 20:42
 ━─────────────────────────────────────

 ☆ Dreams         Shoreline ●○○○○  SMYR

   What new place would you
   love to cut the ribbon for?

 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
   Ask who holds the other end.

 Anna answers; the other asks at
 most one question. 3:00
 ▶ Anna  ━━━━━━━━━━━━━━━━━━━━━━    3:30
   Ben   ━━━━━━━━━━━━━━━━━━━━━━    3:30

 space pause · n next · b back · p pass
 s swap · + a minute · m bell off
 h help · q leave"
    );
}

#[test]
fn whatever_the_size_the_card_and_the_time_are_there() {
    for (id, people) in [("conversation", 2), ("pair-rotation", 15), ("check-in", 5), ("cafe", 60)]
    {
        let evening = Evening::numbered(id, people);
        let mut live = Live::new(&evening.plan, Pace::Timed, Duration::ZERO);
        while live.mode() != Mode::Over {
            for size in [(20, 6), (40, 12), (40, 24), (80, 24), (120, 40), (3, 1), (300, 2)] {
                let seen = rows(&drawn(&live, &evening.decks, &LOOK, size));
                let text = seen.join(" ");
                let is_asking = matches!(live.mode(), Mode::Asking(_));
                if size.0 >= 40 && size.1 >= 12 && !is_asking {
                    let view = live.view(Duration::ZERO);
                    let words = view.card.map(|pick| pick.of(&evening.decks).1.prompt.to_string());
                    let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    let words = words.unwrap_or_default();
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(
                        squeezed.contains(&words),
                        "{id} {size:?}: {words}\n{}",
                        seen.join("\n")
                    );
                    assert!(text.contains('▶'), "{id} {size:?}\n{}", seen.join("\n"));
                    assert!(text.contains("q leave"), "{id} {size:?}\n{}", seen.join("\n"));
                }
            }
            live.obey(Wish::Next, Duration::ZERO);
            live.obey(Wish::Agree, Duration::ZERO);
        }
    }
}

#[test]
fn nothing_is_said_in_colour_alone() {
    let evening = Evening::new("conversation", &["Anna", "Ben"]);
    let mut live = Live::new(&evening.plan, Pace::Timed, Duration::ZERO);
    for _ in 0..4 {
        live.obey(Wish::Next, Duration::ZERO);
        let plain = drawn(&live, &evening.decks, &LOOK, (80, 24));
        let dressed = Look { is_dressed: true, ..LOOK };
        let dressed = drawn(&live, &evening.decks, &dressed, (80, 24));
        assert_eq!(rows(&plain), rows(&dressed));
        let is_bare = |cell: &ratatui::buffer::Cell| {
            (cell.fg, cell.bg, cell.modifier) == (Color::Reset, Color::Reset, Modifier::empty())
        };
        assert!(plain.content.iter().all(is_bare));
        assert!(!dressed.content.iter().all(is_bare));
    }
    live.obey(Wish::Pause, Duration::ZERO);
    let seen = rows(&drawn(&live, &evening.decks, &LOOK, (80, 24))).join("\n");
    assert!(seen.contains("paused: space goes on") && seen.contains('‖'), "{seen}");
}

#[test]
fn a_name_from_a_strangers_list_steers_no_terminal() {
    let evening = Evening::new("conversation", &["An\u{1b}[31mna", "B\u{7}en"]);
    let mut live = Live::new(&evening.plan, Pace::Timed, Duration::ZERO);
    live.obey(Wish::Next, Duration::ZERO);
    let seen = rows(&drawn(&live, &evening.decks, &LOOK, (80, 24))).join("\n");
    assert!(!seen.contains(['\u{1b}', '\u{7}']), "{seen:?}");
}

#[test]
fn everybody_sees_where_to_sit_while_people_move() {
    let evening = Evening::numbered("pair-rotation", 14);
    let mut live = Live::new(&evening.plan, Pace::Timed, Duration::ZERO);
    let first = rows(&drawn(&live, &evening.decks, &LOOK, (80, 24))).join(" ");
    assert!(first.contains(" – "), "the first seats are told with the opening: {first}");
    while !live
        .view(Duration::ZERO)
        .cue
        .is_some_and(|cue| cue.act == crate::session::live::Act::Move)
    {
        live.obey(Wish::Next, Duration::ZERO);
    }
    let seen = rows(&drawn(&live, &evening.decks, &LOOK, (80, 24))).join(" ");
    let stage = live.view(Duration::ZERO).stage;
    for (group, first) in stage.seating.groups.iter().zip(&stage.first) {
        let other = group.iter().find(|person| *person != first).expect("pairs are two");
        let pair = format!("{} – {}", evening.plan.people[*first], evening.plan.people[*other]);
        assert!(seen.contains(&pair), "{pair}: {seen}");
    }
    // A terminal too low for two hundred people says that there are more.
    let many = Evening::numbered("pair-rotation", 200);
    let live = Live::new(&many.plan, Pace::Timed, Duration::ZERO);
    let seen = rows(&drawn(&live, &many.decks, &LOOK, (80, 24))).join("\n");
    assert!(seen.contains(" …"), "{seen}");
}

#[test]
fn keys_mean_what_they_say() {
    let key = |code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
    let means = |code, mode| command(&key(code), mode);
    let run = Mode::Running;
    assert_eq!(means(KeyCode::Char(' '), run), Some(Command::Wish(Wish::Pause)));
    assert_eq!(means(KeyCode::PageDown, run), Some(Command::Wish(Wish::Next)));
    assert_eq!(means(KeyCode::PageUp, run), Some(Command::Wish(Wish::Back)));
    assert_eq!(means(KeyCode::Char('P'), run), Some(Command::Wish(Wish::Pass)));
    assert_eq!(means(KeyCode::Char('='), run), Some(Command::Wish(Wish::Minute)));
    assert_eq!(means(KeyCode::Char('y'), run), None);
    let asking = Mode::Asking(Depth::ALL[3]);
    assert_eq!(means(KeyCode::Char('y'), asking), Some(Command::Wish(Wish::Agree)));
    assert_eq!(means(KeyCode::Enter, asking), Some(Command::Wish(Wish::Agree)));
    assert_eq!(means(KeyCode::Char('n'), asking), Some(Command::Wish(Wish::Pass)));
    for idle in [KeyCode::Char(' '), KeyCode::PageDown, KeyCode::Right, KeyCode::Char('s')] {
        assert_eq!(means(idle, asking), None, "no clear yes");
    }
    assert_eq!(means(KeyCode::Enter, Mode::Over), Some(Command::Leave));
    let interrupt = Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    assert_eq!(command(&interrupt, run), Some(Command::Leave));
    let other = Event::Key(KeyEvent::new(KeyCode::Char('p'), KeyModifiers::CONTROL));
    assert_eq!(command(&other, run), None);
    assert_eq!(command(&Event::Resize(40, 12), run), None);
}

/// A hall in which time goes by as one waits, keys come when they are due, and rings are counted.
struct Play {
    now: Rc<RefCell<Duration>>,
    keys: VecDeque<(Duration, Event)>,
    rings: Vec<Duration>,
}

struct FakeClock(Rc<RefCell<Duration>>);

impl Clock for FakeClock {
    fn now(&self) -> Duration {
        *self.0.borrow()
    }
}

impl Hall for Play {
    fn event(&mut self, wait: Duration) -> io::Result<Option<Event>> {
        assert!(wait > Duration::ZERO && wait <= Duration::from_millis(250));
        let end = *self.now.borrow() + wait;
        match self.keys.front() {
            Some((due, _)) if *due <= end => {
                let (due, event) = self.keys.pop_front().expect("there is one");
                self.now.replace_with(|now| due.max(*now));
                Ok(Some(event))
            }
            _ => {
                self.now.replace(end);
                Ok(None)
            }
        }
    }

    fn ring(&mut self) -> io::Result<()> {
        let now = *self.now.borrow();
        self.rings.push(now);
        Ok(())
    }
}

#[test]
fn a_session_leads_itself_from_the_rule_to_the_thanks() {
    let evening = Evening::new("five-minute", &["Anna", "Ben"]);
    let now = Rc::new(RefCell::new(Duration::ZERO));
    let clock = FakeClock(now.clone());
    let length = Duration::from_secs(evening.plan.length().0.into());
    let key = |code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
    let after = length + Duration::from_secs(90);
    let keys = VecDeque::from([
        // A pause of a minute, then all by itself to the end.
        (Duration::from_secs(60), key(KeyCode::Char(' '))),
        (Duration::from_secs(120), key(KeyCode::Char(' '))),
        (Duration::from_secs(121), Event::Resize(40, 12)),
        (Duration::from_secs(122), key(KeyCode::Char('h'))),
        // A key that means nothing closes the help as well.
        (Duration::from_secs(125), key(KeyCode::Esc)),
        (after, key(KeyCode::Char('q'))),
    ]);
    let mut play = Play { now, keys, rings: Vec::new() };
    let kept = evening.kept();
    let keeper = Keeper::start(Journal::none(), kept, None);
    let live = Live::new(&evening.plan, Pace::Timed, clock.now());
    let mut leading = Leading::new(live, &evening.decks, false, keeper);
    let mut terminal = Terminal::new(TestBackend::new(60, 20)).expect("memory is there");
    leading.run(&mut terminal, true, &mut play, &clock).expect("nothing is lost");
    let (mode, _, problems) = leading.finish(clock.now());
    assert_eq!((mode, problems), (Mode::Over, Vec::new()));
    assert!(play.keys.is_empty());
    // Three stages end with two rings, six parts of turns with one.
    assert_eq!(play.rings.len(), 3 * 2 + 6);
    let opening = Duration::from_secs(evening.plan.stages[0].length.0.into());
    assert_eq!(play.rings[0], opening);
    let end = length + Duration::from_secs(60);
    let last = play.rings[play.rings.len() - 2];
    assert_eq!(last, end, "a pause of a minute moves the end by a minute, and nothing else does");
    let seen = rows(terminal.backend().buffer()).join("\n");
    assert!(seen.contains("That was all"), "{seen}");
}

#[test]
fn a_mute_bell_does_not_ring_and_is_told_all_the_same() {
    let evening = Evening::new("five-minute", &["Anna", "Ben"]);
    let now = Rc::new(RefCell::new(Duration::ZERO));
    let clock = FakeClock(now.clone());
    let opening = Duration::from_secs(evening.plan.stages[0].length.0.into());
    let key = Event::Key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE));
    let keys = VecDeque::from([(opening + Duration::from_secs(1), key)]);
    let mut play = Play { now, keys, rings: Vec::new() };
    let keeper = Keeper::start(Journal::none(), evening.kept(), None);
    let live = Live::new(&evening.plan, Pace::Timed, clock.now());
    let mut leading = Leading::new(live, &evening.decks, true, keeper);
    let mut terminal = Terminal::new(TestBackend::new(60, 20)).expect("memory is there");
    leading.run(&mut terminal, true, &mut play, &clock).expect("nothing is lost");
    assert!(play.rings.is_empty());
    let seen = rows(terminal.backend().buffer()).join("\n");
    assert!(seen.contains("two bells: Exchange begins") && seen.contains("m bell on"), "{seen}");
    assert_eq!(leading.finish(clock.now()).0, Mode::Running);
}

#[test]
fn every_cue_of_every_format_says_what_is_done() {
    for id in Formats::bundled().ids() {
        let usual = Formats::bundled().find(id).expect("it comes along").people.usual;
        let evening = Evening::numbered(id, usual);
        let mut live = Live::new(&evening.plan, Pace::Timed, Duration::ZERO);
        while live.mode() != Mode::Over {
            let view = live.view(Duration::ZERO);
            let is_told = view.cue.is_some_and(|cue| cue.act == crate::session::live::Act::Whole);
            let words = words::deed(&view);
            assert_eq!(words.is_none(), is_told, "{id}");
            let is_sentence = |words: &String| {
                words.starts_with(char::is_uppercase) && words.ends_with(['.', '!', '?'])
            };
            assert!(words.as_ref().is_none_or(is_sentence), "{id}: {words:?}");
            live.obey(Wish::Next, Duration::ZERO);
            live.obey(Wish::Agree, Duration::ZERO);
        }
        assert_eq!(live.view(Duration::ZERO).to_end, Duration::ZERO);
        let none = Seconds::ZERO;
        assert!(evening.plan.length() > none);
    }
}
