//! What the library remembers of files it has read.

use crate::{error::LibraryError, lock::beside, summary::Summary};
use rusqlite::Connection;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Version of the index. Another version's is thrown away, not migrated.
const VERSION: u32 = 1;

/// What was read from a file, or why nothing could be.
type What = Result<Summary, String>;

/// The state a file was seen in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Size and time of change of the file and of its write-ahead file.
    marks: String,
    /// Changed so lately that it could change again without showing.
    fresh: bool,
}

impl Seen {
    pub(crate) fn of(path: &Path) -> Self {
        let mut marks = String::new();
        let mut newest = UNIX_EPOCH;
        for file in [path.to_owned(), beside(path, "-wal")] {
            let meta = fs::metadata(&file).ok();
            let changed = meta.as_ref().and_then(|m| m.modified().ok()).unwrap_or(UNIX_EPOCH);
            let nanos = changed.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
            marks.push_str(&format!("{} {nanos} ", meta.map_or(0, |m| m.len())));
            newest = newest.max(changed);
        }
        // Clocks of file systems tick coarsely, some once in two seconds.
        let fresh = SystemTime::now().duration_since(newest).is_ok_and(|age| age < Duration::from_secs(3));
        Self { marks, fresh }
    }

    /// Whether what was read then holds now.
    pub(crate) fn is_same(&self, then: &Self) -> bool {
        !then.fresh && self.marks == then.marks
    }
}

/// The index file, or its stand-in in memory.
#[derive(Debug)]
pub(crate) struct Index(Connection);

impl Index {
    pub(crate) fn open(path: &Path) -> Result<Self, LibraryError> {
        if let Ok(conn) = Self::at(path) {
            return Ok(Self(conn));
        }
        // Spoilt, or of another version: nothing is lost with it.
        for ending in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(beside(path, ending));
        }
        Self::at(path)
            .or_else(|_| Self::prepare(Connection::open_in_memory()?))
            .map(Self)
            .map_err(|source| LibraryError::Index { path: path.to_owned(), source })
    }

    fn at(path: &Path) -> rusqlite::Result<Connection> {
        Self::prepare(Connection::open(path)?)
    }

    fn prepare(conn: Connection) -> rusqlite::Result<Connection> {
        conn.busy_timeout(Duration::from_secs(2))?;
        let version: u32 = conn.pragma_query_value(None, "user_version", |r| r.get(0))?;
        if version != VERSION && version != 0 {
            return Err(rusqlite::Error::InvalidQuery);
        }
        // It can be made anew at any time, so it never waits for the disk.
        conn.pragma_update(None, "synchronous", "OFF")?;
        if version == VERSION {
            return Ok(conn);
        }
        conn.execute_batch(&format!(
            "CREATE TABLE IF NOT EXISTS seen (
                 name TEXT PRIMARY KEY, marks TEXT NOT NULL, fresh INTEGER NOT NULL, summary TEXT, why TEXT) STRICT;
             PRAGMA user_version = {VERSION};"
        ))?;
        Ok(conn)
    }

    /// What is remembered, by file name. What cannot be read is not remembered.
    pub(crate) fn known(&self) -> BTreeMap<String, (Seen, What)> {
        let mut known = BTreeMap::new();
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.0.prepare_cached("SELECT name, marks, fresh, summary, why FROM seen")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let what = match row.get::<_, Option<String>>(3)? {
                    Some(json) => serde_json::from_str(&json).ok().map(Ok),
                    None => row.get::<_, Option<String>>(4)?.map(Err),
                };
                if let Some(what) = what {
                    known.insert(row.get(0)?, (Seen { marks: row.get(1)?, fresh: row.get(2)? }, what));
                }
            }
            Ok(())
        };
        // A spoilt index has nothing to say; the files have.
        let _ = read();
        known
    }

    /// Remembers what was read and forgets files that are gone. If that fails they are read again next time.
    pub(crate) fn remember(&mut self, news: &[(String, Seen, What)], names: &BTreeSet<String>) {
        let gone: Vec<_> = self.known().into_keys().filter(|name| !names.contains(name)).collect();
        if news.is_empty() && gone.is_empty() {
            return;
        }
        let write = || -> rusqlite::Result<()> {
            let tx = self.0.transaction()?;
            for name in gone {
                tx.execute("DELETE FROM seen WHERE name = ?1", [name])?;
            }
            for (name, seen, what) in news {
                let summary = what.as_ref().ok().and_then(|s| serde_json::to_string(s).ok());
                let why = what.as_ref().err();
                tx.prepare_cached("REPLACE INTO seen (name, marks, fresh, summary, why) VALUES (?1, ?2, ?3, ?4, ?5)")?
                    .execute((name, &seen.marks, seen.fresh, summary, why))?;
            }
            tx.commit()
        };
        let _ = write();
    }
}
