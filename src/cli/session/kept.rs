//! The last plan of each format, kept so that a session can be planned anew from a later round.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf, absolute};

use serde::{Deserialize, Serialize};

use crate::cli::args::{OddArg, SeatArgs, SessionArgs};
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
    /// The rounds that were past when it was planned.
    #[serde(default)]
    past: Vec<KeptRound>,
    rounds: Vec<KeptRound>,
    /// The first round that was still to come when it was planned.
    #[serde(default = "first_round")]
    from_round: usize,
}

fn first_round() -> usize {
    1
}

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    decks: Vec<String>,
    minutes: Option<u16>,
    rounds: Option<usize>,
    start: Option<String>,
    ceiling: Option<String>,
    seed: Option<u64>,
    odd: Option<OddArg>,
    apart: Vec<String>,
    /// Who has left, one after the other.
    gone: Vec<String>,
}

impl Asked {
    /// Returns what is asked for, with the number of rounds that came of it.
    pub fn of(args: &SessionArgs, plans: &[Plan]) -> Self {
        let chosen = plans.first().and_then(Plan::chosen_rounds);
        Self {
            decks: args.source.decks.clone(),
            minutes: args.minutes,
            rounds: args.rounds.or(chosen),
            start: args.start.clone(),
            ceiling: args.ceiling.clone(),
            seed: args.seed,
            odd: args.seats.odd,
            apart: args.seats.apart.clone(),
            gone: args.seats.gone.clone(),
        }
    }
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
        let mut names = HashSet::new();
        if let Some(twice) = kept.people.iter().find(|name| !names.insert(name.as_str())) {
            return Err(wrong(format!("`{}` names `{twice}` twice", path.display())));
        }
        kept.rounds.splice(0..0, std::mem::take(&mut kept.past));
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
        Ok(kept.before(from))
    }

    /// Returns what is to be kept of a plan.
    pub fn of(args: &SessionArgs, plan: &Plan) -> Self {
        let named = |people: &[usize]| people.iter().map(|at| plan.people[*at].clone()).collect();
        let rounds = plan.stages.iter().filter_map(|stage| {
            let groups =
                stage.seating.groups.iter().map(|group| KeptGroup { people: named(group) });
            let groups = groups.collect();
            let resting = named(&stage.seating.resting);
            Some(KeptRound { round: stage.round()?, groups, resting })
        });
        Self {
            deckle: 1,
            format: plan.format.id.clone(),
            people: plan.people.clone(),
            asked: Asked::of(args, std::slice::from_ref(plan)),
            past: Vec::new(),
            rounds: rounds.collect(),
            from_round: plan.from_round,
        }
    }

    /// Returns the same for who goes on from round `from`: only the rounds before are past.
    pub fn before(mut self, from: usize) -> Self {
        self.rounds.retain(|round| round.round < from);
        self
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
        // Who was kept apart stays so, but for those who have left.
        let apart = then.apart.iter().filter(|pair| !args.seats.apart.contains(pair));
        let is_here = |name: &str| {
            let is = |other: &String| other.trim().to_lowercase() == name.trim().to_lowercase();
            self.people.iter().any(is) && !args.seats.gone.iter().any(is)
        };
        let here =
            |pair: &&String| pair.split_once(':').is_some_and(|(a, b)| is_here(a) && is_here(b));
        let apart: Vec<String> = apart.filter(here).cloned().collect();
        args.seats.apart.extend(apart);
        let known = then.gone.iter().filter(|name| !args.seats.gone.contains(name));
        let known: Vec<String> = known.cloned().collect();
        args.seats.gone.extend(known);
        args
    }

    /// Returns the same for who goes on with this very plan: what was past then is past.
    pub fn as_planned(self) -> Self {
        let from = self.from_round;
        self.before(from)
    }

    /// Returns the words of then, whatever is said now of who and what.
    pub fn words_of_then(&self, args: &SessionArgs) -> SessionArgs {
        let mut args = args.clone();
        args.source.decks.clear();
        args.seats = SeatArgs::default();
        (args.people, args.names) = (None, None);
        (args.minutes, args.rounds, args.start) = (None, None, None);
        (args.ceiling, args.seed) = (None, None);
        self.complete(&args)
    }

    /// Names decks that are files by where they are, so that they are found from every folder.
    pub fn with_whole_paths(mut self) -> Self {
        for deck in self.asked.decks.iter_mut().filter(|deck| Path::new(deck.as_str()).is_file()) {
            if let Some(path) =
                absolute(&*deck).ok().and_then(|path| path.to_str().map(str::to_owned))
            {
                *deck = path;
            }
        }
        self
    }

    /// Returns whether somebody has left already, so that the same command twice gives the same plan.
    pub fn has_left(&self, name: &str) -> bool {
        let is = |other: &String| other.trim().to_lowercase() == name.trim().to_lowercase();
        self.asked.gone.iter().any(is) && !self.people.iter().any(is)
    }

    /// Returns who sat with whom, by their places among `people`; who has left is left out.
    pub fn past(&self, people: &[String]) -> Vec<Seating> {
        let places: HashMap<&str, usize> =
            people.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        let seating = |round: &KeptRound| {
            // Nobody sits in two places, whatever somebody wrote into the file.
            let mut left: HashSet<usize> = (0..people.len()).collect();
            let mut here = |names: &[String]| -> Vec<usize> {
                let known = names.iter().filter_map(|name| places.get(name.as_str()).copied());
                known.filter(|person| left.remove(person)).collect()
            };
            Seating {
                groups: round.groups.iter().map(|group| here(&group.people)).collect(),
                resting: here(&round.resting),
            }
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

/// Refuses what would change cards and times that are printed already.
pub fn check(args: &SessionArgs) -> Result<(), Failure> {
    if args.seats.from_round.is_none() {
        return Ok(());
    }
    let flags = [
        ("--minutes", args.minutes.is_some()),
        ("--rounds", args.rounds.is_some()),
        ("--seed", args.seed.is_some()),
        ("--start", args.start.is_some()),
        ("--ceiling", args.ceiling.is_some()),
    ];
    let named: Vec<&str> = flags.iter().filter(|(_, is)| *is).map(|(flag, _)| *flag).collect();
    if named.is_empty() {
        return Ok(());
    }
    let named = named.join(", ");
    let found = format!("with --from-round cards and times stay, and {named} would change them");
    Err(Failure::usage(
        Diagnostic::error("contradiction", found).help(format!("leave out {named}")),
    ))
}

/// Keeps a plan, in place of the last of its format; plans for several numbers are too many to go on
/// from, and no older one stays in their place.
pub fn keep(args: &SessionArgs, plans: &[Plan]) -> Result<(), Failure> {
    let Some(path) = plans.first().and_then(|plan| place(&plan.format.id)) else { return Ok(()) };
    let [plan] = plans else {
        let _ = std::fs::remove_file(&path);
        return Ok(());
    };
    let kept = Kept::of(args, plan);
    let text = serde_json::to_string_pretty(&kept).unwrap_or_default();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
    }
    // Names are in it.
    output::write_private(&path, (text + "\n").as_bytes())
}
