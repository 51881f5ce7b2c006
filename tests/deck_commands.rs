//! The commands that need nothing but a deck, as people and as programs read them.

use deckle::cli::check::{CheckSettings, Checked, check};
use deckle::cli::list::{list_decks, list_font_licences, list_fonts};
use deckle::cli::new::{NewDeck, copy, starter};
use deckle::cli::show::{GroupBy, ShowSettings, show};
use deckle::deck::{Deck, Meta, Source, builtin, read};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    String::from_utf8(out).unwrap()
}

fn source<'a>(table: &'a str, stem: &'a str) -> Source<'a> {
    Source { name: stem, bytes: table.as_bytes().into(), meta: None, stem }
}

fn small() -> Deck {
    let table = "id,category,depth,prompt,follow_up,kind,minutes\n\
        a,Play,1,What sound of an ordinary morning do you like?,Ask where it takes them.,,\n\
        b,Play,3,\"Draw it.\nSwap.\",,exercise,\"2, then swap\"\n\
        c,Rules,,Slow in.,,rule,\n";
    read(source(table, "small")).deck.unwrap()
}

fn shown(deck: Deck, settings: ShowSettings) -> String {
    written(|out| show(out, &[deck], settings).unwrap())
}

#[test]
fn a_deck_is_shown_by_category_within_forty_columns() {
    let shown = shown(small(), ShowSettings { width: Some(40), ..Default::default() });
    assert_eq!(
        shown,
        "\
Small
3 cards, 1 of them to guide

Play
  C34G  ●○○○○  What sound of an ordinary
               morning do you like?
               › Ask where it takes
                 them.
  BH5C  ●●●○○  Draw it.
               Swap.
               exercise · 2 minutes,
               then swap

Rules
  AH3H         Slow in.
               rule
"
    );
}

#[test]
fn a_deck_is_shown_by_depth_as_wide_as_it_likes() {
    let shown = shown(small(), ShowSettings { by: GroupBy::Depth, ..Default::default() });
    assert_eq!(
        shown,
        "\
Small
3 cards, 1 of them to guide

To guide
  AH3H   Slow in.
         Rules · rule

Shore  ●○○○○
  C34G   What sound of an ordinary morning do you like?
         › Ask where it takes them.
         Play

Shelf  ●●●○○
  BH5C   Draw it.
         Swap.
         Play · exercise · 2 minutes, then swap
"
    );
}

#[test]
fn nothing_is_wider_than_the_terminal_and_no_word_is_lost() {
    let deck = || read(builtin::ALL[0].source()).deck.unwrap();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for by in [GroupBy::Category, GroupBy::Depth] {
        let whole = words(&shown(deck(), ShowSettings { by, ..Default::default() }));
        for width in [40, 80, 120] {
            let settings = ShowSettings { by, width: Some(width), ..Default::default() };
            let text = shown(deck(), settings);
            assert!(text.lines().all(|line| line.width() <= width), "{width}\n{text}");
            assert_eq!(words(&text), whole);
        }
    }
}

#[test]
fn colours_come_only_when_asked_and_a_table_cannot_steer_the_terminal() {
    let table = "category,depth,prompt\nPlay,1,Red \u{1b}[31m?\n";
    let deck = || read(source(table, "t")).deck.unwrap();
    assert!(!shown(deck(), ShowSettings::default()).contains('\u{1b}'));
    let coloured = shown(deck(), ShowSettings { colour: true, ..Default::default() });
    assert!(coloured.contains('\u{1b}') && !coloured.contains("\u{1b}[31m"));
}

#[test]
fn a_deck_as_json_has_every_card() {
    let json = shown(small(), ShowSettings { json: true, ..Default::default() });
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["deckle"], 1);
    let deck = &json["decks"][0];
    assert_eq!((&deck["title"], deck["cards"].as_array().unwrap().len()), (&"Small".into(), 3));
    let card = &deck["cards"][1];
    assert_eq!((&card["prompt"], &card["depth"]), (&"Draw it.\nSwap.".into(), &3.into()));
    assert_eq!(
        (&card["category"], &card["minutes"]["rest"]),
        (&"play".into(), &", then swap".into())
    );
    assert_eq!((&card["line"], &card["note"]), (&3.into(), &Value::Null));
}

#[test]
fn check_ends_with_the_sum_of_each_deck() {
    let table = "category,depth,prompt,mood\nA,1,Who?,\nA,2,Who?,\n";
    let load = || read(source(table, "twice.csv"));
    let checked =
        |loaded| Checked { name: "twice.csv", loaded, findings: deckle::lint::Findings::default() };
    let text = written(|out| {
        let [sum, lint] = check(out, &[checked(load())], CheckSettings::default()).unwrap();
        assert_eq!((sum.errors, sum.warnings, sum.notes), (0, 1, 1));
        assert_eq!((lint.errors, lint.warnings, lint.notes), (0, 0, 0));
    });
    let last = text.lines().last().unwrap();
    assert_eq!(last, "twice.csv: 2 cards (1 · 1 · 0 · 0 · 0 by depth), 1 warning, 1 note");
    let json = written(|out| {
        let settings = CheckSettings { json: true, ..Default::default() };
        check(out, &[checked(load())], settings).unwrap();
    });
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["decks"][0]["cards"], &json["decks"][0]["warnings"]), (&2.into(), &1.into()));
    let problem = &json["problems"][1];
    assert_eq!((&problem["code"], &problem["line"]), (&"same-prompt".into(), &3.into()));
}

/// Reads a new deck as it would stand on the disk.
fn reread(new: &NewDeck) -> Deck {
    let meta = Some(("new.toml", new.meta.as_str()));
    let loaded = read(Source { meta, ..source(&new.table, "new") });
    assert_eq!(loaded.problems, []);
    loaded.deck.unwrap()
}

#[test]
fn new_decks_are_sound_and_open_in_spreadsheets() {
    let intimacy = copy("ours", builtin::ALL[0].source()).unwrap();
    let list = copy("ours", source("# Play\n1. Who, if anyone?\n2. What now?\n", "list")).unwrap();
    assert_eq!(list.notes[0].code, "guesses");
    for (new, count) in [(starter(), 6), (intimacy, 104), (list, 2)] {
        assert!(new.table.starts_with('\u{feff}'));
        let deck = reread(&new);
        assert_eq!(deck.cards.len(), count);
        assert!(deck.cards.iter().all(|card| card.id.is_some()));
    }
}

#[test]
fn a_copy_of_a_built_in_deck_says_the_same() {
    let copied = reread(&copy("ours", builtin::ALL[0].source()).unwrap());
    let built_in = read(builtin::ALL[0].source()).deck.unwrap();
    assert_eq!(copied.categories, built_in.categories);
    let meta = Meta { name: copied.meta.name.clone(), ..built_in.meta.clone() };
    assert_eq!(copied.meta, meta);
    let says = |deck: &Deck| {
        let cards = deck.cards.iter();
        cards
            .map(|card| (card.prompt.clone(), card.minutes.clone(), card.id.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(says(&copied), says(&built_in));
}

#[test]
fn a_faulty_deck_is_not_copied() {
    let problems = copy("ours", source("category,depth,prompt\nA,9,Who?\n", "t")).unwrap_err();
    assert_eq!(problems[0].code, "unknown-depth");
}

#[test]
fn catalogues_list_what_there_is() {
    let decks = written(|out| list_decks(out, false).unwrap());
    let lines: Vec<Vec<&str>> = decks
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(lines[0], ["deck", "title", "cards", "for", "language", "licence"]);
    assert_eq!(lines[1], ["intimacy", "Intimacy · For two", "104", "couples", "en", "CC BY 4.0"]);
    assert_eq!(lines.len(), 1 + builtin::ALL.len());
    let fonts: Value =
        serde_json::from_str(&written(|out| list_fonts(out, true).unwrap())).unwrap();
    assert_eq!(fonts["fonts"][3]["styles"], serde_json::json!(["Regular", "Bold"]));
    let licences = written(|out| list_font_licences(out).unwrap());
    assert_eq!(licences.matches("SIL OPEN FONT LICENSE Version 1.1").count(), 4);
}
