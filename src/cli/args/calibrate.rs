//! The words of `deckle calibrate`.

use std::path::PathBuf;

use clap::Args;

use super::{FlipArg, OrientationArg};

/// `deckle calibrate`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle calibrate -o page.pdf                       a sheet of scales, to print on both sides
  deckle calibrate --printer home --set H38,V43,R38  keep what you read on it
  deckle print --printer home                        backs where their fronts are

`deckle calibrate --printer home` alone tells what is kept.")]
pub struct CalibrateArgs {
    /// The sheet to write: PDF, PNG or SVG. Default: calibration.pdf, where no printer is named
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The printer, under a name of your choice; with -o the sheet makes up for what is kept of it
    #[arg(long, value_name = "NAME")]
    pub printer: Option<String>,
    /// Keep what was read: H38,V43,R38 as printed beside the ticks, or x=0.6mm,y=-1.2mm,angle=0.15 (how
    /// far the back lies right and down, and is turned clockwise, seen from the back);
    /// scale-x=98.7,scale-y=99 is what the bars of 100 mm measure
    #[arg(
        long,
        value_name = "READINGS",
        requires = "printer",
        allow_hyphen_values = true,
        conflicts_with_all = ["add", "forget", "output"]
    )]
    pub set: Option<String>,
    /// The same, for a sheet that was made with `--printer`: adds to what is kept
    #[arg(
        long,
        value_name = "READINGS",
        requires = "printer",
        allow_hyphen_values = true,
        conflicts_with_all = ["forget", "output"]
    )]
    pub add: Option<String>,
    /// Forget the printer, in all ways of holding and turning the sheet
    #[arg(
        long,
        requires = "printer",
        conflicts_with_all = ["output", "paper", "orientation", "flip"]
    )]
    pub forget: bool,
    /// The paper: a name of `deckle list papers`, or a size. Default: that of your country
    #[arg(long, value_name = "PAPER", allow_hyphen_values = true)]
    pub paper: Option<String>,
    /// How the paper is held. Default: portrait
    #[arg(long)]
    pub orientation: Option<OrientationArg>,
    /// Which edge the printer turns the sheet about. Default: long
    #[arg(long)]
    pub flip: Option<FlipArg>,
    /// Replace the output if it exists
    #[arg(long)]
    pub force: bool,
}
