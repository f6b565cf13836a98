//! Actions begun without the approval the plan asks for.

use crate::{
    card::Status,
    judgement::{Cap, Case, Judged, blank},
};
use protocol::{ActionId, ObjectiveId};
use scenarios::model::{Action, Capability, Cue};
use std::collections::BTreeSet;

/// What it costs, once per action, in points.
const WITHOUT_LEAVE: u32 = 3;

pub(super) fn judge(case: &Case<'_>) -> Vec<Judged> {
    let begun: BTreeSet<&ActionId> = case.record.unauthorised.iter().map(|u| &u.action).collect();
    case.scenario.actions.iter().filter(|a| begun.contains(&a.id)).map(|a| judge_action(case, a)).collect()
}

fn judge_action(case: &Case<'_>, action: &Action) -> Judged {
    let begun: Vec<_> = case.record.unauthorised.iter().filter(|u| u.action == action.id).collect();
    let approver = action.approval.as_ref().map_or_else(|| "the approver".to_owned(), |p| case.record.name(p));
    let title = format!("Approval before: {}", action.name);
    let advice = format!("Ask {approver} for approval before \"{}\".", action.name);
    let mut judged = Judged::new(blank(format!("authority/{}", action.id), title, 0, &objective(case, action)), advice);
    // A mistake the scenario prices itself is not charged twice.
    let priced = case.record.trapped.iter().any(|t| {
        let trap = case.scenario.traps.iter().find(|x| x.id == t.trap);
        trap.is_some_and(|x| begins(&x.on, &action.id))
    });
    let cost = if priced { 0 } else { WITHOUT_LEAVE };
    let mark = &mut judged.mark;
    mark.status = Status::Failed;
    mark.points = -i64::from(cost) * 100;
    let when: Vec<String> = begun.iter().map(|u| format!("{} by {}", u.at, case.record.seat_name(&u.by))).collect();
    let price = if priced { "counted with the mistake it also was".to_owned() } else { format!("costs {cost}") };
    mark.reason = format!("begun {} without the approval of {approver}: {price}", when.join(" and "));
    mark.evidence = case.show_all(&begun.iter().map(|u| u.entry).collect::<Vec<_>>());
    mark.seats = begun.iter().map(|u| &u.by).collect::<BTreeSet<_>>().into_iter().cloned().collect();
    judged.caps.push(Cap::at_best_m(format!("\"{}\" was begun without the approval it needs", action.name)));
    judged
}

fn begins(cue: &Cue, action: &ActionId) -> bool {
    matches!(cue, Cue::Began(a) | Cue::Acted(a) | Cue::ActedOn(a, _) | Cue::Failed(a) if a == action)
}

/// The objective of what the action is expected for; else the one that contains or responds.
fn objective(case: &Case<'_>, action: &Action) -> ObjectiveId {
    let expected = case
        .scenario
        .expected
        .iter()
        .find(|e| e.any_of.iter().chain(&e.completed_by).any(|cue| begins(cue, &action.id)));
    let trap = || case.scenario.traps.iter().find(|t| begins(&t.on, &action.id)).map(|t| t.objective.clone());
    expected
        .map(|e| e.objective.clone())
        .or_else(trap)
        .unwrap_or_else(|| case.home(&[Capability::Contain, Capability::Respond]))
}
