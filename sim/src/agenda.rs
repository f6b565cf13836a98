//! The first system of every instant: hands out what is due.

use crate::{
    plan::Fires,
    stage::Stage,
    world::{Due, InjectState},
};

pub(crate) fn strike(mut s: Stage<'_, '_>) {
    if !s.running() {
        return;
    }
    let now = s.now();
    while let Some(due) = s.agenda.strike(now) {
        match due {
            Due::Fire { what, unless } => {
                let overtaken = unless.is_some_and(|cue| s.record.first[cue].is_some());
                if !overtaken {
                    s.due.fires.push_back(what);
                } else if let Fires::Inject(ix) = what {
                    skip_overtaken(&mut s, ix);
                }
            }
            Due::JobEnd(job) => s.due.jobs.push_back(job),
            Due::StepEnd(_) => s.due.steps.push_back(due),
            Due::Alert { .. } | Due::Noise { .. } => s.due.sensors.push_back(due),
            Due::Wake => s.record.changed = true,
            Due::Deadline(clock) => s.due.clocks.push_back(clock),
            _ => s.due.cell.push_back(due),
        }
    }
}

/// A contingency that is not needed: the table acted in time.
fn skip_overtaken(s: &mut Stage<'_, '_>, ix: usize) {
    let plan = s.plan();
    let pending = s.injects.get(s.roster.injects[ix]).is_ok_and(|i| *i == InjectState::Pending);
    if pending {
        s.cancel(&plan, plan.script.injects[ix].id.as_str(), "not needed: the table acted in time");
    }
}
