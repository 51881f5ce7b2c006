//! PDFs under the eyes of other programs. They are not on every machine, so these tests run only
//! when asked for: `cargo test --test external -- --ignored`.

mod shaped;

use std::path::{Path, PathBuf};
use std::process::Command;

use deckle::font::FontStore;
use deckle::paint::pdf::{Colour, Inventory, PdfOptions, PdfPainter};
use deckle::scene::Page;
use shaped::Deck;

fn painted(name: &str, colour: Colour) -> PathBuf {
    let fonts = FontStore::bundled();
    let deck = Deck::new(&fonts);
    let pages: Vec<Page> = (0..3).flat_map(|sheet| deck.sheets(sheet * 9)).collect();
    let mut inventory = Inventory::new();
    pages.iter().for_each(|page| inventory.note(&page.scene));
    let options = PdfOptions { title: "Évening (1)".into(), colour, ..PdfOptions::default() };
    let mut painter = PdfPainter::begin(Vec::new(), inventory, &fonts, &options).unwrap();
    let encoder = painter.encoder();
    for page in &pages {
        painter.push(encoder.encode(page).unwrap()).unwrap();
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, painter.finish().unwrap()).unwrap();
    path
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().expect(program);
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {text}");
    text.into_owned()
}

#[test]
#[ignore = "needs qpdf"]
fn qpdf_finds_nothing_to_mend() {
    let path = painted("qpdf.pdf", Colour::Rgb);
    let report = run("qpdf", &["--check", path.to_str().unwrap()]);
    assert!(report.contains("No syntax or stream encoding errors"), "{report}");
}

#[test]
#[ignore = "needs poppler"]
fn poppler_finds_every_font_embedded_and_every_word() {
    let path = painted("poppler.pdf", Colour::Rgb);
    let fonts = run("pdffonts", &[path.to_str().unwrap()]);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(rows.len(), 4, "{fonts}");
    assert!(rows.iter().all(|row| row.contains("yes yes yes")), "{fonts}");
    let text = run("pdftotext", &["-layout", path.to_str().unwrap(), "-"]);
    for word in ["difficult", "office", "waffles", "AFFECTION", "intimacy"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    let info = run("pdfinfo", &[path.to_str().unwrap()]);
    assert!(info.contains("Évening (1)"), "{info}");
}

#[test]
#[ignore = "needs Ghostscript"]
fn registration_marks_are_on_every_plate() {
    let path = painted("plates.pdf", Colour::Cmyk);
    let (width, inks) = plates(&path, 1);
    // The end of a mark at x = 10.5 mm, 12 mm under the edge, in pixels of a point.
    let places = (31..37).flat_map(|y| (28..31).map(move |x| (x, y)));
    let pixels: Vec<[u8; 4]> = places.map(|(x, y)| inks[y * width + x]).collect();
    for (plate, name) in ["cyan", "magenta", "yellow", "black"].iter().enumerate() {
        let strongest = pixels.iter().map(|inks| inks[plate]).max().unwrap();
        assert!(strongest > 25, "{name}: {strongest} of 255");
    }
}

/// Returns the plates of a page as Ghostscript makes them, a pixel to the point: how many pixels
/// stand in a row, and the four inks of each.
fn plates(path: &Path, page: usize) -> (usize, Vec<[u8; 4]>) {
    const END: &[u8] = b"ENDHDR\n";
    let picture = path.with_extension("pam");
    let output = format!("-sOutputFile={}", picture.display());
    let pages = [format!("-dFirstPage={page}"), format!("-dLastPage={page}")];
    let usual = ["-q", "-dNOPAUSE", "-dBATCH", "-r72", "-sDEVICE=pamcmyk32"];
    run("gs", &[&usual[..], &[&pages[0], &pages[1], &output, path.to_str().unwrap()]].concat());
    let file = std::fs::read(&picture).unwrap();
    let end = file.windows(END.len()).position(|bytes| bytes == END).unwrap();
    let head = String::from_utf8_lossy(&file[..end]);
    let width = head.lines().find_map(|line| line.strip_prefix("WIDTH ")?.parse().ok()).unwrap();
    let (pixels, rest) = file[end + END.len()..].as_chunks();
    assert!(rest.is_empty() && pixels.len() > width, "{head}");
    (width, pixels.to_vec())
}

#[test]
#[ignore = "needs mutool"]
fn mupdf_draws_without_a_warning() {
    let path = painted("mupdf.pdf", Colour::Rgb);
    let picture = path.with_extension("png");
    let report = run(
        "mutool",
        &["draw", "-r", "100", "-o", picture.to_str().unwrap(), path.to_str().unwrap(), "1"],
    );
    // A build of mupdf without colour management says so whatever it draws.
    let report = report.replace("warning: ICC support is not available", "");
    assert!(!report.contains("warning") && !report.contains("error"), "{report}");
}

/// Prints the built-in deck with the program itself.
fn printed(name: &str, words: &[&str]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-home");
    let mut command = Command::new(env!("CARGO_BIN_EXE_deckle"));
    command.env("DECKLE_HOME", home).env("LANG", "en_GB.UTF-8").args(["print", "--force", "-o"]);
    let output = command.arg(&path).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    path
}

/// Returns the text without blanks, line feeds and the hyphens of broken words.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
#[ignore = "needs poppler"]
fn every_prompt_can_be_found_in_the_document() {
    let path = printed("words.pdf", &["--faces", "--count", "104"]);
    let text = bare(&run("pdftotext", &["-raw", path.to_str().unwrap(), "-"]));
    let deck = deckle::deck::read(deckle::deck::builtin::ALL[0].source()).deck.unwrap();
    for card in &deck.cards {
        // A gap to complete is drawn as a line, and quotation marks are set as the language has them.
        for line in card.prompt.split(['\n', '…', '"']) {
            assert!(text.contains(&bare(line)), "{line}\n{text}");
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn every_page_has_its_boxes() {
    for (name, words, media, trim, bleed) in [
        ("boxes-home.pdf", &[][..], "595.28 841.89", None, None),
        (
            "boxes-press.pdf",
            &["--for", "press"],
            "195.59 266.46",
            Some("8.50 8.50 187.09 257.95"),
            Some("0.00 0.00 195.59 266.46"),
        ),
    ] {
        let path = printed(name, words);
        let pages = if words.is_empty() { 12 } else { 108 };
        let last = pages.to_string();
        let info = run("pdfinfo", &["-box", "-f", "1", "-l", &last, path.to_str().unwrap()]);
        let info: Vec<String> = info
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        for (kind, wanted) in [
            ("MediaBox", Some(&*format!("0.00 0.00 {media}"))),
            ("TrimBox", trim),
            ("BleedBox", bleed),
        ] {
            let boxes: Vec<&String> = info.iter().filter(|line| line.contains(kind)).collect();
            assert_eq!(boxes.len(), pages, "{kind}: {info:?}");
            if let Some(wanted) = wanted {
                assert!(boxes.iter().all(|line| line.ends_with(wanted)), "{wanted}: {boxes:?}");
            }
        }
    }
}

#[test]
#[ignore = "needs poppler and qpdf"]
fn printed_decks_are_sound_and_hold_their_fonts() {
    for (name, words) in [
        ("sound-home.pdf", &[][..]),
        ("sound-press.pdf", &["--for", "press"]),
        ("sound-copyshop.pdf", &["--for", "copyshop"]),
    ] {
        let path = printed(name, words);
        let fonts = run("pdffonts", &[path.to_str().unwrap()]);
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!rows.is_empty() && rows.iter().all(|row| row.contains("yes yes yes")), "{fonts}");
        let report = run("qpdf", &["--check", path.to_str().unwrap()]);
        assert!(report.contains("No syntax or stream encoding errors"), "{report}");
    }
}

#[test]
#[ignore = "needs Ghostscript"]
fn press_pages_are_on_process_plates() {
    for (name, words) in [
        ("plates-press.pdf", &["--for", "press"][..]),
        ("plates-cmyk.pdf", &["--colour", "cmyk", "--back", "ground"]),
    ] {
        let (_, inks) = plates(&printed(name, words), 2);
        // A ground has little or no black; its three inks must be there.
        for (plate, ink) in ["cyan", "magenta", "yellow"].iter().enumerate() {
            let strongest = inks.iter().map(|inks| inks[plate]).max().unwrap();
            assert!(strongest > 12, "{name}, {ink}: {strongest} of 255");
        }
    }
}

#[test]
#[ignore = "needs mutool"]
fn the_pdf_and_the_png_painter_draw_the_same_sheet() {
    let path = printed("agree.pdf", &[]);
    let theirs = path.with_file_name("agree-mupdf.png");
    let output = theirs.to_str().unwrap();
    run("mutool", &["draw", "-q", "-r", "150", "-o", output, path.to_str().unwrap(), "1"]);
    let ours = printed("agree.png", &["--dpi", "150"]).with_file_name("agree-001-front.png");
    let [theirs, ours] = [theirs, ours].map(|path| image::open(path).unwrap().to_luma8());
    assert!(
        theirs.width().abs_diff(ours.width()) <= 1 && theirs.height().abs_diff(ours.height()) <= 1
    );
    let (width, height) = (ours.width().min(theirs.width()), ours.height().min(theirs.height()));
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let apart = pixels
        .filter(|&(x, y)| theirs.get_pixel(x, y).0[0].abs_diff(ours.get_pixel(x, y).0[0]) > 64);
    let share = apart.count() as f64 / f64::from(width * height);
    // The page is no whole number of pixels, so edges differ; a word out of place is more.
    assert!(share < 0.01, "{share}");
}
