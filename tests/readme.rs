//! The documentation runs: every command line that it shows is one that deckle understands, and
//! every page and picture that it links to within the project is there.

use std::path::{Path, PathBuf};

use clap::Parser;
use deckle::cli::args::Cli;
use deckle::deck::{self, Source};
use deckle::impose::Catalogues;
use deckle::problem::{Diagnostic, Severity};

/// The pages that people read.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"]
        .iter()
        .map(|name| root.join(name))
        .chain([root.join("fonts/README.md")])
        .collect();
    let docs = std::fs::read_dir(root.join("docs")).expect("docs is there");
    let docs = docs.map(|entry| entry.expect("docs can be read").path());
    pages.extend(docs.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    pages
}

/// Returns the words of each command line in the code of a page, from `deckle` on: in fenced
/// blocks the lines that call it, in running text the spans that begin with it.
fn command_lines(text: &str) -> Vec<Vec<String>> {
    let mut commands = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            commands.extend(command(line));
        } else {
            commands.extend(line.split('`').skip(1).step_by(2).filter_map(command));
        }
    }
    commands
}

/// Returns the fenced blocks of a page that are marked as `language`.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let block = |rest: &str| rest.split("```").next().unwrap_or_default().to_owned();
    text.split(&fence).skip(1).map(block).collect()
}

/// Returns the words after which a shell would call deckle, if it would.
fn command(line: &str) -> Option<Vec<String>> {
    let line = line.split(" #").next().unwrap_or_default().trim();
    let line = line.strip_prefix("$ ").unwrap_or(line);
    let words = shell_words(line);
    let end = words.iter().position(|word| ["|", "<", ">"].contains(&&word[..]));
    let words = &words[..end.unwrap_or(words.len())];
    // Settings such as `DECKLE_HOME=here` stand in front of a command.
    let first = words.iter().position(|word| !word.contains('='))?;
    let rest = match &words[first..] {
        [program, rest @ ..] if program == "deckle" => rest,
        [cargo, run, rest @ ..] if cargo == "cargo" && run == "run" => {
            let dashes = rest.iter().position(|word| word == "--")?;
            &rest[dashes + 1..]
        }
        _ => return None,
    };
    if rest.is_empty() {
        return None;
    }
    Some(std::iter::once("deckle".to_owned()).chain(rest.iter().cloned()).collect())
}

/// Splits a line as a shell does, as far as the pages need it: at spaces outside of quotes.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().expect("there is a word").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_line_is_understood() {
    let mut count = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("the page can be read");
        for words in command_lines(&text) {
            let line = words.join(" ");
            if let Err(error) = Cli::try_parse_from(&words) {
                let asked =
                    [clap::error::ErrorKind::DisplayHelp, clap::error::ErrorKind::DisplayVersion];
                assert!(asked.contains(&error.kind()), "{}: {line}\n{error}", page.display());
            }
            count += 1;
        }
    }
    assert!(count >= 40, "only {count} command lines were found");
}

#[test]
fn links_within_the_project_lead_somewhere() {
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("the page can be read");
        let folder = page.parent().expect("a page lies in a folder");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            assert!(folder.join(target).exists(), "{}: {target}", page.display());
        }
    }
}

#[test]
fn examples_of_files_are_sound() {
    let (mut tables, mut others) = (0, 0);
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("the page can be read");
        for block in blocks(&text, "csv") {
            let bytes = block.as_bytes().into();
            let loaded = deck::read(Source { name: "example", bytes, meta: None, stem: "example" });
            assert!(loaded.problems.is_empty(), "{}: {:?}", page.display(), loaded.problems);
            tables += 1;
        }
        for block in blocks(&text, "toml") {
            let read = toml::from_str::<toml::Table>(&block);
            assert!(read.is_ok(), "{}: {block}", page.display());
            let is_list = |table: toml::Table| {
                ["size", "paper", "stock"].iter().any(|list| table.contains_key(*list))
            };
            if read.is_ok_and(is_list) {
                let told = Catalogues::bundled().merge(&block, "example");
                let is_note = |problem: &Diagnostic| problem.severity == Severity::Note;
                assert!(told.iter().all(is_note), "{}: {told:?}", page.display());
            }
            others += 1;
        }
        for block in blocks(&text, "json") {
            let mut values = serde_json::Deserializer::from_str(&block).into_iter();
            let sound = values.all(|value: Result<serde_json::Value, _>| {
                value.is_ok_and(|value| value["deckle"] == 1)
            });
            assert!(sound, "{}: {block}", page.display());
            others += 1;
        }
    }
    assert!(tables >= 2 && others >= 6, "{tables} tables and {others} others were found");
}

#[test]
fn command_lines_are_found_where_people_read_them() {
    let text = "Say `deckle check a.csv`, not `decks/a.csv`.\n\
        ```sh\n\
        DECKLE_HOME=x deckle print 'my deck.csv' -o - | lpr   # prints\n\
        cargo run --release -- print\n\
        cargo test\n\
        ```\n";
    let lines: Vec<String> = command_lines(text).iter().map(|words| words[1..].join("|")).collect();
    assert_eq!(lines, ["check|a.csv", "print|my deck.csv|-o|-", "print"]);
}
