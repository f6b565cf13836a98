//! A scorecard and a transcript as something people read or another system takes in.

use scenarios::Loaded;
use scoring::{Scorecard, WhatIf};
use transcripts::Transcript;

/// How people are named in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// By their names.
    People,
    /// By their seats only.
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

/// The report as Markdown.
#[must_use]
pub fn markdown(material: &Material<'_>) -> String {
    format!("# {}\n", material.loaded.scenario.title)
}

/// The report as one self-contained HTML file.
#[must_use]
pub fn html(material: &Material<'_>) -> String {
    markdown(material)
}

/// The report as JSON.
#[must_use]
pub fn json(material: &Material<'_>) -> String {
    serde_json::to_string_pretty(material.card).unwrap_or_default()
}
