//! Scenes drawn by hand, painted and looked at pixel by pixel.

#[path = "common/drawing.rs"]
mod drawing;
#[path = "common/golden.rs"]
mod golden;

use std::sync::Arc;

use deckle::font::Role;
use deckle::length::{Length, Point, Rect, Size};
use deckle::paint::png::{self, PngError, PngOptions};
use deckle::paint::svg::{self, SvgOptions};
use deckle::scene::{Bitmap, Group, Ink, Item, Layer, Page, Path, Segment, Stroke, Transform};
use drawing::{Drawing, INDIGO, TEAL, path, rect};
use image::{Rgb, RgbImage};
use resvg::{tiny_skia, usvg};

/// One pixel to the millimetre, so that a scene's numbers are pixels.
const COARSE: PngOptions = PngOptions { dpi: 25.4, grey: false };

fn draw(drawing: &Drawing, size: Size, options: &PngOptions) -> RgbImage {
    png::draw(&drawing.page(size), &drawing.fonts, options).expect("the page can be painted")
}

fn svg_text(drawing: &Drawing, size: Size) -> String {
    let (page, mut bytes) = (drawing.page(size), Vec::new());
    svg::paint(&page, &drawing.fonts, &SvgOptions::default(), &mut bytes).expect("memory is wide");
    String::from_utf8(bytes).expect("SVG is UTF-8")
}

/// Returns a row's darkness: 0 where the paper is bare, 1 where it is black.
fn row(image: &RgbImage, y: u32) -> Vec<f64> {
    (0..image.width()).map(|x| 1.0 - f64::from(image.get_pixel(x, y)[0]) / 255.0).collect()
}

fn assert_near(found: &[f64], expected: &[f64]) {
    let near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.004);
    assert!(near && found.len() == expected.len(), "{found:?} is not {expected:?}");
}

/// What a front holds: a disc with an emblem, rings, dots, four sizes of text.
fn front() -> Drawing {
    let mut emblem = Drawing::new();
    let pen = Stroke::new(Ink::PAPER, Length::mm(1.5)).rounded();
    for part in [
        "M12 7.4V21.4",
        "M12 7.4A2.5 2.5 0 1 1 12 2.4A2.5 2.5 0 1 1 12 7.4Z",
        "M7.6 10.8H16.4",
        "M3.4 13.6C3.4 18.2 7.2 21.4 12 21.4S20.6 18.2 20.6 13.6",
    ] {
        emblem.stroke(path(part), pen);
    }
    let mut front = Drawing::new();
    front.fill(Path::circle(Point::mm(9.9, 9.6), Length::mm(3.9)), INDIGO);
    front.group(Group::new(emblem.shared(), Transform::scaled(0.2, Point::mm(7.5, 7.2))));
    let center = Point::mm(53.1, 9.6);
    for radius in [3.8, 3.0] {
        let pen = Stroke::new(TEAL, Length::mm(0.24));
        front.stroke(Path::circle(center, Length::mm(radius)), pen);
    }
    let dotted = Stroke::new(TEAL, Length::mm(0.35)).dotted(Length::mm(0.9));
    front.stroke(Path::circle(center, Length::mm(1.7)), dotted);
    front
        .text(Role::Label, 6.8, Point::mm(16.0, 10.39), "APPRECIATION")
        .text(Role::Prompt, 18.0, Point::mm(6.0, 29.05), "AVA, To whom?")
        .text(Role::Prompt, 9.5, Point::mm(6.0, 36.0), "Ünïcödé, Ελληνικά, Вода, Việt")
        .stroke(
            Path::line(Point::mm(6.0, 38.5), Point::mm(57.0, 38.5)),
            Stroke::new(INDIGO, Length::mm(0.3)),
        )
        .text(Role::Italic, 9.5, Point::mm(6.0, 43.5), "Listen: the first fjord, efficiently")
        .text(Role::Small, 6.5, Point::mm(50.0, 47.0), "K7QX");
    front
}

/// What a back holds: bands of sea, each around an island around a lake.
fn sea() -> Drawing {
    let mut sea = Drawing::new();
    sea.fill(Path::rect(rect(-3.0, -3.0, 46.0, 36.0)), INDIGO);
    let mut rings = Path::default();
    for (radius, shift) in [(14.0, 0.0), (11.0, 1.0), (8.0, 0.5), (4.0, 1.5), (1.5, 1.0)] {
        let circle = Path::circle(Point::mm(20.0 + shift, 15.0), Length::mm(radius));
        rings.segments.extend(circle.segments);
    }
    sea.fill(rings, TEAL);
    sea.stroke(
        path("M2 27C12 20 14 32 20 27S34 22 38 27"),
        Stroke::new(Ink::PAPER, Length::mm(0.3)),
    );
    sea
}

const FRONT: Size = Size::mm(63.0, 50.0);
const SEA: Size = Size::mm(40.0, 30.0);
const GROUPS: Size = Size::mm(60.0, 40.0);

/// Ninety pixels to the inch keep the references small.
const GOLDEN: PngOptions = PngOptions { dpi: 90.0, grey: false };

#[test]
fn a_front_looks_as_it_did() {
    golden::check("front", &draw(&front(), FRONT, &GOLDEN));
}

#[test]
fn a_sea_looks_as_it_did() {
    golden::check("sea", &draw(&sea(), SEA, &GOLDEN));
}

#[test]
fn turned_and_clipped_groups_look_as_they_did() {
    golden::check("groups", &draw(&groups(), GROUPS, &GOLDEN));
}

/// A sea turned upside down, slanted and enlarged, each in its clip.
fn groups() -> Drawing {
    let mut page = Drawing::new();
    let face = sea().shared();
    let half = Transform::half_turn(SEA, Point::mm(-6.0, 8.0));
    let (sin, cos) = (30f64.to_radians().sin(), 30f64.to_radians().cos());
    let slanted =
        Transform { xx: cos, xy: sin, yx: -sin, yy: 0.5 * cos, offset: Point::mm(38.0, 0.3) };
    for transform in [half, slanted, Transform::scaled(0.4, Point::mm(40.2, 27.1))] {
        let clip = Some(rect(8.1, 3.3, 24.0, 23.4));
        page.group(Group { clip, reused: true, ..Group::new(face.clone(), transform) });
    }
    page
}

#[test]
fn an_empty_scene_is_white_paper() {
    let image = draw(&Drawing::new(), Size::mm(3.0, 2.0), &COARSE);
    assert_eq!(image.dimensions(), (3, 2));
    assert!(image.pixels().all(|pixel| *pixel == Rgb([255; 3])));
}

#[test]
fn coverage_is_exact_at_the_edges_of_a_fill() {
    let mut drawing = Drawing::new();
    drawing.fill(Path::rect(rect(1.25, 0.5, 2.5, 1.0)), Ink::BLACK);
    let image = draw(&drawing, Size::mm(5.0, 2.0), &COARSE);
    assert_near(&row(&image, 0), &[0.0, 0.375, 0.5, 0.375, 0.0]);
}

#[test]
fn what_runs_over_the_edge_of_the_paper_leaves_no_trace_inside() {
    let mut drawing = Drawing::new();
    drawing.fill(path("M-9 -9L3 -9L-9 30Z"), Ink::BLACK).fill(path("M30 1L4 1L30 2Z"), Ink::BLACK);
    let image = draw(&drawing, Size::mm(6.0, 300.0), &COARSE);
    assert!((30..300).all(|y| row(&image, y).iter().all(|dark| *dark == 0.0)));
    // The first fill leaves 3/13 of the first row's top in the window, and nothing from 3/4 of it on.
    assert_near(&row(&image, 0)[..1], &[3.0 / 13.0 * 0.75 / 2.0]);
}

#[test]
fn a_clip_cuts_exactly_and_so_does_a_turned_one() {
    let mut inner = Drawing::new();
    inner.fill(Path::rect(rect(-50.0, -50.0, 100.0, 100.0)), Ink::BLACK);
    let slot = Size::mm(4.0, 4.0);
    for turned in [false, true] {
        let transform = match turned {
            true => Transform::half_turn(slot, Point::mm(1.0, 1.0)),
            false => Transform::moved(Point::mm(1.0, 1.0)),
        };
        let clip = Some(rect(0.25, 1.0, 2.5, 2.0));
        let mut outer = Drawing::new();
        outer.group(Group { clip, ..Group::new(inner.shared(), transform) });
        let image = draw(&outer, Size::mm(6.0, 6.0), &COARSE);
        let mut expected = [0.0, 0.75, 1.0, 0.75, 0.0, 0.0];
        if turned {
            expected.reverse();
        }
        assert_near(&row(&image, 2), &expected);
        assert_near(&row(&image, 1), &[0.0; 6]);
        assert_near(&row(&image, 4), &[0.0; 6]);
    }
}

#[test]
fn clips_within_clips_keep_what_lies_in_both() {
    let mut inner = Drawing::new();
    inner.fill(Path::rect(rect(0.0, 0.0, 9.0, 9.0)), Ink::BLACK);
    let group = |scene, clip| Group { clip: Some(clip), ..Group::new(scene, Transform::IDENTITY) };
    let mut middle = Drawing::new();
    middle.group(group(inner.shared(), rect(0.0, 0.0, 3.0, 9.0)));
    let mut outer = Drawing::new();
    outer.group(group(middle.shared(), rect(2.0, 0.0, 9.0, 9.0)));
    let image = draw(&outer, Size::mm(5.0, 1.0), &COARSE);
    assert_near(&row(&image, 0), &[0.0, 0.0, 1.0, 0.0, 0.0]);
}

#[test]
fn nested_rings_alternate_even_when_thinner_than_a_pixel() {
    let mut rings = Path::default();
    for inset in [0.0, 2.0, 2.25, 4.0] {
        let side = 10.0 - 2.0 * inset;
        rings.segments.extend(Path::rect(rect(inset, inset, side, side)).segments);
    }
    let mut drawing = Drawing::new();
    drawing.fill(rings, Ink::BLACK);
    let image = draw(&drawing, Size::mm(10.0, 10.0), &COARSE);
    assert_near(&row(&image, 5), &[1.0, 1.0, 0.75, 1.0, 0.0, 0.0, 1.0, 0.75, 1.0, 1.0]);
}

#[test]
fn a_star_drawn_in_one_go_has_an_open_middle() {
    let mut drawing = Drawing::new();
    drawing.fill(path("M10 0L16 19L0 7L20 7L4 19Z"), Ink::BLACK);
    let image = draw(&drawing, Size::mm(20.0, 20.0), &COARSE);
    assert_near(&row(&image, 10)[8..12], &[0.0; 4]);
    assert_near(&row(&image, 4)[9..11], &[1.0; 2]);
}

#[test]
fn dots_are_discs_as_wide_as_the_stroke() {
    let mut drawing = Drawing::new();
    let pen = Stroke::new(Ink::BLACK, Length::mm(4.0)).dotted(Length::mm(10.0));
    drawing.stroke(Path::line(Point::mm(5.0, 5.0), Point::mm(29.0, 5.0)), pen);
    let image = draw(&drawing, Size::mm(40.0, 10.0), &PngOptions { dpi: 254.0, grey: false });
    let ink: f64 = (0..100).flat_map(|y| row(&image, y)).sum();
    let discs = 3.0 * std::f64::consts::PI * 20.0 * 20.0;
    assert!((ink - discs).abs() < 2.0, "{ink} is not three discs of {discs}");
    for center in [50, 150, 250] {
        assert_eq!(*image.get_pixel(center, 50), Rgb([0; 3]));
        assert_eq!(*image.get_pixel(center + 50, 50), Rgb([255; 3]));
    }
}

#[test]
fn dots_closer_than_can_be_seen_are_a_solid_line() {
    let mut drawing = Drawing::new();
    let pen = Stroke::new(Ink::BLACK, Length::mm(2.0)).dotted(Length::emu(1));
    drawing.stroke(Path::line(Point::mm(2.0, 2.0), Point::mm(8.0, 2.0)), pen);
    let image = draw(&drawing, Size::mm(10.0, 4.0), &COARSE);
    assert_near(&row(&image, 1)[2..8], &[1.0; 6]);
}

#[test]
fn dashes_are_as_long_as_the_gaps_between_them() {
    let line = Path::line(Point::mm(2.0, 2.0), Point::mm(14.0, 2.0));
    let pen = Stroke::new(Ink::BLACK, Length::mm(2.0)).dashed(Length::mm(3.0));
    let mut drawing = Drawing::new();
    drawing.stroke(line, pen);
    let image = draw(&drawing, Size::mm(16.0, 4.0), &COARSE);
    let expected = [[0.0; 2].as_slice(), &[1.0; 3], &[0.0; 3], &[1.0; 3], &[0.0; 5]].concat();
    assert_near(&row(&image, 1), &expected);
    assert!(svg_text(&drawing, Size::mm(16.0, 4.0)).contains(r#"stroke-dasharray="3""#));
}

#[test]
fn dashes_shorter_than_can_be_seen_are_a_solid_line() {
    let mut drawing = Drawing::new();
    let pen = Stroke::new(Ink::BLACK, Length::mm(2.0)).dashed(Length::emu(1));
    drawing.stroke(Path::line(Point::mm(2.0, 2.0), Point::mm(8.0, 2.0)), pen);
    let image = draw(&drawing, Size::mm(10.0, 4.0), &COARSE);
    assert_near(&row(&image, 1)[2..8], &[1.0; 6]);
}

#[test]
fn strokes_end_flat_or_round_and_corners_are_mitred() {
    let mut drawing = Drawing::new();
    let corner = path("M2 12L12 12L12 2");
    drawing.stroke(corner, Stroke::new(Ink::BLACK, Length::mm(4.0)));
    let image = draw(&drawing, Size::mm(16.0, 16.0), &COARSE);
    assert_near(&row(&image, 12)[..4], &[0.0, 0.0, 1.0, 1.0]);
    assert_near(&[row(&image, 13)[13]], &[1.0]);
    let mut drawing = Drawing::new();
    drawing.stroke(path("M2 12L12 12L12 2"), Stroke::new(Ink::BLACK, Length::mm(4.0)).rounded());
    let image = draw(&drawing, Size::mm(16.0, 16.0), &COARSE);
    assert!(row(&image, 12)[0] > 0.5 && row(&image, 13)[13] < 0.6);
}

#[test]
fn the_stem_of_an_h_stands_where_the_font_says() {
    let mut drawing = Drawing::new();
    // At 1,000 units an em of 100 mm is ten units a pixel: one pixel to the millimetre.
    drawing.text(Role::Label, 100.0 / 25.4 * 72.0, Point::mm(10.0, 90.0), "H");
    let image = draw(&drawing, Size::mm(100.0, 100.0), &COARSE);
    let font = drawing.fonts.get(drawing.font(Role::Label));
    let face = rusttype::Font::try_from_bytes(font.data()).expect("a bundled font");
    let metrics = face.v_metrics_unscaled();
    let scale = rusttype::Scale::uniform(metrics.ascent - metrics.descent);
    let bounds = face.glyph('H').scaled(scale).exact_bounding_box().expect("an H has ink");
    let stem_row = row(&image, 85);
    let first = stem_row.iter().position(|dark| *dark > 0.0).expect("a stem") as f64;
    let left = first + 1.0 - stem_row[first as usize];
    let last = stem_row.iter().rposition(|dark| *dark > 0.0).expect("a stem") as f64;
    let right = last + stem_row[last as usize];
    assert_near(
        &[left, right],
        &[10.0 + f64::from(bounds.min.x) / 10.0, 10.0 + f64::from(bounds.max.x) / 10.0],
    );
    let foot: Vec<f64> = (0..100).map(|y| row(&image, y)[first as usize + 2]).collect();
    let height: f64 = foot.iter().sum();
    assert_near(&[height], &[f64::from(bounds.height()) / 10.0]);
}

#[test]
fn kerning_and_shifts_are_honoured() {
    let mut plain = Drawing::new();
    plain.text(Role::Prompt, 100.0, Point::mm(2.0, 40.0), "II");
    let mut moved = Drawing::new();
    moved.text(Role::Prompt, 100.0, Point::mm(2.0, 40.0), "II");
    // An em of 100 pt is 35.28 mm: 283 and 142 units are 10 and 5 mm.
    moved.scene.glyphs[0].advance += 283;
    moved.scene.glyphs[1].dx = 142;
    moved.scene.glyphs[1].dy = 142;
    let ink = |drawing: &Drawing| {
        let image = draw(drawing, Size::mm(80.0, 50.0), &COARSE);
        let dark = |x: u32, y: u32| image.get_pixel(x, y)[0] < 128;
        let columns: Vec<u32> = (0..80).filter(|x| (0..50).any(|y| dark(*x, y))).collect();
        let right = *columns.last().expect("some ink");
        let foot = (0..50).rfind(|y| dark(right, *y)).expect("some ink");
        (columns[0], right, foot)
    };
    let ((left, right, foot), (same, far, high)) = (ink(&plain), ink(&moved));
    assert_eq!((same, far, high), (left, right + 15, foot - 5));
}

#[test]
fn text_that_overlaps_itself_stays_solid() {
    let mut drawing = Drawing::new();
    drawing.text(Role::Prompt, 200.0, Point::mm(2.0, 60.0), "II");
    drawing.scene.glyphs[0].advance = 0;
    let twice = draw(&drawing, Size::mm(40.0, 70.0), &COARSE);
    drawing.scene.glyphs[1].id = drawing.scene.glyphs[0].id;
    let image = draw(&drawing, Size::mm(40.0, 70.0), &COARSE);
    assert_eq!(twice, image);
    assert!(row(&image, 40).contains(&1.0));
}

#[test]
fn pictures_turn_with_their_group_and_shrink_evenly() {
    let (width, height) = (600u32, 300u32);
    let colour = |x: u32| if x < width / 2 { [200, 40, 40] } else { [40, 40, 200] };
    let rgb = (0..width * height).flat_map(|at| colour(at % width)).collect();
    let bitmap = Arc::new(Bitmap { width, height, rgb, alpha: None, jpeg: None });
    let mut inner = Drawing::new();
    inner.picture(&bitmap, rect(0.0, 0.0, 20.0, 10.0));
    let mut outer = Drawing::new();
    let turn = Transform::half_turn(Size::mm(20.0, 10.0), Point::mm(5.0, 5.0));
    outer.group(Group::new(inner.shared(), turn));
    let image = draw(&outer, Size::mm(30.0, 20.0), &COARSE);
    assert_eq!(*image.get_pixel(6, 6), Rgb([40, 40, 200]));
    assert_eq!(*image.get_pixel(23, 13), Rgb([200, 40, 40]));
    assert_eq!(*image.get_pixel(4, 6), Rgb([255; 3]));
    assert_eq!(*image.get_pixel(25, 13), Rgb([255; 3]));
}

#[test]
fn clear_pixels_let_the_ground_through() {
    let (width, height) = (4u32, 1u32);
    let rgb = [200, 40, 40].repeat(4);
    let alpha = Some(vec![255, 255, 0, 0]);
    let bitmap = Arc::new(Bitmap { width, height, rgb, alpha, jpeg: None });
    let mut drawing = Drawing::new();
    drawing.fill(Path::rect(rect(0.0, 0.0, 20.0, 10.0)), TEAL);
    drawing.picture(&bitmap, rect(0.0, 0.0, 20.0, 20.0));
    let size = Size::mm(20.0, 20.0);
    let image = draw(&drawing, size, &COARSE);
    let [teal, red] = [TEAL.srgb, [200, 40, 40]].map(Rgb);
    let corners = [(2, 2), (17, 2), (2, 17), (17, 17)];
    assert_eq!(corners.map(|(x, y)| *image.get_pixel(x, y)), [red, teal, red, Rgb([255; 3])]);
    // The header of the PNG inside: 8 bits, colours with their opacity.
    let svg = svg_text(&drawing, size);
    let (_, inside) = svg.split_once("data:image/png;base64,").expect("a picture");
    assert_eq!(&inside[32..36], "CAYA");
}

#[test]
fn enormous_and_broken_numbers_are_painted_without_a_panic() {
    let far = Length::emu(i64::MAX / 3);
    let near = Length::mm(5.0);
    let mut drawing = Drawing::new();
    let line = Path::line(Point::new(-far, near), Point::new(far, near));
    drawing.stroke(line.clone(), Stroke::new(Ink::BLACK, Length::mm(2.0)));
    drawing.stroke(line, Stroke::new(Ink::BLACK, Length::mm(2.0)).dotted(Length::mm(4.0)));
    drawing.fill(Path::circle(Point::new(far, far), far), TEAL);
    drawing.stroke(Path::circle(Point::ORIGIN, far), Stroke::new(TEAL, far).rounded());
    drawing.fill(Path::rect(Rect::new(Point::mm(1.0, 1.0), Size::new(-near, far))), TEAL);
    let loose = Path { segments: vec![Segment::Line(Point::ORIGIN), Segment::Close] };
    drawing.fill(loose, TEAL);
    drawing.text(Role::Prompt, 1e9, Point::mm(1.0, 1.0), "O");
    let scene = drawing.shared();
    let broken = Transform { xx: f64::NAN, ..Transform::IDENTITY };
    let flat = Transform::scaled(0.0, Point::ORIGIN);
    let huge = Transform::scaled(1e300, Point::ORIGIN);
    for transform in [broken, flat, huge] {
        drawing.group(Group::new(scene.clone(), transform));
    }
    if let Some(Item::Text(text)) =
        drawing.scene.items.iter_mut().find(|item| matches!(item, Item::Text(_)))
    {
        text.glyphs = 5..900;
        text.text = 700..703;
    }
    draw(&drawing, Size::mm(10.0, 10.0), &COARSE);
    assert!(svg_text(&drawing, Size::mm(10.0, 10.0)).ends_with("</svg>\n"));
}

#[test]
fn glyphs_that_do_not_exist_leave_a_gap() {
    let mut drawing = Drawing::new();
    drawing.text(Role::Prompt, 20.0, Point::mm(2.0, 9.0), "o");
    drawing.scene.glyphs[0].id = u16::MAX;
    let image = draw(&drawing, Size::mm(10.0, 10.0), &COARSE);
    assert!(image.pixels().all(|pixel| *pixel == Rgb([255; 3])));
    assert!(!svg_text(&drawing, Size::mm(10.0, 10.0)).contains("g65535"));
}

fn refused(size: Size, dpi: f64) -> PngError {
    let drawing = Drawing::new();
    let options = PngOptions { dpi, grey: false };
    let painted = png::paint(&drawing.page(size), &drawing.fonts, &options, std::io::sink());
    painted.expect_err("the page is refused")
}

#[test]
fn pages_that_are_too_large_are_refused_before_any_memory_is_taken() {
    let error = refused(Size::mm(10_000.0, 10.0), 300.0).to_string();
    assert_eq!(
        error,
        "a page of 10000 × 10 mm at 300 dpi is 118110 × 118 pixels, more than 20000 a side; \
         at most 50 dpi fit this page"
    );
    assert!(matches!(refused(Size::mm(0.0, 5.0), 300.0), PngError::NoExtent(_)));
    assert!(matches!(refused(Size::mm(5.0, 5.0), f64::NAN), PngError::NoResolution(_)));
    assert!(matches!(refused(Size::mm(5.0, 5.0), -1.0), PngError::NoResolution(_)));
}

#[test]
fn files_carry_their_resolution_and_the_same_pixels() {
    let (drawing, options) = (front(), PngOptions::default());
    let mut bytes = Vec::new();
    let page = drawing.page(FRONT);
    png::paint(&page, &drawing.fonts, &options, &mut bytes).expect("memory is wide");
    let density = bytes.windows(4).position(|name| name == b"pHYs").expect("a pHYs chunk");
    assert_eq!(bytes[density + 4..density + 8], 11_811u32.to_be_bytes());
    assert_eq!(bytes[density + 8..density + 13], [0, 0, 0x2e, 0x23, 1]);
    let image = image::load_from_memory(&bytes).expect("a PNG").to_rgb8();
    assert_eq!(image, draw(&drawing, FRONT, &options));
}

#[test]
fn pages_higher_than_the_rows_held_are_written_whole() {
    let mut drawing = Drawing::new();
    let slope = path("M0 0L2 0L12 3000L0 3000Z");
    drawing.fill(slope, INDIGO);
    let size = Size::mm(15.0, 3000.0);
    let mut bytes = Vec::new();
    png::paint(&drawing.page(size), &drawing.fonts, &COARSE, &mut bytes).expect("memory is wide");
    let image = image::load_from_memory(&bytes).expect("a PNG").to_rgb8();
    assert_eq!(image, draw(&drawing, size, &COARSE));
    assert_eq!(*image.get_pixel(10, 2999), Rgb(INDIGO.srgb));
}

#[test]
fn grey_files_hold_one_channel() {
    let mut drawing = Drawing::new();
    drawing.fill(Path::rect(rect(0.0, 0.0, 1.0, 1.0)), Ink::new([255, 0, 0], [0; 4]));
    let mut bytes = Vec::new();
    let options = PngOptions { grey: true, ..COARSE };
    let page = drawing.page(Size::mm(2.0, 1.0));
    png::paint(&page, &drawing.fonts, &options, &mut bytes).expect("memory is wide");
    let image = image::load_from_memory(&bytes).expect("a PNG");
    assert_eq!(image.color(), image::ColorType::L8);
    assert_eq!(image.to_luma8().as_raw(), &[54, 255]);
}

/// Rasterises an SVG file four times as large with resvg and averages, for finer coverage.
fn resvg(svg: &str, size: Size, dpi: f64) -> RgbImage {
    const FINER: u32 = 4;
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).expect("a valid SVG");
    let pixels = |length: Length| (length.to_inches() * dpi).round() as u32;
    let (width, height) = (pixels(size.width), pixels(size.height));
    let mut pixmap = tiny_skia::Pixmap::new(FINER * width, FINER * height).expect("some pixels");
    pixmap.fill(tiny_skia::Color::WHITE);
    // resvg counts in units of 1/96 inch.
    let scale = (dpi / 96.0) as f32 * FINER as f32;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    RgbImage::from_fn(width, height, |x, y| {
        let block = (0..FINER * FINER).map(|at| (x * FINER + at % FINER, y * FINER + at / FINER));
        let mut sums = [0u32; 3];
        for pixel in block.filter_map(|(x, y)| pixmap.pixel(x, y)) {
            let [r, g, b] = [pixel.red(), pixel.green(), pixel.blue()].map(u32::from);
            sums = [sums[0] + r, sums[1] + g, sums[2] + b];
        }
        Rgb(sums.map(|sum| ((sum + FINER * FINER / 2) / (FINER * FINER)) as u8))
    })
}

/// Paints a drawing as PNG and as SVG and holds both against each other.
///
/// Measured: a mean difference of 0.02 to 0.08 levels of 255, and 0.01 % of the pixels off by more
/// than 16, where two edges share a pixel. The limits leave room for a painter that is a little
/// different, not for one that is a tenth of a pixel off.
fn assert_painters_agree(name: &str, drawing: &Drawing, size: Size) {
    let options = PngOptions::default();
    let ours = draw(drawing, size, &options);
    let theirs = resvg(&svg_text(drawing, size), size, options.dpi);
    let off = golden::difference(&ours, &theirs, 16);
    println!("{name}: {off}");
    if off.mean > 0.15 || off.share > 0.0005 {
        let shown = golden::show(&format!("agree-{name}"), &theirs, &ours);
        panic!("PNG and SVG of the {name} differ: {off}; see {}", shown.display());
    }
}

#[test]
fn painters_agree() {
    assert_painters_agree("front", &front(), FRONT);
    assert_painters_agree("sea", &sea(), SEA);
    assert_painters_agree("groups", &groups(), GROUPS);
}

#[test]
fn reused_scenes_and_glyphs_are_written_once() {
    let mut sheet = Drawing::new();
    let face = front().shared();
    for at in 0..9 {
        let place = Transform::moved(Point::mm(63.0 * f64::from(at % 3), 50.0 * f64::from(at / 3)));
        let clip = Some(rect(0.0, 0.0, 63.0, 50.0));
        let layer = Some(Layer::Artwork);
        sheet.group(Group { clip, layer, reused: true, ..Group::new(face.clone(), place) });
    }
    let svg = svg_text(&sheet, Size::mm(210.0, 297.0));
    assert_eq!(svg.matches("<g id=\"s0\">").count(), 1);
    assert_eq!(svg.matches("xlink:href=\"#s0\"").count(), 9);
    assert_eq!(svg.matches("<clipPath").count(), 1);
    assert_eq!(svg.matches("<g id=\"artwork\" inkscape:groupmode=\"layer\"").count(), 1);
    let one = svg_text(&front(), FRONT).len();
    assert!(svg.len() < one + 2000, "{} bytes, a single face {one}", svg.len());
}

#[test]
fn a_layer_that_comes_back_gets_a_name_of_its_own() {
    let mut sheet = Drawing::new();
    let scene = sea().shared();
    for layer in [Layer::Artwork, Layer::Marks, Layer::Artwork] {
        let layer = Some(layer);
        sheet.group(Group { layer, ..Group::new(scene.clone(), Transform::IDENTITY) });
    }
    let svg = svg_text(&sheet, SEA);
    for id in ["artwork", "marks", "artwork-2"] {
        assert_eq!(svg.matches(&format!("<g id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn words_stay_with_their_outlines_and_cannot_break_the_file() {
    let mut drawing = Drawing::new();
    drawing.text(Role::Prompt, 12.0, Point::mm(1.0, 5.0), "\"you\" & <me>\u{1}");
    let svg = svg_text(&drawing, Size::mm(40.0, 8.0));
    assert!(svg.contains("aria-label=\"&quot;you&quot; &amp; &lt;me&gt;\""), "{svg}");
    assert!(usvg::Tree::from_str(&svg, &usvg::Options::default()).is_ok());
}

#[test]
fn pictures_are_embedded_once_and_a_jpeg_as_it_is() {
    let (width, height) = (2, 1);
    let png =
        Arc::new(Bitmap { width, height, rgb: vec![1, 2, 3, 4, 5, 6], alpha: None, jpeg: None });
    let jpeg = Some(b"\xff\xd8 as it is".to_vec());
    let jpeg = Arc::new(Bitmap { width, height, rgb: vec![0; 6], alpha: None, jpeg });
    let broken = Arc::new(Bitmap { width: 99, height, rgb: vec![0; 6], alpha: None, jpeg: None });
    let mut drawing = Drawing::new();
    for bitmap in [&png, &jpeg, &png, &broken] {
        drawing.picture(bitmap, rect(1.0, 1.0, 4.0, 2.0));
    }
    let svg = svg_text(&drawing, Size::mm(6.0, 4.0));
    assert_eq!(svg.matches("<image ").count(), 2);
    assert_eq!(svg.matches("matrix(4 0 0 2 1 1)").count(), 3);
    assert!(svg.contains("data:image/jpeg;base64,/9ggYXMgaXQgaXM="));
    assert!(svg.contains("data:image/png;base64,iVBORw0KGgo"));
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let bytes = |page: &Page, drawing: &Drawing| {
        let (mut picture, mut vectors) = (Vec::new(), Vec::new());
        png::paint(page, &drawing.fonts, &COARSE, &mut picture).expect("memory is wide");
        let options = SvgOptions { title: Some("A sea".into()) };
        svg::paint(page, &drawing.fonts, &options, &mut vectors).expect("memory is wide");
        (picture, vectors)
    };
    let (one, other) = (groups(), groups());
    assert_eq!(bytes(&one.page(GROUPS), &one), bytes(&other.page(GROUPS), &other));
}
