//! `deckle calibrate`: finds out how far a printer is off, and keeps it.

mod keep;
#[cfg(test)]
mod pixels;
mod profiles;
mod set;
#[cfg(test)]
mod tests;
mod words;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::font::FontStore;
use crate::impose::calibration::{Calibration, LEAST, SheetWords};
use crate::impose::{Flip, Format as Paper, Orientation, Register, Side, Turn, turned_by_hand};
use crate::length::Size;
use crate::paint::pdf::{Duplex, PdfOptions};
use crate::paint::png::PngOptions;
use crate::problem::Diagnostic;
use crate::run;
use crate::scene::Page;

use super::args::{CalibrateArgs, FlipArg, OrientationArg, PrintSettings};
use super::failure::Failure;
use super::list::{write_json, write_table};
use super::output::to_standard_output;
use super::painting::{Format, MadePages, Painting};
use super::settings::Layers;
use super::{Terminal, locale, output, print};
use keep::{forget, keep};
pub use profiles::{Printers, Way};
pub use words::remedy;

/// Makes the sheet, or keeps, tells or forgets what is known of a printer.
pub fn calibrate(args: &CalibrateArgs, terminal: &Terminal) -> Result<(), Failure> {
    let name = args.printer.as_deref();
    name.map_or(Ok(()), good_name)?;
    let name_or = |usual| name.unwrap_or(usual);
    match (&args.set, &args.add) {
        (Some(text), _) => keep(args, name_or("home"), text, false, terminal),
        (_, Some(text)) => keep(args, name_or("home"), text, true, terminal),
        _ if args.forget => forget(name_or("home"), terminal),
        _ => match (name, &args.output) {
            (Some(name), None) => tell(name),
            (_, output) => {
                let place = output.clone().unwrap_or_else(|| PathBuf::from("calibration.pdf"));
                make_sheet(args, &place, terminal)
            }
        },
    }
}

/// Refuses a name that could not stand in the file, or on a command line, without quotes.
fn good_name(name: &str) -> Result<(), Failure> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ['-', '_'].contains(&c);
    if name.is_empty()
        || name.starts_with('-')
        || ["schema", "none"].contains(&name)
        || !name.chars().all(is_plain)
    {
        let found = format!("`{name}` cannot be the name of a printer");
        let problem = Diagnostic::error("bad-name", found);
        let help = "choose a name of letters and figures, such as `home`";
        return Err(Failure::usage(problem.help(help)));
    }
    Ok(())
}

/// The sheet that is meant: what flags and settings files say of paper, orientation and flip.
struct Meant {
    paper: Paper,
    /// The paper as it is named on the command line.
    word: String,
    page: Size,
    way: Way,
    files: Vec<PathBuf>,
}

impl Meant {
    fn read(args: &CalibrateArgs) -> Result<Self, Failure> {
        let flags = PrintSettings {
            paper: args.paper.clone(),
            orientation: args.orientation,
            flip: args.flip,
            ..PrintSettings::default()
        };
        let layers = Layers::read(flags, Path::new(""))?;
        let paper = layers.pick(|settings| settings.paper.clone()).0;
        let word = paper.unwrap_or_else(|| locale::usual_paper().into());
        let (catalogues, _) = print::read_catalogues()?;
        let paper = catalogues.paper(&word).map_err(|problem| Failure::usage(*problem))?;
        let orientation = match layers.pick(|settings| settings.orientation).0 {
            Some(OrientationArg::Landscape) => Orientation::Landscape,
            _ => Orientation::Portrait,
        };
        let flip = match layers.pick(|settings| settings.flip).0 {
            Some(FlipArg::Short) => Flip::ShortEdge,
            _ => Flip::LongEdge,
        };
        let page = orientation.pages(paper.size).next().unwrap_or(paper.size);
        Ok(Self { paper, word, page, way: Way::of(page, flip), files: layers.files })
    }

    /// Returns the sheet, if the paper has room for it.
    fn sheet(&self) -> Result<Calibration, Failure> {
        Calibration::new(self.page, self.way.flip).ok_or_else(|| too_small(&self.paper))
    }

    /// Returns the flags that make the same sheet, where it is not the usual one.
    fn flags(&self) -> String {
        // A size may be typed with blanks, which would part the words of a command.
        let word: String = self.word.split_whitespace().collect();
        let is_usual = self.paper.id == locale::usual_paper();
        let paper = if is_usual { String::new() } else { format!(" --paper {word}") };
        format!("{paper}{}", self.way.flags())
    }
}

fn too_small(paper: &Paper) -> Failure {
    let found = format!("{} ({}) has no room for the scales", paper.id, paper.size);
    let help = "take a larger paper from the same tray, such as `--paper a4` or `--paper letter`: what \
                it tells holds for the smaller one";
    let problem = Diagnostic::error("paper-too-small", found);
    Failure::unmet(vec![problem.expected(format!("{LEAST} or more")).help(help)])
}

/// Writes the sheet; it makes up for what is known of the printer already.
fn make_sheet(args: &CalibrateArgs, place: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let format = Format::of(place)?;
    let meant = Meant::read(args)?;
    let printers = Printers::read()?;
    let known = args.printer.as_deref().and_then(|name| printers.get(name));
    let register = known.and_then(|printer| printer.register(meant.way).ok());
    if let (Some(name), None) = (&args.printer, &register) {
        terminal.tell(&[uncorrected(name, meant.way, &printers)]);
    }
    let sheet = meant.sheet()?;
    if register.is_some_and(|register| !sheet.stays_on_paper(&register)) {
        terminal.tell(&[scales_off_paper()]);
    }
    let fonts = FontStore::bundled();
    let pages = MadePages { pages: pages(&meant, &sheet, args, register, &fonts), digits: 1 };
    let duplex = match meant.way.flip {
        Flip::LongEdge => Duplex::LongEdge,
        Flip::ShortEdge => Duplex::ShortEdge,
    };
    let title = "Calibration".to_owned();
    let date = super::source_date();
    let painting = Painting {
        pages: &pages,
        fonts: &fonts,
        pdf: PdfOptions { title, date, duplex: Some(duplex), ..PdfOptions::default() },
        png: PngOptions { dpi: 300.0, ..PngOptions::default() },
        progress: terminal.is_person,
    };
    for place in painting.places(format, place) {
        output::allow(&place, &meant.files, args.force)?;
    }
    let files = painting.paint(format, place)?;
    let (paper, way) = (&meant.paper, meant.way);
    terminal.say(&format!("a calibration sheet on {} ({}), {}", paper.id, paper.size, way.words()));
    if let Some(remedy) = register.as_ref().and_then(remedy) {
        let name = args.printer.as_deref().unwrap_or_default();
        terminal.say(&format!("for printer {name}: {remedy}"));
    }
    let dialog = dialog(way);
    terminal.say(&format!("in the print dialog: 100 % (not \"fit to page\"), {dialog}"));
    let by_hand = turned_by_hand(Turn::of(meant.page, way.flip));
    terminal.say(&format!("a printer of one side: print page 1, {by_hand}; then print page 2"));
    terminal.say("the sheet itself says what to do next");
    terminal.say_wrote(&files);
    Ok(())
}

/// Tells that a sheet for a printer makes up for nothing, which a name that is mistyped would hide.
fn uncorrected(name: &str, way: Way, printers: &Printers) -> Diagnostic {
    let of_what = match printers.get(name) {
        Some(_) => format!("`{name}` for {}", way.words()),
        None => format!("a printer `{name}`"),
    };
    let found = format!("nothing is kept of {of_what}: the sheet makes up for nothing");
    let note = Diagnostic::note("uncorrected-sheet", found);
    match printers.near(name) {
        Some(near) => note.help(format!("did you mean `{near}`?")),
        None => note,
    }
}

/// Tells that a part of the scales is not on the paper, as it is where a dialog shrinks pages.
fn scales_off_paper() -> Diagnostic {
    let found = "to make up for the printer, a part of the scales falls off the paper";
    let help = "set 100 % in the print dialog (not \"fit to page\"), and calibrate anew: \
                `deckle calibrate -o page.pdf`, then `--set`";
    Diagnostic::warning("scales-off-paper", found).help(help)
}

fn dialog(way: Way) -> String {
    format!("two-sided, flip on the {} edge", way.edge())
}

fn pages(
    meant: &Meant,
    sheet: &Calibration,
    args: &CalibrateArgs,
    register: Option<Register>,
    fonts: &FontStore,
) -> Vec<Page> {
    let printer = args.printer.as_deref().unwrap_or("home");
    let verb = if register.is_some() { "--add" } else { "--set" };
    let flags = meant.flags();
    let words = SheetWords {
        subject: &format!("{}, {}", meant.paper.name, meant.way.words()),
        dialog: &dialog(meant.way),
        corrected: register.map(|_| printer),
        command: &format!("deckle calibrate --printer {printer} {verb} H__,V__,R__{flags}"),
        printer,
    };
    let text = run::slug_setter(fonts);
    let pages = sheet.pages(&words, &text).into_iter().zip([Side::Recto, Side::Verso]);
    pages.map(|(page, side)| register.unwrap_or_default().correct(page, side)).collect()
}

/// Tells what is kept of a printer.
fn tell(name: &str) -> Result<(), Failure> {
    let printers = Printers::read()?;
    let printer = printers.find(name)?;
    to_standard_output(|out| {
        printer.registers().try_for_each(|(way, register)| {
            writeln!(out, "{name}, {}: {}", way.words(), words::error(&register))
        })
    })
}

/// A printer as JSON tells it; lengths in millimetres, angles in degrees.
#[derive(Serialize)]
struct PrinterEntry<'p> {
    name: &'p str,
    orientation: &'static str,
    flip: &'static str,
    x_mm: f64,
    y_mm: f64,
    angle_degrees: f64,
    scale_x: f64,
    scale_y: f64,
}

/// `deckle list printers`: writes what is kept of all printers.
pub fn list(json: bool) -> Result<(), Failure> {
    let printers = Printers::read()?;
    let all = || {
        printers.all().flat_map(|printer| {
            let name = printer.name;
            printer
                .registers()
                .map(move |(way, register)| (name, way, register))
                .collect::<Vec<_>>()
        })
    };
    if json {
        let entries: Vec<PrinterEntry> =
            all().map(|(name, way, register)| entry(name, way, &register)).collect();
        return to_standard_output(|out| write_json(out, "printers", &entries));
    }
    let rows: Vec<Vec<String>> = all()
        .map(|(name, way, register)| {
            vec![name.into(), way.orientation().into(), way.edge().into(), words::error(&register)]
        })
        .collect();
    if rows.is_empty() {
        let begin =
            "no printer is calibrated yet: `deckle calibrate` makes the sheet to begin with";
        return to_standard_output(|out| writeln!(out, "{begin}"));
    }
    to_standard_output(|out| write_table(out, &["printer", "orientation", "flip", "error"], &rows))
}

fn entry<'p>(name: &'p str, way: Way, register: &Register) -> PrinterEntry<'p> {
    // Free of what reckoning in thousandths leaves behind the last digit.
    let round = |number: f64| (number * 1e6).round() / 1e6;
    PrinterEntry {
        name,
        orientation: way.orientation(),
        flip: way.edge(),
        x_mm: round(register.shift.x.to_mm()),
        y_mm: round(register.shift.y.to_mm()),
        angle_degrees: register.angle,
        scale_x: round(register.scale.x),
        scale_y: round(register.scale.y),
    }
}
