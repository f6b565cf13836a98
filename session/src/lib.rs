//! One live table: exercise clock, seats, command log. Headless runs, baselines, what-ifs and
//! verification too; all of them are the same fold over the same commands.
//!
//! - [`Run`] simulates and numbers entries: the only place where `sim` meets the transcript's order.
//! - [`Table`] is a run that lives: durable before visible, driven by the wall clock at a pace.
//! - [`headless`] plays moves to the end; [`baselines`] and [`what_ifs`] replay variations of a run.
//! - [`verify`] re-simulates a transcript and compares it byte for byte.

mod baseline;
mod error;
mod run;
mod table;
mod verify;
mod what_if;

pub use baseline::baselines;
pub use error::Error;
pub use run::{Run, headless, kept, opening, transcript};
pub use table::{Opening, Saved, Table};
pub use verify::{Difference, Verdict, resimulate, verify};
pub use what_if::what_ifs;
