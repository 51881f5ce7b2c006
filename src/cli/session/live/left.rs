//! A session that was left before its end.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::words::position;
use crate::cli::draw::consent;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::session::kept::{Kept, folder};
use crate::session::Seconds;
use crate::session::live::{Live, Snapshot};

/// For how long after it was left a session is gone on with unless somebody says no, in seconds.
const SAME_EVENING: i64 = 6 * 60 * 60;

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

    /// Returns the session of a format that was left; a file that cannot be read is none.
    pub fn find(format: &str) -> Option<Self> {
        let text = std::fs::read_to_string(place(format)?).ok()?;
        let left: Self = serde_json::from_str(&text).ok()?;
        (left.deckle == 1 && !left.snapshot.is_idle()).then_some(left)
    }

    /// Keeps it at `place`, in place of an earlier one.
    pub fn keep(&self, place: &Path) -> Result<(), Failure> {
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
        }
        let text = serde_json::to_string(self).unwrap_or_default();
        // Names are in it.
        output::write_private(place, (text + "\n").as_bytes())
    }

    /// Asks whether to go on; `now` is the moment of the session's clock, `today` that of the world.
    pub fn is_wanted(&self, live: &Live, now: Duration, today: Timestamp) -> bool {
        let view = live.view(now);
        let ago = today.as_second().saturating_sub(self.at).max(0);
        let is_recent = ago < SAME_EVENING;
        let rounds = view.plan.last_round();
        let question = format!(
            "{} was left {} ago in {}, with {} to go. Go on with it? ({}) ",
            view.plan.format.title,
            in_words(ago),
            position(view.stage, rounds).to_lowercase(),
            Seconds(view.to_end.as_secs() as u32),
            if is_recent { "Y/n" } else { "y/N" },
        );
        consent::agreed(&question, is_recent)
    }
}

/// Returns a stretch of time as people say it.
fn in_words(seconds: i64) -> String {
    match seconds {
        ..60 => "a moment".into(),
        60..120 => "a minute".into(),
        120..7200 => format!("{} minutes", seconds / 60),
        7200..172_800 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// Returns where a session of a format is kept when it is left.
pub fn place(format: &str) -> Option<PathBuf> {
    Some(folder()?.join("left").join(format!("{format}.json")))
}
