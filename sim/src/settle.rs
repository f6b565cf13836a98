//! The last systems of every instant: what now holds fires, and the meters take their new course.

use crate::{
    stage::Stage,
    world::{Due, Phase},
};

/// Fires every `When` trigger whose condition holds for the first time.
pub(crate) fn conditions(mut s: Stage<'_, '_>) {
    if !s.record.changed || !s.running() {
        return;
    }
    let plan = s.plan();
    let now = s.now();
    for (ix, (test, what)) in plan.when.iter().enumerate() {
        if !s.record.whens[ix] && s.holds(test) {
            s.record.whens[ix] = true;
            s.agenda.plan(now, Due::Fire { what: *what, unless: None });
        }
    }
}

/// Lets the meters follow.
pub(crate) fn meters(mut s: Stage<'_, '_>) {
    if !s.record.changed || s.time.phase == Phase::Waiting {
        return;
    }
    s.record.changed = false;
    s.settle_meters(false);
}
