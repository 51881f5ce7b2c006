//! Nights as events of a calendar (RFC 5545).

use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property, Trigger};
use jiff::Timestamp;

/// The beginning of 2020, in seconds since 1970.
const SINCE: i64 = 1_577_836_800;

/// The most octets of a line.
const LINE: usize = 75;

/// A night that is in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What tells it from all others; a calendar that meets it again changes what it has.
    pub uid: String,
    /// When it begins.
    pub begin: Timestamp,
    /// The line that is seen in the calendar.
    pub title: String,
    /// What is read when it is opened.
    pub words: String,
    /// How long it lasts.
    pub minutes: u16,
}

/// Returns a file for calendars, with an alarm at the beginning of each event.
///
/// `stamp` says when it was made: of two files with the same events a calendar believes the later.
pub fn calendar(name: &str, reminders: &[Reminder], stamp: Timestamp) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//deckle//plan//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.name(name);
    for reminder in reminders {
        calendar.push(event(reminder, stamp));
    }
    folded(&calendar.to_string())
}

/// Returns a calendar whose lines keep to [`LINE`]: continued lines of the crate come out one longer
/// where letters of several octets fall on their end.
fn folded(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.split_terminator("\r\n") {
        let mut rest = line;
        while rest.len() > LINE {
            let most = if rest.len() == line.len() { LINE } else { LINE - 1 };
            let at = (0..=most).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(most);
            whole.extend([&rest[..at], "\r\n "]);
            rest = &rest[at..];
        }
        whole.extend([rest, "\r\n"]);
    }
    whole
}

fn event(reminder: &Reminder, stamp: Timestamp) -> Event {
    let at_once = Property::new("TRIGGER", "PT0S");
    let trigger = Trigger::try_from(&at_once).expect("a duration of nothing is a trigger");
    let alarm = Alarm::display(&reminder.title, trigger)
        .uid(&format!("alarm-{}", reminder.uid))
        // The crate would ask the clock for one.
        .add_property("DTSTAMP", moment(stamp))
        .done();
    Event::new()
        .uid(&reminder.uid)
        .add_property("DTSTAMP", moment(stamp))
        .add_property("LAST-MODIFIED", moment(stamp))
        // It has to rise from file to file; seconds since 2020 fit 31 bits until 2088.
        .add_property("SEQUENCE", (stamp.as_second() - SINCE).max(0).to_string())
        .add_property("DTSTART", moment(reminder.begin))
        .add_property("DURATION", format!("PT{}M", reminder.minutes))
        .summary(&reminder.title)
        .description(&reminder.words)
        .add_property("TRANSP", "TRANSPARENT")
        .alarm(alarm)
        .done()
}

/// Returns a moment as RFC 5545 writes it, in UTC.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_holds_an_event_for_each_night() {
        let reminder = Reminder {
            uid: "2026-12-01-abc@deckle".into(),
            begin: "2026-12-01T19:30:00Z".parse().unwrap(),
            title: "When, if ever, do you sing; and what?".into(),
            words: "One\nTwo".into(),
            minutes: 15,
        };
        let stamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let text = calendar("Nights", &[reminder], stamp);
        let lines: Vec<&str> = text.split("\r\n").collect();
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//deckle//plan//EN",
            "UID:2026-12-01-abc@deckle",
            "DTSTAMP:20261122T100000Z",
            "DTSTART:20261201T193000Z",
            "DURATION:PT15M",
            "SUMMARY:When\\, if ever\\, do you sing\\; and what?",
            "DESCRIPTION:One\\nTwo",
            "BEGIN:VALARM",
            "END:VCALENDAR",
        ] {
            assert!(lines.contains(&line), "{line} in\n{text}");
        }
        assert!(lines.iter().all(|line| line.len() <= 75) && text.ends_with("\r\n"));
        assert_eq!(text.matches("SEQUENCE:").count(), 1);
        assert!(!calendar("Nights", &[], stamp).contains("VEVENT"));
    }

    #[test]
    fn no_line_is_longer_than_calendars_read_and_unfolding_gives_the_words_back() {
        for length in 1..200 {
            let words: String =
                "Wie schön’s wäre – ❀ 漢字, ".chars().cycle().take(length).collect();
            let reminder = Reminder {
                uid: "u@deckle".into(),
                begin: "2026-12-01T19:30:00Z".parse().unwrap(),
                title: words.clone(),
                words: words.clone(),
                minutes: 90,
            };
            let text = calendar("Nights", &[reminder], "2026-11-22T10:00:00Z".parse().unwrap());
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            let whole = text.replace("\r\n ", "");
            assert!(whole.contains(&format!("SUMMARY:{}", words.replace(',', "\\,"))), "{whole}");
        }
    }
}
