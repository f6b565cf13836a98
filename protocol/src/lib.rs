//! What may be said at a table, and what happened there.
//!
//! The words every other crate shares: identifiers, exercise time, [`Command`] (what somebody asked
//! for), [`Event`] (what happened, and who may know it) and [`Board`] (what one seat may know: the
//! fold of the events addressed to it). There is no simulation here and no I/O.

pub mod act;
pub mod board;
pub mod clean;
pub mod event;
pub mod id;
pub mod item;
pub mod moves;
pub mod pack;
pub mod text;
pub mod time;
pub mod world;

pub use act::{Act, Actor, Command, Draft, Mode, Pace, Subject, Tlp, Work};
pub use board::Board;
pub use event::{Audience, Event, Fact, Sent};
pub use id::*;
pub use item::{Attachment, AttachmentKind, Item, ItemKind, Sender, Severity};
pub use pack::Pack;
pub use time::{SimTime, Span};
pub use world::{Attr, Evidence, Exposure, Integrity, Isolation, Service};
