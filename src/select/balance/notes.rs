//! What cannot be done, and what had to give, in words.

use std::collections::HashSet;

use crate::deck::{Code, Depth};
use crate::problem::{Diagnostic, counted};
use crate::select::depths;
use crate::select::mix::Mix;
use crate::select::quota::{ByDepth, Quotas};

use super::BalanceRequest;
use super::cells::depth_of;

impl BalanceRequest<'_> {
    /// Returns everything that is wrong with the request itself.
    pub(super) fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.pin_problems();
        let counted = |pick: &&_| depth_of(**pick, self.decks).is_some();
        let there = self.pool.iter().filter(counted).count();
        let pins = self.pins.iter().filter(counted).count();
        if self.count == 0 {
            let problem = Diagnostic::error("no-cards", "asked for 0 cards");
            problems.push(problem.help("ask for at least one: `--count 9`"));
        } else if self.count > there {
            let found = format!("{}, there are {there}", self.asked());
            let help = match there {
                0 => "choose other filters, or add cards".into(),
                _ => format!("lower --count by {} or more, or add cards", self.count - there),
            };
            problems.push(Diagnostic::error("too-few-cards", found).help(help));
        }
        if pins > self.count && self.count > 0 {
            let found = format!("{}, and {pins} are pinned", self.asked());
            let more = pins - self.count;
            let help = format!("raise --count by {more} or more, or pin fewer cards");
            problems.push(Diagnostic::error("too-many-pins", found).help(help));
        }
        problems
    }

    /// Returns how many cards are asked for. Whoever asked may have counted those that guide as
    /// well, so that only what is missing can be told as a number.
    fn asked(&self) -> String {
        let besides = match self.pool.iter().any(|pick| depth_of(*pick, self.decks).is_none()) {
            true => " besides those that guide",
            false => "",
        };
        format!("asked for {}{besides}", counted(self.count, "card"))
    }

    fn pin_problems(&self) -> Vec<Diagnostic> {
        if self.pins.is_empty() {
            return Vec::new();
        }
        let there: HashSet<_> = self.pool.iter().map(|pick| (pick.deck, pick.card)).collect();
        let mut seen = HashSet::new();
        let mut problems = Vec::new();
        for pin in self.pins {
            let code = &pin.of(self.decks).1.code;
            if !seen.insert((pin.deck, pin.card)) {
                let found = format!("`{code}` is pinned twice");
                problems.push(Diagnostic::error("twice-pinned", found).help("pin it once"));
            } else if !there.contains(&(pin.deck, pin.card)) {
                problems.push(not_in_pool(code));
            }
        }
        problems
    }

    /// Returns the problem that the depths with a weight have only `there` cards.
    pub(super) fn mix_too_narrow(&self, there: usize) -> Diagnostic {
        let weighed = Depth::ALL.into_iter().filter(|depth| self.mix.weighs(*depth));
        let levels: Vec<String> = weighed.map(|depth| depth.to_string()).collect();
        let (word, have) = match levels.len() {
            1 => ("depth", "has"),
            _ => ("depths", "have"),
        };
        let found = format!(
            "{}, and the mix wants only {word} {}, which {have} {there}",
            self.asked(),
            levels.join(", ")
        );
        let help = match there {
            0 => "give weight to a depth that has cards".into(),
            _ => format!(
                "lower --count by {} or more, or give other depths a weight too",
                self.count - there
            ),
        };
        Diagnostic::error("too-few-cards", found).help(help)
    }

    /// Returns what the quotas have to tell.
    pub(super) fn notes(&self, quotas: &Quotas, supply: ByDepth, pins: ByDepth) -> Vec<Diagnostic> {
        let mut notes = Vec::new();
        for (at, depth) in Depth::ALL.into_iter().enumerate() {
            let name = depths::words(depth, self.decks);
            // The named mixes speak of all depths; own weights speak of those they name.
            let is_named = Mix::NAMED.iter().any(|(_, mix)| *mix == self.mix);
            if supply[at] == 0 && self.mix.weighs(depth) && !is_named {
                let found = format!("{name} has a weight in the mix and no cards");
                notes.push(Diagnostic::note("no-cards-at-depth", found));
            }
            if pins[at] > quotas.wanted[at] {
                let are = if pins[at] == 1 { "is" } else { "are" };
                let found =
                    format!("{name}: wanted {}, {} {are} pinned", quotas.wanted[at], pins[at]);
                let help = "the other depths share what is left";
                notes.push(Diagnostic::note("pins-over-quota", found).help(help));
            }
            if quotas.moved[at] != [0; 5] {
                notes.push(shortage(&name, at, quotas));
            }
        }
        notes
    }
}

/// Returns the problem that the card with this code is pinned and cannot be chosen.
pub fn not_in_pool(code: &Code) -> Diagnostic {
    let found = format!("`{code}` is pinned, but is not among the cards to choose from");
    Diagnostic::error("pin-not-in-pool", found).help("leave the pin out, or widen the filters")
}

/// Returns a note such as `depth 4 Open sea: wanted 12, there are only 9: 2 went to depth 3, 1 to depth
/// 5`.
fn shortage(name: &str, at: usize, quotas: &Quotas) -> Diagnostic {
    let moved = Depth::ALL.into_iter().zip(quotas.moved[at]).filter(|(_, cards)| *cards > 0);
    let moved = moved.enumerate().map(|(n, (depth, cards))| match n {
        0 => format!("{cards} went to depth {depth}"),
        _ => format!("{cards} to depth {depth}"),
    });
    let moved: Vec<String> = moved.collect();
    let (planned, fit) = (quotas.planned[at], quotas.settled[at]);
    let beside = if planned == quotas.wanted[at] { "" } else { " beside the pins" };
    let there = match fit {
        0 => "there are none".into(),
        1 => "there is only 1".into(),
        fit => format!("there are only {fit}"),
    };
    let found = format!("{name}: wanted {planned}{beside}, {there}: {}", moved.join(", "));
    Diagnostic::note("depth-short", found)
}
