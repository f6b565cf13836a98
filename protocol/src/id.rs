//! Identifiers: authored names (seats, injects, assets …) and numbers given out during play.
//!
//! Every identifier is a cheap clone (a shared string), so events can carry them freely.

use serde::{Deserialize, Serialize};
use std::{borrow::Borrow, fmt, sync::Arc};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    )*};
}

ids! {
    /// A scenario in the library, such as `poisoned-model`.
    ScenarioId;
    /// A place at the table with a role.
    SeatId;
    /// Anyone who can be addressed: a seat or an outside party. The two share one namespace.
    PartyId;
    /// A way a message travels: `chat`, `phone`, `mail` …
    ChannelId;
    /// Something in the world with state: a model version, a registry, a node.
    AssetId;
    /// A measured harm, such as weights exfiltrated.
    MeterId;
    /// A step of the adversary's campaign.
    StepId;
    /// A sensor of the telemetry.
    SensorId;
    /// A prepared question to the telemetry.
    QueryId;
    /// An entry of the action catalogue.
    ActionId;
    /// An inject of the MSEL.
    InjectId;
    /// A rule of the world that is not an inject.
    RuleId;
    /// A question put to the table with authored options.
    DecisionId;
    /// One option of a decision.
    OptionId;
    /// Something a seat may declare: an incident, a severity, materiality.
    DeclarationId;
    /// One value of a declaration.
    ValueId;
    /// A line of the escalation matrix.
    LineId;
    /// An obligation with a deadline.
    ClockId;
    /// A written product: holding statement, executive brief, regulator notice.
    ProductId;
    /// A step of the runbook.
    RunbookId;
    /// An exercise objective.
    ObjectiveId;
    /// A competency of the curriculum.
    CompetencyId;
    /// An expected action of the evaluation.
    ExpectedId;
    /// An authored mistake that costs.
    TrapId;
    /// Something in an inbox: an inject, an alert, a message, a result. Given out during play.
    ItemId;
    /// A running action or query. Given out during play.
    JobId;
    /// A request for approval. Given out during play.
    RequestId;
}

impl From<&SeatId> for PartyId {
    fn from(seat: &SeatId) -> Self {
        Self(seat.0.clone())
    }
}

impl PartyId {
    /// The same name read as a seat. Whether such a seat exists is for the scenario to say.
    #[must_use]
    pub fn as_seat(&self) -> SeatId {
        SeatId(self.0.clone())
    }
}

impl From<&InjectId> for ItemId {
    fn from(inject: &InjectId) -> Self {
        Self(inject.0.clone())
    }
}
