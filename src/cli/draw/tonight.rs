//! `deckle tonight`: the same card for two people who are apart.

use jiff::civil::Date;

use super::clock::read_date;
use super::consent;
use super::journal::Journal;
use super::json::JsonNight;
use super::pool::{USUAL_CEILING, level};
use super::shared::Agreement;
use super::{deed, picture, show, tell};
use crate::cli::Terminal;
use crate::cli::args::TonightArgs;
use crate::cli::failure::Failure;
use crate::deck::Pick;
use crate::draw::{Nights, What};

/// Shows tonight's card.
pub fn tonight(args: &TonightArgs, terminal: &Terminal) -> Result<(), Failure> {
    if let Some(place) = &args.shown.output {
        picture::check(place, 1, args.shown.force)?;
    }
    let agreement = Agreement::read(&args.source, &args.filter, &args.shared)?;
    let nights = agreement.nights()?;
    let own = args.date.as_deref().map(|word| read_date("--date", word)).transpose()?;
    let night = own.unwrap_or_else(|| agreement.clock.night());
    let pick = chosen(&agreement, &nights, night, args)?;
    if args.save {
        let file = agreement.save(&args.shared, args.shown.force)?;
        terminal.say(&format!("wrote {}: send it to the other one", file.display()));
    }
    let pool = &agreement.pool;
    let mut journal = Journal::of(&args.ledger, &pool.settings)?;
    // A night looked up ahead is not drawn yet.
    if own.is_none() {
        let moment = agreement.clock.moment();
        journal.draw(moment, &|known| {
            let key = pick.of(&pool.decks).1.key;
            let is_new = !known.memory.was_shown(key, night);
            let deeds = is_new.then(|| deed(&pool.decks, pick, What::Tonight));
            Ok((deeds.into_iter().collect(), ()))
        })?;
    }
    let json = JsonNight {
        night: night.to_string(),
        zone: agreement.clock.zone.clone(),
        fingerprint: nights.fingerprint().to_string(),
        ceiling: nights.ceiling(night).level(),
    };
    if !args.shown.quiet {
        terminal.say(&heading(&agreement, &nights, night));
    }
    show(&pool.decks, &[pick], Some(json), &args.shown, terminal)?;
    let notices = pool.notices.iter().chain(&journal.notices).cloned();
    tell(notices, args.shown.quiet, terminal);
    Ok(())
}

/// Returns the card of the night; where it goes deep and nobody agrees, the next that does not.
fn chosen(
    agreement: &Agreement,
    nights: &Nights,
    night: Date,
    args: &TonightArgs,
) -> Result<Pick, Failure> {
    let decks = &agreement.pool.decks;
    let find =
        |another| nights.card(night, another).map_err(|problem| Failure::unmet(vec![*problem]));
    let another = args.another.unwrap_or(0);
    let pick = find(another)?;
    let (deck, card) = pick.of(decks);
    let asks = level(pick, decks) >= consent::DEEP && !args.shown.yes && consent::can_ask();
    if !asks || consent::to_depth(deck, card) {
        return Ok(pick);
    }
    // Both of you who say no come to the same card.
    for other in another + 1.. {
        let pick = find(other)?;
        if level(pick, decks) <= USUAL_CEILING.level() {
            return Ok(pick);
        }
    }
    Ok(pick)
}

/// Says which night it is, where, and what the card comes from.
fn heading(agreement: &Agreement, nights: &Nights, night: Date) -> String {
    let zone = &agreement.clock.zone;
    let zone = match agreement.is_local {
        true => format!("{zone}, the zone of this machine"),
        false => zone.clone(),
    };
    let date = night.strftime("%A, %-d %B %Y");
    let file = agreement.file.as_ref().map(|file| format!(" · by {}", file.display()));
    let file = file.unwrap_or_default();
    format!("{date} · {zone}{file} · fingerprint {}", nights.fingerprint())
}
