//! The reading of catalogue files: what counts, and what is wrong with the rest.

use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use serde::Deserialize;
use toml::Spanned;

use crate::impose::catalogue::entry::Entry;
use crate::impose::catalogue::lookup::{Named, normalised};
use crate::impose::catalogue::stock_entry::StockEntry;
use crate::impose::catalogue::{Catalogue, Format, Replaced, SCHEMA, syntax};
use crate::length::{Length, Size};
use crate::problem::{Diagnostic, Origin, Text};

/// A catalogue file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) schema: Spanned<u32>,
    #[serde(default)]
    pub(super) size: Vec<Entry>,
    #[serde(default)]
    pub(super) paper: Vec<Entry>,
    #[serde(default)]
    pub(super) stock: Vec<StockEntry>,
}

/// A catalogue file while it is read.
pub(super) struct Reader {
    text: Text,
    /// What was wrong.
    pub(super) problems: Vec<Diagnostic>,
    /// Which ids were replaced.
    pub(super) replaced: Vec<Replaced>,
    /// The ids that were added.
    added: Vec<(Catalogue, String)>,
}

impl Reader {
    /// The reader of `text`; `source` is its name for problems.
    pub(super) fn new(text: &str, source: &str) -> Self {
        let text = Text::new(source, text.to_owned());
        Self { text, problems: Vec::new(), replaced: Vec::new(), added: Vec::new() }
    }

    /// Returns what the file says, if it is of a kind that can be read.
    pub(super) fn file(&mut self) -> Option<File> {
        let problem = match toml::from_str::<File>(&self.text.text) {
            Ok(file) if *file.schema.get_ref() == SCHEMA => return Some(file),
            Ok(file) => self.schema(&file.schema),
            Err(error) => self.syntax(&error),
        };
        self.problems.push(problem);
        None
    }

    /// Adds a card format or a paper; one that says no radius gets the `usual_radius`.
    pub(super) fn add_format(
        &mut self,
        catalogue: Catalogue,
        formats: &mut Vec<Format>,
        entry: &Entry,
        usual_radius: Length,
    ) {
        match entry.format(self, usual_radius) {
            Ok(format) => self.add(catalogue, formats, format, &entry.id, &entry.aliases),
            Err(problem) => self.problems.push(*problem),
        }
    }

    /// Adds an entry in the place of one of the same name; its names come from `id` and `aliases`.
    pub(super) fn add<T: Named>(
        &mut self,
        catalogue: Catalogue,
        entries: &mut Vec<T>,
        mut entry: T,
        id: &Spanned<String>,
        aliases: &[Spanned<String>],
    ) {
        if entry.id() == "none" || entry.id().parse::<Size>().is_ok() {
            self.problems.push(self.no_name(id));
            return;
        }
        if let Some(at) = entries.iter().position(|known| known.id() == entry.id()) {
            let was = entries.remove(at);
            self.replace(catalogue, id, &was);
        }
        self.added.push((catalogue, entry.id().to_owned()));
        for alias in aliases {
            self.add_alias(entries, &mut entry, alias);
        }
        for other in entries.iter_mut() {
            other.aliases_mut().retain(|alias| alias != entry.id());
        }
        entries.push(entry);
    }

    /// Adds an alias unless it names something else.
    fn add_alias<T: Named>(&mut self, entries: &[T], entry: &mut T, alias: &Spanned<String>) {
        let name = normalised(alias.get_ref());
        let other = entries.iter().find(|other| other.names().any(|known| known == name));
        match other {
            Some(other) => self.problems.push(self.taken(alias, &name, other.id())),
            None if entry.names().any(|known| known == name) => {}
            None => entry.aliases_mut().push(name),
        }
    }

    /// Returns a value as its own text says it.
    pub(super) fn value<T: FromStr<Err: Display>>(
        &self,
        text: &Spanned<String>,
    ) -> Result<T, Box<Diagnostic>> {
        let wrong = |error: T::Err| self.wrong(text.span(), error.to_string()).into();
        text.get_ref().parse().map_err(wrong)
    }

    /// Returns what is wrong with the value that stands at `span`.
    pub(super) fn wrong(&self, span: Range<usize>, found: impl Into<String>) -> Diagnostic {
        Diagnostic::error("catalogue-entry", found).at(self.origin(span))
    }

    fn no_name(&self, id: &Spanned<String>) -> Diagnostic {
        let found =
            format!("`{}` cannot be an id: on the command line it means itself", id.get_ref());
        self.wrong(id.span(), found).help("choose a name, such as `my-own`")
    }

    fn taken(&self, alias: &Spanned<String>, name: &str, other: &str) -> Diagnostic {
        Diagnostic::warning("catalogue-alias", format!("`{name}` already names `{other}`"))
            .at(self.origin(alias.span()))
            .help("choose another alias")
    }

    /// Notes that an entry takes the place of another, or warns if both are of this file.
    fn replace(&mut self, catalogue: Catalogue, id: &Spanned<String>, was: &impl Named) {
        let (name, at) = (was.id().to_owned(), self.origin(id.span()));
        if self.added.iter().any(|added| *added == (catalogue, name.clone())) {
            let found = format!("`{name}` is told twice; what is told last counts");
            let help = "give one of the two another id, or take it away";
            self.problems.push(Diagnostic::warning("catalogue-twice", found).at(at).help(help));
        } else {
            let found = format!("`{name}` replaces the one of {}", was.measure());
            let note = Diagnostic::note("catalogue-replaced", found).at(at);
            self.replaced.push(Replaced { catalogue, id: name, note });
        }
    }

    fn schema(&self, schema: &Spanned<u32>) -> Diagnostic {
        Diagnostic::error("catalogue-schema", format!("schema {}", schema.get_ref()))
            .expected(format!("schema {SCHEMA}"))
            .help("this file was written for another version of deckle")
            .at(self.origin(schema.span()))
    }

    fn syntax(&self, error: &toml::de::Error) -> Diagnostic {
        let origin = self.origin(error.span().unwrap_or(0..0));
        let line = origin.excerpt.as_ref().map(|excerpt| excerpt.text.clone()).unwrap_or_default();
        syntax::told(error.message().trim(), &line).at(origin)
    }

    /// Returns the place of `span` in the file.
    pub(super) fn origin(&self, span: Range<usize>) -> Origin {
        self.text.origin(span, "")
    }
}
