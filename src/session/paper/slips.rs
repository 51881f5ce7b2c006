//! Itineraries: a slip for each person, with times, places and partners.

use super::Paper;
use crate::problem::Diagnostic;
use crate::scene::Page;
use crate::session::{Stage, What};
use crate::typeset::document::{Cell, Column, Document, DocumentSpec, Table};

impl Paper<'_> {
    /// Returns the slips, two beside each other, to be cut along the lines; none where nobody moves.
    ///
    /// # Errors
    ///
    /// No font has some of the characters, or the paper is too small for words.
    pub fn slips(&self) -> Result<Vec<Page>, Vec<Diagnostic>> {
        let stages: Vec<&Stage> = self.placed().collect();
        if stages.is_empty() {
            return Ok(Vec::new());
        }
        let title = format!("{}: slips for {}", self.plan.format.title, self.plan.count());
        let mut pages = Document::new(self.fonts, DocumentSpec::new(&title, self.size));
        let mut table = Table::new([Column::share("", 1), Column::share("", 1)]);
        let people: Vec<usize> = self.plan.present().collect();
        for two in people.chunks(2) {
            table.row(two.iter().map(|person| self.slip(*person, &stages)).collect::<Vec<_>>());
        }
        pages.table(&table);
        pages.finish()
    }

    fn slip(&self, person: usize, stages: &[&Stage]) -> Cell {
        let mut cell = Cell::label(self.plan.people[person].as_str());
        for stage in stages {
            cell = cell.then(self.stop(person, stage));
        }
        cell.then(Cell::quiet("Anyone may pass, and gives no reason."))
    }

    /// Returns where somebody is in a stage, and with whom.
    pub(super) fn stop(&self, person: usize, stage: &Stage) -> String {
        let when = self.plan.when(stage.at);
        let what = match stage.what {
            What::Round(_) => String::new(),
            _ => format!(" {}", stage.title),
        };
        let Some(group) = stage.seating.groups.iter().position(|group| group.contains(&person))
        else {
            return format!("{when}{what}  rest: watch, breathe, drink something");
        };
        let own = &self.plan.people[person];
        let others: Vec<&str> =
            self.names(stage, group).into_iter().filter(|name| name != own).collect();
        let begins = match stage.first[group] == person {
            true => " · *you begin*",
            false => "",
        };
        let place = self.plan.place_word(stage);
        format!("{when}{what}  {place} {} with {}{begins}", group + 1, others.join(", "))
    }
}
