//! Settings read one by one, from whoever says the most weighty word about each.

use crate::deck::Deck;
use crate::impose::{Catalogues, Format, Purpose, SheetRequest, Stacking, Stock};
use crate::length::{Axes, Length};
use crate::problem::Diagnostic;

use super::super::super::args::{PrintSettings, PurposeArg, StackArg, SwitchArg};
use super::super::super::backs::BackChoice;
use super::super::super::failure::{Exit, Failure};
use super::super::super::settings::{Layers, Origin};
use super::words::word;

/// Reads settings one by one, remembering where each came from and what was wrong.
pub struct Reader<'l> {
    /// What was said, the strongest first.
    pub layers: &'l Layers,
    /// Whoever chose a stock, or single faces: these decide much by themselves, and who is weaker than
    /// that is not asked.
    pub deaf_to: Option<Origin>,
    /// What was wrong.
    pub problems: Vec<Diagnostic>,
    /// Each setting in words, with where it comes from.
    pub table: Vec<(&'static str, String, Origin)>,
}

impl Reader<'_> {
    pub fn tell(&mut self, name: &'static str, value: impl Into<String>, origin: Origin) {
        self.table.push((name, value.into(), origin));
    }

    pub fn choice<T: Copy + clap::ValueEnum>(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<T>,
        usual: T,
    ) -> T {
        let (value, origin) = self.layers.pick(get);
        let value = value.unwrap_or(usual);
        self.tell(name, word(value), origin);
        value
    }

    pub fn optional<T: Copy + clap::ValueEnum>(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<T>,
    ) -> Option<T> {
        let (value, origin) = self.layers.pick(get);
        if let Some(value) = value {
            self.tell(name, word(value), origin);
        }
        value
    }

    /// Reads a setting that a stock or single faces decide, from those who are at least as strong as
    /// whoever chose these.
    pub fn unless_decided<T: Copy + clap::ValueEnum>(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<T>,
    ) -> Option<T> {
        if self.is_deaf(self.layers.pick(&get).1) { None } else { self.optional(name, get) }
    }

    pub fn length_unless_decided(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<String>,
    ) -> Option<Length> {
        if self.is_deaf(self.layers.pick(&get).1) { None } else { self.length(name, get) }
    }

    pub fn is_deaf(&self, origin: Origin) -> bool {
        self.deaf_to.is_some_and(|chooser| origin > chooser)
    }

    /// Returns the stock and who chose it, unless somebody stronger chose single `faces`.
    pub fn stock(
        &mut self,
        catalogues: &Catalogues,
        faces: Option<Origin>,
    ) -> (Option<Stock>, Origin) {
        let (name, origin) = self.layers.pick(|settings| settings.stock.clone());
        // A word for what a settings file has turned on, and a flag turns off.
        let is_overruled = faces.is_some_and(|faces| faces < origin);
        let name = name.filter(|name| name != "none" && !is_overruled);
        let Some(name) = name else { return (None, origin) };
        match catalogues.stock(&name) {
            Ok(stock) => {
                self.tell("stock", format!("{} ({})", stock.id, stock.name), origin);
                (Some(stock), origin)
            }
            Err(problem) => {
                self.problems.push(said_by(*problem, origin));
                (None, origin)
            }
        }
    }

    /// Returns the request for a stock; who asks for another card or paper beside it is told.
    pub fn on_stock(&mut self, purpose: Purpose, stock: &Stock) -> Option<SheetRequest> {
        let size = self.layers.pick(|settings| settings.size.clone());
        let paper = self.layers.pick(|settings| settings.paper.clone());
        for (flag, (asked, origin)) in [("size", size), ("paper", paper)] {
            if asked.is_some() && !self.is_deaf(origin) {
                let found = format!("`--{flag}` beside `--stock {}`, which decides it", stock.id);
                let problem = Diagnostic::error("set-by-stock", found);
                let help = format!("leave out `--{flag}`, or say `--stock none`");
                self.problems.push(said_by(problem.help(help), origin));
            }
        }
        let request = SheetRequest::on_stock(purpose, stock.clone());
        let origin = self.layers.pick(|settings| settings.stock.clone()).1;
        self.tell("size", request.card.size.to_string(), origin);
        self.tell("paper", format!("{} ({})", stock.sheet.id, stock.sheet.size), origin);
        Some(request)
    }

    /// Returns the request for cards of a size on plain paper, if both are known.
    pub fn on_paper(
        &mut self,
        purpose: Purpose,
        usual: &'static str,
        catalogues: &Catalogues,
    ) -> Option<SheetRequest> {
        let size = self.named("size", |s| s.size.clone(), "poker", |text| catalogues.size(text));
        let paper = self.named("paper", |s| s.paper.clone(), usual, |text| catalogues.paper(text));
        Some(SheetRequest::new(purpose, size?, paper?))
    }

    /// Reads a switch that is off unless somebody says otherwise.
    pub fn switch(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<SwitchArg>,
    ) -> bool {
        self.optional(name, get) == Some(SwitchArg::On)
    }

    pub fn stack(&mut self) -> Option<Stacking> {
        let (value, origin) = self.layers.pick(|settings| settings.stack);
        let StackArg(block) = value.filter(|_| !self.is_deaf(origin))?;
        let words = block.map_or("off".to_owned(), |block| format!("blocks of {block} sheets"));
        self.tell("stack", words, origin);
        Some(block.map_or(Stacking::SheetBySheet, |block| Stacking::CutAndStack { block }))
    }

    pub fn named(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<String>,
        usual: &'static str,
        find: impl Fn(&str) -> Result<Format, Box<Diagnostic>>,
    ) -> Option<Format> {
        let (value, origin) = self.layers.pick(get);
        let text = value.unwrap_or_else(|| usual.to_owned());
        match find(&text) {
            Ok(format) => {
                self.tell(name, format!("{} ({})", format.id, format.size), origin);
                Some(format)
            }
            Err(problem) => {
                self.problems.push(said_by(*problem, origin));
                None
            }
        }
    }

    pub fn length(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<String>,
    ) -> Option<Length> {
        let (value, origin) = self.layers.pick(get);
        let length = self.parse_length(name, &value?, origin)?;
        self.tell(name, length.to_string(), origin);
        Some(length)
    }

    pub fn axes(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<String>,
    ) -> Option<Axes<Length>> {
        let (value, origin) = self.layers.pick(get);
        let value = value.filter(|_| !self.is_deaf(origin))?;
        // A decimal comma is followed by a digit and no unit; the comma between two lengths is not.
        let split = value.split_once(',').filter(|(x, _)| x.ends_with(char::is_alphabetic));
        let (x, y) = split.unwrap_or((&value, &value));
        let axes =
            Axes { x: self.parse_length(name, x, origin)?, y: self.parse_length(name, y, origin)? };
        self.tell(name, format!("{}, {}", axes.x, axes.y), origin);
        Some(axes)
    }

    fn parse_length(&mut self, name: &'static str, text: &str, origin: Origin) -> Option<Length> {
        // Nothing is nothing in every unit.
        if text.trim() == "0" {
            return Some(Length::ZERO);
        }
        let parsed = text.parse();
        if let Err(error) = &parsed {
            let problem = Diagnostic::error("bad-length", format!("--{name}: {error}"));
            self.problems.push(said_by(problem, origin));
        }
        parsed.ok()
    }

    pub fn back(&mut self, purpose: PurposeArg, decks: &[Deck]) -> BackChoice {
        let (value, origin) = self.layers.pick(|settings| settings.back.clone());
        let usual =
            if purpose == PurposeArg::Press { BackChoice::Ground } else { BackChoice::Line };
        let choice = match value.as_deref() {
            Some("line") => BackChoice::Line,
            Some("line-by-depth") => BackChoice::LineByDepth,
            Some("ground") => BackChoice::Ground,
            Some(path) => BackChoice::Picture(path.into()),
            None => decks.first().map_or(usual.clone(), |deck| BackChoice::of_deck(deck, usual)),
        };
        let word = match &choice {
            BackChoice::Line => "line".into(),
            BackChoice::LineByDepth => "line-by-depth".into(),
            BackChoice::Ground => "ground".into(),
            BackChoice::Picture(path) => path.display().to_string(),
        };
        self.tell("back", word, origin);
        choice
    }

    pub fn failed(self) -> Failure {
        let unknown = |problem: &Diagnostic| problem.code.starts_with("unknown-");
        let length = |problem: &Diagnostic| problem.code.starts_with("bad-");
        let usage = self.problems.iter().any(|problem| unknown(problem) || length(problem));
        let exit = if usage { Exit::Usage } else { Exit::Unmet };
        Failure { exit, problems: self.problems }
    }

    /// Adds to a problem who asked for what it names, where that was no flag.
    pub fn with_speaker(&self, problem: Diagnostic) -> Diagnostic {
        let named = |name: &str| problem.found.contains(&format!("`--{name}`"));
        let row = self.table.iter().find(|(name, ..)| named(name));
        let origin = row.map_or(Origin::Default, |(.., origin)| *origin);
        said_by(problem, origin)
    }
}

/// Adds to a problem that a file asked for what is wrong.
fn said_by(mut problem: Diagnostic, origin: Origin) -> Diagnostic {
    if matches!(origin, Origin::Record | Origin::DeckFile | Origin::UserFile) {
        problem.found = format!("{} ({})", problem.found, origin.name());
    }
    problem
}
