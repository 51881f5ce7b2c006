//! The theme as people see it: every kind of card, and the back, laid beside the reference.

#[path = "common/golden.rs"]
#[allow(dead_code)]
mod golden;

use std::sync::Arc;

use deckle::deck::{self, Deck, Kind, Source, builtin};
use deckle::font::FontStore;
use deckle::impose::{
    Catalogues, Imposer, Job, MarkStyle, Purpose, Register, SheetRequest, SheetSpec, Side,
};
use deckle::length::{Length, Point, Rect, Size};
use deckle::paint::pdf::{Inventory, PdfOptions, PdfPainter};
use deckle::paint::png::{self, PngOptions};
use deckle::paint::svg::{self, SvgOptions};
use deckle::run::{self, Backs, Run, RunRequest};
use deckle::scene::{Page, Scene};
use deckle::typeset::chart::lettering::PlainLetterer;
use deckle::typeset::chart::sea::{BackSpec, BackStyle, back};
use deckle::typeset::chart::{Chart, Corner, Look, inks};
use image::{RgbImage, imageops};

const POKER: Size = Size::mm(63.0, 88.0);

/// The cards drawn in the design, one of each kind.
const TABLE: &str = "\
category,depth,kind,prompt,follow_up,minutes,id
Depths,,open,Begin where you can stand.,,,a
How to play,,rule,\"Ask, listen, swap.
One reads and answers. The other listens.
The listener then follows the line under the water. Swap.
Start at one ring. Go deeper only when both of you nod.
Set aside what is not for tonight. It will keep.\",\"Anyone may pass, at any time.\",,b
Pause,,pause,\"Put the cards down. Seven slow breaths, eyes open or closed.\",\"Go on, go lighter, or stop: all three are good.\",,c
Before you stop,,close,What will you carry out of this room from what you heard?,\"One sentence each, then cards down.\",,d
meaning,5,,What are you afraid would change between us if I knew it?,Thank them before you answer.,,e
appreciation,2,finish,Something you did this month that I never thanked you for is…,\"Just take it in. No \"\"but\"\", no joke.\",,f
affection,3,exercise,\"Sit back to back, lean in, and breathe together until one of you wants to laugh.\",,\"3, then swap sides\",g
repair,4,script,\"When…
I felt…
I want…\",Say it back before you reply.,,h
";

fn read(text: &str) -> Deck {
    let bytes = text.as_bytes().into();
    let source = Source { name: "drawn.csv", bytes, meta: None, stem: "drawn" };
    let loaded = deck::read(source);
    loaded.deck.unwrap_or_else(|| panic!("{:?}", loaded.problems))
}

fn face(scene: Scene, size: Size) -> Page {
    let area = Rect::new(Point::ORIGIN, size);
    Page { size, trim: area, bleed: area, scene, bookmarks: Vec::new() }
}

fn pixels(page: &Page, fonts: &FontStore, dpi: f64) -> RgbImage {
    png::draw(page, fonts, &PngOptions { dpi, ..PngOptions::default() }).expect("painted")
}

fn fronts(look: Look, size: Size) -> Vec<(Kind, RgbImage)> {
    let fonts = FontStore::bundled();
    let deck = read(TABLE);
    let mut chart = Chart::new(&fonts, look);
    let texts: Vec<_> = deck.cards.iter().map(|card| chart.prepare(&deck, card)).collect();
    let drawn = deck.cards.iter().zip(&texts).map(|(card, text)| {
        let setting = chart.fit(text).expect("it fits");
        let scene = chart.front(text, &setting, Corner { code: "7DRK", pack: None });
        (card.kind, pixels(&face(scene, size), &fonts, 72.0))
    });
    drawn.collect()
}

#[test]
fn every_kind_of_card_looks_as_it_did() {
    for (kind, picture) in fronts(Look::default(), POKER) {
        golden::check(&format!("chart-{kind}"), &picture);
    }
}

#[test]
fn ink_savers_large_print_and_other_sizes_look_as_they_did() {
    let saver = Look { ink_saver: true, ..Look::default() };
    golden::check("chart-ink-saver", &fronts(saver, POKER)[4].1);
    let large = Look { large_print: true, ..Look::default() };
    golden::check("chart-large-print", &fronts(large, POKER)[4].1);
    let tarot = Size::mm(70.0, 120.0);
    golden::check("chart-tarot", &fronts(Look { trim: tarot, ..Look::default() }, tarot)[4].1);
    let grey = Look { one_ink: true, ..Look::default() };
    golden::check("chart-one-ink", &fronts(grey, POKER)[4].1);
}

fn sea(fonts: &FontStore, style: BackStyle) -> Scene {
    let spec = BackSpec {
        trim: POKER,
        bleed: Length::mm(3.0),
        title: "Intimacy",
        subtitle: Some("For two"),
        logo: None,
        style,
        one_ink: false,
    };
    back(&spec, &PlainLetterer { fonts })
}

#[test]
fn the_backs_look_as_they_did() {
    let fonts = FontStore::bundled();
    let line = sea(&fonts, BackStyle::Home { ink: inks::DEEP });
    golden::check("chart-back-home", &pixels(&face(line, POKER), &fonts, 50.0));
    let ground = sea(&fonts, BackStyle::Press);
    golden::check("chart-back-press", &pixels(&face(ground, POKER), &fonts, 50.0));
}

fn home_sheet() -> SheetSpec {
    let catalogues = Catalogues::bundled();
    let card = catalogues.size("poker").expect("known");
    let paper = catalogues.paper("a4").expect("known");
    let mut request = SheetRequest::new(Purpose::Home, card, paper);
    request.marks = Some(MarkStyle::Corners);
    request.resolve(&catalogues.papers).expect("it fits")
}

/// The first sheet of the built-in deck, both sides.
fn with_first_sheet(test: impl Fn(&FontStore, &Run, [&Page; 2])) {
    let fonts = FontStore::bundled();
    let deck = deck::read(builtin::find("intimacy").expect("built in").source());
    let decks = [deck.deck.expect("sound")];
    let picks = deck::all_cards(&decks);
    let back = sea(&fonts, BackStyle::Home { ink: inks::DEEP });
    let request = RunRequest {
        decks: &decks,
        picks: &picks,
        blanks: 0,
        look: Look::default(),
        sheet: home_sheet(),
        backs: Backs::Same(Arc::new(back)),
        register: Register::default(),
        title: "Intimacy",
    };
    let run = Run::new(&fonts, request).expect("every card fits");
    let text = run::slug_setter(&fonts);
    let sheets = run.sheets(&text);
    let pages = [Side::Recto, Side::Verso].map(|side| sheets.page(0, side));
    test(&fonts, &run, [&pages[0], &pages[1]]);
}

fn pdf_of(pages: [&Page; 2], fonts: &FontStore) -> Vec<u8> {
    let mut inventory = Inventory::new();
    pages.iter().for_each(|page| inventory.note(&page.scene));
    let mut painter =
        PdfPainter::begin(Vec::new(), inventory, fonts, &PdfOptions::default()).expect("begun");
    let encoder = painter.encoder();
    for page in pages {
        painter.push(encoder.encode(page).expect("encoded")).expect("written");
    }
    painter.finish().expect("finished")
}

/// Draws a page of a PDF by another program's eye.
fn rasterised(pdf: Vec<u8>, page: usize, dpi: f32) -> RgbImage {
    let pdf = hayro::hayro_syntax::Pdf::new(pdf).expect("a PDF");
    let settings = hayro::RenderSettings::default();
    let pages = Some(page..=page);
    let mut maps =
        hayro::render_pdf(&pdf, dpi / 72.0, Default::default(), &settings, pages).expect("drawn");
    let map = maps.remove(0);
    RgbImage::from_fn(map.width().into(), map.height().into(), |x, y| {
        let pixel = map.sample(x as u16, y as u16);
        image::Rgb([pixel.r, pixel.g, pixel.b])
    })
}

fn svg_rasterised(page: &Page, fonts: &FontStore, size: (u32, u32)) -> RgbImage {
    let mut text = Vec::new();
    svg::paint(page, fonts, &SvgOptions::default(), &mut text).expect("painted");
    let tree = resvg::usvg::Tree::from_data(&text, &Default::default()).expect("an SVG");
    let mut map = resvg::tiny_skia::Pixmap::new(size.0, size.1).expect("room");
    map.fill(resvg::tiny_skia::Color::WHITE);
    let scale = size.0 as f32 / tree.size().width();
    let scale = resvg::tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, scale, &mut map.as_mut());
    RgbImage::from_fn(size.0, size.1, |x, y| {
        let pixel = map.pixel(x, y).expect("inside").demultiply();
        image::Rgb([pixel.red(), pixel.green(), pixel.blue()])
    })
}

/// Cuts both pictures to the size that they share: renderers round a page's edge differently.
fn same_size(one: &RgbImage, other: &RgbImage) -> [RgbImage; 2] {
    let (width, height) = (one.width().min(other.width()), one.height().min(other.height()));
    [one, other].map(|p| imageops::crop_imm(p, 0, 0, width, height).to_image())
}

/// 5 dots to the millimetre: an A4 page is a whole number of them, and no renderer rounds.
const WHOLE_DPI: f64 = 127.0;

/// Measures how far two renderings are apart once squares of 4 × 4 dots are averaged: each renderer
/// smooths edges in its own way, and rounds a page by up to a dot.
fn apart(one: &RgbImage, other: &RgbImage) -> golden::Difference {
    let [one, other] = [one, other].map(|p| imageops::thumbnail(p, p.width() / 4, p.height() / 4));
    golden::difference(&one, &other, 24)
}

fn agree(difference: golden::Difference) -> bool {
    difference.mean < 3.0 && difference.share < 0.03
}

#[test]
fn the_three_painters_agree_on_a_real_sheet() {
    with_first_sheet(|fonts, _, pages| {
        let pdf = pdf_of(pages, fonts);
        for (at, page) in pages.into_iter().enumerate() {
            let png = pixels(page, fonts, WHOLE_DPI);
            let svg = svg_rasterised(page, fonts, png.dimensions());
            let pdf = rasterised(pdf.clone(), at, WHOLE_DPI as f32);
            for (name, other) in [("pdf", &pdf), ("svg", &svg)] {
                let [png, other] = same_size(&png, other);
                let difference = apart(&png, &other);
                let shown = || golden::show(&format!("agree-{name}-{at}"), &png, &other);
                assert!(
                    agree(difference),
                    "{name}, page {at}: {difference}, see {}",
                    shown().display()
                );
                let moved = imageops::crop_imm(&other, 2, 0, other.width() - 2, other.height());
                let [png, moved] = same_size(&png, &moved.to_image());
                assert!(!agree(apart(&png, &moved)), "0.4 mm would go unseen");
            }
        }
    });
}

#[test]
fn every_card_of_the_built_in_deck_is_large_enough_to_read() {
    with_first_sheet(|_, run, _| {
        assert_eq!(run.count(), 104);
        assert!(run.sizes().keys().all(|size| size.0 >= Length::pt(9.5)));
    });
}

#[test]
fn a_sheet_can_be_made_from_any_thread_in_any_order() {
    with_first_sheet(|fonts, run, pages| {
        let text = run::slug_setter(fonts);
        let sheets = run.sheets(&text);
        let later = std::thread::scope(|scope| {
            let made = scope.spawn(|| sheets.page(5, Side::Verso));
            made.join().expect("made")
        });
        assert_eq!(later.trim, pages[1].trim);
        assert_eq!(sheets.page(0, Side::Recto).scene, pages[0].scene);
        let (title, register) = ("Intimacy", Register::default());
        let job = Job { count: run.count(), title, digest: run.digest(), text: &text, register };
        assert_eq!(Imposer::new(&home_sheet(), job).plan().sheets(), sheets.count());
    });
}
