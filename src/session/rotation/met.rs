//! Who has met whom how often, and what it would cost that they meet again.

use super::{RotationRequest, Seating};

/// What it costs that two meet who shall not: more than any number of others who meet again.
const APART: u32 = 10_000;

/// What it costs that two meet again at all.
pub(super) const AGAIN: u32 = 4;

/// Who has met whom.
#[derive(Clone, Debug)]
pub(super) struct Met {
    people: usize,
    /// How often each two have met, as a square table.
    times: Vec<u32>,
    /// Which of them shall not.
    apart: Vec<bool>,
    /// How often each was the one too many: in a triad among pairs, or resting.
    spare: Vec<u32>,
    cost: u32,
}

impl Met {
    /// Those of a request, with the rounds that are past.
    pub fn new(request: &RotationRequest) -> Self {
        let people = request.people;
        let mut apart = vec![false; people * people];
        let known = |(a, b): &&(usize, usize)| *a < people && *b < people && a != b;
        for (a, b) in request.apart.iter().filter(known) {
            (apart[a * people + b], apart[b * people + a]) = (true, true);
        }
        let times = vec![0; people * people];
        let mut met = Self { people, times, apart, spare: vec![0; people], cost: 0 };
        for round in request.past {
            let here =
                |group: &Vec<usize>| group.iter().copied().filter(|at| *at < people).collect();
            let groups = round.groups.iter().map(here).collect();
            met.add(&Seating { groups, resting: here(&round.resting) });
        }
        // What is past costs nothing: it cannot be helped.
        met.cost = 0;
        met
    }

    /// Returns how often two have met.
    pub fn times(&self, a: usize, b: usize) -> u32 {
        self.times[a * self.people + b]
    }

    /// Returns whether two shall not meet.
    pub fn are_apart(&self, a: usize, b: usize) -> bool {
        self.apart[a * self.people + b]
    }

    /// Returns what it costs that two meet once more: little more each time, so that before all as many
    /// as can be meet at all.
    pub fn cost_of(&self, a: usize, b: usize) -> u32 {
        let at = a * self.people + b;
        let again = if self.times[at] > 0 { AGAIN + self.times[at] } else { 0 };
        again + if self.apart[at] { APART } else { 0 }
    }

    /// Returns what all meetings cost.
    pub fn cost(&self) -> u32 {
        self.cost
    }

    /// Notes that two meet.
    pub fn meet(&mut self, a: usize, b: usize) {
        self.cost += self.cost_of(a, b);
        self.times[a * self.people + b] += 1;
        self.times[b * self.people + a] += 1;
    }

    /// Takes back that two meet.
    pub fn part(&mut self, a: usize, b: usize) {
        self.times[a * self.people + b] -= 1;
        self.times[b * self.people + a] -= 1;
        self.cost -= self.cost_of(a, b);
    }

    /// Notes a round.
    pub fn add(&mut self, round: &Seating) {
        round.meetings().for_each(|(a, b)| self.meet(a, b));
        for person in spares(round) {
            self.spare[person] += 1;
        }
    }

    /// Returns how often somebody was the one too many.
    pub fn spare(&self, person: usize) -> u32 {
        self.spare[person]
    }

    /// Notes that one person takes the place of another as the one too many.
    pub fn take_turn(&mut self, comes: usize, goes: usize) {
        self.spare[comes] += 1;
        self.spare[goes] -= 1;
    }
}

/// Returns those who rest or, among pairs, make a triad.
fn spares(round: &Seating) -> impl Iterator<Item = usize> + '_ {
    let has_pairs = round.groups.iter().any(|group| group.len() == 2);
    let triads = round.groups.iter().filter(move |group| has_pairs && group.len() > 2);
    triads.flatten().chain(&round.resting).copied()
}
