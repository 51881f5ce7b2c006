//! The formats that can be asked for by name.

use toml::Spanned;

use super::Format;
use super::raw::RawFormat;
use super::reader::Reader;
use crate::problem::{Diagnostic, did_you_mean};

/// The format files that come with deckle, in the order in which they are listed.
const BUNDLED: [(&str, &str); 11] = [
    ("check-in", include_str!("../formats/check-in.toml")),
    ("five-minute", include_str!("../formats/five-minute.toml")),
    ("stories", include_str!("../formats/stories.toml")),
    ("conversation", include_str!("../formats/conversation.toml")),
    ("three-sets", include_str!("../formats/three-sets.toml")),
    ("weekly-hour", include_str!("../formats/weekly-hour.toml")),
    ("pair-rotation", include_str!("../formats/pair-rotation.toml")),
    ("circles", include_str!("../formats/circles.toml")),
    ("1-2-4-all", include_str!("../formats/1-2-4-all.toml")),
    ("cafe", include_str!("../formats/cafe.toml")),
    ("triads", include_str!("../formats/triads.toml")),
];

/// A format file: its name for problems, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Format files, of which a later one takes the place of an earlier one of the same id.
#[derive(Clone, Debug)]
pub struct Formats {
    files: Vec<File>,
}

#[derive(Clone, Debug)]
struct File {
    source: Source,
    /// What it says, if it can be read at all.
    raw: Option<RawFormat>,
    problems: Vec<Diagnostic>,
    is_bundled: bool,
}

impl File {
    fn read(source: Source, is_bundled: bool) -> Self {
        let mut reader = Reader::new(&source.text, &source.name);
        let raw = reader.raw();
        let problems = reader.problems;
        Self { raw, problems, source, is_bundled }
    }

    fn id(&self) -> Option<&str> {
        self.raw.as_ref().map(|raw| raw.id.get_ref().as_str())
    }
}

impl Formats {
    /// The formats that come with deckle.
    pub fn bundled() -> Self {
        let source = |(name, text): (&str, &str)| Source { name: name.into(), text: text.into() };
        Self { files: BUNDLED.map(|file| File::read(source(file), true)).into() }
    }

    /// Adds a format file, and returns its id if it has one.
    pub fn add(&mut self, source: Source) -> Option<String> {
        let file = File::read(source, false);
        let id = file.id().map(str::to_owned);
        self.files.push(file);
        id
    }

    /// Returns the ids, those that come with deckle first.
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for id in self.files.iter().filter_map(File::id) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Returns whether a format of this id is one of the user's own.
    pub fn is_own(&self, id: &str) -> bool {
        self.file(id).is_some_and(|file| !file.is_bundled)
    }

    /// Returns the file of the format `id`.
    pub fn text(&self, id: &str) -> Option<&str> {
        self.file(id).map(|file| &*file.source.text)
    }

    /// Returns everything that is wrong with files that have no id to be asked for by.
    pub fn unreadable(&self) -> Vec<Diagnostic> {
        let files = self.files.iter().filter(|file| file.raw.is_none());
        files.flat_map(|file| file.problems.iter().cloned()).collect()
    }

    /// Returns the format `id`.
    ///
    /// # Errors
    ///
    /// There is none (`unknown-format`), or its file, or one that it is like, has faults: all of them.
    pub fn find(&self, id: &str) -> Result<Format, Vec<Diagnostic>> {
        let wanted = id.trim().to_lowercase().replace([' ', '_'], "-");
        // A file whose id is no id is found by it all the same, to say so.
        let Some(file) = self.file(id).or_else(|| self.file(&wanted)) else {
            return Err(vec![self.unknown(id)]);
        };
        self.format(file, &mut Vec::new())
    }

    /// Returns the ids of the formats that can be done with so many people.
    pub fn for_people(&self, count: usize) -> Vec<String> {
        let suits = |id: &&str| {
            let people = self.find(id).map(|format| format.people);
            people.is_ok_and(|people| (people.least..=people.most).contains(&count))
        };
        self.ids().into_iter().filter(suits).map(str::to_owned).collect()
    }

    fn file(&self, id: &str) -> Option<&File> {
        self.files.iter().rfind(|file| file.id() == Some(id))
    }

    /// Returns the format of a file; `seen` are the ids on the way to it.
    fn format<'f>(
        &'f self,
        file: &'f File,
        seen: &mut Vec<&'f str>,
    ) -> Result<Format, Vec<Diagnostic>> {
        let Some(raw) = &file.raw else { return Err(file.problems.clone()) };
        let mut reader = Reader::new(&file.source.text, &file.source.name);
        seen.push(raw.id.get_ref());
        let like = raw.like.as_ref().map(|like| self.like(file, like, seen, &mut reader));
        let like = match like {
            Some(Err(problems)) => return Err(problems),
            Some(Ok(like)) => Some(like),
            None => None,
        };
        let format = reader.format(raw, like.as_ref());
        match format {
            Some(format) if reader.problems.is_empty() => Ok(format),
            _ => Err(reader.problems),
        }
    }

    /// Returns the format that another one is like. A format may be like the one that it takes the
    /// place of, but a chain that comes back to where it was never ends.
    fn like<'f>(
        &'f self,
        file: &'f File,
        like: &'f Spanned<String>,
        seen: &mut Vec<&'f str>,
        reader: &mut Reader,
    ) -> Result<Format, Vec<Diagnostic>> {
        let id = like.get_ref().as_str();
        let is_itself = file.id() == Some(id);
        let others = self.files.iter().filter(|other| !is_itself || other.is_bundled);
        let other = others.rev().find(|other| other.id() == Some(id));
        let Some(other) = other.filter(|other| !std::ptr::eq(*other, file)) else {
            let others = self.ids().into_iter().filter(|other| file.id() != Some(other));
            let help = match did_you_mean(id, others) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`deckle list formats` names all".to_owned(),
            };
            let found = match is_itself {
                true => format!("`{id}` is like itself, and there is no other `{id}`"),
                false => format!("there is no format `{id}` to be like"),
            };
            reader.tell(like.span(), found, help);
            return Err(std::mem::take(&mut reader.problems));
        };
        if seen.contains(&id) && !is_itself {
            let way = [seen.as_slice(), &[id]].concat().join("`, which is like `");
            let found = format!("`{way}`: that never ends");
            reader.tell(like.span(), found, "let one of them say all by itself, without `like`");
            return Err(std::mem::take(&mut reader.problems));
        }
        self.format(other, seen)
    }

    fn unknown(&self, id: &str) -> Diagnostic {
        let ids = self.ids();
        let problem = Diagnostic::error("unknown-format", format!("unknown format `{id}`"));
        match did_you_mean(id, ids.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.expected(ids.join(", ")).help("`deckle list formats` tells about them"),
        }
    }
}
