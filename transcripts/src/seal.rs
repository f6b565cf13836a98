//! Sealing: the last thing that is done to a transcript.
//!
//! The sealed file is made beside the unsealed one and takes its name when it is complete and checked.
//! Whenever the process dies, the name stands for one of the two: an unsealed transcript whose newest
//! seal has no digits yet (opening it finishes the seal), or the sealed one.

use crate::{
    entry::Seal,
    error::{AppendError, Cause, OpenError, SealError},
    limit::MAX_SEALS,
    lock::beside,
    read::{self, SealRow},
    source::{self, Shape, Source, sniff},
    stamp::{self, BLANK, marker},
    store::{Store, connect_live, vacuum_into},
};
use protocol::SimTime;
use rusqlite::Connection;
use std::{
    fs,
    path::{Path, PathBuf},
};

impl Store {
    /// Seals the transcript: nothing can be appended any more, and a change of any byte of the file shows.
    /// `at` is the exercise time of EndEx, `wall` the wall-clock time, RFC 3339.
    ///
    /// # Errors
    /// See [`SealError`]; nothing is lost, and the same call can be made again.
    pub fn seal(&mut self, at: SimTime, wall: &str) -> Result<Seal, SealError> {
        if self.conn.is_none() {
            return Err(SealError::Already);
        }
        if let Some(why) = read::text_fault("time of sealing", wall) {
            return Err(SealError::Text { why });
        }
        match self.present() {
            Ok(()) => {}
            Err(AppendError::Gone { path }) => return Err(SealError::Gone { path }),
            Err(other) => return Err(step("reach", &self.path)(other.into())),
        }
        if self.pending.is_none() {
            let seal = Seal { last: self.newest, at, head: self.head(), sealed: wall.to_owned() };
            let k = self.seals + 1;
            let row = SealRow { k, seal, file: marker(&self.opening.nonce, k) + BLANK };
            let conn = self.conn.as_ref().ok_or(SealError::Already)?;
            insert_seal(conn, &row).map_err(|e| step("begin the seal of", &self.path)(e.into()))?;
            self.seals = k;
            self.pending = Some(row);
        }
        self.finish_seal()
    }

    /// Makes the sealed file and puts it in the transcript's place.
    pub(crate) fn finish_seal(&mut self) -> Result<Seal, SealError> {
        let (Some(conn), Some(row)) = (self.conn.as_ref(), self.pending.clone()) else {
            return Err(SealError::Already);
        };
        let sealed = make_sealed(conn, &self.path, &marker(&self.opening.nonce, row.k))?;
        // Closing moves the write-ahead log into the file and removes it: nothing of it is left to be
        // taken for part of the sealed one.
        self.conn = None;
        if let Err(error) = put_in_place(&sealed, &self.path) {
            self.conn = connect_live(&self.path).ok();
            return Err(error);
        }
        self.pending = None;
        self.lock = None;
        self.bell.close();
        Ok(row.seal)
    }
}

pub(crate) fn step(doing: &'static str, path: &Path) -> impl Fn(Cause) -> SealError {
    let path = path.to_owned();
    move |source| SealError::Step { doing, path: path.clone(), source }
}

pub(crate) fn insert_seal(conn: &Connection, row: &SealRow) -> rusqlite::Result<()> {
    if row.k > MAX_SEALS {
        return Err(rusqlite::Error::ToSqlConversionFailure(format!("{MAX_SEALS} seals are the limit").into()));
    }
    let seal = &row.seal;
    conn.execute(
        "INSERT INTO seal (k, last, at_ms, head, sealed, file) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (row.k, seal.last, seal.at.0, &seal.head, &seal.sealed, &row.file),
    )
    .map(|_| ())
}

/// A compact copy of a database with the whole-file seal in it, durable and checked.
pub(crate) fn make_sealed(conn: &Connection, path: &Path, marker: &str) -> Result<PathBuf, SealError> {
    let sealed = beside(path, "-sealing");
    if let Err(error) = fs::remove_file(&sealed)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        return Err(step("clear away an older attempt,", &sealed)(error.into()));
    }
    let made = vacuum_into(conn, &sealed)
        .map_err(|e| step("write", &sealed)(e.into()))
        .and_then(|()| stamp::write(&sealed, marker).map_err(|e| step("seal", &sealed)(e.to_string().into())));
    let unsound = |why: &str| SealError::Unsound { path: path.to_owned(), why: why.to_owned() };
    let checked = made.and_then(|stamp| match (stamp.holds(), sniff(&sealed)) {
        (true, Ok(Shape::Whole)) => Ok(()),
        (true, Ok(Shape::Open)) => Err(unsound("it still asks for a write-ahead file")),
        (true, Err(error)) => Err(unsound(&error.to_string())),
        (false, _) => Err(unsound("the digits read back differ from those written")),
    });
    if let Err(error) = checked {
        let _ = fs::remove_file(&sealed);
        return Err(error);
    }
    Ok(sealed)
}

pub(crate) fn put_in_place(sealed: &Path, path: &Path) -> Result<(), SealError> {
    if let Ok(meta) = fs::metadata(path) {
        // Who may read it is as before; if that cannot be kept, the folder's default must do.
        let _ = fs::set_permissions(sealed, meta.permissions());
    }
    fs::rename(sealed, path).map_err(|e| step("put the sealed file in the place of", path)(e.into()))?;
    // There only if a reader was looking on; they belong to the file that was. In this order, so that a
    // reader who comes in between makes the index anew and never reads an old index of an empty log.
    for ending in ["-shm", "-wal"] {
        let _ = fs::remove_file(beside(path, ending));
    }
    source::sync_folder(path).map_err(|e| step("make durable the name of", path)(e.into()))
}

/// The nonce of a sealed file whose seal holds.
pub(crate) fn checked_nonce(path: &Path) -> Result<String, OpenError> {
    let source = Source::open_as(path.to_owned(), Some(sniff(path)?))?;
    let opening = read::opening(&source.conn, path)?;
    let rows = read::seals(&source.conn, path)?;
    let k = rows.last().map_or(0, |row| row.k);
    match stamp::read(path, &marker(&opening.nonce, k)) {
        Ok(stamp) if stamp.holds() => Ok(opening.nonce),
        Ok(_) => Err(source::damaged(path, "its seal is broken")),
        Err(error) => Err(source::damaged(path, error.to_string())),
    }
}
