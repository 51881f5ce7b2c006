//! A card's words, shaped; and the setting of them that fits the card.

use std::sync::Arc;

use crate::deck::{Card, Category, Deck, Depth, Kind};
use crate::font::Role;
use crate::length::Length;
use crate::scene::Scene;
use crate::typeset::paragraph::{Lines, Paragraph, Step};
use crate::typeset::{Language, Line, LineStyle};

use super::Chart;
use super::guide::ITEM_INDENT;

/// A card whose words are shaped.
#[derive(Clone, Debug)]
pub struct CardText {
    /// The kind, which decides the layout.
    pub(super) kind: Kind,
    /// The prompt; of a script its stems, of a rule its title and items, of a legend its title and
    /// the names of the depths.
    pub(super) main: Box<[Paragraph]>,
    /// What stands under the waterline.
    pub(super) beneath: Paragraph,
    /// How long it takes.
    pub(super) minutes: Option<Box<Line>>,
    /// The depth, which colours the waterline.
    pub(super) depth: Option<Depth>,
    /// The deck's credit, on the cards with its rules.
    pub(super) credit: Option<Box<Line>>,
    /// What this card shares with others of its category and depth.
    pub(super) header: Arc<Scene>,
}

/// The lines of a card that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub(super) main: Box<[Lines]>,
    pub(super) beneath: Option<Box<Lines>>,
    /// Whether the text takes all the room there is at a pinch: a low waterline, or the items of a
    /// rule close together.
    pub(super) tight: bool,
}

impl Setting {
    /// Returns the size that the prompt is set in.
    pub fn size(&self) -> Length {
        self.main.first().map_or(Length::ZERO, |lines| lines.step.size)
    }
}

/// The part of a card that does not fit, and by how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Which part it is.
    pub part: Part,
    /// How many lines it takes at the smallest size; none where a single word is wider than a line.
    pub lines: Option<usize>,
    /// How many lines there is room for.
    pub room: usize,
    /// The smallest size.
    pub size: Length,
}

/// A part of a card's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The prompt as a whole, or the title of a rule.
    Prompt,
    /// One of several stems or items, counted from 1.
    Item(usize),
    /// The line under the water.
    Beneath,
}

impl Chart<'_> {
    /// Shapes the words of `card`, which is one of `deck`.
    ///
    /// Words are shaped once in a run; this is the only step that needs the chart for itself.
    pub fn prepare(&mut self, deck: &Deck, card: &Card) -> CardText {
        let language = card.language.as_deref().unwrap_or(&deck.meta.language);
        let shape = |text: &str, role, chart: &mut Self| {
            Paragraph::new(text, role, language, &mut chart.lexicon)
        };
        let mut main: Vec<Paragraph> =
            parts(card).iter().map(|part| shape(part, Role::Prompt, self)).collect();
        if card.kind == Kind::Open {
            main.extend(deck.meta.depths.iter().map(|name| shape(name, Role::Prompt, self)));
        }
        let beneath = card.follow_up.as_deref().unwrap_or_default();
        let beneath = shape(beneath, Role::Italic, self);
        let minutes = card.minutes.as_ref().map(|minutes| {
            let style = LineStyle::new(Role::Label, self.grid.pt(8.0));
            Box::new(Line::new(&Language::named(language).minutes(minutes), style, self.fonts()))
        });
        let category: Option<&Category> = deck.categories.get(usize::from(card.category));
        let header = self.header(category, card);
        let credit = deck.meta.credit.as_deref().filter(|_| card.kind == Kind::Rule);
        let credit = credit.and_then(|credit| self.credit(credit)).map(Box::new);
        let (kind, depth) = (card.kind, card.depth);
        CardText { kind, main: main.into(), beneath, minutes, depth, credit, header }
    }

    /// Sets a credit on one line, smaller where it would be wider than the type; none where no size
    /// makes it fit.
    fn credit(&mut self, credit: &str) -> Option<Line> {
        let line =
            |size| Line::new(credit, LineStyle::new(Role::Small, self.grid.pt(size)), self.fonts());
        let fitting =
            [5.5, 5.0].map(line).into_iter().find(|line| line.width() <= self.grid.measure());
        if fitting.is_none() && !self.long_credits.iter().any(|known| known == credit) {
            self.long_credits.push(credit.to_owned());
        }
        fitting
    }

    /// Returns the characters of a card that no font has, each once.
    pub fn missing(&self, text: &CardText) -> String {
        if self.lexicon.is_complete() {
            return String::new();
        }
        let mut missing = String::new();
        for paragraph in text.main.iter().chain([&text.beneath]) {
            let found = paragraph.missing(&self.lexicon);
            missing.extend(found.chars().filter(|&c| !missing.contains(c)).collect::<Vec<_>>());
        }
        missing
    }

    /// Returns the first setting of the scale that fits the card.
    ///
    /// # Errors
    ///
    /// The first part that does not fit.
    pub fn fit(&self, text: &CardText) -> Result<Setting, Misfit> {
        let beneath = self.fit_beneath(text)?;
        let (main, tight) = match text.kind {
            Kind::Script => (self.fit_stems(text)?, false),
            Kind::Rule => self.fit_rule(text)?,
            Kind::Open => (self.fit_legend(text)?, false),
            kind => self.fit_prompt(text, kind == Kind::Finish)?,
        };
        Ok(Setting { main, beneath, tight })
    }

    fn fit_prompt(&self, text: &CardText, blank: bool) -> Result<(Box<[Lines]>, bool), Misfit> {
        let steps = self.grid.prompt_steps(usize::from(blank));
        let Some(prompt) = text.main.first() else { return Ok((Box::default(), false)) };
        let measure = self.grid.measure();
        if let Some(lines) = prompt.fit(&steps, measure, &self.lexicon) {
            return Ok(([lines].into(), false));
        }
        let clear = text.beneath.is_empty() && text.minutes.is_none() && !text.kind.is_guide();
        let low = [self.grid.low_step()];
        if let Some(lines) = prompt.fit(&low, measure, &self.lexicon).filter(|_| clear && !blank) {
            return Ok(([lines].into(), true));
        }
        let last = if clear && !blank { low[0] } else { steps[steps.len() - 1] };
        Err(self.misfit(prompt, last, measure, Part::Prompt))
    }

    fn fit_stems(&self, text: &CardText) -> Result<Box<[Lines]>, Misfit> {
        let step = Step { size: self.grid.pt(13.0), leading: self.grid.pt(17.0), lines: 1 };
        let room = if self.grid.trim.height < Length::mm(75.0) { 3 } else { 4 };
        if text.main.len() > room {
            let lines = Some(text.main.len());
            return Err(Misfit { part: Part::Prompt, lines, room, size: step.size });
        }
        self.fit_each(&text.main, 1, step, self.grid.measure())
    }

    fn fit_rule(&self, text: &CardText) -> Result<(Box<[Lines]>, bool), Misfit> {
        let Some((title, items)) = text.main.split_first() else {
            return Ok((Box::default(), false));
        };
        let steps = [(15.5, 20.0), (13.0, 17.0)].map(|(size, leading)| Step {
            size: self.grid.pt(size),
            leading: self.grid.pt(leading),
            lines: 1,
        });
        let measure = self.grid.measure();
        let title = title
            .fit(&steps, measure, &self.lexicon)
            .ok_or_else(|| self.misfit(title, steps[1], measure, Part::Prompt))?;
        let step = Step { size: self.grid.pt(9.5), leading: self.grid.pt(12.5), lines: usize::MAX };
        let narrow = measure - ITEM_INDENT.scaled(self.grid.scale);
        let items = self.fit_each(items, 1, step, narrow)?;
        let tight = self.fit_height(&items, step)?;
        Ok((std::iter::once(title).chain(items).collect(), tight))
    }

    /// Checks that the items of a rule end above its waterline, and returns whether they must stand
    /// close together for it.
    fn fit_height(&self, items: &[Lines], step: Step) -> Result<bool, Misfit> {
        let lines: usize = items.iter().map(Lines::count).sum();
        let room = |tight| {
            let gaps = self.item_gap(tight) * items.len().saturating_sub(1) as i64;
            let height = self.rule_waterline() - Length::mm(3.2) - self.first_item() - gaps;
            height.times(step.leading) as usize + 1
        };
        match [false, true].into_iter().find(|tight| lines <= room(*tight)) {
            Some(tight) => Ok(tight),
            None => Err(Misfit {
                part: Part::Prompt,
                lines: Some(lines),
                room: room(true),
                size: step.size,
            }),
        }
    }

    fn fit_legend(&self, text: &CardText) -> Result<Box<[Lines]>, Misfit> {
        let Some((title, names)) = text.main.split_first() else { return Ok(Box::default()) };
        let steps = [(18.0, 23.0), (15.5, 20.0)].map(|(size, leading)| Step {
            size: self.grid.pt(size),
            leading: self.grid.pt(leading),
            lines: 2,
        });
        let measure = self.grid.measure();
        let title = title
            .fit(&steps, measure, &self.lexicon)
            .ok_or_else(|| self.misfit(title, steps[1], measure, Part::Prompt))?;
        let step = Step { size: self.grid.pt(11.0), leading: self.grid.pt(14.5), lines: 1 };
        let names = self.fit_each(names, 1, step, measure - self.grid.mm(9.4))?;
        Ok(std::iter::once(title).chain(names).collect())
    }

    fn fit_each(
        &self,
        parts: &[Paragraph],
        first: usize,
        step: Step,
        measure: Length,
    ) -> Result<Box<[Lines]>, Misfit> {
        let fit = |(at, part): (usize, &Paragraph)| {
            part.fit(&[step], measure, &self.lexicon)
                .ok_or_else(|| self.misfit(part, step, measure, Part::Item(at + first)))
        };
        parts.iter().enumerate().map(fit).collect()
    }

    fn fit_beneath(&self, text: &CardText) -> Result<Option<Box<Lines>>, Misfit> {
        if text.beneath.is_empty() || text.kind == Kind::Open {
            return Ok(None);
        }
        let measure = match text.kind {
            Kind::Pause => self.grid.mm(32.0),
            _ => self.grid.measure(),
        };
        let lowered = if text.minutes.is_some() { self.grid.mm(4.9) } else { Length::ZERO };
        let mut steps = self.grid.beneath_steps(lowered);
        if text.kind == Kind::Rule {
            steps.iter_mut().for_each(|step| step.lines = 1);
        }
        let last = steps[steps.len() - 1];
        let lines = text.beneath.fit(&steps, measure, &self.lexicon);
        lines
            .map(|lines| Some(Box::new(lines)))
            .ok_or_else(|| self.misfit(&text.beneath, last, measure, Part::Beneath))
    }

    fn misfit(&self, text: &Paragraph, step: Step, measure: Length, part: Part) -> Misfit {
        let all = Step { lines: usize::MAX, ..step };
        let lines = text.fit(&[all], measure, &self.lexicon).map(|lines| lines.count());
        Misfit { part, lines, room: step.lines, size: step.size }
    }
}

/// Parts the prompt of a card as its kind asks for: a script into stems, a rule into title and
/// items, at line breaks or ` / `; stems and unfinished sentences lose their dots, for which a line
/// is drawn.
fn parts(card: &Card) -> Vec<String> {
    let undotted = |text: &str| text.trim().trim_end_matches(['…', '.', ' ']).to_owned();
    match card.kind {
        Kind::Script => split(&card.prompt).map(undotted).filter(|stem| !stem.is_empty()).collect(),
        Kind::Rule => split(&card.prompt).map(|item| unnumbered(item).to_owned()).collect(),
        Kind::Finish => {
            let text = card.prompt.trim();
            let open = text.ends_with('…') || text.ends_with("...");
            vec![if open { undotted(text) } else { text.to_owned() }]
        }
        _ => vec![card.prompt.to_string()],
    }
}

fn split(prompt: &str) -> impl Iterator<Item = &str> {
    let lines = prompt.split('\n').flat_map(|line| line.split(" / "));
    lines.map(str::trim).filter(|line| !line.is_empty())
}

/// Returns an item without the figure or the bullet that its author gave it.
fn unnumbered(item: &str) -> &str {
    let digits = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if digits.len() < item.len() {
        digits.strip_prefix(['.', ')']).unwrap_or(item)
    } else {
        item.strip_prefix(['-', '•', '*']).filter(|rest| rest.starts_with(' ')).unwrap_or(item)
    };
    rest.trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_lose_their_authors_figures() {
        assert_eq!(unnumbered("1. Read aloud."), "Read aloud.");
        assert_eq!(unnumbered("2) Swap."), "Swap.");
        assert_eq!(unnumbered("- Swap."), "Swap.");
        assert_eq!(unnumbered("3 minutes each."), "3 minutes each.");
        assert_eq!(unnumbered("*Stop* whenever."), "*Stop* whenever.");
    }
}
