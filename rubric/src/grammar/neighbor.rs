//! The roles of tokens with what their neighbours tell.

use super::base::is_base;
use super::noun::{links_to, looks_noun, takes_to};
use super::role::{Role, role};
use crate::token::Token;
use crate::word::is_unchanging;

/// The roles of all tokens of a unit, with what the neighbours tell.
pub(crate) fn roles(tokens: &[Token]) -> Vec<Role> {
    let mut out: Vec<Role> = tokens.iter().map(role).collect();
    for i in 0..out.len() {
        let prev = i.checked_sub(1).and_then(|p| out.get(p)).copied();
        let w = tokens.get(i).map_or("", |t| t.text.as_str());
        let new = match (out.get(i), prev) {
            // "to the regulator", "due to": a preposition, not an infinitive marker.
            (Some(Role::To), _) => {
                let next = tokens.get(i + 1);
                let noun = next.is_none_or(|t| {
                    matches!(
                        role(t),
                        Role::Determiner
                            | Role::Pronoun
                            | Role::Number
                            | Role::Mark
                            | Role::Ing
                            | Role::Preposition
                            | Role::Past
                    )
                }) && next.is_none_or(|t| !is_unchanging(&t.text));
                let noun = noun || next.is_some_and(|t| looks_noun(&t.text) || t.capital);
                let due = i > 0 && tokens.get(i - 1).is_some_and(|t| t.text == "due") && noun;
                let link = i > 0
                    && tokens.get(i - 1).is_some_and(|t| links_to(&t.text))
                    && next.is_some_and(|t| role(t) == Role::Other && !is_base(&t.text));
                let direction = link
                    || i > 0
                        && tokens.get(i - 1).is_some_and(|t| takes_to(&t.stem))
                        && next.is_some_and(|t| role(t) == Role::Other && !is_base(&t.text));
                (noun || due || direction).then_some(Role::Preposition)
            }
            // "issued before this morning has been …": a time, not a clause.
            (Some(Role::Subordinator), _) if matches!(w, "before" | "after" | "until" | "till") => {
                let next = tokens.get(i + 1);
                let time = next.is_some_and(|t| {
                    !t.is_word()
                        || matches!(
                            t.text.as_str(),
                            "this"
                                | "last"
                                | "yesterday"
                                | "today"
                                | "noon"
                                | "midnight"
                                | "midday"
                                | "tomorrow"
                                | "then"
                                | "that"
                        )
                });
                let subject = tokens.get(i + 2).is_some_and(|t| matches!(role(t), Role::Be | Role::Have | Role::Modal));
                (time && !subject).then_some(Role::Preposition)
            }
            // "the leak exposed data": only the form tells; "a reset", "the read" are nouns.
            (Some(Role::Past), Some(Role::Determiner)) if is_unchanging(w) => Some(Role::Other),
            // "May 14", "will" as a noun are rare; "can" after a determiner is a noun.
            (Some(Role::Modal), Some(Role::Determiner)) if w != "will" => Some(Role::Other),
            _ => None,
        };
        if let (Some(r), Some(slot)) = (new, out.get_mut(i)) {
            *slot = r;
        }
    }
    out
}
