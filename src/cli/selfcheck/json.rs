//! Self-checks for programs.

use std::path::Path;

use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::output::to_standard_output;
use crate::selfcheck::{Answers, Check, Finding, Rating};

#[derive(Serialize)]
struct JsonSelfcheck<'a> {
    deckle: u8,
    /// The file that the checks are kept in; null where they are not.
    file: Option<String>,
    /// The checks, the oldest first.
    checks: Vec<JsonCheck>,
    /// What to practise after the last of them.
    practise: Vec<JsonFinding<'a>>,
    /// The categories that it can be leaned on by.
    categories: Vec<String>,
}

#[derive(Serialize)]
struct JsonCheck {
    date: String,
    answers: Vec<JsonAnswer>,
}

#[derive(Serialize)]
struct JsonAnswer {
    id: &'static str,
    statement: &'static str,
    answer: Option<u8>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    id: &'a str,
    answer: u8,
    categories: &'a [String],
    practice: &'a str,
}

/// Writes checks, and what to practise after the last.
pub fn write(checks: &[Check], file: Option<&Path>) -> Result<(), Failure> {
    let last = checks.last().map(|check| check.answers.clone()).unwrap_or_default();
    let answer = JsonSelfcheck {
        deckle: 1,
        file: file.map(|file| file.display().to_string()),
        checks: checks.iter().map(check).collect(),
        practise: practise(&last),
        categories: last.categories(),
    };
    to_standard_output(|out| {
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        writeln!(out)
    })
}

fn check(check: &Check) -> JsonCheck {
    let answers = check.answers.all().map(|(statement, rating)| JsonAnswer {
        id: &statement.id,
        statement: &statement.words,
        answer: rating.map(Rating::number),
    });
    JsonCheck { date: check.date.to_string(), answers: answers.collect() }
}

fn practise(answers: &Answers) -> Vec<JsonFinding<'static>> {
    let finding = |Finding { statement, rating }: Finding| JsonFinding {
        id: &statement.id,
        answer: rating.number(),
        categories: &statement.categories,
        practice: &statement.practice,
    };
    answers.findings().into_iter().map(finding).collect()
}
