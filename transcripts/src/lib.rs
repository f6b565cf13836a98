//! The record of an exercise: nothing acknowledged is lost, nothing written is changed.

pub mod chain;
pub mod entry;
pub mod error;
pub mod id;
pub mod limit;
pub mod log;

mod lock;
mod read;
mod schema;
mod seal;
mod source;
mod stamp;
mod store;
mod text;

pub use entry::{Body, Entry, FORMAT, Header, Seal, Transcript};
pub use error::{AppendError, KeepError, OpenError, ReadError, SealError};
pub use id::new_id;
pub use log::{Log, Memory, Watch};
pub use schema::APPLICATION_ID;
pub use store::{Heartbeat, KeptScorecard, Phase, Store};

#[cfg(test)]
mod tests;
