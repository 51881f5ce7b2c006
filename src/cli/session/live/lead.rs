//! Leading: from keys and the clock to the screen, round after round.

use std::io;
use std::time::Duration;

use jiff::{Timestamp, Zoned};
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::crossterm::event::Event;

use super::keeper::Keeper;
use super::keys::{Command, command};
use super::screen::{Look, draw};
use super::stage::{Hall, Stage, lost};
use super::words;
use crate::cli::failure::Failure;
use crate::deck::{Deck, Pick};
use crate::draw::ledger::Deed;
use crate::draw::{Keepsake, What};
use crate::problem::Diagnostic;
use crate::session::live::{Bell, Clock, Happened, Live, Mode, Reply, Wish};

/// How long one waits for a key before the screen is looked over again.
const BEAT: Duration = Duration::from_millis(250);

/// Between two rings; nearer together a terminal makes one of them.
const RINGS_APART: Duration = Duration::from_millis(350);

/// How often it is kept how far the session is, where nothing happens.
const KEEP: Duration = Duration::from_secs(5);

/// How long a question has to be there before somebody can have read it.
const READING: Duration = Duration::from_millis(700);

/// A gap between two looks after which the machine must have slept.
const NAP: Duration = Duration::from_secs(30);

/// How long a short message stays.
const MESSAGE: Duration = Duration::from_secs(4);

/// A session that is being led.
pub struct Leading<'a> {
    live: Live<'a>,
    decks: &'a [Deck],
    keeper: Keeper,
    is_mute: bool,
    shows_help: bool,
    /// What was said last, and until when it stays.
    message: Option<(String, Duration)>,
    /// When a ring is due.
    rings: Vec<Duration>,
    /// When it was kept last how far the session is.
    kept: Option<Duration>,
    /// Since when everybody is asked something.
    asked: Option<Duration>,
    naps: Naps,
    /// What went wrong.
    problems: Vec<Diagnostic>,
}

/// Finds out that the machine slept, which clocks that only go forward do not count on every system.
#[derive(Debug, Default)]
struct Naps {
    /// The moment of the session's clock and that of the world at the last look.
    last: Option<(Duration, Timestamp)>,
}

impl Naps {
    /// Returns whether the world went on for much longer than the session's clock since the last look.
    fn has_slept(&mut self, now: Duration) -> bool {
        let world = Timestamp::now();
        let last = self.last.replace((now, world));
        last.is_some_and(|(clock, before)| {
            let awake = now.saturating_sub(clock);
            let all = Duration::try_from(world.duration_since(before)).unwrap_or_default();
            all.saturating_sub(awake) > NAP
        })
    }
}

impl<'a> Leading<'a> {
    /// Begins to lead.
    pub fn new(live: Live<'a>, decks: &'a [Deck], is_mute: bool, keeper: Keeper) -> Self {
        Self {
            live,
            decks,
            keeper,
            is_mute,
            shows_help: false,
            message: None,
            rings: Vec::new(),
            kept: None,
            asked: None,
            naps: Naps::default(),
            problems: Vec::new(),
        }
    }

    /// Leads on a real terminal, until the end or until somebody leaves.
    pub fn through(&mut self, stage: &mut Stage, clock: &dyn Clock) -> Result<(), Failure> {
        let Stage { terminal, is_dressed, hall } = stage;
        self.run(terminal, *is_dressed, hall, clock).map_err(|error| lost(&error))
    }

    /// Leads on any terminal.
    pub fn run<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
        is_dressed: bool,
        hall: &mut dyn Hall,
        clock: &dyn Clock,
    ) -> io::Result<()> {
        loop {
            let now = clock.now();
            if self.naps.has_slept(now) {
                self.live.slept();
            }
            for bell in self.live.tick(now) {
                self.announce(bell, now);
            }
            let is_asking = matches!(self.live.mode(), Mode::Asking(_));
            self.asked = self.asked.filter(|_| is_asking).or(is_asking.then_some(now));
            self.ring(hall, now)?;
            self.remember(now);
            let look = self.look(now, is_dressed);
            terminal
                .draw(|frame| draw(frame, &self.live.view(now), self.decks, &look))
                .map_err(|error| io::Error::other(error.to_string()))?;
            let Some(event) = hall.event(self.wait(now))? else { continue };
            if self.take(&event, clock.now()) {
                return Ok(());
            }
        }
    }

    /// Does what a key wants; returns whether somebody leaves.
    fn take(&mut self, event: &Event, now: Duration) -> bool {
        let command = command(event, self.live.mode());
        if self.shows_help && command != Some(Command::Leave) {
            // Any key closes it, also one that means nothing.
            self.shows_help = !matches!(event, Event::Key(_));
            return false;
        }
        let Some(command) = command.filter(|command| self.is_meant(*command, now)) else {
            return false;
        };
        match command {
            Command::Leave => return true,
            Command::Help => self.shows_help = true,
            Command::Bell => {
                self.is_mute = !self.is_mute;
                self.say(if self.is_mute { "the bell is off" } else { "the bell is on" }, now);
            }
            Command::Wish(wish) => {
                let mode = self.live.mode();
                let reply = self.live.obey(wish, now);
                self.answer(wish, reply, mode, now);
                self.rings.clear();
                self.kept = None;
            }
        }
        false
    }

    /// Returns whether a command may be meant: nobody agrees to a question that was hardly there to be read.
    fn is_meant(&self, command: Command, now: Duration) -> bool {
        let is_early = self.asked.is_some_and(|asked| now.saturating_sub(asked) < READING);
        !(matches!(command, Command::Wish(Wish::Agree)) && is_early)
    }

    /// Says what came of a wish in a mode.
    fn answer(&mut self, wish: Wish, reply: Reply, mode: Mode, now: Duration) {
        let words = match (wish, reply) {
            (_, Reply::Longer { later: true }) => "a minute more, for the turns after this one too",
            (_, Reply::Longer { later: false }) => "a minute more",
            (Wish::Pass, Reply::Done) => "passed: another card lies there",
            (Wish::Swap, Reply::Done) => "swapped: this one waits in reserve",
            (_, Reply::WentOn) if matches!(mode, Mode::Asking(_)) => "left out",
            (_, Reply::WentOn) => "passed: no other card was in reserve",
            (_, Reply::NoCard) => "no card lies there now",
            (_, Reply::NoReserve) => "no card is in reserve",
            (_, Reply::AtBeginning) => "this is the beginning",
            (_, Reply::NotNow) => "not now",
            (_, Reply::Done) => {
                self.message = None;
                return;
            }
        };
        self.say(words, now);
    }

    fn say(&mut self, words: &str, now: Duration) {
        self.message = Some((words.to_owned(), now + MESSAGE));
    }

    fn announce(&mut self, bell: Bell, now: Duration) {
        self.rings.push(now);
        if bell == Bell::Twice {
            self.rings.push(now + RINGS_APART);
        }
        // Who cannot hear the bell sees it.
        self.say(&words::bell(bell, &self.live.view(now)), now);
    }

    fn ring(&mut self, hall: &mut dyn Hall, now: Duration) -> io::Result<()> {
        let due = self.rings.iter().filter(|at| **at <= now).count();
        self.rings.retain(|at| *at > now);
        match due > 0 && !self.is_mute {
            true => hall.ring(),
            false => Ok(()),
        }
    }

    /// Hands on what is to be remembered.
    fn remember(&mut self, now: Duration) {
        let happened = self.live.take_happened();
        let news = !happened.is_empty();
        self.record(happened);
        let is_over = self.live.mode() == Mode::Over;
        let is_due = self.kept.is_none_or(|kept| now.saturating_sub(kept) >= KEEP);
        match is_over {
            true if news || self.kept.is_none() => self.keeper.over(),
            false if news || is_due => self.keeper.keep(self.live.snapshot(self.decks, now)),
            _ => return self.hear(now),
        }
        self.kept = Some(now);
        self.hear(now);
    }

    /// Shows what went wrong with writing, and keeps it for the end.
    fn hear(&mut self, now: Duration) {
        for problem in self.keeper.problems() {
            self.say(&problem.found.clone(), now);
            self.problems.push(problem);
        }
    }

    fn record(&self, happened: Vec<Happened>) {
        let deeds = happened.into_iter().filter_map(|it| deed(it, self.decks));
        self.keeper.record(deeds.collect());
    }

    fn look(&mut self, now: Duration, is_dressed: bool) -> Look {
        if self.message.as_ref().is_some_and(|(_, until)| *until <= now) {
            self.message = None;
        }
        Look {
            is_dressed,
            is_mute: self.is_mute,
            shows_help: self.shows_help,
            message: self.message.as_ref().map(|(words, _)| words.clone()),
            now: Zoned::now().time(),
        }
    }

    /// Returns how long nothing changes on the screen.
    fn wait(&self, now: Duration) -> Duration {
        let view = self.live.view(now);
        // The next second shows when the fraction of this one is gone, if it goes at all.
        let fraction = Duration::from_nanos(view.left.subsec_nanos().into());
        let goes = view.mode == Mode::Running && !fraction.is_zero();
        let second = if goes { fraction } else { BEAT };
        let ring = self.rings.iter().min().map_or(BEAT, |at| at.saturating_sub(now));
        BEAT.min(second).min(ring).max(Duration::from_millis(1))
    }

    /// Ends: returns how it ended, whether it can be gone on with, and what went wrong.
    pub fn finish(mut self, now: Duration) -> (Mode, bool, Vec<Diagnostic>) {
        let mode = self.live.mode();
        self.live.leave(now);
        let happened = self.live.take_happened();
        self.record(happened);
        match mode {
            Mode::Over => self.keeper.over(),
            _ => self.keeper.keep(self.live.snapshot(self.decks, now)),
        }
        let (is_kept, problems) = self.keeper.finish();
        self.problems.extend(problems);
        (mode, is_kept, self.problems)
    }
}

/// Returns what the ledger is told; cards that guide are nobody's draws.
fn deed(happened: Happened, decks: &[Deck]) -> Option<Deed> {
    let (pick, what, detail): (Pick, What, Option<String>) = match happened {
        Happened::Shown(pick) => (pick, What::Used, None),
        Happened::Passed(pick) => (pick, What::Passed, None),
        Happened::Spent(pick, time) => (pick, What::Timed, Some(time.as_secs().to_string())),
    };
    let (deck, card) = pick.of(decks);
    (!card.kind.is_guide()).then(|| Deed { what, card: Keepsake::of(deck, card), detail })
}
