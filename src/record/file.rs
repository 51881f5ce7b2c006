//! A record as a JSON file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Emblems, Printed, Record};
use crate::deck::CardKey;
use crate::problem::{Diagnostic, Origin, Place};

/// The version of the file's shape.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    /// What all of deckle's JSON begins with.
    deckle: u32,
    /// The version of the record; what follows is read only if that is known.
    print_record: u32,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subtitle: Option<String>,
    decks: BTreeMap<String, Emblems>,
    settings: Value,
    cards: Vec<Row>,
    left_out: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Row {
    code: String,
    key: String,
    imprint: String,
    prompt: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    copies: usize,
}

const fn one() -> usize {
    1
}

const fn is_one(copies: &usize) -> bool {
    *copies == 1
}

impl Record {
    /// Returns the record as the text of a file.
    pub fn to_json(&self) -> String {
        let row = |card: &Printed| Row {
            code: card.code.clone(),
            key: card.key.to_hex(),
            imprint: card.imprint.to_string(),
            prompt: card.prompt.clone(),
            copies: card.copies,
        };
        let file = File {
            deckle: 1,
            print_record: VERSION,
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            decks: self.decks.clone(),
            settings: self.settings.clone(),
            cards: self.cards.iter().map(row).collect(),
            left_out: self
                .left_out
                .iter()
                .flat_map(|(key, copies)| std::iter::repeat_n(key.to_hex(), *copies))
                .collect(),
        };
        // Strings, numbers and maps of strings can always be written.
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads a record; `source` is the file's name for problems.
    ///
    /// # Errors
    ///
    /// The text is no JSON, no record, one of a newer version, or one that somebody broke.
    pub fn read(text: &str, source: &str) -> Result<Self, Box<Diagnostic>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let broken = |error: serde_json::Error| Box::new(not_json(&error, source));
        let value: Value = serde_json::from_str(text).map_err(broken)?;
        match value.get("print-record").and_then(Value::as_u64) {
            None => return Err(no_record(source).into()),
            Some(version) if version != u64::from(VERSION) => {
                return Err(newer(version, source).into());
            }
            Some(_) => {}
        }
        let file: File =
            serde_json::from_value(value).map_err(|error| Self::unreadable(source, &error))?;
        let card = |row: Row| {
            Ok(Printed {
                key: key(&row.key, source)?,
                imprint: row.imprint.parse().map_err(|_| Self::unreadable(source, &row.imprint))?,
                code: row.code,
                prompt: row.prompt,
                copies: row.copies,
            })
        };
        let mut left_out = BTreeMap::new();
        for text in &file.left_out {
            *left_out.entry(key(text, source)?).or_insert(0) += 1;
        }
        Ok(Self {
            title: file.title,
            subtitle: file.subtitle,
            decks: file.decks,
            settings: file.settings,
            cards: file.cards.into_iter().map(card).collect::<Result<_, Box<Diagnostic>>>()?,
            left_out,
        })
    }

    /// Returns what is told of a record that somebody broke; `what` is the place in it, or the word.
    pub fn unreadable(source: &str, what: &dyn std::fmt::Display) -> Box<Diagnostic> {
        let found = format!("`{source}` cannot be read as a record: {what}");
        Diagnostic::error("bad-record", found)
            .help("take the file as `--record` wrote it, from a copy if somebody changed it")
            .into()
    }
}

fn key(text: &str, source: &str) -> Result<CardKey, Box<Diagnostic>> {
    CardKey::from_hex(text).ok_or_else(|| Record::unreadable(source, &text))
}

fn not_json(error: &serde_json::Error, source: &str) -> Diagnostic {
    let place = Place::Text { line: error.line() as u32, column: error.column() as u32 };
    let origin = Origin { source: source.into(), place, excerpt: None };
    Diagnostic::error("record-syntax", "this is not the JSON of a record")
        .expected("the file that `--record` wrote")
        .help("name that file")
        .at(origin)
}

fn no_record(source: &str) -> Diagnostic {
    Diagnostic::error("no-record", format!("`{source}` is no record of a printing"))
        .expected("the file that `--record` wrote")
        .help("name that file")
}

fn newer(version: u64, source: &str) -> Diagnostic {
    let found = format!("`{source}` is a record of version {version}");
    Diagnostic::error("record-version", found)
        .expected(format!("version {VERSION}"))
        .help("a newer deckle wrote it: use that one, or a newer one still")
}
