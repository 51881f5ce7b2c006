//! How long everything takes, and what of it fits into the time there is.

use super::format::{Beat, Format, Part, Span, Step};
use super::rotation::{Grouping, Odd, sizes};
use super::seconds::Seconds;

/// How long a moment of quiet takes after two deep rounds.
pub const QUIET: Seconds = Seconds(60);

/// The steps of times that are stretched, below two minutes and from there on: what a person still
/// reads from a clock.
const STEPS: [i64; 2] = [5, 15];

/// How far times are stretched: thousandths of the way from the usual to the longest, below nothing
/// to the shortest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch(pub i32);

impl Stretch {
    /// As short as can be.
    pub const SHORTEST: Self = Self(-1000);

    /// Returns a time stretched so, in steps of five seconds.
    pub fn of(self, span: Span) -> Seconds {
        let (end, parts) = match self.0 {
            ..0 => (span.least, -i64::from(self.0)),
            _ => (span.most, i64::from(self.0)),
        };
        let (usual, end) = (i64::from(span.usual.0), i64::from(end.0));
        let exact = usual + (end - usual) * parts / 1000;
        let step = STEPS[usize::from(exact >= 120)];
        let stepped = (exact + step / 2) / step * step;
        let within = stepped.clamp(span.least.0.into(), span.most.0.into());
        Seconds(within as u32)
    }
}

/// How many rounds and cards there are, and how far their times are stretched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tempo<'a> {
    pub format: &'a Format,
    pub people: usize,
    pub odd: Odd,
    /// How many rounds the part has whose number can be chosen.
    pub rounds: Option<usize>,
    /// How many cards a round of the part has whose number can be chosen.
    pub cards: Option<usize>,
    pub stretch: Stretch,
    /// How many moments of quiet there are.
    pub quiet: usize,
}

impl Tempo<'_> {
    /// Returns how many rounds a part has.
    pub fn rounds(&self, part: &Part) -> usize {
        if part.rounds.is_open() {
            self.rounds.unwrap_or(part.rounds.usual)
        } else {
            part.rounds.usual
        }
    }

    /// Returns how many cards a round of a part has.
    pub fn cards(&self, part: &Part) -> usize {
        if part.cards.is_open() { self.cards.unwrap_or(part.cards.usual) } else { part.cards.usual }
    }

    /// Returns for how many turns there is time with each card of a part: as many as its groups have
    /// people. In pairs and threes a larger group shares that of a usual one.
    pub fn turns(&self, part: &Part) -> usize {
        turns(part.grouping, self.people, self.format.table, self.odd)
    }

    /// Returns how long a round of a part takes.
    pub fn round(&self, part: &Part) -> Seconds {
        let turns = self.turns(part) as u32;
        let step = |step: &Step| match step {
            Step::Turns(beats) => beats.iter().map(|beat| self.beat(beat)).sum::<Seconds>() * turns,
            Step::Together(beat) => self.beat(beat),
        };
        part.steps.iter().map(step).sum::<Seconds>() * self.cards(part) as u32
    }

    /// Returns how long something takes.
    pub fn beat(&self, beat: &Beat) -> Seconds {
        self.stretch.of(beat.time)
    }

    /// Returns how long the opening takes.
    pub fn opening(&self) -> Seconds {
        self.stretch.of(self.format.opening.time)
    }

    /// Returns how long people need to change places before a round; `before` is how they sat.
    pub fn moving(&self, before: Option<Grouping>, now: Grouping) -> Seconds {
        let is_moved = match (before, now) {
            (None, _) | (_, Grouping::Alone | Grouping::All) => false,
            (Some(before), now) => before != now || !self.format.stay,
        };
        if is_moved { self.format.moving } else { Seconds::ZERO }
    }

    /// Returns how long everything takes.
    pub fn whole(&self) -> Seconds {
        let mut whole = self.opening() + QUIET * self.quiet as u32;
        let mut before = None;
        for part in &self.format.parts {
            for _ in 0..self.rounds(part) {
                whole += self.moving(before, part.grouping) + self.round(part);
                before = Some(part.grouping);
            }
        }
        let landing = &self.format.landing;
        // Whoever sits together stays for the landing.
        if before != Some(landing.grouping) {
            whole += self.moving(before, landing.grouping);
        }
        whole + self.round(landing)
    }

    /// Returns this tempo as slow as fits into `time`, if it fits at all.
    pub fn within(self, time: Seconds) -> Option<Self> {
        let fits = |stretch: i32| Self { stretch: Stretch(stretch), ..self }.whole() <= time;
        if !fits(Stretch::SHORTEST.0) {
            return None;
        }
        // The whole never becomes shorter as it is stretched.
        let (mut fitting, mut end) = (Stretch::SHORTEST.0, 1001);
        while end - fitting > 1 {
            let middle = (fitting + end) / 2;
            if fits(middle) { fitting = middle } else { end = middle }
        }
        Some(Self { stretch: Stretch(fitting), ..self })
    }
}

/// Returns for how many turns there is time in groups of so many people.
pub(super) fn turns(grouping: Grouping, people: usize, table: usize, odd: Odd) -> usize {
    match grouping {
        Grouping::Alone => 1,
        Grouping::Pairs | Grouping::Circles => 2,
        Grouping::Threes => 3,
        _ => sizes(people, grouping, table, odd).groups.first().copied().unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::Formats;
    use super::*;

    #[test]
    fn times_stretch_between_their_limits_in_steps() {
        let span = Span { least: Seconds(30), usual: Seconds(60), most: Seconds(122) };
        let of = |stretch| Stretch(stretch).of(span).0;
        assert_eq!([-1000, -500, -10, 0, 10, 500, 1000].map(of), [30, 45, 60, 60, 60, 90, 120]);
    }

    #[test]
    fn a_tempo_fills_the_time_there_is() {
        let formats = Formats::bundled();
        for id in formats.ids() {
            let format = formats.find(id).expect("it comes along");
            let people = format.people.usual;
            let usual = Tempo {
                format: &format,
                people,
                odd: Odd::Triad,
                rounds: None,
                cards: None,
                stretch: Stretch::default(),
                quiet: 0,
            };
            let [shortest, longest] =
                [-1000, 1000].map(|at| Tempo { stretch: Stretch(at), ..usual }.whole());
            assert!(shortest < usual.whole() && usual.whole() < longest, "{id}");
            assert!(usual.within(Seconds(shortest.0 - 1)).is_none());
            let lengths: Vec<Seconds> =
                (-1000..=1000).map(|at| Tempo { stretch: Stretch(at), ..usual }.whole()).collect();
            assert!(lengths.is_sorted(), "{id}: never shorter for being stretched");
            for time in (shortest.0..longest.0).step_by(97).map(Seconds) {
                let within = usual.within(time).expect("it fits").whole();
                let longest = lengths.iter().rfind(|length| **length <= time);
                assert_eq!(Some(&within), longest, "{id}: as long as fits");
            }
        }
    }
}
