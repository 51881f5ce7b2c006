//! The catalogues of card formats and papers: data files that a user's own files add to.

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::length::{Length, Size};
use crate::problem::{Diagnostic, Excerpt, Origin, Place, did_you_mean};

/// The schema that catalogue files are written in.
const SCHEMA: u32 = 1;

/// The corner radius of a card format that names none: that of the metric poker card.
const USUAL_RADIUS: Length = Length::mm(3.0);

/// A named size: a card's trim or a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// The name on the command line, in lower case, such as `poker-us`.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The trim of a card, or the paper held upright.
    pub size: Size,
    /// The radius of a card's corners; nothing for papers.
    pub corner_radius: Length,
    /// Other names that the command line understands.
    pub aliases: Vec<String>,
}

/// The card formats and papers that can be asked for by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogues {
    /// The card formats.
    pub sizes: Vec<Format>,
    /// The papers.
    pub papers: Vec<Format>,
}

impl Catalogues {
    /// The catalogues that come with deckle.
    ///
    /// The two files are read anew by each call, so a program that needs no sizes spends nothing
    /// on them.
    pub fn bundled() -> Self {
        let mut catalogues = Self::default();
        // What could be wrong with these texts is ruled out by the tests below.
        catalogues.merge(include_str!("sizes.toml"), "sizes.toml");
        catalogues.merge(include_str!("papers.toml"), "papers.toml");
        catalogues
    }

    /// Adds the `[[size]]` and `[[paper]]` tables of a catalogue file; a known id is replaced.
    ///
    /// Whatever is wrong is returned and left out, and so is a note for each replaced id; the
    /// rest of the file counts. `source` is the file's name for these problems.
    pub fn merge(&mut self, text: &str, source: &str) -> Vec<Diagnostic> {
        let reader = Reader { text, source: source.into() };
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => return vec![reader.syntax(&error)],
        };
        if *file.schema.get_ref() != SCHEMA {
            return vec![reader.schema(&file.schema)];
        }
        let mut problems = Vec::new();
        for entry in &file.size {
            reader.add(&mut self.sizes, entry, USUAL_RADIUS, &mut problems);
        }
        for entry in &file.paper {
            reader.add(&mut self.papers, entry, Length::ZERO, &mut problems);
        }
        problems
    }

    /// Returns the card format that `text` names, or the free size that it says (`70x120mm`).
    ///
    /// A free size has corners of 3 mm, or of half its shorter side where that is less.
    pub fn size(&self, text: &str) -> Result<Format, Box<Diagnostic>> {
        let mut format = Wanted { kind: "size", list: "sizes" }.find(&self.sizes, text)?;
        if !self.sizes.contains(&format) {
            let half = format.size.width.min(format.size.height) / 2;
            format.corner_radius = USUAL_RADIUS.min(half).max(Length::ZERO);
        }
        Ok(format)
    }

    /// Returns the paper that `text` names, or the free size that it says (`320x450mm`).
    pub fn paper(&self, text: &str) -> Result<Format, Box<Diagnostic>> {
        Wanted { kind: "paper", list: "papers" }.find(&self.papers, text)
    }
}

/// What is looked for, in the words of the command line.
struct Wanted {
    kind: &'static str,
    list: &'static str,
}

impl Wanted {
    fn find(&self, formats: &[Format], text: &str) -> Result<Format, Box<Diagnostic>> {
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
fn normalised(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: Spanned<u32>,
    #[serde(default)]
    size: Vec<Entry>,
    #[serde(default)]
    paper: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    name: Option<String>,
    size: Spanned<String>,
    radius: Option<Spanned<String>>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
}

/// A catalogue file while it is read.
struct Reader<'a> {
    text: &'a str,
    source: Arc<str>,
}

impl Reader<'_> {
    fn add(
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

    fn schema(&self, schema: &Spanned<u32>) -> Diagnostic {
        Diagnostic::error("catalogue-schema", format!("schema {}", schema.get_ref()))
            .expected(format!("schema {SCHEMA}"))
            .help("this file was written for another version of deckle")
            .at(self.origin(schema.span()))
    }

    fn syntax(&self, error: &toml::de::Error) -> Diagnostic {
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::problem::Severity;

    fn assert_sound(formats: &[Format]) {
        let mut names = HashSet::new();
        for format in formats {
            assert!(format.size.width > Length::ZERO && format.size.height > Length::ZERO);
            assert!(format.corner_radius >= Length::ZERO, "{}", format.id);
            assert!(!format.name.is_empty());
            for name in std::iter::once(&format.id).chain(&format.aliases) {
                assert!(names.insert(name.clone()), "`{name}` names two");
                assert_eq!(*name, normalised(name));
            }
        }
    }

    #[test]
    fn bundled_catalogues_are_sound() {
        let mut catalogues = Catalogues::default();
        assert_eq!(catalogues.merge(include_str!("sizes.toml"), "sizes.toml"), []);
        assert_eq!(catalogues.merge(include_str!("papers.toml"), "papers.toml"), []);
        assert_eq!((catalogues.sizes.len(), catalogues.papers.len()), (40, 23));
        assert_sound(&catalogues.sizes);
        assert_sound(&catalogues.papers);
        assert!(catalogues.papers.iter().all(|paper| !paper.size.is_landscape()));
        assert_eq!(catalogues, Catalogues::bundled());
    }

    #[test]
    fn sizes_are_exact_in_their_own_unit() {
        let catalogues = Catalogues::bundled();
        let size = |name: &str| catalogues.size(name).map(|f| (f.size, f.corner_radius));
        assert_eq!(size("poker"), Ok((Size::mm(63.0, 88.0), Length::mm(3.0))));
        assert_eq!(size("poker-us"), Ok((Size::mm(63.5, 88.9), Length::mm(3.175))));
        let paper = |name: &str| catalogues.paper(name).map(|f| f.size);
        assert_eq!(paper("letter"), Ok(Size::mm(215.9, 279.4)));
        assert_eq!(paper("a4"), Ok(Size::mm(210.0, 297.0)));
    }

    #[test]
    fn names_are_forgiving() {
        let catalogues = Catalogues::bundled();
        let id = |name: &str| catalogues.size(name).map(|f| f.id);
        for name in ["Poker-US", " poker us", "POKER_US", "us-poker"] {
            assert_eq!(id(name), Ok("poker-us".into()), "{name}");
        }
        assert_eq!(catalogues.paper("Ledger").map(|f| f.id), Ok("tabloid".into()));
        assert_eq!(catalogues.paper("iso_a4").map(|f| f.id), Ok("a4".into()));
        assert_eq!(id("3x5"), Ok("index-3x5".into()));
    }

    #[test]
    fn free_sizes_stand_beside_names() {
        let catalogues = Catalogues::bundled();
        let free = catalogues.size("70x120mm").unwrap();
        assert_eq!((free.size, free.corner_radius), (Size::mm(70.0, 120.0), Length::mm(3.0)));
        assert_eq!(catalogues.size("4x50mm").unwrap().corner_radius, Length::mm(2.0));
        assert_eq!(catalogues.paper("13x19in").unwrap().size, Size::mm(330.2, 482.6));
        let problem = catalogues.size("70x120").unwrap_err();
        assert_eq!(problem.code, "bad-size");
        assert_eq!(problem.found, "`70x120` needs a unit: mm, cm, in or pt, such as `70x120mm`");
    }

    #[test]
    fn unknown_names_are_mended() {
        let catalogues = Catalogues::bundled();
        let problem = catalogues.size("pokr").unwrap_err();
        assert_eq!((problem.code, problem.found.as_str()), ("unknown-size", "unknown size `pokr`"));
        assert_eq!(problem.help.as_deref(), Some("did you mean `poker`?"));
        let problem = catalogues.paper("papyrus").unwrap_err();
        assert_eq!(problem.found, "unknown paper `papyrus`");
        assert_eq!(problem.help.as_deref(), Some("`deckle list papers` shows every name"));
    }

    #[test]
    fn own_files_add_and_replace_and_say_so() {
        let mut catalogues = Catalogues::bundled();
        let own = "schema = 1\n[[size]]\nid = \"Big One\"\nsize = \"10x15cm\"\naliases = [\"tcg\"]\n\
                   [[paper]]\nid = \"a4\"\nname = \"My A4\"\nsize = \"209x296mm\"\n";
        let problems = catalogues.merge(own, "my.toml");
        let told: Vec<_> = problems.iter().map(|p| (p.severity, p.found.as_str())).collect();
        assert_eq!(
            told,
            [
                (Severity::Warning, "`tcg` already names `poker`"),
                (Severity::Note, "`a4` replaces the one of 210 × 297 mm"),
            ]
        );
        assert_eq!(problems[0].origin.as_ref().unwrap().to_string(), "my.toml:5:12");
        assert_eq!(catalogues.size("big-one").unwrap().corner_radius, Length::mm(3.0));
        assert_eq!(catalogues.paper("A4").unwrap().size, Size::mm(209.0, 296.0));
        assert_sound(&catalogues.sizes);
    }

    #[test]
    fn wrong_entries_are_told_where_they_stand() {
        let told = |own: &str| {
            let problems = Catalogues::default().merge(own, "my.toml");
            let told = |p: &Diagnostic| format!("{} {}", p.origin.as_ref().unwrap(), p.found);
            problems.iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(told("schema = 2"), ["my.toml:1:10 schema 2"]);
        assert_eq!(
            told(
                "schema = 1\n[[size]]\nid = \"x\"\nsize = \"0x9mm\"\n[[size]]\nid = \"y\"\nsize = \"9\""
            ),
            [
                "my.toml:4:8 a size of 0 × 9 mm",
                "my.toml:7:8 `9` is not a size; write width x height and a unit, such as `70x120mm` or `2.5x3.5in`",
            ]
        );
        assert_eq!(
            told("schema = 1\n[[size]]\nid = \"x\"\nsize = \"9x9mm\"\nradius = \"5mm\""),
            ["my.toml:5:10 a radius of 5 mm on 9 × 9 mm"]
        );
        assert_eq!(told("schema = 1\nsizes = 3")[0].split(' ').next(), Some("my.toml:2:1"));
        assert!(told("schema = ")[0].starts_with("my.toml:1:1"));
    }
}
