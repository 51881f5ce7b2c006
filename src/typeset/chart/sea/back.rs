//! The back of a card: the line chart for home, the banded one for the press.

use std::sync::Arc;

use crate::font::Role;
use crate::length::{Length, Point, Rect, Sides, Size};
use crate::scene::{Bitmap, Ink, Item, Path, Scene, Shape, Stroke};
use crate::typeset::chart::inks;
use crate::typeset::chart::lettering::{Align, Anchor, Letterer, LineStyle};

use super::cartouche::{Cartouche, Words};
use super::contour::{Chain, contours};
use super::field::Sea;
use super::line;
use super::soundings::{Room, Sounding, soundings};

/// How far beyond the bleed the drawing runs on a poker card, in millimetres.
pub(super) const BEYOND: f64 = 4.0;

/// The pitch at which lines are smoothed on a poker card, in millimetres.
const PITCH: f64 = 0.8;

/// The smallest loop that is drawn on a poker card, in mm².
const SMALLEST_LOOP: f64 = 5.0;

/// How high figures of Source Sans 3 stand, in parts of the em.
const FIGURE_HEIGHT: f64 = 0.65;

/// What a back shows and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackSpec<'a> {
    /// The card after cutting.
    pub trim: Size,
    /// How far ink is wanted beyond the trim; the drawing runs a little farther.
    pub bleed: Length,
    /// The title of the deck; it decides the whole sea.
    pub title: &'a str,
    /// The line under the title. Default: none.
    pub subtitle: Option<&'a str>,
    /// What stands in place of the title on the island. Default: none.
    pub logo: Option<&'a Arc<Bitmap>>,
    /// Lines on paper or a full ground.
    pub style: BackStyle,
    /// Whether the job prints black alone. Default: no.
    pub one_ink: bool,
}

/// The two ways to print a sea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackStyle {
    /// Lines on white paper, for printers at home: little ink, and no edge that must meet the trim.
    Home {
        /// The ink of the lines; the deepest of the depths unless backs tell the depth.
        ink: Ink,
    },
    /// A full ground of flat bands, for the press.
    Press,
}

/// Returns the back that `spec` describes, with the origin at the top left of the trim.
///
/// The drawing runs beyond the bleed on all sides, so whoever places it must clip it. It is empty
/// where the trim is no card (a side under 10 mm or over 2 m, or one twelve times the other).
pub fn back(spec: &BackSpec, letterer: &dyn Letterer) -> Scene {
    let Some(sea) = Sea::new(spec.title, spec.trim) else { return Scene::default() };
    let mut scene = Scene::default();
    let margin = Length::mm(spec.bleed.max(Length::ZERO).to_mm() + BEYOND * sea.scale.mean);
    let area = Rect::new(Point::ORIGIN, spec.trim).grown(Sides::all(margin));
    let words = draw_sea(&mut scene, &sea, spec, &View { area, copies: &|s| vec![s] }, letterer);
    let cartouche = Cartouche::fitted(spec, &sea.scale, letterer);
    cartouche.draw(&mut scene, &sea.scale, words, letterer);
    scene
}

/// The part of a sea that is drawn.
pub(super) struct View<'a> {
    /// The area, from the top left of the trim.
    pub area: Rect,
    /// Returns the places in which a sounding of the trim is shown.
    pub copies: &'a dyn Fn(Sounding) -> Vec<Sounding>,
}

/// Draws the sea and its soundings, and returns the inks of words on the island.
pub(super) fn draw_sea(
    scene: &mut Scene,
    sea: &Sea,
    spec: &BackSpec,
    view: &View,
    letterer: &dyn Letterer,
) -> Words {
    match spec.style {
        BackStyle::Home { ink } => draw_lines(scene, sea, spec, view, (ink, letterer)),
        BackStyle::Press => draw_bands(scene, sea, spec, view, letterer),
    }
}

fn draw_lines(
    scene: &mut Scene,
    sea: &Sea,
    spec: &BackSpec,
    view: &View,
    (ink, letterer): (Ink, &dyn Letterer),
) -> Words {
    let ink = if spec.one_ink { Ink::BLACK } else { ink };
    let lettered = if inks::carries_text(ink) { ink } else { Ink::BLACK };
    let (scale, grid) = (sea.scale, sea.grid(in_mm(view.area)));
    let levels = levels(&grid.values);
    for (level, chains) in levels.iter().zip(contours(&grid, &levels)) {
        let stroke = Stroke::new(ink, weight(*level, ink)).rounded();
        draw(scene, Shape::stroked(path_of(sea, chains), stroke));
    }
    let (clear, apart) = (2.1 * scale.type_scale, 8.5 * scale.mean);
    let taken = soundings(sea, spec.title, Room { clear, apart, from: 0.0 });
    for sounding in taken.into_iter().flat_map(view.copies) {
        draw_decimal(scene, sea, sounding, (lettered, letterer));
    }
    Words { title: lettered, subtitle: Ink::BLACK }
}

/// Returns the weight of the line at `level`: the coast, a whole step or a half one.
///
/// A pale ink needs a stouter hairline.
fn weight(level: f64, ink: Ink) -> Length {
    Length::mm(match level {
        0.0 => 0.34,
        level if level.fract() == 0.0 => 0.22,
        _ if inks::contrast_on_paper(ink) < 5.0 => 0.16,
        _ => 0.115,
    })
}

fn draw_bands(
    scene: &mut Scene,
    sea: &Sea,
    spec: &BackSpec,
    view: &View,
    letterer: &dyn Letterer,
) -> Words {
    let shown = |ink: Ink| if spec.one_ink { inks::in_black(ink) } else { ink };
    draw(scene, Shape::filled(Path::rect(view.area), shown(inks::LAND)));
    let grid = sea.grid(in_mm(view.area)).walled();
    let levels: Vec<f64> = (0..inks::BANDS.len()).map(|band| band as f64 / 2.0).collect();
    for (ink, chains) in inks::BANDS.into_iter().zip(contours(&grid, &levels)) {
        draw(scene, Shape::filled(path_of(sea, chains), shown(ink)));
    }
    let scale = sea.scale;
    let (clear, apart) = (2.0 * scale.type_scale, 13.0 * scale.mean);
    let taken = soundings(sea, spec.title, Room { clear, apart, from: 1.0 });
    for sounding in taken.into_iter().flat_map(view.copies) {
        draw_figure(scene, sea, sounding, (shown(inks::SOUNDING), letterer));
    }
    let title = if spec.one_ink { Ink::BLACK } else { inks::TITLE_ON_LAND };
    Words { title, subtitle: Ink::BLACK }
}

fn in_mm(area: Rect) -> kurbo::Rect {
    let [left, top] = [area.left(), area.top()].map(Length::to_mm);
    kurbo::Rect::new(left, top, area.right().to_mm(), area.bottom().to_mm())
}

/// Returns the levels that have a line: every half step from the coast to the deepest point.
fn levels(depths: &[f64]) -> Vec<f64> {
    let deepest = depths.iter().copied().fold(0.0, f64::max);
    (0..=(2.0 * deepest) as u32).map(|half| f64::from(half) / 2.0).collect()
}

fn path_of(sea: &Sea, mut chains: Vec<Chain>) -> Path {
    let mean = sea.scale.mean;
    chains.retain(|chain| !chain.closed || chain.area() >= SMALLEST_LOOP * mean * mean);
    line::path(&chains, PITCH * mean)
}

fn draw(scene: &mut Scene, shape: Shape) {
    if !shape.path.segments.is_empty() {
        scene.items.push(Item::Shape(shape));
    }
}

/// Draws a sounding as charts do: the whole part, and the first decimal as a small low figure,
/// both rounded down. The two together are centred on the place.
fn draw_decimal(
    scene: &mut Scene,
    sea: &Sea,
    sounding: Sounding,
    (ink, letterer): (Ink, &dyn Letterer),
) {
    let scale = sea.scale;
    let style = |points| LineStyle {
        role: Role::SmallItalic,
        size: scale.type_size(points),
        tracking: 0,
        ink,
    };
    let (whole, decimal) = (style(7.0), style(5.0));
    let tenths = (sounding.depth * 10.0) as u32;
    let (units, tenths) = ((tenths / 10).to_string(), (tenths % 10).to_string());
    let gap = Length::mm(0.06 * scale.type_scale);
    let lower = Length::mm(0.55 * scale.type_scale);
    let step = letterer.width(&units, whole) + gap;
    let width = step + letterer.width(&tenths, decimal);
    let height = whole.size.scaled(FIGURE_HEIGHT) + lower;
    let left = Length::mm(sounding.at.x) - width / 2;
    let baseline = Length::mm(sounding.at.y) + height / 2 - lower;
    let stands = |at: Point| Anchor { at, align: Align::Left };
    letterer.draw(scene, &units, whole, stands(Point::new(left, baseline)));
    letterer.draw(scene, &tenths, decimal, stands(Point::new(left + step, baseline + lower)));
}

/// Draws the whole part of a sounding alone, rounded down and centred on the place.
fn draw_figure(
    scene: &mut Scene,
    sea: &Sea,
    sounding: Sounding,
    (ink, letterer): (Ink, &dyn Letterer),
) {
    let size = sea.scale.type_size(8.0);
    let style = LineStyle { role: Role::Label, size, tracking: 0, ink };
    let baseline = Length::mm(sounding.at.y) + size.scaled(FIGURE_HEIGHT) / 2;
    let anchor =
        Anchor { at: Point::new(Length::mm(sounding.at.x), baseline), align: Align::Center };
    letterer.draw(scene, &(sounding.depth as u32).to_string(), style, anchor);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontStore;
    use crate::scene::{Segment, Text};
    use crate::typeset::chart::lettering::PlainLetterer;

    const HOME: BackStyle = BackStyle::Home { ink: inks::DEEP };

    fn spec(title: &str, style: BackStyle) -> BackSpec<'_> {
        let (trim, bleed) = (Size::mm(63.0, 88.0), Length::mm(3.0));
        BackSpec {
            trim,
            bleed,
            title,
            subtitle: Some("For two"),
            logo: None,
            style,
            one_ink: false,
        }
    }

    fn drawn(spec: &BackSpec) -> Scene {
        let fonts = FontStore::bundled();
        back(spec, &PlainLetterer { fonts: &fonts })
    }

    fn shapes(scene: &Scene) -> Vec<&Shape> {
        fn shape(item: &Item) -> Option<&Shape> {
            if let Item::Shape(shape) = item { Some(shape) } else { None }
        }
        scene.items.iter().filter_map(shape).collect()
    }

    fn texts(scene: &Scene) -> Vec<(&str, &Text)> {
        fn text(item: &Item) -> Option<&Text> {
            if let Item::Text(text) = item { Some(text) } else { None }
        }
        let words = |text: &Text| &scene.text[text.text.start as usize..text.text.end as usize];
        scene.items.iter().filter_map(text).map(|text| (words(text), text)).collect()
    }

    #[test]
    fn one_title_gives_one_back() {
        for style in [HOME, BackStyle::Press] {
            let (first, again) = (drawn(&spec("Family", style)), drawn(&spec("Family", style)));
            assert_eq!(first, again);
            assert_ne!(shapes(&first), shapes(&drawn(&spec("Familie", style))));
        }
    }

    #[test]
    fn the_title_stands_where_the_chart_has_it() {
        let scene = drawn(&spec("Intimacy", HOME));
        let texts = texts(&scene);
        let find = |wanted| texts.iter().find(|(text, _)| *text == wanted).map(|(_, text)| *text);
        let (title, subtitle) = (find("Intimacy").unwrap(), find("FOR TWO").unwrap());
        let near = |point: Point, x, y| {
            (point.x - Length::mm(x)).abs() < Length::mm(0.01) && point.y == Length::mm(y)
        };
        assert!(near(title.origin, 18.24, 40.3), "{:?}", title.origin);
        assert!(near(subtitle.origin, 25.97, 44.9), "{:?}", subtitle.origin);
        assert_eq!((title.ink, subtitle.ink), (inks::DEEP, Ink::BLACK));
        assert_eq!((title.size, subtitle.size), (Length::pt(17.0), Length::pt(6.5)));
    }

    #[test]
    fn lines_have_the_weight_of_their_level() {
        let weights = |ink| {
            let scene = drawn(&spec("Intimacy", BackStyle::Home { ink }));
            let stroke = |shape: &Shape| shape.stroke.map(|stroke| (stroke.ink, stroke.width));
            shapes(&scene).into_iter().filter_map(stroke).take(3).collect::<Vec<_>>()
        };
        for (ink, half) in [(inks::DEEP, 0.115), (inks::DEPTHS[1], 0.16), (inks::DEPTHS[0], 0.16)] {
            let wanted = [0.34, half, 0.22].map(|weight| (ink, Length::mm(weight)));
            assert_eq!(weights(ink), wanted);
        }
    }

    #[test]
    fn the_pale_shore_never_carries_words() {
        let scene = drawn(&spec("Intimacy", BackStyle::Home { ink: inks::DEPTHS[0] }));
        assert!(texts(&scene).iter().all(|(_, text)| text.ink == Ink::BLACK));
    }

    #[test]
    fn bands_are_closed_and_reach_beyond_the_bleed() {
        let scene = drawn(&spec("Intimacy", BackStyle::Press));
        let shapes = shapes(&scene);
        assert!(shapes.iter().all(|shape| shape.stroke.is_none()));
        let inks: Vec<Ink> = shapes.iter().filter_map(|shape| shape.fill).collect();
        assert_eq!((inks[0], inks[1], inks[2]), (inks::LAND, inks::BANDS[0], inks::BANDS[1]));
        for shape in &shapes {
            let count = |kind: fn(&Segment) -> bool| {
                shape.path.segments.iter().filter(|segment| kind(segment)).count()
            };
            let moves = count(|segment| matches!(segment, Segment::Move(_)));
            assert_eq!(moves, count(|segment| matches!(segment, Segment::Close)));
        }
        for shape in &shapes[..2] {
            let ends = shape.path.segments.iter().filter_map(|segment| match segment {
                Segment::Move(end) | Segment::Line(end) | Segment::Cubic(_, _, end) => Some(*end),
                Segment::Close => None,
            });
            let (xs, ys): (Vec<_>, Vec<_>) = ends.map(|end| (end.x, end.y)).unzip();
            assert!(xs.iter().min() < Some(&Length::mm(-5.0)));
            assert!(ys.iter().max() > Some(&Length::mm(93.0)));
        }
    }

    #[test]
    fn jobs_in_black_alone_use_no_other_plate() {
        for style in [HOME, BackStyle::Press] {
            let scene = drawn(&BackSpec { one_ink: true, ..spec("Intimacy", style) });
            let strokes = shapes(&scene).into_iter().filter_map(|shape| shape.stroke);
            let fills = shapes(&scene).into_iter().filter_map(|shape| shape.fill);
            let letters = texts(&scene).into_iter().map(|(_, text)| text.ink);
            for ink in strokes.map(|stroke| stroke.ink).chain(fills).chain(letters) {
                assert_eq!(ink.cmyk[..3], [0, 0, 0]);
            }
        }
    }

    #[test]
    fn what_is_no_card_has_no_back() {
        let nothing = BackSpec { trim: Size::mm(0.0, 88.0), ..spec("Intimacy", HOME) };
        assert_eq!(drawn(&nothing), Scene::default());
    }
}
