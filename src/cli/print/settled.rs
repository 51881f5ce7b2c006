//! What a print is told, from all who have a say in it: decks, flags, settings files, catalogues, fonts.

use std::path::{Path, PathBuf};

use crate::deck::{Deck, Pick};
use crate::font::FontStore;
use crate::impose::{self, Catalogues, Flip};
use crate::length::Length;
use crate::paint::pdf::{Colour, Duplex, PdfOptions};
use crate::paint::png::PngOptions;
use crate::problem::{Diagnostic, Severity};
use crate::run::{self, Backs, RunRequest};

use super::super::args::{ColourArg, DeckArgs, PrintSettings};
use super::super::backs::{BackRequest, picture_problems};
use super::super::failure::Failure;
use super::super::painting::{Pages, Painting};
use super::super::settings::{Layers, config_folder};
use super::super::sources::{self, Decks};
use super::super::{locale, source_date};
use super::resolve::{Resolved, Resolver, resolve, resolve_without_sheet};
use super::second::FirstPrinting;

/// What a print is told: the decks and the settings, and what was read and noticed on the way.
pub struct Settled {
    /// The decks.
    pub decks: Vec<Deck>,
    /// The name that the output takes where none is given: that of the first deck, never empty.
    pub stem: String,
    /// What was said, the strongest first.
    pub(super) layers: Layers,
    /// The catalogues, the user's own included.
    pub catalogues: Catalogues,
    /// The settings.
    pub resolved: Resolved,
    /// The files that were read.
    pub files: Vec<PathBuf>,
    /// What was noticed on the way, the notes of the settings among it.
    pub notices: Vec<Diagnostic>,
}

impl Settled {
    /// Reads the decks, and settles what `flags` and the settings files say.
    ///
    /// Where there was a first printing, its settings stand behind the flags, and the decks are
    /// dressed as they were then.
    pub fn read(
        source: &DeckArgs,
        flags: &PrintSettings,
        first: Option<&FirstPrinting>,
    ) -> Result<Self, Failure> {
        Self::read_as(source, flags, first, resolve)
    }

    /// Reads the same for a box: its cards need not fit any sheet.
    pub fn read_for_box(source: &DeckArgs, flags: &PrintSettings) -> Result<Self, Failure> {
        Self::read_as(source, flags, None, resolve_without_sheet)
    }

    fn read_as(
        source: &DeckArgs,
        flags: &PrintSettings,
        first: Option<&FirstPrinting>,
        resolve: Resolver,
    ) -> Result<Self, Failure> {
        let read = sources::read_decks(source)?;
        let mut files = read.files();
        let Decks { mut decks, inputs, mut notices } = read;
        let folder = inputs.first().map(|input| input.folder.clone()).unwrap_or_default();
        let mut layers = Layers::read(flags.clone(), &folder)?;
        if let Some(first) = first {
            layers.recall(first.settings.clone());
            notices.extend(first.record.dress(&mut decks));
            files.push(first.path.clone());
        }
        let (catalogues, told) = read_catalogues()?;
        let is_wrong = told.iter().any(|problem| problem.severity == Severity::Error);
        if is_wrong && layers.pick(|settings| settings.stock.clone()).0.is_some() {
            // Perforated sheets are dear: none is printed on by figures that somebody has corrected.
            return Err(Failure::unmet(told));
        }
        let resolved = resolve(&layers, &decks, &catalogues, locale::usual_paper());
        // A name that is not known may be one that could not be read.
        let resolved = resolved.map_err(|failure| failure.after(told.clone()))?;
        notices.extend(told);
        notices.extend(resolved.notes.iter().cloned());
        files.extend(layers.files.iter().cloned());
        let stem = inputs.first().map(|input| input.stem.clone());
        let stem = stem.filter(|stem| !stem.is_empty()).unwrap_or_else(|| "deck".into());
        Ok(Self { decks, stem, layers, catalogues, resolved, files, notices })
    }

    /// Loads the fonts and makes the backs; a picture may part the cards.
    pub fn load(&mut self) -> Result<(FontStore, Backs), Failure> {
        let (fonts, files) = load_fonts(&self.decks, &self.resolved.fonts)?;
        let mut made = self.back_request().make(&fonts)?;
        if made.needs_gutter && self.open_gutter()? {
            made = self.back_request().make(&fonts)?;
        }
        self.settle_register()?;
        self.files.extend(files.into_iter().chain(made.files));
        self.notices.extend(made.notes);
        Ok((fonts, made.backs))
    }

    /// Returns a run of cards of the decks, as the settings want it.
    pub fn request<'a>(&'a self, picks: &'a [Pick], backs: Backs) -> RunRequest<'a> {
        let resolved = &self.resolved;
        RunRequest {
            decks: &self.decks,
            picks,
            blanks: if resolved.fill_blank { empty_cells(resolved, picks.len()) } else { 0 },
            look: resolved.look,
            sheet: resolved.sheet.clone(),
            backs,
            register: resolved.register,
            title: &self.decks[0].meta.title,
        }
    }

    /// Returns how pages are painted, as the settings want it.
    pub fn painting<'a>(
        &'a self,
        pages: &'a dyn Pages,
        fonts: &'a FontStore,
        progress: bool,
    ) -> Painting<'a> {
        let resolved = &self.resolved;
        Painting {
            pages,
            fonts,
            pdf: pdf_options(&self.decks[0], resolved),
            png: PngOptions { dpi: resolved.dpi, grey: resolved.colour == ColourArg::Grey },
            progress,
        }
    }

    fn back_request(&self) -> BackRequest<'_> {
        let resolved = &self.resolved;
        BackRequest {
            choice: &resolved.back,
            deck: &self.decks[0],
            trim: resolved.look.trim,
            // Backs run out of the grid even where fronts do not: feeding is never exact.
            bleed: resolved.sheet.bleed.max(Length::mm(3.0)),
            grey: resolved.colour == ColourArg::Grey,
        }
    }

    /// Parts cards that stand edge to edge by twice the bleed, where their backs would show a
    /// neighbour's colours at a cut that is a little off; returns whether it did.
    fn open_gutter(&mut self) -> Result<bool, Failure> {
        let sheet = &self.resolved.sheet;
        let asked = self.layers.pick(|settings| settings.gutter.clone()).0.is_some();
        let touching = sheet.gutter.x == Length::ZERO || sheet.gutter.y == Length::ZERO;
        if asked || !touching || sheet.is_stock || sheet.arrangement == impose::Arrangement::Faces {
            return Ok(false);
        }
        let bleed = sheet.bleed.max(Length::mm(2.0));
        self.layers.imply(PrintSettings {
            gutter: Some(format!("{}mm", (bleed * 2).to_mm())),
            bleed: Some(format!("{}mm", bleed.to_mm())),
            ..PrintSettings::default()
        });
        let paper = locale::usual_paper();
        self.resolved = resolve(&self.layers, &self.decks, &self.catalogues, paper)?;
        let apart = bleed * 2;
        let found = format!("the picture's edges differ in colour: cards stand {apart} apart");
        let help = "`--gutter 0mm` puts them edge to edge all the same";
        self.notices.push(Diagnostic::note("gutter-opened", found).help(help));
        Ok(true)
    }
}

/// Returns the problems that a deck would have in print with the settings that lie beside it.
pub fn misfits(deck: &Deck, folder: &Path) -> Result<Vec<Diagnostic>, Failure> {
    let decks = std::slice::from_ref(deck);
    let layers = Layers::read(PrintSettings::default(), folder)?;
    let resolved = resolve(&layers, decks, &read_catalogues()?.0, locale::usual_paper())?;
    let (fonts, _) = load_fonts(decks, &resolved.fonts)?;
    let mut problems = run::misfits(&fonts, decks, resolved.look);
    problems.extend(picture_problems(deck));
    Ok(problems)
}

/// Returns the place of the user's own catalogue, whether or not there is one.
pub fn own_catalogue() -> Option<PathBuf> {
    config_folder().map(|folder| folder.join("catalogue.toml"))
}

/// Returns the catalogues, the user's own included.
pub fn read_catalogues() -> Result<(Catalogues, Vec<Diagnostic>), Failure> {
    let mut catalogues = Catalogues::bundled();
    let mut told = Vec::new();
    if let Some(path) = own_catalogue().filter(|path| path.is_file()) {
        let text =
            std::fs::read_to_string(&path).map_err(|error| Failure::reading(&path, &error))?;
        told = catalogues.merge(&text, &path.display().to_string());
    }
    Ok((catalogues, told))
}

/// Returns the bundled fonts with the deck's and the user's own in front, and the files read.
pub fn load_fonts(decks: &[Deck], asked: &[String]) -> Result<(FontStore, Vec<PathBuf>), Failure> {
    let mut fonts = FontStore::bundled();
    let mut files = Vec::new();
    let own = decks.iter().flat_map(|deck| deck.meta.fonts.iter().cloned());
    let asked_files: Vec<PathBuf> =
        asked.iter().rev().filter(|name| !fonts.prefer_bundled(name)).map(PathBuf::from).collect();
    for path in own.chain(asked_files) {
        let data = std::fs::read(&path).map_err(|error| {
            let mut failure = Failure::reading(&path, &error);
            let help = "name the file of a font, or one of `deckle list fonts`";
            failure.problems.iter_mut().for_each(|problem| problem.help = Some(help.into()));
            failure
        })?;
        fonts.prefer_file(data).map_err(|error| {
            let found = format!("`{}`: {error}", path.display());
            let problem = Diagnostic::error("not-a-font", found);
            Failure::unmet(vec![problem.help("choose a .ttf, .otf or .ttc file")])
        })?;
        files.push(path);
    }
    Ok((fonts, files))
}

/// Returns how many cells the last sheet leaves empty.
pub fn empty_cells(resolved: &Resolved, cards: usize) -> usize {
    let cells = resolved.sheet.grid.cells();
    (cells - cards % cells) % cells
}

fn pdf_options(deck: &Deck, resolved: &Resolved) -> PdfOptions {
    let colour = match resolved.colour {
        ColourArg::Rgb | ColourArg::Grey => Colour::Rgb,
        ColourArg::Cmyk => Colour::Cmyk,
    };
    let duplex = match (resolved.sheet.duplex, resolved.sheet.flip) {
        _ if resolved.sheet.arrangement == impose::Arrangement::Faces => None,
        (impose::Duplex::Auto, Flip::LongEdge) => Some(Duplex::LongEdge),
        (impose::Duplex::Auto, Flip::ShortEdge) => Some(Duplex::ShortEdge),
        _ => Some(Duplex::Simplex),
    };
    let subject = deck.meta.subtitle.clone().unwrap_or_default();
    PdfOptions {
        title: deck.meta.title.clone(),
        author: deck.meta.credit.clone().unwrap_or_default(),
        subject,
        language: deck.meta.language.clone(),
        colour,
        date: source_date(),
        duplex,
    }
}
