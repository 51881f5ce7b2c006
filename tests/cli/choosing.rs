//! Filters, and a fair choice of a number of cards.

use super::env::Deckle;

/// Returns a deck with `depths[n]` cards of depth n + 1 in each of three categories, and a rule.
fn deck(depths: [usize; 5]) -> Deckle {
    let mut table = String::from("id,category,depth,kind,prompt,tags,minutes,audience\n");
    table += "rules,Guide,,rule,\"Title\nOne rule.\",,,\n";
    for (depth, count) in depths.into_iter().enumerate() {
        for category in ["Play", "Trust", "Home"] {
            for n in 0..count {
                let row = ["", ",winter,15,friends"][usize::from(n == 0)];
                let level = depth + 1;
                let words = format!("{category} river{level} garden{n} stone{}?", n * n + level);
                table += &format!("{category}{level}{n},{category},{level},,{words}{row}\n");
            }
        }
    }
    Deckle::new().file("t.csv", table)
}

/// Returns the depths and categories of the cards that `words` let `show` keep.
fn shown(deckle: &Deckle, words: &str) -> Vec<(u64, String)> {
    let json = deckle.done(&format!("show t.csv --json {words}")).out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let cards = json["decks"][0]["cards"].as_array().unwrap();
    let of = |card: &serde_json::Value| {
        (card["depth"].as_u64().unwrap_or(0), card["category"].as_str().unwrap().to_owned())
    };
    cards.iter().map(of).collect()
}

#[test]
fn filters_leave_what_passes_and_the_cards_that_guide() {
    let deckle = deck([2; 5]);
    let depths = |words: &str| {
        shown(&deckle, words).into_iter().map(|(depth, _)| depth).collect::<Vec<u64>>()
    };
    assert_eq!(depths("--depth 4-5 --category trust"), [0, 4, 4, 5, 5]);
    assert_eq!(depths("--depth Shore --not-category play,home"), [0, 1, 1]);
    assert_eq!(depths("--tag WINTER --category home"), [0, 1, 2, 3, 4, 5]);
    assert_eq!(depths("--max-minutes 10 --category home"), [0, 1, 2, 3, 4, 5]);
    assert_eq!(depths("--audience friends --depth 2").len(), 4);
    assert_eq!(depths("--kind rule"), [0]);
    assert_eq!(depths("--kind question --depth 1 --category play"), [1, 1]);
}

#[test]
fn filters_say_which_word_is_wrong_and_which_of_them_emptied_the_deck() {
    let deckle = deck([1, 1, 1, 0, 0]);
    deckle.refused(
        "print t.csv --depth shor --category trsut --kind exrcise --max-minutes 9",
        2,
        "\
error: unknown depth `shor`
 = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep
 = help: did you mean `Shore`?

error: unknown category `trsut`
 = expected: Home, Play, Trust
 = help: did you mean `Trust`?

error: unknown kind `exrcise`
 = expected: appreciation, checkin, close, exercise, finish, listen, open, pause, question, rule, script, selfcheck
 = help: did you mean `exercise`?

3 errors
",
    );
    deckle.refused(
        "show t.csv --category trust --depth 4-5",
        1,
        "error: `--depth 4-5` leaves none of the 9 cards\n = help: leave one of the filters out, or widen it\n",
    );
}

/// Returns what a print of `words` says.
fn printed(deckle: &Deckle, words: &str) -> String {
    deckle.done(&format!("print t.csv --faces --duplex none --dry-run {words}")).stderr
}

#[test]
fn a_number_of_cards_is_fair_and_shortages_are_told() {
    let deckle = deck([5, 5, 5, 5, 1]);
    let said = printed(&deckle, "--count 31");
    assert!(said.contains("31 cards of"), "{said}");
    assert!(said.contains("note: depth 5 Deep: wanted 6, "), "{said}");
    assert!(said.contains("3 went to depth 4"), "{said}");
    let said = printed(&deckle, "--count 31 --mix 1=1,2=2");
    assert!(said.contains("31 cards of") && !said.contains("depth 3"), "{said}");
}

#[test]
fn what_a_choice_cannot_be_is_told() {
    let deckle = deck([5; 5]);
    let code = "error: no card has `NOPE`\n = help: `deckle show t.csv` lists the codes\n";
    deckle.refused("print t.csv --count 9 --pin NOPE", 2, code);
    for (words, code, found) in [
        ("--count 900", 1, "asked for 900 cards, there are 76"),
        ("--count 0", 2, "asked for 0 cards"),
        ("--count 20 --mix 1=0", 2, "the weights of the mix `1=0` sum to nothing"),
        ("--count 20 --mix 1=1,1=2", 2, "depth 1 Shore has two weights in the mix"),
        ("--count 20 --mix gentel", 2, "unknown mix `gentel`"),
        ("--count 20 --mix Shor=1", 2, "unknown depth `Shor`"),
        ("--mix deep", 2, "a mix needs a number of cards to share"),
        (
            "--count 30 --mix 5=1",
            1,
            "asked for 30 cards, there are 16 of the depths that the mix wants\n = help: lower --count to 16 or less",
        ),
    ] {
        let ran = deckle.run(&format!("print t.csv {words}"));
        assert_eq!(ran.code, Some(code), "{words}: {}", ran.stderr);
        assert!(ran.stderr.starts_with(&format!("error: {found}")), "{words}: {}", ran.stderr);
        assert_eq!(deckle.names(), ["t.csv"]);
    }
}

#[test]
fn pins_are_in_and_the_cards_left_out_are_not() {
    let deckle = deck([5; 5]);
    let json = deckle.done("show t.csv --json --category play --depth 5").out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let code = |at: usize| json["decks"][0]["cards"][at]["code"].as_str().unwrap().to_owned();
    let svg = |words: &str| {
        deckle.done(&format!("print t.csv --faces --duplex none {words} --force -o c.svg"));
        let names = deckle.names();
        let pages = names.iter().filter(|name| name.ends_with(".svg"));
        let text: String =
            pages.map(|page| String::from_utf8(deckle.read(page)).unwrap()).collect();
        names.iter().filter(|name| name.ends_with(".svg")).for_each(|name| {
            std::fs::remove_file(deckle.path(name)).unwrap();
        });
        text
    };
    let has = |text: &str, code: &str| text.contains(&format!("aria-label=\"{code}\""));
    let (one, other) = (code(1), code(2));
    for seed in 0..4 {
        let text = svg(&format!("--count 7 --seed {seed} --pin {one} --without {other}"));
        assert!(has(&text, &one) && !has(&text, &other), "{seed}");
    }
    let said = deckle.run(&format!("print t.csv --count 1 --pin {one},{other},{one}")).stderr;
    let found = "error: asked for 1 card, and 2 are pinned\n \
        = help: raise --count by 1 or more, or pin fewer cards\n";
    assert!(said.starts_with(found), "{said}");
    deckle.done(&format!("print t.csv --count 2 --pin {one},{other} --dry-run"));
    let both = format!("print t.csv --count 7 --pin {one} --without {one}");
    let said = deckle.run(&both).stderr;
    assert!(said.contains("is asked for with --pin and left out with --without"), "{said}");
}

#[test]
fn few_cards_are_questions_rather_than_rules() {
    let said = deck([1; 5]).done("print t.csv --count 1 --dry-run").stderr;
    let note = "note: cards that guide would fill all 1: they are left out (ask for more cards to have them too)\n";
    assert!(said.contains(note) && said.contains("\n1 card of 63 × 88 mm"), "{said}");
}

#[test]
fn a_usual_number_above_the_supply_takes_all_and_says_so() {
    let deckle = deck([1; 5]).file("deckle-settings.toml", "[print]\ncount = 40\n");
    let said = deckle.done("print t.csv --dry-run").stderr;
    let note = "note: 40 cards are the usual number, there are 16: all are taken\n";
    assert!(said.contains(note), "{said}");
    let said = deckle.done("print t.csv --depth 1 --dry-run").stderr;
    assert!(!said.contains("usual number"), "{said}");
}

/// Returns the code of the first card of a kind that `words` leave of a deck.
fn first_code(deckle: &Deckle, words: &str, kind: &str) -> String {
    let json = deckle.done(&format!("show t.csv --json {words}")).out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let cards = json["decks"][0]["cards"].as_array().unwrap();
    let card = cards.iter().find(|card| card["kind"] == kind).unwrap();
    card["code"].as_str().unwrap().to_owned()
}

#[test]
fn pins_that_no_filter_leaves_are_told_by_every_command() {
    let deckle = deck([5; 5]);
    let deep = first_code(&deckle, "--depth 5", "question");
    let told = format!(
        "error: `{deep}` is pinned, but is not among the cards to choose from\n = help: leave the \
         pin out, or widen the filters\n"
    );
    for words in ["print t.csv", "print t.csv --count 9", "deal t.csv --packs 2", "balance t.csv"] {
        deckle.refused(&format!("{words} --depth 1-2 --pin {deep}"), 1, &told);
    }
}

#[test]
fn a_pinned_card_that_guides_is_in_even_where_the_others_are_not() {
    let deckle = deck([5; 5]);
    let guide = first_code(&deckle, "", "rule");
    let said = deckle.done(&format!("print t.csv --count 1 --pin {guide} --faces -o c.svg")).stderr;
    assert!(said.contains("\n1 card of"), "{said}");
    let told = json_codes(&deckle, &format!("balance t.csv --count 2 --pin {guide} --json"));
    assert!(told.len() == 2 && told.contains(&guide), "{told:?}");
}

fn json_codes(deckle: &Deckle, words: &str) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(&deckle.done(words).out()).unwrap();
    let cards = json["cards"].as_array().unwrap().iter();
    cards.map(|code| code.as_str().unwrap().to_owned()).collect()
}

#[test]
fn cards_left_out_one_by_one_may_not_be_all() {
    let table = "category,depth,prompt\nPlay,1,What now?\n";
    let deckle = Deckle::new().file("t.csv", table);
    let code = first_code(&deckle, "", "question");
    let told = "error: `--without` leaves no card of those there are to choose from\n = help: leave \
                fewer cards out, or widen the filters\n";
    for words in ["print t.csv", "print t.csv --count 3", "deal t.csv --packs 1"] {
        deckle.refused(&format!("{words} --without {code}"), 1, told);
    }
    assert_eq!(deckle.names(), ["t.csv"]);
}

#[test]
fn guides_fill_what_too_few_questions_leave() {
    let pauses: String = (0..5).map(|n| format!("Calm,pause,,Breathe {n}.\n")).collect();
    let asks: String = (1..4).map(|n| format!("Play,,{n},Which one is {n}?\n")).collect();
    let deckle = Deckle::new().file("t.csv", format!("category,kind,depth,prompt\n{pauses}{asks}"));
    for (count, guides) in [(1, 0), (3, 0), (4, 1), (5, 2), (6, 5), (8, 5)] {
        let json = deckle.done(&format!("balance t.csv --count {count} --json")).out();
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let got = (json["cards"].as_array().unwrap().len(), json["guides"].as_u64().unwrap());
        assert_eq!(got, (count, guides));
    }
}

#[test]
fn what_the_mix_leaves_out_is_not_counted_as_there() {
    let deckle = deck([5, 5, 5, 2, 1]);
    let supply = json_codes(&deckle, "balance t.csv --json --depth 4-5").len();
    let said = deckle.run("balance t.csv --count 40 --mix 4=1,5=1").stderr;
    let found =
        format!("error: asked for 40 cards, there are {supply} of the depths that the mix wants\n");
    assert!(said.starts_with(&found), "{said}");
    deckle.done(&format!("balance t.csv --count {supply} --mix 4=1,5=1"));
}

#[test]
fn cards_to_opt_into_are_in_only_by_name() {
    let deckle = Deckle::new();
    let note = "note: 6 cards that one must opt into are not in (`--opt-in sexual` lets them in)\n";
    for words in ["print touch --dry-run", "show touch", "balance touch", "deal touch --packs 2"] {
        let told = deckle.done(words).stderr;
        assert!(told.contains(note), "{words}: {told}");
        let named = deckle.done(&format!("{words} --opt-in sexual --force"));
        assert!(!named.stderr.contains("opt into"), "{words}: {}", named.stderr);
    }
    let shown = |words: &str| deckle.done(&format!("show touch --json {words}")).out();
    assert!(!shown("").contains("three-yeses"));
    assert!(shown("--category sexual").contains("three-yeses"));
    let json: serde_json::Value = serde_json::from_str(&shown("--category sexual")).unwrap();
    let mut cards = json["decks"][0]["cards"].as_array().unwrap().iter();
    let own = cards.rfind(|card| card["category"] == "sexual").unwrap();
    let code = own["code"].as_str().unwrap();
    assert!(shown(&format!("--only {code}")).contains(code));
}
