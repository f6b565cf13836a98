//! What a user of the record would notice.

mod check;
mod crash;
mod hostile;
mod library;
mod sample;
mod seal;
mod store;
