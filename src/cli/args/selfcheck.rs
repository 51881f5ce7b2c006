//! The words of the self-check, and of leaning on it.

use std::path::PathBuf;

use clap::Args;

use super::whole_number;

/// What a choice of cards leans on.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Which cards")]
pub struct LeanArgs {
    /// Lean, by a stated amount, towards what a self-check says to practise. Default: the answers that
    /// `deckle selfcheck` kept
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub lean_on: Option<Option<PathBuf>>,
}

/// `deckle selfcheck`
#[derive(Args, Debug)]
#[command(
    before_help = "\
Examples:
  deckle selfcheck                      eight statements, two minutes, for yourself
  deckle selfcheck --last               how it was then, and how it is now
  deckle selfcheck -o sheet.pdf --people 2    a page for each of you, to fill in by hand",
    after_help = "Answers are 1 to 5; Enter passes a statement over, b goes back, q stops and keeps \
                  nothing. They never leave this machine."
)]
pub struct SelfcheckArgs {
    /// Keep the answers without asking. Default FILE: selfcheck.toml in your data folder
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub save: Option<Option<PathBuf>>,
    /// Neither ask nor keep
    #[arg(long, conflicts_with = "save")]
    pub no_save: bool,
    /// Ask nothing: show what was kept, then and now. Default FILE: the same
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["save", "no_save"])]
    pub last: Option<Option<PathBuf>>,
    /// Write JSON
    #[arg(long)]
    pub json: bool,
    /// Ask nothing: write a sheet to fill in by hand; PDF, PNG or SVG
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["save", "no_save", "last", "json"])]
    pub output: Option<PathBuf>,
    /// How many people fill one in, each a page of their own. Default: 1
    #[arg(long, value_name = "N", requires = "output", allow_hyphen_values = true, value_parser = whole_number::<usize>)]
    pub people: Option<usize>,
    /// The paper of the sheet: a name of `deckle list papers`, or a size. Default: that of your country
    #[arg(long, value_name = "PAPER", requires = "output", allow_hyphen_values = true)]
    pub paper: Option<String>,
    /// Replace the sheet if it exists
    #[arg(long, requires = "output")]
    pub force: bool,
}
