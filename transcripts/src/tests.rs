//! What a user of the record would notice.

mod sample;
mod seal;
mod store;
