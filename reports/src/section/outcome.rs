//! Outcome and what-ifs.

use crate::{
    block::{Block, Figure, Line, Section, Table},
    case::Case,
    phrase, picture,
};
use scoring::{MeterRow, WhatIf};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let mut blocks = vec![Block::Para(
        "Harm is measured, not told: each meter stands between the same scenario and seed with nobody acting (0 %) and with the reference response (100 %).".into(),
    )];
    if let Some(svg) = picture::outcome::draw(case) {
        blocks.push(Block::Figure(Figure { svg, caption: "Where each meter ended.".into() }));
        blocks.push(Block::Table(Table {
            caption: "Meters at EndEx",
            head: vec!["Meter", "As played", "Nobody acts", "Reference", "On the way", "Weight"],
            rows: case.card.meters.iter().map(row).collect(),
            small: false,
            widths: &[],
        }));
    } else {
        blocks.push(Block::Para("The scenario measures no harm.".into()));
    }
    blocks.push(Block::Heading("What single decisions were worth".into()));
    if case.material.what_ifs.is_empty() {
        blocks.push(Block::Para(
            "No single decision, moved or left out, would have changed the outcome for the better.".into(),
        ));
    } else {
        blocks.push(Block::Para("The exercise replayed with one command moved to when it was first possible, or left out; everything else as it was. Costliest first.".into()));
        blocks.push(Block::Numbered(case.material.what_ifs.iter().map(what_if).collect()));
    }
    Some(Section { id: "outcome", title: "Outcome and what-ifs", blocks, page: true })
}

fn row(meter: &MeterRow) -> Vec<Line> {
    let read = |n: i64| format!("{} {}", phrase::number(n), meter.unit);
    let way = picture::outcome::way(meter)
        .map_or_else(|| "nothing to decide".to_owned(), |w| format!("{} %", phrase::number(w)));
    vec![
        meter.name.clone().into(),
        Line::new().strong(read(meter.value)),
        read(meter.nothing).into(),
        read(meter.reference).into(),
        way.into(),
        meter.weight.to_string().into(),
    ]
}

fn what_if(what: &WhatIf) -> Line {
    let mut line = Line::new().strong(phrase::sentence(&what.change)).say(" ").code(format!("#{}", what.entry));
    for (name, unit, was, now) in &what.meters {
        let (by, word) = (was.abs_diff(*now), if now < was { "less" } else { "more" });
        let by = phrase::number(i64::try_from(by).unwrap_or(i64::MAX));
        line = line.then().say(format!(
            "{name}: {by} {unit} {word} ({} instead of {})",
            phrase::number(*now),
            phrase::number(*was)
        ));
    }
    line
}
