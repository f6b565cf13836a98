//! Assets, meters, the adversary, telemetry, and the catalogue of queries and actions.

use super::{Cond, Cue, Effect, Trigger};
use protocol::{
    ActionId, AssetId, Attachment, Attr, ChannelId, Evidence, Exposure, Integrity, Isolation, MeterId, PartyId,
    QueryId, SeatId, SensorId, Service, Severity, Span, StepId,
};
use serde::{Deserialize, Serialize};

/// A thing with state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// Its id.
    pub id: AssetId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: AssetKind,
    /// What it needs: it is `down` when one of these is, and `degraded` when one of these is.
    #[serde(default)]
    pub depends_on: Vec<AssetId>,
    /// One line for the inventory.
    #[serde(default)]
    pub note: String,
    /// Version label.
    #[serde(default)]
    pub version: String,
    /// True state at StartEx.
    #[serde(default = "trusted")]
    pub integrity: Integrity,
    /// See `integrity`.
    #[serde(default = "connected")]
    pub isolation: Isolation,
    /// See `integrity`.
    #[serde(default = "up")]
    pub service: Service,
    /// See `integrity`.
    #[serde(default = "internal")]
    pub exposure: Exposure,
    /// See `integrity`.
    #[serde(default = "intact")]
    pub evidence: Evidence,
    /// What the inventory claims at StartEx; what players believe until they learn better.
    #[serde(default)]
    pub inventory: Vec<Attr>,
}

fn trusted() -> Integrity {
    Integrity::Trusted
}
fn connected() -> Isolation {
    Isolation::Connected
}
fn up() -> Service {
    Service::Up
}
fn internal() -> Exposure {
    Exposure::Internal
}
fn intact() -> Evidence {
    Evidence::Intact
}

/// What an asset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AssetKind {
    /// A model version or artifact.
    Model,
    /// A store of models, images or packages.
    Registry,
    /// Data for training or retrieval.
    Dataset,
    /// A training or evaluation run.
    TrainingJob,
    /// A GPU node or cluster.
    Compute,
    /// An inference service or endpoint.
    Service,
    /// A build or deployment pipeline.
    Pipeline,
    /// Source code.
    Repository,
    /// A key, token or session.
    Credential,
    /// An agent with tools.
    Agent,
    /// A customer or group of customers.
    Tenant,
    /// A person's workstation.
    Workstation,
    /// Network path or gateway.
    Network,
}

/// A measured harm: whole units, integrated over exercise time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meter {
    /// Its id.
    pub id: MeterId,
    /// `Weights exfiltrated`.
    pub name: String,
    /// `GB`.
    pub unit: String,
    /// Reading at StartEx.
    #[serde(default)]
    pub starts: i64,
    /// It never reads more than this.
    #[serde(default)]
    pub most: Option<i64>,
    /// What makes it move: each flow adds its rate while its condition holds.
    pub flows: Vec<Flow>,
    /// Its share in the outcome; 0 shows it without counting it.
    #[serde(default = "one")]
    pub weight: u32,
    /// Seats that can read it during play.
    #[serde(default)]
    pub visible_to: Vec<SeatId>,
}

fn one() -> u32 {
    1
}

/// One cause of a meter's movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// Units an hour.
    pub per_hour: i64,
    /// While this holds.
    pub while_: Cond,
}

/// The campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adversary {
    /// A working name for the staff.
    pub name: String,
    /// What they want.
    pub goal: String,
    /// Their steps.
    pub steps: Vec<Step>,
}

/// A step of the adversary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// What they do.
    pub name: String,
    /// ATLAS technique.
    pub atlas: String,
    /// When it may begin.
    pub starts: Trigger,
    /// Shortest and longest time it takes; drawn from the seed.
    pub takes: (Span, Span),
    /// What they need, at its begin and at its end; else it is blocked.
    #[serde(default = "always")]
    pub needs: Cond,
    /// How long they wait before they try a blocked step again, and how often.
    #[serde(default)]
    pub retry: Option<(Span, u32)>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// What it changes when it is blocked for good.
    #[serde(default)]
    pub when_blocked: Vec<Effect>,
}

/// A condition that always holds.
#[must_use]
pub fn always() -> Cond {
    Cond::All(Vec::new())
}

/// Something that watches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sensor {
    /// Its id.
    pub id: SensorId,
    /// `Egress DLP`.
    pub name: String,
    /// The channel its alerts come by.
    pub channel: ChannelId,
    /// Who gets its alerts.
    pub to: Vec<SeatId>,
    /// Shortest and longest time from what happened to the alert.
    pub latency: (Span, Span),
    /// It works while this holds.
    #[serde(default = "always")]
    pub works: Cond,
    /// What it can see.
    #[serde(default)]
    pub sees: Vec<Sight>,
    /// What it mistakes: benign alerts in this order, at intervals drawn between the two times.
    #[serde(default)]
    pub noise: Option<Noise>,
}

/// What a sensor makes of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sight {
    /// What happened.
    pub on: Cue,
    /// The chance that it is seen, in percent.
    #[serde(default = "certain")]
    pub coverage: u8,
    /// The alert.
    pub alert: Alert,
}

fn certain() -> u8 {
    100
}

/// False alarms and background.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// Shortest and longest time between two.
    pub every: (Span, Span),
    /// The alerts, in order; when the last has sounded it is quiet.
    pub alerts: Vec<Alert>,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    /// One line.
    pub title: String,
    /// Its severity.
    pub severity: Severity,
    /// The text.
    pub body: String,
    /// Raw fields.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// A prepared question to the telemetry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// Its id.
    pub id: QueryId,
    /// What it asks.
    pub name: String,
    /// `SIEM`, `registry`, `git` …
    pub tool: String,
    /// As typed into that tool.
    pub text: String,
    /// Who may run it.
    pub by: Vec<SeatId>,
    /// Shortest and longest time it takes.
    pub takes: (Span, Span),
    /// It is offered only from this on: a query for something nobody has heard of would give it away.
    #[serde(default)]
    pub appears: Option<Cue>,
    /// What comes back: the first whose condition holds.
    pub results: Vec<Outcome>,
}

/// An entry of the action catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// `Isolate a serving pool`.
    pub name: String,
    /// What it does.
    pub help: String,
    /// Heading in the catalogue: Preserve, Investigate, Contain, Eradicate, Recover, Coordinate.
    pub group: String,
    /// Who may do it.
    pub by: Vec<SeatId>,
    /// What it may be done to; empty when there is no choice.
    #[serde(default)]
    pub targets: Vec<AssetId>,
    /// Shortest and longest time it takes.
    pub takes: (Span, Span),
    /// It is offered only from this on: an action about something nobody has heard of would give it away.
    #[serde(default)]
    pub appears: Option<Cue>,
    /// Whose approval the plan asks for. Acting without it is possible, recorded and scored.
    #[serde(default)]
    pub approval: Option<PartyId>,
    /// It cannot begin unless this holds; refused with `needs_text`.
    #[serde(default = "always")]
    pub needs: Cond,
    /// `needs` in the player's words.
    #[serde(default)]
    pub needs_text: String,
    /// What it costs, in the player's words; shown before it runs.
    #[serde(default)]
    pub cost: String,
    /// What it changes as soon as it begins.
    #[serde(default)]
    pub at_begin: Vec<Effect>,
    /// What comes of it: the first whose condition holds when it ends.
    pub results: Vec<Outcome>,
}

/// What comes of a query or an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// When.
    #[serde(default = "always")]
    pub when: Cond,
    /// It did something (false: it ran and found nothing to work on).
    #[serde(default = "yes")]
    pub done: bool,
    /// What the people see.
    pub text: String,
    /// Evidence that comes with it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

fn yes() -> bool {
    true
}

impl Outcome {
    /// Whether it fits whatever the state of the world.
    #[must_use]
    pub fn is_fallback(&self) -> bool {
        self.when == always()
    }
}
