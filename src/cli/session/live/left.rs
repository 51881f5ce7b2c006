//! A session that was left before its end.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::words::position;
use crate::cli::draw::{consent, one_line};
use crate::cli::failure::Failure;
use crate::cli::lock::Lock;
use crate::cli::session::kept::{self, Kept};
use crate::session::Seconds;
use crate::session::live::{Live, Snapshot};

/// For how long after it was left a session is gone on with unless somebody says no, in seconds.
const SAME_EVENING: u64 = 6 * 60 * 60;

/// A session as it was left.
#[derive(Debug, Deserialize, Serialize)]
pub struct Left {
    deckle: u8,
    /// When that was, in seconds since 1970.
    at: i64,
    /// The plan, and what was asked for.
    pub kept: Kept,
    /// How far it was.
    pub snapshot: Snapshot,
}

impl Left {
    /// A session as it is at the moment `at`, in seconds since 1970.
    pub fn new(kept: Kept, snapshot: Snapshot, at: i64) -> Self {
        Self { deckle: 1, at, kept, snapshot }
    }

    /// Returns the session that was left at a place; a file that cannot be read is none.
    pub fn find(place: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(place).ok()?;
        let left: Self = serde_json::from_str(&text).ok()?;
        (left.deckle == 1 && !left.snapshot.is_idle()).then_some(left)
    }

    /// Keeps it at `place`, in place of an earlier one.
    pub fn keep(&self, place: &Path) -> Result<(), Failure> {
        kept::write(place, self)
    }

    /// Returns for how long nobody was there, in seconds, at the moment `today` of the world.
    pub fn away(&self, today: Timestamp) -> u64 {
        u64::try_from(today.as_second().saturating_sub(self.at)).unwrap_or_default()
    }

    /// Returns how much of that counts as a break of the same evening.
    pub fn pause(&self, today: Timestamp) -> Duration {
        let away = self.away(today);
        Duration::from_secs(if away < SAME_EVENING { away } else { 0 })
    }

    /// Asks whether to go on, where a command of now asks for something else, too, if it `differs`; none
    /// where nobody answers. `now` is the moment of the session's clock, `today` that of the world.
    pub fn is_wanted(
        &self,
        live: &Live,
        differs: bool,
        now: Duration,
        today: Timestamp,
    ) -> Option<bool> {
        let view = live.view(now);
        let away = self.away(today);
        let is_usual = away < SAME_EVENING && !differs;
        let instead = if differs { ", in place of what you ask for now" } else { "" };
        let question = format!(
            "{} was left {} ago in {}, with {} to go. Go on with it{instead}? ({}) ",
            one_line(&view.plan.format.title),
            in_words(away),
            position(view.stage, view.plan.last_round()).to_lowercase(),
            Seconds(u32::try_from(view.to_end.as_secs()).unwrap_or(u32::MAX)),
            if is_usual { "Y/n" } else { "y/N" },
        );
        consent::agreed(&question, is_usual)
    }
}

/// The right to keep the sessions of a format, which one program has at a time.
pub struct Claim {
    /// Where they are kept; nowhere where another program has the right.
    pub place: Option<PathBuf>,
    /// Held for its lock alone.
    _lock: Option<Lock>,
}

impl Claim {
    /// Takes the right, if nobody has it.
    pub fn of(format: &str) -> Self {
        let Some(place) = place(format) else { return Self { place: None, _lock: None } };
        let folder = place.parent().map(std::fs::create_dir_all);
        match folder.and(Some(Lock::at_once(&place))) {
            Some(Ok(None)) => Self { place: None, _lock: None },
            // Where nothing can be written whoever keeps the session says so.
            Some(Err(_)) | None => Self { place: Some(place), _lock: None },
            Some(Ok(lock)) => Self { place: Some(place), _lock: lock },
        }
    }
}

/// Returns a stretch of time as people say it.
fn in_words(seconds: u64) -> String {
    match seconds {
        ..60 => "a moment".into(),
        60..120 => "a minute".into(),
        120..7200 => format!("{} minutes", seconds / 60),
        7200..172_800 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// Returns where a session of a format is kept when it is left.
fn place(format: &str) -> Option<PathBuf> {
    Some(kept::left_folder()?.join(format!("{format}.json")))
}
