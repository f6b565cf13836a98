//! What can go wrong at a table.

use std::path::PathBuf;

/// Why a table could not be opened, resumed or closed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The transcript could not be opened or created.
    #[error(transparent)]
    Open(#[from] transcripts::OpenError),
    /// The transcript could not be written.
    #[error(transparent)]
    Append(#[from] transcripts::AppendError),
    /// The scorecard could not be kept.
    #[error(transparent)]
    Keep(#[from] transcripts::KeepError),
    /// The transcript could not be sealed.
    #[error(transparent)]
    Seal(#[from] transcripts::SealError),
    /// The exercise has ended.
    #[error("{path:?} is over: EndEx was given at {at}; look at it with `startex review` or `startex score`")]
    Over {
        /// Which.
        path: PathBuf,
        /// When.
        at: protocol::SimTime,
    },
    /// The scenario inside a transcript cannot be read.
    #[error("the scenario inside {path:?} cannot be read: {why}; the file is damaged or of a newer program")]
    Scenario {
        /// Which transcript.
        path: PathBuf,
        /// The first fault.
        why: String,
    },
    /// What the transcript says and what the simulation makes of its commands differ.
    #[error(
        "{path:?} cannot be continued: entry {entry} is not what this program makes of the same commands; \
         `startex verify` shows the difference, and the version that wrote it is {program}"
    )]
    Differs {
        /// Which transcript.
        path: PathBuf,
        /// The first entry that differs.
        entry: u64,
        /// Who wrote it.
        program: String,
    },
    /// Somebody wants a seat that does not exist.
    #[error("the scenario has no seat \"{seat}\"; its seats are: {seats}")]
    NoSeat {
        /// What was asked for.
        seat: String,
        /// What there is.
        seats: String,
    },
    /// The reference response inside the scenario cannot be read.
    #[error("the reference response of the scenario cannot be read: {0}")]
    Reference(String),
    /// The library cannot be used.
    #[error(transparent)]
    Library(#[from] transcripts::LibraryError),
}
