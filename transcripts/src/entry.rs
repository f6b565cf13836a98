//! What a transcript is made of.

use protocol::{Command, Event, ScenarioId, SimTime};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Version of the transcript format this program writes.
pub const FORMAT: u32 = 1;

/// One line of a transcript. Numbers start at 1 and have no gaps; evidence points at them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number.
    pub n: u64,
    /// Exercise time.
    pub at: SimTime,
    /// What it holds.
    pub body: Body,
}

impl Entry {
    /// Its canonical line of JSON, without the newline.
    #[must_use]
    pub fn line(&self) -> String {
        // The types hold nothing JSON has no form for; a map with keys that are no text would be a change
        // of format that the store refuses to write.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A command as given, or an event that came of it (or of time passing).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// What somebody asked for.
    Command(Command),
    /// What happened.
    Event(Event),
}

/// What a transcript says of itself before its first entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// [`FORMAT`] of the program that wrote it.
    pub format: u32,
    /// The exercise's id: 16 hexadecimal digits.
    pub exercise: String,
    /// The scenario.
    pub scenario: ScenarioId,
    /// Its version.
    pub version: String,
    /// SHA-256 over its files, hexadecimal.
    pub scenario_hash: String,
    /// The seed every draw comes from.
    pub seed: u64,
    /// Version of the program.
    pub program: String,
    /// Wall-clock time of creation, RFC 3339; never used by scores.
    pub created: String,
}

/// The seal of a finished exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// Number of the last sealed entry.
    pub last: u64,
    /// Exercise time at EndEx.
    pub at: SimTime,
    /// Head of the hash chain at that entry, hexadecimal SHA-256.
    pub head: String,
    /// Wall-clock time of sealing, RFC 3339.
    pub sealed: String,
}

/// A whole transcript in memory, as scores and reports read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// Its header.
    pub header: Header,
    /// The scenario's files: name and text. `scenario.ron`, `rubrics.ron`, `reference.moves`.
    pub files: Arc<[(String, String)]>,
    /// Its entries in order.
    pub entries: Vec<Entry>,
    /// Its seal, once EndEx was given.
    pub seal: Option<Seal>,
}

impl Transcript {
    /// The events with their entry numbers.
    pub fn events(&self) -> impl Iterator<Item = (u64, &Event)> {
        self.entries.iter().filter_map(|e| match &e.body {
            Body::Event(event) => Some((e.n, event)),
            Body::Command(_) => None,
        })
    }

    /// The commands with their entry numbers.
    pub fn commands(&self) -> impl Iterator<Item = (u64, &Command)> {
        self.entries.iter().filter_map(|e| match &e.body {
            Body::Command(command) => Some((e.n, command)),
            Body::Event(_) => None,
        })
    }

    /// Every entry as its canonical line of JSON, without the newline: what the hash chain covers.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.entries.iter().map(Entry::line)
    }

    /// Exercise time of the last entry.
    #[must_use]
    pub fn end(&self) -> SimTime {
        self.entries.last().map_or(SimTime::ZERO, |e| e.at)
    }
}
