//! A vernier: long dashed lines on the front, short ticks at a slightly smaller pitch on the back.
//!
//! Front lines stand 10 mm apart, and the ticks of a row 9.9 mm, so that of all ticks only one can
//! lie on its line: the one whose number tells by how many tenths of a millimetre the back is off.
//! No other line comes near it, for no tick is more than 8 mm from its own while the back is less
//! than 4 mm off. The 81 ticks go on in five rows, each behind the same lines. The lines are dashed,
//! so that wherever a back lies across the scale, part of each tick has a line behind it and part
//! has none: the eye sees best where one line goes on as the other.

use crate::length::{Length, Point, Rect, Size};

/// The number of the tick that lies on its line where there is no error.
pub const MIDDLE: u8 = 41;

/// The number of the last tick; the first is 1.
pub const LAST: u8 = 81;

/// What one tick differs from the next by.
pub const STEP: Length = Length::mm(0.1);

/// The number of front lines.
const LINES: i64 = 17;

/// The distance from front line to front line.
const PITCH: Length = Length::mm(10.0);

/// The distance from row to row, which is also that from dash to dash.
const ROW: Length = Length::mm(6.0);

/// The length of a tick.
const TICK: Length = Length::mm(4.4);

/// How far a tick and the dashes at both of its ends run beside one another.
const OVERLAP: Length = Length::mm(0.7);

/// How far lines go on before the first row and behind the last.
const OUT: Length = Length::mm(2.0);

/// The first number of each row, and the line that its tick belongs to.
const ROWS: [(u8, i64); 5] = [(1, 0), (17, 0), (33, 0), (50, 1), (66, 1)];

/// The direction in which a scale measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// From left to right, with upright lines.
    Across,
    /// From top to bottom, with level lines.
    Down,
}

/// A scale in its place on a page, seen from the back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The letter before its numbers.
    pub name: char,
    /// The direction in which it measures.
    pub axis: Axis,
    /// Where its first line begins.
    pub origin: Point,
}

/// A straight line between two points.
pub type Line = (Point, Point);

/// A tick of the back, and the place of the line of the front that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// What is printed beside it, such as `H41`.
    pub label: String,
    /// The tick itself.
    pub ends: Line,
    /// Its middle.
    pub middle: Point,
    /// The point of the front line that is next to it where there is no error.
    pub goal: Point,
}

impl Scale {
    /// How far a scale reaches from its first line to its last.
    pub const LENGTH: Length = Length::mm(160.0);

    /// How far the lines of a scale reach.
    pub const BREADTH: Length = Length::mm(32.4);

    /// Returns the area of the lines.
    pub fn area(&self) -> Rect {
        let size = Size::new(Self::LENGTH, Self::BREADTH);
        let size = if self.axis == Axis::Across { size } else { size.turned() };
        Rect::new(self.origin, size)
    }

    /// Returns the point so far along the scale and so far over its lines.
    fn point(&self, along: Length, over: Length) -> Point {
        self.origin
            + match self.axis {
                Axis::Across => Point::new(along, over),
                Axis::Down => Point::new(over, along),
            }
    }

    /// Returns the dashes of the front's lines.
    pub fn dashes(&self) -> impl Iterator<Item = Line> + '_ {
        let dash = ROW - (TICK - OVERLAP * 2);
        (0..LINES).flat_map(move |line| {
            (0..=ROWS.len() as i64).map(move |number| {
                let end = OUT + OVERLAP + ROW * number;
                let (start, end) = ((end - dash).max(Length::ZERO), end.min(Self::BREADTH));
                (self.point(PITCH * line, start), self.point(PITCH * line, end))
            })
        })
    }

    /// Returns the ticks of the back in the order of their numbers.
    pub fn ticks(&self) -> impl Iterator<Item = Tick> + '_ {
        (1..=LAST).map(|number| self.tick(number))
    }

    /// Returns the tick of a number from 1 to [`LAST`].
    pub fn tick(&self, number: u8) -> Tick {
        let row = ROWS.iter().rposition(|(first, _)| *first <= number).unwrap_or_default();
        let (first, line) = ROWS[row];
        let goal = PITCH * (line + i64::from(number) - i64::from(first));
        let along = goal - STEP * (i64::from(number) - i64::from(MIDDLE));
        let over = OUT + ROW * row as i64;
        Tick {
            label: format!("{}{number}", self.name),
            ends: (self.point(along, over), self.point(along, over + TICK)),
            middle: self.point(along, over + TICK / 2),
            goal: self.point(goal, over + TICK / 2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { name: 'H', axis: Axis::Across, origin: Point::ORIGIN };

    #[test]
    fn each_number_is_a_tenth_of_a_millimetre() {
        for (number, tick) in (1..).zip(SCALE.ticks()) {
            let off = tick.goal - tick.middle;
            assert_eq!(off, Point::new(STEP * (number - 41), Length::ZERO), "{}", tick.label);
        }
    }

    #[test]
    fn each_tick_goes_on_from_dash_to_dash_and_no_place_is_taken_twice() {
        let dashes: Vec<Line> = SCALE.dashes().collect();
        let mut goals = std::collections::HashSet::new();
        for tick in SCALE.ticks() {
            let of_line = || dashes.iter().filter(|dash| dash.0.x == tick.goal.x);
            let met = of_line().filter(|dash| dash.1.y > tick.ends.0.y && dash.0.y < tick.ends.1.y);
            assert_eq!(met.count(), 2, "{}", tick.label);
            assert!(goals.insert(tick.goal), "{}", tick.label);
        }
        let last = dashes.last().expect("there are dashes").1;
        assert_eq!(last, Point::new(Scale::LENGTH, Scale::BREADTH));
    }
}
