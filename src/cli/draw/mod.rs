//! `deckle draw`: a card now, and none twice.

mod card;
mod clock;
mod consent;
mod history;
mod journal;
mod json;
mod marks;
mod picture;
mod plan;
mod pool;
mod shared;
mod tonight;

use rand::TryRng;
use rand::rngs::SysRng;

use super::Terminal;
use super::args::{DrawArgs, ShownArgs};
use super::check::counted;
use super::failure::{Exit, Failure};
use super::output::to_standard_output;
use super::settings::remember_ceiling;
use crate::deck::{Deck, Depth, Pick};
use crate::draw::ledger::{Deed, Known};
use crate::draw::{
    self, DrawRequest, Drawn, Event, Growth, Keepsake, Memory, Reworded, What, by_practice,
};
use crate::problem::{Diagnostic, Severity};
pub use card::{CardStyle, cards};
use clock::Clock;
pub use history::history;
use journal::Journal;
use json::{JsonDraw, JsonNight};
pub use marks::{forget, mark, note, undo, used};
pub use plan::plan;
use pool::{Pool, USUAL_CEILING};
pub use tonight::tonight;

/// How many cards an evening has.
const EVENING: usize = 5;

/// Draws.
pub fn draw(args: &DrawArgs, terminal: &Terminal) -> Result<(), Failure> {
    let pool = Pool::read(&args.source, &args.filter, false)?;
    let count = count(args)?;
    if let Some(place) = &args.shown.output {
        picture::check(place, count, args.shown.force)?;
    }
    let mut journal = match args.seed {
        Some(_) => Journal::none(),
        None => Journal::of(&args.ledger, &pool.settings)?,
    };
    let clock = Clock::here();
    let asked = pool.asked_ceiling(args.ceiling.as_deref())?;
    let mut ceiling = asked.unwrap_or(USUAL_CEILING);
    if args.grow {
        let growth =
            by_practice(&journal.known().memory, clock.night(), asked.unwrap_or(Depth::ALL[4]));
        ceiling = growth.ceiling;
        if !args.shown.quiet {
            terminal.say(&grown(growth));
        }
    }
    if let (true, Some(asked)) = (args.remember, asked) {
        let file = remember_ceiling(asked)?;
        terminal.say(&format!("depth {asked} is your ceiling from now on, in {}", file.display()));
    }
    let chance = Chance { pool: &pool, count, evening: args.arc, seed: seed(args)? };
    let ceiling = chance.agreed(ceiling, args.shown.yes, &mut journal)?;
    let drawn = journal.draw(clock.moment(), &|known| chance.draw(known, ceiling))?;
    show(&pool.decks, &drawn.drawn.picks, None, &args.shown, terminal)?;
    let notices = pool.notices.iter().chain(&journal.notices).cloned();
    tell(notices.chain(drawn.notes(count, &pool.decks)), args.shown.quiet, terminal);
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

/// A draw that waits for its memory.
struct Chance<'a> {
    pool: &'a Pool,
    count: usize,
    evening: bool,
    seed: u64,
}

/// What came of a draw.
struct Outcome {
    drawn: Drawn,
    reworded: Vec<Reworded>,
}

impl Chance<'_> {
    fn draw(&self, known: &Known, ceiling: Depth) -> Result<(Vec<Deed>, Outcome), Failure> {
        let decks = &self.pool.decks;
        let picks = self.pool.under(ceiling);
        if picks.is_empty() {
            return Err(Failure::unmet(vec![nothing_under(self.pool, ceiling)]));
        }
        let reworded = draw::reworded(decks, &known.memory, &known.met);
        let (mut deeds, memory) = renamed(decks, known, &reworded);
        let request = DrawRequest {
            decks,
            pool: &picks,
            count: self.count,
            seed: self.seed,
            memory: memory.as_ref().unwrap_or(&known.memory),
            evening: self.evening,
        };
        let drawn = request.draw().map_err(|problem| Failure::unmet(vec![*problem]))?;
        deeds.extend(drawn.picks.iter().map(|pick| deed(decks, *pick, What::Drawn)));
        Ok((deeds, Outcome { drawn, reworded }))
    }

    /// Returns how deep the draw may go: where a deep card would come it asks, if there is somebody,
    /// and that card is not recorded unless the answer is yes.
    fn agreed(&self, ceiling: Depth, yes: bool, journal: &mut Journal) -> Result<Depth, Failure> {
        if ceiling.level() < consent::DEEP || yes || !consent::can_ask() {
            return Ok(ceiling);
        }
        let decks = &self.pool.decks;
        let (_, Outcome { drawn, .. }) = self.draw(&journal.known(), ceiling)?;
        let deepest = drawn.picks.iter().max_by_key(|pick| pool::level(**pick, decks));
        let Some((deck, card)) = deepest.map(|pick| pick.of(decks)) else { return Ok(ceiling) };
        let is_deep = card.depth.is_some_and(|depth| depth.level() >= consent::DEEP);
        // The draw that follows may go no deeper than this one, though somebody else draws meanwhile.
        match card.depth {
            Some(depth) if is_deep && consent::to_depth(deck, card) => Ok(depth),
            _ => Ok(USUAL_CEILING),
        }
    }
}

/// Returns what records new wordings, and the memory after it where there are any.
fn renamed(decks: &[Deck], known: &Known, reworded: &[Reworded]) -> (Vec<Deed>, Option<Memory>) {
    let deeds: Vec<Deed> = reworded
        .iter()
        .map(|Reworded { was, is }| Deed {
            detail: Some(format!("{:032x}", was.key.0)),
            ..deed(decks, *is, What::Reworded)
        })
        .collect();
    let memory = (!deeds.is_empty()).then(|| {
        let mut memory = known.memory.clone();
        for Deed { what, card, detail } in &deeds {
            let night = draw::FIRST_NIGHT;
            memory.take(&Event {
                at: 0,
                night,
                what: *what,
                card: card.key,
                detail: detail.clone(),
            });
        }
        memory
    });
    (deeds, memory)
}

/// Returns what records that something happened to a card.
fn deed(decks: &[Deck], pick: Pick, what: What) -> Deed {
    let (deck, card) = pick.of(decks);
    Deed { what, card: Keepsake::of(deck, card), detail: None }
}

fn nothing_under(pool: &Pool, ceiling: Depth) -> Diagnostic {
    if pool.picks.is_empty() {
        let problem = Diagnostic::error("nothing-to-draw", "no card there is can be drawn");
        return problem.help("cards that guide cannot; choose another deck, or widen the filters");
    }
    let found = format!("no card of these has a depth of {ceiling} or less");
    let help = "raise `--ceiling`, or choose another deck";
    Diagnostic::error("nothing-to-draw", found).help(help)
}

impl Outcome {
    /// Returns what is worth knowing of the draw.
    fn notes(&self, count: usize, decks: &[Deck]) -> Vec<Diagnostic> {
        let Drawn { picks, again, pool } = &self.drawn;
        let mut notes = Vec::new();
        if picks.len() < count {
            let found = format!("asked for {count} cards, and there are only {}", picks.len());
            notes.push(Diagnostic::note("too-few-cards", found));
        }
        if *again > 0 {
            let found = match again {
                again if *again < picks.len() => {
                    format!("{} of these {} were drawn before", again, picks.len())
                }
                _ => format!("all {pool} cards there are have been drawn: the oldest come again"),
            };
            notes.push(Diagnostic::note("all-drawn", found));
        }
        for Reworded { was, is } in &self.reworded {
            let code = &is.of(decks).1.code;
            let found = format!("`{code}` counts as drawn: it was `{}` in other words", was.code);
            let help = "`deckle check --write-ids` on the table keeps cards the same for sure";
            notes.push(Diagnostic::note("reworded", found).help(help));
        }
        notes
    }
}

/// Returns how deep one may go by now, in a line.
fn grown(growth: Growth) -> String {
    let Growth { ceiling, raised, lowered } = growth;
    let weeks = match raised {
        0 => "no week of three draws yet".to_owned(),
        1 => "1 week of three draws or more".to_owned(),
        weeks => format!("{weeks} weeks of three draws or more"),
    };
    let pass = lowered.map(|day| format!(", down after a pass on {day}")).unwrap_or_default();
    format!("up to depth {ceiling}: {weeks}{pass} (`--ceiling` sets another)")
}

/// Writes the cards: as pictures, as JSON, or for the terminal.
fn show(
    decks: &[Deck],
    picks: &[Pick],
    night: Option<JsonNight>,
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
            serde_json::to_writer_pretty(&mut *out, &JsonDraw::new(decks, picks, night))?;
            return writeln!(out);
        }
        let style = CardStyle { width: terminal.result_width, colour: terminal.paints_results };
        out.write_all(cards(decks, picks, style).as_bytes())
    })
}

/// Tells what was noticed; a quiet command tells only what is amiss.
fn tell(notices: impl Iterator<Item = Diagnostic>, quiet: bool, terminal: &Terminal) {
    let is_told = |notice: &Diagnostic| !quiet || notice.severity > Severity::Note;
    terminal.tell(&notices.filter(is_told).collect::<Vec<_>>());
}

/// Returns a number of cards in words.
fn of_cards(count: usize) -> String {
    counted(count, "card")
}
