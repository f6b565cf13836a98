//! Obligations: anchor, due, settled, source. Never legal advice.

use crate::{
    block::{Block, Line, Section, Table},
    case::Case,
    phrase,
};
use protocol::SimTime;
use scenarios::model::Anchor;
use scoring::ClockRow;

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    if case.card.clocks.is_empty() {
        blocks.push(Block::Para("The scenario has no legal or contractual clock.".into()));
    } else {
        blocks.push(Block::Note("Not legal advice. Sources are named with the day they were read; the law may have changed since, and it may not fit your case.".into()));
        blocks.push(Block::Table(Table {
            caption: "Legal and contractual clocks",
            head: vec![
                "Obligation",
                "At EndEx",
                "Anchor",
                "Started",
                "Due",
                "Settled",
                "What happened",
                "Source and as-of date",
            ],
            rows: case.card.clocks.iter().map(|row| line(case, row)).collect(),
            small: true,
            widths: &[19, 10, 12, 8, 9, 8, 18, 16],
        }));
    }
    Some(Section { id: "clocks", title: "Clocks", blocks, page: true })
}

fn anchor(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Awareness => "awareness",
        Anchor::Classification => "classification as major",
        Anchor::Materiality => "materiality determined",
        Anchor::Discovery => "discovery",
        Anchor::ModelInvolvement => "model's involvement known",
        Anchor::Payment => "payment",
        Anchor::Filing => "an earlier filing",
        Anchor::Contract => "as the contract says",
    }
}

fn line(case: &Case<'_>, row: &ClockRow) -> Vec<Line> {
    let authored = case.scenario.clocks.iter().find(|c| c.id == row.clock);
    let (word, tone) = phrase::clock(row.state);
    let when = |at: Option<SimTime>| match at {
        None => Line::from("—"),
        Some(at) => Line::new().say(at.to_string()).then().soft(case.story(at)),
    };
    let course = case.record.clocks.get(&row.clock);
    let begun = course.map(|c| c.anchor.clone()).filter(|a| !a.is_empty());
    let from = begun.map_or_else(|| Line::from(authored.map_or("", |c| anchor(c.anchor))), Line::from);
    let duty = authored.map_or_else(String::new, |c| c.duty.clone());
    vec![
        Line::new().say(row.regime.clone()).then().soft(duty),
        Line::new().badge(tone, word),
        from,
        when(row.started),
        when(row.due),
        when(row.settled),
        row.reason.clone().into(),
        row.source.clone().into(),
    ]
}
