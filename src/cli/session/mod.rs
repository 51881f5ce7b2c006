//! `deckle session`: an evening or a workshop, planned to the minute.

mod formats;
mod json;
mod kept;
mod live;
mod paper;
mod people;
mod text;

use jiff::civil::Time;

use super::Terminal;
use super::args::{OddArg, SessionArgs};
use super::choose;
use super::failure::{Exit, Failure};
use super::lean::{Amount, Leaning};
use super::output::to_standard_output;
use super::sources::read_decks;
use crate::deck::{Deck, Pick};
use crate::problem::{Diagnostic, Severity};
use crate::select::{Lean, find_depth};
use crate::session::rotation::Odd;
use crate::session::{Change, Format, Formats, Plan, Seconds, SessionRequest, usual_seed};
use kept::{Asked, Kept};
pub use kept::{folder, left_folder};
pub use live::give_screen_back;
use people::{Company, Later};

/// Plans a session.
pub fn session(args: &SessionArgs, terminal: &Terminal) -> Result<(), Failure> {
    let (formats, id) = formats::read(Some(&args.format))?;
    let id = id.unwrap_or_else(|| args.format.clone());
    let format = formats.find(&id).map_err(unknown_or_faulty)?;
    if args.show_format {
        let text = formats.text(&format.id).unwrap_or_default();
        return to_standard_output(|out| out.write_all(text.as_bytes()));
    }
    kept::check(args)?;
    if args.live.run {
        live::allow(args)?;
        if args.seats.from_round.is_none() && live::go_on(args, &format, terminal)? {
            return Ok(());
        }
    }
    let planned = match args.seats.from_round {
        Some(from) => Planned::from_round(from, args, &format)?,
        None => Planned::new(args, &format, &formats)?,
    };
    let Planned { args, plans, notices, decks, asked } = &planned;
    if args.live.run && plans.len() > 1 {
        return Err(live::several());
    }
    if let Some(folder) = &args.output {
        paper::write(args, folder, plans, asked, terminal)?;
    }
    if (args.output.is_none() && !args.live.run) || args.json {
        planned.show(terminal)?;
    }
    let notices = notices.iter().chain(plans.iter().flat_map(|plan| &plan.notes));
    let is_told = |notice: &&Diagnostic| !args.quiet || notice.severity > Severity::Note;
    terminal.tell(&notices.filter(is_told).cloned().collect::<Vec<_>>());
    // The plan was shown; that it cannot be gone on with later is no reason to fail, but one to say so.
    // Where cards are lost the plan that has them stays, so that they can be put back.
    let is_whole = !planned.notices.iter().any(|notice| notice.code == "lost-cards");
    let kept = if is_whole { kept::keep(asked.clone(), plans, decks) } else { Ok(()) };
    if let Err(failure) = kept {
        terminal.tell(&failure.problems.into_iter().map(not_kept).collect::<Vec<_>>());
    }
    if args.live.run { live::begin(&planned, terminal) } else { Ok(()) }
}

/// Returns what is told where the plan cannot be kept.
fn not_kept(problem: Diagnostic) -> Diagnostic {
    let found = format!("the plan is not remembered for `--from-round`: {}", problem.found);
    Diagnostic::warning("not-remembered", found).help("keep it yourself: `--json`, or `-o FOLDER`")
}

/// A session that is planned.
struct Planned {
    args: SessionArgs,
    /// One for each number of people that may come.
    plans: Vec<Plan>,
    decks: Vec<Deck>,
    notices: Vec<Diagnostic>,
    /// What was asked for.
    asked: Asked,
}

impl Planned {
    /// Plans a session from its beginning.
    fn new(args: &SessionArgs, format: &Format, formats: &Formats) -> Result<Self, Failure> {
        let material = Material::read(args, format)?;
        let company = Company::read(args, format)?;
        let plans = |args: &SessionArgs| -> Result<Vec<Plan>, Failure> {
            company.rooms.iter().map(|room| material.plan(args, room)).collect()
        };
        let mut plans_of_all =
            plans(args).map_err(|failure| with_other_formats(failure, args, formats, &company))?;
        // Whoever comes, the cards are the same: as many rounds, and as deep, as suits all of the numbers.
        let rounds = plans_of_all.iter().filter_map(Plan::chosen_rounds).min();
        let ceiling = plans_of_all.iter().map(|plan| plan.ceiling).min();
        let is_one = |plan: &Plan| plan.chosen_rounds() == rounds && Some(plan.ceiling) == ceiling;
        if !plans_of_all.iter().all(is_one) {
            let ceiling = ceiling.map(|depth| depth.to_string());
            plans_of_all = plans(&SessionArgs { rounds, ceiling, ..args.clone() })?;
        }
        let named = if args.source.decks.is_empty() { &format.decks } else { &args.source.decks };
        let asked = Asked::of(args, named, material.seed);
        let Material { decks, notices, .. } = material;
        Ok(Self { args: args.clone(), plans: plans_of_all, decks, notices, asked })
    }

    /// Goes on with an earlier plan from round `from` on.
    fn from_round(from: usize, args: &SessionArgs, format: &Format) -> Result<Self, Failure> {
        let kept = Kept::read(args, format)?;
        let mut args = args.clone();
        args.source = kept.asked.decks();
        let decks = read_decks(&args.source)?.decks;
        let (plan, notices) = kept.plan(format, &decks)?;
        let mut asked = kept.asked;
        let later = Later::read(&args, &plan, &asked.apart)?;
        asked.odd = args.seats.odd.or(asked.odd);
        let added = args.seats.apart.iter().filter(|pair| !asked.apart.contains(pair));
        let added: Vec<String> = added.cloned().collect();
        asked.apart.extend(added);
        let go_on = |later: &Later| {
            let change = Change {
                from,
                gone: &later.gone,
                came: &later.came,
                odd: odd(asked.odd),
                apart: &later.apart,
                seed: asked.seed(),
            };
            plan.go_on(&change)
        };
        let plans: Result<Vec<Plan>, Vec<Diagnostic>> = later.iter().map(go_on).collect();
        let plans = plans.map_err(|problems| {
            let is_usage = problems.iter().any(|problem| problem.code == "rounds-number");
            Failure { exit: if is_usage { Exit::Usage } else { Exit::Unmet }, problems }
        })?;
        Ok(Self { args, plans, decks, notices, asked })
    }

    fn show(&self, terminal: &Terminal) -> Result<(), Failure> {
        if self.args.json {
            return to_standard_output(|out| {
                json::write(out, &self.plans, &self.decks, &self.asked)?;
                writeln!(out)
            });
        }
        let text = text::text(&self.plans, &self.decks, terminal.result_width);
        to_standard_output(|out| out.write_all(text.as_bytes()))
    }
}

fn odd(arg: Option<OddArg>) -> Odd {
    match arg {
        Some(OddArg::Rest) => Odd::Rest,
        _ => Odd::Triad,
    }
}

/// Lists the formats.
pub fn list(json: bool, terminal: &Terminal) -> Result<(), Failure> {
    let (formats, _) = formats::read(None)?;
    let problems = to_standard_output(|out| {
        formats::list_formats(out, &formats, json, terminal.result_width)
    })?;
    if problems.is_empty() { Ok(()) } else { Err(Failure::unmet(problems)) }
}

/// Returns what a format that cannot be had means: a word that names none, or a file with faults.
fn unknown_or_faulty(problems: Vec<Diagnostic>) -> Failure {
    let is_unknown = problems.iter().any(|problem| problem.code == "unknown-format");
    Failure { exit: if is_unknown { Exit::Usage } else { Exit::Unmet }, problems }
}

/// What a plan is made of beside people.
struct Material<'a> {
    format: &'a Format,
    decks: Vec<Deck>,
    pool: Vec<Pick>,
    notices: Vec<Diagnostic>,
    start: Option<Time>,
    leaning: Option<Leaning>,
    seed: u64,
}

impl<'a> Material<'a> {
    fn read(args: &SessionArgs, format: &'a Format) -> Result<Self, Failure> {
        let mut source = args.source.clone();
        if source.decks.is_empty() {
            source.decks.clone_from(&format.decks);
        }
        let read = read_decks(&source)?;
        let (pool, held_back) = choose::pool(&read.decks, &args.filter)?;
        let start = args.start.as_deref().map(|word| read_time("--start", word)).transpose()?;
        let seed = args.seed.unwrap_or_else(|| usual_seed(format, &read.decks));
        let told =
            |notice: &Diagnostic| notice.severity > Severity::Note || notice.code == "hidden-file";
        let mut notices: Vec<Diagnostic> = read.notices.into_iter().filter(told).collect();
        notices.extend(held_back.filter(|_| !args.source.decks.is_empty()));
        let leaning = Leaning::read(&args.lean)?;
        let told = leaning.as_ref().map(|it| it.notes(&read.decks, &pool, Amount::Choice));
        notices.extend(told.unwrap_or_default());
        Ok(Self { format, decks: read.decks, pool, notices, start, leaning, seed })
    }

    fn plan(&self, args: &SessionArgs, room: &people::Room) -> Result<Plan, Failure> {
        let ceiling = args.ceiling.as_deref().map(|word| find_depth(word, &self.decks)).transpose();
        let ceiling = ceiling.map_err(|problem| Failure::usage(*problem))?;
        let request = SessionRequest {
            format: self.format,
            decks: &self.decks,
            pool: &self.pool,
            people: &room.people,
            time: args.minutes.map(|minutes| Seconds::minutes(minutes.into())),
            rounds: args.rounds,
            start: self.start,
            ceiling,
            odd: odd(args.seats.odd),
            apart: &room.apart,
            lean: self.leaning.as_ref().map_or(Lean::none(), Leaning::lean),
            seed: self.seed,
        };
        request.plan().map_err(Failure::unmet)
    }
}

/// Reads a time of the day: 19:30, 19.30, 19h30, 9, 7:30 pm.
pub fn read_time(flag: &str, word: &str) -> Result<Time, Failure> {
    let small = word.trim().to_lowercase().replace(['.', 'h'], ":");
    let half = ["am", "pm"].into_iter().find(|half| small.ends_with(half));
    let bare = half.map_or(&*small, |half| small.trim_end_matches(half)).trim();
    let (hours, minutes) = bare.split_once(':').unwrap_or((bare, "0"));
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let hour = hours.trim().parse::<i8>().ok();
    let hour = match half {
        None => hour,
        // Twelve begins each half of the day.
        Some(half) => hour
            .filter(|hour| (1..=12).contains(hour))
            .map(|hour| hour % 12 + if half == "pm" { 12 } else { 0 }),
    };
    let time = hour.zip(minutes.trim().parse().ok());
    time.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok()).ok_or_else(|| {
        let found = format!("`{flag} {word}` is no time of the day");
        Failure::usage(Diagnostic::error("bad-time", found).help("write it as 19:30"))
    })
}

/// Returns a failure that says which formats there are for so many people.
fn with_other_formats(
    mut failure: Failure,
    args: &SessionArgs,
    formats: &Formats,
    company: &Company,
) -> Failure {
    for problem in failure.problems.iter_mut().filter(|problem| problem.code == "people-number") {
        let count = company.rooms.iter().map(|room| room.people.len()).max().unwrap_or_default();
        if args.names.is_some() {
            problem.help = Some("name as many as it is for".into());
        }
        let others = formats.for_people(count);
        if !others.is_empty() {
            let help = problem.help.take().unwrap_or_default();
            let first: Vec<&str> = others.iter().take(3).map(String::as_str).collect();
            problem.help = Some(format!("{help}, or another format: {}", first.join(", ")));
        }
    }
    failure
}
