//! Transcripts to try things on.

use crate::{Body, Entry, FORMAT, Header, Store};
use protocol::{Act, Actor, Audience, Command, Event, Fact, Item, ItemKind, Sender, SimTime};
use std::{path::Path, sync::Arc};

pub(crate) const WALL: &str = "2026-11-20T10:00:00Z";

pub(crate) fn header(exercise: &str) -> Header {
    Header {
        format: FORMAT,
        exercise: exercise.into(),
        scenario: "poisoned-model".into(),
        version: "1.2.0".into(),
        scenario_hash: "ab".repeat(32),
        seed: u64::MAX,
        program: "0.1.0".into(),
        created: "2026-11-20T09:00:00Z".into(),
    }
}

pub(crate) fn files() -> Vec<(String, String)> {
    vec![
        ("scenario.ron".into(), "Scenario(\n  title: \"Überraschung\",\n)\n".into()),
        ("rubrics.ron".into(), "[]".into()),
        ("reference.moves".into(), String::new()),
    ]
}

pub(crate) fn command(n: u64, secs: u64, act: Act) -> Entry {
    let at = SimTime(secs * 1000);
    Entry { n, at, body: Body::Command(Command { at, by: Actor::Seat("soc".into()), act }) }
}

pub(crate) fn event(n: u64, secs: u64, fact: Fact) -> Entry {
    let at = SimTime(secs * 1000);
    Entry { n, at, body: Body::Event(Event { at, audience: Audience::Everyone, fact }) }
}

pub(crate) fn item(id: &str, subject: &str, body: &str) -> Arc<Item> {
    Arc::new(Item {
        id: id.into(),
        kind: ItemKind::Inject,
        inject: Some(id.into()),
        from: Sender { id: None, name: "Priya Raman".into(), title: "SOC analyst".into() },
        to: vec!["soc".into()],
        channel: "mail".into(),
        subject: subject.into(),
        body: body.into(),
        attachments: Vec::new(),
        severity: None,
        needs_ack: true,
        tlp: None,
        re: None,
        decision: None,
    })
}

/// Six entries that say something.
pub(crate) fn entries() -> Vec<Entry> {
    vec![
        event(1, 0, Fact::SeatTaken { seat: "soc".into(), person: "Ana".into() }),
        event(2, 10, Fact::Delivered { item: item("INJ-01", "Odd answers", "Customers report poisoned answers.") }),
        command(3, 40, Act::Open { item: "INJ-01".into() }),
        event(4, 40, Fact::Opened { seat: "soc".into(), item: "INJ-01".into() }),
        command(5, 60, Act::Log { text: "Pulled \"fraud-v42\" \u{7f}\u{1}— naïve 🙂".into() }),
        event(6, 60, Fact::Logged { text: "Pulled \"fraud-v42\" — naïve 🙂".into(), by: "soc".into() }),
    ]
}

/// A new transcript with the six entries in it.
pub(crate) fn played(path: &Path) -> Store {
    let mut store = Store::create(path, &header("00112233aabbccdd"), &files()).unwrap();
    store.append(0, &entries()).unwrap();
    store
}

/// The same, sealed.
pub(crate) fn sealed(path: &Path) {
    played(path).seal(SimTime(90_000), WALL).unwrap();
}

/// What lies in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
