//! Over-escalation: precision as well as recall. Telling colleagues is coordination and free; waking one
//! whom nothing names costs little, an outsider whom nothing names costs more, and whoever must not be told
//! costs what the scenario says.

use crate::{
    card::{EscalationRow, Evidence, Status, Verdict},
    judgement::{Cap, Case, Judged, Tables, blank, points_text},
    record::Telling,
};
use protocol::{ObjectiveId, PartyId};
use scenarios::model::{Capability, Cue, MustNotTell, Trigger};
use std::collections::{BTreeMap, BTreeSet};

/// What it costs to page a colleague whom no line names, in points.
const WOKEN: u32 = 1;
/// What it costs to tell an outsider whom nothing names, in points.
const OUTSIDER: u32 = 3;

pub(super) fn judge(case: &Case<'_>, tables: &mut Tables) -> Vec<Judged> {
    let mut marks = Vec::new();
    let mut seen: BTreeMap<&PartyId, u32> = BTreeMap::new();
    for rule in &case.scenario.must_not_tell {
        let n = seen.entry(&rule.party).or_default();
        *n += 1;
        let id = if *n == 1 { format!("disclosure/{}", rule.party) } else { format!("disclosure/{}-{n}", rule.party) };
        if let Some((judged, row)) = forbidden(case, rule, id) {
            marks.push(judged);
            tables.escalation.push(row);
        }
    }
    let named = named(case);
    let forbidden: BTreeSet<&PartyId> = case.scenario.must_not_tell.iter().map(|r| &r.party).collect();
    let objective = objective(case);
    let parties: BTreeSet<&PartyId> = case.record.tellings.iter().map(|t| &t.party).collect();
    for party in parties {
        if named.contains(party) || forbidden.contains(party) {
            continue;
        }
        if let Some((judged, row)) = unnamed(case, party, &objective) {
            marks.push(judged);
            tables.escalation.push(row);
        }
    }
    marks
}

fn forbidden(case: &Case<'_>, rule: &MustNotTell, id: String) -> Option<(Judged, EscalationRow)> {
    let until = rule.until.as_ref().and_then(|cue| case.record.first(cue));
    let too_soon = |t: &&Telling| t.party == rule.party && until.is_none_or(|h| t.entry < h.entry);
    let told: Vec<&Telling> = case.record.tellings.iter().filter(too_soon).collect();
    let first = *told.first()?;
    let name = case.record.name(&rule.party);
    let cost = i64::from(rule.points) * 100;
    let when = match &rule.until {
        Some(cue) => format!("before {}", case.record.cue_text(cue)),
        None => "who must not be told at all".to_owned(),
    };
    let verdict = if rule.until.is_some() { Verdict::Premature } else { Verdict::WrongParty };
    let by = case.record.seat_name(&first.by);
    let reason = format!("{by} told {name} at {}, {when}: {} ({} points)", first.at, rule.why, points_text(-cost));
    let advice = match &rule.until {
        Some(cue) => format!("Do not tell {name} before {}: {}", case.record.cue_text(cue), rule.why),
        None => format!("Do not tell {name}: {}", rule.why),
    };
    let mut judged = Judged::new(blank(id, format!("Do not tell {name}"), 0, &rule.objective), advice);
    if rule.legal {
        judged.caps.push(Cap::at_best_m(format!("telling {name} was an unauthorised disclosure")));
    }
    Some(cost_of(case, judged, &told, verdict, cost, reason))
}

fn cost_of(
    case: &Case<'_>,
    mut judged: Judged,
    told: &[&Telling],
    verdict: Verdict,
    cost: i64,
    reason: String,
) -> (Judged, EscalationRow) {
    let evidence: Vec<Evidence> = case.show_all(&told.iter().map(|t| t.entry).collect::<Vec<_>>());
    let first = told.first();
    judged.mark.status = Status::Failed;
    judged.mark.points = -cost;
    judged.mark.reason.clone_from(&reason);
    judged.mark.evidence = evidence;
    judged.mark.seats = told.iter().map(|t| &t.by).collect::<BTreeSet<_>>().into_iter().cloned().collect();
    let party = first.map_or_else(|| "nobody".into(), |t| t.party.clone());
    let row = EscalationRow {
        line: None,
        name: case.record.name(&party),
        party,
        verdict,
        called: None,
        told: first.map(|t| t.at),
        by: first.map(|t| t.by.clone()),
        reason,
        mark: judged.mark.id.clone(),
    };
    (judged, row)
}

/// Everybody the scenario gives a reason to tell: named by a line, a product, a clock, an approval, an
/// expected action, or by what an inject or line of the cell waits for.
fn named(case: &Case<'_>) -> BTreeSet<PartyId> {
    let s = case.scenario;
    let mut named: BTreeSet<PartyId> = s.escalation.iter().flat_map(|l| &l.tell).cloned().collect();
    named.extend(s.escalation.iter().filter_map(|l| l.approval.clone()));
    named.extend(s.products.iter().flat_map(|p| p.to.iter().chain(&p.approval)).cloned());
    named.extend(s.clocks.iter().flat_map(|c| &c.to).cloned());
    named.extend(s.actions.iter().filter_map(|a| a.approval.clone()));
    named.extend(s.expected.iter().flat_map(|e| e.any_of.iter().chain(&e.completed_by)).filter_map(party_of));
    named.extend(s.injects.iter().filter_map(|i| match &i.trigger {
        Trigger::Unless { done, .. } | Trigger::UnlessAfter { done, .. } => party_of(done),
        _ => None,
    }));
    named
}

fn party_of(cue: &Cue) -> Option<PartyId> {
    match cue {
        Cue::Told(p) | Cue::Paged(p) | Cue::SentTo(_, p) => Some(p.clone()),
        _ => None,
    }
}

/// Somebody told whom nothing names.
fn unnamed(case: &Case<'_>, party: &PartyId, objective: &ObjectiveId) -> Option<(Judged, EscalationRow)> {
    let seat = case.scenario.seats.iter().find(|s| s.id.as_str() == party.as_str());
    let told: Vec<&Telling> = case
        .record
        .tellings
        .iter()
        .filter(|t| t.party == *party)
        .filter(|t| match seat {
            Some(seat) => t.is_page() && !case.record.involved(&seat.id, t.entry),
            None => !is_answer(case, party, t),
        })
        .collect();
    let first = *told.first()?;
    let name = case.record.name(party);
    let by = case.record.seat_name(&first.by);
    let (points, verb, advice) = match seat {
        Some(_) => {
            (WOKEN, "paged", format!("Page {name} only when the plan or the work calls for it; a message would do."))
        }
        None => (OUTSIDER, "told", format!("Tell {name} only when the matrix, a notice or an obligation names them.")),
    };
    let cost = i64::from(points) * 100;
    let reason = format!(
        "{by} {verb} {name} at {}, whom no line, product or obligation names: over-escalation costs {points}",
        first.at
    );
    let judged =
        Judged::new(blank(format!("disclosure/{party}"), format!("No call to tell {name}"), 0, objective), advice);
    Some(cost_of(case, judged, &told, Verdict::WrongParty, cost, reason))
}

/// Whoever wrote to the table may be answered.
fn is_answer(case: &Case<'_>, party: &PartyId, told: &Telling) -> bool {
    let answered = told.re.as_ref().and_then(|re| case.record.deliveries.iter().find(|d| d.item.id == *re));
    answered.is_some_and(|d| d.item.from.id.as_ref() == Some(party))
        || case.record.had_contacted_us(party, told.entry).is_some()
}

/// Where over-escalation belongs: the objective most lines of the matrix belong to.
fn objective(case: &Case<'_>) -> ObjectiveId {
    let mut lines: BTreeMap<&ObjectiveId, usize> = BTreeMap::new();
    for line in &case.scenario.escalation {
        *lines.entry(&line.objective).or_default() += 1;
    }
    let most = case.scenario.objectives.iter().filter_map(|o| lines.get(&o.id).map(|n| (&o.id, *n)));
    // The first of equals, in the order the author wrote them.
    let best = most.fold(None, |best: Option<(&ObjectiveId, usize)>, next| match best {
        Some((_, n)) if n >= next.1 => best,
        _ => Some(next),
    });
    best.map_or_else(|| case.home(&[Capability::Activate, Capability::Communicate]), |(id, _)| id.clone())
}
