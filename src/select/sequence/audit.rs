//! What an order could not keep, in words.

use crate::deck::{Deck, Kind, Pick};
use crate::problem::Diagnostic;

use super::arc::Stop;
use super::{is_deep, level};

/// From how many cards on it is told that the deepest ones stand off their place.
const MANY: usize = 8;

/// Returns a note for each step up by more than one level.
pub(super) fn steps(way: &[Pick], decks: &[Deck]) -> Vec<Diagnostic> {
    let levels: Vec<u8> = way.iter().map(|pick| level(*pick, decks)).collect();
    let wide = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1);
    let note = |pair: &[u8]| {
        let found = format!("the order steps up from depth {} to {}", pair[0], pair[1]);
        let between = match pair[1] - pair[0] {
            2 => format!("depth {}", pair[0] + 1),
            _ => format!("the depths {} to {}", pair[0] + 1, pair[1] - 1),
        };
        Diagnostic::note("wide-step", found).help(format!("add cards of {between}"))
    };
    wide.map(note).collect()
}

/// Returns a note for each promise of an arc that `stops` does not keep; `closed` tells that
/// closing cards follow.
pub(super) fn arc(stops: &[Stop], closed: bool, decks: &[Deck]) -> Vec<Diagnostic> {
    let own = stops.iter().filter(|stop| !stop.is_breather).map(|stop| stop.pick);
    let mut notes = steps(&own.collect::<Vec<_>>(), decks);
    notes.extend(breath(stops, decks));
    notes.extend(peak(stops, decks));
    let thanks = |stop: &Stop| stop.pick.of(decks).1.kind == Kind::Appreciation;
    if !closed && stops.last().is_some_and(|last| !thanks(last)) {
        let found = match stops.iter().any(thanks) {
            true => "the only appreciation cards are the deepest: the order cannot end on one",
            false => "there is no closing or appreciation card for the order to end on",
        };
        let help = "add a card of the kind `close`, or a light one of the kind `appreciation`";
        notes.push(Diagnostic::note("no-landing", found).help(help));
    }
    notes
}

/// Tells deep cards in a row without a breather.
fn breath(stops: &[Stop], decks: &[Deck]) -> Option<Diagnostic> {
    let deep = |stop: &Stop| is_deep(level(stop.pick, decks));
    let lacking = stops.windows(3).filter(|three| three.iter().all(deep)).count();
    let found = match lacking {
        0 => return None,
        1 => "three cards of depth 4 or 5 follow one another without a breather".to_owned(),
        _ => "cards of depth 4 and 5 follow one another with too few breathers".to_owned(),
    };
    let help = "add pauses or cards of depth 1 and 2, or choose fewer deep ones";
    Some(Diagnostic::note("out-of-breath", found).help(help))
}

/// Tells where the deepest cards stand if that is not between two thirds and three quarters of the
/// way, or near it.
fn peak(stops: &[Stop], decks: &[Deck]) -> Option<Diagnostic> {
    let asks = |stop: &&Stop| !stop.pick.is_guide(decks);
    let levels: Vec<u8> = stops.iter().filter(asks).map(|stop| level(stop.pick, decks)).collect();
    let deepest = levels.iter().max()?;
    let first = levels.iter().position(|level| level == deepest)?;
    let last = levels.iter().rposition(|level| level == deepest)?;
    let help = "add lighter cards, or choose fewer of the deepest";
    if levels.len() > 1 && last + 1 == levels.len() {
        let found = "there are too few lighter cards for a way down: the order ends at its deepest";
        return Some(Diagnostic::note("no-way-down", found).help(help));
    }
    let percent = 50 * (first + last + 1) / levels.len();
    let off = levels.len() >= MANY && !(60..=80).contains(&percent);
    let found = format!("the deepest cards stand at {percent} % of the way instead of about 70 %");
    off.then(|| Diagnostic::note("peak-off", found).help(help))
}
