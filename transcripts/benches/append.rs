//! What durability costs: appending a command with its events beside a bare SQLite commit of the same bytes
//! with the same settings on the same disk; and what a library of many exercises costs.
//!
//! `cargo bench -p transcripts`. Compare `store` with `bare` of the same run, never with another run's.

#![expect(clippy::expect_used, reason = "a bench that cannot begin has nothing to measure")]

use divan::{Bencher, counter::ItemsCount};
use protocol::{Act, Actor, Audience, Command, Draft, Event, Fact, Item, ItemId, ItemKind, Sender, Sent, SimTime};
use rusqlite::Connection;
use std::{path::Path, sync::Arc, time::Instant};
use transcripts::{Body, Entry, FORMAT, Header, Library, Phase, Store, new_id};

fn main() {
    // `cargo test --benches` and `--list` want no figures.
    if !std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        paired(300);
    }
    divan::main();
}

/// The two by turns, so that whatever else the disk is doing falls on both alike. The target is 1.5.
fn paired(rounds: u64) {
    let dir = folder();
    let mut store = Store::create(&dir.path().join("x.startex"), &header(), &[]).expect("created");
    let mut bare = bare_database(&dir.path().join("x.sqlite"));
    let timed = |act: &mut dyn FnMut()| {
        let begun = Instant::now();
        act();
        begun.elapsed()
    };
    let (mut ours, mut theirs): (Vec<_>, Vec<_>) = (0..rounds)
        .map(|round| {
            let next = group(round * 4);
            let mut ours = || {
                store.append(round * 4, &next).expect("appended");
            };
            let mut theirs = || bare_append(&mut bare, &next);
            // Who goes first changes, too.
            if round % 2 == 0 {
                let first = timed(&mut ours);
                (first, timed(&mut theirs))
            } else {
                let first = timed(&mut theirs);
                (timed(&mut ours), first)
            }
        })
        .unzip();
    ours.sort_unstable();
    theirs.sort_unstable();
    for (name, at) in [("fastest tenth", rounds / 10), ("median", rounds / 2), ("slowest tenth", rounds * 9 / 10)] {
        let (ours, theirs) = (ours[at as usize], theirs[at as usize]);
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("by turns, {name}: store {ours:.1?}, bare {theirs:.1?}, ratio {ratio:.2}");
    }
}

fn bare_database(path: &Path) -> Connection {
    let conn = Connection::open(path).expect("opened");
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE entry (n INTEGER PRIMARY KEY, at_ms INTEGER, kind TEXT, body TEXT, hash BLOB);",
    )
    .expect("made");
    conn
}

fn bare_append(conn: &mut Connection, entries: &[Entry]) {
    let tx = conn.transaction().expect("begun");
    for entry in entries {
        let body = serde_json::to_string(&entry.body).expect("written as JSON");
        tx.prepare_cached("INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5)")
            .expect("prepared")
            .execute((entry.n, entry.at.0, "event", body, [0_u8; 32]))
            .expect("inserted");
    }
    tx.commit().expect("committed");
}

const BODY: &str = "At 10:05 we took the fraud model out of service after customers reported answers that point to \
    poisoned training data. Serving falls back to the previous version; no customer data left our systems as far \
    as we know. Next update at 11:00. Questions go to the incident channel, not to the on-call engineer.";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on the disk of the build")
}

fn header() -> Header {
    Header {
        format: FORMAT,
        exercise: new_id(),
        scenario: "bench".into(),
        version: "1".into(),
        scenario_hash: String::new(),
        seed: 1,
        program: "bench".into(),
        created: "2026-11-20T09:00:00Z".into(),
    }
}

/// Somebody sends a notice: the command, that it was sent, what the receiver sees, and that a clock is filed.
fn group(after: u64) -> Vec<Entry> {
    let at = SimTime(after * 50);
    let id = ItemId::from(format!("MSG-{after:05}"));
    let draft = Draft {
        to: vec!["cust-a".into(), "cust-b".into()],
        via: Some("mail".into()),
        subject: "Service notice".into(),
        body: BODY.into(),
        ..Draft::default()
    };
    let item = Item {
        id: id.clone(),
        kind: ItemKind::Message,
        inject: None,
        from: Sender { id: Some("comms".into()), name: "Ana".into(), title: "Communications".into() },
        to: draft.to.clone(),
        channel: "mail".into(),
        subject: draft.subject.clone(),
        body: draft.body.clone(),
        attachments: Vec::new(),
        severity: None,
        needs_ack: false,
        tlp: None,
        re: None,
        decision: None,
    };
    let event = |fact| Body::Event(Event { at, audience: Audience::Everyone, fact });
    let bodies = [
        Body::Command(Command { at, by: Actor::Seat("comms".into()), act: Act::Send(draft.clone()) }),
        event(Fact::Sent { message: Arc::new(Sent { id: id.clone(), by: "comms".into(), draft, approved: None }) }),
        event(Fact::Delivered { item: Arc::new(item) }),
        event(Fact::ClockFiled { clock: "contract-72h".into(), item: id }),
    ];
    (after + 1..).zip(bodies).map(|(n, body)| Entry { n, at, body }).collect()
}

/// The product: four entries, durable, chained, searchable.
#[divan::bench(sample_count = 400, sample_size = 1)]
fn store(bencher: Bencher) {
    let dir = folder();
    let mut store = Store::create(&dir.path().join("x.startex"), &header(), &[]).expect("created");
    let mut next = group(0);
    bencher.counter(ItemsCount::new(4_u32)).bench_local(|| {
        let newest = store.append(next[0].n - 1, &next).expect("appended");
        next = group(newest);
    });
}

/// The measure: the same four texts and hashes into a table, with the same settings and nothing else.
#[divan::bench(sample_count = 400, sample_size = 1)]
fn bare(bencher: Bencher) {
    let dir = folder();
    let mut conn = bare_database(&dir.path().join("x.sqlite"));
    let mut next = group(0);
    bencher.counter(ItemsCount::new(4_u32)).bench_local(|| {
        bare_append(&mut conn, &next);
        next = group(next[3].n);
    });
}

/// Forty seats at once: one commit for ten commands and their events.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn store_ten_commands_together(bencher: Bencher) {
    let dir = folder();
    let mut store = Store::create(&dir.path().join("x.startex"), &header(), &[]).expect("created");
    let batch = |newest: u64| (0..10).flat_map(|i| group(newest + i * 4)).collect::<Vec<_>>();
    let mut next = batch(0);
    bencher.counter(ItemsCount::new(40_u32)).bench_local(|| {
        let newest = store.append(next[0].n - 1, &next).expect("appended");
        next = batch(newest);
    });
}

#[divan::bench(sample_count = 400, sample_size = 1)]
fn heartbeat(bencher: Bencher) {
    let dir = folder();
    let mut store = Store::create(&dir.path().join("x.startex"), &header(), &[]).expect("created");
    let mut at = 0;
    bencher.bench_local(|| {
        at += 1000;
        store.heartbeat(SimTime(at), Phase::Running).expect("noted");
    });
}

fn filled(path: &Path, groups: u64) -> Store {
    let mut store = Store::create(path, &header(), &[]).expect("created");
    let all: Vec<_> = (0..groups).flat_map(|i| group(i * 4)).collect();
    store.append(0, &all).expect("appended");
    store
}

/// Sealing, checking and reading an exercise of 8000 entries.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn seal_8000(bencher: Bencher) {
    let dir = folder();
    let mut i = 0;
    bencher
        .with_inputs(|| {
            i += 1;
            filled(&dir.path().join(format!("{i}.startex")), 2000)
        })
        .bench_local_values(|mut store| store.seal(SimTime(1), "2026-11-20T10:00:00Z").expect("sealed"));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn check_8000(bencher: Bencher) {
    let dir = folder();
    let path = dir.path().join("x.startex");
    filled(&path, 2000).seal(SimTime(1), "2026-11-20T10:00:00Z").expect("sealed");
    bencher.bench_local(|| assert!(transcripts::check(&path).sealed()));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_8000(bencher: Bencher) {
    let dir = folder();
    let path = dir.path().join("x.startex");
    drop(filled(&path, 2000));
    bencher.bench_local(|| Store::read(&path).expect("read").entries.len());
}

const EXERCISES: usize = 200;

fn library() -> (tempfile::TempDir, Library) {
    let dir = folder();
    let library = Library::open(dir.path()).expect("opened");
    drop(filled(&dir.path().join("x.startex"), 100));
    for i in 0..EXERCISES {
        std::fs::copy(dir.path().join("x.startex"), dir.path().join(format!("{i:04}.startex"))).expect("copied");
    }
    (dir, library)
}

/// Everything read anew.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn list_200_unread(bencher: Bencher) {
    let (_dir, mut library) = library();
    bencher.bench_local(|| library.list().expect("listed").exercises.len());
}

/// Nothing changed since the last time.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn list_200_known(bencher: Bencher) {
    let (dir, mut library) = library();
    let then = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    for file in std::fs::read_dir(dir.path()).expect("listed") {
        let file = std::fs::File::options().write(true).open(file.expect("there").path()).expect("opened");
        file.set_modified(then).expect("dated");
    }
    library.list().expect("listed");
    bencher.bench_local(|| library.list().expect("listed").exercises.len());
}

/// Words that occur in no exercise: every file is asked.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn search_200(bencher: Bencher) {
    let (dir, mut library) = library();
    let then = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    for file in std::fs::read_dir(dir.path()).expect("listed") {
        let file = std::fs::File::options().write(true).open(file.expect("there").path()).expect("opened");
        file.set_modified(then).expect("dated");
    }
    library.list().expect("listed");
    bencher.bench_local(|| library.search("nowhere to be found", 10).expect("searched").len());
}
