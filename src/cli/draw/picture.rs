//! A drawn card as a picture to send.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::failure::Failure;
use crate::cli::painting::{Format, MadePages, Painting, numbered};
use crate::cli::{Terminal, locale, output, print};
use crate::deck::{Deck, Pick};
use crate::font::FontStore;
use crate::impose::{self, Side};
use crate::length::{Length, Point, Rect, Size};
use crate::paint::pdf::PdfOptions;
use crate::paint::png::PngOptions;
use crate::run::{Backs, Run, RunRequest};
use crate::scene::{Group, Ink, Item, Page, Path as Outline, Scene, Shape, Transform};
use crate::typeset::chart::Look;

/// What lies around the card.
const TABLE: Ink = Ink::new([0xE4, 0xE9, 0xEA], [8, 3, 4, 4]);

/// How far the table is seen around the card.
const MARGIN: Length = Length::mm(6.0);

/// Refuses a place for `count` cards before any of them is drawn.
pub fn check(place: &Path, count: usize, force: bool) -> Result<(), Failure> {
    let format = Format::of(place)?;
    let stem = place.file_stem().unwrap_or_default().to_string_lossy();
    let ending = place.extension().unwrap_or_default().to_string_lossy();
    let pictures = if format == Format::Pdf { 1 } else { count };
    let name = |at| place.with_file_name(format!("{stem}{}.{ending}", numbered(pictures, 1, at)));
    let files = (place != Path::new("-")).then(|| (0..pictures).map(name));
    files.into_iter().flatten().try_for_each(|file| output::allow(&file, &[], force))
}

/// Refuses cards that no picture can be made of.
pub fn try_on(decks: &[Deck], picks: &[Pick]) -> Result<(), Failure> {
    let (fonts, _) = print::load_fonts(decks, &[])?;
    run(decks, picks, &fonts).map(drop)
}

/// Writes each card as a page or a picture of its own, and returns the files.
pub fn write(
    decks: &[Deck],
    picks: &[Pick],
    place: &Path,
    force: bool,
    terminal: &Terminal,
) -> Result<Vec<PathBuf>, Failure> {
    let format = Format::of(place)?;
    let (fonts, _) = print::load_fonts(decks, &[])?;
    let run = run(decks, picks, &fonts)?;
    let trim = Look::default().trim;
    let pages = (0..run.count()).map(|at| page(&run.face(at, Side::Recto), trim)).collect();
    let pages = MadePages { pages, digits: 1 };
    let painting = Painting {
        pages: &pages,
        fonts: &fonts,
        pdf: PdfOptions { title: title(decks, picks).to_owned(), ..PdfOptions::default() },
        png: PngOptions { dpi: 400.0, ..PngOptions::default() },
        progress: terminal.is_person,
    };
    for place in painting.places(format, place) {
        output::allow(&place, &[], force)?;
    }
    painting.paint(format, place)
}

/// Sets the type of the cards.
fn run<'a>(decks: &'a [Deck], picks: &'a [Pick], fonts: &'a FontStore) -> Result<Run<'a>, Failure> {
    let (catalogues, _) = print::read_catalogues()?;
    let named = |found: Result<_, Box<_>>| found.map_err(|problem| Failure::usage(*problem));
    let card = named(catalogues.size("poker"))?;
    let paper = named(catalogues.paper(locale::usual_paper()))?;
    let sheet = impose::SheetRequest::new(impose::Purpose::Home, card, paper)
        .resolve(&catalogues.papers)
        .map_err(Failure::unmet)?;
    let request = RunRequest {
        decks,
        picks,
        blanks: 0,
        look: Look::default(),
        sheet,
        backs: Backs::Same(Arc::new(Scene::default())),
        register: impose::Register::default(),
        title: title(decks, picks),
    };
    Run::new(fonts, request).map_err(|mut problems| {
        let help = "without -o the card comes in words";
        problems.iter_mut().for_each(|problem| problem.help = Some(help.to_owned()));
        Failure::unmet(problems)
    })
}

fn title<'a>(decks: &'a [Deck], picks: &[Pick]) -> &'a str {
    picks.first().map_or("", |pick| &pick.of(decks).0.meta.title)
}

/// Lays a card on a table.
fn page(face: &Arc<Scene>, trim: Size) -> Page {
    let size = Size::new(trim.width + MARGIN * 2, trim.height + MARGIN * 2);
    let origin = Point::new(MARGIN, MARGIN);
    let [area, card] = [Rect::new(Point::ORIGIN, size), Rect::new(origin, trim)];
    let paper = Outline::rounded_rect(card, Length::mm(3.0));
    let mut scene = Scene::default();
    scene.items.push(Item::Shape(Shape::filled(Outline::rect(area), TABLE)));
    scene.items.push(Item::Shape(Shape::filled(paper, Ink::PAPER)));
    let edge = Rect::new(Point::ORIGIN, trim);
    let face = Group::new(face.clone(), Transform::scaled(1.0, origin));
    scene.items.push(Item::Group(Group { clip: Some(edge), ..face }));
    Page { size, trim: card, bleed: area, scene, bookmarks: Vec::new() }
}
