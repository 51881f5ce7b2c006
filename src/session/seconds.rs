//! Spans of time, in whole seconds.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A span of time in whole seconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize,
)]
#[serde(transparent)]
pub struct Seconds(pub u32);

impl Seconds {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// Longer than any session.
    pub const DAY: Self = Self::minutes(24 * 60);

    /// So many minutes.
    pub const fn minutes(minutes: u32) -> Self {
        Self(minutes.saturating_mul(60))
    }

    /// Returns the minutes, the seconds over as a part of one.
    pub fn to_minutes(self) -> f64 {
        f64::from(self.0) / 60.0
    }

    /// Returns the time as programs measure it.
    pub const fn to_duration(self) -> Duration {
        Duration::from_secs(self.0 as u64)
    }

    /// Returns the difference, and nothing where the other is longer.
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Returns the time as a clock counts it: `1:05`, `12:00`, `1:02:30`.
    pub fn clock(self) -> String {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        match hours {
            0 => format!("{minutes}:{seconds:02}"),
            hours => format!("{hours}:{minutes:02}:{seconds:02}"),
        }
    }
}

impl fmt::Display for Seconds {
    /// Writes `45 s`, `2 min`, `2½ min`, `6 min 20 s`, `1 h 05 min`.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        let words = match (hours, minutes, seconds) {
            (0, 0, seconds) => format!("{seconds} s"),
            (0, minutes, 0) => format!("{minutes} min"),
            (0, minutes, 30) => format!("{minutes}½ min"),
            (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
            // Nobody counts seconds over an hour.
            (hours, 0, 0..30) => format!("{hours} h"),
            _ => {
                let minutes = (self.0 + 30) / 60;
                format!("{} h {:02} min", minutes / 60, minutes % 60)
            }
        };
        f.pad(&words)
    }
}

impl Add for Seconds {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Seconds {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Seconds {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.less(other)
    }
}

impl Mul<u32> for Seconds {
    type Output = Self;

    fn mul(self, times: u32) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Sum for Seconds {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_say_them() {
        let words = |seconds| Seconds(seconds).to_string();
        assert_eq!([45, 120, 150, 380].map(words), ["45 s", "2 min", "2½ min", "6 min 20 s"]);
        assert_eq!(
            [3600, 3900, 3929, 7199].map(words),
            ["1 h", "1 h 05 min", "1 h 05 min", "2 h 00 min"]
        );
        assert_eq!([65, 3750].map(|at| Seconds(at).clock()), ["1:05", "1:02:30"]);
    }
}
