//! A plan as a table for the terminal.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table};

use crate::cli::draw::card::one_line;

use super::outline::Outline;

/// How wide lines are where nobody knows; also the widest that one reads well.
const WIDEST: usize = 96;

/// Returns the plan: dates, what to do, minutes.
pub fn text(outline: &Outline, width: Option<usize>) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width.unwrap_or(WIDEST).clamp(24, WIDEST) as u16);
    let unit = outline.plan.unit.name();
    table.set_header([unit, "Date", "What to do", "min"]);
    for day in &outline.days {
        let title = outline.has_titles().then(|| day.title.clone());
        let told = outline.told_of(day).into_iter().map(|words| one_line(&words));
        let code = outline.card(day).map(|(_, card)| card.code.0.to_string());
        let told: Vec<String> = title.into_iter().chain(told).collect();
        let what = format!("{}{}", told.join("\n"), code.map(|c| format!(" [{c}]")).unwrap_or_default());
        let date = day.date.strftime("%a %-d %b").to_string();
        table.add_row([day.number.to_string(), date, what, day.minutes.to_string()]);
    }
    for at in [0, 3] {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.to_string();
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    format!("{}\n{}\n\n{}\n", outline.plan.title, outline.plan.purpose, lines.join("\n"))
}
