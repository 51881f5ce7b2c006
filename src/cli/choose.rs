//! Which cards a command takes: by code, by filters, and by a fair choice among what is left.

use std::collections::HashSet;

use crate::deck::{self, Card, Deck, Pick};
use crate::problem::{Diagnostic, did_you_mean};
use crate::select::{self, BalanceRequest, FilterWords, Lean, Mix, Selection, Table};

use super::args::{FilterArgs, PinArgs};
use super::failure::{Exit, Failure};
use super::lean::{Amount, Leaning};

/// What is asked of a choice of cards.
pub struct Ask<'a> {
    /// The filters.
    pub filter: &'a FilterArgs,
    /// The cards that must be in, and those that must not.
    pub pins: &'a PinArgs,
    /// How many cards. Default: all.
    pub count: Option<Count>,
    /// Whether the cards that guide are among them.
    pub guides: Guides,
    /// How the depths share them. Default: evenly, once there is something to choose.
    pub mix: Option<Mix>,
    /// What they lean on.
    pub leaning: Option<&'a Leaning>,
    /// The seed of chance.
    pub seed: u64,
}

/// A number of cards.
#[derive(Clone, Copy)]
pub struct Count {
    /// The number.
    pub number: usize,
    /// Whether somebody asked for just this number now; else it is one that usually does.
    pub asked: bool,
}

/// How cards that guide are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guides {
    /// They are among the number asked for.
    Counted,
    /// They come on top of it.
    OnTop,
}

/// The cards of a command.
pub struct Chosen {
    /// The cards, in the order of the decks.
    pub picks: Vec<Pick>,
    /// What was wanted, got and there, if there was a choice.
    pub table: Option<Table>,
    /// What had to give.
    pub notes: Vec<Diagnostic>,
    /// How many cards there were to choose from, those that guide included.
    pub supply: usize,
}

/// Returns the cards that pass the filters, in the order of the decks or of the codes asked for, and
/// tells of those that must be opted into.
pub fn pool(
    decks: &[Deck],
    filter: &FilterArgs,
) -> Result<(Vec<Pick>, Option<Diagnostic>), Failure> {
    let mut picks = deck::all_cards(decks);
    if !filter.only.is_empty() {
        picks = by_code(decks, &picks, "only", &filter.only)?;
    }
    let words = FilterWords {
        depth: filter.depth.clone(),
        category: filter.category.clone(),
        not_category: filter.not_category.clone(),
        kind: filter.kind.clone(),
        audience: filter.audience.clone(),
        tag: filter.tag.clone(),
        max_minutes: filter.max_minutes,
        opt_in: filter.opt_in.clone(),
    };
    let mut read = words.read(decks).map_err(|problems| Failure { exit: Exit::Usage, problems })?;
    if !filter.only.is_empty() {
        // Who names a card has asked for it.
        let category = |(deck, card): (&Deck, &Card)| deck.category(card).id.clone();
        read.opt_in = picks.iter().map(|pick| category(pick.of(decks))).collect();
    }
    let left = read.apply(decks, &picks).map_err(Failure::unmet)?;
    Ok((left, held_back(&read.held_back(decks, &picks), decks)))
}

/// Tells that there are cards which nobody asked for who must.
fn held_back(picks: &[Pick], decks: &[Deck]) -> Option<Diagnostic> {
    let found = match picks.len() {
        0 => return None,
        1 => "1 card that one must opt into is not in".to_owned(),
        count => format!("{count} cards that one must opt into are not in"),
    };
    let help = format!("`{}` lets them in", select::opt_in(decks, picks));
    Some(Diagnostic::note("opt-in", found).help(help))
}

/// Chooses the cards.
pub fn choose(decks: &[Deck], ask: &Ask) -> Result<Chosen, Failure> {
    let (pool, held_back) = pool(decks, ask.filter)?;
    // What is held back is often why something else cannot be had.
    let add = |mut failure: Failure| {
        failure.problems.extend(held_back.clone());
        failure
    };
    let mut chosen = choose_among(pool, decks, ask).map_err(add)?;
    chosen.notes.splice(0..0, held_back);
    Ok(chosen)
}

fn choose_among(mut pool: Vec<Pick>, decks: &[Deck], ask: &Ask) -> Result<Chosen, Failure> {
    let whole = pool.len() == deck::all_cards(decks).len();
    let pins = pins(decks, ask.pins, &mut pool)?;
    let is_pinned = |pick: &Pick| pins.contains(pick);
    let mut notes = Vec::new();
    let asking = count_asking(&pool, decks);
    let mix = ask.mix.filter(|_| ask.count.is_some());
    let out_of_reach = mix.map_or(0, |mix| {
        let is_out = |pick: &&Pick| {
            let depth = pick.of(decks).1.depth.filter(|_| !pick.is_guide(decks));
            depth.is_some_and(|depth| !mix.weighs(depth)) && !is_pinned(pick)
        };
        pool.iter().filter(is_out).count()
    });
    let supply = Supply { cards: pool.len() - out_of_reach, whole, of_mix: out_of_reach > 0 };
    let count = match (ask.count, ask.guides) {
        (None, _) => pool.len(),
        (Some(count), Guides::Counted) => supply.possible(count, &mut notes)?,
        (Some(count), Guides::OnTop) => {
            let guides = pool.len() - asking;
            let supply = Supply { cards: supply.cards - guides, ..supply };
            supply.possible(count, &mut notes)? + guides
        }
    };
    let all = pool.len();
    if ask.guides == Guides::Counted && ask.count.is_some_and(|count| !count.asked) && count < all {
        notes.push(usual_count(count, all));
    }
    if asking == 0 || (ask.mix.is_none() && count == pool.len()) {
        pool.truncate(count);
        notes.extend(ask.leaning.map(|leaning| leaning.idle(all)));
        return Ok(Chosen { picks: pool, table: None, notes, supply: all });
    }
    if pins.len() > count {
        return Err(Failure::unmet(vec![too_many_pins(count, pins.len())]));
    }
    notes.extend(make_room(&mut pool, decks, count, &pins));
    let guides = pool.len() - count_asking(&pool, decks);
    let asked: Vec<Pick> = pins.iter().filter(|pin| !pin.is_guide(decks)).copied().collect();
    if guides == count {
        pool.retain(|pick| pick.is_guide(decks));
        notes.extend(ask.leaning.map(|leaning| leaning.idle(all)));
        return Ok(Chosen { picks: pool, table: None, notes, supply: all });
    }
    let leans = |leaning: &Leaning| leaning.notes(decks, &pool, Amount::Choice);
    notes.extend(ask.leaning.map(leans).unwrap_or_default());
    let request = BalanceRequest {
        decks,
        pool: &pool,
        count: count - guides,
        mix: ask.mix.unwrap_or_default(),
        pins: &asked,
        lean: ask.leaning.map_or(Lean::none(), Leaning::lean),
        seed: ask.seed,
    };
    let Selection { picks, table, notes: told } = request.choose().map_err(Failure::unmet)?;
    notes.extend(told);
    Ok(Chosen { picks, table: Some(table), notes, supply: all })
}

/// Returns how many of the cards ask something.
pub fn count_asking(picks: &[Pick], decks: &[Deck]) -> usize {
    picks.iter().filter(|pick| !pick.is_guide(decks)).count()
}

/// Takes cards that guide out of the pool where `count` has no room for all of them beside a card that
/// asks and those that are pinned. What no card that asks can fill they fill.
fn make_room(
    pool: &mut Vec<Pick>,
    decks: &[Deck],
    count: usize,
    pins: &[Pick],
) -> Option<Diagnostic> {
    let asking = count_asking(pool, decks);
    let guides = pool.len() - asking;
    let needed = count_asking(pins, decks).max(1);
    if guides == 0 || guides + needed <= count {
        return None;
    }
    let pinned = pins.len() - count_asking(pins, decks);
    let mut others = count.saturating_sub(asking.max(needed)).saturating_sub(pinned);
    let kept = pinned + others.min(guides - pinned);
    pool.retain(|pick| {
        let stays = !pick.is_guide(decks) || pins.contains(pick) || others > 0;
        others -= usize::from(stays && pick.is_guide(decks) && !pins.contains(pick));
        stays
    });
    let found = match kept {
        0 => format!("cards that guide would fill all {count}: they are left out"),
        kept => {
            format!("of {guides} cards that guide only {kept} are in, for others fill the {count}")
        }
    };
    let help = "ask for more cards to have them too";
    Some(Diagnostic::note("guides-left-out", found).help(help))
}

/// Tells that only as many cards are in as the deck or the settings usually want.
fn usual_count(count: usize, all: usize) -> Diagnostic {
    let found = format!("{count} of the {all} cards, as is usual here");
    Diagnostic::note("usual-count", found).help(format!("`--count {all}` for all of them"))
}

fn too_many_pins(count: usize, pins: usize) -> Diagnostic {
    let cards = if count == 1 { "card" } else { "cards" };
    let found = format!("asked for {count} {cards}, and {pins} are pinned");
    let help = format!("raise --count by {} or more, or pin fewer cards", pins - count);
    Diagnostic::error("too-many-pins", found).help(help)
}

/// Takes what must not be in out of the pool, and returns what must be.
fn pins(decks: &[Deck], args: &PinArgs, pool: &mut Vec<Pick>) -> Result<Vec<Pick>, Failure> {
    let all = deck::all_cards(decks);
    let unique = |mut picks: Vec<Pick>| {
        let mut seen = HashSet::new();
        picks.retain(|pick| seen.insert((pick.deck, pick.card)));
        picks
    };
    let without = unique(by_code(decks, &all, "without", &args.without)?);
    let pins = unique(by_code(decks, &all, "pin", &args.pin)?);
    let both = pins.iter().filter(|pin| without.contains(pin)).map(|pin| {
        let code = &pin.of(decks).1.code;
        let found = format!("`{code}` is asked for with --pin and left out with --without");
        Diagnostic::error("contradiction", found).help("take it out of one of them")
    });
    let problems: Vec<Diagnostic> = both.collect();
    if !problems.is_empty() {
        return Err(Failure { exit: Exit::Usage, problems });
    }
    let before = (pool.len(), count_asking(pool, decks));
    pool.retain(|pick| !without.contains(pick));
    let after = (pool.len(), count_asking(pool, decks));
    if (before.0 > 0 && after.0 == 0) || (before.1 > 0 && after.1 == 0) {
        let found = "`--without` leaves no card of those there are to choose from";
        let problem = Diagnostic::error("nothing-left", found);
        return Err(Failure::unmet(vec![
            problem.help("leave fewer cards out, or widen the filters"),
        ]));
    }
    let strangers: Vec<Diagnostic> = pins
        .iter()
        .filter(|pin| !pool.contains(pin))
        .map(|pin| select::not_in_pool(&pin.of(decks).1.code))
        .collect();
    if strangers.is_empty() { Ok(pins) } else { Err(Failure::unmet(strangers)) }
}

/// The cards that there are to choose from.
#[derive(Clone, Copy)]
struct Supply {
    cards: usize,
    /// Whether no filter lessened them.
    whole: bool,
    /// Whether a mix lessened them.
    of_mix: bool,
}

impl Supply {
    /// Returns how many cards are taken where `count` are asked for.
    fn possible(self, count: Count, notes: &mut Vec<Diagnostic>) -> Result<usize, Failure> {
        let (number, supply) = (count.number, self.cards);
        if number == 0 {
            let problem = Diagnostic::error("no-cards", "asked for 0 cards");
            return Err(Failure::usage(problem.help("ask for at least one: `--count 9`")));
        }
        if number <= supply {
            return Ok(number);
        }
        if count.asked {
            let (of_mix, other) = match self.of_mix {
                true => (" of the depths that the mix wants", "give other depths a weight too"),
                false => ("", "add cards"),
            };
            let found = format!("asked for {number} cards, there are {supply}{of_mix}");
            let help = match supply {
                0 => other.to_owned(),
                _ => format!("lower --count to {supply} or less, or {other}"),
            };
            let problem = Diagnostic::error("too-few-cards", found).help(help);
            return Err(Failure::unmet(vec![problem]));
        }
        if self.whole {
            let found =
                format!("{number} cards are the usual number, there are {supply}: all are taken");
            notes.push(Diagnostic::note("fewer-cards", found));
        }
        Ok(supply)
    }
}

/// Returns the cards with the given codes, in the order in which `--flag` asks for them.
pub fn by_code(
    decks: &[Deck],
    picks: &[Pick],
    flag: &str,
    codes: &[String],
) -> Result<Vec<Pick>, Failure> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for code in codes {
        let wanted = code.trim().to_uppercase();
        if wanted.is_empty() {
            let problem =
                Diagnostic::error("no-code", format!("`--{flag}` names a card without a code"));
            let help = format!("write codes with commas between: `--{flag} AB12,CD34`");
            problems.push(problem.help(help));
            continue;
        }
        let has_code = |pick: &&Pick| *pick.of(decks).1.code.0 == *wanted;
        let mut matching = picks.iter().filter(has_code).copied().peekable();
        if matching.peek().is_none() {
            let codes = picks.iter().map(|pick| &*pick.of(decks).1.code.0);
            let mut problem = Diagnostic::error("unknown-code", format!("no card has `{wanted}`"));
            problem.help = did_you_mean(&wanted, codes)
                .map(|near| format!("did you mean `{near}`?"))
                .or_else(|| Some(format!("`deckle show{}` lists the codes", named(decks))));
            problems.push(problem);
        }
        found.extend(matching);
    }
    if problems.is_empty() { Ok(found) } else { Err(Failure { exit: Exit::Usage, problems }) }
}

/// Returns the deck as a word behind a command, if it is one that needs no quotes.
fn named(decks: &[Deck]) -> String {
    match decks {
        [deck] if !deck.source.contains(char::is_whitespace) => format!(" {}", deck.source),
        _ => " DECK".into(),
    }
}
