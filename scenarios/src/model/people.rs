//! Seats, outside parties, channels, and the simulation cell's lines for those nobody plays.

use super::{Cond, Cue, Effect};
use protocol::{ChannelId, PartyId, SeatId, Span, Subject};
use serde::{Deserialize, Serialize};

/// A place at the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Its id, also its address.
    pub id: SeatId,
    /// `Incident commander`.
    pub title: String,
    /// The person the cell plays there: `Priya Raman`.
    pub name: String,
    /// What the seat is for.
    pub duties: String,
    /// How the cell plays it when nobody sits there.
    pub cell: Cell,
}

/// Someone outside: a regulator, a customer, a vendor, the press, the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its id, also its address; may not be a seat's.
    pub id: PartyId,
    /// Name of the person or body.
    pub name: String,
    /// What they are.
    pub title: String,
    /// When to call them, as the plan says; read by players.
    #[serde(default)]
    pub note: String,
    /// How the cell plays them.
    pub cell: Cell,
}

/// How the simulation cell plays someone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cell {
    /// Shortest and longest time until they answer a page. `None`: they never do.
    pub answers_page: Option<(Span, Span)>,
    /// What they say when they answer a page.
    pub on_page: String,
    /// Shortest and longest time until they answer a message or take up a task.
    pub latency: (Span, Span),
    /// Scripted lines; the first whose cue and condition fit is said, each once.
    pub lines: Vec<Line>,
    /// What they say to a message no line fits; one is drawn. Empty: they say nothing.
    pub otherwise: Vec<String>,
    /// How they decide on approvals asked of them. No rule fits: they approve.
    pub approvals: Vec<ApprovalRule>,
    /// What an empty seat passes on: injects and alerts addressed to nobody but empty seats reach the
    /// people at the table after its latency, forwarded by it.
    pub forwards: bool,
}

/// One scripted line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What brings it on.
    pub on: Cue,
    /// Only if this holds when it is due.
    #[serde(default)]
    pub if_: Option<Cond>,
    /// How long after the cue, instead of the usual latency.
    #[serde(default)]
    pub after: Option<Span>,
    /// By which channel; else the one the cue came by, or the first.
    #[serde(default)]
    pub via: Option<ChannelId>,
    /// To whom; else whoever brought it on.
    #[serde(default)]
    pub to: Vec<SeatId>,
    /// Subject; else `Re:` and the subject answered.
    #[serde(default)]
    pub subject: String,
    /// The text.
    pub say: String,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// How an approval is decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalRule {
    /// What is asked for.
    pub subject: Subject,
    /// Approved if this holds.
    pub if_: Cond,
    /// Said with the approval.
    #[serde(default)]
    pub yes: String,
    /// Said with the refusal.
    #[serde(default)]
    pub no: String,
}

/// A way messages travel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// `Incident chat`.
    pub name: String,
    /// What it is for, who reads it.
    #[serde(default)]
    pub note: String,
    /// Players can send on it.
    #[serde(default = "yes")]
    pub writable: bool,
    /// The adversary reads along (a compromised mail system): what players send there is known to them.
    #[serde(default)]
    pub compromised: bool,
}

fn yes() -> bool {
    true
}
