//! Sheets that are perforated or cut before they are printed: where their cards stand.

use crate::impose::catalogue::Format;
use crate::length::{Axes, Length, Point, Rect, Size};

/// How far ink may run past a card where the sheet has gaps: what gLabels allows.
const MOST_OVERPRINT: Length = Length::mm(1.6);

/// A sheet of cards that are parted by perforations or cuts, as it is bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// The name on the command line, in lower case, such as `avery-5371`.
    pub id: String,
    /// What it is, for people.
    pub name: String,
    /// The paper, as the catalogue of papers has it.
    pub sheet: Format,
    /// The page as it is held: upright or broad.
    pub page: Size,
    /// The trim of each card.
    pub card: Size,
    /// The radius of the card's corners; nothing where they are square or no source says it.
    pub corner_radius: Length,
    /// The number of cards from left to right.
    pub columns: usize,
    /// The number of cards from top to bottom.
    pub rows: usize,
    /// The top left corner of the first card, measured from that of the page.
    pub origin: Point,
    /// The step from one card to the next: the card and the gap.
    pub pitch: Axes<Length>,
    /// Other names that the command line understands: product numbers, with their maker and alone.
    pub aliases: Vec<String>,
    /// Where the figures come from, such as `glabels`; nothing for a sheet of one's own.
    pub sources: Vec<String>,
    /// What is doubtful about the figures.
    pub note: Option<String>,
}

impl Stock {
    /// Returns the number of cards on one side.
    pub const fn cells(&self) -> usize {
        self.columns * self.rows
    }

    /// Returns the outline of all cards together.
    pub fn outline(&self) -> Rect {
        let (columns, rows) = (self.columns as i64 - 1, self.rows as i64 - 1);
        let width = self.pitch.x * columns + self.card.width;
        let height = self.pitch.y * rows + self.card.height;
        Rect::new(self.origin, Size::new(width, height))
    }

    /// Returns how far the right margin is wider than the left one, and the bottom one than the top
    /// one; nothing in both directions where the cards stand in the middle.
    ///
    /// What is printed on the back of such a sheet must be mirrored about the sheet, not about the
    /// cards. More than a few millimetres are rather a slip in the figures than the maker's will.
    pub fn imbalance(&self) -> Axes<Length> {
        let (page, outline) = (self.page, self.outline());
        Axes {
            x: page.width - outline.right() - outline.left(),
            y: page.height - outline.bottom() - outline.top(),
        }
    }

    /// Returns how far ink may run out of a card into the gaps: half of the gap, 1.6 mm at most,
    /// and nothing where cards touch or none stands beside.
    pub fn overprint(&self) -> Axes<Length> {
        let room = |count: usize, pitch: Length, card: Length| {
            let gap = if count > 1 { pitch - card } else { Length::ZERO };
            (gap / 2).min(MOST_OVERPRINT)
        };
        Axes {
            x: room(self.columns, self.pitch.x, self.card.width),
            y: room(self.rows, self.pitch.y, self.card.height),
        }
    }
}
