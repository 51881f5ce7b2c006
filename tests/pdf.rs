//! PDFs read back: by objects with lopdf, by pixels with hayro.

mod shaped;

use std::sync::Arc;

use deckle::font::{FontStore, Role};
use deckle::length::{Length, Point, Rect, Size};
use deckle::paint::pdf::{Colour, Duplex, Inventory, PdfError, PdfOptions, PdfPainter};
use deckle::scene::{
    Bitmap, Bookmark, Group, Ink, Item, Page, Path, Picture, Scene, Shape, Stroke, Transform,
};
use lopdf::{Dictionary, Document, Object};
use rayon::prelude::*;
use shaped::{A4, Deck, POKER, Setter, TEAL, page, placed};

fn painted(fonts: &FontStore, pages: &[Page], options: &PdfOptions) -> Vec<u8> {
    let mut inventory = Inventory::new();
    pages.iter().for_each(|page| inventory.note(&page.scene));
    let mut painter = PdfPainter::begin(Vec::new(), inventory, fonts, options).unwrap();
    let encoder = painter.encoder();
    for page in pages {
        painter.push(encoder.encode(page).unwrap()).unwrap();
    }
    painter.finish().unwrap()
}

fn read(pages: &[Page], options: &PdfOptions) -> Document {
    Document::load_mem(&painted(&FontStore::bundled(), pages, options)).unwrap()
}

fn sheets(count: usize, options: &PdfOptions) -> Document {
    let fonts = FontStore::bundled();
    let deck = Deck::new(&fonts);
    let pages: Vec<Page> = (0..count).flat_map(|sheet| deck.sheets(sheet * 9)).collect();
    Document::load_mem(&painted(&fonts, &pages, options)).unwrap()
}

/// The content of page `number`, counted from 1, with every byte as the character of its code.
fn content(document: &Document, number: u32) -> String {
    let page = document.get_pages()[&number];
    document.get_page_content(page).into_iter().map(char::from).collect()
}

fn entry<'a>(document: &'a Document, from: &'a Dictionary, key: &str) -> &'a Object {
    document.dereference(from.get(key.as_bytes()).expect(key)).unwrap().1
}

fn dictionary<'a>(document: &'a Document, from: &'a Dictionary, key: &str) -> &'a Dictionary {
    entry(document, from, key).as_dict().unwrap()
}

fn words(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

fn streams<'a>(document: &'a Document, subtype: &[u8]) -> Vec<&'a lopdf::Stream> {
    let all = document.objects.values().filter_map(|object| object.as_stream().ok());
    let is = |stream: &&lopdf::Stream| {
        stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == subtype)
    };
    all.filter(is).collect()
}

fn of(items: Vec<Item>) -> Scene {
    Scene { items, ..Scene::default() }
}

fn filled(area: Rect, ink: Ink) -> Item {
    Item::Shape(Shape::filled(Path::rect(area), ink))
}

#[test]
fn every_page_has_its_four_boxes() {
    let document = read(&vec![page(A4, Scene::default()); 3], &PdfOptions::default());
    assert_eq!(document.get_pages().len(), 3);
    for (_, id) in document.get_pages() {
        let page = document.get_dictionary(id).unwrap();
        let edges = |name: &str| -> Vec<f64> {
            let edges = page.get(name.as_bytes()).unwrap().as_array().unwrap();
            edges.iter().map(|edge| f64::from(edge.as_float().unwrap())).collect()
        };
        let inset = |mm: f64| {
            let (inset, size) = (Length::mm(mm).to_pt(), [A4.width.to_pt(), A4.height.to_pt()]);
            [inset, inset, size[0] - inset, size[1] - inset]
        };
        for (name, mm) in [("MediaBox", 0.0), ("CropBox", 0.0), ("BleedBox", 5.0), ("TrimBox", 8.0)]
        {
            for (edge, expected) in edges(name).into_iter().zip(inset(mm)) {
                assert!((edge - expected).abs() < 0.001, "{name}: {edge} is not {expected}");
            }
        }
    }
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let paint = || {
        let fonts = FontStore::bundled();
        let deck = Deck::new(&fonts);
        let pages: Vec<Page> = (0..4).flat_map(|sheet| deck.sheets(sheet * 9)).collect();
        painted(&fonts, &pages, &PdfOptions::default())
    };
    assert!(paint() == paint());
}

#[test]
fn threads_do_not_change_the_bytes() {
    let fonts = FontStore::bundled();
    let deck = Deck::new(&fonts);
    let pages: Vec<Page> = (0..8).flat_map(|sheet| deck.sheets(sheet * 9)).collect();
    let halves = pages.split_at(pages.len() / 2);
    let note = |pages: &[Page]| {
        let mut inventory = Inventory::new();
        pages.iter().for_each(|page| inventory.note(&page.scene));
        inventory
    };
    let (mut first, second) = rayon::join(|| note(halves.0), || note(halves.1));
    first.merge(second);
    let options = PdfOptions::default();
    let mut painter = PdfPainter::begin(Vec::new(), first, &fonts, &options).unwrap();
    let encoder = painter.encoder();
    let encoded: Vec<_> = pages.par_iter().map(|page| encoder.encode(page).unwrap()).collect();
    encoded.into_iter().for_each(|page| painter.push(page).unwrap());
    assert!(painter.finish().unwrap() == painted(&fonts, &pages, &options));
}

#[test]
fn other_content_has_another_name() {
    let id = |count| {
        let document = sheets(count, &PdfOptions::default());
        let names = document.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
        assert_eq!(names.len(), 2);
        names[0].as_str().unwrap().to_vec()
    };
    assert_ne!(id(1), id(2));
}

#[test]
fn words_with_ligatures_come_back() {
    let fonts = FontStore::bundled();
    let mut scene = Scene::default();
    let setter = Setter::new(&fonts, Role::Prompt);
    setter.set(&mut scene, "The office finds difficult waffles", 15.5, Point::mm(20.0, 50.0));
    assert!(scene.glyphs.len() < scene.text.len(), "the font has ligatures");
    let document = read(&[page(A4, scene)], &PdfOptions::default());
    assert!(!content(&document, 1).contains("ActualText"), "ligatures have texts of their own");
    let text = document.extract_text(&[1]).unwrap();
    assert_eq!(text.trim(), "The office finds difficult waffles");
}

#[test]
fn widths_are_those_of_the_font() {
    let fonts = FontStore::bundled();
    let mut scene = Scene::default();
    let letters = "HamburgVonts";
    Setter::new(&fonts, Role::Prompt).set(&mut scene, letters, 12.0, Point::mm(20.0, 20.0));
    let document = read(&[page(A4, scene)], &PdfOptions::default());
    let resources = page_resources(&document, 1);
    let font = dictionary(&document, dictionary(&document, &resources, "Font"), "F0");
    let inner = entry(&document, font, "DescendantFonts").as_array().unwrap()[0].as_reference();
    let inner = document.get_dictionary(inner.unwrap()).unwrap();
    let widths = inner.get(b"W").unwrap().as_array().unwrap()[1].as_array().unwrap();
    let prompt = fonts.get(fonts.chain(Role::Prompt)[0]).shaping();
    let mut glyphs: Vec<_> =
        letters.chars().map(|c| prompt.charmap().map_unicode(c).unwrap()).collect();
    glyphs.push(0_u32.into());
    glyphs.sort();
    let expected: Vec<f32> =
        glyphs.into_iter().map(|glyph| prompt.glyph_metrics().h_advance(glyph)).collect();
    let widths: Vec<f32> = widths.iter().map(|width| width.as_float().unwrap()).collect();
    assert_eq!(widths, expected);
    assert_eq!(entry(&document, inner, "CIDToGIDMap").as_name().unwrap(), b"Identity");
    let descriptor = dictionary(&document, inner, "FontDescriptor");
    assert_eq!(entry(&document, descriptor, "CapHeight").as_i64().unwrap(), 701);
    assert!(entry(&document, font, "BaseFont").as_name().unwrap().ends_with(b"+Literata-Regular"));
}

fn page_resources(document: &Document, number: u32) -> Dictionary {
    let page = document.get_dictionary(document.get_pages()[&number]).unwrap();
    dictionary(document, page, "Resources").clone()
}

#[test]
fn what_a_glyph_does_not_say_alone_is_said_beside_it() {
    let fonts = FontStore::bundled();
    let setter = Setter::new(&fonts, Role::Prompt);
    let (mut plain, mut other) = (Scene::default(), Scene::default());
    setter.set(&mut plain, "ab", 12.0, Point::mm(20.0, 20.0));
    setter.set(&mut other, "ab", 12.0, Point::mm(20.0, 20.0));
    other.text = "aж".into();
    other.items.iter_mut().for_each(|item| {
        if let Item::Text(text) = item {
            text.text = 0..3;
        }
    });
    let document = read(&[page(A4, plain), page(A4, other)], &PdfOptions::default());
    assert!(!content(&document, 1).contains("Span"));
    let spoken = content(&document, 2);
    assert!(spoken.contains("/Span<</ActualText(\u{FE}\u{FF}\u{4}6)>>BDC"), "{spoken:?}");
    assert_eq!(spoken.matches("BDC").count(), spoken.matches("EMC").count());
}

#[test]
fn reused_scenes_are_written_once_and_named_often() {
    let document = sheets(5, &PdfOptions::default());
    assert_eq!(streams(&document, b"Form").len(), 12 + 1);
    for form in streams(&document, b"Form") {
        assert!(form.dict.has(b"BBox") && form.dict.has(b"Resources"));
    }
    assert_eq!(content(&document, 2).matches(" Do\n").count(), 9);
    let backs: Vec<Object> = (1..=5)
        .map(|sheet| document.get_dictionary(document.get_pages()[&(2 * sheet)]).unwrap())
        .map(|page| page.get(b"Contents").unwrap().clone())
        .collect();
    assert!(backs.iter().all(|back| *back == backs[0]), "backs share their content: {backs:?}");
}

#[test]
fn forms_hold_forms() {
    let inner =
        Arc::new(of(vec![filled(Rect::new(Point::mm(1.0, 1.0), Size::mm(2.0, 2.0)), TEAL)]));
    let outer = Arc::new(of(vec![placed(&inner, Point::mm(3.0, 0.0), true)]));
    let scene = of(vec![placed(&outer, Point::mm(10.0, 10.0), true)]);
    let pixels = Pixels::of(&[page(POKER, scene)]);
    assert_eq!(pixels.at(15.0, 12.0), [0x17, 0x66, 0x7A]);
    assert_eq!(pixels.at(12.0, 12.0), [255; 3]);
}

#[test]
fn pictures_are_written_once_and_jpegs_as_they_are() {
    let rgb: Vec<u8> = (0..16 * 8).flat_map(|n| [255, n as u8, 0]).collect();
    let mut file = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new(&mut file);
    image::ImageEncoder::write_image(encoder, &rgb, 16, 8, image::ExtendedColorType::Rgb8).unwrap();
    let bitmap =
        |jpeg| Arc::new(Bitmap { width: 16, height: 8, rgb: rgb.clone(), alpha: None, jpeg });
    let (plain, jpeg) = (bitmap(None), bitmap(Some(file.clone())));
    let picture = |bitmap: &Arc<Bitmap>, y| {
        let area = Rect::new(Point::mm(5.0, y), Size::mm(20.0, 10.0));
        Item::Image(Picture { bitmap: bitmap.clone(), area })
    };
    let scene = || of(vec![picture(&plain, 5.0), picture(&plain, 20.0), picture(&jpeg, 40.0)]);
    let pages = [page(POKER, scene()), page(POKER, scene())];
    let document = read(&pages, &PdfOptions::default());
    let images = streams(&document, b"Image");
    assert_eq!(images.len(), 2);
    assert!(images.iter().any(|image| image.content == file));
    let other = images.iter().find(|image| image.content != file).unwrap();
    assert_eq!(other.decompressed_content().unwrap(), rgb);
    let pixels = Pixels::of(&pages);
    // The first row is the top one, and green grows from there to the bottom.
    assert!(pixels.at(6.0, 6.0)[1] < 20 && pixels.at(24.0, 14.5)[1] > 100);
    assert_eq!(pixels.at(6.0, 17.0), [255; 3]);
}

#[test]
fn clear_pixels_let_the_ground_through() {
    let bitmap = Arc::new(Bitmap {
        width: 2,
        height: 1,
        rgb: [200, 40, 40].repeat(2),
        alpha: Some(vec![255, 0]),
        jpeg: None,
    });
    let area = Rect::new(Point::mm(5.0, 5.0), Size::mm(20.0, 10.0));
    let scene = of(vec![Item::Image(Picture { bitmap, area })]);
    let pixels = Pixels::of(&[page(POKER, scene)]);
    assert_eq!(pixels.at(7.0, 10.0), [200, 40, 40]);
    assert_eq!(pixels.at(23.0, 10.0), [255; 3]);
}

#[test]
fn pictures_without_hue_take_one_byte_a_pixel() {
    let rgb: Vec<u8> = (0..8).flat_map(|grey| [grey; 3]).collect();
    let bitmap = Arc::new(Bitmap { width: 4, height: 2, rgb, alpha: None, jpeg: None });
    let area = Rect::new(Point::mm(5.0, 5.0), Size::mm(20.0, 10.0));
    let scene = of(vec![Item::Image(Picture { bitmap, area })]);
    let document = read(&[page(POKER, scene)], &PdfOptions::default());
    let images = streams(&document, b"Image");
    let content = images[0].decompressed_content().unwrap();
    assert_eq!(content, (0..8).collect::<Vec<u8>>());
}

#[test]
fn bookmarks_nest_and_hostile_titles_survive() {
    let titles = ["(a) \\ (b", "Über 好 \u{1F30A}", "line\nfeed\u{1}\u{18}", ""];
    let mut pages = vec![page(POKER, Scene::default()); 4];
    for (at, title) in titles.iter().enumerate() {
        let level = [0, 1, 1, 0][at];
        pages[at].bookmarks.push(Bookmark { title: (*title).into(), level });
    }
    let options = PdfOptions { title: titles.concat(), ..PdfOptions::default() };
    let document = read(&pages, &options);
    let info = dictionary(&document, &document.trailer, "Info");
    assert_eq!(words(entry(&document, info, "Title")), titles.concat());
    let outlines = dictionary(&document, document.catalog().unwrap(), "Outlines");
    let first = dictionary(&document, outlines, "First");
    let last = dictionary(&document, outlines, "Last");
    let child = dictionary(&document, first, "First");
    let sibling = dictionary(&document, child, "Next");
    for (item, title) in [first, child, sibling, last].into_iter().zip(titles) {
        assert_eq!(words(item.get(b"Title").unwrap()), title);
    }
    assert_eq!(first.get(b"Next").unwrap(), outlines.get(b"Last").unwrap());
    assert_eq!(first.get(b"Count").unwrap().as_i64().unwrap(), -2);
    let destination = sibling.get(b"Dest").unwrap().as_array().unwrap();
    assert_eq!(destination[0].as_reference().unwrap(), document.get_pages()[&3]);
}

#[test]
fn absurd_numbers_are_still_numbers() {
    let inner = Arc::new(of(vec![filled(Rect::new(Point::ORIGIN, POKER), TEAL)]));
    let twist = |xx, yx| Transform { xx, xy: 0.0, yx, yy: 1e-300, offset: Point::mm(1e9, -1e9) };
    let group = |xx, yx| Item::Group(Group::new(inner.clone(), twist(xx, yx)));
    let stroke = Stroke::new(TEAL, Length::emu(i64::MAX / 4)).dotted(Length::emu(-5));
    let ring = Shape::stroked(Path::circle(Point::ORIGIN, Length::mm(1e9)), stroke);
    let items = vec![group(f64::NAN, 0.0), group(f64::INFINITY, 1e30), Item::Shape(ring)];
    let document = read(&[page(POKER, of(items))], &PdfOptions::default());
    let content = content(&document, 1);
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic() || "*[]/".contains(c));
    for word in content.split_whitespace().filter(|word| !is_word(word)) {
        let number = word.trim_matches(['[', ']']);
        let plain = number.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
        assert!(plain && number.parse::<f64>().is_ok(), "{word} in {content}");
    }
}

#[test]
fn five_thousand_pages_make_a_tree_of_small_branches() {
    let pages = vec![page(POKER, Scene::default()); 5000];
    let document = read(&pages, &PdfOptions::default());
    assert_eq!(document.get_pages().len(), 5000);
    let is = |dictionary: &&Dictionary, name: &[u8]| dictionary.has_type(name);
    let all: Vec<&Dictionary> =
        document.objects.values().filter_map(|object| object.as_dict().ok()).collect();
    let branches: Vec<_> = all.iter().copied().filter(|d| is(d, b"Pages")).collect();
    assert_eq!(branches.len(), 79 + 2 + 1);
    for branch in branches {
        let kids = branch.get(b"Kids").unwrap().as_array().unwrap();
        assert!(kids.len() <= 64);
        for kid in kids {
            let kid = document.get_dictionary(kid.as_reference().unwrap()).unwrap();
            let parent = kid.get(b"Parent").unwrap().as_reference().unwrap();
            assert!(std::ptr::eq(document.get_dictionary(parent).unwrap(), branch));
        }
    }
}

#[test]
fn layers_are_listed_in_order_and_all_of_them_show() {
    let document = sheets(1, &PdfOptions::default());
    let properties = dictionary(&document, document.catalog().unwrap(), "OCProperties");
    let layers = properties.get(b"OCGs").unwrap().as_array().unwrap();
    let name = |layer: &Object| {
        let layer = document.get_dictionary(layer.as_reference().unwrap()).unwrap();
        words(layer.get(b"Name").unwrap())
    };
    assert_eq!(layers.iter().map(name).collect::<Vec<_>>(), ["Artwork", "Marks"]);
    let default = dictionary(&document, properties, "D");
    assert_eq!(default.get(b"ON").unwrap().as_array().unwrap(), layers);
    let content = content(&document, 1);
    assert_eq!(content.matches("/OC /L0 BDC").count(), 1);
    assert_eq!(content.matches("EMC").count(), 2);
}

#[test]
fn a_press_gets_process_colours_and_a_plate_for_marks() {
    let document = sheets(1, &PdfOptions { colour: Colour::Cmyk, ..PdfOptions::default() });
    let content = content(&document, 1);
    assert!(content.contains("/R CS 1 SCN") && content.contains("0 0 0 1 k"), "{content}");
    let spaces = dictionary(&document, &page_resources(&document, 1), "ColorSpace").clone();
    let plate = entry(&document, &spaces, "R").as_array().unwrap();
    assert_eq!(plate[1].as_name().unwrap(), b"All");
    for form in streams(&document, b"Form") {
        let text = String::from_utf8_lossy(&form.decompressed_content().unwrap()).into_owned();
        assert!(!text.contains(" rg\n") && !text.contains(" RG\n"), "{text}");
    }
}

#[test]
fn a_cut_has_a_plate_of_its_own_and_leaves_the_inks_under_it_alone() {
    let cut = Stroke::new(Ink::CUT_CONTOUR, Length::pt(0.25));
    let line = shaped::line(Point::mm(5.0, 5.0), Point::mm(9.0, 5.0), cut);
    let pages = [page(POKER, of(vec![line]))];
    let document = read(&pages, &PdfOptions { colour: Colour::Cmyk, ..PdfOptions::default() });
    let text = content(&document, 1);
    assert!(text.contains("q\n/O gs\n/C CS 1 SCN") && text.contains("S\nQ"), "{text}");
    let resources = page_resources(&document, 1);
    let spaces = dictionary(&document, &resources, "ColorSpace").clone();
    let plate = entry(&document, &spaces, "C").as_array().unwrap();
    assert_eq!(plate[1].as_name().unwrap(), b"CutContour");
    let states = dictionary(&document, &resources, "ExtGState").clone();
    let state = dictionary(&document, &states, "O");
    assert!(entry(&document, state, "OP").as_bool().unwrap());
    let plain = read(&pages, &PdfOptions::default());
    assert!(!content(&plain, 1).contains("gs"));
    assert!(page_resources(&plain, 1).get(b"ColorSpace").is_err());
}

#[test]
fn the_catalogue_tells_viewers_and_printers_what_to_do() {
    let options = PdfOptions {
        title: "Evening".into(),
        language: "en".into(),
        duplex: Some(Duplex::ShortEdge),
        date: Some(951_782_400),
        ..PdfOptions::default()
    };
    let document = read(&[page(A4, Scene::default())], &options);
    let catalogue = document.catalog().unwrap();
    assert_eq!(words(catalogue.get(b"Lang").unwrap()), "en");
    let preferences = dictionary(&document, catalogue, "ViewerPreferences");
    for (key, value) in [("PrintScaling", "None"), ("Duplex", "DuplexFlipShortEdge")] {
        assert_eq!(preferences.get(key.as_bytes()).unwrap().as_name().unwrap(), value.as_bytes());
    }
    assert_eq!(preferences.get(b"DisplayDocTitle").unwrap(), &Object::Boolean(true));
    let info = dictionary(&document, &document.trailer, "Info");
    assert_eq!(words(info.get(b"CreationDate").unwrap()), "D:20000229000000+00'00'");
    assert!(!info.has(b"GTS_PDFXVersion") && !info.has(b"Author"));
    let xmp = entry(&document, catalogue, "Metadata").as_stream().unwrap();
    assert!(String::from_utf8_lossy(&xmp.content).contains("2000-02-29T00:00:00Z"));
}

#[test]
fn pages_that_were_not_noted_are_refused() {
    let fonts = FontStore::bundled();
    let mut scene = Scene::default();
    Setter::new(&fonts, Role::Prompt).set(&mut scene, "new", 12.0, Point::mm(20.0, 20.0));
    let options = PdfOptions::default();
    let painter = PdfPainter::begin(Vec::new(), Inventory::new(), &fonts, &options).unwrap();
    let refused = painter.encoder().encode(&page(A4, scene));
    assert!(matches!(refused, Err(PdfError::NotNoted)));
}

/// The first page, at four pixels to the millimetre.
struct Pixels(hayro::vello_cpu::Pixmap);

impl Pixels {
    fn of(pages: &[Page]) -> Self {
        let file = painted(&FontStore::bundled(), pages, &PdfOptions::default());
        let pdf = hayro::hayro_syntax::Pdf::new(file).unwrap();
        let scale = 4.0 * 25.4 / 72.0;
        let settings = hayro::RenderSettings::default();
        let mut pixmaps =
            hayro::render_pdf(&pdf, scale, Default::default(), &settings, Some(0..=0)).unwrap();
        Self(pixmaps.remove(0))
    }

    /// The colour at a place in millimetres from the top left corner.
    fn at(&self, x: f64, y: f64) -> [u8; 3] {
        let pixel = self.0.sample((x * 4.0) as u16, (y * 4.0) as u16);
        [pixel.r, pixel.g, pixel.b]
    }

    /// Whether there is ink anywhere in an area in millimetres.
    fn inked(&self, left: f64, top: f64, right: f64, bottom: f64) -> bool {
        let steps = |from: f64, to: f64| {
            (0..((to - from) * 4.0) as usize).map(move |step| from + step as f64 / 4.0)
        };
        steps(top, bottom).any(|y| steps(left, right).any(|x| self.at(x, y) != [255; 3]))
    }
}

#[test]
fn ink_stands_where_the_scene_says() {
    let fonts = FontStore::bundled();
    let mut card = of(vec![filled(Rect::new(Point::mm(2.0, 2.0), Size::mm(4.0, 2.0)), TEAL)]);
    Setter::new(&fonts, Role::Prompt).set(&mut card, "HHHH", 20.0, Point::mm(10.0, 20.0));
    let card = Arc::new(card);
    let turn = Transform::half_turn(Size::mm(40.0, 30.0), Point::mm(10.0, 40.0));
    let stretch = Transform { xx: 0.5, xy: 0.0, yx: 0.0, yy: 1.0, offset: Point::mm(10.0, 80.0) };
    let items = vec![
        placed(&card, Point::mm(10.0, 5.0), false),
        Item::Group(Group::new(card.clone(), turn)),
        Item::Group(Group::new(card.clone(), stretch)),
        Item::Group(Group {
            clip: Some(Rect::new(Point::mm(2.0, 2.0), Size::mm(2.0, 2.0))),
            ..Group::new(card.clone(), Transform::moved(Point::mm(60.0, 5.0)))
        }),
    ];
    let pixels = Pixels::of(&[page(Size::mm(120.0, 120.0), of(items))]);
    let teal = [0x17, 0x66, 0x7A];
    assert_eq!(pixels.at(13.0, 8.0), teal);
    // Capitals stand on the baseline, 701 / 1000 em high.
    assert!(pixels.inked(20.0, 20.2, 30.0, 24.9));
    assert!(!pixels.inked(18.0, 26.0, 45.0, 38.0) && !pixels.inked(18.0, 10.0, 45.0, 19.8));
    // Turned, the box is at the lower right and the text hangs from its baseline.
    assert_eq!(pixels.at(47.0, 67.0), teal);
    assert!(pixels.inked(28.0, 50.2, 39.0, 54.8) && !pixels.inked(20.0, 44.0, 45.0, 49.5));
    // Stretched, everything is half as wide.
    assert_eq!(pixels.at(12.0, 83.0), teal);
    assert_eq!(pixels.at(13.5, 83.0), [255; 3]);
    // Clipped, only half of the box is left.
    assert_eq!(pixels.at(63.0, 8.0), teal);
    assert_eq!(pixels.at(65.0, 8.0), [255; 3]);
}

#[test]
fn dotted_lines_are_round_dots_at_their_pitch() {
    let stroke = Stroke::new(Ink::BLACK, Length::mm(1.0)).dotted(Length::mm(4.0));
    let scene = of(vec![shaped::line(Point::mm(10.0, 20.0), Point::mm(30.0, 20.0), stroke)]);
    let pixels = Pixels::of(&[page(POKER, scene)]);
    for dot in 0..5 {
        let x = 10.0 + 4.0 * f64::from(dot);
        assert_eq!(pixels.at(x, 20.0), [0; 3]);
        assert!(!pixels.inked(x + 1.0, 19.0, x + 3.0, 21.0));
    }
}

#[test]
fn dashed_lines_have_gaps_as_long_as_their_dashes() {
    let solid = Stroke::new(Ink::BLACK, Length::mm(1.0));
    let line = |y, stroke| shaped::line(Point::mm(10.0, y), Point::mm(30.0, y), stroke);
    let scene = of(vec![line(20.0, solid.dashed(Length::mm(4.0))), line(30.0, solid)]);
    let pixels = Pixels::of(&[page(POKER, scene)]);
    for dash in [10.0, 18.0] {
        assert_eq!((pixels.at(dash + 0.5, 20.0), pixels.at(dash + 3.5, 20.0)), ([0; 3], [0; 3]));
        assert!(!pixels.inked(dash + 4.5, 19.0, dash + 7.5, 21.0));
    }
    // What follows is solid again.
    assert!((0..19).all(|mm| pixels.at(10.5 + f64::from(mm), 30.0) == [0; 3]));
}
