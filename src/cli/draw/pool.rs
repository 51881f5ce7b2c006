//! The cards that may be drawn.

use crate::cli::args::{DeckArgs, FilterArgs};
use crate::cli::choose;
use crate::cli::failure::Failure;
use crate::cli::settings::{DrawSettings, Layers};
use crate::cli::sources::read_decks;
use crate::deck::{Card, Deck, Depth, Kind, Pick, builtin};
use crate::draw::{self, SERIES};
use crate::problem::{Diagnostic, Severity};
use crate::select::{FilterWords, find_depth};

/// Whom the built-in decks are drawn for where nobody says.
const USUAL_AUDIENCE: &str = "couples";

/// The tag of cards that two can use who are not in one room.
const APART: &str = "distance-ok";

/// The tag of cards that are answered alone.
const SOLO: &str = "solo";

/// How deep one draws where nobody says.
pub const USUAL_CEILING: Depth = Depth::ALL[2];

/// The cards that may be drawn, before any ceiling.
pub struct Pool {
    /// The decks.
    pub decks: Vec<Deck>,
    /// The cards.
    pub picks: Vec<Pick>,
    /// What was noticed on the way.
    pub notices: Vec<Diagnostic>,
    /// What the user's settings say about drawing.
    pub settings: DrawSettings,
    /// How many cards that pass the filters are left out because they do not stand alone.
    pub left_out: usize,
    /// The deepest depth that was asked for by depth or code; no usual ceiling is lower.
    named: Option<Depth>,
}

impl Pool {
    /// Reads the decks, else all built-in ones, and keeps the cards that pass the filters.
    ///
    /// Of all built-in decks only cards for couples are in, if no audience is asked for. With `apart`
    /// those that need a common room are out: in a deck that uses the tag `distance-ok`, cards
    /// without it. Cards that are answered alone or belong to a series are in if they are asked for
    /// by kind or tag, and any card by its code.
    pub fn read(source: &DeckArgs, filter: &FilterArgs, apart: bool) -> Result<Self, Failure> {
        let (mut source, mut filter) = (source.clone(), filter.clone());
        if source.decks.is_empty() {
            source.decks = builtin::ALL.iter().map(|deck| deck.name.to_owned()).collect();
            let by_code = !filter.only.is_empty();
            if filter.audience.is_empty() && !by_code {
                filter.audience = vec![USUAL_AUDIENCE.to_owned()];
            }
        }
        let mut read = read_decks(&source)?;
        // How a table is written is for `check` to tell, not for every evening.
        read.notices
            .retain(|notice| notice.severity > Severity::Note || notice.code == "hidden-file");
        let folder = read.inputs.first().map(|input| input.folder.clone()).unwrap_or_default();
        let settings = Layers::read(Default::default(), &folder)?.draw;
        let decks = read.decks;
        let (mut picks, _) = choose::pool(&decks, &filter)?;
        let by_code = !filter.only.is_empty();
        let knows_rooms: Vec<bool> = decks.iter().map(uses_apart).collect();
        picks.retain(|pick| {
            let needs_room = knows_rooms[pick.deck as usize] && !has_tag(pick.of(&decks).1, APART);
            by_code || !apart || !needs_room
        });
        let asking = choose::count_asking(&picks, &decks);
        picks.retain(|pick| by_code || stands_alone(pick.of(&decks).1, &filter));
        let left_out = asking.saturating_sub(picks.len());
        let named = named_depth(&picks, &decks, &filter);
        Ok(Self { decks, picks, notices: read.notices, settings, left_out, named })
    }

    /// Returns the deepest depth that may come: the one that is asked for, else the usual one, but none
    /// that is lower than what was named by depth or code.
    pub fn ceiling(&self, asked: Option<&str>, usual: Depth) -> Result<Depth, Failure> {
        let named = self.named.map_or(usual, |named| named.max(usual));
        asked.map_or(Ok(named), |word| {
            find_depth(word, &self.decks).map_err(|problem| Failure::usage(*problem))
        })
    }

    /// Returns the cards no deeper than `ceiling`; a card without a depth is a light one.
    pub fn under(&self, ceiling: Depth) -> Vec<Pick> {
        let is_under = |pick: &&Pick| level(**pick, &self.decks) <= ceiling.level();
        self.picks.iter().filter(is_under).copied().collect()
    }
}

/// Returns how deep a card goes.
pub fn level(pick: Pick, decks: &[Deck]) -> u8 {
    draw::level(pick.of(decks).1)
}

/// Returns whether a card can be drawn by itself, or is asked for all the same.
fn stands_alone(card: &Card, filter: &FilterArgs) -> bool {
    let asks_for = |tag: &str| {
        let mut words = filter.tag.iter().flat_map(|words| words.split(','));
        words.any(|word| word.trim().eq_ignore_ascii_case(tag))
    };
    let is_series = has_tag(card, SERIES) && !asks_for(SERIES);
    let is_solo = card.kind == Kind::Selfcheck && filter.kind.is_empty() && !asks_for(SOLO);
    !card.kind.is_guide() && !is_series && !is_solo
}

fn has_tag(card: &Card, tag: &str) -> bool {
    card.tags.iter().any(|own| own.eq_ignore_ascii_case(tag))
}

/// Returns whether a deck says which of its cards need no common room.
fn uses_apart(deck: &Deck) -> bool {
    deck.cards.iter().any(|card| has_tag(card, APART))
}

/// Returns the deepest depth that was named: by a code, or by a word that is no open range.
fn named_depth(picks: &[Pick], decks: &[Deck], filter: &FilterArgs) -> Option<Depth> {
    if !filter.only.is_empty() {
        return picks.iter().filter_map(|pick| pick.of(decks).1.depth).max();
    }
    let words = filter.depth.iter().flat_map(|words| words.split(','));
    let named = words.filter_map(|word| {
        let word = word.trim();
        let begin = ["-", "–", ".."].iter().find_map(|dash| word.strip_suffix(dash));
        let depth = vec![begin.unwrap_or(word).to_owned()];
        let words = FilterWords { depth, ..FilterWords::default() };
        words.read(decks).ok()?.depths.last().copied()
    });
    named.max()
}
