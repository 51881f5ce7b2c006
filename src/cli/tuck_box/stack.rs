//! How high the cards lie, from the flags that say so.

use std::ops::RangeInclusive;

use crate::impose::tuck_box::{GRAMMAGES, Stack, thickness_of};
use crate::length::Length;
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
    let read = |flag: &str, text: &Option<String>| -> Result<Option<Length>, Vec<Diagnostic>> {
        let parsed = text.as_deref().map(str::parse).transpose();
        parsed.map_err(|error| vec![Diagnostic::error("bad-length", format!("--{flag}: {error}"))])
    };
    let height = read("stack-height", &args.stack_height)?;
    let thickness = read("thickness", &args.thickness)?;
    if let Some(grammage) = args.grammage {
        return by_weight(grammage, args.bulk.unwrap_or(USUAL_BULK));
    }
    Ok(match height {
        Some(height) => Stack::Measured(height),
        None => Stack::Of { thickness: thickness.unwrap_or(USUAL) },
    })
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
        problems.push(out_of_range(found, expected, "0.9 if coated, 1.1 to 1.3 if not"));
    }
    match problems.is_empty() {
        true => Ok(Stack::Of { thickness: thickness_of(grammage, bulk) }),
        false => Err(problems),
    }
}
