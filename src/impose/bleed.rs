//! How much of the bleed each card can have where it stands.

use crate::impose::grid::Grid;
use crate::impose::spec::{Arrangement, EDGE, Purpose, SheetSpec};
use crate::length::{Axes, Length, Sides};
use crate::problem::Diagnostic;

/// How far tiles of backs reach over one another where cards stand edge to edge, so that viewers
/// draw no hairline of bare paper at the joint.
const OVERLAP: Length = Length::mm(0.1);

/// How far backs run out of the grid at home.
const BACKS_RUN_OUT: Length = Length::mm(2.0);

/// The room that ticks take beyond that.
const TICKS: Length = Length::mm(4.0);

/// The bleed of a sheet: full at the outside, at most half the gutter between cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bleed {
    /// The bleed between neighbouring cards.
    pub inner: Axes<Length>,
    /// The bleed around all cards together.
    pub outer: Axes<Length>,
    /// How far tiles of backs reach over one another.
    pub overlap: Axes<Length>,
}

impl Bleed {
    /// Returns the bleed that there is room for on the sheets of `spec`.
    pub fn of(spec: &SheetSpec) -> Self {
        let (bleed, gutter) = (spec.bleed, spec.gutter);
        let room = match spec.arrangement {
            Arrangement::Faces => Axes::all(bleed),
            Arrangement::Sheets => waste(&spec.grid, EDGE),
        };
        let overlap = |gutter| if gutter == Length::ZERO { OVERLAP } else { Length::ZERO };
        Self {
            inner: Axes { x: bleed.min(gutter.x / 2), y: bleed.min(gutter.y / 2) },
            outer: Axes { x: bleed.min(room.x), y: bleed.min(room.y) },
            overlap: Axes { x: overlap(gutter.x), y: overlap(gutter.y) },
        }
    }

    /// Returns the bleed of backs: at home they run 2 mm out of the grid even where fronts have
    /// white edges, since no printer feeds both sides alike; not where ticks need the room.
    pub fn of_backs(spec: &SheetSpec) -> Self {
        let mut bleed = Self::of(spec);
        let at_home = spec.purpose == Purpose::Home && spec.arrangement == Arrangement::Sheets;
        let room = waste(&spec.grid, EDGE);
        if at_home && room.x.min(room.y) >= BACKS_RUN_OUT + TICKS {
            let run_out = |outer: Length| outer.max(BACKS_RUN_OUT);
            bleed.outer = Axes { x: run_out(bleed.outer.x), y: run_out(bleed.outer.y) };
        }
        bleed
    }

    /// Returns the bleed of the card in `cell`; tiles of backs overlap where `tiled`.
    pub fn sides(&self, grid: &Grid, cell: usize, tiled: bool) -> Sides<Length> {
        let (row, column) = (cell / grid.columns, cell % grid.columns);
        let overlap = if tiled { self.overlap } else { Axes::default() };
        let inner = Axes { x: self.inner.x + overlap.x, y: self.inner.y + overlap.y };
        let side = |is_outer: bool, outer, inner| if is_outer { outer } else { inner };
        Sides {
            left: side(column == 0, self.outer.x, inner.x),
            top: side(row == 0, self.outer.y, inner.y),
            right: side(column + 1 == grid.columns, self.outer.x, inner.x),
            bottom: side(row + 1 == grid.rows, self.outer.y, inner.y),
        }
    }

    /// Returns a note for each place that has less bleed than was asked for.
    pub fn notes(&self, spec: &SheetSpec) -> Vec<Diagnostic> {
        if spec.is_stock {
            // Nothing can be done about the gaps of a sheet as it is bought.
            return Vec::new();
        }
        let (grid, bleed) = (&spec.grid, spec.bleed);
        let mut least = None;
        for (count, inner) in [(grid.columns, self.inner.x), (grid.rows, self.inner.y)] {
            if count > 1 && inner < bleed {
                least = Some(least.map_or(inner, |least: Length| least.min(inner)));
            }
        }
        let between = least.map(|least| {
            let found = format!("a bleed of {bleed} is {least} between cards, half the gutter");
            let help = format!("`--gutter {}mm` makes room for all of it", (bleed * 2).to_mm());
            Diagnostic::note("bleed-clipped", found).help(help)
        });
        let outer = self.outer.x.min(self.outer.y);
        let around = (outer < bleed).then(|| {
            let found =
                format!("a bleed of {bleed} is {outer} around the cards, {EDGE} from the edge");
            let note = Diagnostic::note("bleed-clipped", found);
            if grid.fold().is_some() {
                // Beside a fold no margin can be asked for.
                return note;
            }
            note.help(format!("`--margin {}mm` makes room for all of it", (bleed + EDGE).to_mm()))
        });
        between.into_iter().chain(around).collect()
    }
}

/// Returns how much room there is left and right, above and below the cards, without `edge`.
fn waste(grid: &Grid, edge: Length) -> Axes<Length> {
    let outline = grid.outline();
    let area = grid.area;
    let x = (outline.left() - area.left()).min(area.right() - outline.right());
    let y = (outline.top() - area.top()).min(area.bottom() - outline.bottom());
    Axes { x: (x - edge).max(Length::ZERO), y: (y - edge).max(Length::ZERO) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::Catalogues;
    use crate::impose::spec::{Purpose, SheetRequest};

    fn spec(bleed: f64, gutter: f64, margin: f64) -> SheetSpec {
        let catalogues = Catalogues::bundled();
        let (card, paper) = (catalogues.size("70x99mm"), catalogues.paper("a4"));
        let mut request = SheetRequest::new(Purpose::Home, card.unwrap(), paper.unwrap());
        request.bleed = Some(Length::mm(bleed));
        request.gutter = Some(Axes::all(Length::mm(gutter)));
        request.margin = Some(Length::mm(margin));
        request.resolve(&catalogues.papers).unwrap()
    }

    fn told(spec: &SheetSpec) -> Vec<(String, String)> {
        let notes = Bleed::of(spec).notes(spec);
        notes.into_iter().map(|note| (note.found, note.help.unwrap())).collect()
    }

    #[test]
    fn bleed_between_cards_is_half_the_gutter_at_most() {
        let spec = spec(3.0, 2.0, 5.0);
        let bleed = Bleed::of(&spec);
        assert_eq!(bleed.inner, Axes::all(Length::mm(1.0)));
        assert_eq!(bleed.outer, Axes::all(Length::mm(3.0)));
        let sides = bleed.sides(&spec.grid, 0, true);
        assert_eq!(sides.left, Length::mm(3.0));
        assert_eq!(sides.right, Length::mm(1.0));
        let expected = [(
            "a bleed of 3 mm is 1 mm between cards, half the gutter".to_string(),
            "`--gutter 6mm` makes room for all of it".to_string(),
        )];
        assert_eq!(told(&spec), expected);
    }

    #[test]
    fn bleed_around_the_cards_stays_off_the_edge() {
        let spec = spec(3.0, 0.0, 0.0);
        assert_eq!((spec.grid.columns, spec.grid.rows), (3, 3));
        assert_eq!(Bleed::of(&spec).outer, Axes::all(Length::ZERO));
        let told = told(&spec);
        assert_eq!(told[0].0, "a bleed of 3 mm is 0 mm between cards, half the gutter");
        assert_eq!(told[1].0, "a bleed of 3 mm is 0 mm around the cards, 2 mm from the edge");
        assert_eq!(told[1].1, "`--margin 5mm` makes room for all of it");
    }

    #[test]
    fn tiles_overlap_only_between_neighbours_edge_to_edge() {
        let spec = spec(0.0, 0.0, 0.0);
        let bleed = Bleed::of(&spec);
        let middle = bleed.sides(&spec.grid, 4, true);
        assert_eq!(middle, Sides::all(Length::mm(0.1)));
        assert_eq!(bleed.sides(&spec.grid, 4, false), Sides::all(Length::ZERO));
        assert_eq!(bleed.sides(&spec.grid, 0, true).left, Length::ZERO);
        assert_eq!(told(&spec), []);
    }
}
