//! `deckle session -o FOLDER`: everything on paper.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::Terminal;
use crate::cli::args::{PrintSettings, SessionArgs};
use crate::cli::failure::Failure;
use crate::cli::output::{self, Complete, Staged};
use crate::cli::painting::{MadePages, Pages, Painting};
use crate::cli::print::{Settled, SheetPages};
use crate::cli::{locale, print};
use crate::deck::Pick;
use crate::font::FontStore;
use crate::length::Size;
use crate::paint::pdf::PdfOptions;
use crate::paint::png::PngOptions;
use crate::problem::Diagnostic;
use crate::run::{Run, slug_setter};
use crate::scene::Page;
use crate::session::paper::{Order, OrderLine, Paper, order_note};
use crate::session::{Copies, Plan};

use super::json;
use super::kept::Asked;

/// Writes all paper of the plans into `folder`, and says so.
pub fn write(
    args: &SessionArgs,
    folder: &Path,
    plans: &[Plan],
    asked: &Asked,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let Some(largest) = plans.last() else { return Ok(()) };
    if folder.is_file() {
        let found =
            format!("`{}` is a file, and the paper of a session needs a folder", folder.display());
        let problem = Diagnostic::error("output-is-file", found);
        return Err(Failure::usage(problem.help("name a folder, such as `-o evening`")));
    }
    let mut source = args.source.clone();
    if source.decks.is_empty() {
        source.decks.clone_from(&largest.format.decks);
    }
    let flags = PrintSettings { paper: args.paper.clone(), ..PrintSettings::default() };
    let mut job = Settled::read(&source, &flags, None)?;
    let (fonts, backs) = job.load()?;
    let size = paper_size(args)?;
    let of = |plan| Paper { plan, decks: &job.decks, fonts: &fonts, size };
    let packs = Packs::of(largest);
    let run = Run::new(&fonts, job.request(&packs.picks, backs)).map_err(Failure::unmet)?;
    let text = slug_setter(&fonts);
    let sheets = run.sheets(&text);
    let cards = SheetPages::new(&run, &sheets);
    let whole = of(largest);
    let mut files = Vec::new();
    for plan in plans {
        let name = |name: &str| match plans.len() {
            1 => name.to_owned(),
            _ => format!("{name}-{}", plan.count()),
        };
        let note = "for whoever leads, and one more";
        files.push(file(&name("run-sheet"), of(plan).run_sheet(), 2, "plain", note));
        files.push(file(
            &name("slips"),
            of(plan).slips(),
            1,
            "plain",
            "cut along the lines: one for each person",
        ));
    }
    let stiff = "stiff, about 160 g/m²";
    files.push(file("tents", whole.tents(), 1, stiff, "cut in the middle, fold at the dashes"));
    files.push(file("slides", whole.slides(), 1, "for the projector: not printed", ""));
    let mut problems = Vec::new();
    let mut made = Vec::new();
    for file in files {
        match file.pages {
            Ok(pages) if pages.is_empty() => {}
            Ok(pages) => made.push((file.line, pages)),
            Err(told) => problems.extend(told),
        }
    }
    let mut lines: Vec<OrderLine> =
        made.iter().map(|(line, pages)| OrderLine { pages: pages.len(), ..line.clone() }).collect();
    if !packs.picks.is_empty() {
        lines.insert(0, packs.line(cards.count(), &sheets_in_words(&job)));
    }
    let printed: Vec<OrderLine> =
        lines.iter().filter(|line| line.file != "slides.pdf").cloned().collect();
    let order = Order {
        title: &largest.format.title,
        lines: &printed,
        notes: &packs.notes(),
        size,
        fonts: &fonts,
    };
    match order_note(&order) {
        Ok(pages) => {
            let line = OrderLine { file: "order.pdf".into(), ..OrderLine::default() };
            made.push((line, pages));
        }
        Err(told) => problems.extend(told),
    }
    if !problems.is_empty() {
        problems.dedup();
        return Err(Failure::unmet(problems));
    }
    let place = |file: &str| folder.join(file);
    let mut places: Vec<PathBuf> = made.iter().map(|(line, _)| place(&line.file)).collect();
    places.push(place("plan.json"));
    if !packs.picks.is_empty() {
        places.insert(0, place("cards.pdf"));
    }
    for place in &places {
        output::allow(place, &job.files, args.force)?;
    }
    std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
    let mut whole_files: Vec<Complete> = Vec::new();
    if !packs.picks.is_empty() {
        whole_files
            .push(job.painting(&cards, &fonts, terminal.is_person).document(&place("cards.pdf"))?);
    }
    for (line, pages) in made {
        let pages = MadePages { pages, digits: 2 };
        let title = format!("{} · {}", largest.format.title, line.file.trim_end_matches(".pdf"));
        whole_files.push(painting(&pages, &fonts, title).document(&place(&line.file))?);
    }
    whole_files.push(plan_file(&place("plan.json"), plans, &job, asked)?);
    output::name_together(whole_files)?;
    if !args.quiet {
        terminal.tell(&run.notes());
        let names: Vec<String> = places
            .iter()
            .filter_map(|place| Some(place.file_name()?.to_string_lossy().into_owned()))
            .collect();
        terminal.say(&format!("wrote into {}: {}", folder.display(), names.join(", ")));
    }
    Ok(())
}

/// Returns the paper that is asked for, else that of the country.
fn paper_size(args: &SessionArgs) -> Result<Size, Failure> {
    let (catalogues, _) = print::read_catalogues()?;
    let word = args.paper.as_deref().unwrap_or(locale::usual_paper());
    let paper = catalogues.paper(word).map_err(|problem| Failure::usage(*problem))?;
    Ok(paper.size)
}

fn sheets_in_words(job: &Settled) -> String {
    let sides = if job.resolved.sheet.duplex.is_one_sided() {
        "one side"
    } else {
        "both sides, as its sheets say"
    };
    format!("card, 250 to 300 g/m², {} ({sides})", job.resolved.sheet.grid.page)
}

/// The cards as they are printed.
struct Packs {
    picks: Vec<Pick>,
    /// How often the whole file is printed.
    times: usize,
}

impl Packs {
    /// Groups that need all cards equally often get a pack each; else copies follow one another in the
    /// order of the rounds.
    fn of(plan: &Plan) -> Self {
        let copies = plan.copies();
        let asked: Vec<Copies> = copies.clone();
        let rounds: Vec<usize> =
            asked.iter().map(|copies| copies.count).filter(|count| *count > 1).collect();
        let same = rounds
            .first()
            .copied()
            .filter(|first| plan.format.stay && rounds.iter().all(|it| it == first));
        match same {
            Some(times) => Self { picks: asked.iter().map(|copies| copies.card).collect(), times },
            None => {
                let repeated = asked.iter().flat_map(|it| std::iter::repeat_n(it.card, it.count));
                Self { picks: repeated.collect(), times: 1 }
            }
        }
    }

    fn line(&self, pages: usize, paper: &str) -> OrderLine {
        let then = match self.times {
            1 => "cut; the cards come in the order of the rounds",
            _ => "cut: each copy is a pack for one group",
        };
        OrderLine {
            file: "cards.pdf".into(),
            pages,
            copies: self.times,
            paper: paper.into(),
            then: then.into(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let cards = self.picks.len() * self.times;
        vec![format!(
            "{cards} cards in all. Each sheet of cards says how it is turned for its back."
        )]
    }
}

/// A document that is made.
struct File {
    line: OrderLine,
    pages: Result<Vec<Page>, Vec<Diagnostic>>,
}

/// Returns a document as it stands in the order.
fn file(
    name: &str,
    pages: Result<Vec<Page>, Vec<Diagnostic>>,
    copies: usize,
    paper: &str,
    then: &str,
) -> File {
    let file = format!("{name}.pdf");
    let (paper, then) = (paper.to_owned(), then.to_owned());
    File { line: OrderLine { file, pages: 0, copies, paper, then }, pages }
}

fn painting<'a>(pages: &'a dyn Pages, fonts: &'a FontStore, title: String) -> Painting<'a> {
    let pdf = PdfOptions { title, ..PdfOptions::default() };
    Painting { pages, fonts, pdf, png: PngOptions::default(), progress: false }
}

fn plan_file(
    place: &Path,
    plans: &[Plan],
    job: &Settled,
    asked: &Asked,
) -> Result<Complete, Failure> {
    let stage = || {
        let mut staged = Staged::new(place)?;
        json::write(&mut staged, plans, &job.decks, asked)?;
        staged.write_all(b"\n")?;
        Ok(staged)
    };
    stage().map_err(|error: std::io::Error| Failure::writing(place, &error))?.complete()
}
