//! What is to be seen of a session at a moment.

use std::time::Duration;

use super::{Cue, Live, Mode, Turn, Who};
use crate::deck::Pick;
use crate::session::{Plan, Stage};

/// A session at a moment.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What happens; nothing when all is done.
    pub cue: Option<&'a Cue>,
    /// The stage.
    pub stage: &'a Stage,
    /// The card on the table.
    pub card: Option<Pick>,
    /// Whether the time goes on.
    pub mode: Mode,
    /// How long this cue lasts.
    pub whole: Duration,
    /// How much of it is left.
    pub left: Duration,
    /// By how much its time is over.
    pub over: Duration,
    /// Whether this step has more time than planned.
    pub is_longer: bool,
    /// Everybody who has a turn in this step, in order; nobody where there are no turns.
    pub sides: Vec<Side>,
    /// How much time there is until the end, if nothing changes.
    pub to_end: Duration,
    /// By how much the end comes later than planned; by how much sooner where it is below nothing.
    pub late: i64,
}

/// A side of a conversation, and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Whose turn it is.
    pub who: Who,
    /// How long the turn lasts.
    pub whole: Duration,
    /// How much of it is left.
    pub left: Duration,
    /// Whether it is now.
    pub is_on: bool,
}

impl Live<'_> {
    /// Returns what is to be seen at the moment `now`.
    pub fn view(&self, now: Duration) -> View<'_> {
        let now = now + self.ahead;
        let cue = self.cues.get(self.at);
        let stage = cue.map_or(self.plan.stages.len().saturating_sub(1), |cue| cue.stage);
        let (elapsed, whole) = (self.elapsed(now), self.length(self.at));
        let left = whole.saturating_sub(elapsed);
        let later = (self.at + 1..self.cues.len()).filter(|at| !self.is_void(*at));
        let to_end = left + later.map(|at| self.length(at)).sum::<Duration>();
        let planned: Duration = self.cues.iter().map(Cue::time).sum();
        // The clock may have gone on since all was done.
        let now = if self.mode == Mode::Over { self.since } else { now };
        let all = now.saturating_sub(self.began) + to_end;
        View {
            plan: self.plan,
            cue,
            stage: &self.plan.stages[stage],
            card: self.on_the_table().map(|(_, _, pick)| pick),
            mode: self.mode,
            whole,
            left,
            over: elapsed.saturating_sub(whole),
            is_longer: cue.is_some_and(|cue| {
                let around = (0..self.cues.len()).filter(|at| self.cues[*at].is_around(cue));
                around.chain([self.at]).any(|at| !self.added[at].is_zero())
            }),
            sides: cue.map(|cue| self.sides(cue, left)).unwrap_or_default(),
            to_end,
            late: all.as_secs() as i64 - planned.as_secs() as i64,
        }
    }

    /// Returns the sides of the step of `cue`, of which this much is `left`.
    fn sides(&self, cue: &Cue, left: Duration) -> Vec<Side> {
        let mut sides: Vec<Side> = Vec::new();
        let around = (0..self.cues.len()).filter(|at| self.cues[*at].is_around(cue));
        for at in around {
            let Some(Turn { turn, of, .. }) = self.cues[at].turn() else { continue };
            if sides.len() <= *turn {
                let none = Duration::ZERO;
                sides.push(Side { who: *of, whole: none, left: none, is_on: false });
            }
            let Some(side) = sides.last_mut() else { continue };
            let length = self.length(at);
            side.whole += length;
            side.left += match at.cmp(&self.at) {
                std::cmp::Ordering::Less => Duration::ZERO,
                std::cmp::Ordering::Equal => left,
                std::cmp::Ordering::Greater => length,
            };
            side.is_on |= at == self.at;
        }
        sides
    }
}
