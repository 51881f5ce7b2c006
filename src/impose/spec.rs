//! What a sheet shall be: from what was asked for, and for what purpose, to settled lengths.

use crate::impose::catalogue::{Format, Stock};
use crate::impose::grid::{Grid, GridRequest};
use crate::impose::plan::{Duplex, Stacking};
use crate::impose::turn::{Flip, Turn};
use crate::length::{Axes, Length, Size};
use crate::problem::Diagnostic;

/// The border of the paper that nothing enters: ink that reaches the edge makes viewers shrink the
/// page, and no printer at home gets there.
pub const EDGE: Length = Length::mm(2.0);

/// The margin where none is asked for.
pub const USUAL_MARGIN: Length = Length::mm(5.0);

/// What the sheets are printed for; it chooses a whole set of defaults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A printer at home and a knife: cards edge to edge, ticks in the waste.
    #[default]
    Home,
    /// A copy shop with a guillotine: cards apart, with bleed and crop marks.
    Copyshop,
    /// A maker of cards: one face to a page with bleed, no marks.
    Press,
}

/// What guides the blade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkStyle {
    /// Short ticks at every cut line, close outside the cards.
    Corners,
    /// Crop marks at every cut line, clear of the bleed, on the plates of all inks.
    Crop,
    /// Hairlines along every cut line from end to end, behind the cards.
    Guides,
    /// Nothing.
    None,
}

/// How the paper is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// As holds more cards; upright if both hold the same.
    #[default]
    Auto,
    /// Upright.
    Portrait,
    /// Broad.
    Landscape,
}

impl Orientation {
    /// Returns the pages to try for `paper`, the preferred first.
    pub fn pages(self, paper: Size) -> impl Iterator<Item = Size> {
        let upright = if paper.is_landscape() { paper.turned() } else { paper };
        let (portrait, landscape) = (self != Self::Landscape, self != Self::Portrait);
        let broad = landscape.then(|| upright.turned());
        portrait.then_some(upright).into_iter().chain(broad)
    }
}

/// How faces come to pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arrangement {
    /// As many as fit, on sheets to be cut.
    Sheets,
    /// One face to a page that is as large as the card and its bleed; the paper does not matter.
    Faces,
}

/// What was asked for; everything that is `None` follows from the purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRequest {
    /// What the sheets are printed for.
    pub purpose: Purpose,
    /// The card.
    pub card: Format,
    /// The paper, held either way.
    pub paper: Format,
    /// The perforated or pre-cut sheet in place of plain paper; then it decides where cards stand.
    /// Default: plain paper.
    pub stock: Option<Stock>,
    /// The radius of the card's corners. Default: that of the card's format.
    pub corner_radius: Option<Length>,
    /// How the paper is held. Default: as holds more cards.
    pub orientation: Option<Orientation>,
    /// The border of the paper that no trim enters. Default: 5 mm.
    pub margin: Option<Length>,
    /// The space between neighbouring trims. Default: 0 at home, else 6 mm.
    pub gutter: Option<Axes<Length>>,
    /// How far ink is carried past the trim. Default: 0 at home, else 3 mm.
    pub bleed: Option<Length>,
    /// What guides the blade. Default: corners at home, crop marks at the copy shop, else none.
    pub marks: Option<MarkStyle>,
    /// How backs are printed. Default: by the printer itself.
    pub duplex: Option<Duplex>,
    /// Which edge sheets are turned about. Default: the long one.
    pub flip: Option<Flip>,
    /// How faces come to pages. Default: one to a page for a press, else on sheets.
    pub arrangement: Option<Arrangement>,
    /// Which card goes to which sheet. Default: one sheet is filled after the other.
    pub stacking: Option<Stacking>,
}

/// What a sheet is: every question answered.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetSpec {
    /// What the sheets are printed for.
    pub purpose: Purpose,
    /// The radius of the card's corners.
    pub corner_radius: Length,
    /// The margin that was kept free of trims; the grid, being centred, may leave more.
    pub margin: Length,
    /// The space between neighbouring trims.
    pub gutter: Axes<Length>,
    /// How far ink is carried past the trim where there is room for it.
    pub bleed: Length,
    /// What guides the blade.
    pub marks: MarkStyle,
    /// How backs are printed.
    pub duplex: Duplex,
    /// Which edge sheets are turned about.
    pub flip: Flip,
    /// How faces come to pages.
    pub arrangement: Arrangement,
    /// Which card goes to which sheet.
    pub stacking: Stacking,
    /// Whether the sheet is perforated or cut already.
    pub is_stock: bool,
    /// The page, the card, and where the cards stand.
    pub grid: Grid,
}

impl SheetSpec {
    /// Returns how a sheet is turned for its back, or folded.
    pub fn turn(&self) -> Turn {
        match self.arrangement {
            // A page of one face is never printed on the back of another: all faces stand upright.
            Arrangement::Faces => Turn::AboutVertical,
            // A fold in the middle takes every place to where a turn of the whole sheet does.
            Arrangement::Sheets => {
                self.grid.fold().unwrap_or_else(|| Turn::of(self.grid.page, self.flip))
            }
        }
    }
}

impl SheetRequest {
    /// The request for `card` on `paper` that leaves all else to the purpose.
    pub const fn new(purpose: Purpose, card: Format, paper: Format) -> Self {
        Self {
            purpose,
            card,
            paper,
            stock: None,
            corner_radius: None,
            orientation: None,
            margin: None,
            gutter: None,
            bleed: None,
            marks: None,
            duplex: None,
            flip: None,
            arrangement: None,
            stacking: None,
        }
    }

    /// The request for a perforated or pre-cut sheet, all else left to the purpose.
    pub fn on_stock(purpose: Purpose, stock: Stock) -> Self {
        let card = Format {
            id: stock.id.clone(),
            name: stock.name.clone(),
            size: Grid::of_stock(&stock).face(),
            corner_radius: stock.corner_radius,
            aliases: Vec::new(),
            rare: false,
        };
        let paper = stock.sheet.clone();
        Self { stock: Some(stock), ..Self::new(purpose, card, paper) }
    }

    /// Returns the sheet that was asked for, or every reason why there can be none.
    ///
    /// `papers` are those that may be named as a repair.
    pub fn resolve(&self, papers: &[Format]) -> Result<SheetSpec, Vec<Diagnostic>> {
        let mut problems = self.absurdities();
        problems.extend(self.marks_on_faces());
        problems.extend(self.stack_of_faces());
        problems.extend(self.fold_of_faces());
        problems.extend(self.against_stock());
        if !problems.is_empty() {
            return Err(problems);
        }
        let grid = match self.arrangement() {
            Arrangement::Faces => Some(Grid::single(self.card.size, self.bleed())),
            Arrangement::Sheets => match &self.stock {
                Some(stock) => Some(Grid::of_stock(stock)),
                None => self.grid_request(self.paper.size).best(),
            },
        };
        let grid = grid.ok_or_else(|| vec![self.no_room(papers)])?;
        Ok(self.spec(grid))
    }

    /// Returns the page that holds one face and nothing else: there is one for every card.
    pub fn single_face(&self) -> SheetSpec {
        let faces = Self { arrangement: Some(Arrangement::Faces), ..self.clone() };
        faces.spec(Grid::single(self.card.size, self.bleed()))
    }

    fn spec(&self, grid: Grid) -> SheetSpec {
        SheetSpec {
            purpose: self.purpose,
            corner_radius: self.corner_radius(),
            margin: self.margin(),
            gutter: self.gutter(),
            bleed: self.bleed(),
            marks: self.marks(),
            duplex: self.duplex.unwrap_or_default(),
            flip: self.flip.unwrap_or_default(),
            arrangement: self.arrangement(),
            stacking: self.stacking.unwrap_or_default(),
            is_stock: self.stock.is_some(),
            grid,
        }
    }

    pub(super) fn corner_radius(&self) -> Length {
        self.corner_radius.unwrap_or(self.card.corner_radius)
    }

    pub(super) fn margin(&self) -> Length {
        let usual = if self.stock.is_some() { Length::ZERO } else { USUAL_MARGIN };
        self.margin.unwrap_or(usual)
    }

    pub(super) fn gutter(&self) -> Axes<Length> {
        if let Some(Stock { pitch, card, .. }) = &self.stock {
            return Axes { x: pitch.x - card.width, y: pitch.y - card.height };
        }
        let usual = match self.purpose {
            Purpose::Home => Length::ZERO,
            Purpose::Copyshop | Purpose::Press => Length::mm(6.0),
        };
        self.gutter.unwrap_or(Axes::all(usual))
    }

    pub(super) fn bleed(&self) -> Length {
        let overprint = self.stock.as_ref().map(|stock| stock.overprint());
        let usual = match self.purpose {
            Purpose::Home => Length::ZERO,
            Purpose::Copyshop | Purpose::Press => Length::mm(3.0),
        };
        self.bleed.unwrap_or(overprint.map_or(usual, |room| room.x.max(room.y)))
    }

    pub(super) fn arrangement(&self) -> Arrangement {
        let usual = match self.purpose {
            Purpose::Home | Purpose::Copyshop => Arrangement::Sheets,
            Purpose::Press => Arrangement::Faces,
        };
        self.arrangement.unwrap_or(usual)
    }

    pub(super) fn marks(&self) -> MarkStyle {
        let usual = match (self.purpose, self.arrangement()) {
            _ if self.stock.is_some() => MarkStyle::None,
            (Purpose::Home, Arrangement::Sheets) => MarkStyle::Corners,
            (Purpose::Copyshop, Arrangement::Sheets) => MarkStyle::Crop,
            (Purpose::Press, _) | (_, Arrangement::Faces) => MarkStyle::None,
        };
        self.marks.unwrap_or(usual)
    }

    pub(super) fn grid_request(&self, paper: Size) -> GridRequest {
        GridRequest {
            card: self.card.size,
            paper,
            margin: self.margin(),
            gutter: self.gutter(),
            orientation: self.orientation.unwrap_or_default(),
            folded: self.duplex == Some(Duplex::Fold),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::impose::Catalogues;

    /// Returns a request for sheets of a card and a paper of the catalogue.
    pub(in crate::impose) fn request(card: &str, paper: &str) -> SheetRequest {
        let catalogues = Catalogues::bundled();
        let (card, paper) = (catalogues.size(card).unwrap(), catalogues.paper(paper).unwrap());
        SheetRequest::new(Purpose::Home, card, paper)
    }

    fn resolved(purpose: Purpose) -> SheetSpec {
        SheetRequest { purpose, ..request("poker", "a4") }.resolve(&[]).unwrap()
    }

    #[test]
    fn purposes_choose_whole_sets_of_defaults() {
        let home = resolved(Purpose::Home);
        assert_eq!((home.gutter, home.bleed), (Axes::default(), Length::ZERO));
        assert_eq!((home.marks, home.grid.cells()), (MarkStyle::Corners, 9));
        assert_eq!((home.margin, home.corner_radius), (Length::mm(5.0), Length::mm(3.0)));
        let shop = resolved(Purpose::Copyshop);
        assert_eq!((shop.gutter, shop.bleed), (Axes::all(Length::mm(6.0)), Length::mm(3.0)));
        assert_eq!((shop.marks, shop.arrangement), (MarkStyle::Crop, Arrangement::Sheets));
        let press = resolved(Purpose::Press);
        assert_eq!((press.marks, press.arrangement), (MarkStyle::None, Arrangement::Faces));
        assert_eq!(press.grid.page, Size::mm(69.0, 94.0));
        assert_eq!(press.grid.origin, crate::length::Point::mm(3.0, 3.0));
    }

    #[test]
    fn what_is_asked_for_wins() {
        let mut asked = request("poker", "a4");
        asked.bleed = Some(Length::mm(2.0));
        asked.gutter = Some(Axes { x: Length::mm(4.0), y: Length::ZERO });
        asked.marks = Some(MarkStyle::Guides);
        asked.corner_radius = Some(Length::mm(3.5));
        let spec = asked.resolve(&[]).unwrap();
        assert_eq!((spec.bleed, spec.gutter), (Length::mm(2.0), asked.gutter.unwrap()));
        assert_eq!((spec.marks, spec.corner_radius), (MarkStyle::Guides, Length::mm(3.5)));
    }
}
