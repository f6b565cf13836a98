//! Response time: from an inject delivered to the first correct act, and the mistakes on the way.

use crate::{
    card::{Ladder, Status},
    judgement::{Cap, Case, Judged, Tables, blank, falling, points_text, status_of},
    record::{Happening, Trapped},
};
use protocol::{InjectId, ItemId, SimTime, Span};
use scenarios::model::{Cue, Expected, Trap};

pub(crate) fn judge(case: &Case<'_>, _: &mut Tables) -> Vec<Judged> {
    let expected = case.scenario.expected.iter().map(|e| judge_expected(case, e));
    let traps = case.scenario.traps.iter().filter_map(|t| {
        let fallen = case.record.trapped.iter().find(|f| f.trap == t.id)?;
        Some(judge_trap(case, t, fallen))
    });
    expected.chain(traps).collect()
}

/// What was found for one expected action.
struct Found<'a> {
    delivered: Option<Happening>,
    /// First act by somebody it was for.
    right: Option<&'a Happening>,
    /// First act by somebody else, where nobody it was for did it.
    wrong: Option<&'a Happening>,
    completed: Option<&'a Happening>,
    /// What came first although it should have come after.
    overtaken: Option<(&'a Cue, &'a Happening)>,
}

fn find<'a>(case: &'a Case<'_>, e: &'a Expected) -> Found<'a> {
    let record = &case.record;
    let delivered = record.reached(&e.called_for_by);
    // What was done before the call, and may have been undone since, is no answer to it where the author says so.
    let counts = |h: &&Happening| !e.after_call || delivered.as_ref().is_some_and(|d| h.entry > d.entry);
    let acts = || e.any_of.iter().flat_map(|cue| record.all(cue)).filter(counts);
    let right = acts().filter(|h| record.may_have(&e.by, h)).min_by_key(|h| h.entry);
    let wrong = if right.is_some() { None } else { acts().min_by_key(|h| h.entry) };
    let completed = match &e.completed_by {
        Some(cue) => record.all(cue).iter().find(|h| counts(h)),
        None => right,
    };
    let overtaken = right.and_then(|act| {
        let earlier = e.before.iter().filter_map(|cue| Some((cue, record.first(cue)?)));
        earlier.filter(|(_, h)| h.entry < act.entry).min_by_key(|(_, h)| h.entry)
    });
    Found { delivered, right, wrong, completed, overtaken }
}

fn judge_expected(case: &Case<'_>, e: &Expected) -> Judged {
    let found = find(case, e);
    let mut judged = Judged::new(blank(format!("response/{}", e.id), &e.what, e.points, &e.objective), advice(e));
    let delivered = found.delivered.as_ref();
    judged.mark.ladder = delivered.map(|d| ladder(case, e, d, &found));
    judged.mark.seats = e.by.clone();
    match (found.right, found.wrong, delivered) {
        (Some(act), _, _) => acted(case, e, &found, act, &mut judged),
        (None, Some(act), _) => by_others(case, e, act, delivered, &mut judged),
        (None, None, Some(d)) => not_acted(case, e, d, &mut judged),
        (None, None, None) => {
            judged.mark.reason = never_delivered(case, &e.called_for_by);
        }
    }
    if e.critical && judged.mark.status == Status::Failed {
        judged.critical = true;
        judged.caps.push(Cap {
            at_best: crate::card::Rating::U,
            why: format!("the critical action \"{}\" was missed", e.what.trim_end_matches('.')),
        });
    }
    judged
}

fn never_delivered(case: &Case<'_>, inject: &InjectId) -> String {
    let delivered = case.record.first(&Cue::Delivered(inject.clone())).is_some();
    if delivered {
        format!("{inject} reached only seats the simulation cell played: nobody at the table could know")
    } else if let Some(why) = case.record.skipped.get(inject) {
        format!("{inject}, which calls for it, was not delivered: {why}")
    } else {
        format!("{inject}, which calls for it, was never delivered")
    }
}

fn ladder(case: &Case<'_>, e: &Expected, delivered: &Happening, found: &Found<'_>) -> Ladder {
    let item = ItemId::from(&e.called_for_by);
    let first = |rows: Option<&Vec<_>>| -> Option<SimTime> {
        let rows: &Vec<(protocol::SeatId, u64, SimTime)> = rows?;
        rows.first().map(|(_, _, at)| *at)
    };
    Ladder {
        delivered: delivered.at,
        opened: first(case.record.opened.get(&item)),
        acknowledged: first(case.record.acknowledged.get(&item)),
        acted: found.right.map(|h| h.at),
        completed: found.right.and(found.completed).map(|h| h.at),
        target: delivered.at + e.target,
        limit: delivered.at + limit(e),
    }
}

/// A limit before the target would take points from who was in time.
fn limit(e: &Expected) -> Span {
    e.limit.max(e.target)
}

fn acted(case: &Case<'_>, e: &Expected, found: &Found<'_>, act: &Happening, judged: &mut Judged) {
    let mark = &mut judged.mark;
    let mut entries = vec![act.entry];
    let window = format!("target {}, limit {}", e.target, limit(e));
    let (mut points, mut reason) = match &found.delivered {
        Some(d) => {
            entries.push(d.entry);
            let took = act.at.since(d.at);
            let early = if act.at < d.at { ", before it was called for" } else { "" };
            let points = falling(mark.of, took, e.target, limit(e));
            let text = format!("delivered {} → first correct act {}{early}: {took} ({window})", d.at, act.at);
            (points, if took > limit(e) { format!("{text}; after the limit") } else { text })
        }
        None => (mark.of, format!("first correct act {}, so that {} was never needed", act.at, e.called_for_by)),
    };
    if let Some((cue, earlier)) = found.overtaken {
        points = points.min(mark.of / 2);
        entries.push(earlier.entry);
        reason = format!("{reason}; at most half, because {} came first, at {}", case.record.cue_text(cue), earlier.at);
    }
    match found.completed {
        Some(done) if done.entry > act.entry => {
            entries.push(done.entry);
            reason = format!("{reason}; completed {}", done.at);
        }
        None => {
            points = points.min(mark.of / 2);
            reason = format!("{reason}; at most half, because it was not completed by EndEx");
        }
        Some(_) => {}
    }
    if let Some((entry, at)) = case.record.hints.get(&e.id).filter(|(n, _)| *n < act.entry) {
        entries.push(*entry);
        reason = format!("{reason}; after a hint at {at}");
    }
    mark.points = points;
    mark.status = status_of(points, mark.of);
    mark.reason = reason;
    mark.evidence = case.show_all(&entries);
    if mark.seats.is_empty() {
        mark.seats.extend(act.by.clone());
    }
}

fn by_others(case: &Case<'_>, e: &Expected, act: &Happening, delivered: Option<&Happening>, judged: &mut Judged) {
    let mark = &mut judged.mark;
    let who = act.by.as_ref().map_or_else(|| "nobody at the table".to_owned(), |s| case.record.seat_name(s));
    let should = case.record.seat_names(&e.by);
    mark.status = Status::Failed;
    mark.reason = format!("done at {} by {who}; it is for {should}, who did not do it", act.at);
    let entries: Vec<u64> = delivered.map(|d| d.entry).into_iter().chain([act.entry]).collect();
    mark.evidence = case.show_all(&entries);
}

fn not_acted(case: &Case<'_>, e: &Expected, delivered: &Happening, judged: &mut Judged) {
    let mark = &mut judged.mark;
    let start = format!("delivered {}", delivered.at);
    if case.after_end(delivered.at + e.target) {
        mark.reason = format!("{start}, so late that its target ({}) lay after EndEx", e.target);
        return;
    }
    mark.status = Status::Failed;
    mark.reason =
        format!("{start} → no correct act by EndEx {} (target {}, limit {})", case.record.end, e.target, limit(e));
    mark.evidence = vec![case.show(delivered)];
}

fn advice(e: &Expected) -> String {
    if e.hint.is_empty() { format!("{}, within {} of {}.", e.what, e.target, e.called_for_by) } else { e.hint.clone() }
}

fn judge_trap(case: &Case<'_>, trap: &Trap, fallen: &Trapped) -> Judged {
    let deed = case.record.cue_text(&trap.on);
    let title = format!("Mistake: {deed}");
    let mut judged = Judged::new(blank(format!("trap/{}", trap.id), title, 0, &trap.objective), &trap.instead);
    let act = case.record.all(&trap.on).iter().rfind(|h| h.entry <= fallen.entry);
    let by = fallen.by.clone().or_else(|| act.and_then(|h| h.by.clone()));
    let cost = i64::from(trap.points) * 100;
    let mark = &mut judged.mark;
    mark.status = Status::Failed;
    mark.points = -cost;
    let who = by.as_ref().map_or_else(String::new, |s| format!(" by {}", case.record.seat_name(s)));
    mark.reason = format!(
        "at {}{who}, costs {}: {}. Better: {}",
        fallen.at,
        points_text(cost),
        trap.why.trim_end_matches('.'),
        trap.instead
    );
    mark.evidence = case.show_all(&act.map(|h| h.entry).into_iter().chain([fallen.entry]).collect::<Vec<_>>());
    mark.seats.extend(by);
    if trap.legal {
        judged.caps.push(Cap::at_best_m(format!("{deed} is against law, plan or authorisation")));
    }
    judged.trap = Some(trap.id.clone());
    judged
}
