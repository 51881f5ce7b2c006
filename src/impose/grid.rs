//! The n-up: how many cards stand on one side of a sheet, and exactly where.

use crate::impose::catalogue::Stock;
use crate::impose::pose::Pose;
use crate::impose::spec::Orientation;
use crate::impose::turn::Turn;
use crate::length::{Axes, Length, Point, Rect, Sides, Size};
use crate::scene::Transform;

/// The cells of one side of a sheet.
///
/// Rows and columns run straight through and all cards stand alike, so that a guillotine can part
/// the sheet with full cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The page, upright or broad as the cards need it.
    pub page: Size,
    /// The part of the page that these cells may use, edges included: all of it, or what lies on
    /// their side of a fold.
    pub area: Rect,
    /// The trim of each card as it stands on the page.
    pub card: Size,
    /// Where the tops of the cards point.
    pub pose: Pose,
    /// The number of cards from left to right.
    pub columns: usize,
    /// The number of cards from top to bottom.
    pub rows: usize,
    /// The top left corner of the first trim, measured from that of the page.
    pub origin: Point,
    /// The step from one trim to the next: the card and the gutter.
    pub pitch: Axes<Length>,
}

/// What a grid is sought for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridRequest {
    /// The trim of a card.
    pub card: Size,
    /// The paper, held either way.
    pub paper: Size,
    /// What is kept free of trims along the edges of the paper.
    pub margin: Length,
    /// What lies between trims.
    pub gutter: Axes<Length>,
    /// How the paper may be held.
    pub orientation: Orientation,
    /// Whether the sheet is folded in the middle, so that one half is left for the backs.
    pub folded: bool,
}

/// What is kept free of trims beside a fold, so that marks have room there and a knife as well.
const FOLD_MARGIN: Length = Length::mm(7.0);

impl GridRequest {
    /// Returns the grid that holds the most cards, if one card fits; the upright page wins a tie.
    pub fn best(&self) -> Option<Grid> {
        let mut best: Option<Grid> = None;
        for room in self.rooms() {
            let grid = self.within(room);
            if grid.cells() > best.map_or(0, |best| best.cells()) {
                best = Some(grid);
            }
        }
        best
    }

    /// Returns the rooms that trims may have, the preferred first: one on each page that the paper
    /// makes, or two on one that is folded, left of the fold and above it.
    pub fn rooms(self) -> impl Iterator<Item = Room> {
        let (margin, folded) = (self.margin, self.folded);
        self.orientation.pages(self.paper).flat_map(move |page| {
            let left = Size::new(page.width / 2, page.height);
            let upper = Size::new(page.width, page.height / 2);
            let parts = if folded {
                vec![(left, FOLD_MARGIN, margin), (upper, margin, FOLD_MARGIN)]
            } else {
                vec![(page, margin, margin)]
            };
            parts.into_iter().map(move |(part, right, bottom)| {
                let area = Rect::new(Point::ORIGIN, part);
                let margins = Sides { left: margin, top: margin, right, bottom };
                Room { page, area, trims: area.grown(-margins) }
            })
        })
    }

    /// Returns as many cells as fit into `room`, in its middle; none if it has a side of no length.
    fn within(&self, Room { page, area, trims }: Room) -> Grid {
        let (card, gutter) = (self.card, self.gutter);
        let columns = (trims.size.width + gutter.x).times(card.width + gutter.x);
        let rows = (trims.size.height + gutter.y).times(card.height + gutter.y);
        let pitch = Axes { x: card.width + gutter.x, y: card.height + gutter.y };
        let free = Point::new(
            trims.size.width - (pitch.x * columns - gutter.x),
            trims.size.height - (pitch.y * rows - gutter.y),
        );
        let origin = trims.origin + Point::new(free.x / 2, free.y / 2);
        let (columns, rows) = (columns as usize, rows as usize);
        Grid { page, area, card, pose: Pose::Upright, columns, rows, origin, pitch }
    }
}

/// A place for a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The page.
    pub page: Size,
    /// The part of it that may be used.
    pub area: Rect,
    /// The part of that which trims may enter.
    pub trims: Rect,
}

impl Grid {
    /// Returns the grid of one card on a page of its own that is larger by `bleed` on every side.
    pub fn single(card: Size, bleed: Length) -> Self {
        let page = Size::new(card.width + bleed * 2, card.height + bleed * 2);
        let pitch = Axes { x: card.width, y: card.height };
        let (area, origin) = (Rect::new(Point::ORIGIN, page), Point::new(bleed, bleed));
        Self { page, area, card, pose: Pose::Upright, columns: 1, rows: 1, origin, pitch }
    }

    /// Returns the grid of a perforated or pre-cut sheet; cards that are broader than high hold their
    /// faces on the side.
    pub fn of_stock(stock: &Stock) -> Self {
        let &Stock { page, card, columns, rows, origin, pitch, .. } = stock;
        let pose = if card.is_landscape() { Pose::Left } else { Pose::Upright };
        let area = Rect::new(Point::ORIGIN, page);
        Self { page, area, card, pose, columns, rows, origin, pitch }
    }

    /// Returns the grid behind this one, seen from the back of the turned sheet.
    pub fn turned(&self, turn: Turn) -> Self {
        let origin = turn.rect(self.outline(), self.page).origin;
        let area = turn.rect(self.area, self.page);
        Self { area, pose: self.pose.behind(turn), origin, ..*self }
    }

    /// Returns how a sheet is folded whose halves are for fronts and for backs; none where these
    /// cells have the whole page.
    pub fn fold(&self) -> Option<Turn> {
        if self.area.size.width < self.page.width {
            Some(Turn::AboutVertical)
        } else if self.area.size.height < self.page.height {
            Some(Turn::AboutHorizontal)
        } else {
            None
        }
    }

    /// Returns the trim of each card as it is held in the hand.
    pub const fn face(&self) -> Size {
        self.pose.face(self.card)
    }

    /// Returns the map that puts a face into `cell`.
    pub fn placed(&self, cell: usize) -> Transform {
        self.pose.into_box(self.card, self.trim(cell).origin)
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
        request(card, paper, gutter).best().unwrap()
    }

    fn request(card: Size, paper: Size, gutter: f64) -> GridRequest {
        let gutter = Axes::all(Length::mm(gutter));
        let (margin, orientation) = (Length::mm(5.0), Orientation::Auto);
        GridRequest { card, paper, margin, gutter, orientation, folded: false }
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
    fn a_fold_leaves_one_half_to_the_backs() {
        let folded = |paper| {
            let grid = GridRequest { folded: true, ..request(POKER, paper, 0.0) }.best().unwrap();
            (grid.columns, grid.rows, grid.page, grid.fold())
        };
        assert_eq!(folded(A4), (2, 2, A4.turned(), Some(Turn::AboutVertical)));
        assert_eq!(folded(LETTER), (2, 2, LETTER.turned(), Some(Turn::AboutVertical)));
        let small = Size::mm(120.0, 200.0);
        assert_eq!(folded(small), (1, 1, small, Some(Turn::AboutHorizontal)));
        let grid = GridRequest { folded: true, ..request(POKER, A4, 0.0) }.best().unwrap();
        assert_eq!(grid.origin, Point::mm(10.25, 17.0));
        let backs = grid.turned(Turn::AboutVertical);
        assert_eq!(backs.outline().left(), Length::mm(148.5 + 12.25));
        assert_eq!(best(POKER, A4, 0.0).fold(), None);
    }

    #[test]
    fn asked_orientation_is_kept() {
        let asked = |orientation| {
            let request = request(POKER, A4.turned(), 0.0);
            GridRequest { orientation, ..request }.best().unwrap()
        };
        assert_eq!(asked(Orientation::Portrait).page, A4);
        assert_eq!(asked(Orientation::Landscape).page, A4.turned());
        assert_eq!(asked(Orientation::Landscape).cells(), 8);
    }
}
