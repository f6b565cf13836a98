//! The record of an exercise: nothing acknowledged is lost, nothing written is changed.

pub mod chain;
pub mod check;
pub mod entry;
pub mod error;
pub mod id;
pub mod library;
pub mod limit;
pub mod log;

mod index;
mod lock;
mod read;
mod schema;
mod seal;
mod search;
mod source;
mod stamp;
mod store;
mod summary;
mod text;

pub use check::{Chain, FileSeal, Integrity, check, is_playing};
pub use entry::{Body, Entry, FORMAT, Header, Seal, Transcript};
pub use error::{AppendError, FindError, KeepError, LibraryError, OpenError, ReadError, SealError};
pub use id::new_id;
pub use library::{Found, Library, Listing, Unreadable};
pub use log::{Log, Memory, Watch};
pub use schema::APPLICATION_ID;
pub use search::{Hit, search};
pub use store::{Heartbeat, KeptScorecard, Phase, Store};
pub use summary::{Sitting, Summary};

#[cfg(test)]
mod tests;
