//! What two people share: flags over the file that they both keep.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::clock::{Clock, read_date};
use super::pool::{Pool, USUAL_CEILING};
use crate::cli::args::{DeckArgs, FilterArgs, SharedArgs};
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::settings::{Level, config_folder, mistake, seen_from};
use crate::deck::{Depth, builtin};
use crate::draw::{Nights, Shared};
use crate::problem::Diagnostic;

/// The name of the file.
const FILE_NAME: &str = "tonight.toml";

/// What the file says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct SharedFile {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decks: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
    /// A date of TOML, or one in quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<toml::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ceiling: Option<Level>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    together: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    only: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    depth: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    category: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_category: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kind: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audience: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tag: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_minutes: Option<u16>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    opt_in: Vec<String>,
}

/// What two people agreed on, ready to be used.
pub struct Agreement {
    /// The cards.
    pub pool: Pool,
    /// The time where their day is counted.
    pub clock: Clock,
    /// Whether nobody named a zone.
    is_local: bool,
    /// Their first night.
    pub start: Option<Date>,
    /// The deepest depth.
    pub ceiling: Depth,
    /// The file it comes from, if there is one.
    file: Option<PathBuf>,
    /// Their own number.
    pub seed: u64,
    whole: SharedFile,
}

impl Agreement {
    /// Reads the file, lays the flags over it, and reads the decks. A file that is named must be there,
    /// unless it is about to be saved.
    pub fn read(
        source: &DeckArgs,
        filter: &FilterArgs,
        flags: &SharedArgs,
        saves: bool,
    ) -> Result<Self, Failure> {
        let file = place(flags, saves)?;
        let read = file.as_deref().map_or_else(|| Ok(SharedFile::default()), read)?;
        let whole = read.under(source, filter, flags);
        let source = DeckArgs { decks: whole.decks.clone(), meta: source.meta.clone() };
        // What is wrong may stand in the file, and then its flag says nothing to anybody.
        let from_file = |mut failure: Failure| {
            failure.problems.extend(file.as_deref().map(|file| {
                let found = format!("some of what you share stands in `{}`", file.display());
                Diagnostic::note("shared-file", found)
            }));
            failure
        };
        let pool = Pool::read(&source, &whole.filter(), !whole.together).map_err(from_file)?;
        let clock = whole.zone.as_deref().map_or_else(|| Ok(Clock::here()), Clock::of);
        let clock = clock.map_err(from_file)?;
        let start = whole.start.as_ref().map(|start| {
            let word = start.to_string();
            read_date("--start", word.trim_matches(['"', '\'']))
        });
        let start = start.transpose().map_err(from_file)?;
        let word = whole.ceiling.as_ref().map(Level::word);
        let ceiling = pool.ceiling(word.as_deref(), USUAL_CEILING).map_err(from_file)?;
        Ok(Self {
            is_local: whole.zone.is_none(),
            start,
            seed: whole.seed.unwrap_or(0),
            pool,
            clock,
            ceiling,
            file,
            whole,
        })
    }

    /// Returns the nights that follow from it.
    pub fn nights(&self) -> Result<Nights, Failure> {
        let shared = Shared {
            zone: self.clock.zone.clone(),
            start: self.start,
            ceiling: self.ceiling,
            seed: self.seed,
        };
        Nights::new(&self.pool.decks, &self.pool.picks, shared)
            .map_err(|problem| Failure::unmet(vec![*problem]))
    }

    /// Says where the day is counted, and which file tells so.
    pub fn origin(&self) -> String {
        let zone = &self.clock.zone;
        let local = if self.is_local { ", the zone of this machine" } else { "" };
        let file = self.file.as_ref().map(|file| format!(" · by {}", file.display()));
        format!("{zone}{local}{}", file.unwrap_or_default())
    }

    /// Returns the tables of one's own that belong to it.
    pub fn tables(&self) -> String {
        let own = self.whole.decks.iter().filter(|name| builtin::find(name).is_none());
        own.cloned().collect::<Vec<_>>().join(", ")
    }

    /// Returns the command that shows a night of this agreement.
    pub fn command(&self) -> String {
        let SharedFile { decks, zone, seed, together, .. } = &self.whole;
        let mut words = vec!["deckle tonight".to_owned()];
        if let Some(file) = &self.file {
            words.push(format!("--shared {}", file.display()));
            return words.join(" ");
        }
        words.extend(decks.iter().cloned());
        words.extend(zone.iter().map(|zone| format!("--zone {zone}")));
        words.extend(self.start.map(|start| format!("--start {start}")));
        words.extend(self.whole.ceiling.iter().map(|word| format!("--ceiling {}", word.word())));
        words.extend(seed.iter().map(|seed| format!("--seed {seed}")));
        words.extend(together.then(|| "--together".to_owned()));
        let filter = self.whole.filter();
        let lists = [
            ("only", filter.only),
            ("depth", filter.depth),
            ("category", filter.category),
            ("not-category", filter.not_category),
            ("kind", filter.kind),
            ("audience", filter.audience),
            ("tag", filter.tag),
            ("opt-in", filter.opt_in),
        ];
        let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
        words.extend(lists.map(|(flag, list)| format!("--{flag} \"{}\"", list.join(","))));
        words.extend(filter.max_minutes.map(|minutes| format!("--max-minutes {minutes}")));
        words.join(" ")
    }

    /// Returns the names of the decks that were asked for, and of the people.
    pub fn whose(&self) -> Vec<&str> {
        let SharedFile { decks, audience, .. } = &self.whole;
        let named = self.pool.decks.iter().filter(|_| !decks.is_empty());
        let mut names: Vec<&str> =
            named.map(|deck| &*deck.meta.name).chain(audience.iter().map(|name| &**name)).collect();
        names.sort_unstable();
        names
    }

    /// Writes it to the file that was named, else to one in this folder, and returns where.
    pub fn save(
        &self,
        source: &DeckArgs,
        flags: &SharedArgs,
        force: bool,
    ) -> Result<PathBuf, Failure> {
        if source.meta.is_some() {
            let problem = Diagnostic::error("shared-file", "`--meta` cannot be shared");
            let help = "put the file beside the table, under the table's name";
            return Err(Failure::usage(problem.help(help)));
        }
        let place = flags.shared.clone().unwrap_or_else(|| PathBuf::from(FILE_NAME));
        if place.is_dir() {
            return Err(output::is_folder(&place, FILE_NAME));
        }
        output::allow(&place, &[], force)?;
        if !self.clock.has_name {
            let problem = Diagnostic::error("no-zone", "the zone of this machine has no name");
            return Err(Failure::usage(problem.help("name one: `--zone Europe/Berlin`")));
        }
        let zone = Some(self.clock.zone.clone());
        let start = self.start.map(|start| toml::Value::String(start.to_string()));
        let ceiling = self.whole.ceiling.as_ref().map(|_| Level::Number(self.ceiling.level()));
        let folder = place.parent().unwrap_or(Path::new(""));
        let decks = self.whole.decks.iter().map(|name| seen_in(folder, name));
        let decks = decks.collect::<Result<_, Failure>>()?;
        let file = SharedFile { decks, zone, start, ceiling, ..self.whole.clone() };
        let text = toml::to_string(&file).map_err(|error| {
            Failure::unmet(vec![Diagnostic::error("shared-file", error.to_string())])
        })?;
        let head = "# What `deckle tonight` derives its card from. Both of you keep this file.\n";
        output::write_whole(&place, format!("{head}{text}").as_bytes())?;
        Ok(place)
    }
}

/// Returns the file that holds what is shared: the one that is named, else one that is there.
fn place(flags: &SharedArgs, saves: bool) -> Result<Option<PathBuf>, Failure> {
    // What cannot be read is told when it is read; what is there in no way is passed over.
    let is_there = |file: &Path| file.symlink_metadata().is_ok();
    match &flags.shared {
        Some(file) if file == Path::new("-") => {
            let problem = Diagnostic::error("shared-file", "`--shared -` names no file");
            Err(Failure::usage(problem.help(format!("name one, such as {FILE_NAME}"))))
        }
        Some(file) if is_there(file) || !saves => Ok(Some(file.clone())),
        Some(_) => Ok(None),
        None => {
            let folders = [Some(PathBuf::new()), config_folder()];
            let files = folders.into_iter().flatten().map(|folder| folder.join(FILE_NAME));
            Ok(files.into_iter().find(|file| is_there(file)))
        }
    }
}

/// Returns the name of a deck as a file in `folder` has it.
fn seen_in(folder: &Path, name: &str) -> Result<String, Failure> {
    if name == "-" {
        let found = "the standard input `-` cannot be shared";
        let problem = Diagnostic::error("shared-file", found);
        return Err(Failure::usage(problem.help("name the table by its file")));
    }
    let path = Path::new(name);
    if builtin::find(name).is_some() || !path.is_file() {
        return Ok(name.to_owned());
    }
    let whole = |path: &Path| std::path::absolute(path).ok();
    let from = whole(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let seen = whole(path).zip(from).and_then(|(path, from)| pathdiff::diff_paths(path, from));
    Ok(seen.map_or_else(|| name.to_owned(), |seen| seen.display().to_string()))
}

fn read(path: &Path) -> Result<SharedFile, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut file: SharedFile =
        toml::from_str(text).map_err(|error| Failure::unmet(vec![mistake(path, text, &error)]))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    file.decks.iter_mut().for_each(|name| *name = seen_from(folder, name));
    Ok(file)
}

impl SharedFile {
    /// Lays flags over the file.
    fn under(self, source: &DeckArgs, filter: &FilterArgs, flags: &SharedArgs) -> Self {
        let over = |flag: &[String], own: Vec<String>| {
            if flag.is_empty() { own } else { flag.to_vec() }
        };
        let start = flags.start.clone().map(toml::Value::String);
        Self {
            decks: over(&source.decks, self.decks),
            zone: flags.zone.clone().or(self.zone),
            start: start.or(self.start),
            ceiling: flags.ceiling.clone().map(Level::Name).or(self.ceiling),
            seed: flags.seed.or(self.seed),
            together: flags.together || self.together,
            only: over(&filter.only, self.only),
            depth: over(&filter.depth, self.depth),
            category: over(&filter.category, self.category),
            not_category: over(&filter.not_category, self.not_category),
            kind: over(&filter.kind, self.kind),
            audience: over(&filter.audience, self.audience),
            tag: over(&filter.tag, self.tag),
            max_minutes: filter.max_minutes.or(self.max_minutes),
            opt_in: over(&filter.opt_in, self.opt_in),
        }
    }

    fn filter(&self) -> FilterArgs {
        FilterArgs {
            only: self.only.clone(),
            depth: self.depth.clone(),
            category: self.category.clone(),
            not_category: self.not_category.clone(),
            kind: self.kind.clone(),
            audience: self.audience.clone(),
            tag: self.tag.clone(),
            max_minutes: self.max_minutes,
            opt_in: self.opt_in.clone(),
        }
    }
}
