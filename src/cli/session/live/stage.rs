//! The terminal as a stage: a screen of its own, keys one by one, and a bell.

use std::io::{self, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::MoveTo;
use ratatui::crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{Clear, ClearType};

use crate::cli::failure::{Exit, Failure};
use crate::problem::Diagnostic;

/// Whether the screen is ours.
static IS_OPEN: AtomicBool = AtomicBool::new(false);

/// Gives the screen back, if it is ours, so that a program that is ended leaves a terminal of use.
pub fn give_back() {
    if IS_OPEN.swap(false, Ordering::SeqCst) {
        // A card that went deep is for nobody who comes later.
        let _ = execute!(io::stdout(), Clear(ClearType::All), MoveTo(0, 0), DisableBracketedPaste);
        ratatui::restore();
    }
}

/// Where events come from and bells go.
pub trait Hall {
    /// Returns the next event, if one comes in time.
    fn event(&mut self, wait: Duration) -> io::Result<Option<Event>>;

    /// Rings once.
    fn ring(&mut self) -> io::Result<()>;
}

/// The screen, as long as it is ours.
pub struct Stage {
    /// What is drawn on.
    pub terminal: Terminal<CrosstermBackend<Stdout>>,
    /// Whether there are colours and other dress.
    pub is_dressed: bool,
    /// Keys and bell.
    pub hall: House,
}

/// The keys and the bell of a real terminal.
pub struct House;

impl Hall for House {
    fn event(&mut self, wait: Duration) -> io::Result<Option<Event>> {
        if event::poll(wait)? { event::read().map(Some) } else { Ok(None) }
    }

    fn ring(&mut self) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(b"\x07")?;
        out.flush()
    }
}

impl Stage {
    /// Takes the screen.
    pub fn open(is_dressed: bool) -> Result<Self, Failure> {
        IS_OPEN.store(true, Ordering::SeqCst);
        let open = || -> io::Result<_> {
            let terminal = ratatui::try_init()?;
            // Not every terminal has a screen beside its own: what was there before must not show through.
            // And what is pasted is no keys.
            execute!(io::stdout(), Clear(ClearType::All), EnableBracketedPaste)?;
            Ok(terminal)
        };
        match open() {
            Ok(terminal) => Ok(Self { terminal, is_dressed, hall: House }),
            Err(error) => {
                give_back();
                Err(lost(&error))
            }
        }
    }

    /// Gives the screen back.
    pub fn close(self) {
        give_back();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        give_back();
    }
}

/// The terminal cannot be written to or read any more.
pub fn lost(error: &io::Error) -> Failure {
    let found = format!("the terminal is gone: {error}");
    let problem = Diagnostic::error("terminal-lost", found)
        .help("the same command goes on where the session was");
    Failure { exit: Exit::Io, problems: vec![problem] }
}
