//! The cards that may be drawn.

use crate::cli::args::{DeckArgs, FilterArgs};
use crate::cli::choose;
use crate::cli::failure::Failure;
use crate::cli::settings::{DrawSettings, Layers};
use crate::cli::sources::read_decks;
use crate::deck::{Card, Deck, Depth, Kind, Pick, builtin};
use crate::draw::SERIES;
use crate::problem::Diagnostic;
use crate::select::find_depth;

/// Whom the built-in decks are drawn for where nobody says.
const USUAL_AUDIENCE: &str = "couples";

/// The tag of cards that two can use who are not in one room.
const APART: &str = "distance-ok";

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
    /// What settings files say about drawing, the strongest first.
    pub settings: Vec<DrawSettings>,
    /// Whether cards were asked for by their depths or codes, so that no usual ceiling holds.
    names_depth: bool,
}

impl Pool {
    /// Reads the decks, else all built-in ones, and keeps the cards that pass the filters.
    ///
    /// Of the built-in decks only cards for couples are in, if no audience is asked for, and with
    /// `apart` only those that need no common room. Cards that guide, that are answered alone, or
    /// that belong to a series are in if they are asked for by code, kind or tag.
    pub fn read(source: &DeckArgs, filter: &FilterArgs, apart: bool) -> Result<Self, Failure> {
        let (mut source, mut filter) = (source.clone(), filter.clone());
        if source.decks.is_empty() {
            source.decks = builtin::ALL.iter().map(|deck| deck.name.to_owned()).collect();
            let by_code = !filter.only.is_empty();
            if filter.audience.is_empty() && !by_code {
                filter.audience = vec![USUAL_AUDIENCE.to_owned()];
            }
            if apart && filter.tag.is_empty() && !by_code {
                filter.tag = vec![APART.to_owned()];
            }
        }
        let read = read_decks(&source)?;
        let folder = read.inputs.first().map(|input| input.folder.clone()).unwrap_or_default();
        let settings = Layers::read(Default::default(), &folder)?.draw;
        let (mut picks, _) = choose::pool(&read.decks, &filter)?;
        picks.retain(|pick| stands_alone(pick.of(&read.decks).1, &filter));
        Ok(Self {
            decks: read.decks,
            picks,
            notices: read.notices,
            settings,
            names_depth: !filter.depth.is_empty() || !filter.only.is_empty(),
        })
    }

    /// Returns the deepest depth that may come by flag and settings; none where they say nothing.
    pub fn asked_ceiling(&self, flag: Option<&str>) -> Result<Option<Depth>, Failure> {
        let kept = self.settings.iter().find_map(|settings| settings.ceiling.as_ref());
        let word = flag.map(str::to_owned).or_else(|| kept.map(|level| level.word()));
        let find = |word: String| find_depth(&word, &self.decks);
        match (flag, word.map(find).transpose()) {
            (None, _) if self.names_depth => Ok(Some(Depth::ALL[4])),
            (_, found) => found.map_err(|problem| Failure::usage(*problem)),
        }
    }

    /// Returns the cards no deeper than `ceiling`; a card without a depth is a light one.
    pub fn under(&self, ceiling: Depth) -> Vec<Pick> {
        let is_under = |pick: &&Pick| level(**pick, &self.decks) <= ceiling.level();
        self.picks.iter().filter(is_under).copied().collect()
    }
}

/// Returns how deep a card goes; one without a depth is light.
pub fn level(pick: Pick, decks: &[Deck]) -> u8 {
    pick.of(decks).1.depth.map_or(1, Depth::level)
}

/// Returns whether a card can be drawn by itself, or is asked for all the same.
fn stands_alone(card: &Card, filter: &FilterArgs) -> bool {
    let is_lone = !card.kind.is_guide() && card.kind != Kind::Selfcheck;
    let is_series = card.tags.iter().any(|tag| tag.eq_ignore_ascii_case(SERIES));
    let asks_for_kind = !filter.kind.is_empty() && !card.kind.is_guide();
    let asks_for_series = filter.tag.iter().any(|tags| tags.to_lowercase().contains(SERIES));
    !filter.only.is_empty() || ((is_lone || asks_for_kind) && (!is_series || asks_for_series))
}
