//! The words of drawing: draw, tonight, plan, and all that concerns the ledger.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{DeckArgs, FilterArgs, LeanArgs, whole_number};

/// Where what was drawn is kept.
#[derive(Args, Clone, Debug, Default)]
pub struct LedgerPath {
    /// The file that keeps what was drawn. Default: one in your data folder
    #[arg(long, value_name = "PATH")]
    pub ledger: Option<PathBuf>,
}

/// Where what is drawn is kept, if it is.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "The ledger")]
pub struct LedgerArgs {
    /// The file.
    #[command(flatten)]
    pub place: LedgerPath,
    /// Neither remember nor record
    #[arg(long, conflicts_with = "ledger")]
    pub no_ledger: bool,
}

/// How a card is shown.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "How it is shown")]
pub struct ShownArgs {
    /// Write the card as a picture to send: PNG, SVG or PDF
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the output if it exists
    #[arg(long)]
    pub force: bool,
    /// Write JSON
    #[arg(long)]
    pub json: bool,
    /// Say nothing but the card, unless something is wrong
    #[arg(short, long)]
    pub quiet: bool,
    /// Show deep cards without asking first
    #[arg(short, long)]
    pub yes: bool,
}

/// `deckle draw`
#[derive(Args, Debug)]
#[command(
    before_help = "\
Examples:
  deckle draw                           a question for two, none twice until all were drawn
  deckle draw friends -n 5 --arc        five for an evening: they rise, and land
  deckle draw -o tonight.png            the card as a picture, to send",
    after_help = "Without a DECK, all built-in cards for couples are drawn from."
)]
pub struct DrawArgs {
    /// The decks.
    #[command(flatten)]
    pub source: DeckArgs,
    /// How many cards. Default: 1, with --arc 5
    #[arg(short = 'n', long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<usize>)]
    pub count: Option<usize>,
    /// A short sequence that rises by single levels and lands on something light
    #[arg(long)]
    pub arc: bool,
    /// The deepest depth that may come. Default: 3
    #[arg(long, value_name = "DEPTH", allow_hyphen_values = true)]
    pub ceiling: Option<String>,
    /// Let this ceiling be yours from now on
    #[arg(long, requires = "ceiling")]
    pub remember: bool,
    /// Let the ceiling rise over weeks of drawing, and fall after a pass
    #[arg(long)]
    pub grow: bool,
    /// The number that chance starts from; the ledger is then left alone
    #[arg(long, value_name = "N", allow_hyphen_values = true, conflicts_with_all = ["ledger", "grow"], value_parser = whole_number::<u64>)]
    pub seed: Option<u64>,
    /// Which cards.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// What the draw leans on.
    #[command(flatten)]
    pub lean: LeanArgs,
    /// How it is shown.
    #[command(flatten)]
    pub shown: ShownArgs,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArgs,
}

/// What two people who are apart agree on.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "What you share")]
pub struct SharedArgs {
    /// The time zone in which your day is counted, such as Europe/Berlin. Default: that of this machine
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Your first night; depth grows from there, week by week
    #[arg(long, value_name = "DATE")]
    pub start: Option<String>,
    /// The deepest depth that may come. Default: 3
    #[arg(long, value_name = "DEPTH", allow_hyphen_values = true)]
    pub ceiling: Option<String>,
    /// A number of your own, for another order than others have. Default: 0
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<u64>)]
    pub seed: Option<u64>,
    /// You are in one room: also cards that cannot be done apart
    #[arg(long)]
    pub together: bool,
    /// The file that keeps what you share. Default: tonight.toml in this folder, else in your settings
    #[arg(long, value_name = "FILE")]
    pub shared: Option<PathBuf>,
}

/// `deckle tonight`
#[derive(Args, Debug)]
#[command(
    before_help = "\
Examples:
  deckle tonight                                    the card of this night, the same for everybody
  deckle tonight --zone Europe/Berlin --start 2026-12-01
  deckle tonight --start 2026-12-01 --save          keep that in tonight.toml, to send along",
    after_help = "Without a DECK, all built-in cards for couples are in that need no common room."
)]
pub struct TonightArgs {
    /// The decks.
    #[command(flatten)]
    pub source: DeckArgs,
    /// The N-th other card of the same night
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<usize>)]
    pub another: Option<usize>,
    /// Another night, such as 2026-12-24
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Write what you share to tonight.toml, or to the file that --shared names
    #[arg(long)]
    pub save: bool,
    /// What is shared.
    #[command(flatten)]
    pub shared: SharedArgs,
    /// Which cards.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// How it is shown.
    #[command(flatten)]
    pub shown: ShownArgs,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArgs,
}

/// `deckle plan`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle plan ten-day -o plan.pdf -o plan.ics       ten small practices, for the wall and the calendar
  deckle plan weekly friends --from 2026-12-01      with cards of another deck, in the terminal
  deckle plan nightly --blind -o nights.ics         a reminder only; the card stays a surprise")]
pub struct PlanArgs {
    /// What is planned
    pub what: PlanArg,
    /// The decks.
    #[command(flatten)]
    pub source: DeckArgs,
    /// A file to write: the plan to tick (.pdf, .png, .svg), for a calendar (.ics), or its cards as a
    /// table (.csv); may be given again. Default: none, the plan is shown
    #[arg(short, long, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// Also write the cards of the plan as sheets to cut: PDF
    #[arg(long, value_name = "FILE")]
    pub cards: Option<PathBuf>,
    /// The paper: a name of `deckle list papers`, or a size. Default: that of your country
    #[arg(long, value_name = "PAPER", allow_hyphen_values = true)]
    pub paper: Option<String>,
    /// With `nightly`: how many nights. Default: 30
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<usize>)]
    pub days: Option<usize>,
    /// The first day. Default: today; with `nightly` --start if that is later
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// The time of the reminder. Default: 20:30
    #[arg(long, value_name = "HH:MM")]
    pub at: Option<String>,
    /// Leave the card out: the calendar only reminds
    #[arg(long)]
    pub blind: bool,
    /// Write JSON
    #[arg(long)]
    pub json: bool,
    /// Replace files that exist
    #[arg(long)]
    pub force: bool,
    /// Say nothing unless something is wrong
    #[arg(short, long)]
    pub quiet: bool,
    /// What is shared.
    #[command(flatten)]
    pub shared: SharedArgs,
    /// Which cards.
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// A plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanArg {
    /// One small practice a day, five deeds and five talks
    TenDay,
    /// Four short times in a week, from a check-in to a look back
    Weekly,
    /// One sitting a week, from a goal to what became of it
    SixWeek,
    /// Ten steps back to each other, one every three days
    Restore,
    /// The cards of `deckle tonight`, night by night
    Nightly,
}

/// `deckle love`, `pass`, `retire` and `restore`
#[derive(Args, Debug)]
pub struct MarkArgs {
    /// The code of the card. Default: the card drawn last
    pub code: Option<String>,
    /// Words of your own, kept with it
    #[arg(long, value_name = "WORDS")]
    pub note: Option<String>,
    /// What is marked.
    #[command(flatten)]
    pub place: MarkPlace,
}

/// `deckle used`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle used R9CA G6WM                 these came from the deck of paper tonight
  deckle used G6WM --deck nightly       of the deck that is named")]
pub struct UsedArgs {
    /// The codes of the cards, as they are printed
    #[arg(required = true, value_delimiter = ',')]
    pub codes: Vec<String>,
    /// What is marked.
    #[command(flatten)]
    pub place: MarkPlace,
}

/// `deckle note`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle note we laughed until ten            about the card drawn last
  deckle note ask again in May --card R9CA    about another one")]
pub struct NoteArgs {
    /// What to keep
    #[arg(required = true)]
    pub words: Vec<String>,
    /// The code of the card. Default: the card drawn last
    #[arg(long, value_name = "CODE")]
    pub card: Option<String>,
    /// What is marked.
    #[command(flatten)]
    pub place: MarkPlace,
}

/// Which cards and which ledger are meant.
#[derive(Args, Clone, Debug, Default)]
pub struct MarkPlace {
    /// The deck that the code belongs to. Default: those that were drawn from, then the built-in ones
    #[arg(long, value_name = "DECK")]
    pub deck: Vec<String>,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}

/// `deckle undo`
#[derive(Args, Debug)]
pub struct UndoArgs {
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}

/// `deckle history`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle history                        the last thirty things that happened
  deckle history --last 0 --csv > year.csv
  deckle history --json                 all of it, for programs")]
pub struct HistoryArgs {
    /// How many of the last entries; 0 for all. Default: 30, with --json and --csv all
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<usize>)]
    pub last: Option<usize>,
    /// Write JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Write CSV
    #[arg(long)]
    pub csv: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}

/// `deckle forget`
#[derive(Args, Debug)]
pub struct ForgetArgs {
    /// Everything that was ever recorded: the ledger, and unless --ledger names one, the self-checks
    /// and the plans of sessions
    #[arg(long, required = true)]
    pub all: bool,
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}
