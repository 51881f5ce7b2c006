//! The settings of printing, which the command line and settings files share.

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize, Serializer};

use crate::impose::Stacking;

use super::whole_number;

/// What can be said about printing, on the command line and in a settings file alike.
#[derive(Args, Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PrintSettings {
    /// What the sheets are for; chooses gutter, bleed, marks and backs. Default: home
    #[arg(long = "for", value_name = "PURPOSE")]
    #[serde(rename = "for")]
    pub purpose: Option<PurposeArg>,
    /// The card: a name of `deckle list sizes`, or such as 70x120mm. Default: poker
    #[arg(long, value_name = "SIZE", allow_hyphen_values = true)]
    pub size: Option<String>,
    /// The paper: a name of `deckle list papers`, or a size. Default: that of your country
    #[arg(long, value_name = "PAPER", allow_hyphen_values = true)]
    pub paper: Option<String>,
    /// A perforated or pre-cut sheet in place of plain paper: a name of `deckle list stocks`
    #[arg(long, value_name = "STOCK")]
    pub stock: Option<String>,
    /// How the paper is held. Default: as holds more cards
    #[arg(long)]
    pub orientation: Option<OrientationArg>,
    /// The border of the paper that no card enters. Default: 5mm
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub margin: Option<String>,
    /// The space between cards. Default: 0mm at home, else 6mm
    #[arg(long, value_name = "LENGTH[,LENGTH]", allow_hyphen_values = true)]
    pub gutter: Option<String>,
    /// How far ink is carried past the cut. Default: 0mm at home, else 3mm
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub bleed: Option<String>,
    /// What guides the blade. Default: corners at home, crop at the copy shop
    #[arg(long)]
    pub marks: Option<MarksArg>,
    /// The radius of the corners. Default: that of the size
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub corner_radius: Option<String>,
    /// How backs are printed. Default: auto
    #[arg(long)]
    pub duplex: Option<DuplexArg>,
    /// Which edge the printer turns the sheet about. Default: long
    #[arg(long)]
    pub flip: Option<FlipArg>,
    /// The printer that the sheets make up for: a name given to `deckle calibrate`. Default: none
    #[arg(long, value_name = "NAME")]
    pub printer: Option<String>,
    /// Cut-and-stack: the cut piles, laid on one another, are the deck in order; in blocks of at most so
    /// many sheets. Default: off, alone 250
    #[arg(long, value_name = "SHEETS", num_args = 0..=1, require_equals = true, default_missing_value = "on")]
    pub stack: Option<StackArg>,
    /// One face per page or picture, with bleed, not imposed
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "on")]
    pub faces: Option<SwitchArg>,
    /// How many cards, balanced by depth; rule cards included, but on top with `deal`. Default: the
    /// deck's standard count, else all; with `deal` all
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<usize>)]
    pub count: Option<usize>,
    /// How the depths share them: even, gentle, deep, or weights such as 1=20,2=30. Default: even
    #[arg(long, value_name = "MIX")]
    pub mix: Option<String>,
    /// What fills the cells that a last sheet leaves empty
    #[arg(long)]
    pub fill: Option<FillArg>,
    /// The order of the cards. Default: deck
    #[arg(long)]
    pub sequence: Option<SequenceArg>,
    /// The number that chance starts from. Default: one that belongs to the deck
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole_number::<u64>)]
    pub seed: Option<u64>,
    /// The design of the cards. Default: chart
    #[arg(long)]
    pub theme: Option<ThemeArg>,
    /// Outlines in place of solid discs
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "on")]
    pub ink_saver: Option<SwitchArg>,
    /// Larger type
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "on")]
    pub large_print: Option<SwitchArg>,
    /// A font file, or `lexend` or `atkinson-hyperlegible-next`; may be given again; `bundled` for none
    #[arg(long, value_name = "PATH")]
    pub font: Vec<String>,
    /// Whether cards carry their codes. Default: on, off for press
    #[arg(long)]
    pub codes: Option<SwitchArg>,
    /// The back: `line`, `line-by-depth`, `ground`, or a picture. Default: line at home, ground for press
    #[arg(long, value_name = "BACK")]
    pub back: Option<String>,
    /// What inks are written as. Default: rgb, cmyk for press
    #[arg(long, visible_alias = "color")]
    pub colour: Option<ColourArg>,
    /// Dots per inch of PNG pictures. Default: 300
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub dpi: Option<f64>,
}

choice!(
    /// What sheets are printed for.
    PurposeArg {
        /// A printer at home and a knife
        Home,
        /// A copy shop with a guillotine
        Copyshop,
        /// A maker of cards
        Press,
    }
);
choice!(
    /// How the paper is held.
    OrientationArg {
        /// As holds more cards
        Auto,
        /// Upright
        Portrait,
        /// Broad
        Landscape,
    }
);
choice!(
    /// What guides the blade.
    MarksArg {
        /// Short ticks close outside the cards
        Corners,
        /// Crop marks clear of the bleed
        Crop,
        /// Hairlines from edge to edge, behind the cards
        Guides,
        /// Nothing
        None,
    }
);
choice!(
    /// How backs are printed.
    DuplexArg {
        /// By the printer itself
        Auto,
        /// All fronts, then, the stack put back, all backs
        TwoPass,
        /// On the same side, to be folded and glued
        Fold,
        /// Not at all
        None,
    }
);
choice!(
    /// Which edge a sheet is turned about.
    FlipArg {
        /// The long edge
        Long,
        /// The short edge
        Short,
    }
);
choice!(
    /// What fills empty cells.
    FillArg {
        /// Cards to write on
        Blank,
    }
);
choice!(
    /// The order of cards.
    SequenceArg {
        /// As the table has them
        Deck,
        /// From light to deep
        Rising,
        /// Up to the deepest, and down again to land
        Arc,
        /// By chance
        Shuffled,
    }
);
choice!(
    /// The design of the cards.
    ThemeArg {
        /// A sea chart
        Chart,
    }
);
/// On or off; in a settings file `true` and `false` are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, Serialize)]
#[serde(try_from = "SwitchWord", rename_all = "kebab-case")]
pub enum SwitchArg {
    /// On
    On,
    /// Off
    Off,
}

/// What a settings file may say of a switch.
#[derive(Deserialize)]
#[serde(untagged, expecting = "true or false")]
enum SwitchWord {
    Truth(bool),
    Word(String),
}

impl TryFrom<SwitchWord> for SwitchArg {
    type Error = &'static str;

    fn try_from(word: SwitchWord) -> Result<Self, Self::Error> {
        match word {
            SwitchWord::Truth(true) => Ok(Self::On),
            SwitchWord::Truth(false) => Ok(Self::Off),
            SwitchWord::Word(word) => Self::from_str(&word, true).map_err(|_| "true or false"),
        }
    }
}

/// How many sheets are cut at once, or none; in a settings file a number, `true` or `false`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "StackWord")]
pub struct StackArg(pub Option<usize>);

/// What a settings file may say of a stack.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a number of sheets, or true or false")]
enum StackWord {
    Truth(bool),
    Number(usize),
    Word(String),
}

impl TryFrom<StackWord> for StackArg {
    type Error = &'static str;

    fn try_from(word: StackWord) -> Result<Self, Self::Error> {
        match word {
            StackWord::Truth(true) => "on".parse(),
            StackWord::Truth(false) => "off".parse(),
            StackWord::Number(number) => number.to_string().parse(),
            StackWord::Word(word) => word.parse(),
        }
    }
}

impl Serialize for StackArg {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(sheets) => to.serialize_u64(sheets as u64),
            None => to.serialize_bool(false),
        }
    }
}

impl std::str::FromStr for StackArg {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word.trim() {
            "on" => Ok(Self(Some(Stacking::USUAL_BLOCK))),
            "off" => Ok(Self(None)),
            number => match number.parse() {
                Ok(number @ 1..) => Ok(Self(Some(number))),
                _ => Err("write a number of sheets, such as 100, or on or off"),
            },
        }
    }
}

choice!(
    /// What inks are written as.
    ColourArg {
        /// For screens and printers at home
        Rgb,
        /// For presses
        Cmyk,
        /// In black alone
        Grey,
    }
);
