//! The self-checks that were kept: a TOML file, which is the user's too.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

use super::{Answers, Questionnaire, Rating};
use crate::problem::{Diagnostic, Text, did_you_mean};

/// The key that tells such a file from others; its value is the version of the shape.
const KEY: &str = "selfcheck";

/// The version of the file's shape.
const SCHEMA: i64 = 1;

/// What a new file begins with.
const HEAD: &str = "\
# Answers to `deckle selfcheck`, the oldest first. They never leave this machine.
selfcheck = 1
";

/// One self-check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The day.
    pub date: Date,
    /// The answers.
    pub answers: Answers,
}

/// The self-checks of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The checks, the oldest first; of one day, as the file has them.
    pub checks: Vec<Check>,
}

impl History {
    /// Reads a file; `source` is its name for problems. A file without a word is one without checks.
    ///
    /// # Errors
    ///
    /// The text is no file of self-checks (`no-selfcheck`), one of a newer version
    /// (`selfcheck-version`), or one that somebody broke (`bad-selfcheck`); of the last, all problems
    /// are told.
    pub fn read(text: &str, source: &str) -> Result<Self, Vec<Diagnostic>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let table = DeTable::parse(text);
        let text = Text::new(source, text.to_owned());
        match table {
            Ok(table) => Reader { text: &text, problems: Vec::new() }.read(table.get_ref()),
            Err(error) if text.text.lines().any(|line| line.trim_start().starts_with(KEY)) => {
                let message = error.message().trim().replace('\n', ", ");
                let origin = text.origin(error.span().unwrap_or(0..0), "");
                let problem = Diagnostic::error("bad-selfcheck", "this line cannot be read");
                Err(vec![problem.expected(message).help(MEND).at(origin)])
            }
            Err(_) => Err(vec![stranger(source)]),
        }
    }

    /// Returns the latest check.
    pub fn last(&self) -> Option<&Check> {
        self.checks.last()
    }

    /// Returns the text of a file with one check more, all else as it is. What cannot be read gives way
    /// to a new file.
    pub fn add(text: &str, check: &Check) -> String {
        let text = if text.trim().is_empty() { HEAD } else { text };
        let mut file: DocumentMut = text.parse().unwrap_or_default();
        let mut answers = InlineTable::new();
        for (statement, rating) in check.answers.all() {
            answers.extend(rating.map(|rating| (&*statement.id, i64::from(rating.number()))));
        }
        let mut entry = Table::new();
        // A date that jiff writes is one that TOML reads.
        entry.extend(
            check.date.to_string().parse::<toml_edit::Datetime>().map(|date| ("date", date)),
        );
        entry.insert("answers", value(answers));
        let checks = file.entry("check").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        if let Some(checks) = checks.as_array_of_tables_mut() {
            checks.push(entry);
        }
        file.to_string()
    }
}

/// What helps with a file that somebody broke.
const MEND: &str = "set it right, or take the line away";

fn stranger(source: &str) -> Diagnostic {
    Diagnostic::error("no-selfcheck", format!("`{source}` is no file of self-checks"))
        .expected("a file that `deckle selfcheck` keeps; it begins with `selfcheck = 1`")
        .help("name that file, or let `deckle selfcheck --save NEW.toml` make one")
}

struct Reader<'t> {
    text: &'t Text,
    /// The problems, each behind the place where it begins.
    problems: Vec<(usize, Diagnostic)>,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn read(mut self, table: &DeTable) -> Result<History, Vec<Diagnostic>> {
        let source = &self.text.source;
        match table.get(KEY).map(integer) {
            None => return Err(vec![stranger(source)]),
            Some(Some(SCHEMA)) => {}
            Some(schema) => {
                let schema = schema.map_or("another".into(), |schema| schema.to_string());
                let found = format!("`{source}` is a file of self-checks of version {schema}");
                return Err(vec![
                    Diagnostic::error("selfcheck-version", found)
                        .expected(format!("version {SCHEMA}"))
                        .help("a newer deckle wrote it: use that one, or a newer one still"),
                ]);
            }
        }
        let mut checks = Vec::new();
        for (key, value) in table {
            match (&**key.get_ref(), value.get_ref().as_array()) {
                (KEY, _) => {}
                ("check", Some(entries)) => {
                    checks.extend(entries.iter().filter_map(|entry| self.check(entry)));
                }
                ("check", None) => self.wrong(value.span(), "tables, each under `[[check]]`"),
                (other, _) => self.unknown(other, key.span(), [KEY, "check"]),
            }
        }
        checks.sort_by_key(|check| check.date);
        if self.problems.is_empty() {
            return Ok(History { checks });
        }
        self.problems.sort_by_key(|(start, _)| *start);
        Err(self.problems.into_iter().map(|(_, problem)| problem).collect())
    }

    fn check(&mut self, entry: &Value) -> Option<Check> {
        let Some(table) = entry.get_ref().as_table() else {
            self.wrong(entry.span(), "a table with `date` and `answers`");
            return None;
        };
        let (mut date, mut answers) = (None, Answers::default());
        for (key, value) in table {
            match (&**key.get_ref(), value.get_ref().as_table()) {
                ("date", _) => date = self.date(value),
                ("answers", Some(table)) => self.answers(table, &mut answers),
                ("answers", None) => self.wrong(value.span(), "such as `{ safe = 4, time = 2 }`"),
                (other, _) => self.unknown(other, key.span(), ["date", "answers"]),
            }
        }
        if !table.contains_key("date") {
            let help = |problem: Diagnostic| problem.help("write `date = 2026-12-01` into it");
            self.tell("a check has no date", entry.span(), help);
        }
        Some(Check { date: date?, answers })
    }

    fn date(&mut self, value: &Value) -> Option<Date> {
        let date = value.get_ref().as_datetime().and_then(|date| date.date);
        let date = date.and_then(|date| date.to_string().parse().ok());
        if date.is_none() {
            self.wrong(value.span(), "a date, written as 2026-12-01");
        }
        date
    }

    fn answers(&mut self, table: &DeTable, answers: &mut Answers) {
        let questionnaire = Questionnaire::get();
        for (key, value) in table {
            let Some(at) = questionnaire.find(key.get_ref()) else {
                let ids = questionnaire.statements.iter().map(|statement| &*statement.id);
                self.unknown(key.get_ref(), key.span(), ids);
                continue;
            };
            let number = integer(value).and_then(|number| u8::try_from(number).ok());
            let rating = number.and_then(Rating::new);
            if rating.is_none() {
                self.wrong(value.span(), "an answer from 1 to 5");
            }
            answers.set(at, rating);
        }
    }

    /// Tells what was found, with the advice that `advise` adds.
    fn tell(
        &mut self,
        found: impl Into<String>,
        span: Range<usize>,
        advise: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let start = span.start;
        let problem = Diagnostic::error("bad-selfcheck", found).at(self.text.origin(span, ""));
        self.problems.push((start, advise(problem)));
    }

    fn wrong(&mut self, span: Range<usize>, expected: &str) {
        let value = self.text.text.get(span.clone()).unwrap_or_default();
        let value = value.lines().next().unwrap_or_default();
        let found = format!("`{value}` cannot stand here");
        self.tell(found, span, |problem| problem.expected(expected).help(MEND));
    }

    fn unknown<'n>(
        &mut self,
        name: &str,
        span: Range<usize>,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let found = format!("nothing here is called `{name}`");
        self.tell(found, span, |problem| match did_you_mean(name, known.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.expected(known.join(", ")).help(MEND),
        });
    }
}

fn integer(value: &Value) -> Option<i64> {
    let integer = value.get_ref().as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(date: &str, numbers: &[u8]) -> Check {
        let mut answers = Answers::default();
        numbers.iter().enumerate().for_each(|(at, number)| answers.set(at, Rating::new(*number)));
        Check { date: date.parse().unwrap(), answers }
    }

    fn codes(text: &str) -> Vec<&'static str> {
        let problems = History::read(text, "mine.toml").unwrap_err();
        problems.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn a_file_grows_and_keeps_what_its_owner_wrote() {
        let first = check("2026-11-22", &[4, 0, 2]);
        let text = History::add("", &first);
        assert_eq!(
            text,
            "# Answers to `deckle selfcheck`, the oldest first. They never leave this machine.\n\
             selfcheck = 1\n\n[[check]]\ndate = 2026-11-22\nanswers = { safe = 4, supported = 2 }\n"
        );
        let own = text.replace("date", "# a hard week\ndate");
        let second = check("2027-01-03", &[5, 5, 5, 5, 5, 5, 5, 5]);
        let text = History::add(&own, &second);
        assert!(text.starts_with(&own), "{text}");
        let read = History::read(&text, "mine.toml").unwrap();
        assert_eq!(read.checks, [first, second.clone()]);
        assert_eq!(read.last(), Some(&second));
    }

    #[test]
    fn the_latest_day_is_the_last_wherever_it_stands() {
        let text = History::add("", &check("2027-01-03", &[1]));
        let text = History::add(&text, &check("2026-01-03", &[5]));
        assert_eq!(History::read(&text, "").unwrap().last(), Some(&check("2027-01-03", &[1])));
    }

    #[test]
    fn a_file_without_words_has_no_checks() {
        for text in ["", " \n", "\u{feff}", "selfcheck = 1"] {
            assert_eq!(History::read(text, "mine.toml"), Ok(History::default()));
        }
    }

    #[test]
    fn what_is_none_of_ours_is_told_as_such() {
        for text in ["category,depth,prompt\n", "title = \"Ours\"\n", "%PDF-1.7", "schema = 1"] {
            assert_eq!(codes(text), ["no-selfcheck"], "{text}");
        }
        assert_eq!(codes("selfcheck = 2\n"), ["selfcheck-version"]);
        assert_eq!(codes("selfcheck = 1\n[[check]\n"), ["bad-selfcheck"]);
    }

    #[test]
    fn every_mistake_of_a_hand_is_told_with_its_place() {
        let text = "selfcheck = 1\nchekc = 3\n[[check]]\nanswers = { saef = 2, time = 9, touch = \"x\" }\n\
            [[check]]\ndate = \"May\"\nanswers = 4\n";
        let problems = History::read(text, "mine.toml").unwrap_err();
        let told: Vec<String> = problems
            .iter()
            .map(|it| format!("{} {}", it.origin.as_ref().unwrap(), it.found))
            .collect();
        assert_eq!(
            told,
            [
                "mine.toml:2:1 nothing here is called `chekc`",
                "mine.toml:3:1 a check has no date",
                "mine.toml:4:13 nothing here is called `saef`",
                "mine.toml:4:30 `9` cannot stand here",
                "mine.toml:4:41 `\"x\"` cannot stand here",
                "mine.toml:6:8 `\"May\"` cannot stand here",
                "mine.toml:7:11 `4` cannot stand here",
            ]
        );
        assert_eq!(problems[2].help.as_deref(), Some("did you mean `safe`?"));
        assert!(problems.iter().all(|problem| problem.help.is_some()));
    }

    proptest! {
        #[test]
        fn what_is_added_is_read(numbers in prop::collection::vec(prop::collection::vec(0..6u8, 8), 1..5)) {
            let checks: Vec<Check> = numbers.iter().map(|them| check("2026-11-22", them)).collect();
            let text = checks.iter().fold(String::new(), |text, check| History::add(&text, check));
            prop_assert_eq!(History::read(&text, "").unwrap().checks, checks);
        }

        #[test]
        fn no_text_makes_it_panic(text in "(selfcheck = 1\n)?[\\[\\]a-z =\"{}\n0-9é]{0,80}") {
            let _ = History::read(&text, "mine.toml");
            let _ = History::add(&text, &check("2026-11-22", &[1]));
        }
    }
}
