//! The command line as people meet it: whole messages, exit codes, and what is left in the folder.

#[path = "cli/again.rs"]
mod again;
#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/balance.rs"]
mod balance;
#[path = "cli/calibrating.rs"]
mod calibrating;
#[path = "cli/choosing.rs"]
mod choosing;
#[path = "cli/deal.rs"]
mod deal;
#[path = "cli/drawing.rs"]
mod drawing;
#[path = "cli/env.rs"]
mod env;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/planning.rs"]
mod planning;
#[path = "cli/printing.rs"]
mod printing;
#[path = "cli/selfcheck.rs"]
mod selfcheck;
#[path = "cli/sessions.rs"]
mod sessions;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/stocks.rs"]
mod stocks;
#[path = "cli/tuck_box.rs"]
mod tuck_box;
#[path = "cli/words.rs"]
mod words;
