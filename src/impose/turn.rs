//! How a sheet is turned for its back, and where that takes every place on it.

use crate::length::{Point, Rect, Size};

/// Which edge of the paper the sheet is turned about for its back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Flip {
    /// About a long edge. The default of printers.
    #[default]
    LongEdge,
    /// About a short edge.
    ShortEdge,
}

/// The turn of a page as a viewer shows it.
///
/// The table is that of every duplex printer: an upright page turned about its long edge, or a
/// broad one about its short edge, changes left and right; the other two change top and bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// About an upright axis, as a page of a book is turned: left and right change places.
    AboutVertical,
    /// About a level axis, as a page of a wall calendar is turned: top and bottom change places.
    AboutHorizontal,
}

impl Turn {
    /// Returns the turn of a page of `size` about the edge that `flip` names; a square page is
    /// taken as upright.
    pub fn of(size: Size, flip: Flip) -> Self {
        match (size.is_landscape(), flip) {
            (false, Flip::LongEdge) | (true, Flip::ShortEdge) => Self::AboutVertical,
            (false, Flip::ShortEdge) | (true, Flip::LongEdge) => Self::AboutHorizontal,
        }
    }

    /// Returns where `rect` lies behind a page of `size`, seen from the back.
    pub fn rect(self, rect: Rect, size: Size) -> Rect {
        let (right, bottom) = (size.width - rect.right(), size.height - rect.bottom());
        let origin = match self {
            Self::AboutVertical => Point::new(right, rect.top()),
            Self::AboutHorizontal => Point::new(rect.left(), bottom),
        };
        Rect::new(origin, rect.size)
    }

    /// Returns which cell lies behind `cell` on a grid of `columns` and `rows`, both counted row by
    /// row from the top left of their own side.
    pub const fn cell(self, cell: usize, columns: usize, rows: usize) -> usize {
        let (row, column) = (cell / columns, cell % columns);
        match self {
            Self::AboutVertical => row * columns + (columns - 1 - column),
            Self::AboutHorizontal => (rows - 1 - row) * columns + column,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_cases_follow_the_table() {
        let (upright, broad) = (Size::mm(210.0, 297.0), Size::mm(297.0, 210.0));
        assert_eq!(Turn::of(upright, Flip::LongEdge), Turn::AboutVertical);
        assert_eq!(Turn::of(upright, Flip::ShortEdge), Turn::AboutHorizontal);
        assert_eq!(Turn::of(broad, Flip::LongEdge), Turn::AboutHorizontal);
        assert_eq!(Turn::of(broad, Flip::ShortEdge), Turn::AboutVertical);
    }

    #[test]
    fn rows_or_columns_are_reversed() {
        let cells = |turn: Turn| (0..6).map(|cell| turn.cell(cell, 3, 2)).collect::<Vec<_>>();
        assert_eq!(cells(Turn::AboutVertical), [2, 1, 0, 5, 4, 3]);
        assert_eq!(cells(Turn::AboutHorizontal), [3, 4, 5, 0, 1, 2]);
    }
}
