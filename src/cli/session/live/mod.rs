//! `deckle session --run`: a session led in the terminal.

mod keeper;
mod keys;
mod lead;
mod left;
mod screen;
mod stage;
#[cfg(test)]
mod tests;
mod words;

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::Planned;
use super::kept::Kept;
use crate::cli::Terminal;
use crate::cli::args::SessionArgs;
use crate::cli::draw::{Journal, consent};
use crate::cli::failure::Failure;
use crate::cli::settings::Layers;
use crate::cli::sources::read_decks;
use crate::deck::Deck;
use crate::problem::Diagnostic;
use crate::session::Format;
use crate::session::live::{Clock, Live, Mode, Pace};
use keeper::Keeper;
use lead::Leading;
use left::Left;
use stage::Stage;
pub use stage::give_back as give_screen_back;

/// A clock that goes on whatever the time of the day is set to.
struct Monotonic(Instant);

impl Clock for Monotonic {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Refuses what cannot be led.
pub fn allow(args: &SessionArgs) -> Result<(), Failure> {
    if args.json {
        let problem = Diagnostic::error("contradiction", "`--run` and `--json` go no way together");
        return Err(Failure::usage(problem.help("leave one of them out")));
    }
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if is_dumb || !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let found = "`--run` leads a session in a terminal, and there is none here";
        let help = "leave it out and read the plan, or print it: `-o FOLDER`";
        return Err(Failure::usage(Diagnostic::error("no-terminal", found).help(help)));
    }
    Ok(())
}

/// Offers to go on with a session of the format that was left; returns whether that is all.
pub fn go_on(args: &SessionArgs, format: &Format, terminal: &Terminal) -> Result<bool, Failure> {
    let Some(left) = Left::find(&format.id).filter(|_| !args.live.anew) else { return Ok(false) };
    let read = || {
        let decks = read_decks(&left.kept.asked.decks(format))?.decks;
        let (plan, notices) = left.kept.plan(format, &decks)?;
        Ok((decks, plan, notices))
    };
    let (decks, plan, notices) = match read() {
        Ok(read) => read,
        Err(failure) => return anew(failure, terminal),
    };
    let planned = Planned {
        args: args.clone(),
        plans: vec![plan],
        decks,
        notices,
        asked: left.kept.asked.clone(),
    };
    let clock = Monotonic(Instant::now());
    let (plan, decks) = (&planned.plans[0], &planned.decks);
    let Some(live) = left.snapshot.resume(plan, decks, pace(args), clock.now()) else {
        return anew(Failure::unmet(Vec::new()), terminal);
    };
    terminal.tell(&planned.notices);
    if !left.is_wanted(&live, clock.now(), Timestamp::now()) {
        return Ok(false);
    }
    lead(&planned, live, &clock, terminal)?;
    Ok(true)
}

/// Says that what was left cannot be gone on with, and asks whether to begin anew; returns whether not.
fn anew(failure: Failure, terminal: &Terminal) -> Result<bool, Failure> {
    terminal.tell(&failure.problems);
    let found = "a session that was left cannot be gone on with";
    terminal.tell(&[Diagnostic::warning("not-gone-on", found)]);
    // The screen would hide what was told.
    Ok(!consent::agreed("Begin anew? (Y/n) ", true))
}

/// Leads a session from its beginning.
pub fn begin(planned: &Planned, terminal: &Terminal) -> Result<(), Failure> {
    let [plan] = &planned.plans[..] else { return Err(several()) };
    let clock = Monotonic(Instant::now());
    let live = Live::new(plan, pace(&planned.args), clock.now());
    lead(planned, live, &clock, terminal)
}

/// Returns what is told where it is not known how many people came.
pub fn several() -> Failure {
    let found = "`--run` leads a session for one number of people";
    let problem = Diagnostic::error("people-number", found);
    Failure::usage(problem.help("say how many came: `--people 14`"))
}

fn pace(args: &SessionArgs) -> Pace {
    if args.live.wait { Pace::ByHand } else { Pace::Timed }
}

/// Leads a session to its end, or until somebody leaves.
fn lead(
    planned: &Planned,
    live: Live,
    clock: &Monotonic,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let Planned { args, plans, decks, asked, .. } = planned;
    let settings = Layers::read(Default::default(), std::path::Path::new(""))?.draw;
    let journal = Journal::of(&args.live.ledger, &settings)?;
    let kept = Kept::of(asked.clone().with_whole_paths(), &plans[0], decks);
    let keeper = Keeper::start(journal, kept, left::place(&plans[0].format.id));
    let mut leading = Leading::new(live, decks, args.live.mute, keeper);
    let mut stage = Stage::open(terminal.paints_results)?;
    let led = leading.through(&mut stage, clock);
    // Words to a person belong on the screen that was there before.
    stage.close();
    let (mode, problems) = leading.finish(clock.now());
    terminal.tell(&problems);
    led?;
    if mode != Mode::Over {
        terminal.say(&format!("to go on: deckle session {} --run", args.format));
    }
    Ok(())
}

/// Returns the decks' names for people.
fn titles(decks: &[Deck]) -> String {
    decks.iter().map(|deck| &*deck.meta.title).collect::<Vec<_>>().join(" + ")
}
