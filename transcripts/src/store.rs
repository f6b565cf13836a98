//! One SQLite file an exercise.

use crate::{
    chain::{self, Head},
    entry::{Entry, FORMAT, Header, Transcript},
    error::{AppendError, OpenError, ReadError},
    heartbeat::{self, Heartbeat, Phase},
    limit::{MAX_ENTRIES, MAX_FILE, PAGE},
    lock::{Lock, LockError, beside},
    log::{Bell, Log, Watch, numbered},
    read::{self, Opening, SealRow, Stop},
    schema, seal,
    source::{self, Identity, Shape, Source, connect_write, guard, identity, recognise_format, sniff, sql},
    write,
};
use protocol::SimTime;
use rusqlite::Connection;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A transcript open for writing. There is one at a time for each file.
#[derive(Debug)]
pub struct Store {
    /// `None` once sealed. Before the lock: closed first.
    pub(crate) conn: Option<Connection>,
    pub(crate) path: PathBuf,
    pub(crate) opening: Opening,
    pub(crate) newest: u64,
    pub(crate) head: Head,
    at: SimTime,
    beat: Heartbeat,
    /// A seal that was begun and not finished.
    pub(crate) pending: Option<SealRow>,
    /// How many seals there are.
    pub(crate) seals: u64,
    here: Identity,
    wal: Option<Identity>,
    pub(crate) bell: Bell,
    pub(crate) lock: Option<Lock>,
}

impl Store {
    /// Begins a transcript in a new file: its header and the scenario's files, durable when this returns.
    ///
    /// # Errors
    /// When the file exists, the folder cannot be written, or the header is not fit to be read back.
    pub fn create(path: &Path, header: &Header, files: &[(String, String)]) -> Result<Self, OpenError> {
        if header.format != FORMAT {
            let why = format!("its header names format {}, this program writes {FORMAT}", header.format);
            return Err(OpenError::Header { why });
        }
        if let Some(why) = read::header_fault(header).or_else(|| read::files_fault(files)) {
            return Err(OpenError::Header { why });
        }
        let path = absolute(path)?;
        let lock = locked(&path)?;
        if path.symlink_metadata().is_ok() {
            return Err(OpenError::Exists { path });
        }
        // Made under another name: at its own there is a whole transcript or none.
        let draft = beside(&path, "-new");
        let begun = write::begin(&draft, header, files).and_then(|()| {
            let io = |source| OpenError::Io { doing: "create", path: path.clone(), source };
            fs::rename(&draft, &path).map_err(io)?;
            source::sync_folder(&path).map_err(io)
        });
        if let Err(error) = begun {
            // What is left of the draft is of no use to anyone.
            let _ = fs::remove_file(&draft);
            return Err(error);
        }
        Self::open_locked(path, lock)
    }

    /// Opens a transcript to go on with it: one that was left, or whose process was killed.
    ///
    /// # Errors
    /// When another process has it open, when it is sealed (an interrupted seal is finished first), when
    /// it is damaged, of a newer format, or not a transcript.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let (path, _) = guard(path)?;
        let lock = locked(&path)?;
        if sniff(&path)? == Shape::Whole {
            refuse_sealed(&path)?;
        }
        Self::open_locked(path, lock)
    }

    /// Opens a sealed transcript to add to it: the hot wash, the graders' notes. What was sealed stays as it
    /// is under its seal, which stays in the list and is compared with the chain for ever; until it is sealed
    /// again the file as a whole is not.
    ///
    /// # Errors
    /// As [`Store::open`]; also when its seal does not hold.
    pub fn reopen(path: &Path) -> Result<Self, OpenError> {
        let (path, _) = guard(path)?;
        let lock = locked(&path)?;
        if sniff(&path)? == Shape::Whole {
            seal::checked_nonce(&path)?;
        }
        Self::open_locked(path, lock)
    }

    /// Reads a whole transcript, sealed or not, also while it is being played, and checks its chain.
    /// Nothing is changed; beside a sealed file nothing is made either.
    ///
    /// # Errors
    /// When it is not there, not a transcript, of a newer format, over a limit, or damaged.
    pub fn read(path: &Path) -> Result<Transcript, OpenError> {
        read::transcript(path)
    }

    /// Hands the canonical line of every entry to `each`, in order: JSON Lines as stored, each checked
    /// against the chain before it is handed over.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn lines(path: &Path, mut each: impl FnMut(&str)) -> Result<(), OpenError> {
        read::lines(path, &mut each)
    }

    fn open_locked(path: PathBuf, lock: Lock) -> Result<Self, OpenError> {
        let mut conn = connect_live(&path).map_err(sql("open", &path))?;
        recognise_format(&conn, &path)?;
        schema::migrate(&mut conn).map_err(sql("bring to the newest format", &path))?;
        let opening = read::opening(&conn, &path)?;
        let mut at = 0;
        let (newest, head) = read::walk(&conn, opening.head, &mut |link| {
            at = read::parse(link.n, link.line)?.at.0;
            Ok(())
        })
        .map_err(|stop| stop.at(&path))?;
        let beat = heartbeat::read(&conn, &path)?;
        let rows = read::seals(&conn, &path)?;
        let pending = rows.last().filter(|row| !row.is_complete(&opening.nonce)).cloned();
        let here = identity(&path).ok_or_else(|| OpenError::Missing { path: path.clone() })?;
        let wal = identity(&beside(&path, "-wal"));
        let mut store = Self {
            conn: Some(conn),
            path,
            opening,
            newest,
            head,
            at: SimTime(at),
            beat,
            pending,
            seals: rows.len() as u64,
            here,
            wal,
            bell: Bell::new(newest),
            lock: Some(lock),
        };
        if store.pending.is_some() {
            let seal = store
                .finish_seal()
                .map_err(|source| OpenError::Finish { path: store.path.clone(), source: Box::new(source) })?;
            return Err(OpenError::Sealed { path: store.path.clone(), seal });
        }
        Ok(store)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says of itself.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.opening.header
    }

    /// The scenario's files: name and text.
    #[must_use]
    pub fn files(&self) -> &[(String, String)] {
        &self.opening.files
    }

    /// Number of the newest entry; 0 when there is none.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.newest
    }

    /// Head of the hash chain, hexadecimal.
    #[must_use]
    pub fn head(&self) -> String {
        chain::hex(&self.head)
    }

    /// How far exercise time had come when it was last noted, by a heartbeat or by an entry.
    #[must_use]
    pub fn heartbeat_read(&self) -> Heartbeat {
        Heartbeat { at: self.beat.at.max(self.at), phase: self.beat.phase }
    }

    /// Appends entries after the entry numbered `expected` (0 for none), all in one transaction, and
    /// returns the newest number. When this returns they are on the disk; after an error none of them is,
    /// and the same call can be made again.
    ///
    /// # Errors
    /// See [`AppendError`]; [`AppendError::may_clear`] tells those that pass when somebody sees to the disk.
    pub fn append(&mut self, expected: u64, entries: &[Entry]) -> Result<u64, AppendError> {
        if self.conn.is_none() || self.pending.is_some() {
            return Err(AppendError::Sealed);
        }
        numbered(expected, self.newest, entries)?;
        let Some(last) = entries.last() else { return Ok(self.newest) };
        if last.n > MAX_ENTRIES {
            return Err(AppendError::TranscriptFull { what: format!("{MAX_ENTRIES} entries") });
        }
        let lines = entries.iter().map(write::encode).collect::<Result<Vec<_>, _>>()?;
        self.present()?;
        let start = self.head;
        let conn = self.conn.as_mut().ok_or(AppendError::Sealed)?;
        let head = match write::append(conn, start, entries, &lines) {
            Ok(head) => head,
            Err(error) => return Err(self.append_error(error)),
        };
        self.head = head;
        self.newest = last.n;
        self.at = last.at;
        self.wal = identity(&beside(&self.path, "-wal"));
        self.bell.ring(last.n);
        Ok(last.n)
    }

    /// Notes how far exercise time has come. Cheap, because it does not wait for the disk: it outlives the
    /// process, though not a power cut; what was appended outlives both.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn heartbeat(&mut self, at: SimTime, phase: Phase) -> Result<(), AppendError> {
        self.present()?;
        let conn = self.conn.as_ref().ok_or(AppendError::Sealed)?;
        let written = conn
            .pragma_update(None, "synchronous", "NORMAL")
            .and_then(|()| conn.prepare_cached("UPDATE heartbeat SET at_ms = ?1, phase = ?2"))
            .and_then(|mut s| s.execute((at.0, phase.as_str())));
        // Whatever came of it, entries wait for the disk again.
        let restored = conn.pragma_update(None, "synchronous", "FULL");
        if let Err(error) = written.and(restored) {
            return Err(self.append_error(error));
        }
        self.beat = Heartbeat { at, phase };
        Ok(())
    }

    /// At most `limit` entries with numbers from `from` on.
    ///
    /// # Errors
    /// When SQLite cannot read, or after sealing.
    pub fn read_from(&self, from: u64, limit: usize) -> Result<Vec<Entry>, ReadError> {
        let conn = self.conn.as_ref().ok_or(ReadError::Closed)?;
        read::slice(conn, from, limit).map_err(|stop| match stop {
            Stop::Sql(source) => ReadError::Store { from, source: source.into() },
            Stop::Entry { n, why } => ReadError::Entry { n, why },
            Stop::TooMany => ReadError::Entry { n: MAX_ENTRIES + 1, why: "is over the limit".into() },
        })
    }

    /// A handle on which other threads wait for new entries.
    #[must_use]
    pub fn watch(&self) -> Watch {
        self.bell.watch()
    }

    /// Writes a copy of everything that is in the transcript now to a new file: the way out when its own
    /// disk or folder is gone. The copy is not sealed; [`Store::open`] goes on with it.
    ///
    /// # Errors
    /// When the copy exists or cannot be written.
    pub fn save_copy(&self, to: &Path) -> Result<(), OpenError> {
        let to = absolute(to)?;
        if to.symlink_metadata().is_ok() {
            return Err(OpenError::Exists { path: to });
        }
        let conn = self.conn.as_ref().ok_or_else(|| OpenError::Missing { path: self.path.clone() })?;
        vacuum_into(conn, &to).map_err(sql("copy the transcript to", &to))?;
        let io = |source| OpenError::Io { doing: "write", path: to.clone(), source };
        fs::File::open(&to).and_then(|f| f.sync_all()).map_err(io)?;
        source::sync_folder(&to).map_err(io)
    }

    /// The file is where it was. SQLite would not notice: it writes on into a removed file, and what it
    /// writes is gone with the process.
    pub(crate) fn present(&mut self) -> Result<(), AppendError> {
        if self.conn.is_none() {
            return Err(AppendError::Sealed);
        }
        let gone = || AppendError::Gone { path: self.path.clone() };
        if identity(&self.path) != Some(self.here) {
            return Err(gone());
        }
        if self.wal.is_some() && identity(&beside(&self.path, "-wal")) != self.wal {
            return self.reconnect();
        }
        Ok(())
    }

    /// The write-ahead file was removed under us. Its content is still ours: closing moves it into the
    /// transcript, and a new connection makes a new one.
    fn reconnect(&mut self) -> Result<(), AppendError> {
        let gone = || AppendError::Gone { path: self.path.clone() };
        drop(self.conn.take());
        let conn = connect_live(&self.path).map_err(|error| append_error(&self.path, false, error));
        let conn = self.conn.insert(conn?);
        let newest = conn
            .query_row("SELECT n, hash FROM entry ORDER BY n DESC LIMIT 1", [], |r| Ok((r.get(0)?, r.get(1)?)))
            .or_else(|e| match e {
                rusqlite::Error::QueryReturnedNoRows => Ok((0, self.opening.head.to_vec())),
                other => Err(other),
            })
            .map_err(|error| append_error(&self.path, false, error))?;
        if newest != (self.newest, self.head.to_vec()) {
            return Err(gone());
        }
        self.wal = identity(&beside(&self.path, "-wal"));
        Ok(())
    }

    pub(crate) fn append_error(&self, error: rusqlite::Error) -> AppendError {
        let pages: u64 = self
            .conn
            .as_ref()
            .and_then(|c| c.pragma_query_value(None, "page_count", |r| r.get(0)).ok())
            .unwrap_or_default();
        append_error(&self.path, pages + 64 >= MAX_FILE / PAGE, error)
    }
}

impl Log for Store {
    fn append(&mut self, expected: u64, entries: &[Entry]) -> Result<u64, AppendError> {
        Self::append(self, expected, entries)
    }

    fn read_from(&self, from: u64, limit: usize) -> Result<Vec<Entry>, ReadError> {
        Self::read_from(self, from, limit)
    }

    fn newest(&self) -> u64 {
        Self::newest(self)
    }

    fn watch(&self) -> Watch {
        Self::watch(self)
    }
}

fn append_error(path: &Path, at_limit: bool, error: rusqlite::Error) -> AppendError {
    use rusqlite::ErrorCode as Code;
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(Code::DiskFull) if at_limit => AppendError::TranscriptFull { what: format!("{} MiB", MAX_FILE >> 20) },
        Some(Code::DiskFull) => AppendError::DiskFull { path, source: error.into() },
        Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen | Code::AuthorizationForStatementDenied) => {
            AppendError::ReadOnly { path, source: error.into() }
        }
        _ => AppendError::Store { path, source: error.into() },
    }
}

/// A connection for play: a write-ahead log, and every commit on the disk before it returns.
pub(crate) fn connect_live(path: &Path) -> rusqlite::Result<Connection> {
    let conn = connect_write(path)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |r| r.get::<_, String>(0))?;
    // So that the write-ahead file exists from now on, to be missed if it goes. It says nothing new, so it
    // need not wait for the disk; the first entry does.
    conn.pragma_update(None, "synchronous", "NORMAL")?;
    conn.execute("UPDATE heartbeat SET at_ms = at_ms", [])?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    Ok(conn)
}

/// Refuses a sealed transcript, and clears away what an interrupted sealing left beside it.
fn refuse_sealed(path: &Path) -> Result<(), OpenError> {
    let source = Source::open_as(path.to_owned(), Some(Shape::Whole))?;
    let opening = read::opening(&source.conn, path)?;
    let rows = read::seals(&source.conn, path)?;
    match rows.last() {
        Some(row) if row.is_complete(&opening.nonce) => {
            for ending in ["-wal", "-shm", "-sealing", "-amending"] {
                let _ = fs::remove_file(beside(path, ending));
            }
            Err(OpenError::Sealed { path: path.to_owned(), seal: row.seal.clone() })
        }
        // A copy of an unsealed transcript; going on with it is fine.
        _ => Ok(()),
    }
}

pub(crate) fn vacuum_into(conn: &Connection, to: &Path) -> rusqlite::Result<()> {
    let name = to.to_str().ok_or_else(|| rusqlite::Error::InvalidPath(to.to_owned()))?;
    conn.execute("VACUUM INTO ?1", [name]).map(|_| ())
}

/// A path for a file that may not exist yet, with its folder's links resolved.
fn absolute(path: &Path) -> Result<PathBuf, OpenError> {
    let io = |source: io::Error| OpenError::Io { doing: "find the folder of", path: path.to_owned(), source };
    let name = path.file_name().ok_or_else(|| io(io::Error::other("it names no file")))?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(fs::canonicalize(folder).map_err(io)?.join(name))
}

pub(crate) fn locked(path: &Path) -> Result<Lock, OpenError> {
    Lock::acquire(path).map_err(|error| match error {
        LockError::Held => OpenError::Busy { path: path.to_owned() },
        LockError::Io(source) => OpenError::Io { doing: "lock for writing", path: path.to_owned(), source },
    })
}
