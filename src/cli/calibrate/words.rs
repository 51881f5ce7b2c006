//! The error of a printer in words.

use crate::impose::Register;
use crate::length::{Axes, Length, Point};

/// Returns what the printer does wrong.
pub fn error(register: &Register) -> String {
    let Register { shift, angle, scale } = register;
    let backs = parts(*shift, *angle).map(|parts| format!("backs lie {parts}"));
    let Axes { x, y } = scale;
    let size = (*scale != Axes::all(1.0)).then(|| {
        format!("100 mm measure {} mm across, {} mm down", short(x * 100.0), short(y * 100.0))
    });
    joined(backs, size).unwrap_or_else(|| "no error".into())
}

/// Returns what pages do against it; none where there is nothing to be done.
pub fn remedy(register: &Register) -> Option<String> {
    let Register { shift, angle, scale } = register;
    let back = Point::ORIGIN - *shift;
    let backs = parts(back, -angle).map(|parts| format!("backs moved {parts}"));
    let Axes { x, y } = scale;
    let size = (*scale != Axes::all(1.0)).then(|| {
        format!("all scaled to {} % across, {} % down", short(100.0 / x), short(100.0 / y))
    });
    joined(backs, size)
}

fn joined(backs: Option<String>, size: Option<String>) -> Option<String> {
    let parts: Vec<String> = backs.into_iter().chain(size).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Returns shift and turn in words; none where there is neither.
fn parts(shift: Point, angle: f64) -> Option<String> {
    let turn = short(angle.abs());
    let clockwise = if angle < 0.0 { "anticlockwise" } else { "clockwise" };
    let parts: Vec<String> = [
        way(shift.x, ["to the left", "to the right"]),
        way(shift.y, ["up", "down"]),
        (turn != "0").then(|| format!("turned {turn}° {clockwise}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Returns a length in words of its way: `0.6 mm to the right`; none if it rounds to nothing.
fn way(length: Length, [before, after]: [&str; 2]) -> Option<String> {
    let far = short(length.to_mm().abs());
    let way = if length < Length::ZERO { before } else { after };
    (far != "0").then(|| format!("{far} mm {way}"))
}

/// Returns a number to a hundredth, with as few digits as say it.
fn short(number: f64) -> String {
    ((number * 100.0).round() / 100.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remedy_is_the_opposite_of_its_error() {
        let shift = Point::mm(0.617, -1.2);
        let register = Register { shift, angle: -0.15, scale: Axes { x: 0.987, y: 1.0 } };
        assert_eq!(
            error(&register),
            "backs lie 0.62 mm to the right, 1.2 mm up, turned 0.15° anticlockwise; \
             100 mm measure 98.7 mm across, 100 mm down"
        );
        assert_eq!(
            remedy(&register).as_deref(),
            Some(
                "backs moved 0.62 mm to the left, 1.2 mm down, turned 0.15° clockwise; \
                 all scaled to 101.32 % across, 100 % down"
            )
        );
        assert_eq!(remedy(&Register::default()), None);
        assert_eq!(error(&Register::default()), "no error");
    }
}
