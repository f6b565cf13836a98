//! What a list says of an exercise.

use crate::{
    entry::Body,
    error::OpenError,
    heartbeat::{self, Phase},
    read::{self, Stop},
    source::{self, Shape, Source, sql},
    text,
};
use protocol::{Fact, ScenarioId, SeatId, SimTime};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What a list says of an exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// The exercise's id.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// The scenario.
    pub scenario: ScenarioId,
    /// The scenario's version.
    pub version: String,
    /// The scenario's title; its id until StartEx.
    pub title: String,
    /// When it was begun, RFC 3339.
    pub started: String,
    /// When it was first sealed, RFC 3339.
    pub ended: Option<String>,
    /// Whether it is sealed. [`crate::check()`] says whether the seal holds.
    pub sealed: bool,
    /// Somebody is playing it at this moment.
    pub playing: bool,
    /// Who sat where, in the order they sat down.
    pub seats: Vec<Sitting>,
    /// The seed.
    pub seed: u64,
    /// How many entries it has.
    pub entries: u64,
    /// How far exercise time came.
    pub last: SimTime,
    /// What the clock was doing: `setup`, `running`, `paused` or `ended`.
    pub phase: Phase,
    /// The total of the newest scorecard kept, where there is one.
    pub percent: Option<u8>,
}

/// A person at a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    /// The seat.
    pub seat: SeatId,
    /// The person, as shown to others.
    pub person: String,
}

/// How far into a log the briefing is looked for.
const OPENING: u64 = 2000;
/// How many sittings a list shows.
const MAX_SITTINGS: usize = 200;

/// Reads what a list says of a transcript. The chain is not checked: that is for whoever reads it whole.
pub(crate) fn summarise(path: &Path) -> Result<Summary, OpenError> {
    source::steady(path, || summarise_once(path), Result::is_err)
}

fn summarise_once(path: &Path) -> Result<Summary, OpenError> {
    let source = Source::open(path)?;
    let path = &source.path;
    let sql = sql("read", path);
    let conn = source.conn.unchecked_transaction().map_err(&sql)?;
    let opening = read::opening(&conn, path)?;
    let rows = read::seals(&conn, path)?;
    let beat = heartbeat::read(&conn, path)?;
    let (entries, at): (u64, u64) = conn
        .query_row("SELECT coalesce(max(n), 0), coalesce(max(at_ms), 0) FROM entry", [], |r| Ok((r.get(0)?, r.get(1)?)))
        .map_err(&sql)?;
    let percent = conn
        .query_row("SELECT (SELECT percent FROM scorecard ORDER BY k DESC LIMIT 1)", [], |r| r.get(0))
        .map_err(&sql)?;
    let stop = |stop: Stop| stop.at(path);
    let header = opening.header;
    let whole = source.shape == Some(Shape::Whole);
    let sealed = whole && rows.last().is_some_and(|row| row.is_complete(&opening.nonce));
    Ok(Summary {
        id: header.exercise,
        path: path.clone(),
        title: title(&conn).map_err(stop)?.unwrap_or_else(|| header.scenario.to_string()),
        scenario: header.scenario,
        version: header.version,
        started: header.created,
        ended: rows.first().map(|row| text::shown(&row.seal.sealed)),
        sealed,
        playing: false,
        seats: seats(&conn).map_err(stop)?,
        seed: header.seed,
        entries,
        last: beat.at.max(SimTime(at)),
        phase: if sealed { Phase::Ended } else { beat.phase },
        percent,
    })
}

/// The facts of one sort. Their name stands in the JSON outside of any string, where every quotation mark
/// a person typed is written with a backslash: nobody can type one.
fn facts(conn: &Connection, name: &str, upto: u64, limit: usize) -> Result<Vec<Fact>, Stop> {
    let mut statement = conn.prepare(
        "SELECT n, at_ms, body FROM entry WHERE n <= ?1 AND kind = 'event' AND instr(body, ?2) > 0 ORDER BY n LIMIT ?3",
    )?;
    let mut rows = statement.query((upto, format!("\"fact\":{{\"{name}\":"), limit))?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        let n: u64 = row.get(0)?;
        let body = serde_json::from_str(row.get_ref(2)?.as_str().unwrap_or_default())
            .map_err(|e| Stop::Entry { n, why: format!("is not an entry this program knows: {e}") })?;
        if let Body::Event(event) = body {
            facts.push(event.fact);
        }
    }
    Ok(facts)
}

fn title(conn: &Connection) -> Result<Option<String>, Stop> {
    Ok(facts(conn, "Briefed", OPENING, 1)?.into_iter().find_map(|fact| match fact {
        Fact::Briefed { pack } => Some(text::shown(&pack.title.chars().take(200).collect::<String>())),
        _ => None,
    }))
}

fn seats(conn: &Connection) -> Result<Vec<Sitting>, Stop> {
    let mut seats: Vec<Sitting> = Vec::new();
    for fact in facts(conn, "SeatTaken", u64::from(u32::MAX), MAX_SITTINGS)? {
        if let Fact::SeatTaken { seat, person } = fact {
            let sitting = Sitting { seat: text::shown(seat.as_str()).into(), person: text::shown(&person) };
            if !seats.contains(&sitting) {
                seats.push(sitting);
            }
        }
    }
    Ok(seats)
}
