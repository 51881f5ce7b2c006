//! What to practise, in words; and how it was, then and now.

use std::io::{self, Write};

use clap::builder::styling::Style;

use crate::cli::Terminal;
use crate::cli::failure::Failure;
use crate::cli::output::to_standard_output;
use crate::cli::show::wrapped;
use crate::selfcheck::{Answers, Check, Finding, Questionnaire, Rating};

/// The widest line.
const WIDEST: usize = 80;

/// The narrowest room that is used: a longer word is broken.
const NARROWEST: usize = 24;

/// How far what belongs to a finding stands from its answer.
const INDENT: &str = "        ";

/// Tells what to practise.
pub fn write(answers: &Answers, terminal: &Terminal) -> Result<(), Failure> {
    to_standard_output(|out| {
        if terminal.result_width.is_some() {
            writeln!(out)?;
        }
        Told::new(terminal).findings(out, answers)
    })
}

/// How it is told.
pub struct Told {
    width: usize,
    colour: bool,
}

impl Told {
    /// As the results of this terminal are.
    pub fn new(terminal: &Terminal) -> Self {
        let width = terminal.result_width.unwrap_or(WIDEST).clamp(NARROWEST, WIDEST);
        Self { width, colour: terminal.paints_results }
    }

    /// Tells what to practise, the lowest first.
    pub fn findings(&self, out: &mut dyn Write, answers: &Answers) -> io::Result<()> {
        let findings = answers.findings();
        let head = match findings.len() {
            _ if answers.is_empty() => "Every statement was passed over: there is nothing to say.",
            0 => "Nothing is under 3. `deckle draw` brings a card for tonight all the same.",
            1 => "To practise: what is under 3.",
            _ => {
                "To practise: what is under 3, the lowest first. Begin with one; it is enough for a week."
            }
        };
        self.paragraph(out, "", head)?;
        for finding in &findings {
            writeln!(out)?;
            self.finding(out, finding)?;
        }
        if findings.iter().any(|finding| finding.statement.care) {
            writeln!(out)?;
            self.paragraph(out, "", &Questionnaire::get().care)?;
        }
        Ok(())
    }

    fn finding(&self, out: &mut dyn Write, finding: &Finding) -> io::Result<()> {
        let Finding { statement, rating } = finding;
        let lead = format!("{} of 5  ", rating.number());
        let room = self.width - INDENT.len();
        for (at, line) in wrapped(&statement.words, Some(room)).into_iter().enumerate() {
            let lead = if at == 0 { &lead } else { INDENT };
            writeln!(out, "{lead}{}", self.bold(line))?;
        }
        self.paragraph(out, INDENT, &format!("This week: {}", statement.practice))?;
        let cards = format!("Cards: deckle draw --category {}", statement.categories.join(","));
        self.paragraph(out, INDENT, &cards)
    }

    /// Sets the latest answers beside those before.
    pub fn compare(
        &self,
        out: &mut dyn Write,
        then: Option<&Check>,
        now: &Check,
    ) -> io::Result<()> {
        let number = |rating: Option<Rating>| {
            rating.map_or("-".to_owned(), |rating| rating.number().to_string())
        };
        let mut head = match then {
            Some(then) => format!("Then is {}, now is {}.", then.date, now.date),
            None => format!("Now is {}.", now.date),
        };
        let mut all = then.into_iter().chain([now]).flat_map(|check| check.answers.all());
        if all.any(|(_, rating)| rating.is_none()) {
            head += " -: passed over.";
        }
        self.paragraph(out, "", &head)?;
        writeln!(out)?;
        let beside = if then.is_some() { 11 } else { 5 };
        let room = self.width - beside;
        let columns = if then.is_some() { "  then  now" } else { "  now" };
        writeln!(out, "{:room$}{columns}", "")?;
        for (at, (statement, rating)) in now.answers.all().enumerate() {
            let then = then.map(|then| format!("{:>6}", number(then.answers.get(at))));
            let numbers = format!("{}{:>5}", then.unwrap_or_default(), number(rating));
            let lines = wrapped(&statement.words, Some(room));
            writeln!(out, "{:room$}{numbers}", lines[0])?;
            lines[1..].iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
        Ok(())
    }

    fn paragraph(&self, out: &mut dyn Write, indent: &str, text: &str) -> io::Result<()> {
        let mut lines = wrapped(text, Some(self.width - indent.len())).into_iter();
        lines.try_for_each(|line| writeln!(out, "{indent}{line}"))
    }

    fn bold(&self, text: &str) -> String {
        let style = Style::new().bold();
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
