//! What keys mean.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::session::live::{Mode, Wish};

/// What somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Something of the session.
    Wish(Wish),
    /// The bell on or off.
    Bell,
    /// The keys explained, or not any more.
    Help,
    /// To leave.
    Leave,
}

/// Returns what an event means while the session is in a mode; nothing where it means nothing.
pub fn command(event: &Event, mode: Mode) -> Option<Command> {
    let Event::Key(KeyEvent { code, modifiers, kind, .. }) = event else { return None };
    if *kind == KeyEventKind::Release {
        return None;
    }
    if modifiers.contains(KeyModifiers::CONTROL) {
        let leaves = matches!(code, KeyCode::Char('c' | 'C' | 'd' | 'D'));
        return leaves.then_some(Command::Leave);
    }
    if let (KeyCode::Enter | KeyCode::Char('q' | 'Q'), Mode::Over) = (code, mode) {
        return Some(Command::Leave);
    }
    if let Mode::Asking(_) = mode {
        return asked(*code);
    }
    let command = match code {
        KeyCode::Char(' ') => Command::Wish(Wish::Pause),
        // What lies in the hand of whoever presents sends pages.
        KeyCode::Char('n' | 'N')
        | KeyCode::Enter
        | KeyCode::Right
        | KeyCode::Down
        | KeyCode::PageDown => Command::Wish(Wish::Next),
        KeyCode::Char('b' | 'B')
        | KeyCode::Backspace
        | KeyCode::Left
        | KeyCode::Up
        | KeyCode::PageUp => Command::Wish(Wish::Back),
        KeyCode::Char('p' | 'P') => Command::Wish(Wish::Pass),
        KeyCode::Char('s' | 'S') => Command::Wish(Wish::Swap),
        KeyCode::Char('+' | '=') => Command::Wish(Wish::Minute),
        KeyCode::Char('m' | 'M') => Command::Bell,
        KeyCode::Char('h' | 'H' | '?') | KeyCode::F(1) => Command::Help,
        KeyCode::Char('q' | 'Q') => Command::Leave,
        _ => return None,
    };
    Some(command)
}

/// Returns what a key means where everybody is asked whether to go deeper: nothing but a clear yes is one.
fn asked(code: KeyCode) -> Option<Command> {
    let command = match code {
        KeyCode::Enter | KeyCode::Char('y' | 'Y') => Command::Wish(Wish::Agree),
        KeyCode::Char('n' | 'N' | 'p' | 'P') => Command::Wish(Wish::Pass),
        KeyCode::Char('b' | 'B') | KeyCode::Backspace | KeyCode::Left | KeyCode::PageUp => {
            Command::Wish(Wish::Back)
        }
        KeyCode::Char('h' | 'H' | '?') | KeyCode::F(1) => Command::Help,
        KeyCode::Char('m' | 'M') => Command::Bell,
        KeyCode::Char('q' | 'Q') => Command::Leave,
        _ => return None,
    };
    Some(command)
}
