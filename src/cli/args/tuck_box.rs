//! The words of `deckle box`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ColourArg, DeckArgs, whole_number};

/// `deckle box`
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  deckle box                                       a box for the built-in deck, as it is printed
  deckle box family.csv --stack-height 17mm        for the cards that lie before you
  deckle box family.csv --style ground -o box.svg  in full colour, for a cutting machine")]
pub struct BoxArgs {
    /// The decks.
    #[command(flatten)]
    pub source: DeckArgs,
    /// The file to write; its ending decides between PDF, PNG and SVG. Default: DECK-box.pdf
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How many cards it holds. Default: as many as `deckle print` prints
    #[arg(
        long,
        visible_alias = "count",
        value_name = "N",
        allow_hyphen_values = true,
        value_parser = whole_number::<usize>
    )]
    pub cards: Option<usize>,
    /// How high the cards lie, as you measure it: surer than all that can be reckoned
    #[arg(
        long,
        value_name = "LENGTH",
        allow_hyphen_values = true,
        conflicts_with_all = ["thickness", "grammage"]
    )]
    pub stack_height: Option<String>,
    /// How thick a card is. Default: 0.3mm
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true, conflicts_with = "grammage")]
    pub thickness: Option<String>,
    /// The weight of the paper in g/m², in place of its thickness
    #[arg(long, value_name = "GRAMS", allow_hyphen_values = true, value_parser = number)]
    pub grammage: Option<f64>,
    /// How bulky that paper is, in cm³/g: 0.9 if coated. Default: 1.1
    #[arg(
        long,
        value_name = "N",
        allow_hyphen_values = true,
        requires = "grammage",
        value_parser = number
    )]
    pub bulk: Option<f64>,
    /// Lines on white, or a full ground. Default: as the backs of the cards are
    #[arg(long)]
    pub style: Option<BoxStyleArg>,
    /// The card: a name of `deckle list sizes`, or such as 70x120mm. Default: poker
    #[arg(long, value_name = "SIZE", allow_hyphen_values = true)]
    pub size: Option<String>,
    /// The paper: a name of `deckle list papers`, or a size. Default: that of your country
    #[arg(long, value_name = "PAPER", allow_hyphen_values = true)]
    pub paper: Option<String>,
    /// What inks are written as. Default: rgb
    #[arg(long, visible_alias = "color")]
    pub colour: Option<ColourArg>,
    /// Do everything but write
    #[arg(long)]
    pub dry_run: bool,
    /// Replace the output if it exists
    #[arg(long)]
    pub force: bool,
}

/// How a box is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BoxStyleArg {
    /// The sea in lines on white: little ink
    Line,
    /// The sea as a full ground, with bleed
    Ground,
}

/// Reads a plain number, with a decimal comma or point.
fn number(text: &str) -> Result<f64, &'static str> {
    let number = text.trim().replace(',', ".").parse().ok();
    number.filter(|number: &f64| number.is_finite()).ok_or("write a number, such as 300 or 1.1")
}
