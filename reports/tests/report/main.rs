//! What a reader of a report would notice.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot set up has failed")]

mod fixture;
mod hostile;
mod page;
mod people;
mod snapshot;
