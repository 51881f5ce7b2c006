//! The screen of a session that is led.
//!
//! The card hangs from the head, as on paper; whose turn it is, the time and the keys stand at the foot,
//! so that nothing jumps from card to card. Both are lists of blocks. Where a terminal is too low for all
//! of them the least needed go first; the prompt and the time stay.

use std::time::Duration;

use clap::builder::styling::Ansi256Color;
use jiff::SignedDuration;
use jiff::civil::Time;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span, Text};
use unicode_width::UnicodeWidthStr;

use super::words;
use crate::cli::draw::card::{balanced, clean, emblem, listener, one_line, shortened};
use crate::cli::session::text::titles;
use crate::cli::show::{depth_colour, rings, wrapped};
use crate::deck::{Deck, Depth};
use crate::problem::counted_people;
use crate::session::live::{Act, Mode, Side, View};
use crate::session::{RULE, What};

/// The widest that words stand: longer lines read badly.
const WIDEST: usize = 72;

/// How many columns stay free in all, where there is room.
const BORDER: usize = 2;

/// The room for a time behind a sentence.
const TIME_BESIDE: usize = 6;

/// The most rows between the first and the last: further apart they are not seen together.
const TALLEST: usize = 28;

/// What is to be seen beside the session itself.
#[derive(Clone, Debug)]
pub struct Look {
    /// Whether there are colours and other dress; without them nothing is said in colour alone.
    pub is_dressed: bool,
    /// Whether the bell is off.
    pub is_mute: bool,
    /// Whether the keys are explained.
    pub shows_help: bool,
    /// What was said last.
    pub message: Option<String>,
    /// The time of the day.
    pub now: Time,
}

/// Draws the session on a frame.
pub fn draw(frame: &mut Frame, view: &View, decks: &[Deck], look: &Look) {
    let area = frame.area();
    let width = usize::from(area.width).saturating_sub(BORDER).clamp(1, WIDEST);
    let page = Page { view, decks, look, width };
    let (top, foot) = match look.shows_help {
        true => (page.help(), Vec::new()),
        false => (page.top(), page.foot()),
    };
    let needed: usize = top.iter().chain(&foot).map(|block| block.lines.len()).sum();
    let height = usize::from(area.height).min(needed.max(TALLEST));
    let lines = fitted(top, foot, (width, height));
    let [left, above] = [(area.width, width), (area.height, lines.len())]
        .map(|(room, taken)| room.saturating_sub(taken as u16) / 2);
    let place = Rect { x: left, y: above, width: width as u16, height: lines.len() as u16 };
    frame.render_widget(Text::from(lines), place.intersection(area));
}

/// Some lines that belong together.
struct Block {
    /// How much it is needed: the lowest goes first.
    rank: u8,
    lines: Vec<Line<'static>>,
}

/// The ranks of blocks, from what goes first to what never goes.
mod rank {
    pub const AIR: u8 = 0;
    pub const WATER: u8 = 1;
    pub const PROGRESS: u8 = 2;
    pub const SEATS: u8 = 3;
    pub const SAID: u8 = 4;
    pub const LISTENER: u8 = 5;
    pub const OTHERS: u8 = 6;
    pub const KEYS: u8 = 7;
    pub const CATEGORY: u8 = 8;
    pub const HEAD: u8 = 9;
    pub const MESSAGE: u8 = 10;
    pub const DEED: u8 = 11;
    pub const PROMPT: u8 = 12;
    pub const TIME: u8 = 13;
}

/// Returns the lines of the blocks, no more than there is height for; what is free lies between top and foot.
fn fitted(
    top: Vec<Block>,
    foot: Vec<Block>,
    (width, height): (usize, usize),
) -> Vec<Line<'static>> {
    let has_foot = !foot.is_empty();
    let mut blocks: Vec<(bool, Block)> = top.into_iter().map(|block| (false, block)).collect();
    blocks.extend(foot.into_iter().map(|block| (true, block)));
    let count = |blocks: &[(bool, Block)]| -> usize {
        blocks.iter().map(|(_, block)| block.lines.len()).sum()
    };
    while count(&blocks) > height {
        let over = count(&blocks) - height;
        let Some(least) = blocks.iter().map(|(_, block)| block.rank).min() else { break };
        // The last of the least: what stands above is read first.
        let Some(at) = blocks.iter().rposition(|(_, block)| block.rank == least) else { break };
        let lines = &mut blocks[at].1.lines;
        let keep = lines.len().saturating_sub(over);
        // Seats, words and prompts are of use in part.
        let is_of_use = matches!(least, rank::SEATS | rank::SAID | rank::PROMPT);
        match keep {
            1.. if is_of_use => cut(lines, keep, width),
            _ => drop(blocks.remove(at)),
        }
    }
    let free = if has_foot { height - count(&blocks) } else { 0 };
    let (foot, top): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|(is_foot, _)| *is_foot);
    let lines = |blocks: Vec<(bool, Block)>| blocks.into_iter().flat_map(|(_, block)| block.lines);
    let between = std::iter::repeat_n(Line::default(), free);
    lines(top).chain(between).chain(lines(foot)).collect()
}

/// Cuts lines to `keep` of them; the last ends on a sign that there were more.
fn cut(lines: &mut Vec<Line<'static>>, keep: usize, width: usize) {
    lines.truncate(keep);
    if let Some(last) = lines.last_mut() {
        let words: String = last.spans.iter().map(|span| &*span.content).collect();
        let words = if words.width() + 2 > width {
            shortened(&words, width.saturating_sub(2))
        } else {
            words
        };
        *last = Line::from(format!("{} …", words.trim_end_matches('…'))).style(last.style);
    }
}

/// Returns as many of the items on each line as fit into `room`, no item broken.
fn flowed(items: &[String], between: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if line.width() + between.width() + item.width() <= room => {
                line.push_str(between);
                line.push_str(item);
            }
            _ => lines.push(item.clone()),
        }
    }
    lines
}

struct Page<'a> {
    view: &'a View<'a>,
    decks: &'a [Deck],
    look: &'a Look,
    width: usize,
}

impl Page<'_> {
    /// What hangs from the head.
    fn top(&self) -> Vec<Block> {
        let mut blocks = vec![self.head(), self.progress(), self.air()];
        blocks.extend(match self.view.mode {
            Mode::Over => self.end(),
            Mode::Asking(depth) => self.question(depth),
            Mode::Running | Mode::Paused | Mode::Slept => self.card(),
        });
        blocks
    }

    /// What stands at the foot.
    fn foot(&self) -> Vec<Block> {
        let mut blocks = vec![self.air()];
        if let Mode::Running | Mode::Paused | Mode::Slept = self.view.mode {
            blocks.extend(self.deed());
            blocks.extend(self.sides());
        }
        blocks.extend([self.message(), self.keys()]);
        blocks
    }

    fn dressed(&self, style: Style) -> Style {
        if self.look.is_dressed { style } else { Style::new() }
    }

    fn bold(&self) -> Style {
        self.dressed(Style::new().add_modifier(Modifier::BOLD))
    }

    fn dim(&self) -> Style {
        self.dressed(Style::new().add_modifier(Modifier::DIM))
    }

    /// The ink of a depth.
    fn ink(&self, depth: Option<Depth>) -> Style {
        let Some(depth) = depth else { return Style::new() };
        let Ansi256Color(colour) = Ansi256Color::from_ansi(depth_colour(depth));
        self.dressed(Style::new().fg(Color::Indexed(colour)))
    }

    fn air(&self) -> Block {
        Block { rank: rank::AIR, lines: vec![Line::default()] }
    }

    /// Returns words wrapped to the width, `indent` columns in.
    fn wrapped(&self, words: &str, indent: usize, style: Style) -> Vec<Line<'static>> {
        let mut lines = self.wrapped_to(words, indent, self.width);
        lines.iter_mut().for_each(|line| *line = std::mem::take(line).style(style));
        lines
    }

    /// Returns words that end before column `width`, `indent` columns in.
    fn wrapped_to(&self, words: &str, indent: usize, width: usize) -> Vec<Line<'static>> {
        let room = width.saturating_sub(indent).max(1);
        let words = clean(words);
        let lines = words.lines().flat_map(|line| wrapped(line, Some(room)));
        lines.map(|line| Line::from(format!("{:indent$}{line}", ""))).collect()
    }

    /// Returns a line with words at both ends; the first is cut where both do not fit.
    fn ends(&self, left: (String, Style), right: (String, Style)) -> Line<'static> {
        let room = self.width.saturating_sub(right.0.width() + 1);
        let words = if left.0.width() > room { shortened(&left.0, room) } else { left.0 };
        let fill = self.width.saturating_sub(words.width() + right.0.width());
        Line::from(vec![
            Span::styled(words, left.1),
            Span::raw(" ".repeat(fill)),
            Span::styled(right.0, right.1),
        ])
    }

    /// What it is, where in it one is, and when it ends.
    fn head(&self) -> Block {
        let View { plan, stage, .. } = self.view;
        let is_over = self.view.mode == Mode::Over;
        let place = if is_over { "The end".to_owned() } else { plan.place(stage) };
        let title = clean(&plan.format.title);
        let whole = format!("{title} · {}", clean(&place));
        let right = self.ending(self.width.saturating_sub(whole.width() + 2));
        let left = if whole.width() + right.width() < self.width { whole } else { clean(&place) };
        let line = self.ends((left, self.bold()), (right, self.dim()));
        Block { rank: rank::HEAD, lines: vec![line] }
    }

    /// When it ends, and by how much that is later than planned, in as many words as fit.
    fn ending(&self, room: usize) -> String {
        if self.view.mode == Mode::Over {
            return String::new();
        }
        let left = i64::try_from(self.view.to_end.as_secs()).unwrap_or_default();
        let end = self.look.now.wrapping_add(SignedDuration::from_secs(left));
        let end = format!("ends {}", end.strftime("%H:%M"));
        let late = match self.view.late / 60 {
            0 => return end,
            late @ 1.. => format!("{late} min late"),
            early => format!("{} min early", -early),
        };
        let whole = format!("{end}, {late}");
        if whole.width() <= room { whole } else { end }
    }

    /// How much of the session is behind.
    fn progress(&self) -> Block {
        let view = self.view;
        let whole = view.plan.length().0.max(1);
        let left = u32::try_from(view.to_end.as_secs()).unwrap_or(u32::MAX).min(whole);
        let done = self.width as u64 * u64::from(whole - left) / u64::from(whole);
        let done = (done as usize).min(self.width);
        let ink = self.ink(view.stage.depth);
        let bar = format!("{}{}", "━".repeat(done), "─".repeat(self.width - done));
        Block { rank: rank::PROGRESS, lines: vec![Line::from(Span::styled(bar, ink))] }
    }

    /// The card, or what whoever leads says in place of one.
    fn card(&self) -> Vec<Block> {
        let view = self.view;
        let is_moving = view.cue.is_some_and(|cue| cue.act == Act::Move);
        let Some(pick) = view.card.filter(|_| !is_moving) else { return self.said_alone() };
        let (deck, card) = pick.of(self.decks);
        let ink = self.ink(card.depth);
        let category = deck.category(card);
        let left = format!("{} {}", emblem(&category.emblem), clean(&category.label));
        let right = card.depth.map(|depth| self.depth(deck, depth, left.width()));
        let right = [right, Some(card.code.to_string())].into_iter().flatten();
        let right = right.collect::<Vec<_>>().join("  ");
        let ends = self.ends((left, ink.patch(self.bold())), (right, ink));
        let room = self.width.saturating_sub(2).max(1);
        let line = |line: String| Line::from(Span::styled(format!("  {line}"), self.bold()));
        let prompt = balanced(&clean(&card.prompt), room).into_iter().map(line).collect();
        let mut blocks = vec![
            Block { rank: rank::CATEGORY, lines: vec![ends] },
            self.air(),
            Block { rank: rank::PROMPT, lines: prompt },
            self.air(),
        ];
        let water = Line::from(Span::styled("~".repeat(self.width), ink));
        blocks.push(Block { rank: rank::WATER, lines: vec![water] });
        if let Some(words) = listener(deck, card) {
            let italic = self.dressed(Style::new().add_modifier(Modifier::ITALIC));
            blocks.push(Block { rank: rank::LISTENER, lines: self.wrapped(&words, 2, italic) });
        }
        blocks.extend(self.said(&view.stage.say));
        blocks.extend(self.seats());
        blocks
    }

    fn depth(&self, deck: &Deck, depth: Depth, beside: usize) -> String {
        let whole = format!("{} {}", clean(deck.depth_name(depth)), rings(depth));
        // The code needs some room, too.
        if whole.width() + beside + 8 < self.width { whole } else { rings(depth) }
    }

    /// What whoever leads says, at the beginning of the first stage of a part.
    fn said(&self, say: &[String]) -> Vec<Block> {
        let view = self.view;
        let begins = view.cue.is_some_and(|cue| {
            cue.turn().is_none_or(|turn| (turn.step, turn.turn, turn.beat) == (0, 0, 0))
                && cue.card.unwrap_or_default() == 0
        });
        if say.is_empty() || !begins || !view.plan.opens_part(view.stage) {
            return Vec::new();
        }
        let lines = say.iter().flat_map(|words| self.wrapped(&format!("“{words}”"), 2, self.dim()));
        vec![self.air(), Block { rank: rank::SAID, lines: lines.collect() }]
    }

    /// What is said where no card lies there: first what matters most.
    fn said_alone(&self) -> Vec<Block> {
        let view = self.view;
        let stage = view.stage;
        let moves = view.cue.is_some_and(|cue| cue.act == Act::Move);
        let (first, rest): (String, &[String]) = match (stage.what, &stage.say[..]) {
            _ if moves => (words::farewell(view).into(), &stage.say),
            (What::Opening, [rule, rest @ ..]) if rule == RULE => (rule.clone(), rest),
            (_, [first, rest @ ..]) => (first.clone(), rest),
            (_, []) => (stage.title.clone(), &[]),
        };
        let lines = self.wrapped(&first, 2, self.bold());
        let mut blocks = vec![Block { rank: rank::PROMPT, lines }];
        if !rest.is_empty() {
            let lines = rest.iter().flat_map(|words| self.wrapped(words, 2, Style::new()));
            blocks.push(self.air());
            blocks.push(Block { rank: rank::SAID, lines: lines.collect() });
        }
        if stage.what == What::Opening {
            let head = format!("{}, {}", titles(self.decks), counted_people(view.plan.count()));
            let head = format!("{head}, to depth {}", view.plan.ceiling);
            blocks.push(self.air());
            blocks.push(Block { rank: rank::SAID, lines: self.wrapped(&head, 2, self.dim()) });
        }
        blocks.extend(self.seats());
        blocks
    }

    /// What is done and how long it still takes; the time as a bar where nobody has a turn.
    fn deed(&self) -> Vec<Block> {
        let View { left, whole, sides, .. } = self.view;
        let mut blocks = Vec::new();
        // A turn of several parts has a time for each.
        let has_parts = sides.iter().any(|side| side.is_on && side.whole > *whole);
        if let Some(words) = words::deed(self.view) {
            let beside = if has_parts { TIME_BESIDE } else { 0 };
            let mut lines = self.wrapped_to(&words, 0, self.width - beside.min(self.width - 1));
            if let Some(last) = lines.last_mut().filter(|_| has_parts) {
                last.spans.push(Span::styled(format!(" {}", words::clock(*left)), self.dim()));
            }
            blocks.push(Block { rank: rank::DEED, lines });
        }
        if sides.is_empty() {
            let line = self.bar(None, *left, *whole, true);
            blocks.push(Block { rank: rank::TIME, lines: vec![line] });
        }
        blocks
    }

    /// A timer for each side.
    fn sides(&self) -> Vec<Block> {
        let View { plan, sides, .. } = self.view;
        let names: Vec<String> =
            sides.iter().map(|side| one_line(&words::name(side.who, plan))).collect();
        let most = (self.width / 3).clamp(1, 16);
        let widest = names.iter().map(|name| name.width()).max().unwrap_or_default().min(most);
        let side = |(side, name): (&Side, &String)| {
            let rank = if side.is_on { rank::TIME } else { rank::OTHERS };
            let name = shortened(name, widest);
            let line = self.bar(Some((&name, widest)), side.left, side.whole, side.is_on);
            Block { rank, lines: vec![line] }
        };
        let mut blocks: Vec<Block> = sides.iter().zip(&names).map(side).collect();
        let has_groups = self.view.stage.seating.groups.len() > 1;
        if has_groups && !sides.is_empty() && !self.view.is_longer {
            let others = self.view.stage.other_turns();
            let lines = others.iter().flat_map(|words| self.wrapped(words, 2, self.dim()));
            blocks.push(Block { rank: rank::SEATS, lines: lines.collect() });
        }
        blocks
    }

    /// A name with the room that names have, a bar that grows shorter, and what is left.
    fn bar(
        &self,
        name: Option<(&str, usize)>,
        left: Duration,
        whole: Duration,
        is_on: bool,
    ) -> Line<'static> {
        let over = if is_on { self.view.over } else { Duration::ZERO };
        let time = match over.as_secs() {
            0 => words::clock(left),
            _ => format!("+{}", words::clock(Duration::from_secs(over.as_secs()))),
        };
        let halted = is_on && matches!(self.view.mode, Mode::Paused | Mode::Slept);
        let sign = if halted {
            "‖"
        } else if is_on {
            "▶"
        } else {
            " "
        };
        let name = name.map_or(String::new(), |(name, room)| {
            format!("{name}{}  ", " ".repeat(room.saturating_sub(name.width())))
        });
        let room = self.width.saturating_sub(name.width() + 2 + 8);
        let full = if whole.is_zero() { 0.0 } else { left.as_secs_f64() / whole.as_secs_f64() };
        let rest = ((room as f64 * full).ceil() as usize).min(room);
        let bar = format!("{}{}", "━".repeat(rest), "┄".repeat(room - rest));
        let ink = if is_on { self.ink(self.view.stage.depth) } else { self.dim() };
        let style = if is_on { self.bold() } else { self.dim() };
        Line::from(vec![
            Span::styled(format!("{sign} {name}"), style),
            Span::styled(bar, ink),
            Span::styled(format!("{time:>8}"), style),
        ])
    }

    /// Who sits with whom, while people move and while they are told what comes.
    fn seats(&self) -> Vec<Block> {
        let View { plan, stage, cue, .. } = self.view;
        let is_told = cue.is_some_and(|cue| match &cue.act {
            Act::Move | Act::Whole => true,
            // Where nobody moves beforehand new seats are told with the beginning.
            Act::Turn(turn) => (turn.step, turn.turn, turn.beat) == (0, 0, 0),
            Act::Together(step) => *step == 0,
        });
        let before = plan.stages.iter().take_while(|other| other.at < stage.at).last();
        let is_new = before.is_none_or(|before| before.seating != stage.seating);
        let stage = match stage.what {
            // The first seats are taken while the opening goes on.
            What::Opening => plan.rounds().next().unwrap_or(stage),
            _ => stage,
        };
        let seating = &stage.seating;
        let is_alone = seating.groups.iter().all(|group| group.len() < 2);
        if !is_told || !is_new || is_alone || seating.groups.len() < 2 {
            return Vec::new();
        }
        let person = |at: &usize| one_line(&plan.people[*at]);
        let group = |group: Vec<usize>| group.iter().map(person).collect::<Vec<_>>().join(" – ");
        let groups: Vec<String> = stage.in_turn().map(group).collect();
        let resting = seating.resting.iter().map(|at| format!("{} rests", person(at)));
        let all: Vec<String> = groups.into_iter().chain(resting).collect();
        let lines = flowed(&all, "   ", self.width.saturating_sub(2));
        let lines = lines.iter().flat_map(|line| self.wrapped(line, 2, Style::new()));
        vec![self.air(), Block { rank: rank::SEATS, lines: lines.collect() }]
    }

    /// What is asked before a deeper card.
    fn question(&self, depth: Depth) -> Vec<Block> {
        let deck = self.view.card.map(|pick| pick.of(self.decks).0);
        let name = deck.map(|deck| format!("{}, ", clean(deck.depth_name(depth))));
        let question = format!(
            "The next card goes deeper: {}{depth} of 5. Does everybody want it?",
            name.unwrap_or_default()
        );
        let rings = Line::from(Span::styled(format!("  {}", rings(depth)), self.ink(Some(depth))));
        let ways = "Enter shows it, n leaves it out, and nobody says why. The time waits.";
        vec![
            Block { rank: rank::CATEGORY, lines: vec![rings] },
            self.air(),
            Block { rank: rank::PROMPT, lines: self.wrapped(&question, 2, self.bold()) },
            self.air(),
            Block { rank: rank::DEED, lines: self.wrapped(ways, 2, Style::new()) },
        ]
    }

    fn end(&self) -> Vec<Block> {
        let lines = self.wrapped("That was all. Thank you.", 2, self.bold());
        let then = "`deckle history` lists the cards, `deckle love CODE` keeps one dear.";
        vec![
            Block { rank: rank::PROMPT, lines },
            self.air(),
            Block { rank: rank::SAID, lines: self.wrapped(then, 2, self.dim()) },
        ]
    }

    /// What was said last, or why the time stands still; the room for it is there in any case.
    fn message(&self) -> Block {
        let halted = match self.view.mode {
            Mode::Paused => Some("paused: space goes on"),
            Mode::Slept => Some("the machine slept, so the time stands still: space goes on"),
            Mode::Running if !self.view.over.is_zero() => Some("the time is over: n goes on"),
            Mode::Running | Mode::Asking(_) | Mode::Over => None,
        };
        match self.look.message.as_deref().or(halted) {
            Some(words) => {
                Block { rank: rank::MESSAGE, lines: self.wrapped(words, 0, self.bold()) }
            }
            None => self.air(),
        }
    }

    /// The keys in short.
    fn keys(&self) -> Block {
        let pause = if self.view.mode == Mode::Running { "space pause" } else { "space go on" };
        let bell = if self.look.is_mute { "m bell on" } else { "m bell off" };
        let all: &[&str] = match self.view.mode {
            Mode::Over => &["b back", "q end"],
            Mode::Asking(_) => &["Enter show", "n leave out", "b back", "q leave"],
            _ => &[
                pause,
                "n next",
                "b back",
                "p pass",
                "s swap",
                "+ a minute",
                bell,
                "h help",
                "q leave",
            ],
        };
        let all: Vec<String> = all.iter().map(|key| (*key).to_owned()).collect();
        let lines = flowed(&all, " · ", self.width);
        let line = |line: String| Line::from(Span::styled(line, self.dim()));
        Block { rank: rank::KEYS, lines: lines.into_iter().map(line).collect() }
    }

    /// The keys at length.
    fn help(&self) -> Vec<Block> {
        const KEYS: [(&str, &str); 9] = [
            ("space", "stop the time, let it go on"),
            ("n  →", "next; a clicker's page down, too"),
            ("b  ←", "back to the beginning of a part"),
            ("p", "pass, no reason: the reserve comes"),
            ("s", "swap with the card in reserve"),
            ("+", "a minute, for later turns as well"),
            ("m", "bell; two rings: a round is over"),
            ("q", "leave; the same command goes on"),
            ("h", "this page; any key closes it"),
        ];
        let key = |(key, words): &(&str, &str)| {
            let mut lines = self.wrapped(words, 6, Style::new());
            if let Some(first) = lines.first_mut() {
                let words: String = first.spans.iter().map(|span| &*span.content).collect();
                let words = words.trim_start().to_owned();
                *first = Line::from(vec![
                    Span::styled(format!("{key:<6}"), self.bold()),
                    Span::raw(words),
                ]);
            }
            Block { rank: rank::DEED, lines }
        };
        KEYS.iter().map(key).collect()
    }
}
