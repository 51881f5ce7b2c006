//! From a run to files: one PDF, or a picture for each side of each sheet.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::font::FontStore;
use crate::impose::Side;
use crate::paint::pdf::{Inventory, PdfError, PdfOptions, PdfPainter};
use crate::paint::png::{self, PngError, PngOptions};
use crate::paint::svg::{self, SvgOptions};
use crate::problem::Diagnostic;
use crate::run::{Run, Sheets};

use super::super::failure::Failure;
use super::super::output::{self, Staged};

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
                    return Err(output::is_folder(path));
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

/// What is painted, and how.
pub struct Job<'r> {
    /// The run.
    pub run: &'r Run<'r>,
    /// Its sheets.
    pub sheets: &'r Sheets<'r, 'r>,
    /// The fonts.
    pub fonts: &'r FontStore,
    /// What the document says about itself.
    pub pdf: PdfOptions,
    /// The resolution of pictures.
    pub png: PngOptions,
    /// Whether a bar shows how far the work is.
    pub progress: bool,
}

impl Job<'_> {
    /// Paints everything to `place`; pictures take its name and a number.
    pub fn paint(&self, format: Format, place: &Path) -> Result<Vec<PathBuf>, Failure> {
        match format {
            Format::Pdf if place == Path::new("-") => {
                let out = output::standard().map_err(|error| Failure::writing(place, &error))?;
                let done = self.write_pdf(out).and_then(|mut out| Ok(out.flush()?));
                closed_pipe_is_fine(done).map_err(|error| told(place, &error))?;
                Ok(Vec::new())
            }
            Format::Pdf => {
                let staged = Staged::new(place).map_err(|error| Failure::writing(place, &error))?;
                let staged = self.write_pdf(staged).map_err(|error| told(place, &error))?;
                staged.finish().map_err(|error| Failure::writing(place, &error))?;
                Ok(vec![place.to_owned()])
            }
            Format::Png | Format::Svg => self.paint_pictures(format, place),
        }
    }

    /// Returns where the pictures of a job go.
    pub fn pictures(&self, place: &Path) -> Vec<PathBuf> {
        let stem = place.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let ending = place.extension().unwrap_or_default().to_string_lossy().into_owned();
        let sides = self.sheets.sequence();
        let name = |(sheet, side): &(usize, Side)| {
            let side = match side {
                Side::Recto => "front",
                Side::Verso => "back",
            };
            place.with_file_name(format!("{stem}-{:03}-{side}.{ending}", sheet + 1))
        };
        sides.iter().map(name).collect()
    }

    fn write_pdf<W: Write>(&self, out: W) -> Result<W, PdfError> {
        let mut inventory = Inventory::new();
        for scene in self.run.inventory() {
            inventory.note(&scene);
        }
        let sides = self.sheets.sequence();
        // The slug's letters and the marks are on the first front and the first back; the numbers
        // of sheets are made of the figures that the last sheet's words are noted for.
        self.note_furniture(&mut inventory, &sides);
        let mut painter = PdfPainter::begin(out, inventory, self.fonts, &self.pdf)?;
        let encoder = painter.encoder();
        let bar = self.bar(sides.len());
        for batch in sides.chunks(BATCH) {
            let pages: Vec<_> = batch
                .par_iter()
                .map(|&(sheet, side)| encoder.encode(&self.sheets.page(sheet, side)))
                .collect();
            for page in pages {
                painter.push(page?)?;
            }
            bar.inc(batch.len() as u64);
        }
        bar.finish_and_clear();
        Ok(painter.finish()?)
    }

    fn note_furniture(&self, inventory: &mut Inventory, sides: &[(usize, Side)]) {
        for side in [Side::Recto, Side::Verso] {
            let of_side = || sides.iter().filter(|(_, other)| *other == side);
            for &(sheet, side) in of_side().take(10).chain(of_side().next_back()) {
                inventory.note(&self.sheets.page(sheet, side).scene);
            }
        }
    }

    fn paint_pictures(&self, format: Format, place: &Path) -> Result<Vec<PathBuf>, Failure> {
        let places = self.pictures(place);
        let sides = self.sheets.sequence();
        let bar = self.bar(sides.len());
        let paint = |(place, &(sheet, side)): (&PathBuf, &(usize, Side))| {
            let staged = self.paint_picture(format, place, sheet, side)?;
            bar.inc(1);
            Ok(staged)
        };
        let staged: Vec<Staged> =
            places.par_iter().zip(&sides).map(paint).collect::<Result<_, Failure>>()?;
        bar.finish_and_clear();
        for (done, (staged, place)) in staged.into_iter().zip(&places).enumerate() {
            staged.finish().map_err(|error| partly(place, &error, done, places.len()))?;
        }
        Ok(places)
    }

    fn paint_picture(
        &self,
        format: Format,
        place: &Path,
        sheet: usize,
        side: Side,
    ) -> Result<Staged, Failure> {
        let writing = |error: &io::Error| Failure::writing(place, error);
        let mut staged = Staged::new(place).map_err(|error| writing(&error))?;
        let page = self.sheets.page(sheet, side);
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
                Err(Failure::usage(problem.help("choose another --dpi")))
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
pub fn closed_pipe_is_fine(done: Result<(), PdfError>) -> Result<(), PdfError> {
    match done {
        Err(PdfError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// What is told when some of several files have their names already.
fn partly(place: &Path, error: &io::Error, done: usize, all: usize) -> Failure {
    let mut failure = Failure::writing(place, error);
    let note = format!("{done} of {all} files are in place, the others were removed");
    failure.problems.push(Diagnostic::note("partly-written", note));
    failure
}
