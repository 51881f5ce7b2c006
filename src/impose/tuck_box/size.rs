//! How large a box is: from grams and numbers of cards to the inside of a box.

use std::fmt;
use std::ops::RangeInclusive;

use crate::length::{Length, Size};

/// The room that a box leaves around its cards in each direction, both sides together.
const CLEARANCE: Length = Length::mm(2.0);

/// The air between the cards of a stack, in parts of its height: cards are never quite flat.
const AIR: f64 = 0.05;

/// The least depth that can be folded and glued.
const SHALLOWEST: Length = Length::mm(6.0);

/// The weights of paper that cards are printed on, in grams to the square metre.
pub const GRAMMAGES: RangeInclusive<f64> = 40.0..=800.0;

/// The inside of a box, as it stands: the front faces the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoxSize {
    /// From side to side.
    pub width: Length,
    /// From the bottom to the lid.
    pub height: Length,
    /// From the front to the back.
    pub depth: Length,
}

impl BoxSize {
    /// The box for cards of `card` that lie `stack` high: 2 mm larger each way, and at least 6 mm
    /// deep.
    pub fn around(card: Size, stack: Length) -> Self {
        Self {
            width: card.width + CLEARANCE,
            height: card.height + CLEARANCE,
            depth: (stack + CLEARANCE).max(SHALLOWEST),
        }
    }
}

impl fmt::Display for BoxSize {
    /// Writes `65 × 90 × 19 mm`: width, height and depth.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let face = Size::new(self.width, self.height).to_string();
        write!(f, "{} × {}", face.trim_end_matches(" mm"), self.depth)
    }
}

/// Returns how high `cards` cards lie that are `thickness` thick, with 5 % air, to a tenth of a
/// millimetre.
pub fn stack_of(cards: usize, thickness: Length) -> Length {
    let tenth = Length::mm(0.1);
    let exact = thickness.scaled(cards as f64 * (1.0 + AIR));
    tenth * (exact + tenth / 2).times(tenth)
}

/// Returns how thick paper of `grammage` g/m² is.
///
/// `bulk` is its volume in cm³/g: 0.85 to 1.0 for coated paper, 1.1 to 1.3 for uncoated.
pub fn thickness_of(grammage: f64, bulk: f64) -> Length {
    Length::mm(grammage * bulk / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poker_deck_has_the_box_of_the_trade() {
        let stack = stack_of(54, Length::mm(0.3));
        assert_eq!(stack, Length::mm(17.0));
        let size = BoxSize::around(Size::mm(63.5, 88.9), stack);
        assert_eq!((size.width, size.height), (Length::mm(65.5), Length::mm(90.9)));
        assert_eq!(size.depth, Length::mm(19.0));
        assert_eq!(size.to_string(), "65.5 × 90.9 × 19 mm");
    }

    #[test]
    fn paper_is_as_thick_as_its_bulk_makes_it() {
        assert_eq!(thickness_of(300.0, 1.1), Length::mm(0.33));
        assert_eq!(thickness_of(200.0, 1.0), Length::mm(0.2));
    }

    #[test]
    fn no_box_is_too_shallow_to_fold() {
        assert_eq!(BoxSize::around(Size::mm(63.0, 88.0), Length::mm(0.3)).depth, SHALLOWEST);
    }
}
