//! `deckle deal`: packs that are equal, whole, and decks of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use lopdf::Document;
use serde_json::Value;

use super::env::{Deckle, TABLE};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Returns the cards of a deck by their codes.
fn cards(deckle: &Deckle, deck: &str) -> BTreeMap<String, Value> {
    let shown = json(&deckle.done(&format!("show {deck} --json")).out());
    let cards = shown["decks"][0]["cards"].as_array().unwrap().iter();
    cards.map(|card| (card["code"].as_str().unwrap().to_owned(), card.clone())).collect()
}

fn guides(card: &Value) -> bool {
    matches!(card["kind"].as_str(), Some("pause" | "rule" | "open" | "close"))
}

/// Returns the widest difference between packs in how many cards of one `column` they have.
fn widest(packs: &[BTreeMap<String, Value>], column: &str) -> usize {
    let mut counts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, pack) in packs.iter().enumerate() {
        for card in pack.values().filter(|card| !guides(card)) {
            let of = counts.entry(card[column].to_string()).or_insert_with(|| vec![0; packs.len()]);
            of[at] += 1;
        }
    }
    assert!(counts.len() > 3, "{counts:?}");
    counts.values().map(|of| of.iter().max().unwrap() - of.iter().min().unwrap()).max().unwrap()
}

fn text(deckle: &Deckle, name: &str) -> String {
    let document = Document::load(deckle.path(name)).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_packs_of_a_deck_are_equal_and_hold_every_card_once() {
    let deckle = Deckle::new();
    let ran = deckle.done("deal --packs 4 --json");
    let names: Vec<String> =
        (1..=4).flat_map(|n| ["csv", "toml"].map(|ending| format!("pack-{n}.{ending}"))).collect();
    assert_eq!(deckle.names(), names);
    let all = cards(&deckle, "intimacy");
    let packs: Vec<_> = (1..=4).map(|n| cards(&deckle, &format!("pack-{n}.csv"))).collect();
    assert!(widest(&packs, "depth") <= 1 && widest(&packs, "category") <= 1);
    let every = |asks: bool| all.iter().filter(move |(_, card)| guides(card) != asks);
    let mut seen = BTreeSet::new();
    for (at, pack) in packs.iter().enumerate() {
        let told = json(&ran.out())["packs"][at].clone();
        assert_eq!(told["name"], format!("Pack {} of 4", at + 1));
        assert_eq!(told["file"], format!("pack-{}.csv", at + 1));
        assert_eq!(told["guides"], every(false).count());
        let codes: BTreeSet<&str> =
            told["cards"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(codes, pack.keys().map(String::as_str).collect());
        let depths = told["depths"].as_object().unwrap().values();
        let asking = pack.values().filter(|card| !guides(card)).count();
        assert_eq!(depths.filter_map(Value::as_u64).sum::<u64>(), asking as u64);
        // A card keeps its key, and with it its code.
        for (code, card) in pack {
            assert_eq!(card["key"], all[code]["key"]);
            assert_eq!(card["prompt"], all[code]["prompt"]);
            assert!(guides(card) || seen.insert(code.clone()), "{code} is dealt twice");
        }
        assert!(every(false).all(|(code, _)| pack.contains_key(code)));
    }
    assert_eq!(seen.len(), every(true).count());
}

#[test]
fn a_person_is_told_what_was_dealt() {
    let said = Deckle::new().done("deal --packs 7 --seed 7").stderr;
    let seed = "seed 7: the same again with `--seed 7`\n";
    let first = "7 packs of 14 cards each, and 6 to guide in every pack\n";
    assert!(said.starts_with(first), "{said}");
    let fair = "packs differ by at most 1 card of any depth, and 1 card of any category\n";
    assert!(said.contains(fair) && said.contains(seed), "{said}");
    let last = "wrote 7 files, pack-1.csv to pack-7.csv\n\
                beside each table, a .toml file tells its title and keeps its codes\n";
    assert!(said.ends_with(last), "{said}");
}

#[test]
fn packs_are_decks_that_are_checked_and_printed_again() {
    let deckle = Deckle::new();
    deckle.done("deal --packs 3 --count 30 --mix even --depth 1-3");
    for n in 1..=3 {
        let checked = deckle.done(&format!("check pack-{n}.csv")).out();
        assert!(checked.starts_with(&format!("pack-{n}.csv: ")), "{checked}");
        assert!(checked.ends_with("no problems\n"), "{checked}");
        deckle.done(&format!("print pack-{n}.csv"));
        let text = text(&deckle, &format!("pack-{n}.pdf"));
        assert!(text.contains(&format!("Intimacy · pack {n}")), "{text}");
    }
    let shown = json(&deckle.done("show pack-2.csv --json").out());
    assert_eq!(shown["decks"][0]["depths"][0], "Shoreline");
    assert_eq!(shown["decks"][0]["standard_count"], Value::Null);
}

#[test]
fn a_number_of_cards_is_of_those_that_ask() {
    let deckle = Deckle::new();
    let told = json(&deckle.done("deal --packs 3 --count 20 --dry-run --json").out());
    assert_eq!((&told["deckle"], &told["algorithm"]), (&1.into(), &1.into()));
    let packs = told["packs"].as_array().unwrap();
    let of = |pack: &Value| pack["cards"].as_array().unwrap().len();
    let guides = packs[0]["guides"].as_u64().unwrap() as usize;
    let mut counts: Vec<usize> = packs.iter().map(|pack| of(pack) - guides).collect();
    counts.sort_unstable();
    assert_eq!((counts, guides > 0), (vec![6, 7, 7], true));
    assert!(deckle.names().is_empty());
    let again = deckle.done("deal --packs 3 --count 20 --dry-run --json --seed 1").out();
    assert_ne!(json(&again)["packs"], told["packs"]);
}

#[test]
fn printed_packs_carry_their_names() {
    let deckle = Deckle::new();
    let said = deckle.done("deal --packs 2 --count 12 -o table-{n}.pdf").stderr;
    assert_eq!(deckle.names(), ["table-1.pdf", "table-2.pdf"]);
    assert!(said.contains("\nin the print dialog: 100 %"), "{said}");
    assert!(said.ends_with("wrote 2 files, table-1.pdf to table-2.pdf\n"), "{said}");
    let told = json(&deckle.done("deal --packs 2 --count 12 --dry-run --json").out());
    let all = cards(&deckle, "intimacy");
    let named = |n: usize, text: &str| {
        let codes = told["packs"][n - 1]["cards"].as_array().unwrap().iter();
        let asking = codes.filter_map(Value::as_str).filter(|code| !guides(&all[*code]));
        asking.filter(|code| text.contains(&format!("{n} · {code}"))).count()
    };
    for n in [1, 2] {
        let text = text(&deckle, &format!("table-{n}.pdf"));
        assert!(text.contains(&format!("Intimacy · Pack {n} of 2 · ")), "{text}");
        assert!(text.contains(" · sheet 1 of 2 · front"), "{text}");
        assert_eq!(named(n, &text), 0, "{text}");
    }
    deckle.done("deal --packs 2 --count 12 -o table-{n}.pdf --name-cards --force");
    for n in [1, 2] {
        let text = text(&deckle, &format!("table-{n}.pdf"));
        assert_eq!(named(n, &text), 6, "{text}");
    }
    // A press takes no codes, and the pack's number all the same.
    let words = "deal --packs 2 --count 2 --kind question --for press --name-cards -o p-{n}.pdf";
    deckle.done(words);
    let [one, two] = [1, 2].map(|n| deckle.read(&format!("p-{n}.pdf")));
    deckle.done(&format!("{} --force", words.replace(" --name-cards", "")));
    assert_ne!(deckle.read("p-1.pdf"), one);
    assert_ne!(deckle.read("p-2.pdf"), two);
}

#[test]
fn several_decks_are_dealt_together() {
    let other = "category,depth,prompt,minutes\nPlay,1,Who are you?,3 each\nWork,2,What else?,\n";
    let deckle = Deckle::with_table().file("friends.csv", other);
    deckle.done("deal family.csv friends.csv --packs 2 -o p{n}.csv");
    let packs = [1, 2].map(|n| cards(&deckle, &format!("p{n}.csv")));
    assert_eq!(packs.each_ref().map(BTreeMap::len), [2, 2]);
    let minutes = packs.iter().flat_map(BTreeMap::values).filter(|card| !card["minutes"].is_null());
    assert_eq!(minutes.count(), 1);
    assert!(deckle.done("check p1.csv p2.csv").out().matches("no problems").count() == 2);
}

#[test]
fn numbers_of_packs_are_padded_and_one_pack_needs_none() {
    let table: String = (0..10).map(|n| format!("Play,1,Question number {n}?\n")).collect();
    let deckle = Deckle::new().file("ten.csv", format!("category,depth,prompt\n{table}"));
    deckle.done("deal ten.csv --packs 10 -o {n}.csv");
    let names = deckle.names();
    assert_eq!((&*names[0], &*names[18], names.len()), ("01.csv", "10.csv", 21));
    deckle.done("deal ten.csv --packs 1 -o all.csv");
    assert_eq!(cards(&deckle, "all.csv").len(), 10);
}

#[test]
fn pictures_of_a_deck_are_found_from_its_packs() {
    let deckle = Deckle::new().file("a/family.csv", TABLE).file("b/x", "");
    let deckle = deckle.file("a/family.toml", "back = 'sea.png'\n").file("a/sea.png", "");
    deckle.done("deal a/family.csv --packs 2 -o a/p{n}.csv");
    let beside = String::from_utf8(deckle.read("a/p1.toml")).unwrap();
    assert!(beside.contains("back = \"sea.png\"\n"), "{beside}");
    deckle.done("deal a/family.csv --packs 2 -o b/p{n}.csv");
    let from = |name: &str, place: &str| {
        let beside = String::from_utf8(deckle.read(name)).unwrap();
        let beside: toml::Table = beside.parse().unwrap();
        assert_eq!(beside["back"].as_str().map(Path::new), Some(Path::new(place)), "{name}");
    };
    from("b/p1.toml", "../a/sea.png");
    // Files that are named from the root stay where they are.
    let whole = deckle.path("b/q{n}.csv");
    deckle.done(&format!("deal a/family.csv --packs 2 -o {}", whole.display()));
    from("b/q2.toml", &deckle.path("a/sea.png").to_string_lossy());
}

#[test]
fn what_cannot_be_dealt_is_refused() {
    let deckle = Deckle::with_table();
    for (words, code, message) in [
        (
            "family.csv --packs 0",
            2,
            "asked for 0 packs\n = help: ask for at least one: `--packs 2`",
        ),
        (
            "family.csv --packs 3",
            1,
            "asked for 3 packs, there are 2 cards to deal\n = help: ask for 2 packs or fewer, or \
             add cards",
        ),
        (
            "family.csv --packs 2 --count 0",
            2,
            "asked for 0 cards\n = help: ask for at least one: `--count 9`",
        ),
        (
            "family.csv --packs 2 --count 9",
            1,
            "asked for 9 cards, there are 2\n = help: lower --count to 2 or less, or add cards",
        ),
        (
            "--packs 2 --mix deep",
            2,
            "a mix needs a number of cards to share\n = help: say how many with `--count`",
        ),
        (
            "family.csv --packs 2 -o packs.csv",
            2,
            "`packs.csv` is one file, there are 2 packs\n = expected: `{n}` where the number of \
             the pack goes\n = help: -o 'packs-{n}.csv'",
        ),
        (
            "family.csv --packs 2 -o p{n}.docx",
            2,
            "packs cannot be `.docx` files\n = expected: an output that ends in .csv or .pdf\n = \
             help: -o 'p{n}.csv'",
        ),
        (
            "family.csv --packs 2 -o packs",
            2,
            "`packs` has no ending that tells its kind\n = expected: an output that ends in .csv \
             or .pdf\n = help: -o 'packs-{n}.csv'",
        ),
        (
            "--packs 12 --count 9",
            1,
            "asked for 12 packs, there are 9 cards to deal\n = help: raise --count to 12 or more, or \
             ask for fewer packs",
        ),
        (
            "family.csv --packs 3 --count 2",
            1,
            "asked for 3 packs, there are 2 cards to deal\n = help: ask for 2 packs or fewer, or \
             add cards",
        ),
        (
            "family.csv --packs 2 -o packs/",
            2,
            "the output `packs/` is a folder\n = help: name a file in it, such as `\
             'packs/pack-{n}.csv'`",
        ),
        (
            "family.csv --packs 2 --output=",
            2,
            "the packs have no name to go by\n = help: -o 'pack-{n}.csv'",
        ),
        (
            "family.csv --packs 2 -o -",
            2,
            "packs are files of their own: they cannot go to the standard output\n = help: name \
             files: -o 'pack-{n}.csv'",
        ),
        (
            "family.csv --packs 2 -o out/p{n}.csv",
            3,
            "cannot write `out/p1.csv`: no such file or directory\n = help: create the folder \
             first, or choose another",
        ),
    ] {
        deckle.refused(&format!("deal {words}"), code, &format!("error: {message}\n"));
    }
    let ran = deckle.run("deal family.csv --packs 1 --depth 5");
    assert!(ran.code == Some(1) && ran.stderr.contains("--depth 5"), "{}", ran.stderr);
    let ran = deckle.run("deal family.csv");
    assert!(ran.code == Some(2) && ran.stderr.contains("--packs <K>"), "{}", ran.stderr);
}

#[test]
fn files_that_are_there_stay() {
    let deckle = Deckle::new().file("family-1.csv", TABLE).file("family-2.toml", "title = 'x'\n");
    let is_input =
        "error: the output `family-1.csv` is also an input\n = help: name another file\n";
    deckle.refused("deal family-1.csv --packs 2 -o family-{n}.csv --force", 2, is_input);
    let exists = "error: `family-2.toml` exists already\n = help: add --force to replace it, or \
                  choose another name\n";
    let words = "deal intimacy --packs 2 -o family-{n}.csv";
    let deckle = Deckle::new().file("family-2.toml", "title = 'x'\n");
    deckle.refused(words, 2, exists);
    deckle.done(&format!("{words} --dry-run"));
    assert_eq!(deckle.names(), ["family-2.toml"]);
    deckle.done(&format!("{words} --force"));
    assert_eq!(deckle.names().len(), 4);
}

#[test]
fn what_an_earlier_deal_left_behind_is_told() {
    let deckle = Deckle::new();
    deckle.done("deal --packs 12");
    let said = deckle.done("deal --packs 11 --force").stderr;
    let old = "note: pack-12.csv is there from another deal (delete it if it belongs to none that \
               you keep)\n";
    assert!(said.contains(old), "{said}");
    assert!(!deckle.done("deal --packs 12 --force").stderr.contains("another deal"));
}

#[test]
fn tables_do_not_heed_what_is_said_about_paper() {
    let deckle = Deckle::new();
    let told = "what is said about paper, print and cards has no effect";
    for words in ["--paper a5", "--name-cards", "--ink-saver"] {
        let said = deckle.done(&format!("deal --packs 2 --dry-run {words}")).stderr;
        assert!(said.contains(told), "{words}: {said}");
    }
    let said = deckle.done("deal --packs 2 --dry-run --count 9 --sequence arc --seed 3").stderr;
    assert!(!said.contains(told), "{said}");
    let said = deckle.done("deal --packs 2 --dry-run --paper a5 -o p{n}.pdf").stderr;
    assert!(!said.contains(told), "{said}");
}
