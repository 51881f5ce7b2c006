//! Settings and where they come from: flags, the file beside the deck, the user's own, defaults.

use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs};
use serde::Deserialize;

use crate::problem::Diagnostic;

use super::args::PrintSettings;
use super::failure::Failure;

/// The name of a settings file.
pub const FILE_NAME: &str = "deckle-settings.toml";

/// Where a setting comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Flag,
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
}

/// The layers of settings, the strongest first.
pub struct Layers {
    layers: Vec<(Origin, PrintSettings)>,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

impl Layers {
    /// Reads the settings files and puts them under the flags.
    pub fn read(flags: PrintSettings, deck_folder: &Path) -> Result<Self, Failure> {
        let mut layers = Self { layers: vec![(Origin::Flag, flags)], files: Vec::new() };
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
        let file: SettingsFile = toml::from_str(&text).map_err(|error| {
            let found = format!("`{}` has a mistake: {}", path.display(), error.message());
            let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
            let mut problem = Diagnostic::error("settings-file", found);
            problem.help = line.map(|line| format!("look at line {line}"));
            Failure::unmet(vec![problem])
        })?;
        self.layers.push((origin, file.print));
        self.files.push(path);
        Ok(())
    }

    /// Returns the strongest value of one setting, and where it comes from.
    pub fn pick<T>(&self, get: impl Fn(&PrintSettings) -> Option<T>) -> (Option<T>, Origin) {
        let found = self.layers.iter().find_map(|(origin, layer)| Some((get(layer)?, *origin)));
        found.map_or((None, Origin::Default), |(value, origin)| (Some(value), origin))
    }

    /// Returns the strongest value of one setting.
    pub fn get<T>(&self, get: impl Fn(&PrintSettings) -> Option<T>) -> Option<T> {
        self.pick(get).0
    }
}

/// Returns the folder of the user's settings and catalogues; `DECKLE_HOME` moves it.
pub fn config_folder() -> Option<PathBuf> {
    if let Some(home) = std::env::var_os("DECKLE_HOME").filter(|home| !home.is_empty()) {
        return Some(PathBuf::from(home));
    }
    let args = AppStrategyArgs {
        top_level_domain: "org".into(),
        author: "deckle".into(),
        app_name: "deckle".into(),
    };
    etcetera::choose_app_strategy(args).ok().map(|strategy| strategy.config_dir())
}
