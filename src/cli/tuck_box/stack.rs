//! How high the cards lie, from the flags that say so.

use std::ops::RangeInclusive;

use crate::impose::tuck_box::{GRAMMAGES, Stack, thickness_of};
use crate::length::{Length, LengthError};
use crate::problem::Diagnostic;

use super::super::args::BoxArgs;
use super::out_of_range;

/// The thickness of a card where nobody says: playing-card board of 300 g/m².
const USUAL: Length = Length::mm(0.3);

/// The bulk of paper where nobody says: uncoated board.
const USUAL_BULK: f64 = 1.1;

/// The bulks that paper has.
const BULKS: RangeInclusive<f64> = 0.5..=2.0;

/// Returns how high the cards lie, or everything that cannot be read.
pub fn asked(args: &BoxArgs) -> Result<Stack, Vec<Diagnostic>> {
    // Clap has refused more than one of them.
    if let Some(grammage) = args.grammage {
        return by_weight(grammage, args.bulk.unwrap_or(USUAL_BULK));
    }
    let of_cards = |thickness| Stack::Of { thickness };
    match (&args.stack_height, &args.thickness) {
        (Some(height), _) => read("stack-height", height, Stack::Measured),
        (None, Some(thickness)) => read("thickness", thickness, of_cards),
        (None, None) => Ok(of_cards(USUAL)),
    }
}

/// Reads a length into a stack; one without a unit that would not do in millimetres either is told
/// the range.
fn read(flag: &str, text: &str, stack: fn(Length) -> Stack) -> Result<Stack, Vec<Diagnostic>> {
    let error = match text.parse() {
        Ok(length) => return Ok(stack(length)),
        Err(error) => error,
    };
    let in_millimetres = match &error {
        LengthError::NoUnit { number, .. } => format!("{number}mm").parse().ok(),
        _ => None,
    };
    let problem = match in_millimetres.and_then(|length| stack(length).absurdity()) {
        Some(absurdity) => Diagnostic {
            code: "bad-length",
            found: format!("--{flag}: `{text}` needs a unit: mm, cm, in or pt"),
            ..absurdity
        },
        None => Diagnostic::error("bad-length", format!("--{flag}: {error}")),
    };
    Err(vec![problem])
}

fn by_weight(grammage: f64, bulk: f64) -> Result<Stack, Vec<Diagnostic>> {
    let range = |range: &RangeInclusive<f64>| format!("{} to {}", range.start(), range.end());
    let mut problems = Vec::new();
    if !GRAMMAGES.contains(&grammage) {
        let found = format!("paper of {grammage} g/m²");
        let expected = range(&GRAMMAGES) + " g/m²";
        problems.push(out_of_range(found, expected, "`--grammage 300` is usual for cards"));
    }
    if !BULKS.contains(&bulk) {
        let found = format!("paper with a bulk of {bulk} cm³/g");
        let expected = range(&BULKS) + " cm³/g";
        problems.push(out_of_range(found, expected, "`--bulk 0.9` if coated, `--bulk 1.1` if not"));
    }
    match problems.is_empty() {
        true => Ok(Stack::Of { thickness: thickness_of(grammage, bulk) }),
        false => Err(problems),
    }
}
