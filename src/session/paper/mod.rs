//! The paper of a session, so that everything works if the laptop dies: the run sheet, a slip for each
//! person, table tents, slides for a projector, and a note for the copy shop.

mod order;
mod run_sheet;
mod slides;
mod slips;
mod tents;
#[cfg(test)]
mod tests;

use crate::deck::{Deck, Pick};
use crate::font::FontStore;
use crate::length::Size;
use crate::session::rotation::Grouping;
use crate::session::{Plan, Stage};

pub use order::{Order, OrderLine, order_note};

/// What paper is made of.
#[derive(Clone, Copy)]
pub struct Paper<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The decks of its cards.
    pub decks: &'a [Deck],
    /// The fonts.
    pub fonts: &'a FontStore,
    /// The paper that everything but slides is printed on.
    pub size: Size,
}

impl Paper<'_> {
    /// Returns the words of a card as one line.
    fn words(&self, pick: Pick) -> String {
        let (_, card) = pick.of(self.decks);
        let whole = match card.kind.is_guide() {
            true => card.prompt.lines().next().unwrap_or_default(),
            false => &card.prompt,
        };
        whole.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns who sits in a group, whoever begins first.
    fn names(&self, stage: &Stage, group: usize) -> Vec<&str> {
        let people = stage.in_turn().nth(group).unwrap_or_default();
        people.into_iter().map(|person| self.plan.people[person].as_str()).collect()
    }

    /// Returns the stages in which people sit in several groups, at numbered places.
    fn placed(&self) -> impl Iterator<Item = &Stage> {
        let is_placed = |stage: &&Stage| {
            let groups = &stage.seating.groups;
            groups.len() > 1 && groups.iter().any(|group| group.len() > 1)
        };
        self.plan.to_come().filter(is_placed)
    }
}

impl Plan {
    /// Returns what the groups of a stage are called where they have numbers: `Table` or `Place`.
    pub fn place_word(&self, stage: &Stage) -> &'static str {
        if self.grouping(stage) == Grouping::Tables { "Table" } else { "Place" }
    }
}
