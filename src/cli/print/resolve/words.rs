//! The words for choices that were settled.

use crate::impose::{Duplex, Flip, MarkStyle, Purpose, SheetSpec};
use crate::select::Sequence;

use super::super::super::args::{
    DuplexArg, FlipArg, MarksArg, OrientationArg, PurposeArg, SequenceArg,
};

/// Returns the word for how the paper came to be held.
pub fn orientation_word(sheet: &SheetSpec) -> OrientationArg {
    let is_broad = sheet.grid.page.is_landscape();
    if is_broad { OrientationArg::Landscape } else { OrientationArg::Portrait }
}

/// Returns the choice that a word stands for.
pub fn purpose_of(word: PurposeArg) -> Purpose {
    match word {
        PurposeArg::Home => Purpose::Home,
        PurposeArg::Copyshop => Purpose::Copyshop,
        PurposeArg::Press => Purpose::Press,
    }
}

/// Returns the word for a choice that was settled.
pub fn purpose_word(purpose: Purpose) -> PurposeArg {
    match purpose {
        Purpose::Home => PurposeArg::Home,
        Purpose::Copyshop => PurposeArg::Copyshop,
        Purpose::Press => PurposeArg::Press,
    }
}

/// Returns the word for a choice that was settled.
pub fn marks_word(marks: MarkStyle) -> MarksArg {
    match marks {
        MarkStyle::Corners => MarksArg::Corners,
        MarkStyle::Crop => MarksArg::Crop,
        MarkStyle::Guides => MarksArg::Guides,
        MarkStyle::None => MarksArg::None,
    }
}

/// Returns the word for a choice that was settled.
pub fn duplex_word(duplex: Duplex) -> DuplexArg {
    match duplex {
        Duplex::Auto => DuplexArg::Auto,
        Duplex::TwoPass => DuplexArg::TwoPass,
        Duplex::Fold => DuplexArg::Fold,
        Duplex::None => DuplexArg::None,
    }
}

/// Returns the word for a choice that was settled.
pub fn flip_word(flip: Flip) -> FlipArg {
    match flip {
        Flip::LongEdge => FlipArg::Long,
        Flip::ShortEdge => FlipArg::Short,
    }
}

/// Returns the word for a choice that was settled.
pub fn sequence_word(sequence: Sequence) -> SequenceArg {
    match sequence {
        Sequence::Deck => SequenceArg::Deck,
        Sequence::Rising => SequenceArg::Rising,
        Sequence::Arc => SequenceArg::Arc,
        Sequence::Shuffled(_) => SequenceArg::Shuffled,
    }
}

/// Returns the word for a value as the command line has it.
pub fn word<T: clap::ValueEnum>(value: T) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
