//! How deep one may go by now: by the calendar, or by what was practised.

use std::collections::BTreeMap;

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
    /// How many weeks of practice there were.
    pub weeks: usize,
    /// The night of the last pass, if nothing rose since.
    pub lowered: Option<Date>,
}

/// Returns how deep those may go `today` whose memory this is, never over `most`.
///
/// They begin at depth 2. Every week of theirs with three draws or more raises that by one level; a
/// week is seven days, counted from the first draw. A pass lowers it by one, and its week raises
/// nothing. Nobody goes under depth 1.
pub fn by_practice(memory: &Memory, today: Date, most: Depth) -> Growth {
    let first = memory.draws().iter().map(|draw| draw.day).min().unwrap_or(today);
    let week_of = |day: Date| (day - first).get_days().div_euclid(WEEK);
    let mut weeks: BTreeMap<i32, Week> = BTreeMap::new();
    for draw in memory.draws() {
        weeks.entry(week_of(draw.day)).or_default().draws += 1;
    }
    for night in memory.passes() {
        weeks.entry(week_of(*night)).or_default().passes.push(*night);
    }
    let mut growth = Growth { ceiling: Depth::ALL[0], weeks: 0, lowered: None };
    let mut level = BEGINNING;
    for (number, week) in &weeks {
        if let Some(last) = week.passes.iter().max() {
            level = level.saturating_sub(week.passes.len().min(5) as u8).max(1);
            growth.lowered = Some(*last);
        } else if *number < week_of(today) && week.draws >= PRACTICE {
            level = (level + 1).min(most.level());
            growth.weeks += 1;
            growth.lowered = None;
        }
    }
    growth.ceiling = depth(level).min(most);
    growth
}

/// What happened in a week.
#[derive(Default)]
struct Week {
    draws: usize,
    passes: Vec<Date>,
}

fn depth(level: u8) -> Depth {
    Depth::new(level.clamp(1, 5)).unwrap_or(Depth::ALL[0])
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::super::memory::{Event, What};
    use super::*;
    use crate::deck::CardKey;

    /// A memory of draws and passes, so many days after the first of December.
    fn memory(days: &[(i64, bool)]) -> Memory {
        let events = days.iter().enumerate().flat_map(|(at, (day, passed))| {
            let night = date(2026, 12, 1) + day.days();
            let card = CardKey(at as u128);
            let event = |what| Event { at: 0, night, what, card, detail: None };
            let passed = passed.then(|| event(What::Passed));
            [event(What::Drawn)].into_iter().chain(passed)
        });
        Memory::of(events)
    }

    fn after(days: &[(i64, bool)], today: i64) -> Growth {
        by_practice(&memory(days), date(2026, 12, 1) + today.days(), Depth::ALL[4])
    }

    fn weeks(count: i64) -> Vec<(i64, bool)> {
        (0..count).flat_map(|week| [0, 2, 4].map(|day| (week * 7 + day, false))).collect()
    }

    #[test]
    fn depth_rises_with_weeks_of_practice_and_no_faster() {
        let level = |days: &[(i64, bool)], today| after(days, today).ceiling.level();
        assert_eq!(level(&[], 0), 2);
        assert_eq!(level(&weeks(1), 5), 2, "the week is not over");
        assert_eq!(level(&weeks(1), 7), 3);
        assert_eq!(level(&weeks(2), 14), 4);
        assert_eq!(level(&weeks(9), 63), 5);
        assert_eq!(level(&[(0, false), (1, false)], 30), 2, "two draws make no practice");
        let most = by_practice(&memory(&weeks(9)), date(2027, 12, 1), Depth::ALL[2]);
        assert_eq!((most.ceiling.level(), most.weeks), (3, 9));
    }

    #[test]
    fn a_pass_lowers_it_at_once() {
        let mut days = weeks(3);
        days.push((21, true));
        let growth = after(&days, 21);
        assert_eq!((growth.ceiling.level(), growth.weeks), (4, 3));
        assert_eq!(growth.lowered, Some(date(2026, 12, 22)));
        days.extend([(22, false), (23, false), (24, false)]);
        assert_eq!(after(&days, 28).ceiling.level(), 4, "a week with a pass raises nothing");
        let all: Vec<(i64, bool)> = (0..20).map(|day| (day, true)).collect();
        assert_eq!(after(&all, 20).ceiling.level(), 1);
    }

    #[test]
    fn the_calendar_opens_the_depths_week_by_week() {
        let start = date(2026, 12, 1);
        let on = |day: i64, most: usize| {
            by_calendar(start, start + day.days(), Depth::ALL[most - 1]).level()
        };
        let opened: Vec<u8> = [0, 6, 7, 20, 21, 41, 42, 69, 70, 999].map(|day| on(day, 5)).into();
        assert_eq!(opened, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!([on(0, 3), on(30, 3), on(90, 3)], [1, 3, 3]);
    }
}
