//! Who comes: how many, or by name; who shall not meet; who has left since, and who has come.

use std::io::Read;
use std::path::Path;

use crate::cli::args::SessionArgs;
use crate::cli::failure::{Exit, Failure};
use crate::deck;
use crate::problem::{Diagnostic, did_you_mean};
use crate::session::{Format, Plan};

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
}

impl Company {
    /// Reads who comes; where nobody says, as many as is usual for the format.
    pub fn read(args: &SessionArgs, format: &Format) -> Result<Self, Failure> {
        let lists = match Said::read(args)? {
            Said::Names(names) => vec![names],
            Said::Numbers(counts) => counts.into_iter().map(numbered).collect(),
            Said::Nothing => vec![numbered(format.people.usual)],
        };
        let room = |people: Vec<String>| -> Result<Room, Failure> {
            let apart = pairs(&args.seats.apart, &people)?;
            Ok(Room { people, apart })
        };
        Ok(Self { rooms: lists.into_iter().map(room).collect::<Result<_, Failure>>()? })
    }
}

/// Who is there from a later round on.
pub struct Later {
    /// All who have left.
    pub gone: Vec<usize>,
    /// Who has come.
    pub came: Vec<String>,
    /// Who shall not meet.
    pub apart: Vec<(usize, usize)>,
}

impl Later {
    /// Reads who is there, once for each number of people that there may be; `known` are those who were
    /// kept apart so far.
    pub fn read(args: &SessionArgs, plan: &Plan, known: &[String]) -> Result<Vec<Self>, Failure> {
        let mut gone = plan.gone.clone();
        gone.extend(leavers(args, plan)?);
        let changes = match Said::read(args)? {
            Said::Nothing => vec![(gone, Vec::new())],
            Said::Names(names) => vec![by_name(&names, plan, gone)?],
            Said::Numbers(counts) => {
                let came = counts.into_iter().map(|count| newcomers(count, plan, &gone));
                let came = came.collect::<Result<Vec<_>, Failure>>()?;
                came.into_iter().map(|came| (gone.clone(), came)).collect()
            }
        };
        let later = |(gone, came): (Vec<usize>, Vec<String>)| {
            let all: Vec<String> = plan.people.iter().chain(&came).cloned().collect();
            let mut apart = pairs(&args.seats.apart, &all)?;
            // Who was kept apart before and has another name by now is nobody to complain of.
            let before: Vec<(usize, usize)> = known
                .iter()
                .filter_map(|pair| read_pair(pair, &all).ok())
                .map(|(a, b)| (a.min(b), a.max(b)))
                .collect();
            apart.extend(
                before.into_iter().filter(|pair| !apart.contains(pair)).collect::<Vec<_>>(),
            );
            Ok(Self { gone, came, apart })
        };
        changes.into_iter().map(later).collect()
    }
}

/// Returns who has left now, by their places; who left earlier is no mistake.
fn leavers(args: &SessionArgs, plan: &Plan) -> Result<Vec<usize>, Failure> {
    let (mut gone, mut problems) = (Vec::new(), Vec::new());
    let here: Vec<String> = plan.present().map(|at| plan.people[at].clone()).collect();
    for name in &args.seats.gone {
        match find(name, &plan.people) {
            Ok(at) => gone.push(at),
            // Whoever is proposed is somebody who is there.
            Err(problem) => problems.push(find(name, &here).err().map_or(*problem, |it| *it)),
        }
    }
    if problems.is_empty() { Ok(gone) } else { Err(Failure { exit: Exit::Usage, problems }) }
}

/// Returns who has left and who has come, where these are all who are there.
fn by_name(
    names: &[String],
    plan: &Plan,
    mut gone: Vec<usize>,
) -> Result<(Vec<usize>, Vec<String>), Failure> {
    let is = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let has = |name: &String| names.iter().any(|other| is(other, name));
    if !plan.people.iter().any(has) {
        let found = "none of these names is in the plan that is gone on with";
        let help = "write the names as that plan has them, newcomers behind them";
        return Err(Failure::unmet(vec![Diagnostic::error("unknown-person", found).help(help)]));
    }
    gone.retain(|at| !has(&plan.people[*at]));
    gone.extend((0..plan.people.len()).filter(|at| !has(&plan.people[*at])));
    let is_new = |name: &&String| !plan.people.iter().any(|known| is(known, name));
    Ok((gone, names.iter().filter(is_new).cloned().collect()))
}

/// Returns as many newcomers as it takes to be `count`, with the next numbers for names.
fn newcomers(count: usize, plan: &Plan, gone: &[usize]) -> Result<Vec<String>, Failure> {
    let left: Vec<&String> =
        (0..plan.people.len()).filter(|at| !gone.contains(at)).map(|at| &plan.people[at]).collect();
    if count < left.len() {
        let found = format!("`--people {count}` is fewer than the {} who were there", left.len());
        let problem = Diagnostic::error("people-number", found);
        let example = left.last().map_or("1", |name| name.as_str());
        let help = format!("say who has left, such as `--gone {example}`");
        return Err(Failure::usage(problem.help(help)));
    }
    let numbers = plan.people.len() + 1..;
    let free = numbers.map(|number| number.to_string()).filter(|it| !plan.people.contains(it));
    Ok(free.take(count - left.len()).collect())
}

/// What was said of who comes.
enum Said {
    Names(Vec<String>),
    Numbers(Vec<usize>),
    Nothing,
}

impl Said {
    fn read(args: &SessionArgs) -> Result<Self, Failure> {
        match (&args.names, &args.people) {
            (Some(_), Some(_)) => {
                let found = "`--people` and `--names` both say who comes";
                let problem = Diagnostic::error("contradiction", found);
                Err(Failure::usage(problem.help("leave one of them out")))
            }
            (Some(path), None) => {
                let bytes = read_bytes(path)?;
                let name = path.display().to_string();
                deck::names(&name, &bytes).map(Self::Names).map_err(Failure::unmet)
            }
            (None, Some(word)) => numbers(word).map(Self::Numbers),
            (None, None) => Ok(Self::Nothing),
        }
    }
}

/// Reads a file, or the standard input where it is called `-`.
fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| Failure::reading(path, &error))
}

/// Reads pairs of people, or tells all that are none.
fn pairs(words: &[String], people: &[String]) -> Result<Vec<(usize, usize)>, Failure> {
    let (mut pairs, mut problems) = (Vec::new(), Vec::new());
    for pair in words {
        match read_pair(pair, people) {
            Ok((a, b)) if pairs.contains(&(a.min(b), a.max(b))) => {}
            Ok((a, b)) => pairs.push((a.min(b), a.max(b))),
            Err(problem) => problems.push(*problem),
        }
    }
    if problems.is_empty() { Ok(pairs) } else { Err(Failure { exit: Exit::Usage, problems }) }
}

/// Returns so many people with numbers for names.
fn numbered(count: usize) -> Vec<String> {
    (1..=count).map(|number| number.to_string()).collect()
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
