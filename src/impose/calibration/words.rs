//! What the calibration sheet says.

use crate::impose::slug::{SetLine, SetText, TextSpec};
use crate::impose::steps::turned_by_hand;
use crate::impose::turn::Turn;
use crate::length::Length;

/// What the sheet says about how it was made, and how its readings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetWords<'a> {
    /// What the sheet is for, such as `a4, upright, turned about the long edge`.
    pub subject: &'a str,
    /// How the printer's dialog is set, such as `two-sided, flip on the long edge`.
    pub dialog: &'a str,
    /// The printer whose known error the sheet makes up for already, if it does.
    pub corrected: Option<&'a str>,
    /// The command that takes the readings, with blanks for them.
    pub command: &'a str,
    /// The name of the printer in that command.
    pub printer: &'a str,
}

impl SheetWords<'_> {
    /// Returns the line under the heading.
    pub(super) fn subtitle(&self) -> String {
        match self.corrected {
            Some(printer) => {
                format!("{}. Corrected already for the printer “{printer}”.", self.subject)
            }
            None => format!("{}.", self.subject),
        }
    }

    /// Returns the numbered steps for a sheet that is turned so.
    pub(super) fn steps(&self, turn: Turn) -> Vec<String> {
        vec![
            format!(
                "Print this sheet as you print cards: the same paper from the same tray, at 100\u{a0}%, \
                 not fitted to the page, {}. If the printer prints one side only: print page 1, {}; \
                 then print page 2. Put in every sheet the same way.",
                self.dialog,
                turned_by_hand(turn)
            ),
            "Turn to the side with the numbers and hold the sheet against a lamp or a window, so \
             that the lines of this side shine through."
                .into(),
            "In each of the scales H, V and R, find the tick that lies on its line, as if both \
             were one. Its number is your reading. If two neighbours do equally well, one a hair \
             before, one a hair behind, take both: 41/42."
                .into(),
            "Measure the two bars of this side with a ruler. Where one is not 100\u{a0}mm long, write \
             what it is behind the readings, with a comma before: scale-x=98.7 for the level bar, \
             scale-y=99.2 for the upright one."
                .into(),
            "Put your readings into this line, and type it:".into(),
        ]
    }

    /// Returns what follows the command.
    pub(super) fn ending(&self) -> [String; 2] {
        [
            format!("From then on, print with --printer {}.", self.printer),
            "No tick lies on a line? Then the back is more than 4\u{a0}mm off. Measure with a ruler \
             how far it lies to the right and down, seen from the back, and give that in place of \
             H, V and R: x=6mm,y=-5mm. Then make this sheet anew, with --printer."
                .into(),
        ]
    }
}

/// What the back says beside the name of a scale that has room for it.
pub(super) const HINT: &str =
    "Hold the sheet against a light. Which tick lies on a line that shines through?";

/// Returns `text` in lines that are no wider than `width`, unless a word is.
pub(super) fn paragraph(text: &str, spec: TextSpec, width: Length, set: &SetText) -> Vec<SetLine> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer.filter(|longer| set(longer, spec).width <= width) {
            Some(longer) => lines.last_mut().into_iter().for_each(|line| line.clone_from(&longer)),
            None => lines.push(word.into()),
        }
    }
    lines.iter().map(|line| set(line, spec)).collect()
}
