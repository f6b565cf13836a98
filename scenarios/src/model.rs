//! The scenario as an author writes it: seats, world, adversary, MSEL, evaluation, obligations.
//!
//! One file per part of the model; [`Scenario`] holds them together. Authored types refuse unknown
//! fields and are never flattened or untagged, so that every fault has a place in the file.

mod conduct;
mod evaluation;
mod logic;
mod obligation;
mod people;
mod world;

pub use conduct::*;
pub use evaluation::*;
pub use logic::*;
pub use obligation::*;
pub use people::*;
pub use world::*;

use protocol::{ScenarioId, SeatId, Span};
use serde::{Deserialize, Serialize};

/// The authored script of an exercise: `scenario.ron`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Version of this file format; 1.
    pub format: u32,
    /// Its name on the command line.
    pub id: ScenarioId,
    /// The author's version, `1.0.0`.
    pub version: String,
    /// Its title. Never a spoiler.
    pub title: String,
    /// What it trains, a line each, for the list of scenarios.
    pub trains: Vec<String>,
    /// Real cases it was inspired by, by ATLAS case-study id.
    #[serde(default)]
    pub inspired_by: Vec<Inspiration>,
    /// Release of MITRE ATLAS its ids come from.
    pub atlas_release: String,
    /// The invented organisation.
    pub organisation: String,
    /// What the players know when play opens.
    pub situation: String,
    /// House rules, a line each.
    #[serde(default)]
    pub rules: Vec<String>,
    /// What really happens; for the staff.
    pub ground_truth: String,
    /// The story's date and time at StartEx, RFC 3339 in UTC: `2026-03-17T08:40:00Z`.
    pub starts_at: String,
    /// How long play is planned.
    pub length: Span,
    /// The seat a person alone takes unless they choose another.
    pub default_seat: SeatId,

    // people
    /// The seats, in order of the table.
    pub seats: Vec<Seat>,
    /// Everyone outside.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// How messages travel.
    pub channels: Vec<Channel>,

    // the world
    /// Things with state.
    pub assets: Vec<Asset>,
    /// Measured harm.
    pub meters: Vec<Meter>,
    /// The campaign.
    pub adversary: Adversary,
    /// What can see it.
    #[serde(default)]
    pub sensors: Vec<Sensor>,
    /// What seats may ask.
    #[serde(default)]
    pub queries: Vec<Query>,
    /// What seats may do.
    pub actions: Vec<Action>,
    /// Consequences that are not injects.
    #[serde(default)]
    pub rules_of_the_world: Vec<Rule>,

    // conduct
    /// The MSEL.
    pub injects: Vec<Inject>,
    /// What may be declared.
    #[serde(default)]
    pub declarations: Vec<Declaration>,
    /// The runbook.
    #[serde(default)]
    pub runbook: Vec<RunbookStep>,

    // obligations and written products
    /// Obligations with deadlines.
    #[serde(default)]
    pub clocks: Vec<Clock>,
    /// What has to be written.
    #[serde(default)]
    pub products: Vec<Product>,
    /// Who must be told, and by when.
    pub escalation: Vec<EscalationLine>,
    /// Who must not be told, or not yet.
    #[serde(default)]
    pub must_not_tell: Vec<MustNotTell>,

    // evaluation
    /// Objectives, three to five.
    pub objectives: Vec<Objective>,
    /// Competencies of the curriculum.
    #[serde(default)]
    pub competencies: Vec<Competency>,
    /// What an evaluator looks for.
    pub expected: Vec<Expected>,
    /// Mistakes that cost.
    #[serde(default)]
    pub traps: Vec<Trap>,
    /// What the scorecard counts and where it passes.
    #[serde(default)]
    pub scoring: Weights,
    /// Questions for the debrief.
    #[serde(default)]
    pub debrief: Vec<String>,
}

/// A real case behind an invented one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspiration {
    /// `AML.CS0064`
    pub case: String,
    /// As ATLAS marks it.
    pub kind: CaseKind,
    /// What was taken from it.
    pub note: String,
}

/// How ATLAS marks a case study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CaseKind {
    /// It happened.
    Incident,
    /// Researchers showed that it can.
    Exercise,
}
