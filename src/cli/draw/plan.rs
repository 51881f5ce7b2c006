//! `deckle plan nightly`: the coming nights as a calendar.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};

use super::clock::{Clock, read_date};
use super::shared::Agreement;
use super::{card, of_cards, tell};
use crate::cli::args::{PlanArg, PlanArgs};
use crate::cli::failure::Failure;
use crate::cli::{Terminal, output, source_date};
use crate::deck::{self, Deck, Pick};
use crate::draw::TURN;
use crate::draw::calendar::{Reminder, calendar};
use crate::problem::Diagnostic;

/// How many nights are planned where nobody says.
const USUAL_DAYS: usize = 30;

/// The most nights of a file: ten years.
const MOST_DAYS: usize = 3660;

/// When a reminder comes where nobody says.
const USUAL_TIME: Time = Time::constant(20, 30, 0, 0);

/// Plans.
pub fn plan(args: &PlanArgs, terminal: &Terminal) -> Result<(), Failure> {
    match args.what {
        PlanArg::Nightly => nightly(args, terminal),
    }
}

fn nightly(args: &PlanArgs, terminal: &Terminal) -> Result<(), Failure> {
    let days = days(args.days)?;
    let at = args.at.as_deref().map_or(Ok(USUAL_TIME), time)?;
    let place = args.output.clone().unwrap_or_else(|| PathBuf::from("nights.ics"));
    check_ending(&place)?;
    let agreement = Agreement::read(&args.source, &args.filter, &args.shared, false)?;
    let nights = agreement.nights()?;
    let from = args.from.as_deref().map(|word| read_date("--from", word)).transpose()?;
    let tonight = agreement.clock.night();
    let from = from.unwrap_or_else(|| agreement.start.map_or(tonight, |start| start.max(tonight)));
    let decks = &agreement.pool.decks;
    let picks = nights.cards_from(from, days).map_err(|problem| Failure::unmet(vec![*problem]))?;
    let reminders = (0i64..).zip(&picks).map(|(after, pick)| {
        let night = from.saturating_add(after.days());
        let begin = moment(&agreement.clock, night, at)?;
        let (title, words) = if args.blind { blind(&agreement) } else { words(decks, *pick) };
        Ok(Reminder { uid: uid(&agreement, night), begin, title, words })
    });
    let reminders: Vec<Reminder> = reminders.collect::<Result<_, Failure>>()?;
    let stamp = source_date().and_then(|date| Timestamp::from_second(date).ok());
    let stamp = stamp.unwrap_or_else(|| agreement.clock.now.timestamp());
    let text = calendar("A question for tonight", &reminders, stamp);
    if place == Path::new("-") {
        output::to_standard_output(|out| out.write_all(text.as_bytes()))?;
    } else {
        output::allow(&place, &[], args.force)?;
        output::write_whole(&place, text.as_bytes())?;
    }
    tell(agreement.pool.notices.iter().cloned(), args.quiet, terminal);
    if !args.quiet {
        let origin = agreement.origin();
        let until = from.saturating_add((days as i64 - 1).days());
        let cards = of_cards(picks.len());
        let at = at.strftime("%H:%M");
        terminal.say(&format!("{cards}, {from} to {until} at {at} · {origin}"));
        terminal.say(&format!("fingerprint {}", nights.fingerprint()));
        if place != Path::new("-") {
            terminal.say_wrote(std::slice::from_ref(&place));
        }
    }
    Ok(())
}

fn days(asked: Option<usize>) -> Result<usize, Failure> {
    match asked.unwrap_or(USUAL_DAYS) {
        days @ 1..=MOST_DAYS => Ok(days),
        days => {
            let problem =
                Diagnostic::error("bad-days", format!("`--days {days}` cannot be planned"));
            Err(Failure::usage(problem.expected(format!("1 to {MOST_DAYS}"))))
        }
    }
}

/// Reads a time of the day.
fn time(word: &str) -> Result<Time, Failure> {
    let word = word.trim().replace('.', ":");
    let whole = if word.contains(':') { word.clone() } else { format!("{word}:00") };
    let whole = if whole.find(':') == Some(1) { format!("0{whole}") } else { whole };
    whole.parse().map_err(|_| {
        let problem = Diagnostic::error("bad-time", format!("`--at {word}` is no time of the day"));
        Failure::usage(problem.help("write it as 20:30"))
    })
}

fn check_ending(place: &Path) -> Result<(), Failure> {
    let ending = place.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if place == Path::new("-") || ending.eq_ignore_ascii_case("ics") {
        return Ok(());
    }
    if place.is_dir() {
        return Err(output::is_folder(place, "nights.ics"));
    }
    let problem =
        Diagnostic::error("unknown-format", format!("`{}` is no calendar", place.display()))
            .expected("a name that ends in .ics")
            .help(format!("write to `{}`", place.with_extension("ics").display()));
    Err(Failure::usage(problem))
}

/// Returns the moment of a reminder; a time that the clocks leap over comes a little later.
fn moment(clock: &Clock, night: Date, at: Time) -> Result<Timestamp, Failure> {
    // What is reminded of after midnight belongs to the night before.
    let date = if at.hour() < TURN { night.saturating_add(1.day()) } else { night };
    let zoned = date.to_datetime(at).to_zoned(clock.now.time_zone().clone());
    zoned.map(|zoned| zoned.timestamp()).map_err(|_| {
        let found = format!("{night} lies too far away for a calendar");
        Failure::usage(Diagnostic::error("bad-date", found))
    })
}

/// Returns what a reminder says that leaves the card out.
fn blind(agreement: &Agreement) -> (String, String) {
    let words = format!("Whoever is there first runs `{}`.", agreement.command());
    ("A question for tonight".into(), words)
}

/// Returns what a reminder says: the card.
fn words(decks: &[Deck], pick: Pick) -> (String, String) {
    let (deck, card) = pick.of(decks);
    let prompt = card::clean(&card.prompt);
    let listener = card::listener(deck, card).map(|words| format!("\n\n› {}", card::clean(&words)));
    let caption = card::clean(&card::caption(deck, card, None));
    let words = format!("{prompt}{}\n\n{caption}", listener.unwrap_or_default());
    (card::one_line(&card.prompt), words)
}

/// Returns what tells a night from others: its date and whose nights they are, so that a later file
/// for the same decks, people and seed changes the events of an earlier one.
fn uid(agreement: &Agreement, night: Date) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("deckle nights v1");
    hasher.update(&agreement.seed.to_le_bytes());
    for name in agreement.whose() {
        hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
    }
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    let whose = deck::in_signs(u128::from_be_bytes(bytes), 10).to_lowercase();
    format!("{night}-{whose}@deckle")
}
