//! The statements that put something into a transcript.

use crate::{
    chain::{self, Head},
    entry::{Body, Entry, Header},
    error::{AppendError, OpenError},
    heartbeat::Phase,
    id,
    limit::{MAX_ENTRY, PAGE},
    schema,
    source::sql,
    text,
};
use rusqlite::{Connection, TransactionBehavior};
use std::{fs, path::Path};

/// An entry's body and canonical line, proven to read back as what it is.
pub(crate) struct Encoded {
    pub(crate) body: String,
    pub(crate) line: String,
}

pub(crate) fn encode(entry: &Entry) -> Result<Encoded, AppendError> {
    let n = entry.n;
    let unfaithful = |why: String| AppendError::Unfaithful { n, why };
    let body = serde_json::to_string(&entry.body).map_err(|e| unfaithful(e.to_string()))?;
    if body.len() > MAX_ENTRY {
        return Err(AppendError::TooLarge { n, bytes: body.len(), limit: MAX_ENTRY });
    }
    let line = chain::line(n, entry.at.0, &body);
    match serde_json::from_str::<Entry>(&line) {
        Ok(back) if back == *entry => Ok(Encoded { body, line }),
        Ok(_) => Err(unfaithful("a value changes on the way".into())),
        Err(error) => Err(unfaithful(error.to_string())),
    }
}

/// Appends entries in one transaction and returns the chain's head after them.
pub(crate) fn append(
    conn: &mut Connection,
    mut head: Head,
    entries: &[Entry],
    lines: &[Encoded],
) -> rusqlite::Result<Head> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut insert =
            tx.prepare_cached("INSERT INTO entry (n, at_ms, kind, body, hash) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let mut index =
            tx.prepare_cached("INSERT INTO search (rowid, item, kind, subject, body) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (entry, encoded) in entries.iter().zip(lines) {
            head = chain::next(&head, &encoded.line);
            let kind = match entry.body {
                Body::Command(_) => "command",
                Body::Event(_) => "event",
            };
            insert.execute((entry.n, entry.at.0, kind, &encoded.body, head))?;
            if let Some(words) = text::words(&entry.body) {
                index.execute((entry.n, words.item, words.kind, words.subject, words.body))?;
            }
        }
    }
    tx.commit()?;
    Ok(head)
}

/// Writes a new file with header and scenario, and closes it. Nobody is told of it before it has its
/// own name, so it waits for the disk once, at the end.
pub(crate) fn begin(draft: &Path, header: &Header, files: &[(String, String)]) -> Result<(), OpenError> {
    let _ = fs::remove_file(draft);
    let json = serde_json::to_string(header).map_err(|e| OpenError::Header { why: e.to_string() })?;
    let head = chain::first(&json, files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let write = || -> rusqlite::Result<()> {
        let mut conn = Connection::open(draft)?;
        conn.pragma_update(None, "page_size", PAGE)?;
        conn.pragma_update(None, "synchronous", "OFF")?;
        conn.pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(()))?;
        schema::migrate(&mut conn)?;
        schema::harden(&conn)?;
        let tx = conn.transaction()?;
        for ((name, text), k) in files.iter().zip(1_u64..) {
            tx.execute("INSERT INTO file (k, name, text) VALUES (?1, ?2, ?3)", (k, name, text))?;
        }
        let nonce = id::digits(32);
        tx.execute("INSERT INTO header (one, json, nonce, head) VALUES (1, ?1, ?2, ?3)", (json, nonce, head))?;
        tx.execute("INSERT INTO heartbeat (one, at_ms, phase) VALUES (1, 0, ?1)", [Phase::Setup.as_str()])?;
        tx.commit()?;
        // The mode is part of the file; switching later would wait for the disk again.
        conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
    };
    write().map_err(sql("create", draft))?;
    let sync = fs::File::options().write(true).open(draft).and_then(|f| f.sync_all());
    sync.map_err(|source| OpenError::Io { doing: "create", path: draft.to_owned(), source })
}
