//! What people say of cards: love, pass, retire, restore, used, note; and taking it back.

use std::path::{Path, PathBuf};

use super::card::{one_line, shortened};
use super::clock::Clock;
use super::consent;
use super::journal::{Journal, is_damage, look, refused};
use super::of_cards;
use crate::cli::Terminal;
use crate::cli::args::{DeckArgs, ForgetArgs, MarkArgs, MarkPlace, NoteArgs, UndoArgs, UsedArgs};
use crate::cli::failure::{Exit, Failure};
use crate::cli::selfcheck::keep;
use crate::cli::session;
use crate::cli::sources::read_decks;
use crate::deck::{Deck, builtin};
use crate::draw::ledger::{Deed, Known, kept_aside, remove};
use crate::draw::{Keepsake, What};
use crate::problem::{Diagnostic, counted, did_you_mean};

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
    let codes: Vec<String> = args.card.iter().cloned().collect();
    record(&codes, What::Noted, Some(&args.words.join(" ")), &args.place, terminal)
}

/// Records that something happened to the cards with these codes, or to the one drawn last.
fn record(
    codes: &[String],
    what: What,
    note: Option<&str>,
    place: &MarkPlace,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let detail = note.map(|note| note.trim().to_owned());
    if detail.as_ref().is_some_and(String::is_empty) {
        let problem = Diagnostic::error("empty-note", "the note has no words");
        return Err(Failure::usage(problem.help("write some, or leave it out")));
    }
    let mut journal = Journal::alone(&place.ledger)?;
    let decks = Library::read(&place.deck)?;
    let marked = journal.mark(Clock::here().moment(), &|known| {
        let cards = decks.find(codes, known)?;
        let deed = |card: &Keepsake| Deed { what, card: card.clone(), detail: detail.clone() };
        Ok((cards.iter().map(deed).collect(), cards))
    })?;
    terminal.tell(&journal.notices);
    for card in &marked {
        terminal.say(&format!("{} {}", what.name(), glimpse(card)));
    }
    Ok(())
}

fn glimpse(card: &Keepsake) -> String {
    let prompt = shortened(&one_line(&card.prompt), GLIMPSE);
    format!("{} ({}): {prompt}", card.code, one_line(&card.deck))
}

/// The decks in which codes are looked up.
struct Library {
    decks: Vec<Deck>,
    /// Whether they were named: then no other is asked.
    named: bool,
}

impl Library {
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
            let met = |key| known.met.iter().find(|card| card.key == key);
            let last = known.memory.recent().filter_map(met).find(|card| self.has(card));
            return last.map(|card| vec![card.clone()]).ok_or_else(|| {
                let problem = Diagnostic::error("nothing-drawn", "no card was drawn yet");
                Failure::unmet(vec![problem.help("name one by its code, such as `R9CA`")])
            });
        }
        if codes.iter().all(|code| code.trim().is_empty()) {
            let problem = Diagnostic::error("no-code", "no card is named");
            return Err(Failure::usage(problem.help("write its code, such as `R9CA`")));
        }
        let (mut cards, mut problems) = (Vec::new(), Vec::new());
        for code in codes.iter().filter(|code| !code.trim().is_empty()) {
            match self.card(code, known) {
                Ok(card) => cards.push(card),
                Err(problem) => problems.push(*problem),
            }
        }
        if problems.is_empty() { Ok(cards) } else { Err(Failure { exit: Exit::Usage, problems }) }
    }

    /// Returns the card with this code: of those that were met before, else of the decks.
    fn card(&self, code: &str, known: &Known) -> Result<Keepsake, Box<Diagnostic>> {
        let wanted = code.trim().to_uppercase();
        let is_of = |card: &&Keepsake| card.code == wanted && self.has(card);
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

    /// Returns whether a card is of a deck that was named, if any was.
    fn has(&self, card: &Keepsake) -> bool {
        !self.named || self.decks.iter().any(|deck| deck.meta.name == card.deck)
    }

    fn unknown(&self, wanted: &str, known: &Known) -> Diagnostic {
        let of = if self.named { " of that deck" } else { "" };
        let found = format!("no card{of} has the code `{wanted}`");
        let problem = Diagnostic::error("unknown-code", found);
        let here = self.decks.iter().flat_map(|deck| deck.cards.iter().map(|card| &*card.code.0));
        let met = known.met.iter().filter(|card| self.has(card)).map(|card| &*card.code);
        let all = met.chain(here);
        problem.help(match did_you_mean(wanted, all) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.named => "`deckle show` with that deck lists its codes".into(),
            None => "for a card of your own deck name that too: `--deck evenings.csv`".into(),
        })
    }
}

/// `deckle undo`.
pub fn undo(args: &UndoArgs, terminal: &Terminal) -> Result<(), Failure> {
    let journal = Journal::alone(&args.ledger)?;
    let undone = match journal.look()? {
        (None, _) => Vec::new(),
        (Some(_), path) => {
            let (mut ledger, _) = journal.open()?;
            ledger.undo(Clock::here().moment().at).map_err(|error| refused(&path, &error))?
        }
    };
    if undone.is_empty() {
        let problem = Diagnostic::error("nothing-to-undo", "nothing was recorded that could go");
        return Err(Failure::unmet(vec![problem]));
    }
    for entry in undone {
        terminal.say(&format!("took back: {} {}", entry.event.what.name(), glimpse(&entry.card)));
    }
    Ok(())
}

/// `deckle forget --all`: empties the ledger, and removes those that were damaged and kept aside; with
/// the usual ledger also the self-checks that are kept beside it.
pub fn forget(args: &ForgetArgs, terminal: &Terminal) -> Result<(), Failure> {
    let journal = Journal::alone(&args.ledger)?;
    let path = journal.place()?;
    let known = look(&path).and_then(|looked| looked.map(|l| l.known()).transpose());
    let (met, damaged) = match &known {
        Ok(Some(known)) => (Some(known.met.len()), false),
        // One that somebody named must be there.
        Ok(None) => (journal.look().map(|_| None)?, false),
        Err(error) if is_damage(error, &path) => (None, true),
        Err(error) => return Err(refused(&path, error)),
    };
    let aside = kept_aside(&path);
    let mut parts: Vec<String> = met.map(of_cards).into_iter().collect();
    parts.extend(damaged.then(|| "a damaged ledger".to_owned()));
    parts.extend((!aside.is_empty()).then(|| counted(aside.len(), "ledger kept aside")));
    let elsewhere = match args.ledger.ledger {
        Some(_) => Vec::new(),
        None => [Elsewhere::checks()?, Elsewhere::sessions()].into_iter().flatten().collect(),
    };
    if parts.is_empty() && elsewhere.is_empty() {
        terminal.say(&format!("there is no ledger at {}", path.display()));
        return Ok(());
    }
    let mut asked = Vec::new();
    if !parts.is_empty() {
        let ledger = parts.join(" and ");
        asked.push(format!("{ledger} and all that was noted, at {}", path.display()));
    }
    for kept in &elsewhere {
        asked.push(format!("{}, at {}", kept.words, kept.place.display()));
        parts.push(kept.words.clone());
    }
    let all = parts.join(" and ");
    let question = format!("Forget {}? (y/N) ", asked.join(", and "));
    if !args.yes && !agrees(&question)? {
        terminal.say("nothing was forgotten");
        return Ok(());
    }
    if damaged {
        remove(&path).map_err(|error| Failure::writing(&path, &error))?;
    } else if met.is_some() {
        let (mut ledger, path) = journal.open()?;
        ledger.forget().map_err(|error| refused(&path, &error))?;
    }
    for file in aside {
        remove(&file).map_err(|error| Failure::writing(&file, &error))?;
    }
    elsewhere.iter().try_for_each(Elsewhere::remove)?;
    terminal.say(&format!("forgot {all}"));
    Ok(())
}

/// What is kept beside the ledger.
struct Elsewhere {
    /// The file or the folder.
    place: PathBuf,
    /// What it is, and how many of them.
    words: String,
}

impl Elsewhere {
    /// Returns the plans of sessions, with the names of people, if there are any.
    fn sessions() -> Option<Self> {
        let place = session::folder().filter(|folder| folder.is_dir())?;
        let files = |folder: &Path| {
            let paths = std::fs::read_dir(folder).into_iter().flatten().flatten();
            let is_json = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "json");
            paths.map(|entry| entry.path()).filter(is_json).count()
        };
        let plans = match files(&place) {
            1 => "1 plan of a session".to_owned(),
            plans => format!("{plans} plans of sessions"),
        };
        let left = session::left_folder().map_or(0, |folder| files(&folder));
        let words = match left {
            0 => plans,
            1 => format!("{plans} and 1 session that was left"),
            left => format!("{plans} and {left} sessions that were left"),
        };
        Some(Self { place, words })
    }

    /// Returns the answers that `deckle selfcheck` kept in the usual place, if there are any; what
    /// cannot be read may be forgotten, too.
    fn checks() -> Result<Option<Self>, Failure> {
        let Some(place) = keep::usual_place().filter(|place| place.is_file()) else {
            return Ok(None);
        };
        let words = match keep::read(&place) {
            Err(failure) if failure.exit == Exit::Io => return Err(failure),
            Err(_) => "self-checks that cannot be read".into(),
            Ok(history) => counted(history.map_or(0, |history| history.checks.len()), "self-check"),
        };
        Ok(Some(Self { place, words }))
    }

    fn remove(&self) -> Result<(), Failure> {
        let removed = match self.place.is_dir() {
            true => std::fs::remove_dir_all(&self.place),
            false => std::fs::remove_file(&self.place),
        };
        removed.map_err(|error| Failure::writing(&self.place, &error))
    }
}

/// Asks somebody, who has to be there.
fn agrees(question: &str) -> Result<bool, Failure> {
    if consent::can_ask() {
        return Ok(consent::ask(question));
    }
    let found = "nobody is there to be asked whether all shall be forgotten";
    Err(Failure::usage(Diagnostic::error("not-asked", found).help("add --yes")))
}
