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
    let picture = path.with_extension("pam");
    let output = format!("-sOutputFile={}", picture.display());
    let usual = ["-q", "-dNOPAUSE", "-dBATCH", "-dLastPage=1", "-r72", "-sDEVICE=pamcmyk32"];
    let arguments: Vec<&str> =
        usual.into_iter().chain([&output[..], path.to_str().unwrap()]).collect();
    run("gs", &arguments);
    let (width, inks) = read_pam(&std::fs::read(&picture).unwrap());
    // The end of a mark at x = 10.5 mm, 12 mm under the edge, in pixels of a point.
    let places = (31..37).flat_map(|y| (28..31).map(move |x| (x, y)));
    let pixels: Vec<[u8; 4]> = places.map(|(x, y)| inks[y * width + x]).collect();
    for (plate, name) in ["cyan", "magenta", "yellow", "black"].iter().enumerate() {
        let strongest = pixels.iter().map(|inks| inks[plate]).max().unwrap();
        assert!(strongest > 25, "{name}: {strongest} of 255");
    }
}

/// Returns how many pixels stand in a row, and the four inks of each, of a file in the PAM format.
fn read_pam(file: &[u8]) -> (usize, Vec<[u8; 4]>) {
    const END: &[u8] = b"ENDHDR\n";
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
