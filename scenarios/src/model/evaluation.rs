//! What is looked for: objectives, expected actions, traps, competencies, weights.

use super::{Cond, Cue};
use protocol::{CompetencyId, ExpectedId, InjectId, ObjectiveId, SeatId, Span, TrapId};
use serde::{Deserialize, Serialize};

/// An exercise objective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// What the table should be able to do.
    pub text: String,
    /// The capability it exercises: Detect, Activate, Respond, Contain, Communicate, Document, Recover.
    pub capability: Capability,
    /// The competencies it is evidence for.
    #[serde(default)]
    pub competencies: Vec<CompetencyId>,
}

/// Capabilities of incident response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each says what it is")]
pub enum Capability {
    Detect,
    Activate,
    Respond,
    Contain,
    Communicate,
    Document,
    Recover,
}

/// A competency of the curriculum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competency {
    /// Its id.
    pub id: CompetencyId,
    /// What somebody who has it can do.
    pub text: String,
    /// Where it stands in the curriculum.
    #[serde(default)]
    pub module: String,
}

/// An expected action: what an evaluator looks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Its id.
    pub id: ExpectedId,
    /// What the table should do.
    pub what: String,
    /// The inject that calls for it; evidence when nobody acts.
    pub called_for_by: InjectId,
    /// Any of these is a first correct act.
    pub any_of: Vec<Cue>,
    /// It counts as completed when this has happened; usually the finish of the act. Default: the first act.
    #[serde(default)]
    pub completed_by: Option<Cue>,
    /// Who should do it; empty: anyone.
    #[serde(default)]
    pub by: Vec<SeatId>,
    /// Full points when done this soon after the inject is delivered.
    pub target: Span,
    /// No points after this.
    pub limit: Span,
    /// It must come before these, or it earns at most half.
    #[serde(default)]
    pub before: Vec<Cue>,
    /// Points at stake.
    pub points: u32,
    /// The objective it belongs to.
    pub objective: ObjectiveId,
    /// Only what is done after the inject reached the table counts: the same act done earlier has been undone
    /// since. Otherwise doing it early is as good as doing it in time.
    #[serde(default)]
    pub after_call: bool,
    /// Not doing it makes the objective `U` whatever the points.
    #[serde(default)]
    pub critical: bool,
    /// Said when a player in practice asks for help.
    #[serde(default)]
    pub hint: String,
}

/// A mistake that costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trap {
    /// Its id.
    pub id: TrapId,
    /// What somebody does.
    pub on: Cue,
    /// It is no mistake if this holds at that moment.
    #[serde(default)]
    pub unless: Option<Cond>,
    /// Points lost.
    pub points: u32,
    /// Why it is a mistake, for the debrief.
    pub why: String,
    /// What would have been better.
    pub instead: String,
    /// The objective it belongs to.
    pub objective: ObjectiveId,
    /// Against law, plan or authorisation: caps the objective at M.
    #[serde(default)]
    pub legal: bool,
}

/// How much each dimension counts, in percent of the total, and where the exercise is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Response time.
    pub response: u32,
    /// Escalation correctness.
    pub escalation: u32,
    /// Communication quality.
    pub communication: u32,
    /// Outcome.
    pub outcome: u32,
    /// Percent of the total needed to pass.
    pub pass: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { response: 30, escalation: 25, communication: 25, outcome: 20, pass: 60 }
    }
}
