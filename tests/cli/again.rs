//! Second printings, tests, tickets, folds and perforated sheets.

use lopdf::Document;

use super::env::Deckle;

const FIRST: &str = "id,category,depth,prompt\na,Play,1,Who are you?\nb,Cooking,2,What now?\n\
                     c,Trust,3,Why so late?\n";
const NEXT: &str = "id,category,depth,prompt\nd,Baking,1,Bread or cake?\na,Play,1,Who are you?\n\
                    b,Cooking,2,What then?\n";

/// A folder with a deck of which three cards were printed and recorded, and which has changed since.
fn changed() -> Deckle {
    let deckle = Deckle::new().file("d.csv", FIRST);
    let said = deckle.done("print d.csv --margin 7mm --record d.print.json").stderr;
    assert!(said.ends_with("wrote d.pdf\nwrote d.print.json\n"), "{said}");
    deckle.file("d.csv", NEXT)
}

/// Returns the texts of the SVG files whose names begin so, one after the other.
fn texts(deckle: &Deckle, stem: &str) -> String {
    let names = deckle.names().into_iter().filter(|name| name.starts_with(stem));
    names.map(|name| String::from_utf8(deckle.read(&name)).unwrap()).collect()
}

#[test]
fn a_second_printing_has_only_what_changed_and_says_what_to_take_out() {
    let deckle = changed();
    let said = deckle.done("print d.csv --changed-since d.print.json -o second.pdf").stderr;
    assert!(
        said.starts_with(
            "note: 2 cards new or edited since the first printing, 1 card as it was\n"
        ),
        "{said}"
    );
    let end = said.split_once("take ").unwrap().1;
    let lines: Vec<&str> = end.lines().collect();
    assert_eq!(lines[0], "2 cards out of the deck:");
    assert!(lines[1].ends_with("replaced  What now?"), "{end}");
    assert!(lines[2].ends_with("gone      Why so late?"), "{end}");
    let document = Document::load(deckle.path("second.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), 2);
    let text = document.extract_text(&[1]).unwrap();
    assert!(text.contains("Bread") && !text.contains("Who"), "{text}");
}

#[test]
fn a_second_printing_looks_like_the_first() {
    let deckle = changed();
    // The first deck with the new words, as if it had been printed at once. The emblem of a category of
    // one's own is the first mark, though another category comes before it by now.
    let deckle = deckle.file("whole/d.csv", FIRST.replace("What now?", "What then?"));
    deckle.done("print whole/d.csv --faces -o whole.svg");
    deckle.done("print d.csv --changed-since d.print.json --faces -o second.svg");
    let [first, second] = ["whole-002", "second-002"]
        .map(|card| ["front", "back"].map(|side| texts(&deckle, &format!("{card}-{side}.svg"))));
    assert!(first[0].contains("What then?"));
    assert_eq!(first, second);
    let shown = deckle.done("print d.csv --changed-since d.print.json --show-settings").out();
    let margin = shown.lines().find(|line| line.starts_with("margin")).unwrap();
    assert!(
        margin.contains("7 mm") && margin.ends_with("record of the first printing"),
        "{margin}"
    );
}

#[test]
fn a_record_of_the_second_printing_takes_the_place_of_the_first() {
    let deckle = changed();
    let again = "print d.csv --changed-since d.print.json --record d.print.json -o second.pdf";
    deckle.refused(
        again,
        2,
        "error: `d.print.json` exists already\n = help: add --force to replace it, or choose another name\n",
    );
    deckle.done(&format!("{again} --force"));
    let said = deckle.done("print d.csv --changed-since d.print.json -o third.pdf").stderr;
    assert_eq!(
        said,
        "note: no card is new or edited since the first printing, 3 cards as they were\n"
    );
    assert!(!deckle.path("third.pdf").exists());
}

#[test]
fn what_is_less_than_the_whole_does_not_meet_the_file_of_the_whole() {
    let deckle = changed();
    let record: serde_json::Value = serde_json::from_slice(&deckle.read("d.print.json")).unwrap();
    let code = record["cards"][0]["code"].as_str().unwrap();
    for (flags, name) in [
        ("--changed-since d.print.json", "d-changed.pdf"),
        (&format!("--only {code}"), "d-only.pdf"),
        ("--sheets 1", "d-sheets.pdf"),
        ("--changed-since d.print.json --draft", "d-changed-draft.pdf"),
    ] {
        let said = deckle.done(&format!("print d.csv {flags}")).stderr;
        assert!(said.contains(&format!("\nwrote {name}\n")), "{flags}: {said}");
        assert!(deckle.path(name).is_file());
    }
}

#[test]
fn a_record_goes_to_a_file_even_where_there_is_nothing_to_print() {
    let deckle = changed().file("d.csv", FIRST);
    deckle.refused(
        "print d.csv --changed-since d.print.json --record - --force",
        2,
        "error: tickets and records go to files\n = help: name a file in place of `-`\n",
    );
    assert!(!deckle.path("-").exists());
}

#[test]
fn what_is_no_record_of_this_deck_is_refused() {
    let deckle = changed().file("newer.json", "{\"deckle\": 1, \"print-record\": 2}");
    deckle.refused(
        "print d.csv --changed-since d.csv -o x.pdf",
        1,
        "error: this is not the JSON of a record\n--> d.csv:1:1\n = expected: the file that \
         `--record` wrote\n = help: name that file\n",
    );
    deckle.refused(
        "print intimacy --changed-since d.print.json -o x.pdf",
        1,
        "error: the record is of `D`: no card of it is in `intimacy`\n = help: name the deck that \
         the record was made of; if its file had another name, or if ids were added since, put the \
         old ones back: they say which card is which\n",
    );
    deckle.refused(
        "print d.csv --changed-since newer.json -o x.pdf",
        1,
        "error: `newer.json` is a record of version 2\n = expected: version 1\n = help: a newer \
         deckle wrote it: use that one, or a newer one still\n",
    );
    assert_eq!(deckle.run("print d.csv --changed-since none.json").code, Some(3));
    assert_eq!(deckle.run("print d.csv --changed-since d.print.json --count 2").code, Some(2));
}

#[test]
fn lost_cards_are_printed_again_by_their_codes() {
    let deckle = changed();
    let record: serde_json::Value = serde_json::from_slice(&deckle.read("d.print.json")).unwrap();
    let code = record["cards"][0]["code"].as_str().unwrap();
    let said = deckle.done(&format!("print d.csv --only {code} -o lost.pdf")).stderr;
    assert!(said.contains("1 card of 63 × 88 mm on 1 sheet"), "{said}");
}

#[test]
fn some_sheets_are_printed_alone() {
    let deckle = Deckle::new();
    let said = deckle.done("print --duplex two-pass --sheets 1 -o one.pdf").stderr;
    assert!(said.contains("\nof these, 1 sheet as asked\n"), "{said}");
    assert!(said.contains("\nprint page 2, the backs\n"), "{said}");
    assert!(said.contains("│ 1     2 │     │ 2     1 │\n"), "{said}");
    let document = Document::load(deckle.path("one.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), 2);
    deckle.refused(
        "print --sheets 7 -o none.pdf",
        2,
        "error: there is no sheet 7\n = expected: sheets 1 to 6\n = help: name some of these with \
         `--sheets`\n",
    );
}

#[test]
fn a_draft_has_the_places_and_next_to_no_ink() {
    let deckle = Deckle::with_table();
    deckle.done("print family.csv --dpi 50 -o real.png");
    deckle.done("print family.csv --dpi 50 --draft -o draft.png");
    let ink = |name: &str| {
        let picture = image::open(deckle.path(name)).unwrap().to_luma8();
        picture.pixels().map(|pixel| u64::from(255 - pixel.0[0])).sum::<u64>()
    };
    for side in ["front", "back"] {
        let [real, draft] = ["real", "draft"].map(|name| ink(&format!("{name}-001-{side}.png")));
        assert!(draft > 0 && draft * 3 < real * 2, "{side}: {draft} of {real}");
    }
    let said = deckle.done("print family.csv --draft --stock 5371 -o stock.pdf").stderr;
    assert!(said.contains("\nprint this on plain paper first, "), "{said}");
    deckle.done("print family.csv --draft -o draft.svg");
    let front = texts(&deckle, "draft-001-front.svg");
    assert!(!front.contains("Who are you?"));
}

#[test]
fn a_ticket_lists_every_cut() {
    let deckle = Deckle::with_table();
    deckle.done("print family.csv --for copyshop --ticket ticket.pdf");
    let text = Document::load(deckle.path("ticket.pdf")).unwrap().extract_text(&[1]).unwrap();
    for words in ["Family", "From the left edge", "283.5 mm", "13.5 mm", "196 mm", "14 mm"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    deckle.refused(
        "print family.csv --faces -o f.pdf --ticket f-ticket.pdf",
        2,
        "error: a ticket for single faces\n = expected: sheets that are cut\n = help: leave out \
         `--ticket`, or print sheets without `--faces` or `--for press`\n",
    );
}

#[test]
fn folded_sheets_have_both_faces_on_one_side() {
    let deckle = Deckle::with_table();
    let said = deckle.done("print family.csv --duplex fold").stderr;
    assert!(said.contains("2 cards of 63 × 88 mm on 1 sheet of 297 × 210 mm (2 × 2)\n"), "{said}");
    assert!(said.contains("\nscore and fold each sheet along the dashed line"), "{said}");
    let document = Document::load(deckle.path("family.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), 1);
    let ran = deckle.run("print family.csv --for press --duplex fold -o x.pdf");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.starts_with("error: a fold on pages that hold one face each\n"));
}

#[test]
fn stock_decides_card_and_places() {
    let deckle = Deckle::with_table();
    let said = deckle.done("print family.csv --stock 5371").stderr;
    assert!(
        said.contains("2 cards of 50.8 × 88.9 mm on 1 sheet of 215.9 × 279.4 mm (2 × 5)\n"),
        "{said}"
    );
    assert!(said.contains("marks none"), "{said}");
    let ran = deckle.run("print family.csv --stock 5371 --size tarot --gutter 2mm -o x.pdf");
    assert_eq!(ran.code, Some(1));
    let ran = deckle.run("print family.csv --stock avery-5731 -o x.pdf");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("did you mean"), "{}", ran.stderr);
    let deckle =
        deckle.file("deckle-settings.toml", "[print]\nsize = \"tarot\"\nmargin = \"9mm\"\n");
    deckle.done("print family.csv --stock 5371 -o settings.pdf");
    let both = "[print]\nstock = \"5371\"\nsize = \"tarot\"\n";
    let ran = deckle.file("deckle-settings.toml", both).run("print family.csv -o both.pdf");
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let who = "`--size` beside `--stock avery-5371`, which decides it (settings file of the deck)";
    assert!(ran.stderr.contains(who), "{}", ran.stderr);
}

#[test]
fn no_output_takes_the_place_of_another() {
    let deckle = Deckle::with_table();
    for words in [
        "-o x.pdf --record x.pdf",
        "-o x.pdf --ticket ./x.pdf",
        "-o x.pdf --ticket t.pdf --record t.pdf",
        "-o x.png --ticket x-001-front.png",
    ] {
        let ran = deckle.run(&format!("print family.csv {words}"));
        assert_eq!(ran.code, Some(2), "{words}");
        assert!(ran.stderr.starts_with("error: two outputs go to `"), "{words}: {}", ran.stderr);
        assert_eq!(deckle.names(), ["family.csv"]);
    }
    let ran = deckle.run("print family.csv -o x.pdf --ticket none/t.pdf");
    assert_eq!((ran.code, deckle.names()), (Some(3), vec!["family.csv".to_owned()]));
}

#[test]
fn a_record_keeps_backs_and_fonts_whatever_settings_say_later() {
    let picture = image::RgbImage::from_pixel(30, 40, image::Rgb([200, 10, 10]));
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let deckle = Deckle::new().file("d.csv", FIRST).file("b.png", png.into_inner());
    deckle.done("print d.csv --record plain.json");
    deckle.done("print d.csv -o picture.pdf --back b.png --record picture.json");
    let later = "[print]\nback = \"ground\"\nfont = [\"lexend\"]\n";
    let deckle = deckle.file("d.csv", NEXT).file("deckle-settings.toml", later);
    let setting = |record: &str, name: &str| {
        let words = format!("print d.csv --changed-since {record} --show-settings");
        let shown = deckle.done(&words).out();
        shown.lines().find(|line| line.starts_with(name)).unwrap().to_owned()
    };
    for (name, value) in [("back ", "line "), ("font ", "bundled ")] {
        let line = setting("plain.json", name);
        let told = line[name.len()..].trim_start();
        assert!(
            told.starts_with(value) && told.ends_with("record of the first printing"),
            "{line}"
        );
    }
    // The picture is found from the record, wherever the second printing happens.
    let mut elsewhere = deckle.command();
    elsewhere.current_dir(deckle.path("home"));
    let words = ["print", "../d.csv", "--changed-since", "../picture.json", "-o", "second.pdf"];
    let ran = elsewhere.args(words).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn a_stock_of_ones_own_that_is_wrong_is_not_printed_on() {
    let own =
        "schema = 1\n[[stock]]\nid = \"avery-8373\"\nlike = \"avery-8373\"\nshift = \"60mm,0mm\"\n";
    let deckle = Deckle::with_table().file("home/catalogue.toml", own);
    let ran = deckle.run("print family.csv --stock 8373");
    assert_eq!((ran.code, deckle.names()), (Some(1), vec!["family.csv".to_owned()]));
    assert!(ran.stderr.contains("catalogue.toml"), "{}", ran.stderr);
}

#[test]
fn a_record_is_kept_even_where_no_card_is_printed() {
    let deckle = Deckle::new().file("d.csv", FIRST);
    deckle.done("print d.csv --record d.print.json");
    let shorter = FIRST.replace("b,Cooking,2,What now?\n", "");
    let deckle = deckle.file("d.csv", shorter);
    let said = deckle.done("print d.csv --changed-since d.print.json --record next.json").stderr;
    assert!(said.contains("wrote next.json\ntake 1 card out of the deck:\n"), "{said}");
    let said = deckle.done("print d.csv --changed-since next.json").stderr;
    assert!(!said.contains("take"), "{said}");
}

#[test]
fn what_settings_say_later_of_stock_and_printer_changes_no_second_printing() {
    let deckle = Deckle::new().file("d.csv", FIRST);
    deckle.done("print d.csv --record d.print.json");
    let later = "[print]\nstock = \"5371\"\nprinter = \"home\"\n";
    let deckle = deckle.file("d.csv", NEXT).file("deckle-settings.toml", later);
    let said = deckle.done("print d.csv --changed-since d.print.json -o second.pdf").stderr;
    assert!(said.contains("2 cards of 63 × 88 mm on 1 sheet of 210 × 297 mm"), "{said}");
    // Single faces and boxes need no perforated sheets.
    deckle.done("print d.csv --faces --printer none -o faces.pdf");
    deckle.done("print d.csv --for press --printer none -o press.pdf");
    deckle.done("box d.csv --size 66x91mm --dry-run");
}

#[test]
fn tickets_and_records_are_files() {
    let deckle = Deckle::with_table();
    for flag in ["--ticket", "--record"] {
        let ran = deckle.run(&format!("print family.csv {flag} -"));
        assert_eq!((ran.code, deckle.names().len()), (Some(2), 1), "{flag}: {}", ran.stderr);
    }
}

#[test]
fn a_folded_ticket_cuts_once_through_both_layers() {
    let deckle = Deckle::with_table();
    let said = deckle.done("print family.csv --duplex fold --ticket t.pdf").stderr;
    assert!(said.contains("\ncut along the marks of the fronts, through both layers\n"), "{said}");
    let text = Document::load(deckle.path("t.pdf")).unwrap().extract_text(&[1]).unwrap();
    assert_eq!(text.matches("cut down the sheet").count(), 1, "{text}");
    assert!(text.contains("148.5 mm from the left") && !text.contains("cut along"), "{text}");
}

#[test]
fn what_is_no_text_is_no_record_either() {
    let deckle = changed();
    deckle.done("print d.csv -o sheets.pdf");
    for file in ["sheets.pdf", "d.pdf"] {
        let said = deckle.run(&format!("print d.csv --changed-since {file} -o x.pdf"));
        assert_eq!(said.code, Some(1));
        assert!(said.stderr.contains("this is not the JSON of a record"), "{}", said.stderr);
        assert!(said.stderr.contains("= help: name that file"), "{}", said.stderr);
    }
}

#[test]
fn a_card_that_takes_the_code_of_another_is_told() {
    let deckle = changed();
    let said = deckle.done("print d.csv --changed-since d.print.json -o second.pdf").stderr;
    let hint = "a replaced card has the code of the new one: take it out before you put that in\n";
    assert!(said.ends_with(hint), "{said}");
    // What is only gone has no namesake.
    let deckle = deckle.file("d.csv", FIRST.replace("c,Trust,3,Why so late?\n", ""));
    let said = deckle.done("print d.csv --changed-since d.print.json -o third.pdf").stderr;
    assert!(said.contains("take 1 card out of the deck:") && !said.contains(hint), "{said}");
}

#[test]
fn a_second_printing_is_for_what_the_first_was_for() {
    let deckle = changed();
    deckle.refused(
        "print d.csv --changed-since d.print.json --for press -o x.pdf",
        2,
        "error: `--for press`, and the first printing was for home\n = help: leave out `--for`, or \
         print the whole deck anew\n",
    );
    deckle.done("print d.csv --changed-since d.print.json --for home -o second.pdf");
    deckle.refused(
        "print d.csv --changed-since - -o x.pdf",
        2,
        "error: a record is read from a file\n = help: name the file that `--record` wrote\n",
    );
}

#[test]
fn pictures_with_inks_of_a_press_are_told() {
    let deckle = Deckle::with_table();
    let idle = "note: pictures are in RGB: the inks of `--colour cmyk` are for a PDF";
    for (name, is_told) in [("x.png", true), ("x.svg", true), ("x.pdf", false)] {
        let said =
            deckle.done(&format!("print family.csv --colour cmyk --dpi 50 -o {name}")).stderr;
        assert_eq!(said.contains(idle), is_told, "{name}: {said}");
    }
}
