//! A session while it is lived: the card, whose turn it is, and a timer for each side.
//!
//! [`Live`] is moved by a clock and by what people wish; it asks no clock itself. A cue begins when the
//! one before was planned to end, not when somebody looked, so that nothing drifts however seldom one
//! looks. What has to be remembered comes out as [`Happened`], and a [`Snapshot`] is all that it takes to
//! go on after the program was ended.

mod script;
mod snapshot;
mod table;
#[cfg(test)]
mod tests;
mod view;

use std::collections::HashSet;
use std::time::Duration;

use super::plan::Plan;
use crate::deck::{Depth, Pick};
pub use script::{Act, Cue, Turn, Who};
pub use snapshot::Snapshot;
use table::Table;
pub use view::{Side, View};

/// From which depth on one is asked before it goes on.
pub const DEEP: u8 = 4;

/// A gap between two looks at the clock after which the machine must have slept.
const SLEEP: Duration = Duration::from_secs(30);

/// What one wish for more time gives.
const MINUTE: Duration = Duration::from_secs(60);

/// A clock that only ever goes forward.
pub trait Clock {
    /// Returns the time since some moment of the clock's own.
    fn now(&self) -> Duration;
}

/// Who decides that a turn is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// The timer does.
    #[default]
    Timed,
    /// People do: a turn whose time is over goes on until they wish for the next.
    ByHand,
}

/// What people may wish for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Stop the time, or let it go on.
    Pause,
    /// Go on to the next cue.
    Next,
    /// Go back to the cue before.
    Back,
    /// Pass the card, which is remembered; one in reserve comes in its place, if there is one.
    Pass,
    /// Take the card in reserve, and put this one there.
    Swap,
    /// Go on to a deeper card, where that is asked.
    Agree,
    /// A minute more for this turn, and for those after it around the same card.
    Minute,
}

/// What came of a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It was done.
    Done,
    /// There is more time, also for turns of others that come later if that is so.
    Longer {
        /// Whether it is so.
        later: bool,
    },
    /// There is no card on the table.
    NoCard,
    /// There is no card in reserve.
    NoReserve,
    /// The card was passed and nothing came in its place: what comes next began.
    WentOn,
    /// This is the beginning.
    AtBeginning,
    /// Nothing has a time here.
    NotNow,
}

/// A bell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bell {
    /// A turn, or a part of one, is over.
    Once,
    /// A stage is over.
    Twice,
}

/// What is to be remembered of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It was put on the table, for the first time in this session.
    Shown(Pick),
    /// It was passed.
    Passed(Pick),
    /// So much time was spent with it.
    Spent(Pick, Duration),
}

/// Whether the time goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It does.
    Running,
    /// Somebody stopped it.
    Paused,
    /// The machine slept, so it was stopped.
    Slept,
    /// It waits for a yes, because the next card goes deeper, to this depth.
    Asking(Depth),
    /// All is done.
    Over,
}

/// A session under way.
#[derive(Clone, Debug)]
pub struct Live<'p> {
    plan: &'p Plan,
    cues: Vec<Cue>,
    /// What each cue has beyond its planned length.
    added: Vec<Duration>,
    table: Table,
    pace: Pace,
    /// The number of the cue; as many as there are when all is done.
    at: usize,
    /// How far the session's own time is ahead of the clock: by as long as it lasted before that began.
    ahead: Duration,
    /// When the cue began; later by as long as it was stopped.
    since: Duration,
    /// Since when the time stands still.
    halted: Option<Duration>,
    mode: Mode,
    /// When the session began.
    began: Duration,
    /// When somebody looked last.
    looked: Duration,
    /// Whether the bell of this cue has rung.
    has_rung: bool,
    /// The deepest depth that was agreed to.
    agreed: u8,
    /// The cards that were shown.
    shown: HashSet<(u32, u32)>,
    /// How long the card on the table lay there in earlier cues.
    spent: Duration,
    /// How much of the time of this cue has been told of already.
    told: Duration,
    happened: Vec<Happened>,
}

impl<'p> Live<'p> {
    /// Begins what is still to come of `plan`, at the moment `now` of the clock.
    pub fn new(plan: &'p Plan, pace: Pace, now: Duration) -> Self {
        let mut live = Self::at_rest(plan, pace, now);
        live.enter(0, now);
        live
    }

    /// A session before its first cue.
    fn at_rest(plan: &'p Plan, pace: Pace, now: Duration) -> Self {
        let cues = script::cues(plan);
        Self {
            plan,
            added: vec![Duration::ZERO; cues.len()],
            cues,
            table: Table::of(plan),
            pace,
            at: 0,
            ahead: Duration::ZERO,
            since: now,
            halted: None,
            mode: Mode::Running,
            began: now,
            looked: now,
            has_rung: false,
            agreed: DEEP - 1,
            shown: HashSet::new(),
            spent: Duration::ZERO,
            told: Duration::ZERO,
            happened: Vec::new(),
        }
    }

    /// Returns whether the time goes on.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Returns what happened since this was asked last.
    pub fn take_happened(&mut self) -> Vec<Happened> {
        std::mem::take(&mut self.happened)
    }

    /// Goes on to `now`, and returns the bells that ring.
    ///
    /// Where nobody looked for half a minute the machine has slept: the time stops at the last look.
    pub fn tick(&mut self, now: Duration) -> Vec<Bell> {
        let now = self.look(now);
        let mut bells = Vec::new();
        while self.mode == Mode::Running && self.elapsed(now) >= self.length(self.at) {
            if !self.has_rung {
                bells.push(self.bell());
            }
            if self.pace == Pace::ByHand {
                self.has_rung = true;
                break;
            }
            let end = self.since + self.length(self.at);
            self.enter(self.at + 1, end);
        }
        bells
    }

    /// Does what somebody wishes at the moment `now`.
    pub fn obey(&mut self, wish: Wish, now: Duration) -> Reply {
        let now = self.look(now);
        match (wish, self.mode) {
            (Wish::Back, Mode::Over) => self.back(now),
            (_, Mode::Over) => Reply::NotNow,
            (Wish::Agree, Mode::Asking(depth)) => {
                self.agreed = depth.level();
                self.go_on(now);
                self.show();
                Reply::Done
            }
            // Nobody sees a deep card for having pressed a key once too often.
            (Wish::Pause | Wish::Next, Mode::Asking(_)) | (Wish::Agree, _) => Reply::NotNow,
            (Wish::Pause, Mode::Running) => {
                self.halt(Mode::Paused, now);
                Reply::Done
            }
            (Wish::Pause, _) => self.go_on(now),
            (Wish::Next, _) => {
                self.enter(self.at + 1, now);
                Reply::Done
            }
            (Wish::Back, _) => self.back(now),
            (Wish::Swap | Wish::Minute, Mode::Asking(_)) => Reply::NotNow,
            (Wish::Pass, _) => self.pass(now),
            (Wish::Swap, _) => self.swap(now),
            (Wish::Minute, _) => self.lengthen(now),
        }
    }

    /// Ends the session where it is, so that it can be gone on with: the time goes no further, and what
    /// was spent with the card on the table has happened.
    pub fn leave(&mut self, now: Duration) {
        let now = self.look(now);
        self.close_card(now);
        if self.mode == Mode::Running {
            self.halt(Mode::Paused, now);
        }
    }

    /// Stops the time where the machine was last awake: somebody knows that it slept since.
    pub fn slept(&mut self) {
        if self.mode == Mode::Running {
            self.halt(Mode::Slept, self.looked);
        }
    }

    /// Returns `now` in the session's own time, and stops that at the last look if the machine slept since.
    fn look(&mut self, now: Duration) -> Duration {
        let now = now + self.ahead;
        if now.saturating_sub(self.looked) > SLEEP {
            self.slept();
        }
        self.looked = now;
        now
    }

    fn halt(&mut self, mode: Mode, at: Duration) {
        self.halted = Some(at);
        self.mode = mode;
    }

    fn go_on(&mut self, now: Duration) -> Reply {
        if let Some(at) = self.halted.take() {
            self.since += now.saturating_sub(at);
        }
        self.mode = Mode::Running;
        Reply::Done
    }

    fn back(&mut self, now: Duration) -> Reply {
        let Some(mut before) = (0..self.at).rev().find(|at| !self.is_void(*at)) else {
            return Reply::AtBeginning;
        };
        // A card that nobody has seen yet begins with its first turn.
        if let Some((stage, card)) = self.card_of(before)
            && let Some(pick) = self.table.card(stage, card)
            && !self.shown.contains(&(pick.deck, pick.card))
        {
            let is_around = |at: &usize| self.card_of(*at) == Some((stage, card));
            before = (0..before).rev().take_while(is_around).last().unwrap_or(before);
        }
        self.enter(before, now);
        Reply::Done
    }

    fn pass(&mut self, now: Duration) -> Reply {
        let Some((stage, card, pick)) = self.on_the_table() else { return Reply::NoCard };
        if let Mode::Asking(_) = self.mode {
            // Nobody saw it, so nothing is to be remembered.
            self.enter(self.card_ends(), now);
            return Reply::WentOn;
        }
        self.close_card(now);
        self.happened.push(Happened::Passed(pick));
        let is_replaced = self.table.has_reserve(stage);
        self.table.pass(stage, card);
        self.enter(if is_replaced { self.turn_begins() } else { self.at }, now);
        if is_replaced { Reply::Done } else { Reply::WentOn }
    }

    fn swap(&mut self, now: Duration) -> Reply {
        let Some((stage, card, _)) = self.on_the_table() else { return Reply::NoCard };
        if !self.table.has_reserve(stage) {
            return Reply::NoReserve;
        }
        self.close_card(now);
        self.table.swap(stage, card);
        self.enter(self.turn_begins(), now);
        Reply::Done
    }

    /// Gives this cue a minute more, and as much to the turns of others that come after it around the
    /// same card.
    ///
    /// Where its time is over already the minute begins now.
    fn lengthen(&mut self, now: Duration) -> Reply {
        let over = self.elapsed(now).saturating_sub(self.length(self.at));
        let Some(cue) = self.cues.get(self.at) else { return Reply::NotNow };
        let beat = |cue: &Cue| cue.turn().map(|turn| turn.beat);
        let is_alike = |other: &Cue| other.is_around(cue) && beat(other) == beat(cue);
        let later = (self.at + 1..self.cues.len()).filter(|later| is_alike(&self.cues[*later]));
        let later: Vec<usize> = later.collect();
        later.iter().for_each(|cue| self.added[*cue] += MINUTE);
        self.added[self.at] += over + MINUTE;
        self.has_rung = false;
        Reply::Longer { later: !later.is_empty() }
    }

    /// Begins the first cue from number `at` on whose card is there, at the moment `now`.
    fn enter(&mut self, at: usize, now: Duration) {
        let next = (at..self.cues.len()).find(|at| !self.is_void(*at)).unwrap_or(self.cues.len());
        if self.card_of(next) != self.card_of(self.at) {
            self.close_card(now);
        }
        self.spent += self.elapsed(now).saturating_sub(self.told);
        (self.at, self.since, self.told, self.has_rung) = (next, now, Duration::ZERO, false);
        match self.mode {
            Mode::Asking(_) | Mode::Over => (self.mode, self.halted) = (Mode::Running, None),
            // Whoever stopped the time and looks around has it stopped still.
            Mode::Running | Mode::Paused | Mode::Slept => self.halted = self.halted.map(|_| now),
        }
        match self.deeper() {
            Some(depth) => self.halt(Mode::Asking(depth), now),
            None if next == self.cues.len() => self.halt(Mode::Over, now),
            None => self.show(),
        }
    }

    /// Returns the depth of the card on the table, if nobody agreed yet to go as deep.
    fn deeper(&self) -> Option<Depth> {
        let (stage, ..) = self.on_the_table()?;
        self.plan.stages[stage].depth.filter(|depth| depth.level() > self.agreed)
    }

    /// Notes that the card on the table was shown, if it was not before.
    fn show(&mut self) {
        let Some((_, _, pick)) = self.on_the_table() else { return };
        if self.shown.insert((pick.deck, pick.card)) {
            self.happened.push(Happened::Shown(pick));
        }
    }

    /// Notes how long the card on the table has lain there.
    fn close_card(&mut self, now: Duration) {
        let elapsed = self.elapsed(now);
        let spent = std::mem::take(&mut self.spent) + elapsed.saturating_sub(self.told);
        self.told = elapsed;
        let Some((_, _, pick)) = self.on_the_table() else { return };
        if spent >= Duration::from_secs(1) {
            self.happened.push(Happened::Spent(pick, spent));
        }
    }

    /// Returns the stage, the place among its cards, and the card on the table.
    fn on_the_table(&self) -> Option<(usize, usize, Pick)> {
        let (stage, card) = self.card_of(self.at)?;
        Some((stage, card, self.table.card(stage, card)?))
    }

    /// Returns the stage of a cue and the place of its card there.
    fn card_of(&self, at: usize) -> Option<(usize, usize)> {
        let cue = self.cues.get(at)?;
        Some((cue.stage, cue.card?))
    }

    /// Returns whether the card of a cue was passed and nothing came in its place.
    fn is_void(&self, at: usize) -> bool {
        self.card_of(at).is_some_and(|(stage, card)| self.table.card(stage, card).is_none())
    }

    /// Returns the number of the cue with which the turn of this moment begins.
    fn turn_begins(&self) -> usize {
        let turn = |at: &usize| {
            let cue = &self.cues[*at];
            cue.turn().map(|turn| (cue.stage, cue.card, turn.step, turn.turn))
        };
        let here = turn(&self.at);
        let before = (0..self.at).rev().take_while(|at| here.is_some() && turn(at) == here);
        before.last().unwrap_or(self.at)
    }

    /// Returns the number of the first cue behind those around the card on the table.
    fn card_ends(&self) -> usize {
        let here = self.card_of(self.at);
        let other = (self.at..self.cues.len()).find(|at| self.card_of(*at) != here);
        other.unwrap_or(self.cues.len())
    }

    /// Returns the bell at the end of this cue.
    fn bell(&self) -> Bell {
        let stage = |at: usize| self.cues.get(at).map(|cue| cue.stage);
        let next = (self.at + 1..self.cues.len()).find(|at| !self.is_void(*at));
        if next.is_some_and(|next| stage(next) == stage(self.at)) {
            Bell::Once
        } else {
            Bell::Twice
        }
    }

    /// Returns how long this cue has lasted, without the time that stood still.
    fn elapsed(&self, now: Duration) -> Duration {
        self.halted.unwrap_or(now).saturating_sub(self.since)
    }

    /// Returns how long a cue lasts.
    fn length(&self, at: usize) -> Duration {
        self.cues.get(at).map_or(Duration::ZERO, |cue| cue.time() + self.added[at])
    }
}
