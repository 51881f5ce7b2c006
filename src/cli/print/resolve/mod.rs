//! From words to settings: the one place where flags become lengths and names become sizes.

mod finish;
mod reader;
mod words;

use crate::deck::Deck;
use crate::impose::{
    Arrangement, Catalogue, Catalogues, Duplex, Flip, Format, MarkStyle, Orientation, Register,
    SheetRequest, SheetSpec,
};
use crate::length::{Axes, Length};
use crate::problem::Diagnostic;
use crate::select::{Mix, Sequence};
use crate::typeset::chart::Look;

use super::super::args::{
    ColourArg, DuplexArg, FlipArg, MarksArg, OrientationArg, PurposeArg, SwitchArg, ThemeArg,
};
use super::super::backs::BackChoice;
use super::super::choose::Count;
use super::super::failure::Failure;
use super::super::settings::{Layers, Origin};
pub use finish::mix_without_count;
use reader::Reader;
use words::purpose_of;
pub use words::{
    duplex_word, flip_word, marks_word, orientation_word, purpose_word, sequence_word, word,
};

/// The word for no font but those that come with the program.
pub const BUNDLED: &str = "bundled";

/// Everything that a run is told, settled.
pub struct Resolved {
    /// The sheet.
    pub sheet: SheetSpec,
    /// The name of the perforated or pre-cut sheet, if it is one.
    pub stock: Option<String>,
    /// The paper, as the catalogue has it.
    pub paper: Format,
    /// The design of the faces.
    pub theme: ThemeArg,
    /// The look of the faces.
    pub look: Look,
    /// The kind of back.
    pub back: BackChoice,
    /// Whether inks are written for a press.
    pub colour: ColourArg,
    /// The order of the cards.
    pub sequence: Sequence,
    /// How many cards; none for all.
    pub count: Option<Count>,
    /// How the depths share them; none where nobody says.
    pub mix: Option<Mix>,
    /// The seed of chance.
    pub seed: u64,
    /// Whether empty cells are filled with cards to write on.
    pub fill_blank: bool,
    /// The dots per inch of pictures.
    pub dpi: f64,
    /// The printer that pages make up for.
    pub printer: Option<String>,
    /// Its error, once it is known.
    pub register: Register,
    /// Fonts in front of the bundled ones.
    pub fonts: Vec<String>,
    /// What a person should know about how the settings came to be.
    pub notes: Vec<Diagnostic>,
    /// Each setting in words, with where it comes from.
    pub table: Vec<(&'static str, String, Origin)>,
}

/// Settles all settings of decks; the paper is that of the user's country.
pub type Resolver = fn(&Layers, &[Deck], &Catalogues, &'static str) -> Result<Resolved, Failure>;

/// Settles all settings; `paper` is that of the user's country.
pub fn resolve(
    layers: &Layers,
    decks: &[Deck],
    catalogues: &Catalogues,
    paper: &'static str,
) -> Result<Resolved, Failure> {
    let sheet = |request: &SheetRequest| request.resolve(&catalogues.papers);
    settle(layers, decks, catalogues, paper, sheet)
}

/// Settles all settings for what is no sheet of cards: where there can be none, a page for each face
/// stands in for it.
pub fn resolve_without_sheet(
    layers: &Layers,
    decks: &[Deck],
    catalogues: &Catalogues,
    paper: &'static str,
) -> Result<Resolved, Failure> {
    let sheet = |request: &SheetRequest| {
        Ok(request.resolve(&catalogues.papers).unwrap_or_else(|_| request.single_face()))
    };
    settle(layers, decks, catalogues, paper, sheet)
}

fn settle(
    layers: &Layers,
    decks: &[Deck],
    catalogues: &Catalogues,
    paper: &'static str,
    sheet: impl Fn(&SheetRequest) -> Result<SheetSpec, Vec<Diagnostic>>,
) -> Result<Resolved, Failure> {
    let mut reader = Reader { layers, deaf_to: None, problems: Vec::new(), table: Vec::new() };
    let purpose = reader.choice("for", |s| s.purpose, PurposeArg::Home);
    let faces = faces_chooser(layers);
    let (stock, stock_origin) = reader.stock(catalogues, faces);
    reader.deaf_to = stock.as_ref().map(|_| stock_origin).into_iter().chain(faces).min();
    let base = match &stock {
        Some(stock) => reader.on_stock(purpose_of(purpose), stock),
        None => reader.on_paper(purpose_of(purpose), paper, catalogues),
    };
    let lengths = Lengths::read(&mut reader);
    let Some(base) = base else { return Err(reader.failed()) };
    let mut request = request(&mut reader, base);
    lengths.put_into(&mut request);
    let back = reader.back(purpose, decks);
    if !reader.problems.is_empty() {
        return Err(reader.failed());
    }
    let sheet = match sheet(&request) {
        Ok(sheet) => sheet,
        Err(problems) => {
            let problems = problems.into_iter().map(|problem| reader.with_speaker(problem));
            return Err(Failure::unmet(problems.collect()));
        }
    };
    let replaced = replaced(catalogues, &request);
    let mut resolved = reader.finish(purpose, sheet, request, back, decks)?;
    resolved.notes.splice(0..0, replaced);
    Ok(resolved)
}

/// Returns what there is to tell of own entries of the catalogues that these sheets are made by.
fn replaced(catalogues: &Catalogues, request: &SheetRequest) -> Vec<Diagnostic> {
    let used = match &request.stock {
        Some(stock) => vec![(Catalogue::Stocks, &stock.id)],
        None => vec![(Catalogue::Sizes, &request.card.id), (Catalogue::Papers, &request.paper.id)],
    };
    let note = |(catalogue, id): (Catalogue, &String)| catalogues.replaced(catalogue, id).cloned();
    used.into_iter().filter_map(note).collect()
}

/// Returns whoever chose single faces, by that name or for a press, if somebody did.
fn faces_chooser(layers: &Layers) -> Option<Origin> {
    let (faces, by_name) = layers.pick(|settings| settings.faces);
    let (purpose, by_purpose) = layers.pick(|settings| settings.purpose);
    match (faces, purpose) {
        (Some(SwitchArg::On), _) => Some(by_name),
        (None, Some(PurposeArg::Press)) => Some(by_purpose),
        _ => None,
    }
}

/// Returns the request with everything but its lengths.
fn request(reader: &mut Reader, mut request: SheetRequest) -> SheetRequest {
    request.orientation =
        reader.unless_decided("orientation", |s| s.orientation).map(|arg| match arg {
            OrientationArg::Auto => Orientation::Auto,
            OrientationArg::Portrait => Orientation::Portrait,
            OrientationArg::Landscape => Orientation::Landscape,
        });
    request.marks = reader.unless_decided("marks", |s| s.marks).map(|arg| match arg {
        MarksArg::Corners => MarkStyle::Corners,
        MarksArg::Crop => MarkStyle::Crop,
        MarksArg::Guides => MarkStyle::Guides,
        MarksArg::None => MarkStyle::None,
    });
    let (duplex, origin) = reader.layers.pick(|s| s.duplex);
    let idle_fold = duplex == Some(DuplexArg::Fold) && reader.is_deaf(origin);
    let duplex = if idle_fold { None } else { reader.optional("duplex", |s| s.duplex) };
    request.duplex = duplex.map(|arg| match arg {
        DuplexArg::Auto => Duplex::Auto,
        DuplexArg::TwoPass => Duplex::TwoPass,
        DuplexArg::Fold => Duplex::Fold,
        DuplexArg::None => Duplex::None,
    });
    request.flip = reader.optional("flip", |s| s.flip).map(|arg| match arg {
        FlipArg::Long => Flip::LongEdge,
        FlipArg::Short => Flip::ShortEdge,
    });
    request.arrangement = reader.optional("faces", |s| s.faces).map(|arg| match arg {
        SwitchArg::On => Arrangement::Faces,
        SwitchArg::Off => Arrangement::Sheets,
    });
    request.stacking = reader.stack();
    request
}

/// The lengths that may be asked for.
struct Lengths {
    margin: Option<Length>,
    gutter: Option<Axes<Length>>,
    bleed: Option<Length>,
    corner_radius: Option<Length>,
}

impl Lengths {
    fn read(reader: &mut Reader) -> Self {
        Self {
            margin: reader.length_unless_decided("margin", |s| s.margin.clone()),
            gutter: reader.axes("gutter", |s| s.gutter.clone()),
            bleed: reader.length("bleed", |s| s.bleed.clone()),
            corner_radius: reader.length("corner-radius", |s| s.corner_radius.clone()),
        }
    }

    fn put_into(self, request: &mut SheetRequest) {
        request.margin = self.margin;
        request.gutter = self.gutter;
        request.bleed = self.bleed;
        request.corner_radius = self.corner_radius;
    }
}
