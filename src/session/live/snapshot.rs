//! What is kept of a session under way, so that it can be gone on with.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Live, Mode, Pace};
use crate::deck::{CardKey, Deck, Pick};
use crate::session::{Plan, Seconds};

/// A session under way, as it is kept. Cards are named by their keys, in hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Snapshot {
    /// How many cues it has.
    cues: usize,
    /// How long it is planned to take, in seconds.
    length: u64,
    /// The number of the cue, from 0.
    cue: usize,
    /// How long that has lasted, in milliseconds.
    into: u64,
    /// How long the session has lasted, in milliseconds.
    past: u64,
    /// How long the card on the table lay there and nobody was told yet, in milliseconds.
    spent: u64,
    /// The minutes that cues were given beyond their time, in seconds.
    added: Vec<(usize, u64)>,
    /// The deepest depth that was agreed to.
    agreed: u8,
    /// The cards: those that are played, and those in reserve.
    hands: Vec<KeptHand>,
    /// Those that were shown.
    shown: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
struct KeptHand {
    cards: Vec<Option<String>>,
    reserve: Vec<String>,
}

/// Returns a duration in whole milliseconds.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn read(key: &str) -> CardKey {
    // What cannot be read is no card's key, and then the hand stays as it is planned.
    CardKey::from_hex(key).unwrap_or_default()
}

impl Live<'_> {
    /// Returns what is needed to go on from the moment `now`.
    pub fn snapshot(&self, decks: &[Deck], now: Duration) -> Snapshot {
        let hand = |(cards, reserve): (Vec<Option<CardKey>>, Vec<CardKey>)| KeptHand {
            cards: cards.into_iter().map(|card| card.map(CardKey::to_hex)).collect(),
            reserve: reserve.into_iter().map(CardKey::to_hex).collect(),
        };
        let now = now + self.ahead;
        let elapsed = self.elapsed(now);
        let shown = self.shown.iter().map(|(deck, card)| {
            let pick = Pick { deck: *deck, card: *card };
            pick.of(decks).1.key.to_hex()
        });
        let mut shown: Vec<String> = shown.collect();
        shown.sort_unstable();
        let added = self.added.iter().enumerate().filter(|(_, added)| !added.is_zero());
        Snapshot {
            cues: self.cues.len(),
            length: self.cues.iter().map(|cue| u64::from(cue.length.0)).sum(),
            cue: self.at,
            into: millis(elapsed),
            past: millis(now.saturating_sub(self.began)),
            spent: millis(self.spent + elapsed.saturating_sub(self.told)),
            added: added.map(|(at, added)| (at, added.as_secs())).collect(),
            agreed: self.agreed,
            hands: self.table.keys(decks).into_iter().map(hand).collect(),
            shown,
        }
    }
}

impl Snapshot {
    /// Returns whether all was done, or nothing was begun: no card was shown, and not a second went by.
    pub fn is_idle(&self) -> bool {
        let is_new = self.cue == 0 && self.into < 1000 && self.shown.is_empty();
        is_new || self.cue >= self.cues
    }

    /// Returns the session as it was, the time standing still, at the moment `now` of another clock, after
    /// somebody was `away`; none where `plan` is another one by now. Cards that its decks do not have any
    /// more are those of the plan.
    pub fn resume<'p>(
        &self,
        plan: &'p Plan,
        decks: &[Deck],
        pace: Pace,
        (now, away): (Duration, Duration),
    ) -> Option<Live<'p>> {
        let [into, past, spent] = [self.into, self.past, self.spent]
            .map(|time| Duration::from_millis(time).min(Seconds::DAY.to_duration()));
        let past = past + away;
        // The new clock may have begun later than the session.
        let ahead = into.max(past);
        let now = now + ahead;
        let mut live = Live { ahead, spent, ..Live::at_rest(plan, pace, now) };
        let length: u64 = live.cues.iter().map(|cue| u64::from(cue.length.0)).sum();
        if (self.cues, self.length) != (live.cues.len(), length) || self.cue >= live.cues.len() {
            return None;
        }
        let hand = |hand: &KeptHand| {
            let cards = hand.cards.iter().map(|card| card.as_deref().map(read)).collect();
            (cards, hand.reserve.iter().map(|key| read(key)).collect())
        };
        live.table.restore(&self.hands.iter().map(hand).collect::<Vec<_>>(), decks);
        for (at, added) in &self.added {
            if let Some(place) = live.added.get_mut(*at) {
                *place = Duration::from_secs(*added).min(Seconds::DAY.to_duration());
            }
        }
        live.agreed = self.agreed.clamp(live.agreed, 5);
        let was_shown = |pick: &Pick| self.shown.contains(&pick.of(decks).1.key.to_hex());
        let shown = live.table.all().filter(was_shown);
        live.shown = shown.map(|pick| (pick.deck, pick.card)).collect();
        live.at = (self.cue..live.cues.len()).find(|at| !live.is_void(*at))?;
        let into = into.min(live.length(live.at));
        // What was told, and what was not, is in what was spent.
        (live.since, live.told) = (now - into, into);
        live.began = now - past;
        match live.deeper() {
            Some(depth) => live.halt(Mode::Asking(depth), now),
            None => {
                live.halt(Mode::Paused, now);
                live.show();
            }
        }
        Some(live)
    }
}
