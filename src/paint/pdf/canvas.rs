//! A content stream under the pen: it remembers what is set, so that nothing is set twice.

use std::collections::BTreeSet;

use super::ink::Paint;
use super::matrix::Matrix;
use super::syntax::{DECIMALS, fixed, push_fixed};
use crate::scene::{Layer, Spot};

/// The operators of a page or a form, and the resources that they name.
pub(super) struct Canvas {
    pub out: Vec<u8>,
    pub uses: Uses,
    state: State,
    outer: Vec<State>,
    line: Option<Line>,
}

/// The resources that a content stream names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    pub fonts: BTreeSet<u16>,
    pub forms: BTreeSet<u32>,
    pub images: BTreeSet<u32>,
    pub layers: BTreeSet<Layer>,
    pub spots: BTreeSet<Spot>,
}

/// What is set; `None` where it is not known.
#[derive(Clone, Copy, Default)]
struct State {
    fill: Option<Paint>,
    stroke: Option<Paint>,
    /// In thousandths of a point.
    width: Option<i64>,
    round: Option<bool>,
    /// The pattern of the line in thousandths of a point.
    pattern: Option<Pattern>,
    /// The font and its size in thousandths of a point.
    font: Option<(u16, i64)>,
}

/// An open text object: where its last line began, in thousandths of a point, and whether its
/// text stands upright.
#[derive(Clone, Copy)]
struct Line {
    x: i64,
    y: i64,
    upright: bool,
}

/// How a line is broken: the pitch of its dots or else the length of its dashes, 0 for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pattern {
    dots: i64,
    dashes: i64,
}

/// A line's look: width, pitch of dots and length of dashes (0 for none) in points, and whether its
/// ends are round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    pub paint: Paint,
    pub width: f64,
    pub round: bool,
    pub dots: f64,
    pub dashes: f64,
}

impl Canvas {
    /// The canvas of a page, where every setting has its documented beginning.
    pub fn page() -> Self {
        let state = State {
            fill: Some(Paint::Gray(0)),
            stroke: Some(Paint::Gray(0)),
            width: Some(1000),
            round: Some(false),
            pattern: Some(Pattern { dots: 0, dashes: 0 }),
            font: None,
        };
        Self { state, ..Self::form() }
    }

    /// The canvas of a form, which begins with whatever is set where it is placed.
    pub fn form() -> Self {
        Self {
            out: Vec::with_capacity(4096),
            uses: Uses::default(),
            state: State::default(),
            outer: Vec::new(),
            line: None,
        }
    }

    /// Writes an operator, behind its operands if they are not written yet.
    pub fn op(&mut self, operator: &str) {
        self.out.extend_from_slice(operator.as_bytes());
        self.out.push(b'\n');
    }

    /// Writes a length in points.
    pub fn number(&mut self, value: f64) {
        self.units(fixed(value, DECIMALS));
    }

    /// Writes two numbers in points.
    pub fn point(&mut self, (x, y): (f64, f64)) {
        self.number(x);
        self.number(y);
    }

    fn units(&mut self, units: i64) {
        push_fixed(&mut self.out, units, DECIMALS);
        self.out.push(b' ');
    }

    fn matrix(&mut self, matrix: [f64; 6]) {
        for value in &matrix[..4] {
            push_fixed(&mut self.out, fixed(*value, 6), 6);
            self.out.push(b' ');
        }
        self.point((matrix[4], matrix[5]));
    }

    /// Remembers all settings until [`restore`](Self::restore).
    pub fn save(&mut self) {
        self.end_text();
        self.outer.push(self.state);
        self.op("q");
    }

    /// Goes back to the settings of the last [`save`](Self::save).
    pub fn restore(&mut self) {
        self.end_text();
        if let Some(state) = self.outer.pop() {
            self.state = state;
            self.op("Q");
        }
    }

    /// Makes `matrix` the way from what follows to what was there.
    pub fn transform(&mut self, matrix: [f64; 6]) {
        self.end_text();
        self.matrix(matrix);
        self.op("cm");
    }

    /// Paints a form by its number.
    pub fn form_here(&mut self, number: u32) {
        self.uses.forms.insert(number);
        self.op(&format!("/X{number} Do"));
    }

    /// Paints an image by its number, over a square of one unit.
    pub fn image_here(&mut self, number: u32) {
        self.uses.images.insert(number);
        self.op(&format!("/I{number} Do"));
    }

    /// Says that what follows belongs to `layer`, until [`end_layer`](Self::end_layer).
    pub fn begin_layer(&mut self, layer: Layer) {
        self.end_text();
        self.uses.layers.insert(layer);
        self.op(&format!("/OC /L{} BDC", layer as u8));
    }

    /// Ends the layer that was begun last.
    pub fn end_layer(&mut self) {
        self.end_text();
        self.op("EMC");
    }

    /// Sets the colour of fills and text.
    pub fn fill(&mut self, paint: Paint) {
        self.uses.spots.extend(paint.spot());
        if self.state.fill.replace(paint) != Some(paint) {
            paint.push_fill(&mut self.out);
        }
    }

    /// Sets how lines look.
    pub fn pen(&mut self, pen: Pen) {
        self.uses.spots.extend(pen.paint.spot());
        if self.state.stroke.replace(pen.paint) != Some(pen.paint) {
            pen.paint.push_stroke(&mut self.out);
        }
        let width = fixed(pen.width, DECIMALS);
        if self.state.width.replace(width) != Some(width) {
            self.units(width);
            self.op("w");
        }
        if self.state.round.replace(pen.round) != Some(pen.round) {
            self.op(if pen.round { "1 J 1 j" } else { "0 J 0 j" });
        }
        let [dots, dashes] = [pen.dots, pen.dashes].map(|length| fixed(length, DECIMALS).max(0));
        let pattern = Pattern { dots, dashes };
        if self.state.pattern.replace(pattern) != Some(pattern) {
            self.dash(pattern);
        }
    }

    /// A dot is a dash of no length with round ends; one length stands for dashes and gaps.
    fn dash(&mut self, Pattern { dots, dashes }: Pattern) {
        self.out.extend_from_slice(if dots == 0 { b"[" } else { b"[0 " });
        let length = if dots == 0 { dashes } else { dots };
        if length != 0 {
            push_fixed(&mut self.out, length, DECIMALS);
        }
        self.op("]0 d");
    }

    /// Lets what follows leave the inks under it alone, until the next [`restore`](Self::restore).
    pub fn overprint(&mut self) {
        self.op("/O gs");
    }

    /// Opens a text object, if none is open, and goes to the beginning of a line.
    pub fn text_at(&mut self, matrix: &Matrix, (x, y): (f64, f64)) {
        let to =
            Line { x: fixed(x, DECIMALS), y: fixed(y, DECIMALS), upright: matrix.is_upright() };
        let from = self.line.unwrap_or_else(|| {
            self.op("BT");
            Line { x: 0, y: 0, upright: true }
        });
        if to.upright && from.upright {
            self.units(to.x - from.x);
            self.units(to.y - from.y);
            self.op("Td");
        } else {
            let [a, b, c, d, ..] = matrix.operands();
            self.matrix([a, b, c, d, x, y]);
            self.op("Tm");
        }
        self.line = Some(to);
    }

    /// Sets the font and its size in points.
    pub fn font(&mut self, font: u16, size: f64) {
        let size = fixed(size, DECIMALS);
        if self.state.font.replace((font, size)) != Some((font, size)) {
            self.uses.fonts.insert(font);
            self.out.extend_from_slice(format!("/F{font} ").as_bytes());
            self.units(size);
            self.op("Tf");
        }
    }

    /// Ends the text object, if one is open.
    pub fn end_text(&mut self) {
        if self.line.take().is_some() {
            self.op("ET");
        }
    }
}
