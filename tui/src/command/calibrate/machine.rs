//! The machine's reading of each message, as it would have read it in an exercise.

use super::label::Label;
use crate::cli::Failure;
use anyhow::anyhow;
use protocol::{ProductId, SimTime, moves::Moves};
use rubric::{Compiled, Context, Reading, Source, SourceKind};
use scenarios::Loaded;
use scoring::{Reader, Record, Rubrics, Text};
use std::collections::BTreeMap;

/// Seed of the reference response that says what had been delivered by when.
pub(super) const SEED: u64 = 1;

/// An inject that reached the table.
struct Delivered {
    at: SimTime,
    inject: String,
    body: String,
}

/// Reads messages.
pub(super) struct Machine<'a> {
    loaded: &'a Loaded,
    compiled: BTreeMap<String, Compiled>,
    rubrics: Rubrics,
    deliveries: Vec<Delivered>,
}

impl<'a> Machine<'a> {
    /// Makes ready what the labels need.
    pub(super) fn new(loaded: &'a Loaded, labels: &[Label]) -> Result<Self, Failure> {
        let mut compiled = BTreeMap::new();
        for rubric in loaded.rubrics.iter().filter(|r| labels.iter().any(|l| l.product == r.id)) {
            let ready = Compiled::new(rubric).map_err(|faults| {
                let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
                Failure::faulty(anyhow!("reading the rubric \"{}\": {}", rubric.id, all.join("; ")))
            })?;
            compiled.insert(rubric.id.clone(), ready);
        }
        let timed = labels.iter().any(|l| l.at.is_some() && l.delivered.is_none());
        let deliveries = if timed { deliveries(loaded)? } else { Vec::new() };
        Ok(Self { loaded, compiled, rubrics: Rubrics::new(loaded), deliveries })
    }

    pub(super) fn read(&self, label: &Label) -> Option<Reading> {
        let situation = &self.loaded.scenario.situation;
        let authored = |id: &str| self.loaded.scenario.injects.iter().find(|i| i.id.as_str() == id);
        let given = label.delivered.as_ref().map(|ids| {
            ids.iter().filter_map(|id| Some((id.as_str(), authored(id)?.body.as_str()))).collect::<BTreeMap<_, _>>()
        });
        if let Some(at) = label.at {
            let by_then = self.deliveries.iter().filter(|d| d.at <= at);
            let injects = given.unwrap_or_else(|| by_then.map(|d| (d.inject.as_str(), d.body.as_str())).collect());
            let text = Text { body: &label.text, at, injects, papers: Vec::new(), situation };
            return self.rubrics.read(&ProductId::from(label.product.as_str()), &text);
        }
        // Without a time nothing is premature, and whatever the scenario hands out might have been copied.
        let mut delivered: Vec<&str> = given.iter().flat_map(BTreeMap::keys).copied().collect();
        if given.as_ref().is_some_and(BTreeMap::is_empty) {
            delivered.push("none");
        }
        let injects = given
            .unwrap_or_else(|| self.loaded.scenario.injects.iter().map(|i| (i.id.as_str(), i.body.as_str())).collect());
        let compiled = self.compiled.get(&label.product)?;
        let wanted = &compiled.rubric().copy.sources;
        let mut sources = Vec::new();
        if wanted.contains(&SourceKind::Injects) {
            sources.extend(injects.iter().map(|(id, body)| Source { id: (*id).to_owned(), text: (*body).to_owned() }));
        }
        if wanted.contains(&SourceKind::ScenarioBrief) {
            sources.push(Source { id: "the situation".to_owned(), text: situation.clone() });
        }
        Some(compiled.read(&label.text, &Context { delivered: &delivered, sources: &sources, sent_at: None }))
    }
}

/// What the reference response had been handed, and when.
fn deliveries(loaded: &Loaded) -> Result<Vec<Delivered>, Failure> {
    let moves = Moves::parse(&loaded.reference).map_err(|faults| {
        let first = faults.first().map_or_else(String::new, ToString::to_string);
        Failure::faulty(anyhow!("reading the reference response, which says what is delivered when: {first}"))
    })?;
    let transcript = session::transcript(loaded, SEED, session::headless(loaded, &moves, SEED));
    let record = Record::new(&loaded.scenario, &transcript);
    let reached = record.deliveries.iter().filter_map(|d| {
        let inject = d.item.inject.as_ref().filter(|i| record.injects_before(d.entry).contains_key(i))?;
        Some(Delivered { at: d.at, inject: inject.to_string(), body: d.item.body.clone() })
    });
    Ok(reached.collect())
}
