//! Which cards a command takes: by code, by filters, and by a fair choice among what is left.

use std::collections::HashSet;

use crate::deck::{self, Deck, Pick};
use crate::problem::{Diagnostic, did_you_mean};
use crate::select::{BalanceRequest, FilterWords, Mix, Selection, Table};

use super::args::{FilterArgs, PinArgs};
use super::failure::{Exit, Failure};

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
}

/// Returns the cards that pass the filters, in the order of the decks or of the codes asked for.
pub fn pool(decks: &[Deck], filter: &FilterArgs) -> Result<Vec<Pick>, Failure> {
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
    };
    let filter = words.read(decks).map_err(|problems| Failure { exit: Exit::Usage, problems })?;
    filter.apply(decks, &picks).map_err(Failure::unmet)
}

/// Chooses the cards.
pub fn choose(decks: &[Deck], ask: &Ask) -> Result<Chosen, Failure> {
    let mut pool = pool(decks, ask.filter)?;
    let whole = pool.len() == deck::all_cards(decks).len();
    let pins = pins(decks, ask.pins, &mut pool)?;
    let mut notes = Vec::new();
    let asking = pool.iter().filter(|pick| !pick.is_guide(decks)).count();
    let count = match (ask.count, ask.guides) {
        (None, _) => pool.len(),
        (Some(count), Guides::Counted) => possible(count, pool.len(), whole, &mut notes)?,
        (Some(count), Guides::OnTop) => {
            possible(count, asking, whole, &mut notes)? + (pool.len() - asking)
        }
    };
    if asking == 0 || (ask.mix.is_none() && count == pool.len()) {
        pool.truncate(count);
        return Ok(Chosen { picks: pool, table: None, notes });
    }
    let guides = pool.len() - asking;
    if guides > 0 && count <= guides {
        pool.retain(|pick| !pick.is_guide(decks));
        let found = format!("cards that guide would fill all {count}: they are left out");
        let help = "ask for more cards to have them too";
        notes.push(Diagnostic::note("guides-left-out", found).help(help));
    }
    let request = BalanceRequest {
        decks,
        pool: &pool,
        count: if count <= guides { count } else { count - guides },
        mix: ask.mix.unwrap_or_default(),
        pins: &pins,
        seed: ask.seed,
    };
    let Selection { picks, table, notes: told } = request.choose().map_err(Failure::unmet)?;
    notes.extend(told);
    Ok(Chosen { picks, table: Some(table), notes })
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
    pool.retain(|pick| !without.contains(pick));
    // Cards that guide are in without being chosen.
    Ok(pins.into_iter().filter(|pin| !pin.is_guide(decks)).collect())
}

/// Returns how many cards are taken of `supply`, which is `whole` where no filter lessened it.
fn possible(
    count: Count,
    supply: usize,
    whole: bool,
    notes: &mut Vec<Diagnostic>,
) -> Result<usize, Failure> {
    if count.number == 0 {
        let problem = Diagnostic::error("no-cards", "asked for 0 cards");
        return Err(Failure::usage(problem.help("ask for at least one: `--count 9`")));
    }
    if count.number <= supply {
        return Ok(count.number);
    }
    let number = count.number;
    if count.asked {
        let found = format!("asked for {number} cards, there are {supply}");
        let help = format!("lower --count to {supply} or less, or add cards");
        let problem = Diagnostic::error("too-few-cards", found).help(help);
        return Err(Failure::unmet(vec![problem]));
    }
    if whole {
        let found =
            format!("{number} cards are the usual number, there are {supply}: all are taken");
        notes.push(Diagnostic::note("fewer-cards", found));
    }
    Ok(supply)
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
                .or_else(|| Some("`deckle show` lists the codes of a deck".into()));
            problems.push(problem);
        }
        found.extend(matching);
    }
    if problems.is_empty() { Ok(found) } else { Err(Failure { exit: Exit::Usage, problems }) }
}
