//! `deckle selfcheck`: answers from a pipe, the file that keeps them, the sheet; and leaning on them.

use serde_json::Value;

use super::env::{Deckle, Ran};

/// Three categories of ten cards each at two depths, and nothing about touch.
fn thirty() -> Deckle {
    let mut table = String::from("id,category,depth,prompt\n");
    for n in 0..30 {
        let category = ["Appreciation", "Play", "Mind"][n % 3];
        table += &format!("c{n},{category},{},w{n}a w{n}b w{n}c w{n}d w{n}e?\n", 1 + n / 3 % 2);
    }
    Deckle::new().file("t.csv", table)
}

/// Answers eight statements, one for each sign; a dot passes one over.
fn answer(deckle: &Deckle, words: &str, answers: &str) -> Ran {
    let lines: String = answers.chars().map(|c| format!("{c}\n").replace('.', "")).collect();
    let mut command = deckle.command();
    command.args(words.split_whitespace()).write_stdin(lines).output().unwrap().into()
}

/// A file of answers in which appreciation and touch are low.
const LOW: &str = "selfcheck = 1\n\n[[check]]\ndate = 2026-11-22\n\
    answers = { appreciated = 2, touch = 1, time = 3 }\n";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn eight_lines_are_answers_and_are_kept_only_where_somebody_says_so() {
    let deckle = Deckle::new();
    let ran = answer(&deckle, "selfcheck", "543.2541");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(ran.stderr, "nothing was kept; `--save` keeps answers without asking\n");
    let order: Vec<String> = ran
        .out()
        .lines()
        .filter(|line| line.contains("Cards: "))
        .map(|line| line.trim().to_owned())
        .collect();
    assert_eq!(
        order,
        ["Cards: deckle draw --category affection", "Cards: deckle draw --category appreciation"]
    );
    assert!(ran.out().contains("If you are afraid of the other one"), "{}", ran.out());
    assert!(!deckle.path("home/selfcheck.toml").exists());
    answer(&deckle, "selfcheck", "543.2541n");
    answer(&deckle, "selfcheck --no-save", "543.2541y");
    assert!(!deckle.path("home/selfcheck.toml").exists());
    let kept = answer(&deckle, "selfcheck", "543.2541y").stderr;
    assert!(kept.contains("`deckle draw --lean-on`"), "{kept}");
    answer(&deckle, "selfcheck --save", "55555555");
    let file = String::from_utf8(deckle.read("home/selfcheck.toml")).unwrap();
    assert_eq!(file.matches("[[check]]").count(), 2, "{file}");
    assert!(file.contains("appreciated = 2, conflict = 5, time = 4, touch = 1"), "{file}");
}

#[cfg(unix)]
#[test]
fn only_their_owner_may_read_answers() {
    use std::os::unix::fs::PermissionsExt;
    let deckle = Deckle::new();
    answer(&deckle, "selfcheck --save", "44444444");
    answer(&deckle, "selfcheck --save mine.toml", "44444444");
    for file in ["home/selfcheck.toml", "mine.toml"] {
        let mode = std::fs::metadata(deckle.path(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    assert_eq!(deckle.names(), ["mine.toml"]);
}

#[test]
fn then_and_now_stand_side_by_side() {
    let deckle = Deckle::new().file("mine.toml", LOW);
    answer(&deckle, "selfcheck --save mine.toml", "5....5.4");
    let shown = deckle.done("selfcheck --last mine.toml").out();
    assert!(shown.starts_with("Then is 2026-11-22, now is 20"), "{shown}");
    let row = |words: &str| {
        let line = shown.lines().find(|line| line.starts_with(words)).unwrap();
        line.split_whitespace().rev().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        (row("There is as much touch"), row("I can show")),
        (vec!["4".to_owned(), "1".to_owned()], vec!["5".to_owned(), "-".to_owned()],)
    );
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    let told = json(&deckle.done("selfcheck --last mine.toml --json").out());
    assert_eq!((&told["deckle"], &told["file"]), (&1.into(), &"mine.toml".into()));
    assert_eq!(told["checks"].as_array().unwrap().len(), 2);
    assert_eq!(told["checks"][0]["answers"][7]["answer"], 1);
    assert_eq!(told["checks"][1]["answers"][1]["answer"], Value::Null);
    assert_eq!(told["practise"], serde_json::json!([]));
}

#[test]
fn answers_of_a_program_come_as_json_and_all_that_is_wrong_at_once() {
    let deckle = Deckle::new();
    let told = json(&answer(&deckle, "selfcheck --json --save", "....1...").out());
    assert!(told["file"].as_str().unwrap().ends_with("selfcheck.toml"), "{told}");
    assert_eq!(told["practise"][0]["id"], "appreciated");
    assert_eq!(told["categories"], serde_json::json!(["appreciation"]));
    let wrong = answer(&deckle, "selfcheck --save other.toml", "9.4");
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.stderr.contains("line 1 of the answers says `9`"), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("end after 3 statements of 8"), "{}", wrong.stderr);
    let stopped = answer(&deckle, "selfcheck --save other.toml", "44q");
    assert_eq!((stopped.code, &*stopped.stderr), (Some(0), "stopped: nothing was kept\n"));
    assert_eq!(deckle.names(), Vec::<String>::new());
}

#[test]
fn a_file_that_is_none_of_ours_is_neither_leaned_on_nor_written_to() {
    let deckle = thirty().file("deck.toml", "title = \"Ours\"\n").file("mine.toml", LOW);
    let message = "\
error: `deck.toml` is no file of self-checks
 = expected: a file that `deckle selfcheck` keeps; it begins with `selfcheck = 1`
 = help: name that file, or let `deckle selfcheck --save NEW.toml` make one
";
    deckle.refused("draw t.csv --lean-on=deck.toml", 1, message);
    deckle.refused("selfcheck --save deck.toml", 1, message);
    assert_eq!(deckle.read("deck.toml"), b"title = \"Ours\"\n");
    deckle.refused(
        "draw t.csv --lean-on=none.toml",
        3,
        "\
error: there is no file `none.toml`
 = help: `deckle selfcheck --save none.toml` makes it
",
    );
    deckle.refused(
        "draw t.csv --lean-on mine.toml",
        2,
        "\
error: `mine.toml` is no table of cards
 = help: to lean on it, write `--lean-on=mine.toml`
",
    );
    deckle.refused(
        "selfcheck --save nowhere/mine.toml",
        3,
        "\
error: cannot write `nowhere/mine.toml`: no such file or directory
 = help: create the folder first, or choose another
",
    );
    let ran = deckle.run("draw t.csv --lean-on");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("`deckle selfcheck --save` asks for them"), "{}", ran.stderr);
}

#[test]
fn every_mistake_in_a_file_of_answers_is_told() {
    let bad = "selfcheck = 1\n[[check]]\ndate = 2026-11-22\nanswers = { safe = 9, tiem = 2 }\n";
    let deckle = thirty().file("bad.toml", bad).file("empty.toml", "");
    let ran = deckle.run("balance t.csv --lean-on=bad.toml");
    assert_eq!(ran.code, Some(1));
    for words in ["bad.toml:4:20", "an answer from 1 to 5", "did you mean `time`?", "2 errors"] {
        assert!(ran.stderr.contains(words), "{words}\n{}", ran.stderr);
    }
    deckle.refused(
        "balance t.csv --lean-on=empty.toml",
        1,
        "\
error: there are no answers to lean on in `empty.toml`
 = help: name a file that `deckle selfcheck --save FILE` wrote
",
    );
}

/// Of 14 cards of three categories, 6 : 4 : 4 is half as many again.
#[test]
fn a_choice_leans_openly_and_by_half() {
    let deckle = thirty().file("mine.toml", LOW);
    let of = |words: &str| {
        let told = json(&deckle.done(words).out());
        let got = |at: usize| told["categories"][at]["got"].as_u64().unwrap();
        ((0..3).map(got).collect::<Vec<u64>>(), told)
    };
    let (fair, told) = of("balance t.csv --count 14 --json");
    assert_eq!((fair, told.get("lean")), (vec![5, 5, 4], None));
    let (leaned, told) = of("balance t.csv --count 14 --lean-on=mine.toml --json");
    assert_eq!(leaned, [6, 4, 4]);
    assert_eq!(
        told["lean"],
        serde_json::json!({
            "date": "2026-11-22", "categories": ["affection", "appreciation"], "times": 1.5,
        })
    );
    let ran = deckle.done("balance t.csv --count 14 --lean-on=mine.toml");
    assert!(ran.out().contains("\n+Appreciation"), "{}", ran.out());
    let shown = ran.out().split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["half as many again of those with +", "+: leaned on, after the self-check of"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    let told = "note: leans on Appreciation, after the self-check of 2026-11-22: half as many cards \
                again of each as of another category\nnote: no card here is of `affection`, on which \
                the self-check of 2026-11-22 leans (`deckle show DECK` lists what a deck has)\n";
    assert_eq!(ran.stderr, told);
    let printed = deckle.done("print t.csv --count 14 --lean-on=mine.toml --dry-run").stderr;
    assert!(printed.contains("leans on Appreciation"), "{printed}");
    let dealt = json(
        &deckle.done("deal t.csv --packs 2 --count 14 --lean-on=mine.toml --dry-run --json").out(),
    );
    let thanks = |at: usize| dealt["packs"][at]["categories"]["appreciation"].as_u64().unwrap();
    assert_eq!(thanks(0) + thanks(1), 6);
}

#[test]
fn where_nothing_is_chosen_nothing_leans_and_it_says_so() {
    let deckle = thirty().file("mine.toml", LOW);
    let dealt = deckle.done("deal t.csv --packs 2 --lean-on=mine.toml --dry-run").stderr;
    let told = "note: all cards are in, so nothing leans on the self-check of 2026-11-22 (choose fewer \
                of them: `--count 15`)\n";
    assert!(dealt.starts_with(told), "{dealt}");
    let deckle = deckle.file("fine.toml", LOW.replace("= 2,", "= 4,").replace("= 1,", "= 5,"));
    let said = deckle.done("balance t.csv --count 9 --lean-on=fine.toml").stderr;
    let told =
        "note: nothing was under 3 in the self-check of 2026-11-22: there is nothing to lean on\n";
    assert_eq!(said, told);
}

#[test]
fn answers_that_are_leaned_on_are_never_written_over() {
    let deckle = thirty().file("evening.toml", LOW);
    deckle.refused(
        "balance t.csv --count 9 --lean-on=evening.toml -o evening.csv --force",
        2,
        "error: the output `evening.toml` is also an input\n = help: name another file\n",
    );
}

#[test]
fn a_draw_leans_and_says_how_far() {
    let deckle = thirty().file("mine.toml", LOW);
    let drawn = |flag: &str| {
        let draw = |seed: usize| {
            let words = format!("draw t.csv --seed {seed} --json {flag}");
            json(&deckle.done(&words).out())["cards"][0]["category"].as_str().unwrap().to_owned()
        };
        (0..20).map(draw).collect::<Vec<String>>()
    };
    let (fair, leaned) = (drawn(""), drawn("--lean-on=mine.toml"));
    // Whatever was thanks stays it, and some others become it.
    let changed = fair.iter().zip(&leaned).filter(|(fair, leaned)| fair != leaned);
    let changed: Vec<_> = changed.collect();
    assert!(!changed.is_empty() && changed.iter().all(|(_, leaned)| *leaned == "appreciation"));
    let ran = deckle.done("draw t.csv --seed 1 --lean-on=mine.toml");
    let told = "leans on Appreciation, after the self-check of 2026-11-22: a new card of theirs is \
                twice as likely to come as another";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert_eq!(deckle.done("draw t.csv --seed 1 --lean-on=mine.toml --quiet").stderr, "");
}

#[test]
fn forgetting_all_forgets_the_self_checks_too() {
    let deckle = Deckle::with_table();
    answer(&deckle, "selfcheck --save", "11111111");
    answer(&deckle, "selfcheck --save mine.toml", "11111111");
    deckle.done("draw family.csv --ledger other.sqlite");
    deckle.done("forget --all --yes --ledger other.sqlite");
    assert!(deckle.path("home/selfcheck.toml").exists());
    assert_eq!(deckle.done("forget --all --yes").stderr, "forgot 1 self-check\n");
    assert!(!deckle.path("home/selfcheck.toml").exists() && deckle.path("mine.toml").exists());
    deckle.done("draw family.csv");
    std::fs::write(deckle.path("home/selfcheck.toml"), "selfcheck = 1\nbroken").unwrap();
    let said = deckle.done("forget --all --yes").stderr;
    assert_eq!(said, "forgot 1 card and self-checks that cannot be read\n");
}

#[test]
fn a_sheet_has_a_page_for_each_person() {
    let deckle = Deckle::new();
    let said = deckle.done("selfcheck -o sheet.pdf --people 3 --paper letter").stderr;
    assert!(said.starts_with("3 pages on letter"), "{said}");
    assert!(deckle.read("sheet.pdf").starts_with(b"%PDF"));
    deckle.done("selfcheck -o sheet.svg --people 2");
    assert_eq!(deckle.names(), ["sheet-1.svg", "sheet-2.svg", "sheet.pdf"]);
    deckle.refused(
        "selfcheck -o sheet.pdf",
        2,
        "\
error: `sheet.pdf` exists already
 = help: add --force to replace it, or choose another name
",
    );
    deckle.refused(
        "selfcheck -o other.pdf --people 0",
        2,
        "\
error: `--people 0` is no number to print for
 = expected: 1 to 200
 = help: say how many fill one in: `--people 2`
",
    );
}
