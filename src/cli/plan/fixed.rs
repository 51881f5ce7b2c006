//! Plans of a fixed length, from their first day on.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::cli::args::PlanArgs;
use crate::cli::draw::clock::{Clock, read_date};
use crate::cli::draw::pool::{Pool, USUAL_CEILING};
use crate::cli::failure::{Exit, Failure};
use crate::cli::settings::Level;
use crate::deck::Depth;
use crate::plan::{self, Plan, Supply};
use crate::problem::{Diagnostic, counted};
use crate::select::{FilterWords, find_depth, usual_seed};

use super::outline::{Day, Outline};

/// Returns the days with their cards.
pub fn outline(plan: &'static Plan, args: &PlanArgs) -> Result<Outline, Failure> {
    let clock = args.shared.zone.as_deref().map_or_else(|| Ok(Clock::here()), Clock::of)?;
    let from = args.from.as_deref().map(|word| read_date("--from", word)).transpose()?;
    let from = from.unwrap_or_else(|| clock.night());
    let wrong = wrong_flags(plan, args);
    if !wrong.is_empty() {
        return Err(Failure { exit: Exit::Usage, problems: wrong });
    }
    let pool = Pool::read(&args.source, &args.filter, false)?;
    let seed = args.shared.seed.unwrap_or_else(|| usual_seed(&pool.decks));
    let words = FilterWords { opt_in: args.filter.opt_in.clone(), ..FilterWords::default() };
    let opted = words.read(&pool.decks).map(|filter| filter.opt_in);
    let opted = opted.map_err(|problems| Failure { exit: Exit::Usage, problems })?;
    let is_own = args.source.decks.is_empty();
    let supply = Supply {
        decks: &pool.decks,
        picks: &pool.picks,
        own: is_own,
        ceiling: ceiling(&pool, args)?,
        opted: &opted,
        seed,
    };
    let settled = plan.settle(&supply).map_err(|problem| Failure::unmet(vec![*problem]))?;
    let days = settled.days.iter().map(|day| dated(day, from)).collect::<Result<_, Failure>>()?;
    let notices = pool.notices.iter().cloned().chain(settled.notes).collect();
    let whose = if is_own { Vec::new() } else { names(&pool) };
    Ok(Outline { plan, days, clock, seed, whose, notices, agreed: None, decks: pool.decks })
}

fn dated(day: &plan::Day, from: Date) -> Result<Day, Failure> {
    let date = from.checked_add((i64::from(day.day) - 1).days()).map_err(|_| {
        let found = format!("a plan from {from} on would end behind the last date there is");
        let problem = Diagnostic::error("bad-date", found);
        Failure::usage(problem.help("choose an earlier date for `--from`"))
    })?;
    Ok(Day {
        date,
        day: day.day,
        number: day.number,
        title: day.step.title.clone(),
        words: if day.says_all { String::new() } else { day.step.words.clone() },
        minutes: day.step.minutes,
        pick: day.pick,
    })
}

/// Returns how deep the cards may go: as asked, else as `draw` keeps it.
fn ceiling(pool: &Pool, args: &PlanArgs) -> Result<Depth, Failure> {
    let kept = pool.settings.ceiling.as_ref().map(Level::word);
    let kept = kept.map(|word| find_depth(&word, &pool.decks)).transpose();
    let kept = kept.map_err(|problem| Failure::usage(*problem))?;
    pool.ceiling(args.shared.ceiling.as_deref(), kept.unwrap_or(USUAL_CEILING))
}

fn names(pool: &Pool) -> Vec<String> {
    let mut names: Vec<String> = pool.decks.iter().map(|deck| deck.meta.name.clone()).collect();
    names.sort_unstable();
    names
}

/// Tells of flags that only nights have.
fn wrong_flags(plan: &Plan, args: &PlanArgs) -> Vec<Diagnostic> {
    let steps = counted(plan.steps.len(), "day");
    let shared = &args.shared;
    let flags = [
        (args.days.is_some(), "--days", "leave it out, or plan another time with a later `--from`"),
        (shared.start.is_some(), "--start", "name the first day with `--from`"),
        (shared.together, "--together", "leave it out: these plans are for one room"),
        (shared.shared.is_some(), "--shared", "leave it out, and give both the same `--seed`"),
    ];
    let told = flags.into_iter().filter(|(is_there, ..)| *is_there).map(|(_, flag, help)| {
        let found = format!("`{flag}` is for `nightly`; `{}` has its own {steps}", plan.id);
        Diagnostic::error("plan-flag", found).help(help)
    });
    told.collect()
}
