//! Tables and requests that cannot be met: a clear message, the right exit code, nothing written.

use super::env::{Deckle, TABLE};

const HEADER: &str = "category,depth,prompt\n";

/// Checks and prints a faulty table: the same message, exit code 1, no output.
fn faulty(name: &str, bytes: impl AsRef<[u8]>, message: &str) {
    let deckle = Deckle::new().file(name, bytes);
    deckle.refused(&format!("print {name}"), 1, message);
    let checked = deckle.run(&format!("check {name}"));
    assert_eq!(checked.code, Some(1));
    assert!(checked.out().starts_with(message), "{}", checked.out());
}

#[test]
fn an_empty_file() {
    faulty(
        "t.csv",
        "",
        "\
error: the file is empty
--> t.csv
 = expected: a header with `category`, `depth` and `prompt`, then one row for each card
 = help: `deckle new NAME` writes a file to start from
",
    );
}

#[test]
fn a_header_alone() {
    faulty(
        "t.csv",
        HEADER,
        "\
error: the table has a header and no cards
--> t.csv
 = help: write one row for each card
",
    );
}

#[test]
fn a_missing_column() {
    faulty(
        "t.csv",
        "category,prompt\nPlay,Who?\n",
        "\
error: no column `depth` among `category`, `prompt`
 --> t.csv:1:1
  |
1 | category,prompt
  | ^^^^^^^^^^^^^^^
  |
  = expected: a header with `category`, `depth` and `prompt`
",
    );
}

#[test]
fn an_unknown_depth() {
    faulty(
        "t.csv",
        format!("{HEADER}Play,deeep,Who?\n"),
        "\
error: unknown depth `deeep`
 --> t.csv:2:6
  |
2 | Play,deeep,Who?
  |      ^^^^^ column `depth`
  |
  = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep
  = help: did you mean `Deep`?
",
    );
}

#[test]
fn a_nul_byte() {
    faulty(
        "t.csv",
        format!("{HEADER}Play,1,W\0ho?\n"),
        "\
error: a NUL byte stands here, so this is no table of text
 --> t.csv:2:9
  |
2 | Play,1,W␀ho?
  |         ^
  |
  = expected: a table as .csv, .xlsx or .ods
  = help: open the file in a spreadsheet and save it as CSV UTF-8
",
    );
}

#[test]
fn an_unclosed_quote() {
    faulty(
        "t.csv",
        format!("{HEADER}Play,1,\"Who?\nPlay,1,What?\n"),
        "\
error: a quote opens here and is never closed
 --> t.csv:2:8
  |
2 | Play,1,\"Who?
  |        ^
  |
  = help: close it with a second `\"` at the end of the cell, or take it away
",
    );
}

#[test]
fn a_zip_that_is_no_spreadsheet() {
    faulty(
        "t.xlsx",
        b"PK\x03\x04\x14\0\0\0\0\0rubbish",
        "\
error: this zip archive holds no spreadsheet that can be read
--> t.xlsx
 = expected: a table as .csv, .xlsx or .ods
 = help: a password on the file has to be taken off first
",
    );
}

#[test]
fn a_cell_of_a_megabyte_is_told_in_few_lines() {
    for word in ["w", "word "] {
        let table = format!("{HEADER}Play,1,{}\n", word.repeat(1_000_000 / word.len()));
        let deckle = Deckle::new().file("t.csv", table);
        let ran = deckle.run("print t.csv");
        assert_eq!((ran.code, deckle.names()), (Some(1), vec!["t.csv".to_owned()]));
        let lines: Vec<&str> = ran.stderr.lines().collect();
        assert!(lines[0].starts_with("error: this text is too long for the card: "), "{lines:?}");
        assert!(lines[0].len() < 120 && lines[1] == " --> t.csv:2:8", "{lines:?}");
        assert!(lines.iter().all(|line| line.chars().count() <= 120), "{lines:?}");
    }
}

#[test]
fn a_hundred_thousand_columns_are_told_in_few_lines() {
    let names: Vec<String> = (0..100_000).map(|at| format!("c{at}")).collect();
    let table = format!("{}\nPlay,1,Who?\n", names.join(","));
    let deckle = Deckle::new().file("t.csv", table);
    let ran = deckle.run("print t.csv");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.starts_with("error: no columns `category`, `depth`, `prompt` among `c0`"));
    assert!(ran.stderr.lines().all(|line| line.chars().count() <= 150), "{}", ran.stderr);
}

#[test]
fn text_that_is_not_utf_8_is_read_and_told() {
    let table = b"Kategorie;Tiefe;Frage\r\nN\xe4he;1;Was w\xe4rmt dich?\r\n";
    let deckle = Deckle::new().file("excel.csv", table);
    let ran = deckle.done("print excel.csv");
    let guess = "\
note: the file is not UTF-8 and was read as Windows-1252
 --> excel.csv:2:2
  |
2 | Nähe;1;Was wärmt dich?
  |  ^ is this letter right?
  |
  = help: save it as CSV UTF-8 to be sure
";
    assert!(ran.stderr.starts_with(guess), "{}", ran.stderr);
    let shown = deckle.done("show excel.csv").out();
    assert!(shown.contains("\nNähe\n") && shown.contains("Was wärmt dich?"), "{shown}");
}

#[test]
fn a_prompt_too_long_for_the_card_is_told_by_check_as_well() {
    let table = format!("{HEADER}Play,1,{}\n", "A word and another. ".repeat(40));
    let deckle = Deckle::new().file("t.csv", table);
    let printed = deckle.run("print t.csv");
    let found = "error: this text is too long for the card: ";
    assert!(printed.stderr.starts_with(found) && printed.code == Some(1), "{}", printed.stderr);
    assert!(printed.stderr.contains("  = help: shorten it, or print on a larger card such as"));
    let checked = deckle.run("check t.csv");
    assert!(checked.out().starts_with(found) && checked.code == Some(1), "{}", checked.out());
    assert!(
        checked
            .out()
            .contains("\n\nt.csv: 1 card (1 · 0 · 0 · 0 · 0 by depth), 1 error in the table; "),
        "{}",
        checked.out()
    );
}

#[test]
fn signs_that_no_font_has_are_told_by_check_as_well() {
    let deckle = Deckle::new().file("t.csv", format!("{HEADER}Play,2,これ?\n"));
    let message = "\
error: no font has `こ` (U+3053), `れ` (U+308C)
 --> t.csv:2:8
  |
2 | Play,2,これ?
  |        ^^^^^ column `prompt`
  |
  = help: give a font that has them with `--font PATH`, or write the text without them
";
    deckle.refused("print t.csv", 1, message);
    let checked = deckle.run("check t.csv");
    assert!(checked.out().starts_with(message) && checked.code == Some(1), "{}", checked.out());
}

#[test]
fn cards_and_lengths_that_no_paper_holds() {
    let deckle = Deckle::with_table();
    for (words, code, message) in [
        (
            "--size 300x400mm",
            1,
            "error: a card of 300 × 400 mm does not fit on 210 × 297 mm paper with margins of 5 mm
 = help: `--paper sra3` (320 × 450 mm) or a card of at most 200 × 287 mm would do
",
        ),
        (
            "--size 0x0mm",
            1,
            "error: a card of 0 × 0 mm
 = expected: sides of 10 mm to 2000 mm
 = help: `deckle list sizes` has some
",
        ),
        (
            "--size -5x30mm",
            1,
            "error: a card of -5 × 30 mm
 = expected: sides of 10 mm to 2000 mm
 = help: `deckle list sizes` has some
",
        ),
        (
            "--size 99999999999999999x88mm",
            2,
            "error: `99999999999999999x88mm` is larger than any paper (10 m at most)
 = help: `deckle list sizes` shows every name
",
        ),
        (
            "--bleed -3mm",
            1,
            "error: a bleed of -3 mm
 = expected: 0 mm to 25 mm
 = help: `--bleed 0mm` would do
",
        ),
        (
            "--margin 500mm",
            1,
            "error: margins of 500 mm leave nothing of 210 × 297 mm paper
 = help: `--margin 73.5mm` would do
",
        ),
        (
            "--bleed 3",
            2,
            "error: --bleed: `3` needs a unit: mm, cm, in or pt, such as `3mm`
",
        ),
        (
            "--count 0",
            2,
            "error: asked for 0 cards
 = help: ask for at least one: `--count 9`
",
        ),
        (
            "--count 99",
            1,
            "error: asked for 99 cards, there are 2
 = help: lower --count to 2 or less, or add cards
",
        ),
        (
            "-o a.png --dpi -5",
            2,
            "error: `-5` is no resolution; write pixels to the inch, such as 300
 = help: choose another --dpi, or write a PDF or an SVG
",
        ),
    ] {
        deckle.refused(&format!("print family.csv {words}"), code, message);
    }
}

#[test]
fn pictures_and_fonts_that_are_none() {
    let deckle = Deckle::with_table();
    for (words, code, message) in [
        (
            "--back family.csv",
            1,
            "error: `family.csv` is no picture that can be read\n = expected: a PNG or JPEG file\n",
        ),
        ("--back sea.png", 3, "error: cannot read `sea.png`: no such file or directory\n"),
        (
            "--font Arial",
            3,
            "error: cannot read `Arial`: no such file or directory\n = help: name the file of a \
             font, or one of `deckle list fonts`\n",
        ),
    ] {
        deckle.refused(&format!("print family.csv {words}"), code, message);
    }
    let ran = deckle.run("print family.csv --font family.csv");
    assert!(ran.stderr.ends_with(" = help: choose a .ttf, .otf or .ttc file\n"), "{}", ran.stderr);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn codes_that_no_card_has() {
    let deckle = Deckle::new();
    let shown = deckle.done("show --json").out();
    let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let code = json["decks"][0]["cards"][0]["code"].as_str().unwrap().to_owned();
    let slip = format!("{}{}", &code[..3], if code.ends_with('X') { 'Y' } else { 'X' });
    let ran = deckle.run(&format!("print --only {slip}"));
    assert!(ran.stderr.starts_with(&format!("error: no card has `{slip}`\n")), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `") && ran.code == Some(2), "{}", ran.stderr);
    let said = deckle.done(&format!("print --only {},{code}", code.to_lowercase())).stderr;
    assert!(said.contains("\n2 cards of 63 × 88 mm on 1 sheet"), "{said}");
    let output = deckle.command().args(["print", "--only", ""]).output().unwrap();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: `--only` names a card without a code\n = help: write codes with commas between: \
         `--only AB12,CD34`\n"
    );
}

#[test]
fn a_folder_names_the_table_in_it() {
    let deckle = Deckle::new().file("decks/family.csv", TABLE);
    deckle.refused(
        "print decks",
        3,
        "\
error: `decks` is a folder, not a table
 = help: name the table in it, such as `decks/family.csv`
",
    );
}

#[test]
fn the_file_beside_a_table_is_no_table() {
    let deckle = Deckle::with_table().file("family.toml", "title = \"Us\"\n");
    deckle.refused(
        "check family.toml",
        2,
        "\
error: `family.toml` is no table of cards
 = help: name the table beside it: `family.csv`
",
    );
}

#[test]
fn the_standard_input_is_read_once() {
    let deckle = Deckle::new();
    let ran = deckle.command().args(["check", "-"]).write_stdin(TABLE).output().unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    let sum = out.lines().last().unwrap();
    assert!(
        sum.starts_with("-: 2 cards (1 · 1 · 0 · 0 · 0 by depth), no problems in the table; "),
        "{out}"
    );
    deckle.refused(
        "check - -",
        2,
        "error: the standard input `-` can be read only once\n = help: take one `-` away\n",
    );
}

#[test]
fn ten_thousand_rows_are_checked() {
    let rows: String =
        (0..10_000).map(|at| format!("Play,{},Who is {at}?\n", at % 5 + 1)).collect();
    let deckle = Deckle::new().file("many.csv", format!("{HEADER}{rows}"));
    let out = deckle.done("check many.csv").out();
    let sum = "many.csv: 10000 cards (2000 · 2000 · 2000 · 2000 · 2000 by depth), no problems in the table; ";
    assert!(out.lines().last().unwrap().starts_with(sum), "{out}");
}
