//! `verify` holds for what was recorded and for nothing else: not for a changed byte, and not for a change
//! by somebody who knows the format and seals the file anew.

use crate::{
    catalogue::{self, of},
    program::{Shelf, run, startex},
};
use protocol::{Act, Actor, Command, Event, Fact, Item, SimTime};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};
use transcripts::{Body, Entry, Header, Store};

/// A sealed transcript of the slow drill, as `play --out` writes it.
struct Clean {
    shelf: Shelf,
    file: PathBuf,
    bytes: Vec<u8>,
}

static CLEAN: LazyLock<Clean> = LazyLock::new(|| {
    let shelf = Shelf::new();
    let file = shelf.path().join("clean.startex");
    let moves = catalogue::drills().join("poisoned-model/slow.moves");
    let mut command = startex(["play", "poisoned-model", "--seed", "7", "--moves"]);
    run(command.arg(moves).arg("--out").arg(&file)).ends(0);
    let bytes = fs::read(&file).unwrap();
    Clean { shelf, file, bytes }
});

fn verify(file: &Path) -> crate::program::Answer {
    run(startex(["verify"]).arg(file))
}

#[test]
fn a_clean_transcript_holds() {
    assert!(CLEAN.shelf.path().exists());
    let answer = verify(&CLEAN.file).ends(0);
    assert!(answer.out.ends_with("holds\n") && answer.err.is_empty(), "{answer:#?}");
    let json = run(startex(["verify", "--json"]).arg(&CLEAN.file)).ends(0).json();
    assert_eq!(json["holds"], true);
    assert_eq!(json["first_difference"], serde_json::Value::Null);
    // Looking changed nothing, and left nothing beside it.
    assert!(fs::read(&CLEAN.file).unwrap() == CLEAN.bytes);
    assert_eq!(crate::program::names(CLEAN.shelf.path()), ["clean.startex"]);
}

#[test]
fn every_drill_of_every_scenario_holds() {
    for scenario in scenarios::library::names() {
        let loaded = catalogue::scenario(scenario);
        for drill in of(scenario) {
            let played = catalogue::play(&loaded, &drill.moves, 3);
            let difference = session::resimulate(&loaded, &played.transcript);
            assert!(difference.is_none(), "{scenario} {}: {difference:?}", drill.name);
        }
    }
}

/// Every byte of SQLite's header and of the first page's, then bytes all over the file: with a step that
/// is prime to the page size every kind of page and every place in a page comes up.
fn sampled(length: usize) -> impl Iterator<Item = usize> {
    (0..120).chain((120..length).step_by(4999)).chain([length - 1])
}

#[test]
fn a_change_of_any_byte_shows() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("x.startex");
    let mut unseen = Vec::new();
    for (i, at) in sampled(CLEAN.bytes.len()).enumerate() {
        let mut bytes = CLEAN.bytes.clone();
        bytes[at] ^= [1, 0x80, 0xff][i % 3];
        fs::write(&file, bytes).unwrap();
        // In this process: a panic would fail the test, and a thousand processes would take a minute.
        if session::verify(&file).holds() {
            unseen.push(at);
        }
        assert_eq!(crate::program::names(dir.path()), ["x.startex"], "byte {at}: something was left beside it");
    }
    assert!(unseen.is_empty(), "changed and unseen: {unseen:?}");
}

#[test]
fn the_command_says_no_to_a_changed_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("x.startex");
    for at in [0, 18, 28, 60, 68, 100, 4096, CLEAN.bytes.len() / 2, CLEAN.bytes.len() - 1] {
        let mut bytes = CLEAN.bytes.clone();
        bytes[at] ^= 0x10;
        fs::write(&file, bytes).unwrap();
        let answer = verify(&file).ends(1);
        assert!(answer.out.ends_with("DOES NOT HOLD\n") && answer.err.is_empty(), "byte {at}: {answer:#?}");
    }
    for length in [1, 99, 100, 4096, 70_000, CLEAN.bytes.len() - 1] {
        fs::write(&file, &CLEAN.bytes[..length]).unwrap();
        let answer = verify(&file).ends(1);
        assert!(answer.out.ends_with("DOES NOT HOLD\n"), "cut at {length}: {answer:#?}");
    }
    fs::write(&file, [&CLEAN.bytes[..], b"more"].concat()).unwrap();
    verify(&file).ends(1);
}

#[test]
fn what_lies_beside_a_sealed_file_is_not_heeded() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("x.startex");
    fs::write(&file, &CLEAN.bytes).unwrap();
    fs::write(dir.path().join("x.startex-wal"), &CLEAN.bytes[..40_000]).unwrap();
    fs::write(dir.path().join("x.startex-journal"), b"not a journal").unwrap();
    verify(&file).ends(0);
    assert!(fs::read(&file).unwrap() == CLEAN.bytes);
}

/// The clean transcript taken apart, to be put together otherwise.
struct Forged {
    header: Header,
    files: Vec<(String, String)>,
    entries: Vec<Entry>,
    end: SimTime,
}

impl Forged {
    fn new() -> Self {
        let t = Store::read(&CLEAN.file).unwrap();
        let end = t.end();
        Self { header: t.header, files: t.files.to_vec(), entries: t.entries, end }
    }

    /// Writes it with a chain and a seal that hold, as somebody who knows the format would.
    fn write(&self, sealed: bool) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("forged.startex");
        let mut store = Store::create(&file, &self.header, &self.files).unwrap();
        store.append(0, &self.entries).unwrap();
        if sealed {
            store.seal(self.end, "2026-11-20T10:00:00Z").unwrap();
        }
        drop(store);
        (dir, file)
    }

    fn renumber(&mut self) {
        for (n, entry) in (1..).zip(&mut self.entries) {
            entry.n = n;
        }
    }

    fn event(&mut self, wanted: impl Fn(&Fact) -> bool) -> (u64, &mut Event) {
        let found = self.entries.iter_mut().find_map(|e| match &mut e.body {
            Body::Event(event) if wanted(&event.fact) => Some((e.n, event)),
            _ => None,
        });
        found.unwrap()
    }

    fn command(&mut self, wanted: impl Fn(&Act) -> bool) -> (u64, &mut Command) {
        let found = self.entries.iter_mut().find_map(|e| match &mut e.body {
            Body::Command(command) if wanted(&command.act) => Some((e.n, command)),
            _ => None,
        });
        found.unwrap()
    }
}

/// Chain and seal hold, and yet it is found out, at this entry.
#[track_caller]
fn assert_found_out(forged: &Forged, at: u64) {
    let first = found_out(forged);
    assert_eq!(first, at);
}

/// Chain and seal hold, and yet it is found out, from the entry returned on.
#[track_caller]
fn found_out(forged: &Forged) -> u64 {
    let (_dir, file) = forged.write(true);
    let verdict = session::verify(&file);
    assert!(verdict.integrity.holds() && verdict.integrity.sealed(), "the forger was careless: {}", verdict.integrity);
    let first = verdict.difference.as_ref().map(|d| d.entry).unwrap_or_else(|| panic!("{verdict:#?}"));
    let answer = verify(&file).ends(1);
    assert!(answer.out.contains(&format!("entry {first} is the first that differs")), "{answer:#?}");
    first
}

#[test]
fn a_forger_who_changes_nothing_is_not_accused() {
    let (_dir, file) = Forged::new().write(true);
    verify(&file).ends(0);
    let (_dir, file) = Forged::new().write(false);
    verify(&file).ends(0);
}

#[test]
fn a_changed_text_is_found_though_the_chain_was_repaired() {
    let mut forged = Forged::new();
    let (n, event) = forged.event(|f| matches!(f, Fact::Delivered { item } if item.inject.is_some()));
    let Fact::Delivered { item } = &mut event.fact else { unreachable!() };
    let body = item.body.replacen('.', "!", 1);
    assert_ne!(body, item.body);
    *item = Arc::new(Item { body, ..Item::clone(item) });
    assert_found_out(&forged, n);
}

#[test]
fn an_earlier_deed_is_found_though_the_chain_was_repaired() {
    // Whoever was late writes an earlier time into the command: what came of it does not fit any more.
    let mut forged = Forged::new();
    let (n, command) = forged.command(|a| matches!(a, Act::Query { .. }));
    command.at = SimTime(command.at.0 - 60_000);
    assert!(found_out(&forged) <= n);
    // In the entry too, where the file takes times that go backwards.
    let mut forged = Forged::new();
    let (n, command) = forged.command(|a| matches!(a, Act::Acknowledge { .. }));
    let earlier = SimTime(command.at.0 - 1000);
    command.at = earlier;
    forged.entries[usize::try_from(n).unwrap() - 1].at = earlier;
    assert!(found_out(&forged) <= n + 1);
}

#[test]
fn a_better_letter_is_found_though_the_chain_was_repaired() {
    let mut forged = Forged::new();
    let (n, command) = forged.command(|a| matches!(a, Act::Send(d) if d.product.is_some()));
    let Act::Send(draft) = &mut command.act else { unreachable!() };
    draft.body.push_str(" We will write again by 11:00.");
    assert_found_out(&forged, n + 1);
}

#[test]
fn swapped_entries_are_found_though_the_chain_was_repaired() {
    let mut forged = Forged::new();
    let first = forged.entries.windows(2).position(|w| {
        let events = matches!((&w[0].body, &w[1].body), (Body::Event(_), Body::Event(_)));
        events && w[0].at == w[1].at && w[0].at.0 > 0
    });
    let first = first.unwrap();
    forged.entries.swap(first, first + 1);
    forged.renumber();
    assert_found_out(&forged, first as u64 + 1);
}

#[test]
fn a_removed_entry_is_found_though_the_chain_was_repaired() {
    for wanted in [|f: &Fact| matches!(f, Fact::Trapped { .. }), |f: &Fact| matches!(f, Fact::StepSucceeded { .. })] {
        let mut forged = Forged::new();
        let found = forged.entries.iter().position(|e| matches!(&e.body, Body::Event(e) if wanted(&e.fact)));
        // The slow drill may walk into no trap.
        let Some(place) = found else { continue };
        forged.entries.remove(place);
        forged.renumber();
        assert_found_out(&forged, place as u64 + 1);
    }
}

#[test]
fn an_invented_entry_is_found_though_the_chain_was_repaired() {
    let mut forged = Forged::new();
    let (n, event) = forged.event(|f| matches!(f, Fact::Paged { .. }));
    let (at, event) = (event.at, event.clone());
    forged.entries.insert(usize::try_from(n).unwrap(), Entry { n: 0, at, body: Body::Event(event) });
    forged.renumber();
    assert_found_out(&forged, n + 1);
}

#[test]
fn another_seed_is_found_though_the_chain_was_repaired() {
    let mut forged = Forged::new();
    forged.header.seed += 1;
    let (_dir, file) = forged.write(true);
    let verdict = session::verify(&file);
    assert!(verdict.integrity.holds() && !verdict.holds());
    let difference = verdict.difference.unwrap();
    assert!(difference.recorded != difference.simulated && difference.recorded.is_some(), "{difference:#?}");
    verify(&file).ends(1);
}

#[test]
fn another_scenario_is_found_though_the_chain_was_repaired() {
    // The header names the hash of the old one.
    let mut forged = Forged::new();
    let script = forged.files.iter_mut().find(|(name, _)| name == "scenario.ron").unwrap();
    script.1 = script.1.replace("Norrvik", "Norrvig");
    let (_dir, file) = forged.write(true);
    let answer = verify(&file).ends(1);
    assert!(answer.out.contains("not the one whose hash the header names"), "{answer:#?}");
    // The header names the new one: then what was delivered is not what the scenario says.
    let source = scenarios::Source::embedded("forged", forged.files.clone());
    forged.header.scenario_hash = source.hash();
    let (_dir, file) = forged.write(true);
    let verdict = session::verify(&file);
    assert!(verdict.integrity.holds() && verdict.difference.is_some(), "{verdict:#?}");
    verify(&file).ends(1);
}

#[test]
fn a_removed_tail_is_found_though_the_chain_was_repaired() {
    let whole = Forged::new();
    // In the midst of what came of a command.
    let commands = |e: &Entry| matches!(e.body, Body::Command(_));
    let last = whole.entries.iter().rposition(|e| matches!(&e.body, Body::Event(_)) && e.at < whole.end).unwrap();
    let mut forged = Forged::new();
    forged.entries.truncate(last);
    let (_dir, file) = forged.write(true);
    verify(&file).ends(1);
    // Cleanly before a command: what is left could be an exercise that was left, but one that was sealed
    // has had its EndEx.
    let place = whole.entries.iter().enumerate().filter(|(_, e)| commands(e)).nth(20).unwrap().0;
    let mut forged = Forged::new();
    forged.entries.truncate(place);
    forged.end = forged.entries.last().unwrap().at;
    let (_dir, file) = forged.write(true);
    let answer = verify(&file).ends(1);
    assert!(answer.out.contains("EndEx"), "{answer:#?}");
    // Not sealed, it is nothing else than that.
    let (_dir, file) = forged.write(false);
    verify(&file).ends(0);
}

#[test]
fn an_added_tail_is_found_though_the_chain_was_repaired() {
    let mut forged = Forged::new();
    let (n, at) = (forged.entries.len() as u64 + 1, forged.end);
    let act = Act::Log { text: "We saw it at once.".into() };
    forged.entries.push(Entry { n, at, body: Body::Command(Command { at, by: Actor::Seat("ic".into()), act }) });
    assert_found_out(&forged, n + 1);
}

/// Changes a file through SQLite, past the triggers that forbid it.
fn tamper(change: &str) -> (tempfile::TempDir, PathBuf) {
    let (dir, file) = Forged::new().write(false);
    let conn = rusqlite::Connection::open(&file).unwrap();
    let triggers: Vec<(String, String)> = conn
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    conn.execute_batch(change).unwrap();
    for (_, sql) in &triggers {
        // A table that is gone takes none.
        assert!(conn.execute_batch(sql).is_ok() || change.starts_with("DROP"));
    }
    drop(conn);
    (dir, file)
}

#[test]
fn a_change_with_another_program_breaks_the_chain() {
    for (change, says) in [
        ("UPDATE entry SET body = replace(body, 'soc', 'ic') WHERE n = 40", "chain      BROKEN: entry 40"),
        ("UPDATE entry SET at_ms = at_ms + 1 WHERE n = 40", "chain      BROKEN: entry 40"),
        ("DELETE FROM entry WHERE n BETWEEN 40 AND 42", "numbering  GAP: entries 40 to 42"),
        ("UPDATE file SET text = text || ' ' WHERE name = 'scenario.ron'", "was changed"),
        ("UPDATE header SET json = replace(json, '\"seed\":7', '\"seed\":8')", "was changed"),
        ("UPDATE entry SET body = '' WHERE n = 40", "entry 40"),
        ("UPDATE entry SET body = char(0) WHERE n = 40", "DOES NOT HOLD"),
        ("UPDATE entry SET body = printf('%.*c', 3000000, '[') WHERE n = 40", "DOES NOT HOLD"),
        ("CREATE VIEW v AS SELECT 1", "DOES NOT HOLD"),
        ("DROP TABLE seal", "DOES NOT HOLD"),
        ("PRAGMA user_version = 99", "newer"),
    ] {
        let (_dir, file) = tamper(change);
        let answer = verify(&file);
        assert_eq!(answer.code, Some(1), "{change}\n{answer:#?}");
        assert!(answer.out.contains(says) && answer.err.is_empty(), "{change}\n{answer:#?}");
        // Whatever is wrong with it, no other command panics over it either.
        for command in ["score", "report", "resume"] {
            let answer = run(startex([command]).arg(&file));
            assert!(matches!(answer.code, Some(0 | 1 | 3)), "{command} after {change}: {answer:#?}");
            assert!(!answer.err.contains("panicked"), "{command} after {change}: {answer:#?}");
        }
    }
}

#[test]
fn a_wild_heartbeat_carries_nobody_away() {
    // It is no evidence and not part of the chain; it only says how far time had come.
    let place = Forged::new().entries.iter().position(|e| e.at.0 > 600_000).unwrap();
    for change in ["at_ms = 9000000000000000000", "at_ms = -1", "at_ms = 0", "phase = 'asleep'", "phase = ''"] {
        let (_dir, file) = tamper(&format!("DELETE FROM entry WHERE n > {place}; UPDATE heartbeat SET {change}"));
        match session::Table::resume(&file) {
            Ok(table) => assert!(table.now().0 <= table.scenario().scenario.length.0, "{change}: {}", table.now()),
            Err(why) => assert!(why.to_string().contains("is damaged"), "{change}: {why}"),
        }
    }
}
