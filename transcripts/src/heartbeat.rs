//! How far exercise time has come: what a resumed exercise begins with.

use crate::{
    error::OpenError,
    source::{damaged, sql},
};
use protocol::SimTime;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How far exercise time had come when it was last noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heartbeat {
    /// Exercise time.
    pub at: SimTime,
    /// What the clock was doing.
    pub phase: Phase,
}

/// What the exercise's clock was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Before StartEx.
    Setup,
    /// Running.
    Running,
    /// After PauseEx.
    Paused,
    /// After EndEx.
    Ended,
}

impl Phase {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Ended => "ended",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Setup, Self::Running, Self::Paused, Self::Ended].into_iter().find(|p| p.as_str() == text)
    }
}

/// What was last noted.
pub(crate) fn read(conn: &Connection, path: &Path) -> Result<Heartbeat, OpenError> {
    let (at, phase): (u64, String) = conn
        .query_row("SELECT at_ms, phase FROM heartbeat", [], |r| Ok((r.get(0)?, r.get(1)?)))
        .map_err(sql("read", path))?;
    let phase = Phase::parse(&phase).ok_or_else(|| damaged(path, "its heartbeat names no known phase"))?;
    Ok(Heartbeat { at: SimTime(at), phase })
}
