//! Asking before a card goes deep, or before everything is forgotten.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::deck::{Card, Deck, Depth};

/// From which depth on one asks first.
pub const DEEP: u8 = 4;

/// Returns whether there is somebody who could be asked.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks whether a deep card may be shown; no answer is a no.
pub fn to_depth(deck: &Deck, card: &Card) -> bool {
    let Some(depth) = card.depth else { return true };
    let name = super::card::clean(deck.depth_name(depth));
    let levels = Depth::ALL.len();
    ask(&format!("This card goes deep: {name}, {depth} of {levels}. Show it? (y/N) "))
}

/// Asks a question that can be answered with yes.
pub fn ask(question: &str) -> bool {
    let mut out = io::stderr();
    let asked = out.write_all(question.as_bytes()).and_then(|()| out.flush());
    let mut answer = String::new();
    let heard = asked.and_then(|()| io::stdin().lock().read_line(&mut answer));
    heard.is_ok() && matches!(&*answer.trim().to_lowercase(), "y" | "yes")
}
