//! The way from a transcript to its scorecard.

use crate::{
    card::{Baselines, DimensionCard, SCHEMA, Scorecard},
    competency,
    dimension::DIMENSIONS,
    finding,
    judgement::{Case, Judged, Tables},
    rating,
    reader::{Reader, Rubrics},
    record::Record,
    revision::{self, Revision},
    total,
};
use protocol::SeatId;
use scenarios::{Loaded, model::Scenario};
use std::collections::BTreeMap;
use transcripts::Transcript;

/// Judges an exercise by a scenario and its rubrics.
///
/// Whoever judges many exercises of one scenario, or one exercise again and again, compiles its
/// [`Rubrics`] once and calls [`score_with`].
#[must_use]
pub fn score(loaded: &Loaded, transcript: &Transcript, baselines: &Baselines) -> Scorecard {
    let card = score_with(&loaded.scenario, &Rubrics::new(loaded), transcript, baselines);
    Scorecard { scenario_hash: loaded.hash.clone(), ..card }
}

/// Judges an exercise by a scenario and whatever reads its texts. The scenario's hash is the transcript's.
#[must_use]
pub fn score_with(
    scenario: &Scenario,
    reader: &dyn Reader,
    transcript: &Transcript,
    baselines: &Baselines,
) -> Scorecard {
    score_revised(scenario, reader, transcript, baselines, &[])
}

/// The same with an instructor's revisions in place of some marks: totals, ratings and findings follow from
/// them, and every revised mark says what the machine had given.
///
/// A mark revised to all its points no longer holds its objective down.
#[must_use]
pub fn score_revised(
    scenario: &Scenario,
    reader: &dyn Reader,
    transcript: &Transcript,
    baselines: &Baselines,
    revisions: &[Revision],
) -> Scorecard {
    let case = Case { scenario, reader, record: Record::new(scenario, transcript), baselines };
    let mut tables = Tables::default();
    let (dimensions, marks) = judge(&case, &mut tables, revisions);
    let outcome = total::Outcome {
        percent: total::overall(&dimensions),
        pass: scenario.scoring.pass,
        acted: case.record.anybody_acted(),
        critical: marks.iter().filter(|j| j.critical).map(|j| j.mark.title.as_str()).collect(),
        coverage: total::Coverage::of(&dimensions),
    };
    Scorecard {
        schema: SCHEMA.to_owned(),
        exercise: transcript.header.exercise.clone(),
        scenario: scenario.id.clone(),
        version: scenario.version.clone(),
        scenario_hash: transcript.header.scenario_hash.clone(),
        seed: transcript.header.seed,
        head: transcript.seal.as_ref().map_or_else(String::new, |s| s.head.clone()),
        people: people(&case.record),
        ended: case.record.end,
        percent: outcome.percent.unwrap_or(0),
        pass: outcome.pass,
        passed: outcome.passed(),
        verdict: outcome.verdict(&dimensions),
        objectives: rating::rate(scenario, &marks),
        competencies: competency::judge(scenario, &marks),
        strengths: finding::strengths(&marks),
        improvements: finding::improvements(&marks),
        dimensions,
        escalation: tables.escalation,
        clocks: tables.clocks,
        meters: tables.meters,
        communications: tables.communications,
    }
}

fn judge(case: &Case<'_>, tables: &mut Tables, revisions: &[Revision]) -> (Vec<DimensionCard>, Vec<Judged>) {
    let mut cards = Vec::new();
    let mut all = Vec::new();
    for (dimension, weight, judge) in DIMENSIONS {
        let mut marks = judge(case, tables);
        revision::apply(case, &mut marks, revisions);
        let shown = marks.iter().map(|j| j.mark.clone()).collect();
        cards.push(total::dimension(dimension, weight(&case.scenario.scoring), shown));
        all.extend(marks);
    }
    (cards, all)
}

/// Who sat where last.
fn people(record: &Record<'_>) -> BTreeMap<SeatId, String> {
    record.sittings.iter().map(|s| (s.seat.clone(), s.person.clone())).collect()
}
