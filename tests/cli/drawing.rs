//! Draw, tonight, plan, and the ledger, as people meet them.

use serde_json::Value;

use super::env::{Deckle, Ran};

/// A deck of its own, with a deep card.
const EVENINGS: &str = "id,category,depth,prompt,follow_up,kind\n\
    a,Play,1,Who are you?,,\n\
    b,Trust,2,What now?,Wait.,\n\
    c,Trust,3,What then?,Ask on.,\n\
    d,Trust,5,What if?,,\n\
    e,Guide,,Go slowly.,,rule\n";

fn deckle() -> Deckle {
    Deckle::new().file("evenings.csv", EVENINGS)
}

fn json(ran: &Ran) -> Value {
    serde_json::from_slice(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}", ran.out()))
}

/// The codes of a draw.
fn codes(ran: &Ran) -> Vec<String> {
    let cards = json(ran)["cards"].as_array().unwrap().clone();
    cards.iter().map(|card| card["code"].as_str().unwrap().to_owned()).collect()
}

fn history(deckle: &Deckle) -> Vec<(String, String)> {
    let entries = json(&deckle.done("history --json"))["entries"].as_array().unwrap().clone();
    let word = |entry: &Value, key: &str| entry[key].as_str().unwrap().to_owned();
    entries.iter().map(|entry| (word(entry, "what"), word(entry, "prompt"))).collect()
}

#[test]
fn a_card_is_plain_where_nobody_reads_along() {
    let deckle = deckle();
    let ran = deckle.done("draw evenings.csv --depth 2 --seed 1");
    assert_eq!(ran.out(), "What now?\n› Wait.\nTrust · Shallows (2 of 5) · RNCX\n");
    assert_eq!(ran.stderr, "");
    // A deep card has a line for whoever listens in any case.
    let deep = deckle.done("draw evenings.csv --ceiling 5 --only 4NMT --seed 1");
    assert!(deep.out().contains("\n› Hear it to the end."), "{}", deep.out());
}

#[test]
fn a_card_as_json_has_its_parts() {
    let ran = deckle().done("draw evenings.csv --only V9PM --seed 1 --json");
    let answer = json(&ran);
    assert_eq!(answer["deckle"], 1);
    let card = &answer["cards"][0];
    for (key, value) in [
        ("code", "V9PM".into()),
        ("deck", "evenings".into()),
        ("category", "trust".into()),
        ("depth", 3.into()),
        ("depth_name", "Shelf".into()),
        ("kind", "question".into()),
        ("prompt", "What then?".into()),
        ("follow_up", "Ask on.".into()),
        ("id", "c".into()),
    ] {
        let value: Value = value;
        assert_eq!(card[key], value, "{key}");
    }
}

#[test]
fn nothing_comes_twice_until_all_were_drawn_and_nothing_deep_unasked() {
    let deckle = deckle();
    let mut drawn: Vec<String> =
        (0..3).flat_map(|_| codes(&deckle.done("draw evenings.csv --json"))).collect();
    let again = deckle.done("draw evenings.csv --json");
    assert_eq!(codes(&again), drawn[..1], "the oldest");
    assert_eq!(
        again.stderr,
        "note: all 3 cards there are have been drawn: the oldest come again\n"
    );
    drawn.sort();
    drawn.dedup();
    assert_eq!(drawn.len(), 3);
    assert_eq!(history(&deckle).len(), 4);
    // Who raises the ceiling gets the one that is left, and no card that guides.
    let deep = deckle.done("draw evenings.csv --ceiling 5");
    assert!(deep.out().starts_with("What if?\n"), "{}", deep.out());
    let four = deckle.done("draw evenings.csv -n 9 --ceiling 5 --json --seed 3");
    assert_eq!(codes(&four).len(), 4);
    assert_eq!(four.stderr, "note: asked for 9 cards, and there are only 4\n");
}

#[test]
fn a_seed_or_no_ledger_leaves_no_trace() {
    let deckle = deckle();
    let one = deckle.done("draw evenings.csv --seed 4");
    assert_eq!(one.out(), deckle.done("draw evenings.csv --seed 4").out());
    deckle.done("draw evenings.csv --no-ledger");
    deckle.done("tonight evenings.csv --no-ledger");
    deckle.done("tonight evenings.csv --date 2026-12-24");
    assert!(!deckle.path("home/ledger.sqlite").exists());
    // A ledger that is there is not read either.
    let other = self::deckle();
    other.done("draw evenings.csv -n 2");
    assert_eq!(one.out(), other.done("draw evenings.csv --seed 4").out());
    assert_eq!(deckle.done("history").stderr, "nothing was drawn yet: `deckle draw` begins\n");
}

#[test]
fn what_people_say_of_a_card_is_kept() {
    let deckle = deckle();
    deckle.refused(
        "love",
        1,
        "error: no card was drawn yet\n = help: name one by its code, such as `R9CA`\n",
    );
    deckle.done("draw evenings.csv --only RNCX");
    assert_eq!(deckle.done("love").stderr, "loved RNCX (evenings): What now?\n");
    deckle.done("pass --note gladly");
    deckle.done("used v9pm --deck evenings.csv");
    deckle.done("retire RNCX");
    deckle.done("note we laughed --card RNCX");
    let whats: Vec<String> = history(&deckle).into_iter().map(|(what, _)| what).collect();
    assert_eq!(whats, ["drawn", "loved", "passed", "used", "retired", "noted"]);
    let csv = deckle.done("history --csv").out();
    assert!(
        csv.starts_with("at,night,what,code,deck,category,depth,prompt,note,seconds\n"),
        "{csv}"
    );
    assert!(csv.contains(",passed,RNCX,evenings,Trust,2,What now?,gladly,\n"), "{csv}");
    assert!(csv.contains(",noted,RNCX,evenings,Trust,2,What now?,we laughed,\n"), "{csv}");
    // What is retired comes no more, and what was used is spent.
    assert_eq!(codes(&deckle.done("draw evenings.csv -n 9 --json --no-ledger")).len(), 3);
    let left = deckle.done("draw evenings.csv -n 9 --json");
    assert_eq!(codes(&left).len(), 2);
    deckle.done("restore RNCX");
    assert_eq!(codes(&deckle.done("draw evenings.csv -n 9 --json")).len(), 3);
    let table = deckle.done("history --last 2").out();
    assert_eq!(table.lines().count(), 3, "{table}");
}

#[test]
fn what_was_recorded_last_is_taken_back_together() {
    let deckle = deckle();
    deckle.done("draw evenings.csv -n 2");
    deckle.done("love");
    assert!(deckle.done("undo").stderr.starts_with("took back: loved "));
    assert_eq!(deckle.done("undo").stderr.matches("took back: drawn ").count(), 2);
    deckle.refused("undo", 1, "error: nothing was recorded that could go\n");
    assert_eq!(history(&deckle), []);
    let elsewhere = Deckle::new();
    assert_eq!(elsewhere.run("undo").code, Some(1));
    assert!(!elsewhere.path("home/ledger.sqlite").exists(), "no ledger is made to undo nothing");
}

#[test]
fn nothing_is_forgotten_unasked() {
    let deckle = deckle();
    deckle.done("draw evenings.csv");
    deckle.refused(
        "forget --all",
        2,
        "error: nobody is there to be asked whether all shall be forgotten\n = help: add --yes\n",
    );
    assert_eq!(history(&deckle).len(), 1);
    assert_eq!(deckle.done("forget --all --yes").stderr, "forgot 1 card\n");
    assert_eq!(history(&deckle), []);
    assert_eq!(deckle.run("forget").code, Some(2), "it has to be said what");
}

#[test]
fn a_code_that_is_unknown_is_told_and_nothing_is_recorded() {
    let deckle = deckle().file("other.csv", EVENINGS.replace("What now?", "What next?"));
    deckle.refused(
        "used RNCX",
        2,
        "error: no card has the code `RNCX`\n \
         = help: for a card of your own deck name that too: `--deck evenings.csv`\n",
    );
    assert_eq!(deckle.run("love RNC --deck evenings.csv").code, Some(2));
    deckle.refused(
        "used ,",
        2,
        "error: no card is named\n = help: write its code, such as `R9CA`\n",
    );
    let ran = deckle.run("used RNCX NOPE --deck evenings.csv");
    assert!(ran.code == Some(2) && history(&deckle).is_empty(), "all or nothing");
}

#[test]
fn a_ceiling_can_be_remembered() {
    let settings = "# mine\n[print]\nsize = \"tarot\" # large\n";
    let deckle = deckle().file("home/deckle-settings.toml", settings);
    let refused = deckle.run("draw evenings.csv --remember");
    assert_eq!(refused.code, Some(2), "without a ceiling there is nothing to remember");
    let ran = deckle.done("draw evenings.csv --ceiling deep --remember");
    assert!(ran.stderr.starts_with("depth 5 is your ceiling from now on"), "{}", ran.stderr);
    let kept = String::from_utf8(deckle.read("home/deckle-settings.toml")).unwrap();
    assert_eq!(kept, format!("{settings}\n[draw]\nceiling = 5\n"));
    assert_eq!(codes(&deckle.done("draw evenings.csv -n 9 --json --no-ledger")).len(), 4);
    assert_eq!(
        codes(&deckle.done("draw evenings.csv -n 9 --json --no-ledger --ceiling 1")).len(),
        1
    );
}

#[test]
fn depth_that_grows_says_how_far() {
    let deckle = deckle();
    let ran = deckle.done("draw evenings.csv -n 9 --grow --json");
    assert_eq!(codes(&ran).len(), 2);
    assert!(
        ran.stderr.starts_with(
            "up to depth 2: no week of three draws yet (leave `--grow` out to say it yourself)\n"
        ),
        "{}",
        ran.stderr
    );
    deckle.done("pass");
    let ran = deckle.done("draw evenings.csv --grow --json");
    assert!(ran.stderr.starts_with("up to depth 1: "), "{}", ran.stderr);
    assert!(ran.stderr.contains(", down after a pass on 20"), "{}", ran.stderr);
}

#[test]
fn a_draw_that_cannot_be_met_says_why() {
    let deckle = Deckle::new()
        .file("deep.csv", "category,depth,prompt\nTrust,4,What now?\n")
        .file("guide.csv", "category,depth,prompt,kind\nRules,,Go slowly.,rule\n");
    deckle.refused(
        "draw deep.csv",
        1,
        "error: no card of these has a depth of 3 or less\n \
         = help: raise `--ceiling`, or choose another deck\n",
    );
    deckle.refused(
        "draw guide.csv",
        1,
        "error: no card there is can be drawn\n \
         = help: cards that guide cannot; choose another deck, or widen the filters\n",
    );
    deckle.refused(
        "draw deep.csv -n 0",
        2,
        "error: `--count 0` asks for no card\n = help: leave it out for one card\n",
    );
    deckle.refused(
        "draw deep.csv --ceiling 7",
        2,
        "error: unknown depth `7`\n = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep\n",
    );
    assert_eq!(deckle.done("draw deep.csv --ceiling 4").out().lines().count(), 3);
}

#[test]
fn an_edited_prompt_is_still_the_card_that_was_drawn() {
    let table = "category,depth,prompt\nPlay,1,Which song of long ago do you know by heart?\n\
        Roots,1,Who taught you how to whistle?\n";
    let deckle = Deckle::new().file("ours.csv", table);
    deckle.done("draw ours.csv -n 2");
    std::fs::write(deckle.path("ours.csv"), table.replace("long ago", "years ago")).unwrap();
    let ran = deckle.done("draw ours.csv -n 2");
    assert!(ran.stderr.contains("note: all 2 cards there are have been drawn"), "{}", ran.stderr);
    assert!(ran.stderr.contains("`, in other words ("), "{}", ran.stderr);
    let ran = deckle.done("draw ours.csv -n 2");
    assert!(!ran.stderr.contains("in other words"), "it is told once: {}", ran.stderr);
}

#[test]
fn a_picture_to_send_never_replaces_another_and_then_nothing_is_drawn() {
    let deckle = deckle();
    let ran = deckle.done("draw evenings.csv -o card.png");
    assert_eq!((ran.out().as_str(), ran.stderr.as_str()), ("", "wrote card.png\n"));
    assert!(deckle.read("card.png").starts_with(b"\x89PNG"));
    let before = history(&deckle);
    deckle.refused(
        "draw evenings.csv -o card.png",
        2,
        "error: `card.png` exists already\n = help: add --force to replace it, or choose another name\n",
    );
    assert_eq!(history(&deckle), before);
    deckle.done("draw evenings.csv -n 2 -q -o cards.svg");
    deckle.done("tonight evenings.csv -q -o night.pdf");
    assert_eq!(
        deckle.names(),
        ["card.png", "cards-1.svg", "cards-2.svg", "evenings.csv", "night.pdf"]
    );
}

#[test]
fn two_who_are_apart_see_the_same_card() {
    let [one, other] = [deckle(), deckle()];
    // What the one has drawn before makes no difference.
    other.done("draw evenings.csv -n 2");
    for words in [
        "--date 2026-12-01",
        "--date 2027-06-09 --start 2026-12-01",
        "--date 2026-12-02 --another 1",
    ] {
        let words = format!("tonight evenings.csv --zone Europe/Berlin --ceiling 5 {words}");
        let [one, other] = [&one, &other].map(|deckle| deckle.done(&words));
        assert_eq!((one.out(), one.stderr), (other.out(), other.stderr));
    }
    let ran = one.done("tonight evenings.csv --zone Europe/Berlin --date 2026-12-01 --json");
    let answer = json(&ran);
    assert_eq!(answer["night"], "2026-12-01");
    assert_eq!(answer["zone"], "Europe/Berlin");
    let fingerprint = answer["fingerprint"].as_str().unwrap();
    assert_eq!(ran.stderr, format!("Tue 1 Dec 2026 · Europe/Berlin · fingerprint {fingerprint}\n"));
}

#[test]
fn tonights_card_is_recorded_once() {
    let deckle = deckle();
    deckle.done("tonight evenings.csv");
    deckle.done("tonight evenings.csv");
    let [(what, _)] = &history(&deckle)[..] else { panic!() };
    assert_eq!(what, "tonight");
}

#[test]
fn there_are_more_than_365_nights_in_the_decks_that_come_along() {
    let deckle = Deckle::new();
    let ran = deckle.done("tonight --no-ledger --date 2026-12-01 --another 365 --quiet");
    assert_eq!(ran.stderr, "");
    let ran = deckle.run("tonight --no-ledger --date 2026-12-01 --another 9999");
    let count: usize = ran.stderr.split(' ').find_map(|word| word.parse().ok()).unwrap();
    assert!(count > 365, "{}", ran.stderr);
}

#[test]
fn what_two_share_lies_in_a_file() {
    let one = deckle();
    let save =
        "tonight evenings.csv --zone Asia/Tokyo --start 2026-01-05 --ceiling 2 --seed 9 --save";
    let told = one.done(save).stderr;
    assert!(
        told.contains("wrote tonight.toml: send it to the other one, with evenings.csv\n"),
        "{told}"
    );
    let file = one.read("tonight.toml");
    let other = deckle().file("tonight.toml", &file);
    let night = "tonight --date 2026-03-01";
    let [one_ran, other_ran] = [&one, &other].map(|deckle| deckle.done(night));
    assert_eq!((one_ran.out(), &one_ran.stderr), (other_ran.out(), &other_ran.stderr));
    assert!(
        one_ran.stderr.starts_with("Sun 1 Mar 2026 · Asia/Tokyo · by tonight.toml · fingerprint ")
    );
    // A flag has the last word, and a date of TOML is a date.
    let text = String::from_utf8(file).unwrap().replace("\"2026-01-05\"", "2026-01-05");
    let third = deckle().file("ours/tonight.toml", text).file("ours/evenings.csv", EVENINGS);
    let ran = third.done("tonight --shared ours/tonight.toml --date 2026-03-01");
    assert_eq!(ran.out(), one_ran.out());
    assert_ne!(
        third.done(&format!("{night} --shared ours/tonight.toml --zone UTC")).stderr,
        ran.stderr
    );
    let wrong = deckle().file("tonight.toml", "zone = \"UTC\"\nceilling = 3\n");
    wrong.refused(
        "tonight",
        1,
        "error: line 2 of `tonight.toml` sets `ceilling`\n = help: did you mean `ceiling`?\n",
    );
}

#[test]
fn a_night_that_cannot_be_is_told() {
    let deckle = deckle();
    for (words, message) in [
        (
            "tonight --zone Berlin",
            "error: unknown time zone `Berlin`\n \
             = expected: a name such as Europe/Berlin or America/New_York\n \
             = help: did you mean `Europe/Berlin`?\n",
        ),
        (
            "tonight --date 24.12.2026",
            "error: `--date 24.12.2026` is no date\n = expected: year, month and day\n \
             = help: write it as 2026-12-01\n",
        ),
    ] {
        deckle.refused(words, 2, message);
    }
    deckle.refused(
        "tonight --zone GMT+25",
        2,
        "error: unknown time zone `GMT+25`\n \
         = expected: a name such as Europe/Berlin or America/New_York\n \
         = help: name the largest city of the zone, such as Europe/Berlin\n",
    );
    deckle.refused(
        "tonight --start 2026-12-01 --date 2026-11-30",
        1,
        "error: there is no night of 2026-11-30\n = help: yours begin on 2026-12-01; `--date` looks ahead\n",
    );
    deckle.refused(
        "tonight evenings.csv --date 2026-11-30 --another 3",
        1,
        "error: only 3 cards are allowed on this night\n = help: `--another` goes up to 2\n",
    );
}

#[test]
fn nights_go_into_a_calendar_and_a_second_file_changes_the_same_events() {
    let deckle = deckle();
    let plan =
        "plan nightly evenings.csv --from 2026-12-01 --days 3 --zone Europe/Berlin --at 21:15";
    let run = |words: &str, epoch: &str| {
        let mut command = deckle.command();
        command.args(words.split_whitespace()).env("SOURCE_DATE_EPOCH", epoch);
        let ran: Ran = command.output().unwrap().into();
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran
    };
    let one = run(&format!("{plan} -o one.ics"), "1795000000");
    assert!(one.stderr.starts_with("3 cards, 2026-12-01 to 2026-12-03 at 21:15 · Europe/Berlin\n"));
    let again = run(&format!("{plan} -o -"), "1795000000");
    assert_eq!(again.stdout, deckle.read("one.ics"), "the same bytes");
    let text = again.out();
    assert_eq!(text.matches("DTSTART:20261201T201500Z").count(), 1);
    let night = deckle.done("tonight evenings.csv --date 2026-12-02 --zone Europe/Berlin -q");
    assert!(text.contains(&format!("SUMMARY:{}", night.out().lines().next().unwrap())));
    let later = run(&format!("{plan} --blind -o -"), "1795100000").out();
    let lines = |text: &str, key: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with(key)).map(str::to_owned).collect()
    };
    assert_eq!(lines(&text, "UID:"), lines(&later, "UID:"));
    assert_eq!(lines(&text, "UID:").len(), 6, "of events and alarms");
    assert!(lines(&text, "SEQUENCE:") < lines(&later, "SEQUENCE:"));
    assert!(!later.contains("What"), "a blind calendar has no card in it");
    deckle.refused(
        "plan nightly evenings.csv --at noon",
        2,
        "error: `--at noon` is no time of the day\n = help: write it as 20:30\n",
    );
    deckle.refused(
        "plan nightly evenings.csv --days 0",
        2,
        "error: `--days 0` cannot be planned\n = expected: 1 to 3660\n",
    );
}

#[test]
fn an_evening_rises_and_lands() {
    let cards = json(&Deckle::new().done("draw --arc --seed 5 --json"))["cards"].clone();
    let depths: Vec<i64> =
        cards.as_array().unwrap().iter().map(|card| card["depth"].as_i64().unwrap()).collect();
    assert_eq!(&depths[..4], [1, 2, 2, 3]);
    assert!(depths[4] <= 2 && cards[4]["kind"] == "appreciation", "{cards}");
}

#[test]
fn what_one_must_opt_into_and_what_belongs_to_a_plan_is_not_drawn() {
    let deckle = Deckle::new();
    let all = json(&deckle.done("draw touch rituals -n 999 --ceiling 5 --json --seed 1"));
    let tagged = |all: &Value, tag: &str| {
        let cards = all["cards"].as_array().unwrap().clone();
        let has = |card: &&Value| card["tags"].as_array().unwrap().contains(&tag.into());
        cards.iter().filter(has).count()
    };
    assert_eq!([tagged(&all, "opt-in"), tagged(&all, "series"), tagged(&all, "solo")], [0; 3]);
    let opted = "draw touch -n 999 --ceiling 5 --json --seed 1 --opt-in sexual";
    assert_eq!(tagged(&json(&deckle.done(opted)), "opt-in"), 6);
    let series = "draw rituals -n 999 --ceiling 5 --json --seed 1 --tag series";
    assert_eq!(tagged(&json(&deckle.done(series)), "series"), 19);
}

#[test]
fn a_ledger_that_cannot_be_used_hinders_no_draw() {
    let deckle = deckle().file("home/ledger.sqlite", "this is no database, and it never was one");
    let ran = deckle.done("draw evenings.csv");
    let [path, kept] =
        ["ledger", "ledger.damaged-1"].map(|name| deckle.path(&format!("home/{name}.sqlite")));
    assert_eq!(
        ran.stderr,
        format!(
            "warning: the ledger `{}` is damaged; a new one begins\n = help: the old one is kept as `{}`\n",
            path.display(),
            kept.display()
        )
    );
    assert_eq!(std::fs::read(kept).unwrap(), b"this is no database, and it never was one");
    assert_eq!(history(&deckle).len(), 1);
    // Another file that was named in error stays what it is.
    deckle.refused(
        "draw evenings.csv --ledger evenings.csv",
        3,
        "error: the ledger `evenings.csv` is no ledger\n \
         = help: name another file: `--ledger PATH`\n",
    );
    assert_eq!(deckle.read("evenings.csv"), EVENINGS.as_bytes());
    deckle.refused(
        "draw evenings.csv --ledger home",
        2,
        &format!(
            "error: `home` is a folder, not a ledger\n = help: name a file in it: `{}`\n",
            std::path::Path::new("home").join("ledger.sqlite").display()
        ),
    );
    // Where no file can be, the card comes all the same, and it is said that it was not kept.
    let ran = deckle.done("draw evenings.csv --quiet --ledger evenings.csv/ledger.sqlite");
    assert_eq!(ran.out().lines().count() / 2, 1);
    assert!(
        ran.stderr.starts_with("warning: nothing was recorded: the ledger `"),
        "{}",
        ran.stderr
    );
    let refused = deckle.run("love --ledger evenings.csv/ledger.sqlite RNCX --deck evenings.csv");
    assert_eq!(refused.code, Some(3), "{}", refused.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_the_card_comes_all_the_same() {
    let deckle = deckle();
    deckle.done("draw evenings.csv -n 2");
    let before = history(&deckle);
    // No file may grow, as if the disk were full.
    let ran = deckle.shell("trap '' XFSZ; ulimit -f 0; \"$DECKLE\" draw evenings.csv");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.out().lines().count() >= 2);
    assert!(ran.stderr.contains("warning: nothing was recorded"), "{}", ran.stderr);
    assert_eq!(history(&deckle), before);
}

#[test]
fn what_one_of_two_prefers_for_draws_changes_no_night() {
    let [one, other] = [deckle(), deckle()];
    other.done("draw evenings.csv --ceiling 5 --remember");
    let night = "tonight evenings.csv --zone UTC --date 2026-12-01 --another 2";
    assert_eq!(one.done(night).out(), other.done(night).out());
    assert_eq!(one.done(night).stderr, other.done(night).stderr);
    assert_eq!(other.run("tonight evenings.csv --date 2026-12-01 --another 3").code, Some(1));
}

#[test]
fn a_deck_says_neither_how_deep_nor_where_it_is_kept() {
    let deckle = deckle().file("deckle-settings.toml", "[draw]\nceiling = 5\n");
    let ran = deckle.run("draw evenings.csv");
    assert_eq!(ran.code, Some(1));
    let found =
        "error: `deckle-settings.toml` has a section `[draw]`\n = help: how deep you draw is yours";
    assert!(ran.stderr.starts_with(found), "{}", ran.stderr);
}

#[test]
fn a_file_to_share_that_is_not_there_or_cannot_travel_is_told() {
    let deckle = deckle();
    let missing = deckle.run("tonight --shared nope.toml");
    assert_eq!(missing.code, Some(3), "{}", missing.stderr);
    assert_eq!(deckle.run("plan nightly --shared nope.toml").code, Some(3));
    assert_eq!(deckle.run("tonight --shared - --save").code, Some(2));
    std::fs::create_dir(deckle.path("sub")).unwrap();
    let save = "tonight evenings.csv --only T5MV,RNCX --zone UTC --save --shared sub/ours.toml";
    deckle.done(save);
    let text = String::from_utf8(deckle.read("sub/ours.toml")).unwrap();
    assert!(text.contains("decks = [\"../evenings.csv\"]"), "{text}");
    assert!(text.contains("only = [") && !text.contains("ceiling"), "{text}");
    let read = deckle.done("tonight --shared sub/ours.toml --date 2026-12-01 -q");
    let typed =
        deckle.done("tonight evenings.csv --only T5MV,RNCX --zone UTC --date 2026-12-01 -q");
    assert_eq!(read.out(), typed.out());
    let wrong = Deckle::new().file("tonight.toml", "zone = \"Foo/Bar\"\n");
    let told = wrong.run("tonight").stderr;
    assert!(told.contains("note: some of what you share stands in `tonight.toml`\n"), "{told}");
}

#[test]
fn a_first_night_to_come_can_be_saved() {
    let deckle = deckle();
    let ran = deckle.done("tonight evenings.csv --zone UTC --start 2999-12-01 --save");
    assert_eq!(ran.out(), "");
    assert!(ran.stderr.ends_with("your first night is 2999-12-01\n"), "{}", ran.stderr);
    assert!(deckle.names().contains(&"tonight.toml".to_owned()));
    // Until then it is said again, and that is no error.
    let before = deckle.done("tonight --json");
    assert_eq!(
        (before.stderr.as_str(), codes(&before).len()),
        ("your first night is 2999-12-01\n", 0)
    );
}

#[cfg(unix)]
#[test]
fn a_zone_without_a_name_is_not_called_by_another() {
    let deckle = deckle();
    let run = |words: &str| -> Ran {
        let mut command = deckle.command();
        command.args(words.split_whitespace()).env("TZ", "UTC+11");
        command.output().unwrap().into()
    };
    let ran = run("tonight evenings.csv --date 2026-12-01");
    assert!(ran.stderr.contains(" · UTC-11:00, the zone of this machine · "), "{}", ran.stderr);
    let ran = run("tonight evenings.csv --save");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("help: name one: `--zone Europe/Berlin`\n"), "{}", ran.stderr);
    assert_eq!(deckle.names(), ["evenings.csv"]);
}

#[test]
fn a_card_that_nobody_came_to_see_is_not_drawn() {
    let deckle = deckle()
        .file("long.csv", format!("category,depth,prompt\nPlay,1,{}\n", "word ".repeat(400)));
    for words in
        ["draw evenings.csv -o nowhere/card.png", "tonight evenings.csv -o nowhere/card.png"]
    {
        assert_eq!(deckle.run(words).code, Some(3), "{words}");
    }
    let ran = deckle.run("draw long.csv -o card.png");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("help: without -o the card comes in words\n"), "{}", ran.stderr);
    assert_eq!(history(&deckle), []);
}

#[test]
fn a_damaged_ledger_is_told_even_where_the_command_fails() {
    let deckle = deckle();
    deckle.done("draw evenings.csv -n 2");
    let ledger = deckle.path("home/ledger.sqlite");
    let bytes = std::fs::read(&ledger).unwrap();
    std::fs::write(&ledger, &bytes[..5000]).unwrap();
    let ran = deckle.run("love");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("is damaged; a new one begins\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("error: no card was drawn yet\n"), "{}", ran.stderr);
    // What is forgotten is forgotten wholly.
    deckle.done("draw evenings.csv");
    let ran = deckle.done("forget --all --yes");
    assert_eq!(ran.stderr, "forgot 1 card and 1 ledger kept aside\n");
    std::fs::write(&ledger, &bytes[..5000]).unwrap();
    assert_eq!(deckle.done("forget --all --yes").stderr, "forgot a damaged ledger\n");
    let left = std::fs::read_dir(deckle.path("home")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["ledger.sqlite.lock"]);
}

#[test]
fn a_second_look_at_tonight_puts_its_card_on_the_table_again() {
    let deckle = deckle();
    let night = deckle.done("tonight evenings.csv -q").out();
    deckle.done("draw evenings.csv");
    deckle.done("tonight evenings.csv");
    let loved = deckle.done("love").stderr;
    assert!(loved.contains(night.lines().next().unwrap()), "{loved} {night}");
}

#[test]
fn a_wide_range_of_depths_raises_no_ceiling_and_a_named_depth_does() {
    let deckle = deckle();
    let count = |words: &str| {
        codes(&deckle.done(&format!("draw evenings.csv -n 9 --json --seed 1 {words}"))).len()
    };
    assert_eq!(
        [count("--depth 2-"), count("--depth 2-5"), count("--depth 5"), count("--depth 1-")],
        [2, 3, 1, 3]
    );
}

#[test]
fn words_of_ones_own_come_first_in_the_history() {
    let deckle = deckle();
    deckle.done("draw evenings.csv --only RNCX");
    deckle.done("note we laughed until ten");
    let table = deckle.done("history").out();
    assert!(table.contains("“we laughed until ten” What now?"), "{table}");
    deckle.refused("note  ", 2, &deckle.run("note").stderr);
    let ran: Ran = deckle.command().args(["note", " "]).output().unwrap().into();
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (Some(2), "error: the note has no words\n = help: write some, or leave it out\n")
    );
    let empty = Deckle::new().done("history --csv");
    assert_eq!(empty.out(), "at,night,what,code,deck,category,depth,prompt,note,seconds\n");
    assert_eq!(deckle.run("history --ledger nowhere.sqlite").code, Some(3));
}
