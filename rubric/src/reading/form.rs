//! What was found on form, and advice before sending.

use super::Span;
use crate::hundredths::Hundredths;
use serde::{Deserialize, Serialize};

/// One check of form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FormCheck {
    /// Length inside the band.
    Length,
    /// Bottom line up front.
    BottomLine,
    /// Next update with a time.
    NextUpdate,
    /// Someone named who answers.
    Owner,
    /// Something asked for, with a by-when.
    Ask,
    /// Unexplained jargon.
    Jargon,
    /// Readability and sentence length.
    Readability,
}

impl FormCheck {
    /// In plain words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            FormCheck::Length => "Length",
            FormCheck::BottomLine => "Bottom line first",
            FormCheck::NextUpdate => "Next update",
            FormCheck::Owner => "Owner or contact",
            FormCheck::Ask => "Ask with a by-when",
            FormCheck::Jargon => "Jargon",
            FormCheck::Readability => "Readability",
        }
    }
}

/// What a check of form gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFinding {
    /// Which check.
    pub check: FormCheck,
    /// Hundredths of a point earned.
    pub earned: i32,
    /// Hundredths of a point possible.
    pub possible: i32,
    /// What was found, in plain English.
    pub found: String,
    /// Where, if there is a place to show.
    pub span: Option<Span>,
}

impl FormFinding {
    /// In one sentence.
    #[must_use]
    pub fn reason(&self) -> String {
        format!("{}: {} of {}, {}.", self.check.label(), Hundredths(self.earned), Hundredths(self.possible), self.found)
    }
}

/// What a writer may be told before sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// What kind of remark.
    pub about: AdviceKind,
    /// The remark.
    pub message: String,
    /// Where, if there is a place to show.
    pub span: Option<Span>,
}

/// Kinds of remark before sending. None gives an answer away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AdviceKind {
    /// Too short or too long.
    Length,
    /// No time for the next update.
    NextUpdate,
    /// A sentence too long to take in.
    SentenceLength,
    /// Many terms the audience may not know.
    Jargon,
    /// A phrase that says nothing.
    EmptyPhrase,
    /// A promise of when it will be fixed.
    EtaPromise,
    /// A claim without limits.
    AbsoluteClaim,
    /// Hidden or look-alike characters.
    Characters,
}
