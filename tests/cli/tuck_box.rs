//! `deckle box`: nets for decks, and boxes that cannot be.

use lopdf::{Document, Object};

use super::env::Deckle;

/// Returns the names of a document's layers, in order.
fn layers(document: &Document) -> Vec<String> {
    let properties = document.catalog().unwrap().get(b"OCProperties").unwrap();
    let properties = document.dereference(properties).unwrap().1.as_dict().unwrap();
    let groups = properties.get(b"OCGs").unwrap().as_array().unwrap();
    let name = |group: &Object| {
        let group = document.get_dictionary(group.as_reference().unwrap()).unwrap();
        lopdf::decode_text_string(group.get(b"Name").unwrap()).unwrap()
    };
    groups.iter().map(name).collect()
}

/// Returns the plates of its own that a document names.
fn plates(document: &Document) -> Vec<String> {
    let separation = |object: &Object| match object.as_array().ok()?.as_slice() {
        [kind, plate, ..] if kind.as_name().ok()? == b"Separation" => {
            Some(String::from_utf8_lossy(plate.as_name().ok()?).into_owned())
        }
        _ => None,
    };
    document.objects.values().filter_map(separation).collect()
}

/// A text file.
fn plain(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_box_without_words_is_for_the_built_in_deck() {
    let deckle = Deckle::new();
    let ran = deckle.done("box");
    assert!(ran.stdout.is_empty());
    assert_eq!(
        ran.stderr,
        "\
note: the paper is a4 (210 × 297 mm), as is usual here (`--paper letter` for another)
note: the box is for 54 cards, as `deckle print` has it (`--cards N` for another number)
a box for 54 cards of 63 × 88 mm, stack 17 mm: inside 65 × 90 × 19 mm
its net is 176 × 142.5 mm on 210 × 297 mm paper
1. print one side at 100 % (not \"fit to page\"), on board of 250 to 350 g/m²
2. score the dashed lines with a ruler and a blunt point, before anything is cut
3. cut along the solid line, the half circle for the thumb too
4. fold all dashed lines away from you, and flatten them again
5. glue the hatched flap at the left, and lay the right edge of the net over it
6. fold in the small bottom flaps, then the hatched one; glue it, and press the last one on
wrote intimacy-box.pdf
"
    );
    assert_eq!(deckle.names(), ["intimacy-box.pdf"]);
    let document = Document::load(deckle.path("intimacy-box.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), 1);
    assert_eq!(layers(&document), ["Artwork", "Marks", "Slug", "Cut", "Fold"]);
    assert_eq!(deckle.read("intimacy-box.pdf"), deckle.done("box -o -").stdout);
}

#[test]
fn sheets_of_cards_have_the_layers_they_always_had() {
    let bytes = Deckle::new().done("print -o -").stdout;
    let document = Document::load_mem(&bytes).unwrap();
    assert_eq!(layers(&document), ["Artwork", "Marks", "Slug"]);
}

#[test]
fn a_drawing_has_cuts_and_folds_in_groups_of_their_own() {
    let deckle = Deckle::with_table();
    for style in ["line", "ground"] {
        deckle.done(&format!("box family.csv --style {style} -o box.svg --force"));
        let svg = plain(&deckle.read("box.svg"));
        assert!(svg.contains("width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\""));
        let group = |id: &str| {
            let start = svg.find(&format!("<g id=\"{id}\"")).unwrap();
            svg[start..]
                .lines()
                .skip(1)
                .take_while(|line| line.starts_with("<g t") || line.starts_with("<path"))
                .filter(|line| line.starts_with("<path"))
                .collect::<Vec<_>>()
        };
        let (cut, folds) = (group("cut"), group("fold"));
        assert_eq!((cut.len(), folds.len()), (1, 12), "{style}");
        assert!(cut[0].contains("z\"") && !cut[0].contains("stroke-dasharray"));
        assert!(folds.iter().all(|fold| fold.contains("stroke-dasharray=\"1.5\"")));
        assert!(cut.iter().chain(&folds).all(|path| path.contains("fill=\"none\"")));
    }
}

#[test]
fn a_press_cuts_along_a_plate_of_its_own() {
    let deckle = Deckle::with_table();
    let plates = |words: &str| {
        let bytes = deckle.done(&format!("box family.csv {words} -o -")).stdout;
        plates(&Document::load_mem(&bytes).unwrap())
    };
    assert_eq!(plates("--colour cmyk --style ground"), ["CutContour"]);
    assert!(plates("--style ground").is_empty());
}

#[test]
fn a_box_holds_what_is_printed_or_what_is_said() {
    let deckle = Deckle::with_table();
    let holds = |words: &str| {
        let said = deckle.done(&format!("box {words} --dry-run")).stderr;
        let line = said.lines().find(|line| line.starts_with("a box for ")).unwrap().to_owned();
        line["a box for ".len()..].to_owned()
    };
    assert_eq!(holds("family.csv"), "2 cards of 63 × 88 mm, stack 0.6 mm: inside 65 × 90 × 6 mm");
    assert!(holds("friends --cards 66").starts_with("66 cards"));
    // Whoever prints some of the cards with this flag says the same here.
    assert!(holds("friends --count 36").starts_with("36 cards"));
    let said = holds("family.csv --cards 100 --thickness 0.25mm");
    assert_eq!(said, "100 cards of 63 × 88 mm, stack 26.3 mm: inside 65 × 90 × 28.3 mm");
    let said = holds("family.csv --cards 40 --grammage 300 --bulk 1");
    assert_eq!(said, "40 cards of 63 × 88 mm, stack 12.6 mm: inside 65 × 90 × 14.6 mm");
    let said = holds("family.csv --stack-height 1/2in --size tarot");
    assert_eq!(
        said,
        "2 cards of 69.85 × 120.65 mm, stack 12.7 mm: inside 71.85 × 122.65 × 14.7 mm"
    );
    assert_eq!(deckle.names(), ["family.csv"]);
}

#[test]
fn settings_count_for_boxes_too() {
    let settings =
        "[print]\nsize = \"tarot\"\npaper = \"a3\"\nback = \"ground\"\nfill = \"blank\"\n";
    let deckle = Deckle::with_table().file("deckle-settings.toml", settings);
    let said = deckle.done("box family.csv -o box.svg").stderr;
    assert!(said.contains("a box for 12 cards of 69.85 × 120.65 mm"), "{said}");
    assert!(said.contains("on 297 × 420 mm paper"), "{said}");
    // Only a full ground paints the flaps.
    assert!(plain(&deckle.read("box.svg")).contains("fill=\"#252152\""));
}

#[test]
fn boxes_that_cannot_be_are_refused() {
    let deckle = Deckle::with_table();
    deckle.refused(
        "box family.csv --cards 400",
        1,
        "error: the net of 394 × 360.5 mm for 400 cards (stack 126 mm) is too large for \
         210 × 297 mm paper with margins of 5 mm\n = help: at most 145 cards to a box \
         (`--cards 145`) would do\n",
    );
    for (words, code, told) in [
        ("--cards 0", 1, "a box for 0 cards"),
        ("--cards -3", 2, "write a whole number"),
        ("--thickness 5mm", 1, "0.05 mm to 2 mm"),
        ("--thickness thick", 2, "--thickness: `thick` is not a length"),
        ("--stack-height -4mm", 1, "1 mm to 300 mm"),
        ("--stack-height 9m", 2, "needs a unit: mm, cm, in or pt"),
        ("--grammage 9000", 2, "40 to 800 g/m²"),
        ("--grammage 300 --bulk 7", 2, "0.5 to 2 cm³/g"),
        ("--bulk 1.2", 2, "--grammage"),
        ("--thickness 0.3mm --stack-height 9mm", 2, "cannot be used with"),
        ("--size 15x15mm", 1, "sides of 20 mm"),
        ("--paper b0b", 2, "unknown paper"),
        ("-o box.gif", 2, "cannot write `.gif` files"),
        ("--stack-height 0", 2, "1 mm to 300 mm"),
        ("--stack-height 0", 2, "`--stack-height 17mm`"),
        ("--thickness 0", 2, "0.05 mm to 2 mm"),
        ("--thickness 0", 2, "`--thickness 0.3mm`"),
        ("--stack-height 17", 2, "such as `17mm`"),
        ("--cards 0", 1, "`--cards 54`"),
        ("--paper 9x9m", 2, "needs a unit"),
        ("--paper 9000x9000mm", 1, "sides of 20 mm to 2000 mm"),
        ("--size 3000x3000mm", 1, "sides of 20 mm to 500 mm"),
        ("--paper b0b --thickness thick", 2, "--thickness: `thick`"),
        ("--paper b0b --thickness thick", 2, "unknown paper"),
    ] {
        let ran = deckle.run(&format!("box family.csv {words}"));
        assert_eq!(ran.code, Some(code), "{words}: {}", ran.stderr);
        assert!(ran.stderr.contains(told), "{words}: {}", ran.stderr);
        assert_eq!(deckle.names(), ["family.csv"], "{words}");
    }
}

#[test]
fn what_a_refusal_proposes_does() {
    let deckle = Deckle::with_table();
    for words in [
        "--size 450x450mm --cards 54",
        "--size 200x280mm --cards 54",
        "--size 196x280mm --paper super-b --cards 54",
        "--size 210x290mm --paper letter --cards 54",
        "--paper 20x20mm --cards 54",
        "--cards 400",
        "--cards 300 --paper a5",
        "--stack-height 200mm",
        "--size tarot --cards 150",
    ] {
        let refused = deckle.run(&format!("box family.csv {words} --dry-run"));
        assert_eq!(refused.code, Some(1), "{words}");
        let refused = refused.stderr;
        let proposed: Vec<&str> =
            refused.split('`').skip(1).step_by(2).filter(|text| text.starts_with("--")).collect();
        assert!(!proposed.is_empty(), "{words}: {refused}");
        for repair in proposed {
            let flag = repair.split(' ').next().unwrap();
            let mut kept: Vec<&str> = words.split(' ').collect();
            if let Some(at) = kept.iter().position(|word| *word == flag) {
                kept.drain(at..at + 2);
            }
            deckle.done(&format!("box family.csv {} {repair} --dry-run", kept.join(" ")));
        }
    }
}

#[test]
fn the_paper_of_a_box_says_nothing_about_its_cards() {
    let settings = "[print]\nstock = \"avery-5371\"\nfill = \"blank\"\n";
    let deckle = Deckle::with_table().file("deckle-settings.toml", settings);
    let said = |words: &str| {
        let said = deckle.done(&format!("box family.csv {words} --dry-run")).stderr;
        said.lines().find(|line| line.starts_with("a box for ")).unwrap().to_owned()
    };
    let usual = said("");
    assert!(usual.starts_with("a box for 10 cards of 50.8 × 88.9 mm"), "{usual}");
    assert_eq!(said("--paper a3"), usual);
}

#[test]
fn whoever_names_no_number_is_told_whose_it_is() {
    let deckle = Deckle::with_table();
    let said = |words: &str| deckle.done(&format!("box family.csv {words} --dry-run")).stderr;
    let note = "note: the box is for 2 cards, as `deckle print` has it";
    assert!(said("").contains(note));
    assert!(!said("--cards 2").contains(note));
    let doubt = "warning: 2 cards in a stack of 17 mm would be 8.5 mm each";
    let told = said("--stack-height 17mm");
    assert!(told.contains(doubt) && !told.contains(note), "{told}");
    assert!(!said("--stack-height 17mm --cards 54").contains("warning"));
    assert!(!said("--paper a3").contains("as is usual here"));
}

#[test]
fn the_documentation_tells_the_net_that_is_made() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/box.md");
    let page = std::fs::read_to_string(page).unwrap();
    let deckle = Deckle::with_table();
    let made = deckle.done("box family.csv --cards 54 --dry-run").stderr;
    let net = made.lines().find_map(|line| line.strip_prefix("its net is ")).unwrap();
    let net = net.split(" on ").next().unwrap();
    assert!(page.contains(&format!("54 poker cards is {net}")), "{net}");
    let refused = deckle.run("box family.csv --cards 2000").stderr;
    let most = refused.split("`--cards ").nth(1).unwrap().split('`').next().unwrap();
    assert!(page.contains(&format!("A4 is enough for {most}.")), "{most}");
}

#[test]
fn what_is_there_is_not_replaced() {
    let deckle = Deckle::with_table().file("family-box.pdf", "mine");
    let ran = deckle.run("box family.csv");
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert_eq!(deckle.read("family-box.pdf"), b"mine");
    deckle.done("box family.csv --force");
    assert!(deckle.read("family-box.pdf").starts_with(b"%PDF"));
}
