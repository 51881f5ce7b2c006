//! What a person reads when a table is faulty: every message whole.

use deckle::cli::report::{ReportStyle, render_all};
use deckle::deck::{Source, read};

fn told(table: &[u8], meta: Option<&str>) -> String {
    let meta = meta.map(|text| ("deck.toml", text));
    let source = Source { name: "deck.csv", bytes: table.into(), meta, stem: "deck" };
    render_all(&read(source).problems, ReportStyle::default())
}

/// Asserts the whole of what is told about a table, and perhaps the file beside it.
#[track_caller]
fn assert_told(table: impl AsRef<[u8]>, meta: Option<&str>, expected: &str) {
    let told = told(table.as_ref(), meta);
    assert_eq!(told.trim_end(), expected.trim(), "\n{told}");
}

#[test]
fn a_depth_that_nobody_declared() {
    assert_told(
        "category,depth,prompt\n\
         Childhood,deeep,What did your kitchen smell like?\n",
        Some("depths = [\"light\", \"warm\", \"deep\"]\n"),
        r#"
error: unknown depth `deeep`
 --> deck.csv:2:11
  |
2 | Childhood,deeep,What did your kitchen smell like?
  |           ^^^^^ column `depth`
  |
  = expected: 1 to 5, or light, warm, deep
  = help: did you mean `deep`?
"#,
    );
}

#[test]
fn a_comma_without_quotes() {
    assert_told(
        "category,depth,prompt\n\
         Work,2,\"When, then?\"\n\
         Work,2,When you were ten, who did you trust?\n",
        None,
        r#"
error: this row has 4 fields, the header has 3
 --> deck.csv:3:1
  |
3 | Work,2,When you were ten, who did you trust?
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: a prompt that contains a comma needs quotes: "When you were ten, who did you trust?"
"#,
    );
}

#[test]
fn cells_that_are_missing_or_empty() {
    assert_told(
        "category,depth,prompt\n\
         A\n\
         ,2,What now?\n\
         A,,Where?\n\
         A,6,\n",
        None,
        r#"
error: this row has 1 field, the header has 3
 --> deck.csv:2:1
  |
2 | A
  | ^
  |
  = help: add what is missing: `depth`, `prompt`

error: this card has no category
 --> deck.csv:3:1
  |
3 | ,2,What now?
  | ^ column `category`
  |
  = help: write one; cards that belong together have the same

error: this card has no depth
 --> deck.csv:4:3
  |
4 | A,,Where?
  |   ^ column `depth`
  |
  = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep

error: unknown depth `6`
 --> deck.csv:5:3
  |
5 | A,6,
  |   ^ column `depth`
  |
  = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep

error: this card has no prompt
 --> deck.csv:5:5
  |
5 | A,6,
  |     ^ column `prompt`
  |
  = help: write what the card says, or delete the row
"#,
    );
}

#[test]
fn quotes_of_every_wrong_sort() {
    assert_told(
        "category,depth,prompt\n\
         A,1,\"What opens and never ends?\n\
         B,2,\"Who, if anyone?\"\n\
         C,9,Where?\n\
         D,1,\"She said \"yes\" once\"\n\
         E,1, \"Blank?\"\n\
         F,1,\"No end\n",
        None,
        r#"
error: a quote opens here and is never closed
 --> deck.csv:2:5
  |
2 | A,1,"What opens and never ends?
  |     ^
  |
  = help: close it with a second `"` at the end of the cell, or take it away

error: unknown depth `9`
 --> deck.csv:4:3
  |
4 | C,9,Where?
  |   ^ column `depth`
  |
  = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep

error: text goes on behind a closing quote
 --> deck.csv:5:15
  |
5 | D,1,"She said "yes" once"
  |               ^
  |
  = help: inside a quoted cell write a quote twice: "Who says ""always""?"

error: a blank stands before a quote
 --> deck.csv:6:6
  |
6 | E,1, "Blank?"
  |      ^
  |
  = help: take the blank away: a quoted cell begins with its quote

error: a quote opens here and is never closed
 --> deck.csv:7:5
  |
7 | F,1,"No end
  |     ^
  |
  = help: close it with a second `"` at the end of the cell, or take it away
"#,
    );
}

#[test]
fn several_problems_of_one_row() {
    assert_told(
        "id,category,depth,prompt,copies,kind,minutes,lang\n\
         x,a,1,What?,0,qestion,soon,english\n\
         X,a,1,Who?,,,,\n\
         y,a,1,who,,,,\n",
        None,
        r#"
error: unknown kind `qestion`
 --> deck.csv:2:15
  |
2 | x,a,1,What?,0,qestion,soon,english
  |               ^^^^^^^ column `kind`
  |
  = expected: question, exercise, finish, script, appreciation, checkin, listen, pause, rule, open, close, selfcheck
  = help: did you mean `question`?

error: `soon` is no number of minutes
 --> deck.csv:2:23
  |
2 | x,a,1,What?,0,qestion,soon,english
  |                       ^^^^ column `minutes`
  |
  = expected: 1 to 600, with words behind the number if you like: 3 each

error: `0` is no number of copies
 --> deck.csv:2:13
  |
2 | x,a,1,What?,0,qestion,soon,english
  |             ^ column `copies`
  |
  = expected: 1 to 99
  = help: a card that is not to be printed is better deleted, or left out by a filter

error: `english` is no language tag such as en, de or pt-BR
 --> deck.csv:2:28
  |
2 | x,a,1,What?,0,qestion,soon,english
  |                            ^^^^^^^ column `lang`

error: the id `X` stands in line 2 as well
 --> deck.csv:3:1
  |
3 | X,a,1,Who?,,,,
  | ^ column `id`
  |
  = help: give one of the two another id, or empty the cell

warning: the same prompt stands in line 3
 --> deck.csv:4:7
  |
4 | y,a,1,who,,,,
  |       ^^^ column `prompt`
  |
  = help: to print a card more than once, write a number in a column `copies`
"#,
    );
}

#[test]
fn a_header_with_a_slip() {
    assert_told(
        "category;dpth;Frage\n\
         a;1;b\n",
        None,
        r#"
error: no column `depth` among `category`, `dpth`, `Frage`
 --> deck.csv:1:1
  |
1 | category;dpth;Frage
  | ^^^^^^^^^^^^^^^^^^^
  |
  = expected: a header with `category`, `depth` and `prompt`
  = help: rename `dpth` to `depth`
"#,
    );
}

#[test]
fn a_plain_list() {
    assert_told(
        "What now?\n\
         Who else?\n",
        None,
        r#"
error: no columns `category`, `depth`, `prompt` among `What now?`
 --> deck.csv:1:1
  |
1 | What now?
  | ^^^^^^^^^
  |
  = expected: a header with `category`, `depth` and `prompt`
  = help: is this a plain list? `deckle new NAME --from FILE` makes a deck of it
"#,
    );
}

#[test]
fn two_columns_that_mean_the_same() {
    assert_told(
        "topic,suit,depth,prompt\n\
         a,b,1,c?\n",
        None,
        r#"
error: the columns `topic` and `suit` both mean `category`
 --> deck.csv:1:7
  |
1 | topic,suit,depth,prompt
  |       ^^^^
  |
  = help: give one of them another name, or take it away
"#,
    );
}

#[test]
fn columns_that_are_not_used() {
    assert_told(
        "category,depth,prompt,folowup,mood\n\
         a,1,b?,x,\n",
        None,
        r#"
note: the columns `folowup`, `mood` are not used
 --> deck.csv:1:23
  |
1 | category,depth,prompt,folowup,mood
  |                       ^^^^^^^
  |
  = help: is `folowup` meant to be `follow_up`?
"#,
    );
}

#[test]
fn nothing_at_all() {
    assert_told(
        "\u{feff}\n\
           \n",
        None,
        r#"
error: the file is empty
--> deck.csv
 = expected: a header with `category`, `depth` and `prompt`, then one row for each card
 = help: `deckle new NAME` writes a file to start from
"#,
    );
}

#[test]
fn a_header_alone() {
    assert_told(
        "category,depth,prompt\n\
         \n",
        None,
        r#"
error: the table has a header and no cards
--> deck.csv
 = help: write one row for each card
"#,
    );
}

#[test]
fn a_nul_byte() {
    assert_told(
        "category,depth,prompt\n\
         A,1,Wh\0at\n",
        None,
        r#"
error: a NUL byte stands here, so this is no table of text
 --> deck.csv:2:7
  |
2 | A,1,Wh␀at
  |       ^
  |
  = expected: a table as .csv, .xlsx or .ods
  = help: open the file in a spreadsheet and save it as CSV UTF-8
"#,
    );
}

#[test]
fn a_line_longer_than_a_screen() {
    assert_told(
        format!("category,depth,prompt\n{},seven,{}\n", "é".repeat(300), "x".repeat(300)),
        None,
        r#"
error: unknown depth `seven`
 --> deck.csv:2:302
  |
2 | …ééééééééééééééééééééééééééééééééééééééé,seven,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
  |                                          ^^^^^ column `depth`
  |
  = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep
"#,
    );
}

#[test]
fn a_column_behind_lines_within_a_cell() {
    assert_told(
        "prompt,depth,category\r\n\
         \"One\r\n\
         two é\",deeep,A\r\n",
        None,
        r#"
error: unknown depth `deeep`
 --> deck.csv:3:8
  |
3 | two é",deeep,A
  |        ^^^^^ column `depth`
  |
  = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep
  = help: did you mean `Deep`?
"#,
    );
}

#[test]
fn what_is_wrong_beside_the_table() {
    assert_told(
        "category,depth,prompt\n\
         A,1,b?\n",
        Some(
            "titel = \"x\"\n\
             language = 3\n\
             depths = [1, \"a\", \"A\"]\n\
             [categories.b]\n\
             emblem = \"hartt\"\n",
        ),
        r#"
warning: unknown key `titel`
 --> deck.toml:1:1
  |
1 | titel = "x"
  | ^^^^^
  |
  = expected: name, title, subtitle, language, audience, licence, credit, standard_count, depths, back, logo, fonts, lint_allow, categories
  = help: did you mean `title`?

error: `language` is a number
 --> deck.toml:2:12
  |
2 | language = 3
  |            ^
  |
  = expected: words in quotes

error: an entry of `depths` is a number
 --> deck.toml:3:11
  |
3 | depths = [1, "a", "A"]
  |           ^
  |
  = expected: words in quotes

error: two depths are called `A`
 --> deck.toml:3:19
  |
3 | depths = [1, "a", "A"]
  |                   ^^^

warning: no card has the category `b`
 --> deck.toml:4:13
  |
4 | [categories.b]
  |             ^
  |
  = help: did you mean `a`?

error: unknown emblem `hartt`
 --> deck.toml:5:10
  |
5 | emblem = "hartt"
  |          ^^^^^^^
  |
  = expected: emotional, affection, mind, adventure, meaning, trust, appreciation, repair, roots, dreams, play, checkin, work, ways, mark1, mark2, mark3, mark4, mark5, mark6
"#,
    );
}

#[test]
fn bytes_in_an_old_encoding_are_guessed_and_told() {
    let told = told(b"category,depth,prompt\nCaf\xE9,1,O\xF9?\n", None);
    assert!(told.starts_with("note: the file is not UTF-8 and was read as Windows-1252\n"));
    assert!(told.contains("--> deck.csv:2:4\n") && told.contains("| Café,1,Où?\n"));
}

#[test]
fn places_in_utf_16_count_characters() {
    let table = "category\tdepth\tprompt\nÉté\tdeeep\tOù?\n";
    let bytes: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(told(&bytes, None).contains("--> deck.csv:2:5\n"));
}

#[test]
fn files_that_are_no_tables_are_named() {
    let first_line = |bytes: &[u8]| told(bytes, None).lines().next().unwrap().to_owned();
    assert_eq!(
        first_line(b"PK\x03\x04hello"),
        "error: this zip archive holds no spreadsheet that can be read"
    );
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(first_line(&old), "error: this is an Excel file of the old kind, .xls");
    let damaged = "category,depth,prompt\nÉté,1,é\n".as_bytes().iter().copied().chain([0xE9]);
    assert_eq!(first_line(&damaged.collect::<Vec<u8>>()), "error: the UTF-8 text is damaged here");
}

#[test]
fn many_errors_are_told_up_to_fifty_and_the_rest_counted() {
    let rows: String = (0..60).map(|n| format!("A,9,Question {n}?\n")).collect();
    let told = told(format!("category,depth,prompt\n{rows}").as_bytes(), None);
    assert_eq!(told.matches("unknown depth").count(), 50);
    assert!(told.contains("error: 10 more errors of the same file\n"));
}

#[test]
fn very_wide_and_very_long_tables_are_told_in_few_words() {
    let header = (0..100_000).map(|n| format!("c{n},")).collect::<String>();
    let wide = told(format!("{header}\n").as_bytes(), None);
    assert!(wide.contains("`c11` and 99988 more") && wide.len() < 2_000);
    let long = format!("category,depth,prompt\nA,9,\"{}\"\n", "x".repeat(1_000_000));
    assert!(told(long.as_bytes(), None).len() < 1_000);
}
