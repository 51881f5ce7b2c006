//! Optimum-fit line breaking over abstract widths.
//!
//! A text is set in as few lines as it can be, and among all ways to do so in the one that costs
//! least. The cost of a line is 100·((t − w)/m)², with w its width, m the measure and
//! t = min(0.97 m, 1.04 · total ÷ lines); a last line shorter than t counts 0.55 of that. A line
//! that ends on a weak word costs 1.2 more and one that ends on a stop 1.6 less; a last line of one
//! word costs 6 more, and one shorter than t/3 costs 8 more.

/// A piece of text that is not broken inside, as wide as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The width, in any unit that all fragments share.
    pub width: i64,
    /// The space before the fragment where it does not begin a line.
    pub space: i64,
    /// What a line that ends here ends on.
    pub ending: Ending,
    /// Whether a line may begin here.
    pub may_begin: bool,
}

/// What a fragment ends on, as far as it matters to a reader at the end of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// A word like any other.
    #[default]
    Plain,
    /// A small word that belongs to the next one.
    Weak,
    /// A comma, a full stop or another breath.
    Stop,
}

const WEAK_COST: f64 = 1.2;
const STOP_GAIN: f64 = 1.6;
const LONE_WORD_COST: f64 = 6.0;
const STUB_COST: f64 = 8.0;
const SHORT_LAST_SHARE: f64 = 0.55;
/// 49.5 mm of the 51 mm that a poker card measures between its margins.
const FULLEST: f64 = 49.5 / 51.0;
const SLACK: f64 = 1.04;

/// Returns the fewest lines that hold the fragments, or none where one of them is too wide or
/// `limit` lines are too few.
pub fn fewest_lines(fragments: &[Fragment], measure: i64, limit: usize) -> Option<usize> {
    let (mut lines, mut start) = (0, 0);
    while start < fragments.len() {
        if lines == limit {
            return None;
        }
        start = longest_line(fragments, start, measure)?;
        lines += 1;
    }
    Some(lines)
}

/// Returns where the longest line that begins at `start` ends.
fn longest_line(fragments: &[Fragment], start: usize, measure: i64) -> Option<usize> {
    let mut width = fragments[start].width;
    let mut best = None;
    for end in start + 1..=fragments.len() {
        if width > measure {
            break;
        }
        if fragments.get(end).is_none_or(|next| next.may_begin) {
            best = Some(end);
        }
        if let Some(next) = fragments.get(end) {
            width += next.space + next.width;
        }
    }
    best
}

/// Returns the ends of the lines of the cheapest setting in as few lines as possible, or none where
/// the text does not fit `limit` lines of `measure`.
pub fn break_lines(fragments: &[Fragment], measure: i64, limit: usize) -> Option<Vec<usize>> {
    let lines = fewest_lines(fragments, measure, limit)?;
    if lines <= 1 {
        return Some((0..lines).map(|_| fragments.len()).collect());
    }
    Some(Cheapest::new(fragments, measure, lines).ends())
}

/// The search for the cheapest setting: by lines, then by where a line ends.
struct Cheapest<'a> {
    fragments: &'a [Fragment],
    measure: i64,
    lines: usize,
    target: f64,
}

impl<'a> Cheapest<'a> {
    fn new(fragments: &'a [Fragment], measure: i64, lines: usize) -> Self {
        let total = width(fragments) as f64;
        let target = (FULLEST * measure as f64).min(SLACK * total / lines as f64);
        Self { fragments, measure, lines, target }
    }

    /// Fills a table row by row: `cost[end]` is the least cost of setting everything up to `end` in
    /// the lines so far, `from[line][end]` where the last of them begins.
    fn ends(&self) -> Vec<usize> {
        let count = self.fragments.len();
        let mut cost = vec![f64::INFINITY; count + 1];
        cost[0] = 0.0;
        let mut from = Vec::with_capacity(self.lines);
        for line in 1..=self.lines {
            let (next, begins) = self.row(&cost, line == self.lines);
            from.push(begins);
            cost = next;
        }
        let mut ends = vec![count];
        for begins in from[1..].iter().rev() {
            ends.push(begins[ends[ends.len() - 1]]);
        }
        ends.reverse();
        ends
    }

    fn row(&self, cost: &[f64], last: bool) -> (Vec<f64>, Vec<usize>) {
        let count = self.fragments.len();
        let mut next = vec![f64::INFINITY; count + 1];
        let mut begins = vec![0; count + 1];
        for (start, &before) in cost.iter().enumerate().take(count) {
            if !before.is_finite() || (start > 0 && !self.fragments[start].may_begin) {
                continue;
            }
            let mut width = -self.fragments[start].space;
            for end in start + 1..=count {
                let fragment = &self.fragments[end - 1];
                width += fragment.space + fragment.width;
                if width > self.measure {
                    break;
                }
                if last && end < count {
                    continue;
                }
                let total = before + self.line_cost(start, end, width);
                if total < next[end] {
                    next[end] = total;
                    begins[end] = start;
                }
            }
        }
        (next, begins)
    }

    fn line_cost(&self, start: usize, end: usize, width: i64) -> f64 {
        let width = width as f64;
        let off = (self.target - width) / self.measure as f64;
        let ragged = 100.0 * off * off;
        if end == self.fragments.len() {
            let words = self.fragments[start + 1..end].iter().filter(|f| f.space > 0).count() + 1;
            let share = if width < self.target { SHORT_LAST_SHARE } else { 1.0 };
            let lone = if words == 1 { LONE_WORD_COST } else { 0.0 };
            let stub = if width < self.target / 3.0 { STUB_COST } else { 0.0 };
            return ragged * share + lone + stub;
        }
        match self.fragments[end - 1].ending {
            Ending::Plain => ragged,
            Ending::Weak => ragged + WEAK_COST,
            Ending::Stop => ragged - STOP_GAIN,
        }
    }
}

/// Returns the width of the fragments on one line.
pub fn width(fragments: &[Fragment]) -> i64 {
    let sum: i64 = fragments.iter().map(|fragment| fragment.space + fragment.width).sum();
    sum - fragments.first().map_or(0, |first| first.space)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fragment() -> impl Strategy<Value = Fragment> {
        (1..30i64, 0..3u8, prop::bool::weighted(0.9)).prop_map(|(width, ending, may_begin)| {
            let ending = [Ending::Plain, Ending::Weak, Ending::Stop][ending as usize];
            Fragment { width, space: if may_begin { 3 } else { 0 }, ending, may_begin }
        })
    }

    /// Every way to part `count` fragments into `lines` lines.
    fn all_ways(count: usize, lines: usize, from: usize) -> Vec<Vec<usize>> {
        if lines == 1 {
            return vec![vec![count]];
        }
        (from + 1..count)
            .flat_map(|end| {
                all_ways(count, lines - 1, end).into_iter().map(move |mut rest| {
                    rest.insert(0, end);
                    rest
                })
            })
            .collect()
    }

    fn cost_of(search: &Cheapest, ends: &[usize]) -> Option<f64> {
        let (mut start, mut cost) = (0, 0.0);
        for &end in ends {
            let line = width(&search.fragments[start..end]);
            if line > search.measure || (start > 0 && !search.fragments[start].may_begin) {
                return None;
            }
            cost += search.line_cost(start, end, line);
            start = end;
        }
        Some(cost)
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_line_is_over_its_measure(
            fragments in prop::collection::vec(fragment(), 1..40),
            measure in 40..120i64,
        ) {
            if let Some(ends) = break_lines(&fragments, measure, 99) {
                prop_assert_eq!(*ends.last().expect("a line"), fragments.len());
                prop_assert_eq!(Some(ends.len()), fewest_lines(&fragments, measure, 99));
                let mut start = 0;
                for &end in &ends {
                    prop_assert!(start < end);
                    prop_assert!(width(&fragments[start..end]) <= measure);
                    prop_assert!(start == 0 || fragments[start].may_begin);
                    start = end;
                }
            }
        }

        #[test]
        fn the_cost_equals_that_of_trying_everything(
            fragments in prop::collection::vec(fragment(), 1..11),
            measure in 40..90i64,
        ) {
            if let Some(ends) = break_lines(&fragments, measure, 99) {
                let search = Cheapest::new(&fragments, measure, ends.len());
                let found = cost_of(&search, &ends).expect("a valid setting");
                let best = all_ways(fragments.len(), ends.len(), 0)
                    .iter()
                    .filter_map(|ends| cost_of(&search, ends))
                    .fold(f64::INFINITY, f64::min);
                prop_assert!((found - best).abs() < 1e-9, "{} is not {}", found, best);
            }
        }
    }

    #[test]
    fn a_word_wider_than_the_measure_does_not_fit() {
        let wide = Fragment { width: 50, space: 0, ending: Ending::Plain, may_begin: true };
        assert_eq!(break_lines(&[wide], 49, 9), None);
        assert_eq!(break_lines(&[wide, wide], 50, 1), None);
        assert_eq!(break_lines(&[], 50, 9), Some(vec![]));
    }
}
