use std::cell::Cell;

use proptest::prelude::*;

use super::*;
use crate::deck::{self, Deck, builtin};
use crate::select::Lean;
use crate::session::rotation::Odd;
use crate::session::{Formats, Seconds, SessionRequest, Stage};

/// A clock that goes on when it is told to.
struct Fake(Cell<Duration>);

impl Fake {
    fn new() -> Self {
        Self(Cell::new(Duration::ZERO))
    }

    fn go(&self, time: Duration) -> Duration {
        self.0.set(self.0.get() + time);
        self.now()
    }
}

impl Clock for Fake {
    fn now(&self) -> Duration {
        self.0.get()
    }
}

const SECOND: Duration = Duration::from_secs(1);

fn seconds(time: Seconds) -> Duration {
    Duration::from_secs(time.0.into())
}

/// A plan and its decks.
struct Evening {
    plan: Plan,
    decks: Vec<Deck>,
}

impl Evening {
    fn new(id: &str, people: usize, minutes: Option<u32>) -> Self {
        Self::to_depth(id, people, minutes, None)
    }

    fn to_depth(id: &str, people: usize, minutes: Option<u32>, ceiling: Option<u8>) -> Self {
        let format = Formats::bundled().find(id).expect("it comes along");
        let read = |name: &String| {
            let source = builtin::find(name).expect("it comes along").source();
            deck::read(source).deck.expect("it has no errors")
        };
        let decks: Vec<Deck> = format.decks.iter().map(read).collect();
        let people: Vec<String> = (1..=people).map(|number| number.to_string()).collect();
        let request = SessionRequest {
            format: &format,
            decks: &decks,
            pool: &deck::all_cards(&decks),
            people: &people,
            time: minutes.map(Seconds::minutes),
            rounds: None,
            start: None,
            ceiling: ceiling.and_then(Depth::new),
            odd: Odd::Triad,
            apart: &[],
            lean: Lean::none(),
            seed: 7,
        };
        let plan = request.plan().expect("it can be planned");
        Self { plan, decks }
    }

    fn begin(&self, pace: Pace, clock: &Fake) -> Live<'_> {
        Live::new(&self.plan, pace, clock.now())
    }
}

/// Lets a session go on by `time`, looking once a second.
fn go(live: &mut Live, clock: &Fake, time: Duration) -> Vec<Bell> {
    let mut bells = Vec::new();
    let end = clock.now() + time;
    while clock.now() < end {
        let step = SECOND.min(end - clock.now());
        bells.extend(live.tick(clock.go(step)));
    }
    bells
}

/// Returns the wish that goes on, whatever is asked.
fn go_on(live: &Live) -> Wish {
    if let Mode::Asking(_) = live.mode() { Wish::Agree } else { Wish::Next }
}

fn skip_to_card(live: &mut Live, clock: &Fake) {
    while live.view(clock.now()).card.is_none() {
        assert_eq!(live.obey(Wish::Next, clock.now()), Reply::Done);
    }
}

#[test]
fn every_format_takes_as_long_as_it_is_planned() {
    for id in Formats::bundled().ids() {
        let usual = Formats::bundled().find(id).expect("it comes along").people.usual;
        for people in [usual, usual + 1] {
            if Formats::bundled().find(id).expect("it comes along").people.most < people {
                continue;
            }
            let evening = Evening::new(id, people, None);
            let cues = script::cues(&evening.plan);
            let length: Duration = cues.iter().map(Cue::time).sum();
            let planned = seconds(evening.plan.length());
            // In a single group of another size each part of a turn may lose less than a second.
            let lost = if people == usual { 0 } else { cues.len() as u32 };
            assert!(length <= planned && planned <= length + SECOND * lost, "{id} with {people}");
        }
    }
}

#[test]
fn turns_around_a_card_are_equal_and_everybody_begins_in_turn() {
    let evening = Evening::new("conversation", 2, Some(45));
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    let mut first = Vec::new();
    while live.mode() != Mode::Over {
        let view = live.view(clock.now());
        if let ([one, other], Mode::Running) = (&view.sides[..], view.mode) {
            assert_eq!(one.whole, other.whole);
            if one.is_on && one.left == one.whole {
                first.push(one.who);
            }
        }
        live.obey(go_on(&live), clock.now());
    }
    let [one, other] = [Who::Person(0), Who::Person(1)];
    assert_eq!(first, [one, other, one, other, one, other]);
}

#[test]
fn a_trio_in_a_round_of_pairs_shares_the_time_of_two() {
    let evening = Evening::new("five-minute", 3, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    skip_to_card(&mut live, &clock);
    let view = live.view(clock.now());
    assert_eq!(view.sides.len(), 3);
    let of_plan = view.stage.turn_in(3).expect("there are turns");
    assert!(view.sides.iter().all(|side| side.whole == seconds(of_plan)), "{:?}", view.sides);
    let cue = view.cue.expect("it is under way");
    assert_eq!(cue.turn().map(|turn| turn.of), Some(Who::Person(0)));
}

#[test]
fn in_threes_the_next_listens_and_the_one_behind_observes() {
    let evening = Evening::new("triads", 3, None);
    let cues = script::cues(&evening.plan);
    let round: Vec<(Who, Who)> = cues
        .iter()
        .filter(|cue| cue.stage == 1)
        .filter_map(|cue| cue.turn().map(|turn| (turn.of, turn.who)))
        .collect();
    let [a, b, c] = [0, 1, 2].map(Who::Person);
    assert_eq!(round, [(a, a), (a, b), (a, c), (b, b), (b, c), (b, a), (c, c), (c, a), (c, b)]);
    let several = Evening::new("triads", 12, None);
    let places = script::cues(&several.plan);
    let first = places.iter().find_map(|cue| cue.turn()).expect("there are turns");
    assert_eq!(first.of, Who::Place(0));
}

#[test]
fn ninety_minutes_do_not_drift_however_seldom_one_looks() {
    let evening = Evening::new("pair-rotation", 14, Some(90));
    let length = seconds(evening.plan.length());
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    let starts: Vec<Duration> = script::cues(&evening.plan)
        .iter()
        .scan(Duration::ZERO, |end, cue| {
            let start = *end;
            *end += cue.time();
            Some(start)
        })
        .collect();
    let mut bells = 0;
    let mut at = 0_u64;
    while clock.now() < length {
        // From seven to some two thousand milliseconds, never the same.
        at = at.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        bells += live.tick(clock.go(Duration::from_millis(7 + (at >> 33) % 2000))).len();
        let now = clock.now();
        if live.mode() == Mode::Over {
            break;
        }
        let view = live.view(now);
        let due = starts.partition_point(|start| *start <= now) - 1;
        assert_eq!(view.whole - view.left, now - starts[due], "the cue began when it was due");
        assert_eq!(view.late, 0);
        assert_eq!(view.to_end, length - now);
    }
    assert_eq!(live.mode(), Mode::Over);
    assert_eq!(bells, starts.len());
    assert!(clock.now() - length < Duration::from_secs(3));
}

#[test]
fn a_pause_adds_no_time_to_anybody() {
    let evening = Evening::new("five-minute", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    go(&mut live, &clock, 40 * SECOND);
    let before = live.view(clock.now());
    let (left, sides) = (before.left, before.sides.clone());
    assert_eq!(live.obey(Wish::Pause, clock.now()), Reply::Done);
    assert_eq!(go(&mut live, &clock, 500 * SECOND), []);
    assert_eq!(live.view(clock.now()).left, left);
    assert_eq!(live.view(clock.now()).late, 500);
    live.obey(Wish::Pause, clock.now());
    let after = live.view(clock.now());
    assert_eq!((after.left, after.sides), (left, sides));
}

#[test]
fn bells_ring_once_between_turns_and_twice_between_stages() {
    let evening = Evening::new("five-minute", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    let bells = go(&mut live, &clock, seconds(evening.plan.length()) + SECOND);
    use Bell::{Once, Twice};
    // The opening; three parts of two turns; two answers of thanks.
    assert_eq!(bells, [Twice, Once, Once, Once, Once, Once, Twice, Once, Twice]);
    assert_eq!(live.mode(), Mode::Over);
    assert_eq!(live.obey(Wish::Next, clock.now()), Reply::NotNow);
    assert_eq!(live.obey(Wish::Back, clock.now()), Reply::Done);
    assert_eq!(live.mode(), Mode::Running);
}

#[test]
fn by_hand_a_turn_goes_on_until_somebody_wishes_for_the_next() {
    let evening = Evening::new("five-minute", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::ByHand, &clock);
    assert_eq!(go(&mut live, &clock, 30 * SECOND), [Bell::Twice], "it rings once only");
    let view = live.view(clock.now());
    assert_eq!((view.left, view.over), (Duration::ZERO, 10 * SECOND));
    live.obey(Wish::Next, clock.now());
    assert_eq!(live.view(clock.now()).over, Duration::ZERO);
    assert!(live.view(clock.now()).card.is_some());
}

#[test]
fn a_minute_more_is_for_those_too_who_come_after() {
    let evening = Evening::new("five-minute", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    skip_to_card(&mut live, &clock);
    let before = live.view(clock.now());
    let (whole, to_end) = (before.sides[0].whole, before.to_end);
    assert_eq!(live.obey(Wish::Minute, clock.now()), Reply::Longer { later: true });
    let after = live.view(clock.now());
    assert!(after.is_longer);
    assert!(after.sides.iter().all(|side| side.whole == whole + MINUTE), "{:?}", after.sides);
    assert_eq!(after.to_end, to_end + 2 * MINUTE);
}

#[test]
fn a_card_that_is_passed_makes_room_for_the_reserve_and_is_remembered() {
    let evening = Evening::new("five-minute", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    skip_to_card(&mut live, &clock);
    let (first, reserve) = (evening.plan.stages[1].cards[0], evening.plan.stages[1].reserve[0]);
    assert_eq!(live.take_happened(), [Happened::Shown(first)]);
    go(&mut live, &clock, 5 * SECOND);
    assert_eq!(live.obey(Wish::Pass, clock.now()), Reply::Done);
    assert_eq!(
        live.take_happened(),
        [Happened::Spent(first, 5 * SECOND), Happened::Passed(first), Happened::Shown(reserve)]
    );
    let view = live.view(clock.now());
    assert_eq!(view.card, Some(reserve));
    assert_eq!(view.sides[0].left, view.sides[0].whole, "the turn begins anew");
    // Nothing is left to come in its place: what comes next begins.
    assert_eq!(live.obey(Wish::Swap, clock.now()), Reply::NoReserve);
    assert_eq!(live.obey(Wish::Pass, clock.now()), Reply::WentOn);
    assert_eq!(live.view(clock.now()).stage.what, crate::session::What::Landing);
    // Who goes back finds no card that is gone.
    live.obey(Wish::Back, clock.now());
    assert_eq!(live.view(clock.now()).stage.what, crate::session::What::Opening);
    assert_eq!(live.obey(Wish::Pass, clock.now()), Reply::NoCard);
    assert_eq!(live.obey(Wish::Back, clock.now()), Reply::AtBeginning);
}

#[test]
fn who_passes_in_the_second_turn_begins_that_turn_anew_and_no_other() {
    let evening = Evening::new("five-minute", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    skip_to_card(&mut live, &clock);
    for _ in 0..4 {
        live.obey(Wish::Next, clock.now());
    }
    let turn = |live: &Live| live.view(clock.now()).cue.and_then(Cue::turn).cloned();
    assert_eq!(turn(&live).map(|it| (it.turn, it.beat)), Some((1, 1)));
    live.obey(Wish::Pass, clock.now());
    assert_eq!(turn(&live).map(|it| (it.turn, it.beat)), Some((1, 0)));
}

#[test]
fn cards_are_swapped_there_and_back() {
    let evening = Evening::new("five-minute", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    skip_to_card(&mut live, &clock);
    let first = live.view(clock.now()).card;
    live.obey(Wish::Swap, clock.now());
    assert_ne!(live.view(clock.now()).card, first);
    live.obey(Wish::Swap, clock.now());
    assert_eq!(live.view(clock.now()).card, first);
    let passed = live.take_happened().into_iter().any(|it| matches!(it, Happened::Passed(_)));
    assert!(!passed);
}

#[test]
fn a_card_that_is_kept_through_stages_is_swapped_in_all_of_them() {
    let evening = Evening::new("1-2-4-all", 12, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    skip_to_card(&mut live, &clock);
    live.obey(Wish::Swap, clock.now());
    let swapped = live.view(clock.now()).card;
    let mut cards = Vec::new();
    while live.view(clock.now()).stage.round().is_some() {
        cards.extend(live.view(clock.now()).card);
        live.obey(Wish::Next, clock.now());
    }
    assert!(cards.len() > 4 && cards.iter().all(|card| Some(*card) == swapped), "{cards:?}");
}

#[test]
fn one_is_asked_before_it_goes_deep_and_once_for_each_depth() {
    let evening = Evening::to_depth("conversation", 2, Some(75), Some(5));
    let depths: Vec<u8> =
        evening.plan.rounds().filter_map(|it| it.depth).map(Depth::level).collect();
    assert!(depths.contains(&4) && depths.contains(&5), "{depths:?}");
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    let mut asked = Vec::new();
    while live.mode() != Mode::Over {
        if let Mode::Asking(depth) = live.mode() {
            asked.push(depth.level());
            let shown = live.view(clock.now()).card.expect("a card waits");
            assert!(!live.take_happened().contains(&Happened::Shown(shown)));
            assert_eq!(go(&mut live, &clock, 100 * SECOND), [], "time waits");
            assert_eq!(live.obey(Wish::Swap, clock.now()), Reply::NotNow);
            // Who presses a key once too often agrees to nothing.
            assert_eq!(live.obey(Wish::Next, clock.now()), Reply::NotNow);
            assert_eq!(live.obey(Wish::Pause, clock.now()), Reply::NotNow);
            live.obey(Wish::Agree, clock.now());
            assert!(live.take_happened().contains(&Happened::Shown(shown)));
            continue;
        }
        live.obey(Wish::Next, clock.now());
    }
    assert_eq!(asked, [4, 5]);
}

#[test]
fn who_does_not_want_to_go_deep_lands_without_having_seen_a_deep_card() {
    let evening = Evening::to_depth("conversation", 2, Some(75), Some(5));
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    let mut happened = Vec::new();
    while live.mode() != Mode::Over {
        let wish = if let Mode::Asking(_) = live.mode() { Wish::Pass } else { Wish::Next };
        live.obey(wish, clock.now());
        happened.extend(live.take_happened());
    }
    for it in &happened {
        let (Happened::Shown(pick) | Happened::Passed(pick) | Happened::Spent(pick, _)) = it;
        let depth = pick.of(&evening.decks).1.depth;
        assert!(depth.is_none_or(|depth| depth.level() < 4), "{it:?}");
    }
    assert_eq!(live.view(clock.now()).stage.what, crate::session::What::Landing);
}

#[test]
fn a_machine_that_slept_has_stopped_the_time() {
    let evening = Evening::new("conversation", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    go(&mut live, &clock, 10 * SECOND);
    let left = live.view(clock.now()).left;
    assert_eq!(live.tick(clock.go(3600 * SECOND)), []);
    assert_eq!((live.mode(), live.view(clock.now()).left), (Mode::Slept, left));
    live.obey(Wish::Pause, clock.now());
    assert_eq!((live.mode(), live.view(clock.now()).left), (Mode::Running, left));
}

#[test]
fn a_key_that_wakes_the_machine_finds_the_time_stopped() {
    let evening = Evening::new("conversation", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    skip_to_card(&mut live, &clock);
    go(&mut live, &clock, 10 * SECOND);
    let (left, card) = (live.view(clock.now()).left, live.view(clock.now()).card.expect("a card"));
    live.take_happened();
    // Space would have stopped it hours later; it goes on where the machine fell asleep.
    live.obey(Wish::Pause, clock.go(7200 * SECOND));
    assert_eq!((live.mode(), live.view(clock.now()).left), (Mode::Running, left));
    live.leave(clock.go(7200 * SECOND));
    assert_eq!(live.take_happened(), [Happened::Spent(card, 10 * SECOND)]);
    let mut other = evening.begin(Pace::Timed, &clock);
    go(&mut other, &clock, 3 * SECOND);
    // A clock that stands still while the machine sleeps cannot tell; somebody else may.
    other.slept();
    assert_eq!(other.mode(), Mode::Slept);
}

#[test]
fn a_minute_more_begins_when_the_time_is_over() {
    let evening = Evening::new("five-minute", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::ByHand, &clock);
    go(&mut live, &clock, 200 * SECOND);
    assert_eq!(live.obey(Wish::Minute, clock.now()), Reply::Longer { later: false });
    assert_eq!(live.view(clock.now()).left, MINUTE);
    assert_eq!(go(&mut live, &clock, 61 * SECOND).len(), 1, "it rings once more");
}

#[test]
fn a_card_that_was_left_out_begins_with_its_first_turn_when_it_comes_after_all() {
    let evening = Evening::to_depth("conversation", 2, Some(75), Some(5));
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    while !matches!(live.mode(), Mode::Asking(_)) {
        live.obey(Wish::Next, clock.now());
    }
    let first = live.view(clock.now()).cue.cloned();
    live.obey(Wish::Pass, clock.now());
    live.obey(Wish::Back, clock.now());
    assert_eq!(live.view(clock.now()).cue.cloned(), first);
}

#[test]
fn a_quiet_between_rounds_leaves_the_cards_that_are_kept() {
    let evening = Evening::new("1-2-4-all", 12, None);
    let mut plan = evening.plan.clone();
    let quiet = Stage {
        what: crate::session::What::Quiet,
        part: None,
        steps: Vec::new(),
        cards: plan.stages[0].cards.clone(),
        keeps_cards: false,
        ..plan.stages[2].clone()
    };
    plan.stages.insert(2, quiet);
    let clock = Fake::new();
    let mut live = Live::new(&plan, Pace::Timed, clock.now());
    let mut cards = Vec::new();
    while live.mode() != Mode::Over {
        let view = live.view(clock.now());
        cards.extend(view.card.filter(|_| view.stage.round().is_some()));
        live.obey(Wish::Next, clock.now());
    }
    assert!(cards.iter().all(|card| *card == plan.stages[1].cards[0]), "{cards:?}");
    assert!(cards.len() > 8, "{cards:?}");
}

#[test]
fn a_break_counts_as_late() {
    let evening = Evening::new("conversation", 2, None);
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    go(&mut live, &clock, 20 * SECOND);
    let snapshot = live.snapshot(&evening.decks, clock.now());
    let away = (SECOND, Duration::from_secs(2400));
    let again = snapshot.resume(&evening.plan, &evening.decks, Pace::Timed, away);
    assert_eq!(again.expect("the plan is the same").view(SECOND).late, 2400);
}

#[test]
fn what_was_left_is_gone_on_with_by_another_clock() {
    let evening = Evening::new("conversation", 2, Some(45));
    let clock = Fake::new();
    clock.go(5000 * SECOND);
    let mut live = evening.begin(Pace::Timed, &clock);
    skip_to_card(&mut live, &clock);
    live.obey(Wish::Swap, clock.now());
    live.obey(Wish::Minute, clock.now());
    live.obey(Wish::Next, clock.now());
    go(&mut live, &clock, 7 * SECOND);
    let snapshot = live.snapshot(&evening.decks, clock.now());
    let written = serde_json::to_string(&snapshot).expect("it can be written");
    let read: Snapshot = serde_json::from_str(&written).expect("it can be read");
    assert_eq!(read, snapshot);
    let other = Fake::new();
    let mut again = read
        .resume(&evening.plan, &evening.decks, Pace::Timed, (other.now(), Duration::ZERO))
        .expect("the plan is the same");
    let (before, after) = (live.view(clock.now()), again.view(other.now()));
    assert_eq!(after.mode, Mode::Paused);
    assert_eq!((before.card, before.left, before.to_end), (after.card, after.left, after.to_end));
    assert_eq!((before.sides, before.late), (after.sides, after.late));
    assert_eq!(again.take_happened(), [], "its card was shown before");
    again.obey(Wish::Pause, other.now());
    live.take_happened();
    go(&mut live, &clock, 500 * SECOND);
    go(&mut again, &other, 500 * SECOND);
    assert_eq!(live.view(clock.now()).left, again.view(other.now()).left);
    let spent = |live: &mut Live| {
        let spent =
            |it| if let Happened::Spent(pick, time) = it { Some((pick, time)) } else { None };
        live.take_happened().into_iter().filter_map(spent).collect::<Vec<_>>()
    };
    assert_eq!(spent(&mut live), spent(&mut again));
}

#[test]
fn who_leaves_has_the_time_told_once() {
    let evening = Evening::new("conversation", 2, Some(45));
    let clock = Fake::new();
    let mut live = evening.begin(Pace::Timed, &clock);
    skip_to_card(&mut live, &clock);
    go(&mut live, &clock, 20 * SECOND);
    live.take_happened();
    live.leave(clock.now());
    let card = live.view(clock.now()).card.expect("a card lies there");
    assert_eq!(live.take_happened(), [Happened::Spent(card, 20 * SECOND)]);
    let snapshot = live.snapshot(&evening.decks, clock.now());
    let mut again = snapshot
        .resume(&evening.plan, &evening.decks, Pace::Timed, (Duration::ZERO, Duration::ZERO))
        .expect("the plan is the same");
    assert_eq!(again.view(Duration::ZERO).left, live.view(clock.now()).left);
    again.obey(Wish::Pass, Duration::ZERO);
    assert_eq!(again.take_happened().first(), Some(&Happened::Passed(card)), "none is left");
}

#[test]
fn another_plan_is_not_gone_on_with_and_strange_numbers_harm_nobody() {
    let evening = Evening::new("conversation", 2, Some(45));
    let other = Evening::new("conversation", 2, Some(60));
    let clock = Fake::new();
    let live = evening.begin(Pace::Timed, &clock);
    let snapshot = live.snapshot(&evening.decks, clock.now());
    assert!(
        snapshot.resume(&other.plan, &other.decks, Pace::Timed, (SECOND, Duration::ZERO)).is_none()
    );
    let json = serde_json::to_value(&snapshot).expect("it can be written");
    for (name, value) in [
        ("cue", serde_json::json!(5_000_000_000_u64)),
        ("into", serde_json::json!(u64::MAX)),
        ("past", serde_json::json!(u64::MAX)),
        ("spent", serde_json::json!(u64::MAX)),
        ("agreed", serde_json::json!(255)),
        ("added", serde_json::json!([[99999, 5], [0, u64::MAX]])),
        ("hands", serde_json::json!([{ "cards": [null, "x"], "reserve": ["zz"] }])),
        ("shown", serde_json::json!(["", "+1"])),
    ] {
        let mut strange = json.clone();
        strange[name] = value;
        let strange: Snapshot = serde_json::from_value(strange).expect("it has its shape");
        let resumed =
            strange.resume(&evening.plan, &evening.decks, Pace::Timed, (SECOND, Duration::ZERO));
        let Some(mut live) = resumed else { continue };
        live.obey(Wish::Pause, 2 * SECOND);
        live.tick(3 * SECOND);
        live.view(3 * SECOND);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever people press, time neither runs back nor over, and what is shown holds together.
    #[test]
    fn whatever_is_wished_for_what_is_seen_holds_together(
        format in 0..11_usize,
        extra in 0..4_usize,
        by_hand: bool,
        wishes in prop::collection::vec((0..9_usize, 0..40_000_u64), 0..120),
    ) {
        let formats = Formats::bundled();
        let id = formats.ids()[format];
        let people = formats.find(id).expect("it comes along").people;
        let count = (people.usual + extra).min(people.most);
        let evening = Evening::new(id, count, None);
        let clock = Fake::new();
        let pace = if by_hand { Pace::ByHand } else { Pace::Timed };
        let mut live = evening.begin(pace, &clock);
        let mut shown = HashSet::new();
        for (wish, wait) in wishes {
            live.tick(clock.go(Duration::from_millis(wait)));
            let wish = [
                Wish::Pause, Wish::Next, Wish::Back, Wish::Pass, Wish::Swap, Wish::Minute, Wish::Agree,
            ].get(wish).copied();
            if let Some(wish) = wish {
                live.obey(wish, clock.now());
            }
            for it in live.take_happened() {
                match it {
                    Happened::Shown(pick) => {
                        prop_assert!(shown.insert((pick.deck, pick.card)), "shown twice")
                    }
                    Happened::Passed(pick) | Happened::Spent(pick, _) => {
                        prop_assert!(shown.contains(&(pick.deck, pick.card)), "never shown")
                    }
                }
            }
            let view = live.view(clock.now());
            prop_assert!(view.left <= view.whole);
            prop_assert!(view.over.is_zero() || by_hand);
            prop_assert!(view.sides.iter().all(|side| side.left <= side.whole));
            prop_assert_eq!(view.sides.iter().filter(|side| side.is_on).count() , usize::from(!view.sides.is_empty()));
            prop_assert_eq!(view.cue.is_none(), view.mode == Mode::Over);
            let gone_card = view.cue.is_some_and(|cue| cue.card.is_some()) && view.card.is_none();
            prop_assert!(!gone_card, "a cue around a card that is gone");
            let snapshot = live.snapshot(&evening.decks, clock.now());
            if let Some(again) = snapshot.resume(&evening.plan, &evening.decks, pace, (SECOND, Duration::ZERO)) {
                let (before, after) = (live.view(clock.now()), again.view(SECOND));
                prop_assert_eq!(before.card, after.card);
                // What was added is kept in whole seconds.
                for (one, other) in before.sides.iter().zip(&after.sides) {
                    prop_assert!(one.left.abs_diff(other.left) < SECOND);
                    prop_assert_eq!((one.who, one.is_on), (other.who, other.is_on));
                }
            } else {
                prop_assert_eq!(live.mode(), Mode::Over);
            }
        }
    }
}
