//! The run sheet: what whoever leads holds in their hand.

use super::Paper;
use crate::length::Length;
use crate::problem::{Diagnostic, counted};
use crate::scene::Page;
use crate::session::format::Role;
use crate::session::{RULE, Stage, TimedStep, What};
use crate::typeset::document::{Cell, Column, Document, DocumentSpec, Table};

/// Up to how many groups of a round are named on the run sheet; more are on the slips.
const NAMED: usize = 30;

impl Paper<'_> {
    /// Returns the run sheet: purpose, materials, every stage with its time, cards and words, what to do
    /// when something goes otherwise, and who sits where.
    ///
    /// # Errors
    ///
    /// No font has some of the characters, or the paper is too small for words.
    pub fn run_sheet(&self) -> Result<Vec<Page>, Vec<Diagnostic>> {
        let plan = self.plan;
        let spec = DocumentSpec::new(&format!("{}: run sheet", plan.format.title), self.size);
        let mut sheet = Document::new(self.fonts, spec);
        sheet.title(&plan.format.title, &self.subtitle());
        sheet.paragraph(&plan.format.purpose);
        sheet.aside("The rule, said first", RULE);
        sheet.heading("Have ready");
        let cards: usize = plan.copies().iter().map(|copies| copies.count).sum();
        let printed =
            format!("{} printed, cut, and in the order of their rounds", counted(cards, "card"));
        sheet.ticked(plan.format.materials.iter().cloned().chain([printed]));
        sheet.heading("Minute by minute");
        sheet.table(&self.minutes());
        sheet.heading("What to do when …");
        sheet.table(&self.otherwise());
        if let Some(table) = self.seats() {
            sheet.heading("Who sits where");
            sheet.small_print("Whoever is named first in a group begins.");
            sheet.table(&table);
        }
        sheet.finish()
    }

    pub(super) fn subtitle(&self) -> String {
        let plan = self.plan;
        let people = counted_people(plan.people.len());
        let length = plan.length();
        let when = match plan.start {
            Some(_) => format!("{} to {}", plan.when(plan.stages[0].at), plan.when(length)),
            None => length.to_string(),
        };
        let titles: Vec<&str> = self.decks.iter().map(|deck| &*deck.meta.title).collect();
        format!("{people} · {when} · {}, to depth {}", titles.join(" + "), plan.ceiling)
    }

    fn minutes(&self) -> Table {
        let mut table = Table::new([
            Column::fixed("At", Length::mm(13.0)),
            Column::fixed("Takes", Length::mm(19.0)),
            Column::share("What", 1),
        ]);
        let plan = self.plan;
        for stage in
            plan.stages.iter().filter(|stage| stage.round().is_none_or(|at| at >= plan.from_round))
        {
            if stage.moving.0 > 0 {
                let at = plan.when(stage.at - stage.moving);
                table.row([
                    at.into(),
                    stage.moving.to_string().into(),
                    Cell::quiet("People move to their next places."),
                ]);
            }
            table.row([
                Cell::label(plan.when(stage.at)),
                stage.length.to_string().into(),
                self.stage(stage),
            ]);
        }
        table.row([Cell::label(plan.when(plan.length())), "".into(), Cell::label("The end")]);
        table
    }

    fn stage(&self, stage: &Stage) -> Cell {
        let depth = stage.depth.map(|depth| format!(" · depth {depth}")).unwrap_or_default();
        let name = match stage.round() {
            Some(round) => format!("{round}. {}{depth}", stage.title),
            None => format!("{}{depth}", stage.title),
        };
        let mut cell = Cell::label(name);
        if stage.keeps_cards {
            cell = cell.then(Cell::quiet("The same card."));
        } else {
            for pick in &stage.cards {
                let code = &pick.of(self.decks).1.code;
                cell = cell.then(Cell::question(format!("{code}  {}", self.words(*pick))));
            }
            for pick in &stage.reserve {
                let code = &pick.of(self.decks).1.code;
                cell = cell.then(Cell::quiet(format!("In reserve: {code}  {}", self.words(*pick))));
            }
        }
        for words in &stage.say {
            cell = cell.then(format!("Say: “{words}”"));
        }
        for step in &stage.steps {
            cell = cell.then(in_words(step));
        }
        cell
    }

    /// Returns what to do when something goes otherwise.
    fn otherwise(&self) -> Table {
        let plan = self.plan;
        let mut table = Table::new([Column::share("", 2), Column::share("", 5)]);
        let rounds = plan.rounds().count();
        let mut advice: Vec<(&str, String)> = vec![
            (
                "Somebody passes",
                "Nod and go on. The card in reserve takes its place, or the two sit quietly until the bell.".into(),
            ),
            (
                "It gets too much",
                "Stop the clock for those people, not for the room. Feel the chair, breathe out slowly, \
                 drink water. They may go on, change the card, or be done; stay near."
                    .into(),
            ),
            (
                "One speaks and speaks",
                "The bell is for everybody. Ring it, thank the speaker, and name the one whose turn it is."
                    .into(),
            ),
        ];
        if plan.people.len() > 2 {
            let command = format!(
                "deckle session {} --from-round 2 --people {}",
                plan.format.id,
                plan.people.len() + 1
            );
            advice.push((
                "Somebody comes late",
                format!("They join a pair or a table as one more until the round is over. For the rounds after: {command}"),
            ));
            advice.push((
                "Somebody leaves",
                "Whoever is left alone joins the next group as one more; three share the time of two.".into(),
            ));
        }
        if rounds > 1 {
            advice.push((
                "Time runs short",
                "Leave out a round before the last, never the landing. All turns of a round stay equally long.".into(),
            ));
        }
        advice.push((
            "The projector or laptop dies",
            "Nothing changes: times, cards and seats are on this sheet, on the slips and on the cards.".into(),
        ));
        for (when, what) in advice {
            table.row([Cell::label(when), what.into()]);
        }
        table
    }

    /// Returns who sits where in each round, if the groups are few enough for one sheet.
    fn seats(&self) -> Option<Table> {
        let most = self.placed().map(|stage| stage.seating.groups.len()).max()?;
        if most > NAMED {
            return None;
        }
        let mut table = Table::new([Column::fixed("", Length::mm(32.0)), Column::share("", 1)]);
        for stage in self.placed() {
            let groups = (0..stage.seating.groups.len()).map(|group| {
                // A name never parts from the number of its place.
                let names = self.names(stage, group).join("\u{a0}– ");
                format!("{}\u{a0}\u{a0}{names}", group + 1)
            });
            let mut cell = Cell::from(groups.collect::<Vec<_>>().join("   "));
            let resting: Vec<&str> = stage
                .seating
                .resting
                .iter()
                .map(|person| self.plan.people[*person].as_str())
                .collect();
            if !resting.is_empty() {
                cell = cell.then(Cell::quiet(format!("resting: {}", resting.join(", "))));
            }
            let name = match stage.what {
                What::Round(round) => format!("{round}. {}", stage.title),
                _ => stage.title.clone(),
            };
            let name = Cell::label(name).then(Cell::quiet(format!(
                "numbers: {}s",
                self.plan.place_word(stage).to_lowercase()
            )));
            table.row([name, cell]);
        }
        Some(table)
    }
}

pub(super) fn counted_people(count: usize) -> String {
    if count == 1 { "1 person".into() } else { format!("{count} people") }
}

/// Returns a step in words, with its times.
fn in_words(step: &TimedStep) -> String {
    match step {
        TimedStep::Turns { turns, beats } => {
            let beats = beats.iter().map(|beat| {
                let role = match beat.role {
                    Role::Speaker => "speaker ",
                    Role::Listener => "listener ",
                    Role::Observer => "observer ",
                    Role::All => "",
                };
                format!("*{}* {role}{}", beat.time, beat.does)
            });
            let each = if *turns == 2 { "Both in turn" } else { "Each in turn" };
            format!("{each}: {}", beats.collect::<Vec<_>>().join("; "))
        }
        TimedStep::Together(all) => format!("*{}* {}", all.time, all.does),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Seconds, TimedBeat};

    #[test]
    fn steps_are_told_with_their_times() {
        let beat = |role, does: &str| TimedBeat { role, does: does.into(), time: Seconds(120) };
        let step = TimedStep::Turns {
            turns: 2,
            beats: vec![beat(Role::Speaker, "answers"), beat(Role::Listener, "thanks")],
        };
        assert_eq!(
            in_words(&step),
            "Both in turn: *2 min* speaker answers; *2 min* listener thanks"
        );
    }
}
