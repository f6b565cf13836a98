//! Whether there is enough of everything for an exercise of this kind.

use super::{Check, Ctx, Out};
use crate::model::InjectKind;

pub(crate) const CHECKS: &[Check] =
    &[Check { name: "size", about: "fewer seats, injects, actions … than a table needs to be exercised", run: size }];

fn size(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let contingencies = s.injects.iter().filter(|i| i.kind == InjectKind::Contingency).count();
    for (field, count, least, what) in [
        ("trains", s.trains.len(), 2, "lines that say what is trained"),
        ("seats", s.seats.len(), 5, "seats"),
        ("parties", s.parties.len(), 3, "parties outside"),
        ("channels", s.channels.len(), 3, "channels"),
        ("assets", s.assets.len(), 6, "assets"),
        ("meters", s.meters.len(), 2, "meters"),
        ("adversary.steps", s.adversary.steps.len(), 5, "steps of the adversary"),
        ("sensors", s.sensors.len(), 2, "sensors"),
        ("queries", s.queries.len(), 6, "queries"),
        ("actions", s.actions.len(), 12, "actions"),
        ("injects", s.injects.len(), 12, "injects"),
        ("injects", contingencies, 2, "contingency injects"),
        ("declarations", s.declarations.len(), 1, "declarations"),
        ("runbook", s.runbook.len(), 5, "runbook steps"),
        ("clocks", s.clocks.len(), 2, "clocks"),
        ("products", s.products.len(), 3, "written products"),
        ("escalation", s.escalation.len(), 5, "escalation lines"),
        ("expected", s.expected.len(), 8, "expected actions"),
        ("traps", s.traps.len(), 2, "traps"),
        ("debrief", s.debrief.len(), 3, "debrief questions"),
    ] {
        if count < least {
            let message = format!("{count} {what}; an exercise of this kind needs {least} or more");
            out.warn(&field.into(), message, "a table with too little to do learns little");
        }
    }
    let objectives = s.objectives.len();
    if !(3..=5).contains(&objectives) {
        let message = format!("{objectives} objectives; three to five can be exercised and rated");
        out.warn(&"objectives".into(), message, "merge them, or add what is missing");
    }
    if s.length.0 < 20 * 60_000 {
        out.warn(&"length".into(), format!("{} is short for an exercise", s.length), "60 to 120 minutes are usual");
    }
}
