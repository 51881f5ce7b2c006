//! The formats there are: those that come along, the user's own, and one in a file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::list::{write_json, write_table};
use crate::cli::settings::config_folder;
use crate::problem::Diagnostic;
use crate::session::format::{Range, Source};
use crate::session::{Format, Formats};

/// Returns the formats that come along and the user's own; if `asked` names a file, that as well, with
/// the id that it has.
///
/// The user's own are the files with the ending .toml in the folder `formats` beside the settings.
pub fn read(asked: Option<&str>) -> Result<(Formats, Option<String>), Failure> {
    let mut formats = Formats::bundled();
    for path in own_files() {
        formats.add(read_file(&path)?);
    }
    let is_file = |word: &str| word.to_lowercase().ends_with(".toml") || word.contains(['/', '\\']);
    let Some(path) = asked.filter(|word| is_file(word)).map(Path::new) else {
        return Ok((formats, None));
    };
    match formats.add(read_file(path)?) {
        Some(id) => Ok((formats, Some(id))),
        None => Err(Failure::unmet(formats.unreadable())),
    }
}

fn read_file(path: &Path) -> Result<Source, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    let name = path.display().to_string();
    let text = String::from_utf8(bytes).map_err(|_| {
        let found = format!("`{name}` is no text in UTF-8");
        Failure::unmet(vec![Diagnostic::error("format-syntax", found).help("save it as UTF-8")])
    })?;
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
    Ok(Source { name, text })
}

/// Returns the user's own format files, in the order of their names.
fn own_files() -> Vec<PathBuf> {
    let Some(folder) = config_folder().map(|folder| folder.join("formats")) else {
        return Vec::new();
    };
    let entries =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_format = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "toml");
    let mut files: Vec<PathBuf> = entries.filter(is_format).collect();
    files.sort();
    files
}

/// A row of `list formats`.
#[derive(Serialize)]
struct FormatEntry {
    name: String,
    title: String,
    purpose: String,
    people: Range,
    rounds: usize,
    ceiling: u8,
    decks: Vec<String>,
    own: bool,
}

fn entry(format: Format, own: bool) -> FormatEntry {
    FormatEntry {
        rounds: format.parts.iter().map(|part| part.rounds.usual).sum(),
        name: format.id,
        title: format.title,
        purpose: format.purpose,
        people: format.people,
        ceiling: format.ceiling.level(),
        decks: format.decks,
        own,
    }
}

/// Writes the formats, as a table or as JSON, and returns what is wrong with the user's own.
///
/// # Errors
///
/// `out` cannot be written.
pub fn list_formats(
    out: &mut dyn Write,
    formats: &Formats,
    json: bool,
) -> io::Result<Vec<Diagnostic>> {
    let mut problems = formats.unreadable();
    let mut entries = Vec::new();
    for id in formats.ids() {
        match formats.find(id) {
            Ok(format) => entries.push(entry(format, formats.is_own(id))),
            Err(told) => problems.extend(told),
        }
    }
    if json {
        write_json(out, "formats", &entries)?;
        return Ok(problems);
    }
    let row = |entry: &FormatEntry| {
        let people = match entry.people {
            Range { least, most, .. } if least == most => least.to_string(),
            Range { least, most, .. } => format!("{least}–{most}"),
        };
        let name = if entry.own { format!("{} (own)", entry.name) } else { entry.name.clone() };
        vec![name, people, entry.purpose.clone()]
    };
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    write_table(out, &["format", "people", "what it is for"], &rows)?;
    Ok(problems)
}
