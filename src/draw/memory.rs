//! What is remembered of cards: from what happened, what is so.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;

use super::reworded::Reworded;
use crate::deck::{Card, CardKey, Deck, Depth};

/// What may happen to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// It was drawn.
    Drawn,
    /// It was tonight's.
    Tonight,
    /// It was drawn from the deck of paper.
    Used,
    /// It was loved: it returns a little sooner.
    Loved,
    /// It was passed: it returns later.
    Passed,
    /// It shall not come again.
    Retired,
    /// It is neither loved nor passed nor retired any more.
    Restored,
    /// Something was noted.
    Noted,
    /// It is another card's new wording.
    Reworded,
    /// So much time was spent with it in a session.
    Timed,
}

impl What {
    /// All that may happen.
    pub const ALL: [Self; 10] = [
        Self::Drawn,
        Self::Tonight,
        Self::Used,
        Self::Loved,
        Self::Passed,
        Self::Retired,
        Self::Restored,
        Self::Noted,
        Self::Reworded,
        Self::Timed,
    ];

    /// Returns the word for it, as ledgers and people have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::Tonight => "tonight",
            Self::Used => "used",
            Self::Loved => "loved",
            Self::Passed => "passed",
            Self::Retired => "retired",
            Self::Restored => "restored",
            Self::Noted => "noted",
            Self::Reworded => "reworded",
            Self::Timed => "timed",
        }
    }

    /// Returns what a word of a ledger means.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }

    /// Returns whether the card was shown.
    pub const fn is_draw(self) -> bool {
        matches!(self, Self::Drawn | Self::Tonight | Self::Used)
    }
}

/// What is kept of a card beside its key, so that it can be told when its deck is elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keepsake {
    /// The key.
    pub key: CardKey,
    /// The name of its deck.
    pub deck: String,
    /// The code.
    pub code: String,
    /// The category.
    pub category: String,
    /// The depth.
    pub depth: Option<Depth>,
    /// The prompt.
    pub prompt: String,
}

impl Keepsake {
    /// Returns what is kept of a card.
    pub fn of(deck: &Deck, card: &Card) -> Self {
        Self {
            key: card.key,
            deck: deck.meta.name.clone(),
            code: card.code.to_string(),
            category: deck.category(card).label.clone(),
            depth: card.depth,
            prompt: card.prompt.to_string(),
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, in seconds since 1970.
    pub at: i64,
    /// On which night, as those who recorded it counted.
    pub night: Date,
    /// What.
    pub what: What,
    /// The card.
    pub card: CardKey,
    /// A note; of a new wording the key of the old one in hexadecimal; of a time its seconds.
    pub detail: Option<String>,
}

impl Event {
    /// Returns how many seconds were spent, if that is what happened.
    pub fn seconds(&self) -> Option<u32> {
        let detail = self.detail.as_deref().filter(|_| self.what == What::Timed)?;
        detail.parse().ok()
    }

    /// Returns what was noted.
    pub fn note(&self) -> Option<&str> {
        let is_note = !matches!(self.what, What::Reworded | What::Timed);
        self.detail.as_deref().filter(|_| is_note)
    }
}

/// Something that happened, with all that is known of its card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub event: Event,
    /// The card.
    pub card: Keepsake,
}

/// What is so with a card by now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recall {
    /// How often it was shown.
    pub shown: u32,
    /// The number of its last showing among all; 0 where there was none.
    pub last: u64,
    /// Whether it is loved.
    pub loved: bool,
    /// Whether it was passed when it was shown last.
    pub passed: bool,
    /// Whether it shall not come again.
    pub retired: bool,
}

/// A showing, for those who want to know how often there was one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Showing {
    pub day: Date,
    card: CardKey,
}

/// What is remembered of all cards.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    cards: HashMap<CardKey, Recall>,
    /// What old wordings are called now.
    renamed: HashMap<CardKey, CardKey>,
    draws: Vec<Showing>,
    /// The nights on which a card was passed.
    passes: Vec<Date>,
    last: Option<CardKey>,
}

impl Memory {
    /// Returns what is so after all that happened, oldest first.
    pub fn of(events: impl IntoIterator<Item = Event>) -> Self {
        let mut memory = Self::default();
        events.into_iter().for_each(|event| memory.take(&event));
        memory
    }

    /// Returns what is so once new wordings are known for what they are.
    pub fn after(&self, reworded: &[Reworded], decks: &[Deck]) -> Cow<'_, Self> {
        let mut memory = Cow::Borrowed(self);
        for reworded in reworded {
            let card = reworded.is.of(decks).1.key;
            memory.to_mut().rename(reworded.was.key, card);
        }
        memory
    }

    /// Takes in what happened last.
    pub fn take(&mut self, event: &Event) {
        if event.what == What::Reworded {
            let old = event.detail.as_deref().and_then(CardKey::from_hex);
            old.into_iter().for_each(|old| self.rename(old, event.card));
            return;
        }
        if event.what == What::Tonight && self.was_shown(event.card, event.night) {
            // It is the same card of the same night: on the table again, but not another showing.
            self.last = Some(event.card);
            return;
        }
        if event.what.is_draw() {
            self.draws.push(Showing { day: event.night, card: event.card });
            self.last = Some(event.card);
        }
        let number = self.draws.len() as u64;
        let recall = self.cards.entry(event.card).or_default();
        match event.what {
            What::Drawn | What::Tonight | What::Used => {
                recall.shown += 1;
                recall.last = number;
                recall.passed = false;
            }
            What::Loved => recall.loved = true,
            What::Passed => {
                // Who passes a card has seen it, if only on paper.
                if recall.shown == 0 {
                    (recall.shown, recall.last) = (1, number);
                }
                recall.passed = true;
                self.passes.push(event.night);
            }
            What::Retired => recall.retired = true,
            What::Restored => {
                let Recall { shown, last, .. } = *recall;
                *recall = Recall { shown, last, ..Recall::default() };
            }
            What::Noted | What::Reworded | What::Timed => {}
        }
    }

    fn rename(&mut self, old: CardKey, new: CardKey) {
        let Some(recall) = self.cards.remove(&old) else { return };
        self.cards.insert(new, recall);
        // Who was reworded back has its first name again: the way to it must not lead in a circle.
        self.renamed.remove(&new);
        self.renamed.insert(old, new);
        let draws = self.draws.iter_mut().filter(|draw| draw.card == old);
        draws.for_each(|draw| draw.card = new);
    }

    /// Returns what is so with a card; nothing is where it was never met.
    pub fn recall(&self, card: CardKey) -> Recall {
        self.cards.get(&card).copied().unwrap_or_default()
    }

    /// Returns whether anything ever happened to a card.
    pub fn knows(&self, card: CardKey) -> bool {
        self.cards.contains_key(&card)
    }

    /// Returns whether a card was shown on `night`.
    pub fn was_shown(&self, card: CardKey, night: Date) -> bool {
        self.draws.iter().rev().any(|draw| draw.day == night && draw.card == card)
    }

    /// Returns what a card that was reworded is called now.
    pub fn now_called(&self, card: CardKey) -> CardKey {
        let mut now = card;
        while let Some(next) = self.renamed.get(&now) {
            now = *next;
        }
        now
    }

    /// Returns the card that was shown last.
    pub fn last(&self) -> Option<CardKey> {
        self.last.map(|card| self.now_called(card))
    }

    /// Returns the cards that were shown, the latest first.
    pub fn recent(&self) -> impl Iterator<Item = CardKey> {
        let draws = self.draws.iter().rev().map(|draw| draw.card);
        self.last().into_iter().chain(draws)
    }

    /// Returns all showings, oldest first.
    pub(super) fn draws(&self) -> &[Showing] {
        &self.draws
    }

    /// Returns the night of every pass, oldest first.
    pub(super) fn passes(&self) -> &[Date] {
        &self.passes
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::event;
    use super::*;

    const ONE: CardKey = CardKey(1);
    const TWO: CardKey = CardKey(2);

    #[test]
    fn what_happened_last_is_so() {
        let day = "2026-11-22";
        let happened = [
            event(day, What::Drawn, ONE),
            event(day, What::Passed, ONE),
            event(day, What::Tonight, TWO),
            event(day, What::Loved, TWO),
            event("2026-11-23", What::Used, ONE),
        ];
        let memory = Memory::of(happened);
        let one = Recall { shown: 2, last: 3, ..Recall::default() };
        assert_eq!(memory.recall(ONE), one, "a card that is drawn again is not passed any more");
        assert!(memory.recall(TWO).loved && memory.last() == Some(ONE));
        assert!(memory.was_shown(TWO, day.parse().unwrap()));
        assert!(!memory.was_shown(TWO, "2026-11-23".parse().unwrap()));
        assert_eq!(memory.passes(), [day.parse::<Date>().unwrap()]);
    }

    #[test]
    fn a_reworded_card_keeps_all_that_was_so() {
        let day = "2026-11-22";
        let new_words = Event { detail: Some(ONE.to_hex()), ..event(day, What::Reworded, TWO) };
        let mut memory = Memory::of([event(day, What::Drawn, ONE), event(day, What::Retired, ONE)]);
        let before = memory.recall(ONE);
        memory.take(&new_words);
        assert_eq!(memory.recall(TWO), before);
        assert!(!memory.knows(ONE) && memory.now_called(ONE) == TWO);
        assert_eq!(memory.last(), Some(TWO));
        assert!(memory.was_shown(TWO, day.parse().unwrap()));
    }

    #[test]
    fn a_card_that_is_reworded_back_has_its_first_name_again() {
        let day = "2026-11-22";
        let reworded = |from: CardKey, to| Event {
            detail: Some(from.to_hex()),
            ..event(day, What::Reworded, to)
        };
        let memory = Memory::of([
            event(day, What::Drawn, ONE),
            reworded(ONE, TWO),
            event(day, What::Loved, TWO),
            reworded(TWO, ONE),
        ]);
        assert_eq!((memory.last(), memory.now_called(TWO)), (Some(ONE), ONE));
        assert!(memory.recall(ONE).loved && !memory.knows(TWO));
    }

    #[test]
    fn a_second_look_at_a_night_puts_its_card_on_the_table_and_counts_nothing() {
        let day = "2026-11-22";
        let memory = Memory::of([
            event(day, What::Tonight, ONE),
            event(day, What::Drawn, TWO),
            event(day, What::Tonight, ONE),
        ]);
        assert_eq!((memory.last(), memory.recall(ONE).shown), (Some(ONE), 1));
        assert_eq!(memory.draws().len(), 2);
    }

    #[test]
    fn words_for_what_happens_are_read_back() {
        for what in What::ALL {
            assert_eq!(What::of(what.name()), Some(what));
        }
        assert_eq!(What::of("eaten"), None);
    }
}
