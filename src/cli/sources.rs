//! Where decks come from: built-in names, files, patterns, standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::deck::{self, Deck, Loaded, Source, builtin};
use crate::problem::{Diagnostic, Severity, did_you_mean};
use crate::selfcheck::History;

use super::args::DeckArgs;
use super::failure::{Exit, Failure};

/// The deck that every command uses when none is named.
const USUAL: &str = "intimacy";

/// A deck's table and what lies beside it, as bytes.
pub struct Input {
    /// The name as the user gave it.
    pub name: String,
    /// The name without folder and ending: the deck's name.
    pub stem: String,
    /// The table.
    pub bytes: Vec<u8>,
    /// The file beside the table: its name and its text.
    pub meta: Option<(String, String)>,
    /// The folder that the pictures and fonts of the deck are looked for in.
    pub folder: PathBuf,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

impl Input {
    /// Returns the input as the deck room wants it.
    pub fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            bytes: (&self.bytes[..]).into(),
            meta: self.meta.as_ref().map(|(name, text)| (&name[..], &text[..])),
            stem: &self.stem,
        }
    }
}

/// The decks of a command.
pub struct Decks {
    /// The decks, in the order they were named.
    pub decks: Vec<Deck>,
    /// Where each of them came from.
    pub inputs: Vec<Input>,
    /// What was found on the way that is no error.
    pub notices: Vec<Diagnostic>,
}

impl Decks {
    /// Returns every file that was read.
    pub fn files(&self) -> Vec<PathBuf> {
        self.inputs.iter().flat_map(|input| input.files.iter().cloned()).collect()
    }
}

/// Reads all decks of a command, or tells every problem of all of them.
pub fn read_decks(args: &DeckArgs) -> Result<Decks, Failure> {
    let mut inputs = read_inputs(args)?;
    let mut problems = Vec::new();
    let mut decks = Vec::new();
    let read = |input: &mut Input| {
        // The deck keeps the text that it shows in problems: no second copy of a large table.
        let bytes = std::mem::take(&mut input.bytes);
        deck::read(Source { bytes: bytes.into(), ..input.source() })
    };
    // Of all built-in decks a single card is wanted every evening, and soon.
    let all: Vec<Loaded> = inputs.par_iter_mut().map(read).collect();
    for loaded in all {
        problems.extend(loaded.problems);
        decks.extend(loaded.deck);
    }
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(Failure::unmet(problems));
    }
    problems.extend(args.decks.iter().filter_map(|name| hidden_file(name)));
    Ok(Decks { decks, inputs, notices: problems })
}

/// Tells that the name of a built-in deck may have been meant as that of a table that lies here.
fn hidden_file(name: &str) -> Option<Diagnostic> {
    builtin::find(name)?;
    let files = ["csv", "xlsx", "ods"].map(|ending| format!("{name}.{ending}"));
    let file = files.into_iter().find(|file| Path::new(file).is_file())?;
    let found = format!("`{name}` is the built-in deck; the file {file} is another one");
    Some(Diagnostic::note("hidden-file", found).help(format!("write `{file}` for that")))
}

/// Reads the bytes of all decks of a command.
pub fn read_inputs(args: &DeckArgs) -> Result<Vec<Input>, Failure> {
    let names = if args.decks.is_empty() { vec![USUAL.to_owned()] } else { args.decks.clone() };
    let mut inputs = Vec::new();
    for (at, name) in names.iter().enumerate() {
        if name == "-" {
            if names[..at].contains(name) {
                let found = "the standard input `-` can be read only once";
                let problem = Diagnostic::error("standard-input-twice", found);
                return Err(Failure::usage(problem.help("take one `-` away")));
            }
            inputs.push(read_standard_input()?);
        } else if let Some(deck) = builtin::find(name) {
            inputs.push(built_in(deck));
        } else {
            for path in matching(name)? {
                inputs.push(read_file(&path)?);
            }
        }
    }
    if let (Some(path), Some(first)) = (&args.meta, inputs.first_mut()) {
        let text = read_text(path)?;
        first.meta = Some((path.display().to_string(), text));
        first.folder = path.parent().map(Path::to_owned).unwrap_or_default();
        first.files.push(path.clone());
    }
    Ok(inputs)
}

fn built_in(deck: &'static builtin::BuiltIn) -> Input {
    Input {
        name: deck.name.to_owned(),
        stem: deck.name.to_owned(),
        bytes: deck.table.as_bytes().to_vec(),
        meta: Some((format!("{}.toml", deck.name), deck.meta.to_owned())),
        folder: PathBuf::new(),
        files: Vec::new(),
    }
}

fn read_standard_input() -> Result<Input, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::reading(Path::new("-"), &error))?;
    Ok(Input {
        name: "-".into(),
        stem: "deck".into(),
        bytes,
        meta: None,
        folder: PathBuf::new(),
        files: Vec::new(),
    })
}

fn read_file(path: &Path) -> Result<Input, Failure> {
    if path.is_dir() {
        let found = format!("`{}` is a folder, not a table", path.display());
        let example = a_table_in(path).unwrap_or_else(|| path.join("family.csv"));
        let help = format!("name the table in it, such as `{}`", example.display());
        let problem = Diagnostic::error("folder", found).help(help);
        return Err(Failure { exit: Exit::Io, problems: vec![problem] });
    }
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        let found = format!("`{}` is no table of cards", path.display());
        let help = match is_selfcheck(path) {
            true => format!("to lean on it, write `--lean-on={}`", path.display()),
            false => {
                format!("name the table beside it: `{}`", path.with_extension("csv").display())
            }
        };
        return Err(Failure::usage(Diagnostic::error("no-table", found).help(help)));
    }
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    let beside = path.with_extension("toml");
    let mut files = vec![path.to_owned()];
    let meta = if beside != path && beside.is_file() {
        files.push(beside.clone());
        Some((beside.display().to_string(), read_text(&beside)?))
    } else {
        None
    };
    Ok(Input {
        name: path.display().to_string(),
        stem: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        bytes,
        meta,
        folder: path.parent().map(Path::to_owned).unwrap_or_default(),
        files,
    })
}

/// Returns whether a file is one of self-checks.
fn is_selfcheck(path: &Path) -> bool {
    let history = read_text(path).ok().and_then(|text| History::read(&text, "").ok());
    history.is_some_and(|history| history.last().is_some())
}

/// Returns the first table of a folder.
fn a_table_in(folder: &Path) -> Option<PathBuf> {
    let is_table = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        matches!(ending, Some("csv" | "xlsx" | "ods" | "tsv"))
    };
    let entries = std::fs::read_dir(folder).ok()?;
    entries.take(1000).filter_map(|entry| Some(entry.ok()?.path())).filter(is_table).min()
}

fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    String::from_utf8(bytes).map_err(|_| {
        let found = format!("`{}` is not UTF-8 text", path.display());
        let help = "save it as UTF-8 in your editor";
        Failure::unmet(vec![Diagnostic::error("not-utf-8", found).help(help)])
    })
}

/// Returns the files that a name or a pattern such as `decks/*.csv` means: some systems leave
/// patterns to the program.
fn matching(name: &str) -> Result<Vec<PathBuf>, Failure> {
    let path = PathBuf::from(name);
    if path.exists() || !name.contains(['*', '?', '[']) {
        return if path.exists() { Ok(vec![path]) } else { Err(unknown(name)) };
    }
    let paths: Vec<PathBuf> =
        glob::glob(name).into_iter().flatten().filter_map(Result::ok).collect();
    if paths.is_empty() { Err(unknown(name)) } else { Ok(paths) }
}

/// What is told where `name` is neither a file nor a built-in deck.
fn unknown(name: &str) -> Failure {
    let looks_like_a_file = name.contains(['/', '\\', '.', '*']);
    if looks_like_a_file {
        let found = format!("there is no file `{name}`");
        let near = near_file(name).map(|near| format!("did you mean `{near}`?"));
        let help = near.or_else(|| meant_as_output(name));
        let help = help.unwrap_or_else(|| "check the folder and the ending".into());
        let problem = Diagnostic::error("no-such-file", found).help(help);
        return Failure { exit: Exit::Io, problems: vec![problem] };
    }
    let names = builtin::ALL.iter().map(|deck| deck.name);
    let endings = ["csv", "xlsx", "ods", "tsv"].map(|ending| format!("{name}.{ending}"));
    let file = endings.iter().map(|file| &**file).find(|file| Path::new(file).is_file());
    let help = match file.or_else(|| did_you_mean(name, names.clone())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "a table needs its ending, such as `family.csv`".to_owned(),
    };
    let known: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let problem = Diagnostic::error("unknown-deck", format!("there is no deck `{name}`"))
        .expected(format!("a file, or a built-in deck: {}", known.join(", ")))
        .help(help);
    Failure::usage(problem)
}

/// Returns the advice for a name that stands where a deck should and looks like an output.
fn meant_as_output(name: &str) -> Option<String> {
    let ending = Path::new(name).extension()?.to_str()?;
    matches!(ending, "pdf" | "png" | "svg")
        .then(|| format!("to write that file, put -o before it: `-o {name}`"))
}

/// Returns the file in the same folder whose name is nearest.
fn near_file(name: &str) -> Option<String> {
    let path = Path::new(name);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let wanted = path.file_name()?.to_string_lossy().into_owned();
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).take(1000).collect();
    let stem = |name: &str| Path::new(name).file_stem().and_then(|s| s.to_str()).map(str::to_owned);
    let wanted_stem = stem(&wanted)?;
    // A common ending alone makes no name near.
    let near_stem = |name: &&String| {
        stem(name).is_some_and(|stem| did_you_mean(&wanted_stem, [&*stem]).is_some())
    };
    let near = did_you_mean(&wanted, names.iter().filter(near_stem).map(String::as_str))?;
    Some(path.with_file_name(near).display().to_string())
}
