//! Names as people write them, and what they name.

use crate::impose::catalogue::{Format, Stock};
use crate::length::{Length, Size};
use crate::problem::{Diagnostic, did_you_mean};

/// An entry of a catalogue.
pub(super) trait Named {
    /// Returns the name of the entry.
    fn id(&self) -> &str;
    /// Returns the other names.
    fn aliases(&self) -> &[String];
    /// Returns the other names, to be changed.
    fn aliases_mut(&mut self) -> &mut Vec<String>;
    /// Returns in a few words what the entry measures.
    fn measure(&self) -> String;

    /// Returns all names, the first one first.
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.id()).chain(self.aliases().iter().map(String::as_str))
    }
}

impl Named for Format {
    fn id(&self) -> &str {
        &self.id
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn aliases_mut(&mut self) -> &mut Vec<String> {
        &mut self.aliases
    }

    fn measure(&self) -> String {
        self.size.to_string()
    }
}

impl Named for Stock {
    fn id(&self) -> &str {
        &self.id
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn aliases_mut(&mut self) -> &mut Vec<String> {
        &mut self.aliases
    }

    fn measure(&self) -> String {
        let cards = if self.cells() == 1 { "card" } else { "cards" };
        format!("{} {cards} of {}", self.cells(), self.card)
    }
}

/// What is looked for, in the words of the command line.
pub(super) struct Wanted {
    kind: &'static str,
    code: &'static str,
    expected: &'static str,
    overview: &'static str,
}

/// A card format.
pub(super) const SIZE: Wanted = Wanted {
    kind: "size",
    code: "unknown-size",
    expected: "a name, or a width and a height such as `70x120mm` or `2.5x3.5in`",
    overview: "`deckle list sizes` shows every name",
};

/// A paper.
pub(super) const PAPER: Wanted = Wanted {
    kind: "paper",
    code: "unknown-paper",
    overview: "`deckle list papers` shows every name",
    ..SIZE
};

/// A sheet that is cut already.
pub(super) const STOCK: Wanted = Wanted {
    kind: "stock",
    code: "unknown-stock",
    expected: "a maker and a product number, such as `avery-5371`, or the number alone",
    overview: "`deckle list stocks` shows every name; a sheet that is not there can be measured and \
               written into `catalogue.toml`",
};

impl Wanted {
    /// Returns the format that `text` names, or the free size that it says.
    pub(super) fn format(&self, formats: &[Format], text: &str) -> Result<Format, Box<Diagnostic>> {
        let name = normalised(text);
        let is_free = name.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
        match named(formats, &name) {
            Some(format) => Ok(format.clone()),
            None if is_free => free(text).map_err(|problem| problem.help(self.overview).into()),
            None => Err(self.unknown(formats, &name).into()),
        }
    }

    /// Returns the entry that `text` names.
    pub(super) fn entry<'a, T: Named>(
        &self,
        entries: &'a [T],
        text: &str,
    ) -> Result<&'a T, Box<Diagnostic>> {
        let name = normalised(text);
        named(entries, &name).ok_or_else(|| self.unknown(entries, &name).into())
    }

    fn unknown<T: Named>(&self, entries: &[T], name: &str) -> Diagnostic {
        let help = match did_you_mean(name, entries.iter().flat_map(Named::names)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => self.overview.into(),
        };
        Diagnostic::error(self.code, format!("unknown {} `{name}`", self.kind))
            .expected(self.expected)
            .help(help)
    }
}

/// Returns the entry of a name that is [`normalised`]; hyphens may be missing where nothing else has
/// the name, since makers write `LP 800` and `LP800`.
fn named<'a, T: Named>(entries: &'a [T], name: &str) -> Option<&'a T> {
    let by = |is: &dyn Fn(&str) -> bool| entries.iter().find(|entry| entry.names().any(is));
    let joined = joined(name);
    let by_id = entries.iter().find(|entry| entry.id() == name);
    by_id
        .or_else(|| by(&|known| known == name))
        .or_else(|| by(&|known| !joined.is_empty() && self::joined(known) == joined))
}

fn joined(name: &str) -> String {
    name.replace('-', "")
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
        rare: false,
    })
}

/// Returns a name as names are compared: lower case, words joined by hyphens.
pub(super) fn normalised(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}
