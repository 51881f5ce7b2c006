//! The blocks that a document is made of.

use std::sync::Arc;

use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Bookmark, Stroke};
use crate::typeset::Paragraph;
use crate::typeset::paragraph::{SetLine, Setting};

use super::strip::{Bond, Mark, Strip, level, outline};
use super::style::{
    ACCENT, BETWEEN, BODY, GREY, HAIRLINE, HEADING, INDENT, LABEL, NUMBER, OVER_HEADING, PALE,
    SMALL_PRINT, SUBTITLE, Style, TICK, TITLE, UNDER_HEADING, UNDER_TITLE,
};
use super::{Align, Document};

/// The space between a frame and the words in it.
const PADDING: Length = Length::mm(4.0);

/// How far over a line to write on the one before it is.
const WRITING: Length = Length::mm(9.0);

/// A column of words: where it begins, from the left of the body, and its width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub left: Length,
    pub width: Length,
}

impl Document<'_> {
    /// Adds the title, with a subtitle under it where that is not empty.
    pub fn title(&mut self, title: &str, subtitle: &str) {
        self.is_titled = true;
        let at = self.strips.len();
        self.block(title, TITLE, OVER_HEADING);
        self.head(at, title, 0);
        self.gap = Length::pt(2.0);
        self.block(subtitle, SUBTITLE, Length::ZERO);
        self.gap = UNDER_TITLE;
    }

    /// Adds a heading, which stays with what follows it.
    pub fn heading(&mut self, words: &str) {
        let at = self.strips.len();
        self.block(words, HEADING, OVER_HEADING);
        self.head(at, words, u8::from(self.is_titled));
        self.gap = UNDER_HEADING;
    }

    /// Adds a paragraph; `*stars*` stress words, and a line break in it stays one.
    pub fn paragraph(&mut self, words: &str) {
        self.block(words, BODY, Length::ZERO);
    }

    /// Adds a paragraph in small print.
    pub fn small_print(&mut self, words: &str) {
        self.block(words, SMALL_PRINT, Length::ZERO);
    }

    /// Adds a list whose items are counted from 1.
    pub fn numbered<T: AsRef<str>>(&mut self, items: impl IntoIterator<Item = T>) {
        let mut gap = Length::ZERO;
        for (number, item) in (1..).zip(items) {
            let at = Point::new(Length::ZERO, self.spec.styled(NUMBER).baseline());
            let figure = self.texts(&number.to_string(), NUMBER, INDENT).into_iter();
            let figure = figure.map(|(text, line)| Mark { text, at, scene: Arc::new(line.scene) });
            self.item(item.as_ref(), gap, figure.collect());
            gap = Length::pt(3.0);
        }
        self.gap = BETWEEN;
    }

    /// Adds a list whose items have a box each, to be ticked.
    pub fn ticked<T: AsRef<str>>(&mut self, items: impl IntoIterator<Item = T>) {
        let mut gap = Length::ZERO;
        for item in items {
            self.item(item.as_ref(), gap, vec![self.tick(Length::ZERO)]);
            gap = Length::pt(3.0);
        }
        self.gap = BETWEEN;
    }

    /// Adds a paragraph in a frame, with a label over it where that is not empty; it stays whole if
    /// a page holds it.
    pub fn aside(&mut self, label: &str, words: &str) {
        let width = self.body.size.width - PADDING * 2;
        let stretch = Stretch { left: PADDING, width };
        let frame = Some(self.frames);
        self.frames += 1;
        let start = self.strips.len();
        self.gap = self.gap.max(BETWEEN * 2);
        let padding = || Strip { height: PADDING - Length::pt(3.0), ..Strip::default() };
        self.push(padding());
        self.lines(label, LABEL, stretch);
        self.lines(words, BODY, stretch);
        self.push(Strip { bond: Bond::Fast, ..padding() });
        for strip in &mut self.strips[start..] {
            strip.frame = frame;
        }
        self.hold(start, Bond::Kept);
        self.gap = BETWEEN * 2;
    }

    /// Adds a line to write on, behind a label where that is not empty.
    pub fn line_to_write_on(&mut self, label: &str) {
        let width = self.body.size.width;
        let room = Stretch { left: Length::ZERO, width: width / 2 };
        let body = self.spec.styled(BODY);
        self.gap = self.gap.max(WRITING - body.leading);
        let start = self.strips.len();
        let end = self.lines(label, LABEL, room);
        if self.strips.len() == start {
            self.push(Strip { height: body.leading, ..Strip::default() });
        }
        let left = if end > Length::ZERO { end + Length::mm(3.0) } else { end };
        let at = Point::new(left, body.baseline() + Length::pt(2.0));
        let scene = level(width - left, Stroke::new(GREY, HAIRLINE));
        let text = self.texts;
        if let Some(last) = self.strips.last_mut() {
            last.marks.push(Mark { text, at, scene });
        }
        self.hold(start, Bond::Fast);
        self.gap = BETWEEN;
    }

    /// Adds a hairline from margin to margin.
    pub fn rule(&mut self) {
        self.gap = self.gap.max(BETWEEN);
        let mark = Mark {
            text: self.texts,
            at: Point::new(Length::ZERO, HAIRLINE / 2),
            scene: level(self.body.size.width, Stroke::new(PALE, HAIRLINE)),
        };
        self.push(Strip { height: HAIRLINE, marks: vec![mark], ..Strip::default() });
        self.gap = BETWEEN;
    }

    /// Adds space, which is left out at the head of a page.
    pub fn space(&mut self, height: Length) {
        self.gap += height.max(Length::ZERO).min(self.body.size.height);
    }

    /// Begins a page with the next block, unless that begins one anyway.
    pub fn page_break(&mut self) {
        self.breaks = true;
    }

    /// Adds blocks that stay on one page if a page holds them.
    pub fn keep_together(&mut self, blocks: impl FnOnce(&mut Self)) {
        let start = self.strips.len();
        blocks(self);
        self.hold(start, Bond::Kept);
    }

    /// Adds a text as wide as the page.
    fn block(&mut self, words: &str, style: Style, gap: Length) {
        self.gap = self.gap.max(gap);
        let stretch = Stretch { left: Length::ZERO, width: self.body.size.width };
        let start = self.strips.len();
        self.lines(words, style, stretch);
        if self.strips.len() > start {
            self.gap = BETWEEN;
        }
    }

    /// Adds an item of a list, with what stands before it on its first line.
    fn item(&mut self, words: &str, gap: Length, before: Vec<Mark>) {
        self.gap = self.gap.max(gap);
        let stretch = Stretch { left: INDENT, width: self.body.size.width - INDENT };
        let start = self.strips.len();
        self.lines(words, BODY, stretch);
        if self.strips.len() == start {
            let height = self.spec.styled(BODY).leading;
            self.push(Strip { height, ..Strip::default() });
        }
        self.strips[start].marks.extend(before);
    }

    /// Adds the lines of a text, of which neither the first nor the last stands alone on a page, and
    /// returns where the last one ends.
    fn lines(&mut self, words: &str, style: Style, stretch: Stretch) -> Length {
        let set = self.texts(words, style, stretch.width);
        let style = self.spec.styled(style);
        let (count, mut end) = (set.len(), Length::ZERO);
        for (at, (text, line)) in set.into_iter().enumerate() {
            end = stretch.left + line.width;
            let mark = placed(text, line, style, stretch, Align::Left);
            let strip = Strip { height: style.leading, marks: vec![mark], ..Strip::default() };
            let bond = if at == 1 || (at > 1 && at + 1 == count) { Bond::Fast } else { Bond::Free };
            self.push(Strip { bond, ..strip });
        }
        end
    }

    /// Makes the strips from `start` on those of a heading.
    fn head(&mut self, start: usize, words: &str, level: u8) {
        self.hold(start, Bond::Fast);
        if let Some(first) = self.strips.get_mut(start) {
            first.bookmark = Some(Bookmark { title: words.replace('*', ""), level });
            self.bond = Bond::Fast;
        }
    }

    /// Binds the strips from `start` on to each other.
    pub(super) fn hold(&mut self, start: usize, bond: Bond) {
        for strip in self.strips.iter_mut().skip(start + 1) {
            strip.bond = strip.bond.max(bond);
        }
    }

    /// Adds a strip with the gap and the bond that wait for it.
    pub(super) fn push(&mut self, strip: Strip) {
        self.strips.push(Strip {
            gap: strip.gap + std::mem::take(&mut self.gap),
            bond: strip.bond.max(std::mem::take(&mut self.bond)),
            breaks: std::mem::take(&mut self.breaks),
            ..strip
        });
    }

    /// Sets a text, and returns its lines with its place in the order of reading.
    pub(super) fn texts(
        &mut self,
        words: &str,
        style: Style,
        measure: Length,
    ) -> Vec<(u32, SetLine)> {
        let size = self.spec.styled(style).size;
        let setting = Setting { role: style.role, size, measure };
        let (ink, language) = (style.ink, &self.spec.language);
        let lines = Paragraph::set(words, setting, ink, language, &mut self.lexicon);
        self.texts += 1;
        lines.into_iter().map(|line| (self.texts, line)).collect()
    }

    /// Returns an empty box `left` of the body's edge, on the first line.
    pub(super) fn tick(&self, left: Length) -> Mark {
        let top = (self.spec.styled(BODY).leading - TICK) / 2;
        let half = HAIRLINE;
        let side = TICK - half * 2;
        let rect = Rect::new(Point::new(half, half), Size::new(side, side));
        let stroke = Stroke::new(ACCENT, half * 2);
        Mark { text: 0, at: Point::new(left, top), scene: outline(rect, stroke) }
    }
}

/// Returns a line at its place in `stretch`.
pub(super) fn placed(
    text: u32,
    line: SetLine,
    style: Style,
    stretch: Stretch,
    align: Align,
) -> Mark {
    let room = stretch.width - line.width;
    let indent = match align {
        Align::Left if line.is_from_right => room,
        Align::Left => Length::ZERO,
        Align::Center => room / 2,
        Align::Right => room,
    };
    let at = Point::new(stretch.left + indent, style.baseline());
    Mark { text, at, scene: Arc::new(line.scene) }
}

/// The line around an aside.
pub(super) const FRAME: Stroke = Stroke::new(ACCENT, Length::pt(0.6));
