//! What people say of cards: love, pass, retire, restore, used, note; and taking it back.

use std::path::Path;

use super::card::{clean, shortened};
use super::clock::Clock;
use super::consent;
use super::journal::{Journal, refused};
use super::of_cards;
use crate::cli::Terminal;
use crate::cli::args::{DeckArgs, ForgetArgs, MarkArgs, MarkPlace, NoteArgs, UndoArgs, UsedArgs};
use crate::cli::failure::Failure;
use crate::cli::settings::Layers;
use crate::cli::sources::read_decks;
use crate::deck::{Deck, builtin};
use crate::draw::ledger::{Deed, Known};
use crate::draw::{Keepsake, What};
use crate::problem::{Diagnostic, did_you_mean};

/// How much of a prompt is told beside its code.
const GLIMPSE: usize = 60;

/// `deckle love`, `pass`, `retire` and `restore`.
pub fn mark(args: &MarkArgs, what: What, terminal: &Terminal) -> Result<(), Failure> {
    let codes: Vec<String> = args.code.iter().cloned().collect();
    record(&codes, what, args.note.as_deref(), &args.place, terminal)
}

/// `deckle used`.
pub fn used(args: &UsedArgs, terminal: &Terminal) -> Result<(), Failure> {
    record(&args.codes, What::Used, None, &args.place, terminal)
}

/// `deckle note`.
pub fn note(args: &NoteArgs, terminal: &Terminal) -> Result<(), Failure> {
    let codes: Vec<String> = args.code.iter().cloned().collect();
    record(&codes, What::Noted, Some(&args.words), &args.place, terminal)
}

/// Records that something happened to the cards with these codes, or to the one drawn last.
fn record(
    codes: &[String],
    what: What,
    note: Option<&str>,
    place: &MarkPlace,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let mut journal = journal(place.ledger.as_deref())?;
    let decks = Decks::read(&place.deck)?;
    let marked = journal.mark(Clock::here().moment(), &|known| {
        let cards = decks.find(codes, known)?;
        let detail = note.map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned);
        let deed = |card: &Keepsake| Deed { what, card: card.clone(), detail: detail.clone() };
        Ok((cards.iter().map(deed).collect(), cards))
    })?;
    terminal.tell(&journal.notices);
    for card in &marked {
        terminal.say(&format!("{} {}", what.name(), glimpse(card)));
    }
    Ok(())
}

fn journal(ledger: Option<&Path>) -> Result<Journal, Failure> {
    let settings = Layers::read(Default::default(), Path::new(""))?.draw;
    Journal::at(ledger, &settings)
}

fn glimpse(card: &Keepsake) -> String {
    let prompt = card.prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} ({}): {}", card.code, clean(&card.deck), shortened(&clean(&prompt), GLIMPSE))
}

/// The decks in which codes are looked up.
struct Decks {
    decks: Vec<Deck>,
    /// Whether they were named: then no other is asked.
    named: bool,
}

impl Decks {
    fn read(names: &[String]) -> Result<Self, Failure> {
        let named = !names.is_empty();
        let all = || builtin::ALL.iter().map(|deck| deck.name.to_owned()).collect();
        let decks = if named { names.to_vec() } else { all() };
        let decks = read_decks(&DeckArgs { decks, meta: None })?.decks;
        Ok(Self { decks, named })
    }

    /// Returns the cards with these codes; without a code, the one that was shown last.
    fn find(&self, codes: &[String], known: &Known) -> Result<Vec<Keepsake>, Failure> {
        if codes.is_empty() {
            let last = known.memory.last().and_then(|key| known.met.iter().find(|c| c.key == key));
            return last.map(|card| vec![card.clone()]).ok_or_else(|| {
                let problem = Diagnostic::error("nothing-drawn", "no card was drawn yet");
                Failure::unmet(vec![problem.help("name one by its code, such as `4F2K`")])
            });
        }
        let (mut cards, mut problems) = (Vec::new(), Vec::new());
        for code in codes {
            match self.card(code, known) {
                Ok(card) => cards.push(card),
                Err(problem) => problems.push(*problem),
            }
        }
        if problems.is_empty() {
            Ok(cards)
        } else {
            Err(Failure { exit: crate::cli::failure::Exit::Usage, problems })
        }
    }

    /// Returns the card with this code: of those that were met before, else of the decks.
    fn card(&self, code: &str, known: &Known) -> Result<Keepsake, Box<Diagnostic>> {
        let wanted = code.trim().to_uppercase();
        let has_code = |card: &Keepsake| card.code == wanted;
        let is_of = |card: &&Keepsake| {
            let name = |deck: &Deck| deck.meta.name == card.deck;
            has_code(card) && (!self.named || self.decks.iter().any(name))
        };
        let met = known.met.iter().filter(is_of).cloned();
        // What was reworded is met under its old name too.
        let mut found: Vec<Keepsake> =
            met.filter(|card| known.memory.now_called(card.key) == card.key).collect();
        if found.is_empty() {
            let cards = self.decks.iter().flat_map(|deck| {
                let cards = deck.cards.iter().filter(|card| *card.code.0 == *wanted);
                cards.map(move |card| Keepsake::of(deck, card))
            });
            found = cards.collect();
            found.sort_by_key(|card| card.key);
            found.dedup_by_key(|card| card.key);
        }
        match &found[..] {
            [card] => Ok(card.clone()),
            [] => Err(Box::new(self.unknown(&wanted, known))),
            several => {
                let names: Vec<&str> = several.iter().map(|card| &*card.deck).collect();
                let found = format!("`{wanted}` is a card in {}", names.join(" and in "));
                let help = format!("say which: `--deck {}`", names[0]);
                Err(Box::new(Diagnostic::error("two-cards", found).help(help)))
            }
        }
    }

    fn unknown(&self, wanted: &str, known: &Known) -> Diagnostic {
        let problem = Diagnostic::error("unknown-code", format!("no card has the code `{wanted}`"));
        let here = self.decks.iter().flat_map(|deck| deck.cards.iter().map(|card| &*card.code.0));
        let all = known.met.iter().map(|card| &*card.code).chain(here);
        problem.help(match did_you_mean(wanted, all) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "for a card of your own deck name that too: `--deck family.csv`".into(),
        })
    }
}

/// `deckle undo`.
pub fn undo(args: &UndoArgs, terminal: &Terminal) -> Result<(), Failure> {
    let (mut ledger, path) = journal(args.ledger.as_deref())?.open()?;
    let at = Clock::here().moment().at;
    let undone = ledger.undo(at).map_err(|error| refused(&path, &error))?;
    if undone.is_empty() {
        let problem = Diagnostic::error("nothing-to-undo", "nothing was recorded that could go");
        return Err(Failure::unmet(vec![problem]));
    }
    for entry in undone {
        terminal.say(&format!("no longer {}: {}", entry.event.what.name(), glimpse(&entry.card)));
    }
    Ok(())
}

/// `deckle forget --all`.
pub fn forget(args: &ForgetArgs, terminal: &Terminal) -> Result<(), Failure> {
    let mut journal = journal(args.ledger.as_deref())?;
    let (looked, path) = journal.look()?;
    let Some(looked) = looked else {
        terminal.say(&format!("there is no ledger at {}", path.display()));
        return Ok(());
    };
    let met = looked.known().map_err(|error| refused(&path, &error))?.met.len();
    drop(looked);
    if !args.yes {
        let cards = of_cards(met);
        let question =
            format!("Forget {cards} and all that was noted, in {}? (y/N) ", path.display());
        if !consent::can_ask() {
            let found = "nobody is there to be asked whether all shall be forgotten";
            let problem = Diagnostic::error("not-asked", found);
            return Err(Failure::usage(problem.help("add --yes")));
        }
        if !consent::ask(&question) {
            terminal.say("nothing was forgotten");
            return Ok(());
        }
    }
    let (mut ledger, path) = journal.open()?;
    ledger.forget().map_err(|error| refused(&path, &error))?;
    terminal.say(&format!("forgot {}", of_cards(met)));
    Ok(())
}
