//! Authored content and its loader.

pub mod model;
