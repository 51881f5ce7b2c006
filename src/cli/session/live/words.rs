//! The words of a session that is led: who, what, where in it.

use std::time::Duration;

use crate::session::format::Role;
use crate::session::live::{Act, Bell, Cue, View, Who};
use crate::session::rotation::Grouping;
use crate::session::{Plan, Seconds, Stage, What};

/// Returns where in the session a stage is.
pub fn position(stage: &Stage, rounds: usize) -> String {
    match stage.what {
        What::Round(round) if rounds > 1 => format!("Round {round} of {rounds}"),
        What::Round(_) => "The round".into(),
        What::Opening => "The opening".into(),
        What::Quiet => "The quiet".into(),
        What::Landing => "The landing".into(),
    }
}

/// Returns the name of somebody, to stand alone.
pub fn name(who: Who, plan: &Plan) -> String {
    match who {
        Who::Person(at) => match &plan.people[at] {
            // Who has no name has a number.
            number if number.parse::<u32>().is_ok() => format!("Person {number}"),
            name => name.clone(),
        },
        Who::Place(0) => "The first".into(),
        Who::Place(1) => "The second".into(),
        Who::Place(2) => "The third".into(),
        Who::Place(at) => format!("Number {}", at + 1),
        Who::Others => "The others".into(),
        Who::Everybody => "Everybody".into(),
    }
}

/// Returns what is done now, as a sentence; nothing where whoever leads has the word.
pub fn deed(view: &View) -> Option<String> {
    let (plan, cue) = (view.plan, view.cue?);
    let beat = match &cue.act {
        Act::Move => return Some(moving(view).into()),
        Act::Whole => return None,
        Act::Turn(_) | Act::Together(_) => cue.beat(plan)?,
    };
    let words = match (cue.turn(), beat.role) {
        (Some(turn), _) => format!("{} {}", name(turn.who, plan), beat.does),
        (None, Role::All) => capitalised(&beat.does),
        (None, Role::Speaker) => format!("The speaker {}", beat.does),
        (None, Role::Listener) => format!("The listener {}", beat.does),
        (None, Role::Observer) => format!("The observer {}", beat.does),
    };
    Some(if words.ends_with(['.', '!', '?']) { words } else { format!("{words}.") })
}

/// Returns whether it is the outer circle that moves on to the stage.
fn is_ring(view: &View) -> bool {
    view.plan.grouping(view.stage) == Grouping::Circles
}

/// Returns how people move.
fn moving(view: &View) -> &'static str {
    match is_ring(view) {
        true => "The outer circle moves on by one chair.",
        false => "Everybody moves to the next place.",
    }
}

/// Returns what is said before people move.
pub fn farewell(view: &View) -> &'static str {
    match is_ring(view) {
        true => "Thank each other. The outer circle stands up.",
        false => "Thank each other, and move to your next place.",
    }
}

/// Returns what a bell means, now that the next cue has begun or a time is over.
pub fn bell(bell: Bell, view: &View) -> String {
    let cue: Option<&Cue> = view.cue;
    match (bell, cue) {
        (_, None) => "bell: that was all".into(),
        _ if !view.over.is_zero() || view.left.is_zero() => "bell: the time is over".into(),
        (Bell::Twice, Some(Cue { act: Act::Move, .. })) => "two bells: thank you, and move".into(),
        (Bell::Twice, _) => format!("two bells: {} begins", view.stage.title),
        (Bell::Once, Some(cue)) => match cue.turn() {
            Some(turn) => format!("bell: {}", name(turn.who, view.plan)),
            None => "bell: all together".into(),
        },
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Returns how long it is until the time is over as a clock shows it: a second that has begun counts.
pub fn clock(left: Duration) -> String {
    let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    Seconds(u32::try_from(seconds).unwrap_or(u32::MAX)).clock()
}
