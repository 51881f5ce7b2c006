//! Problems as a person reads them: what, where, and the smallest repair.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Origin as Path, Renderer, Snippet};
use serde::Serialize;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::show::wrapped;
use crate::problem::{Diagnostic, Excerpt, Origin, Place, Severity};

/// How problems are written for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportStyle {
    /// Whether colours are used. Default: no.
    pub colour: bool,
    /// The width of the terminal in columns; longer lines of a table are cut. Default: 140.
    pub width: usize,
    /// Whether sentences are broken at the width: in a terminal they are, in a pipe a reader may
    /// look for them whole. Default: no.
    pub wraps: bool,
}

impl Default for ReportStyle {
    fn default() -> Self {
        Self { colour: false, width: 140, wraps: false }
    }
}

/// Returns `problem` as a block of lines that ends with a line feed.
pub fn render(problem: &Diagnostic, style: ReportStyle) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let width = style.width.max(40);
    let title = title(problem);
    let report = [group(problem, &title, width)];
    let mut text = renderer.term_width(width).render(&report);
    if problem.origin.is_none() {
        text = without_empty_frame(&text);
    }
    if style.wraps {
        for part in [Some(&*title), problem.expected.as_deref(), problem.help.as_deref()] {
            text = part.map(|part| with_hanging(&text, part, width)).unwrap_or(text);
        }
    }
    if let Some((shown, meant)) = problem.origin.as_ref().and_then(moved_place) {
        text = text.replacen(&shown, &meant, 1);
    }
    text.push('\n');
    text
}

/// Returns all problems, one block after the other with an empty line between them; notes without
/// a place follow one another line by line.
pub fn render_all(problems: &[Diagnostic], style: ReportStyle) -> String {
    let mut text = String::new();
    for (at, problem) in problems.iter().enumerate() {
        if at > 0 && !(is_quiet(problem) && is_quiet(&problems[at - 1])) {
            text.push('\n');
        }
        text.push_str(&render(problem, style));
    }
    text
}

/// Returns whether a problem is a line by the way rather than a block of its own.
fn is_quiet(problem: &Diagnostic) -> bool {
    problem.severity == Severity::Note && problem.origin.is_none() && problem.expected.is_none()
}

/// Returns the first words of a problem; a quiet note says all it has to say in them.
fn title(problem: &Diagnostic) -> Cow<'_, str> {
    match &problem.help {
        Some(help) if is_quiet(problem) => format!("{} ({help})", problem.found).into(),
        _ => (&problem.found).into(),
    }
}

/// Takes away the bars that would join a title to an excerpt, where there is none.
fn without_empty_frame(text: &str) -> String {
    let kept: Vec<&str> = text.lines().filter(|line| visible(line).trim() != "|").collect();
    kept.join("\n")
}

/// Returns `text` with its last `part` broken into lines of `width` columns that hang where it
/// begins.
fn with_hanging(text: &str, part: &str, width: usize) -> String {
    let Some(at) = text.rfind(part) else { return text.into() };
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let indent = visible(&text[line..at]).width();
    let room = width.saturating_sub(indent).max(20);
    let pieces = part.lines().flat_map(|line| wrapped(line, Some(room))).collect::<Vec<_>>();
    let broken = pieces.join(&format!("\n{}", " ".repeat(indent)));
    [&text[..at], &broken, &text[at + part.len()..]].concat()
}

/// Returns `text` without the signs that colour it.
fn visible(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    let rest = pieces.map(|piece| piece.split_once('m').map_or(piece, |(_, shown)| shown));
    first + &rest.collect::<String>()
}

fn group<'a>(problem: &'a Diagnostic, title: &'a str, width: usize) -> Group<'a> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(title));
    group = match &problem.origin {
        None => group,
        Some(origin) => match &origin.excerpt {
            Some(excerpt) => group.element(snippet(origin, excerpt, width)),
            None => group.element(Path::path(origin.to_string())),
        },
    };
    if let Some(expected) = &problem.expected {
        group = group.element(Level::NOTE.with_name("expected").message(expected.as_str()));
    }
    if let Some(help) = problem.help.as_ref().filter(|_| !is_quiet(problem)) {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

fn snippet<'a>(
    origin: &'a Origin,
    excerpt: &'a Excerpt,
    width: usize,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let label = (!excerpt.label.is_empty()).then_some(excerpt.label.as_str());
    let room = width.saturating_sub(16 + excerpt.label.width()).max(8);
    let span = excerpt.span.start..marked_end(excerpt, room);
    let mark = AnnotationKind::Primary.span(span).label(label);
    Snippet::source(excerpt.text.as_str())
        .line_start(excerpt.first_line as usize)
        .path(&*origin.source)
        .annotation(mark)
}

/// Returns where the mark ends: a mark that is wider than the terminal would keep the line from
/// being cut.
fn marked_end(excerpt: &Excerpt, room: usize) -> usize {
    let marked = &excerpt.text[excerpt.span.clone()];
    if marked.contains('\n') || marked.width() <= room {
        return excerpt.span.end;
    }
    let mut width = 0;
    let fits = |(_, c): &(usize, char)| {
        width += c.width().unwrap_or(1);
        width <= room
    };
    let last = marked.char_indices().take_while(fits).last();
    excerpt.span.start + last.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Returns the place as the renderer writes it, counting in the excerpt, and as it is, where a long
/// line was cut and the two differ.
fn moved_place(origin: &Origin) -> Option<(String, String)> {
    let (Place::Text { line, column }, Some(excerpt)) = (&origin.place, &origin.excerpt) else {
        return None;
    };
    let shown = excerpt.text[..excerpt.span.start].chars().count() as u32 + 1;
    (shown != *column).then(|| {
        let place = |column: u32| format!("{}:{line}:{column}", origin.source);
        (place(shown), place(*column))
    })
}

/// A problem as `--json` writes it.
#[derive(Clone, Debug, Serialize)]
pub struct JsonProblem<'a> {
    /// The short stable name of the kind of problem.
    pub code: &'a str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What was found.
    pub found: &'a str,
    /// The name of the source; null for a problem without a place.
    pub source: Option<&'a str>,
    /// The line, counted from 1.
    pub line: Option<u32>,
    /// The column in characters, counted from 1.
    pub column: Option<u32>,
    /// The sheet of a spreadsheet.
    pub sheet: Option<&'a str>,
    /// The cell of a spreadsheet, such as `B14`.
    pub cell: Option<&'a str>,
    /// What would have been right.
    pub expected: Option<&'a str>,
    /// The smallest repair.
    pub help: Option<&'a str>,
}

/// Returns the word for a severity.
pub const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

impl<'a> From<&'a Diagnostic> for JsonProblem<'a> {
    fn from(problem: &'a Diagnostic) -> Self {
        let place = problem.origin.as_ref().map(|origin| &origin.place);
        let (line, column) = match place {
            Some(Place::Text { line, column }) => (Some(*line), Some(*column)),
            _ => (None, None),
        };
        let (sheet, cell) = match place {
            Some(Place::Cell { sheet, cell }) => (Some(&**sheet), Some(cell.as_str())),
            _ => (None, None),
        };
        Self {
            code: problem.code,
            severity: severity_word(problem.severity),
            found: &problem.found,
            source: problem.origin.as_ref().map(|origin| &*origin.source),
            line,
            column,
            sheet,
            cell,
            expected: problem.expected.as_deref(),
            help: problem.help.as_deref(),
        }
    }
}
