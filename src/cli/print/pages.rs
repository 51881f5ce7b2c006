//! The sides of the sheets of a run, as pages to paint.

use crate::impose::Side;
use crate::paint::pdf::Inventory;
use crate::run::{Run, Sheets};
use crate::scene::Page;

use super::super::args::SheetsArg;
use super::super::painting::Pages;

/// The sides of a run's sheets, in the order in which they are printed.
pub struct SheetPages<'r> {
    run: &'r Run<'r>,
    sheets: &'r Sheets<'r, 'r>,
    sides: Vec<(usize, Side)>,
}

impl<'r> SheetPages<'r> {
    /// The pages of `sheets`, which are those of `run`.
    pub fn new(run: &'r Run<'r>, sheets: &'r Sheets<'r, 'r>) -> Self {
        Self { run, sheets, sides: sheets.sequence() }
    }

    /// Takes only some of the sheets.
    pub fn only(mut self, wanted: &SheetsArg) -> Self {
        self.sides.retain(|(sheet, _)| wanted.has(sheet + 1));
        self
    }

    /// Returns how many sheets of paper the whole run takes.
    pub fn of(&self) -> usize {
        self.sheets.count()
    }

    /// Returns how many sheets of paper these pages take.
    pub fn sheets(&self) -> usize {
        self.sides.iter().filter(|(_, side)| *side == Side::Recto).count()
    }
}

impl Pages for SheetPages<'_> {
    fn count(&self) -> usize {
        self.sides.len()
    }

    fn page(&self, at: usize) -> Page {
        let (sheet, side) = self.sides[at];
        self.sheets.page(sheet, side)
    }

    fn suffix(&self, at: usize) -> String {
        let (sheet, side) = self.sides[at];
        let side = match side {
            Side::Recto => "front",
            Side::Verso => "back",
        };
        format!("-{:03}-{side}", sheet + 1)
    }

    /// Notes the faces without drawing each, and of the sheets what stands beside them.
    ///
    /// The slug's letters and the marks are on the first front and the first back; the first ten sheets
    /// of the whole run have all figures that numbers of sheets are made of.
    fn note(&self, inventory: &mut Inventory) {
        for scene in self.run.inventory() {
            inventory.note(&scene);
        }
        for side in [Side::Recto, Side::Verso] {
            let all = self.sheets.sequence();
            let of_side = || all.iter().filter(|(_, other)| *other == side);
            for (sheet, side) in of_side().take(10).chain(of_side().next_back()) {
                inventory.note(&self.sheets.page(*sheet, *side).scene);
            }
        }
    }
}
