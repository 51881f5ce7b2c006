//! Lists of people: a name in each line, or a table with a column of names.

use std::borrow::Cow;
use std::sync::Arc;

use super::gather::Problems;
use super::header::fold;
use super::places::whole;
use super::read::Grid;
use crate::problem::Diagnostic;

/// What the column of names is called, folded.
const COLUMNS: [&str; 15] = [
    "name",
    "names",
    "firstname",
    "fullname",
    "person",
    "people",
    "participant",
    "participants",
    "guest",
    "vorname",
    "teilnehmer",
    "teilnehmende",
    "prenom",
    "nom",
    "nombre",
];

/// Returns the names in a list or table, each with its line, in order: those of the column that is called
/// so, else whole lines. Bullets and numbers before a name are left out; a single line may hold all
/// names with commas between.
///
/// # Errors
///
/// What cannot be read as text or table; a list without names (`no-names`); names that stand twice
/// (`same-name`), all of them; a table that has more than names and does not say where they stand
/// (`no-name-column`).
pub fn names(source: &str, bytes: &[u8]) -> Result<Vec<String>, Vec<Diagnostic>> {
    let no_names = || {
        let problem = Diagnostic::error("no-names", format!("there is no name in `{source}`"));
        vec![problem.help("write one name in each line")]
    };
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0xEF | 0xBB | 0xBF)) {
        return Err(no_names());
    }
    let mut problems = Problems::default();
    let name: Arc<str> = source.into();
    let Some((grid, _)) = Grid::open(&name, Cow::Borrowed(bytes), &mut problems) else {
        return Err(problems.into_list(&whole(&name)));
    };
    let (_, head, row) = grid.header();
    let mut rows: Vec<(u32, csv::StringRecord)> = vec![(row.line, head.clone())];
    grid.each_row(&mut problems, |row, record, _| rows.push((row.line, record.clone())));
    if problems.has_errors() {
        return Err(problems.into_list(&whole(&name)));
    }
    // A title may stand above the names of the columns; but who is called Guest in a list is a guest.
    let filled =
        |cells: &csv::StringRecord| cells.iter().filter(|it| !it.trim().is_empty()).count();
    let header = rows.iter().take(TITLES).enumerate().find_map(|(at, (_, cells))| {
        let column = cells.iter().position(|cell| COLUMNS.contains(&&*fold(cell)))?;
        let is_under_titles =
            filled(cells) > 1 && rows[..at].iter().all(|(_, above)| filled(above) <= 1);
        (at == 0 || is_under_titles).then_some((at, column))
    });
    let mut cells: Vec<(u32, String)> = match header {
        Some((at, column)) => {
            let of_row = |(line, cells): &(u32, csv::StringRecord)| {
                (*line, cells.get(column).unwrap_or_default().to_owned())
            };
            rows[at + 1..].iter().map(of_row).collect()
        }
        None => rows.iter().map(|(line, cells)| (*line, joined(cells))).collect(),
    };
    if header.is_none() && rows.len() > 1 && rows.iter().any(|(_, cells)| has_more(cells)) {
        let found = format!("`{source}` has several columns, and none is called `name`");
        let help = "write `name` above the column with the names";
        return Err(vec![Diagnostic::error("no-name-column", found).help(help)]);
    }
    if cells.len() == 1 && header.is_none() {
        cells = rows[0].1.iter().map(|cell| (rows[0].0, cell.to_owned())).collect();
    }
    let named = cells.into_iter().map(|(line, cell)| (line, plain(&cell)));
    let named: Vec<(u32, String)> = named.filter(|(_, name)| !name.is_empty()).collect();
    if named.is_empty() {
        return Err(no_names());
    }
    let twice = twice(&named);
    if twice.is_empty() {
        Ok(named.into_iter().map(|(_, name)| name).collect())
    } else {
        Err(twice)
    }
}

/// How many rows are looked through for the names of the columns.
const TITLES: usize = 10;

/// Returns whether a row has something beside names: an address, a number.
fn has_more(cells: &csv::StringRecord) -> bool {
    let cells: Vec<&str> = cells.iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let is_more =
        |cell: &&str| cell.contains('@') || cell.starts_with(|c: char| c.is_ascii_digit());
    cells.len() > 1 && cells.iter().any(is_more)
}

/// Returns the cells of a row that names no column as one: first and last name.
fn joined(record: &csv::StringRecord) -> String {
    record.iter().filter(|cell| !cell.trim().is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns a name without what stands before it in lists, and with single spaces.
fn plain(cell: &str) -> String {
    let cell = cell.trim().trim_start_matches(['-', '*', '•', '–']).trim_start();
    let after = cell.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = after.len() < cell.len() && after.starts_with(['.', ')']);
    let cell = if is_numbered { &after[1..] } else { cell };
    let printable: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn twice(named: &[(u32, String)]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (at, (line, name)) in named.iter().enumerate() {
        let same = |(_, other): &&(u32, String)| other.to_lowercase() == name.to_lowercase();
        if let Some((first, _)) = named[..at].iter().find(same) {
            let found = match first == line {
                true => format!("`{name}` stands there twice"),
                false => format!("`{name}` stands in line {first} and in line {line}"),
            };
            let help = format!("tell the two apart, such as `{name} B`");
            problems.push(Diagnostic::error("same-name", found).help(help));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, Vec<String>> {
        let told = |problems: Vec<Diagnostic>| problems.into_iter().map(|it| it.found).collect();
        names("names.txt", text.as_bytes()).map_err(told)
    }

    #[test]
    fn names_are_read_from_lists_and_tables() {
        let three = Ok(vec!["Anna".to_owned(), "Ben".into(), "Chloé".into()]);
        assert_eq!(read("Anna\nBen\nChloé\n"), three);
        assert_eq!(read("\u{feff}1. Anna\r\n2. Ben\r\n\r\n3.  Chloé\r\n"), three);
        assert_eq!(read("- Anna\n- Ben\n* Chloé"), three);
        assert_eq!(read("Anna, Ben, Chloé"), three);
        assert_eq!(read("Nr;Vorname;Ort\n1;Anna;Ulm\n2;Ben;\n3;Chloé;Lyon\n"), three);
        assert_eq!(read("Anna Maria\nBen"), Ok(vec!["Anna Maria".into(), "Ben".into()]));
        assert_eq!(
            read("Smith, Anna\nJones, Ben"),
            Ok(vec!["Smith Anna".into(), "Jones Ben".into()])
        );
    }

    #[test]
    fn names_that_stand_twice_are_told_with_their_lines() {
        assert_eq!(
            read("Anna\nBen\nanna\nBen\n"),
            Err(vec![
                "`anna` stands in line 1 and in line 3".into(),
                "`Ben` stands in line 2 and in line 4".into()
            ])
        );
        let quotes = read("Anna\nBen\n\"Bobby\" Smith\n");
        assert!(quotes.is_err(), "nobody is left out for a quote: {quotes:?}");
        assert_eq!(
            read("Gast;Mail\nAnna;a@x\nBen;b@x\n"),
            Err(vec!["`names.txt` has several columns, and none is called `name`".into()])
        );
        assert_eq!(
            read("Guests of our party;\nName;Mail\nAnna;a@x\nBen;b@x\n"),
            Ok(vec!["Anna".into(), "Ben".into()])
        );
        let names = ["Anna", "Ben", "Guest", "Cleo"].map(str::to_owned);
        assert_eq!(read("Anna\nBen\nGuest\nCleo\n"), Ok(names.into()));
        assert!(read("").is_err() && read("\n\n").is_err() && read("name\n").is_err());
    }
}
