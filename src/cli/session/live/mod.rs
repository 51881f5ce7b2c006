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
use std::path::Path;
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
use crate::problem::Diagnostic;
use crate::session::Format;
use crate::session::live::{Clock, Live, Mode, Pace};
use keeper::Keeper;
use lead::Leading;
use left::{Claim, Left};
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
    let claim = Claim::of(&format.id);
    let left = claim.place.as_deref().and_then(Left::find).filter(|_| !args.live.anew);
    let Some(left) = left else { return Ok(false) };
    let read = || -> Result<_, Failure> {
        let decks = read_decks(&left.kept.asked.decks())?.decks;
        let (plan, notices) = left.kept.plan(format, &decks)?;
        Ok((decks, plan, notices))
    };
    let (decks, plan, notices) = match read() {
        Ok(read) => read,
        Err(failure) => return Ok(anew(failure.problems, terminal)),
    };
    let differs = left.kept.asked.differs(args, &plan);
    let planned = Planned {
        args: args.clone(),
        plans: vec![plan],
        decks,
        notices,
        asked: left.kept.asked.clone(),
    };
    let (clock, today) = (Monotonic(Instant::now()), Timestamp::now());
    let (plan, decks) = (&planned.plans[0], &planned.decks);
    let moments = (clock.now(), left.pause(today));
    let Some(live) = left.snapshot.resume(plan, decks, pace(args), moments) else {
        return Ok(anew(planned.notices, terminal));
    };
    terminal.tell(&planned.notices);
    match left.is_wanted(&live, differs, clock.now(), today) {
        Some(true) => lead(&planned, live, &clock, claim, terminal).map(|()| true),
        Some(false) => Ok(false),
        // Nobody said anything: what was left stays as it is.
        None => Ok(true),
    }
}

/// Says that what was left cannot be gone on with, and asks whether to begin anew; returns whether not.
fn anew(mut problems: Vec<Diagnostic>, terminal: &Terminal) -> bool {
    let found = "a session that was left cannot be gone on with as things are";
    let help = "mend what is told, or begin anew, which takes its place";
    problems.push(Diagnostic::warning("not-gone-on", found).help(help));
    terminal.tell(&problems);
    // The screen would hide what was told.
    consent::agreed("Begin anew? (y/N) ", false) != Some(true)
}

/// Leads a session from its beginning.
pub fn begin(planned: &Planned, terminal: &Terminal) -> Result<(), Failure> {
    let [plan] = &planned.plans[..] else { return Err(several()) };
    let clock = Monotonic(Instant::now());
    let live = Live::new(plan, pace(&planned.args), clock.now());
    lead(planned, live, &clock, Claim::of(&plan.format.id), terminal)
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
    claim: Claim,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let Planned { args, plans, decks, asked, .. } = planned;
    let settings = Layers::read(Default::default(), Path::new(""))?.draw;
    let journal = Journal::of(&args.live.ledger, &settings)?;
    journal.check()?;
    let kept = Kept::of(asked.clone().with_whole_paths(), &plans[0], decks);
    let keeper = Keeper::start(journal, kept, claim.place.clone());
    let mut leading = Leading::new(live, decks, args.live.mute, keeper);
    let mut stage = Stage::open(terminal.paints_results)?;
    let led = leading.through(&mut stage, clock);
    // Words to a person belong on the screen that was there before.
    stage.close();
    let (mode, is_kept, mut problems) = leading.finish(clock.now());
    if claim.place.is_none() {
        let found = "another program leads a session of this format, so this one was not kept";
        problems.push(Diagnostic::warning("not-kept", found));
    }
    terminal.tell(&problems);
    led?;
    if mode != Mode::Over && is_kept {
        terminal.say(&format!("to go on: {}", command(args)));
    }
    Ok(())
}

/// Returns the command that goes on with a session.
fn command(args: &SessionArgs) -> String {
    let quoted = |word: &str| match word.contains(char::is_whitespace) {
        true => format!("\"{word}\""),
        false => word.to_owned(),
    };
    let live = &args.live;
    let ledger = live.ledger.place.ledger.as_ref();
    let ledger = ledger.map(|path| format!("--ledger {}", quoted(&path.to_string_lossy())));
    let flags = [
        live.wait.then(|| "--wait".to_owned()),
        live.mute.then(|| "--mute".to_owned()),
        live.ledger.no_ledger.then(|| "--no-ledger".to_owned()),
        ledger,
    ];
    let words = [format!("deckle session {} --run", quoted(&args.format))];
    words.into_iter().chain(flags.into_iter().flatten()).collect::<Vec<_>>().join(" ")
}
