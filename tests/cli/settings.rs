//! Settings and where they come from.

use super::env::{Deckle, TABLE};

/// Returns the value and the source of a setting.
fn setting(deckle: &Deckle, words: &str, name: &str) -> (String, String) {
    let shown = deckle.done(&format!("print --show-settings {words}")).out();
    let line = shown.lines().find(|line| line.split_whitespace().next() == Some(name));
    let line = line.unwrap_or_else(|| panic!("{name}: {shown}"));
    let (value, source) = line[15..].trim().split_once("  ").unwrap();
    (value.trim().into(), source.trim().into())
}

#[test]
fn the_strongest_source_of_a_setting_wins_and_is_told() {
    let deckle = Deckle::new()
        .file("decks/family.csv", TABLE)
        .file("decks/deckle-settings.toml", "[print]\nsize = \"tarot\"\nmargin = \"8mm\"\n")
        .file("home/deckle-settings.toml", "[print]\nmargin = \"9mm\"\ngutter = \"2mm\"\n");
    let told = |name: &str| setting(&deckle, "decks/family.csv --size bridge", name);
    let pair = |value: &str, source: &str| (value.to_owned(), source.to_owned());
    assert_eq!(told("size"), pair("bridge (57.15 × 88.9 mm)", "flag"));
    assert_eq!(told("margin"), pair("8 mm", "settings file of the deck"));
    assert_eq!(told("gutter"), pair("2 mm, 2 mm", "your settings file"));
    assert_eq!(told("bleed"), pair("0 mm", "default"));
    let plain = setting(&deckle, "", "margin");
    assert_eq!(plain, pair("9 mm", "your settings file"));
    assert_eq!(deckle.names(), ["decks"]);
}

#[test]
fn a_flag_turns_a_switch_of_a_settings_file_off() {
    let text = "[print]\nink-saver = true\nlarge-print = \"on\"\nfaces = true\n";
    let deckle = Deckle::new().file("deckle-settings.toml", text);
    for name in ["ink-saver", "large-print", "faces"] {
        let told = |words: &str| setting(&deckle, words, name);
        let pair = |value: &str, source: &str| (value.to_owned(), source.to_owned());
        assert_eq!(told(""), pair("on", "settings file of the deck"));
        assert_eq!(told(&format!("--{name}=off")), pair("off", "flag"));
        assert_eq!(told(&format!("--{name}")), pair("on", "flag"));
    }
}

#[test]
fn every_setting_is_told() {
    let deckle = Deckle::new();
    let shown = deckle.done("print --show-settings").out();
    let names: Vec<&str> =
        shown.lines().filter_map(|line| line.split_whitespace().next()).collect();
    for name in [
        "for",
        "size",
        "paper",
        "orientation",
        "margin",
        "gutter",
        "bleed",
        "marks",
        "corner-radius",
        "duplex",
        "flip",
        "printer",
        "faces",
        "count",
        "fill",
        "sequence",
        "ink-saver",
        "large-print",
        "font",
        "codes",
        "back",
        "colour",
        "dpi",
    ] {
        assert_eq!(names.iter().filter(|told| **told == name).count(), 1, "{name}: {shown}");
    }
    assert!(shown.lines().all(|line| line.ends_with("default")), "{shown}");
}

#[test]
fn mistakes_in_a_settings_file_are_told_with_their_line() {
    for (text, message) in [
        (
            "# ours\n[print]\nbakc = \"ground\"\n",
            "error: line 3 of `deckle-settings.toml` sets `bakc`\n = help: did you mean `back`?\n",
        ),
        (
            "size = \"tarot\"\n",
            "error: line 1 of `deckle-settings.toml` sets `size`\n = help: write a line `[print]` above the settings\n",
        ),
        (
            "[print]\nsize = 3\n",
            "error: line 2 of `deckle-settings.toml` has the number `3`\n = expected: words in quotes\n",
        ),
        (
            "[print]\ncount = -4\n",
            "error: line 2 of `deckle-settings.toml` has the number `-4`\n = expected: a whole number, such as 54\n",
        ),
        (
            "[print]\nfor = \"hoem\"\n",
            "error: line 2 of `deckle-settings.toml` says `hoem`\n = expected: home, copyshop, press\n = help: did you mean `home`?\n",
        ),
        (
            "[print]\nink-saver = \"perhaps\"\n",
            "error: line 2 of `deckle-settings.toml` has a mistake\n = expected: true or false\n",
        ),
    ] {
        let deckle = Deckle::new().file("deckle-settings.toml", text);
        deckle.refused("print", 1, message);
    }
}

#[test]
fn a_settings_file_of_a_windows_editor_is_read() {
    let text = "\u{feff}[print]\r\nsize = \"tarot\"\r\n";
    let deckle = Deckle::new().file("deckle-settings.toml", text);
    assert_eq!(setting(&deckle, "", "size").0, "tarot (69.85 × 120.65 mm)");
}

#[test]
fn files_that_settings_name_lie_beside_them() {
    let deckle = Deckle::new()
        .file("decks/family.csv", TABLE)
        .file("decks/sea.png", "no picture")
        .file("decks/deckle-settings.toml", "[print]\nback = \"sea.png\"\n");
    let ran = deckle.run("print decks/family.csv");
    let found = "error: `decks/sea.png` is no picture that can be read\n";
    assert!(ran.stderr.starts_with(found) && ran.code == Some(1), "{}", ran.stderr);
}

#[test]
fn a_setting_that_cannot_be_is_told_with_its_file() {
    for (text, found) in [
        ("[print]\nmargin = \"wide\"\n", "(settings file of the deck)"),
        ("[print]\nsize = \"pocker\"\n", "unknown size `pocker` (settings file of the deck)"),
        ("[print]\nfaces = true\nmarks = \"crop\"\n", "error: marks on pages"),
    ] {
        let told = Deckle::new().file("deckle-settings.toml", text).run("print").stderr;
        assert!(told.contains(found), "{told}");
    }
    let told = Deckle::new().run("print --size pocker").stderr;
    assert!(told.starts_with("error: unknown size `pocker`\n"), "{told}");
}
