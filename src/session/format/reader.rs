//! From a format file to a format, or to everything that is wrong with it.

use std::ops::Range as Bytes;

use toml::Spanned;

use super::raw::{Numbers, RawBeat, RawFormat, RawPart, RawStep};
use super::{Beat, Deal, Format, Opening, Part, Range, Span, Step, faults};
use crate::deck::{Depth, Kind};
use crate::problem::{Diagnostic, Origin, Text};
use crate::session::rotation::Grouping;
use crate::session::seconds::Seconds;

/// The schema that format files are written in.
const SCHEMA: i64 = 1;

/// The longest that anything may take: four hours.
const LONGEST: i64 = 4 * 60 * 60;

/// The most people, rounds and cards that a format may be for.
const MOST: [i64; 3] = [600, 60, 30];

/// The kinds of cards that a part takes where it names none.
const USUAL_KINDS: [Kind; 2] = [Kind::Question, Kind::Finish];

/// A format file while it is read.
pub(super) struct Reader {
    text: Text,
    pub problems: Vec<Diagnostic>,
}

impl Reader {
    /// The reader of `text`; `source` is its name for problems.
    pub fn new(text: &str, source: &str) -> Self {
        Self { text: Text::new(source, text.to_owned()), problems: Vec::new() }
    }

    /// Returns what the file says, if it is of a kind that can be read.
    pub fn raw(&mut self) -> Option<RawFormat> {
        let problem = match toml::from_str::<RawFormat>(&self.text.text) {
            Ok(raw) if *raw.schema.get_ref() == SCHEMA => return Some(raw),
            Ok(raw) => {
                let found = format!("schema {}", raw.schema.get_ref());
                let help = "this file was written for another version of deckle";
                let problem = Diagnostic::error("format-schema", found).help(help);
                problem.expected(format!("schema {SCHEMA}")).at(self.origin(raw.schema.span()))
            }
            Err(error) => {
                let origin = self.origin(error.span().unwrap_or(0..0));
                let line = origin.excerpt.as_ref().map_or("", |excerpt| &excerpt.text).to_owned();
                faults::syntax(error.message().trim(), &line).at(origin)
            }
        };
        self.problems.push(problem);
        None
    }

    /// Returns the format of `raw`, as far as it can be made; what it does not say is as in `like`.
    pub fn format(&mut self, raw: &RawFormat, like: Option<&Format>) -> Option<Format> {
        let id = self.id(&raw.id);
        let depth = |level: usize| u8::try_from(level).ok().and_then(Depth::new);
        let ceiling = raw.ceiling.as_ref().map(|level| self.number(level, [1, 5], "ceiling"));
        let ceiling = ceiling.and_then(depth).or(like.map(|like| like.ceiling));
        let ceiling = ceiling.unwrap_or(Depth::ALL[2]);
        let table = raw.table.as_ref().map(|size| self.number(size, [2, 30], "table"));
        let moving = raw.moving.as_ref().map(|time| self.number(time, [0, 900], "moving"));
        let people = raw.people.as_ref().map(|people| self.range(people, [1, MOST[0]], "people"));
        let opening = raw
            .opening
            .as_ref()
            .map(|opening| Opening { time: self.span(&opening.seconds), say: opening.say.clone() });
        let parts = raw.part.as_ref().map(|parts| self.parts(parts, ceiling));
        let landing = raw.landing.as_ref().map(|part| self.part(part, ceiling, true));
        let needed = |reader: &mut Self, what: &'static str, example: &str| {
            let problem = Diagnostic::error("format-lacks", format!("no `{what}` is said"));
            let help = format!("write {example}, or `like = \"conversation\"`");
            reader.problems.push(problem.at(reader.origin(raw.id.span())).help(help));
        };
        if parts.is_none() && like.is_none() {
            needed(self, "part", "what is done as `[[part]]`");
        }
        if landing.is_none() && like.is_none() {
            needed(self, "landing", "how it ends as `[landing]`");
        }
        let format = Format {
            title: raw
                .title
                .clone()
                .or(like.map(|it| it.title.clone()))
                .unwrap_or_else(|| id.clone()),
            id,
            purpose: raw.purpose.clone().or(like.map(|it| it.purpose.clone())).unwrap_or_default(),
            decks: raw.decks.clone().or(like.map(|it| it.decks.clone())).unwrap_or_default(),
            people: people.or(like.map(|it| it.people)).unwrap_or(Range::just(2)),
            table: table.or(like.map(|it| it.table)).unwrap_or(6),
            stay: raw.stay.or(like.map(|it| it.stay)).unwrap_or(false),
            moving: moving
                .map(|seconds| Seconds(seconds as u32))
                .or(like.map(|it| it.moving))
                .unwrap_or_default(),
            ceiling,
            without: raw.without.clone().or(like.map(|it| it.without.clone())).unwrap_or_default(),
            materials: raw
                .materials
                .clone()
                .or(like.map(|it| it.materials.clone()))
                .unwrap_or_default(),
            opening: opening
                .or(like.map(|it| it.opening.clone()))
                .unwrap_or(Opening { time: Span::just(Seconds(60)), say: Vec::new() }),
            parts: parts.or(like.map(|it| it.parts.clone()))?,
            landing: landing.or(like.map(|it| it.landing.clone()))?,
        };
        self.check_whole(&format, raw);
        Some(format)
    }

    /// Checks what can only be said of a whole format.
    fn check_whole(&mut self, format: &Format, raw: &RawFormat) {
        let id = raw.id.span();
        let open = format
            .parts
            .iter()
            .map(|part| usize::from(part.rounds.is_open()) + usize::from(part.cards.is_open()));
        if open.sum::<usize>() > 1 {
            let parts = raw.part.iter().flatten().map(Spanned::get_ref);
            let choices = parts.flat_map(|part| part.rounds.iter().chain(&part.cards));
            let is_open = |numbers: &&Spanned<Numbers>| matches!(numbers.get_ref(), Numbers::Several(several) if several.len() > 1);
            let second = choices.filter(is_open).nth(1).map(Spanned::span);
            let found = "more than one number of rounds or cards can be chosen";
            let help = "give all but one of them a single number: `rounds = 3`";
            self.tell(second.unwrap_or(id.clone()), found, help);
        }
        if format.parts.first().is_some_and(|part| part.deal == Deal::Same) {
            let first = raw.part.iter().flatten().next().map(Spanned::span);
            let first = first.map_or(id.clone(), |span| span.start..span.start);
            let help = "write `deal = \"new\"`, or leave it out";
            self.tell(first, "the first part keeps cards of one before it", help);
        }
        if format.parts.is_empty() {
            self.tell(id.clone(), "there is no part", "write what is done as `[[part]]`");
        }
        let is_shared = |part: &Part| !matches!(part.grouping, Grouping::Alone | Grouping::All);
        let all = format.parts.iter().chain([&format.landing]);
        if format.people.least < 2 && all.into_iter().any(is_shared) {
            let at = raw.people.as_ref().map_or(id, Spanned::span);
            let found = "one person alone has nobody to sit with";
            self.tell(at, found, "let it be for 2 at the least: `people = [2, 2, 6]`");
        }
    }

    fn parts(&mut self, parts: &[Spanned<RawPart>], ceiling: Depth) -> Vec<Part> {
        parts.iter().map(|part| self.part(part, ceiling, false)).collect()
    }

    fn part(&mut self, raw: &Spanned<RawPart>, ceiling: Depth, is_landing: bool) -> Part {
        let span = raw.span();
        let raw = raw.get_ref();
        let rounds = raw.rounds.as_ref().map(|rounds| self.range(rounds, [1, MOST[1]], "rounds"));
        let cards = raw.cards.as_ref().map(|cards| self.range(cards, [1, MOST[2]], "cards"));
        if let Some(number) = raw.rounds.as_ref().or(raw.cards.as_ref()).filter(|_| is_landing) {
            let found = "a landing has one round and one card";
            self.tell(number.span(), found, "take this line away");
        }
        let usual_depth = if is_landing { [1, 2] } else { [1, usize::from(ceiling.level())] };
        let depth = raw.depth.as_ref().map_or(usual_depth, |depth| {
            let Range { least, most, .. } = self.range(depth, [1, 5], "depth");
            [least, most]
        });
        let usual_kinds: &[Kind] = if is_landing { &[Kind::Appreciation] } else { &USUAL_KINDS };
        let kinds = raw.kinds.as_ref().map_or(usual_kinds.to_vec(), |kinds| self.kinds(kinds));
        let steps: Vec<Step> = raw.step.iter().filter_map(|step| self.step(step)).collect();
        if steps.is_empty() && raw.step.is_empty() {
            let help = "write `[[part.step]]` with `does` and `seconds` under it";
            self.tell(span.start..span.start, format!("nothing is done in `{}`", raw.title), help);
        }
        Part {
            title: raw.title.clone(),
            rounds: rounds.unwrap_or(Range::just(1)),
            deal: raw.deal.unwrap_or_default(),
            cards: cards.unwrap_or(Range::just(1)),
            kinds,
            depth: depth.map(|level| Depth::new(level as u8).unwrap_or(ceiling)),
            grouping: raw.group.unwrap_or(Grouping::All),
            say: raw.say.clone(),
            steps,
        }
    }

    fn kinds(&mut self, names: &Spanned<Vec<Spanned<String>>>) -> Vec<Kind> {
        let (at, names) = (names.span(), names.get_ref());
        let mut kinds = Vec::new();
        if names.is_empty() {
            let help = "name some, or leave `kinds` out: `kinds = [\"question\"]`";
            self.tell(at, "no kind of card is named", help);
        }
        for name in names {
            match name.get_ref().parse() {
                Ok(kind) => kinds.push(kind),
                Err(()) => {
                    let all = Kind::ALL.map(Kind::name).join(", ");
                    let found = format!("`{}` is no kind of card", name.get_ref());
                    self.tell(name.span(), found, format!("write one of {all}"));
                }
            }
        }
        kinds
    }

    fn step(&mut self, step: &Spanned<RawStep>) -> Option<Step> {
        let RawStep { turn, does, seconds } = step.get_ref();
        match (turn, does, seconds) {
            (Some(beats), None, None) if !beats.is_empty() => {
                Some(Step::Turns(beats.iter().map(|beat| self.beat(beat)).collect()))
            }
            (None, Some(does), Some(seconds)) => {
                let time = self.span(seconds);
                Some(Step::Together(Beat { role: super::Role::All, does: does.clone(), time }))
            }
            _ => {
                let help = "give it `turn = [ … ]`, or `does` and `seconds`";
                self.tell(step.span(), "a step is either turns or something done together", help);
                None
            }
        }
    }

    fn beat(&mut self, beat: &RawBeat) -> Beat {
        Beat { role: beat.role, does: beat.does.clone(), time: self.span(&beat.seconds) }
    }

    fn id(&mut self, id: &Spanned<String>) -> String {
        let name = id.get_ref();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || !name.chars().all(is_plain) {
            let found = format!("`{name}` cannot be the name of a format");
            self.tell(id.span(), found, "use small letters, digits and hyphens: `my-evening`");
        }
        name.clone()
    }

    fn span(&mut self, seconds: &Spanned<Numbers>) -> Span {
        let Range { least, usual, most } = self.range(seconds, [5, LONGEST], "seconds");
        Span {
            least: Seconds(least as u32),
            usual: Seconds(usual as u32),
            most: Seconds(most as u32),
        }
    }

    /// Reads a number within limits.
    fn number(&mut self, number: &Spanned<i64>, limits: [i64; 2], name: &str) -> usize {
        self.within(*number.get_ref(), number.span(), limits, name)
    }

    /// Reads `5`, `[1, 5]` or `[1, 5, 12]`; of two numbers the larger one is usual.
    fn range(&mut self, numbers: &Spanned<Numbers>, limits: [i64; 2], name: &str) -> Range {
        let several = match numbers.get_ref() {
            Numbers::One(number) => vec![*number],
            Numbers::Several(several) => several.clone(),
        };
        let numbers_of = |reader: &mut Self| -> Vec<usize> {
            let within = |number: &i64| reader.within(*number, numbers.span(), limits, name);
            several.iter().map(within).collect()
        };
        let read = numbers_of(self);
        let range = match read[..] {
            [only] => Some(Range::just(only)),
            [least, most] => Some(Range { least, usual: most, most }),
            [least, usual, most] => Some(Range { least, usual, most }),
            _ => None,
        };
        let rises = range.filter(|range| range.least <= range.usual && range.usual <= range.most);
        rises.unwrap_or_else(|| {
            let [least, most] = limits;
            let example = match name {
                "seconds" => "[30, 60, 120]",
                "people" => "[2, 12, 40]",
                "depth" => "[1, 3]",
                _ => "[1, 2, 3]",
            };
            let help = format!("write the least, the usual and the most: `{name} = {example}`");
            let found =
                format!("`{name}` is no number from {least} to {most}, nor two or three that rise");
            self.tell(numbers.span(), found, help);
            Range::just(limits[0] as usize)
        })
    }

    fn within(
        &mut self,
        number: i64,
        at: Bytes<usize>,
        [least, most]: [i64; 2],
        name: &str,
    ) -> usize {
        if !(least..=most).contains(&number) {
            let found = format!("`{name}` of {number} cannot be");
            let problem = Diagnostic::error("format-number", found).at(self.origin(at));
            let near = number.clamp(least, most);
            let problem = problem.expected(format!("{least} to {most}"));
            self.problems.push(problem.help(format!("write {near}, or another of these")));
        }
        number.clamp(least, most) as usize
    }

    /// Notes that something is wrong at a place.
    pub fn tell(&mut self, at: Bytes<usize>, found: impl Into<String>, help: impl Into<String>) {
        let problem = Diagnostic::error("format-entry", found).at(self.origin(at)).help(help);
        self.problems.push(problem);
    }

    fn origin(&self, span: Bytes<usize>) -> Origin {
        self.text.origin(span, "")
    }
}
