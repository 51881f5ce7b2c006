//! Problems as a person reads them: what, where, and the smallest repair.

use annotate_snippets::{AnnotationKind, Group, Level, Origin as Path, Renderer, Snippet};
use serde::Serialize;

use crate::problem::{Diagnostic, Excerpt, Origin, Place, Severity};

/// How problems are written for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportStyle {
    /// Whether colours are used. Default: no.
    pub colour: bool,
    /// The width of the terminal in columns; longer lines are cut. Default: 140.
    pub width: usize,
}

impl Default for ReportStyle {
    fn default() -> Self {
        Self { colour: false, width: 140 }
    }
}

/// Returns `problem` as a block of lines that ends with a line feed.
pub fn render(problem: &Diagnostic, style: ReportStyle) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let report = [group(problem)];
    let mut text = renderer.term_width(style.width.max(40)).render(&report);
    if let Some((shown, meant)) = problem.origin.as_ref().and_then(moved_place) {
        text = text.replacen(&shown, &meant, 1);
    }
    text.push('\n');
    text
}

/// Returns all problems, one block after the other with an empty line between them.
pub fn render_all(problems: &[Diagnostic], style: ReportStyle) -> String {
    problems.iter().map(|problem| render(problem, style)).collect::<Vec<_>>().join("\n")
}

fn group(problem: &Diagnostic) -> Group<'_> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(problem.found.as_str()));
    group = match &problem.origin {
        None => group,
        Some(origin) => match &origin.excerpt {
            Some(excerpt) => group.element(snippet(origin, excerpt)),
            None => group.element(Path::path(origin.to_string())),
        },
    };
    if let Some(expected) = &problem.expected {
        group = group.element(Level::NOTE.with_name("expected").message(expected.as_str()));
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

fn snippet<'a>(
    origin: &'a Origin,
    excerpt: &'a Excerpt,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let label = (!excerpt.label.is_empty()).then_some(excerpt.label.as_str());
    let mark = AnnotationKind::Primary.span(excerpt.span.clone()).label(label);
    Snippet::source(excerpt.text.as_str())
        .line_start(excerpt.first_line as usize)
        .path(&*origin.source)
        .annotation(mark)
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
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
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
