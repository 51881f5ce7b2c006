//! Sheets that are cut already, as people look them up and add their own.

use unicode_width::UnicodeWidthStr;

use super::env::Deckle;

#[test]
fn stocks_are_listed_with_what_is_doubtful_about_them() {
    let ran = Deckle::new().done("list stocks");
    assert_eq!(ran.stderr, "");
    let out = ran.out();
    let (table, rest) = out.split_once("\n* what is doubtful\n").unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 1 + 32);
    assert!(lines.iter().all(|line| line.width() <= 80), "{table}");
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(lines[0]), "stock what it is sheet cards a card, mm");
    assert_eq!(words(lines[1]), "avery-5371 Business cards letter 2 × 5 88.9 × 50.8");
    assert_eq!(words(lines[6]), "* avery-5389 Postcards 4 × 6 in letter 1 × 2 152.4 × 101.6");
    assert_eq!(
        words(lines[7]),
        "avery-3263 Postcards, a quarter letter, wide 2 × 2 139.7 × 107.95"
    );
    let (notes, names) = rest.split_once("\n\nother numbers of the same sheets\n").unwrap();
    let marked = lines.iter().filter(|line| line.starts_with('*')).count();
    assert_eq!((marked, notes.lines().count()), (9, 9), "{notes}");
    assert!(notes.contains("\n  avery-j8414          The sources disagree. "), "{notes}");
    assert!(names.starts_with("  avery-5371           5372, 5376, "), "{names}");
    assert!(names.contains("\n  avery-32011          32010, 32012, "), "{names}");
    assert!(!names.contains("kpcv1"), "a sheet of one number has no others\n{names}");
    let last = names.lines().last().unwrap();
    assert!(last.starts_with("Measure your own sheet before you print on it"), "{last}");
}

#[test]
fn stocks_are_listed_for_programs() {
    let json = Deckle::new().done("list stocks --json").out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["deckle"], 1);
    let stocks = json["stocks"].as_array().unwrap();
    assert_eq!(stocks.len(), 32);
    let named = |name: &str| stocks.iter().find(|stock| stock["name"] == name).unwrap();
    let stock = named("avery-8373");
    assert_eq!((&stock["cards"], &stock["columns"]), (&8.into(), &2.into()));
    assert_eq!((&stock["left_mm"], &stock["top_mm"]), (&12.7.into(), &19.05.into()));
    assert_eq!((&stock["pitch_x_mm"], &stock["pitch_y_mm"]), (&101.6.into(), &63.5.into()));
    assert!(stock["note"].is_null() && stock["sheet"] == "letter");
    let stock = named("hisago-bm102s");
    assert_eq!((&stock["imbalance_x_mm"], &stock["imbalance_y_mm"]), (&0.0.into(), &8.0.into()));
    let stock = named("zweckform-32252");
    assert_eq!((&stock["page_width_mm"], &stock["sheet"]), (&297.0.into(), &"a4".into()));
}

#[test]
fn own_stocks_are_listed_and_what_is_wrong_with_them_is_told() {
    let own = "schema = 1\n\n[[stock]]\nid = \"my-5371\"\nlike = \"5371\"\nleft = \"19.6mm\"\n\
               note = \"measured\"\n\n[[stock]]\nid = \"crooked\"\nlike = \"5371\"\ncolumns = 3\n";
    let deckle = Deckle::new().file("home/catalogue.toml", own);
    let ran = deckle.done("list stocks");
    assert!(ran.out().contains("\n* my-5371              Business cards "), "{}", ran.out());
    assert!(ran.out().contains("\n  my-5371              measured\n"), "{}", ran.out());
    assert!(!ran.out().contains("crooked"));
    let home = deckle.path("home/catalogue.toml");
    let told = format!(
        "\
error: the cards reach 69.85 mm over the right edge of the sheet
  --> {}:12:11
   |
12 | columns = 3
   |           ^
   |
   = expected: 215.9 mm in all; they take up 266.7 mm
   = help: `columns = 2` would fit
",
        home.display()
    );
    assert_eq!(ran.stderr, told);
}

#[test]
fn what_own_entries_replace_is_told_where_it_is_used_or_listed() {
    let own = "schema = 1\n[[size]]\nid = \"tarot\"\nsize = \"70x121mm\"\n\
               [[paper]]\nid = \"a3\"\nsize = \"300x420mm\"\n\
               [[stock]]\nid = \"avery-8373\"\nlike = \"8373\"\nshift = \"0.5mm,0mm\"\n";
    let deckle = Deckle::with_table().file("home/catalogue.toml", own);
    let replaced = |words: &str| {
        let said = deckle.done(words).stderr;
        let notes = said.lines().filter(|line| line.contains("` replaces the one of "));
        notes.filter_map(|line| line.split('`').nth(1)).map(str::to_owned).collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    assert_eq!(replaced("print family.csv --dry-run"), none);
    assert_eq!(replaced("print family.csv --dry-run --size tarot --paper a3"), ["tarot", "a3"]);
    assert_eq!(replaced("print family.csv --dry-run --stock 8373"), ["avery-8373"]);
    assert_eq!(replaced("list sizes"), ["tarot"]);
    assert_eq!(replaced("list papers"), ["a3"]);
    assert_eq!(replaced("list stocks"), ["avery-8373"]);
    assert_eq!(replaced("list printers"), none);
}

#[test]
fn the_place_for_own_stocks_is_told() {
    let deckle = Deckle::new();
    let own = deckle.path("home").join("catalogue.toml");
    let last = format!("Better ones go into `{}`.\n", own.display());
    assert!(deckle.done("list stocks").out().ends_with(&last), "{last}");
}

#[test]
fn own_entries_have_no_names_that_mean_something_else() {
    let stock = "schema = 1\n[[stock]]\nid = \"none\"\nlike = \"avery-5371\"\n";
    let size = "schema = 1\n[[size]]\nid = \"70x120mm\"\nsize = \"60x90mm\"\n";
    for (text, id) in [(stock, "none"), (size, "70x120mm")] {
        let deckle = Deckle::new().file("home/catalogue.toml", text);
        let told = deckle.run("list sizes").stderr;
        assert!(told.contains(&format!("`{id}` cannot be an id")), "{told}");
        assert!(told.contains("catalogue.toml:3:"), "{told}");
    }
}

#[test]
fn a_name_that_could_not_be_read_is_not_only_unknown() {
    let text = "schema = 1\n[[size]]\nid = \"ours\"\nsize = \"60x90\"\n";
    let deckle = Deckle::new().file("home/catalogue.toml", text);
    let ran = deckle.run("print --size ours");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("catalogue.toml:4:"), "{}", ran.stderr);
    assert!(ran.stderr.contains("unknown size `ours`"), "{}", ran.stderr);
}
