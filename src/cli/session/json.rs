//! A plan as programs read it.

use std::io::{self, Write};

use serde::Serialize;

use super::kept::Asked;
use crate::cli::draw::listener;
use crate::deck::{Deck, Pick};
use crate::problem::Diagnostic;
use crate::session::format::Role;
use crate::session::{Copies, KeptPlan, Plan, Seconds, Stage, TimedBeat, TimedStep, Use};

/// Writes the plan, or those for several numbers of people, with what was asked for.
pub fn write(out: &mut dyn Write, plans: &[Plan], decks: &[Deck], asked: &Asked) -> io::Result<()> {
    let json = |plan| JsonPlan::new(plan, decks);
    let written = match plans {
        [plan] => {
            let again = KeptPlan::of(plan, decks);
            let asked = &asked.clone().with_whole_paths();
            let single = Single { deckle: 1, asked, plan: json(plan), again };
            serde_json::to_writer_pretty(out, &single)
        }
        plans => {
            let plans = plans.iter().map(json).collect();
            serde_json::to_writer_pretty(out, &Several { deckle: 1, plans })
        }
    };
    Ok(written?)
}

#[derive(Serialize)]
struct Single<'a> {
    deckle: u8,
    #[serde(flatten)]
    plan: JsonPlan<'a>,
    asked: &'a Asked,
    again: KeptPlan,
}

#[derive(Serialize)]
struct Several<'a> {
    deckle: u8,
    plans: Vec<JsonPlan<'a>>,
}

#[derive(Serialize)]
struct JsonPlan<'a> {
    format: &'a str,
    title: &'a str,
    people: Vec<&'a str>,
    start: Option<String>,
    minutes: f64,
    in_hand: f64,
    ceiling: u8,
    opening: Option<JsonStage<'a>>,
    past: Vec<JsonStage<'a>>,
    rounds: Vec<JsonStage<'a>>,
    landing: Option<JsonStage<'a>>,
    meetings: Option<JsonMeetings<'a>>,
    print: Vec<JsonCopies<'a>>,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct JsonStage<'a> {
    round: Option<usize>,
    title: &'a str,
    start: String,
    at: Seconds,
    minutes: f64,
    moving: Seconds,
    depth: Option<u8>,
    say: &'a [String],
    cards: Vec<JsonCard<'a>>,
    reserve: Vec<JsonCard<'a>>,
    steps: Vec<JsonStep<'a>>,
    groups: Vec<JsonGroup<'a>>,
    resting: Vec<&'a str>,
}

#[derive(Serialize)]
struct JsonCard<'a> {
    code: &'a str,
    deck: &'a str,
    prompt: &'a str,
    listener: Option<String>,
    category: &'a str,
    depth: Option<u8>,
    kind: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum JsonStep<'a> {
    Turns { turn: Vec<JsonBeat<'a>> },
    Together { together: JsonBeat<'a> },
}

#[derive(Serialize)]
struct JsonBeat<'a> {
    role: Role,
    does: &'a str,
    seconds: Seconds,
}

#[derive(Serialize)]
struct JsonGroup<'a> {
    people: Vec<&'a str>,
    first: &'a str,
    turn_seconds: Option<Seconds>,
}

#[derive(Serialize)]
struct JsonMeetings<'a> {
    meetings: usize,
    again: usize,
    bound: usize,
    pairs: Vec<[&'a str; 2]>,
}

#[derive(Serialize)]
struct JsonCopies<'a> {
    code: &'a str,
    deck: &'a str,
    copies: usize,
    reserve: bool,
}

impl<'a> JsonPlan<'a> {
    fn new(plan: &'a Plan, decks: &'a [Deck]) -> Self {
        let stage = |stage: &'a Stage| JsonStage::new(stage, plan, decks);
        let meetings = plan.meetings.as_ref().map(|meetings| JsonMeetings {
            meetings: meetings.all,
            again: meetings.again,
            bound: meetings.bound,
            pairs: meetings
                .pairs
                .iter()
                .map(|(a, b)| [&*plan.people[*a], &*plan.people[*b]])
                .collect(),
        });
        let copies = |Copies { card, count, used }: Copies| {
            let (deck, of_deck) = card.of(decks);
            JsonCopies {
                code: &of_deck.code.0,
                deck: &deck.meta.name,
                copies: count,
                reserve: used == Use::Reserve,
            }
        };
        Self {
            format: &plan.format.id,
            title: &plan.format.title,
            people: plan.present().map(|at| &*plan.people[at]).collect(),
            start: plan.start.map(|start| start.strftime("%H:%M").to_string()),
            minutes: minutes(plan.length()),
            in_hand: minutes(plan.in_hand),
            ceiling: plan.ceiling.level(),
            opening: plan.opening().map(stage),
            past: plan.past().map(stage).collect(),
            rounds: plan.rounds().map(stage).collect(),
            landing: plan.landing().map(stage),
            meetings,
            print: plan.copies().into_iter().map(copies).collect(),
            notes: plan.notes.iter().map(|note: &Diagnostic| &*note.found).collect(),
        }
    }
}

/// Returns minutes with two decimal places.
fn minutes(time: Seconds) -> f64 {
    (time.to_minutes() * 100.0).round() / 100.0
}

impl<'a> JsonStage<'a> {
    fn new(stage: &'a Stage, plan: &'a Plan, decks: &'a [Deck]) -> Self {
        let card = |pick: &Pick| JsonCard::new(*pick, decks);
        let name = |at: &usize| plan.people[*at].as_str();
        let groups = stage.seating.groups.iter().zip(&stage.first);
        let groups = groups.map(|(group, first)| JsonGroup {
            people: group.iter().map(name).collect(),
            first: name(first),
            turn_seconds: stage.turn_in(group.len()),
        });
        Self {
            round: stage.round(),
            title: &stage.title,
            start: plan.when(stage.at),
            at: stage.at,
            minutes: minutes(stage.length),
            moving: stage.moving,
            depth: stage.depth.map(|depth| depth.level()),
            say: &stage.say,
            cards: stage.cards.iter().map(card).collect(),
            reserve: stage.reserve.iter().map(card).collect(),
            steps: stage.steps.iter().map(JsonStep::new).collect(),
            groups: groups.collect(),
            resting: stage.seating.resting.iter().map(name).collect(),
        }
    }
}

impl<'a> JsonCard<'a> {
    fn new(pick: Pick, decks: &'a [Deck]) -> Self {
        let (deck, card) = pick.of(decks);
        Self {
            code: &card.code.0,
            deck: &deck.meta.name,
            prompt: &card.prompt,
            listener: listener(deck, card),
            category: &deck.category(card).id,
            depth: card.depth.map(|depth| depth.level()),
            kind: card.kind.name(),
        }
    }
}

impl<'a> JsonStep<'a> {
    fn new(step: &'a TimedStep) -> Self {
        let beat = |beat: &'a TimedBeat| JsonBeat {
            role: beat.role,
            does: &beat.does,
            seconds: beat.time,
        };
        match step {
            TimedStep::Turns { beats, .. } => {
                Self::Turns { turn: beats.iter().map(beat).collect() }
            }
            TimedStep::Together(all) => Self::Together { together: beat(all) },
        }
    }
}
