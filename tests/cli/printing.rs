//! What `print` makes of its flags.

use lopdf::Document;

use super::env::Deckle;

/// Returns the document that `deckle print WORDS -o -` writes.
fn document(deckle: &Deckle, words: &str) -> Document {
    let ran = deckle.done(&format!("print {words} -o -"));
    Document::load_mem(&ran.stdout).unwrap()
}

fn pages(deckle: &Deckle, words: &str) -> usize {
    document(deckle, words).get_pages().len()
}

#[test]
fn print_without_words_makes_the_built_in_deck() {
    let deckle = Deckle::new();
    let ran = deckle.done("print");
    assert!(ran.stdout.is_empty());
    assert_eq!(
        ran.stderr,
        "\
note: the paper is a4 (210 × 297 mm), as is usual here (`--paper letter` for another)
note: 54 of the 104 cards, as is usual here (`--count 104` for all of them)
54 cards of 63 × 88 mm on 6 sheets of 210 × 297 mm (3 × 3)
type: 31 at 18 pt, 22 at 15.5 pt, 1 at 13 pt
for home: gutter 0 mm · bleed 0 mm · marks corners · back line · codes on · colour rgb
in the print dialog: 100 % (not \"fit to page\"), two-sided, flip on the long edge
wrote intimacy.pdf
"
    );
    assert_eq!(deckle.names(), ["intimacy.pdf"]);
    let document = Document::load(deckle.path("intimacy.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), 12);
}

#[test]
fn the_country_chooses_the_paper() {
    let deckle = Deckle::with_table();
    let mut command = deckle.command();
    let output = command.args(["print", "--dry-run"]).env("LANG", "en_US.UTF-8").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("note: the paper is letter (215.9 × 279.4 mm), as is usual here (`--paper a4` for another)\n"),
        "{said}"
    );
}

#[test]
fn pictures_are_named_by_sheet_and_side() {
    for ending in ["png", "svg"] {
        let deckle = Deckle::with_table();
        let said = deckle.done(&format!("print family.csv --dpi 40 -o out.{ending}")).stderr;
        let (front, back) = (format!("out-001-front.{ending}"), format!("out-001-back.{ending}"));
        assert_eq!(deckle.names(), ["family.csv", &back, &front]);
        assert!(said.ends_with(&format!("wrote 2 files, {front} to {back}\n")), "{said}");
    }
}

#[test]
fn faces_have_a_picture_or_a_page_each() {
    let deckle = Deckle::with_table();
    deckle.done("print family.csv --faces --dpi 40 -o f.png");
    let faces = ["f-001-back.png", "f-001-front.png", "f-002-back.png", "f-002-front.png"];
    assert_eq!(deckle.names()[..4], faces);
    assert_eq!(pages(&deckle, "family.csv --faces"), 4);
    assert_eq!(pages(&deckle, "family.csv --for press"), 4);
}

#[test]
fn one_sided_prints_have_no_backs() {
    let deckle = Deckle::new();
    assert_eq!(pages(&deckle, "--duplex none"), 6);
    let said = deckle.done("print --duplex none --dry-run").stderr;
    assert!(said.ends_with("in the print dialog: 100 % (not \"fit to page\"), one-sided\n"));
    let said = deckle.done("print --flip short --dry-run").stderr;
    assert!(said.ends_with("two-sided, flip on the short edge\n"), "{said}");
}

#[test]
fn two_passes_say_how_to_turn_the_stack() {
    let deckle = Deckle::new();
    assert_eq!(pages(&deckle, "--duplex two-pass"), 12);
    let said = deckle.done("print --duplex two-pass --dry-run").stderr;
    let drawn = said.lines().rev().take_while(|line| line.starts_with("  ")).count();
    assert_eq!(drawn, 7, "{said}");
    let last: Vec<&str> = said.lines().rev().skip(drawn).take(5).collect();
    assert_eq!(last[0], "print pages 7 to 12, the backs");
    assert_eq!(last[3], "print pages 1 to 6, the fronts, on one side");
}

#[test]
fn cards_are_counted_filled_and_chosen() {
    let deckle = Deckle::with_table();
    assert_eq!(pages(&deckle, "--count 10"), 4);
    let said = deckle.done("print --count 10 --dry-run").stderr;
    let note = "\nnote: 8 places for cards stay empty (`--count 18` fills every sheet, `--fill blank` adds cards to write on)\n";
    assert!(said.contains(note), "{said}");
    // No advice to print more cards than there are, or than the filters leave.
    let said = deckle.done("print --depth 5 --dry-run").stderr;
    assert!(said.contains("stay empty (`--fill blank` adds cards to write on)"), "{said}");
    let said = deckle.done("print family.csv --dry-run").stderr;
    let note = "\nnote: 7 places for cards stay empty (`--fill blank` adds cards to write on)\n";
    assert!(said.contains(note), "{said}");
    let said = deckle.done("print family.csv --fill blank --dry-run").stderr;
    assert!(said.contains("\n9 cards of") && said.contains("type: 2 at 18 pt"), "{said}");
    let said = deckle.done("print family.csv --count 1 --dry-run").stderr;
    assert!(said.contains("\n1 card of 63 × 88 mm on 1 sheet of"), "{said}");
}

#[test]
fn only_and_count_hold_together() {
    let deckle = Deckle::with_table();
    let json = deckle.done("show family.csv --json").out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let code = |at: usize| json["decks"][0]["cards"][at]["code"].as_str().unwrap().to_owned();
    let words = format!("print family.csv --only {},{} --count 1 --dry-run", code(0), code(1));
    let said = deckle.done(&words).stderr;
    assert!(said.contains("\n1 card of"), "{said}");
}

#[test]
fn every_flag_of_look_makes_another_document() {
    let deckle = Deckle::with_table();
    let picture = png::encoded();
    let deckle = deckle.file("back.png", picture);
    let plain = deckle.done("print family.csv -o -").stdout;
    let mut seen = vec![plain];
    for words in [
        "--for copyshop",
        "--for press",
        "--flip short",
        "--ink-saver",
        "--large-print",
        "--codes off",
        "--font lexend",
        "--back ground",
        "--back line-by-depth",
        "--back back.png",
        "--size tarot",
        "--size 70x120mm",
        "--paper letter",
        "--colour cmyk",
        "--orientation landscape",
        "--margin 20mm",
        "--gutter 4mm",
        "--marks guides",
        "--count 1",
    ] {
        let made = deckle.done(&format!("print family.csv {words} -o -")).stdout;
        assert!(made.starts_with(b"%PDF-"), "{words}");
        assert!(!seen.contains(&made), "{words}");
        seen.push(made);
    }
}

mod png {
    /// Returns a small picture.
    pub fn encoded() -> Vec<u8> {
        let picture = image::RgbImage::from_fn(63, 88, |x, y| image::Rgb([x as u8, y as u8, 90]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }
}

#[test]
fn the_order_rises_or_repeats_by_its_seed() {
    let table = "category,depth,prompt\nA,3,Three?\nA,1,One?\nA,2,Two?\n";
    let deckle = Deckle::new().file("t.csv", table);
    let made = |words: &str| deckle.done(&format!("print t.csv --faces {words} -o -")).stdout;
    let rising =
        Deckle::new().file("t.csv", "category,depth,prompt\nA,1,One?\nA,2,Two?\nA,3,Three?\n");
    let by_hand = rising.done("print t.csv --faces -o -").stdout;
    assert_eq!(made("--sequence rising"), by_hand);
    assert_eq!(made("--sequence shuffled --seed 5"), made("--sequence shuffled --seed 5"));
    let orders: std::collections::BTreeSet<Vec<u8>> =
        (0..8).map(|seed| made(&format!("--sequence shuffled --seed {seed}"))).collect();
    assert!(orders.len() > 2);
    let said = deckle.done("print t.csv --seed 3 --dry-run").stderr;
    let note = "note: `--seed` changes nothing here (add `--sequence shuffled`, or a number of cards with `--count`)\n";
    assert!(said.contains(note), "{said}");
}

#[test]
fn the_same_deck_gives_the_same_bytes_and_dates_come_from_outside() {
    let deckle = Deckle::new();
    let first = deckle.done("print -o -").stdout;
    assert_eq!(first, deckle.done("print -o -").stdout);
    let dated = |date: &str| {
        let mut command = deckle.command();
        command.args(["print", "-o", "-"]).env("SOURCE_DATE_EPOCH", date);
        command.output().unwrap().stdout
    };
    assert_ne!(dated("0"), first);
    assert_ne!(dated("0"), dated("86400"));
    assert_eq!(dated("yesterday"), first);
}

#[test]
fn meta_gives_the_title() {
    let deckle = Deckle::with_table().file("other.toml", "title = \"Elsewhere\"\n");
    assert!(deckle.done("show family.csv --meta other.toml").out().starts_with("Elsewhere\n"));
    let none = "error: cannot read `none.toml`: no such file or directory\n";
    deckle.refused("show family.csv --meta none.toml", 3, none);
}

#[test]
fn a_contact_sheet_shows_all_cards() {
    let deckle = Deckle::with_table();
    let said = deckle.done("show family.csv -o proof.pdf").stderr;
    assert_eq!(said, "2 cards and the back on 1 page, at 70 % of their size\nwrote proof.pdf\n");
    let ran = deckle.done("show -o -");
    assert_eq!(Document::load_mem(&ran.stdout).unwrap().get_pages().len(), 7);
    assert_eq!(deckle.names(), ["family.csv", "proof.pdf"]);
}

#[test]
fn colour_never_reaches_a_pipe() {
    let deckle = Deckle::with_table();
    for words in ["show", "check family.csv", "check none.csv", "print --dry-run", "prit", "--help"]
    {
        let mut command = deckle.command();
        let output = command.args(words.split(' ')).env_remove("NO_COLOR").output().unwrap();
        let all = [output.stdout, output.stderr].concat();
        assert!(!all.is_empty() && !all.contains(&0x1b), "{words}");
    }
}

#[test]
fn minutes_and_figures_that_come_late_are_in_the_fonts() {
    let many: String = (0..40).map(|at| format!("Play,1,Who is it {at}?,,\n")).collect();
    let table = format!(
        "category,depth,prompt,kind,minutes\n{many}\
         Play,1,Hug.,exercise,\"7, then jump & quiz\"\n\
         Rules,,\"One.\nTwo.\nThree.\",rule,\n{many}"
    );
    let deckle =
        Deckle::new().file("t.csv", table.replace("it 39?,,\nPlay,1,Hug", "it 40?,,\nPlay,1,Hug"));
    assert_eq!(pages(&deckle, "t.csv --faces"), 164);
    assert_eq!(pages(&Deckle::new(), "--for press"), 108);
}

#[test]
fn a_picture_with_edges_of_several_colours_parts_the_cards() {
    let deckle = Deckle::with_table().file("back.png", png::encoded());
    let said = deckle.done("print family.csv --back back.png --paper a4 --dry-run").stderr;
    assert!(said.contains("edges differ in colour: cards stand 4 mm apart"), "{said}");
    let close = "print family.csv --back back.png --paper a4 --gutter 0mm --dry-run";
    let said = deckle.done(close).stderr;
    assert!(!said.contains("edges differ"), "{said}");
}

/// The title of the deck does not stand on the back beside a logo, and the picture does.
#[test]
fn a_logo_takes_the_place_of_the_title() {
    let meta = "title = \"Nordhaus\"\nsubtitle = \"For the team\"\n";
    let deckle = Deckle::with_table()
        .file("family.toml", format!("{meta}logo = \"logo.png\"\n"))
        .file("logo.png", png::encoded())
        .file("plain.toml", meta);
    let svg = |words: &str, name: &str| {
        deckle.done(&format!("print family.csv --faces {words} -o {name}.svg"));
        String::from_utf8(deckle.read(&format!("{name}-001-back.svg"))).unwrap()
    };
    let (with, without) = (svg("", "with"), svg("--meta plain.toml", "without"));
    let shows = |svg: &str| (svg.contains("<image "), svg.contains("aria-label=\"Nordhaus\""));
    assert_eq!(shows(&with), (true, false));
    assert_eq!(shows(&without), (false, true));
    assert!(with.contains("aria-label=\"FOR THE TEAM\""), "{with}");
    let said = deckle.done("print family.csv --back logo.png --dry-run").stderr;
    assert!(said.contains("the logo is not shown: the back is a picture"), "{said}");
}

#[test]
fn pictures_that_a_deck_names_are_checked() {
    let meta = "back = \"sea.png\"\nlogo = \"us.png\"\n";
    let deckle = Deckle::with_table().file("family.toml", meta).file("us.png", "no picture");
    let ran = deckle.run("check family.csv");
    assert_eq!(ran.code, Some(1));
    let told = format!("{}{}", ran.out(), ran.stderr);
    assert!(told.contains("cannot read `sea.png`: no such file"), "{told}");
    assert!(told.contains("`us.png` is no picture that can be read"), "{told}");
}

#[test]
fn an_arc_climbs_lands_and_says_what_it_lacks() {
    let table = "category,depth,kind,prompt\nA,1,,One?\nA,5,,Five?\nA,1,appreciation,Thanks?\n\
        A,3,,Three?\nA,2,,Two?\nA,4,,Four?\nA,3,,Three again?\nA,,close,Back?\nA,,open,Begin?\n";
    let ordered = "category,depth,kind,prompt\nA,,open,Begin?\nA,1,,One?\nA,2,,Two?\nA,3,,Three?\n\
        A,4,,Four?\nA,5,,Five?\nA,3,,Three again?\nA,1,appreciation,Thanks?\nA,,close,Back?\n";
    let deckle = Deckle::new().file("t.csv", table);
    let made = deckle.done("print t.csv --faces --sequence arc -o -");
    let by_hand = Deckle::new().file("t.csv", ordered).done("print t.csv --faces -o -").stdout;
    assert!(made.stdout == by_hand);
    assert!(!made.stderr.contains("order"), "{}", made.stderr);
    let gap = Deckle::new().file("t.csv", "category,depth,prompt\nA,1,One?\nA,4,Four?\n");
    let said = gap.done("print t.csv --sequence arc --dry-run").stderr;
    let note = "note: the order steps up from depth 1 to 4 (add cards of the depths 2 to 3)\n";
    assert!(said.contains(note), "{said}");
}

#[test]
fn stacked_sheets_say_how_to_cut_them_and_single_faces_are_not_stacked() {
    let deckle = Deckle::new();
    let ran = deckle.done("print --stack --dry-run");
    assert!(
        ran.stderr.contains(
            "\nkeep the sheets in order, sheet 1 on top, and cut them as one stack\n\
             lay the piles on one another, row by row from the top left, the first on top\n"
        ),
        "{}",
        ran.stderr
    );
    let ran = deckle.done("print --stack=4 --dry-run");
    assert!(ran.stderr.contains("\ncut in 2 blocks of 4 sheets, "), "{}", ran.stderr);
    assert!(!deckle.done("print --dry-run").stderr.contains("pile"));
    let settings = deckle.file("deckle-settings.toml", "[print]\nstack = 3\n");
    assert!(settings.done("print --dry-run").stderr.contains("\ncut in 2 blocks of 3 sheets, "));
    assert!(!settings.done("print --stack=off --dry-run").stderr.contains("blocks"));
    settings.refused(
        "print --faces --stack",
        1,
        "error: a stack of pages that hold one face each\n \
         = expected: sheets of several cards, which are cut and stacked\n \
         = help: leave out `--stack`, or print sheets without `--faces` or `--for press`\n",
    );
    assert_eq!(settings.run("print --stack=0").code, Some(2));
}
