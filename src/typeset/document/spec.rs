//! What a document is printed on, and its measures.

use crate::length::{Length, Point, Rect, Size};
use crate::problem::Diagnostic;

use super::style::{BODY, FOOTER, Style};

/// The usual border.
const MARGIN: Length = Length::mm(18.0);

/// The space between the last line and the footer.
const OVER_FOOTER: Length = Length::mm(5.0);

/// The least paper, either way.
const LEAST: Length = Length::mm(80.0);

/// What a document is called, and what it is printed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentSpec {
    /// The title at the foot of each page.
    pub title: String,
    /// The paper, broad or upright.
    pub paper: Size,
    /// The language of the words, as a BCP 47 tag. Default: `en`.
    pub language: String,
    /// The size of paragraphs; all other words keep their proportion to it. Default: 10 pt.
    pub size: Length,
}

impl DocumentSpec {
    /// A document in English on `paper`.
    pub fn new(title: &str, paper: Size) -> Self {
        Self { title: title.to_owned(), paper, language: "en".to_owned(), size: BODY.size }
    }

    /// Returns the border: 18 mm, less on paper whose short side is under 144 mm.
    pub fn margin(&self) -> Length {
        MARGIN.min(self.paper.width.min(self.paper.height) / 8)
    }

    /// Returns what lies inside the border.
    pub(super) fn inside(&self) -> Rect {
        let margin = self.margin();
        let Size { width, height } = self.paper;
        let size = Size::new(width - margin * 2, height - margin * 2);
        Rect::new(Point::new(margin, margin), size)
    }

    /// Returns where blocks stand.
    pub(super) fn body(&self) -> Rect {
        let Rect { origin, size } = self.inside();
        let footer = FOOTER.leading + OVER_FOOTER;
        Rect::new(origin, Size::new(size.width, size.height - footer))
    }

    /// Returns a style in its proportion to the size of paragraphs.
    pub(super) fn styled(&self, style: Style) -> Style {
        let factor = self.size.max(Length::pt(1.0)).ratio(BODY.size);
        Style { size: style.size.scaled(factor), leading: style.leading.scaled(factor), ..style }
    }

    pub(super) fn too_small(&self) -> Option<Diagnostic> {
        let found = format!("words do not fit on paper of {}", self.paper);
        let is_small = self.paper.width.min(self.paper.height) < LEAST;
        is_small.then(|| {
            Diagnostic::error("paper-too-small", found)
                .expected("80 mm or more either way")
                .help("choose a larger paper, such as A5")
        })
    }
}
