//! The words of `deckle session`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::{DeckArgs, FilterArgs, LeanArgs, LedgerArgs, minutes, whole_number};

choice!(
    /// What becomes of the one whom pairs leave over.
    OddArg {
        /// Joins a pair
        Triad,
        /// Rests for a round
        Rest,
    }
);

/// `deckle session`
#[derive(Args, Clone, Debug)]
#[command(before_help = "\
Examples:
  deckle session conversation --minutes 45               an evening for two, card by card
  deckle session pair-rotation --people 14 --start 19:30  a room of people, who sits with whom
  deckle session cafe --names guests.txt --rounds 3       tables that mix, by name
  deckle session conversation --run                       now, with a timer for each side
  deckle list formats                                     all formats")]
pub struct SessionArgs {
    /// How it goes: a format of `deckle list formats`, or a format file (.toml)
    #[arg(value_name = "FORMAT")]
    pub format: String,
    /// The decks. Default: those that suit the format
    #[command(flatten)]
    pub source: DeckArgs,
    /// How many minutes there are. Default: as many as the format usually takes
    #[arg(short, long, value_name = "MINUTES", allow_hyphen_values = true, value_parser = minutes)]
    pub minutes: Option<u16>,
    /// How many people, or from how many to how many: 14, 21-25. With --from-round: how many there are now
    #[arg(short, long, value_name = "N", allow_hyphen_values = true)]
    pub people: Option<String>,
    /// A file with their names, one in each line, or a table with a column `name`; `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,
    /// How many rounds. Default: as many as there is time for
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<usize>)]
    pub rounds: Option<usize>,
    /// When it begins, such as 19:30
    #[arg(long, value_name = "TIME")]
    pub start: Option<String>,
    /// The deepest depth, by number or name. Default: what suits the format and the people
    #[arg(long, value_name = "DEPTH")]
    pub ceiling: Option<String>,
    /// The number that chance starts from. Default: one that belongs to format and decks
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<u64>)]
    pub seed: Option<u64>,
    /// Leading it now.
    #[command(flatten)]
    pub live: LiveArgs,
    /// Who sits with whom.
    #[command(flatten)]
    pub seats: SeatArgs,
    /// Which cards.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// What the choice leans on.
    #[command(flatten)]
    pub lean: LeanArgs,
    /// Write everything on paper into this folder: run sheet, slips, tents, cards, slides, order note
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
    /// The paper. Default: that of your country
    #[arg(long, value_name = "PAPER")]
    pub paper: Option<String>,
    /// Replace files that exist
    #[arg(long)]
    pub force: bool,
    /// Write the plan as JSON
    #[arg(long)]
    pub json: bool,
    /// Write the format's own file, to make another one of it, and stop
    #[arg(long)]
    pub show_format: bool,
    /// Tell only what is amiss beside the plan
    #[arg(short, long)]
    pub quiet: bool,
}

/// Who sits with whom.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Who sits with whom")]
pub struct SeatArgs {
    /// What becomes of the one whom pairs leave over. Default: joins a pair
    #[arg(long, value_enum, value_name = "WHAT")]
    pub odd: Option<OddArg>,
    /// People who know each other and shall not meet: 1:2,5:9 or Anna:Ben
    #[arg(long, value_name = "A:B,…", value_delimiter = ',')]
    pub apart: Vec<String>,
    /// Go on from this round with those who are there: seats are given anew, all else stays as it was
    #[arg(long, value_name = "ROUND", value_parser = whole_number::<usize>)]
    pub from_round: Option<usize>,
    /// With --from-round: who has left, by name or number
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', requires = "from_round")]
    pub gone: Vec<String>,
    /// With --from-round: the plan that was followed so far, as JSON. Default: the last of this format
    #[arg(long, value_name = "FILE", requires = "from_round")]
    pub past: Option<PathBuf>,
}

/// Leading a session in the terminal.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Now, in the terminal")]
pub struct LiveArgs {
    /// Lead it now: the card, whose turn it is, and a timer for each side
    #[arg(long)]
    pub run: bool,
    /// With --run: a turn whose time is over goes on until you press a key
    #[arg(long, requires = "run")]
    pub wait: bool,
    /// With --run: no bell
    #[arg(long, requires = "run")]
    pub mute: bool,
    /// With --run: begin anew, though an earlier session is not at its end
    #[arg(long, requires = "run")]
    pub anew: bool,
    /// Where passes and times are kept.
    #[command(flatten)]
    pub ledger: LedgerArgs,
}
