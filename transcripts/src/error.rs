//! What can go wrong, in the words of whoever has to put it right.

use crate::entry::Seal;
use std::{error::Error, io, path::PathBuf};

/// A cause from below: SQLite's, the file system's, a database server's.
pub type Cause = Box<dyn Error + Send + Sync>;

/// A transcript could not be created, opened or read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is nothing at the path.
    #[error("there is no transcript {path:?}; `startex list` shows what the library holds")]
    Missing {
        /// Where.
        path: PathBuf,
    },
    /// There is something else at the path.
    #[error("{path:?} is a {what}, not a transcript file")]
    NotAFile {
        /// Where.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// The operating system does not let us.
    #[error("cannot {doing} {path:?}: {source}; check the path, the permissions and the disk")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It is some other kind of file.
    #[error("{path:?} is not a startex transcript: {why}")]
    Foreign {
        /// Which.
        path: PathBuf,
        /// What gives it away.
        why: String,
    },
    /// A later program wrote it.
    #[error(
        "{path:?} has transcript format {found}; this program reads up to format {known}. \
         Open it with the program that wrote it or a newer one; nothing was changed"
    )]
    Newer {
        /// Which.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// It exceeds a limit.
    #[error("{path:?}: {what} is {found}, over the limit of {limit}; such a file is not read")]
    Limit {
        /// Which file.
        path: PathBuf,
        /// What is too much.
        what: String,
        /// How much there is.
        found: u64,
        /// How much there may be.
        limit: u64,
    },
    /// What it holds contradicts itself.
    #[error("{path:?} is damaged: {why}. Take it from a backup; `startex verify` lists everything that is wrong")]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Somebody else writes it.
    #[error("{path:?} is being played by another startex; end that one first, or watch it with `startex review`")]
    Busy {
        /// Which.
        path: PathBuf,
    },
    /// It is finished.
    #[error(
        "{path:?} is finished: EndEx was at {} and it is sealed with {} entries. \
         Nothing can be added to it; `startex review` shows it", seal.at, seal.last
    )]
    Sealed {
        /// Which.
        path: PathBuf,
        /// Its seal.
        seal: Seal,
    },
    /// A new one would overwrite an old one.
    #[error("{path:?} exists already; a transcript is never overwritten, choose another name")]
    Exists {
        /// Which.
        path: PathBuf,
    },
    /// What it should begin with is not fit to be written.
    #[error("cannot begin a transcript: {why}")]
    Header {
        /// What is wrong with it.
        why: String,
    },
    /// SQLite could not.
    #[error("cannot {doing} {path:?}: {source}{}", advice(source))]
    Sql {
        /// What was being done.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// Why not.
        source: rusqlite::Error,
    },
    /// Finishing an interrupted seal did not work.
    #[error("{path:?} was interrupted while it was being sealed, and sealing it now did not work: {source}")]
    Finish {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: Box<SealError>,
    },
}

/// Entries could not be appended. Nothing of them was written, and none may be shown as saved.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Another writer was first.
    #[error(
        "not appended: the writer had read up to entry {expected}, the newest is {newest}; \
         another writer was first, read on from there"
    )]
    Conflict {
        /// What the writer took for the newest.
        expected: u64,
        /// What is.
        newest: u64,
    },
    /// The numbers leave a gap.
    #[error("not appended: an entry is numbered {found} where {due} is due; this is a fault in the program")]
    Misnumbered {
        /// The number found.
        found: u64,
        /// The number due.
        due: u64,
    },
    /// An entry is too large.
    #[error("not appended: entry {n} has {bytes} bytes; the limit is {limit} bytes an entry, shorten the text")]
    TooLarge {
        /// Which.
        n: u64,
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The transcript is full by its own limits.
    #[error("not appended: a transcript may hold {what}; end this exercise and begin another")]
    TranscriptFull {
        /// Which limit was reached.
        what: String,
    },
    /// An entry would not read back as what it is.
    #[error("not appended: entry {n} would not read back as it is ({why}); this is a fault in the program")]
    Unfaithful {
        /// Which.
        n: u64,
        /// What differs.
        why: String,
    },
    /// EndEx was given.
    #[error("not appended: EndEx was given and the transcript is sealed")]
    Sealed,
    /// No room.
    #[error("not saved: the disk that holds {path:?} is full; make room there, the same entries can be saved again")]
    DiskFull {
        /// Which file.
        path: PathBuf,
        /// What the store said.
        source: Cause,
    },
    /// May not write.
    #[error(
        "not saved: {path:?} or its folder may only be read; \
         give back the right to write, the same entries can be saved again"
    )]
    ReadOnly {
        /// Which file.
        path: PathBuf,
        /// What the store said.
        source: Cause,
    },
    /// The file is not where it was.
    #[error(
        "not saved: {path:?} was moved, removed or replaced during play; put it back, \
         or keep what is there with a copy to another place"
    )]
    Gone {
        /// Where it was.
        path: PathBuf,
    },
    /// Anything else from below.
    #[error("not saved in {path:?}: {source}; the same entries can be saved again once that is put right")]
    Store {
        /// Which file.
        path: PathBuf,
        /// What the store said.
        source: Cause,
    },
}

impl AppendError {
    /// Whether the same call may work later, once somebody has seen to the disk.
    #[must_use]
    pub fn may_clear(&self) -> bool {
        matches!(self, Self::DiskFull { .. } | Self::ReadOnly { .. } | Self::Gone { .. } | Self::Store { .. })
    }
}

/// Entries could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The store could not.
    #[error("cannot read entries from {from} on: {source}")]
    Store {
        /// The first wanted.
        from: u64,
        /// Why not.
        source: Cause,
    },
    /// An entry is not what this program knows.
    #[error("entry {n} cannot be read: {why}")]
    Entry {
        /// Which.
        n: u64,
        /// What is wrong.
        why: String,
    },
    /// The log is closed: it was sealed.
    #[error("the log is sealed and closed; read the transcript from its file")]
    Closed,
}

/// A transcript could not be sealed. Every entry is still there, and sealing can be asked for again.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// It is sealed.
    #[error("this transcript is sealed already")]
    Already,
    /// The time of sealing is not fit to be written.
    #[error("cannot seal: {why}")]
    Text {
        /// What is wrong.
        why: String,
    },
    /// Writing the seal failed below.
    #[error("cannot {doing} {path:?}: {source}; nothing is lost, seal it again with `startex resume`")]
    Step {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// Why not.
        source: Cause,
    },
    /// The file moved away under us.
    #[error("cannot seal: {path:?} was moved, removed or replaced during play; put it back and end again")]
    Gone {
        /// Where it was.
        path: PathBuf,
    },
    /// What was sealed does not check.
    #[error("sealed {path:?}, but it does not check: {why}; the unsealed file was kept")]
    Unsound {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

/// What to do about SQLite's answer, where there is something to do.
pub(crate) fn advice(error: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode as Code;
    match error.sqlite_error_code() {
        Some(Code::DiskFull) => "; make room on the disk",
        Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen | Code::AuthorizationForStatementDenied) => {
            "; check the permissions of the file and its folder. \
             Beside an unsealed transcript SQLite needs to write; copy the file and its -wal to a folder of yours"
        }
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => "; another program holds it, try again",
        Some(Code::SystemIoFailure) => "; check the disk",
        _ => "",
    }
}

/// A scorecard could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// It is not fit to be kept.
    #[error("cannot keep the scorecard: {why}")]
    Scorecard {
        /// What is wrong with it.
        why: String,
    },
    /// The transcript could not be opened.
    #[error("cannot keep the scorecard: {0}")]
    Open(#[from] OpenError),
    /// It could not be written.
    #[error("cannot keep the scorecard: {0}")]
    Append(#[from] AppendError),
    /// The transcript could not be sealed anew.
    #[error("cannot keep the scorecard: {0}")]
    Seal(#[from] SealError),
}

/// A library could not be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The folder cannot be made or reached.
    #[error("cannot open the library {path:?}: {source}; name another folder with --library")]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The folder cannot be listed.
    #[error("cannot list the library {path:?}: {source}; check its permissions")]
    List {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There are too many files in it.
    #[error("the library {path:?} holds more than {limit} transcripts; move some to another folder")]
    TooMany {
        /// Which.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// There is no index, not even in memory.
    #[error("cannot make the index {path:?}: {source}")]
    Index {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: rusqlite::Error,
    },
}

/// An exercise could not be found.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// Several fit.
    #[error("{key:?} fits {} exercises, give more of the id or a path:\n  {}", candidates.len(), candidates.join("\n  "))]
    Ambiguous {
        /// What was typed.
        key: String,
        /// What fits.
        candidates: Vec<String>,
    },
    /// None fits.
    #[error("no exercise has an id that begins with {key:?}{}", near(nearest))]
    Unknown {
        /// What was typed.
        key: String,
        /// What is most like it.
        nearest: Vec<String>,
    },
    /// There is no such file.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The library cannot be listed.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

fn near(nearest: &[String]) -> String {
    if nearest.is_empty() {
        "; the library is empty".into()
    } else {
        format!("; the nearest are:\n  {}", nearest.join("\n  "))
    }
}
