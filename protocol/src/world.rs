//! The state an asset can be in, as scenarios write it and boards show it.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $label:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* $variant),* }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(match self { $(Self::$variant => $label),* })
            }
        }
    )*};
}

states! {
    /// Whether an asset is what it should be.
    Integrity {
        /// Checked against its provenance and found good.
        Verified = "verified",
        /// In normal use, not specially checked.
        Trusted = "trusted",
        /// Something points at it; nothing proven.
        Suspect = "suspect",
        /// Changed, held or used by the adversary.
        Compromised = "compromised",
    }
    /// How far an asset is cut off.
    Isolation {
        /// Reachable as in normal operation.
        Connected = "connected",
        /// Some paths closed (allow-list, read-only, drained).
        Restricted = "restricted",
        /// No path in or out.
        Isolated = "isolated",
    }
    /// Whether an asset does its work.
    Service {
        /// Serving normally.
        Up = "up",
        /// Serving part of its load or slowly.
        Degraded = "degraded",
        /// Not serving.
        Down = "down",
    }
    /// Who can reach an asset.
    Exposure {
        /// Named people or services only.
        Private = "private",
        /// The organisation.
        Internal = "internal",
        /// Customers or partners.
        Partner = "partner",
        /// Anyone.
        Public = "public",
    }
    /// What is left to investigate.
    Evidence {
        /// Traces are there, nobody has copied them.
        Intact = "intact",
        /// A forensic copy with its hash is in safe hands.
        Preserved = "preserved",
        /// Overwritten or wiped before anyone copied them.
        Destroyed = "destroyed",
    }
}

/// One observable attribute of an asset with its value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Attr {
    /// See [`Integrity`].
    Integrity(Integrity),
    /// See [`Isolation`].
    Isolation(Isolation),
    /// See [`Service`].
    Service(Service),
    /// See [`Exposure`].
    Exposure(Exposure),
    /// See [`Evidence`].
    Evidence(Evidence),
    /// A free label: a model version, an image tag, a key's serial.
    Version(String),
}

impl Attr {
    /// Which attribute this is; an asset has at most one value of each kind.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Integrity(_) => "integrity",
            Self::Isolation(_) => "isolation",
            Self::Service(_) => "service",
            Self::Exposure(_) => "exposure",
            Self::Evidence(_) => "evidence",
            Self::Version(_) => "version",
        }
    }
}

impl fmt::Display for Attr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integrity(v) => v.fmt(f),
            Self::Isolation(v) => v.fmt(f),
            Self::Service(v) => v.fmt(f),
            Self::Exposure(v) => v.fmt(f),
            Self::Evidence(v) => v.fmt(f),
            Self::Version(v) => f.pad(v),
        }
    }
}
