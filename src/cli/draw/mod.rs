//! `deckle draw`: a card now, and none twice.

pub(super) mod card;
pub(super) mod clock;
pub(super) mod consent;
mod drawing;
mod history;
pub(super) mod journal;
mod json;
mod marks;
mod picture;
pub(super) mod pool;
pub(super) mod shared;
mod tonight;

use jiff::civil::Date;
use rand::TryRng;
use rand::rngs::SysRng;

use super::Terminal;
use super::args::{DrawArgs, ShownArgs};
use super::failure::{Exit, Failure};
use super::lean::{Amount, Leaning};
use super::output::to_standard_output;
use super::settings::{Level, remember_ceiling};
use crate::deck::{Deck, Depth, Pick};
use crate::draw::ledger::Deed;
use crate::draw::{Growth, Keepsake, What, by_practice};
use crate::problem::{Diagnostic, Severity, counted};
use crate::select::find_depth;
pub use card::{CardStyle, cards, listener, one_line};
pub(super) use clock::Clock;
use drawing::Drawing;
pub use history::history;
pub(super) use journal::Journal;
use json::{Context, JsonDraw};
pub use marks::{forget, mark, note, undo, used};
use pool::{Pool, USUAL_CEILING};
pub use tonight::tonight;

/// How many cards an evening has.
const EVENING: usize = 5;

/// Draws.
pub fn draw(args: &DrawArgs, terminal: &Terminal) -> Result<(), Failure> {
    let pool = Pool::read(&args.source, &args.filter, false)?;
    let leaning = Leaning::read(&args.lean)?;
    let count = count(args)?;
    if let Some(place) = &args.shown.output {
        picture::check(place, count.min(pool.picks.len()), args.shown.force)?;
    }
    let mut journal = match args.seed {
        Some(_) => Journal::none(),
        None => Journal::of(&args.ledger, &pool.settings)?,
    };
    let clock = Clock::here();
    let ceiling = ceiling(args, &pool, &journal, clock.night(), terminal)?;
    let drawing = Drawing {
        pool: &pool,
        count,
        evening: args.arc,
        seed: seed(args)?,
        leaning: leaning.as_ref(),
        is_picture: args.shown.output.is_some(),
    };
    let ceiling = drawing.agreed(ceiling, &args.shown, &journal)?;
    let moment = clock.moment();
    let outcome = journal.draw(moment, &|known| drawing.draw(known, ceiling))?;
    let picks = &outcome.drawn.picks;
    let lean = leaning.as_ref().map(|leaning| leaning.json(Amount::Draw));
    let context = Context { lean, ..Context::default() };
    show(&pool.decks, picks, context, &args.shown, terminal)
        .inspect_err(|_| journal.take_back(moment.at))?;
    let notices = pool.notices.iter().chain(&journal.notices).cloned();
    tell(notices.chain(outcome.notes(&drawing)), args.shown.quiet, terminal);
    if args.remember {
        remember(args, &pool, terminal)?;
    }
    Ok(())
}

fn count(args: &DrawArgs) -> Result<usize, Failure> {
    match args.count {
        Some(0) => {
            let problem = Diagnostic::error("no-cards", "`--count 0` asks for no card");
            Err(Failure::usage(problem.help("leave it out for one card")))
        }
        Some(count) => Ok(count),
        None => Ok(if args.arc { EVENING } else { 1 }),
    }
}

/// Returns the seed that was asked for, else one from the system.
fn seed(args: &DrawArgs) -> Result<u64, Failure> {
    args.seed.map_or_else(|| SysRng.try_next_u64(), Ok).map_err(|error| {
        let problem = Diagnostic::error("no-chance", format!("the system has no chance: {error}"));
        let problems = vec![problem.help("give a number to start from: `--seed 7`")];
        Failure { exit: Exit::Io, problems }
    })
}

/// Returns how deep the draw may go, and says so where that grows.
fn ceiling(
    args: &DrawArgs,
    pool: &Pool,
    journal: &Journal,
    night: Date,
    terminal: &Terminal,
) -> Result<Depth, Failure> {
    let flag = args.ceiling.as_deref();
    let kept = pool.settings.ceiling.as_ref().map(Level::word);
    let kept = kept.map(|word| find_depth(&word, &pool.decks)).transpose();
    let kept = kept.map_err(|problem| Failure::usage(*problem))?;
    if !args.grow {
        return pool.ceiling(flag, kept.unwrap_or(USUAL_CEILING));
    }
    let asked = flag.map(|_| pool.ceiling(flag, USUAL_CEILING)).transpose()?;
    let most = asked.or(kept).unwrap_or(Depth::ALL[4]);
    let growth = by_practice(&journal.known().memory, night, most);
    if !args.shown.quiet {
        terminal.say(&grown(growth));
    }
    pool.ceiling(None, growth.ceiling)
}

/// Returns how deep one may go by now, in a line.
fn grown(growth: Growth) -> String {
    let Growth { ceiling, weeks, lowered } = growth;
    let weeks = match weeks {
        0 => "no week of three draws yet".to_owned(),
        1 => "1 week of three draws or more".to_owned(),
        weeks => format!("{weeks} weeks of three draws or more"),
    };
    let pass = lowered.map(|day| format!(", down after a pass on {day}")).unwrap_or_default();
    format!("up to depth {ceiling}: {weeks}{pass} (leave `--grow` out to say it yourself)")
}

/// Keeps the ceiling that was asked for.
fn remember(args: &DrawArgs, pool: &Pool, terminal: &Terminal) -> Result<(), Failure> {
    let ceiling = pool.ceiling(args.ceiling.as_deref(), USUAL_CEILING)?;
    let file = remember_ceiling(ceiling)?;
    terminal.say(&format!("depth {ceiling} is your ceiling from now on, in {}", file.display()));
    Ok(())
}

/// Returns what records that something happened to a card.
fn deed(decks: &[Deck], pick: Pick, what: What) -> Deed {
    let (deck, card) = pick.of(decks);
    Deed { what, card: Keepsake::of(deck, card), detail: None }
}

/// Writes the cards: as pictures, as JSON, or for the terminal.
fn show(
    decks: &[Deck],
    picks: &[Pick],
    context: Context,
    shown: &ShownArgs,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if let Some(place) = &shown.output {
        let files = picture::write(decks, picks, place, shown.force, terminal)?;
        if !shown.quiet {
            terminal.say_wrote(&files);
        }
        if !shown.json {
            return Ok(());
        }
    }
    to_standard_output(|out| {
        if shown.json {
            serde_json::to_writer_pretty(&mut *out, &JsonDraw::new(decks, picks, context))?;
            return writeln!(out);
        }
        let style = CardStyle { width: terminal.result_width, colour: terminal.paints_results };
        out.write_all(cards(decks, picks, style).as_bytes())
    })
}

/// Tells what was noticed; a quiet command tells only what is amiss.
pub(super) fn tell(notices: impl Iterator<Item = Diagnostic>, quiet: bool, terminal: &Terminal) {
    let is_told = |notice: &Diagnostic| !quiet || notice.severity > Severity::Note;
    terminal.tell(&notices.filter(is_told).collect::<Vec<_>>());
}

/// Returns a number of cards in words.
pub(super) fn of_cards(count: usize) -> String {
    counted(count, "card")
}
