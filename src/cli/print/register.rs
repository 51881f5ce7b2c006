//! What is known of the printer that sheets are made for.

use crate::impose::{Arrangement, Grid, Register, SheetSpec, Side};
use crate::length::{Axes, Length};
use crate::problem::Diagnostic;

use super::super::args::{OrientationArg, PrintSettings};
use super::super::calibrate::{Printers, Way};
use super::super::failure::Failure;
use super::super::locale;
use super::resolve::resolve;
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
        let off_paper = self.off_paper(&register);
        self.notices.extend(off_paper);
        self.resolved.register = register;
        Ok(())
    }

    /// Tells that cards would leave the paper where they are put to make up for the printer.
    fn off_paper(&self, register: &Register) -> Option<Diagnostic> {
        is_off(&self.resolved.sheet, register).then(|| {
            let found = "to make up for the printer, cards would have to leave the paper";
            let help = match self.flags_that_keep_on(register) {
                Some(flags) => format!("`{flags}` keeps them on it"),
                None => {
                    "see to the printer's guides until it is less far off, and calibrate it anew"
                        .into()
                }
            };
            Diagnostic::warning("off-paper", found).help(help)
        })
    }

    /// Returns the flags that give cards so much room that they stay on the paper, held as it is;
    /// none where the sheet is cut already, or has no room for a card then.
    fn flags_that_keep_on(&self, register: &Register) -> Option<String> {
        let Resolved { sheet, .. } = &self.resolved;
        if sheet.is_stock {
            return None;
        }
        let page = sheet.grid.page;
        let (orientation, held) = match page.is_landscape() {
            true => (OrientationArg::Landscape, " --orientation landscape"),
            false => (OrientationArg::Portrait, " --orientation portrait"),
        };
        let keeps_on = |margin: &str, orientation| {
            let mut layers = self.layers.clone();
            let margin = Some(margin.to_owned());
            layers.overrule(PrintSettings { margin, orientation, ..PrintSettings::default() });
            let paper = locale::usual_paper();
            let other = resolve(&layers, &self.decks, &self.catalogues, paper);
            let does = |sheet: &SheetSpec| sheet.grid.page == page && !is_off(sheet, register);
            other.is_ok_and(|other| does(&other.sheet))
        };
        self.margins().find_map(|margin| {
            // A wider margin may make it better to hold the paper otherwise.
            let ways = [(None, ""), (Some(orientation), held)];
            let way = ways.into_iter().find(|(orientation, _)| keeps_on(&margin, *orientation));
            way.map(|(_, held)| format!("--margin {margin}{held}"))
        })
    }

    /// Returns all margins that are wider than that of the sheets, in whole millimetres.
    fn margins(&self) -> impl Iterator<Item = String> {
        let SheetSpec { grid, margin, .. } = self.resolved.sheet;
        let most = grid.page.width.min(grid.page.height) / 2;
        let margins = (1..).map(|number| (number, Length::mm(f64::from(number))));
        let margins = margins.skip_while(move |(_, length)| *length <= margin);
        let margins = margins.take_while(move |(_, length)| *length < most);
        margins.map(|(number, _): (i32, Length)| format!("{number}mm"))
    }
}

/// Returns whether cards of a sheet would leave the paper on either side.
fn is_off(sheet: &SheetSpec, register: &Register) -> bool {
    let grid = &sheet.grid;
    let sides = [(*grid, Side::Recto), (grid.turned(sheet.turn()), Side::Verso)];
    let stays =
        |(grid, side): (Grid, Side)| register.keeps_on_paper(grid.outline(), grid.page, side);
    !sides.into_iter().all(stays)
}
