//! The MSEL as delivered.

use crate::{
    block::{Block, Line, Section, Table, Tone},
    case::Case,
    phrase,
};
use protocol::{InjectId, SimTime};
use scenarios::model::Inject;

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let mut injects: Vec<(Option<SimTime>, &Inject)> =
        case.scenario.injects.iter().map(|i| (delivered(case, &i.id), i)).collect();
    if !case.over {
        injects.retain(|(at, _)| at.is_some());
    }
    // As delivered; what was not comes last, in the script's order.
    injects.sort_by_key(|(at, _)| at.map_or(u64::MAX, |t| t.0));
    let blocks = vec![Block::Table(Table {
        caption: "Injects in the order they were delivered",
        head: vec!["Inject", "Delivered", "From → to", "By", "Subject", "Expected response", "Opened", "Acknowledged"],
        rows: injects.into_iter().map(|(at, inject)| row(case, at, inject)).collect(),
        small: true,
        widths: &[11, 10, 21, 9, 15, 20, 7, 7],
    })];
    Some(Section { id: "msel", title: "MSEL as delivered", blocks, page: true })
}

fn delivered(case: &Case<'_>, inject: &InjectId) -> Option<SimTime> {
    case.record.deliveries.iter().find(|d| d.item.inject.as_ref() == Some(inject)).map(|d| d.at)
}

fn row(case: &Case<'_>, at: Option<SimTime>, inject: &Inject) -> Vec<Line> {
    let item = protocol::ItemId::from(&inject.id);
    let first = |all: Option<&Vec<(protocol::SeatId, u64, SimTime)>>| {
        all.and_then(|all| all.first()).map_or_else(
            || Line::from(if at.is_some() { "never" } else { "—" }),
            |(seat, _, t)| Line::new().say(t.to_string()).then().soft(case.seat(seat)),
        )
    };
    let when = match (at, case.record.skipped.get(&inject.id)) {
        (Some(at), _) => Line::new().say(at.to_string()),
        (None, Some(why)) => Line::new().badge(Tone::Quiet, "not delivered").then().soft(why.clone()),
        (None, None) => Line::new().badge(Tone::Quiet, "not delivered").then().soft("its trigger never came true"),
    };
    let channel = case
        .scenario
        .channels
        .iter()
        .find(|c| c.id == inject.via)
        .map_or_else(|| inject.via.to_string(), |c| c.name.clone());
    let expected: Vec<String> = case
        .scenario
        .expected
        .iter()
        .filter(|e| e.called_for_by == inject.id)
        .map(|e| e.what.trim_end_matches('.').to_owned())
        .collect();
    let expected = if expected.is_empty() { Line::new().soft("—") } else { expected.join("; ").into() };
    let acknowledged = if inject.needs_ack { first(case.record.acknowledged.get(&item)) } else { Line::from("—") };
    vec![
        Line::new().code(inject.id.to_string()).then().soft(phrase::inject_kind(inject.kind)),
        when,
        format!("{} → {}", case.party(&inject.from), case.seats(&inject.to)).into(),
        channel.into(),
        inject.subject.clone().into(),
        expected,
        first(case.record.opened.get(&item)),
        acknowledged,
    ]
}
