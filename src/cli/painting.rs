//! From pages to files: one PDF, or a picture for each page.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::font::FontStore;
use crate::paint::pdf::{Inventory, PdfError, PdfOptions, PdfPainter};
use crate::paint::png::{self, PngError, PngOptions};
use crate::paint::svg::{self, SvgOptions};
use crate::problem::Diagnostic;
use crate::scene::Page;

use super::failure::Failure;
use super::output::{self, Complete, Staged};

/// How many pages are encoded before they are written.
const BATCH: usize = 64;

/// What kind of file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document.
    Pdf,
    /// A picture for each page.
    Png,
    /// A drawing for each page.
    Svg,
}

impl Format {
    /// Returns the format that the ending of `path` names.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Ok(Self::Pdf);
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("pdf") => Ok(Self::Pdf),
            Some("png") => Ok(Self::Png),
            Some("svg") => Ok(Self::Svg),
            other => {
                if path.is_dir() {
                    return Err(output::is_folder(path, "cards.pdf"));
                }
                let found = match other {
                    Some(other) => format!("cannot write `.{other}` files"),
                    None => format!("`{}` has no ending that tells its kind", path.display()),
                };
                let problem = Diagnostic::error("unknown-format", found)
                    .expected("an output that ends in .pdf, .png or .svg")
                    .help(format!("write to `{}`", path.with_extension("pdf").display()));
                Err(Failure::usage(problem))
            }
        }
    }
}

/// Pages in the order in which they are painted, each made when its turn comes.
pub trait Pages: Sync {
    /// Returns how many pages there are.
    fn count(&self) -> usize;

    /// Returns the page with the number `at`, from 0.
    fn page(&self, at: usize) -> Page;

    /// Returns what the picture of that page is called behind the output's own name, such as
    /// `-001-front`.
    fn suffix(&self, at: usize) -> String;

    /// Notes what the pages will show, down to the last glyph.
    fn note(&self, inventory: &mut Inventory);
}

/// Pages that are all made already.
pub struct MadePages {
    /// The pages.
    pub pages: Vec<Page>,
    /// How many digits their numbers have at least.
    pub digits: usize,
}

impl Pages for MadePages {
    fn count(&self) -> usize {
        self.pages.len()
    }

    fn page(&self, at: usize) -> Page {
        self.pages[at].clone()
    }

    fn suffix(&self, at: usize) -> String {
        numbered(self.count(), self.digits, at)
    }

    fn note(&self, inventory: &mut Inventory) {
        self.pages.iter().for_each(|page| inventory.note(&page.scene));
    }
}

/// Returns what the picture at `at` of so many is called behind the output's own name; a single one
/// has that alone.
pub fn numbered(count: usize, digits: usize, at: usize) -> String {
    if count == 1 { String::new() } else { format!("-{:0digits$}", at + 1) }
}

/// What is painted, and how.
pub struct Painting<'p> {
    /// The pages.
    pub pages: &'p dyn Pages,
    /// The fonts.
    pub fonts: &'p FontStore,
    /// What the document says about itself.
    pub pdf: PdfOptions,
    /// The resolution of pictures.
    pub png: PngOptions,
    /// Whether a bar shows how far the work is.
    pub progress: bool,
}

impl Painting<'_> {
    /// Returns the files that a painting to `place` makes; none if it goes to the standard output.
    pub fn places(&self, format: Format, place: &Path) -> Vec<PathBuf> {
        match format {
            Format::Pdf if place == Path::new("-") => Vec::new(),
            Format::Pdf => vec![place.to_owned()],
            Format::Png | Format::Svg => self.pictures(place),
        }
    }

    /// Paints everything to `place`, and returns the files it made.
    pub fn paint(&self, format: Format, place: &Path) -> Result<Vec<PathBuf>, Failure> {
        match format {
            Format::Pdf if place == Path::new("-") => {
                let out = output::standard().map_err(|error| Failure::writing(place, &error))?;
                let done = self.write_pdf(out).and_then(|mut out| Ok(out.flush()?));
                closed_pipe_is_fine(done).map_err(|error| told(place, &error))?;
            }
            Format::Pdf => output::name_together(vec![self.document(place)?])?,
            Format::Png | Format::Svg => self.paint_pictures(format, place)?,
        }
        Ok(self.places(format, place))
    }

    /// Writes the document that shall appear at `place` and has no name yet.
    pub fn document(&self, place: &Path) -> Result<Complete, Failure> {
        let staged = Staged::new(place).map_err(|error| Failure::writing(place, &error))?;
        self.write_pdf(staged).map_err(|error| told(place, &error))?.complete()
    }

    /// Writes the only page that there is, as the file that shall appear at `place` and has no name yet.
    pub fn whole(&self, format: Format, place: &Path) -> Result<Complete, Failure> {
        match format {
            Format::Pdf => self.document(place),
            Format::Png | Format::Svg => self.paint_picture(format, place, 0)?.complete(),
        }
    }

    /// Writes every file that a painting to `place` makes, as those that shall appear there and have no
    /// names yet.
    pub fn wholes(&self, format: Format, place: &Path) -> Result<Vec<Complete>, Failure> {
        if format == Format::Pdf {
            return Ok(vec![self.document(place)?]);
        }
        let places = self.pictures(place).into_iter().enumerate();
        places.map(|(at, place)| self.paint_picture(format, &place, at)?.complete()).collect()
    }

    /// Returns where the pictures go.
    fn pictures(&self, place: &Path) -> Vec<PathBuf> {
        let stem = place.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let ending = place.extension().unwrap_or_default().to_string_lossy().into_owned();
        let suffixes = (0..self.pages.count()).map(|at| self.pages.suffix(at));
        suffixes.map(|suffix| place.with_file_name(format!("{stem}{suffix}.{ending}"))).collect()
    }

    fn write_pdf<W: Write>(&self, out: W) -> Result<W, PdfError> {
        let mut inventory = Inventory::new();
        self.pages.note(&mut inventory);
        let mut painter = PdfPainter::begin(out, inventory, self.fonts, &self.pdf)?;
        let encoder = painter.encoder();
        let numbers: Vec<usize> = (0..self.pages.count()).collect();
        let bar = self.bar(numbers.len());
        for batch in numbers.chunks(BATCH) {
            let encode = |&at: &usize| encoder.encode(&self.pages.page(at));
            let pages: Vec<_> = batch.par_iter().map(encode).collect();
            for page in pages {
                painter.push(page?)?;
            }
            bar.inc(batch.len() as u64);
        }
        bar.finish_and_clear();
        Ok(painter.finish()?)
    }

    fn paint_pictures(&self, format: Format, place: &Path) -> Result<(), Failure> {
        let places = self.pictures(place);
        let bar = self.bar(places.len());
        let paint = |(at, place): (usize, &PathBuf)| {
            let staged = self.paint_picture(format, place, at)?;
            bar.inc(1);
            Ok(staged)
        };
        let staged: Vec<Staged> =
            places.par_iter().enumerate().map(paint).collect::<Result<_, Failure>>()?;
        bar.finish_and_clear();
        output::finish_together(staged)
    }

    fn paint_picture(&self, format: Format, place: &Path, at: usize) -> Result<Staged, Failure> {
        let writing = |error: &io::Error| Failure::writing(place, error);
        let mut staged = Staged::new(place).map_err(|error| writing(&error))?;
        let page = self.pages.page(at);
        if format == Format::Svg {
            let options = SvgOptions { title: Some(self.pdf.title.clone()) };
            svg::paint(&page, self.fonts, &options, &mut staged)
                .map_err(|error| writing(&error))?;
            return Ok(staged);
        }
        match png::paint(&page, self.fonts, &self.png, &mut staged) {
            Ok(()) => Ok(staged),
            Err(PngError::Io(error)) => Err(writing(&error)),
            Err(error) => {
                let problem = Diagnostic::error("bad-resolution", error.to_string());
                Err(Failure::usage(problem.help("choose another --dpi, or write a PDF or an SVG")))
            }
        }
    }

    fn bar(&self, pages: usize) -> ProgressBar {
        // A short job is over before a bar could be read.
        if !self.progress || pages < 200 {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} pages, {eta} left");
        let bar = ProgressBar::with_draw_target(Some(pages as u64), ProgressDrawTarget::stderr());
        style.map_or(bar.clone(), |style| bar.with_style(style))
    }
}

fn told(place: &Path, error: &PdfError) -> Failure {
    match error {
        PdfError::Io(error) => Failure::writing(place, error),
        error => Failure::unmet(vec![Diagnostic::error("pdf", error.to_string())]),
    }
}

/// A reader that has seen enough is no error.
fn closed_pipe_is_fine(done: Result<(), PdfError>) -> Result<(), PdfError> {
    match done {
        Err(PdfError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}
