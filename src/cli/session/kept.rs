//! The last plan of each format, kept so that a session can be planned anew from a later round.

use std::collections::HashMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::cli::args::{OddArg, SessionArgs};
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::settings::data_folder;
use crate::problem::Diagnostic;
use crate::session::rotation::Seating;
use crate::session::{Format, Plan};

/// A plan as it is kept: what was asked for, and who sat with whom.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Kept {
    deckle: u8,
    format: String,
    /// The people, by name or number.
    pub people: Vec<String>,
    #[serde(default)]
    asked: Asked,
    rounds: Vec<KeptRound>,
}

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    decks: Vec<String>,
    minutes: Option<u16>,
    rounds: Option<usize>,
    start: Option<String>,
    ceiling: Option<String>,
    seed: Option<u64>,
    odd: Option<OddArg>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct KeptRound {
    round: usize,
    groups: Vec<KeptGroup>,
    #[serde(default)]
    resting: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct KeptGroup {
    people: Vec<String>,
}

impl Kept {
    /// Reads the plan that a session goes on from: the rounds before `from`.
    pub fn read(args: &SessionArgs, format: &Format, from: usize) -> Result<Self, Failure> {
        let own = args.seats.past.clone();
        let Some(path) = own.clone().or_else(|| place(&format.id)) else {
            return Err(no_past(format));
        };
        let text = match std::fs::read_to_string(&path) {
            Err(error) if own.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                return Err(no_past(format));
            }
            read => read.map_err(|error| Failure::reading(&path, &error))?,
        };
        let wrong = |found: String| {
            let problem = Diagnostic::error("no-plan", found);
            let help = format!("name what `deckle session {} --json` wrote", format.id);
            Failure::unmet(vec![problem.help(help)])
        };
        let mut kept: Self = serde_json::from_str(&text)
            .map_err(|error| wrong(format!("`{}` is no plan: {error}", path.display())))?;
        if kept.format != format.id {
            let found = format!("`{}` is a plan of `{}`", path.display(), kept.format);
            return Err(wrong(found));
        }
        let known = kept.rounds.iter().map(|round| round.round).max().unwrap_or_default();
        if from < 2 || from > known {
            let found = format!("`--from-round {from}` is no later round of that plan");
            let problem = Diagnostic::error("rounds-number", found);
            let problem = match known {
                0 | 1 => problem.help("a plan of one round is planned anew without `--from-round`"),
                known => problem.expected(format!("2 to {known}")).help("`--from-round 2`"),
            };
            return Err(Failure::usage(problem));
        }
        // A session without a stated number of rounds goes on with those it was planned with.
        kept.asked.rounds = kept.asked.rounds.or(args.rounds);
        kept.rounds.retain(|round| round.round < from);
        Ok(kept)
    }

    /// Returns what is asked for, completed by what was asked for then.
    pub fn complete(&self, args: &SessionArgs) -> SessionArgs {
        let mut args = args.clone();
        let then = &self.asked;
        if args.source.decks.is_empty() {
            args.source.decks.clone_from(&then.decks);
        }
        args.minutes = args.minutes.or(then.minutes);
        args.rounds = args.rounds.or(then.rounds);
        args.start = args.start.or_else(|| then.start.clone());
        args.ceiling = args.ceiling.or_else(|| then.ceiling.clone());
        args.seed = args.seed.or(then.seed);
        args.seats.odd = args.seats.odd.or(then.odd);
        args
    }

    /// Returns who sat with whom, by their places among `people`; who has left is left out.
    pub fn past(&self, people: &[String]) -> Vec<Seating> {
        let places: HashMap<&str, usize> =
            people.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        let here = |names: &[String]| -> Vec<usize> {
            names.iter().filter_map(|name| places.get(name.as_str()).copied()).collect()
        };
        let seating = |round: &KeptRound| Seating {
            groups: round.groups.iter().map(|group| here(&group.people)).collect(),
            resting: here(&round.resting),
        };
        self.rounds.iter().map(seating).collect()
    }
}

fn no_past(format: &Format) -> Failure {
    let found = format!("no earlier plan of `{}` is known", format.id);
    let help = "plan the session once as it began, or name its plan: `--past plan.json`";
    Failure::unmet(vec![Diagnostic::error("no-plan", found).help(help)])
}

/// Returns the folder in which the plans of sessions are kept.
pub fn folder() -> Option<PathBuf> {
    Some(data_folder()?.join("sessions"))
}

fn place(format: &str) -> Option<PathBuf> {
    Some(folder()?.join(format!("{format}.json")))
}

/// Keeps a plan.
pub fn keep(args: &SessionArgs, plan: &Plan) -> Result<(), Failure> {
    let Some(path) = place(&plan.format.id) else { return Ok(()) };
    let named = |people: &[usize]| people.iter().map(|at| plan.people[*at].clone()).collect();
    let rounds = plan.stages.iter().filter_map(|stage| {
        let groups = stage.seating.groups.iter().map(|group| KeptGroup { people: named(group) });
        let groups = groups.collect();
        Some(KeptRound { round: stage.round()?, groups, resting: named(&stage.seating.resting) })
    });
    let rounds: Vec<KeptRound> = rounds.collect();
    let asked = Asked {
        decks: args.source.decks.clone(),
        minutes: args.minutes,
        rounds: args.rounds.or_else(|| (rounds.len() > 1).then(|| plan.chosen_rounds()).flatten()),
        start: args.start.clone(),
        ceiling: args.ceiling.clone(),
        seed: args.seed,
        odd: args.seats.odd,
    };
    let format = plan.format.id.clone();
    let kept = Kept { deckle: 1, format, people: plan.people.clone(), asked, rounds };
    let text = serde_json::to_string_pretty(&kept).unwrap_or_default();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
    }
    // Names are in it.
    output::write_private(&path, (text + "\n").as_bytes())
}
