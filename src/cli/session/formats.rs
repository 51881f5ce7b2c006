//! The formats there are: those that come along, the user's own, and one in a file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::cli::failure::Failure;
use crate::cli::list::write_json;
use crate::cli::settings::config_folder;
use crate::cli::show::wrapped;
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

/// Writes the formats, as a table no wider than `width` or as JSON, and returns what is wrong with the
/// user's own.
///
/// # Errors
///
/// `out` cannot be written.
pub fn list_formats(
    out: &mut dyn Write,
    formats: &Formats,
    json: bool,
    width: Option<usize>,
) -> io::Result<Vec<Diagnostic>> {
    let mut problems = formats.unreadable();
    let mut entries = Vec::new();
    for id in formats.ids() {
        match formats.find(id) {
            Ok(format) => entries.push(entry(format, formats.is_own(id))),
            Err(told) => problems.extend(told),
        }
    }
    match json {
        true => write_json(out, "formats", &entries)?,
        false => write_list(out, &entries, width)?,
    }
    Ok(problems)
}

/// Writes each format with its purpose beside it, or under it where there is no room.
fn write_list(
    out: &mut dyn Write,
    entries: &[FormatEntry],
    width: Option<usize>,
) -> io::Result<()> {
    let name = |entry: &FormatEntry| {
        let own = if entry.own { " (own)" } else { "" };
        let Range { least, most, .. } = entry.people;
        let people = if least == most { least.to_string() } else { format!("{least}–{most}") };
        (format!("{}{own}", entry.name), people)
    };
    let named: Vec<(String, String)> = entries.iter().map(name).collect();
    let widest =
        |of: fn(&(String, String)) -> usize| named.iter().map(of).max().unwrap_or_default();
    let (names, people) = (widest(|it| it.0.width()), widest(|it| it.1.width()));
    let beside = names + people + 4;
    let is_narrow = width.is_some_and(|width| width < beside + LEAST_WORDS);
    let indent = if is_narrow { 2 } else { beside };
    for (entry, (name, count)) in entries.iter().zip(&named) {
        let purpose =
            wrapped(&entry.purpose, width.map(|width| width.saturating_sub(indent).max(1)));
        let mut lines = purpose.iter();
        let head = format!("{name:<names$}  {count:<people$}");
        match lines.next().filter(|_| !is_narrow) {
            Some(first) => writeln!(out, "{head}  {first}")?,
            None => {
                writeln!(out, "{}", head.trim_end())?;
                lines = purpose.iter();
            }
        }
        for line in lines {
            writeln!(out, "{}{line}", " ".repeat(indent))?;
        }
    }
    Ok(())
}

/// The least room that words have beside the names.
const LEAST_WORDS: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_keeps_within_the_terminal() {
        let formats = Formats::bundled();
        for width in [30, 40, 60, 80, 120] {
            let mut out = Vec::new();
            let problems = list_formats(&mut out, &formats, false, Some(width));
            assert_eq!(problems.expect("memory takes it"), []);
            let text = String::from_utf8(out).expect("text");
            let long = text.lines().find(|line| line.width() > width);
            assert_eq!(long, None, "{width}");
            let words: String = text.split_whitespace().collect();
            assert!(words.contains("Twocirclesofchairs"), "{text}");
        }
    }
}
