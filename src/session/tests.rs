use jiff::civil::time;
use proptest::prelude::*;

use super::format::Formats;
use super::rotation::{Odd, Seating};
use super::*;
use crate::deck::{self, Deck, Depth, Kind, Pick, builtin};
use crate::select::Lean;

fn decks(names: &[String]) -> Vec<Deck> {
    let read = |name: &String| {
        let source = builtin::find(name).expect("it comes along").source();
        deck::read(source).deck.expect("it has no errors")
    };
    names.iter().map(read).collect()
}

fn people(count: usize) -> Vec<String> {
    (1..=count).map(|number| number.to_string()).collect()
}

/// What is asked for, with what it refers to.
struct Ask {
    format: Format,
    decks: Vec<Deck>,
    pool: Vec<Pick>,
    people: Vec<String>,
}

impl Ask {
    fn new(id: &str, count: usize) -> Self {
        let format = Formats::bundled().find(id).expect("it comes along");
        let decks = decks(&format.decks);
        let pool = deck::all_cards(&decks);
        Self { format, decks, pool, people: people(count) }
    }

    fn request(&self) -> SessionRequest<'_> {
        SessionRequest {
            format: &self.format,
            decks: &self.decks,
            pool: &self.pool,
            people: &self.people,
            time: None,
            rounds: None,
            start: None,
            ceiling: None,
            odd: Odd::Triad,
            apart: &[],
            lean: Lean::none(),
            seed: 7,
        }
    }
}

fn levels(plan: &Plan) -> Vec<u8> {
    plan.rounds().filter_map(|stage| stage.depth.map(Depth::level)).collect()
}

/// Asserts what holds of every plan.
fn assert_sound(plan: &Plan, decks: &[Deck]) {
    let id = &plan.format.id;
    // Times follow one another without a gap, and are the sums of what is done.
    let mut end = Seconds::ZERO;
    for stage in &plan.stages {
        assert_eq!(stage.at, end + stage.moving, "{id}: {}", stage.title);
        let steps: Seconds = stage.steps.iter().map(TimedStep::length).sum();
        if !stage.steps.is_empty() {
            assert_eq!(stage.length, steps * stage.cards.len().max(1) as u32, "{id}");
        }
        end = stage.end();
    }
    assert_eq!(plan.length(), end);
    for stage in &plan.stages {
        // Everybody is somewhere, once; one of each group begins; all its turns are as long.
        let mut all: Vec<usize> = stage.seating.groups.concat();
        all.extend(&stage.seating.resting);
        all.sort_unstable();
        assert_eq!(all, (0..plan.people.len()).collect::<Vec<_>>(), "{id}: {}", stage.title);
        for (group, first) in stage.seating.groups.iter().zip(&stage.first) {
            assert!(group.contains(first));
            for step in &stage.steps {
                let TimedStep::Turns { turns, beats } = step else { continue };
                let turn: Seconds =
                    beats.iter().map(|beat| beat.time_in(group.len(), *turns)).sum();
                assert!(
                    turn * group.len() as u32 <= step.length(),
                    "{id}: no longer than the round"
                );
                assert!(turn > Seconds::ZERO);
            }
        }
        for pick in stage.cards.iter().chain(&stage.reserve) {
            assert!(pick.of(decks).1.depth.is_none_or(|depth| depth <= plan.ceiling), "{id}");
        }
    }
    // Depth rises by one at most, and never falls before the landing.
    for pair in levels(plan).windows(2) {
        assert!(pair[0] <= pair[1] && pair[1] <= pair[0] + 1, "{id}: {:?}", levels(plan));
    }
    assert_eq!(plan.stages[0].say[0], RULE);
    // No card comes twice, in reserve or not.
    let own = plan.stages.iter().filter(|stage| !stage.keeps_cards);
    let cards: Vec<Pick> =
        own.flat_map(|stage| stage.cards.iter().chain(&stage.reserve)).copied().collect();
    let mut seen = std::collections::HashSet::new();
    let asks = |pick: &&Pick| !pick.is_guide(decks);
    assert!(cards.iter().filter(asks).all(|pick| seen.insert((pick.deck, pick.card))), "{id}");
}

/// Asserts that a plan ends on thanks.
fn assert_lands(plan: &Plan, decks: &[Deck]) {
    let last = plan.stages.last().expect("a plan has stages");
    assert_eq!(last.what, What::Landing);
    let (deck, card) = last.cards[0].of(decks);
    let thanks = card.kind == Kind::Appreciation || deck.category(card).id == "appreciation";
    assert!(thanks, "{}: {}", plan.format.id, card.prompt);
}

#[test]
fn every_format_is_planned_for_its_usual_people() {
    for id in Formats::bundled().ids() {
        let count = Formats::bundled().find(id).expect("it comes along").people.usual;
        let ask = Ask::new(id, count);
        let plan = ask.request().plan().unwrap_or_else(|problems| panic!("{id}: {problems:?}"));
        assert_sound(&plan, &ask.decks);
        assert_lands(&plan, &ask.decks);
        assert_eq!(plan.notes, [], "{id}");
        assert!(plan.stages[0].cards.iter().any(|pick| pick.of(&ask.decks).1.kind == Kind::Rule));
        let lacks = |stage: &&Stage| !stage.cards.is_empty() && stage.reserve.len() != 1;
        assert_eq!(plan.rounds().filter(lacks).count(), 0, "{id}: a reserve per round");
        assert_eq!(ask.request().plan(), Ok(plan), "the same again");
    }
}

#[test]
fn the_long_conversation_fills_its_time_and_alternates() {
    let ask = Ask::new("conversation", 2);
    let request = SessionRequest {
        time: Some(Seconds::minutes(45)),
        start: Some(time(19, 30, 0, 0)),
        ..ask.request()
    };
    let plan = request.plan().expect("there is time");
    assert_eq!(levels(&plan), [1, 1, 2, 3, 4]);
    assert_eq!(plan.length() + plan.in_hand, Seconds::minutes(45));
    assert!(plan.in_hand < Seconds::minutes(2), "{}", plan.in_hand);
    let first: Vec<usize> = plan
        .stages
        .iter()
        .filter(|stage| !stage.steps.is_empty())
        .map(|stage| stage.first[0])
        .collect();
    assert_eq!(first, [0, 1, 0, 1, 0, 1]);
    assert_eq!(plan.when(plan.stages[0].at), "19:30");
    assert_eq!(plan.clock(Seconds::minutes(300)), Some(time(0, 30, 0, 0)));
}

#[test]
fn two_deep_rounds_are_followed_by_quiet() {
    let ask = Ask::new("conversation", 2);
    let mut format = ask.format.clone();
    format.parts[0].depth = [Depth::ALL[3], Depth::ALL[4]];
    let request = SessionRequest {
        format: &format,
        ceiling: Some(Depth::ALL[4]),
        rounds: Some(5),
        ..ask.request()
    };
    let plan = request.plan().expect("there are cards");
    assert_eq!(levels(&plan), [4, 4, 4, 5, 5]);
    let quiet: Vec<usize> =
        (0..plan.stages.len()).filter(|at| plan.stages[*at].what == What::Quiet).collect();
    assert_eq!(quiet, [3, 6]);
    assert_eq!(plan.stages[3].length, QUIET);
    assert_sound(&plan, &ask.decks);
}

#[test]
fn in_a_triad_among_pairs_three_share_the_time_of_two() {
    let ask = Ask::new("pair-rotation", 7);
    let plan = ask.request().plan().expect("seven people");
    let round = plan.rounds().next().expect("a round");
    assert_eq!(round.turn_in(2), Some(Seconds(120)));
    assert_eq!(round.turn_in(3), Some(Seconds(80)));
    assert_eq!(plan.rounds().count(), 4, "for more rounds there are too few strangers");
}

#[test]
fn fours_are_made_of_pairs_and_the_landing_keeps_them() {
    let ask = Ask::new("1-2-4-all", 11);
    let plan = ask.request().plan().expect("eleven people");
    let by_title = |title: &str| {
        let stage = plan.stages.iter().find(|stage| stage.title == title);
        &stage.expect("this stage").seating
    };
    let (pairs, fours) = (by_title("In pairs"), by_title("In fours"));
    for pair in &pairs.groups {
        assert!(fours.groups.iter().any(|four| pair.iter().all(|person| four.contains(person))));
    }
    assert_eq!(by_title("Thanks"), fours);
    let cards: Vec<&Vec<Pick>> = plan.rounds().map(|stage| &stage.cards).collect();
    assert!(cards.windows(2).all(|pair| pair[0] == pair[1]), "one card for all of them");
    let copies = plan.copies();
    assert_eq!(copies[1].count, 11, "everybody has it in hand while alone");
}

#[test]
fn what_cannot_be_is_told_with_what_can() {
    let told = |id: &str, count: usize, change: &dyn Fn(&mut SessionRequest)| {
        let ask = Ask::new(id, count);
        let mut request = ask.request();
        change(&mut request);
        let problem = request.plan().expect_err("it cannot be").remove(0);
        (problem.code, problem.help.unwrap_or_default())
    };
    assert_eq!(told("pair-rotation", 1, &|_| {}), ("people-number", "`--people 4`".into()));
    assert_eq!(told("pair-rotation", 1000, &|_| {}), ("people-number", "`--people 400`".into()));
    let short: &dyn Fn(&mut SessionRequest) = &|it| it.time = Some(Seconds::minutes(3));
    assert_eq!(told("conversation", 2, short), ("too-little-time", "`--minutes 8`".into()));
    let many: &dyn Fn(&mut SessionRequest) = &|it| it.rounds = Some(500);
    assert_eq!(told("pair-rotation", 14, many), ("rounds-number", "`--rounds 60`".into()));
    assert_eq!(told("five-minute", 2, many).0, "rounds-number");
    let both: &dyn Fn(&mut SessionRequest) = &|it| {
        it.rounds = Some(9);
        it.time = Some(Seconds::minutes(30));
    };
    let (code, help) = told("conversation", 2, both);
    assert_eq!(code, "too-little-time");
    let number = |flag: &str| -> u32 {
        let after = help.split(flag).nth(1).expect("the flag").trim_start();
        after.split('`').next().and_then(|number| number.parse().ok()).expect("a number")
    };
    // Both ways out lead out.
    let ask = Ask::new("conversation", 2);
    let minutes = Some(Seconds::minutes(number("--minutes")));
    assert!(SessionRequest { rounds: Some(9), time: minutes, ..ask.request() }.plan().is_ok());
    let rounds = Some(number("--rounds") as usize);
    let time = Some(Seconds::minutes(30));
    assert!(SessionRequest { rounds, time, ..ask.request() }.plan().is_ok());
}

#[test]
fn groups_stay_lighter_than_couples_unless_they_ask() {
    let ask = Ask::new("conversation", 2);
    let team = decks(&["team".to_owned()]);
    let pool = deck::all_cards(&team);
    let request = SessionRequest { decks: &team, pool: &pool, ..ask.request() };
    assert_eq!(request.plan().expect("a plan").ceiling.level(), 3);
    let asked = SessionRequest { ceiling: Some(Depth::ALL[3]), ..request }.plan().expect("a plan");
    assert_eq!(asked.ceiling.level(), 4);
    assert_eq!(asked.notes[0].code, "deeper-than-usual");
    assert_eq!(ask.request().plan().expect("a plan").ceiling.level(), 4);
}

/// Returns a change from a round on in which nobody comes or leaves.
fn from(round: usize) -> Change<'static> {
    Change { from: round, gone: &[], came: &[], odd: Odd::Triad, apart: &[], seed: 7 }
}

#[test]
fn a_later_round_keeps_what_was_before() {
    let ask = Ask::new("pair-rotation", 14);
    let then = ask.request().plan().expect("fourteen");
    let came = ["15".to_owned(), "Zoe".to_owned()];
    let now = then
        .go_on(&Change { gone: &[3], came: &came, ..from(3) })
        .expect("fifteen go on from the third round");
    assert_eq!((now.from_round, now.count(), now.people.len()), (3, 15, 16));
    assert!(now.opening().is_none());
    for (before, after) in then.stages.iter().zip(&now.stages) {
        let seatless = |stage: &Stage| Stage {
            seating: Seating::default(),
            first: Vec::new(),
            ..stage.clone()
        };
        assert_eq!(seatless(before), seatless(after), "cards and times are printed already");
        if before.round().is_some_and(|round| round < 3) {
            assert_eq!(before, after, "the past is as it was, for those who left as well");
        }
    }
    let past = then.rounds().take(2).flat_map(|stage| stage.seating.meetings());
    let mut met: std::collections::BTreeSet<(usize, usize)> = past.collect();
    for round in now.rounds() {
        assert!(round.seating.meetings().all(|pair| met.insert(pair)), "{:?}", round.seating);
        let mut seated = round.seating.groups.concat();
        seated.sort_unstable();
        assert_eq!(seated, now.present().collect::<Vec<_>>());
    }
    // Who begins in later rounds takes into account who began before.
    let mut began = vec![0; now.people.len()];
    for stage in now.stages.iter().filter(|stage| stage.round().is_some()) {
        stage.first.iter().for_each(|person| began[*person] += 1);
    }
    let began: Vec<i32> = now.present().take(13).map(|person| began[person]).collect();
    let apart = began.iter().max().zip(began.iter().min()).map(|(most, least)| most - least);
    assert!(apart <= Some(2), "{began:?}");
    assert_eq!(then.go_on(&from(1)).unwrap_err()[0].code, "rounds-number");
    assert_eq!(then.go_on(&from(99)).unwrap_err()[0].code, "rounds-number");
    let all: Vec<usize> = (0..12).collect();
    let few = then.go_on(&Change { gone: &all, ..from(3) }).unwrap_err();
    assert_eq!(few[0].code, "people-number");
}

#[test]
fn pairs_that_stay_together_stay_when_somebody_leaves() {
    for id in ["conversation", "three-sets", "weekly-hour"] {
        let ask = Ask::new(id, 6);
        let then = ask.request().plan().expect("six");
        let now = then.go_on(&Change { gone: &[0], ..from(2) }).expect("five");
        for stage in now.to_come().filter(|stage| !stage.steps.is_empty()) {
            let mut groups = stage.seating.groups.clone();
            groups.iter_mut().for_each(|group| group.sort_unstable());
            groups.sort();
            assert_eq!(groups.len(), 2, "{id}: {groups:?}");
            let kept =
                groups.iter().filter(|it| [[2, 3], [4, 5]].contains(&[it[0], it[1]])).count();
            let joined = groups.iter().any(|group| group.len() == 3 && group.contains(&1));
            assert!(joined && kept + usize::from(groups[0][0] == 1) == 2, "{id}: {groups:?}");
        }
        let newcomer = then
            .go_on(&Change { gone: &[0], came: &["Zoe".into()], ..from(2) })
            .expect("six again");
        for stage in newcomer.to_come().filter(|stage| !stage.steps.is_empty()) {
            let mut groups = stage.seating.groups.clone();
            groups.iter_mut().for_each(|group| group.sort_unstable());
            groups.sort();
            assert_eq!(groups, [vec![1, 6], vec![2, 3], vec![4, 5]], "{id}");
        }
    }
}

#[test]
fn everybody_who_is_there_has_a_place_from_any_round_on() {
    for id in Formats::bundled().ids() {
        let format = Formats::bundled().find(id).expect("it comes along");
        let ask = Ask::new(id, format.people.usual.max(6).min(format.people.most));
        let then = ask.request().plan().expect("a plan");
        let came = ["Zoe".to_owned()];
        let changes: [(&[usize], &[String]); 4] =
            [(&[0], &[]), (&[], &came), (&[1], &came), (&[0, 3], &[])];
        for round in 2..=then.last_round() {
            for (gone, came) in changes {
                let Ok(now) = then.go_on(&Change { gone, came, ..from(round) }) else { continue };
                for stage in now.to_come() {
                    let mut seated = stage.seating.groups.concat();
                    seated.extend(&stage.seating.resting);
                    seated.sort_unstable();
                    let present: Vec<usize> = now.present().collect();
                    assert_eq!(seated, present, "{id} from {round}: {}", stage.title);
                    let alone = stage.seating.groups.iter().filter(|it| it.len() == 1).count();
                    let may = stage.title == "Alone";
                    assert!(may || alone == 0, "{id} from {round}: {:?}", stage.seating);
                }
            }
        }
    }
}

#[test]
fn a_kept_plan_is_the_same_plan() {
    for id in Formats::bundled().ids() {
        let usual = Formats::bundled().find(id).expect("it comes along").people.usual;
        let ask = Ask::new(id, usual);
        let request = SessionRequest { start: Some(time(19, 30, 0, 0)), ..ask.request() };
        let plan = request.plan().expect("a plan");
        let text = serde_json::to_string(&KeptPlan::of(&plan, &ask.decks)).expect("written");
        let kept: KeptPlan = serde_json::from_str(&text).expect("read");
        let (again, lost) = kept.plan(&ask.format, &ask.decks).expect("it is whole");
        assert_eq!((again, lost), (Plan { meetings: None, notes: Vec::new(), ..plan }, Vec::new()));
    }
}

#[test]
fn a_kept_plan_that_is_not_whole_is_refused_and_lost_cards_are_told() {
    let ask = Ask::new("pair-rotation", 8);
    let plan = ask.request().plan().expect("a plan");
    let json = serde_json::to_value(KeptPlan::of(&plan, &ask.decks)).expect("written");
    let refused = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut json = json.clone();
        change(&mut json);
        let kept: KeptPlan = serde_json::from_value(json).expect("it has its shape");
        kept.plan(&ask.format, &ask.decks).is_err()
    };
    assert!(!refused(&|_| {}));
    assert!(refused(&|it| it["people"][1] = "1".into()));
    assert!(refused(&|it| it["gone"] = serde_json::json!([8])));
    assert!(refused(&|it| it["from_round"] = 99.into()));
    assert!(refused(&|it| it["stages"] = serde_json::json!([])));
    assert!(refused(&|it| it["stages"][1]["groups"][0][0] = 99.into()));
    assert!(refused(&|it| it["stages"][1]["groups"][0] = it["stages"][1]["groups"][1].clone()));
    assert!(refused(&|it| it["stages"][1]["first"] = serde_json::json!([])));
    assert!(refused(&|it| it["stages"][1]["part"] = 7.into()));
    assert!(refused(&|it| it["stages"][1]["at"] = u32::MAX.into()));
    assert!(refused(&|it| it["stages"][1]["what"] = serde_json::json!({ "round": 4 })));
    assert!(refused(&|it| it["stages"][1]["part"] = serde_json::Value::Null));
    assert!(refused(&|it| it["stages"][3]["what"] = "landing".into()));
    assert!(refused(&|it| it["gone"] = serde_json::json!([0, 0])));
    assert!(refused(&|it| it["in_hand"] = u32::MAX.into()));
    let turns = |it: &mut serde_json::Value, turns: u64| {
        it["stages"][1]["steps"][0]["turns"]["turns"] = turns.into();
    };
    for many in [0, 1 << 32, u64::MAX] {
        assert!(refused(&|it| turns(it, many)), "{many}");
    }
    assert!(refused(&|it| it["stages"][1]["steps"][0]["turns"]["beats"] = serde_json::json!([])));
    assert!(refused(&|it| {
        it["stages"][1]["steps"][0]["turns"]["beats"][0]["time"] = u32::MAX.into();
    }));
    let mut without = json.clone();
    without["stages"][1]["cards"][0]["key"] = "0".into();
    let kept: KeptPlan = serde_json::from_value(without).expect("it has its shape");
    let (again, lost) = kept.plan(&ask.format, &ask.decks).expect("it is whole");
    assert_eq!(lost.len(), 1);
    assert_eq!(again.stages[1].cards, plan.stages[1].reserve);
}

#[test]
fn the_deck_without_thanks_ends_on_its_closing_card() {
    let ask = Ask::new("conversation", 2);
    let lacking = |pick: &&Pick| {
        let (deck, card) = pick.of(&ask.decks);
        card.kind != Kind::Appreciation && deck.category(card).id != "appreciation"
    };
    let pool: Vec<Pick> = ask.pool.iter().filter(lacking).copied().collect();
    let plan = SessionRequest { pool: &pool, ..ask.request() }.plan().expect("a plan");
    assert_eq!(plan.notes[0].code, "no-landing");
    assert_eq!(plan.landing().expect("it lands").cards[0].of(&ask.decks).1.kind, Kind::Close);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn plans_are_sound_whatever_is_asked(
        id in prop::sample::select(Formats::bundled().ids().into_iter().map(str::to_owned).collect::<Vec<_>>()),
        count in 2..40usize, minutes in prop::option::of(5..150u32),
        rounds in prop::option::of(1..12usize), ceiling in prop::option::of(1..=5u8), seed: u64,
        rests: bool, other in prop::option::of(prop::sample::select(vec!["intimacy", "friends", "nightly"])),
    ) {
        let mut ask = Ask::new(&id, count);
        if let Some(other) = other {
            ask.decks = decks(&[other.to_owned()]);
            ask.pool = deck::all_cards(&ask.decks);
        }
        let request = SessionRequest {
            time: minutes.map(Seconds::minutes),
            rounds,
            ceiling: ceiling.and_then(Depth::new),
            odd: if rests { Odd::Rest } else { Odd::Triad },
            seed,
            ..ask.request()
        };
        match request.plan() {
            Ok(plan) => {
                assert_sound(&plan, &ask.decks);
                if let Some(minutes) = minutes {
                    prop_assert_eq!(plan.length() + plan.in_hand, Seconds::minutes(minutes));
                }
                if let Some(rounds) = rounds {
                    prop_assert_eq!(plan.chosen_rounds(), Some(rounds));
                }
            }
            Err(problems) => prop_assert!(problems.iter().all(|problem| problem.help.is_some())),
        }
    }
}
