//! Slides for a projector: the round, the prompt, whose turn it is and how long.

use super::Paper;
use crate::deck::{Depth, Pick};
use crate::font::Role;
use crate::length::{Length, Point, Rect, Size};
use crate::problem::Diagnostic;
use crate::scene::{Ink, Item, Page, Path, Scene, Shape, Stroke};
use crate::session::{RULE, Stage, TimedStep, What};
use crate::typeset::chart::inks;
use crate::typeset::chart::rings::rings;
use crate::typeset::paragraph::{Place, Step};
use crate::typeset::{Anchor, Lexicon, Line, LineStyle, Paragraph};

/// A slide: sixteen to nine.
const SLIDE: Size = Size::mm(320.0, 180.0);

/// The border of a slide.
const MARGIN: Length = Length::mm(22.0);

/// The sizes of a prompt, the largest first: readable from the last row.
const PROMPT: [Step; 5] = [
    Step { size: Length::pt(52.0), leading: Length::pt(64.0), lines: 3 },
    Step { size: Length::pt(44.0), leading: Length::pt(54.0), lines: 4 },
    Step { size: Length::pt(36.0), leading: Length::pt(45.0), lines: 5 },
    Step { size: Length::pt(28.0), leading: Length::pt(35.0), lines: 6 },
    Step { size: Length::pt(20.0), leading: Length::pt(25.0), lines: 9 },
];

/// The sizes of what is done.
const STEPS: [Step; 3] = [
    Step { size: Length::pt(20.0), leading: Length::pt(27.0), lines: 3 },
    Step { size: Length::pt(17.0), leading: Length::pt(22.0), lines: 4 },
    Step { size: Length::pt(13.0), leading: Length::pt(17.0), lines: 6 },
];

/// The grey of what is said by the way.
const GREY: Ink = Ink::new([0x59; 3], [0, 0, 0, 65]);

/// The line under the head.
const WATER: Length = Length::mm(33.0);

/// The first baseline of the prompt, and of what is done under it.
const BASELINES: [Length; 2] = [Length::mm(64.0), Length::mm(143.0)];

impl Paper<'_> {
    /// Returns the slides: one with the rule, one for each card and each change of places.
    ///
    /// # Errors
    ///
    /// No font has some of the characters.
    pub fn slides(&self) -> Result<Vec<Page>, Vec<Diagnostic>> {
        let mut slides =
            Slides { paper: self, lexicon: Lexicon::new(self.fonts), pages: Vec::new() };
        let plan = self.plan;
        for stage in plan.to_come() {
            slides.stage(stage);
        }
        let missing = slides.missing();
        if missing.is_empty() {
            return Ok(slides.pages);
        }
        let found = format!("no font has {}", crate::typeset::named_characters(&missing));
        let help = "write the text without them, or leave the slides out";
        Err(vec![Diagnostic::error("no-glyph", found).help(help)])
    }
}

struct Slides<'p, 'a> {
    paper: &'p Paper<'a>,
    lexicon: Lexicon<'a>,
    pages: Vec<Page>,
}

/// What a slide shows.
struct Slide {
    /// At the upper left.
    head: String,
    /// At the upper right.
    aside: String,
    depth: Option<Depth>,
    prompt: String,
    below: String,
    /// At the lower left, small.
    foot: String,
}

impl Slides<'_, '_> {
    fn stage(&mut self, stage: &Stage) {
        let plan = self.paper.plan;
        if stage.moving.0 > 0 {
            self.add(&Slide {
                head: plan.format.title.clone(),
                aside: stage.moving.to_string(),
                depth: None,
                prompt: "Thank each other, and move to your next place.".into(),
                below: String::new(),
                foot: "Your slip says where.".into(),
            });
        }
        let head = plan.place(stage);
        let slide = |prompt: &str, below, foot| Slide {
            head: head.clone(),
            aside: stage.length.to_string(),
            depth: stage.depth,
            prompt: prompt.to_owned(),
            below,
            foot,
        };
        match stage.what {
            What::Opening => self.add(&slide(RULE, String::new(), plan.format.purpose.clone())),
            What::Quiet => {
                let words = stage.say.first().map_or("", String::as_str);
                self.add(&slide(words, String::new(), String::new()));
            }
            _ if stage.cards.is_empty() => {
                let words = stage.say.join(" ");
                let words = if words.is_empty() { &stage.title } else { &words };
                self.add(&slide(words, done(stage), String::new()));
            }
            _ => {
                for pick in &stage.cards {
                    let (prompt, foot) = (self.paper.words(*pick), self.foot(*pick));
                    self.add(&slide(&prompt, done(stage), foot));
                }
            }
        }
    }

    fn foot(&self, pick: Pick) -> String {
        let (deck, card) = pick.of(self.paper.decks);
        format!("{} · {}", deck.category(card).label, card.code)
    }

    fn add(&mut self, slide: &Slide) {
        let mut scene = Scene::default();
        let right = SLIDE.width - MARGIN;
        let ink = slide.depth.map_or(inks::DEEP, inks::of_depth);
        let rings_room = if slide.depth.is_some() { Length::mm(16.0) } else { Length::ZERO };
        if let Some(depth) = slide.depth {
            let center = Point::new(right - Length::mm(5.0), Length::mm(21.0));
            scene.items.extend(rings(depth, center, 1.4).into_iter().map(Item::Shape));
        }
        self.line(&mut scene, &slide.head, (Role::Label, 18.0), (MARGIN, 24.0), Anchor::Left);
        self.line(
            &mut scene,
            &slide.aside,
            (Role::Label, 18.0),
            (right - rings_room, 24.0),
            Anchor::Right,
        );
        let water = Path::line(Point::new(MARGIN, WATER), Point::new(right, WATER));
        scene.items.push(Item::Shape(Shape::stroked(water, Stroke::new(ink, Length::mm(0.8)))));
        self.text(&mut scene, &slide.prompt, Role::Prompt, &PROMPT, (BASELINES[0], Ink::BLACK));
        self.text(&mut scene, &slide.below, Role::Small, &STEPS, (BASELINES[1], GREY));
        self.line(&mut scene, &slide.foot, (Role::Small, 12.0), (MARGIN, 172.0), Anchor::Left);
        let whole = Rect::new(Point::ORIGIN, SLIDE);
        let page = Page { size: SLIDE, trim: whole, bleed: whole, scene, bookmarks: Vec::new() };
        self.pages.push(page);
    }

    /// Writes a line, smaller where it would be too long; `at` is its end and its baseline in mm.
    fn line(
        &mut self,
        scene: &mut Scene,
        words: &str,
        (role, points): (Role, f64),
        (x, baseline): (Length, f64),
        anchor: Anchor,
    ) {
        // Words that no font has are told of with those of the prompt.
        let _ = Paragraph::new(words, role, "en", &mut self.lexicon);
        let fonts = self.lexicon.fonts();
        let style = LineStyle::new(role, Length::pt(points)).inked(GREY);
        let mut line = Line::new(words, style, fonts);
        let room = SLIDE.width - MARGIN * 2;
        if line.width() > room {
            let smaller = Length::pt(points).scaled(room.ratio(line.width()));
            line = Line::new(words, LineStyle { size: smaller, ..style }, fonts);
        }
        line.draw(scene, Point::new(x, Length::mm(baseline)), anchor, fonts);
    }

    fn text(
        &mut self,
        scene: &mut Scene,
        words: &str,
        role: Role,
        steps: &[Step],
        (baseline, ink): (Length, Ink),
    ) {
        if words.is_empty() {
            return;
        }
        let paragraph = Paragraph::new(words, role, "en", &mut self.lexicon);
        let measure = SLIDE.width - MARGIN * 2;
        // Whatever its length, something is shown: at last as small as it takes.
        let mut steps = steps.to_vec();
        let mut last = steps[steps.len() - 1];
        for _ in 0..6 {
            last = Step { size: last.size / 2, leading: last.leading / 2, lines: last.lines * 2 };
            steps.push(last);
        }
        if let Some(lines) = paragraph.fit(&steps, measure, &self.lexicon) {
            let origin = Point::new(MARGIN, baseline);
            paragraph.draw(&lines, Place { origin, measure, ink }, &self.lexicon, scene);
        }
    }

    fn missing(&self) -> String {
        let mut missing = String::new();
        for c in self.lexicon.words().flat_map(|word| self.lexicon.missing(word).chars()) {
            if !missing.contains(c) {
                missing.push(c);
            }
        }
        missing
    }
}

/// Returns what is done with a card, a line for each step.
fn done(stage: &Stage) -> String {
    let steps = stage.steps.iter().map(TimedStep::in_words);
    steps.chain(stage.other_turns()).collect::<Vec<_>>().join("\n")
}
