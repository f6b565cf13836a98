//! Authored content and its loader: the scenario schema, the bundled library, and the checks that
//! tell an author every fault at once.

pub mod atlas;
pub mod calendar;
pub mod check;
pub mod fault;
mod hint;
pub mod library;
pub mod limit;
mod load;
pub mod model;
pub mod pack;
mod report;
pub mod source;
pub mod span;
pub mod syntax;
pub mod template;

pub use calendar::Calendar;
pub use check::{check, load_checked};
pub use fault::{Fault, Severity};
pub use load::{Loaded, load};
pub use pack::pack;
pub use report::Report;
pub use source::{FindError, Source, find};
pub use template::template;
