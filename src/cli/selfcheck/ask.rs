//! The conversation: one statement after the other.

use std::io::{self, BufRead};

use crate::problem::{Diagnostic, counted};
use crate::selfcheck::{Answers, Questionnaire, Rating};

/// Somebody to ask, or a program that has the answers ready.
pub trait Asked {
    /// Shows the statement with the number `at`, from 0, and what was answered to it before.
    fn show(&mut self, at: usize, before: Option<Rating>);
    /// Says what is wrong with an answer. One who is asked again needs no more; of a program all that
    /// is wrong is told at the end.
    fn say(&mut self, words: &str);
    /// Returns whether an answer that cannot be taken is asked for again.
    fn is_person(&self) -> bool;
}

/// How it ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ended {
    /// There was an answer to every statement, or none was wanted.
    Answered(Answers),
    /// It was stopped.
    Stopped,
}

/// What a line says.
enum Line {
    Rate(Rating),
    /// Enter: nothing new.
    Nothing,
    Skip,
    Back,
    Stop,
    Strange,
}

impl Line {
    fn of(line: &str) -> Self {
        match &*line.trim().to_lowercase() {
            "" => Self::Nothing,
            "s" | "-" | "skip" => Self::Skip,
            "b" | "back" => Self::Back,
            "q" | "quit" => Self::Stop,
            word => word.parse().ok().and_then(Rating::new).map_or(Self::Strange, Self::Rate),
        }
    }
}

/// Asks for all answers.
///
/// # Errors
///
/// A program gave an answer that is none, or too few lines.
pub fn ask(
    input: &mut dyn BufRead,
    asked: &mut dyn Asked,
) -> io::Result<Result<Ended, Vec<Diagnostic>>> {
    let count = Questionnaire::get().statements.len();
    let (mut answers, mut problems) = (Answers::default(), Vec::new());
    let (mut at, mut lines) = (0, 0);
    while at < count {
        asked.show(at, answers.get(at));
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            if !asked.is_person() {
                problems.push(too_few(at, count));
                break;
            }
            return Ok(Ok(Ended::Stopped));
        }
        lines += 1;
        match Line::of(&line) {
            Line::Rate(rating) => answers.set(at, Some(rating)),
            Line::Skip => answers.set(at, None),
            Line::Nothing => {}
            Line::Stop => return Ok(Ok(Ended::Stopped)),
            Line::Back if at == 0 => {
                asked.say("this is the first one");
                continue;
            }
            Line::Back => {
                at -= 1;
                continue;
            }
            Line::Strange if asked.is_person() => {
                asked.say("1 to 5, Enter to pass it over, b to go back, q to stop");
                continue;
            }
            Line::Strange => problems.push(strange(line.trim(), lines)),
        }
        at += 1;
    }
    Ok(if problems.is_empty() { Ok(Ended::Answered(answers)) } else { Err(problems) })
}

fn strange(line: &str, number: usize) -> Diagnostic {
    let found = format!("line {number} of the answers says `{line}`");
    Diagnostic::error("bad-answer", found)
        .expected("1 to 5, or nothing to pass a statement over")
        .help("set that line right; nothing was kept")
}

fn too_few(lines: usize, count: usize) -> Diagnostic {
    let found = format!("the answers end after {} of {count}", counted(lines, "statement"));
    Diagnostic::error("too-few-answers", found)
        .help(format!("give {count} lines; an empty one passes a statement over"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Remembers what was shown and said.
    struct Memo {
        is_person: bool,
        shown: Vec<(usize, Option<u8>)>,
        said: usize,
    }

    impl Asked for Memo {
        fn show(&mut self, at: usize, before: Option<Rating>) {
            self.shown.push((at, before.map(Rating::number)));
        }

        fn say(&mut self, _words: &str) {
            self.said += 1;
        }

        fn is_person(&self) -> bool {
            self.is_person
        }
    }

    fn asked(lines: &str, is_person: bool) -> (Result<Ended, Vec<Diagnostic>>, Memo) {
        let mut memo = Memo { is_person, shown: Vec::new(), said: 0 };
        (ask(&mut lines.as_bytes(), &mut memo).unwrap(), memo)
    }

    fn numbers(ended: Result<Ended, Vec<Diagnostic>>) -> Vec<u8> {
        let Ok(Ended::Answered(answers)) = ended else { panic!("{ended:?}") };
        answers.all().map(|(_, rating)| rating.map_or(0, Rating::number)).collect()
    }

    #[test]
    fn eight_lines_are_eight_answers_and_no_more_are_read() {
        for is_person in [true, false] {
            let (ended, memo) = asked("5\n 4 \n\n3\n2\n1\r\n-\n5", is_person);
            assert_eq!((memo.shown.len(), memo.said), (8, 0));
            assert_eq!(numbers(ended), [5, 4, 0, 3, 2, 1, 0, 5]);
        }
        let mut input = "1\n1\n1\n1\n1\n1\n1\n1\nyes\n".as_bytes();
        let mut memo = Memo { is_person: false, shown: Vec::new(), said: 0 };
        assert!(ask(&mut input, &mut memo).unwrap().is_ok());
        assert_eq!(input, b"yes\n");
    }

    #[test]
    fn who_goes_back_sees_the_answer_and_enter_keeps_it() {
        let (ended, memo) = asked("b\n5\n4\nb\nb\n\n2\nb\ns\n3\n3\n3\n3\n3\n3\n", true);
        assert_eq!(memo.shown[..5], [(0, None), (0, None), (1, None), (2, None), (1, Some(4))]);
        assert_eq!(memo.shown[5..8], [(0, Some(5)), (1, Some(4)), (2, None)]);
        assert_eq!(memo.said, 1);
        assert_eq!(numbers(ended), [5, 0, 3, 3, 3, 3, 3, 3]);
    }

    #[test]
    fn a_person_is_asked_again_and_may_stop() {
        let (ended, memo) = asked("9\nperhaps\n0\n3\nq\n", true);
        assert_eq!((ended, memo.said), (Ok(Ended::Stopped), 3));
        assert_eq!(asked("4\n4\n", true).0, Ok(Ended::Stopped));
        assert_eq!(asked("4\nQ\n", false).0, Ok(Ended::Stopped));
    }

    #[test]
    fn of_a_program_everything_wrong_is_told_at_once() {
        let problems = asked("9\n4\nten\n", false).0.unwrap_err();
        let told: Vec<&str> = problems.iter().map(|problem| &*problem.found).collect();
        assert_eq!(
            told,
            [
                "line 1 of the answers says `9`",
                "line 3 of the answers says `ten`",
                "the answers end after 3 statements of 8",
            ]
        );
    }
}
