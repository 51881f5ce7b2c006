//! What a prompt looks like to one who cannot read: its kind, and how deep it goes.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use super::super::card::{Depth, Kind};

/// How many words a prompt has at most that names a day and is a check-in.
const CHECKIN_WORDS: usize = 14;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signs {
    kind: Vec<KindSign>,
    depth: Vec<DepthSign>,
}

/// Words by which a kind is known.
#[derive(Deserialize)]
struct KindSign {
    kind: Kind,
    #[serde(deserialize_with = "pattern")]
    pattern: Regex,
}

/// Words that let a prompt go at least so deep, the deepest first.
#[derive(Deserialize)]
struct DepthSign {
    level: u8,
    #[serde(deserialize_with = "pattern")]
    pattern: Regex,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    toml::from_str(include_str!("guess.toml")).expect("the bundled signs are sound")
});

fn pattern<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Regex, D::Error> {
    let text = String::deserialize(from)?;
    let built = RegexBuilder::new(&text).case_insensitive(true).build();
    built.map_err(serde::de::Error::custom)
}

/// Returns the kind of a prompt, and whether its form makes that plain.
pub(super) fn kind(prompt: &str) -> (Kind, bool) {
    let prompt = prompt.replace('’', "'");
    let ends_open = |line: &str| {
        line.trim_end_matches([' ', '"', '”']).ends_with(['…', '_'])
            || line.trim_end().ends_with("...")
    };
    let open = prompt.lines().filter(|line| ends_open(line)).count();
    if open > 1 {
        return (Kind::Script, true);
    }
    if open == 1 && !prompt.contains('?') {
        return (Kind::Finish, true);
    }
    let sign = SIGNS.kind.iter().find(|sign| sign.pattern.is_match(&prompt));
    let kind = sign.map_or(Kind::Question, |sign| sign.kind);
    let is_long = prompt.split_whitespace().count() > CHECKIN_WORDS;
    let kind = if kind == Kind::Checkin && is_long { Kind::Question } else { kind };
    (kind, kind == Kind::Question && prompt.trim_end().ends_with(['?', '？', '؟']))
}

/// Returns how deep a prompt looks: what its deepest words say, 2 where none says anything.
pub(super) fn depth(prompt: &str, kind: Kind) -> Depth {
    let prompt = prompt.replace('’', "'");
    let sign = SIGNS.depth.iter().find(|sign| sign.pattern.is_match(&prompt));
    let level = sign.map_or(2, |sign| sign.level);
    // To say thanks costs less than its words let one fear.
    let level = if kind == Kind::Appreciation { level.min(3) } else { level };
    Depth::new(level).unwrap_or(Depth::ALL[1])
}
