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
    let case = Case { scenario, reader, record: Record::new(scenario, transcript), baselines };
    let mut tables = Tables::default();
    let (dimensions, marks) = judge(&case, &mut tables);
    let outcome = total::Outcome {
        percent: total::overall(&dimensions),
        pass: scenario.scoring.pass,
        acted: case.record.anybody_acted(),
        critical: marks.iter().filter(|j| j.critical).map(|j| j.mark.title.as_str()).collect(),
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

fn judge(case: &Case<'_>, tables: &mut Tables) -> (Vec<DimensionCard>, Vec<Judged>) {
    let mut cards = Vec::new();
    let mut all = Vec::new();
    for (dimension, weight, judge) in DIMENSIONS {
        let marks = judge(case, tables);
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
