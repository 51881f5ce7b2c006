//! What is told of a session that cannot be as it was asked for, or not quite.

use super::format::{Format, Range};
use super::ladder::NoWay;
use super::plan::Stage;
use super::rotation::Meetings;
use super::seconds::Seconds;
use crate::deck::{Depth, Kind};
use crate::problem::{Diagnostic, counted, counted_people};

pub(super) fn people(format: &Format, count: usize) -> Diagnostic {
    let Range { least, most, .. } = format.people;
    let words = counted_people(count);
    let problem =
        Diagnostic::error("people-number", format!("`{}` cannot be done with {words}", format.id));
    problem.expected(limits(format.people)).help(format!("`--people {}`", count.clamp(least, most)))
}

/// Tells that too many have left, or come, to go on.
pub(super) fn people_left(format: &Format, count: usize) -> Diagnostic {
    let Range { least, most, .. } = format.people;
    let words = counted_people(count);
    let found = format!("`{}` cannot go on with {words}", format.id);
    let help = match count < least {
        true => "end with the landing, or go on with another format: `deckle list formats`",
        false => "let some of them look on, or go on with another format: `deckle list formats`",
    };
    Diagnostic::error("people-number", found)
        .expected(limits(Range { least, usual: least, most }))
        .help(help)
}

/// Tells that nobody can go on from a round.
pub(super) fn no_such_round(from: usize, last: usize) -> Diagnostic {
    let found = format!("`--from-round {from}` is no later round of that plan");
    let problem = Diagnostic::error("rounds-number", found);
    match last {
        0 | 1 => problem.help("a plan of one round is planned anew without `--from-round`"),
        last => problem.expected(format!("2 to {last}")).help("`--from-round 2`"),
    }
}

fn limits(Range { least, most, .. }: Range) -> String {
    if least == most { least.to_string() } else { format!("{least} to {most}") }
}

pub(super) fn no_choice_of_rounds(format: &Format) -> Diagnostic {
    let found = format!("`{}` has no rounds to choose the number of", format.id);
    Diagnostic::error("rounds-number", found).help("leave `--rounds` out")
}

pub(super) fn rounds(format: &Format, asked: usize, rounds: Range) -> Diagnostic {
    let found = format!("`{}` cannot have {}", format.id, counted(asked, "round"));
    let problem = Diagnostic::error("rounds-number", found);
    let near = asked.clamp(rounds.least, rounds.most);
    problem.expected(limits(rounds)).help(format!("`--rounds {near}`"))
}

pub(super) fn deeper_than_usual(asked: Depth, cap: Depth, who: &str) -> Diagnostic {
    let found = format!("depth {asked} is deeper than usual for {who}");
    let help = format!("`--ceiling {cap}`, unless everybody agreed to more");
    Diagnostic::warning("deeper-than-usual", found).help(help)
}

pub(super) fn no_card(ceiling: Depth) -> Diagnostic {
    let found = format!("there is no card for this down to depth {ceiling}");
    Diagnostic::error("no-card-to-play", found).help("choose another deck")
}

pub(super) fn lacking(
    no_way: NoWay,
    part: &str,
    kinds: &[Kind],
    cards: usize,
    ceiling: Depth,
    next: Option<Depth>,
) -> Diagnostic {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let kinds = names.join(" or ");
    match no_way {
        NoWay::NoCard => {
            let needs =
                if cards > 1 { format!("{cards} cards of one depth") } else { "cards".into() };
            let found = format!(
                "`{part}` needs {needs} of the kind {kinds}, and there are not as many down to depth {ceiling}"
            );
            let help = match next {
                Some(next) => format!("`--ceiling {next}`, another deck, or fewer filters"),
                None => "name another deck, or use fewer filters".into(),
            };
            Diagnostic::error("no-card-to-play", found).help(help)
        }
        NoWay::Rounds(rounds) => {
            let each = if cards > 1 { format!(" of {cards} cards") } else { String::new() };
            let found = format!(
                "`{part}` has cards for {}{each} only, of the kind {kinds} and down to depth {ceiling}",
                counted(rounds, "round")
            );
            let deeper = next.map(|next| format!(", or `--ceiling {next}`")).unwrap_or_default();
            let help = format!("`--rounds {rounds}`, or another deck beside it{deeper}");
            Diagnostic::error("too-few-cards", found).help(help)
        }
    }
}

pub(super) fn fewer_rounds(no_way: NoWay, next: Option<Depth>) -> Diagnostic {
    let rounds = match no_way {
        NoWay::NoCard => 0,
        NoWay::Rounds(rounds) => rounds,
    };
    let found = format!("the cards do for {} only", counted(rounds, "round"));
    let deeper = next.map(|next| format!(", or say `--ceiling {next}`")).unwrap_or_default();
    Diagnostic::note("too-few-cards", found).help(format!("name another deck beside it{deeper}"))
}

pub(super) fn no_landing(is_closed: bool) -> Diagnostic {
    let found = match is_closed {
        true => "no card of thanks is left, so the closing card ends the session",
        false => "no card of thanks is left, so the session ends without a card",
    };
    Diagnostic::note("no-landing", found).help("add a light card of the kind `appreciation`")
}

/// Tells of a last card that goes more than a level deeper than the last round.
pub(super) fn deep_landing(lands: Depth, last: Depth) -> Option<Diagnostic> {
    let found =
        format!("the last card is of depth {lands}, and the round before it of depth {last}");
    let help = "ask for more rounds, or add a lighter card of the kind `appreciation`";
    (lands.level() > last.level() + 1).then(|| Diagnostic::note("deep-landing", found).help(help))
}

/// Tells of rounds for which no card is left to fall back on.
pub(super) fn no_reserve(stages: &[Stage]) -> Option<Diagnostic> {
    let lacks = |stage: &&Stage| {
        stage.round().is_some() && !stage.cards.is_empty() && stage.reserve.is_empty()
    };
    let rounds: Vec<String> =
        stages.iter().filter(lacks).filter_map(Stage::round).map(|it| it.to_string()).collect();
    let (round, has) = if rounds.len() == 1 { ("round", "has") } else { ("rounds", "have") };
    let found = format!("{round} {} {has} no card in reserve", rounds.join(", "));
    let help =
        "name another deck beside it, ask for fewer rounds, or go on without where one is passed";
    (!rounds.is_empty()).then(|| Diagnostic::note("no-reserve", found).help(help))
}

pub(super) fn too_little_time(
    format: &Format,
    time: Seconds,
    shortest: Seconds,
    rounds: Option<usize>,
    fitting: Option<usize>,
) -> Diagnostic {
    let minutes = shortest.0.div_ceil(60);
    let what = match rounds {
        Some(rounds) => format!("{} of `{}`", counted(rounds, "round"), format.id),
        None => format!("`{}`", format.id),
    };
    let found = format!("{what} cannot be done in {time}: the least is {shortest}");
    let help = match fitting {
        Some(fitting) => format!("`--minutes {minutes}`, or `--rounds {fitting}`"),
        None => format!("`--minutes {minutes}`"),
    };
    Diagnostic::error("too-little-time", found).help(help)
}

/// Tells who meets again, and that no plan could do better, or by how much one might.
pub(super) fn meetings(meetings: &Meetings, people: &[String]) -> Option<Diagnostic> {
    let Meetings { all, again, bound, pairs, .. } = meetings;
    if *again == 0 {
        return None;
    }
    let is = if *again == 1 { "is" } else { "are" };
    let named = named(pairs, people);
    let found = format!("{again} of {all} meetings {is} of people who met before: {named}");
    let help = match *bound {
        bound if bound == *again => "no plan with these groups and rounds can do with fewer".into(),
        0 => {
            "whether a plan without any exists is not known: this is the best that was found".into()
        }
        bound => format!("no plan can do with fewer than {bound}; this is the best that was found"),
    };
    Some(Diagnostic::note("meet-again", found).help(help))
}

/// Tells who sits together though they shall not.
pub(super) fn not_apart(pairs: &[(usize, usize)], people: &[String]) -> Option<Diagnostic> {
    let found = format!("not everybody is kept apart: {}", named(pairs, people));
    let help = "where groups stay together, part them in the list of names; else ask for fewer rounds, \
                or keep fewer people apart";
    (!pairs.is_empty()).then(|| Diagnostic::warning("not-apart", found).help(help))
}

fn named(pairs: &[(usize, usize)], people: &[String]) -> String {
    let few = pairs.iter().take(4).map(|(a, b)| format!("{} and {}", people[*a], people[*b]));
    let more = pairs.len().saturating_sub(4);
    let rest = if more > 0 { format!(", and {more} more") } else { String::new() };
    format!("{}{rest}", few.collect::<Vec<_>>().join(", "))
}
