//! What somebody asks for.

use crate::{
    ActionId, AssetId, ChannelId, DecisionId, DeclarationId, InjectId, ItemId, OptionId, PartyId, ProductId, QueryId,
    RequestId, RunbookId, SeatId, SimTime, Span, ValueId,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One recorded request: who asked for what, at which exercise time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Exercise time at which it was given.
    pub at: SimTime,
    /// Who gave it.
    pub by: Actor,
    /// What was asked.
    pub act: Act,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Actor {
    /// A person at a seat.
    Seat(SeatId),
    /// The person who runs the exercise; in a drill alone, the same person's hand on the clock.
    Facilitator,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seat(seat) => seat.fmt(f),
            Self::Facilitator => f.pad("facilitator"),
        }
    }
}

/// What a seat or the facilitator can ask for. Every one has a text form (see `text` in this crate).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Act {
    // the facilitator's
    /// Somebody sits down.
    TakeSeat {
        /// Which seat.
        seat: SeatId,
        /// The person's name as shown to others.
        person: String,
    },
    /// Somebody stands up; the simulation cell takes the seat over.
    LeaveSeat {
        /// Which seat.
        seat: SeatId,
    },
    /// StartEx.
    Start {
        /// Practice shows hints and feedback; assessment shows neither.
        mode: Mode,
    },
    /// PauseEx. Exercise time stands still.
    Pause,
    /// Play goes on.
    Resume,
    /// How exercise time runs against the wall clock.
    SetPace(Pace),
    /// Let exercise time pass at once.
    Wait {
        /// How much.
        span: Span,
    },
    /// EndEx.
    End,
    /// Deliver an inject now.
    Release {
        /// Which.
        inject: InjectId,
    },
    /// Keep an inject back until it is released.
    Hold {
        /// Which.
        inject: InjectId,
    },
    /// Never deliver an inject.
    Skip {
        /// Which.
        inject: InjectId,
    },

    // a seat's
    /// Read an item of the inbox.
    Open {
        /// Which.
        item: ItemId,
    },
    /// Say that it was understood and is in hand.
    Acknowledge {
        /// Which.
        item: ItemId,
    },
    /// Ask the telemetry.
    Query {
        /// Which prepared query.
        query: QueryId,
    },
    /// Do something from the catalogue oneself.
    Do {
        /// What.
        action: ActionId,
        /// On which asset, where the action has a choice.
        target: Option<AssetId>,
    },
    /// Ask a colleague by name to do it, or to run a query.
    Ask {
        /// Who.
        seat: SeatId,
        /// What.
        work: Work,
    },
    /// Escalate: page or phone a seat or a party.
    Page {
        /// Whom.
        party: PartyId,
        /// What they are told in one line.
        reason: String,
    },
    /// Send a message.
    Send(Draft),
    /// Ask for approval.
    Request {
        /// Of whom.
        of: PartyId,
        /// For what.
        subject: Subject,
    },
    /// Give or refuse approval.
    Answer {
        /// Which request.
        request: RequestId,
        /// Given or refused.
        grant: bool,
        /// Why.
        reason: String,
    },
    /// Declare an incident, a severity, a classification, materiality, the all-clear.
    Declare {
        /// What is declared.
        declaration: DeclarationId,
        /// Its value.
        value: ValueId,
        /// On what grounds.
        reason: String,
    },
    /// Decide a question put to the table.
    Decide {
        /// Which.
        decision: DecisionId,
        /// How.
        option: OptionId,
        /// Why.
        reason: String,
    },
    /// Tick a step of the runbook.
    Tick {
        /// Which.
        step: RunbookId,
    },
    /// Write to the incident log.
    Log {
        /// The line.
        text: String,
    },
    /// Ask for a hint (practice only).
    Hint,
}

impl Act {
    /// Whether it is for the facilitator to do: seats, the clock's orders, injects by hand. Everything else is
    /// for a seat.
    #[must_use]
    pub fn is_facilitators(&self) -> bool {
        matches!(
            self,
            Self::TakeSeat { .. }
                | Self::LeaveSeat { .. }
                | Self::Start { .. }
                | Self::Pause
                | Self::Resume
                | Self::SetPace(_)
                | Self::Wait { .. }
                | Self::End
                | Self::Release { .. }
                | Self::Hold { .. }
                | Self::Skip { .. }
        )
    }
}

/// What can be worked on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Work {
    /// An action of the catalogue, on an asset where it has a choice.
    Action(ActionId, Option<AssetId>),
    /// A query.
    Query(QueryId),
}

/// A message as somebody wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Seats and parties.
    pub to: Vec<PartyId>,
    /// How it travels.
    pub via: Option<ChannelId>,
    /// The written product it fulfils.
    pub product: Option<ProductId>,
    /// Handling.
    pub tlp: Option<Tlp>,
    /// What it answers.
    pub re: Option<ItemId>,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// What approval is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Subject {
    /// Taking an action.
    Action(ActionId),
    /// Sending a product.
    Product(ProductId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Action(id) => id.fmt(f),
            Self::Product(id) => id.fmt(f),
        }
    }
}

/// Practice or assessment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Hints on request, feedback as you go.
    #[default]
    Practice,
    /// Neither.
    Assess,
}

/// How exercise time runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pace {
    /// One second an exercise second.
    #[default]
    Live,
    /// That many exercise seconds a second (2 to 60).
    Times(u8),
    /// Time moves only when somebody waits.
    Turn,
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Live => f.pad("live"),
            Self::Times(n) => write!(f, "x{n}"),
            Self::Turn => f.pad("turn"),
        }
    }
}

/// Traffic Light Protocol 2.0 (FIRST, 2022).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tlp {
    /// No limit.
    Clear,
    /// The community.
    Green,
    /// The organisation and its clients, need to know.
    Amber,
    /// The organisation only.
    AmberStrict,
    /// The named recipients only.
    Red,
}

impl fmt::Display for Tlp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        })
    }
}
