//! `deckle show -o`: a contact sheet, many small cards to a page, to read a deck on paper.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::deck;
use crate::font::FontStore;
use crate::length::{Length, Point, Rect, Size};
use crate::paint::pdf::PdfOptions;
use crate::paint::png::PngOptions;
use crate::problem::counted;
use crate::run::{Run, RunRequest};
use crate::scene::{Group, Ink, Item, Page, Path as Outline, Scene, Shape, Stroke, Transform};
use crate::typeset::chart::Look;
use crate::{impose, impose::Side};

use super::backs::{BackChoice, BackRequest};
use super::failure::Failure;
use super::painting::{Format, MadePages, Pages, Painting};
use super::sources::Decks;
use super::{Terminal, locale, output, print};

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
    let picks = deck::all_cards(&decks.decks);
    let paper =
        catalogues.paper(locale::usual_paper()).map_err(|problem| Failure::usage(*problem))?;
    let card = catalogues.size("poker").map_err(|problem| Failure::usage(*problem))?;
    let sheet = impose::SheetRequest::new(impose::Purpose::Home, card, paper.clone())
        .resolve(&catalogues.papers)
        .map_err(Failure::unmet)?;
    let deck = &decks.decks[0];
    let made = BackRequest {
        choice: &BackChoice::of_deck(deck, BackChoice::Line),
        deck,
        trim: look.trim,
        bleed: Length::ZERO,
        grey: false,
    }
    .make(&fonts)?;
    let request = RunRequest {
        decks: &decks.decks,
        picks: &picks,
        blanks: 0,
        look,
        sheet,
        backs: made.backs,
        register: impose::Register::default(),
        title: &deck.meta.title,
    };
    let run = Run::new(&fonts, request).map_err(Failure::unmet)?;
    let pages = MadePages { pages: pages(&run, paper.size, look.trim), digits: 3 };
    let painting = Painting {
        pages: &pages,
        fonts: &fonts,
        pdf: PdfOptions { title: deck.meta.title.clone(), ..PdfOptions::default() },
        png: PngOptions { dpi: 200.0, ..PngOptions::default() },
        progress: terminal.is_person,
    };
    let inputs: Vec<PathBuf> = decks.files().into_iter().chain(made.files).collect();
    for place in painting.places(format, place) {
        output::allow(&place, &inputs, force)?;
    }
    let files = painting.paint(format, place)?;
    terminal.tell(&decks.notices.iter().cloned().chain(made.notes).collect::<Vec<_>>());
    let (cards, pages) = (counted(picks.len(), "card"), counted(pages.count(), "page"));
    terminal.say(&format!("{cards} and the back on {pages}, at 70 % of their size"));
    terminal.say_wrote(&files);
    Ok(())
}

/// Lays the cards out in rows.
fn pages(run: &Run, paper: Size, trim: Size) -> Vec<Page> {
    let cell = Size::new(trim.width.scaled(SHRUNK) + GAP, trim.height.scaled(SHRUNK) + GAP);
    let rows = ((paper.height - GAP * 2).times(cell.height) as usize).max(1);
    let left = (paper.width - cell.width * COLUMNS as i64 + GAP) / 2;
    let top = (paper.height - cell.height * rows as i64 + GAP) / 2;
    let fronts = (0..run.count()).map(|at| run.face(at, Side::Recto));
    let faces: Vec<Arc<Scene>> = fronts.chain([run.face(0, Side::Verso)]).collect();
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
