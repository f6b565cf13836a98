//! Scores: a pure function of a scenario and a transcript.

pub mod card;

pub use card::*;
