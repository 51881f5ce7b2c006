//! `deckle balance`: the table, the files it writes, and what it refuses.

use serde_json::Value;

use super::env::Deckle;

/// Six cards of two categories; the second has no deep ones, and no card has depth 4 or 5.
const LOPSIDED: &str = "\
id,category,depth,prompt,copies
a,Play,1,What sound of an ordinary morning do you like?,
b,Play,2,Which game would you play again tonight?,
c,Play,3,When did we last laugh until it hurt?,
d,Play,3,What do you no longer dare to try?,
e,Trust,1,Whom did you trust first?,2
f,Trust,1,Where do you feel safe?,
";

fn lopsided() -> Deckle {
    Deckle::new().file("odd.csv", LOPSIDED)
}

fn json(deckle: &Deckle, words: &str) -> Value {
    serde_json::from_str(&deckle.done(words).out()).unwrap()
}

#[test]
fn the_balance_as_json_adds_up() {
    let deckle = lopsided();
    let answer = json(&deckle, "balance odd.csv --count 4 --seed 7 --json");
    assert_eq!((&answer["deckle"], &answer["algorithm"]), (&1.into(), &1.into()));
    assert_eq!((&answer["count"], &answer["guides"]), (&4.into(), &0.into()));
    assert_eq!((&answer["mix"]["name"], &answer["seed"]), (&"even".into(), &"7".into()));
    assert_eq!(answer["totals"], serde_json::json!({"wanted": 4, "got": 4, "available": 7}));
    assert_eq!(answer["cards"].as_array().unwrap().len(), 4);
    let cells = answer["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 6);
    let sum = |name: &str| cells.iter().map(|cell| cell[name].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("wanted"), sum("got"), sum("available")), (4, 4, 7));
    for cell in cells {
        assert_eq!(cell["reason"].is_null(), cell["wanted"] == cell["got"], "{cell}");
    }
}

#[test]
fn no_line_is_wider_than_eighty_columns_where_nobody_knows_the_room() {
    let shown = lopsided().done("balance odd.csv --count 4").out();
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    for words in ["4 of 7 cards chosen, mix even", "1 Shore", "wanted", "no card has this depth"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

#[test]
fn the_chosen_cards_keep_ids_copies_and_codes_under_any_name() {
    let deckle = lopsided();
    std::fs::create_dir(deckle.path("few")).unwrap();
    let said = deckle.done("balance odd.csv -o few/some.csv").stderr;
    let told = "wrote few/some.csv\nfew/some.toml beside it tells its title and keeps its codes\n";
    assert!(said.ends_with(told), "{said}");
    let codes = |deck: &str| -> Vec<Value> {
        let shown = json(&deckle, &format!("show {deck} --json"));
        let cards = shown["decks"][0]["cards"].as_array().unwrap().clone();
        cards
            .iter()
            .map(|card| serde_json::json!([card["code"], card["id"], card["copies"]]))
            .collect()
    };
    assert_eq!(codes("few/some.csv"), codes("odd.csv"));
}

#[test]
fn cards_of_two_decks_with_the_same_ids_become_one_sound_deck() {
    let deckle = lopsided().file("more.csv", "id,category,depth,prompt,note\na,Play,2,Why?,mine\n");
    deckle.done("balance odd.csv more.csv -o both.csv");
    let table = String::from_utf8(deckle.read("both.csv")).unwrap();
    assert!(table.contains("more-a,Play,2,Why?"), "{table}");
    let checked = deckle.done("check both.csv").out();
    let sum = checked.lines().last().unwrap();
    assert!(sum.starts_with("both.csv: 7 cards") && sum.contains(", no problems"), "{checked}");
}

#[test]
fn the_table_becomes_a_picture() {
    let deckle = lopsided();
    for (file, start) in [("t.svg", &b"<"[..]), ("t.png", b"\x89PNG"), ("t.pdf", b"%PDF")] {
        deckle.done(&format!("balance odd.csv --count 4 -o {file}"));
        assert!(deckle.read(file).starts_with(start), "{file}");
    }
    let drawn = String::from_utf8(deckle.read("t.svg")).unwrap();
    assert!(drawn.contains("balance"), "the picture has a title");
}

#[test]
fn files_are_not_lost() {
    let deckle = lopsided();
    deckle.refused(
        "balance odd.csv -o odd.csv --force",
        2,
        "\
error: the output `odd.csv` is also an input
 = help: name another file
",
    );
    deckle.done("balance odd.csv -o new.csv");
    assert_eq!(deckle.run("balance odd.csv -o new.csv").code, Some(2));
    deckle.done("balance odd.csv -o new.csv --force");
    let ran = deckle.run("balance odd.csv -o new.json");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains(".csv") && ran.stderr.contains(".svg, .png or .pdf"));
    assert_eq!(deckle.run("balance odd.csv -o - --json").code, Some(2));
}

#[test]
fn what_cannot_be_chosen_is_told() {
    let deckle = lopsided();
    let code = json(&deckle, "show odd.csv --json")["decks"][0]["cards"][0]["code"].clone();
    let code = code.as_str().unwrap();
    let pins = format!("--pin {code} --without {code}");
    for (words, exit, told) in [
        ("--count 8", 1, "asked for 8 cards, there are 7"),
        ("--count 0", 2, "asked for 0 cards"),
        ("--mix 1=0,2=0", 2, "sum to nothing"),
        ("--mix 1=1,Shore=2", 2, "has two weights"),
        ("--mix Shoer=2", 2, "did you mean `Shore`?"),
        ("--mix depp", 2, "did you mean `deep`?"),
        ("--category Trsut", 2, "did you mean `Trust`?"),
        ("--mix=", 2, "the mix is empty"),
        ("--mix 1=0,5,2=1", 2, "help: write `1=0.5`"),
        ("--max-minutes 5h", 2, "write a whole number of minutes, such as 5"),
        ("--depth 4", 1, "leaves none of"),
        (&pins, 2, "is asked for with --pin and left out with --without"),
    ] {
        let ran = deckle.run(&format!("balance odd.csv {words}"));
        assert_eq!(ran.code, Some(exit), "{words}: {}", ran.stderr);
        assert!(ran.stderr.contains(told), "{words}: {}", ran.stderr);
        assert!(ran.stdout.is_empty(), "{words}");
    }
}

#[test]
fn a_deck_that_only_guides_has_nothing_to_balance() {
    let deckle = Deckle::new().file("g.csv", "category,kind,depth,prompt\nHow,rule,,Listen.\n");
    let told = "error: all of these cards guide: none has a depth\n = help: add cards that ask \
                something\n";
    deckle.refused("balance g.csv", 1, told);
}

#[test]
fn depths_that_a_deck_does_not_name_are_numbers_and_not_missed() {
    let table = "category,depth,prompt\nPlay,1,A?\nPlay,3,B?\nPlay,4,C?\n";
    let deckle =
        Deckle::new().file("t.csv", table).file("t.toml", "depths = ['Low', 'Mid', 'High']");
    let told = deckle.done("balance t.csv").out();
    assert!(told.contains("1 Low  3 High  4  all\n"), "{told}");
    assert!(told.contains("2 Mid  no card has this depth\n") && !told.contains("5 "), "{told}");
}
