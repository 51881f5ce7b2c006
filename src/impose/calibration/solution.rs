//! From what was read on the scales to the error of the printer.

use crate::impose::calibration::Calibration;
use crate::impose::calibration::scale::{Axis, LAST, Scale};
use crate::impose::plan::Side;
use crate::impose::register::{Register, centre};
use crate::length::{Axes, Length, Point};

/// What was read on a scale: a number, or two neighbours that do equally well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    first: u8,
    second: u8,
}

impl Reading {
    /// Returns the reading of two numbers, the same or neighbours; none if they are not that, or
    /// not on the scale.
    pub fn new(first: u32, second: u32) -> Option<Self> {
        let on_scale = |number: u32| u8::try_from(number).ok().filter(|n| (1..=LAST).contains(n));
        let reading = Self { first: on_scale(first)?, second: on_scale(second)? };
        (first.abs_diff(second) <= 1).then_some(reading)
    }

    /// Returns whether the first or the last number of the scale was read.
    pub fn is_at_an_end(&self) -> bool {
        [self.first, self.second].iter().any(|number| [1, LAST].contains(number))
    }
}

/// How often the solution for small errors is applied to what the last one has left. Each time
/// leaves about a hundredth.
const ROUNDS: usize = 8;

impl Calibration {
    /// Returns the error of a printer whose back lies as the readings of the three scales say, in
    /// their order, and that makes things as large as `scale` says.
    pub fn solve(&self, readings: [Reading; 3], scale: Axes<f64>) -> Register {
        let mut register = Register { scale, ..Register::default() };
        for _ in 0..ROUNDS {
            let rests = [0, 1, 2].map(|at| self.rest(&self.scales[at], readings[at], &register));
            let [x, y, turn] = solved(rests);
            register.shift = register.shift + Point::mm(x, y);
            register.angle += turn.to_degrees();
        }
        register
    }

    /// Returns an equation for what is left of the error: how shift and turn (radians) move the tick
    /// along the scale, and how far (millimetres) it still has to go to its line.
    fn rest(&self, scale: &Scale, reading: Reading, register: &Register) -> ([f64; 3], f64) {
        let [front, back] = [Side::Recto, Side::Verso].map(|side| register.error(self.size, side));
        let pivot = centre(self.size) + register.shift;
        let [first, second] = [reading.first, reading.second].map(|number| {
            let tick = scale.tick(number);
            let (seen, goal) = (back.apply(tick.middle), front.apply(tick.goal));
            [seen - pivot, goal - seen]
        });
        let mean = |a: Length, b: Length| (a.to_mm() + b.to_mm()) / 2.0;
        match scale.axis {
            Axis::Across => {
                ([1.0, 0.0, -mean(first[0].y, second[0].y)], mean(first[1].x, second[1].x))
            }
            Axis::Down => {
                ([0.0, 1.0, mean(first[0].x, second[0].x)], mean(first[1].y, second[1].y))
            }
        }
    }
}

/// Solves three equations in three unknowns by Cramer's rule.
fn solved([(a, u), (b, v), (c, w)]: [([f64; 3], f64); 3]) -> [f64; 3] {
    let [bc, ca, ab] = [cross(b, c), cross(c, a), cross(a, b)];
    // Never zero: the pair of scales that measure the same way stand apart.
    let volume = a[0] * bc[0] + a[1] * bc[1] + a[2] * bc[2];
    [0, 1, 2].map(|at| (u * bc[at] + v * ca[at] + w * ab[at]) / volume)
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
