//! The program: parse, run, and end with the right code.

use std::process::ExitCode;

fn main() -> ExitCode {
    deckle::cli::run(std::env::args_os())
}
