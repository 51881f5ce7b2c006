//! `deckle balance`: how fairly depths and categories share the cards, and which are chosen.

mod json;
mod layout;
mod picture;
mod reasons;
mod text;

use std::path::{Path, PathBuf};

use crate::deck::{Deck, Pack, Pick};
use crate::problem::{Diagnostic, counted};
use crate::select::{Mix, Table, usual_seed};

use super::Terminal;
use super::args::BalanceArgs;
use super::choose::{Ask, Chosen, Count, Guides, choose};
use super::deal::deck_files;
use super::failure::{Exit, Failure};
use super::lean::{Amount, Leaning};
use super::output::{self, to_standard_output};
use super::painting::Format;
use super::sources::read_decks;

/// What is told about a balanced choice of cards.
struct Balance<'a> {
    decks: &'a [Deck],
    picks: Vec<Pick>,
    table: Table,
    notes: Vec<Diagnostic>,
    mix: Mix,
    /// The mix in the words of whoever asked for it.
    mix_words: String,
    seed: u64,
    /// What the choice leans on.
    leaning: Option<&'a Leaning>,
}

impl<'a> Balance<'a> {
    fn choose(
        decks: &'a [Deck],
        args: &BalanceArgs,
        leaning: Option<&'a Leaning>,
    ) -> Result<Self, Failure> {
        let mix_words = args.mix.mix.as_deref().unwrap_or("even").trim().to_owned();
        let mix = Mix::parse(&mix_words, decks)
            .map_err(|problems| Failure { exit: Exit::Usage, problems })?;
        let seed = args.mix.seed.unwrap_or_else(|| usual_seed(decks));
        let count = args.mix.count.map(|number| Count { number, asked: true });
        let ask = Ask {
            filter: &args.filter,
            pins: &args.pins,
            count: count.or_else(|| usual_count(decks, args)),
            guides: Guides::Counted,
            mix: Some(mix),
            leaning,
            seed,
        };
        let Chosen { picks, table, notes, .. } = choose(decks, &ask)?;
        let table = table.ok_or_else(|| nothing_to_balance(decks))?;
        Ok(Self { decks, picks, table, notes, mix, mix_words, seed, leaning })
    }

    /// Returns how many of the chosen cards guide; the table does not count them.
    fn guides(&self) -> usize {
        self.picks.len() - self.table.total.got
    }

    /// Returns the titles of the decks.
    fn title(&self) -> String {
        let titles: Vec<&str> = self.decks.iter().map(|deck| &*deck.meta.title).collect();
        titles.join(" + ")
    }

    /// Returns what was chosen in a line.
    fn sum(&self) -> String {
        let total = &self.table.total;
        let cards = counted(total.available, "card");
        let guides = match self.guides() {
            0 => String::new(),
            1 => "; 1 card that guides is in as well".into(),
            guides => format!("; {guides} cards that guide are in as well"),
        };
        let mix = format!("mix {}{}", self.mix_words, if self.leans() { LEANS } else { "" });
        match self.is_whole() {
            true => format!("all {cards}, with a fair share in brackets ({mix}){guides}"),
            false => format!("{} of {cards} chosen, {mix}{guides}", total.got),
        }
    }

    /// Returns whether any category gets more because of a self-check.
    fn leans(&self) -> bool {
        self.table.columns.iter().any(|column| column.is_leaned)
    }

    /// Returns whether all cards are in, so that the table tells how the deck is spread rather than
    /// what was chosen.
    fn is_whole(&self) -> bool {
        self.table.total.got == self.table.total.available
    }

    /// Returns the notes that the table does not tell better.
    fn untold(&self) -> impl Iterator<Item = &Diagnostic> {
        let in_table = ["depth-short", "pins-over-quota"];
        self.notes.iter().filter(move |note| !in_table.contains(&note.code))
    }
}

/// What is said where categories that are marked with a plus get more.
const LEANS: &str = ", half as many again of those with +";

/// Returns the number of cards that the deck is usually printed with, unless cards are asked for by
/// name.
fn usual_count(decks: &[Deck], args: &BalanceArgs) -> Option<Count> {
    match decks {
        [deck] if args.filter.only.is_empty() => deck.meta.standard_count,
        _ => None,
    }
    .map(|number| Count { number, asked: false })
}

fn nothing_to_balance(decks: &[Deck]) -> Failure {
    let asks = decks.iter().flat_map(|deck| &deck.cards).any(|card| !card.kind.is_guide());
    let (found, help) = match asks {
        true => {
            ("none of these cards has a depth", "choose other filters, or leave fewer cards out")
        }
        false => ("all of these cards guide: none has a depth", "add cards that ask something"),
    };
    Failure::unmet(vec![Diagnostic::error("nothing-to-balance", found).help(help)])
}

/// Tells the balance, or writes it to a file.
pub fn balance(args: &BalanceArgs, terminal: &Terminal) -> Result<(), Failure> {
    let target = args.output.as_deref().map(Target::of).transpose()?;
    if args.json && args.output.as_deref() == Some(Path::new("-")) {
        let found = "`--json` and `-o -` both write to the standard output";
        let problem = Diagnostic::error("contradiction", found);
        return Err(Failure::usage(problem.help("leave one of them out")));
    }
    let read = read_decks(&args.source)?;
    let leaning = Leaning::read(&args.lean)?;
    let balance = Balance::choose(&read.decks, args, leaning.as_ref())?;
    let wrote = match (target, args.output.as_deref()) {
        (Some(target), Some(place)) => {
            let answers = leaning.iter().map(|leaning| leaning.file.clone());
            let inputs: Vec<PathBuf> = read.files().into_iter().chain(answers).collect();
            target.write(&balance, &inputs, (place, args.force))?;
            place != Path::new("-")
        }
        _ => false,
    };
    if args.json {
        to_standard_output(|out| json::write(out, &balance))?;
    } else if args.output.is_none() {
        let settings =
            text::Settings { width: terminal.result_width, colour: terminal.paints_results };
        to_standard_output(|out| text::write(out, &balance, settings))?;
    }
    let shows_table = args.output.is_none() && !args.json;
    let told: Vec<&Diagnostic> = match shows_table || balance.is_whole() {
        true => balance.untold().collect(),
        false => balance.notes.iter().collect(),
    };
    terminal.tell(&read.notices.iter().chain(told).cloned().collect::<Vec<_>>());
    if let Some(place) = args.output.as_ref().filter(|_| wrote) {
        terminal.say(&balance.sum());
        terminal.say_wrote(std::slice::from_ref(place));
        if matches!(target, Some(Target::Cards)) {
            let beside = place.with_extension("toml");
            let told =
                format!("{} beside it tells its title and keeps its codes", beside.display());
            terminal.say(&told);
        }
    }
    Ok(())
}

/// What is written to a file.
#[derive(Clone, Copy)]
enum Target {
    /// The chosen cards.
    Cards,
    /// The two-way table.
    Picture(Format),
}

impl Target {
    fn of(place: &Path) -> Result<Self, Failure> {
        if place == Path::new("-") {
            return Ok(Self::Cards);
        }
        let ending = place.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("csv") => Ok(Self::Cards),
            Some("pdf" | "png" | "svg") => Format::of(place).map(Self::Picture),
            _ if place.is_dir() => Err(output::is_folder(place, "balance.csv")),
            other => Err(unknown_format(place, other)),
        }
    }

    /// Writes to a place, which may be replaced with `force`.
    fn write(
        self,
        balance: &Balance,
        inputs: &[PathBuf],
        (place, force): (&Path, bool),
    ) -> Result<(), Failure> {
        if let Self::Picture(format) = self {
            return picture::write(balance, format, (place, inputs, force));
        }
        let title = &balance.decks[0].meta.title;
        let pack = Pack { decks: balance.decks, picks: &balance.picks, title };
        if place == Path::new("-") {
            return to_standard_output(|out| out.write_all(pack.table().as_bytes()));
        }
        let files = deck_files(&pack, place);
        for (place, _) in &files {
            output::allow(place, inputs, force)?;
        }
        output::write_together(&files.each_ref().map(|(place, bytes)| (&**place, &**bytes)))
    }
}

fn unknown_format(place: &Path, ending: Option<&str>) -> Failure {
    let found = match ending {
        Some(ending) => format!("cannot write `.{ending}` files"),
        None => format!("`{}` has no ending that tells its kind", place.display()),
    };
    let problem = Diagnostic::error("unknown-format", found)
        .expected("an output that ends in .csv (the cards), or in .svg, .png or .pdf (the table)")
        .help(format!("write to `{}`", place.with_extension("csv").display()));
    Failure::usage(problem)
}
