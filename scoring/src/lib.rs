//! Scores: a pure function of a scenario and a transcript.
//!
//! [`score`] reads events and nothing else: no clock, no file, no simulation. The same transcript gives the
//! same bytes, on every machine; there are no floats in a [`Scorecard`]. Every mark names the entries it
//! rests on, and *not exercised*, *not observed*, *not graded* and *failed* are four different things.
//!
//! The rules, with the reasons for them, stand in `SCORECARD.md` beside this crate's manifest.

pub mod agreement;
pub mod card;
mod competency;
pub mod dimension;
mod finding;
mod judgement;
mod rating;
pub mod reader;
pub mod record;
mod revision;
mod score;
mod total;

pub use card::*;
pub use reader::{Reader, Rubrics, Text};
pub use record::Record;
pub use revision::Revision;
pub use score::{score, score_revised, score_with};
