//! The MSEL: injects and the decisions they put; declarations; the runbook.

use super::{Effect, Trigger};
use protocol::{
    Attachment, ChannelId, DecisionId, DeclarationId, InjectId, OptionId, PartyId, RunbookId, SeatId, Severity, Tlp,
    ValueId,
};
use serde::{Deserialize, Serialize};

/// An entry of the MSEL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inject {
    /// `INJ-01`.
    pub id: InjectId,
    /// Contextual or contingency; the third HSEEP type, expected action, is `expected` in the scenario.
    pub kind: InjectKind,
    /// What brings it on.
    pub trigger: Trigger,
    /// The seat or party it comes from.
    pub from: PartyId,
    /// Who gets it.
    pub to: Vec<SeatId>,
    /// How.
    pub via: ChannelId,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Evidence.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// For alert-like injects.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The receiver is asked to acknowledge it.
    #[serde(default)]
    pub needs_ack: bool,
    /// Handling.
    #[serde(default)]
    pub tlp: Option<Tlp>,
    /// What it changes when it is delivered.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// A question it puts.
    #[serde(default)]
    pub decision: Option<Decision>,
    /// ATLAS techniques it shows.
    #[serde(default)]
    pub atlas: Vec<String>,
    /// For the staff: why it is there, what a good table does.
    #[serde(default)]
    pub controller_notes: String,
}

/// The type of an inject after HSEEP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InjectKind {
    /// Builds the story.
    Contextual,
    /// Returns play to the objective because nobody acted.
    Contingency,
    /// Calls for an expected action.
    Prompt,
}

/// A question put to the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The question.
    pub question: String,
    /// Who decides.
    pub by: Vec<SeatId>,
    /// What may be decided.
    pub options: Vec<Choice>,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its id.
    pub id: OptionId,
    /// Its text.
    pub text: String,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// Something that may be declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// `incident`, `severity`, `materiality`, `all-clear`.
    pub id: DeclarationId,
    /// `Severity`.
    pub name: String,
    /// What it means to declare it.
    #[serde(default)]
    pub note: String,
    /// Who may.
    pub by: Vec<SeatId>,
    /// The values, with their meaning.
    pub values: Vec<(ValueId, String)>,
}

/// A step of the runbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunbookStep {
    /// Its id.
    pub id: RunbookId,
    /// Heading.
    pub phase: String,
    /// The step.
    pub text: String,
    /// Who does it.
    #[serde(default)]
    pub owner: Option<SeatId>,
}
