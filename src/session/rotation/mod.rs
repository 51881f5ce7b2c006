//! Who sits with whom in which round.
//!
//! Pairs of an even number of people follow the circle method, which lets everybody meet everybody in
//! one round fewer than there are people; concentric circles move on by one place. Whatever these
//! cannot do, tables, odd numbers, people to keep apart, rounds that are past, is searched for: from a
//! good beginning, two people change places as long as that lets fewer meet again. What came of it
//! stands beside what no plan could better ([`Meetings`]).

mod bound;
mod circle;
mod met;
mod rings;
mod search;
mod sizes;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use bound::Meetings;
pub use sizes::{Sizes, sizes};

/// How people are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// Everybody alone.
    Alone,
    /// In pairs.
    Pairs,
    /// In pairs that face one another: one sits in the inner circle, one in the outer.
    Circles,
    /// In threes; where they do not come out, in fours.
    Threes,
    /// In fours; where they do not come out, in threes and fives.
    Fours,
    /// At tables of about as many as the format says.
    Tables,
    /// All together.
    All,
}

/// What becomes of the one whom pairs leave over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Odd {
    /// Joins a pair.
    #[default]
    Triad,
    /// Rests for a round.
    Rest,
}

/// The groups of a round, people by their numbers from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seating {
    /// Those who sit together.
    pub groups: Vec<Vec<usize>>,
    /// Those who rest.
    pub resting: Vec<usize>,
}

impl Seating {
    /// Returns every two who meet, the lower number first.
    pub fn meetings(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.groups.iter().flat_map(|group| {
            let pairs = group.iter().enumerate();
            pairs.flat_map(|(at, a)| group[at + 1..].iter().map(|b| (*a.min(b), *a.max(b))))
        })
    }
}

/// What is asked of a rotation.
#[derive(Clone, Copy, Debug)]
pub struct RotationRequest<'a> {
    /// How many people there are.
    pub people: usize,
    /// How they are grouped.
    pub grouping: Grouping,
    /// How many sit at a table, where they sit at tables.
    pub table: usize,
    /// How many rounds there are.
    pub rounds: usize,
    /// What becomes of the one whom pairs leave over.
    pub odd: Odd,
    /// Who shall not meet.
    pub apart: &'a [(usize, usize)],
    /// The rounds that are past; who met there has met.
    pub past: &'a [Seating],
    /// The number that chance starts from.
    pub seed: u64,
}

/// The rounds, and how well they mix people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The rounds, those of the past left out.
    pub rounds: Vec<Seating>,
    /// Who meets again, and how often that cannot be helped.
    pub meetings: Meetings,
}

impl RotationRequest<'_> {
    /// Returns the rounds.
    ///
    /// Everybody has a place in each. Nobody meets anybody twice before that cannot be avoided, as far
    /// as the search can see. The same request gives the same rounds on every machine
    /// (`algorithm = 1`).
    pub fn rotate(&self) -> Rotation {
        let rounds = match self.grouping {
            _ if self.people == 0 || self.rounds == 0 => Vec::new(),
            Grouping::Alone | Grouping::All => vec![self.unmixed(); self.rounds],
            Grouping::Circles => rings::rounds(self),
            Grouping::Pairs if self.is_plain() => circle::rounds(self.people, self.rounds),
            _ => self.searched(),
        };
        Rotation { meetings: Meetings::of(self, &rounds), rounds }
    }

    /// Returns whether the circle method alone answers: an even number, or one that rests, nobody to
    /// keep apart but who can be kept in a round that is not used, and no past.
    fn is_plain(&self) -> bool {
        let comes_out = self.people.is_multiple_of(2) || self.odd == Odd::Rest;
        comes_out && self.apart.is_empty() && self.past.is_empty()
    }

    fn unmixed(&self) -> Seating {
        let everybody = 0..self.people;
        let groups = match self.grouping {
            Grouping::Alone => everybody.map(|person| vec![person]).collect(),
            _ => vec![everybody.collect()],
        };
        Seating { groups, resting: Vec::new() }
    }

    fn searched(&self) -> Vec<Seating> {
        let sizes = sizes(self.people, self.grouping, self.table, self.odd);
        let start = match self.grouping {
            Grouping::Pairs => circle::beginning(self),
            _ => search::beginning(&sizes, self),
        };
        search::improve(start, self)
    }
}
