//! Plain lists: prompts without a category or a depth, made into a table.

use std::sync::Arc;

use csv::StringRecord;

use super::gather::Problems;
use super::header::Column;
use super::read::{Grid, Source};

/// The category of prompts that have none.
const CATEGORY: &str = "Questions";

/// The depth of prompts that have none: a story, neither small talk nor a confession.
const DEPTH: &str = "2";

/// Returns the plain list in `source` as a table: one prompt in each line or in each first cell,
/// with or without a bullet or number; a line that begins with `#` names the category of those
/// under it. A table with a column of prompts that lacks category or depth is filled in.
///
/// None where the file is no such list: where it is a whole deck, however faulty, or no text.
pub fn list_to_csv(source: Source) -> Option<String> {
    let name: Arc<str> = source.name.into();
    let (grid, _) = Grid::open(&name, source.bytes, &mut Problems::default())?;
    let (header, ..) = grid.header();
    let columns = header.columns;
    let rows = match columns.field(Column::Prompt) {
        Some(_) if columns.missing().next().is_some() => table_rows(&grid),
        None if columns.count() == 0 => list_rows(&grid),
        _ => return None,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(KEPT.map(Column::name)).ok()?;
    for row in &rows {
        writer.write_record(row).ok()?;
    }
    let bytes = writer.into_inner().ok()?;
    String::from_utf8(bytes).ok().filter(|_| !rows.is_empty())
}

/// What is taken over from a table.
const KEPT: [Column; 5] =
    [Column::Category, Column::Depth, Column::Prompt, Column::FollowUp, Column::Note];

fn table_rows(grid: &Grid) -> Vec<[String; 5]> {
    let columns = grid.header().0.columns;
    let mut rows = Vec::new();
    grid.each_row(&mut Problems::default(), |_, record, _| {
        let row: [String; 5] = KEPT.map(|column| {
            let cell = columns.field(column).and_then(|field| record.get(field)).unwrap_or("");
            match column {
                Column::Category if cell.trim().is_empty() => CATEGORY.into(),
                Column::Depth if cell.trim().is_empty() => DEPTH.into(),
                _ => cell.trim().into(),
            }
        });
        if !row[2].is_empty() {
            rows.push(row);
        }
    });
    rows
}

fn list_rows(grid: &Grid) -> Vec<[String; 5]> {
    let mut category = String::from(CATEGORY);
    let mut rows = Vec::new();
    for line in lines(grid) {
        let line = line.trim();
        if let Some(heading) = line.strip_prefix('#') {
            category = heading.trim_matches(['#', ' ']).into();
            continue;
        }
        let prompt = without_bullet(line);
        if !prompt.is_empty() {
            let category = if category.is_empty() { CATEGORY } else { &category };
            let cells = [category, DEPTH, &unquoted(prompt), "", ""];
            rows.push(cells.map(String::from));
        }
    }
    rows
}

fn lines(grid: &Grid) -> Vec<String> {
    let first = |record: &StringRecord| record.get(0).unwrap_or_default().to_owned();
    match grid {
        Grid::Text(table) => table.text.text.lines().map(str::to_owned).collect(),
        Grid::Sheet(sheet) => {
            let mut lines = vec![first(&sheet.names)];
            sheet.each_row(&mut Problems::default(), |_, record, _| lines.push(first(record)));
            lines
        }
    }
}

/// Takes `- `, `* `, `• `, `3. ` or `3) ` away.
fn without_bullet(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '*', '•', '–', '\t', ' ']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && digits < 5;
    let rest = line[digits..].strip_prefix(['.', ')']).filter(|_| numbered);
    rest.filter(|rest| rest.starts_with([' ', '\t'])).unwrap_or(line).trim()
}

fn unquoted(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.map_or_else(|| text.into(), |inner| inner.replace("\"\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Option<String> {
        let bytes = text.as_bytes().into();
        list_to_csv(Source { name: "t", bytes, meta: None, stem: "t" })
    }

    #[test]
    fn lists_become_tables_under_their_headings() {
        let list = "1. What now?\n\n# Play\n- Who, if anyone?\n* \"Say \"\"yes\"\".\"\n";
        assert_eq!(
            table(list).unwrap(),
            "category,depth,prompt,follow_up,note\nQuestions,2,What now?,,\n\
             Play,2,\"Who, if anyone?\",,\nPlay,2,\"Say \"\"yes\"\".\",,\n"
        );
    }

    #[test]
    fn tables_without_depth_are_filled_in_and_decks_left_alone() {
        let csv = table("Frage;Thema\nWas nun?;Heute\n").unwrap();
        assert!(csv.ends_with("Heute,2,Was nun?,,\n"));
        assert_eq!(table("category,depth,prompt\na,9,b\n"), None);
        assert_eq!(table("category,depth\na,1\n"), None);
    }
}
