//! The record of an exercise: nothing acknowledged is lost, nothing written is changed.
//!
//! One exercise is one SQLite file, `ID.startex`, which holds everything needed to replay, judge and prove
//! it: the whole scenario, the seed, every command and every event. [`Store`] writes it, [`Store::read`]
//! reads it, [`check()`] proves it, [`Library`] is a folder of them. [`Log`] is what any other store would
//! have to do in [`Store`]'s place.
//!
//! # What is promised
//!
//! * When [`Store::append`] returns, its entries are on the disk, all of them; after an error none is, and
//!   the same call can be made again. Commands that arrive together share one commit by sharing one call.
//! * [`Store::heartbeat`] outlives a killed process, not a power cut; it costs a hundredth of an append.
//! * One writer at a time; readers need no leave and leave no trace. The lock falls with the process.
//! * After [`Store::seal`] a change of any byte of the file shows. Before it, a change of any entry, of the
//!   header or of the scenario shows.
//! * Nothing in a file is believed: its schema is compared with the format letter by letter before a row is
//!   read, sizes are limited ([`limit`]), and no file makes the program panic.
//!
//! A seal is a checksum, not a signature: it shows that a file is the one that was sealed to whoever noted
//! the head of the chain (reports print it), and it shows every accident. Somebody who rewrites a file can
//! seal it anew; then its head is another one.
//!
//! # The format (number 1)
//!
//! SQLite's `application_id` is [`APPLICATION_ID`] (`stex`), its `user_version` the format's number.
//!
//! | table | holds |
//! |---|---|
//! | `header` | one row: [`Header`] as JSON, a random nonce, the chain's start |
//! | `file` | the scenario's files in order: name and text |
//! | `entry` | `n` from 1 without a gap, `at_ms`, `kind` (`command`, `event`), `body` as JSON, `hash` |
//! | `heartbeat` | one row, the only one written over: exercise time, what the clock was doing |
//! | `scorecard` | scorecards side by side |
//! | `seal` | seals, oldest first: last entry, its head, times, and the whole-file seal |
//! | `search` | FTS5 over what was said and delivered; rowid is the entry's number |
//!
//! Triggers refuse UPDATE, DELETE, REPLACE and gaps. While an exercise is played the file is in WAL mode
//! with `synchronous=FULL`, and `FILE-lock` beside it is locked; a sealed file is one file and nothing else.
//!
//! **The chain** is described in [`chain`]: every hash covers the one before and the entry's canonical line,
//! which is also its line in the JSON Lines export. So the export can be checked by itself:
//!
//! ```text
//! head = HEAD-OF-HEADER-AND-SCENARIO
//! for each line:  head = SHA-256(head as 32 bytes, line without the newline)
//! ```
//!
//! **The whole-file seal** is the text `startex-seal:NONCE:K:` and 64 digits in column `file` of the newest
//! seal (number K); the digits are the SHA-256 of the file with these 64 characters as zeros. By hand:
//!
//! ```text
//! sqlite3 'file:x.startex?immutable=1' 'SELECT file FROM seal ORDER BY k DESC LIMIT 1'
//! sed 's/\(startex-seal:NONCE:K:\)[0-9a-f]\{64\}/\10000…0000/' x.startex | sha256sum     (64 zeros)
//! ```
//!
//! **Adding after a seal** ([`Store::reopen`], [`Store::add_scorecard`]) continues the chain and sets another
//! seal. Older seals stay in the list; what they prove from then on is their head, not the file's bytes.
//!
//! `verify.py` in this crate's folder does all of this with Python's standard library:
//!
//! ```python
#![doc = include_str!("../verify.py")]
//! ```

pub mod chain;
pub mod check;
pub mod entry;
pub mod error;
pub mod id;
pub mod library;
pub mod limit;
pub mod log;

mod heartbeat;
mod index;
mod lock;
mod read;
mod schema;
mod scorecard;
mod seal;
mod search;
mod source;
mod stamp;
mod store;
mod summary;
mod text;
mod write;

pub use check::{Chain, FileSeal, Integrity, check, is_playing};
pub use entry::{Body, Entry, FORMAT, Header, Seal, Transcript};
pub use error::{AppendError, FindError, KeepError, LibraryError, OpenError, ReadError, SealError};
pub use heartbeat::{Heartbeat, Phase};
pub use id::new_id;
pub use library::{Found, Library, Listing, Unreadable};
pub use log::{Log, Memory, Watch};
pub use schema::APPLICATION_ID;
pub use scorecard::KeptScorecard;
pub use search::{Hit, search};
pub use store::Store;
pub use summary::{Sitting, Summary};

#[cfg(test)]
mod tests;
