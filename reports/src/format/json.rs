//! The report as JSON: `startex.report/1`, documented in `REPORT.md`.

use crate::{MARKING, case::Case, moment::Lane, plan};
use scoring::{CommunicationRow, Evidence, Scorecard};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Name and version of the shape.
const SCHEMA: &str = "startex.report/1";

/// Values under these keys are ids and fixed words of this program or of the scenario, never names.
const IDS: [&str; 40] = [
    "band",
    "by",
    "capability",
    "capability_element",
    "check",
    "clock",
    "competency",
    "credit",
    "dimension",
    "exercise",
    "flag",
    "head",
    "id",
    "inject",
    "item",
    "kind",
    "lane",
    "line",
    "mark",
    "marking",
    "marking_end",
    "marks",
    "meter",
    "objective",
    "party",
    "pattern",
    "product",
    "program",
    "rating",
    "rubric",
    "scenario",
    "scenario_hash",
    "schema",
    "seat",
    "seats",
    "sealed",
    "severity",
    "state",
    "status",
    "trap",
];

#[derive(Serialize)]
struct Report {
    marking: &'static str,
    schema: &'static str,
    exercise: Exercise,
    scorecard: Value,
    what_ifs: Value,
    timeline: Vec<Moment>,
    improvement_plan: Vec<Action>,
    participants: Vec<Participant>,
    marking_end: &'static str,
}

#[derive(Serialize)]
struct Exercise {
    id: String,
    title: String,
    organisation: String,
    held_on: Option<String>,
    story_from: String,
    story_to: String,
    program: String,
    names: &'static str,
    seal: Option<Seal>,
}

#[derive(Serialize)]
struct Seal {
    entry: u64,
    at: u64,
    head: String,
    sealed: String,
}

#[derive(Serialize)]
struct Moment {
    entry: u64,
    at: u64,
    lane: &'static str,
    seats: Vec<String>,
    kind: &'static str,
    item: Option<String>,
    text: String,
}

#[derive(Serialize)]
struct Action {
    mark: String,
    capability: &'static str,
    issue: String,
    seen: String,
    corrective_action: String,
    capability_element: &'static str,
    primary_responsible: Option<String>,
    organisation_poc: Option<String>,
    start_date: Option<String>,
    completion_date: Option<String>,
    points: i64,
}

#[derive(Serialize)]
struct Participant {
    seat: String,
    title: String,
    people: Vec<Sitting>,
}

#[derive(Serialize)]
struct Sitting {
    name: Option<String>,
    from: u64,
    to: Option<u64>,
}

/// Writes it.
pub(crate) fn render(case: &Case<'_>) -> String {
    let report = Report {
        marking: MARKING,
        schema: SCHEMA,
        exercise: exercise(case),
        scorecard: value(case, &scorecard(case)),
        what_ifs: value(case, &case.material.what_ifs),
        timeline: timeline(case),
        improvement_plan: actions(case),
        participants: participants(case),
        marking_end: MARKING,
    };
    // The types hold nothing JSON has no form for.
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn exercise(case: &Case<'_>) -> Exercise {
    let transcript = case.material.transcript;
    Exercise {
        id: transcript.header.exercise.clone(),
        title: case.ink.data(&case.scenario.title),
        organisation: case.ink.data(&case.scenario.organisation),
        held_on: some(case.day()),
        story_from: case.calendar.label(protocol::SimTime::ZERO),
        story_to: case.calendar.label(case.card.ended),
        program: transcript.header.program.clone(),
        names: if case.pseudonymous() { "seats" } else { "people" },
        seal: transcript.seal.as_ref().map(|s| Seal {
            entry: s.last,
            at: s.at.0,
            head: s.head.clone(),
            sealed: s.sealed.clone(),
        }),
    }
}

/// The scorecard as a reader of the report may have it: without the answers for instructors, and with every
/// place in a text moved along where names were replaced.
fn scorecard(case: &Case<'_>) -> Scorecard {
    let mut card = case.card.clone();
    let mut bodies: BTreeMap<u64, crate::names::Moves> = BTreeMap::new();
    for message in &case.record.messages {
        bodies.insert(message.entry, case.ink.mask.apply_moving(&message.sent.draft.body).1);
    }
    let shift = |evidence: &mut Vec<Evidence>| {
        for e in evidence {
            if let (Some((from, to)), Some(moves)) = (&mut e.span, bodies.get(&e.entry)) {
                (*from, *to) = (moves.place(*from, false), moves.place(*to, true));
            }
        }
    };
    card.dimensions.iter_mut().flat_map(|d| &mut d.marks).for_each(|m| shift(&mut m.evidence));
    card.strengths.iter_mut().chain(&mut card.improvements).for_each(|f| shift(&mut f.evidence));
    card.communications.iter_mut().for_each(|row| move_row(case, row));
    card
}

fn move_row(case: &Case<'_>, row: &mut CommunicationRow) {
    let (_, moves) = case.ink.mask.apply_moving(&row.text);
    let Some(reading) = &mut row.reading else { return };
    let place = |span: &mut rubric::Span| {
        (span.start, span.end) = (moves.place(span.start, false), moves.place(span.end, true));
    };
    for element in &mut reading.elements {
        if let Some(evidence) = &mut element.evidence {
            place(&mut evidence.span);
            evidence.words.iter_mut().for_each(place);
        }
        if let Some(miss) = &mut element.miss {
            place(&mut miss.span);
        }
    }
    for fact in &mut reading.facts {
        place(&mut fact.span);
        fact.expected_for_instructor = None;
    }
    for hit in &mut reading.prohibited {
        place(&mut hit.evidence.span);
        hit.evidence.words.iter_mut().for_each(place);
    }
    reading.gated.iter_mut().for_each(|g| place(&mut g.span));
    reading.form.iter_mut().filter_map(|f| f.span.as_mut()).for_each(place);
}

/// Serialized, with names out of every text.
fn value(case: &Case<'_>, what: &(impl Serialize + ?Sized)) -> Value {
    let mut value = serde_json::to_value(what).unwrap_or_default();
    if case.pseudonymous() {
        walk(case, &mut value);
    }
    value
}

fn walk(case: &Case<'_>, value: &mut Value) {
    match value {
        Value::String(text) => *text = case.ink.mask.apply(text).into_owned(),
        Value::Array(all) => all.iter_mut().for_each(|v| walk(case, v)),
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                match key.as_str() {
                    "people" => blank(case, inner),
                    key if IDS.contains(&key) && is_id(inner) => {}
                    _ => walk(case, inner),
                }
            }
        }
        _ => {}
    }
}

/// A name of something, or a list of names; what holds more is looked into.
fn is_id(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Array(all) => all.iter().all(Value::is_string),
        _ => false,
    }
}

/// Seat → name becomes seat → title.
fn blank(case: &Case<'_>, people: &mut Value) {
    if let Value::Object(map) = people {
        for (seat, name) in map.iter_mut() {
            *name = Value::String(case.seat(&protocol::SeatId::from(seat.as_str())));
        }
    }
}

fn timeline(case: &Case<'_>) -> Vec<Moment> {
    let moment = |m: &crate::moment::Moment| Moment {
        entry: m.entry,
        at: m.at.0,
        lane: match m.lane {
            Lane::Seats(_) => "seats",
            Lane::Table => "table",
            Lane::Staff => "staff",
        },
        seats: match &m.lane {
            Lane::Seats(seats) => seats.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        },
        kind: m.kind.label(),
        item: m.item.clone(),
        text: case.ink.data(&m.text),
    };
    case.moments.iter().map(moment).collect()
}

fn actions(case: &Case<'_>) -> Vec<Action> {
    let action = |c: plan::Corrective| Action {
        mark: c.mark,
        capability: c.capability,
        issue: case.ink.data(&c.issue),
        seen: case.ink.data(&c.seen),
        corrective_action: case.ink.data(&c.action),
        capability_element: c.element,
        primary_responsible: some(c.owner),
        organisation_poc: None,
        start_date: some(c.start),
        completion_date: None,
        points: c.points,
    };
    plan::correctives(case).into_iter().map(action).collect()
}

fn participants(case: &Case<'_>) -> Vec<Participant> {
    let sat = |seat: &protocol::SeatId| {
        let own = case.record.sittings.iter().filter(|s| s.seat == *seat);
        own.map(|s| Sitting {
            name: (!case.pseudonymous()).then(|| s.person.clone()),
            from: s.from.1.0,
            to: s.to.map(|(_, t)| t.0),
        })
        .collect()
    };
    let participant =
        |s: &scenarios::model::Seat| Participant { seat: s.id.to_string(), title: s.title.clone(), people: sat(&s.id) };
    case.scenario.seats.iter().map(participant).collect()
}
