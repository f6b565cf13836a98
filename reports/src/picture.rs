//! Pictures, drawn by hand as SVG. Same material, same bytes: positions come from exercise time alone and
//! are written with one decimal.

pub(crate) mod dimension;
pub(crate) mod ladder;
pub(crate) mod outcome;
pub(crate) mod scale;
pub(crate) mod svg;
pub(crate) mod timeline;
