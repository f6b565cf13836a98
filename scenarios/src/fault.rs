//! A fault of an authored file: what is wrong, where, and how to mend it.

use crate::span;
use std::{fmt, ops::Range};

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The scenario cannot be played as it is.
    Error,
    /// It can be played; its author should look at it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// The check that found it, a word: `syntax`, `ids`, `reach`.
    pub check: &'static str,
    /// The file, as it is called in its folder.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The bytes of the file it is about.
    pub span: Range<usize>,
    /// What is wrong, in the author's words.
    pub message: String,
    /// How to mend it; may be empty.
    pub help: String,
}

impl Fault {
    /// A fault at some bytes of a file.
    #[must_use]
    pub fn at(check: &'static str, severity: Severity, file: &str, text: &str, span: Range<usize>) -> Self {
        let end = span.end.min(text.len());
        let start = span.start.min(end);
        let (line, column) = span::position(text, start);
        Self {
            severity,
            check,
            file: file.to_owned(),
            line,
            column,
            span: start..end,
            message: String::new(),
            help: String::new(),
        }
    }

    /// The same fault with its message and help.
    #[must_use]
    pub fn saying(mut self, message: impl Into<String>, help: impl Into<String>) -> Self {
        self.message = short(message.into());
        self.help = short(help.into());
        self
    }

    /// Whether it keeps the scenario from being played.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Longest message or help, in characters: a fault may quote what it found, and that may be anything.
const LONGEST: usize = 400;

fn short(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}: {}", self.file, self.line, self.column, self.severity, self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, " ({})", self.help) }
    }
}

/// The nearest of some names, where one is near enough to be a slip of the pen.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&lower, &k.to_lowercase()), strsim::jaro_winkler(&lower, k), k))
        .filter(|(distance, similar, k)| *distance <= 1 + k.chars().count() / 5 || *similar > 0.88)
        .min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(b.2)))
        .map(|(.., k)| k)
}
