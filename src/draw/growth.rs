//! How deep one may go by now: by the calendar, or by what was practised.

use jiff::civil::Date;

use crate::deck::Depth;

use super::memory::Memory;

/// After how many weeks each depth opens: one of the lightest, two, three and four more for the next.
const OPENS: [i32; 5] = [0, 1, 3, 6, 10];

/// How many days a week of practice has.
const WEEK: i32 = 7;

/// In how many draws of a week one practises.
const PRACTICE: usize = 3;

/// The depth that practice begins with.
const BEGINNING: u8 = 2;

/// Returns the deepest depth of `night` for people who began on `start`: 1 in the first week, 2 from
/// the second, 3 from the fourth, 4 from the seventh and 5 from the eleventh, but never over `most`.
pub fn by_calendar(start: Date, night: Date, most: Depth) -> Depth {
    let weeks = (night - start).get_days().div_euclid(WEEK);
    let open = OPENS.iter().filter(|opens| **opens <= weeks).count().max(1);
    Depth::ALL[open - 1].min(most)
}

/// How deep one may go, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// The deepest depth.
    pub ceiling: Depth,
    /// How many weeks of practice raised it.
    pub raised: usize,
    /// The day of the last pass that lowered it.
    pub lowered: Option<Date>,
}

/// Returns how deep those may go `today` whose memory this is, never over `most`.
///
/// They begin at depth 2. Every week of theirs with three draws or more raises that by one level; a
/// week is seven days, counted from the first draw. A pass lowers it by one, and its week raises
/// nothing. Nobody goes under depth 1.
pub fn by_practice(memory: &Memory, today: Date, most: Depth) -> Growth {
    let mut growth = Growth { ceiling: Depth::ALL[0], raised: 0, lowered: None };
    let mut level = BEGINNING;
    let Some(first) = memory.draws().first().map(|draw| draw.day) else {
        growth.ceiling = depth(level).min(most);
        return growth;
    };
    let week_of = |day: Date| (day - first).get_days().div_euclid(WEEK);
    for week in memory.draws().chunk_by(|a, b| week_of(a.day) == week_of(b.day)) {
        let passes = week.iter().filter(|draw| draw.passed).count();
        let is_over = week_of(week[0].day) < week_of(today);
        if passes > 0 {
            level = level.saturating_sub(passes.min(usize::from(u8::MAX)) as u8).max(1);
            growth.lowered = week.iter().rev().find(|draw| draw.passed).map(|draw| draw.day);
        } else if is_over && week.len() >= PRACTICE && level < most.level() {
            level += 1;
            growth.raised += 1;
        }
    }
    growth.ceiling = depth(level).min(most);
    growth
}

fn depth(level: u8) -> Depth {
    Depth::new(level.clamp(1, 5)).unwrap_or(Depth::ALL[0])
}
