//! `deckle new`: a file to start from.

use crate::deck::{Imported, Loaded, Source, import, read, to_csv, write_ids};
use crate::problem::{Diagnostic, Severity, counted};

/// The mark by which spreadsheets know UTF-8.
pub const BOM: &str = "\u{FEFF}";

/// The files of a new deck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDeck {
    /// The text of `NAME.csv`, with a byte order mark, so that spreadsheets open it rightly.
    pub table: String,
    /// The text of `NAME.toml`.
    pub meta: String,
    /// What a person should know about it.
    pub notes: Vec<Diagnostic>,
}

/// Returns a small deck to be written over.
pub fn starter() -> NewDeck {
    let table = format!("{BOM}{STARTER}");
    NewDeck { table, meta: STARTER_META.into(), notes: Vec::new() }
}

const STARTER: &str = "\
id,category,depth,kind,prompt,follow_up,minutes,note
how-to-play,How to play,,rule,\"Slow in, easy out.
Read in turn. Both answer.
Pass or swap any card. No reason is owed.\",Meet a pass with a nod.,,one rule on each line
morning-sound,Warm-up,1,,Which sound of an ordinary morning do you like?,Ask where it takes them.,,
first-visit,Play,2,exercise,Draw the place you would show a visitor first. Then swap drawings.,Ask about one line.,3 each,
asked-more,Trust,3,finish,Something I would like to be asked more often is…,Ask them that.,,
lighter-day,Thank you,3,appreciation,What did I do lately that made a day of yours lighter?,Let it stand for a moment.,,
take-along,Until next time,,close,What will you take along from this talk?,Thank each other in one sentence.,,
";

const STARTER_META: &str = "\
# What the whole deck is. Take the # away in front of what you want to say.

# title = \"Our deck\"
# subtitle = \"For long evenings\"
# language = \"en\"
# audience = \"friends\"
# credit = \"Words by us\"
# licence = \"CC BY 4.0\"

# How many cards are printed when no number is asked for.
# standard_count = 54

# The names of the depths, lightest first; cards may use the names or 1 to 5.
# depths = [\"Shore\", \"Shallows\", \"Shelf\", \"Open sea\", \"Deep\"]

# A picture for the back, and fonts of your own, seen from this file.
# back = \"back.png\"
# fonts = [\"fonts/Ours-Regular.ttf\"]

# [categories.play]
# label = \"Play\"
# emblem = \"play\"
";

/// Returns a copy of the deck in `from` under the name `stem`: a deck as it is, or a list of prompts as
/// lines, Markdown or JSON, made into one. Ids are filled in.
///
/// # Errors
///
/// The problems of a file that is neither.
pub fn copy(stem: &str, from: Source) -> Result<NewDeck, Vec<Diagnostic>> {
    let meta = from.meta.map(|(_, text)| text.trim_start_matches(BOM).to_owned());
    let Loaded { deck, problems } = read(from.clone());
    match deck {
        Some(deck) => Ok(NewDeck {
            table: with_ids(to_csv(&deck, &deck.cards.iter().collect::<Vec<_>>()), stem),
            meta: meta.unwrap_or_else(|| STARTER_META.into()),
            notes: problems.into_iter().filter(|p| p.severity < Severity::Error).collect(),
        }),
        None => match import(from).map_err(|problem| vec![*problem])? {
            Some(imported) => Ok(NewDeck {
                notes: left_out(&imported).into_iter().chain(guesses(&imported)).collect(),
                table: with_ids(imported.table, stem),
                meta: meta.unwrap_or_else(|| STARTER_META.into()),
            }),
            None => Err(problems),
        },
    }
}

/// Tells what no card was made of.
fn left_out(imported: &Imported) -> Option<Diagnostic> {
    let found = format!("{} without a prompt left out", counted(imported.lost, "object"));
    let note = Diagnostic::warning("no-prompt", found).help("name what they ask `prompt`");
    (imported.lost > 0).then_some(note)
}

/// Tells what nobody wrote.
fn guesses(imported: &Imported) -> Option<Diagnostic> {
    let Imported { cards, depths, kinds, .. } = imported;
    let counts = [(*depths, "depth"), (*kinds, "kind")].into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| counted(count, what)).collect();
    let found = format!("{} of {} are guesses", counts.join(" and "), counted(*cards, "card"));
    let help = "the column `note` says which: read each card once, mend it and empty its note; `deckle \
                check` counts those that are left";
    (!counts.is_empty()).then(|| Diagnostic::note("guesses", found).help(help))
}

fn with_ids(table: String, stem: &str) -> String {
    let source = Source { name: stem, bytes: table.clone().into_bytes().into(), meta: None, stem };
    let written = write_ids(source).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    format!("{BOM}{}", written.unwrap_or(table))
}
