//! What a verdict earns of an element.

use crate::reading::Credit;
use crate::rubric::{About, Element, Need, State, Wanted};
use crate::state::Verdict;
use std::borrow::Cow;

use super::Candidate;

/// Whether a prohibited thing is claimed in the state the author means.
pub(super) fn claimed(want: Wanted, v: &Verdict) -> bool {
    match want {
        Wanted::Done => v.state == State::Done || v.also == Some(State::Done),
        Wanted::Planned => v.state == State::Planned || v.also == Some(State::Planned),
        Wanted::NotDone => v.state == State::NotDone,
        Wanted::Admitted => matches!(v.state, State::NotDone | State::Hedged),
        Wanted::Any => true,
    }
}

fn full_states(e: &Element) -> Cow<'_, [State]> {
    if !e.full.is_empty() {
        return Cow::Borrowed(&e.full);
    }
    Cow::Borrowed(match e.state {
        Wanted::Done => &[State::Done],
        Wanted::Planned => &[State::Planned],
        Wanted::NotDone => &[State::NotDone],
        Wanted::Admitted => &[State::NotDone, State::Hedged],
        Wanted::Any => &[State::Done, State::Planned, State::NotDone, State::Hedged, State::Mentioned],
    })
}

fn half_states(e: &Element) -> Cow<'_, [State]> {
    if !e.half.is_empty() {
        return Cow::Borrowed(&e.half);
    }
    Cow::Borrowed(match (e.about, e.state) {
        (About::Fact, Wanted::Done) => &[State::Hedged, State::Mentioned],
        (About::Fact, Wanted::NotDone) => &[State::Hedged],
        _ => &[],
    })
}

/// What a verdict earns of an element.
pub(super) fn credit(e: &Element, v: &Verdict, admits: bool) -> Credit {
    let full = full_states(e);
    // Whoever denies a sentence whole has said nothing for an element that takes it either way.
    if v.denied
        && (v.state == State::Hedged
            || e.state == Wanted::Admitted
            || full.contains(&State::Done) == full.contains(&State::NotDone))
    {
        return Credit::None;
    }
    let says = |list: &[State]| list.contains(&v.state) || v.also.is_some_and(|a| list.contains(&a));
    if says(&full) || (e.state == Wanted::Admitted && e.full.is_empty() && admits) {
        return Credit::Full;
    }
    if (v.label || v.harm) && e.about == About::Fact && e.state == Wanted::Done {
        return Credit::Full;
    }
    if says(&half_states(e)) { Credit::Half } else { Credit::None }
}

pub(super) fn shown_state(e: &Element, c: &Candidate) -> State {
    let full = full_states(e);
    if c.credit != Credit::Full || full.contains(&c.verdict.state) {
        return c.verdict.state;
    }
    // Owned up to in the pattern's own words ("do not know", "unclear").
    c.verdict.also.filter(|a| full.contains(a)).unwrap_or(if e.state == Wanted::Admitted {
        State::NotDone
    } else {
        c.verdict.state
    })
}

pub(super) fn wanted(e: &Element) -> String {
    let list = full_states(e);
    list.iter().map(State::to_string).collect::<Vec<_>>().join(" or ")
}

pub(super) fn need_name(n: Need) -> &'static str {
    match n {
        Need::Time => "time",
        Need::Interval => "term such as \"within two hours\"",
        Need::Name => "name",
        Need::Count => "number",
        Need::Owner => "owner",
    }
}
