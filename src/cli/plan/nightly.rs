//! The coming nights, as `deckle tonight` has them.

use jiff::ToSpan;

use crate::cli::args::PlanArgs;
use crate::cli::draw::clock::read_date;
use crate::cli::draw::shared::Agreement;
use crate::cli::failure::Failure;
use crate::plan::Plan;
use crate::problem::Diagnostic;

use super::outline::{Agreed, Day, Outline};

/// How many nights are planned where nobody says.
const USUAL_DAYS: usize = 30;

/// The most nights of a plan: ten years.
const MOST_DAYS: usize = 3660;

/// Returns the nights with their cards.
pub fn outline(plan: &'static Plan, args: &PlanArgs) -> Result<Outline, Failure> {
    let count = days(args.days)?;
    let agreement = Agreement::read(&args.source, &args.filter, &args.shared, false)?;
    let nights = agreement.nights()?;
    let from = args.from.as_deref().map(|word| read_date("--from", word)).transpose()?;
    let tonight = agreement.clock.night();
    let from = from.unwrap_or_else(|| agreement.start.map_or(tonight, |start| start.max(tonight)));
    let picks = nights.cards_from(from, count).map_err(|problem| Failure::unmet(vec![*problem]))?;
    let step = &plan.steps[0];
    let days = (1..).zip(picks).map(|(number, pick)| Day {
        date: from.saturating_add((i64::from(number) - 1).days()),
        day: number,
        number,
        title: step.title.clone(),
        words: step.words.clone(),
        minutes: step.minutes,
        pick: Some(pick),
    });
    let agreed = Agreed {
        origin: agreement.origin(),
        fingerprint: nights.fingerprint().to_string(),
        command: agreement.command(),
    };
    Ok(Outline {
        plan,
        days: days.collect(),
        seed: agreement.seed,
        whose: agreement.whose().into_iter().map(str::to_owned).collect(),
        agreed: Some(agreed),
        clock: agreement.clock,
        decks: agreement.pool.decks,
        notices: agreement.pool.notices,
    })
}

fn days(asked: Option<usize>) -> Result<usize, Failure> {
    match asked.unwrap_or(USUAL_DAYS) {
        days @ 1..=MOST_DAYS => Ok(days),
        days => {
            let problem =
                Diagnostic::error("bad-days", format!("`--days {days}` cannot be planned"));
            Err(Failure::usage(problem.expected(format!("1 to {MOST_DAYS}"))))
        }
    }
}
