//! Where things stand on a front, for any size of card.
//!
//! The figures are those of a poker card of 63 × 88 mm. On other sizes the header, the waterline,
//! the listener's line and the code keep their distances from the nearest edge, the prompt hangs at
//! 28 % of the height, and type is scaled by min(W/63, H/88), within 0.85 and 1.5.

use crate::length::{Length, Point, Size};
use crate::typeset::paragraph::Step;

/// The edge of the type, left and right.
pub const AXIS: Length = Length::mm(6.0);
/// The space between a card's last baseline and its waterline.
const AIR: Length = Length::mm(6.4);
/// The share of the em that Literata's capitals are high.
pub const CAPITALS: f64 = 0.701;

/// The places of a front.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// The trimmed card.
    pub trim: Size,
    /// The factor on type and furniture.
    pub scale: f64,
    /// Whether type is set larger for weak eyes or weak light.
    pub large_print: bool,
}

impl Grid {
    /// The grid of a card of `trim`.
    pub fn new(trim: Size, large_print: bool) -> Self {
        let fit = (trim.width.to_mm() / 63.0).min(trim.height.to_mm() / 88.0);
        Self { trim, scale: fit.clamp(0.85, 1.5), large_print }
    }

    /// Returns the width of a full line.
    pub fn measure(&self) -> Length {
        self.trim.width - AXIS * 2
    }

    /// Returns the right edge of the type.
    pub fn right(&self) -> Length {
        self.trim.width - AXIS
    }

    /// Returns `mm` of a poker card, scaled.
    pub fn mm(&self, mm: f64) -> Length {
        Length::mm(mm).scaled(self.scale)
    }

    /// Returns a type size of `pt` points on a poker card, scaled.
    pub fn pt(&self, pt: f64) -> Length {
        Length::pt(pt).scaled(self.scale)
    }

    /// Returns the height of the header's middle: the disc keeps its distance from the top.
    pub fn header(&self) -> Length {
        Length::mm(5.7) + self.mm(3.9)
    }

    /// Returns the middle of the category's disc.
    pub fn disc(&self) -> Point {
        Point::new(AXIS + self.mm(3.9), self.header())
    }

    /// Returns the middle of the depth's rings.
    pub fn rings(&self) -> Point {
        Point::new(self.right() - self.mm(3.9), self.header())
    }

    /// Returns the baseline that centres capitals of `size` and `share` of the em on `middle`.
    pub fn centred(middle: Length, size: Length, share: f64) -> Length {
        middle + size.scaled(share / 2.0)
    }

    /// Returns where the capitals of the prompt hang.
    pub fn hang(&self) -> Length {
        if self.trim.height == Length::mm(88.0) {
            // 28 % of 88 is 24.64; the card is drawn at 24.6.
            Length::mm(24.6)
        } else {
            self.trim.height.scaled(0.28)
        }
    }

    /// Returns the height of the waterline.
    pub fn waterline(&self) -> Length {
        self.trim.height - Length::mm(23.5)
    }

    /// Returns the height of the waterline under a text that needs the room below.
    pub fn low_waterline(&self) -> Length {
        self.trim.height - Length::mm(11.0)
    }

    /// Returns the baseline of the code.
    pub fn code(&self) -> Length {
        self.trim.height - Length::mm(5.4)
    }

    /// Returns the first baseline under the waterline.
    pub fn beneath(&self) -> Length {
        self.trim.height - Length::mm(18.1)
    }

    /// Returns the first baseline of text of `size` whose capitals hang at `hang`.
    pub fn first_baseline(hang: Length, size: Length) -> Length {
        hang + size.scaled(CAPITALS)
    }

    /// Returns the sizes that a prompt is tried at, `blanks` lines of each being kept free.
    pub fn prompt_steps(&self, blanks: usize) -> Vec<Step> {
        let limit = self.waterline() - AIR;
        let sizes = [(22.0, 28.0), (18.0, 23.0), (15.5, 20.0), (13.0, 17.0), (11.0, 14.5)];
        let sizes = sizes.into_iter().chain([(9.5, 12.5)]).skip(usize::from(!self.large_print));
        sizes.map(|(size, leading)| self.step(size, leading, self.hang(), limit, blanks)).collect()
    }

    /// Returns the smallest size, with the room that a low waterline makes: the air is 0.5 mm less.
    pub fn low_step(&self) -> Step {
        let limit = self.low_waterline() - AIR + Length::mm(0.5);
        self.step(9.5, 12.5, self.hang(), limit, 0)
    }

    /// Returns the sizes of the listener's line, the first baseline `lowered` from its usual place.
    ///
    /// The room under the water does not grow with the card, so a large card may fall back on the
    /// size of a poker card: what fits there fits everywhere.
    pub fn beneath_steps(&self, lowered: Length) -> Vec<Step> {
        let limit = self.code() - Length::mm(3.3);
        let first = self.beneath() + lowered;
        let large = self.large_print.then_some((12.0, 15.5, self.scale));
        let plain = (self.scale > 1.0).then_some((9.5, 12.5, 1.0));
        let sizes = large.into_iter().chain([(9.5, 12.5, self.scale)]).chain(plain);
        sizes
            .map(|(size, leading, scale)| {
                let leading = Length::pt(leading).scaled(scale);
                let lines = lines_between(first, limit, leading).min(3);
                Step { size: Length::pt(size).scaled(scale), leading, lines }
            })
            .collect()
    }

    /// Returns the step of `size` and `leading` points with as many lines as stand between `hang`
    /// and `limit`, less `blanks`.
    pub fn step(
        &self,
        size: f64,
        leading: f64,
        hang: Length,
        limit: Length,
        blanks: usize,
    ) -> Step {
        let (size, leading) = (self.pt(size), self.pt(leading));
        let first = Self::first_baseline(hang, size);
        let lines = lines_between(first, limit, leading);
        Step { size, leading, lines: lines.saturating_sub(blanks) }
    }
}

/// Returns how many baselines stand from `first` to `limit`.
fn lines_between(first: Length, limit: Length, leading: Length) -> usize {
    if first > limit { 0 } else { (limit - first).times(leading) as usize + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poker_card_holds_the_lines_that_its_scale_promises() {
        let grid = Grid::new(Size::mm(63.0, 88.0), false);
        let lines: Vec<usize> = grid.prompt_steps(0).iter().map(|step| step.lines).collect();
        assert_eq!(lines, [4, 5, 6, 7, 8]);
        assert_eq!(grid.low_step().lines, 11);
        assert_eq!(grid.beneath_steps(Length::ZERO)[0].lines, 3);
        assert_eq!(grid.beneath_steps(Length::mm(4.9))[0].lines, 2);
    }

    #[test]
    fn places_are_those_of_the_drawn_card() {
        let grid = Grid::new(Size::mm(63.0, 88.0), false);
        assert_eq!(grid.disc(), Point::mm(9.9, 9.6));
        assert_eq!(grid.rings(), Point::mm(53.1, 9.6));
        assert_eq!((grid.waterline(), grid.beneath()), (Length::mm(64.5), Length::mm(69.9)));
        assert_eq!((grid.low_waterline(), grid.code()), (Length::mm(77.0), Length::mm(82.6)));
        assert_eq!(grid.measure(), Length::mm(51.0));
    }

    #[test]
    fn type_grows_and_shrinks_within_bounds() {
        assert_eq!(Grid::new(Size::mm(41.0, 63.0), false).scale, 0.85);
        assert_eq!(Grid::new(Size::mm(148.0, 210.0), false).scale, 1.5);
    }
}
