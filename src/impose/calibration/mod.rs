//! The calibration of a printer: a sheet with scales on both sides, and what its readings tell.
//!
//! The sheet is held against a light, its back toward the reader. Three scales then tell how far the
//! back lies off: two stand as far apart as the paper lets them and measure the same way, so that
//! they tell the turn as well; the third measures the other way. Everything here is placed as seen
//! from the back; the front has it where [`Turn`] says.

mod scale;
mod sheet;
mod solution;
mod words;

pub use scale::{Axis, LAST, Line, MIDDLE, STEP, Scale, Tick};
pub use solution::Reading;
pub use words::SheetWords;

use crate::impose::plan::Side;
use crate::impose::register::Register;
use crate::impose::turn::{Flip, Turn};
use crate::length::{Length, Point, Rect, Size};

/// The sheet that a printer is calibrated with.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The size of the page.
    pub size: Size,
    /// How the sheet is turned for its back.
    pub turn: Turn,
    /// The scales: H, V and R.
    pub scales: [Scale; 3],
    /// The area behind which the front has its words, the bar that lies under them included.
    words: Rect,
    /// The upper end of the front's upright bar.
    bar: Point,
}

/// The least paper that has room for the scales, held upright.
pub const LEAST: Size = Size::mm(200.0, 270.0);

/// The space between the outermost scales and the edge of the paper.
const MARGIN: Length = Length::mm(9.0);

/// The length of the bars: a size that every ruler has.
const BAR: Length = Length::mm(100.0);

/// The height of the line over a scale that names it.
const HEADING: Length = Length::mm(5.0);

impl Calibration {
    /// Returns the sheet for a page of `size`, unless that is smaller than [`LEAST`].
    pub fn new(size: Size, flip: Flip) -> Option<Self> {
        let upright = if size.is_landscape() { size.turned() } else { size };
        let turn = Turn::of(size, flip);
        LEAST.fits(upright).then(|| match size.is_landscape() {
            false => Self::upright(size, turn),
            true => Self::broad(size, turn),
        })
    }

    /// H and R at the head and at the foot, the words and V between them.
    fn upright(size: Size, turn: Turn) -> Self {
        let (left, middle) = (size.width / 2 - Scale::LENGTH / 2, size.height / 2);
        let top = middle - Scale::LENGTH / 2;
        let foot = size.height - MARGIN - Scale::BREADTH;
        let across = |name, y| Scale { name, axis: Axis::Across, origin: Point::new(left, y) };
        let v = Point::new(left + Length::mm(115.0), top);
        Self {
            size,
            turn,
            scales: [
                across('H', MARGIN + HEADING),
                Scale { name: 'V', axis: Axis::Down, origin: v },
                across('R', foot),
            ],
            words: Rect::new(Point::new(left, top), Size::new(Length::mm(102.0), Scale::LENGTH)),
            bar: Point::new(left + Scale::LENGTH, middle - BAR / 2),
        }
    }

    /// V and R at the sides, the words and H between them.
    fn broad(size: Size, turn: Turn) -> Self {
        let (left, middle) = (size.width / 2 - Scale::LENGTH / 2, size.height / 2);
        let top = middle - Scale::LENGTH / 2;
        let end = size.width - MARGIN - Scale::BREADTH;
        let down = |name, x| Scale { name, axis: Axis::Down, origin: Point::new(x, top) };
        let h = Point::new(left, top + Scale::LENGTH - Scale::BREADTH);
        let words = Size::new(Length::mm(148.0), Length::mm(120.0));
        Self {
            size,
            turn,
            scales: [
                Scale { name: 'H', axis: Axis::Across, origin: h },
                down('V', MARGIN),
                down('R', end),
            ],
            words: Rect::new(Point::new(left, top), words),
            bar: Point::new(left + Scale::LENGTH, top),
        }
    }

    /// Returns whether all scales stay on the paper where the sheet makes up for a printer.
    pub fn stays_on_paper(&self, register: &Register) -> bool {
        let stays = |area, side| register.keeps_on_paper(area, self.size, side);
        self.scales.iter().map(Scale::area).all(|area| {
            stays(area, Side::Verso) && stays(self.turn.rect(area, self.size), Side::Recto)
        })
    }

    /// Returns where the front has the point that is seen from the back at `point`.
    fn front(&self, point: Point) -> Point {
        self.turn.rect(Rect::new(point, Size::default()), self.size).origin
    }
}
