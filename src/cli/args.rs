//! The words of the command line.

/// Declares a choice of words for a flag and a settings file.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$case_doc])* $case),+ }
    };
}

mod calibrate;
mod draw;
mod selfcheck;
mod session;
mod settings;
mod sheets;
mod tuck_box;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

pub use calibrate::CalibrateArgs;
pub use draw::{
    DrawArgs, ForgetArgs, HistoryArgs, LedgerArgs, LedgerPath, MarkArgs, MarkPlace, NoteArgs,
    PlanArg, PlanArgs, SharedArgs, ShownArgs, TonightArgs, UndoArgs, UsedArgs,
};
pub use selfcheck::{LeanArgs, SelfcheckArgs};
pub use session::{LiveArgs, OddArg, SeatArgs, SessionArgs};
pub use settings::{
    ColourArg, DuplexArg, FillArg, FlipArg, MarksArg, OrientationArg, PrintSettings, PurposeArg,
    SequenceArg, StackArg, SwitchArg, ThemeArg,
};
pub use sheets::SheetsArg;
pub use tuck_box::{BoxArgs, BoxStyleArg};

/// Turns a table of conversation prompts into cards to print.
#[derive(Debug, Parser)]
#[command(
    name = "deckle",
    version,
    max_term_width = 100,
    before_help = "\
Examples:
  deckle print                                 the built-in deck, ready for a printer at home
  deckle print family.csv --for copyshop       your own table, with bleed and crop marks
  deckle tonight                               a question for this night, the same for both of you",
    after_help = "`deckle COMMAND --help` tells more. Without a DECK, commands use `intimacy`; \
                  draw, tonight and plan use all built-in cards for couples."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make card sheets: PDF, PNG or SVG
    Print(Box<PrintArgs>),
    /// Deal a deck into packs that are equally long, deep and varied
    Deal(Box<DealArgs>),
    /// Find out how far a printer puts backs off their fronts, and make up for it
    Calibrate(CalibrateArgs),
    /// Make the net of a tuck box that fits the deck, to cut, fold and glue
    #[command(name = "box")]
    TuckBox(Box<BoxArgs>),
    /// Draw a card, or some, that you have not had yet
    Draw(Box<DrawArgs>),
    /// Show the card of this night: the same for two people who are apart
    Tonight(Box<TonightArgs>),
    /// Plan days or weeks: a page for the wall, a calendar, the cards to go with it
    Plan(Box<PlanArgs>),
    /// Plan an evening or a workshop: rounds, times, cards, and who sits with whom
    Session(Box<SessionArgs>),
    /// Love a card: it comes again a little sooner
    Love(MarkArgs),
    /// Pass a card, without a reason: it comes again later
    Pass(MarkArgs),
    /// Retire a card: it comes no more
    Retire(MarkArgs),
    /// Take love, pass and retire back from a card
    Restore(MarkArgs),
    /// Record cards that you drew from the deck of paper
    Used(UsedArgs),
    /// Keep words of your own with a card
    Note(NoteArgs),
    /// Take back what was recorded last
    Undo(UndoArgs),
    /// List what was drawn, loved, passed and retired
    History(HistoryArgs),
    /// Check for yourself how it is between you, and what to practise
    Selfcheck(SelfcheckArgs),
    /// Empty the ledger, and forget the self-checks
    Forget(ForgetArgs),
    /// List every problem of a table, with its place and the smallest repair
    Check(CheckArgs),
    /// Read a deck in the terminal, or as a contact sheet with `-o proof.pdf`
    Show(ShowArgs),
    /// Tell how fairly depths and categories share the cards, and choose some fairly
    Balance(BalanceArgs),
    /// Write a starter table, or a copy of a built-in deck to edit
    New(NewArgs),
    /// List what deckle knows: decks, sizes, papers, stocks, formats, fonts, rules, printers
    List(ListArgs),
    /// Write a completion script for a shell
    #[command(before_help = "\
Examples:
  deckle completions bash > ~/.local/share/bash-completion/completions/deckle
  deckle completions zsh > ~/.zfunc/_deckle
  deckle completions fish > ~/.config/fish/completions/deckle.fish")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual page
    #[command(before_help = "\
Examples:
  deckle man > deckle.1                 the page, for a package
  deckle man | man -l -                 the page, to read
  deckle man | groff -man -Tpdf         the page, to print")]
    Man,
}

/// The decks of a command.
#[derive(Args, Clone, Debug, Default)]
pub struct DeckArgs {
    /// Tables (.csv, .xlsx, .ods), `-` for standard input, or names of built-in decks
    #[arg(value_name = "DECK")]
    pub decks: Vec<String>,
    /// The file that tells title, back and fonts, in place of the one beside the first table
    #[arg(long, value_name = "FILE")]
    pub meta: Option<PathBuf>,
}

/// Which cards of the decks are meant.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Which cards")]
pub struct FilterArgs {
    /// Only the cards with these codes
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Only these depths: 2, 1-3, 3-, or names such as Shore
    #[arg(long, value_name = "DEPTH,…", allow_hyphen_values = true)]
    pub depth: Vec<String>,
    /// Only these categories
    #[arg(long, value_name = "NAME,…")]
    pub category: Vec<String>,
    /// All but these categories
    #[arg(long, value_name = "NAME,…")]
    pub not_category: Vec<String>,
    /// Only these kinds, such as question or exercise
    #[arg(long, value_name = "KIND,…")]
    pub kind: Vec<String>,
    /// Only the cards for these people, as deck or card name them
    #[arg(long, value_name = "WHO,…")]
    pub audience: Vec<String>,
    /// Only the cards with one of these tags
    #[arg(long, value_name = "TAG,…")]
    pub tag: Vec<String>,
    /// No card that takes longer
    #[arg(long, value_name = "MINUTES", allow_hyphen_values = true, value_parser = minutes)]
    pub max_minutes: Option<u16>,
    /// Also the cards of these categories that must be asked for: those with the tag opt-in
    #[arg(long, value_name = "NAME,…")]
    pub opt_in: Vec<String>,
}

/// Which cards must be among those that are chosen, and which must not.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Which cards")]
pub struct PinArgs {
    /// Cards that must be among those chosen
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub pin: Vec<String>,
    /// Cards that must not be
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub without: Vec<String>,
}

/// How many cards are chosen, and how fairly.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Which cards")]
pub struct MixArgs {
    /// How many cards, rule cards included. Default: the deck's standard count, else all
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<usize>)]
    pub count: Option<usize>,
    /// How the depths share them: even, gentle, deep, or weights such as 1=20,2=30. Default: even
    #[arg(long, value_name = "MIX")]
    pub mix: Option<String>,
    /// The number that chance starts from. Default: one that belongs to the deck
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<u64>)]
    pub seed: Option<u64>,
}

/// `deckle print`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle print                                   the built-in deck on the paper of your country
  deckle print family.csv -o family.pdf --for copyshop --size tarot
  deckle print family.csv --faces -o faces.png   one picture per face, with bleed")]
pub struct PrintArgs {
    /// The decks.
    #[command(flatten)]
    pub source: DeckArgs,
    /// The file to write; its ending decides between PDF, PNG and SVG. Default: DECK.pdf,
    /// with a word more for tests and reprints, such as DECK-changed.pdf
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Which cards.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// What must be in, and what must not.
    #[command(flatten)]
    pub pins: PinArgs,
    /// What they lean on.
    #[command(flatten)]
    pub lean: LeanArgs,
    /// Do everything but write
    #[arg(long)]
    pub dry_run: bool,
    /// Replace the output if it exists
    #[arg(long)]
    pub force: bool,
    /// Tell every setting and where it comes from, and stop
    #[arg(long)]
    pub show_settings: bool,
    /// Also write a job ticket for whoever prints and cuts: the sheet to scale, and every cut
    #[arg(long, value_name = "FILE", conflicts_with = "sheets")]
    pub ticket: Option<PathBuf>,
    /// A second printing, or a test.
    #[command(flatten)]
    pub again: AgainArgs,
    /// How to print.
    #[command(flatten)]
    pub settings: PrintSettings,
}

/// What is said of a printing that is not the first, or not in earnest.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Tests and second printings")]
pub struct AgainArgs {
    /// Keep a record of what is printed, for a second printing, in this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["draft", "sheets"])]
    pub record: Option<PathBuf>,
    /// Print only cards that are new or edited since this record, as they were printed then, and list
    /// those to take out of the deck
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "only", "depth", "category", "not_category", "kind", "audience", "tag", "max_minutes", "pin", "without",
        "count", "mix", "lean_on",
    ])]
    pub changed_since: Option<PathBuf>,
    /// Only these sheets, such as 1 for a test, or 3-5,8
    #[arg(long, value_name = "N,…")]
    pub sheets: Option<SheetsArg>,
    /// A test of printer and knife with next to no ink: outlines and codes in place of cards
    #[arg(long)]
    pub draft: bool,
}

/// `deckle deal`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle deal family.csv --packs 4              tables for four groups
  deckle deal family.csv --packs 4 -o 'table-{N}.pdf' --name-cards
  deckle deal --packs 3 --count 30 --mix gentle ten cards each, most light")]
pub struct DealArgs {
    /// The decks.
    #[command(flatten)]
    pub source: DeckArgs,
    /// How many packs
    #[arg(long, value_name = "K", allow_hyphen_values = true, value_parser = whole_number::<usize>)]
    pub packs: usize,
    /// The files to write, with {N} for the number of the pack; .csv or .pdf. Default: pack-{N}.csv
    #[arg(short, long, value_name = "PATTERN")]
    pub output: Option<String>,
    /// Which cards.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// What must be in, and what must not.
    #[command(flatten)]
    pub pins: PinArgs,
    /// What they lean on.
    #[command(flatten)]
    pub lean: LeanArgs,
    /// With .pdf: print the number of its pack on each card, before the code
    #[arg(long)]
    pub name_cards: bool,
    /// Do everything but write
    #[arg(long)]
    pub dry_run: bool,
    /// Replace the files if they exist
    #[arg(long)]
    pub force: bool,
    /// Tell what was dealt as JSON
    #[arg(long)]
    pub json: bool,
    /// How to choose and print.
    #[command(flatten)]
    pub settings: PrintSettings,
}

/// Reads a number of things.
fn whole_number<T: std::str::FromStr>(text: &str) -> Result<T, &'static str> {
    text.trim().parse().map_err(|_| "write a whole number, such as 12")
}

/// Reads a number of minutes, with the word for them behind it or without.
fn minutes(text: &str) -> Result<u16, &'static str> {
    let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = text[number.len()..].trim().trim_end_matches('.').to_lowercase();
    let units = ["", "m", "min", "mins", "minute", "minutes"];
    let number = number.trim().parse::<u32>().ok().filter(|_| units.contains(&&*unit));
    // Nothing takes longer than can be said here.
    number
        .map(|number| number.try_into().unwrap_or(u16::MAX))
        .ok_or("write a whole number of minutes, such as 5")
}

/// `deckle check`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle check family.csv               every problem with its line, and how to mend it
  deckle check family.csv --write-ids   give each card a name that stays when its words change
  deckle check *.csv --json             the same for programs")]
pub struct CheckArgs {
    /// The decks.
    #[command(flatten)]
    pub source: DeckArgs,
    /// Fill in the ids of the table, so that an edited prompt stays the same card
    #[arg(long)]
    pub write_ids: bool,
    /// Write the problems as JSON
    #[arg(long)]
    pub json: bool,
    /// Fail on warnings too, and on errors and warnings in the words
    #[arg(long)]
    pub deny: bool,
}

/// `deckle show`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle show                           the built-in deck, by category
  deckle show family.csv --by-depth     your own, from light to deep
  deckle show family.csv -o proof.pdf   small cards on paper, to read with a pencil")]
pub struct ShowArgs {
    /// The decks.
    #[command(flatten)]
    pub source: DeckArgs,
    /// Write a contact sheet: PDF, PNG or SVG
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Which cards.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Group by depth rather than by category
    #[arg(long)]
    pub by_depth: bool,
    /// Write the deck as JSON
    #[arg(long)]
    pub json: bool,
    /// Replace the output if it exists
    #[arg(long)]
    pub force: bool,
}

/// `deckle balance`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle balance family.csv                              how lopsided your table is
  deckle balance family.csv --count 30 --mix deep        thirty cards, mostly deep, and why these
  deckle balance family.csv --count 30 -o evening.csv    the same thirty as a table of their own")]
pub struct BalanceArgs {
    /// The decks.
    #[command(flatten)]
    pub source: DeckArgs,
    /// Write the chosen cards (.csv), or the table as a picture (.svg, .png, .pdf)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Which cards.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// What must be in, and what must not.
    #[command(flatten)]
    pub pins: PinArgs,
    /// What they lean on.
    #[command(flatten)]
    pub lean: LeanArgs,
    /// How many, and how fairly.
    #[command(flatten)]
    pub mix: MixArgs,
    /// Write the balance as JSON
    #[arg(long)]
    pub json: bool,
    /// Replace the output if it exists
    #[arg(long)]
    pub force: bool,
}

/// `deckle new`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle new ours                       ours.csv and ours.toml, a few cards to write over
  deckle new ours --from intimacy       a copy of the built-in deck
  deckle new ours --from questions.txt  a plain list, one prompt to the line, made into a deck")]
pub struct NewArgs {
    /// The name of the deck: NAME.csv is written, and NAME.toml beside it
    pub name: String,
    /// A deck to copy, or a list of prompts to make into one: lines, Markdown, JSON, a table
    #[arg(long, value_name = "DECK|FILE")]
    pub from: Option<String>,
    /// Replace the files if they exist
    #[arg(long)]
    pub force: bool,
}

/// `deckle list`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle list sizes                     the cards that `--size` knows by name
  deckle list stocks                    sheets that are cut already, by maker and number
  deckle list fonts --licenses          the fonts, with their licences")]
pub struct ListArgs {
    /// What to list
    pub what: ListArg,
    /// Write the list as JSON
    #[arg(long)]
    pub json: bool,
    /// With `fonts`: the whole licences
    #[arg(long)]
    pub licenses: bool,
}

choice!(
    /// A catalogue.
    ListArg {
        /// The built-in decks
        Decks,
        /// The sizes of cards
        Sizes,
        /// The papers
        Papers,
        /// The perforated and pre-cut sheets
        Stocks,
        /// How sessions go
        Formats,
        /// The bundled fonts
        Fonts,
        /// What `check` looks for in the words of a deck
        Rules,
        /// The printers that were calibrated
        Printers,
    }
);
