//! How the numbers of the poker card become those of another.

use kurbo::{Point, Vec2};

use crate::length::{Length, Size};

/// The card that all numbers of the sea are given for, in millimetres.
const POKER: Vec2 = Vec2::new(63.0, 88.0);

/// The measures of a card beside those of the poker card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The width and the height of the trim, in millimetres.
    pub card: Vec2,
    /// How many times wider and higher than a poker card it is.
    pub by: Vec2,
    /// The geometric mean of both, for what has one measure for both directions.
    pub mean: f64,
    /// The scale of type and of the room around it.
    pub type_scale: f64,
}

impl Scale {
    /// The scale of a card of `trim`; none where that is no card, with a side under 10 mm or over
    /// 2 m, or more than twelve times as long as wide.
    pub fn new(trim: Size) -> Option<Self> {
        let card = Vec2::new(trim.width.to_mm(), trim.height.to_mm());
        let (short, long) = (card.x.min(card.y), card.x.max(card.y));
        if short < 10.0 || long > 2000.0 || long > 12.0 * short {
            return None;
        }
        let by = Vec2::new(card.x / POKER.x, card.y / POKER.y);
        let type_scale = by.x.min(by.y).clamp(0.85, 1.5);
        Some(Self { card, by, mean: (by.x * by.y).sqrt(), type_scale })
    }

    /// Returns the point of this card that stands for (`x`, `y`) on a poker card.
    pub fn point(&self, x: f64, y: f64) -> Point {
        Point::new(x * self.by.x, y * self.by.y)
    }

    /// Returns the size of letters of `pt` points on a poker card.
    pub fn type_size(&self, pt: f64) -> Length {
        Length::pt(pt * self.type_scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poker_card_keeps_its_numbers() {
        let scale = Scale::new(Size::mm(63.0, 88.0)).expect("poker is a card");
        assert_eq!((scale.by, scale.mean, scale.type_scale), (Vec2::new(1.0, 1.0), 1.0, 1.0));
        assert_eq!(scale.point(31.5, 40.3), Point::new(31.5, 40.3));
    }

    #[test]
    fn slivers_and_walls_are_no_cards() {
        assert!(Scale::new(Size::mm(0.0, 88.0)).is_none());
        assert!(Scale::new(Size::mm(10.0, 200.0)).is_none());
        assert!(Scale::new(Size::mm(3000.0, 3000.0)).is_none());
        assert!(Scale::new(Size::mm(148.0, 105.0)).is_some());
    }
}
