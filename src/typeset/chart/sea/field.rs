//! The depth of the sea at every point: waves bent by waves, and an island in the middle.
//!
//! Every machine gets the same depths: sine, cosine and hyperbolic tangent are `libm`'s, never
//! the system's; the square root is exact by IEEE 754 wherever it is taken.

use std::f64::consts::TAU;

use kurbo::{Point, Rect, Vec2};

use super::chance::Chance;
use super::contour::Grid;
use super::scale::Scale;
use crate::length::Size;

/// The waves that are neither so long nor so short that a card shows no calm, in cycles along the
/// shorter side.
const WAVES: std::ops::RangeInclusive<f64> = 0.8..=3.7;

/// The most cycles along the longer side of the longest card there is.
const MOST_CYCLES: usize = 45;

/// Where the island is put before it is centred, and how far it reaches, on a poker card.
const ISLAND: (Point, Vec2) = (Point::new(31.5, 40.0), Vec2::new(20.8, 12.6));

/// The cells of the grid on a poker card: 0.5 mm both ways.
const CELLS: (f64, f64) = (126.0, 176.0);

/// The sea of a deck: depths below 0 are land.
#[derive(Clone, Debug)]
pub struct Sea {
    pub(super) scale: Scale,
    columns: usize,
    rows: usize,
    /// The distance between neighbouring columns and rows, in millimetres.
    cell: Vec2,
    /// One period of depths, row by row.
    depths: Vec<f64>,
    /// How far the sea is slid so that the island lies around the title, in millimetres.
    slide: Vec2,
}

impl Sea {
    /// The sea that `title` imagines on a card of `trim`; none where that is no card, with a side
    /// under 10 mm or over 2 m, or more than twelve times as long as wide.
    pub fn new(title: &str, trim: Size) -> Option<Self> {
        let scale = Scale::new(trim)?;
        let columns = (CELLS.0 * scale.by.x / scale.mean).round() as usize;
        let rows = (CELLS.1 * scale.by.y / scale.mean).round() as usize;
        let cell = Vec2::new(scale.card.x / columns as f64, scale.card.y / rows as f64);
        let depths = Bed::new(title, &scale).sampled(columns, rows);
        let mut sea = Self { scale, columns, rows, cell, depths, slide: Vec2::ZERO };
        sea.drown_islets();
        sea.slide = sea.centring();
        Some(sea)
    }

    /// Returns the depth at `point` (millimetres from the top left of the trim), interpolated
    /// between the four nearest points of the grid.
    pub fn depth(&self, point: Point) -> f64 {
        let (x, y) =
            ((point.x - self.slide.x) / self.cell.x, (point.y - self.slide.y) / self.cell.y);
        let (i, j) = (x.floor(), y.floor());
        let (right, down) = (x - i, y - j);
        let (i, j) = (i as i64, j as i64);
        let top = mixed(self.at(i, j), self.at(i + 1, j), right);
        let bottom = mixed(self.at(i, j + 1), self.at(i + 1, j + 1), right);
        mixed(top, bottom, down)
    }

    /// Returns the depths over `area` (millimetres from the top left of the trim), or a cell more.
    pub(super) fn grid(&self, area: Rect) -> Grid {
        let first = |from: f64, slide: f64, cell: f64| ((from - slide) / cell).floor() as i64;
        let last = |to: f64, slide: f64, cell: f64| ((to - slide) / cell).ceil() as i64;
        let left = first(area.x0, self.slide.x, self.cell.x);
        let top = first(area.y0, self.slide.y, self.cell.y);
        let right = last(area.x1, self.slide.x, self.cell.x);
        let bottom = last(area.y1, self.slide.y, self.cell.y);
        let rows = top..=bottom;
        Grid {
            columns: (right - left + 1) as usize,
            rows: (bottom - top + 1) as usize,
            origin: Point::new(left as f64 * self.cell.x, top as f64 * self.cell.y) + self.slide,
            step: self.cell,
            values: rows.flat_map(|j| (left..=right).map(move |i| self.at(i, j))).collect(),
        }
    }

    fn at(&self, column: i64, row: i64) -> f64 {
        let column = column.rem_euclid(self.columns as i64) as usize;
        self.depths[row.rem_euclid(self.rows as i64) as usize * self.columns + column]
    }

    /// Puts under water, by nothing, what land does not hang together with the island.
    ///
    /// The formula leaves such an islet off the coast in one sea of some five hundred.
    fn drown_islets(&mut self) {
        let (columns, rows) = (self.columns, self.rows);
        let middle = self.scale.point(ISLAND.0.x, ISLAND.0.y);
        let (i, j) = ((middle.x / self.cell.x) as usize, (middle.y / self.cell.y) as usize);
        let mut island = vec![false; self.depths.len()];
        let mut open = vec![(i, j)];
        while let Some((i, j)) = open.pop() {
            let at = j * columns + i;
            if self.depths[at] >= 0.0 || std::mem::replace(&mut island[at], true) {
                continue;
            }
            open.extend([((i + 1) % columns, j), ((i + columns - 1) % columns, j)]);
            open.extend([(i, (j + 1) % rows), (i, (j + rows - 1) % rows)]);
        }
        for (depth, island) in self.depths.iter_mut().zip(island) {
            if !island {
                *depth = depth.max(0.0);
            }
        }
    }

    /// Returns how far the island's middle lies from where the title stands: the mean of the
    /// land's mid-points along the rows and columns that cross the title.
    fn centring(&self) -> Vec2 {
        let (columns, rows) = (self.columns as f64, self.rows as f64);
        let span = |from: f64, to: f64, count: f64, side: f64| {
            (from * count / side).ceil() as i64..=(to * count / side).floor() as i64
        };
        let x = mean(
            span(36.0, 45.0, rows, 88.0)
                .filter_map(|j| middle((0..self.columns as i64).filter(|i| self.at(*i, j) < 0.0))),
        );
        let y = mean(
            span(24.0, 39.0, columns, 63.0)
                .filter_map(|i| middle((0..self.rows as i64).filter(|j| self.at(i, *j) < 0.0))),
        );
        let wanted = self.scale.point(31.5, 40.5);
        let slid = |wanted: f64, found: Option<f64>, cell: f64| {
            found.map_or(0.0, |found| wanted - found * cell)
        };
        Vec2::new(slid(wanted.x, x, self.cell.x), slid(wanted.y, y, self.cell.y))
    }
}

fn mixed(from: f64, to: f64, part: f64) -> f64 {
    from + (to - from) * part
}

fn middle(mut land: impl Iterator<Item = i64>) -> Option<f64> {
    let first = land.next()?;
    Some((first + land.last().unwrap_or(first)) as f64 / 2.0)
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// The formula of the sea before it is slid.
struct Bed {
    scale: Scale,
    /// The waves, one entry for each number of cycles along the height, from 0.
    waves: Vec<Waves>,
    /// The phases of the waves that bend the waves.
    bends: [Turn; 4],
}

/// The waves with one number of cycles along the height, as factors of powers of e^(iu).
#[derive(Clone, Default)]
struct Waves {
    /// The wave with no cycle along the width.
    straight: Turn,
    /// For 1, 2, 3 … cycles: the sum of factors of power and inverse power, and the difference.
    ///
    /// As one power is the conjugate of the other, the two together need four products, not eight.
    pairs: Vec<(Turn, Turn)>,
}

impl Bed {
    fn new(title: &str, scale: &Scale) -> Self {
        let mut chance = Chance::new(title);
        // On a poker card 3 cycles along the width and 5 along the height; a longer side needs
        // more for waves of the same length.
        let short = scale.card.x.min(scale.card.y);
        let highest = |side: f64| ((WAVES.end() * side / short) as usize).min(MOST_CYCLES);
        let (across, down) = (highest(scale.card.x), highest(scale.card.y));
        let pairs = vec![Default::default(); across];
        let mut waves = vec![Waves { pairs, ..Waves::default() }; down + 1];
        let mut power = 0.0;
        for m in -(across as i32)..=across as i32 {
            for (n, waves) in waves.iter_mut().enumerate() {
                let wide = f64::from(m) * short / scale.card.x;
                let high = n as f64 * short / scale.card.y;
                let k = (wide * wide + high * high).sqrt();
                if (n == 0 && m <= 0) || !WAVES.contains(&k) {
                    continue;
                }
                let phase = Turn::new(chance.angle());
                let amplitude = (0.6 + 0.8 * chance.draw()) * libm::pow(k, -1.35);
                power += amplitude * amplitude / 2.0;
                waves.add(m, phase.times(amplitude));
            }
        }
        let bends = [(); 4].map(|()| Turn::new(chance.angle()));
        let even = if power > 0.0 { 1.0 / power.sqrt() } else { 0.0 };
        waves.iter_mut().for_each(|waves| waves.louder(even));
        Self { scale: *scale, waves, bends }
    }

    /// Returns one period of depths: `columns` × `rows` of them, row by row.
    fn sampled(&self, columns: usize, rows: usize) -> Vec<f64> {
        let turns = |count: usize| -> Vec<Turn> {
            (0..count).map(|at| Turn::new(TAU * at as f64 / count as f64)).collect()
        };
        let (across, down) = (turns(columns), turns(rows));
        let cell = Vec2::new(self.scale.card.x / columns as f64, self.scale.card.y / rows as f64);
        let mut depths = Vec::with_capacity(columns * rows);
        for (j, v) in down.iter().enumerate() {
            for (i, u) in across.iter().enumerate() {
                let point = Point::new(i as f64 * cell.x, j as f64 * cell.y);
                depths.push(relief(self.shore(point), self.swell(*u, *v)));
            }
        }
        depths
    }

    /// Returns how far `point` is from the island's middle: 0 there, about 0.75 on the coast, at
    /// least 1.51 at the trim.
    fn shore(&self, point: Point) -> f64 {
        let (center, reach) = ISLAND;
        let center = self.scale.point(center.x, center.y);
        let off = point - center;
        let x = wrapped(off.x, self.scale.card.x) / (reach.x * self.scale.by.x);
        let y = wrapped(off.y, self.scale.card.y) / (reach.y * self.scale.by.y);
        (x * x + y * y).sqrt()
    }

    /// Returns the sum of all waves where e^(iu) and e^(iv) are `u` and `v`: about ±2.2 at most,
    /// 1 in the mean of squares before it is bent and pressed together.
    fn swell(&self, u: Turn, v: Turn) -> f64 {
        let [w0, w1, w2, w3] = self.bends;
        let aside = 0.24 * v.then(w0).y + 0.10 * v.then(v).then(u).then(w1).y;
        let along = 0.20 * u.then(w2).y + 0.08 * u.then(u).then(v.back()).then(w3).y;
        let (u, v) = (u.then(Turn::new(aside)), v.then(Turn::new(along)));
        let mut powers = [u; MOST_CYCLES];
        let count = self.waves.first().map_or(0, |waves| waves.pairs.len()).min(MOST_CYCLES);
        for n in 1..count {
            powers[n] = powers[n - 1].then(u);
        }
        let sum = self.waves.iter().rev().fold(Turn::ZERO, |sum, waves| {
            let sum = sum.then(v);
            let row = waves.at(&powers[..count]);
            Turn { x: sum.x + row.x, y: sum.y + row.y }
        });
        2.2 * libm::tanh(sum.x / 2.2)
    }
}

impl Waves {
    fn add(&mut self, m: i32, factor: Turn) {
        let Some(pair) = (m.unsigned_abs() as usize).checked_sub(1) else {
            self.straight = factor;
            return;
        };
        let Some((sum, difference)) = self.pairs.get_mut(pair) else { return };
        let sign = if m > 0 { 1.0 } else { -1.0 };
        *sum = Turn { x: sum.x + factor.x, y: sum.y + factor.y };
        *difference = Turn { x: difference.x + sign * factor.x, y: difference.y + sign * factor.y };
    }

    fn louder(&mut self, by: f64) {
        self.straight = self.straight.times(by);
        for (sum, difference) in &mut self.pairs {
            (*sum, *difference) = (sum.times(by), difference.times(by));
        }
    }

    /// Returns a·z + b·z̄ over all pairs, with z the `powers` of e^(iu).
    fn at(&self, powers: &[Turn]) -> Turn {
        let start = self.straight;
        self.pairs.iter().zip(powers).fold(start, |at, ((sum, difference), z)| Turn {
            x: at.x + sum.x * z.x - difference.y * z.y,
            y: at.y + sum.y * z.x + difference.x * z.y,
        })
    }
}

/// Returns the depth where the shore is `s` away and the waves add up to `n`.
fn relief(s: f64, n: f64) -> f64 {
    let e = -1.30 + 2.95 * smooth(s, 0.45, 1.5) + (0.24 + 0.96 * smooth(s, 0.75, 1.5)) * n;
    drained(flooded(e, s), s)
}

/// Lifts water that falls dry away from the island: no second island, none at the cut.
fn flooded(e: f64, s: f64) -> f64 {
    let far = smooth(s, 1.05, 1.45);
    if far == 0.0 {
        return e;
    }
    let r = e - 0.3;
    e + far * (0.3 + 0.5 * (r + (r * r + 0.30).sqrt()) - e)
}

/// Drains what is wet in the middle of the island: no lake under the title.
fn drained(e: f64, s: f64) -> f64 {
    let near = 1.0 - smooth(s, 0.55, 1.20);
    if near == 0.0 {
        return e;
    }
    let r = e + 0.22;
    e + near * (-0.22 + 0.5 * (r - (r * r + 0.20).sqrt()) - e)
}

/// Returns the smoothstep of `s` from `p` to `q`.
fn smooth(s: f64, p: f64, q: f64) -> f64 {
    let t = ((s - p) / (q - p)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Returns `offset` by the shortest way around a period.
fn wrapped(offset: f64, period: f64) -> f64 {
    offset - period * (offset / period).round()
}

/// A complex number, mostly e^(iα): a turn by α.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Turn {
    x: f64,
    y: f64,
}

impl Turn {
    const ZERO: Self = Self { x: 0.0, y: 0.0 };

    fn new(angle: f64) -> Self {
        let (y, x) = libm::sincos(angle);
        Self { x, y }
    }

    fn then(self, other: Self) -> Self {
        Self { x: self.x * other.x - self.y * other.y, y: self.x * other.y + self.y * other.x }
    }

    fn back(self) -> Self {
        Self { x: self.x, y: -self.y }
    }

    fn times(self, factor: f64) -> Self {
        Self { x: self.x * factor, y: self.y * factor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POKER: Size = Size::mm(63.0, 88.0);

    fn bed(title: &str) -> Bed {
        Bed::new(title, &Scale::new(POKER).expect("poker is a card"))
    }

    /// The depth at any point, off the grid.
    fn exact(bed: &Bed, x: f64, y: f64) -> f64 {
        let (u, v) = (Turn::new(TAU * x / 63.0), Turn::new(TAU * y / 88.0));
        relief(bed.shore(Point::new(x, y)), bed.swell(u, v))
    }

    /// The formula as it is written down, one cosine for each wave.
    fn written(title: &str, x: f64, y: f64) -> f64 {
        let mut chance = Chance::new(title);
        let mut waves = Vec::new();
        for m in -4..=4 {
            for n in 0..=5 {
                let (m, n) = (f64::from(m), f64::from(n));
                let k = (m * m + (n * 63.0 / 88.0) * (n * 63.0 / 88.0)).sqrt();
                if !(n == 0.0 && m <= 0.0) && (0.8..=3.7).contains(&k) {
                    let phase = TAU * chance.draw();
                    waves.push((m, n, phase, (0.6 + 0.8 * chance.draw()) * k.powf(-1.35)));
                }
            }
        }
        let w = [(); 4].map(|()| TAU * chance.draw());
        let (u, v) = (TAU * x / 63.0, TAU * y / 88.0);
        let bent_u = u + 0.24 * (v + w[0]).sin() + 0.10 * (2.0 * v + u + w[1]).sin();
        let bent_v = v + 0.20 * (u + w[2]).sin() + 0.08 * (2.0 * u - v + w[3]).sin();
        let wave =
            |&(m, n, phase, a): &(f64, f64, f64, f64)| a * (m * bent_u + n * bent_v + phase).cos();
        let even = (waves.iter().map(|wave| wave.3 * wave.3).sum::<f64>() / 2.0).sqrt();
        let n = waves.iter().map(wave).sum::<f64>() / even;
        let (dx, dy) = (wrapped(x - 31.5, 63.0) / 20.8, wrapped(y - 40.0, 88.0) / 12.6);
        relief((dx * dx + dy * dy).sqrt(), 2.2 * (n / 2.2).tanh())
    }

    /// How many pieces of land there are on the torus that the sea repeats on.
    fn islands(sea: &Sea) -> usize {
        let mut land: Vec<bool> = sea.depths.iter().map(|depth| *depth < 0.0).collect();
        let mut count = 0;
        while let Some(start) = land.iter().position(|dry| *dry) {
            count += 1;
            let mut open = vec![start];
            while let Some(at) = open.pop() {
                if std::mem::take(&mut land[at]) {
                    let (i, j) = (at % sea.columns, at / sea.columns);
                    open.extend([
                        j * sea.columns + (i + 1) % sea.columns,
                        j * sea.columns + (i + sea.columns - 1) % sea.columns,
                        (j + 1) % sea.rows * sea.columns + i,
                        (j + sea.rows - 1) % sea.rows * sea.columns + i,
                    ]);
                }
            }
        }
        count
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn quick_sums_are_the_written_formula(title in ".{0,20}", x in 0.0..63.0, y in 0.0..88.0) {
            let difference = exact(&bed(&title), x, y) - written(&title, x, y);
            prop_assert!(difference.abs() < 1e-12, "{difference}");
        }

        #[test]
        fn the_sea_repeats_at_the_trim(title in ".{0,20}", along in 0.0..1.0) {
            let bed = bed(&title);
            let (x, y) = (along * 63.0, along * 88.0);
            let at = |x: f64, y: f64| exact(&bed, x, y);
            prop_assert!((at(0.0, y) - at(63.0, y)).abs() < 1e-12);
            prop_assert!((at(x, 0.0) - at(x, 88.0)).abs() < 1e-12);
            let h = 1e-5;
            let slopes = [
                (at(h, y) - at(0.0, y), at(63.0, y) - at(63.0 - h, y)),
                (at(x, h) - at(x, 0.0), at(x, 88.0) - at(x, 88.0 - h)),
            ];
            for (after, before) in slopes {
                prop_assert!(((after - before) / h).abs() < 1e-4, "{slopes:?}");
            }
        }

        #[test]
        fn land_is_one_island_around_the_title_and_never_at_the_trim(title in ".{0,20}") {
            let sea = Sea::new(&title, POKER).expect("poker is a card");
            prop_assert_eq!(islands(&sea), 1);
            for n in 0..=200 {
                let (x, y) = (f64::from(n) * 0.315, f64::from(n) * 0.44);
                for at in [(x, 0.0), (x, 88.0), (0.0, y), (63.0, y)] {
                    prop_assert!(sea.depth(at.into()) > 0.0);
                }
                let middle = Point::new(20.0 + 0.115 * f64::from(n), 40.0);
                prop_assert!(sea.depth(middle) < 0.0);
            }
        }

        #[test]
        fn other_cards_have_one_island_too(
            title in ".{0,20}", width in 40.0..150.0, shape in 0.6..2.0,
        ) {
            let Some(sea) = Sea::new(&title, Size::mm(width, width * shape)) else { return Ok(()) };
            prop_assert_eq!(islands(&sea), 1);
            prop_assert!(sea.depth(sea.scale.point(31.5, 40.0)) < 0.0);
        }
    }

    #[test]
    fn islets_off_the_coast_are_drowned() {
        let with_islet = (0..2000).map(|n| format!("t{n}")).find(|title| {
            let scale = Scale::new(POKER).expect("poker is a card");
            let depths = Bed::new(title, &scale).sampled(126, 176);
            let sea = Sea { depths, ..Sea::new(title, POKER).expect("poker is a card") };
            islands(&sea) > 1
        });
        let title = with_islet.expect("a few seas have islets before they are drowned");
        assert_eq!(islands(&Sea::new(&title, POKER).expect("poker is a card")), 1);
    }

    #[test]
    fn the_grid_lies_on_the_sea() {
        let sea = Sea::new("Intimacy", POKER).expect("poker is a card");
        let grid = sea.grid(Rect::new(-7.0, -7.0, 70.0, 95.0));
        let last = grid.origin
            + Vec2::new(
                (grid.columns - 1) as f64 * grid.step.x,
                (grid.rows - 1) as f64 * grid.step.y,
            );
        assert_eq!(grid.step, Vec2::new(0.5, 0.5));
        assert!(grid.origin.x <= -7.0 && grid.origin.y <= -7.0 && last.x >= 70.0 && last.y >= 95.0);
        for (n, value) in grid.values.iter().enumerate().step_by(97) {
            let (i, j) = ((n % grid.columns) as f64, (n / grid.columns) as f64);
            let at = grid.origin + Vec2::new(i * grid.step.x, j * grid.step.y);
            assert!((sea.depth(at) - value).abs() < 1e-9);
        }
    }
}
