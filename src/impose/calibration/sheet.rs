//! The two pages of the calibration sheet as they are painted.

use std::sync::Arc;

use crate::font::Role;
use crate::impose::calibration::scale::{Axis, Line, Scale};
use crate::impose::calibration::words::{HINT, SheetWords, paragraph};
use crate::impose::calibration::{BAR, Calibration};
use crate::impose::slug::{SetLine, SetText, TextSpec};
use crate::impose::turn::Turn;
use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Group, Ink, Item, Page, Path, Scene, Shape, Stroke, Transform};

/// The width of ticks and dashes, thin enough to see a tenth of a millimetre by.
const HAIRLINE: Length = Length::mm(0.12);

/// The width of the bars and of what is written on.
const RULE: Length = Length::mm(0.2);

/// The ink of what is written on.
const GREY: Ink = Ink::new([120; 3], [0, 0, 0, 53]);

/// The size of a tick's number.
const NUMBER: Length = Length::pt(6.5);

/// The size of a scale's name.
const NAME: Length = Length::pt(13.0);

/// The size of the back's hint.
const SMALL: Length = Length::pt(8.0);

/// The size of the front's words, the step from line to line, and the space between paragraphs.
const BODY: [Length; 3] = [Length::pt(9.5), Length::pt(13.0), Length::pt(5.5)];

/// The size of the front's heading.
const HEADING: Length = Length::pt(17.0);

/// How far the steps stand behind their numbers.
const INDENT: Length = Length::mm(6.0);

/// The length of the line on which a reading is written.
const BLANK: Length = Length::mm(24.0);

impl Calibration {
    /// Returns the front and the back.
    pub fn pages(&self, words: &SheetWords, text: &SetText) -> [Page; 2] {
        [self.front_items(words, text), self.back_items(text)].map(|items| {
            let area = Rect::new(Point::ORIGIN, self.size);
            let scene = Scene { items, ..Scene::default() };
            Page { size: self.size, trim: area, bleed: area, scene, bookmarks: Vec::new() }
        })
    }

    fn front_items(&self, words: &SheetWords, text: &SetText) -> Vec<Item> {
        let dashes = self.scales.iter().flat_map(Scale::dashes);
        let dashes = dashes.map(|(from, to)| line((self.front(from), self.front(to)), HAIRLINE));
        let mut items = vec![group(dashes.collect())];
        let area = self.turn.rect(self.words, self.size);
        items.extend(instructions(words, self.turn, area, text));
        let foot = Point::new(area.left(), area.bottom() - Length::mm(3.0));
        items.push(bar(foot, Axis::Across, text));
        let upright = Rect::new(self.bar, Size::new(Length::ZERO, BAR));
        items.push(bar(self.turn.rect(upright, self.size).origin, Axis::Down, text));
        items
    }

    fn back_items(&self, text: &SetText) -> Vec<Item> {
        let ticks = self.scales.iter().flat_map(|scale| {
            scale.ticks().map(move |tick| {
                let number = text(&tick.label, spec(Role::Small, NUMBER));
                let place = beside(tick.middle, scale.axis, number.width);
                group(vec![line(tick.ends, HAIRLINE), placed(number, place)])
            })
        });
        ticks.chain(self.scales.iter().map(|scale| name(scale, text))).collect()
    }
}

/// Returns where the number of a tick begins: right of an upright one, under a level one.
fn beside(middle: Point, axis: Axis, width: Length) -> Point {
    // Figures and capitals stand 0.66 em high.
    let height = NUMBER.scaled(0.66);
    middle
        + match axis {
            Axis::Across => Point::new(Length::mm(0.8), height / 2),
            Axis::Down => Point::new(-width / 2, Length::mm(0.8) + height),
        }
}

/// Returns the letter of a scale over it, with a line to write its reading on.
fn name(scale: &Scale, text: &SetText) -> Item {
    let at = scale.origin - Point::new(Length::ZERO, Length::mm(scale.axis.over()));
    let letter = text(&scale.name.to_string(), spec(Role::Label, NAME));
    let start = at + Point::new(letter.width + Length::mm(1.5), Length::ZERO);
    let end = start + Point::new(BLANK, Length::ZERO);
    let mut items = vec![placed(letter, at)];
    items.push(stroked((start, end), Stroke::new(GREY, RULE)));
    if scale.axis == Axis::Across {
        let hint = text(HINT, spec(Role::Small, SMALL));
        let right = at.x + Scale::LENGTH - hint.width;
        items.push(placed(hint, Point::new(right, at.y)));
    }
    group(items)
}

impl Axis {
    /// Returns how far over a scale its name stands, in millimetres: numbers stand beside ticks
    /// that measure across, and under those that measure down.
    const fn over(self) -> f64 {
        match self {
            Self::Across => 2.0,
            Self::Down => 4.0,
        }
    }
}

/// Returns the words of the front.
fn instructions(words: &SheetWords, turn: Turn, area: Rect, text: &SetText) -> Vec<Item> {
    let [size, step, apart] = BODY;
    let body = spec(Role::Small, size);
    let (left, width) = (area.left(), area.size.width);
    let mut items = Vec::new();
    let mut y = area.top() + HEADING.scaled(0.7);
    items.push(placed(
        text("Calibrate a printer", spec(Role::Prompt, HEADING)),
        Point::new(left, y),
    ));
    y += step.scaled(0.4);
    let mut say = |lines: Vec<SetLine>, x: Length, y: &mut Length| {
        for line in lines {
            *y += step;
            items.push(placed(line, Point::new(x, *y)));
        }
        *y += apart;
    };
    say(paragraph(&words.subtitle(), body, width, text), left, &mut y);
    let indented = left + INDENT;
    for (number, told) in (1..).zip(words.steps(turn)) {
        let mut here = y;
        say(vec![text(&number.to_string(), spec(Role::Label, size))], left, &mut here);
        say(paragraph(&told, body, width - INDENT, text), indented, &mut y);
    }
    let command = paragraph(words.command, spec(Role::Label, size), width - INDENT, text);
    say(command, indented, &mut y);
    for told in words.ending() {
        say(paragraph(&told, body, width - INDENT, text), indented, &mut y);
    }
    vec![group(items)]
}

/// Returns a bar of 100 mm from `start` with a tick each 10 mm.
fn bar(start: Point, axis: Axis, text: &SetText) -> Item {
    let point = |along: Length, over: Length| {
        start
            + match axis {
                Axis::Across => Point::new(along, over),
                Axis::Down => Point::new(over, along),
            }
    };
    let half = |number: i64| Length::mm(if number % 10 == 0 { 2.0 } else { 1.0 });
    let tick = |number: i64| {
        let along = Length::mm(10.0) * number;
        line((point(along, -half(number)), point(along, half(number))), HAIRLINE)
    };
    let mut items: Vec<Item> = (0..=10).map(tick).collect();
    items.push(line((point(Length::ZERO, Length::ZERO), point(BAR, Length::ZERO)), RULE));
    let label = text("100 mm", spec(Role::Small, SMALL));
    let middle = point(BAR / 2, Length::mm(-2.0));
    items.push(match axis {
        Axis::Across => placed(label.clone(), middle - Point::new(label.width / 2, Length::ZERO)),
        Axis::Down => {
            let offset = middle + Point::new(Length::ZERO, label.width / 2);
            let upward = Transform { xx: 0.0, xy: -1.0, yx: 1.0, yy: 0.0, offset };
            Item::Group(Group::new(Arc::new(label.scene), upward))
        }
    });
    group(items)
}

fn spec(role: Role, size: Length) -> TextSpec {
    TextSpec { role, size, ink: Ink::BLACK }
}

fn line(ends: Line, width: Length) -> Item {
    stroked(ends, Stroke::new(Ink::BLACK, width))
}

fn stroked((from, to): Line, stroke: Stroke) -> Item {
    Item::Shape(Shape::stroked(Path::line(from, to), stroke))
}

fn placed(line: SetLine, at: Point) -> Item {
    Item::Group(Group::new(Arc::new(line.scene), Transform::moved(at)))
}

fn group(items: Vec<Item>) -> Item {
    let scene = Scene { items, ..Scene::default() };
    Item::Group(Group::new(Arc::new(scene), Transform::IDENTITY))
}
