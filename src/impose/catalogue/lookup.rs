//! Names as people write them, and what they name.

use crate::impose::catalogue::Format;
use crate::length::{Length, Size};
use crate::problem::{Diagnostic, did_you_mean};

/// What is looked for, in the words of the command line.
pub(super) struct Wanted {
    pub(super) kind: &'static str,
    pub(super) list: &'static str,
}

impl Wanted {
    pub(super) fn find(&self, formats: &[Format], text: &str) -> Result<Format, Box<Diagnostic>> {
        let name = normalised(text);
        let by_id = formats.iter().find(|format| format.id == name);
        let by_alias = || formats.iter().find(|format| format.aliases.contains(&name));
        match by_id.or_else(by_alias) {
            Some(format) => Ok(format.clone()),
            None if name.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
                free(text).map_err(|problem| problem.help(self.overview()).into())
            }
            None => Err(self.unknown(formats, &name).into()),
        }
    }

    fn unknown(&self, formats: &[Format], name: &str) -> Diagnostic {
        let code = if self.kind == "size" { "unknown-size" } else { "unknown-paper" };
        let names = formats
            .iter()
            .flat_map(|format| std::iter::once(&format.id).chain(&format.aliases))
            .map(String::as_str);
        let help = match did_you_mean(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => self.overview(),
        };
        Diagnostic::error(code, format!("unknown {} `{name}`", self.kind))
            .expected("a name, or a width and a height such as `70x120mm` or `2.5x3.5in`")
            .help(help)
    }

    fn overview(&self) -> String {
        format!("`deckle list {}` shows every name", self.list)
    }
}

fn free(text: &str) -> Result<Format, Box<Diagnostic>> {
    let size: Size =
        text.parse().map_err(|error| Diagnostic::error("bad-size", format!("{error}")))?;
    Ok(Format {
        id: normalised(text),
        name: size.to_string(),
        size,
        corner_radius: Length::ZERO,
        aliases: Vec::new(),
    })
}

/// Returns a name as names are compared: lower case, words joined by hyphens.
pub(super) fn normalised(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}
