//! What every player may read from StartEx on: who is who, what can be done, what the plan says.
//!
//! Built by the `scenarios` crate from a scenario; it holds nothing that is meant for the staff.

use crate::{
    ActionId, AssetId, Attr, ChannelId, DecisionId, DeclarationId, OptionId, PartyId, ProductId, QueryId, RunbookId,
    ScenarioId, SeatId, Span, Tlp, ValueId,
};
use serde::{Deserialize, Serialize};

/// Everything public about a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Which scenario.
    pub scenario: ScenarioId,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// The invented organisation.
    pub organisation: String,
    /// What the players know when play opens.
    pub situation: String,
    /// House rules.
    pub rules: Vec<String>,
    /// The story's date and time at StartEx, in seconds since 1970-01-01 UTC.
    pub starts_at: i64,
    /// How long play is planned.
    pub length: Span,
    /// The seats.
    pub seats: Vec<SeatView>,
    /// The outside parties.
    pub parties: Vec<PartyView>,
    /// The channels.
    pub channels: Vec<ChannelView>,
    /// The inventory, as documented before the incident.
    pub assets: Vec<AssetView>,
    /// The action catalogue.
    pub actions: Vec<ActionView>,
    /// The prepared queries.
    pub queries: Vec<QueryView>,
    /// The written products.
    pub products: Vec<ProductView>,
    /// What may be declared.
    pub declarations: Vec<DeclarationView>,
    /// The runbook.
    pub runbook: Vec<RunbookView>,
}

/// A seat as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatView {
    /// Its id.
    pub id: SeatId,
    /// `Incident commander`.
    pub title: String,
    /// The person the simulation cell plays there.
    pub name: String,
    /// What the seat is for.
    pub duties: String,
}

/// An outside party in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyView {
    /// Its id.
    pub id: PartyId,
    /// Name of the person or body.
    pub name: String,
    /// What they are.
    pub title: String,
    /// When to call them, as the plan says.
    pub note: String,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelView {
    /// Its id.
    pub id: ChannelId,
    /// `Incident chat`.
    pub name: String,
    /// What it is for, who reads it.
    pub note: String,
    /// Players can send on it.
    pub writable: bool,
}

/// An asset of the inventory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetView {
    /// Its id.
    pub id: AssetId,
    /// Its name.
    pub name: String,
    /// `model`, `registry`, `service` …
    pub kind: String,
    /// What it needs to work.
    pub depends_on: Vec<AssetId>,
    /// One line.
    pub note: String,
    /// What the documentation says of its state.
    pub known: Vec<Attr>,
}

/// An action of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionView {
    /// Its id.
    pub id: ActionId,
    /// `Isolate a node`.
    pub name: String,
    /// What it does.
    pub help: String,
    /// Heading in the catalogue: `Preserve`, `Contain` …
    pub group: String,
    /// Who may do it.
    pub by: Vec<SeatId>,
    /// What it may be done to; empty when there is no choice.
    pub targets: Vec<AssetId>,
    /// Shortest and longest time it takes.
    pub takes: (Span, Span),
    /// Whose approval the plan asks for.
    pub approval: Option<PartyId>,
    /// What it needs, in words.
    pub needs: String,
    /// What it costs, in words.
    pub cost: String,
}

/// A prepared query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryView {
    /// Its id.
    pub id: QueryId,
    /// What it asks.
    pub name: String,
    /// Which tool.
    pub tool: String,
    /// The query as typed into that tool.
    pub text: String,
    /// Who may run it.
    pub by: Vec<SeatId>,
    /// Shortest and longest time it takes.
    pub takes: (Span, Span),
}

/// A written product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductView {
    /// Its id.
    pub id: ProductId,
    /// `Customer notice`.
    pub name: String,
    /// Who reads it and what they need, in a line.
    pub audience: String,
    /// Usual recipients.
    pub to: Vec<PartyId>,
    /// Who writes it.
    pub by: Vec<SeatId>,
    /// Usual channel.
    pub via: ChannelId,
    /// Whose approval the plan asks for.
    pub approval: Option<PartyId>,
    /// Usual handling.
    pub tlp: Option<Tlp>,
    /// Words, at least and at most.
    pub words: (u32, u32),
    /// The house template the composer opens with.
    pub template: String,
}

/// Something that may be declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclarationView {
    /// Its id.
    pub id: DeclarationId,
    /// `Severity`.
    pub name: String,
    /// What it means to declare it.
    pub note: String,
    /// Who may.
    pub by: Vec<SeatId>,
    /// The values with their meaning.
    pub values: Vec<(ValueId, String)>,
}

/// A question with options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    /// Its id.
    pub id: DecisionId,
    /// The question.
    pub question: String,
    /// Who decides.
    pub by: Vec<SeatId>,
    /// The options with their text.
    pub options: Vec<(OptionId, String)>,
}

/// A runbook step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunbookView {
    /// Its id.
    pub id: RunbookId,
    /// Heading.
    pub phase: String,
    /// The step.
    pub text: String,
    /// Who does it.
    pub owner: Option<SeatId>,
}
