//! Somebody at a terminal who is asked.

use std::io::{self, IsTerminal, Write};

use clap::builder::styling::Style;

use super::ask::Asked;
use crate::cli::Terminal;
use crate::cli::show::wrapped;
use crate::selfcheck::{Questionnaire, Rating};

/// The widest line: longer ones read badly.
const WIDEST: usize = 72;

/// Somebody at a terminal.
pub struct Person {
    out: Box<dyn Write>,
    width: usize,
    colour: bool,
    is_greeted: bool,
}

impl Person {
    /// Whoever sits there. What is asked goes where words for people go, unless that is no terminal.
    pub fn new(terminal: &Terminal) -> Self {
        let style = match io::stderr().is_terminal() {
            true => terminal.style,
            false => terminal.result_style(),
        };
        let out: Box<dyn Write> = if io::stderr().is_terminal() {
            Box::new(io::stderr())
        } else {
            Box::new(io::stdout())
        };
        Self { out, width: style.width.min(WIDEST), colour: style.colour, is_greeted: false }
    }

    fn greet(&mut self) {
        let Questionnaire { scale, .. } = Questionnaire::get();
        let scale: Vec<String> =
            (1..).zip(scale).map(|(number, words)| format!("{number} {words}")).collect();
        self.paragraph(
            "Eight statements, two minutes, for you alone. Have one person in mind, or those round \
             your table, and say how true each is these days.",
        );
        self.put("\n");
        self.paragraph(&scale.join(", "));
        self.put("\n");
        self.paragraph(
            "Enter passes a statement over, b goes back, q stops and keeps nothing. There is no score \
             and no right answer, and yours never leave this machine.",
        );
    }

    fn paragraph(&mut self, text: &str) {
        self.lines("", text, Style::new());
    }

    fn lines(&mut self, indent: &str, text: &str, style: Style) {
        for line in wrapped(text, Some(self.width.saturating_sub(indent.len()).max(1))) {
            let line = match self.colour {
                true => format!("{indent}{style}{line}{style:#}\n"),
                false => format!("{indent}{line}\n"),
            };
            self.put(&line);
        }
    }

    fn put(&mut self, text: &str) {
        // Where nobody can see it any more, the answers end soon.
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }
}

impl Asked for Person {
    fn show(&mut self, at: usize, before: Option<Rating>) {
        if !std::mem::replace(&mut self.is_greeted, true) {
            self.greet();
        }
        let statements = &Questionnaire::get().statements;
        self.put(&format!("\n{} of {}\n", at + 1, statements.len()));
        self.lines("  ", &statements[at].words, Style::new().bold());
        self.put(&match before {
            Some(rating) => format!("  {} so far, Enter keeps it > ", rating.number()),
            None => "  1-5 > ".to_owned(),
        });
    }

    fn say(&mut self, words: &str) {
        self.lines("  ", words, Style::new());
    }

    fn is_person(&self) -> bool {
        true
    }
}
