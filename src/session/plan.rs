//! A session as it is planned: what comes when, with which cards, and who sits with whom.

use jiff::civil::Time;
use jiff::{SignedDuration, ToSpan};
use serde::{Deserialize, Serialize};

use super::format::{Format, Role};
use super::rotation::{Grouping, Meetings, Seating};
use super::seconds::Seconds;
use crate::deck::{Depth, Pick};
use crate::problem::Diagnostic;

/// A planned session.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The format.
    pub format: Format,
    /// All who were ever there, by name or number.
    pub people: Vec<String>,
    /// Those of them who have left, by their places among the people, in order.
    pub gone: Vec<usize>,
    /// When it begins, if that is known.
    pub start: Option<Time>,
    /// How deep it goes at most.
    pub ceiling: Depth,
    /// Everything there is to do, in order: the opening first, the landing last.
    pub stages: Vec<Stage>,
    /// The first round that is still to come, counted from 1; those before are past.
    pub from_round: usize,
    /// How well the rounds mix people, where people move.
    pub meetings: Option<Meetings>,
    /// The time that is left of what was asked for.
    pub in_hand: Seconds,
    /// What had to give.
    pub notes: Vec<Diagnostic>,
}

/// What a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The beginning: the rule card.
    Opening,
    /// A round, numbered from 1.
    Round(usize),
    /// A moment of quiet after two deep rounds.
    Quiet,
    /// The end: thanks.
    Landing,
}

/// A stretch of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What it is.
    pub what: What,
    /// The number of the format's part, where it is a round.
    pub part: Option<usize>,
    /// The name for people.
    pub title: String,
    /// What whoever leads says.
    pub say: Vec<String>,
    /// How long people need before it to change places.
    pub moving: Seconds,
    /// When it begins, once everybody sits, counted from the beginning of the session.
    pub at: Seconds,
    /// How long it takes.
    pub length: Seconds,
    /// How deep it goes.
    pub depth: Option<Depth>,
    /// The cards, in order.
    pub cards: Vec<Pick>,
    /// The cards that take the place of one that is passed or swapped.
    pub reserve: Vec<Pick>,
    /// Whether the cards are those of the round before.
    pub keeps_cards: bool,
    /// Who sits with whom.
    pub seating: Seating,
    /// Who begins in each group with the first card; with the next card the next.
    pub first: Vec<usize>,
    /// What is done with each card, in order.
    pub steps: Vec<TimedStep>,
}

/// What is done with a card, and how long it takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimedStep {
    /// Everybody of a group in turn does all of this; there is time for so many turns.
    Turns {
        /// How many turns of these lengths there is time for.
        turns: usize,
        /// What each does in their turn.
        beats: Vec<TimedBeat>,
    },
    /// All do this at the same time.
    Together(TimedBeat),
}

/// Something that takes its time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct TimedBeat {
    /// Who does it.
    pub role: Role,
    /// What they do.
    pub does: String,
    /// How long.
    pub time: Seconds,
}

impl TimedBeat {
    /// Returns how long it takes in a group of `size`, where there is time for so many `turns` of the
    /// whole length: equal parts for everybody, in whole seconds.
    pub fn time_in(&self, size: usize, turns: usize) -> Seconds {
        let (size, turns) = (size.max(1) as u64, turns as u64);
        Seconds((u64::from(self.time.0) * turns / size) as u32)
    }
}

impl TimedStep {
    /// Returns how long it takes.
    pub fn length(&self) -> Seconds {
        match self {
            Self::Turns { turns, beats } => {
                beats.iter().map(|beat| beat.time).sum::<Seconds>() * *turns as u32
            }
            Self::Together(beat) => beat.time,
        }
    }
}

impl TimedStep {
    /// Returns the step in words, with its times.
    pub fn in_words(&self) -> String {
        match self {
            Self::Turns { turns, beats } => {
                let each = if *turns == 2 { "both in turn" } else { "each in turn" };
                let beats: Vec<String> = beats.iter().map(TimedBeat::in_words).collect();
                format!("{each}: {}", beats.join("; "))
            }
            Self::Together(beat) => format!("{}: {}", beat.time, beat.does),
        }
    }
}

impl TimedBeat {
    fn in_words(&self) -> String {
        let role = match self.role {
            Role::Speaker => "the speaker ",
            Role::Listener => "the listener ",
            Role::Observer => "the observer ",
            Role::All => "",
        };
        format!("{}, {role}{}", self.time, self.does)
    }
}

impl Stage {
    /// Returns the number of the round, if it is one.
    pub fn round(&self) -> Option<usize> {
        match self.what {
            What::Round(number) => Some(number),
            _ => None,
        }
    }

    /// Returns when it is over.
    pub fn end(&self) -> Seconds {
        self.at + self.length
    }

    /// Returns who sits in each group, whoever begins first.
    pub fn in_turn(&self) -> impl Iterator<Item = Vec<usize>> + '_ {
        self.seating.groups.iter().zip(&self.first).map(|(group, first)| {
            let mut group = group.clone();
            let begins = group.iter().position(|person| person == first);
            group.rotate_left(begins.unwrap_or_default());
            group
        })
    }

    /// Returns how long one turn takes in groups of another size than the usual one, in words.
    pub fn other_turns(&self) -> Vec<String> {
        let usual = self.steps.iter().find_map(|step| match step {
            TimedStep::Turns { turns, .. } => Some(*turns),
            TimedStep::Together(_) => None,
        });
        let mut sizes: Vec<usize> = self.seating.groups.iter().map(Vec::len).collect();
        sizes.sort_unstable();
        sizes.dedup();
        let others =
            sizes.into_iter().filter(|size| usual.is_some_and(|usual| usual != *size) && *size > 1);
        let words = others.filter_map(|size| {
            let turn = self.turn_in(size)?;
            Some(format!("in a group of {size} each turn takes {turn} in all"))
        });
        words.collect()
    }

    /// Returns how long one turn takes in a group of `size`; none where nobody takes turns.
    pub fn turn_in(&self, size: usize) -> Option<Seconds> {
        let of_step = |step: &TimedStep| match step {
            TimedStep::Turns { turns, beats } => {
                Some(beats.iter().map(|beat| beat.time_in(size, *turns)).sum::<Seconds>())
            }
            TimedStep::Together(_) => None,
        };
        let turns: Vec<Seconds> = self.steps.iter().filter_map(of_step).collect();
        (!turns.is_empty()).then(|| turns.into_iter().sum())
    }
}

impl Plan {
    /// Returns those who are there, by their places among the people.
    pub fn present(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.people.len()).filter(|person| self.gone.binary_search(person).is_err())
    }

    /// Returns where a stage is: its name, and among several rounds its number.
    pub fn place(&self, stage: &Stage) -> String {
        match (stage.round(), self.last_round()) {
            (Some(round), last @ 2..) => format!("{} · {round} of {last}", stage.title),
            _ => stage.title.clone(),
        }
    }

    /// Returns whether a stage is the first of its part that is still to come: what is said and done in
    /// all of them need be told but once.
    pub fn opens_part(&self, stage: &Stage) -> bool {
        let same = |other: &&Stage| stage.part.is_some() && other.part == stage.part;
        !self.rounds().filter(same).any(|other| other.at < stage.at)
    }

    /// Returns how people are grouped in a stage.
    pub fn grouping(&self, stage: &Stage) -> Grouping {
        let part = stage.part.and_then(|part| self.format.parts.get(part));
        part.unwrap_or(&self.format.landing).grouping
    }

    /// Returns how many are there.
    pub fn count(&self) -> usize {
        self.people.len() - self.gone.len()
    }

    /// Returns the rounds that are still to come.
    pub fn rounds(&self) -> impl Iterator<Item = &Stage> {
        let to_come = |stage: &&Stage| stage.round().is_some_and(|round| round >= self.from_round);
        self.stages.iter().filter(to_come)
    }

    /// Returns the number of rounds of the part in which it can be chosen, if there is one.
    pub fn chosen_rounds(&self) -> Option<usize> {
        let part = self.format.parts.iter().position(|part| part.rounds.is_open())?;
        Some(self.stages.iter().filter(|stage| stage.part == Some(part)).count())
    }

    /// Returns the rounds that are past.
    pub fn past(&self) -> impl Iterator<Item = &Stage> {
        let is_past = |stage: &&Stage| stage.round().is_some_and(|round| round < self.from_round);
        self.stages.iter().filter(is_past)
    }

    /// Returns everything that is still to come: the opening too, unless rounds are past.
    pub fn to_come(&self) -> impl Iterator<Item = &Stage> {
        let first = self.stages.iter().position(|stage| stage.round() == Some(self.from_round));
        let first = if self.from_round == 1 { 0 } else { first.unwrap_or(self.stages.len() - 1) };
        self.stages.iter().skip(first)
    }

    /// Returns the opening; none where rounds are past.
    pub fn opening(&self) -> Option<&Stage> {
        self.stages.first().filter(|stage| stage.what == What::Opening && self.from_round == 1)
    }

    /// Returns the landing.
    pub fn landing(&self) -> Option<&Stage> {
        self.stages.last().filter(|stage| stage.what == What::Landing)
    }

    /// Returns how long it takes in all.
    pub fn length(&self) -> Seconds {
        self.stages.last().map_or(Seconds::ZERO, Stage::end)
    }

    /// Returns the time of the day at a moment of the session, if its beginning is known; after
    /// midnight the clock begins anew.
    pub fn clock(&self, at: Seconds) -> Option<Time> {
        let start = self.start?;
        Some(start.wrapping_add(i64::from(at.0).seconds()))
    }

    /// Returns a moment of the session in words: the time of the day, else the time since it began.
    pub fn when(&self, at: Seconds) -> String {
        match self.clock(at) {
            Some(time) => time.strftime("%H:%M").to_string(),
            None => {
                let minutes = SignedDuration::from_secs(at.0.into()).as_mins();
                format!("{}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }

    fn most_groups(&self) -> usize {
        self.stages.iter().map(|stage| stage.seating.groups.len()).max().unwrap_or_default()
    }

    /// Returns how many copies of each card are needed, in the order in which they come: one for each
    /// group that uses it at the same time.
    pub fn copies(&self) -> Vec<Copies> {
        let mut copies: Vec<Copies> = Vec::new();
        for stage in self.to_come() {
            let groups = match stage.what {
                // Who stays together has a pack, with a rule card in it.
                What::Opening | What::Quiet if self.format.stay => self.most_groups(),
                _ => stage.seating.groups.len(),
            };
            // Who thinks alone asks whoever leads for another card.
            let is_alone = stage.seating.groups.iter().all(|group| group.len() < 2);
            let reserves = if is_alone { 1 } else { groups };
            let each =
                [(&stage.cards, Use::Card, groups), (&stage.reserve, Use::Reserve, reserves)];
            for (cards, used, groups) in each {
                for pick in cards {
                    match copies.iter_mut().find(|copies| copies.card == *pick) {
                        Some(known) => known.count = known.count.max(groups),
                        None => copies.push(Copies { card: *pick, count: groups, used }),
                    }
                }
            }
        }
        copies
    }
}

/// How many copies of a card are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copies {
    /// The card.
    pub card: Pick,
    /// How many.
    pub count: usize,
    /// What for.
    pub used: Use,
}

/// What a card is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is read.
    Card,
    /// It waits for another to be passed or swapped.
    Reserve,
}
