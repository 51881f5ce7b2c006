//! The reading of catalogue files: what counts, and what is wrong with the rest.

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::impose::catalogue::lookup::normalised;
use crate::impose::catalogue::{Format, SCHEMA};
use crate::length::{Length, Size};
use crate::problem::{Diagnostic, Excerpt, Origin, Place};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) schema: Spanned<u32>,
    #[serde(default)]
    pub(super) size: Vec<Entry>,
    #[serde(default)]
    pub(super) paper: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    id: Spanned<String>,
    name: Option<String>,
    size: Spanned<String>,
    radius: Option<Spanned<String>>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
}

/// A catalogue file while it is read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) source: Arc<str>,
}

impl Reader<'_> {
    pub(super) fn add(
        &self,
        formats: &mut Vec<Format>,
        entry: &Entry,
        usual_radius: Length,
        problems: &mut Vec<Diagnostic>,
    ) {
        let mut format = match self.format(entry, usual_radius) {
            Ok(format) => format,
            Err(problem) => return problems.push(*problem),
        };
        if let Some(at) = formats.iter().position(|known| known.id == format.id) {
            let was = formats.remove(at);
            problems.push(self.replaced(entry, &was));
        }
        format.aliases = self.aliases(formats, entry, &format.id, problems);
        for other in formats.iter_mut() {
            other.aliases.retain(|alias| *alias != format.id);
        }
        formats.push(format);
    }

    fn format(&self, entry: &Entry, usual_radius: Length) -> Result<Format, Box<Diagnostic>> {
        let id = normalised(entry.id.get_ref());
        let size: Size = self.value(&entry.size)?;
        let radius = entry.radius.as_ref().map(|radius| self.value(radius)).transpose()?;
        let half = size.width.min(size.height) / 2;
        let radius: Length = radius.unwrap_or(usual_radius.min(half));
        if id.is_empty() {
            return Err(self.wrong(&entry.id, "a name that is empty").into());
        }
        if size.width <= Length::ZERO || size.height <= Length::ZERO {
            return Err(self.wrong(&entry.size, &format!("a size of {size}")).into());
        }
        if radius < Length::ZERO || radius > half {
            let place = entry.radius.as_ref().unwrap_or(&entry.size);
            return Err(self.wrong(place, &format!("a radius of {radius} on {size}")).into());
        }
        let name = entry.name.clone().unwrap_or_else(|| id.clone());
        Ok(Format { id, name, size, corner_radius: radius, aliases: Vec::new() })
    }

    fn value<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        text: &Spanned<String>,
    ) -> Result<T, Box<Diagnostic>> {
        let wrong = |error: T::Err| self.wrong(text, &error.to_string()).into();
        text.get_ref().parse().map_err(wrong)
    }

    /// Returns the aliases that name nothing else yet, and tells of the others.
    fn aliases(
        &self,
        formats: &[Format],
        entry: &Entry,
        id: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<String> {
        let mut aliases: Vec<String> = Vec::new();
        for alias in &entry.aliases {
            let name = normalised(alias.get_ref());
            let holds = |format: &&Format| format.id == name || format.aliases.contains(&name);
            match formats.iter().find(holds) {
                Some(other) => problems.push(self.taken(alias, &name, &other.id)),
                None if name == id || aliases.contains(&name) => {}
                None => aliases.push(name),
            }
        }
        aliases
    }

    fn taken(&self, alias: &Spanned<String>, name: &str, other: &str) -> Diagnostic {
        Diagnostic::warning("catalogue-alias", format!("`{name}` already names `{other}`"))
            .at(self.origin(alias.span()))
            .help("choose another alias")
    }

    fn replaced(&self, entry: &Entry, was: &Format) -> Diagnostic {
        let found = format!("`{}` replaces the one of {}", was.id, was.size);
        Diagnostic::note("catalogue-replaced", found).at(self.origin(entry.id.span()))
    }

    fn wrong(&self, place: &Spanned<String>, found: &str) -> Diagnostic {
        Diagnostic::error("catalogue-entry", found).at(self.origin(place.span()))
    }

    pub(super) fn schema(&self, schema: &Spanned<u32>) -> Diagnostic {
        Diagnostic::error("catalogue-schema", format!("schema {}", schema.get_ref()))
            .expected(format!("schema {SCHEMA}"))
            .help("this file was written for another version of deckle")
            .at(self.origin(schema.span()))
    }

    pub(super) fn syntax(&self, error: &toml::de::Error) -> Diagnostic {
        Diagnostic::error("catalogue-syntax", error.message().trim())
            .expected("`schema = 1`, then `[[size]]` or `[[paper]]` tables with `id` and `size`")
            .at(self.origin(error.span().unwrap_or(0..0)))
    }

    fn origin(&self, span: Range<usize>) -> Origin {
        let before = self.text.get(..span.start).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[start..].lines().next().unwrap_or("");
        let number = before.matches('\n').count() as u32 + 1;
        let column = before[start..].chars().count() as u32 + 1;
        let end = span.end.saturating_sub(start).min(line.len());
        let from = (span.start.min(before.len()) - start).min(end);
        Origin {
            source: self.source.clone(),
            place: Place::Text { line: number, column },
            excerpt: Some(Excerpt {
                text: line.into(),
                first_line: number,
                span: from..end,
                label: String::new(),
            }),
        }
    }
}
