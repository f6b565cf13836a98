//! Closed word classes and verb classes of English, as far as states need them.

mod base;
mod effect;
mod harm;
mod neighbor;
mod noun;
mod role;
mod status;
mod wordlist;

pub(crate) use base::{is_ambiguous, is_base};
pub(crate) use effect::{Effect, effect, is_performative, is_settled, orders};
pub(crate) use harm::{is_attack, is_harm, is_ours};
pub(crate) use neighbor::roles;
pub(crate) use noun::looks_noun;
pub(crate) use role::Role;
pub(crate) use status::{Status, is_hedge, status};
pub(crate) use wordlist::Words;
