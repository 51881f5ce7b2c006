//! What time it is, and where.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::cli::failure::Failure;
use crate::draw::ledger::Moment;
use crate::draw::night_of;
use crate::problem::{Diagnostic, did_you_mean};

/// A place's time.
#[derive(Clone, Debug)]
pub struct Clock {
    /// The present moment there.
    pub now: Zoned,
    /// The name of its time zone, as people say it.
    pub zone: String,
}

impl Clock {
    /// Returns the time of this machine.
    pub fn here() -> Self {
        Self::new(TimeZone::system())
    }

    /// Returns the time in the zone called `name`.
    pub fn of(name: &str) -> Result<Self, Failure> {
        TimeZone::get(name.trim()).map(Self::new).map_err(|_| unknown_zone(name))
    }

    fn new(zone: TimeZone) -> Self {
        let name = zone.iana_name().unwrap_or("UTC").to_owned();
        Self { now: Timestamp::now().to_zoned(zone), zone: name }
    }

    /// Returns this night.
    pub fn night(&self) -> Date {
        night_of(self.now.datetime())
    }

    /// Returns this moment as a ledger keeps it.
    pub fn moment(&self) -> Moment {
        Moment { at: self.now.timestamp().as_second(), night: self.night() }
    }
}

/// Reads a date that follows a flag.
pub fn read_date(flag: &str, word: &str) -> Result<Date, Failure> {
    word.trim().parse().map_err(|_| {
        let found = format!("`{flag} {word}` is no date");
        let problem = Diagnostic::error("bad-date", found).expected("year, month and day");
        Failure::usage(problem.help("write it as 2026-12-01"))
    })
}

fn unknown_zone(name: &str) -> Failure {
    let problem = Diagnostic::error("unknown-zone", format!("unknown time zone `{name}`"))
        .expected("a name such as Europe/Berlin or America/New_York");
    let names: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    let same_city = |zone: &&String| {
        let city = zone.rsplit('/').next().unwrap_or(zone);
        city.replace('_', " ").eq_ignore_ascii_case(&name.trim().replace('_', " "))
    };
    let near = names.iter().find(same_city).map(String::as_str);
    let near = near.or_else(|| did_you_mean(name, names.iter().map(String::as_str)));
    let help = near.map(|near| format!("did you mean `{near}`?"));
    Failure::usage(Diagnostic { help, ..problem })
}
