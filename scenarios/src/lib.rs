//! Authored content and its loader: the scenario schema, the bundled library, and the checks that
//! tell an author every fault at once.

pub mod calendar;
pub mod fault;
pub mod library;
pub mod limit;
mod load;
pub mod model;
pub mod pack;
pub mod source;
pub mod span;
pub mod syntax;

pub use calendar::Calendar;
pub use fault::{Fault, Severity};
pub use load::{Loaded, load};
pub use pack::pack;
pub use source::{FindError, Source, find};
