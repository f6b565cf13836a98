//! The improvement plan: what an improvement becomes as a corrective action.
//!
//! The capability element (HSEEP: Planning, Organization, Equipment, Training, Exercise) follows from the
//! kind of mark, by [`element`]; the owner is a suggestion, the first seat the mark is about, or the first the
//! inject that called for it was addressed to. Dates and the
//! organisation's contact are for people to fill in.

use crate::case::Case;
use protocol::SeatId;
use scoring::{Finding, Mark, Status, Verdict};

/// As many corrective actions as an organisation takes on at once.
pub(crate) const MOST: usize = 15;

/// One line of the plan.
pub(crate) struct Corrective {
    pub(crate) mark: String,
    pub(crate) capability: &'static str,
    pub(crate) issue: String,
    pub(crate) seen: String,
    pub(crate) action: String,
    pub(crate) element: &'static str,
    pub(crate) owner: String,
    pub(crate) start: String,
    pub(crate) points: i64,
}

/// The rule that fills the column "capability element", as the report states it.
pub(crate) const RULE: [(&str, &str); 5] = [
    (
        "Planning",
        "nobody was told, nothing was filed or nothing was sent: a call list, deadline or template is missing or not found; or a mistake against law, plan or authorisation",
    ),
    (
        "Organization",
        "the wrong seat, too many people, or an act without the approval it needs: who may and who must is not clear",
    ),
    ("Equipment", "the harm grew although people acted: a stop that takes one step instead of five"),
    ("Training", "it was tried and done wrongly, or nobody knew to do it: a skill"),
    ("Exercise", "it was done, but late: speed comes with practice"),
];

fn element(case: &Case<'_>, mark: &Mark, legal: bool) -> &'static str {
    let kind = mark.id.split('/').next().unwrap_or_default();
    match kind {
        "authority" | "disclosure" => "Organization",
        "escalation" => match case.card.escalation.iter().find(|row| row.mark == mark.id).map(|row| row.verdict) {
            Some(Verdict::Late) => "Exercise",
            Some(Verdict::Missed) | None => "Planning",
            Some(_) => "Organization",
        },
        "clock" => "Planning",
        "communication" if mark.evidence.iter().any(|e| e.span.is_some()) => "Training",
        "communication" => "Planning",
        "trap" if legal => "Planning",
        "outcome" => "Equipment",
        "response" if mark.status == Status::Partly => "Exercise",
        _ => "Training",
    }
}

/// Every improvement as a corrective action, costliest first.
pub(crate) fn correctives(case: &Case<'_>) -> Vec<Corrective> {
    case.card.improvements.iter().map(|finding| corrective(case, finding)).collect()
}

fn corrective(case: &Case<'_>, finding: &Finding) -> Corrective {
    let (title, reason) = case.finding(finding);
    let mark = case.mark(&finding.mark);
    let trap = finding.trap.as_ref().and_then(|id| case.scenario.traps.iter().find(|t| t.id == *id));
    let owner = mark.and_then(|m| owner(case, m)).map_or_else(String::new, |s| case.seat(s));
    Corrective {
        mark: finding.mark.clone(),
        capability: case.capability(&finding.objective),
        issue: if title.is_empty() { finding.text.clone() } else { title },
        seen: reason,
        action: finding.advice.clone(),
        element: mark.map_or("Training", |m| element(case, m, trap.is_some_and(|t| t.legal))),
        owner,
        start: case.day(),
        points: finding.points,
    }
}

fn owner<'a>(case: &Case<'a>, mark: &'a Mark) -> Option<&'a SeatId> {
    let called = || {
        let expected = case.scenario.expected.iter().find(|e| mark.id == format!("response/{}", e.id))?;
        let inject = case.scenario.injects.iter().find(|i| i.id == expected.called_for_by)?;
        inject.to.first()
    };
    mark.seats.first().or_else(called)
}
