//! A scorecard and a transcript as something people read or another system takes in: the after-action
//! report and improvement plan (AAR/IP) after HSEEP, as Markdown, as one HTML file and as JSON.
//!
//! Every section is written once, as a tree of blocks ([`block`]), and every format renders that tree. Text
//! that came from outside travels as data from the section to the page, where it is stripped of names (if
//! asked), made visible and escaped; only words that stand in this crate's source are taken as they are.
//! The JSON shape is documented in `REPORT.md` beside this crate's manifest.

mod block;
mod case;
mod format;
mod ink;
mod moment;
mod names;
mod phrase;
mod picture;
mod plan;
mod section;
mod visible;

use scenarios::Loaded;
use scoring::{Scorecard, WhatIf};
use transcripts::Transcript;

/// What every page of an exercise carries, first and last.
pub(crate) const MARKING: &str = "EXERCISE EXERCISE EXERCISE";

/// How people are named in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// By their names.
    People,
    /// By their seats only; their names are replaced in texts, too.
    Seats,
}

/// Everything a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The scenario.
    pub loaded: &'a Loaded,
    /// The record.
    pub transcript: &'a Transcript,
    /// The judgement.
    pub card: &'a Scorecard,
    /// What single decisions were worth, costliest first.
    pub what_ifs: &'a [WhatIf],
    /// How people are named.
    pub names: Names,
}

impl<'a> Material<'a> {
    /// Puts the material of a report together.
    #[must_use]
    pub fn new(
        loaded: &'a Loaded,
        transcript: &'a Transcript,
        card: &'a Scorecard,
        what_ifs: &'a [WhatIf],
        names: Names,
    ) -> Self {
        Self { loaded, transcript, card, what_ifs, names }
    }
}

/// The report as Markdown (CommonMark with tables and strikethrough).
#[must_use]
pub fn markdown(material: &Material<'_>) -> String {
    let case = case::Case::new(*material);
    format::markdown::render(&section::document(&case), &case.ink)
}

/// The report as one self-contained HTML file: style and pictures inside, no script, nothing fetched.
#[must_use]
pub fn html(material: &Material<'_>) -> String {
    let case = case::Case::new(*material);
    format::html::render(&section::document(&case), &case.ink)
}

/// The report as JSON, in the shape `startex.report/1`.
#[must_use]
pub fn json(material: &Material<'_>) -> String {
    let case = case::Case::new(*material);
    format::json::render(&case)
}
