//! `deckle tonight`: the same card for two people who are apart.

use jiff::civil::Date;

use super::clock::read_date;
use super::consent;
use super::journal::Journal;
use super::json::{Context, JsonNight};
use super::pool::{USUAL_CEILING, level};
use super::shared::Agreement;
use super::{deed, picture, show, tell};
use crate::cli::Terminal;
use crate::cli::args::{ShownArgs, TonightArgs};
use crate::cli::failure::Failure;
use crate::deck::{Deck, Pick};
use crate::draw::ledger::Known;
use crate::draw::{Nights, What};
use crate::problem::Diagnostic;

/// Shows tonight's card.
pub fn tonight(args: &TonightArgs, terminal: &Terminal) -> Result<(), Failure> {
    if let Some(place) = &args.shown.output {
        picture::check(place, 1, args.shown.force)?;
    }
    let agreement = Agreement::read(&args.source, &args.filter, &args.shared, args.save)?;
    let nights = agreement.nights()?;
    let own = args.date.as_deref().map(|word| read_date("--date", word)).transpose()?;
    let night = own.unwrap_or_else(|| agreement.clock.night());
    if args.save {
        let file = agreement.save(&args.source, &args.shared, args.shown.force)?;
        let tables = agreement.tables();
        let with = if tables.is_empty() { String::new() } else { format!(", with {tables}") };
        terminal.say(&format!("wrote {}: send it to the other one{with}", file.display()));
    }
    let decks = &agreement.pool.decks;
    let json = |another| {
        let night = JsonNight {
            night: night.to_string(),
            zone: agreement.clock.zone.clone(),
            fingerprint: nights.fingerprint().to_string(),
            ceiling: nights.ceiling(night).level(),
            another,
        };
        Context { night: Some(night), ..Context::default() }
    };
    if own.is_none() && night < nights.first() {
        terminal.say(&format!("your first night is {}", nights.first()));
        let shown = ShownArgs { output: None, ..args.shown.clone() };
        return if shown.json { show(decks, &[], json(0), &shown, terminal) } else { Ok(()) };
    }
    let ranking = nights.ranking(night).map_err(|problem| Failure::unmet(vec![*problem]))?;
    let asked = args.another.unwrap_or(0);
    let another = chosen(decks, &ranking, asked, &args.shown)?;
    let pick = ranking[another];
    if args.shown.output.is_some() {
        picture::try_on(decks, &[pick])?;
    }
    let mut journal = Journal::of(&args.ledger, &agreement.pool.settings)?;
    let moment = agreement.clock.moment();
    // A night looked up ahead is not drawn yet.
    if own.is_none() {
        journal.draw(moment, &|known| {
            let is_new = is_new(known, decks, pick, night);
            let deeds = is_new.then(|| deed(decks, pick, What::Tonight));
            Ok((deeds.into_iter().collect(), ()))
        })?;
    }
    if !args.shown.quiet {
        terminal.say(&heading(&agreement, &nights, night));
    }
    if another != asked {
        terminal.say(&format!("this is `--another {another}`: say so to the other one"));
    }
    show(decks, &[pick], json(another), &args.shown, terminal)
        .inspect_err(|_| journal.take_back(moment.at))?;
    let notices = agreement.pool.notices.iter().chain(&journal.notices).cloned();
    tell(notices, args.shown.quiet, terminal);
    Ok(())
}

/// Returns whether the card is to be recorded: it was not shown on this night, or another after it.
fn is_new(known: &Known, decks: &[Deck], pick: Pick, night: Date) -> bool {
    let key = pick.of(decks).1.key;
    known.memory.last() != Some(key) || !known.memory.was_shown(key, night)
}

/// Returns which card of the night is shown; where it goes deep and nobody agrees, the next that does
/// not. Two people who both say no come to the same.
fn chosen(
    decks: &[Deck],
    ranking: &[Pick],
    asked: usize,
    shown: &ShownArgs,
) -> Result<usize, Failure> {
    let Some(pick) = ranking.get(asked) else {
        return Err(Failure::unmet(vec![no_other(ranking.len())]));
    };
    let (deck, card) = pick.of(decks);
    let is_deep = level(*pick, decks) >= consent::DEEP;
    if !is_deep || shown.yes || consent::to_depth(deck, card, 1, shown.quiet) {
        return Ok(asked);
    }
    let is_light = |at: &usize| level(ranking[*at], decks) <= USUAL_CEILING.level();
    let other = (asked + 1..ranking.len()).find(is_light);
    other.ok_or_else(|| Failure::unmet(vec![consent::nothing_lighter()]))
}

fn no_other(cards: usize) -> Diagnostic {
    let found = match cards {
        1 => "only 1 card is allowed on this night".to_owned(),
        cards => format!("only {cards} cards are allowed on this night"),
    };
    let problem = Diagnostic::error("no-other-card", found);
    problem.help(match cards {
        1 => "leave `--another` out".to_owned(),
        cards => format!("`--another` goes up to {}", cards - 1),
    })
}

/// Says which night it is, where, and what the card comes from.
fn heading(agreement: &Agreement, nights: &Nights, night: Date) -> String {
    let date = night.strftime("%a %-d %b %Y");
    format!("{date} · {} · fingerprint {}", agreement.origin(), nights.fingerprint())
}
