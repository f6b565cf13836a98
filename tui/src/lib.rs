//! Every screen of `startex`, and every way a terminal reaches it.
//!
//! [`app::App`] is the state of the screen and nothing else; `press` turns a key into an
//! [`effect::Effect`]; [`view::draw`] shows a [`scene::Scene`] (a seat's board) through it. The
//! [`runner`] moves both along with the clock, [`plain`] plays the same drill line by line.

pub mod advice;
pub mod app;
pub mod cli;
pub mod command;
pub mod complete;
pub mod desk;
pub mod doc;
pub mod draft;
pub mod editor;
pub mod effect;
pub mod home;
pub mod key;
pub mod list;
pub mod look;
pub mod overlay;
pub mod plain;
pub mod runner;
pub mod scene;
pub mod text;
pub mod view;
pub mod wash;
pub mod writing;

#[cfg(test)]
extern crate self as startex;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
