//! The last words of a box: what was made, and how to make a box of it.

use std::path::PathBuf;

use crate::impose::tuck_box::BoxSheet;
use crate::problem::counted;

use super::super::Terminal;

/// How a net becomes a box.
const STEPS: [&str; 6] = [
    "print one side at 100 % (not \"fit to page\"), on board of 250 to 350 g/m²",
    "score the dashed lines with a ruler and a blunt point, before anything is cut",
    "cut along the solid line, the half circle for the thumb too",
    "fold all dashed lines away from you, and flatten them again",
    "glue the hatched flap at the left, and lay the right edge of the net over it",
    "fold in the small bottom flaps, then the hatched one; glue it, and press the last one on",
];

/// Tells a person what was made and what to do with it.
pub fn tell(sheet: &BoxSheet, files: &[PathBuf], terminal: &Terminal) {
    let BoxSheet { card, cards, stack, page, net, .. } = sheet;
    let cards = counted(*cards, "card");
    terminal.say(&format!("a box for {cards} of {card}, stack {stack}: inside {}", net.inside));
    terminal.say(&format!("its net is {} on {page} paper", net.size));
    for (number, step) in (1..).zip(STEPS) {
        terminal.say(&format!("{number}. {step}"));
    }
    terminal.say_wrote(files);
}
