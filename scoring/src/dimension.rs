//! The dimensions of the score, as a table: one more is one more line here and one more file.

mod communication;
mod escalation;
mod outcome;
mod response;

use crate::judgement::{Case, Judged, Tables};
use scenarios::model::Weights;
use serde::{Deserialize, Serialize};

/// A dimension of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dimension {
    /// Response time.
    Response,
    /// Escalation correctness.
    Escalation,
    /// Communication quality.
    Communication,
    /// Outcome.
    Outcome,
}

impl Dimension {
    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Response => "response time",
            Self::Escalation => "escalation correctness",
            Self::Communication => "communication quality",
            Self::Outcome => "outcome",
        }
    }
}

/// One line of the table: its name, its weight in the total, and how it judges.
pub(crate) type DimensionFn =
    (Dimension, fn(&Weights) -> u32, for<'a, 'b, 'c> fn(&'a Case<'b>, &'c mut Tables) -> Vec<Judged>);

/// Every dimension, in the order the scorecard shows them.
pub(crate) const DIMENSIONS: [DimensionFn; 4] = [
    (Dimension::Response, |w| w.response, response::judge),
    (Dimension::Escalation, |w| w.escalation, escalation::judge),
    (Dimension::Communication, |w| w.communication, communication::judge),
    (Dimension::Outcome, |w| w.outcome, outcome::judge),
];
