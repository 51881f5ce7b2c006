//! The last words of a print: what was made, and how to print it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::impose::{
    Arrangement, Duplex, Flip, instructions, picture_of_turn, stacking_instructions,
};
use crate::problem::counted;
use crate::run::Run;

use super::super::Terminal;
use super::super::calibrate::remedy;
use super::super::failure::Failure;
use super::super::output::to_standard_output;
use super::SheetPages;
use super::resolve::Resolved;

/// Tells a person what was made and how to set the printer's dialog.
pub fn tell(
    run: &Run,
    pages: &SheetPages,
    resolved: &Resolved,
    files: &[PathBuf],
    terminal: &Terminal,
) {
    let spec = &resolved.sheet;
    let cards = counted(run.count(), "card");
    let grid = &spec.grid;
    let what = match spec.arrangement {
        Arrangement::Faces => {
            format!("{cards} of {}, a page for each face", spec.grid.face())
        }
        Arrangement::Sheets => format!(
            "{cards} of {} on {} of {} ({} × {})",
            grid.face(),
            counted(pages.of(), "sheet"),
            grid.page,
            grid.columns,
            grid.rows,
        ),
    };
    terminal.say(&what);
    if pages.sheets() < pages.of() {
        terminal.say(&format!("of these, {} as asked", counted(pages.sheets(), "sheet")));
    }
    terminal.say(&format!("type: {}", sizes(run)));
    if spec.duplex == Duplex::TwoPass && pages.sheets() == pages.of() && pages.of() > 1 {
        terminal.say("`--sheets 1` prints the first sheet alone, for a test");
    }
    if run.is_draft() && spec.is_stock {
        terminal.say("print this on plain paper first, and hold it with a perforated sheet against the light");
    }
    how_to_print(resolved, &[pages.sheets()], pages.sheets() < pages.of(), terminal);
    terminal.say_wrote(files);
}

/// Tells a person what the purpose chose and how to set the printer's dialog for documents of so
/// many sheets each; a part of a job is neither tried first nor stacked.
pub fn how_to_print(resolved: &Resolved, sheets: &[usize], is_part: bool, terminal: &Terminal) {
    let spec = &resolved.sheet;
    terminal.say(&purpose(resolved));
    if let (Some(name), Some(remedy)) = (&resolved.printer, remedy(&resolved.register)) {
        terminal.say(&format!("for printer {name}: {remedy}"));
    }
    if spec.arrangement == Arrangement::Faces {
        return;
    }
    terminal.say(&dialog(resolved));
    let by_hand = matches!(spec.duplex, Duplex::TwoPass | Duplex::Fold);
    let lengths: BTreeSet<usize> = sheets.iter().copied().collect();
    for count in &lengths {
        if lengths.len() > 1 && by_hand {
            terminal.say(&format!("a file of {}:", counted(*count, "sheet")));
        }
        if by_hand {
            let steps = instructions(spec.duplex, spec.flip, spec.grid.page, *count);
            steps.iter().for_each(|step| terminal.say(step));
        }
        if is_part {
            continue;
        }
        stacking_instructions(spec.stacking, *count).iter().for_each(|step| terminal.say(step));
        if spec.duplex == Duplex::Fold {
            terminal.say("cut along the marks of the fronts, through both layers");
        }
    }
    let page = spec.grid.page;
    picture_of_turn(spec.duplex, spec.flip, page).iter().for_each(|line| terminal.show(line));
}

/// Returns what the purpose of the sheets chose, or a flag in its place.
fn purpose(resolved: &Resolved) -> String {
    let value = |name: &str| {
        let row = resolved.table.iter().find(|(known, ..)| *known == name);
        let value = row.map(|(_, value, _)| &value[..]).unwrap_or_default();
        // Both gutters in one word where they are the same.
        match value.split_once(", ") {
            Some((across, down)) if across == down => across.to_owned(),
            _ => value.to_owned(),
        }
    };
    let chosen = ["gutter", "bleed", "marks", "back", "codes", "colour"];
    // Single faces have neither gutters nor marks.
    let chosen = chosen.map(|name| (name, value(name))).into_iter().filter(|(_, v)| !v.is_empty());
    let chosen: Vec<String> = chosen.map(|(name, value)| format!("{name} {value}")).collect();
    format!("for {}: {}", value("for"), chosen.join(" · "))
}

/// Returns how many cards are set in each size.
fn sizes(run: &Run) -> String {
    let sizes = run.sizes();
    let one = |(size, count): (&std::cmp::Reverse<crate::length::Length>, &usize)| {
        format!("{count} at {} pt", (size.0.to_pt() * 100.0).round() / 100.0)
    };
    sizes.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn dialog(resolved: &Resolved) -> String {
    let sides = match (resolved.sheet.duplex, resolved.sheet.flip) {
        (Duplex::Auto, Flip::LongEdge) => "two-sided, flip on the long edge",
        (Duplex::Auto, Flip::ShortEdge) => "two-sided, flip on the short edge",
        _ => "one-sided",
    };
    format!("in the print dialog: 100 % (not \"fit to page\"), {sides}")
}

/// Writes every setting and where it comes from.
pub fn settings(resolved: &Resolved) -> Result<(), Failure> {
    to_standard_output(|out| {
        let mut table = resolved.table.iter();
        table.try_for_each(|(name, value, origin)| {
            writeln!(out, "{name:14} {value:28} {}", origin.name())
        })
    })
}
