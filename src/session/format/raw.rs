//! A format file as it is written.

use serde::Deserialize;
use toml::Spanned;

use super::super::rotation::Grouping;
use super::{Deal, Role};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFormat {
    pub schema: Spanned<i64>,
    pub id: Spanned<String>,
    pub like: Option<Spanned<String>>,
    pub title: Option<String>,
    pub purpose: Option<String>,
    pub decks: Option<Vec<String>>,
    pub people: Option<Spanned<Numbers>>,
    pub table: Option<Spanned<i64>>,
    pub stay: Option<bool>,
    pub moving: Option<Spanned<i64>>,
    pub ceiling: Option<Spanned<i64>>,
    pub without: Option<Vec<String>>,
    pub materials: Option<Vec<String>>,
    pub opening: Option<RawOpening>,
    pub part: Option<Vec<Spanned<RawPart>>>,
    pub landing: Option<Spanned<RawPart>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOpening {
    pub seconds: Spanned<Numbers>,
    pub say: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPart {
    pub title: String,
    pub rounds: Option<Spanned<Numbers>>,
    pub deal: Option<Deal>,
    pub cards: Option<Spanned<Numbers>>,
    pub kinds: Option<Spanned<Vec<Spanned<String>>>>,
    pub depth: Option<Spanned<Numbers>>,
    pub group: Option<Grouping>,
    #[serde(default)]
    pub say: Vec<String>,
    #[serde(default)]
    pub step: Vec<Spanned<RawStep>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub turn: Option<Vec<RawBeat>>,
    pub does: Option<String>,
    pub seconds: Option<Spanned<Numbers>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBeat {
    pub role: Role,
    pub does: String,
    pub seconds: Spanned<Numbers>,
}

/// A number, or two or three that limit it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "a whole number, or several in brackets")]
pub(super) enum Numbers {
    One(i64),
    Several(Vec<i64>),
}
