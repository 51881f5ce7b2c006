//! Asking before a card goes deep, or before everything is forgotten.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::deck::{Card, Deck, Depth};
use crate::problem::Diagnostic;

/// From which depth on one asks first.
pub const DEEP: u8 = crate::session::live::DEEP;

/// Returns whether there is somebody who could be asked.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && (io::stderr().is_terminal() || io::stdout().is_terminal())
}

/// Returns whether a deep card, one `of` several, may be shown: what the answer is where somebody can be
/// asked; no where somebody reads along and cannot, or wants quiet; yes where it goes to a program, which
/// was told how deep to go.
pub fn to_depth(deck: &Deck, card: &Card, of: usize, quiet: bool) -> bool {
    let Some(depth) = card.depth else { return true };
    if quiet || !can_ask() {
        return !io::stdout().is_terminal();
    }
    let name = super::card::clean(deck.depth_name(depth));
    let levels = Depth::ALL.len();
    let cards = if of == 1 { "This card goes" } else { "One of these cards goes" };
    let show = if of == 1 { "Show it?" } else { "Show them?" };
    ask(&format!("{cards} deep: {name}, {depth} of {levels}. {show} (y/N) "))
}

/// Asks a question that can be answered with yes.
pub fn ask(question: &str) -> bool {
    answer(question).is_some_and(|answer| is_yes(&answer))
}

/// Asks a question to which an empty line is an answer, too: `usual`; none where nobody answers.
pub fn agreed(question: &str, usual: bool) -> Option<bool> {
    let answer = answer(question)?;
    Some(if answer.trim().is_empty() { usual } else { is_yes(&answer) })
}

/// Asks a question, and returns the answer; none where nobody gives one.
fn answer(question: &str) -> Option<String> {
    let mut out: Box<dyn Write> =
        if io::stderr().is_terminal() { Box::new(io::stderr()) } else { Box::new(io::stdout()) };
    out.write_all(question.as_bytes()).and_then(|()| out.flush()).ok()?;
    let mut answer = String::new();
    let heard = io::stdin().lock().read_line(&mut answer).ok()?;
    (heard > 0).then_some(answer)
}

/// Returns whether an answer means yes.
pub fn is_yes(answer: &str) -> bool {
    let yes = ["y", "yes", "j", "ja", "o", "oui", "s", "si", "sí", "sì", "sim"];
    yes.contains(&&*answer.trim().to_lowercase())
}

/// What is told where a deep card was not agreed to and there is nothing lighter.
pub fn nothing_lighter() -> Diagnostic {
    let found = "there is no lighter card among these, so none is shown";
    Diagnostic::error("nothing-lighter", found)
        .help("leave `--depth` and other filters out, or choose another deck")
}
