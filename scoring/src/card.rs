//! The scorecard: every mark with points, a reason and evidence.
//!
//! Serialized as JSON it is the documented shape `startex.scorecard/1`. Points are whole hundredths, so
//! that two scorecards of the same transcript are the same bytes.

pub use crate::dimension::Dimension;
use protocol::{
    ClockId, CompetencyId, ItemId, LineId, MeterId, ObjectiveId, PartyId, ProductId, ScenarioId, SeatId, SimTime,
    TrapId,
};
use scenarios::model::Capability;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name and version of the JSON shape.
pub const SCHEMA: &str = "startex.scorecard/1";

/// The judgement over one exercise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scorecard {
    /// [`SCHEMA`].
    pub schema: String,
    /// The exercise.
    pub exercise: String,
    /// The scenario.
    pub scenario: ScenarioId,
    /// Its version; the rubrics' version is the same.
    pub version: String,
    /// Hash of its files.
    pub scenario_hash: String,
    /// The seed.
    pub seed: u64,
    /// Head of the hash chain the marks were made from; empty when not sealed.
    pub head: String,
    /// Who sat where.
    pub people: BTreeMap<SeatId, String>,
    /// Exercise time at the end.
    pub ended: SimTime,
    /// Percent of the total, 0 to 100; dimensions that were not exercised are left out of the average.
    pub percent: u32,
    /// Percent needed.
    pub pass: u32,
    /// Passed: percent reached, and no critical expected action missed.
    pub passed: bool,
    /// Why not, or with what margin; one sentence.
    pub verdict: String,
    /// The four dimensions.
    pub dimensions: Vec<DimensionCard>,
    /// Per objective.
    pub objectives: Vec<ObjectiveCard>,
    /// Per competency.
    pub competencies: Vec<CompetencyCard>,
    /// The escalation matrix with its verdicts, over-escalation included.
    pub escalation: Vec<EscalationRow>,
    /// The obligations.
    pub clocks: Vec<ClockRow>,
    /// The meters.
    pub meters: Vec<MeterRow>,
    /// The written products, with the reading of what was sent.
    pub communications: Vec<CommunicationRow>,
    /// What went well, each with evidence.
    pub strengths: Vec<Finding>,
    /// What to improve, costliest first, each with evidence.
    pub improvements: Vec<Finding>,
}

/// One dimension with its marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DimensionCard {
    /// Which.
    pub dimension: Dimension,
    /// Points, in hundredths.
    pub points: i64,
    /// Points at stake in marks that were exercised, in hundredths.
    pub of: i64,
    /// Its weight in the total, in percent.
    pub weight: u32,
    /// `None`: nothing in it was exercised.
    pub percent: Option<u32>,
    /// Its marks.
    pub marks: Vec<Mark>,
}

/// One mark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Stable: `response/roll-back`, `escalation/tell-ciso`, `communication/customer-notice`, `trap/wiped`.
    pub id: String,
    /// What it is for, in words.
    pub title: String,
    /// What happened.
    pub status: Status,
    /// Points, in hundredths; negative for what costs.
    pub points: i64,
    /// At stake, in hundredths; 0 for what can only cost.
    pub of: i64,
    /// Why, in a sentence.
    pub reason: String,
    /// The entries it rests on; never empty unless the status is `NotExercised`.
    pub evidence: Vec<Evidence>,
    /// The objective it belongs to.
    pub objective: ObjectiveId,
    /// The seats it is about.
    pub seats: Vec<SeatId>,
    /// For response times.
    pub ladder: Option<Ladder>,
}

/// What became of something looked for. Four of these are not the same as failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// Full points.
    Met,
    /// Some points.
    Partly,
    /// There was the chance and it was not used, or it was done wrongly.
    Failed,
    /// The situation never arose: no chance to show it.
    NotExercised,
    /// It cannot be seen from the record (done off the platform).
    NotObserved,
    /// There is something, and nobody has graded it.
    NotGraded,
}

/// Where a mark comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Entry of the transcript.
    pub entry: u64,
    /// Exercise time of that entry.
    pub at: SimTime,
    /// What it says, in a short line.
    pub note: String,
    /// For texts: the byte range in the body.
    pub span: Option<(usize, usize)>,
}

/// The five moments of a response, in exercise time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// The inject that called for it was delivered.
    pub delivered: SimTime,
    /// Somebody it was addressed to opened it.
    pub opened: Option<SimTime>,
    /// Somebody acknowledged it.
    pub acknowledged: Option<SimTime>,
    /// First correct act.
    pub acted: Option<SimTime>,
    /// Completed.
    pub completed: Option<SimTime>,
    /// Full points until.
    pub target: SimTime,
    /// No points after.
    pub limit: SimTime,
}

/// HSEEP ratings (HSEEP 2020; AAR/IP template HSEEP-IP01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rating {
    /// Performed without challenges.
    P,
    /// Performed with some challenges.
    S,
    /// Performed with major challenges.
    M,
    /// Unable to be performed.
    U,
}

/// An objective with its rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveCard {
    /// Which.
    pub objective: ObjectiveId,
    /// Its text.
    pub text: String,
    /// Its capability.
    pub capability: Capability,
    /// Points, in hundredths.
    pub points: i64,
    /// At stake, in hundredths.
    pub of: i64,
    /// `None`: not exercised.
    pub rating: Option<Rating>,
    /// Why, in a sentence; names the cap where one applied.
    pub reason: String,
    /// The marks behind it.
    pub marks: Vec<String>,
}

/// A competency with what there is to show for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompetencyCard {
    /// Which.
    pub competency: CompetencyId,
    /// Its text.
    pub text: String,
    /// Percent of the points of its objectives' exercised marks; `None`: not exercised.
    pub percent: Option<u32>,
    /// The marks behind it.
    pub marks: Vec<String>,
}

/// A verdict of the escalation matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// Told within the time.
    OnTime,
    /// Told after it.
    Late,
    /// Never told, or after the limit.
    Missed,
    /// Told by a seat or over a channel the matrix does not allow, or somebody it does not name.
    WrongParty,
    /// Told before they may be.
    Premature,
    /// Told before those who come first.
    OutOfOrder,
    /// Told without the approval it needs.
    Unauthorised,
    /// The moment for it never came, or is not over yet.
    NotExercised,
}

/// A line of the escalation table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EscalationRow {
    /// The line of the matrix; `None` for somebody told whom no line names.
    pub line: Option<LineId>,
    /// Who was, or should have been, told.
    pub party: PartyId,
    /// Shown name.
    pub name: String,
    /// The verdict.
    pub verdict: Verdict,
    /// When it was called for.
    pub called: Option<SimTime>,
    /// When they were told.
    pub told: Option<SimTime>,
    /// By whom.
    pub by: Option<SeatId>,
    /// Why, in a sentence.
    pub reason: String,
    /// Its mark.
    pub mark: String,
}

/// An obligation as it went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClockRow {
    /// Which.
    pub clock: ClockId,
    /// The rule.
    pub regime: String,
    /// Where it stood at the end.
    pub state: ClockEnd,
    /// When its anchor happened.
    pub started: Option<SimTime>,
    /// Its deadline.
    pub due: Option<SimTime>,
    /// When it was filed or waived.
    pub settled: Option<SimTime>,
    /// What happened, in a sentence.
    pub reason: String,
    /// Source and as-of date.
    pub source: String,
    /// Its mark.
    pub mark: String,
}

/// Where an obligation stood at EndEx.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClockEnd {
    /// Its anchor never happened.
    NotStarted,
    /// It runs, and its deadline lies after the exercise.
    Due,
    /// Its deadline passed with nothing filed.
    Overdue,
    /// Filed in time.
    Filed,
    /// Filed after the deadline.
    FiledLate,
    /// Decided not to apply, rightly.
    Waived,
    /// Decided not to apply, wrongly.
    WaivedWrongly,
}

/// A meter against its two baselines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeterRow {
    /// Which.
    pub meter: MeterId,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its reading at EndEx.
    pub value: i64,
    /// When nobody acts.
    pub nothing: i64,
    /// With the reference response.
    pub reference: i64,
    /// Its share in the outcome.
    pub weight: u32,
    /// Its readings over time.
    pub readings: Vec<(SimTime, i64)>,
    /// Its mark; empty when its weight is 0.
    pub mark: String,
}

/// A written product as sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommunicationRow {
    /// Which.
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// The message graded; `None`: nothing was sent.
    pub item: Option<ItemId>,
    /// Its entry.
    pub entry: Option<u64>,
    /// Who sent it.
    pub by: Option<SeatId>,
    /// When.
    pub sent: Option<SimTime>,
    /// Its subject, an empty line and its text, as sent; spans of the reading count in it.
    pub text: String,
    /// How the rubric read it.
    pub reading: Option<rubric::Reading>,
    /// Its mark.
    pub mark: String,
}

/// A strength or an area for improvement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The mark behind it.
    pub mark: String,
    /// What was seen.
    pub text: String,
    /// For improvements: what to do about it.
    pub advice: String,
    /// Where to see it.
    pub evidence: Vec<Evidence>,
    /// Points gained, or lost as a negative number, in hundredths.
    pub points: i64,
    /// The objective.
    pub objective: ObjectiveId,
    /// The trap, where it was one.
    pub trap: Option<TrapId>,
}

/// The same scenario and seed played by nobody and by the reference: what the outcome is measured between.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baselines {
    /// Meter readings at the end when nobody acts.
    pub nothing: BTreeMap<MeterId, i64>,
    /// With the reference response.
    pub reference: BTreeMap<MeterId, i64>,
}

/// What a decision was worth: the same exercise with one command moved or left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    /// The command changed.
    pub entry: u64,
    /// What was changed, in a sentence: `Revoke the writer token at 00:12:10 instead of 00:39:00`.
    pub change: String,
    /// What would have come of it, per meter that differs: name, unit, as played, instead.
    pub meters: Vec<(String, String, i64, i64)>,
    /// In a sentence: `… would have kept 38 GB in`.
    pub text: String,
}
