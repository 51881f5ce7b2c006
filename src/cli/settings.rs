//! Settings and where they come from: flags, the file beside the deck, the user's own, defaults.

use std::io;
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs};
use serde::{Deserialize, Serialize};

use crate::deck::Depth;
use crate::problem::{Diagnostic, did_you_mean};

use super::args::PrintSettings;
use super::failure::{Exit, Failure};
use super::output;

/// The name of a settings file.
pub const FILE_NAME: &str = "deckle-settings.toml";

/// Where a setting comes from, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The command line.
    Flag,
    /// The record of the first printing.
    Record,
    /// The file beside the deck.
    DeckFile,
    /// The file in the user's configuration folder.
    UserFile,
    /// Nobody said anything.
    Default,
}

impl Origin {
    /// Returns the words for a person.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Record => "record of the first printing",
            Self::DeckFile => "settings file of the deck",
            Self::UserFile => "your settings file",
            Self::Default => "default",
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SettingsFile {
    print: PrintSettings,
    draw: Option<DrawSettings>,
}

/// What can be said about drawing in a settings file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct DrawSettings {
    /// The deepest depth that is drawn.
    pub ceiling: Option<Level>,
    /// The ledger.
    pub ledger: Option<PathBuf>,
}

/// A depth as a file may have it: a number or a name.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged, expecting = "a depth, such as 3")]
pub enum Level {
    /// Its level.
    Number(u8),
    /// Its name, or its level in quotes.
    Name(String),
}

impl Level {
    /// Returns the depth as a flag would have it.
    pub fn word(&self) -> String {
        match self {
            Self::Number(level) => level.to_string(),
            Self::Name(name) => name.clone(),
        }
    }
}

/// The layers of settings, the strongest first.
#[derive(Clone)]
pub struct Layers {
    layers: Vec<(Origin, PrintSettings)>,
    /// What the user's own file says about drawing.
    pub draw: DrawSettings,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

impl Layers {
    /// Reads the settings files and puts them under the flags.
    pub fn read(flags: PrintSettings, deck_folder: &Path) -> Result<Self, Failure> {
        let layers = vec![(Origin::Flag, flags)];
        let draw = DrawSettings::default();
        let mut layers = Self { layers, draw, files: Vec::new() };
        layers.add(Origin::DeckFile, deck_folder.join(FILE_NAME))?;
        if let Some(folder) = config_folder() {
            layers.add(Origin::UserFile, folder.join(FILE_NAME))?;
        }
        Ok(layers)
    }

    fn add(&mut self, origin: Origin, path: PathBuf) -> Result<(), Failure> {
        if !path.is_file() || self.files.contains(&path) {
            return Ok(());
        }
        let text =
            std::fs::read_to_string(&path).map_err(|error| Failure::reading(&path, &error))?;
        // Windows editors begin a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut file: SettingsFile = toml::from_str(text)
            .map_err(|error| Failure::unmet(vec![mistake(&path, text, &error)]))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let names = file.print.font.iter_mut().chain(&mut file.print.back);
        names.for_each(|name| *name = seen_from(folder, name));
        if let Some(draw) = file.draw {
            // How deep somebody goes, and where that is kept, is for no deck to say.
            if origin != Origin::UserFile {
                return Err(Failure::unmet(vec![draw_of_a_deck(&path)]));
            }
            let ledger = draw.ledger.map(|ledger| folder.join(ledger));
            self.draw = DrawSettings { ledger, ..draw };
        }
        self.layers.push((origin, file.print));
        self.files.push(path);
        Ok(())
    }

    /// Puts the settings of a first printing under the flags and over all files.
    pub fn recall(&mut self, settings: PrintSettings) {
        let flags = self.layers.iter().take_while(|(origin, _)| *origin == Origin::Flag).count();
        self.layers.insert(flags, (Origin::Record, settings));
    }

    /// Puts settings over all others, as if they had been typed too.
    pub fn overrule(&mut self, settings: PrintSettings) {
        self.layers.insert(0, (Origin::Flag, settings));
    }

    /// Puts settings under all others: what a deck asks for where nobody said anything.
    pub fn imply(&mut self, settings: PrintSettings) {
        self.layers.push((Origin::Default, settings));
    }

    /// Returns the strongest value of one setting, and where it comes from.
    pub fn pick<T>(&self, get: impl Fn(&PrintSettings) -> Option<T>) -> (Option<T>, Origin) {
        let found = self.layers.iter().find_map(|(origin, layer)| Some((get(layer)?, *origin)));
        found.map_or((None, Origin::Default), |(value, origin)| (Some(value), origin))
    }
}

fn draw_of_a_deck(path: &Path) -> Diagnostic {
    let found = format!("`{}` has a section `[draw]`", path.display());
    let place = config_folder().map(|folder| folder.join(FILE_NAME).display().to_string());
    let help = "how deep you draw is yours to say, not the deck's: move it to ";
    let place = place.unwrap_or_else(|| "your own settings".into());
    Diagnostic::error("settings-file", found).help(format!("{help}`{place}`"))
}

/// Returns the name of a file as the settings file beside it means it; other words stay.
pub fn seen_from(folder: &Path, name: &str) -> String {
    let path = folder.join(name);
    if path.is_file() { path.display().to_string() } else { name.to_owned() }
}

/// Returns what is wrong with a settings file, and where.
pub fn mistake(path: &Path, text: &str, error: &toml::de::Error) -> Diagnostic {
    let start = error.span().map_or(0, |span| span.start);
    let line = format!("line {} of `{}`", text[..start].matches('\n').count() + 1, path.display());
    let message = error.message();
    let (what, known) = message.split_once(", expected ").unwrap_or((message, ""));
    let names = || known.split('`').skip(1).step_by(2);
    let near = |stranger: &str| did_you_mean(stranger, names());
    if let Some(key) = quoted(what, "unknown field `") {
        let problem = Diagnostic::error("settings-file", format!("{line} sets `{key}`"));
        let is_settings = path.file_name().is_some_and(|name| name == FILE_NAME);
        if is_settings && !text.lines().any(|line| ["[print]", "[draw]"].contains(&line.trim())) {
            let section = if ["ceiling", "ledger"].contains(&key) { "draw" } else { "print" };
            return problem.help(format!("write a line `[{section}]` above the settings"));
        }
        return match near(key) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.expected(names().collect::<Vec<_>>().join(", ")),
        };
    }
    if message.starts_with("duplicate key") {
        return Diagnostic::error("settings-file", format!("{line} says again what is said above"))
            .help("take one of the two away");
    }
    if let Some(word) = quoted(what, "unknown variant `") {
        let problem = Diagnostic::error("settings-file", format!("{line} says `{word}`"))
            .expected(names().collect::<Vec<_>>().join(", "));
        return match near(word) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        };
    }
    let value = ["invalid type: ", "invalid value: "].map(|start| what.strip_prefix(start));
    if let [Some(value), _] | [_, Some(value)] = value {
        let found = format!("{line} has {}", value_in_words(value));
        return Diagnostic::error("settings-file", found).expected(type_in_words(known));
    }
    if message.contains("must be quoted") {
        return Diagnostic::error("settings-file", format!("{line} has words without quotes"))
            .expected("words in straight quotes: \"Europe/Berlin\"");
    }
    if message.contains("leading zero") {
        return Diagnostic::error("settings-file", format!("{line} has a number that none is"))
            .expected("a date as 2026-12-01, or a number as 3");
    }
    let found = format!("{line} has a mistake");
    let expected = match message {
        "wanted string or table" => "a word in quotes".into(),
        message => message.replace('\n', ", "),
    };
    Diagnostic::error("settings-file", found).expected(expected)
}

/// Returns what stands between `opening` and the next backtick.
fn quoted<'t>(text: &'t str, opening: &str) -> Option<&'t str> {
    text.strip_prefix(opening)?.split('`').next()
}

/// Returns a value as the reader of settings names it, in everyone's words.
fn value_in_words(value: &str) -> String {
    let words = [("integer", "the number"), ("floating point", "the number"), ("boolean", "")];
    let named = words.into_iter().find_map(|(theirs, ours)| {
        value.strip_prefix(theirs).map(|rest| format!("{ours}{rest}").trim_start().to_owned())
    });
    named.unwrap_or_else(|| value.replacen("string \"", "the words \"", 1))
}

/// Returns a type of value in everyone's words.
fn type_in_words(name: &str) -> String {
    match name {
        "a string" => "words in quotes".into(),
        "a sequence" => "a list, such as [\"one\", \"two\"]".into(),
        name if name.starts_with("struct ") => "a section with a line for each setting".into(),
        "usize" | "u64" => "a whole number, such as 54".into(),
        "f64" => "a number, such as 300".into(),
        other => other.into(),
    }
}

/// Keeps the ceiling of draws in the user's settings file, and returns where that is.
pub fn remember_ceiling(ceiling: Depth) -> Result<PathBuf, Failure> {
    let path = folder_to_keep_in()?.join(FILE_NAME);
    let text = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read.map_err(|error| Failure::reading(&path, &error))?,
    };
    let mut file: toml_edit::DocumentMut = text.parse().map_err(|_| {
        let found = format!("`{}` cannot be read, so nothing is kept in it", path.display());
        Failure::unmet(vec![Diagnostic::error("settings-file", found)])
    })?;
    let kept = &mut file["draw"].or_insert(toml_edit::table())["ceiling"];
    let mut value = toml_edit::Value::from(i64::from(ceiling.level()));
    if let Some(before) = kept.as_value() {
        // What surrounds the old value is the user's: blanks, and words behind it.
        *value.decor_mut() = before.decor().clone();
    }
    *kept = value.into();
    output::write_whole(&path, file.to_string().as_bytes())?;
    Ok(path)
}

/// Returns the folder of the user's settings, which is there from then on.
pub fn folder_to_keep_in() -> Result<PathBuf, Failure> {
    let Some(folder) = config_folder() else {
        let problem = Diagnostic::error("no-settings-folder", "there is no folder for settings");
        let help = "name one in the environment variable DECKLE_HOME";
        return Err(Failure { exit: Exit::Io, problems: vec![problem.help(help)] });
    };
    std::fs::create_dir_all(&folder).map_err(|error| Failure::writing(&folder, &error))?;
    Ok(folder)
}

/// Returns the folder of the user's settings and catalogues; `DECKLE_HOME` moves it.
pub fn config_folder() -> Option<PathBuf> {
    home().or_else(|| Some(strategy()?.config_dir()))
}

/// Returns the folder of what is recorded; `DECKLE_HOME` moves it.
pub fn data_folder() -> Option<PathBuf> {
    home().or_else(|| Some(strategy()?.data_dir()))
}

fn home() -> Option<PathBuf> {
    std::env::var_os("DECKLE_HOME").filter(|home| !home.is_empty()).map(PathBuf::from)
}

fn strategy() -> Option<impl AppStrategy> {
    let args = AppStrategyArgs {
        top_level_domain: "org".into(),
        author: "deckle".into(),
        app_name: "deckle".into(),
    };
    etcetera::choose_app_strategy(args).ok()
}
