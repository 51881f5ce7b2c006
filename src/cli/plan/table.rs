//! A plan as a table for the terminal.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table};

use crate::cli::draw::card::one_line;
use crate::cli::show::wrapped;

use super::outline::{Day, Outline};

/// How wide lines are where nobody knows; also the widest that one reads well.
const WIDEST: usize = 96;

/// Below which width columns beside each other are too narrow to read.
const NARROW: usize = 64;

/// Returns the plan: dates, what to do, minutes.
pub fn text(outline: &Outline, width: Option<usize>) -> String {
    let width = width.unwrap_or(WIDEST).clamp(24, WIDEST);
    let purpose = wrapped(&outline.plan.purpose, Some(width)).join("\n");
    let days = if width < NARROW { list(outline, width) } else { table(outline, width) };
    format!("{}\n{purpose}\n\n{days}\n", outline.plan.title)
}

/// Returns the days one under the other, each with a line over it.
fn list(outline: &Outline, width: usize) -> String {
    let day = |day: &Day| {
        let head = format!("{} · {} · {} min", outline.label(day), date(day), day.minutes);
        let told = told(outline, day);
        let lines = told.lines().flat_map(|line| wrapped(line, Some(width - 2)));
        let lines: Vec<String> = lines.map(|line| format!("  {line}")).collect();
        format!("{head}\n{}", lines.join("\n"))
    };
    outline.days.iter().map(day).collect::<Vec<_>>().join("\n")
}

fn table(outline: &Outline, width: usize) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width as u16);
    let unit = outline.plan.unit.name();
    table.set_header([unit, "Date", "What to do", "min"]);
    for day in &outline.days {
        let minutes = day.minutes.to_string();
        table.add_row([day.number.to_string(), date(day), told(outline, day), minutes]);
    }
    for at in [0, 3] {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.to_string();
    lines.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn date(day: &Day) -> String {
    day.date.strftime("%a %-d %b").to_string()
}

/// Returns what to do on a day, a part to the line, with the code of its card at the end.
fn told(outline: &Outline, day: &Day) -> String {
    let title = outline.has_titles().then(|| day.title.clone());
    let told = outline.told_of(day).into_iter().map(|words| one_line(&words));
    let told: Vec<String> = title.into_iter().chain(told).collect();
    let code = outline.card(day).map(|(_, card)| format!(" [{}]", card.code.0));
    format!("{}{}", told.join("\n"), code.unwrap_or_default())
}
