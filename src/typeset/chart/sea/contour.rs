//! Lines of equal depth by marching squares.

use kurbo::{Point, Vec2};

/// The depth of the wall that closes every band; deeper lies nothing, so no level misses it.
const WALL: f64 = -99.0;

/// Values on a grid, row by row.
#[derive(Clone, Debug)]
pub struct Grid {
    /// How many values a row has.
    pub columns: usize,
    /// How many rows there are.
    pub rows: usize,
    /// Where the first value stands, in millimetres.
    pub origin: Point,
    /// The distance between neighbours, in millimetres.
    pub step: Vec2,
    /// The values.
    pub values: Vec<f64>,
}

/// Points along one line of equal depth.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The points, in millimetres; of a closed line the first is not repeated.
    pub points: Vec<Point>,
    /// Whether the last point is joined to the first.
    pub closed: bool,
}

impl Chain {
    /// Returns the area inside a closed chain, in mm² (shoelace formula).
    pub fn area(&self) -> f64 {
        let next = self.points.iter().cycle().skip(1);
        let twice: f64 = self.points.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum();
        twice.abs() / 2.0
    }
}

impl Grid {
    /// Returns the grid with one ring of land around it, so that all its contours close.
    pub fn walled(&self) -> Self {
        let columns = self.columns + 2;
        let mut values = vec![WALL; columns];
        for row in self.values.chunks(self.columns.max(1)) {
            values.push(WALL);
            values.extend_from_slice(row);
            values.push(WALL);
        }
        values.resize(columns * (self.rows + 2), WALL);
        Self { columns, rows: self.rows + 2, origin: self.origin - self.step, values, ..*self }
    }

    fn value(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.columns + column]
    }

    /// Returns where `level` lies on an edge, by linear interpolation.
    fn crossing(&self, edge: Edge, level: f64) -> Point {
        let count = self.columns * self.rows;
        let down = edge as usize >= count;
        let (row, column) = ((edge as usize % count) / self.columns, edge as usize % self.columns);
        let (ahead, below) = if down { (0, 1) } else { (1, 0) };
        let (from, to) = (self.value(column, row), self.value(column + ahead, row + below));
        let part = (level - from) / (to - from);
        let (x, y) = (column as f64 + part * ahead as f64, row as f64 + part * below as f64);
        self.origin + Vec2::new(x * self.step.x, y * self.step.y)
    }
}

/// The number of an edge between two neighbours: first all that run right, then all that run down,
/// each by the number of the value they start from.
type Edge = u32;

const NONE: Edge = Edge::MAX;

/// Which crossings are joined; every edge has at most one partner in each of its two cells.
struct Links {
    partners: Vec<[Edge; 2]>,
    touched: Vec<Edge>,
}

impl Links {
    fn join(&mut self, a: Edge, b: Edge) {
        for (one, other) in [(a, b), (b, a)] {
            let partners = &mut self.partners[one as usize];
            if partners[0] == NONE {
                self.touched.push(one);
                partners[0] = other;
            } else {
                partners[1] = other;
            }
        }
    }

    /// Cuts the link from `from` to one of its partners and returns that one.
    fn cut(&mut self, from: Edge) -> Option<Edge> {
        let [first, second] = self.partners[from as usize];
        let to = if first == NONE { second } else { first };
        if to == NONE {
            return None;
        }
        for (one, other) in [(from, to), (to, from)] {
            let partners = &mut self.partners[one as usize];
            partners[usize::from(partners[0] != other)] = NONE;
        }
        Some(to)
    }

    fn is_end(&self, edge: Edge) -> bool {
        self.partners[edge as usize].contains(&NONE)
    }

    /// Returns the edges from `start` on, and whether they come back to it.
    fn follow(&mut self, start: Edge) -> (Vec<Edge>, bool) {
        let mut edges = vec![start];
        let mut at = start;
        while let Some(next) = self.cut(at) {
            if next == start {
                return (edges, true);
            }
            edges.push(next);
            at = next;
        }
        (edges, false)
    }
}

/// Returns the lines of `grid` for each of `levels`, which rise; open lines come first.
///
/// In a cell whose corners disagree crosswise, the mean of the four decides which are joined.
pub fn contours(grid: &Grid, levels: &[f64]) -> Vec<Vec<Chain>> {
    let edges = 2 * grid.columns * grid.rows;
    let mut links = Links { partners: vec![[NONE; 2]; edges], touched: Vec::new() };
    let cells = crossed(grid, levels);
    levels
        .iter()
        .zip(cells)
        .map(|(level, cells)| traced(grid, *level, &cells, &mut links))
        .collect()
}

/// Returns the cells that each of `levels` runs through, so that no level looks at all of them.
fn crossed(grid: &Grid, levels: &[f64]) -> Vec<Vec<(usize, usize)>> {
    let below = |value: &f64| levels.partition_point(|level| level <= value);
    let classes: Vec<usize> = grid.values.iter().map(below).collect();
    let mut cells = vec![Vec::new(); levels.len()];
    for row in 0..grid.rows.saturating_sub(1) {
        for column in 0..grid.columns.saturating_sub(1) {
            let (top, bottom) = (row * grid.columns + column, (row + 1) * grid.columns + column);
            let (a, b, c, d) =
                (classes[top], classes[top + 1], classes[bottom], classes[bottom + 1]);
            let through = a.min(b).min(c).min(d)..a.max(b).max(c).max(d);
            cells[through].iter_mut().for_each(|cells| cells.push((column, row)));
        }
    }
    cells
}

fn traced(grid: &Grid, level: f64, cells: &[(usize, usize)], links: &mut Links) -> Vec<Chain> {
    for cell in cells {
        join_cell(grid, *cell, level, links);
    }
    let touched = std::mem::take(&mut links.touched);
    let mut chains = Vec::new();
    for ends_only in [true, false] {
        for start in &touched {
            if ends_only && !links.is_end(*start) {
                continue;
            }
            let (edges, closed) = links.follow(*start);
            if edges.len() > 1 {
                let points = edges.iter().map(|edge| grid.crossing(*edge, level)).collect();
                chains.push(Chain { points, closed });
            }
        }
    }
    chains
}

fn join_cell(grid: &Grid, (column, row): (usize, usize), level: f64, links: &mut Links) {
    let corners = [(0, 0), (1, 0), (1, 1), (0, 1)]
        .map(|(right, down)| grid.value(column + right, row + down));
    let [a, b, c, d] = corners.map(|value| u8::from(value >= level));
    let case = a | b << 1 | c << 2 | d << 3;
    if case == 0 || case == 15 {
        return;
    }
    let count = (grid.columns * grid.rows) as Edge;
    let here = (row * grid.columns + column) as Edge;
    let (top, left) = (here, count + here);
    let (bottom, right) = (here + grid.columns as Edge, left + 1);
    let deep = corners.iter().sum::<f64>() / 4.0 >= level;
    match case {
        1 | 14 => links.join(left, top),
        2 | 13 => links.join(top, right),
        4 | 11 => links.join(right, bottom),
        8 | 7 => links.join(bottom, left),
        3 | 12 => links.join(left, right),
        6 | 9 => links.join(top, bottom),
        _ if (case == 5) == deep => {
            links.join(top, right);
            links.join(bottom, left);
        }
        _ => {
            links.join(left, top);
            links.join(right, bottom);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampled(size: usize, f: impl Fn(f64, f64) -> f64) -> Grid {
        let half = (size - 1) as f64 / 4.0;
        let at = |n: usize| n as f64 / 2.0 - half;
        Grid {
            columns: size,
            rows: size,
            origin: Point::new(-half, -half),
            step: Vec2::new(0.5, 0.5),
            values: (0..size * size).map(|n| f(at(n % size), at(n / size))).collect(),
        }
    }

    #[test]
    fn a_cone_gives_circles() {
        let cone = sampled(81, |x, y| 15.0 - x.hypot(y));
        let lines = contours(&cone, &[5.0, 10.0, 20.0]);
        for (chains, radius) in lines.iter().zip([10.0, 5.0]) {
            let [circle] = &chains[..] else { panic!("{} chains", chains.len()) };
            assert!(circle.closed);
            assert!(circle.points.iter().all(|p| (p.to_vec2().hypot() - radius).abs() < 0.01));
            let area = std::f64::consts::PI * radius * radius;
            assert!((circle.area() / area - 1.0).abs() < 0.005);
        }
        assert!(lines[2].is_empty());
    }

    #[test]
    fn a_slope_gives_straight_lines_from_edge_to_edge() {
        let slope = sampled(21, |x, _| x);
        let [chains] = &contours(&slope, &[1.2])[..] else { panic!() };
        let [line] = &chains[..] else { panic!("{} chains", chains.len()) };
        assert!(!line.closed && line.points.len() == 21);
        assert!(line.points.iter().all(|p| (p.x - 1.2).abs() < 1e-12));
    }

    #[test]
    fn walls_close_every_line() {
        let waves = |x: f64, y: f64| (x * 1.3).sin() + (y * 0.9 + x * 0.4).cos();
        let grid = sampled(60, waves).walled();
        for chains in contours(&grid, &[-3.0, -0.5, 0.0, 0.5, 1.0]) {
            assert!(!chains.is_empty() && chains.iter().all(|chain| chain.closed));
        }
    }

    #[test]
    fn saddles_are_decided_by_the_mean() {
        let saddle = |corners: [f64; 4]| Grid {
            columns: 2,
            rows: 2,
            origin: Point::ORIGIN,
            step: Vec2::new(1.0, 1.0),
            values: corners.to_vec(),
        };
        // Deep at the top left and bottom right; the first is joined through the middle.
        for (corners, joined) in [([3.0, 0.0, 0.0, 3.0], true), ([1.1, -2.0, -2.0, 1.1], false)] {
            let [chains] = &contours(&saddle(corners), &[1.0])[..] else { panic!() };
            assert_eq!(chains.len(), 2);
            let cut_off = chains.iter().any(|chain| chain.points.iter().all(|p| p.x + p.y < 1.0));
            assert_eq!(cut_off, !joined);
        }
    }
}
