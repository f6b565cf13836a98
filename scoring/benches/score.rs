//! What a scorecard costs: a full exercise of a bundled scenario with every product written. Target: 2 ms.

#![expect(clippy::panic, reason = "a bench that cannot set up has nothing to measure")]

use protocol::{Act, Actor, Audience, Event, Fact, Item, ItemKind, Sender, Sent, SimTime, moves::Moves};
use scenarios::{Loaded, model::Inject};
use scoring::{Baselines, Rubrics, score_with};
use std::sync::Arc;
use transcripts::{Body, Entry, FORMAT, Header, Transcript};

fn main() {
    divan::main();
}

fn loaded() -> Loaded {
    let source = scenarios::find("poisoned-model").unwrap_or_else(|e| panic!("{e}"));
    scenarios::load(&source).unwrap_or_else(|_| panic!("the bundled scenario does not load"))
}

/// What the reference response does, as if everything worked at once, and every inject at its turn.
fn played(loaded: &Loaded) -> Transcript {
    let moves = Moves::parse(&loaded.reference).unwrap_or_else(|_| panic!("the reference does not read"));
    let mut events: Vec<(SimTime, Fact)> = Vec::new();
    for seat in &moves.hold {
        events.push((SimTime::ZERO, Fact::SeatTaken { seat: seat.clone(), person: seat.to_string() }));
    }
    let step = loaded.scenario.length.0 / (loaded.scenario.injects.len() as u64 + 1);
    for (i, inject) in loaded.scenario.injects.iter().enumerate() {
        events.push((SimTime(step * i as u64), Fact::Delivered { item: Arc::new(item(inject)) }));
    }
    for (i, command) in moves.commands.iter().enumerate() {
        let Actor::Seat(by) = &command.by else { continue };
        events.extend(facts(&command.act, by, i, command.at).into_iter().map(|fact| (command.at, fact)));
    }
    events.sort_by_key(|(at, _)| *at);
    events.push((SimTime(loaded.scenario.length.0), Fact::Ended));
    let entries = (1..).zip(events).map(|(n, (at, fact))| Entry {
        n,
        at,
        body: Body::Event(Event { at, audience: Audience::Everyone, fact }),
    });
    Transcript {
        header: Header {
            format: FORMAT,
            exercise: "0000000000000000".into(),
            scenario: loaded.scenario.id.clone(),
            version: loaded.scenario.version.clone(),
            scenario_hash: loaded.hash.clone(),
            seed: 1,
            program: String::new(),
            created: String::new(),
        },
        files: loaded.files.clone(),
        entries: entries.collect(),
        seal: None,
    }
}

fn facts(act: &Act, by: &protocol::SeatId, number: usize, at: SimTime) -> Vec<Fact> {
    let (job, by) = (format!("JOB-{number:03}").into(), by.clone());
    match act.clone() {
        Act::Send(draft) => {
            let sent = Sent { id: format!("MSG-{number:03}").into(), by, draft, approved: Some(true) };
            vec![Fact::Sent { message: Arc::new(sent) }]
        }
        Act::Page { party, reason } => vec![Fact::Paged { party, by, reason }],
        Act::Do { action, target } => {
            let work = protocol::Work::Action(action, target);
            let result = String::new();
            vec![
                Fact::JobStarted {
                    job: protocol::JobId::clone(&job),
                    work: work.clone(),
                    by: by.clone(),
                    ends: at,
                    authorised: true,
                },
                Fact::JobFinished { job, work, by, done: true, result },
            ]
        }
        Act::Declare { declaration, value, reason } => vec![Fact::Declared { declaration, value, by, reason }],
        Act::Decide { decision, option, reason } => vec![Fact::Decided { decision, option, by, reason }],
        Act::Tick { step } => vec![Fact::Ticked { step, by }],
        Act::Log { text } => vec![Fact::Logged { text, by }],
        _ => Vec::new(),
    }
}

fn item(inject: &Inject) -> Item {
    Item {
        id: (&inject.id).into(),
        kind: ItemKind::Inject,
        inject: Some(inject.id.clone()),
        from: Sender { id: Some(inject.from.clone()), name: inject.from.to_string(), title: String::new() },
        to: inject.to.iter().map(Into::into).collect(),
        channel: inject.via.clone(),
        subject: inject.subject.clone(),
        body: inject.body.clone(),
        attachments: Vec::new(),
        severity: None,
        needs_ack: false,
        tlp: None,
        re: None,
        decision: None,
    }
}

/// Everything, with the rubrics compiled already.
#[divan::bench]
fn full_exercise(bencher: divan::Bencher<'_, '_>) {
    let loaded = loaded();
    let (rubrics, transcript, baselines) = (Rubrics::new(&loaded), played(&loaded), Baselines::default());
    bencher.bench(|| score_with(&loaded.scenario, &rubrics, &transcript, &baselines));
}

/// The same without texts: what is left is ours.
#[divan::bench]
fn without_texts(bencher: divan::Bencher<'_, '_>) {
    let mut loaded = loaded();
    let transcript = played(&loaded);
    loaded.rubrics.clear();
    let (rubrics, baselines) = (Rubrics::new(&loaded), Baselines::default());
    bencher.bench(|| score_with(&loaded.scenario, &rubrics, &transcript, &baselines));
}

/// The rubrics compiled anew each time, as one `startex score` does.
#[divan::bench]
fn with_compiling(bencher: divan::Bencher<'_, '_>) {
    let loaded = loaded();
    let (transcript, baselines) = (played(&loaded), Baselines::default());
    bencher.bench(|| scoring::score(&loaded, &transcript, &baselines));
}

/// A reader that is handed nothing the text could have been copied from.
struct Blind(Rubrics);

impl scoring::Reader for Blind {
    fn read(&self, product: &protocol::ProductId, text: &scoring::Text<'_>) -> Option<rubric::Reading> {
        let injects = std::collections::BTreeMap::new();
        self.0.read(product, &scoring::Text { injects, situation: "", ..text.clone() })
    }
}

/// What the copy gate costs is the difference to `full_exercise`.
#[divan::bench]
fn without_sources(bencher: divan::Bencher<'_, '_>) {
    let loaded = loaded();
    let (reader, transcript, baselines) = (Blind(Rubrics::new(&loaded)), played(&loaded), Baselines::default());
    bencher.bench(|| score_with(&loaded.scenario, &reader, &transcript, &baselines));
}
