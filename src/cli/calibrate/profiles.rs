//! The printers that were calibrated: `printers.toml` in the user's folder of settings.
//!
//! The file is the user's too: what is changed in it leaves other entries and comments alone.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, Value};

use crate::impose::{Flip, Register};
use crate::length::{Length, Size};
use crate::problem::{Diagnostic, did_you_mean};

use super::super::failure::Failure;
use super::super::lock::Lock;
use super::super::{output, settings};
use super::set::Told;

/// The name of the file.
const FILE_NAME: &str = "printers.toml";

/// The version of the file's shape.
const SCHEMA: i64 = 1;

/// The field of the readings that were added last.
const ADDED: &str = "added";

/// How a sheet is held and turned; a printer's error is another for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Whether the page is broad.
    pub is_landscape: bool,
    /// The edge that it is turned about.
    pub flip: Flip,
}

impl Way {
    /// All four, the usual one first.
    const ALL: [Self; 4] = [
        Self { is_landscape: false, flip: Flip::LongEdge },
        Self { is_landscape: false, flip: Flip::ShortEdge },
        Self { is_landscape: true, flip: Flip::LongEdge },
        Self { is_landscape: true, flip: Flip::ShortEdge },
    ];

    /// Returns how a page of `size` is held and turned.
    pub fn of(page: Size, flip: Flip) -> Self {
        Self { is_landscape: page.is_landscape(), flip }
    }

    /// Returns `portrait` or `landscape`.
    pub const fn orientation(self) -> &'static str {
        if self.is_landscape { "landscape" } else { "portrait" }
    }

    /// Returns `long` or `short`.
    pub const fn edge(self) -> &'static str {
        match self.flip {
            Flip::LongEdge => "long",
            Flip::ShortEdge => "short",
        }
    }

    /// Returns the words for a person.
    pub fn words(self) -> String {
        format!("{}, flip on the {} edge", self.orientation(), self.edge())
    }

    /// Returns the flags that say so, a blank before each, where it is not the usual.
    pub fn flags(self) -> String {
        let orientation = if self.is_landscape { " --orientation landscape" } else { "" };
        let flip = if self.flip == Flip::ShortEdge { " --flip short" } else { "" };
        format!("{orientation}{flip}")
    }

    /// Returns the name of its entry.
    fn key(self) -> String {
        format!("{}-{}", self.orientation(), self.edge())
    }
}

/// What is kept of a printer for one way.
#[derive(Clone)]
struct Kept {
    register: Register,
    /// What was added last, if anything was.
    added: Option<Told>,
}

/// What is kept of one printer.
pub struct Printer<'p> {
    /// Its name.
    pub name: &'p str,
    kept: &'p BTreeMap<String, Kept>,
}

impl Printer<'_> {
    /// Returns what is kept, the usual way of holding a sheet first.
    pub fn registers(&self) -> impl Iterator<Item = (Way, Register)> {
        Way::ALL.into_iter().filter_map(|way| Some((way, self.kept.get(&way.key())?.register)))
    }

    /// Returns the error for sheets that are held and turned in this way.
    pub fn register(&self, way: Way) -> Result<Register, Failure> {
        self.kept.get(&way.key()).map(|kept| kept.register).ok_or_else(|| {
            let found = format!("`{}` is not calibrated for {}", self.name, way.words());
            let (name, flags) = (self.name, way.flags());
            let help =
                format!("print its sheet: `deckle calibrate --printer {name} -o page.pdf{flags}`");
            Failure::unmet(vec![Diagnostic::error("not-calibrated", found).help(help)])
        })
    }

    /// Returns whether these very readings were the last to be added for this way.
    pub fn was_added_last(&self, way: Way, told: &Told) -> bool {
        self.kept.get(&way.key()).is_some_and(|kept| kept.added.as_ref() == Some(told))
    }
}

/// All printers that were calibrated.
pub struct Printers {
    document: DocumentMut,
    printers: BTreeMap<String, BTreeMap<String, Kept>>,
}

impl Printers {
    /// Reads the file, if there is one.
    pub fn read() -> Result<Self, Failure> {
        let Some(path) = settings::config_folder().map(|folder| folder.join(FILE_NAME)) else {
            return Self::of("", Path::new(FILE_NAME));
        };
        match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::of("", &path),
            read => Self::of(&read.map_err(|error| Failure::reading(&path, &error))?, &path),
        }
    }

    /// Reads the file and lets `change` write it anew, while other programs wait with theirs.
    pub fn change<T>(change: impl FnOnce(Self) -> Result<T, Failure>) -> Result<T, Failure> {
        let _lock = Lock::on(&settings::folder_to_keep_in()?.join(FILE_NAME))?;
        change(Self::read()?)
    }

    fn of(text: &str, path: &Path) -> Result<Self, Failure> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            let found = format!("line {line} of `{}` has a mistake", path.display());
            let problem = Diagnostic::error("printers-file", found);
            Failure::unmet(vec![problem.expected(error.message().replace('\n', ", "))])
        })?;
        let mut problems = Vec::new();
        let mut printers = BTreeMap::new();
        for (name, item) in document.iter() {
            match item {
                Item::Value(schema) if name == "schema" => {
                    problems.extend(other_schema(schema, path));
                }
                item => {
                    let entries = entries(name, item, path);
                    problems.extend(entries.as_ref().err().into_iter().flatten().cloned());
                    printers.insert(name.to_owned(), entries.unwrap_or_default());
                }
            }
        }
        if problems.is_empty() {
            Ok(Self { document, printers })
        } else {
            Err(Failure::unmet(problems))
        }
    }

    /// Returns all printers, by name.
    pub fn all(&self) -> impl Iterator<Item = Printer<'_>> {
        self.printers.iter().map(|(name, kept)| Printer { name, kept })
    }

    /// Returns the printer of that name, if it is known.
    pub fn get(&self, name: &str) -> Option<Printer<'_>> {
        self.all().find(|printer| printer.name == name)
    }

    /// Returns the name that somebody may have meant who typed one that is not known.
    pub fn near(&self, name: &str) -> Option<&str> {
        let names = self.all().map(|printer| printer.name);
        did_you_mean(name, names).filter(|near| *near != name)
    }

    /// Returns the printer of that name, or advice.
    pub fn find(&self, name: &str) -> Result<Printer<'_>, Failure> {
        self.get(name).ok_or_else(|| {
            let problem =
                Diagnostic::error("unknown-printer", format!("no printer `{name}` is calibrated"));
            Failure::usage(match self.near(name) {
                Some(near) => {
                    problem.help(format!("did you mean `{near}`? (`deckle list printers`)"))
                }
                None if self.printers.is_empty() => problem
                    .help("none is: `deckle calibrate -o page.pdf` makes the sheet to begin with"),
                None => problem.help("see `deckle list printers`"),
            })
        })
    }

    /// Keeps the error of a printer, and the readings that were `added` to it last; returns the file.
    pub fn keep(
        mut self,
        name: &str,
        way: Way,
        register: &Register,
        added: Option<&str>,
    ) -> Result<PathBuf, Failure> {
        let document = &mut self.document;
        document.entry("schema").or_insert(toml_edit::value(SCHEMA));
        let mut parent = Table::new();
        // The name stands in the heads of its entries, not in one of its own.
        parent.set_implicit(true);
        let printer = document.entry(name).or_insert(Item::Table(parent));
        let entry = &mut printer[&way.key()];
        if entry.is_none() {
            *entry = toml_edit::table();
        }
        fields(register).into_iter().for_each(|(key, value)| set(entry, key, value));
        match (added, entry.as_table_like_mut()) {
            (Some(readings), _) => set(entry, ADDED, readings.into()),
            (None, Some(entry)) => drop(entry.remove(ADDED)),
            (None, None) => {}
        }
        // What is added up may be more than a printer is ever off; then nothing is kept of it.
        Self::of(&self.document.to_string(), Path::new(FILE_NAME))?;
        self.write()
    }

    /// Forgets a printer, and returns the file.
    pub fn forget(mut self, name: &str) -> Result<PathBuf, Failure> {
        self.document.remove(name);
        self.write()
    }

    fn write(&self) -> Result<PathBuf, Failure> {
        let folder = settings::folder_to_keep_in()?;
        let path = folder.join(FILE_NAME);
        output::write_whole(&path, self.document.to_string().as_bytes())?;
        Ok(path)
    }
}

/// Returns the entries of a printer.
fn entries(
    name: &str,
    item: &Item,
    path: &Path,
) -> Result<BTreeMap<String, Kept>, Vec<Diagnostic>> {
    let file = path.display();
    let mistake = |what: &str| {
        let found = format!("`{what}` in `{file}` is no entry of a printer");
        let expected = "a section such as [home.portrait-long] with x, y, angle, scale-x, scale-y";
        Diagnostic::error("printers-file", found).expected(expected)
    };
    let table = item.as_table_like().ok_or_else(|| vec![mistake(name)])?;
    let mut kept = BTreeMap::new();
    let mut problems = Vec::new();
    for (key, entry) in table.iter() {
        let head = format!("{name}.{key}");
        let known = Way::ALL.iter().any(|way| way.key() == key);
        let Some(entry) = entry.as_table_like().filter(|_| known) else {
            problems.push(mistake(&head));
            continue;
        };
        // Whatever else a person may have written there was never added.
        let added = entry.get(ADDED).and_then(|item| Told::parse(item.as_str()?).ok());
        match Told::parse(&words(entry.iter().filter(|(key, _)| *key != ADDED))) {
            Ok(told) if told.has_readings() => problems.push(mistake(&head)),
            Ok(told) => {
                kept.insert(key.to_owned(), Kept { register: told.measured(), added });
            }
            Err(told) => problems.extend(told.into_iter().map(|problem| Diagnostic {
                code: "printers-file",
                found: format!("[{head}] in `{file}`: {}", problem.found),
                ..problem
            })),
        }
    }
    if problems.is_empty() { Ok(kept) } else { Err(problems) }
}

/// Returns an entry as it would be typed.
fn words<'e>(entry: impl Iterator<Item = (&'e str, &'e Item)>) -> String {
    let word = |(key, item): (&str, &Item)| {
        let value = match item.as_value() {
            Some(Value::String(text)) => text.value().clone(),
            Some(Value::Integer(number)) => number.value().to_string(),
            Some(Value::Float(number)) => number.value().to_string(),
            _ => "?".into(),
        };
        format!("{key}={value}")
    };
    entry.map(word).collect::<Vec<_>>().join(";")
}

fn other_schema(schema: &Value, path: &Path) -> Option<Diagnostic> {
    (schema.as_integer() != Some(SCHEMA)).then(|| {
        let found = format!("`{}` has the schema {}", path.display(), schema.to_string().trim());
        Diagnostic::error("printers-file", found)
            .expected(format!("schema = {SCHEMA}"))
            .help("a newer deckle may have written it: take that one, or move the file away")
    })
}

/// Returns an error as `--set` would be told it, with what there is to tell beside `x` and `y`.
pub fn as_told(register: &Register) -> String {
    let nothing = fields(&Register::default()).map(|field| word(&field));
    let words = fields(register).map(|field| word(&field));
    let told = (0..words.len()).filter(|&at| at < 2 || words[at] != nothing[at]);
    told.map(|at| &words[at][..]).collect::<Vec<_>>().join(",")
}

fn word((key, value): &(&str, Value)) -> String {
    match value.as_str() {
        Some(text) => format!("{key}={text}"),
        None => format!("{key}={value}"),
    }
}

/// Returns an error as the fields of its entry.
fn fields(register: &Register) -> [(&'static str, Value); 5] {
    let Register { shift, angle, scale } = register;
    let measured = |scale: f64| rounded(scale * 100.0, 1e3).into();
    [
        ("x", length(shift.x).into()),
        ("y", length(shift.y).into()),
        ("angle", rounded(*angle, 1e4).into()),
        ("scale-x", measured(scale.x)),
        ("scale-y", measured(scale.y)),
    ]
}

/// Sets a value; what surrounds the old one is the user's: blanks, and words behind it.
fn set(entry: &mut Item, key: &str, mut value: Value) {
    let kept = &mut entry[key];
    if let Some(before) = kept.as_value() {
        *value.decor_mut() = before.decor().clone();
    }
    *kept = Item::Value(value);
}

/// Returns a length to a thousandth of a millimetre as the file has it.
fn length(length: Length) -> String {
    format!("{}mm", rounded(length.to_mm(), 1e3))
}

/// Returns the number to one part in `parts`; nothing has no sign.
fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Printers, Failure> {
        Printers::of(text, Path::new("printers.toml"))
    }

    fn refused(text: &str) -> String {
        let failure = read(text).err().expect("the text has a mistake");
        failure.problems.into_iter().map(|problem| problem.found).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn entries_are_read_as_people_write_them() {
        let text = "schema = 1\n[home.portrait-long]\nx = \"0,6 mm\" # to the right\nangle = 1\n";
        let printers = read(text).expect("the text is sound");
        let home = printers.find("home").expect("it is there");
        let way = Way::of(Size::mm(210.0, 297.0), Flip::LongEdge);
        let register = home.register(way).expect("it is there");
        assert_eq!((register.shift.x, register.angle), (Length::mm(0.6), 1.0));
        let other = Way { is_landscape: true, ..way };
        let failure = home.register(other).expect_err("there is none");
        let help = &failure.problems[0].help;
        assert!(
            help.as_ref().is_some_and(|help| help.ends_with("page.pdf --orientation landscape`"))
        );
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        assert_eq!(refused("[home\n"), "line 1 of `printers.toml` has a mistake");
        assert_eq!(refused("schema = 2\n"), "`printers.toml` has the schema 2");
        assert_eq!(
            refused("home = 3\n[work.portrait]\nx = \"1mm\"\n"),
            "`home` in `printers.toml` is no entry of a printer\n\
             `work.portrait` in `printers.toml` is no entry of a printer"
        );
        assert_eq!(
            refused("[home.portrait-long]\nx = 3\nturn = 2\ny = true\n"),
            "[home.portrait-long] in `printers.toml`: `x=3`: `3` needs a unit: mm, cm, in or pt, such as `3mm`\n\
             [home.portrait-long] in `printers.toml`: `turn=2` is nothing that can be told of a printer\n\
             [home.portrait-long] in `printers.toml`: `y=?` cannot be read"
        );
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(length(Length::mm(-0.0001)), "0mm");
        assert_eq!(length(Length::mm(-1.23456)), "-1.235mm");
    }
}
