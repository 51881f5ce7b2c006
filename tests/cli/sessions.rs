//! `deckle session`: plans, their bad input, their paper, and going on from a later round.

use std::collections::BTreeSet;

use lopdf::Document;
use serde_json::Value;

use super::env::Deckle;

fn json(deckle: &Deckle, words: &str) -> Value {
    let text = deckle.done(&format!("session {words} --json")).out();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn array(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value}"))
}

/// Returns who meets whom in each round.
fn meetings(plan: &Value) -> Vec<BTreeSet<(String, String)>> {
    let names = |group: &Value| -> Vec<String> {
        array(&group["people"]).iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let round = |round: &Value| {
        let mut met = BTreeSet::new();
        for group in array(&round["groups"]) {
            let mut people = names(group);
            people.sort();
            for (at, a) in people.iter().enumerate() {
                met.extend(people[at + 1..].iter().map(|b| (a.clone(), b.clone())));
            }
        }
        met
    };
    array(&plan["rounds"]).iter().map(round).collect()
}

#[test]
fn a_plan_is_told_in_words_and_as_json() {
    let deckle = Deckle::new();
    let told = deckle.done("session conversation --minutes 45 --start 19:30").out();
    assert!(told.starts_with("Long conversation · 2 people · "), "{told}");
    assert!(told.contains("Anyone may pass, swap or park a card"), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 100), "{told}");
    let plan = json(&deckle, "conversation --minutes 45 --start 19:30");
    assert_eq!((&plan["deckle"], &plan["start"]), (&1.into(), &"19:30".into()));
    let rounds = array(&plan["rounds"]);
    assert_eq!(rounds.len(), 5);
    let first: Vec<&str> =
        rounds.iter().map(|it| it["groups"][0]["first"].as_str().unwrap()).collect();
    assert_eq!(first, ["1", "2", "1", "2", "1"]);
    let depths: Vec<i64> = rounds.iter().map(|round| round["depth"].as_i64().unwrap()).collect();
    assert!(
        depths.windows(2).all(|pair| pair[0] <= pair[1] && pair[1] <= pair[0] + 1),
        "{depths:?}"
    );
    assert_eq!(plan["landing"]["cards"][0]["kind"], "appreciation");
    assert_eq!(plan["opening"]["cards"][0]["kind"], "rule");
    let length = plan["minutes"].as_f64().unwrap() + plan["in_hand"].as_f64().unwrap();
    assert!((length - 45.0).abs() < 0.02, "{length}");
}

#[test]
fn nobody_meets_anybody_twice_and_later_rounds_keep_what_was() {
    let deckle = Deckle::new();
    let then = json(&deckle, "pair-rotation --people 14 --rounds 6");
    let mut met = BTreeSet::new();
    for round in meetings(&then) {
        assert!(round.iter().all(|pair| met.insert(pair.clone())), "{round:?}");
    }
    let mut past: BTreeSet<(String, String)> = meetings(&then)[..2].concat_sets();
    let now = json(&deckle, "pair-rotation --from-round 3 --people 15");
    assert_eq!(array(&now["rounds"]).len(), 4);
    assert_eq!(now["rounds"][0]["round"], 3);
    assert_eq!(now["rounds"][0]["cards"], then["rounds"][2]["cards"]);
    assert_eq!(now["rounds"][0]["start"], then["rounds"][2]["start"]);
    for round in meetings(&now) {
        assert!(round.iter().all(|pair| past.insert(pair.clone())), "{round:?}");
    }
    let left = json(&deckle, "pair-rotation --from-round 4 --gone 3");
    assert_eq!(left, json(&deckle, "pair-rotation --from-round 4 --gone 3"), "the same once more");
    let people = array(&left["people"]);
    assert_eq!(people.len(), 14);
    assert!(!people.contains(&"3".into()) && people.contains(&"15".into()));
}

trait ConcatSets {
    fn concat_sets(&self) -> BTreeSet<(String, String)>;
}

impl ConcatSets for [BTreeSet<(String, String)>] {
    fn concat_sets(&self) -> BTreeSet<(String, String)> {
        self.iter().flatten().cloned().collect()
    }
}

#[test]
fn names_come_from_lists_and_tables() {
    let deckle = Deckle::new()
        .file("guests.csv", "\u{feff}Nr;Vorname\r\n1;Anna\r\n2;Ben\r\n3;Chlo\u{e9}\r\n4;Dan\r\n")
        .file("twice.txt", "Anna\nBen\nanna\n");
    let plan = json(&deckle, "pair-rotation --names guests.csv --apart anna:BEN --rounds 2");
    assert_eq!(plan["people"], serde_json::json!(["Anna", "Ben", "Chlo\u{e9}", "Dan"]));
    let anna_ben = ("Anna".to_owned(), "Ben".to_owned());
    assert!(meetings(&plan).iter().all(|round| !round.contains(&anna_ben)));
    deckle.refused(
        "session pair-rotation --names twice.txt",
        1,
        "error: `anna` stands in line 1 and in line 3\n = help: tell the two apart, such as `anna B`\n",
    );
    deckle.refused(
        "session pair-rotation --names guests.csv --apart Anna:Bren",
        2,
        "error: nobody here is called `Bren`\n = help: did you mean `Ben`?\n",
    );
}

#[test]
fn what_cannot_be_is_refused_with_what_can() {
    let deckle = Deckle::new().file("deep.csv", "category,depth,prompt\nTrust,5,What now?\n");
    for (words, code, message) in [
        (
            "pair-rotation --people 1",
            1,
            "error: `pair-rotation` cannot be done with 1 person\n = expected: 4 to 400\n = help: `--people 4`\n",
        ),
        (
            "stories --people 1000",
            1,
            "error: `stories` cannot be done with 1000 people\n = expected: 2 to 8\n = help: `--people 8`\n",
        ),
        (
            "stories --people 60",
            1,
            "error: `stories` cannot be done with 60 people\n = expected: 2 to 8\n = help: `--people 8`, or another format: five-minute, conversation, three-sets\n",
        ),
        (
            "conversation --minutes 3",
            1,
            "error: `conversation` cannot be done in 3 min: the least is 7\u{bd} min\n = help: `--minutes 8`\n",
        ),
        (
            "pair-rotation --rounds 500",
            1,
            "error: `pair-rotation` cannot have 500 rounds\n = expected: 1 to 60\n = help: `--rounds 60`\n",
        ),
        (
            "converation",
            2,
            "error: unknown format `converation`\n = help: did you mean `conversation`?\n",
        ),
        (
            "conversation deep.csv --ceiling 3",
            1,
            "error: `Cards` needs cards of the kind question or finish, and there are not as many down to depth 3\n = help: `--ceiling 5`, another deck, or fewer filters\n",
        ),
        (
            "pair-rotation --from-round 2 --people 9",
            1,
            "error: no earlier plan of `pair-rotation` is known\n = help: plan the session once as it began, or name its plan: `--past plan.json`\n",
        ),
        (
            "conversation --start 25:00",
            2,
            "error: `--start 25:00` is no time of the day\n = help: write it as 19:30\n",
        ),
        (
            "pair-rotation --people 30-9",
            2,
            "error: `--people 30-9` counts down\n = help: write how many come: `--people 14`, or `--people 21-25`\n",
        ),
    ] {
        deckle.refused(&format!("session {words}"), code, message);
    }
}

#[test]
fn formats_of_ones_own_are_found_by_name_and_by_file() {
    let start = "schema = 1\nlike = \"conversation\"\n";
    let deckle = Deckle::new()
        .file("home/formats/ours.toml", format!("{start}id = \"ours\"\ntitle = \"Ours\"\n"))
        .file("wrong.toml", format!("{start}id = \"wrong\"\nmoving = -4\n"))
        .file("loop.toml", "schema = 1\nid = \"loop\"\nlike = \"loop\"\n");
    assert!(deckle.done("session ours").out().starts_with("Ours · 2 people"));
    assert!(deckle.done("list formats").out().contains("ours (own)"));
    let shown = deckle.done("session conversation --show-format").out();
    assert!(shown.contains("id = \"conversation\""), "{shown}");
    let deckle = deckle.file("copy.toml", shown.replace("\"conversation\"", "\"copy\""));
    deckle.done("session copy.toml");
    let wrong = deckle.run("session wrong.toml");
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.stderr.contains("`moving` of -4 cannot be"), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("wrong.toml:4:10"), "{}", wrong.stderr);
    let looped = deckle.run("session loop.toml");
    assert_eq!(looped.code, Some(1));
    assert!(looped.stderr.contains("`loop` is like itself"), "{}", looped.stderr);
    assert!(!looped.stderr.contains("did you mean `loop`"), "{}", looped.stderr);
}

#[test]
fn all_paper_is_written_or_none() {
    let deckle = Deckle::new();
    deckle.done("session pair-rotation --people 9 -o evening --paper letter");
    let pages = |name: &str| {
        Document::load(deckle.path(&format!("evening/{name}"))).unwrap().get_pages().len()
    };
    assert_eq!(pages("tents.pdf"), 2, "four places");
    for name in ["run-sheet.pdf", "slips.pdf", "cards.pdf", "slides.pdf", "order.pdf"] {
        assert!(pages(name) > 0, "{name}");
    }
    let before = deckle.read("evening/run-sheet.pdf");
    let again = deckle.run("session pair-rotation --people 12 -o evening");
    assert_eq!(again.code, Some(2), "{}", again.stderr);
    assert_eq!(deckle.read("evening/run-sheet.pdf"), before);
    deckle.done("session pair-rotation --people 12 -o evening --force");
    // What was written can be gone on with.
    let plan = json(&deckle, "pair-rotation --from-round 2 --people 13 --past evening/plan.json");
    assert_eq!(array(&plan["people"]).len(), 13);
    deckle.done("session conversation -o two");
    let mut names: Vec<String> = std::fs::read_dir(deckle.path("two"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["cards.pdf", "order.pdf", "plan.json", "run-sheet.pdf", "slides.pdf"]);
}

#[test]
fn a_range_of_people_is_planned_number_by_number() {
    let deckle = Deckle::new();
    let plans = json(&deckle, "circles --people 10-12");
    let counts: Vec<usize> =
        array(&plans["plans"]).iter().map(|plan| array(&plan["people"]).len()).collect();
    assert_eq!(counts, [10, 11, 12]);
    let told = deckle.done("session circles --people 10-12").out();
    assert!(told.contains("If 11 come"), "{told}");
}

#[test]
fn categories_that_must_be_asked_for_are_in_only_then() {
    let mut table = String::from("category,depth,prompt,tags\n");
    for at in 1..=6 {
        table += &format!("Trust,1,What do you trust in number {at}?,\n");
        table += &format!("Desire,1,What would you like of number {at}?,opt-in\n");
    }
    let deckle = Deckle::new().file("ours.csv", table);
    let categories = |words: &str| -> BTreeSet<String> {
        let plan = json(&deckle, &format!("conversation ours.csv --rounds 3 {words}"));
        let rounds = array(&plan["rounds"]).iter();
        let cards = rounds.flat_map(|it| array(&it["cards"]).iter().chain(array(&it["reserve"])));
        cards.map(|card| card["category"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(categories(""), BTreeSet::from(["trust".to_owned()]));
    let both = BTreeSet::from(["desire".to_owned(), "trust".to_owned()]);
    assert_eq!(categories("--opt-in desire"), both);
}

#[test]
fn plans_with_the_names_of_people_are_forgotten_with_all_else() {
    let deckle = Deckle::new().file("guests.txt", "Anna\nBen\nChloé\nDan\n");
    deckle.done("session pair-rotation --names guests.txt");
    let kept = deckle.path("home/sessions/pair-rotation.json");
    let text = std::fs::read_to_string(&kept).unwrap();
    assert!(text.contains("Chloé"), "{text}");
    let ran = deckle.done("forget --all --yes");
    assert!(ran.stderr.contains("1 plan of a session"), "{}", ran.stderr);
    assert!(!kept.exists());
}

#[test]
fn whoever_comes_or_leaves_sits_with_somebody_in_every_format() {
    let deckle = Deckle::new();
    for format in ["weekly-hour", "conversation", "1-2-4-all", "triads", "circles", "cafe"] {
        deckle.done(&format!("session {format} --people 12 --json"));
        for change in ["--people 13", "--gone 1", "--gone 2,5,6"] {
            let rounds = json(&deckle, &format!("{format} --people 12"));
            if array(&rounds["rounds"]).len() < 2 {
                continue;
            }
            let plan = json(&deckle, &format!("{format} --from-round 2 {change}"));
            let people = array(&plan["people"]).len();
            let landing = &plan["landing"];
            for stage in array(&plan["rounds"]).iter().chain([landing]) {
                let groups = array(&stage["groups"]).iter();
                let sizes: Vec<usize> = groups.map(|it| array(&it["people"]).len()).collect();
                let seated = sizes.iter().sum::<usize>() + array(&stage["resting"]).len();
                assert_eq!(seated, people, "{format} {change}: {stage}");
                let alone = stage["title"] == "Alone";
                assert!(
                    alone || sizes.iter().all(|size| *size > 1),
                    "{format} {change}: {sizes:?}"
                );
            }
        }
    }
}

#[test]
fn a_plan_file_goes_on_with_all_that_was_asked_for() {
    let deckle = Deckle::new();
    let words = "pair-rotation --people 12 --minutes 75 --start 18:15 --seed 9 --apart 1:2";
    deckle.done(&format!("session {words} -o evening"));
    let then = json(&deckle, words);
    deckle.done("forget --all --yes");
    let now = json(&deckle, "pair-rotation --from-round 3 --people 13 --past evening/plan.json");
    assert_eq!(now["rounds"][0]["cards"], then["rounds"][2]["cards"]);
    assert_eq!(now["rounds"][0]["start"], then["rounds"][2]["start"]);
    assert_eq!(array(&now["past"]).len(), 2);
    let pair = ("1".to_owned(), "2".to_owned());
    assert!(meetings(&now).iter().all(|round| !round.contains(&pair)));
    // What was planned anew can be gone on with as well.
    deckle
        .done("session pair-rotation --from-round 3 --people 13 --past evening/plan.json -o later");
    let later = json(&deckle, "pair-rotation --from-round 5 --gone 4 --past later/plan.json");
    assert_eq!(later["rounds"][0]["round"], 5);
    assert_eq!(array(&later["past"]).len(), 4);
    deckle.refused(
        "session pair-rotation --from-round 3 --minutes 90",
        2,
        "error: with --from-round cards and times stay, and --minutes would change them\n = help: leave out --minutes\n",
    );
    deckle.done("session pair-rotation --people 20-22");
    deckle.refused(
        "session pair-rotation --from-round 3 --gone 2",
        1,
        "error: no earlier plan of `pair-rotation` is known\n = help: plan the session once as it began, or name its plan: `--past plan.json`\n",
    );
}

#[test]
fn those_who_shall_not_meet_but_do_are_told() {
    let deckle = Deckle::new();
    let ran = deckle.done("session conversation --people 4 --apart 1:2");
    assert!(ran.stderr.contains("not everybody is kept apart: 1 and 2"), "{}", ran.stderr);
}

fn codes(stage: &Value) -> Vec<&str> {
    array(&stage["cards"]).iter().map(|card| card["code"].as_str().unwrap()).collect()
}

#[test]
fn going_on_changes_seats_and_nothing_else() {
    let deckle = Deckle::new().file("names.txt", "Anna\nBen\nCleo\nDan\nEve\nFay\nZoe\n");
    // Filters of then count, though nobody says them again.
    let words = "pair-rotation strangers --not-category roots --people 8 --rounds 4 --start 19:00";
    let then = json(&deckle, words);
    let now = json(&deckle, "pair-rotation --from-round 3 --people 9");
    for (at, stage) in array(&now["rounds"]).iter().enumerate() {
        let before = &then["rounds"][at + 2];
        for name in ["cards", "reserve", "start", "minutes", "steps", "say", "depth"] {
            assert_eq!(stage[name], before[name], "{name}");
        }
    }
    assert_eq!(now["past"][0], then["rounds"][0]);
    // A range is not remembered, and what is remembered stays.
    json(&deckle, "pair-rotation --from-round 3 --people 9-11");
    let gone = json(&deckle, "pair-rotation --from-round 3 --gone 4");
    assert_eq!(array(&gone["people"]).len(), 8);
    let past = array(&gone["past"][0]["groups"]).iter();
    let sat: usize = past.map(|group| array(&group["people"]).len()).sum();
    assert_eq!(sat, 8, "who has left sat there all the same");
    for (words, message) in [
        (
            "--people 7",
            "error: `--people 7` is fewer than the 8 who were there\n = help: say who has left, such as `--gone 9`\n",
        ),
        (
            "strangers --category play --lean-on",
            "error: with --from-round cards and times stay, and a deck, --category, --lean-on would change them\n = help: leave out a deck, --category, --lean-on\n",
        ),
        (
            "--gone 44",
            "error: nobody here is called `44`\n = help: name people as `--names` has them, or by numbers from 1\n",
        ),
    ] {
        deckle.refused(&format!("session pair-rotation --from-round 3 {words}"), 2, message);
    }
    // Tables that grow share their time; nothing moves.
    let then = json(&deckle, "cafe --people 13 --rounds 3 --start 19:30");
    let now = json(&deckle, "cafe --from-round 2 --gone 6");
    let starts = |plan: &Value| -> Vec<Value> {
        array(&plan["past"])
            .iter()
            .chain(array(&plan["rounds"]))
            .chain([&plan["landing"]])
            .map(|stage| stage["start"].clone())
            .collect()
    };
    assert_eq!(starts(&then), starts(&now));
    // By name: who is not in the list has left, who is new has come.
    deckle.done("session conversation --names names.txt --json");
    let deckle = deckle.file("later.txt", "Ben\nCleo\nDan\nEve\nFay\nZoe\nMia\n");
    let later = json(&deckle, "conversation --from-round 2 --names later.txt");
    let groups: Vec<&Value> =
        array(&later["rounds"][0]["groups"]).iter().map(|group| &group["people"]).collect();
    assert!(groups.contains(&&serde_json::json!(["Cleo", "Dan"])), "{groups:?}");
    assert_eq!(array(&later["people"]).len(), 7);
    let deckle = deckle.file("others.txt", "Tim\nTom\n");
    deckle.refused(
        "session conversation --from-round 2 --names others.txt",
        1,
        "error: none of these names is in the plan that is gone on with\n = help: write the names as that plan has them, newcomers behind them\n",
    );
}

#[test]
fn who_was_kept_apart_and_has_left_stands_in_nobodys_way() {
    let deckle = Deckle::new();
    json(&deckle, "pair-rotation --people 12 --apart 11:12,1:2");
    let now = json(&deckle, "pair-rotation --from-round 3 --gone 12 --apart 3:4");
    let apart = [("1", "2"), ("3", "4")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert!(meetings(&now).iter().all(|round| apart.iter().all(|pair| !round.contains(pair))));
    let later = json(&deckle, "pair-rotation --from-round 4 --people 12");
    assert!(meetings(&later).iter().all(|round| apart.iter().all(|pair| !round.contains(pair))));
}

#[test]
fn whoever_comes_of_a_range_the_cards_are_the_same() {
    let deckle = Deckle::new();
    for words in ["pair-rotation --people 4-9", "cafe --people 11-14 --minutes 60"] {
        let plans = json(&deckle, words);
        let cards = |plan: &Value| -> Vec<String> {
            array(&plan["rounds"]).iter().flat_map(codes).map(str::to_owned).collect()
        };
        let first = cards(&plans["plans"][0]);
        assert!(array(&plans["plans"]).iter().all(|plan| cards(plan) == first), "{words}");
    }
    deckle.done("session pair-rotation --people 8-9 -o range");
    for name in ["run-sheet-8.pdf", "run-sheet-9.pdf", "slips-8.pdf", "slips-9.pdf", "slides.pdf"] {
        assert!(deckle.path(&format!("range/{name}")).exists(), "{name}");
    }
}

#[test]
fn a_deeper_ceiling_goes_deeper_and_what_is_missing_is_told() {
    let mut table = String::from("category,depth,prompt,kind\n");
    for at in 1..=30 {
        table += &format!("Trust,{},What is number {at}?,\n", at % 5 + 1);
    }
    table += "Thanks,1,What do you thank for?,appreciation\n";
    let deckle = Deckle::new().file("deep.csv", table);
    let plan = json(&deckle, "pair-rotation deep.csv --people 4 --rounds 10 --ceiling 5");
    let depths: Vec<i64> =
        array(&plan["rounds"]).iter().map(|it| it["depth"].as_i64().unwrap()).collect();
    assert_eq!(depths.last(), Some(&5), "{depths:?}");
    let few = deckle.file(
        "few.csv",
        "category,depth,prompt,kind\nTrust,1,What is it?,\nTrust,1,Who is it?,\nThanks,4,What for?,appreciation\n",
    );
    let told = few.done("session conversation few.csv --rounds 2 --ceiling 4").stderr;
    assert!(told.contains("rounds 1, 2 have no card in reserve"), "{told}");
    assert!(
        told.contains("the last card is of depth 4, and the round before it of depth 1"),
        "{told}"
    );
}

#[test]
fn formats_that_cannot_be_are_told_where() {
    let start = "schema = 1\nlike = \"conversation\"\nid = \"x\"\n";
    let landing =
        "[landing]\ntitle = \"End\"\nrounds = 5\n[[landing.step]]\ndoes = \"x\"\nseconds = 30\n";
    let kinds = "[[part]]\ntitle = \"A\"\nkinds = []\n[[part.step]]\ndoes = \"x\"\nseconds = [60, 30, 10]\n";
    let deckle = Deckle::new()
        .file("one.toml", format!("{start}people = 1\n"))
        .file("landing.toml", format!("{start}{landing}"))
        .file("kinds.toml", format!("{start}{kinds}"));
    for (file, place, words) in [
        ("one.toml", "one.toml:4:10", "one person alone has nobody to sit with"),
        ("landing.toml", "landing.toml:6:10", "a landing has one round and one card"),
        ("kinds.toml", "kinds.toml:6:9", "no kind of card is named"),
        ("kinds.toml", "kinds.toml:9:11", "`seconds = [30, 60, 120]`"),
    ] {
        let ran = deckle.run(&format!("session {file}"));
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        assert!(ran.stderr.contains(place) && ran.stderr.contains(words), "{}", ran.stderr);
    }
}

#[test]
fn names_may_come_through_a_pipe() {
    let deckle = Deckle::new();
    let ran = deckle.shell(
        "printf 'Ann\\nBob\\nCid\\nDee\\n' | \"$DECKLE\" session pair-rotation --names - --rounds 2",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.out().contains("Ann"));
}

#[test]
fn a_plan_that_cannot_be_remembered_says_so() {
    let deckle = Deckle::new().file("home/sessions", "a file, no folder");
    let ran = deckle.run("session pair-rotation");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("not remembered for `--from-round`"), "{}", ran.stderr);
}

#[test]
fn ids_that_are_none_and_decks_that_move_are_not_mistaken() {
    let format = "schema = 1\nlike = \"conversation\"\nid = \"Conversation\"\n";
    let deckle = Deckle::new().file("big.toml", format).file("strangers", "hello\n");
    let ran = deckle.run("session big.toml");
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("`Conversation` cannot be the name of a format"), "{}", ran.stderr);
    // A bare name is the built-in deck, also when it is gone on with.
    deckle.done("session pair-rotation strangers --people 12");
    deckle.done("session pair-rotation --from-round 2 --gone 2");
    // A plan on paper is found from every folder, and its decks, too.
    let table = deckle.done("new ours --from strangers");
    assert_eq!(table.code, Some(0));
    deckle.done("session pair-rotation ours.csv --people 12 -o out");
    let line = "mkdir elsewhere && cd elsewhere && \"$DECKLE\" session pair-rotation --from-round 2 --gone 2 \
                --past ../out/plan.json";
    assert_eq!(deckle.shell(line).code, Some(0));
}

#[test]
fn cards_that_are_lost_can_be_put_back() {
    let rows = |at: &[usize]| {
        let row = |at: &usize| format!("Play,1,What is number {at}?,\n");
        let rows: String = at.iter().map(row).collect();
        format!("category,depth,prompt,kind\n{rows}Thanks,1,What for?,appreciation\n")
    };
    let all: Vec<usize> = (1..=8).collect();
    let deckle = Deckle::new().file("ours.csv", rows(&all));
    let then = json(&deckle, "pair-rotation ours.csv --people 6 --rounds 3");
    let prompt = then["rounds"][2]["cards"][0]["prompt"].as_str().unwrap().to_owned();
    let lost = all.iter().copied().filter(|at| prompt != format!("What is number {at}?"));
    let deckle = deckle.file("ours.csv", rows(&lost.collect::<Vec<_>>()));
    let ran = deckle.done("session pair-rotation --from-round 2 --gone 2");
    assert!(ran.stderr.contains("not in the deck any more: "), "{}", ran.stderr);
    let deckle = deckle.file("ours.csv", rows(&all));
    let back = json(&deckle, "pair-rotation --from-round 2 --gone 2");
    assert_eq!(back["rounds"][1]["cards"], then["rounds"][2]["cards"]);
}

#[test]
fn leading_needs_a_terminal() {
    let deckle = Deckle::new();
    deckle.refused(
        "session conversation --run",
        2,
        "error: `--run` leads a session in a terminal, and there is none here\n = help: leave it out and read the plan, or print it: `-o FOLDER`\n",
    );
    deckle.refused(
        "session conversation --run --json",
        2,
        "error: `--run` and `--json` go no way together\n = help: leave one of them out\n",
    );
}
