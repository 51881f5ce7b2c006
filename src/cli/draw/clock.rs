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
    /// The name of its time zone, or how far it is from that of Greenwich.
    pub zone: String,
    /// Whether the zone has a name that another machine understands.
    pub has_name: bool,
}

impl Clock {
    /// Returns the time of this machine; that of Greenwich where it has none.
    pub fn here() -> Self {
        Self::new(TimeZone::try_system().unwrap_or(TimeZone::UTC))
    }

    /// Returns the time in the zone called `name`.
    pub fn of(name: &str) -> Result<Self, Failure> {
        let name = name.trim();
        // These are no places: what they mean differs from machine to machine.
        let is_place =
            !["localtime", "posixrules", "factory", "etc/unknown"].contains(&&*name.to_lowercase());
        let zone = TimeZone::get(name).ok().filter(|_| is_place);
        zone.map(Self::new).ok_or_else(|| unknown_zone(name))
    }

    fn new(zone: TimeZone) -> Self {
        let now = Timestamp::now().to_zoned(zone.clone());
        let name = zone.iana_name().filter(|_| !zone.is_unknown());
        let far = || format!("UTC{}", now.strftime("%:z"));
        Self { zone: name.map_or_else(far, str::to_owned), has_name: name.is_some(), now }
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
    let mut problem = Diagnostic::error("unknown-zone", format!("unknown time zone `{name}`"))
        .expected("a name such as Europe/Berlin or America/New_York");
    let names: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    let same_city = |zone: &&String| {
        let city = zone.rsplit('/').next().unwrap_or(zone);
        city.replace('_', " ").eq_ignore_ascii_case(&name.trim().replace('_', " "))
    };
    let near = names.iter().find(same_city).map(String::as_str);
    // The zones that are called by hours count them the other way round than people do.
    let places = names.iter().map(String::as_str).filter(|name| !name.contains(['+', '-']));
    let near = near.or_else(|| did_you_mean(name, places));
    problem.help = Some(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name the largest city of the zone, such as Europe/Berlin".into(),
    });
    Failure::usage(problem)
}
