//! Which card stands where, decided on numbers alone, before any card is drawn.

use crate::impose::turn::Turn;

/// How backs are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Duplex {
    /// By the printer: front and back of a sheet follow one another.
    #[default]
    Auto,
    /// By hand: all fronts first, then the stack is turned and put back, then all backs.
    ///
    /// Backs come in the order of the sheets. This takes for granted that the stack is put back as
    /// [`instructions`](crate::impose::instructions) say: turned, and so that sheet 1 is the first to be drawn in.
    TwoPass,
    /// On the same side of the paper: a sheet is folded between fronts and backs, glued, and cut.
    Fold,
    /// Not at all.
    None,
}

impl Duplex {
    /// Returns whether only one side of the paper is printed.
    pub const fn is_one_sided(self) -> bool {
        matches!(self, Self::Fold | Self::None)
    }
}

/// Which card goes to which sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stacking {
    /// One sheet is filled after the other.
    #[default]
    SheetBySheet,
    /// The deck is in order once the stack of sheets is cut and the piles are laid one on the
    /// other: cell j of sheet s (both from 0) of S sheets holds card j · S + s.
    CutAndStack {
        /// How many sheets are cut at once at most; each such block has its own run of cards. At
        /// least 1.
        block: usize,
    },
}

impl Stacking {
    /// How many sheets are cut at once where nobody says: 250, which is 75 mm of card stock of 0.3 mm.
    pub const USUAL_BLOCK: usize = 250;
}

/// A side of a sheet, and a face of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The front.
    Recto,
    /// The back.
    Verso,
}

/// The cards of one sheet: the number of a card for each cell, counted row by row from the top
/// left of the side as a viewer shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPlan {
    /// The cards whose fronts stand on the front.
    pub recto: Vec<Option<usize>>,
    /// The cards whose backs stand behind these, on the back or beyond the fold; none at all where
    /// backs are not printed.
    pub verso: Vec<Option<usize>>,
}

/// The plan of a whole job, made sheet by sheet as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The number of cards.
    pub count: usize,
    /// The number of cells from left to right; at least 1.
    pub columns: usize,
    /// The number of cells from top to bottom; at least 1.
    pub rows: usize,
    /// How sheets are turned.
    pub turn: Turn,
    /// How backs are printed.
    pub duplex: Duplex,
    /// Which card goes to which sheet.
    pub stacking: Stacking,
}

impl Plan {
    /// Returns the number of sheets.
    pub const fn sheets(&self) -> usize {
        self.count.div_ceil(self.columns * self.rows)
    }

    /// Returns the number of cells that no card fills.
    pub const fn blanks(&self) -> usize {
        self.sheets() * self.columns * self.rows - self.count
    }

    /// Returns the cards of the sheet numbered `sheet` from 0; beyond the last one all is blank.
    pub fn sheet(&self, sheet: usize) -> SheetPlan {
        let cells = self.columns * self.rows;
        let behind = |cell| self.turn.cell(cell, self.columns, self.rows);
        let backs = if self.duplex == Duplex::None { 0 } else { cells };
        SheetPlan {
            recto: (0..cells).map(|cell| self.card(sheet, cell)).collect(),
            // A turn undoes itself, so the cell behind a cell is also the one before it.
            verso: (0..backs).map(|cell| self.card(sheet, behind(cell))).collect(),
        }
    }

    fn card(&self, sheet: usize, cell: usize) -> Option<usize> {
        let card = match self.stacking {
            Stacking::SheetBySheet => sheet * self.columns * self.rows + cell,
            Stacking::CutAndStack { block } => {
                let begin = sheet / block * block;
                let high = self.sheets().saturating_sub(begin).min(block);
                begin * self.columns * self.rows + cell * high + (sheet - begin)
            }
        };
        (sheet < self.sheets() && card < self.count).then_some(card)
    }

    /// Returns the sides in the order in which they are printed.
    pub fn sequence(&self) -> impl ExactSizeIterator<Item = (usize, Side)> + use<> {
        let (sheets, duplex) = (self.sheets(), self.duplex);
        let sides = if duplex.is_one_sided() { sheets } else { sheets * 2 };
        (0..sides).map(move |at| match duplex {
            Duplex::None | Duplex::Fold => (at, Side::Recto),
            Duplex::Auto if at % 2 == 0 => (at / 2, Side::Recto),
            Duplex::Auto => (at / 2, Side::Verso),
            Duplex::TwoPass if at < sheets => (at, Side::Recto),
            Duplex::TwoPass => (at - sheets, Side::Verso),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(count: usize, duplex: Duplex, stacking: Stacking) -> Plan {
        Plan { count, columns: 3, rows: 2, turn: Turn::AboutVertical, duplex, stacking }
    }

    #[test]
    fn partly_filled_sheets_are_mirrored_truly() {
        let plan = plan(8, Duplex::Auto, Stacking::SheetBySheet);
        assert_eq!((plan.sheets(), plan.blanks()), (2, 4));
        let last = plan.sheet(1);
        assert_eq!(last.recto, [Some(6), Some(7), None, None, None, None]);
        assert_eq!(last.verso, [None, Some(7), Some(6), None, None, None]);
        let over = Plan { turn: Turn::AboutHorizontal, ..plan }.sheet(1);
        assert_eq!(over.verso, [None, None, None, Some(6), Some(7), None]);
        assert!(plan.sheet(2).recto.iter().all(Option::is_none));
    }

    #[test]
    fn cut_piles_make_a_deck_in_order() {
        for (count, block) in [(14, 250), (14, 1), (100, 4), (97, 5), (6, 2), (1, 1)] {
            let plan = plan(count, Duplex::None, Stacking::CutAndStack { block });
            assert_eq!(stacked(&plan, block), (0..count).collect::<Vec<_>>(), "{count} by {block}");
        }
    }

    /// Cuts blocks of sheets and lays the piles on one another, as people are told to.
    fn stacked(plan: &Plan, block: usize) -> Vec<usize> {
        let sheets: Vec<SheetPlan> = (0..plan.sheets()).map(|sheet| plan.sheet(sheet)).collect();
        let mut deck = Vec::new();
        for block in sheets.chunks(block) {
            for cell in 0..plan.columns * plan.rows {
                deck.extend(block.iter().filter_map(|sheet| sheet.recto[cell]));
            }
        }
        deck
    }

    #[test]
    fn sides_come_as_the_printer_needs_them() {
        use Side::{Recto, Verso};
        let order = |duplex| plan(8, duplex, Stacking::SheetBySheet).sequence().collect::<Vec<_>>();
        assert_eq!(order(Duplex::Auto), [(0, Recto), (0, Verso), (1, Recto), (1, Verso)]);
        assert_eq!(order(Duplex::TwoPass), [(0, Recto), (1, Recto), (0, Verso), (1, Verso)]);
        assert_eq!(order(Duplex::None), [(0, Recto), (1, Recto)]);
        assert!(plan(8, Duplex::None, Stacking::SheetBySheet).sheet(0).verso.is_empty());
    }
}
