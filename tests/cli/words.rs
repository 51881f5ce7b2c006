//! Wrong words, help, and the commands around printing.

use super::env::{Deckle, TABLE};

#[test]
fn every_help_begins_with_three_examples() {
    let deckle = Deckle::new();
    let commands =
        ["", "print", "balance", "deal", "check", "show", "new", "list", "completions", "man"];
    for command in commands {
        let help = deckle.done(&format!("{command} --help")).out();
        let mut lines = help.lines();
        assert_eq!(lines.next(), Some("Examples:"), "{help}");
        let examples: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
        assert_eq!(examples.len(), 3, "{help}");
        assert!(examples.iter().all(|line| line.starts_with("  deckle ")), "{help}");
    }
}

#[test]
fn the_defaults_that_help_tells_are_those_that_hold() {
    let deckle = Deckle::new();
    let help = deckle.done("print --help").out();
    let help: String = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = |purpose: &str, name: &str| {
        let settings = deckle.done(&format!("print --show-settings --for {purpose}")).out();
        let line = settings.lines().find(|line| line.split_whitespace().next() == Some(name));
        line.unwrap_or_else(|| panic!("{name}: {settings}"))[15..43].trim_end().to_owned()
    };
    for (words, home, copyshop) in [
        ("Default: poker", ("size", "poker (63 × 88 mm)"), ("size", "poker (63 × 88 mm)")),
        ("Default: 5mm", ("margin", "5 mm"), ("margin", "5 mm")),
        ("Default: 0mm at home, else 6mm", ("gutter", "0 mm, 0 mm"), ("gutter", "6 mm, 6 mm")),
        ("Default: 0mm at home, else 3mm", ("bleed", "0 mm"), ("bleed", "3 mm")),
        ("Default: corners at home, crop at", ("marks", "corners"), ("marks", "crop")),
        ("Default: auto", ("duplex", "auto"), ("duplex", "auto")),
        ("Default: long", ("flip", "long"), ("flip", "long")),
        ("Default: 300", ("dpi", "300"), ("dpi", "300")),
        ("Default: deck", ("sequence", "deck"), ("sequence", "deck")),
    ] {
        assert!(help.contains(words), "{words}: {help}");
        assert_eq!(told("home", home.0), home.1);
        assert_eq!(told("copyshop", copyshop.0), copyshop.1);
    }
    for (name, value) in [("codes", "off"), ("colour", "cmyk"), ("back", "ground")] {
        assert_eq!(told("press", name), value);
    }
}

#[test]
fn a_deck_in_place_of_a_command_is_understood() {
    Deckle::with_table().refused(
        "family.csv",
        2,
        "\
error: unrecognized subcommand 'family.csv'

  tip: to print that deck: deckle print family.csv

Usage: deckle <COMMAND>

For more information, try '--help'.
",
    );
}

#[test]
fn an_output_without_its_flag_is_understood() {
    Deckle::with_table().refused(
        "print family.csv cards.pdf",
        3,
        "\
error: there is no file `cards.pdf`
 = help: to write that file, put -o before it: `-o cards.pdf`
",
    );
}

#[test]
fn names_that_are_nearly_right_are_recognised() {
    let deckle = Deckle::with_table().file("cousins.csv", TABLE);
    let found = "error: there is no file `famly.csv`\n = help: did you mean `family.csv`?\n";
    deckle.refused("print famly.csv", 3, found);
    deckle.refused(
        "print cousins",
        2,
        "\
error: there is no deck `cousins`
 = expected: a file, or a built-in deck: `intimacy`, `nightly`, `friends`, `family`, `team`, `strangers`, `repair`, `touch`, `rituals`
 = help: did you mean `cousins.csv`?
",
    );
    let note = "note: `family` is the built-in deck; the file family.csv is another one (write \
                `family.csv` for that)\n";
    assert!(deckle.done("print family --dry-run").stderr.contains(note));
    assert!(!deckle.done("print family.csv --dry-run").stderr.contains("built-in"));
    // The ending alone makes no two names alike.
    let found = "error: there is no file `a.csv`\n = help: check the folder and the ending\n";
    deckle.refused("check a.csv", 3, found);
    let ran = deckle.run("print --size pokr");
    assert!(ran.stderr.contains("did you mean `poker`?") && ran.code == Some(2), "{}", ran.stderr);
    let ran = deckle.run("print --paper lettr");
    assert!(ran.stderr.contains("did you mean `letter`?") && ran.code == Some(2), "{}", ran.stderr);
}

#[test]
fn numbers_that_are_none_are_told_in_plain_words() {
    let deckle = Deckle::new();
    for number in ["-1", "ten", "9.5"] {
        deckle.refused(
            &format!("print --count {number}"),
            2,
            &format!(
                "error: invalid value '{number}' for '--count <N>': write a whole number, such as \
                 12\n\nFor more information, try '--help'.\n"
            ),
        );
    }
}

#[test]
fn new_check_and_print_follow_one_another() {
    let deckle = Deckle::new();
    let said = deckle.done("new ours").stderr;
    assert_eq!(said, "wrote ours.csv and ours.toml\nedit them, then `deckle print ours.csv`\n");
    let out = deckle.done("check ours.csv").out();
    assert_eq!(out, "ours.csv: 6 cards (1 · 1 · 2 · 0 · 0 by depth, 2 to guide), no problems\n");
    deckle.done("print ours.csv");
    assert_eq!(deckle.names(), ["ours.csv", "ours.pdf", "ours.toml"]);
    let refusal = "error: `ours.csv` exists already\n = help: add --force to replace it, or choose \
                   another name\n";
    deckle.refused("new ours", 2, refusal);
}

#[test]
fn a_new_deck_appears_whole_or_not_at_all() {
    let deckle = Deckle::new().file("ours.toml", "title = \"Old\"\n");
    assert_eq!(deckle.run("new ours").code, Some(2));
    assert_eq!(deckle.names(), ["ours.toml"]);
    assert_eq!(deckle.read("ours.toml"), b"title = \"Old\"\n");
}

#[test]
fn names_that_no_deck_should_have_are_refused() {
    let deckle = Deckle::new();
    for (name, help) in [
        ("-", "choose a name of letters, such as `our-deck`"),
        ("..", "choose a name of letters, such as `our-deck`"),
        ("con", "Windows keeps that name for itself; choose another"),
        ("ours.xlsx", "a new deck is a CSV table: `deckle new ours`"),
        ("intimacy", "choose a name of its own, such as `our-deck`: built-in names win over files"),
    ] {
        let message =
            format!("error: `{name}` cannot be the name of a new deck\n = help: {help}\n");
        deckle.refused(&format!("new {name}"), 2, &message);
    }
    deckle.refused(
        "new decks/ours",
        3,
        "\
error: cannot write `decks/ours.csv`: no such file or directory
 = help: create the folder first, or choose another
",
    );
    let ran = deckle.command().args(["new", ""]).output().unwrap();
    assert_eq!((ran.status.code(), deckle.names().len()), (Some(2), 0));
}

#[test]
fn a_name_with_a_blank_is_shown_as_it_is_typed() {
    let deckle = Deckle::new();
    let output = deckle.command().args(["new", "our deck"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.ends_with("edit them, then `deckle print \"our deck.csv\"`\n"), "{said}");
}

#[test]
fn lists_scripts_and_the_manual_are_results() {
    let deckle = Deckle::new();
    for words in ["list decks", "list sizes", "list papers", "list stocks", "list fonts", "man"] {
        let ran = deckle.done(words);
        assert!(!ran.stdout.is_empty() && ran.stderr.is_empty(), "{words}");
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(deckle.done(&format!("completions {shell}")).out().contains("deckle"));
    }
}

#[test]
fn check_fails_on_warnings_only_when_asked() {
    let deckle = Deckle::new().file("twice.csv", format!("{TABLE}Play,3,Who are you?\n"));
    deckle.done("check twice.csv");
    assert_eq!(deckle.run("check twice.csv --deny").code, Some(1));
    let json = deckle.done("check twice.csv --json").out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["problems"][0]["code"], "same-prompt");
}

#[test]
fn ids_are_written_into_a_table_and_only_once() {
    let deckle = Deckle::with_table();
    assert_eq!(deckle.done("check family.csv --write-ids").stderr, "wrote ids into family.csv\n");
    let written = deckle.read("family.csv");
    assert!(written.starts_with(b"id,category,depth,prompt\n"));
    let said = deckle.done("check family.csv --write-ids").stderr;
    assert_eq!(said, "every card of family.csv has its id already\n");
    assert_eq!(deckle.read("family.csv"), written);
    deckle.refused(
        "check --write-ids",
        2,
        "\
error: `intimacy` is no file that could be written to
 = help: copy the deck first: `deckle new NAME --from DECK`
",
    );
}

#[test]
fn patterns_mean_files_and_several_decks_merge() {
    let deckle = Deckle::with_table().file("friends.csv", "category,depth,prompt\nA,3,Why?\n");
    let out = deckle.done("check *.csv").out();
    assert!(out.contains("\nfamily.csv: 2 cards") && out.contains("\nfriends.csv: 1 card "));
    let said = deckle.done("print f*.csv --dry-run").stderr;
    assert!(said.contains("\n3 cards of 63 × 88 mm on 1 sheet"), "{said}");
    let none = "error: there is no file `*.ods`\n = help: check the folder and the ending\n";
    deckle.refused("check *.ods", 3, none);
}

#[test]
fn the_words_of_a_deck_are_judged_and_hinder_nothing() {
    let table = "category,depth,prompt,lint_allow\nPlay,1,Do you like your mornings slow?,\n\
        Play,2,Are you and I early birds?,closed: a guess to begin with\n";
    let deckle = Deckle::new().file("t.csv", table);
    let out = deckle.done("check t.csv").out();
    let found = "error: yes or no would answer `Do you like your mornings slow?` [closed]\n --> t.csv:2:8\n";
    assert!(out.starts_with(found), "{out}");
    let sum = "t.csv: 2 cards (1 · 1 · 0 · 0 · 0 by depth), no problems in the table; in the words: 1 error\n";
    assert!(out.ends_with(sum), "{out}");
    assert_eq!(deckle.run("check t.csv --deny").code, Some(1));
    let json = deckle.done("check t.csv --json").out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["lint"][0]["code"], &json["lint"][0]["line"]), (&"closed".into(), &2.into()));
    assert_eq!(
        (&json["decks"][0]["errors"], &json["decks"][0]["lint"]["errors"]),
        (&0.into(), &1.into())
    );
    deckle.done("print t.csv --dry-run");
    deckle.done("check intimacy --deny");
}

#[test]
fn every_rule_for_words_is_listed_with_its_reason() {
    let text = Deckle::new().done("list rules").out();
    assert!(
        text.contains("closed") && text.contains("A yes or a no ends a conversation"),
        "{text}"
    );
    let json = Deckle::new().done("list rules --json").out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rules = json["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["reason"].as_str().unwrap().ends_with(['.', '?'])));
}
