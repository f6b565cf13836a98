//! Every verdict, status, cap and boundary of the score, on small transcripts written by hand.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set up has failed")]

mod clock;
mod communication;
mod document;
mod escalation;
mod fixture;
mod outcome;
mod property;
mod record;
mod response;
mod total;
