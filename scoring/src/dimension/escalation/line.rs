//! The lines of the escalation matrix, one verdict each.

use crate::{
    card::{EscalationRow, Status, Verdict},
    judgement::{Cap, Case, Judged, Tables, blank, falling, status_of},
    record::{Happening, Telling, either},
};
use protocol::{ChannelId, PartyId, ProductId, SeatId, Span, Subject};
use scenarios::model::EscalationLine;

pub(super) fn judge(case: &Case<'_>, tables: &mut Tables) -> Vec<Judged> {
    let mut marks = Vec::new();
    for line in &case.scenario.escalation {
        let found = find(case, line);
        let finding = weigh(case, line, &found);
        let (judged, row) = write(case, line, &found, finding);
        marks.push(judged);
        tables.escalation.push(row);
    }
    marks
}

/// What the record says about one line.
struct Found<'a> {
    called: Option<&'a Happening>,
    /// The first time any of them was told, by whomever and however; by the product where one is asked for.
    first: Option<&'a Telling>,
    /// The first time by an allowed seat over an allowed channel.
    proper: Option<&'a Telling>,
}

impl<'a> Found<'a> {
    /// The telling the verdict is about.
    fn telling(&self) -> Option<&'a Telling> {
        self.proper.or(self.first)
    }
}

fn find<'a>(case: &'a Case<'_>, line: &EscalationLine) -> Found<'a> {
    let told = || relevant(case, line);
    let proper = told().find(|t| seat_fits(case, line, t) && channel_fits(case, line, t));
    Found { called: case.record.first(&line.from), first: told().next(), proper }
}

fn relevant<'a>(case: &'a Case<'_>, line: &EscalationLine) -> impl Iterator<Item = &'a Telling> {
    let tell: Vec<PartyId> = line.tell.clone();
    let with: Option<ProductId> = line.with.clone();
    case.record.tellings.iter().filter(move |t| tell.contains(&t.party) && (with.is_none() || t.product == with))
}

fn seat_fits(case: &Case<'_>, line: &EscalationLine, told: &Telling) -> bool {
    case.record.may(&line.by, Some(&told.by), told.entry)
}

fn channel_fits(case: &Case<'_>, line: &EscalationLine, told: &Telling) -> bool {
    line.via.is_empty()
        || match &told.via {
            Some(via) => line.via.contains(via),
            None => line.via.iter().any(|c| is_voice(case, c)),
        }
}

/// A page or call is as good as any channel one speaks or pages on.
fn is_voice(case: &Case<'_>, channel: &ChannelId) -> bool {
    let name = case.scenario.channels.iter().find(|c| c.id == *channel).map_or("", |c| c.name.as_str());
    let text = format!("{channel} {name}").to_lowercase();
    ["phone", "page", "call", "voice", "bridge", "hotline"].iter().any(|word| text.contains(word))
}

/// A verdict with its points and its sentence.
struct Finding {
    verdict: Verdict,
    points: i64,
    reason: String,
    /// Entries besides the call and the telling.
    more: Vec<u64>,
}

fn finding(verdict: Verdict, points: i64, reason: String) -> Finding {
    Finding { verdict, points, reason, more: Vec::new() }
}

fn weigh(case: &Case<'_>, line: &EscalationLine, found: &Found<'_>) -> Finding {
    let Some(told) = found.telling() else { return untold(case, line, found) };
    // What was said too early or without leave cannot be unsaid: the first telling decides, not the best.
    if let Some(first) = found.first {
        if let Some(too_early) = premature(case, line, first) {
            return too_early;
        }
        if let Some(without_leave) = unauthorised(case, line, first) {
            return without_leave;
        }
    }
    let Some(called) = found.called else {
        let reason = format!("told at {}, but {}: nothing to grade", told.at, case.record.never(&line.from));
        return finding(Verdict::NotExercised, 0, reason);
    };
    in_time(case, line, found, called, told)
}

fn untold(case: &Case<'_>, line: &EscalationLine, found: &Found<'_>) -> Finding {
    let Some(called) = found.called else {
        return finding(Verdict::NotExercised, 0, case.record.never(&line.from));
    };
    if case.after_end(called.at + line.within) {
        let reason = format!("called for {}; EndEx came before the {} were over", called.at, line.within);
        return finding(Verdict::NotExercised, 0, reason);
    }
    if !somebody_could(case, line, called) {
        let reason = "nobody else sat at the table who could have told them".to_owned();
        return finding(Verdict::NotExercised, 0, reason);
    }
    let with = line.with.as_ref().map_or_else(String::new, |p| format!(" with {p}"));
    let reason = format!("called for {} → never told{with} (within {}, limit {})", called.at, line.within, limit(line));
    finding(Verdict::Missed, 0, reason)
}

/// Nobody can tell themselves: a line to the only person at the table is no test of them.
fn somebody_could(case: &Case<'_>, line: &EscalationLine, called: &Happening) -> bool {
    let from_then_on: Vec<&SeatId> =
        case.record.sittings.iter().filter(|s| s.to.is_none_or(|(n, _)| n > called.entry)).map(|s| &s.seat).collect();
    let allowed = |s: &SeatId| case.record.may(&line.by, Some(s), called.entry);
    case.record.sittings.is_empty()
        || line.tell.iter().any(|p| from_then_on.iter().any(|s| s.as_str() != p.as_str() && allowed(s)))
}

fn premature(case: &Case<'_>, line: &EscalationLine, first: &Telling) -> Option<Finding> {
    let cue = line.not_before.as_ref()?;
    match case.record.first(cue) {
        Some(h) if h.entry <= first.entry => None,
        later => {
            let when = later.map_or_else(|| "which never happened".to_owned(), |h| format!("which was at {}", h.at));
            let reason = format!("told {}, before {}, {when}", first.at, case.record.cue_text(cue));
            let mut finding = finding(Verdict::Premature, 0, reason);
            finding.more.extend(later.map(|h| h.entry));
            Some(finding)
        }
    }
}

fn unauthorised(case: &Case<'_>, line: &EscalationLine, first: &Telling) -> Option<Finding> {
    let of = line.approval.as_ref()?;
    if approved(case, line, of, first) {
        return None;
    }
    let refused = case.record.approvals.iter().rfind(|a| a.of == *of && !a.granted && a.entry < first.entry);
    let name = case.record.name(of);
    let how = if refused.is_some() { "although refused by" } else { "without the approval of" };
    let mut finding = finding(Verdict::Unauthorised, 0, format!("told {} {how} {name}", first.at));
    finding.more.extend(refused.map(|a| a.entry));
    Some(finding)
}

/// Whether a telling had the approval a line asks for: recorded on the message, given for the product, or
/// the approver's own doing. Where no product goes to that party there is no form to ask on, and any
/// approval of theirs counts.
fn approved(case: &Case<'_>, line: &EscalationLine, of: &PartyId, told: &Telling) -> bool {
    let owner = |p: &ProductId| case.scenario.products.iter().find(|x| x.id == *p).and_then(|x| x.approval.as_ref());
    if told.by.as_str() == of.as_str() {
        return true;
    }
    if let Some(product) = &told.product
        && owner(product) == Some(of)
        && told.approved == Some(true)
    {
        return true;
    }
    let goes_there = |p: &ProductId| case.scenario.products.iter().any(|x| x.id == *p && x.to.contains(&told.party));
    let any_form = case.scenario.products.iter().any(|x| x.to.contains(&told.party)) || line.with.is_some();
    case.record.approvals.iter().any(|a| {
        a.granted
            && a.of == *of
            && a.entry < told.entry
            && match (&a.subject, &told.product) {
                (Subject::Product(p), Some(sent)) => p == sent,
                (Subject::Product(p), None) => goes_there(p) || !any_form,
                (Subject::Action(_), _) => !any_form,
            }
    })
}

fn limit(line: &EscalationLine) -> Span {
    line.limit.max(line.within)
}

fn in_time(case: &Case<'_>, line: &EscalationLine, found: &Found<'_>, called: &Happening, told: &Telling) -> Finding {
    let of = i64::from(line.points) * 100;
    let took = told.at.since(called.at);
    let window = format!("within {}, limit {}", line.within, limit(line));
    let early = if told.at < called.at { ", before it was called for" } else { "" };
    let unanswered = if told.is_page() && told.answered.is_none() { "; the page was not answered" } else { "" };
    let when = format!("called for {} → told {}{early}: {took} ({window}){unanswered}", called.at, told.at);
    if took > limit(line) {
        return finding(Verdict::Missed, 0, format!("{when}; after the limit"));
    }
    let timely = falling(of, took, line.within, limit(line));
    if found.proper.is_none() {
        return wrong_party(case, line, told, timely, &when);
    }
    if let Some((name, entry)) = overtaken(case, line, told) {
        let reason = format!("{when}; half, because {name} comes first");
        let mut finding = finding(Verdict::OutOfOrder, timely / 2, reason);
        finding.more.extend(entry);
        return finding;
    }
    let verdict = if took <= line.within { Verdict::OnTime } else { Verdict::Late };
    finding(verdict, timely, when)
}

fn wrong_party(case: &Case<'_>, line: &EscalationLine, told: &Telling, timely: i64, when: &str) -> Finding {
    let who = case.record.seat_name(&told.by);
    if !seat_fits(case, line, told) {
        let should = case.record.seat_names(&line.by);
        let reason = format!("{when}; half, because {who} told them and the matrix names {should}");
        return finding(Verdict::WrongParty, timely / 2, reason);
    }
    let names: Vec<String> = line.via.iter().map(|c| channel_name(case, c)).collect();
    let used = told.via.as_ref().map_or_else(|| "a page".to_owned(), |c| channel_name(case, c));
    let overheard =
        told.via.as_ref().is_some_and(|via| case.scenario.channels.iter().any(|c| c.id == *via && c.compromised));
    if overheard {
        let reason = format!("{when}; nothing, because it went by {used}, where the adversary reads along");
        return finding(Verdict::WrongParty, 0, reason);
    }
    let reason = format!("{when}; half, because it went by {used} and the matrix asks for {}", either(&names));
    finding(Verdict::WrongParty, timely / 2, reason)
}

fn channel_name(case: &Case<'_>, id: &ChannelId) -> String {
    case.scenario.channels.iter().find(|c| c.id == *id).map_or_else(|| id.to_string(), |c| c.name.clone())
}

/// The first line that had to come before and did not. A line whose own moment never came is no obstacle.
fn overtaken(case: &Case<'_>, line: &EscalationLine, told: &Telling) -> Option<(String, Option<u64>)> {
    let earlier = line.after.iter().filter_map(|id| case.scenario.escalation.iter().find(|l| l.id == *id));
    earlier.filter(|l| case.record.first(&l.from).is_some()).find_map(|l| {
        let then = relevant(case, l).next().map(|t| t.entry);
        match then {
            Some(n) if n <= told.entry => None,
            other => Some((names(case, l), other)),
        }
    })
}

fn names(case: &Case<'_>, line: &EscalationLine) -> String {
    either(&line.tell.iter().map(|p| case.record.name(p)).collect::<Vec<_>>())
}

fn write(case: &Case<'_>, line: &EscalationLine, found: &Found<'_>, finding: Finding) -> (Judged, EscalationRow) {
    let title = format!("Tell {}", names(case, line));
    let mut judged = Judged::new(
        blank(format!("escalation/{}", line.id), &title, line.points, &line.objective),
        advice(case, line, &title),
    );
    let told = match finding.verdict {
        Verdict::Premature | Verdict::Unauthorised => found.first,
        _ => found.telling(),
    };
    let mark = &mut judged.mark;
    mark.reason.clone_from(&finding.reason);
    mark.seats = if line.by.is_empty() { told.map(|t| t.by.clone()).into_iter().collect() } else { line.by.clone() };
    if finding.verdict != Verdict::NotExercised {
        mark.points = finding.points;
        mark.status = if finding.verdict == Verdict::OnTime { Status::Met } else { status_of(finding.points, mark.of) };
        let entries = found.called.map(|h| h.entry).into_iter().chain(told.map(|t| t.entry)).chain(finding.more);
        mark.evidence = case.show_all(&entries.collect::<Vec<_>>());
    }
    judged.caps.extend(cap(line, finding.verdict, &title));
    let party = told.map(|t| &t.party).or_else(|| line.tell.first()).cloned().unwrap_or_else(|| "nobody".into());
    let row = EscalationRow {
        line: Some(line.id.clone()),
        name: if told.is_some() { case.record.name(&party) } else { names(case, line) },
        party,
        verdict: finding.verdict,
        called: found.called.map(|h| h.at),
        told: told.map(|t| t.at),
        by: told.map(|t| t.by.clone()),
        reason: finding.reason,
        mark: judged.mark.id.clone(),
    };
    (judged, row)
}

/// A legal line missed, or one told without leave, is not after law or plan.
fn cap(line: &EscalationLine, verdict: Verdict, title: &str) -> Option<Cap> {
    match verdict {
        Verdict::Missed if line.legal => {
            Some(Cap::at_best_m(format!("\"{title}\" is asked for by law or contract and was missed")))
        }
        Verdict::Premature if line.legal => Some(Cap::at_best_m(format!("\"{title}\" came before it was allowed"))),
        Verdict::Unauthorised => Some(Cap::at_best_m(format!("\"{title}\" was done without the approval it needs"))),
        _ => None,
    }
}

fn advice(case: &Case<'_>, line: &EscalationLine, title: &str) -> String {
    let by = if line.by.is_empty() { String::new() } else { format!(" by {}", case.record.seat_names(&line.by)) };
    let via: Vec<String> = line.via.iter().map(|c| channel_name(case, c)).collect();
    let via = if via.is_empty() { String::new() } else { format!(" over {}", either(&via)) };
    let leave =
        line.approval.as_ref().map_or_else(String::new, |of| format!(", after approval by {}", case.record.name(of)));
    format!("{title}{by}{via} within {} of {}{leave}: {}", line.within, case.record.cue_text(&line.from), line.why)
}
