//! What no sheet can be, told with numbers and with the smallest repair.

use crate::impose::catalogue::Format;
use crate::impose::grid::{GridRequest, Room};
use crate::impose::plan::{Duplex, Stacking};
use crate::impose::repair::{alternatives, smallest_paper};
use crate::impose::spec::{Arrangement, EDGE, MarkStyle, Orientation, SheetRequest};
use crate::length::{Length, Size};
use crate::problem::Diagnostic;

const LARGEST_BLEED: Length = Length::mm(25.0);
const LARGEST_GUTTER: Length = Length::mm(100.0);
/// The shortest side of a card.
pub(super) const SMALLEST_CARD: Length = Length::mm(10.0);
/// The shortest side of a paper.
pub(super) const SMALLEST_PAPER: Length = Length::mm(20.0);
/// The longest side of a card or a paper.
pub(super) const LARGEST_SIDE: Length = Length::mm(2_000.0);

impl SheetRequest {
    /// Returns a problem for each setting that no sheet could have.
    pub(super) fn absurdities(&self) -> Vec<Diagnostic> {
        let (card, paper) = (self.card.size, self.paper.size);
        let gutter = self.gutter();
        let half_card = card.width.min(card.height) / 2;
        let lengths = [
            ("gutter", gutter.x, LARGEST_GUTTER),
            ("gutter", gutter.y, LARGEST_GUTTER),
            ("bleed", self.bleed(), LARGEST_BLEED),
            ("corner radius", self.corner_radius(), half_card),
        ];
        let sides = [side("card", card, SMALLEST_CARD), side("paper", paper, SMALLEST_PAPER)];
        let mut problems: Vec<_> = sides.into_iter().flatten().collect();
        if problems.is_empty() {
            problems.extend(lengths.into_iter().filter_map(|(n, v, max)| outside(n, v, max)));
            problems.extend(self.absurd_margin());
            problems.dedup();
        }
        problems
    }

    fn absurd_margin(&self) -> Option<Diagnostic> {
        let (margin, paper) = (self.margin(), self.paper.size);
        let half = paper.width.min(paper.height) / 2;
        if margin < Length::ZERO {
            return outside("margin", margin, half);
        }
        (margin >= half).then(|| {
            let repair = self.largest_margin().map_or("`--margin 5mm`".into(), most_margin);
            let found = format!("margins of {margin} leave nothing of {paper} paper");
            Diagnostic::error("margin-too-large", found).help(alternatives(&[repair]))
        })
    }

    /// Returns a problem if marks are wanted where there is no paper for them.
    pub(super) fn marks_on_faces(&self) -> Option<Diagnostic> {
        let marked = self.arrangement() == Arrangement::Faces && self.marks() != MarkStyle::None;
        marked.then(|| {
            Diagnostic::error("marks-on-faces", "marks on pages that hold one face each")
                .expected("no marks: such a page ends where the bleed ends")
                .help("leave out `--marks`, or print sheets without `--faces` or `--for press`")
        })
    }

    /// Returns a problem if sheets shall be stacked where there are none.
    pub(super) fn stack_of_faces(&self) -> Option<Diagnostic> {
        let stacks = matches!(self.stacking, Some(Stacking::CutAndStack { .. }));
        (self.arrangement() == Arrangement::Faces && stacks).then(|| {
            Diagnostic::error("stack-of-faces", "a stack of pages that hold one face each")
                .expected("sheets of several cards, which are cut and stacked")
                .help("leave out `--stack`, or print sheets without `--faces` or `--for press`")
        })
    }

    /// Returns a problem if sheets shall be folded where there are none.
    pub(super) fn fold_of_faces(&self) -> Option<Diagnostic> {
        let folds = self.duplex == Some(Duplex::Fold);
        (self.arrangement() == Arrangement::Faces && folds).then(|| {
            Diagnostic::error("fold-of-faces", "a fold on pages that hold one face each")
                .expected("sheets with fronts on one half and backs on the other")
                .help(
                    "leave out `--duplex fold`, or print sheets without `--faces` or `--for press`",
                )
        })
    }

    /// Returns a problem for each thing that perforated sheets decide or cannot have.
    pub(super) fn against_stock(&self) -> Vec<Diagnostic> {
        let Some(stock) = &self.stock else { return Vec::new() };
        let decided = [
            ("margin", self.margin.is_some()),
            ("gutter", self.gutter.is_some()),
            ("orientation", self.orientation.is_some_and(|held| held != Orientation::Auto)),
            ("marks", self.marks.is_some_and(|marks| marks != MarkStyle::None)),
        ];
        let decided = decided.into_iter().filter(|(_, asked)| *asked).map(|(flag, _)| {
            let found = format!("`--{flag}` on `{}`, whose cards have their places", stock.id);
            Diagnostic::error("set-by-stock", found).help(format!("leave out `--{flag}`"))
        });
        let folds = self.duplex == Some(Duplex::Fold);
        let fold = folds.then(|| {
            let found = format!("a fold on `{}`, whose cards have their places", stock.id);
            Diagnostic::error("fold-of-stock", found)
                .help("leave out `--duplex fold`, or print on plain paper without `--stock`")
        });
        let faces = (self.arrangement() == Arrangement::Faces).then(|| {
            let found = format!("pages that hold one face each, and the sheets of `{}`", stock.id);
            Diagnostic::error("faces-of-stock", found)
                .help("say `--stock none`, or print sheets without `--faces` or `--for press`")
        });
        let stacked = matches!(self.stacking, Some(Stacking::CutAndStack { .. })).then(|| {
            let found = format!("a stack to be cut of `{}`, which is cut already", stock.id);
            Diagnostic::error("stack-of-stock", found).help("leave out `--stack`")
        });
        decided.chain(fold).chain(faces).chain(stacked).collect()
    }

    /// Returns the problem of a paper that cannot hold one card, and every way out.
    pub(super) fn no_room(&self, papers: &[Format]) -> Diagnostic {
        let (card, margin) = (self.card.size, self.margin());
        let mut repairs = Vec::new();
        if self.grid_on_any(self.paper.size) {
            repairs.push("`--orientation auto`".to_string());
        }
        if let Some(largest) = self.largest_margin() {
            repairs.push(most_margin(largest));
        }
        if let Some(paper) = self.other_paper(papers) {
            repairs.push(format!("`--paper {}` ({})", paper.id, paper.size));
        }
        if let Some(largest) = self.largest_card() {
            repairs.push(format!("a card of at most {largest}"));
        }
        let request = self.grid_request(self.paper.size);
        if request.folded && (GridRequest { folded: false, ..request }).best().is_some() {
            repairs.push("`--duplex auto` (no fold)".to_string());
        }
        let half = if request.folded { "half of " } else { "" };
        let found = format!(
            "a card of {card} does not fit on {half}{} paper with margins of {margin}",
            self.paper.size
        );
        Diagnostic::error("card-too-large", found).help(alternatives(&repairs))
    }

    fn grid_on_any(&self, paper: Size) -> bool {
        let request = self.grid_request(paper);
        GridRequest { orientation: Orientation::Auto, ..request }.best().is_some()
    }

    /// Returns the largest margin that leaves room for one card, down to a tenth of a millimetre.
    fn largest_margin(&self) -> Option<Length> {
        let card = self.card.size;
        let spare = |room: Room| {
            let free = room.trims.size;
            let margin = |free: Length, whole: Length, card: Length, area: Length| {
                // Beside a fold there is a margin of its own, so that one edge gives all the room.
                let edges = if area < whole { 1 } else { 2 };
                (free - card) / edges
            };
            let (page, area) = (room.page, room.area.size);
            let across = margin(free.width, page.width, card.width, area.width);
            across.min(margin(free.height, page.height, card.height, area.height))
        };
        let bare = GridRequest { margin: Length::ZERO, ..self.grid_request(self.paper.size) };
        let room = bare.rooms().map(spare);
        let tenth = Length::mm(0.1);
        room.max().map(|room| tenth * room.times(tenth)).filter(|room| *room >= EDGE)
    }

    fn other_paper<'p>(&self, papers: &'p [Format]) -> Option<&'p Format> {
        let holds_one = |paper| self.grid_request(paper).best().is_some();
        smallest_paper(papers, self.paper.size, holds_one)
    }

    /// Returns the largest card that would do: one held as the asked one is, if there is room for that.
    fn largest_card(&self) -> Option<Size> {
        let is_broad = self.card.size.is_landscape();
        let area = |room: &Size| room.width.to_emu() * room.height.to_emu();
        let rooms = self.grid_request(self.paper.size).rooms().map(|room| room.trims.size);
        let room = rooms.max_by_key(|room| (room.is_landscape() == is_broad, area(room)))?;
        (room.width >= SMALLEST_CARD && room.height >= SMALLEST_CARD).then_some(room)
    }
}

fn most_margin(most: Length) -> String {
    format!("`--margin {}mm`", most.to_mm())
}

/// Returns a problem if a side is shorter than `least`, or longer than that of any paper.
pub(super) fn side(what: &str, size: Size, least: Length) -> Option<Diagnostic> {
    let within = |side: Length| (least..=LARGEST_SIDE).contains(&side);
    (!within(size.width) || !within(size.height)).then(|| {
        Diagnostic::error("size-out-of-range", format!("a {what} of {size}"))
            .expected(format!("sides of {least} to {LARGEST_SIDE}"))
            .help(format!("`deckle list {}` has some", list_of(what)))
    })
}

fn list_of(what: &str) -> &'static str {
    if what == "card" { "sizes" } else { "papers" }
}

fn outside(what: &'static str, value: Length, most: Length) -> Option<Diagnostic> {
    (value < Length::ZERO || value > most).then(|| {
        let nearest = if value < Length::ZERO { Length::ZERO } else { most };
        let flag = what.replace(' ', "-");
        Diagnostic::error("length-out-of-range", format!("a {what} of {value}"))
            .expected(format!("0 mm to {most}"))
            .help(format!("`--{flag} {}mm` would do", nearest.to_mm()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::impose::properties::requests;
    use crate::impose::spec::tests::request;
    use crate::impose::{Catalogues, Purpose};
    use crate::length::Axes;

    fn refusals(request: &SheetRequest) -> Vec<String> {
        let problems = request.resolve(&Catalogues::bundled().papers).unwrap_err();
        let told = |p: Diagnostic| {
            let expected = p.expected.map_or(String::new(), |e| format!(" | {e}"));
            format!("{}{expected} | {}", p.found, p.help.unwrap_or_default())
        };
        problems.into_iter().map(told).collect()
    }

    #[test]
    fn a_card_larger_than_the_paper_is_told_every_way_out() {
        assert_eq!(
            refusals(&request("210x290mm", "a4")),
            ["a card of 210 × 290 mm does not fit on 210 × 297 mm paper with margins of 5 mm | \
              `--paper a3` (297 × 420 mm) or a card of at most 200 × 287 mm would do"]
        );
        assert_eq!(
            refusals(&request("tarot", "a7")),
            ["a card of 69.85 × 120.65 mm does not fit on 74 × 105 mm paper with margins of 5 mm \
              | `--paper a6` (105 × 148 mm) or a card of at most 64 × 95 mm would do"]
        );
        let mut broad = request("150x280mm", "a4");
        broad.orientation = Some(Orientation::Landscape);
        assert_eq!(
            refusals(&broad),
            ["a card of 150 × 280 mm does not fit on 210 × 297 mm paper with margins of 5 mm | \
              `--orientation auto`, `--paper a3` (297 × 420 mm) or a card of at most \
              287 × 200 mm would do"]
        );
        assert_eq!(
            refusals(&request("8x11in", "letter")),
            ["a card of 203.2 × 279.4 mm does not fit on 215.9 × 279.4 mm paper with margins of \
              5 mm | `--paper legal` (215.9 × 355.6 mm) or a card of at most 205.9 × 269.4 mm \
              would do"]
        );
    }

    #[test]
    fn a_card_larger_than_half_the_paper_is_told_what_could_be_folded() {
        let folded = SheetRequest { duplex: Some(Duplex::Fold), ..request("120x120mm", "a5") };
        assert_eq!(
            refusals(&folded),
            [
                "a card of 120 × 120 mm does not fit on half of 148 × 210 mm paper with margins of 5 mm \
              | `--paper a4` (210 × 297 mm), a card of at most 93 × 138 mm or `--duplex auto` (no \
              fold) would do"
            ]
        );
        let wide = SheetRequest {
            card: request("poker", "a5").card,
            margin: Some(Length::mm(32.0)),
            ..folded
        };
        assert!(refusals(&wide)[0].contains("| `--margin 30mm`, `--paper "));
        assert!(refusals(&wide)[0].contains("a card of at most 66 × 84 mm or "));
    }

    #[test]
    fn a_margin_that_leaves_nothing_is_refused_with_one_that_would_do() {
        let mut wide = request("poker", "a4");
        wide.margin = Some(Length::mm(105.0));
        assert_eq!(
            refusals(&wide),
            ["margins of 105 mm leave nothing of 210 × 297 mm paper | `--margin 73.5mm` would do"]
        );
        wide.margin = Some(Length::mm(80.0));
        assert!(refusals(&wide)[0].contains("| `--margin 73.5mm`, `--paper "));
    }

    #[test]
    fn absurd_lengths_are_all_told_at_once() {
        let mut absurd = request("poker", "a4");
        absurd.gutter = Some(Axes::all(Length::mm(-1.0)));
        absurd.bleed = Some(Length::mm(300.0));
        absurd.margin = Some(Length::mm(-2.0));
        absurd.corner_radius = Some(Length::mm(40.0));
        assert_eq!(
            refusals(&absurd),
            [
                "a gutter of -1 mm | 0 mm to 100 mm | `--gutter 0mm` would do",
                "a bleed of 300 mm | 0 mm to 25 mm | `--bleed 25mm` would do",
                "a corner radius of 40 mm | 0 mm to 31.5 mm | `--corner-radius 31.5mm` would do",
                "a margin of -2 mm | 0 mm to 105 mm | `--margin 0mm` would do",
            ]
        );
        absurd.margin = Some(Length::emu(i64::MAX));
        assert_eq!(refusals(&absurd).len(), 4);
    }

    #[test]
    fn absurd_sizes_are_refused() {
        assert_eq!(
            refusals(&request("0x88mm", "9x9cm")),
            ["a card of 0 × 88 mm | sides of 10 mm to 2000 mm | `deckle list sizes` has some"]
        );
        assert_eq!(
            refusals(&request("poker", "-210x297mm")),
            [
                "a paper of -210 × 297 mm | sides of 20 mm to 2000 mm | `deckle list papers` has some"
            ]
        );
    }

    #[test]
    fn marks_have_no_place_on_faces() {
        let mut faces = SheetRequest { purpose: Purpose::Press, ..request("poker", "a4") };
        faces.marks = Some(MarkStyle::Crop);
        assert_eq!(
            refusals(&faces),
            [
                "marks on pages that hold one face each | no marks: such a page ends where the bleed \
              ends | leave out `--marks`, or print sheets without `--faces` or `--for press`"
            ]
        );
    }

    proptest! {
        #[test]
        fn every_way_out_leads_out(request in requests()) {
            let papers = Catalogues::bundled().papers;
            let told = request.resolve(&papers).err().unwrap_or_default();
            let request = || request.clone();
            let mut others = Vec::new();
            if told.iter().any(|problem| problem.code.ends_with("-too-large")) {
                let margin = request().largest_margin().map(Some);
                others.extend(margin.map(|margin| SheetRequest { margin, ..request() }));
            }
            if told.iter().any(|problem| problem.code == "card-too-large") {
                let paper = request().other_paper(&papers).cloned();
                others.extend(paper.map(|paper| SheetRequest { paper, ..request() }));
                let square = Format { corner_radius: Length::ZERO, ..request().card };
                let card = request().largest_card().map(|size| Format { size, ..square });
                others.extend(card.map(|card| SheetRequest { card, ..request() }));
                let unfolds = told[0].help.iter().any(|help| help.contains("--duplex auto"));
                others.extend(unfolds.then(|| SheetRequest { duplex: None, ..request() }));
            }
            for other in others {
                prop_assert!(other.resolve(&papers).is_ok());
            }
        }
    }
}
