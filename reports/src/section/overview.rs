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
    if !case.scenario.trains.is_empty() {
        blocks.push(Block::Para("It trains to:".into()));
        blocks.push(Block::List(case.scenario.trains.iter().map(Into::into).collect()));
    }
    blocks.push(Block::Para("What the players knew at StartEx:".into()));
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

/// The result in two sentences: what came of it, and where it was strong and weak.
fn sentences(case: &Case<'_>) -> Line {
    let card = case.card;
    let missed = missed(&card.verdict);
    let mut first: Vec<String> = missed.into_iter().collect();
    first.extend(harm(&card.meters));
    let first =
        if first.is_empty() { card.verdict.clone() } else { format!("{}.", phrase::sentence(&first.join("; "))) };
    Line::new().say(first).say(" ").say(second(case))
}

fn second(case: &Case<'_>) -> String {
    let card = case.card;
    let exercised = card.dimensions.iter().filter_map(|d| Some((d.dimension, d.percent?)));
    let best = exercised.clone().max_by_key(|(d, p)| (*p, std::cmp::Reverse(*d)));
    let worst = exercised.min_by_key(|(d, p)| (*p, *d));
    // What the first sentence has said need not be said again.
    let titles = card.improvements.iter().map(|f| case.finding(f).0);
    let lesson = titles.into_iter().find(|t| !t.is_empty() && !card.verdict.contains(t.as_str()));
    let lesson = lesson.map(|t| phrase::short(t.trim_end_matches('.'), 160));
    match (best, worst) {
        (None, _) | (_, None) => "Nothing was exercised, so there is nothing to judge.".to_owned(),
        (Some((_, 0)), _) => lesson.map_or_else(
            || "Nothing earned points.".to_owned(),
            |t| format!("Nothing earned points; what weighed most: {t}."),
        ),
        (Some((_, p)), Some((_, q))) if p == q => format!("All dimensions came out alike, at {p} %."),
        (Some((b, p)), Some((w, q))) => {
            // Nobody is called strong for the least of their failures.
            let strongest = if p < card.pass {
                format!("Every dimension fell short, {} least ({p} %) and {} most ({q} %)", b.label(), w.label())
            } else {
                format!("The table was strongest in {} ({p} %) and weakest in {} ({q} %)", b.label(), w.label())
            };
            let cost = if missed(&card.verdict).is_some() { "cost it next" } else { "cost it" };
            lesson.map_or_else(|| format!("{strongest}."), |t| format!("{strongest}; what {cost} most: {t}."))
        }
    }
}

/// What decided against passing, in the verdict's own words: a critical action, or that nobody acted.
fn missed(verdict: &str) -> Option<String> {
    if verdict.contains("nobody at the table acted") {
        return Some("nobody at the table acted".to_owned());
    }
    verdict.find("the critical ").map(|at| verdict[at..].trim_end_matches('.').to_owned())
}

/// The weightiest harm, in its own unit, between nobody acting and the reference.
fn harm(meters: &[MeterRow]) -> Option<String> {
    let weighed = meters.iter().filter(|m| m.weight > 0 && m.nothing != m.reference);
    let worst = weighed.max_by_key(|m| (m.weight, std::cmp::Reverse(m.meter.clone())))?;
    let read = |n: i64| format!("{} {}", phrase::number(n), worst.unit);
    let (name, value) = (&worst.name, read(worst.value));
    Some(match (worst.value == worst.nothing, worst.value == worst.reference) {
        (true, _) => format!("\"{name}\" ended at {value}, as if nobody had acted"),
        (_, true) => format!(
            "\"{name}\" ended at {value}, as in the reference response, where doing nothing would have led to {}",
            read(worst.nothing)
        ),
        _ => format!(
            "\"{name}\" ended at {value}, where doing nothing would have led to {} and the reference response to {}",
            read(worst.nothing),
            read(worst.reference)
        ),
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
    let held = match card.people.len() {
        n if n == scenario.seats.len() => "all held by people".to_owned(),
        0 => "all played by the simulation cell".to_owned(),
        n => format!("{n} held by people, the others played by the simulation cell"),
    };
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
                "Tabletop drill at {}: {} ({held}), {}, {}, {}",
                scenario.organisation,
                count(scenario.seats.len(), "seat"),
                count(scenario.injects.len(), "inject"),
                count(scenario.expected.len(), "expected action"),
                count(scenario.clocks.len(), "legal or contractual clock"),
            )
            .into(),
        ),
        ("Capabilities", capabilities(case).into()),
        ("Participants", participants(case)),
    ];
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
