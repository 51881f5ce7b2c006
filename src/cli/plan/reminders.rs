//! A plan as events of a calendar.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};

use crate::cli::draw::clock::Clock;
use crate::cli::failure::Failure;
use crate::draw::TURN;
use crate::draw::calendar::{Reminder, calendar};
use crate::problem::Diagnostic;

use super::outline::Outline;
use super::source_date;

/// When a reminder comes where nobody says.
pub const USUAL_TIME: Time = Time::constant(20, 30, 0, 0);

/// Returns the plan as a file for calendars; a blind one leaves the cards out.
pub fn text(outline: &Outline, at: Time, blind: bool) -> Result<String, Failure> {
    let reminders = outline.days.iter().map(|day| {
        let begin = moment(&outline.clock, day.date, at)?;
        let (title, words) = outline.reminder(day, blind);
        Ok(Reminder { uid: outline.uid(day), begin, title, words, minutes: day.minutes.max(15) })
    });
    let reminders: Vec<Reminder> = reminders.collect::<Result<_, Failure>>()?;
    let stamp = source_date().and_then(|date| Timestamp::from_second(date).ok());
    let stamp = stamp.unwrap_or_else(|| outline.clock.now.timestamp());
    let name = if outline.has_titles() { &*outline.plan.title } else { "A question for tonight" };
    Ok(calendar(name, &reminders, stamp))
}

/// Reads a time of the day.
pub fn time(word: &str) -> Result<Time, Failure> {
    let word = word.trim().replace('.', ":");
    let whole = if word.contains(':') { word.clone() } else { format!("{word}:00") };
    let whole = if whole.find(':') == Some(1) { format!("0{whole}") } else { whole };
    whole.parse().map_err(|_| {
        let problem = Diagnostic::error("bad-time", format!("`--at {word}` is no time of the day"));
        Failure::usage(problem.help("write it as 20:30"))
    })
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
