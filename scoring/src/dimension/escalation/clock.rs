//! Obligations, each from its own anchor.

use crate::{
    card::{ClockEnd, ClockRow, Status},
    judgement::{Cap, Case, Judged, Tables, blank, status_of},
    record::{ClockCourse, Happening},
};
use protocol::{DecisionId, SeatId, SimTime};
use scenarios::model::{Clock, Cue, Expected};

/// What an obligation is worth, in points: as much as a line of the matrix unless its author says otherwise.
const CLOCK: u32 = 5;

pub(super) fn judge(case: &Case<'_>, tables: &mut Tables) -> Vec<Judged> {
    let mut marks = Vec::new();
    for clock in &case.scenario.clocks {
        let none = ClockCourse::default();
        let course = case.record.clocks.get(&clock.id).unwrap_or(&none);
        let (judged, row) = judge_clock(case, clock, course);
        marks.push(judged);
        tables.clocks.push(row);
    }
    marks
}

/// Where a clock stood, what it earns, and why.
struct Finding {
    state: ClockEnd,
    /// `None`: not exercised.
    points: Option<i64>,
    settled: Option<SimTime>,
    reason: String,
    entries: Vec<u64>,
    cap: Option<Cap>,
}

fn finding(state: ClockEnd, points: Option<i64>, reason: String) -> Finding {
    Finding { state, points, settled: None, reason, entries: Vec::new(), cap: None }
}

fn judge_clock(case: &Case<'_>, clock: &Clock, course: &ClockCourse) -> (Judged, ClockRow) {
    let found = match course.started {
        None => not_started(case, clock, course),
        Some((entry, at, due)) => {
            let mut found = started(case, clock, course, (at, due));
            found.entries.push(entry);
            if let Some(wait) = determination(case, clock, at) {
                found.reason = format!("{}; {}", found.reason, wait.0);
                found.entries.extend(wait.1);
            }
            found
        }
    };
    let title = format!("{}: {}", clock.regime, clock.duty);
    let advice = format!(
        "File {} to {} within {} of its anchor ({}). Source: {}.",
        clock.product,
        clock.to.iter().map(|p| case.record.name(p)).collect::<Vec<_>>().join(" and "),
        clock.target,
        anchors(case, clock),
        clock.source
    );
    let mut judged = Judged::new(blank(format!("clock/{}", clock.id), title, CLOCK, &clock.objective), advice);
    let mark = &mut judged.mark;
    mark.reason.clone_from(&found.reason);
    mark.seats.clone_from(&clock.by);
    if let Some(points) = found.points {
        mark.points = points;
        mark.status = status_of(points, mark.of);
        mark.evidence = case.show_all(&found.entries);
    }
    debug_assert!(mark.status == Status::NotExercised || !mark.evidence.is_empty(), "a mark without evidence");
    judged.caps.extend(found.cap);
    let row = ClockRow {
        clock: clock.id.clone(),
        regime: clock.regime.clone(),
        state: found.state,
        started: course.started.map(|(_, at, _)| at),
        due: course.started.map(|(_, _, due)| due),
        settled: found.settled,
        reason: found.reason,
        source: format!("{} (as of {})", clock.source, clock.as_of),
        mark: judged.mark.id.clone(),
    };
    (judged, row)
}

fn anchors(case: &Case<'_>, clock: &Clock) -> String {
    clock.anchored_by.iter().map(|c| case.record.cue_text(c)).collect::<Vec<_>>().join(" or ")
}

/// A filing by the exercise's own count: the product that went to one of those who have to be told, whether
/// or not the clock ran by then.
fn filed<'a>(case: &'a Case<'_>, clock: &Clock, course: &ClockCourse) -> Option<(u64, SimTime, Option<&'a SeatId>)> {
    let product = case.scenario.products.iter().find(|p| p.id == clock.product);
    let says = |entry: u64| {
        let message = case.record.messages.iter().find(|m| m.entry == entry);
        message.is_none_or(|m| product.is_none_or(|p| !p.is_empty_form(&m.sent.draft.body)))
    };
    let sent = clock
        .to
        .iter()
        .filter_map(|p| case.record.all(&Cue::SentTo(clock.product.clone(), p.clone())).iter().find(|h| says(h.entry)));
    let sent = sent.min_by_key(|h| h.entry).map(|h| (h.entry, h.at, h.by.as_ref()));
    let recorded = course.filed.as_ref().map(|(n, at, item)| {
        let message = case.record.messages.iter().find(|m| m.sent.id == *item);
        (*n, *at, message.map(|m| &m.sent.by))
    });
    match (sent, recorded) {
        (Some(a), Some(b)) => Some(if a.1 < b.1 { a } else { b }),
        (a, b) => a.or(b),
    }
}

fn started(case: &Case<'_>, clock: &Clock, course: &ClockCourse, (at, due): (SimTime, SimTime)) -> Finding {
    if let Some((entry, when, by)) = filed(case, clock, course) {
        return settled_by_filing(case, clock, (at, due), (entry, when, by));
    }
    if let Some((entry, when, decision, why)) = &course.waived {
        return waived(case, clock, Some((at, due)), (*entry, *when), (decision, why));
    }
    if course.overdue.is_some() || case.record.end > due {
        let mut found = finding(
            ClockEnd::Overdue,
            Some(0),
            format!("started {at}, due {due}: the deadline passed with nothing filed"),
        );
        found.entries.extend(course.overdue.map(|(n, _)| n));
        found.cap = Some(Cap::at_best_m(format!("the legal clock \"{}\" was missed", clock.regime)));
        return found;
    }
    // Nobody escapes a duty by determining late: had the table done in time what the facts called for, there
    // would have been time to file.
    let put_off = demanded(case, clock).into_iter().find(|(e, d)| {
        at > d.at + e.limit.max(e.target) && !case.after_end(d.at + e.limit.max(e.target) + clock.target)
    });
    if let Some((_, d)) = put_off.filter(|_| case.after_end(at + clock.target)) {
        let reason = format!("started {at}, due {due}: nothing filed by EndEx, because its anchor came so late");
        let mut found = finding(ClockEnd::Due, Some(0), reason);
        found.entries.push(d.entry);
        return found;
    }
    if case.after_end(at + clock.target) {
        let reason = format!("started {at}, due {due}; EndEx came before its target ({}) was over", clock.target);
        return finding(ClockEnd::Due, None, reason);
    }
    let reason = format!(
        "started {at}, due {due}: nothing filed by EndEx; a prepared table has it out {} after the anchor",
        clock.target
    );
    finding(ClockEnd::Due, Some(0), reason)
}

fn settled_by_filing(
    case: &Case<'_>,
    clock: &Clock,
    (at, due): (SimTime, SimTime),
    (entry, when, by): (u64, SimTime, Option<&SeatId>),
) -> Finding {
    let full = i64::from(CLOCK) * 100;
    let took = when.since(at);
    let text = format!("started {at}, filed {when}: {took} (target {}, due {due})", clock.target);
    let mut found = if when > due {
        let mut late = finding(ClockEnd::FiledLate, Some(0), format!("{text}; after the deadline"));
        late.cap = Some(Cap::at_best_m(format!("the legal clock \"{}\" was missed", clock.regime)));
        late
    } else if took <= clock.target {
        finding(ClockEnd::Filed, Some(full), text)
    } else {
        let text = format!("{text}; half, because it was in time by law and later than a prepared table");
        finding(ClockEnd::Filed, Some(full / 2), text)
    };
    found.settled = Some(when);
    found.entries.push(entry);
    if !case.record.may(&clock.by, by, entry) && found.points.is_some_and(|p| p > full / 2) {
        let who = by.map_or_else(|| "somebody".to_owned(), |s| case.record.seat_name(s));
        found.points = Some(full / 2);
        found.reason = format!(
            "{}; half, because {who} filed it and {} answers for it",
            found.reason,
            case.record.seat_names(&clock.by)
        );
    }
    found
}

/// A decision that the duty does not apply; it may have come before anything started the clock.
fn waived(
    case: &Case<'_>,
    clock: &Clock,
    ran: Option<(SimTime, SimTime)>,
    (entry, when): (u64, SimTime),
    (decision, why): (&DecisionId, &str),
) -> Finding {
    let full = i64::from(CLOCK) * 100;
    let right = clock.waiver_is_right.as_ref().is_some_and(|cond| case.record.holds(cond, entry, when));
    let why = why.trim();
    let said = if why.is_empty() { "no reason recorded".to_owned() } else { format!("\"{why}\"") };
    let start = ran.map_or_else(|| "before it started".to_owned(), |(at, _)| format!("started {at}"));
    let text = format!("{start}, decided not to apply {when} by {decision}: {said}");
    let late = ran.is_some_and(|(at, _)| when.since(at) > clock.target);
    let mut found = if !right {
        let due = ran.map_or_else(String::new, |(_, due)| format!(" (due {due})"));
        let mut wrong = finding(ClockEnd::WaivedWrongly, Some(0), format!("{text}; the duty does apply{due}"));
        wrong.cap = Some(Cap::at_best_m(format!("the duty \"{}\" was waived although it applies", clock.regime)));
        wrong
    } else if why.is_empty() {
        let text =
            format!("{text}; right, and half because a decision not to notify has to be recorded with its grounds");
        finding(ClockEnd::Waived, Some(full / 2), text)
    } else if late {
        let text = format!("{text}; right, and half because it came later than {} after the anchor", clock.target);
        finding(ClockEnd::Waived, Some(full / 2), text)
    } else {
        finding(ClockEnd::Waived, Some(full), format!("{text}; right"))
    };
    found.settled = Some(when);
    found.entries.push(entry);
    found
}

/// A clock that never started is no failure, unless the facts demanded the determination that starts it and
/// the table put it off: nobody escapes a duty by not looking.
fn not_started(case: &Case<'_>, clock: &Clock, course: &ClockCourse) -> Finding {
    if let Some((entry, when, decision, why)) = &course.waived {
        return waived(case, clock, None, (*entry, *when), (decision, why));
    }
    let put_off = demanded(case, clock).into_iter().find(|(e, d)| {
        let nobody = !e.any_of.iter().any(|cue| case.record.first(cue).is_some());
        nobody && !case.after_end(d.at + e.limit.max(e.target) + clock.target)
    });
    if let Some((e, d)) = put_off {
        let reason = format!(
            "never started, because \"{}\" was not done, which {} called for at {}: the duty was put off by not determining",
            e.what, e.called_for_by, d.at
        );
        let mut found = finding(ClockEnd::NotStarted, Some(0), reason);
        found.entries.push(d.entry);
        return found;
    }
    let sent = filed(case, clock, &ClockCourse::default());
    let reason = match sent {
        Some((_, at, _)) => {
            format!(
                "{} was sent at {at}, although nothing had started this clock ({})",
                clock.product,
                anchors(case, clock)
            )
        }
        None => format!("never started: {} did not happen", anchors(case, clock)),
    };
    let mut found = finding(ClockEnd::NotStarted, None, reason);
    found.settled = sent.map(|(_, at, _)| at);
    found
}

/// Expected actions that would have started the clock, with when they were called for.
fn demanded<'a>(case: &'a Case<'_>, clock: &Clock) -> Vec<(&'a Expected, Happening)> {
    let starts = |e: &&Expected| e.any_of.iter().any(|cue| clock.anchored_by.contains(cue));
    let called = |e: &'a Expected| Some((e, case.record.reached(&e.called_for_by)?));
    case.scenario.expected.iter().filter(starts).filter_map(called).collect()
}

/// How long the table took to determine what starts the clock, where that was its own to do.
fn determination(case: &Case<'_>, clock: &Clock, started: SimTime) -> Option<(String, Vec<u64>)> {
    let (e, d) = demanded(case, clock).into_iter().min_by_key(|(_, d)| d.entry)?;
    let took = started.since(d.at);
    (took > e.target).then(|| {
        let text = format!(
            "its anchor came {took} after {} called for it (target {}): the determination was delayed",
            e.called_for_by, e.target
        );
        (text, vec![d.entry])
    })
}
