//! What is answered where the words of the command line are not understood.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::failure::Exit;
use super::print::is_built_in;

/// Prints help, version or what is wrong with the words, and returns how the program ends.
pub fn answer(mut error: clap::Error) -> ExitCode {
    if let Some(deck) = deck_for_a_command(&error) {
        let tip = format!("to print that deck: deckle print {deck}");
        let tips = ContextValue::StyledStrs(vec![StyledStr::from(tip)]);
        error.insert(ContextKind::Suggested, tips);
    }
    let code = error.exit_code() as u8;
    match error.print() {
        // Help and version are results: where they cannot be written, the program has failed.
        Err(error) if code == 0 && error.kind() != io::ErrorKind::BrokenPipe => {
            ExitCode::from(Exit::Io as u8)
        }
        _ => ExitCode::from(code),
    }
}

/// Returns the deck that stands where a command should.
fn deck_for_a_command(error: &clap::Error) -> Option<String> {
    let (ErrorKind::InvalidSubcommand, Some(ContextValue::String(word))) =
        (error.kind(), error.get(ContextKind::InvalidSubcommand))
    else {
        return None;
    };
    let is_deck = is_built_in(word) || word.contains('.') || Path::new(word).is_file();
    is_deck.then(|| word.clone())
}
