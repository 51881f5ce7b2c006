//! What is known of the printer that sheets are made for.

use crate::impose::{Arrangement, Grid, Register, SheetSpec, Side};
use crate::length::{Axes, Point, Rect, Size};
use crate::problem::Diagnostic;

use super::super::calibrate::{Printers, Way};
use super::super::failure::Failure;
use super::{Resolved, Settled};

impl Settled {
    /// Looks the printer up, if one is named, for sheets that are held and turned as these.
    pub(super) fn settle_register(&mut self) -> Result<(), Failure> {
        let Resolved { sheet, printer, .. } = &self.resolved;
        let Some(name) = printer else { return Ok(()) };
        let printers = Printers::read()?;
        let known = printers.find(name)?;
        if sheet.arrangement == Arrangement::Faces {
            let found = "`--printer` changes nothing on pages of one face";
            let help = "sheets of cards are moved and scaled for a printer";
            self.notices.push(Diagnostic::note("idle-printer", found).help(help));
            return Ok(());
        }
        let way = Way::of(sheet.grid.page, sheet.flip);
        let register = if sheet.duplex.is_one_sided() {
            // A sheet that is not turned comes out as large, whichever way it was held and turned.
            let held =
                known.registers().min_by_key(|(other, _)| other.is_landscape != way.is_landscape);
            let (other, register) = held.unwrap_or((way, Register::default()));
            let Axes { x, y } = register.scale;
            let turned = other.is_landscape != way.is_landscape;
            let scale = if turned { Axes { x: y, y: x } } else { register.scale };
            Register { scale, ..register.of_fronts() }
        } else {
            known.register(way)?
        };
        self.notices.extend(off_paper(sheet, &register));
        self.resolved.register = register;
        Ok(())
    }
}

/// Tells that cards would leave the paper where they are put to make up for the printer.
fn off_paper(sheet: &SheetSpec, register: &Register) -> Option<Diagnostic> {
    let grid = &sheet.grid;
    let paper = Rect::new(Point::ORIGIN, grid.page);
    let is_off = |(grid, side): (Grid, Side)| {
        let correction = register.correction(grid.page, side);
        let outline = grid.outline();
        let (left, top, right, bottom) =
            (outline.left(), outline.top(), outline.right(), outline.bottom());
        let corners = [(left, top), (right, top), (left, bottom), (right, bottom)];
        corners.into_iter().any(|(x, y)| {
            let corner = correction.apply(Point::new(x, y));
            !paper.contains(Rect::new(corner, Size::default()))
        })
    };
    let sides = [(*grid, Side::Recto), (grid.turned(sheet.turn()), Side::Verso)];
    sides.into_iter().any(is_off).then(|| {
        let found = "to make up for the printer, cards would have to leave the paper";
        let help = "leave them more room with `--margin 15mm`, or see to the printer's guides";
        Diagnostic::warning("off-paper", found).help(help)
    })
}
