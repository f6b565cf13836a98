//! What lands in an inbox.

use crate::{ChannelId, DecisionId, InjectId, ItemId, PartyId, Tlp, pack::DecisionView};
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// Something delivered to seats. The content travels with the event, so a board needs nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its number: an inject keeps its MSEL id, everything else is counted (`ALR-003`, `MSG-012`, `RES-004`).
    pub id: ItemId,
    /// What sort of thing it is.
    pub kind: ItemKind,
    /// The inject of the MSEL behind it, where there is one.
    pub inject: Option<InjectId>,
    /// Who it comes from, as shown.
    pub from: Sender,
    /// Who it is addressed to, as shown.
    pub to: Vec<PartyId>,
    /// How it travelled.
    pub channel: ChannelId,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Log excerpts, SBOMs, mails: evidence to read.
    pub attachments: Vec<Attachment>,
    /// For alerts.
    pub severity: Option<Severity>,
    /// The receiver is asked to acknowledge it.
    pub needs_ack: bool,
    /// Handling, where marked.
    pub tlp: Option<Tlp>,
    /// What it answers.
    pub re: Option<ItemId>,
    /// The question it puts to the table, where it puts one.
    pub decision: Option<Arc<DecisionView>>,
}

impl Item {
    /// The decision it asks for, if any.
    #[must_use]
    pub fn decision_id(&self) -> Option<&DecisionId> {
        self.decision.as_deref().map(|d| &d.id)
    }
}

/// Who something comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The seat or party, where it is one that can be answered.
    pub id: Option<PartyId>,
    /// `Priya Raman`.
    pub name: String,
    /// `SOC analyst, Halden AI`.
    pub title: String,
}

/// What sort of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ItemKind {
    /// From the MSEL.
    Inject,
    /// From a sensor; may be a false alarm.
    Alert,
    /// From another seat or a party, typed by a person.
    Message,
    /// An answer of the simulation cell.
    Reply,
    /// What a query or an action brought back.
    Result,
    /// A task or an approval asked of this seat.
    Request,
}

/// Severity as alerts carry it (OCSF `severity_id` 1 to 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// 1
    Informational,
    /// 2
    Low,
    /// 3
    Medium,
    /// 4
    High,
    /// 5
    Critical,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Informational => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        })
    }
}

/// Evidence that comes with an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// `registry-audit.log`
    pub name: String,
    /// How to show it.
    #[serde(default)]
    pub kind: AttachmentKind,
    /// Its text.
    pub text: String,
}

/// How an attachment is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttachmentKind {
    /// Prose.
    #[default]
    Text,
    /// Log lines: never wrapped.
    Log,
    /// JSON (an alert, an SBOM, an attestation): never wrapped.
    Json,
    /// A table in columns: never wrapped.
    Table,
}
