//! How many cards of each cell: a min-cost flow with convex costs, solved exactly.
//!
//! Each row of a table (a depth) hands out its quota over the columns (the categories). Among all
//! ways to do so the flow finds the one that minimises, in this order, the sum of the squares of
//! the column totals, the sum of the squares of the cells, each square times the price of its
//! column, and a third cost that each cell names unit by unit. All three are sums of unit costs that
//! never fall (the k-th unit adds 2k − 1 to a square), so sending unit after unit along the cheapest path of the residual network ends in the
//! optimum: R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows* (1993), chapters 9 and 14.

/// A table to fill. Cells are numbered row by row.
pub(super) struct Flow<'a> {
    /// How many units each row hands out.
    pub quotas: &'a [usize],
    /// The price of each column; where all are the same, none counts.
    pub prices: &'a [usize],
    /// How many units each cell has from the start and keeps; their sum in a row is at most its
    /// quota.
    pub fixed: &'a [usize],
    /// How many units each cell can hold; their sum in a row is at least its quota.
    pub most: &'a [usize],
    /// The third cost of a cell's unit, counted from 0; it must not fall within a cell from the
    /// first unit on that is not fixed.
    pub third: &'a dyn Fn(usize, usize) -> i128,
}

/// The second and the third cost. The first is only paid at the end of a path.
type Cost = (i64, i128);

/// A table at work.
struct Residual<'a> {
    flow: &'a Flow<'a>,
    cells: Vec<usize>,
    totals: Vec<usize>,
    /// How many units each row still has to hand out.
    left: Vec<usize>,
}

/// The cheapest ways from rows with something left to hand out.
struct Paths {
    /// The cost of the way to each row, and the column it comes through; none for a beginning.
    rows: Vec<Option<(Cost, Option<usize>)>>,
    /// The cost of the way to each column, and the row it comes from.
    columns: Vec<Option<(Cost, usize)>>,
}

impl Flow<'_> {
    fn columns(&self) -> usize {
        self.prices.len()
    }

    /// Returns by how much the unit numbered `unit` (from 0) raises a square of `column`.
    fn square(&self, column: usize, unit: usize) -> i64 {
        (self.prices[column] * (2 * unit + 1)) as i64
    }

    /// Returns the number of units in each cell.
    pub fn solve(&self) -> Vec<usize> {
        let mut residual = Residual::new(self);
        while let Some((paths, column)) = residual.cheapest() {
            residual.push(&paths, column);
        }
        residual.cells
    }
}

impl<'a> Residual<'a> {
    fn new(flow: &'a Flow<'a>) -> Self {
        let mut totals = vec![0; flow.columns()];
        let mut left = flow.quotas.to_vec();
        for (cell, fixed) in flow.fixed.iter().enumerate() {
            totals[cell % flow.columns()] += fixed;
            left[cell / flow.columns()] -= fixed;
        }
        Self { flow, cells: flow.fixed.to_vec(), totals, left }
    }

    /// Returns the cheapest paths and the column at which the cheapest of all ends, as long as a
    /// row has something left to hand out.
    fn cheapest(&self) -> Option<(Paths, usize)> {
        let paths = self.paths();
        let end = |(column, way): (usize, &Option<(Cost, usize)>)| {
            way.map(|(cost, _)| (self.flow.square(column, self.totals[column]), cost, column))
        };
        let column = paths.columns.iter().enumerate().filter_map(end).min()?.2;
        Some((paths, column))
    }

    /// Finds the cheapest paths by the method of Bellman and Ford; the residual network of an
    /// optimum has no cycle that costs less than nothing, so that the rounds end.
    fn paths(&self) -> Paths {
        let begin = |left: &usize| (*left > 0).then_some(((0, 0), None));
        let rows = self.left.iter().map(begin).collect();
        let mut paths = Paths { rows, columns: vec![None; self.flow.columns()] };
        while self.reach_columns(&mut paths) && self.reach_rows(&mut paths) {}
        paths
    }

    /// Goes on from rows to columns by one unit more in a cell; returns whether a way became
    /// cheaper.
    fn reach_columns(&self, paths: &mut Paths) -> bool {
        let mut cheaper = false;
        for (row, way) in paths.rows.iter().enumerate() {
            let Some((so_far, _)) = way else { continue };
            for (column, known) in paths.columns.iter_mut().enumerate() {
                let cell = row * self.flow.columns() + column;
                if self.cells[cell] == self.flow.most[cell] {
                    continue;
                }
                let unit = self.unit(cell, column, self.cells[cell]);
                let cost = (so_far.0 + unit.0, so_far.1 + unit.1);
                if known.is_none_or(|(known, _)| cost < known) {
                    *known = Some((cost, row));
                    cheaper = true;
                }
            }
        }
        cheaper
    }

    /// Goes back from columns to rows by one unit less in a cell, never one that is fixed; returns
    /// whether a way became cheaper.
    fn reach_rows(&self, paths: &mut Paths) -> bool {
        let mut cheaper = false;
        for (row, known) in paths.rows.iter_mut().enumerate() {
            for (column, way) in paths.columns.iter().enumerate() {
                let Some((so_far, _)) = way else { continue };
                let cell = row * self.flow.columns() + column;
                if self.cells[cell] == self.flow.fixed[cell] {
                    continue;
                }
                let unit = self.unit(cell, column, self.cells[cell] - 1);
                let cost = (so_far.0 - unit.0, so_far.1 - unit.1);
                if known.is_none_or(|(known, _)| cost < known) {
                    *known = Some((cost, Some(column)));
                    cheaper = true;
                }
            }
        }
        cheaper
    }

    /// Returns what the unit numbered `unit` (from 0) of a cell in `column` costs.
    fn unit(&self, cell: usize, column: usize, unit: usize) -> Cost {
        (self.flow.square(column, unit), (self.flow.third)(cell, unit))
    }

    /// Sends one unit along the path that ends at `column`.
    fn push(&mut self, paths: &Paths, column: usize) {
        self.totals[column] += 1;
        let mut end = column;
        while let Some((_, row)) = paths.columns[end] {
            self.cells[row * self.flow.columns() + end] += 1;
            match paths.rows[row] {
                Some((_, Some(before))) => {
                    self.cells[row * self.flow.columns() + before] -= 1;
                    end = before;
                }
                _ => return self.left[row] -= 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A small table with the third costs of each cell's units.
    #[derive(Clone, Debug)]
    struct Small {
        prices: Vec<usize>,
        quotas: Vec<usize>,
        fixed: Vec<usize>,
        costs: Vec<Vec<i128>>,
    }

    type Total = (usize, usize, i128);

    impl Small {
        fn most(&self) -> Vec<usize> {
            self.costs.iter().map(Vec::len).collect()
        }

        fn solve(&self) -> Vec<usize> {
            let third = |cell: usize, unit: usize| self.costs[cell][unit];
            let most = self.most();
            let (quotas, fixed) = (&self.quotas[..], &self.fixed[..]);
            Flow { quotas, prices: &self.prices, fixed, most: &most, third: &third }.solve()
        }

        fn total(&self, cells: &[usize]) -> Total {
            let columns = self.prices.len();
            let column = |at: usize| cells.iter().skip(at).step_by(columns).sum::<usize>();
            let price = |cell: usize| self.prices[cell % columns];
            let third =
                cells.iter().zip(&self.costs).map(|(n, costs)| costs[..*n].iter().sum::<i128>());
            (
                (0..columns).map(|at| price(at) * column(at).pow(2)).sum(),
                cells.iter().enumerate().map(|(cell, n)| price(cell) * n.pow(2)).sum(),
                third.sum(),
            )
        }

        /// Every way to fill the table.
        fn fillings(&self) -> Vec<Vec<usize>> {
            let most = self.most();
            let mut fillings = vec![Vec::new()];
            for (cell, most) in most.into_iter().enumerate() {
                let longer = |cells: Vec<usize>| {
                    let counts = self.fixed[cell]..=most;
                    counts.map(move |n| cells.iter().copied().chain([n]).collect::<Vec<usize>>())
                };
                let columns = self.prices.len();
                let (row, ends) = (cell / columns, (cell + 1) % columns == 0);
                let fits = |cells: &Vec<usize>| {
                    let sum: usize = cells[row * columns..].iter().sum();
                    if ends { sum == self.quotas[row] } else { sum <= self.quotas[row] }
                };
                fillings = fillings.into_iter().flat_map(longer).filter(fits).collect();
            }
            fillings
        }
    }

    /// Tables of up to 3 × 3 with up to 4 units a cell, some of them fixed, and columns of two prices.
    fn small() -> impl Strategy<Value = Small> {
        (1..=3usize, 1..=3usize)
            .prop_flat_map(|(rows, columns)| {
                let cell = (prop::collection::vec(0..9i128, 0..=4), 0..=4usize, 0..4u8);
                let cells = prop::collection::vec(cell, rows * columns);
                let prices = prop::collection::vec(2..=3usize, columns);
                (prices, cells, prop::collection::vec(0..100usize, rows))
            })
            .prop_map(|(prices, cells, shares)| {
                let columns = prices.len();
                let (mut costs, mut fixed) = (Vec::new(), Vec::new());
                for (mut cost, pins, dice) in cells {
                    let pins = if dice == 0 { pins.min(cost.len()) } else { 0 };
                    cost[pins..].sort_unstable();
                    fixed.push(pins);
                    costs.push(cost);
                }
                let quota = |(row, share): (usize, &usize)| {
                    let cells = row * columns..(row + 1) * columns;
                    let least: usize = fixed[cells.clone()].iter().sum();
                    let most: usize = costs[cells].iter().map(Vec::len).sum();
                    least + share % (most - least + 1)
                };
                let quotas = shares.iter().enumerate().map(quota).collect();
                Small { prices, quotas, fixed, costs }
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn the_cost_is_that_of_brute_force(small in small()) {
            let cells = small.solve();
            let best = small.fillings().iter().map(|cells| small.total(cells)).min();
            prop_assert!(small.fillings().contains(&cells), "{:?}", cells);
            prop_assert_eq!(Some(small.total(&cells)), best);
        }
    }

    #[test]
    fn a_later_unit_makes_an_earlier_one_move() {
        // The first row would take the first column, but the second row has nothing else.
        let costs = vec![vec![0], vec![5], vec![1], vec![]];
        let small = Small { prices: vec![1; 2], quotas: vec![1, 1], fixed: vec![0; 4], costs };
        assert_eq!(small.solve(), [0, 1, 1, 0]);
    }
}
