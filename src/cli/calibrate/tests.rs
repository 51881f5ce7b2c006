//! From an error to a sheet that is printed with it, read by eye, and made up for.

use std::sync::Arc;

use proptest::prelude::*;

use super::set::Told;
use crate::font::FontStore;
use crate::impose::calibration::{Calibration, SheetWords};
use crate::impose::{
    Catalogues, Flip, Imposer, Job, Orientation, Purpose, Register, SetLine, SheetRequest, Side,
    TextSpec, Turn,
};
use crate::length::{Axes, Length, Point, Size};
use crate::run;
use crate::scene::{Item, Page, Scene, Segment, Transform};

pub(super) const WORDS: SheetWords =
    SheetWords { subject: "", dialog: "", corrected: None, command: "", printer: "home" };

fn set(text: &str, spec: TextSpec) -> SetLine {
    let width = (spec.size / 2) * text.chars().count() as i64;
    SetLine { scene: Scene { text: text.into(), ..Scene::default() }, width }
}

/// A place on paper, in millimetres.
pub(super) type Place = [f64; 2];

fn place(point: Point) -> Place {
    [point.x.to_mm(), point.y.to_mm()]
}

/// A line on paper, and what is printed with it.
pub(super) struct Line {
    pub(super) ends: [Place; 2],
    pub(super) label: String,
}

impl Line {
    /// Returns the direction that the line stands across: 0 for an upright one.
    fn axis(&self) -> usize {
        let [[x0, y0], [x1, y1]] = self.ends;
        usize::from((x1 - x0).abs() > (y1 - y0).abs())
    }

    /// Returns where the line stands in the direction it measures.
    fn along(&self) -> f64 {
        (self.ends[0][self.axis()] + self.ends[1][self.axis()]) / 2.0
    }

    /// Returns whether any part of the line is beside `other`.
    fn is_beside(&self, other: &Self) -> bool {
        let span = |line: &Self| {
            let [a, b] = line.ends.map(|end| end[1 - self.axis()]);
            (a.min(b), a.max(b))
        };
        let ((a, b), (c, d)) = (span(self), span(other));
        self.axis() == other.axis() && a < d && c < b
    }
}

/// Returns the lines of a scene as `by` puts them on paper.
fn lines(scene: &Scene, by: &Transform) -> Vec<Line> {
    let mut found = Vec::new();
    for item in &scene.items {
        match item {
            Item::Group(group) => found.extend(lines(&group.scene, &group.transform.then(by))),
            Item::Shape(shape) => match shape.path.segments[..] {
                [Segment::Move(from), Segment::Line(to)] => {
                    let ends = [by.apply(from), by.apply(to)].map(place);
                    found.push(Line { ends, label: label(scene) });
                }
                ref other => panic!("{other:?} is no line"),
            },
            Item::Text(_) | Item::Image(_) => {}
        }
    }
    found
}

/// Returns the text that is grouped with the lines of a scene.
fn label(scene: &Scene) -> String {
    let text = |item: &Item| match item {
        Item::Group(group) => Some(group.scene.text.clone()),
        _ => None,
    };
    scene.items.iter().find_map(text).unwrap_or_default()
}

/// Returns where a place of the front is seen from the back.
pub(super) fn behind([x, y]: Place, size: Size, turn: Turn) -> Place {
    match turn {
        Turn::AboutVertical => [size.width.to_mm() - x, y],
        Turn::AboutHorizontal => [x, size.height.to_mm() - y],
    }
}

/// Returns what is typed of a scale: the tick that lies on its line, or the two that do so equally.
pub(super) fn read(name: char, ticks: &[Line], fronts: &[Line]) -> Option<String> {
    let ticks = ticks.iter().filter(|tick| tick.label.starts_with(name) && tick.label.len() > 1);
    let gaps: Vec<(&str, f64)> = ticks
        .map(|tick| {
            let beside = fronts.iter().filter(|front| tick.is_beside(front));
            let gaps = beside.map(|front| front.along() - tick.along());
            let gap = gaps.min_by(|a, b| a.abs().total_cmp(&b.abs())).expect("a line is beside it");
            (&tick.label[..], gap)
        })
        .collect();
    let best = (0..gaps.len()).min_by(|a, b| gaps[*a].1.abs().total_cmp(&gaps[*b].1.abs()))?;
    let (label, gap) = gaps[best];
    let neighbours = [best.wrapping_sub(1), best + 1].into_iter().filter_map(|at| gaps.get(at));
    let other = neighbours.filter(|(_, other)| other * gap < 0.0 && other.abs() < 3.0 * gap.abs());
    let other = other.min_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    match other {
        Some((other, _)) => Some(format!("{label}/{}", &other[1..])),
        // Beyond the end of a scale a person sees that nothing lies on its line.
        None => (gap.abs() <= 0.042).then(|| label.to_owned()),
    }
}

/// Returns what is typed of the sheet that comes out of a printer with this error.
fn read_all(pages: &[Page; 2], error: &Register, turn: Turn) -> Option<String> {
    let size = pages[0].size;
    let [front, back] = [Side::Recto, Side::Verso].map(|side| error.error(size, side));
    let mut fronts = lines(&pages[0].scene, &front);
    fronts.iter_mut().for_each(|line| line.ends = line.ends.map(|end| behind(end, size, turn)));
    let ticks = lines(&pages[1].scene, &back);
    let readings = ['H', 'V', 'R'].map(|name| read(name, &ticks, &fronts));
    Some(readings.into_iter().collect::<Option<Vec<_>>>()?.join(","))
}

/// Returns the corners of all cards on a page, as the printer puts them.
fn corners(page: &Page, error: &Transform, card: Size) -> Vec<Place> {
    let Item::Group(artwork) = &page.scene.items[0] else { panic!("a page is made of groups") };
    let corners = |item: &Item| {
        let Item::Group(group) = item else { panic!("a card is a group") };
        let map = group.transform.then(&artwork.transform).then(error);
        let (w, h, zero) = (card.width, card.height, Length::ZERO);
        [(zero, zero), (w, zero), (zero, h), (w, h)]
            .map(|(x, y)| place(map.apply(Point::new(x, y))))
    };
    artwork.scene.items.iter().flat_map(corners).collect()
}

/// Returns how far the worst corner of a card's back is from that of its front.
fn worst(page: Size, flip: Flip, register: &Register, error: &Register) -> f64 {
    let catalogues = Catalogues::bundled();
    let paper = crate::impose::Format { size: page, ..catalogues.paper("a4").unwrap() };
    let card = catalogues.size("poker").unwrap();
    let orientation =
        if page.is_landscape() { Orientation::Landscape } else { Orientation::Portrait };
    let request = SheetRequest {
        flip: Some(flip),
        orientation: Some(orientation),
        ..SheetRequest::new(Purpose::Home, card, paper)
    };
    let spec = request.resolve(&[]).unwrap();
    let (count, exact) = (spec.grid.cells(), Register::default());
    let job = Job { count, title: "", digest: "", text: &set, register: exact };
    let imposer = Imposer::new(&spec, job);
    let [fronts, backs] = [Side::Recto, Side::Verso].map(|side| {
        let page = register.correct(imposer.page(0, side, &|_, _| Arc::default()), side);
        corners(&page, &error.error(page.size, side), spec.grid.card)
    });
    let distance = |[a, b]: Place, [c, d]: Place| (a - c).hypot(b - d);
    let nearest = |front: Place| {
        let front = behind(front, page, spec.turn());
        backs.iter().map(|back| distance(front, *back)).fold(f64::MAX, f64::min)
    };
    fronts.into_iter().map(nearest).fold(0.0, f64::max)
}

fn papers() -> impl Strategy<Value = (Size, Flip)> {
    let paper = prop::sample::select(vec![Size::mm(210.0, 297.0), Size::mm(215.9, 279.4)]);
    (paper, any::<bool>(), any::<bool>()).prop_map(|(paper, broad, short)| {
        let flip = if short { Flip::ShortEdge } else { Flip::LongEdge };
        (if broad { paper.turned() } else { paper }, flip)
    })
}

/// Returns what was read on a sheet of a printer with this error, and what comes of it.
fn calibrated(page: Size, flip: Flip, error: &Register) -> Option<Register> {
    let sheet = Calibration::new(page, flip).expect("the paper is large enough");
    let readings = read_all(&sheet.pages(&WORDS, &set), error, sheet.turn)?;
    let Axes { x, y } = error.scale;
    let text = format!("{readings},scale-x={:.1},scale-y={:.1}", x * 100.0, y * 100.0);
    Some(Told::parse(&text).unwrap_or_else(|told| panic!("{text}: {told:?}")).read_on(&sheet))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_brings_backs_behind_their_fronts(
        (page, flip) in papers(),
        x in -3.9..3.9, y in -3.9..3.9, angle in -0.6..0.6,
        (scale_x, scale_y) in (0.985..1.01, 0.985..1.01),
    ) {
        let scale = Axes { x: scale_x, y: scale_y };
        let error = Register { shift: Point::mm(x, y), angle, scale };
        let register = calibrated(page, flip, &error);
        // Shift and turn together may be more than the scales reach.
        prop_assume!(register.is_some());
        let register = register.unwrap_or_default();
        let worst = worst(page, flip, &register, &error);
        prop_assert!(worst <= 0.1, "{worst} mm: {register:?} for {error:?}");
    }
}

#[test]
fn what_is_read_on_a_corrected_sheet_adds_up() {
    let (page, flip) = (Size::mm(210.0, 297.0), Flip::LongEdge);
    let error = Register { shift: Point::mm(2.7, -1.9), angle: 0.45, ..Register::default() };
    let first = calibrated(page, flip, &error).expect("the scales reach so far");
    // A first reading that was misread by a millimetre: the next sheet tells.
    let first = Register { shift: first.shift + Point::mm(1.0, -0.6), ..first };
    let sheet = Calibration::new(page, flip).expect("the paper is large enough");
    let [front, back] = sheet.pages(&WORDS, &set);
    let pages = [first.correct(front, Side::Recto), first.correct(back, Side::Verso)];
    let readings = read_all(&pages, &error, sheet.turn).expect("the scales reach so far");
    let rest = Told::parse(&readings).expect("these are readings").read_on(&sheet);
    let worst = worst(page, flip, &first.and(&rest), &error);
    assert!(worst <= 0.1, "{worst} mm: {readings}");
}

#[test]
fn a_back_that_is_too_far_off_is_not_read() {
    let error = Register { shift: Point::mm(0.0, 5.0), ..Register::default() };
    assert_eq!(calibrated(Size::mm(210.0, 297.0), Flip::LongEdge, &error), None);
}

/// Returns how far down the lowest thing in a group begins.
fn lowest(item: &Item) -> Length {
    let Item::Group(group) = item else { panic!("{item:?} is no group") };
    let place = |item: &Item| match item {
        Item::Group(group) => group.transform.offset.y,
        _ => Length::ZERO,
    };
    group.scene.items.iter().map(place).max().expect("something is in it")
}

#[test]
fn the_longest_words_stand_clear_of_the_bar_under_them() {
    let fonts = FontStore::bundled();
    let text = run::slug_setter(&fonts);
    let page = Size::mm(200.0, 270.0);
    let printer = "the-printer-in-the-office-upstairs";
    let command = format!(
        "deckle calibrate --printer {printer} --add H__,V__,R__ --paper 200x270mm \
         --orientation landscape --flip short"
    );
    let words = SheetWords {
        subject: "200 × 270 mm, landscape, flip on the short edge",
        dialog: "two-sided, flip on the short edge",
        corrected: Some(printer),
        command: &command,
        printer,
    };
    for (page, flip) in [page, page.turned()]
        .into_iter()
        .flat_map(|page| [(page, Flip::LongEdge), (page, Flip::ShortEdge)])
    {
        let sheet = Calibration::new(page, flip).expect("the paper is large enough");
        let [front, _] = sheet.pages(&words, &text);
        let [_, words, bar, _] = &front.scene.items[..] else { panic!("the front has four parts") };
        // The number of the bar stands over it, 2 mm high.
        let clear = lowest(bar) - lowest(words);
        assert!(clear >= Length::mm(5.0), "{clear} on {page}, {flip:?}");
    }
}
