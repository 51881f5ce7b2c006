//! `calibrate`, and what `print --printer` makes of it.

use lopdf::Document;

use super::env::Deckle;

/// A folder with a table and a printer that puts backs 0.6 mm to the right.
fn calibrated() -> Deckle {
    let deckle = Deckle::with_table();
    deckle.done("calibrate --printer home --set x=0.6mm");
    deckle
}

fn printers(deckle: &Deckle) -> String {
    String::from_utf8(deckle.read("home/printers.toml")).unwrap()
}

#[test]
fn the_sheet_has_two_sides_and_tells_how_to_print_it() {
    let deckle = Deckle::new();
    let said = deckle.done("calibrate -o page.pdf --flip short").stderr;
    assert_eq!(
        said,
        "\
a calibration sheet on a4 (210 × 297 mm), portrait, flip on the short edge
in the print dialog: 100 % (not \"fit to page\"), two-sided, flip on the short edge
a printer of one side: print page 1, put the sheet back so that the bare side is printed, turned as a page of a wall calendar: top and bottom change places; then print page 2
the sheet itself says what to do next
wrote page.pdf
"
    );
    let document = Document::load(deckle.path("page.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), 2);
    let text = document.extract_text(&[1]).unwrap().replace('\n', " ");
    let command = "deckle calibrate --printer home --set H__,V__,R__ --flip short";
    assert!(text.contains(command), "{text}");
    let by_hand = "print page 1, put the sheet back so that the bare side is printed, turned as a page \
                   of a wall calendar: top and bottom change places; then print page 2.";
    assert!(text.contains(by_hand), "{text}");
    let catalog = document.catalog().unwrap();
    let duplex = catalog.get(b"ViewerPreferences").unwrap();
    let duplex = document.dereference(duplex).unwrap().1.as_dict().unwrap().get(b"Duplex").unwrap();
    assert_eq!(duplex.as_name().unwrap(), b"DuplexFlipShortEdge");
    deckle.done("calibrate");
    assert_eq!(deckle.names(), ["calibration.pdf", "page.pdf"]);
}

#[test]
fn readings_are_kept_told_added_listed_and_forgotten() {
    let deckle = Deckle::new();
    let said = deckle.done("calibrate --printer home --set R41;v47/48,scale-x=98,7,h41").stderr;
    let path = deckle.path("home").join("printers.toml");
    let first = said.lines().next().unwrap();
    assert!(first.starts_with("home, portrait, flip on the long edge: backs lie "), "{said}");
    assert!(first.ends_with(" mm down; 100 mm measure 98.7 mm across, 100 mm down"), "{said}");
    let rest = format!("kept in {}\nprint with `deckle print --printer home`\n", path.display());
    assert_eq!(said[first.len() + 1..], rest);
    deckle.done("calibrate --printer home --set x=0.6mm,y=-1.2mm,angle=0.15,scale-x=98.7");
    let told = "home, portrait, flip on the long edge: backs lie 0.6 mm to the right, 1.2 mm up, \
                turned 0.15° clockwise; 100 mm measure 98.7 mm across, 100 mm down\n";
    assert_eq!(deckle.done("calibrate --printer home").out(), told);
    deckle.done("calibrate --printer home --add x=-0.1mm,angle=-0,15");
    deckle.done("calibrate --printer work --set y=6mm --orientation landscape --flip short");
    assert_eq!(
        deckle.done("list printers").out(),
        "\
printer  orientation  flip   error
home     portrait     long   backs lie 0.5 mm to the right, 1.2 mm up; 100 mm measure 98.7 mm across, 100 mm down
work     landscape    short  backs lie 6 mm down
"
    );
    let json: serde_json::Value =
        serde_json::from_slice(&deckle.done("list printers --json").stdout).unwrap();
    assert_eq!(json["deckle"], 1);
    let work = serde_json::json!({
        "name": "work", "orientation": "landscape", "flip": "short", "x_mm": 0.0, "y_mm": 6.0,
        "angle_degrees": 0.0, "scale_x": 1.0, "scale_y": 1.0,
    });
    assert_eq!(json["printers"][1], work);
    deckle.done("calibrate --printer home --forget");
    assert_eq!(deckle.done("list printers --json").out().matches("\"name\"").count(), 1);
    assert!(!printers(&deckle).contains("home"), "{}", printers(&deckle));
}

#[test]
fn what_the_user_wrote_into_the_file_stays() {
    let text = "# Mine.\nschema = 1\n\n[work.portrait-long] # upstairs\nx = \"1 mm\"\n\n\
                [home.portrait-long]\nx = \"2 mm\" # thick paper\n";
    let deckle = Deckle::new().file("home/printers.toml", text);
    deckle.done("calibrate --printer home --set x=0.6mm,y=-1mm");
    let kept = text.replace("x = \"2 mm\"", "x = \"0.6mm\"");
    assert_eq!(
        printers(&deckle),
        format!("{kept}y = \"-1mm\"\nangle = 0.0\nscale-x = 100.0\nscale-y = 100.0\n")
    );
}

#[test]
fn wrong_readings_are_refused_all_at_once() {
    let deckle = Deckle::new();
    deckle.refused(
        "calibrate --printer home --set H82,V41,R41,scale-x=60",
        2,
        "\
error: `H82` is not on the scale
 = expected: a number of that scale, H1 to H81, or two neighbours such as H41/42
 = help: where no tick lies on its line, the back is more than 4 mm off: measure with a ruler how far it lies to the right and down, and say so as x=6mm,y=-5mm

error: `scale-x=60` is no length of the bar
 = expected: scale-x from 90 to 110: what the bar of 100 mm measures
 = help: print at 100 %, not fitted to the page, and measure again

2 errors
",
    );
    assert!(!deckle.path("home/printers.toml").exists());
    let said = deckle.done("calibrate --printer edge --set H81,V41,R79").stderr;
    assert!(said.starts_with("note: a reading is at the end of its scale"), "{said}");
    let small = "\
error: a5 (148 × 210 mm) has no room for the scales
 = expected: 200 × 270 mm or more
 = help: take a larger paper from the same tray, such as `--paper a4` or `--paper letter`: what it tells holds for the smaller one
";
    deckle.refused("calibrate --paper a5", 1, small);
    deckle.refused("calibrate --paper a5 --printer home --set H1,V1,R1", 1, small);
    deckle.done("calibrate --paper a5 --printer home --set x=1mm");
}

#[test]
fn a_printer_that_is_not_known_is_refused_with_advice() {
    let deckle = calibrated();
    deckle.refused(
        "print family.csv --printer hone",
        2,
        "error: no printer `hone` is calibrated\n = help: did you mean `home`? (`deckle list printers`)\n",
    );
    deckle.refused(
        "print family.csv --printer home --orientation landscape",
        1,
        "\
error: `home` is not calibrated for landscape, flip on the long edge
 = help: print its sheet: `deckle calibrate --printer home -o page.pdf --orientation landscape`
",
    );
    deckle.refused(
        "calibrate --printer work --add H1,V1,R1",
        2,
        "error: no printer `work` is calibrated\n = help: `--set H1,V1,R1` keeps it as the first \
         reading\n",
    );
    deckle.refused(
        "calibrate --printer my/printer",
        2,
        "\
error: `my/printer` cannot be the name of a printer
 = help: choose a name of letters and figures, such as `home`
",
    );
}

#[test]
fn print_makes_up_for_the_printer() {
    let deckle = calibrated();
    let print = |words: &str| deckle.done(&format!("print family.csv -o - {words}"));
    let plain = print("");
    let moved = print("--printer home");
    assert!(
        moved.stderr.contains("\nfor printer home: backs moved 0.6 mm to the left\n"),
        "{}",
        moved.stderr
    );
    let contents = |bytes: &[u8]| {
        let document = Document::load_mem(bytes).unwrap();
        let pages = document.get_pages();
        pages.values().map(|page| document.get_page_content(*page)).collect::<Vec<_>>()
    };
    let (before, after) = (contents(&plain.stdout), contents(&moved.stdout));
    assert!(before[0] == after[0], "the front is as it was");
    assert!(before[1] != after[1], "the back is moved");
    deckle.done("calibrate --printer exact --set H41,V41,R41");
    assert!(print("--printer exact").stdout == plain.stdout, "no error, no change");
}

#[test]
fn of_one_sided_sheets_only_the_scale_is_mended_and_of_faces_nothing() {
    let deckle = Deckle::with_table()
        .file("deckle-settings.toml", "[print]\nprinter = \"home\"\nduplex = \"none\"\n");
    deckle.done("calibrate --printer home --set x=1mm,scale-y=99");
    let said = deckle.done("print family.csv --dry-run").stderr;
    let line = "\nfor printer home: all scaled to 100 % across, 101.01 % down\n";
    assert!(said.contains(line), "{said}");
    let said = deckle.done("print family.csv --dry-run --faces").stderr;
    assert!(!said.contains("for printer"), "{said}");
    let note = "note: `--printer` changes nothing on pages of one face ";
    assert!(said.contains(note), "{said}");
    let shown = deckle.done("print family.csv --show-settings").out();
    let row = shown.lines().find(|line| line.starts_with("printer ")).unwrap();
    assert!(row.contains(" home ") && row.ends_with("settings file of the deck"), "{row}");
}

#[test]
fn a_sheet_for_a_printer_that_is_known_makes_up_for_it_and_says_so() {
    let deckle = calibrated();
    let said = deckle.done("calibrate --printer home -o page.pdf").stderr;
    assert!(said.contains("for printer home: backs moved 0.6 mm to the left\n"), "{said}");
    let text = Document::load(deckle.path("page.pdf")).unwrap().extract_text(&[1]).unwrap();
    let text = text.replace('\n', " ");
    assert!(text.contains("--printer home --add H__,V__,R__"), "{text}");
    assert!(text.contains("Corrected already for the printer “home”"), "{text}");
}

#[test]
fn a_sheet_for_a_printer_that_is_not_known_says_that_it_makes_up_for_nothing() {
    let deckle = calibrated();
    let said = deckle.done("calibrate --printer hoem -o page.pdf").stderr;
    let note = "note: nothing is kept of a printer `hoem`: the sheet makes up for nothing (did you \
                mean `home`?)\n";
    assert!(said.starts_with(note), "{said}");
    let said = deckle.done("calibrate --printer press -o press.pdf").stderr;
    assert!(
        said.contains("nothing is kept of a printer `press`: the sheet makes up for nothing\n"),
        "{said}"
    );
    let said = deckle.done("calibrate --printer home -o short.pdf --flip short").stderr;
    let note = "nothing is kept of `home` for portrait, flip on the short edge: the sheet makes up \
                for nothing\n";
    assert!(said.contains(note), "{said}");
    for quiet in ["--printer home -o again.pdf", "-o usual.pdf"] {
        let said = deckle.done(&format!("calibrate {quiet}")).stderr;
        assert!(!said.contains("note"), "{said}");
    }
}

#[test]
fn a_reading_that_is_added_again_is_refused_until_another_was() {
    let deckle = calibrated();
    let said = deckle.done("calibrate --printer home --add x=0.2mm,y=1mm").stderr;
    let total =
        "home, portrait, flip on the long edge, in all: backs lie 0.8 mm to the right, 1 mm down\n";
    assert!(said.starts_with(total), "{said}");
    let anew = "print the sheet anew: `deckle calibrate --printer home -o again.pdf`\n";
    assert!(said.contains(anew), "{said}");
    let before = printers(&deckle);
    assert!(before.contains("added = \"x=0.2mm,y=1mm\"\n"), "{before}");
    deckle.refused(
        "calibrate --printer home --add y=1mm;x=0.2mm",
        2,
        "\
error: `y=1mm;x=0.2mm` was added already: it is what was added last
 = help: print the sheet anew, `deckle calibrate --printer home -o again.pdf`, and add what that reads; if it is the same all the same, `--set x=1mm,y=2mm` keeps the sum
",
    );
    assert_eq!(printers(&deckle), before);
    deckle.done("calibrate --printer home --add x=-0.1mm");
    deckle.done("calibrate --printer home --add x=0.2mm,y=1mm");
    let sum = "--set x=1mm,y=2mm";
    deckle.done(&format!("calibrate --printer home {sum}"));
    let told = "home, portrait, flip on the long edge: backs lie 1 mm to the right, 2 mm down\n";
    assert_eq!(deckle.done("calibrate --printer home").out(), told);
    assert!(!printers(&deckle).contains("added"), "{}", printers(&deckle));
    // That nothing is left may be found as often as one looks.
    for _ in 0..2 {
        deckle.done("calibrate --printer home --add H41,V41,R41");
    }
}

#[test]
fn programs_that_keep_readings_at_once_keep_them_all() {
    let deckle = Deckle::new();
    let set = |printer: String| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_deckle"));
        command.args(["calibrate", "--set", "x=1mm", "--printer", &printer]);
        command.env_clear().env("DECKLE_HOME", deckle.path("home"));
        command.stderr(std::process::Stdio::null()).spawn().unwrap()
    };
    for round in 0..4 {
        let programs: Vec<_> = (0..8).map(|number| set(format!("p{round}-{number}"))).collect();
        for mut program in programs {
            assert!(program.wait().unwrap().success());
        }
    }
    let listed = deckle.done("list printers --json").out();
    assert_eq!(listed.matches("\"name\"").count(), 32, "{listed}");
}

#[test]
fn what_adds_up_to_more_than_a_printer_is_off_is_not_kept() {
    let deckle = Deckle::new();
    deckle.done("calibrate --printer home --set x=5mm");
    let before = deckle.read("home/printers.toml");
    let ran = deckle.run("calibrate --printer home --add x=18mm");
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert_eq!(deckle.read("home/printers.toml"), before);
    deckle.done("list printers");
    let begin = Deckle::new().done("list printers").out();
    assert!(begin.starts_with("no printer is calibrated yet: `deckle calibrate`"), "{begin}");
    assert_eq!(deckle.run("calibrate --printer home --forget --flip short").code, Some(2));
    assert_eq!(deckle.run("calibrate --printer none --set x=1mm").code, Some(2));
    // What is printed on one side is not turned.
    let deckle = deckle.file("family.csv", super::env::TABLE);
    deckle.done("print family.csv --printer home --duplex none --flip short");
    deckle.done("print family.csv --printer home --duplex fold -o fold.pdf");
}

#[test]
fn cards_that_leave_the_paper_for_a_printer_are_told() {
    let deckle = Deckle::with_table();
    deckle.done("calibrate --printer far --set x=20mm,y=-20mm,scale-x=90,scale-y=90");
    let said = deckle.done("print family.csv --printer far").stderr;
    assert!(said.contains("cards would have to leave the paper\n = help: `--margin "), "{said}");
    let print = |words: &str| {
        let said = deckle.done(&format!("print family.csv --printer far --dry-run {words}")).stderr;
        let help = said.split_once("leave the paper\n = help: ");
        help.map(|(_, help)| help.lines().next().unwrap_or_default().to_owned())
    };
    for settings in ["", "--size 60x115mm", "--orientation portrait"] {
        let help = print(settings).unwrap();
        let (flags, rest) = help[1..].split_once('`').unwrap();
        assert_eq!(rest, " keeps them on it");
        // With such a margin more cards would fit on paper that is held the other way.
        let is_held = flags.ends_with(" --orientation portrait");
        assert_eq!(is_held, !settings.contains("orientation"), "{flags}");
        assert_eq!(print(&format!("{settings} {flags}")), None, "{flags}");
    }
    let guides = "see to the printer's guides until it is less far off, and calibrate it anew";
    for no_room in ["--stock 5371", "--size 150x230mm"] {
        assert_eq!(print(no_room).as_deref(), Some(guides), "{no_room}");
    }
}

#[test]
fn what_falls_off_the_paper_to_make_up_for_a_printer_is_told() {
    let deckle = Deckle::new();
    for (scale, is_told) in [("97", false), ("90", true)] {
        deckle.done(&format!("calibrate --printer home --set scale-x={scale},scale-y={scale}"));
        let said = deckle.done(&format!("calibrate --printer home -o {scale}.pdf")).stderr;
        let scales =
            "warning: to make up for the printer, a part of the scales falls off the paper";
        assert_eq!(said.contains(scales), is_told, "{scale}: {said}");
        let said = deckle.done(&format!("print --printer home -o sheets-{scale}.pdf")).stderr;
        let marks = "note: to make up for the printer, some marks fall off the paper";
        assert_eq!(said.contains(marks), is_told, "{scale}: {said}");
    }
}

#[test]
fn a_mistyped_printer_is_not_begun_with_a_second_reading() {
    let deckle = Deckle::new();
    deckle.done("calibrate --printer home --set x=1mm");
    let ran = deckle.run("calibrate --printer hoem --add x=1mm");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("did you mean `home`?"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("--set"), "{}", ran.stderr);
}
