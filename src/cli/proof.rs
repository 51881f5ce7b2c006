//! `deckle show -o`: a contact sheet, many small cards to a page, to read a deck on paper.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::font::FontStore;
use crate::length::{Length, Point, Rect, Size};
use crate::paint::pdf::{Inventory, PdfError, PdfOptions, PdfPainter};
use crate::paint::png::{self, PngOptions};
use crate::paint::svg::{self, SvgOptions};
use crate::problem::Diagnostic;
use crate::run::{self, Backs, Run, RunRequest};
use crate::scene::{Group, Ink, Item, Page, Path as Outline, Scene, Shape, Stroke, Transform};
use crate::typeset::chart::Look;
use crate::typeset::chart::inks;
use crate::typeset::chart::lettering::PlainLetterer;
use crate::typeset::chart::sea::{BackSpec, BackStyle, back};
use crate::{impose, impose::Side};

use super::check::counted;
use super::failure::Failure;
use super::output::{self, Staged};
use super::print::Format;
use super::sources::Decks;
use super::{Terminal, locale, print};

/// How many cards stand side by side.
const COLUMNS: usize = 4;
/// How large a card is on the contact sheet.
const SHRUNK: f64 = 0.7;
/// The space between cards, and around them.
const GAP: Length = Length::mm(4.0);

/// Draws every card of the decks, and the back after the last.
pub fn proof(decks: &Decks, place: &Path, force: bool, terminal: &Terminal) -> Result<(), Failure> {
    let format = Format::of(place)?;
    let fonts = FontStore::bundled();
    let (catalogues, _) = print::read_catalogues()?;
    let look = Look::default();
    let picks = run::all_cards(&decks.decks);
    let paper =
        catalogues.paper(locale::usual_paper()).map_err(|problem| Failure::usage(*problem))?;
    let card = catalogues.size("poker").map_err(|problem| Failure::usage(*problem))?;
    let sheet = impose::SheetRequest::new(impose::Purpose::Home, card, paper.clone())
        .resolve(&catalogues.papers)
        .map_err(Failure::unmet)?;
    let meta = &decks.decks[0].meta;
    let spec = BackSpec {
        trim: look.trim,
        bleed: Length::ZERO,
        title: &meta.title,
        subtitle: meta.subtitle.as_deref(),
        style: BackStyle::Home { ink: inks::DEEP },
        one_ink: false,
    };
    let back = Arc::new(back(&spec, &PlainLetterer { fonts: &fonts }));
    let request = RunRequest {
        decks: &decks.decks,
        picks: &picks,
        blanks: 0,
        look,
        sheet,
        backs: Backs::Same(back.clone()),
        title: &meta.title,
    };
    let run = Run::new(&fonts, request).map_err(Failure::unmet)?;
    let pages = pages(&run, &back, paper.size, look.trim);
    let places = places(format, place, pages.len());
    for place in places.iter().filter(|place| *place != Path::new("-")) {
        output::allow(place, &decks.files(), force)?;
    }
    paint(&pages, &fonts, format, &places, &meta.title)?;
    terminal.tell(&decks.notices);
    let (cards, count) = (picks.len(), pages.len());
    let (cards, pages) = (counted(cards, "card"), counted(count, "page"));
    terminal.say(&format!("{cards} and the back on {pages}, at 70 % of their size"));
    match &places[..] {
        [one] if one == Path::new("-") => {}
        [one] => terminal.say(&format!("wrote {}", one.display())),
        _ => terminal.say(&format!("wrote {count} files from {}", places[0].display())),
    }
    Ok(())
}

/// Lays the cards out in rows.
fn pages(run: &Run, back: &Arc<Scene>, paper: Size, trim: Size) -> Vec<Page> {
    let cell = Size::new(trim.width.scaled(SHRUNK) + GAP, trim.height.scaled(SHRUNK) + GAP);
    let rows = ((paper.height - GAP * 2).times(cell.height) as usize).max(1);
    let left = (paper.width - cell.width * COLUMNS as i64 + GAP) / 2;
    let top = (paper.height - cell.height * rows as i64 + GAP) / 2;
    let faces: Vec<Arc<Scene>> =
        (0..run.count()).map(|at| run.face(at, Side::Recto)).chain([back.clone()]).collect();
    let page = |faces: &[Arc<Scene>]| {
        let mut scene = Scene::default();
        for (at, face) in faces.iter().enumerate() {
            let (column, row) = ((at % COLUMNS) as i64, (at / COLUMNS) as i64);
            let origin = Point::new(left + cell.width * column, top + cell.height * row);
            scene.items.extend(card(face, trim, origin));
        }
        let area = Rect::new(Point::ORIGIN, paper);
        Page { size: paper, trim: area, bleed: area, scene, bookmarks: Vec::new() }
    };
    faces.chunks(COLUMNS * rows).map(page).collect()
}

/// Returns a small card with its outline.
fn card(face: &Arc<Scene>, trim: Size, origin: Point) -> [Item; 2] {
    let edge = Rect::new(Point::ORIGIN, trim);
    let group =
        Group { clip: Some(edge), ..Group::new(face.clone(), Transform::scaled(SHRUNK, origin)) };
    let small = Rect::new(origin, Size::new(trim.width.scaled(SHRUNK), trim.height.scaled(SHRUNK)));
    let outline = Outline::rounded_rect(small, Length::mm(3.0).scaled(SHRUNK));
    let hairline = Stroke::new(Ink::new([170; 3], [0, 0, 0, 33]), Length::pt(0.25));
    [Item::Group(group), Item::Shape(Shape::stroked(outline, hairline))]
}

fn places(format: Format, place: &Path, pages: usize) -> Vec<PathBuf> {
    if format == Format::Pdf || pages == 1 {
        return vec![place.to_owned()];
    }
    let stem = place.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = place.extension().unwrap_or_default().to_string_lossy().into_owned();
    (1..=pages).map(|page| place.with_file_name(format!("{stem}-{page:03}.{ending}"))).collect()
}

fn write_pdf<W: Write>(
    out: W,
    pages: &[Page],
    fonts: &FontStore,
    title: &str,
) -> Result<W, PdfError> {
    let mut inventory = Inventory::new();
    pages.iter().for_each(|page| inventory.note(&page.scene));
    let options = PdfOptions { title: title.into(), ..PdfOptions::default() };
    let mut painter = PdfPainter::begin(out, inventory, fonts, &options)?;
    let encoder = painter.encoder();
    for page in pages {
        painter.push(encoder.encode(page)?)?;
    }
    Ok(painter.finish()?)
}

fn paint(
    pages: &[Page],
    fonts: &FontStore,
    format: Format,
    places: &[PathBuf],
    title: &str,
) -> Result<(), Failure> {
    if format == Format::Pdf {
        let write = || -> Result<(), PdfError> {
            if places[0] == Path::new("-") {
                return Ok(write_pdf(output::standard()?, pages, fonts, title)?.flush()?);
            }
            Ok(write_pdf(Staged::new(&places[0])?, pages, fonts, title)?.finish()?)
        };
        return print::closed_pipe_is_fine(write()).map_err(|error| match error {
            PdfError::Io(error) => Failure::writing(&places[0], &error),
            error => Failure::unmet(vec![Diagnostic::error("pdf", error.to_string())]),
        });
    }
    for (page, place) in pages.iter().zip(places) {
        let mut picture = Vec::new();
        if format == Format::Png {
            let options = PngOptions { dpi: 200.0, ..PngOptions::default() };
            png::paint(page, fonts, &options, &mut picture).map_err(|error| {
                Failure::unmet(vec![Diagnostic::error("png", error.to_string())])
            })?;
        } else {
            let options = SvgOptions { title: Some(title.into()) };
            svg::paint(page, fonts, &options, &mut picture)
                .map_err(|error| Failure::writing(place, &error))?;
        }
        let mut staged = Staged::new(place).map_err(|error| Failure::writing(place, &error))?;
        staged
            .write_all(&picture)
            .and_then(|()| staged.finish())
            .map_err(|error| Failure::writing(place, &error))?;
    }
    Ok(())
}
