//! Faults in a rubric, as its author is told them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How serious a fault of a rubric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Works, but is likely not what the author meant.
    Warning,
    /// The rubric cannot be used as it is.
    Error,
}

/// A fault in a rubric, in an author's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Warning or error.
    pub level: Level,
    /// Where, such as `elements[2].any_of[0]`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Fault {
    pub(crate) fn error(path: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { level: Level::Error, path: path.into(), message: message.into(), hint: hint.into() }
    }

    pub(crate) fn warning(path: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { level: Level::Warning, path: path.into(), message: message.into(), hint: hint.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.message, self.hint)
    }
}
