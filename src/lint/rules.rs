//! The rules as data.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::{Deserialize, Deserializer};

use crate::deck::{Card, Deck, Kind};
use crate::problem::Severity;

/// A rule: what it tests, and what it says where that does not hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A short stable name, such as `closed`. Several rules may share one.
    pub code: String,
    /// How much it matters.
    #[serde(deserialize_with = "severity")]
    pub severity: Severity,
    /// What is said of a card; `{}` stands for what was found.
    pub says: String,
    /// The reason, in one sentence.
    pub reason: String,
    /// What helps.
    pub help: String,
    /// Whether it also holds for cards that guide.
    #[serde(default)]
    guides: bool,
    #[serde(default)]
    kinds: Vec<Kind>,
    #[serde(default)]
    depths: Vec<u8>,
    #[serde(default)]
    audiences: Vec<String>,
    /// A card with one of these tags is free of the rule.
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "pattern")]
    pattern: Option<Regex>,
    #[serde(default, deserialize_with = "pattern")]
    unless: Option<Regex>,
    #[serde(default)]
    pub(super) field: Field,
    pub(super) measure: Option<Measure>,
    #[serde(default)]
    pub(super) limit: u32,
    #[serde(default)]
    pub(super) words: HashSet<String>,
}

/// What a pattern is sought in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Field {
    /// The prompt.
    #[default]
    Prompt,
    /// The prompt without what is quoted in it.
    Asked,
    /// The listener's line without what is quoted in it.
    FollowUp,
    /// The note.
    Note,
}

impl Field {
    const ALL: [Self; 4] = [Self::Prompt, Self::Asked, Self::FollowUp, Self::Note];
}

/// What is measured of a card or a deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Measure {
    WordsOver,
    WordsUnder,
    LineWordsOver,
    MarksOver,
    NoMark,
    NoEnd,
    GradeOver,
    SyllablesOver,
    CommasOver,
    Capitals,
    Nobody,
    NoLine,
    OverCap,
    Near,
    OpeningOver,
    OpeningRun,
    FirstWordOver,
    WordsShareOver,
    NoGuide,
    DepthsOff,
    CategoriesOff,
    UnknownAudience,
    Foreign,
}

impl Measure {
    /// Returns whether it is a deck that is measured, not a card.
    pub fn is_of_deck(self) -> bool {
        use Measure::*;
        matches!(
            self,
            OpeningOver
                | OpeningRun
                | FirstWordOver
                | WordsShareOver
                | NoGuide
                | DepthsOff
                | CategoriesOff
                | UnknownAudience
                | Foreign
        )
    }
}

/// What decks for some people have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Audience {
    names: Vec<String>,
    /// The deepest level.
    pub cap: u8,
    /// The share of each depth in per cent.
    pub depths: [u32; 5],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    rule: Vec<Rule>,
    audience: Vec<Audience>,
}

/// The rules of a language.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Rule>,
    audiences: Vec<Audience>,
    /// For each field the patterns that are sought in it, all at once, and which rule each belongs to.
    patterns: [(RegexSet, Vec<usize>); Field::ALL.len()],
}

static ENGLISH: LazyLock<Rules> = LazyLock::new(|| Rules::read(include_str!("rules/en.toml")));
static ANY: LazyLock<Rules> = LazyLock::new(|| Rules::read(include_str!("rules/any.toml")));

impl Rules {
    /// Returns the rules of a language, given as a BCP 47 tag.
    pub fn of(language: &str) -> &'static Self {
        let first = language.split('-').next().unwrap_or_default();
        if first.eq_ignore_ascii_case("en") { &ENGLISH } else { &ANY }
    }

    /// Returns the rules in the order of their file.
    pub fn list(&self) -> &[Rule] {
        &self.rules
    }

    fn read(text: &str) -> Self {
        let file: RuleFile = toml::from_str(text).expect("the bundled rules are sound");
        let patterns = Field::ALL.map(|field| {
            let of_field = |rule: &Rule| rule.pattern.is_some() && rule.field == field;
            let places: Vec<usize> =
                (0..file.rule.len()).filter(|at| of_field(&file.rule[*at])).collect();
            let patterns = places.iter().filter_map(|at| file.rule[*at].pattern.as_ref());
            let mut set = RegexSetBuilder::new(patterns.map(Regex::as_str));
            let set = set.case_insensitive(true).build();
            (set.expect("each of the patterns is sound"), places)
        });
        Self { rules: file.rule, audiences: file.audience, patterns }
    }

    /// Calls `each` with every rule whose pattern is in `text`, and the words that it matches.
    pub(super) fn matches<'t>(
        &'static self,
        field: Field,
        text: &'t str,
        mut each: impl FnMut(&'static Rule, &'t str),
    ) {
        let (set, places) = &self.patterns[field as usize];
        // To ask whether there is any is much cheaper than to ask which.
        if text.is_empty() || !set.is_match(text) {
            return;
        }
        for found in set.matches(text) {
            let rule = &self.rules[places[found]];
            if rule.unless.as_ref().is_some_and(|unless| unless.is_match(text)) {
                continue;
            }
            if let Some(words) = rule.pattern.as_ref().and_then(|pattern| pattern.find(text)) {
                each(rule, words.as_str());
            }
        }
    }

    /// Returns the rule called `code`; the first where several share the name.
    pub(super) fn find(&'static self, code: &str) -> Option<&'static Rule> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// Returns whom the audiences are that something is known of.
    pub(super) fn known_audiences(&'static self) -> Vec<&'static str> {
        self.audiences
            .iter()
            .filter_map(|audience| Some(audience.names.first()?.as_str()))
            .collect()
    }

    /// Returns the rules that measure something.
    pub(super) fn measures(&'static self) -> impl Iterator<Item = (&'static Rule, Measure)> {
        self.rules.iter().filter_map(|rule| Some((rule, rule.measure?)))
    }

    /// Returns what decks for these people have; of several the one that goes deepest.
    pub(super) fn audience<'n>(
        &'static self,
        names: impl Iterator<Item = &'n str>,
    ) -> Option<&'static Audience> {
        let of = |name| self.audiences.iter().find(|audience| is_among(name, &audience.names));
        names.filter_map(of).max_by_key(|audience| audience.cap)
    }
}

impl Rule {
    /// Returns whether the rule speaks of cards like this one.
    pub(super) fn concerns(&self, deck: &Deck, card: &Card) -> bool {
        let is_free = |tag: &str| self.tags.iter().any(|own| own.eq_ignore_ascii_case(tag));
        let level = card.depth.map(|depth| depth.level());
        (self.guides || !card.kind.is_guide())
            && (self.kinds.is_empty() || self.kinds.contains(&card.kind))
            && (self.depths.is_empty() || level.is_some_and(|level| self.depths.contains(&level)))
            && (self.audiences.is_empty() || self.is_for(deck, card))
            && !card.tags.iter().any(|tag| is_free(tag))
    }

    fn is_for(&self, deck: &Deck, card: &Card) -> bool {
        deck.audiences(card).any(|name| is_among(name, &self.audiences))
    }
}

fn is_among(name: &str, names: &[String]) -> bool {
    names.iter().any(|own| own.eq_ignore_ascii_case(name))
}

fn severity<'de, D: Deserializer<'de>>(from: D) -> Result<Severity, D::Error> {
    match String::deserialize(from)?.as_str() {
        "error" => Ok(Severity::Error),
        "warning" => Ok(Severity::Warning),
        "note" => Ok(Severity::Note),
        other => Err(serde::de::Error::custom(format!("`{other}` is no severity"))),
    }
}

fn pattern<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Regex>, D::Error> {
    // The letters of these rules are English ones: borders of words in other letters cost much time.
    let text = String::deserialize(from)?.replace(r"\b", r"(?-u:\b)");
    let pattern = RegexBuilder::new(&text).case_insensitive(true).build();
    pattern.map(Some).map_err(serde::de::Error::custom)
}
