//! How words of a document look.

use crate::font::Role;
use crate::length::Length;
use crate::scene::Ink;
use crate::typeset::chart::inks;

/// The grey of what is said by the way: 7:1 on white paper.
pub(super) const GREY: Ink = Ink::new([0x59; 3], [0, 0, 0, 65]);

/// The grey of hairlines.
pub(super) const PALE: Ink = Ink::new([0xA6; 3], [0, 0, 0, 35]);

/// The ink of numbers, as on the cards with rules.
pub(super) const ACCENT: Ink = inks::DEPTHS[3];

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub role: Role,
    pub size: Length,
    pub leading: Length,
    pub ink: Ink,
}

impl Style {
    const fn new(role: Role, size: f64, leading: f64) -> Self {
        let (size, leading) = (Length::pt(size), Length::pt(leading));
        Self { role, size, leading, ink: Ink::BLACK }
    }

    const fn inked(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    /// Returns how far under the top of its strip a line's baseline is: capitals stand in the
    /// middle.
    pub fn baseline(self) -> Length {
        self.leading / 2 + self.size.scaled(0.33)
    }
}

pub(super) const TITLE: Style = Style::new(Role::Prompt, 22.0, 27.0);
pub(super) const SUBTITLE: Style = Style::new(Role::Italic, 12.0, 16.0).inked(GREY);
pub(super) const HEADING: Style = Style::new(Role::Label, 12.0, 16.0);
pub(super) const BODY: Style = Style::new(Role::Small, 10.0, 13.5);
pub(super) const LABEL: Style = Style::new(Role::Label, 10.0, 13.5);
pub(super) const NUMBER: Style = Style::new(Role::Label, 10.0, 13.5).inked(ACCENT);
pub(super) const QUESTION: Style = Style::new(Role::Prompt, 9.5, 13.5);
pub(super) const QUIET: Style = Style::new(Role::Small, 8.5, 13.5).inked(GREY);
pub(super) const SMALL_PRINT: Style = Style::new(Role::Small, 8.5, 11.5).inked(GREY);
pub(super) const COLUMN: Style = Style::new(Role::Label, 8.5, 13.5).inked(GREY);
pub(super) const FOOTER: Style = Style::new(Role::Small, 8.0, 11.0).inked(GREY);

/// The width of hairlines.
pub(super) const HAIRLINE: Length = Length::pt(0.4);

/// The space between two blocks.
pub(super) const BETWEEN: Length = Length::pt(6.5);

/// The space over a heading.
pub(super) const OVER_HEADING: Length = Length::pt(17.0);

/// The space under a heading.
pub(super) const UNDER_HEADING: Length = Length::pt(3.0);

/// The space under the title and its subtitle.
pub(super) const UNDER_TITLE: Length = Length::pt(13.0);

/// How far list items stand behind their numbers or boxes.
pub(super) const INDENT: Length = Length::mm(7.0);

/// The side of a box to tick.
pub(super) const TICK: Length = Length::mm(3.4);
