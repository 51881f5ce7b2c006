//! What is known of the printer that sheets are made for.

use crate::impose::Arrangement;
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
        let register = known.register(way)?;
        self.resolved.register =
            if sheet.duplex.is_one_sided() { register.of_fronts() } else { register };
        Ok(())
    }
}
