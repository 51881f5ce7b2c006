//! The last plan of each format, kept so that a session can be gone on with from a later round.

use std::path::{Path, PathBuf, absolute};

use serde::{Deserialize, Serialize};

use crate::cli::args::{DeckArgs, OddArg, SessionArgs};
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::settings::data_folder;
use crate::deck::{self, Deck, builtin};
use crate::problem::Diagnostic;
use crate::session::{Format, KeptPlan, Plan};

/// A plan as it is kept: the plan itself, and what was asked for.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Kept {
    deckle: u8,
    format: String,
    /// What was asked for.
    pub asked: Asked,
    /// The plan.
    pub again: KeptPlan,
}

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    decks: Vec<String>,
    meta: Option<PathBuf>,
    minutes: Option<u16>,
    rounds: Option<usize>,
    start: Option<String>,
    ceiling: Option<String>,
    seed: Option<u64>,
    /// What becomes of the one whom pairs leave over.
    pub odd: Option<OddArg>,
    /// Who shall not meet.
    pub apart: Vec<String>,
}

impl Asked {
    /// Returns what is asked for, the names of the decks that came of it, and the number that chance
    /// started from.
    pub fn of(args: &SessionArgs, decks: &[String], seed: u64) -> Self {
        Self {
            decks: decks.to_vec(),
            meta: args.source.meta.clone(),
            minutes: args.minutes,
            rounds: args.rounds,
            start: args.start.clone(),
            ceiling: args.ceiling.clone(),
            seed: Some(seed),
            odd: args.seats.odd,
            apart: args.seats.apart.clone(),
        }
    }

    /// Returns the decks, whatever the format has by now.
    pub fn decks(&self) -> DeckArgs {
        DeckArgs { decks: self.decks.clone(), meta: self.meta.clone() }
    }

    /// Returns whether a command says something else than was asked for.
    pub fn differs(&self, args: &SessionArgs, plan: &Plan) -> bool {
        let is_other =
            |said: &Option<String>, then: &Option<String>| said.is_some() && said != then;
        let whole = |decks: &[String]| {
            let asked = Self { decks: decks.to_vec(), ..Self::default() };
            asked.with_whole_paths().decks
        };
        let decks = &args.source.decks;
        (!decks.is_empty() && whole(decks) != whole(&self.decks))
            || is_other(&args.start, &self.start)
            || is_other(&args.ceiling, &self.ceiling)
            || args.minutes.is_some_and(|it| Some(it) != self.minutes)
            || args.rounds.is_some_and(|it| Some(it) != self.rounds)
            || args.seed.is_some_and(|it| it != self.seed())
            || args.people.as_ref().is_some_and(|it| *it != plan.count().to_string())
            || args.names.as_deref().is_some_and(|it| !is_list_of(it, plan))
            || args.output.is_some()
    }

    /// Returns the number that chance started from.
    pub fn seed(&self) -> u64 {
        self.seed.unwrap_or_default()
    }

    /// Names files by where they are, so that they are found from every folder.
    pub fn with_whole_paths(mut self) -> Self {
        // A bare name of a built-in deck means that, whatever lies in the folder.
        let is_file = |deck: &&mut String| {
            builtin::find(deck).is_none() && Path::new(deck.as_str()).is_file()
        };
        for deck in self.decks.iter_mut().filter(is_file) {
            let whole = absolute(&*deck).ok().and_then(|path| path.to_str().map(str::to_owned));
            *deck = whole.unwrap_or_else(|| deck.clone());
        }
        self.meta = self.meta.map(|meta| absolute(&meta).unwrap_or(meta));
        self
    }
}

impl Kept {
    /// Returns what is to be kept of a plan.
    pub fn of(asked: Asked, plan: &Plan, decks: &[Deck]) -> Self {
        let again = KeptPlan::of(plan, decks);
        Self { deckle: 1, format: plan.format.id.clone(), asked, again }
    }

    /// Reads the plan that a session goes on from.
    pub fn read(args: &SessionArgs, format: &Format) -> Result<Self, Failure> {
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
            let help = format!(
                "name what `deckle session {} --json` wrote, for one number of people",
                format.id
            );
            Failure::unmet(vec![problem.help(help)])
        };
        let name = path.display();
        let kept: Self = serde_json::from_str(&text)
            .map_err(|error| wrong(format!("`{name}` is no plan to go on with: {error}")))?;
        if kept.deckle != 1 {
            return Err(wrong(format!("`{name}` is of another version of deckle")));
        }
        if kept.format != format.id {
            return Err(wrong(format!("`{name}` is a plan of `{}`", kept.format)));
        }
        Ok(kept)
    }

    /// Returns the plan, of cards in `decks`, and what is to be told of it.
    pub fn plan(
        &self,
        format: &Format,
        decks: &[Deck],
    ) -> Result<(Plan, Vec<Diagnostic>), Failure> {
        let (plan, lost) = self.again.plan(format, decks).map_err(|problem| {
            let help = "plan the session anew, or name another plan: `--past plan.json`";
            Failure::unmet(vec![problem.help(help)])
        })?;
        let mut notices = Vec::new();
        if !lost.is_empty() {
            let found = format!("not in the deck any more: {}", lost.join(", "));
            let help = "those in reserve come in their place, where there are any; put the rows back to have them";
            notices.push(Diagnostic::warning("lost-cards", found).help(help));
        }
        Ok((plan, notices))
    }
}

/// Writes what is kept of a session, for its owner alone: names are in it.
pub fn write(path: &Path, kept: &impl Serialize) -> Result<(), Failure> {
    // A folder whose name is no text cannot be put into words, for one.
    let text = serde_json::to_string(kept)
        .map_err(|error| Failure::writing(path, &std::io::Error::other(error.to_string())))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
    }
    output::write_private(path, (text + "\n").as_bytes())
}

/// Returns whether a file names just the people of a plan.
fn is_list_of(path: &Path, plan: &Plan) -> bool {
    let bytes = std::fs::read(path).unwrap_or_default();
    let here: Vec<&str> = plan.present().map(|at| &*plan.people[at]).collect();
    deck::names("", &bytes).is_ok_and(|names| names == here)
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

/// Returns the folder in which sessions are kept that were left before their end.
pub fn left_folder() -> Option<PathBuf> {
    Some(folder()?.join("left"))
}

fn place(format: &str) -> Option<PathBuf> {
    Some(folder()?.join(format!("{format}.json")))
}

/// Refuses what would change cards and times that are printed already.
pub fn check(args: &SessionArgs) -> Result<(), Failure> {
    if args.seats.from_round.is_none() {
        return Ok(());
    }
    let filter = &args.filter;
    let flags = [
        ("a deck", !args.source.decks.is_empty()),
        ("--meta", args.source.meta.is_some()),
        ("--minutes", args.minutes.is_some()),
        ("--rounds", args.rounds.is_some()),
        ("--seed", args.seed.is_some()),
        ("--start", args.start.is_some()),
        ("--ceiling", args.ceiling.is_some()),
        ("--only", !filter.only.is_empty()),
        ("--depth", !filter.depth.is_empty()),
        ("--category", !filter.category.is_empty()),
        ("--not-category", !filter.not_category.is_empty()),
        ("--kind", !filter.kind.is_empty()),
        ("--audience", !filter.audience.is_empty()),
        ("--tag", !filter.tag.is_empty()),
        ("--max-minutes", filter.max_minutes.is_some()),
        ("--opt-in", !filter.opt_in.is_empty()),
        ("--lean-on", args.lean.lean_on.is_some()),
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

/// Keeps a plan, in place of the last of its format. Plans for several numbers are too many to go on
/// from; where they are of a new session, no older one stays in their place.
pub fn keep(asked: Asked, plans: &[Plan], decks: &[Deck]) -> Result<(), Failure> {
    let Some(path) = plans.first().and_then(|plan| place(&plan.format.id)) else { return Ok(()) };
    let [plan] = plans else {
        if plans.iter().all(|plan| plan.from_round == 1) {
            let _ = std::fs::remove_file(&path);
        }
        return Ok(());
    };
    write(&path, &Kept::of(asked.with_whole_paths(), plan, decks))
}
