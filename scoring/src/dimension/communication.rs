//! Communication quality: what was sent as a written product, read against its rubric.
//!
//! The message that counts is the first one sent as the product to somebody it is for. A later one that is
//! marked as a correction, and goes out before the limit, is read in its place: people may put a statement
//! right. When it was sent is still taken from the first.

mod quote;

use crate::{
    card::{CommunicationRow, Status},
    judgement::{Cap, Case, Judged, Tables, blank, points_text, share, status_of},
    reader::Text,
    record::{Happening, Message},
};
use protocol::{PartyId, SimTime, Span};
use rubric::Reading;
use scenarios::model::Product;

/// Timeliness takes at most this share of what a text earned, in percent.
const LATE: i64 = 30;
/// What a fault of form takes of a product's points, in percent.
const FAULT: i64 = 10;
/// What a grave one takes: no approval, or a channel the adversary reads.
const GRAVE: i64 = 20;
/// All faults of form together take at most this, in percent.
const FAULTS: i64 = 50;
/// Words a subject opens with when it puts an earlier message right.
const CORRECTION: [&str; 6] = ["correct", "update", "amend", "errat", "revis", "supersed"];

pub(crate) fn judge(case: &Case<'_>, tables: &mut Tables) -> Vec<Judged> {
    let mut marks = Vec::new();
    for product in &case.scenario.products {
        let (judged, row) = judge_product(case, product);
        marks.push(judged);
        tables.communications.push(row);
    }
    quote::contradictions(case, &mut marks, &tables.communications);
    marks
}

fn judge_product(case: &Case<'_>, product: &Product) -> (Judged, CommunicationRow) {
    let title = format!("{} for {}", product.name, recipients(case, &product.to));
    let id = format!("communication/{}", product.id);
    let mut judged = Judged::new(blank(id, title, product.points, &product.objective), advice_unsent(case, product));
    judged.mark.seats.clone_from(&product.by);
    let mut row = CommunicationRow {
        product: product.id.clone(),
        name: product.name.clone(),
        item: None,
        entry: None,
        by: None,
        sent: None,
        text: String::new(),
        reading: None,
        mark: judged.mark.id.clone(),
    };
    let called = case.record.first(&product.from);
    match choose(case, product, called) {
        None => not_sent(case, product, called, &mut judged),
        Some(chosen) => sent(case, product, called, &chosen, &mut judged, &mut row),
    }
    (judged, row)
}

fn recipients(case: &Case<'_>, to: &[PartyId]) -> String {
    let names: Vec<String> = to.iter().map(|p| case.record.name(p)).collect();
    if names.is_empty() { "anyone".to_owned() } else { names.join(", ") }
}

fn limit(product: &Product) -> Span {
    product.limit.max(product.target)
}

fn not_sent(case: &Case<'_>, product: &Product, called: Option<&Happening>, judged: &mut Judged) {
    let mark = &mut judged.mark;
    let Some(called) = called else {
        mark.reason = case.record.never(&product.from);
        return;
    };
    if case.after_end(called.at + product.target) {
        mark.reason = format!("called for {}; EndEx came before its target ({}) was over", called.at, product.target);
        return;
    }
    mark.status = Status::Failed;
    mark.reason = format!(
        "called for {} by {} → never sent (target {}, limit {})",
        called.at,
        case.record.cue_text(&product.from),
        product.target,
        limit(product)
    );
    mark.evidence = vec![case.show(called)];
}

/// The message whose text is read, and the one whose time counts.
struct Chosen<'a> {
    first: &'a Message<'a>,
    read: &'a Message<'a>,
    /// It reached at least one of those it is for.
    reached: bool,
}

fn choose<'a>(case: &'a Case<'_>, product: &Product, called: Option<&Happening>) -> Option<Chosen<'a>> {
    let all: Vec<&Message<'_>> =
        case.record.messages.iter().filter(|m| m.sent.draft.product.as_ref() == Some(&product.id)).collect();
    let reaches = |m: &&&Message<'_>| product.to.is_empty() || m.sent.draft.to.iter().any(|p| product.to.contains(p));
    let reached = all.iter().find(reaches);
    let first = *reached.or(all.first())?;
    let in_time = |m: &Message<'_>| called.is_none_or(|c| m.at.since(c.at) <= limit(product));
    let corrects = |m: &Message<'_>| {
        let subject = m.sent.draft.subject.trim().to_lowercase();
        m.sent.draft.re.as_ref() == Some(&first.sent.id) || CORRECTION.iter().any(|word| subject.starts_with(word))
    };
    let correction = all.iter().filter(reaches).rfind(|m| m.entry > first.entry && corrects(m) && in_time(m)).copied();
    Some(Chosen { first, read: correction.unwrap_or(first), reached: reached.is_some() })
}

fn sent(
    case: &Case<'_>,
    product: &Product,
    called: Option<&Happening>,
    chosen: &Chosen<'_>,
    judged: &mut Judged,
    row: &mut CommunicationRow,
) {
    let message = chosen.read;
    let draft = &message.sent.draft;
    let reading = read(case, product, message);
    row.item = Some(message.sent.id.clone());
    row.entry = Some(message.entry);
    row.by = Some(message.sent.by.clone());
    row.sent = Some(message.at);
    row.text = quote::whole(draft);
    judged.mark.evidence = case.show_all(&[chosen.first.entry, message.entry]);
    if product.by.is_empty() {
        judged.mark.seats = vec![message.sent.by.clone()];
    }
    unauthorised(case, product, message, judged);
    match &reading {
        None => {
            judged.mark.status = Status::NotGraded;
            judged.mark.reason = format!("sent {}; there is no rubric to read it by", message.at);
        }
        Some(reading) => {
            graded(case, product, called, chosen, reading, judged);
            judged.mark.evidence.extend(quote::evidence(message, reading));
            judged.mark.evidence.sort_by_key(|e| (e.entry, e.span));
            judged.advice = quote::advice(reading, &judged.advice);
        }
    }
    row.reading = reading.map(|r| quote::shifted(r, quote::prefix(draft)));
}

fn read(case: &Case<'_>, product: &Product, message: &Message<'_>) -> Option<Reading> {
    let known = case.record.injects_before(message.entry);
    let injects = known.iter().map(|(id, item)| (id.as_str(), item.body.as_str())).collect();
    let papers = case.record.papers_before(message.entry);
    let situation = &case.scenario.situation;
    let text = Text { body: &message.sent.draft.body, at: message.at, injects, papers, situation };
    case.reader.read(&product.id, &text)
}

fn unauthorised(case: &Case<'_>, product: &Product, message: &Message<'_>, judged: &mut Judged) {
    if let Some(approver) = &product.approval
        && message.sent.approved == Some(false)
    {
        let who = case.record.name(approver);
        judged.caps.push(Cap::at_best_m(format!("\"{}\" went out without the approval of {who}", product.name)));
    }
}

fn graded(
    case: &Case<'_>,
    product: &Product,
    called: Option<&Happening>,
    chosen: &Chosen<'_>,
    reading: &Reading,
    judged: &mut Judged,
) {
    let mark = &mut judged.mark;
    let when = timing(case, product, called, chosen.first.at);
    let mut reasons = vec![when.text.clone()];
    if chosen.read.entry != chosen.first.entry {
        reasons.push(format!("its correction of {} was read", chosen.read.at));
    }
    reasons.push(format!("text {}", reading.summary().trim_end_matches('.')));
    let content = scaled(mark.of, reading);
    let timely = content - content * LATE * when.lateness / 10_000;
    let faults = faults(case, product, chosen);
    let taken: i64 = faults.iter().map(|(percent, _)| percent).sum::<i64>().min(FAULTS);
    reasons.extend(faults.into_iter().map(|(percent, why)| format!("{why} (-{percent} %)")));
    mark.points = if when.void || !chosen.reached { 0 } else { (timely - mark.of * taken / 100).max(0) };
    if !chosen.reached {
        reasons.push(format!("nothing, because it reached none of {}", recipients(case, &product.to)));
    }
    if reading.needs_review() {
        let doubts: Vec<&str> = reading.review.iter().map(|r| r.trim_end_matches('.')).collect();
        reasons.push(format!("for a person to look at: {}", doubts.join("; ")));
    }
    mark.status = status_of(mark.points, mark.of);
    mark.reason = reasons.join("; ");
    if mark.points < content {
        mark.reason = format!("{}; {} of {} in all", mark.reason, points_text(mark.points), points_text(mark.of));
    }
    mark.evidence.extend(called.map(|c| case.show(c)));
}

/// A reading on its own scale as points of the mark.
fn scaled(of: i64, reading: &Reading) -> i64 {
    let earned = u64::try_from(reading.points).unwrap_or(0);
    let possible = u64::try_from(reading.out_of).unwrap_or(0);
    share(of, earned, possible)
}

struct Timing {
    text: String,
    /// How far past the target on the way to the limit, in percent.
    lateness: i64,
    /// After the limit it counts as not delivered.
    void: bool,
}

fn timing(case: &Case<'_>, product: &Product, called: Option<&Happening>, sent: SimTime) -> Timing {
    let Some(called) = called else {
        let text = format!("sent {sent}, before {}", case.record.cue_text(&product.from));
        return Timing { text, lateness: 0, void: false };
    };
    let (took, target, limit) = (sent.since(called.at), product.target, limit(product));
    let early = if sent < called.at { ", before it was called for" } else { "" };
    let text = format!("called for {} → sent {sent}{early}: {took} (target {target}, limit {limit})", called.at);
    if took > limit {
        return Timing { text: format!("{text}; after the limit it counts as not sent"), lateness: 100, void: true };
    }
    let lateness = 100 - crate::judgement::falling(100, took, target, limit);
    Timing { text, lateness, void: false }
}

/// Faults of form: percent of the product's points, and why.
fn faults(case: &Case<'_>, product: &Product, chosen: &Chosen<'_>) -> Vec<(i64, String)> {
    let message = chosen.read;
    let draft = &message.sent.draft;
    let mut faults = Vec::new();
    if let Some(approver) = &product.approval
        && message.sent.approved == Some(false)
    {
        faults.push((GRAVE, format!("sent without the approval of {}", case.record.name(approver))));
    }
    if let Some(right) = product.tlp
        && draft.tlp != Some(right)
    {
        let was = draft.tlp.map_or_else(|| "not marked".to_owned(), |t| format!("marked {t}"));
        faults.push((FAULT, format!("{was} instead of {right}")));
    }
    faults.extend(wrong_channel(case, product, message));
    faults.extend(wrong_recipients(case, product, chosen));
    if !case.record.may(&product.by, Some(&message.sent.by), message.entry) {
        let who = case.record.seat_name(&message.sent.by);
        faults.push((FAULT, format!("sent by {who}; {} writes it", case.record.seat_names(&product.by))));
    }
    faults
}

fn wrong_channel(case: &Case<'_>, product: &Product, message: &Message<'_>) -> Option<(i64, String)> {
    let via = message.sent.draft.via.as_ref().filter(|via| **via != product.via)?;
    let known = case.scenario.channels.iter().find(|c| c.id == *via);
    let name = known.map_or_else(|| via.to_string(), |c| c.name.clone());
    if known.is_some_and(|c| c.compromised) {
        return Some((GRAVE, format!("sent by {name}, where the adversary reads along")));
    }
    let right = case.scenario.channels.iter().find(|c| c.id == product.via);
    let right = right.map_or_else(|| product.via.to_string(), |c| c.name.clone());
    Some((FAULT, format!("sent by {name} instead of {right}")))
}

fn wrong_recipients(case: &Case<'_>, product: &Product, chosen: &Chosen<'_>) -> Vec<(i64, String)> {
    if product.to.is_empty() || !chosen.reached {
        return Vec::new();
    }
    // A notice may go out in several messages, one for each reader.
    let same = case.record.messages.iter().filter(|m| m.sent.draft.product.as_ref() == Some(&product.id));
    let got: Vec<&PartyId> = same.flat_map(|m| &m.sent.draft.to).collect();
    let missing: Vec<String> = product.to.iter().filter(|p| !got.contains(p)).map(|p| case.record.name(p)).collect();
    let is_seat = |p: &PartyId| case.scenario.seats.iter().any(|s| s.id.as_str() == p.as_str());
    let to = &chosen.read.sent.draft.to;
    let beyond: Vec<String> =
        to.iter().filter(|p| !product.to.contains(p) && !is_seat(p)).map(|p| case.record.name(p)).collect();
    let mut faults = Vec::new();
    if !missing.is_empty() {
        faults.push((FAULT, format!("did not reach {}", missing.join(", "))));
    }
    if !beyond.is_empty() {
        faults.push((FAULT, format!("also went to {}, whom it is not for", beyond.join(", "))));
    }
    faults
}

fn advice_unsent(case: &Case<'_>, product: &Product) -> String {
    let leave =
        product.approval.as_ref().map_or_else(String::new, |p| format!(", approved by {}", case.record.name(p)));
    format!(
        "Send the {} to {} within {} of {}{leave}. {}",
        product.name,
        recipients(case, &product.to),
        product.target,
        case.record.cue_text(&product.from),
        product.audience
    )
}
