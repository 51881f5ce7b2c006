//! Fair colours for the edges of a bipartite graph.
//!
//! Every colour stands at every vertex equally often, but for one, and colours equally many edges,
//! but for one. Such a colouring always exists (de Werra, *Equitable colorations of graphs*, 1971);
//! it is made in three steps:
//!
//! 1. Each vertex is split into nodes of at most as many edges as there are colours.
//! 2. The nodes' edges are coloured so that no two at a node are alike, by Kőnig's alternating paths.
//!    A full node then has each colour once, and a vertex's one node that is not full each at most once.
//! 3. While one colour has two edges more than another, a path of these two that begins and ends
//!    with the former is recoloured; step 2 stays true.

use std::collections::{BTreeSet, HashMap};

/// An edge between a vertex of one side and a vertex of the other; both sides count from 0.
pub(super) type Edge = [u32; 2];

/// Returns a colour below `colours`, which is at least 1, for each edge.
pub(super) fn fair_colours(edges: &[Edge], colours: u32) -> Vec<u32> {
    let mut colouring = Colouring::new(split(edges, colours), colours);
    (0..edges.len() as u32).for_each(|edge| colouring.colour(edge));
    colouring.even_out();
    colouring.colour_of
}

/// Returns the nodes of each edge when no node has more than `most` edges.
fn split(edges: &[Edge], most: u32) -> Vec<Edge> {
    let mut count = 0;
    let mut open: [HashMap<u32, (u32, u32)>; 2] = Default::default();
    let mut node = |side: usize, vertex: u32| {
        let (node, used) = open[side].entry(vertex).or_insert((0, most));
        if *used == most {
            (*node, *used) = (count, 0);
            count += 1;
        }
        *used += 1;
        *node
    };
    edges.iter().map(|edge| [node(0, edge[0]), node(1, edge[1])]).collect()
}

/// An edge that has no colour yet.
const NONE: u32 = u32::MAX;

struct Colouring {
    colours: u32,
    ends: Vec<Edge>,
    colour_of: Vec<u32>,
    /// The edge of a colour at a node.
    at: HashMap<(u32, u32), u32>,
    free: Vec<Free>,
}

/// Where to look for a colour that a node does not have: among those that became free again, then
/// from `next` on.
#[derive(Clone, Default)]
struct Free {
    next: u32,
    again: Vec<u32>,
}

impl Colouring {
    fn new(ends: Vec<Edge>, colours: u32) -> Self {
        let nodes = ends.iter().flatten().max().map_or(0, |last| *last as usize + 1);
        Self {
            colours,
            colour_of: vec![NONE; ends.len()],
            at: HashMap::with_capacity(2 * ends.len()),
            free: vec![Free::default(); nodes],
            ends,
        }
    }

    /// Colours an edge, after making room by recolouring a path if need be.
    fn colour(&mut self, edge: u32) {
        let [left, right] = self.ends[edge as usize];
        let (here, there) = (self.free_at(left), self.free_at(right));
        let colour = if !self.at.contains_key(&(right, here)) {
            here
        } else if !self.at.contains_key(&(left, there)) {
            there
        } else {
            // It never ends at `left`, which it could only reach by the colour free there.
            let path = self.path(right, [here, there]);
            self.swap(&path, [here, there]);
            here
        };
        self.put(edge, colour);
    }

    /// Returns a colour that no edge at `node` has; there is one while an edge at it has none.
    fn free_at(&mut self, node: u32) -> u32 {
        let free = &mut self.free[node as usize];
        while let Some(colour) = free.again.last() {
            if !self.at.contains_key(&(node, *colour)) {
                return *colour;
            }
            free.again.pop();
        }
        while self.at.contains_key(&(node, free.next)) {
            free.next += 1;
        }
        free.next
    }

    /// Returns the edges from `node` on that have the two colours in turn.
    fn path(&self, node: u32, colours: [u32; 2]) -> Vec<u32> {
        let mut path = Vec::new();
        let mut node = node;
        for colour in colours.into_iter().cycle() {
            let Some(edge) = self.at.get(&(node, colour)) else { break };
            path.push(*edge);
            let [left, right] = self.ends[*edge as usize];
            node = if node == left { right } else { left };
        }
        path
    }

    /// Gives each edge of a path the other one of its two colours.
    fn swap(&mut self, path: &[u32], [one, other]: [u32; 2]) {
        let old: Vec<u32> = path.iter().map(|edge| self.colour_of[*edge as usize]).collect();
        for (edge, old) in path.iter().zip(&old) {
            for node in self.ends[*edge as usize] {
                self.at.remove(&(node, *old));
            }
        }
        for (edge, old) in path.iter().zip(&old) {
            self.put(*edge, if *old == one { other } else { one });
        }
        for (edge, old) in path.iter().zip(&old) {
            for node in self.ends[*edge as usize] {
                if !self.at.contains_key(&(node, *old)) {
                    self.free[node as usize].again.push(*old);
                }
            }
        }
    }

    fn put(&mut self, edge: u32, colour: u32) {
        self.colour_of[edge as usize] = colour;
        for node in self.ends[edge as usize] {
            self.at.insert((node, colour), edge);
        }
    }

    /// Makes all colours equally frequent, but for one edge.
    fn even_out(&mut self) {
        let mut classes = vec![Vec::new(); self.colours as usize];
        for (edge, colour) in self.colour_of.iter().enumerate() {
            classes[*colour as usize].push(edge as u32);
        }
        let least = self.colour_of.len() / self.colours as usize;
        let most = self.colour_of.len().div_ceil(self.colours as usize);
        let mut by_size: BTreeSet<(usize, usize)> =
            classes.iter().enumerate().map(|(colour, class)| (class.len(), colour)).collect();
        while let (Some((few, rare)), Some((many, common))) =
            (by_size.pop_first(), by_size.pop_last())
            && many > few + 1
        {
            let moves = many.saturating_sub(most).min(least.saturating_sub(few)).max(1);
            self.pass(&mut classes, [common, rare], moves);
            by_size.extend([common, rare].map(|colour| (classes[colour].len(), colour)));
        }
    }

    /// Passes `moves` edges of one colour's count on to another, one for each path recoloured.
    fn pass(&mut self, classes: &mut [Vec<u32>], [from, to]: [usize; 2], moves: usize) {
        let pair = [from as u32, to as u32];
        let mut left = moves;
        for edge in &classes[from] {
            for node in self.ends[*edge as usize] {
                let begins = self.colour_of[*edge as usize] == pair[0]
                    && !self.at.contains_key(&(node, pair[1]));
                if left == 0 || !begins {
                    continue;
                }
                let path = self.path(node, pair);
                if path.len() % 2 == 1 {
                    self.swap(&path, pair);
                    left -= 1;
                }
            }
        }
        let both = [from, to].map(|colour| std::mem::take(&mut classes[colour]));
        for edge in both.into_iter().flatten() {
            classes[self.colour_of[edge as usize] as usize].push(edge);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn spread(counts: &BTreeMap<u32, u32>, colours: u32) -> u32 {
        let all = (0..colours).map(|colour| counts.get(&colour).copied().unwrap_or(0));
        all.clone().max().unwrap_or(0) - all.min().unwrap_or(0)
    }

    fn widest_spread(edges: &[Edge], colours: u32) -> u32 {
        let found = fair_colours(edges, colours);
        let mut counts: BTreeMap<(usize, u32), BTreeMap<u32, u32>> = BTreeMap::new();
        for (edge, colour) in edges.iter().zip(&found) {
            assert!(*colour < colours);
            for key in [(0, edge[0]), (1, edge[1]), (2, 0)] {
                *counts.entry(key).or_default().entry(*colour).or_default() += 1;
            }
        }
        counts.values().map(|counts| spread(counts, colours)).max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn every_vertex_and_the_whole_have_every_colour_equally_often(
            edges in prop::collection::vec((0..5u32, 0..7u32).prop_map(|(a, b)| [a, b]), 0..120),
            colours in 1..20u32,
        ) {
            prop_assert!(widest_spread(&edges, colours) <= 1);
        }

        #[test]
        fn sparse_graphs_are_coloured_fairly_too(
            edges in prop::collection::vec((0..40u32, 0..40u32).prop_map(|(a, b)| [a, b]), 0..120),
            colours in 1..5u32,
        ) {
            prop_assert!(widest_spread(&edges, colours) <= 1);
        }
    }

    #[test]
    fn many_edges_and_many_colours_are_quick() {
        let edges: Vec<Edge> = (0..50_000).map(|at| [at * 7 % 5, at * 31 % 997]).collect();
        for colours in [2, 300, 50_000] {
            assert!(widest_spread(&edges, colours) <= 1);
        }
    }
}
