//! Who comes: how many, or by name; who shall not meet; who sat with whom so far.

use crate::cli::args::SessionArgs;
use crate::cli::failure::{Exit, Failure};
use crate::deck;
use crate::problem::{Diagnostic, did_you_mean};
use crate::session::Format;
use crate::session::rotation::Seating;

use super::kept::Kept;

/// The widest range of numbers that is planned for at once.
const WIDEST: usize = 20;

/// Everybody, as many as come.
pub struct Company {
    /// One room for each number of people that may come.
    pub rooms: Vec<Room>,
}

/// The people of one plan.
pub struct Room {
    /// Their names or numbers.
    pub people: Vec<String>,
    /// Who shall not meet.
    pub apart: Vec<(usize, usize)>,
    /// The rounds that are past.
    pub past: Vec<Seating>,
}

impl Company {
    /// Reads who comes; where nobody says, as many as is usual for the format.
    pub fn read(args: &SessionArgs, format: &Format, kept: Option<&Kept>) -> Result<Self, Failure> {
        if args.people.is_some() && args.names.is_some() {
            let found = "`--people` and `--names` both say who comes";
            let problem = Diagnostic::error("contradiction", found);
            return Err(Failure::usage(problem.help("leave one of them out")));
        }
        let lists = match (&args.names, &args.people) {
            (Some(path), _) => {
                let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
                let name = path.display().to_string();
                vec![deck::names(&name, &bytes).map_err(Failure::unmet)?]
            }
            (None, Some(word)) => {
                numbers(word)?.into_iter().map(|count| kept_or_numbered(count, kept)).collect()
            }
            (None, None) => match kept {
                Some(kept) => vec![kept.people.clone()],
                None => vec![numbered(format.people.usual)],
            },
        };
        let room = |people: Vec<String>| Room::new(people, args, kept);
        Ok(Self { rooms: lists.into_iter().map(room).collect::<Result<_, Failure>>()? })
    }
}

impl Room {
    fn new(
        mut people: Vec<String>,
        args: &SessionArgs,
        kept: Option<&Kept>,
    ) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        for gone in &args.seats.gone {
            match find(gone, &people) {
                Ok(at) => drop(people.remove(at)),
                Err(_) if kept.is_some_and(|kept| kept.has_left(gone)) => {}
                Err(problem) => problems.push(*problem),
            }
        }
        let mut apart = Vec::new();
        for pair in &args.seats.apart {
            match read_pair(pair, &people) {
                Ok(pair) => apart.push(pair),
                Err(problem) => problems.push(*problem),
            }
        }
        if !problems.is_empty() {
            return Err(Failure { exit: Exit::Usage, problems });
        }
        let past = kept.map(|kept| kept.past(&people)).unwrap_or_default();
        Ok(Self { people, apart, past })
    }
}

/// Returns so many people with numbers for names.
fn numbered(count: usize) -> Vec<String> {
    (1..=count).map(|number| number.to_string()).collect()
}

/// Returns so many people: those of an earlier plan first, newcomers with the next numbers.
fn kept_or_numbered(count: usize, kept: Option<&Kept>) -> Vec<String> {
    let mut people: Vec<String> = kept.map(|kept| kept.people.clone()).unwrap_or_default();
    people.truncate(count);
    let mut next = people.len();
    while people.len() < count {
        next += 1;
        if !people.contains(&next.to_string()) {
            people.push(next.to_string());
        }
    }
    people
}

/// Reads `14`, or `21-25`.
fn numbers(word: &str) -> Result<Vec<usize>, Failure> {
    let wrong = |found: String| {
        let problem = Diagnostic::error("people-number", found);
        Failure::usage(problem.help("write how many come: `--people 14`, or `--people 21-25`"))
    };
    let parts: Vec<&str> = word.split(['-', '–']).map(str::trim).collect();
    let read = |part: &str| part.parse::<usize>().ok();
    let (least, most) = match parts[..] {
        [only] => (read(only), read(only)),
        [least, most] => (read(least), read(most)),
        _ => (None, None),
    };
    match least.zip(most) {
        Some((least, most)) if least > most => Err(wrong(format!("`--people {word}` counts down"))),
        Some((least, most)) if most - least >= WIDEST => {
            Err(wrong(format!("`--people {word}` is a wide range: at most {WIDEST} numbers")))
        }
        // Nobody reads a plan for as many; the format says how many there may be.
        Some((_, most)) if most > 10_000 => Err(wrong(format!("`--people {word}` is too many"))),
        Some((least, most)) => Ok((least..=most).collect()),
        None => Err(wrong(format!("`--people {word}` is no number of people"))),
    }
}

/// Reads `Anna:Ben`.
fn read_pair(pair: &str, people: &[String]) -> Result<(usize, usize), Box<Diagnostic>> {
    let Some((a, b)) = pair.split_once(':') else {
        let problem =
            Diagnostic::error("bad-pair", format!("`--apart {pair}` names no two people"));
        return Err(Box::new(problem.help("write both with a colon between: `--apart 1:2`")));
    };
    let (a, b) = (find(a, people)?, find(b, people)?);
    if a == b {
        let found = format!("`--apart {pair}` names the same person twice");
        let problem = Diagnostic::error("bad-pair", found).help("name two people: `--apart 1:2`");
        return Err(Box::new(problem));
    }
    Ok((a, b))
}

fn find(name: &str, people: &[String]) -> Result<usize, Box<Diagnostic>> {
    let wanted = name.trim().to_lowercase();
    people.iter().position(|person| person.to_lowercase() == wanted).ok_or_else(|| {
        let problem =
            Diagnostic::error("unknown-person", format!("nobody here is called `{}`", name.trim()));
        Box::new(match did_you_mean(name.trim(), people.iter().map(String::as_str)) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("name people as `--names` has them, or by numbers from 1"),
        })
    })
}
