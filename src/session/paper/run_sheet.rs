//! The run sheet: what whoever leads holds in their hand.

use super::Paper;
use crate::length::Length;
use crate::problem::{Diagnostic, counted, counted_people};
use crate::scene::Page;
use crate::session::{RULE, Stage, What};
use crate::typeset::document::{Cell, Column, Document, DocumentSpec, Table};

/// Up to how many groups of a round are named on the run sheet; more are on the slips.
const NAMED: usize = 30;

/// How many rounds stand beside each other.
const BESIDE: usize = 6;

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
        let seats = self.seats();
        if !seats.is_empty() {
            sheet.heading("Who sits where");
            sheet.small_print("Whoever is named first in a group begins.");
            seats.iter().for_each(|table| sheet.table(table));
        }
        sheet.finish()
    }

    pub(super) fn subtitle(&self) -> String {
        let plan = self.plan;
        let people = counted_people(plan.count());
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
        for stage in plan.to_come() {
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
            cell = cell.then(step.in_words());
        }
        for words in stage.other_turns() {
            cell = cell.then(words);
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
                "Nod and go on. The card in reserve takes its place, or they sit quietly until the bell.".into(),
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
        if plan.count() > 2 {
            advice.push((
                "Somebody comes late",
                "They join a group as one more until the round is over. The rounds after can be planned \
                 anew for one more, and what was before is kept."
                    .into(),
            ));
            advice.push((
                "Somebody leaves",
                "Whoever is left alone joins the next group as one more; a larger group shares the same time.".into(),
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

    /// Returns who sits where: a row for each place, a column for each round; none where there are more
    /// places than fit on a sheet.
    fn seats(&self) -> Vec<Table> {
        let stages: Vec<&Stage> = self.placed().collect();
        let most = stages.iter().map(|stage| stage.seating.groups.len()).max().unwrap_or_default();
        if most > NAMED {
            return Vec::new();
        }
        stages.chunks(BESIDE).map(|stages| self.seats_of(stages)).collect()
    }

    fn seats_of(&self, stages: &[&Stage]) -> Table {
        let name = |stage: &&Stage| match stage.what {
            What::Round(round) => format!("{round}. {}", stage.title),
            _ => stage.title.clone(),
        };
        let first = Column::fixed(self.plan.place_word(stages[0]), Length::mm(16.0));
        let columns = stages.iter().map(|stage| Column::share(&name(stage), 1));
        let mut table = Table::new([first].into_iter().chain(columns));
        let most = stages.iter().map(|stage| stage.seating.groups.len()).max().unwrap_or_default();
        for group in 0..most {
            let of_stage = |stage: &&Stage| match group < stage.seating.groups.len() {
                true => Cell::from(self.names(stage, group).join(" – ")),
                false => Cell::from(""),
            };
            let cells = stages.iter().map(of_stage);
            table.row([Cell::label((group + 1).to_string())].into_iter().chain(cells));
        }
        if stages.iter().any(|stage| !stage.seating.resting.is_empty()) {
            let resting = stages.iter().map(|stage| {
                let names = stage.seating.resting.iter().map(|person| &*self.plan.people[*person]);
                Cell::from(names.collect::<Vec<_>>().join(", "))
            });
            table.row([Cell::quiet("resting")].into_iter().chain(resting));
        }
        table
    }
}
