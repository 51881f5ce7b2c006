//! Plans of days and weeks, as people meet them.

use lopdf::Document;
use serde_json::Value;

use crate::env::Deckle;

fn json(deckle: &Deckle, words: &str) -> Value {
    serde_json::from_str(&deckle.done(words).out()).unwrap()
}

fn days(plan: &Value) -> Vec<Value> {
    plan["days"].as_array().unwrap().clone()
}

#[test]
fn a_plan_is_shown_with_dates_cards_and_minutes() {
    let deckle = Deckle::new();
    let ran = deckle.done("plan weekly --from 2026-12-07 --zone Europe/Berlin");
    let out = ran.out();
    assert!(out.starts_with("A small week\n"), "{out}");
    for words in ["Mon 7 Dec", "Wed 9 Dec", "Fri 11 Dec", "Sun 13 Dec", "How we are", "min"] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let told = "4 days with 4 cards, 2026-12-07 to 2026-12-13 at 20:30 · Europe/Berlin\n";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert_eq!(deckle.names(), [""; 0]);
}

#[test]
fn json_tells_every_day_and_its_card() {
    let deckle = Deckle::new();
    let plan = json(&deckle, "plan six-week --from 2026-12-01 --zone UTC --json");
    assert_eq!((plan["deckle"].as_u64(), plan["plan"].as_str()), (Some(1), Some("six-week")));
    let days = days(&plan);
    let dates: Vec<&str> = days.iter().map(|day| day["date"].as_str().unwrap()).collect();
    assert_eq!(dates[..2], ["2026-12-01", "2026-12-08"]);
    assert_eq!((days.len(), dates[5]), (6, "2027-01-05"));
    assert_eq!((&days[1]["label"], days[1]["day"].as_u64()), (&"Week 2".into(), Some(8)));
    assert_eq!(days[0]["card"]["id"], "six-weeks-1");
    assert_eq!((&days[4]["card"], &days[0]["words"]), (&Value::Null, &"".into()));
    assert!(days[4]["words"].as_str().unwrap().contains("Only talk"));
    let open = "plan six-week --opt-in affection --ceiling 4 --json";
    assert_eq!(json(&deckle, open)["days"][4]["card"]["id"], "six-weeks-5");
}

#[test]
fn all_files_are_written_together_and_none_is_replaced_unasked() {
    let deckle = Deckle::new();
    let plan = "plan ten-day --from 2026-12-01 --zone Europe/Berlin --paper a4";
    deckle.done(&format!("{plan} -o p.pdf -o p.svg -o p.ics -o p.csv --cards cards.pdf"));
    assert_eq!(deckle.names(), ["cards.pdf", "p.csv", "p.ics", "p.pdf", "p.svg", "p.toml"]);
    let calendar = String::from_utf8(deckle.read("p.ics")).unwrap();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 10);
    assert!(calendar.contains("SUMMARY:Day 1: Three kindnesses"), "{calendar}");
    assert!(calendar.contains("DTSTART:20261201T193000Z"), "{calendar}");
    let pages = Document::load_mem(&deckle.read("p.pdf")).unwrap().get_pages().len();
    assert_eq!(pages, 1, "ten days are one page");
    let planned = days(&json(&deckle, &format!("{plan} --json")));
    let shown = json(&deckle, "show p.csv --json")["decks"][0]["cards"].clone();
    let prompts: Vec<&Value> = planned.iter().map(|day| &day["card"]["prompt"]).collect();
    let written: Vec<&Value> =
        shown.as_array().unwrap().iter().map(|card| &card["prompt"]).collect();
    assert_eq!(written, prompts, "in the order of the days");
    deckle.done("print p.csv --dry-run");
    deckle.refused(
        "plan ten-day -o new.ics -o p.pdf",
        2,
        "error: `p.pdf` exists already\n = help: add --force to replace it, or choose another name\n",
    );
    assert!(!deckle.names().contains(&"new.ics".to_owned()));
}

#[test]
fn decks_that_are_named_give_every_card_by_their_seed() {
    let deckle = Deckle::new();
    let cards = |words: &str| -> Vec<(String, String, u64)> {
        let plan = json(&deckle, &format!("plan ten-day friends --from 2026-12-01 --json {words}"));
        let card = |day: &Value| {
            let text = |name: &str| day["card"][name].as_str().unwrap().to_owned();
            (text("deck"), text("code"), day["card"]["depth"].as_u64().unwrap())
        };
        days(&plan).iter().map(card).collect()
    };
    let usual = cards("");
    assert!(usual.iter().all(|(deck, _, depth)| deck == "friends" && *depth <= 3), "{usual:?}");
    assert_eq!(usual, cards(""));
    assert_ne!(usual, cards("--seed 7"));
    let light = cards("--ceiling 1");
    assert!(light.iter().all(|(.., depth)| *depth == 1), "{light:?}");
}

#[test]
fn what_cannot_be_planned_is_told_with_what_helps() {
    let deckle = Deckle::new().file("deep.csv", "category,depth,prompt\nTrust,5,What hurts?\n");
    deckle.refused(
        "plan weekly --from 2026-02-30",
        2,
        "error: `--from 2026-02-30` is no date\n = expected: year, month and day\n \
         = help: write it as 2026-12-01\n",
    );
    deckle.refused(
        "plan weekly --days 9",
        2,
        "error: `--days` is for `nightly`; `weekly` has its own 4 days\n \
         = help: leave it out, or plan another time with a later `--from`\n",
    );
    deckle.refused(
        "plan weekly deep.csv",
        1,
        "error: no card fits any of the plan's 4 days up to depth 3\n \
         = help: name another deck, or none for the built-in ones\n",
    );
    deckle.refused(
        "plan weekly -o plan.doc",
        2,
        "error: a plan cannot be a `.doc` file\n \
         = expected: an output that ends in .pdf, .png, .svg, .ics or .csv\n \
         = help: write to `plan.pdf`\n",
    );
    let slip = deckle.run("plan weakly");
    assert_eq!(slip.code, Some(2));
    assert!(slip.stderr.contains("'weekly'"), "{}", slip.stderr);
    assert_eq!(deckle.run("plan restore --from 9999-12-20").code, Some(2));
    assert_eq!(deckle.run("plan weekly --from 2026-12-01 deep.csv -o deep.csv").code, Some(2));
    assert_eq!(deckle.run("plan weekly --cards cards.png").code, Some(2));
    assert_eq!(deckle.run("plan weekly --json -o -").code, Some(2));
    assert_eq!(deckle.run("plan weekly -o both.pdf --cards both.pdf").code, Some(2));
    assert_eq!(deckle.names(), ["deep.csv"]);
}

#[test]
fn nights_have_the_same_outputs_as_other_plans() {
    let deckle = Deckle::new();
    let plan = "plan nightly --from 2026-12-01 --days 3 --zone Europe/Berlin";
    deckle.done(&format!("{plan} -o nights.svg -o nights.csv"));
    let svg = String::from_utf8(deckle.read("nights.svg")).unwrap();
    assert!(svg.contains("A question a night"));
    let planned = json(&deckle, &format!("{plan} --json"));
    let night = json(&deckle, "tonight --date 2026-12-02 --zone Europe/Berlin --json");
    assert_eq!(planned["days"][1]["card"]["key"], night["cards"][0]["key"]);
    assert_eq!(planned["days"][1]["label"], "Night 2");
}
