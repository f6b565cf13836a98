//! What a transcript file looks like inside, in every format there has been.

use crate::limit::{MAX_FILE, MAX_VALUE, PAGE};
use rusqlite::{Connection, config::DbConfig, limits::Limit};
use std::sync::OnceLock;

/// SQLite's `application_id` of a transcript: `stex` in ASCII.
pub const APPLICATION_ID: u32 = 0x7374_6578;

/// One step per format: `STEPS[0]` makes format 1 from nothing, the next makes 2 from 1 …
///
/// A step that was released is never edited: files made by it are checked against it letter by letter.
const STEPS: [&str; crate::entry::FORMAT as usize] = [FORMAT_1];

const FORMAT_1: &str = "
-- What the transcript says of itself. `head` is the chain's start, `nonce` names this file's seals.
CREATE TABLE header (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    json TEXT NOT NULL,
    nonce TEXT NOT NULL,
    head BLOB NOT NULL
) STRICT;
-- The scenario, whole.
CREATE TABLE file (
    k INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL
) STRICT;
-- The log.
CREATE TABLE entry (
    n INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('command', 'event')),
    body TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
-- How far exercise time has come; the one thing that is written over.
CREATE TABLE heartbeat (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at_ms INTEGER NOT NULL,
    phase TEXT NOT NULL
) STRICT;
-- Judgements, side by side. `newest` is the entry they were made at.
CREATE TABLE scorecard (
    k INTEGER PRIMARY KEY,
    rubric TEXT NOT NULL,
    rubric_hash TEXT NOT NULL,
    program TEXT NOT NULL,
    made TEXT NOT NULL,
    newest INTEGER NOT NULL,
    percent INTEGER,
    json TEXT NOT NULL
) STRICT;
-- Seals. `file` is a marker and the SHA-256 of the whole file with these 64 digits as zeros.
CREATE TABLE seal (
    k INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    head TEXT NOT NULL,
    sealed TEXT NOT NULL,
    file TEXT NOT NULL
) STRICT;
-- Messages and injects, to be searched; rowid is the entry's number.
CREATE VIRTUAL TABLE search USING fts5 (item UNINDEXED, kind UNINDEXED, subject, body, tokenize = 'unicode61');

CREATE TRIGGER header_once BEFORE INSERT ON header WHEN EXISTS (SELECT 1 FROM header)
BEGIN SELECT RAISE(ABORT, 'a transcript has one header'); END;
CREATE TRIGGER header_stays BEFORE UPDATE ON header
BEGIN SELECT RAISE(ABORT, 'a transcript is never changed'); END;
CREATE TRIGGER header_kept BEFORE DELETE ON header
BEGIN SELECT RAISE(ABORT, 'a transcript is never changed'); END;

CREATE TRIGGER file_first BEFORE INSERT ON file WHEN EXISTS (SELECT 1 FROM header)
BEGIN SELECT RAISE(ABORT, 'scenario files come before the header'); END;
CREATE TRIGGER file_stays BEFORE UPDATE ON file
BEGIN SELECT RAISE(ABORT, 'a transcript is never changed'); END;
CREATE TRIGGER file_kept BEFORE DELETE ON file
BEGIN SELECT RAISE(ABORT, 'a transcript is never changed'); END;

CREATE TRIGGER entry_next BEFORE INSERT ON entry WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'entries are numbered without a gap'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'a transcript is never changed'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'a transcript is never changed'); END;

CREATE TRIGGER scorecard_next BEFORE INSERT ON scorecard
WHEN NEW.k IS NOT (SELECT coalesce(max(k), 0) + 1 FROM scorecard)
BEGIN SELECT RAISE(ABORT, 'scorecards are kept side by side'); END;
CREATE TRIGGER scorecard_stays BEFORE UPDATE ON scorecard
BEGIN SELECT RAISE(ABORT, 'scorecards are kept side by side'); END;
CREATE TRIGGER scorecard_kept BEFORE DELETE ON scorecard
BEGIN SELECT RAISE(ABORT, 'scorecards are kept side by side'); END;

CREATE TRIGGER seal_next BEFORE INSERT ON seal WHEN NEW.k IS NOT (SELECT coalesce(max(k), 0) + 1 FROM seal)
BEGIN SELECT RAISE(ABORT, 'seals are kept'); END;
CREATE TRIGGER seal_stays BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'seals are kept'); END;
CREATE TRIGGER seal_kept BEFORE DELETE ON seal
BEGIN SELECT RAISE(ABORT, 'seals are kept'); END;
";

/// Brings an open database from its format to the newest, in one transaction.
pub(crate) fn migrate(conn: &mut Connection) -> rusqlite::Result<()> {
    migrate_to(conn, STEPS.len())
}

fn migrate_to(conn: &mut Connection, format: usize) -> rusqlite::Result<()> {
    if format_of(conn)? as usize >= format && application_of(conn)? == APPLICATION_ID {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let from = format_of(&tx)?;
    for (step, to) in STEPS.iter().zip(1_u32..).take(format).skip(from as usize) {
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", to)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.commit()
}

/// `user_version`.
pub(crate) fn format_of(conn: &Connection) -> rusqlite::Result<u32> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// `application_id`.
pub(crate) fn application_of(conn: &Connection) -> rusqlite::Result<u32> {
    conn.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0)).map(i32::cast_unsigned)
}

/// What every connection to a transcript is told before it reads a byte: files come from anywhere, so
/// nothing written in one may act, and nothing in one may be larger than it can be.
pub(crate) fn harden(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "max_page_count", MAX_FILE / PAGE)
}

/// One object of a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    name: String,
    kind: String,
    table: String,
    sql: Option<String>,
}

fn objects(conn: &Connection) -> rusqlite::Result<Vec<Object>> {
    let mut all = conn
        .prepare("SELECT name, type, tbl_name, sql FROM sqlite_schema")?
        .query_map([], |row| Ok(Object { name: row.get(0)?, kind: row.get(1)?, table: row.get(2)?, sql: row.get(3)? }))?
        .take(200)
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for object in &mut all {
        // FTS5 writes its own tables' definitions; another release may word them differently.
        if object.name.starts_with("search_") && object.kind == "table" {
            object.sql = None;
        }
    }
    all.sort();
    Ok(all)
}

/// Says what differs from the schema its format has, if anything does. A file with a view, a trigger or
/// a column of somebody else's is refused before any of it is used.
pub(crate) fn difference(conn: &Connection, format: u32) -> rusqlite::Result<Option<String>> {
    static EXPECTED: [OnceLock<Vec<Object>>; STEPS.len()] = [const { OnceLock::new() }; STEPS.len()];
    let Some(cell) = (format as usize).checked_sub(1).and_then(|i| EXPECTED.get(i)) else {
        return Ok(Some(format!("there is no format {format}")));
    };
    let expected = match cell.get() {
        Some(expected) => expected,
        None => {
            let mut fresh = Connection::open_in_memory()?;
            migrate_to(&mut fresh, format as usize)?;
            let made = objects(&fresh)?;
            cell.get_or_init(|| made)
        }
    };
    let found = objects(conn)?;
    let extra = found.iter().find(|o| !expected.contains(o));
    let missing = expected.iter().find(|o| !found.contains(o));
    Ok(match (missing, extra) {
        (None, None) => None,
        (Some(o), _) => Some(format!("its {} {:?} is missing or differs from the format", o.kind, o.name)),
        (None, Some(o)) => Some(format!("it holds a {:?} {:?} that is not part of the format", o.kind, o.name)),
    })
}
