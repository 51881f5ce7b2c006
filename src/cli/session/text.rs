//! A plan to read in the terminal.

use std::fmt::Write;

use crate::cli::draw::one_line;
use crate::cli::show::{clean, wrapped};
use crate::deck::{Deck, Pick};
use crate::problem::counted_people;
use crate::session::{Plan, Stage, Use, What};

/// How many groups of a round are named one by one.
const NAMED: usize = 60;

/// How far the words of a stage stand in.
const INDENT: usize = 7;

/// Returns the plans in words, no line wider than `width`.
pub fn text(plans: &[Plan], decks: &[Deck], width: Option<usize>) -> String {
    let mut page = Page { text: String::new(), width: width.unwrap_or(100).clamp(30, 100) };
    match plans {
        [plan] => page.plan(plan, decks),
        plans => page.plans(plans, decks),
    }
    page.text
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// Writes words that go on under themselves, `indent` columns in.
    fn line(&mut self, indent: usize, words: &str) {
        let indent = if self.width < 60 { indent.min(2) } else { indent };
        for line in wrapped(&clean(words), Some(self.width - indent)) {
            let _ = writeln!(self.text, "{}{line}", " ".repeat(indent));
        }
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn plan(&mut self, plan: &Plan, decks: &[Deck]) {
        self.head(plan, &counted_people(plan.count()), decks);
        for stage in plan.to_come() {
            self.blank();
            self.stage(plan, stage, decks);
            self.groups(plan, stage);
        }
        self.blank();
        self.end(plan, decks);
    }

    /// Writes plans for several numbers of people: what they share once, then who sits with whom.
    fn plans(&mut self, plans: &[Plan], decks: &[Deck]) {
        let (Some(first), Some(last)) = (plans.first(), plans.last()) else { return };
        let people = format!("{} to {} people", first.count(), last.count());
        self.head(first, &people, decks);
        for stage in first.to_come() {
            self.blank();
            self.stage(first, stage, decks);
        }
        for plan in plans {
            self.blank();
            let longer = match plan.length() == first.length() {
                true => String::new(),
                false => format!(" · {}", plan.length()),
            };
            self.line(0, &format!("If {} come{longer}", plan.count()));
            for stage in plan.to_come().filter(|stage| stage.round().is_some()) {
                self.line(2, &format!("{}:", name(stage)));
                self.groups(plan, stage);
            }
        }
        self.blank();
        self.end(last, decks);
    }

    fn head(&mut self, plan: &Plan, people: &str, decks: &[Deck]) {
        let (title, length) = (&plan.format.title, plan.length());
        let ceiling = plan.ceiling;
        self.line(
            0,
            &format!("{title} · {people} · {length} · {}, to depth {ceiling}", titles(decks)),
        );
        self.line(0, &plan.format.purpose);
        if plan.count() > 2 {
            self.line(0, "In each group, whoever is named first begins.");
        }
    }

    fn stage(&mut self, plan: &Plan, stage: &Stage, decks: &[Deck]) {
        let moving = match stage.moving.0 {
            0 => String::new(),
            _ => format!(" (after {} to move)", stage.moving),
        };
        let depth = stage.depth.map(|depth| format!(" · depth {depth}")).unwrap_or_default();
        let when = plan.when(stage.at);
        self.line(0, &format!("{when:<INDENT$}{} · {}{depth}{moving}", name(stage), stage.length));
        let is_first = plan.opens_part(stage);
        for words in stage.say.iter().filter(|_| is_first) {
            self.line(INDENT, &format!("“{words}”"));
        }
        if !stage.keeps_cards {
            for pick in &stage.cards {
                self.card(*pick, "", decks);
            }
            for pick in &stage.reserve {
                self.card(*pick, "in reserve: ", decks);
            }
        } else if !stage.cards.is_empty() {
            self.line(INDENT, "the same card");
        }
        for step in stage.steps.iter().filter(|_| is_first) {
            self.line(INDENT, &step.in_words());
        }
        for words in stage.other_turns() {
            self.line(INDENT, &words);
        }
    }

    fn card(&mut self, pick: Pick, before: &str, decks: &[Deck]) {
        let (deck, card) = pick.of(decks);
        let words = if card.kind.is_guide() {
            card.prompt.lines().next().unwrap_or_default().to_owned()
        } else {
            card.prompt.to_string()
        };
        let category = one_line(&deck.category(card).label);
        self.line(INDENT, &format!("{before}{}  {} ({category})", card.code, one_line(&words)));
    }

    /// Writes who sits with whom; whoever begins is named first.
    fn groups(&mut self, plan: &Plan, stage: &Stage) {
        let seating = &stage.seating;
        let is_told = stage.round().is_some() || stage.what == What::Landing;
        if !is_told || plan.count() < 2 {
            return;
        }
        let group = |group: Vec<usize>| {
            let names = group.into_iter().map(|person| plan.people[person].as_str());
            names.collect::<Vec<_>>().join(" – ")
        };
        let groups: Vec<String> = stage.in_turn().map(group).collect();
        let words = match groups.len() {
            0 => return,
            1 => format!("{} begins", plan.people[stage.first[0]]),
            count if count > NAMED => {
                format!("{count} groups: `--json` names them all")
            }
            _ if seating.groups.iter().all(|group| group.len() == 1) => "everybody alone".into(),
            _ => groups.join(", "),
        };
        self.line(INDENT, &words);
        if !seating.resting.is_empty() {
            let names: Vec<&str> = seating.resting.iter().map(|at| &*plan.people[*at]).collect();
            self.line(INDENT, &format!("resting: {}", names.join(", ")));
        }
    }

    fn end(&mut self, plan: &Plan, decks: &[Deck]) {
        let end = plan.when(plan.length());
        let in_hand = match plan.in_hand.0 {
            0..60 => String::new(),
            _ => format!("; {} in hand", plan.in_hand),
        };
        let ends = if plan.start.is_some() {
            format!("over at {end}")
        } else {
            format!("over after {}", plan.length())
        };
        self.line(0, &format!("{ends}{in_hand}"));
        if plan.meetings.as_ref().is_some_and(|meetings| meetings.again == 0 && meetings.all > 0) {
            self.line(0, "nobody meets anybody twice");
        }
        let copies = plan.copies();
        let total: usize = copies.iter().map(|copies| copies.count).sum();
        let words = |reserve: bool| {
            let of_use = copies.iter().filter(|copies| (copies.used == Use::Reserve) == reserve);
            let card = of_use.map(|copies| {
                let code = &copies.card.of(decks).1.code;
                if copies.count == 1 {
                    code.to_string()
                } else {
                    format!("{} × {code}", copies.count)
                }
            });
            card.collect::<Vec<_>>().join(", ")
        };
        self.line(0, &format!("cards to print, {total} in all: {}", words(false)));
        let reserve = words(true);
        if !reserve.is_empty() {
            self.line(0, &format!("in reserve: {reserve}"));
        }
    }
}

fn name(stage: &Stage) -> String {
    match stage.round() {
        Some(round) => format!("{round}. {}", stage.title),
        None => stage.title.clone(),
    }
}

/// Returns the names of the decks for people.
pub fn titles(decks: &[Deck]) -> String {
    decks.iter().map(|deck| &*deck.meta.title).collect::<Vec<_>>().join(" + ")
}
