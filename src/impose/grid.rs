//! The n-up: how many cards stand on one side of a sheet, and exactly where.

use crate::impose::spec::Orientation;
use crate::impose::turn::Turn;
use crate::length::{Axes, Length, Point, Rect, Size};

/// The cells of one side of a sheet, centred on it.
///
/// Rows and columns run straight through and no card is turned, so that a guillotine can part the
/// sheet with full cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The page, upright or broad as the cards need it.
    pub page: Size,
    /// The trim of each card.
    pub card: Size,
    /// The number of cards from left to right.
    pub columns: usize,
    /// The number of cards from top to bottom.
    pub rows: usize,
    /// The top left corner of the first trim, measured from that of the page.
    pub origin: Point,
    /// The step from one trim to the next: the card and the gutter.
    pub pitch: Axes<Length>,
}

impl Grid {
    /// Returns the grid that holds the most cards of the size `card` on `paper`, if one card fits.
    ///
    /// `margin` is kept free of trims on all four sides, `gutter` lies between them. Both ways of
    /// holding the paper are tried unless `orientation` says one; upright wins a tie.
    pub fn best(
        card: Size,
        paper: Size,
        margin: Length,
        gutter: Axes<Length>,
        orientation: Orientation,
    ) -> Option<Self> {
        let mut best: Option<Self> = None;
        for page in orientation.pages(paper) {
            let grid = Self::on(page, card, margin, gutter);
            if grid.cells() > best.map_or(0, |best| best.cells()) {
                best = Some(grid);
            }
        }
        best
    }

    fn on(page: Size, card: Size, margin: Length, gutter: Axes<Length>) -> Self {
        let fit = |side: Length, card: Length, gutter: Length| {
            (side - margin * 2 + gutter).times(card + gutter)
        };
        let columns = fit(page.width, card.width, gutter.x);
        let rows = fit(page.height, card.height, gutter.y);
        let pitch = Axes { x: card.width + gutter.x, y: card.height + gutter.y };
        let free = Point::new(
            page.width - (pitch.x * columns - gutter.x),
            page.height - (pitch.y * rows - gutter.y),
        );
        let origin = Point::new(free.x / 2, free.y / 2);
        Self { page, card, columns: columns as usize, rows: rows as usize, origin, pitch }
    }

    /// Returns the grid of one card on a page of its own that is larger by `bleed` on every side.
    pub fn single(card: Size, bleed: Length) -> Self {
        let page = Size::new(card.width + bleed * 2, card.height + bleed * 2);
        let pitch = Axes { x: card.width, y: card.height };
        Self { page, card, columns: 1, rows: 1, origin: Point::new(bleed, bleed), pitch }
    }

    /// Returns the grid behind this one, seen from the back of the turned sheet.
    pub fn turned(&self, turn: Turn) -> Self {
        Self { origin: turn.rect(self.outline(), self.page).origin, ..*self }
    }

    /// Returns the number of cards on one side.
    pub const fn cells(&self) -> usize {
        self.columns * self.rows
    }

    /// Returns the trim in `cell`, counted row by row from the top left.
    pub fn trim(&self, cell: usize) -> Rect {
        let (row, column) = (cell / self.columns, cell % self.columns);
        let step = Point::new(self.pitch.x * column as i64, self.pitch.y * row as i64);
        Rect::new(self.origin + step, self.card)
    }

    /// Returns every trim, row by row.
    pub fn trims(&self) -> Vec<Rect> {
        (0..self.cells()).map(|cell| self.trim(cell)).collect()
    }

    /// Returns the outline of all trims together.
    pub fn outline(&self) -> Rect {
        let (columns, rows) = (self.columns as i64, self.rows as i64);
        let width = self.pitch.x * (columns - 1) + self.card.width;
        let height = self.pitch.y * (rows - 1) + self.card.height;
        Rect::new(self.origin, Size::new(width, height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: Size = Size::mm(210.0, 297.0);
    const LETTER: Size = Size::mm(215.9, 279.4);
    const POKER: Size = Size::mm(63.0, 88.0);
    const POKER_US: Size = Size::mm(63.5, 88.9);

    fn best(card: Size, paper: Size, gutter: f64) -> Grid {
        let gutter = Axes::all(Length::mm(gutter));
        Grid::best(card, paper, Length::mm(5.0), gutter, Orientation::Auto).unwrap()
    }

    #[test]
    fn nine_poker_cards_fit_on_a4_and_on_letter() {
        for (card, paper) in [(POKER, A4), (POKER, LETTER), (POKER_US, A4), (POKER_US, LETTER)] {
            let grid = best(card, paper, 0.0);
            assert_eq!((grid.columns, grid.rows, grid.page), (3, 3, paper));
        }
        assert_eq!(best(POKER, A4, 0.0).origin, Point::mm(10.5, 16.5));
        assert_eq!(best(POKER_US, LETTER, 0.0).origin, Point::mm(12.7, 6.35));
    }

    #[test]
    fn broad_paper_wins_where_it_holds_more() {
        let grid = best(POKER, A4, 6.0);
        assert_eq!((grid.columns, grid.rows), (4, 2));
        assert!(grid.page.is_landscape());
        assert_eq!(grid.trim(5).origin, grid.origin + Point::mm(69.0, 94.0));
    }

    #[test]
    fn upright_paper_wins_a_tie() {
        let grid = best(Size::mm(100.0, 100.0), A4, 0.0);
        assert_eq!((grid.cells(), grid.page), (4, A4));
    }

    #[test]
    fn asked_orientation_is_kept() {
        let asked = |orientation| {
            let margin = Length::mm(5.0);
            Grid::best(POKER, A4.turned(), margin, Axes::default(), orientation).unwrap()
        };
        assert_eq!(asked(Orientation::Portrait).page, A4);
        assert_eq!(asked(Orientation::Landscape).page, A4.turned());
        assert_eq!(asked(Orientation::Landscape).cells(), 8);
    }
}
