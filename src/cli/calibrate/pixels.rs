//! The sheet as it is painted, read from its pixels.

use std::sync::Arc;

use super::tests::{Line, Place, WORDS, behind, read};
use crate::font::FontStore;
use crate::impose::calibration::{Axis, Calibration, Scale};
use crate::impose::{Flip, Register, Side};
use crate::length::{Length, Point, Rect, Sides, Size};
use crate::paint::png::{self, PngOptions};
use crate::run;
use crate::scene::{Group, Item, Page, Scene, Transform};

const DPI: f64 = 600.0;

/// What is printed, as far as it is dark, and how large a pixel is in millimetres.
struct Print {
    width: usize,
    pixels: Vec<u8>,
}

/// A run of dark pixels over the direction that a scale measures.
struct Run {
    along: usize,
    from: usize,
    to: usize,
    darkness: f64,
}

impl Print {
    fn of(page: &Page, fonts: &FontStore, error: Transform) -> Self {
        let scene = Arc::new(page.scene.clone());
        let scene =
            Scene { items: vec![Item::Group(Group::new(scene, error))], ..Scene::default() };
        let page = Page { scene, ..page.clone() };
        let options = PngOptions { dpi: DPI, grey: false };
        let image = png::draw(&page, fonts, &options).expect("the page can be painted");
        let (width, _) = image.dimensions();
        Self { width: width as usize, pixels: image.pixels().map(|p| 255 - p[0]).collect() }
    }

    /// Returns all lines in an area that stand across `axis` and are at least 2.4 mm long.
    fn lines(&self, area: Rect, axis: Axis) -> Vec<Line> {
        let pixel = |length: Length| (length.to_inches() * DPI) as usize;
        let (x, y) =
            (pixel(area.left())..pixel(area.right()), pixel(area.top())..pixel(area.bottom()));
        let (alongs, overs) = if axis == Axis::Across { (x, y) } else { (y, x) };
        let dark = |along: usize, over: usize| {
            let (x, y) = if axis == Axis::Across { (along, over) } else { (over, along) };
            f64::from(self.pixels[y * self.width + x]) / 255.0
        };
        let mut runs: Vec<Run> = Vec::new();
        for along in alongs {
            let mut start = None;
            for over in overs.clone().chain([overs.end]) {
                let is_dark = over < overs.end && dark(along, over) > 0.08;
                match (is_dark, start) {
                    (true, None) => start = Some(over),
                    (false, Some(from)) => {
                        let darkness = (from..over).map(|over| dark(along, over)).sum();
                        runs.push(Run { along, from, to: over, darkness });
                        start = None;
                    }
                    _ => {}
                }
            }
        }
        runs.retain(|run| run.to - run.from >= pixel(Length::mm(2.4)));
        joined(runs).iter().map(|runs| line(runs, axis)).collect()
    }
}

/// Joins runs that lie next to one another.
fn joined(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut lines: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let next = |line: &&mut Vec<Run>| {
            let last = &line[line.len() - 1];
            run.along == last.along + 1 && run.from < last.to && last.from < run.to
        };
        match lines.iter_mut().find(next) {
            Some(line) => line.push(run),
            None => lines.push(vec![run]),
        }
    }
    lines
}

/// Returns the line through the middle of the darkness of runs.
fn line(runs: &[Run], axis: Axis) -> Line {
    let darkness: f64 = runs.iter().map(|run| run.darkness).sum();
    let along: f64 = runs.iter().map(|run| (run.along as f64 + 0.5) * run.darkness).sum();
    let from = runs.iter().map(|run| run.from).min().unwrap_or_default();
    let to = runs.iter().map(|run| run.to).max().unwrap_or_default();
    let mm = |pixels: f64| pixels * 25.4 / DPI;
    let end = |over: usize| match axis {
        Axis::Across => [mm(along / darkness), mm(over as f64)],
        Axis::Down => [mm(over as f64), mm(along / darkness)],
    };
    Line { ends: [end(from), end(to)], label: String::new() }
}

/// Numbers the ticks of a scale row by row.
fn numbered(mut ticks: Vec<Line>, scale: &Scale) -> Vec<Line> {
    let (along, over) = if scale.axis == Axis::Across { (0, 1) } else { (1, 0) };
    let by = |of: usize| move |a: &Line, b: &Line| a.ends[0][of].total_cmp(&b.ends[0][of]);
    ticks.sort_by(by(over));
    let mut rest = &mut ticks[..];
    for length in [16, 16, 17, 16, 16] {
        let (row, others) = rest.split_at_mut(length);
        row.sort_by(by(along));
        rest = others;
    }
    for (number, tick) in (1..).zip(&mut ticks) {
        tick.label = format!("{}{number}", scale.name);
    }
    ticks
}

#[test]
fn an_error_is_read_from_the_pixels_of_both_sides() {
    let size = Size::mm(215.9, 279.4);
    let sheet = Calibration::new(size, Flip::LongEdge).expect("the paper is large enough");
    let fonts = FontStore::bundled();
    let pages = sheet.pages(&WORDS, &run::slug_setter(&fonts));
    let error = Register { shift: Point::mm(1.23, -2.07), angle: 0.2, ..Register::default() };
    let [front, back] = [Side::Recto, Side::Verso].map(|side| error.error(size, side));
    let around = |scale: &Scale| scale.area().grown(Sides::all(Length::mm(2.9)));
    let print = Print::of(&pages[0], &fonts, front);
    let fronts = sheet.scales.each_ref().map(|scale| {
        let mut lines = print.lines(sheet.turn.rect(around(scale), size), scale.axis);
        assert_eq!(lines.len(), 17 * 6, "{}", scale.name);
        let seen = |end: Place| behind(end, size, sheet.turn);
        lines.iter_mut().for_each(|line| line.ends = line.ends.map(seen));
        lines
    });
    let print = Print::of(&pages[1], &fonts, back);
    let readings = [0, 1, 2].map(|at| {
        let scale = &sheet.scales[at];
        let ticks = print.lines(around(scale), scale.axis);
        assert_eq!(ticks.len(), 81, "{}", scale.name);
        read(scale.name, &numbered(ticks, scale), &fronts[at]).expect("a tick lies on its line")
    });
    let told = super::set::Told::parse(&readings.join(",")).expect("these are readings");
    let found = told.read_on(&sheet);
    let off = found.shift - error.shift;
    assert!(off.x.abs().max(off.y.abs()) < Length::mm(0.1), "{readings:?}: {found:?}");
    assert!((found.angle - error.angle).abs() < 0.03, "{readings:?}: {found:?}");
}
