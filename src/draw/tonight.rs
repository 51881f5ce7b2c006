//! The same card for people who are apart, from the date and from what they share.
//!
//! Every card has a number, and so has every night. Tonight's card is, of those that the night's
//! ceiling allows, one that was not shown within the last quarter of a round; of these one that had
//! its night in the fewest rounds; of these the one whose number and the night's give the highest
//! together (`algorithm = 1`). So every card has its night before any returns; where the ceiling
//! rises, the cards that it lets in have theirs before the others return. Since each night ranks the
//! cards anew, a card more or less changes few nights: of `n` that are to come about the logarithm of
//! `n` in a first round. The nights are walked through from the first one, which takes no longer than their number
//! times that of the cards.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};

use crate::deck::{self, CardKey, Deck, Depth, Pick};
use crate::problem::Diagnostic;
use crate::select::{Chance, mixed};

use super::growth::by_calendar;
use super::level;

/// The first night of people who have not agreed on one.
pub const FIRST_NIGHT: Date = date(2026, 1, 1);

/// The hour at which a day ends for those who are still awake.
pub const TURN: i8 = 4;

/// Which part of a round lies at least between two showings of a card: a quarter.
const APART: usize = 4;

/// Returns the night that `now` belongs to: before four in the morning the one of the day before.
pub fn night_of(now: DateTime) -> Date {
    if now.hour() < TURN { now.date().saturating_sub(1.day()) } else { now.date() }
}

/// What two people agree on, beside the cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Where their day is counted: the name of a time zone. It only goes into the fingerprint.
    pub zone: String,
    /// Their first night; depth grows from there. Default: none, and depth does not grow.
    pub start: Option<Date>,
    /// The deepest depth there will be.
    pub ceiling: Depth,
    /// A number of their own, for another order than others have. Default: 0.
    pub seed: u64,
}

/// The nights of some people.
#[derive(Clone, Debug)]
pub struct Nights {
    shared: Shared,
    /// The cards, lightest first, so that those under a ceiling stand together.
    cards: Vec<Candidate>,
    chance: Chance,
    words: u128,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    pick: Pick,
    key: CardKey,
    level: u8,
    number: u64,
}

impl Nights {
    /// Returns the nights of people who share these cards; a card that is there twice counts once.
    ///
    /// # Errors
    ///
    /// No card lies under the ceiling (`nothing-to-draw`).
    pub fn new(decks: &[Deck], pool: &[Pick], shared: Shared) -> Result<Self, Box<Diagnostic>> {
        let chance = Chance::within("deckle tonight v1", shared.seed);
        let candidate = |pick: &Pick| {
            let (_, card) = pick.of(decks);
            let number = chance.of_card(card.key);
            Candidate { pick: *pick, key: card.key, level: level(card), number }
        };
        let mut cards: Vec<Candidate> = pool.iter().map(candidate).collect();
        // Of a card that two tables have at two depths the lighter counts, whichever comes first.
        cards.sort_by_key(|card| (card.key, card.level));
        cards.dedup_by_key(|card| card.key);
        cards.sort_by_key(|card| (card.level, card.key));
        cards.retain(|card| card.level <= shared.ceiling.level());
        if cards.is_empty() {
            return Err(Box::new(nothing_under(shared.ceiling)));
        }
        let words = words(decks, &cards);
        Ok(Self { shared, cards, chance, words })
    }

    /// Returns the first night there is.
    pub fn first(&self) -> Date {
        self.shared.start.unwrap_or(FIRST_NIGHT)
    }

    /// Returns the deepest depth of a night.
    pub fn ceiling(&self, night: Date) -> Depth {
        let most = self.shared.ceiling;
        self.shared.start.map_or(most, |start| by_calendar(start, night, most))
    }

    /// Returns the cards that are allowed on `night`: its own first, then those to stand in for it, in
    /// order. A card that stands in keeps its own night.
    ///
    /// # Errors
    ///
    /// The night lies before the first (`too-early`).
    pub fn ranking(&self, night: Date) -> Result<Vec<Pick>, Box<Diagnostic>> {
        let mut ranked: Vec<(Rank, usize)> = self.walk_to(night)?.ranks().collect();
        ranked.sort_unstable();
        Ok(ranked.into_iter().map(|(_, at)| self.cards[at].pick).collect())
    }

    /// Returns the cards of so many nights from `night` on.
    ///
    /// # Errors
    ///
    /// The night lies before the first (`too-early`).
    pub fn cards_from(&self, night: Date, nights: usize) -> Result<Vec<Pick>, Box<Diagnostic>> {
        let mut walk = self.walk_to(night)?;
        Ok((0..nights).map(|_| walk.next_card()).collect())
    }

    /// Returns what tells whether two people derive their cards from the same.
    pub fn fingerprint(&self) -> Fingerprint {
        let Shared { zone, start, ceiling, seed } = &self.shared;
        let mut options = blake3::Hasher::new_derive_key("deckle tonight options v1");
        options.update(&seed.to_le_bytes()).update(&[ceiling.level()]);
        let start = start.map(|start| start.to_string()).unwrap_or_default();
        options.update(start.as_bytes()).update(b"|").update(zone.to_lowercase().as_bytes());
        Fingerprint { cards: self.words, options: bits(&options) }
    }

    fn walk_to(&self, night: Date) -> Result<Walk<'_>, Box<Diagnostic>> {
        let nights = (night - self.first()).get_days();
        if nights < 0 {
            let problem = Diagnostic::error("too-early", format!("there is no night of {night}"));
            let help = match self.shared.start {
                Some(start) => format!("yours begin on {start}; `--date` looks ahead"),
                None => format!("the first is {FIRST_NIGHT}; `--start` sets another"),
            };
            return Err(Box::new(problem.help(help)));
        }
        let mut walk = Walk::new(self);
        for _ in 0..nights {
            walk.next_card();
        }
        Ok(walk)
    }
}

/// A way through the nights, from the first.
struct Walk<'n> {
    nights: &'n Nights,
    /// How many nights have passed.
    passed: i32,
    /// In how many rounds each card had its night; those that join late count as shown in the rounds
    /// before them, but for the last.
    rounds: Vec<u32>,
    /// How many cards were allowed so far.
    joined: usize,
    /// After how many nights each card was shown last.
    last: Vec<i32>,
}

/// How well a card suits a night: the least is the best.
type Rank = (bool, u32, u64);

impl<'n> Walk<'n> {
    fn new(nights: &'n Nights) -> Self {
        let count = nights.cards.len();
        let (rounds, last) = (vec![0; count], vec![i32::MIN / 2; count]);
        let mut walk = Self { nights, passed: 0, rounds, joined: 0, last };
        walk.join();
        walk
    }

    fn night(&self) -> Date {
        self.nights.first().saturating_add(self.passed.days())
    }

    /// Lets in the cards that the night allows: those under its ceiling, else the lightest.
    fn join(&mut self) {
        let cards = &self.nights.cards;
        let most = self.nights.ceiling(self.night()).level().max(cards[0].level);
        let allowed = cards.partition_point(|card| card.level <= most);
        if allowed > self.joined {
            let round = self.rounds[..self.joined].iter().min().copied().unwrap_or(0);
            // One round behind, so that each has its night before the others return, but only one.
            self.rounds[self.joined..allowed].fill(round.saturating_sub(1));
            self.joined = allowed;
        }
    }

    /// Returns the number of the night: 64 bits of its date, counted in days.
    fn number(&self) -> u64 {
        let day = (self.night() - FIRST_NIGHT).get_days();
        self.nights.chance.of(&i64::from(day).to_le_bytes())
    }

    /// Returns how well each card that is allowed suits the night.
    fn ranks(&self) -> impl Iterator<Item = (Rank, usize)> {
        let night = self.number();
        // Even of few cards none comes on two nights running.
        let apart = (self.joined / APART).max(1) as i32;
        (0..self.joined).map(move |at| {
            let is_recent = self.passed - self.last[at] <= apart && self.joined > 1;
            let chance = mixed(self.nights.cards[at].number ^ night);
            ((is_recent, self.rounds[at], !chance), at)
        })
    }

    /// Returns the card of the night, and goes on to the next.
    fn next_card(&mut self) -> Pick {
        let best = self.ranks().min().map_or(0, |(_, at)| at);
        self.rounds[best] += 1;
        self.last[best] = self.passed;
        self.passed += 1;
        self.join();
        self.nights.cards[best].pick
    }
}

/// What tells whether two people derive their cards from the same: signs for the cards and their
/// words, then signs for the options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    cards: u128,
    options: u128,
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}-{}", deck::in_signs(self.cards, 4), deck::in_signs(self.options, 4))
    }
}

/// Returns a digest of the cards, their depths and their words.
fn words(decks: &[Deck], cards: &[Candidate]) -> u128 {
    let mut hasher = blake3::Hasher::new_derive_key("deckle tonight cards v1");
    for candidate in cards {
        let (_, card) = candidate.pick.of(decks);
        hasher.update(&card.key.0.to_be_bytes()).update(&[candidate.level]);
        for text in [Some(&card.prompt), card.follow_up.as_ref()] {
            let text = text.map_or("", |text| text);
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
    }
    bits(&hasher)
}

fn bits(hasher: &blake3::Hasher) -> u128 {
    let mut out = [0; 16];
    hasher.finalize_xof().fill(&mut out);
    u128::from_be_bytes(out)
}

/// What is told where no card lies under the ceiling.
pub fn nothing_under(ceiling: Depth) -> Diagnostic {
    let found = format!("no card of these has a depth of {ceiling} or less");
    let help = "raise `--ceiling`, or choose another deck";
    Diagnostic::error("nothing-to-draw", found).help(help)
}

#[cfg(test)]
mod tests;
