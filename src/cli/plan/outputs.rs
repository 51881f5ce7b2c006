//! The files of a plan.

use std::path::{Path, PathBuf};

use jiff::civil::Time;

use crate::cli::args::{PlanArgs, PrintSettings};
use crate::cli::failure::Failure;
use crate::cli::output::{self, Complete};
use crate::cli::painting::{Format, MadePages, Painting};
use crate::cli::print::{load_fonts, read_catalogues};
use crate::cli::settings::Layers;
use crate::cli::{Terminal, locale, source_date};
use crate::paint::pdf::{Duplex, PdfOptions};
use crate::paint::png::PngOptions;
use crate::problem::Diagnostic;

use super::outline::Outline;
use super::sheets::Cards;
use super::{page, reminders};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The plan on paper.
    Page(Format),
    /// The plan for a calendar.
    Calendar,
    /// The cards as a table.
    Table,
    /// The cards on sheets.
    Sheets,
}

/// The files that are asked for.
pub struct Outputs {
    files: Vec<(Kind, PathBuf)>,
    inputs: Vec<PathBuf>,
    force: bool,
}

impl Outputs {
    /// Returns the files that are asked for, if they may be written.
    pub fn of(args: &PlanArgs) -> Result<Self, Failure> {
        let named = args.source.decks.iter().map(PathBuf::from).chain(args.source.meta.clone());
        let inputs: Vec<PathBuf> = named.filter(|path| path.is_file()).collect();
        let mut files = Vec::new();
        for place in &args.output {
            files.push((kind(place)?, place.clone()));
        }
        if let Some(place) = &args.cards {
            files.push((sheets(place, args)?, place.clone()));
        }
        let is_stream = |(_, place): &(Kind, PathBuf)| place == Path::new("-");
        let streams = files.iter().filter(|file| is_stream(file)).count() + usize::from(args.json);
        if streams > 1 {
            let found = "the standard output takes one thing: a calendar or JSON";
            let problem = Diagnostic::error("no-stream", found);
            return Err(Failure::usage(
                problem.help("name a file for the calendar: `-o plan.ics`"),
            ));
        }
        let outputs = Self { files, inputs, force: args.force };
        outputs.allow(&outputs.named())?;
        Ok(outputs)
    }

    /// Returns whether nothing is written anywhere.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the files on disk, as they were named.
    pub fn places(&self) -> Vec<PathBuf> {
        let places = self.files.iter().map(|(_, place)| place.clone());
        places.filter(|place| place != Path::new("-")).collect()
    }

    /// Returns every file whose name is known before the pages are.
    fn named(&self) -> Vec<PathBuf> {
        let beside = |(kind, place): &(Kind, PathBuf)| {
            let meta = (*kind == Kind::Table).then(|| place.with_extension("toml"));
            [Some(place.clone()), meta].into_iter().flatten().collect::<Vec<_>>()
        };
        let named = self.files.iter().flat_map(beside);
        named.filter(|place| place != Path::new("-")).collect()
    }

    fn allow(&self, places: &[PathBuf]) -> Result<(), Failure> {
        output::distinct(places)?;
        places.iter().try_for_each(|place| output::allow(place, &self.inputs, self.force))
    }

    /// Writes all files; none appears before all of them are whole.
    pub fn write(
        &self,
        outline: &Outline,
        args: &PlanArgs,
        at: Time,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let mut whole: Vec<Complete> = Vec::new();
        let mut stream = None;
        for (kind, place) in &self.files {
            match kind {
                Kind::Page(format) => whole.extend(self.paged(outline, args, *format, place)?),
                Kind::Table => whole.extend(Cards::of(outline)?.table(outline, place)?),
                Kind::Sheets => {
                    let (file, notes) = Cards::of(outline)?.sheets(outline, place, args)?;
                    whole.push(file);
                    if !args.quiet {
                        terminal.tell(&notes);
                    }
                }
                Kind::Calendar => {
                    let text = reminders::text(outline, at, args.blind)?;
                    if place == Path::new("-") {
                        stream = Some(text);
                    } else {
                        whole.push(output::whole(place, text.as_bytes())?);
                    }
                }
            }
        }
        output::name_together(whole)?;
        stream
            .map_or(Ok(()), |text| output::to_standard_output(|out| out.write_all(text.as_bytes())))
    }

    /// Returns the files of the plan on paper.
    fn paged(
        &self,
        outline: &Outline,
        args: &PlanArgs,
        format: Format,
        place: &Path,
    ) -> Result<Vec<Complete>, Failure> {
        let flags = PrintSettings { paper: args.paper.clone(), ..PrintSettings::default() };
        let first = args.source.decks.first().map(Path::new);
        let folder = first.and_then(Path::parent).unwrap_or(Path::new(""));
        let layers = Layers::read(flags, folder)?;
        let paper = layers.pick(|settings| settings.paper.clone()).0;
        let paper = paper.unwrap_or_else(|| locale::usual_paper().to_owned());
        let paper = read_catalogues()?.0.paper(&paper);
        let paper = paper.map_err(|problem| Failure::usage(*problem))?.size;
        let fonts = layers.pick(|s| Some(s.font.clone()).filter(|fonts| !fonts.is_empty())).0;
        let (fonts, _) = load_fonts(&outline.decks, &fonts.unwrap_or_default())?;
        let pages = MadePages { pages: page::pages(outline, paper, &fonts)?, digits: 1 };
        let painting = Painting {
            pages: &pages,
            fonts: &fonts,
            pdf: PdfOptions {
                title: outline.plan.title.clone(),
                subject: outline.plan.purpose.clone(),
                language: "en".into(),
                date: source_date(),
                duplex: Some(Duplex::Simplex),
                ..PdfOptions::default()
            },
            png: PngOptions { dpi: 300.0, grey: false },
            progress: false,
        };
        let places = painting.places(format, place);
        if places != [place] {
            self.allow(&places)?;
        }
        painting.wholes(format, place)
    }
}

fn kind(place: &Path) -> Result<Kind, Failure> {
    if place == Path::new("-") {
        return Ok(Kind::Calendar);
    }
    let ending = place.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("pdf" | "png" | "svg") => Ok(Kind::Page(Format::of(place)?)),
        Some("ics") => Ok(Kind::Calendar),
        Some("csv") => Ok(Kind::Table),
        _ if place.is_dir() => Err(output::is_folder(place, "plan.pdf")),
        other => {
            let found = match other {
                Some(other) => format!("a plan cannot be a `.{other}` file"),
                None => format!("`{}` has no ending that tells its kind", place.display()),
            };
            let problem = Diagnostic::error("unknown-format", found)
                .expected("an output that ends in .pdf, .png, .svg, .ics or .csv")
                .help(format!("write to `{}`", place.with_extension("pdf").display()));
            Err(Failure::usage(problem))
        }
    }
}

/// Returns that a file holds sheets of cards, if it can.
fn sheets(place: &Path, args: &PlanArgs) -> Result<Kind, Failure> {
    let is_pdf = place.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    if !is_pdf {
        let found = format!("`--cards {}` is no PDF", place.display());
        let help = format!("write to `{}`", place.with_extension("pdf").display());
        return Err(Failure::usage(Diagnostic::error("unknown-format", found).help(help)));
    }
    if args.source.decks.iter().any(|deck| deck == "-") {
        let found = "`--cards` reads the decks again, which the standard input cannot give twice";
        let problem = Diagnostic::error("no-stream", found);
        return Err(Failure::usage(problem.help("name the table by its file")));
    }
    Ok(Kind::Sheets)
}
