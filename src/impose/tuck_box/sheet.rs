//! What a box shall be, and the page that holds its net.

use std::ops::RangeInclusive;

use super::net::Net;
use super::size::{BoxSize, stack_of};
use crate::impose::catalogue::Format;
use crate::impose::refusal::{LARGEST_SIDE, SMALLEST_PAPER, side};
use crate::impose::repair::{alternatives, smallest_paper};
use crate::impose::spec::{Orientation, USUAL_MARGIN};
use crate::length::{Length, Point, Rect, Size};
use crate::problem::{Diagnostic, counted};

/// How many cards a box can be asked for.
const CARDS: RangeInclusive<usize> = 1..=2000;

/// How thick a card can be, in a sleeve or out of it.
const THICKNESSES: RangeInclusive<Length> = Length::mm(0.05)..=Length::mm(2.0);

/// How high a measured stack can be.
const STACKS: RangeInclusive<Length> = Length::mm(1.0)..=Length::mm(300.0);

/// The sides that a card can have.
const SIDES: RangeInclusive<Length> = Length::mm(20.0)..=Length::mm(500.0);

/// The steps in which papers and cards are proposed.
const MILLIMETRE: Length = Length::mm(1.0);

/// How high the cards lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stack {
    /// As their number and the thickness of one of them make it.
    Of {
        /// The thickness of a card.
        thickness: Length,
    },
    /// As somebody measured it.
    Measured(Length),
}

impl Stack {
    /// Returns the problem of cards as nobody has them, if these are such.
    pub fn absurdity(self) -> Option<Diagnostic> {
        match self {
            Self::Of { thickness } => outside(
                format!("cards that are {thickness} thick"),
                thickness,
                &THICKNESSES,
                "measure ten of them and divide: `--thickness 0.3mm` is usual",
            ),
            Self::Measured(height) => outside(
                format!("a stack that is {height} high"),
                height,
                &STACKS,
                "press the cards together and measure: `--stack-height 17mm`, for example",
            ),
        }
    }
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxRequest {
    /// The card after cutting.
    pub card: Size,
    /// The number of cards.
    pub cards: usize,
    /// How high they lie.
    pub stack: Stack,
    /// The paper, held either way.
    pub paper: Format,
}

/// The net of a box in the middle of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxSheet {
    /// The card after cutting.
    pub card: Size,
    /// The number of cards.
    pub cards: usize,
    /// How high they lie.
    pub stack: Length,
    /// The page as it is held.
    pub page: Size,
    /// The net.
    pub net: Net,
    /// Where the net's origin stands on the page.
    pub origin: Point,
}

impl BoxSheet {
    /// Returns the smallest box around the net, on the page.
    pub fn outline(&self) -> Rect {
        Rect::new(self.origin, self.net.size)
    }
}

impl BoxRequest {
    /// Returns the box that was asked for, or every reason why there can be none.
    ///
    /// Cut lines keep 5 mm from the edge of the paper. `papers` are those that may be named as a
    /// repair.
    pub fn resolve(&self, papers: &[Format]) -> Result<BoxSheet, Vec<Diagnostic>> {
        let problems = self.absurdities();
        if !problems.is_empty() {
            return Err(problems);
        }
        let net = self.net(self.cards);
        let page = page_for(net.size, self.paper.size);
        let page = page.ok_or_else(|| vec![self.no_room(&net, papers)])?;
        let left = (page.width - net.size.width) / 2;
        let top = (page.height - net.size.height) / 2;
        Ok(BoxSheet {
            card: self.card,
            cards: self.cards,
            stack: self.stack(self.cards),
            page,
            net,
            origin: Point::new(left, top),
        })
    }

    fn stack(&self, cards: usize) -> Length {
        match self.stack {
            Stack::Of { thickness } => stack_of(cards, thickness),
            Stack::Measured(height) => height,
        }
    }

    fn net(&self, cards: usize) -> Net {
        Net::new(BoxSize::around(self.card, self.stack(cards)))
    }

    /// Returns a warning if a measured stack can hardly be one of so many cards.
    pub fn doubt(&self) -> Option<Diagnostic> {
        let Stack::Measured(height) = self.stack else { return None };
        let each = height / i64::try_from(self.cards).ok().filter(|cards| *cards > 0)?;
        let cards = counted(self.cards, "card");
        (!THICKNESSES.contains(&each)).then(|| {
            let found = format!("{cards} in a stack of {height} would be {each} each");
            Diagnostic::warning("cards-in-doubt", found)
                .help("the lid shows how many there are: say it with `--cards`")
        })
    }

    fn absurdities(&self) -> Vec<Diagnostic> {
        let mut problems: Vec<_> =
            side("paper", self.paper.size, SMALLEST_PAPER).into_iter().collect();
        let (card, cards) = (self.card, self.cards);
        if !SIDES.contains(&card.width) || !SIDES.contains(&card.height) {
            let found = format!("a box for cards of {card}");
            let expected = format!("sides of {} to {}", SIDES.start(), SIDES.end());
            problems.push(
                Diagnostic::error("size-out-of-range", found)
                    .expected(expected)
                    .help("`deckle list sizes` has some"),
            );
        }
        if !CARDS.contains(&cards) {
            let found = format!("a box for {cards} cards");
            let expected = format!("{} to {} cards", CARDS.start(), CARDS.end());
            problems.push(
                Diagnostic::error("cards-out-of-range", found)
                    .expected(expected)
                    .help("say how many it shall hold, such as `--cards 54`"),
            );
        }
        problems.extend(self.stack.absurdity());
        problems
    }

    /// Returns the problem of a paper that cannot hold the net, and the ways out.
    fn no_room(&self, net: &Net, papers: &[Format]) -> Diagnostic {
        let paper = self.paper.size;
        let holds = |paper| page_for(net.size, paper).is_some();
        let named = smallest_paper(papers, paper, holds);
        let named = named.map(|paper| format!("`--paper {}` ({})", paper.id, paper.size));
        let mut repairs: Vec<String> = named.into_iter().chain(self.most()).collect();
        if repairs.is_empty() {
            repairs.extend(paper_for(net.size).into_iter().chain(self.largest_card()));
        }
        if repairs.is_empty() {
            repairs.push("fewer and smaller cards".into());
        }
        let found = format!(
            "the net of {} for {} (stack {}) is too large for {paper} paper with margins of \
             {USUAL_MARGIN}",
            net.size,
            counted(self.cards, "card"),
            self.stack(self.cards),
        );
        Diagnostic::error("box-too-large", found).help(alternatives(&repairs))
    }

    /// Returns the most that a box on this paper holds, in words.
    fn most(&self) -> Option<String> {
        let fits = |net: &Net| page_for(net.size, self.paper.size).is_some();
        match self.stack {
            Stack::Of { .. } => {
                let most = (1..self.cards).rev().find(|cards| fits(&self.net(*cards)))?;
                Some(format!("at most {most} cards to a box (`--cards {most}`)"))
            }
            Stack::Measured(height) => {
                let step = Length::mm(0.5);
                let fits = |stack: &Length| fits(&Net::new(BoxSize::around(self.card, *stack)));
                let most = (1..=height.times(step)).rev().map(|steps| step * steps).find(fits)?;
                let flag = format!("`--stack-height {}mm`", most.to_mm());
                Some(format!("a stack of at most {most} to a box ({flag})"))
            }
        }
    }

    /// Returns the largest card of the same shape whose box this paper holds, in words.
    fn largest_card(&self) -> Option<String> {
        let stack = self.stack(self.cards);
        let shape = self.card.height.ratio(self.card.width);
        let card = |width: Length| {
            let height = MILLIMETRE * width.scaled(shape).times(MILLIMETRE);
            Size::new(width, height)
        };
        let can_be = |card: &Size| SIDES.contains(&card.width) && SIDES.contains(&card.height);
        let fits = |card: &Size| {
            let net = Net::new(BoxSize::around(*card, stack));
            page_for(net.size, self.paper.size).is_some()
        };
        let widths = (1..=self.card.width.times(MILLIMETRE)).rev();
        let mut smaller = widths.map(|width| card(MILLIMETRE * width)).filter(can_be);
        let largest = smaller.find(fits)?;
        Some(format!("a card of at most {largest} (`--size {}`)", largest.as_written()))
    }
}

fn outside(
    found: String,
    value: Length,
    range: &RangeInclusive<Length>,
    help: &str,
) -> Option<Diagnostic> {
    (!range.contains(&value)).then(|| {
        Diagnostic::error("length-out-of-range", found)
            .expected(format!("{} to {}", range.start(), range.end()))
            .help(help)
    })
}

/// Returns the paper held so that a net of `size` fits inside its margins; upright if both ways do.
fn page_for(size: Size, paper: Size) -> Option<Size> {
    let room = Size::new(size.width + USUAL_MARGIN * 2, size.height + USUAL_MARGIN * 2);
    Orientation::Auto.pages(paper).find(|page| room.fits(*page))
}

/// Returns the paper of no name that would hold a net of `size`, upright, in words.
fn paper_for(size: Size) -> Option<String> {
    let side = |net: Length| {
        let side = net + USUAL_MARGIN * 2;
        MILLIMETRE * (side + MILLIMETRE - Length::emu(1)).times(MILLIMETRE)
    };
    let (width, height) = (side(size.width), side(size.height));
    let paper = Size::new(width.min(height), width.max(height));
    let words = || format!("paper of at least {paper} (`--paper {}`)", paper.as_written());
    (paper.height <= LARGEST_SIDE).then(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::Catalogues;

    fn request(cards: usize, stack: Stack, paper: &str) -> BoxRequest {
        let catalogues = Catalogues::bundled();
        let (card, paper) = (catalogues.size("poker").unwrap(), catalogues.paper(paper).unwrap());
        BoxRequest { card: card.size, cards, stack, paper }
    }

    const USUAL: Stack = Stack::Of { thickness: Length::mm(0.3) };

    fn refusals(request: &BoxRequest) -> Vec<String> {
        let problems = request.resolve(&Catalogues::bundled().papers).unwrap_err();
        let told = |p: Diagnostic| {
            let expected = p.expected.map_or(String::new(), |e| format!(" | {e}"));
            format!("{}{expected} | {}", p.found, p.help.unwrap_or_default())
        };
        problems.into_iter().map(told).collect()
    }

    #[test]
    fn a_box_for_a_deck_stands_in_the_middle_of_its_paper() {
        for (paper, page) in [("a4", Size::mm(210.0, 297.0)), ("letter", Size::mm(215.9, 279.4))] {
            let sheet = request(54, USUAL, paper).resolve(&[]).unwrap();
            assert_eq!((sheet.page, sheet.stack), (page, Length::mm(17.0)));
            let outline = sheet.outline();
            assert_eq!(outline.left() + outline.right(), page.width);
            assert_eq!(outline.top() + outline.bottom(), page.height);
        }
    }

    #[test]
    fn a_wide_net_turns_the_paper() {
        let sheet = request(110, USUAL, "a4").resolve(&[]).unwrap();
        assert_eq!(sheet.page, Size::mm(297.0, 210.0));
    }

    #[test]
    fn a_net_too_large_is_told_what_would_do() {
        assert_eq!(
            refusals(&request(200, USUAL, "a4")),
            [
                "the net of 268 × 234.5 mm for 200 cards (stack 63 mm) is too large for 210 × 297 mm \
              paper with margins of 5 mm | `--paper a3` (297 × 420 mm) or at most 145 cards to a \
              box (`--cards 145`) would do"
            ]
        );
        let told = refusals(&request(400, USUAL, "a4"));
        assert!(
            told[0].ends_with("| at most 145 cards to a box (`--cards 145`) would do"),
            "{told:?}"
        );
        let told = refusals(&request(400, Stack::Measured(Length::mm(80.0)), "letter"));
        let most = "a stack of at most 48.5 mm to a box (`--stack-height 48.5mm`) would do";
        assert!(told[0].ends_with(most), "{told:?}");
    }

    #[test]
    fn a_card_whose_box_no_paper_holds_is_told_what_would_do() {
        let mut large = request(54, USUAL, "a4");
        large.card = Size::mm(250.0, 350.0);
        let told = refusals(&large);
        let repairs = "| paper of at least 415 × 560 mm (`--paper 415x560mm`) or a card of at most \
                       104 × 145 mm (`--size 104x145mm`) would do";
        assert!(told[0].ends_with(repairs), "{told:?}");
        let other = |card: Size, paper: Size| {
            let paper = Format { size: paper, ..large.paper.clone() };
            BoxRequest { card, paper, ..large.clone() }.resolve(&[]).is_ok()
        };
        assert!(other(large.card, Size::mm(415.0, 560.0)));
        assert!(!other(large.card, Size::mm(414.0, 560.0)));
        assert!(!other(large.card, Size::mm(415.0, 559.0)));
        assert!(other(Size::mm(104.0, 145.0), large.paper.size));
        assert!(!other(Size::mm(105.0, 147.0), large.paper.size));
    }

    #[test]
    fn a_stack_that_cannot_be_of_so_many_cards_is_doubted() {
        let doubt = |cards: usize, height: f64| {
            let stack = Stack::Measured(Length::mm(height));
            request(cards, stack, "a4").doubt().map(|doubt| doubt.found)
        };
        assert_eq!(doubt(54, 17.0), None);
        // Sleeved, every card is as thick as three.
        assert_eq!(doubt(54, 50.0), None);
        let found = "2 cards in a stack of 17 mm would be 8.5 mm each";
        assert_eq!(doubt(2, 17.0).as_deref(), Some(found));
        let found = "500 cards in a stack of 17 mm would be 0.034 mm each";
        assert_eq!(doubt(500, 17.0).as_deref(), Some(found));
        assert_eq!(request(1, USUAL, "a4").doubt(), None);
    }

    #[test]
    fn the_cards_that_are_said_to_fit_do_fit_and_one_more_does_not() {
        let fits = |cards| request(cards, USUAL, "a4").resolve(&[]).is_ok();
        assert!(fits(145) && !fits(146));
    }

    #[test]
    fn absurd_boxes_are_refused_with_the_range() {
        let mut absurd = request(0, Stack::Of { thickness: Length::mm(5.0) }, "a4");
        absurd.card = Size::mm(63.0, -88.0);
        absurd.paper.size = Size::mm(210.0, 9000.0);
        assert_eq!(
            refusals(&absurd),
            [
                "a paper of 210 × 9000 mm | sides of 20 mm to 2000 mm | `deckle list papers` has \
                 some",
                "a box for cards of 63 × -88 mm | sides of 20 mm to 500 mm | `deckle list sizes` \
                 has some",
                "a box for 0 cards | 1 to 2000 cards | say how many it shall hold, such as `--cards 54`",
                "cards that are 5 mm thick | 0.05 mm to 2 mm | measure ten of them and divide: \
                 `--thickness 0.3mm` is usual",
            ]
        );
        for height in [Length::mm(-3.0), Length::ZERO, Length::emu(i64::MAX)] {
            let told = refusals(&request(usize::MAX, Stack::Measured(height), "a4"));
            assert_eq!(told.len(), 2, "{told:?}");
        }
    }
}
