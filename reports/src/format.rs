//! The formats a report is written in.

mod escape;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod markdown;
