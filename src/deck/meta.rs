//! The file beside the table, `family.toml` beside `family.csv`, in which a deck's maker says
//! what the whole deck is.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Meta;
use super::gather::Problems;
use super::header::fold;
use crate::problem::{Diagnostic, Text, did_you_mean};

/// The names of the depths where a deck gives none: what one passes on the way out to sea.
pub(super) const USUAL_DEPTHS: [&str; 5] = ["Shore", "Shallows", "Shelf", "Open sea", "Deep"];

const KEYS: [&str; 14] = [
    "name",
    "title",
    "subtitle",
    "language",
    "audience",
    "licence",
    "credit",
    "standard_count",
    "depths",
    "back",
    "logo",
    "fonts",
    "lint_allow",
    "categories",
];

/// What the file says, and where it says it.
#[derive(Debug, Default)]
pub(super) struct MetaFile {
    pub meta: Meta,
    /// What it says of categories, by their id.
    pub categories: BTreeMap<String, CategoryMeta>,
    text: Option<Text>,
}

/// What the file says of a category.
#[derive(Debug, Default)]
pub(super) struct CategoryMeta {
    pub label: Option<String>,
    pub emblem: Option<String>,
    name: Range<usize>,
}

type Entry<'a> = (&'a str, Range<usize>, &'a Spanned<DeValue<'a>>);

impl MetaFile {
    /// Reads the file `(name, text)`, if there is one; `stem` gives the name and the title that it does
    /// not.
    pub fn read(file: Option<(&str, &str)>, stem: &str, problems: &mut Problems) -> Self {
        let mut read = Self::default();
        if let Some((name, text)) = file {
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
            let text = Text::new(name, text.into());
            let mut reader = MetaReader { text: &text, problems, read: &mut read };
            reader.read();
            read.text = Some(text);
        }
        let meta = &mut read.meta;
        if meta.name.is_empty() {
            meta.name = stem.into();
        }
        if meta.title.is_empty() {
            meta.title = readable(stem);
        }
        if meta.language.is_empty() {
            meta.language = "en".into();
        }
        if meta.depths.is_empty() {
            meta.depths = USUAL_DEPTHS.map(String::from).to_vec();
        }
        read
    }

    /// Warns of categories that the file describes and the table does not have.
    pub fn warn_of_strangers(&self, ids: &[String], problems: &mut Problems) {
        let Some(text) = &self.text else { return };
        for (id, category) in &self.categories {
            if ids.contains(id) {
                continue;
            }
            problems.warn(|| {
                let found = format!("no card has the category `{id}`");
                let problem = Diagnostic::warning("unused-category", found)
                    .at(text.origin(category.name.clone(), ""));
                suggest(problem, id, ids.iter().map(String::as_str))
            });
        }
    }
}

/// Returns a file's name as a title: `our-first_deck` becomes `Our first deck`.
fn readable(stem: &str) -> String {
    let words = stem.replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = words.chars();
    chars.next().map_or_else(|| "Deck".into(), |c| c.to_uppercase().chain(chars).collect())
}

/// Returns a category's name in the form in which it is compared.
pub(super) fn category_id(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn suggest<'a>(
    problem: Diagnostic,
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    match did_you_mean(word, candidates) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }
}

struct MetaReader<'a> {
    text: &'a Text,
    problems: &'a mut Problems,
    read: &'a mut MetaFile,
}

impl MetaReader<'_> {
    fn read(&mut self) {
        let text = self.text.text.clone();
        let (table, errors) = DeTable::parse_recoverable(&text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let message = error.message().trim().replace('\n', ", ");
            self.error("broken-toml", message, span);
        }
        for entry in entries(table.get_ref()) {
            self.entry(entry);
        }
    }

    fn error(&mut self, code: &'static str, found: impl Into<String>, span: Range<usize>) {
        let text = self.text;
        self.problems.error(|| Diagnostic::error(code, found).at(text.origin(span, "")));
    }

    fn entry(&mut self, entry: Entry) {
        let value = entry.2;
        match entry.0 {
            "name" => self.read.meta.name = self.words(&entry).unwrap_or_default(),
            "title" => self.read.meta.title = self.words(&entry).unwrap_or_default(),
            "subtitle" => self.read.meta.subtitle = self.words(&entry),
            "language" => self.language(&entry),
            "audience" => self.read.meta.audience = self.words(&entry),
            "licence" | "license" => self.read.meta.licence = self.words(&entry),
            "credit" => self.read.meta.credit = self.words(&entry),
            "standard_count" => self.standard_count(&entry),
            "depths" => self.depths(&entry),
            "back" => self.read.meta.back = self.words(&entry).map(|path| self.beside(&path)),
            "logo" => self.read.meta.logo = self.words(&entry).map(|path| self.beside(&path)),
            "fonts" => self.fonts(&entry),
            "lint_allow" => {
                let rules = self.list(&entry).into_iter().map(|(rule, _)| rule);
                self.read.meta.lint_allow = rules.collect();
            }
            "categories" => match value.get_ref().as_table() {
                Some(table) => entries(table).for_each(|entry| self.category(entry)),
                None => self.wrong_type(&entry, "tables such as [categories.trust]"),
            },
            _ => self.unknown_key(&entry, &KEYS),
        }
    }

    fn category(&mut self, entry: Entry) {
        let Some(table) = entry.2.get_ref().as_table() else {
            return self.wrong_type(&entry, "a table with `label` or `emblem`");
        };
        let mut category = CategoryMeta { name: entry.1.clone(), ..Default::default() };
        for field in entries(table) {
            match field.0 {
                "label" => category.label = self.words(&field),
                "emblem" => category.emblem = self.emblem(&field),
                _ => self.unknown_key(&field, &["label", "emblem"]),
            }
        }
        if self.read.categories.insert(category_id(entry.0), category).is_some() {
            let found = format!("the category `{}` is described twice", entry.0);
            self.error("same-category", found, entry.1);
        }
    }

    fn emblem(&mut self, entry: &Entry) -> Option<String> {
        let name = self.words(entry)?;
        if super::emblems::is_emblem(&name) {
            return Some(name);
        }
        let (text, span) = (self.text, entry.2.span());
        self.problems.error(|| {
            let problem = Diagnostic::error("unknown-emblem", format!("unknown emblem `{name}`"))
                .at(text.origin(span, ""))
                .expected(super::emblems::all().collect::<Vec<_>>().join(", "));
            suggest(problem, &name, super::emblems::all())
        });
        None
    }

    fn words(&mut self, entry: &Entry) -> Option<String> {
        match entry.2.get_ref().as_str() {
            Some(words) if words.trim().is_empty() => None,
            Some(words) => Some(words.trim().into()),
            None => {
                self.wrong_type(entry, "words in quotes");
                None
            }
        }
    }

    fn list(&mut self, entry: &Entry) -> Vec<(String, Range<usize>)> {
        let Some(array) = entry.2.get_ref().as_array() else {
            self.wrong_type(entry, "a list of words in quotes, such as [\"one\", \"two\"]");
            return Vec::new();
        };
        let mut list = Vec::new();
        for value in array.iter() {
            match value.get_ref().as_str().map(str::trim) {
                Some(item) if !item.is_empty() => list.push((item.into(), value.span())),
                _ => {
                    let found = format!("an entry of `{}`", entry.0);
                    self.wrong_value(&found, value, "words in quotes");
                }
            }
        }
        list
    }

    fn language(&mut self, entry: &Entry) {
        let Some(tag) = self.words(entry) else { return };
        match language_tag(&tag) {
            Some(tag) => self.read.meta.language = tag,
            None => self.error("unknown-language", not_a_language(&tag), entry.2.span()),
        }
    }

    fn standard_count(&mut self, entry: &Entry) {
        let count = entry.2.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        match count {
            Some(0) | None => self.wrong_type(entry, "a number of cards, such as 54"),
            count => self.read.meta.standard_count = count,
        }
    }

    fn fonts(&mut self, entry: &Entry) {
        let fonts = self.list(entry).into_iter().map(|(path, _)| self.beside(&path)).collect();
        self.read.meta.fonts = fonts;
    }

    fn depths(&mut self, entry: &Entry) {
        let names = self.list(entry);
        if let Some((_, sixth)) = names.get(5) {
            self.error("too-many-depths", "a deck has at most five depths", sixth.clone());
        }
        for (at, (name, span)) in names.iter().enumerate() {
            let folded = fold(name);
            if names[..at].iter().any(|(other, _)| fold(other) == folded) {
                self.error("same-depth", format!("two depths are called `{name}`"), span.clone());
            } else if folded.parse().is_ok_and(|level: usize| level != at + 1) {
                let found = format!("the name `{name}` of depth {} is another number", at + 1);
                self.error("number-as-depth", found, span.clone());
            }
        }
        self.read.meta.depths = names.into_iter().map(|(name, _)| name).take(5).collect();
    }

    /// Returns a path of the file as seen from where the file's own name is seen.
    fn beside(&self, path: &str) -> PathBuf {
        Path::new(&*self.text.source).parent().unwrap_or(Path::new("")).join(path)
    }

    fn wrong_type(&mut self, entry: &Entry, expected: &str) {
        self.wrong_value(&format!("`{}`", entry.0), entry.2, expected);
    }

    fn wrong_value(&mut self, name: &str, value: &Spanned<DeValue>, expected: &str) {
        let found = format!("{name} is {}", kind_of(value.get_ref()));
        let (text, span) = (self.text, value.span());
        self.problems.error(|| {
            Diagnostic::error("wrong-type", found).at(text.origin(span, "")).expected(expected)
        });
    }

    fn unknown_key(&mut self, entry: &Entry, known: &[&'static str]) {
        let (text, span) = (self.text, entry.1.clone());
        self.problems.warn(|| {
            let problem = Diagnostic::warning("unknown-key", format!("unknown key `{}`", entry.0))
                .at(text.origin(span, ""))
                .expected(known.join(", "));
            suggest(problem, entry.0, known.iter().copied())
        });
    }
}

fn entries<'a>(table: &'a DeTable<'a>) -> impl Iterator<Item = Entry<'a>> {
    table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
}

fn kind_of(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(words) if words.trim().is_empty() => "empty",
        DeValue::String(_) => "words",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Returns a BCP 47 tag with hyphens, if `text` has the form of one.
pub(super) fn language_tag(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let named =
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
    let sound = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    (named && parts.all(sound)).then_some(tag)
}

pub(super) fn not_a_language(tag: &str) -> String {
    format!("`{tag}` is no language tag such as en, de or pt-BR")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_from_file_names() {
        assert_eq!(readable("our-first_deck"), "Our first deck");
        assert_eq!(readable("élan"), "Élan");
        assert_eq!(readable("--"), "Deck");
    }

    #[test]
    fn language_tags_have_a_form() {
        assert_eq!(language_tag("pt_BR").as_deref(), Some("pt-BR"));
        for wrong in ["english", "", "e", "de-", "fr/CA"] {
            assert_eq!(language_tag(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn paths_are_seen_from_the_file() {
        let file = Some(("decks/a.toml", "back = 'sea.png'\nlogo = 'us.png'\nfonts = ['x.ttf']"));
        let read = MetaFile::read(file, "a", &mut Problems::default());
        assert_eq!(read.meta.back.as_deref(), Some(Path::new("decks/sea.png")));
        assert_eq!(read.meta.logo.as_deref(), Some(Path::new("decks/us.png")));
        assert_eq!(read.meta.fonts, [Path::new("decks/x.ttf")]);
    }
}
