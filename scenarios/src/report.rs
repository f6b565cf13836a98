//! The faults of a scenario, for people and for machines.

use crate::{
    check::MAX_FAULTS,
    fault::{Fault, Severity},
    source::Source,
};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

/// A line longer than this is cut when it is shown.
const MAX_SHOWN: usize = 2000;

/// Every fault of a scenario's files, in the order of the files' lines.
#[derive(Clone, Debug)]
pub struct Report {
    name: String,
    faults: Vec<Fault>,
    left_out: usize,
    /// File, how it is called, its text.
    files: Vec<(String, String, String)>,
}

impl Report {
    pub(crate) fn new(source: &Source, mut faults: Vec<Fault>) -> Self {
        let order = |f: &Fault| match f.file.as_str() {
            crate::source::SCENARIO => 0,
            crate::source::RUBRICS => 1,
            _ => 2,
        };
        faults.sort_by(|a, b| {
            (order(a), a.span.start, a.severity, &a.message).cmp(&(order(b), b.span.start, b.severity, &b.message))
        });
        faults.dedup_by(|a, b| a.file == b.file && a.span == b.span && a.message == b.message);
        let left_out = faults.len().saturating_sub(MAX_FAULTS);
        if left_out > 0 {
            // What keeps the scenario from being played is not left out for what does not.
            faults.sort_by_key(|f| f.severity);
            faults.truncate(MAX_FAULTS);
        }
        let files = crate::source::FILES
            .iter()
            .map(|f| ((*f).to_owned(), source.shown(f), source.text(f).unwrap_or_default().to_owned()))
            .collect();
        Self { name: source.name().to_owned(), faults, left_out, files }
    }

    /// The faults.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// How many keep the scenario from being played.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.faults.iter().filter(|f| f.is_error()).count()
    }

    /// How many its author should look at.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.faults.len() - self.errors()
    }

    /// Whether the scenario can be played.
    #[must_use]
    pub fn is_playable(&self) -> bool {
        self.errors() == 0
    }

    /// `2 errors, 1 warning`
    #[must_use]
    pub fn summary(&self) -> String {
        let of = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
        let left = if self.left_out > 0 { format!(", {} more not shown", self.left_out) } else { String::new() };
        match (self.errors(), self.warnings()) {
            (0, 0) => format!("{}: no faults", self.name),
            (0, w) => format!("{}: can be played, {}{left}", self.name, of(w, "warning")),
            (e, 0) => format!("{}: {}{left}", self.name, of(e, "error")),
            (e, w) => format!("{}: {}, {}{left}", self.name, of(e, "error"), of(w, "warning")),
        }
    }

    /// Every fault with the line it is about, and the summary. `colour` is for terminals.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut out = String::new();
        for fault in &self.faults {
            out.push_str(&self.one(fault, &renderer));
            out.push_str("\n\n");
        }
        out.push_str(&self.summary());
        out.push('\n');
        out
    }

    fn one(&self, fault: &Fault, renderer: &Renderer) -> String {
        let level = if fault.is_error() { Level::ERROR } else { Level::WARNING };
        let title = level.primary_title(visible(&fault.message)).id(fault.check);
        let Some((_, path, text)) = self.files.iter().find(|(f, ..)| *f == fault.file) else {
            return renderer.render(&[Group::with_title(title)]);
        };
        let (excerpt, span) = excerpt(text, fault);
        let mut group = Group::with_title(title);
        if excerpt.trim().is_empty() {
            group = group.element(annotate_snippets::Origin::path(path.as_str()).line(fault.line));
        } else {
            let snippet = Snippet::source(excerpt).path(path.as_str()).line_start(fault.line);
            group = group.element(snippet.annotation(AnnotationKind::Primary.span(span)));
        }
        if !fault.help.is_empty() {
            group = group.element(Level::HELP.message(visible(&fault.help)));
        }
        renderer.render(&[group])
    }

    /// The report as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let faults: Vec<_> = self
            .faults
            .iter()
            .map(|f| {
                let path = self.files.iter().find(|(n, ..)| *n == f.file).map_or(&f.file, |(_, path, _)| path);
                json!({
                    "severity": f.severity.to_string(),
                    "check": f.check,
                    "file": path,
                    "line": f.line,
                    "column": f.column,
                    "message": f.message,
                    "help": f.help,
                })
            })
            .collect();
        let report = json!({
            "scenario": self.name,
            "errors": self.errors(),
            "warnings": self.warnings(),
            "left_out": self.left_out,
            "faults": faults,
        });
        format!("{report:#}")
    }

    /// The faults of one severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(move |f| f.severity == severity)
    }
}

/// The fault's first line, cut around the fault where it is very long, and the fault's place in it.
fn excerpt(text: &str, fault: &Fault) -> (String, std::ops::Range<usize>) {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(fault.span.start);
    let line = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    let from = if start - line > MAX_SHOWN / 2 { floor(start - MAX_SHOWN / 4) } else { line };
    let to = floor(end.min(start + MAX_SHOWN / 2));
    let stop = floor(fault.span.end).clamp(start, to);
    // Same number of bytes, so that the place stays right.
    let shown: String = text[from..to].chars().flat_map(blank).collect();
    let stop = if stop == start && start < to { floor_up(text, start) } else { stop };
    (shown, start - from..stop - from)
}

fn floor_up(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(at, |c| at + c.len_utf8())
}

/// A control character or a mark that reorders text becomes as many spaces as it has bytes.
fn blank(c: char) -> impl Iterator<Item = char> {
    let hidden = (c.is_control() && c != '\t') || is_bidi(c);
    let n = if hidden { c.len_utf8() } else { 1 };
    std::iter::repeat_n(if hidden { ' ' } else { c }, n)
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A message quotes what the author wrote; control characters are written out.
fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let hidden = c.is_control() || is_bidi(c);
            let escaped: Vec<char> = if hidden { c.escape_unicode().collect() } else { vec![c] };
            escaped
        })
        .collect()
}
