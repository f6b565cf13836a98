//! Exercise overview: what an executive who was not there needs, on one page.

use crate::{
    block::{Block, Line, Section, Tone},
    case::Case,
    phrase::{self, count},
    picture,
};
use protocol::{Mode, SimTime};
use scoring::MeterRow;

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let mut blocks = vec![result(case), Block::Para(sentences(case))];
    if !case.over {
        blocks.push(Block::Note(
            "EndEx has not been given: this is an interim report, without the staff's ground truth.".into(),
        ));
    }
    blocks.push(Block::Terms(terms(case)));
    blocks.push(Block::Heading("Objectives".into()));
    let rated = |o: &scoring::ObjectiveCard| {
        let (letter, words, tone) = phrase::rating(o.rating);
        Line::new()
            .badge(tone, letter)
            .say(" ")
            .say(o.text.clone())
            .soft(format!(" ({}; {words})", phrase::capability(o.capability)))
    };
    blocks.push(Block::List(case.card.objectives.iter().map(rated).collect()));
    blocks.push(Block::Heading("Scenario summary".into()));
    blocks.push(Block::Quote(case.scenario.situation.clone()));
    blocks.extend(inspired(case));
    blocks.push(verification(case));
    Some(Section { id: "overview", title: "Exercise overview", blocks, page: false })
}

fn result(case: &Case<'_>) -> Block {
    let card = case.card;
    let (tone, word) = if card.passed { (Tone::Good, "Passed") } else { (Tone::Bad, "Not passed") };
    Block::Lead(
        Line::new()
            .badge(tone, word)
            .say(" ")
            .strong(format!("{} %", card.percent))
            .say(format!(", {} % needed", card.pass)),
    )
}

/// The result in two sentences.
fn sentences(case: &Case<'_>) -> Line {
    let card = case.card;
    let exercised = card.dimensions.iter().filter_map(|d| Some((d, d.percent?)));
    let best = exercised.clone().max_by_key(|(d, p)| (*p, std::cmp::Reverse(d.dimension)));
    let worst = exercised.min_by_key(|(d, p)| (*p, d.dimension));
    let mut first = format!("{} ", card.verdict.trim_end().trim_end_matches('.'));
    first = match harm(&card.meters) {
        Some(harm) => format!("{}; {harm}.", first.trim_end()),
        None => format!("{}.", first.trim_end()),
    };
    let lesson = card.improvements.first().map(|f| case.finding(f).0).filter(|t| !t.is_empty());
    let second = match (best, worst, lesson) {
        (Some((b, p)), Some((w, q)), _) if p == q && p == 100 => {
            format!(
                "All {} came out at 100 %, {} to {} alike.",
                "exercised dimensions",
                b.dimension.label(),
                w.dimension.label()
            )
        }
        (Some((b, p)), Some((w, q)), Some(lesson)) if b.dimension != w.dimension => format!(
            "The table was strongest in {} ({p} %) and weakest in {} ({q} %); first on the improvement plan is: {}.",
            b.dimension.label(),
            w.dimension.label(),
            phrase::short(lesson.trim_end_matches('.'), 160)
        ),
        (Some((b, p)), ..) => format!("The table was strongest in {} ({p} %).", b.dimension.label()),
        _ => "Nothing was exercised, so there is nothing to improve yet.".to_owned(),
    };
    Line::new().say(first).say(" ").say(second)
}

/// The weightiest harm, in its own unit, against nobody acting.
fn harm(meters: &[MeterRow]) -> Option<String> {
    let weighed = meters.iter().filter(|m| m.weight > 0 && m.nothing != m.reference);
    let worst = weighed.max_by_key(|m| (m.weight, std::cmp::Reverse(m.meter.clone())))?;
    let read = |n: i64| format!("{} {}", phrase::number(n), worst.unit);
    Some(if worst.value == worst.nothing {
        format!("\"{}\" ended at {}, as if nobody had acted", worst.name, read(worst.value))
    } else {
        format!(
            "\"{}\" ended at {} where doing nothing would have led to {}",
            worst.name,
            read(worst.value),
            read(worst.nothing)
        )
    })
}

fn terms(case: &Case<'_>) -> Vec<(&'static str, Line)> {
    let (scenario, card) = (case.scenario, case.card);
    let header = &case.material.transcript.header;
    let mode = match case.mode() {
        Some(Mode::Assess) => "assessment, sealed",
        Some(Mode::Practice) => "practice, hints on request",
        None => "not started",
    };
    let held = card.people.len();
    let day = case.day();
    let mut terms: Vec<(&'static str, Line)> = vec![
        (
            "Exercise",
            Line::new().strong(scenario.title.clone()).say(format!(" · {} {} ", scenario.id, card.version)).soft(mode),
        ),
        ("Held on", if day.is_empty() { "not recorded (played without a table)".into() } else { day.into() }),
        (
            "Story time",
            format!(
                "{} to {}, {} of exercise time",
                case.calendar.label(SimTime::ZERO),
                case.calendar.label(card.ended),
                card.ended.since(SimTime::ZERO)
            )
            .into(),
        ),
        (
            "Scope",
            format!(
                "Tabletop drill at {}: {} ({} held by people, the rest played by the simulation cell), {}, {}, {}",
                scenario.organisation,
                count(scenario.seats.len(), "seat"),
                held,
                count(scenario.injects.len(), "inject"),
                count(scenario.expected.len(), "expected action"),
                count(scenario.clocks.len(), "legal or contractual clock"),
            )
            .into(),
        ),
        ("Capabilities", capabilities(case).into()),
        ("Participants", participants(case)),
    ];
    if !scenario.trains.is_empty() {
        terms.push(("Trains", scenario.trains.join(" · ").into()));
    }
    if !header.exercise.is_empty() {
        terms.push(("Exercise id", Line::new().code(header.exercise.clone())));
    }
    terms
}

fn capabilities(case: &Case<'_>) -> String {
    let mut names: Vec<&'static str> = Vec::new();
    for o in &case.scenario.objectives {
        let name = phrase::capability(o.capability);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn participants(case: &Case<'_>) -> Line {
    let people = &case.card.people;
    if people.is_empty() {
        return "nobody: the simulation cell played every seat".into();
    }
    let titles =
        people.iter().map(
            |(seat, name)| {
                if case.pseudonymous() { case.seat(seat) } else { format!("{name} ({})", case.seat(seat)) }
            },
        );
    titles.collect::<Vec<_>>().join(", ").into()
}

fn inspired(case: &Case<'_>) -> Option<Block> {
    if case.scenario.inspired_by.is_empty() {
        return None;
    }
    let cases = case.scenario.inspired_by.iter().map(|i| {
        let kind = match i.kind {
            scenarios::model::CaseKind::Incident => "incident",
            scenarios::model::CaseKind::Exercise => "shown by researchers",
        };
        Line::new().code(i.case.clone()).say(format!(" ({kind}): {}", i.note))
    });
    Some(Block::Together(vec![
        Block::Para(
            format!("The organisation is invented. Inspired by cases of MITRE ATLAS {}:", case.scenario.atlas_release)
                .into(),
        ),
        Block::List(cases.collect()),
    ]))
}

fn verification(case: &Case<'_>) -> Block {
    let sealed = case.material.transcript.seal.as_ref();
    let mut blocks = vec![Block::Heading("Verification".into())];
    let mut terms: Vec<(&'static str, Line)> = Vec::new();
    match sealed {
        Some(seal) => {
            terms.push((
                "Seal",
                Line::new()
                    .code(seal.head.clone())
                    .soft(format!(" (SHA-256, head of the chain at entry {}, {})", seal.last, seal.at)),
            ));
            terms.push(("Check it", Line::new().code("startex verify FILE").say(" simulates the transcript file again, compares every entry and prints this hash; it exits with 0 only if all holds.")));
        }
        None => {
            terms.push((
                "Seal",
                "none: this transcript was not sealed, so nothing here can be proven unchanged.".into(),
            ));
            terms.push((
                "Check it",
                Line::new().code("startex verify FILE").say(" still simulates it again and compares every entry."),
            ));
        }
    }
    terms.push((
        "Scenario",
        Line::new()
            .code(case.card.scenario_hash.clone())
            .soft(format!(" (SHA-256 of its files); seed {}", case.card.seed)),
    ));
    blocks.push(Block::Terms(terms));
    Block::Together(blocks)
}

/// Used by the dimensions' section, too, so that both draw the same.
pub(crate) fn bars(case: &Case<'_>) -> String {
    picture::dimension::draw(case)
}
