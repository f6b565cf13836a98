//! Appending, reading, and what stands in the way.

use super::sample::*;
use crate::{AppendError, Body, Log, Memory, OpenError, Phase, Store, chain, lock::beside};
use protocol::{Act, SimTime};
use sha2::{Digest, Sha256};
use std::{fs, time::Duration};

#[test]
fn what_was_appended_is_read_again_by_anyone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a?b#c%20 d.startex");
    let mut store = played(&path);
    let live = Store::read(&path).unwrap();
    assert_eq!((live.entries.as_slice(), live.seal), (entries().as_slice(), None));
    assert_eq!((live.header, live.files.to_vec()), (header("00112233aabbccdd"), files()));
    store.append(6, &[command(7, 70, Act::Hint)]).unwrap();
    drop(store);
    assert_eq!(Store::read(&path).unwrap().entries.len(), 7);
    let again = Store::open(&path).unwrap();
    assert_eq!((again.newest(), again.head().len()), (7, 64));
    assert_eq!(again.read_from(6, 10).unwrap().iter().map(|e| e.n).collect::<Vec<_>>(), [6, 7]);
    assert_eq!(again.read_from(1, 2).unwrap(), entries()[..2]);
    assert_eq!(again.read_from(u64::MAX, usize::MAX).unwrap(), []);
}

/// A host keeps the store on a thread of its own.
#[test]
fn a_store_can_be_handed_to_a_thread() {
    fn sendable<T: Send + 'static>() {}
    sendable::<Store>();
    sendable::<crate::Library>();
}

/// Readers come and go while somebody plays; each sees one moment, whole.
#[test]
fn readers_beside_the_writer_always_see_a_whole_transcript() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (path, watch) = (path.clone(), store.watch());
            std::thread::spawn(move || {
                let mut seen = 0;
                while !watch.is_closed() {
                    let before = watch.newest();
                    let read = Store::read(&path).unwrap();
                    assert!(read.entries.len() as u64 >= before, "what was announced can be read");
                    assert!(crate::check(&path).holds());
                    seen += 1;
                }
                seen
            })
        })
        .collect();
    for n in 7..120 {
        store.append(n - 1, &[command(n, n, Act::Hint)]).unwrap();
        store.heartbeat(SimTime(n * 1000), Phase::Running).unwrap();
    }
    store.seal(SimTime(200_000), WALL).unwrap();
    for reader in readers {
        assert!(reader.join().unwrap() > 0);
    }
    assert!(crate::check(&path).sealed());
}

#[test]
fn leaving_cleans_up() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    drop(played(&path));
    assert_eq!(names(dir.path()), ["x.startex"]);
    Store::read(&path).unwrap();
    assert_eq!(names(dir.path()), ["x.startex"], "reading left something behind");
}

#[test]
fn a_second_writer_is_told_and_a_second_create_too() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let store = played(&path);
    assert!(matches!(Store::open(&path), Err(OpenError::Busy { .. })));
    assert!(matches!(Store::create(&path, &header("00112233aabbccdd"), &[]), Err(OpenError::Busy { .. })));
    drop(store);
    assert!(matches!(Store::create(&path, &header("00112233aabbccdd"), &[]), Err(OpenError::Exists { .. })));
    Store::open(&path).unwrap();
}

/// Any store behind `Log` has to do this.
fn is_a_log(log: &mut dyn Log) {
    let all = entries();
    let watch = log.watch();
    assert_eq!(log.append(0, &all[..2]).unwrap(), 2);
    assert_eq!(watch.wait_past(1, Duration::ZERO), Some(2));
    assert_eq!(watch.wait_past(2, Duration::ZERO), None);
    for (expected, batch) in [(0, &all[..2]), (1, &all[1..3]), (3, &all[3..])] {
        match log.append(expected, batch) {
            Err(AppendError::Conflict { expected: e, newest: 2 }) => assert_eq!(e, expected),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(log.append(2, &all[3..]), Err(AppendError::Misnumbered { found: 4, due: 3 })));
    assert!(matches!(
        log.append(2, &[all[2].clone(), all[4].clone()]),
        Err(AppendError::Misnumbered { found: 5, due: 4 })
    ));
    assert_eq!(log.append(2, &[]).unwrap(), 2);
    assert_eq!((log.newest(), watch.newest()), (2, 2));
    assert_eq!(log.append(2, &all[2..]).unwrap(), 6);
    assert_eq!(log.read_from(3, 2).unwrap(), all[2..4]);
    assert_eq!(log.read_from(0, 100).unwrap(), all);
}

#[test]
fn both_stores_are_logs() {
    let dir = tempfile::tempdir().unwrap();
    is_a_log(&mut Store::create(&dir.path().join("x.startex"), &header("00112233aabbccdd"), &files()).unwrap());
    is_a_log(&mut Memory::default());
}

#[test]
fn a_watcher_on_another_thread_wakes_for_news_and_for_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = played(&dir.path().join("x.startex"));
    let watch = store.watch();
    let waiting = std::thread::spawn(move || {
        let first = watch.wait_past(6, Duration::from_secs(60));
        (first, watch.wait_past(7, Duration::from_secs(60)), watch.is_closed())
    });
    store.append(6, &[command(7, 70, Act::Hint)]).unwrap();
    drop(store);
    assert_eq!(waiting.join().unwrap(), (Some(7), None, true));
}

/// The chain as the crate's documentation tells it, written again without any of the crate's code.
#[test]
fn the_chain_can_be_recomputed_from_its_description() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let store = played(&path);
    let sha = |bytes: &[u8]| Sha256::digest(bytes).to_vec();

    let mut start = b"startex transcript 1\n".to_vec();
    start.extend_from_slice(
        format!(
            concat!(
                "{{\"format\":1,\"exercise\":\"00112233aabbccdd\",\"scenario\":\"poisoned-model\",\"version\":\"1.2.0\",",
                "\"scenario_hash\":\"{}\",\"seed\":18446744073709551615,\"program\":\"0.1.0\",",
                "\"created\":\"2026-11-20T09:00:00Z\"}}\n"
            ),
            "ab".repeat(32)
        )
        .as_bytes(),
    );
    for (name, text) in files() {
        start.extend_from_slice(format!("file {name} {}\n{text}\n", text.len()).as_bytes());
    }
    let mut head = sha(&start);
    let mut lines = Vec::new();
    Store::lines(&path, |line| lines.push(line.to_owned())).unwrap();
    assert_eq!(lines.len(), 6);
    for line in &lines {
        head = sha(&[head, line.clone().into_bytes()].concat());
    }
    assert_eq!(store.head(), head.iter().map(|b| format!("{b:02x}")).collect::<String>());
    insta::assert_snapshot!(lines[2], @r#"{"n":3,"at":40000,"body":{"Command":{"at":40000,"by":{"Seat":"soc"},"act":{"Open":{"item":"INJ-01"}}}}}"#);
}

#[test]
fn the_export_of_a_transcript_is_its_canonical_lines() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    drop(played(&path));
    let mut lines = Vec::new();
    Store::lines(&path, |line| lines.push(line.to_owned())).unwrap();
    assert_eq!(Store::read(&path).unwrap().lines().collect::<Vec<_>>(), lines);
    assert!(lines.iter().all(|l| !l.contains('\n')));
}

#[test]
fn nothing_written_can_be_changed_through_sql() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    let conn = store.conn.as_mut().unwrap();
    conn.execute_batch("INSERT INTO scorecard VALUES (1, '', '', '', '', 6, NULL, '')").unwrap();
    for sql in [
        "UPDATE entry SET body = '{}' WHERE n = 1",
        "DELETE FROM entry WHERE n = 6",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry VALUES (6, 0, 'event', '{}', x'00')",
        "REPLACE INTO entry VALUES (1, 0, 'event', '{}', x'00')",
        "INSERT INTO entry VALUES (8, 0, 'event', '{}', x'00')",
        "INSERT INTO entry VALUES (NULL, 0, 'event', '{}', x'00'), (NULL, 0, 'event', '{}', x'00')",
        "INSERT INTO entry VALUES (0, 0, 'event', '{}', x'00')",
        "UPDATE header SET json = ''",
        "DELETE FROM header",
        "INSERT OR REPLACE INTO header VALUES (1, '', '', x'00')",
        "UPDATE file SET text = ''",
        "INSERT INTO file VALUES (9, 'x', 'y')",
        "INSERT INTO seal VALUES (2, 0, 0, '', '', '')",
        "DELETE FROM scorecard",
        "UPDATE scorecard SET percent = 100",
        "REPLACE INTO scorecard VALUES (1, '', '', '', '', 6, 100, '')",
        "DELETE FROM search_content",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema",
    ] {
        assert!(conn.execute_batch(sql).is_err(), "went through: {sql}");
    }
    drop(store);
    assert_eq!(Store::read(&path).unwrap().entries, entries());
}

#[test]
fn an_entry_too_large_or_unfaithful_is_refused_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = played(&dir.path().join("x.startex"));
    let large = command(8, 70, Act::Log { text: "x".repeat(crate::limit::MAX_ENTRY) });
    let error = store.append(6, &[command(7, 70, Act::Hint), large]).unwrap_err();
    assert!(matches!(error, AppendError::TooLarge { n: 8, .. }), "{error}");
    let mut late = command(7, 0, Act::Hint);
    late.at = SimTime(u64::MAX);
    assert!(matches!(store.append(6, &[late]), Err(AppendError::Unfaithful { n: 7, .. })));
    assert_eq!(store.append(6, &[command(7, 70, Act::Hint)]).unwrap(), 7);
}

#[test]
fn a_header_that_would_not_read_back_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let refused = |header: &crate::Header, files: &[(String, String)]| {
        let error = Store::create(&path, header, files).unwrap_err();
        assert!(matches!(error, OpenError::Header { .. }), "{error}");
    };
    refused(&header("not an id"), &files());
    refused(&crate::Header { format: 2, ..header("00112233aabbccdd") }, &files());
    refused(&crate::Header { version: "\u{1b}[2J".into(), ..header("00112233aabbccdd") }, &files());
    refused(&header("00112233aabbccdd"), &[("a".into(), "x".repeat(crate::limit::MAX_SCENARIO + 1))]);
    refused(&header("00112233aabbccdd"), &[("a".into(), String::new()), ("a".into(), String::new())]);
    refused(&header("00112233aabbccdd"), &[("a\nb".into(), String::new())]);
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn the_heartbeat_is_where_the_exercise_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    assert_eq!(store.heartbeat_read().at, SimTime(60_000), "the newest entry counts");
    store.heartbeat(SimTime(75_500), Phase::Paused).unwrap();
    drop(store);
    let beat = Store::open(&path).unwrap().heartbeat_read();
    assert_eq!((beat.at, beat.phase), (SimTime(75_500), Phase::Paused));
}

#[test]
fn a_full_disk_is_named_and_passes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    let more = [command(7, 70, Act::Log { text: "x".repeat(50_000) })];
    store.conn.as_ref().unwrap().pragma_update(None, "max_page_count", 1).unwrap();
    let error = store.append(6, &more).unwrap_err();
    assert!(matches!(error, AppendError::DiskFull { .. }) && error.may_clear(), "{error}");
    assert!(error.to_string().contains("disk that holds"), "{error}");
    assert_eq!((store.newest(), Store::read(&path).unwrap().entries.len()), (6, 6));
    store.conn.as_ref().unwrap().pragma_update(None, "max_page_count", 10_000).unwrap();
    assert_eq!(store.append(6, &more).unwrap(), 7);
    assert_eq!(Store::read(&path).unwrap().entries[6], more[0]);
}

#[test]
fn a_transcript_that_may_not_be_written_is_named_and_passes() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = played(&dir.path().join("x.startex"));
    let more = [command(7, 70, Act::Hint)];
    store.conn.as_ref().unwrap().pragma_update(None, "query_only", true).unwrap();
    let error = store.append(6, &more).unwrap_err();
    assert!(matches!(error, AppendError::ReadOnly { .. }) && error.may_clear(), "{error}");
    assert!(matches!(store.heartbeat(SimTime(1), Phase::Running), Err(AppendError::ReadOnly { .. })));
    store.conn.as_ref().unwrap().pragma_update(None, "query_only", false).unwrap();
    assert_eq!(store.append(6, &more).unwrap(), 7);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_one_clear_error() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let (path, killed) = (dir.path().join("x.startex"), dir.path().join("killed.startex"));
    let store = played(&path);
    fs::copy(&path, &killed).unwrap();
    fs::copy(beside(&path, "-wal"), beside(&killed, "-wal")).unwrap();
    drop(store);
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(dir.path().join("probe"), "").is_ok() {
        // The superuser writes everywhere; a folder of the kernel's is closed even to that one.
        let error = Store::create("/proc/x.startex".as_ref(), &header("00112233aabbccdd"), &[]).unwrap_err();
        assert!(matches!(error, OpenError::Io { doing: "lock for writing", .. }), "{error}");
    } else {
        for error in [
            Store::create(&dir.path().join("y.startex"), &header("00112233aabbccdd"), &[]).unwrap_err(),
            Store::open(&path).unwrap_err(),
        ] {
            assert!(matches!(error, OpenError::Io { doing: "lock for writing", .. }), "{error}");
        }
        assert_eq!(Store::read(&path).unwrap().entries, entries());
        // With a write-ahead file left over SQLite has to write beside it; the way out is said.
        let error = Store::read(&killed).unwrap_err().to_string();
        assert!(error.contains("copy the file and its -wal to a folder of yours"), "{error}");
    }
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(Store::read(&killed).unwrap().entries, entries());
}

#[cfg(unix)]
#[test]
fn a_transcript_moved_away_during_play_is_missed_and_can_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let (path, away) = (dir.path().join("x.startex"), dir.path().join("away"));
    let mut store = played(&path);
    let more = [command(7, 70, Act::Hint)];
    fs::rename(&path, &away).unwrap();
    let error = store.append(6, &more).unwrap_err();
    assert!(matches!(error, AppendError::Gone { .. }) && error.may_clear(), "{error}");
    assert!(matches!(store.heartbeat(SimTime(1), Phase::Running), Err(AppendError::Gone { .. })));
    fs::write(&path, "something else").unwrap();
    assert!(matches!(store.append(6, &more), Err(AppendError::Gone { .. })));
    fs::rename(&away, &path).unwrap();
    assert_eq!(store.append(6, &more).unwrap(), 7);
}

#[cfg(unix)]
#[test]
fn a_removed_transcript_can_be_saved_elsewhere_and_gone_on_with() {
    let dir = tempfile::tempdir().unwrap();
    let (path, copy) = (dir.path().join("x.startex"), dir.path().join("copy.startex"));
    let mut store = played(&path);
    fs::remove_file(&path).unwrap();
    assert!(matches!(store.append(6, &[command(7, 70, Act::Hint)]), Err(AppendError::Gone { .. })));
    store.save_copy(&copy).unwrap();
    assert!(matches!(store.save_copy(&copy), Err(OpenError::Exists { .. })));
    drop(store);
    let mut store = Store::open(&copy).unwrap();
    assert_eq!(store.append(6, &[command(7, 70, Act::Hint)]).unwrap(), 7);
}

#[cfg(unix)]
#[test]
fn a_removed_write_ahead_file_costs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    fs::remove_file(dir.path().join("x.startex-wal")).unwrap();
    assert_eq!(store.append(6, &[command(7, 70, Act::Hint)]).unwrap(), 7);
    // As if the process had died here: what a reader finds is what was acknowledged.
    assert_eq!(Store::read(&path).unwrap().entries.len(), 7);
}

#[test]
fn a_changed_entry_is_found_and_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    drop(played(&path));
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch(
        "DROP TRIGGER entry_stays;
         UPDATE entry SET at_ms = at_ms - 1000 WHERE n = 4;
         CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'a transcript is never changed'); END;",
    )
    .unwrap();
    drop(conn);
    for error in [Store::read(&path).unwrap_err(), Store::open(&path).unwrap_err()] {
        assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains("entry 4: does not continue the chain"), "{error}");
    }
}

#[test]
fn a_trigger_of_somebody_else_is_refused_before_it_runs() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    drop(played(&path));
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("CREATE TRIGGER evil AFTER INSERT ON entry BEGIN DELETE FROM heartbeat; END;").unwrap();
    drop(conn);
    let error = Store::open(&path).unwrap_err().to_string();
    assert!(error.contains("holds a \"trigger\" \"evil\""), "{error}");
}

#[test]
fn a_newer_format_is_refused_with_advice_and_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    drop(played(&path));
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 7).unwrap();
    let before = fs::read(&path).unwrap();
    for error in [Store::read(&path).unwrap_err(), Store::open(&path).unwrap_err()] {
        assert!(matches!(error, OpenError::Newer { found: 7, known: 1, .. }), "{error}");
        assert!(error.to_string().contains("newer one"), "{error}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn every_entry_a_program_can_make_survives() {
    use proptest::prelude::*;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = Store::create(&path, &header("00112233aabbccdd"), &files()).unwrap();
    let mut all = Vec::new();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(60));
    let texts = prop::collection::vec((any::<String>(), 0..crate::limit::MAX_ENTRIES), 0..5);
    let cell = std::cell::RefCell::new((&mut store, &mut all));
    runner
        .run(&texts, |texts| {
            let (store, all) = &mut *cell.borrow_mut();
            let newest = store.newest();
            let batch: Vec<_> =
                (newest + 1..).zip(texts).map(|(n, (text, secs))| command(n, secs, Act::Log { text })).collect();
            prop_assert_eq!(store.append(newest, &batch).unwrap(), newest + batch.len() as u64);
            all.extend(batch);
            Ok(())
        })
        .unwrap();
    let head = store.head();
    drop(store);
    let read = Store::read(&path).unwrap();
    assert_eq!(read.entries, all);
    let opening = serde_json::to_string(&read.header).unwrap();
    let mut chain = chain::first(&opening, read.files.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    for (entry, line) in all.iter().zip(read.lines()) {
        assert!(matches!(entry.body, Body::Command(_)));
        chain = chain::next(&chain, &line);
    }
    assert_eq!(chain::hex(&chain), head);
}

/// Run by hand: `mount -t tmpfs -o size=1m none DIR`, then
/// `STARTEX_TEST_SMALL_DISK=DIR cargo test -p transcripts small_disk -- --ignored`.
#[test]
#[ignore = "needs a small file system of its own"]
fn a_small_disk_that_runs_full_loses_nothing_acknowledged() {
    let dir = std::path::PathBuf::from(std::env::var("STARTEX_TEST_SMALL_DISK").unwrap());
    let path = dir.join("x.startex");
    let ballast = dir.join("ballast");
    fs::write(&ballast, vec![1; 200_000]).unwrap();
    let mut store = played(&path);
    let more = |n| [command(n, n, Act::Log { text: format!("{n} ").repeat(2000) })];
    let error = loop {
        let newest = store.newest();
        if let Err(error) = store.append(newest, &more(newest + 1)) {
            break error;
        }
    };
    let newest = store.newest();
    assert!(matches!(error, AppendError::DiskFull { .. }), "{error}");
    assert_eq!(Store::read(&path).unwrap().entries.len() as u64, newest);
    assert!(store.append(newest, &more(newest + 1)).is_err());
    fs::remove_file(&ballast).unwrap();
    assert_eq!(store.append(newest, &more(newest + 1)).unwrap(), newest + 1);
    let error = store.seal(SimTime(1), WALL).unwrap_err();
    assert!(error.to_string().contains("full"), "{error}");
    drop(store);
    assert_eq!(Store::read(&path).unwrap().entries.len() as u64, newest + 1);
    fs::remove_file(path).unwrap();
}

const OLD: &[u8] = include_bytes!("fixture/format-1.startex");

/// A file of format 1 as it was first released. If this fails, transcripts people have do not open any more:
/// the fixture is never made anew, the program is mended.
#[test]
fn a_transcript_of_format_1_opens_forever() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.startex");
    fs::write(&path, OLD).unwrap();
    let found = crate::check(&path);
    assert!(found.holds() && found.sealed(), "{found}");
    let read = Store::read(&path).unwrap();
    assert_eq!(read.entries, plain());
    assert_eq!(read.header, header("00112233aabbccdd"));
    assert_eq!(read.seal.unwrap().head, "858a77187154a8e9e1ea7f6585ba681cbbe0e6c177beadb3b1eaa21d1983bd91");
    assert_eq!(crate::search(&path, "pulled", 10).unwrap()[0].n, 3);
}

/// Entries that use little of the protocol.
fn plain() -> Vec<crate::Entry> {
    vec![
        event(1, 0, protocol::Fact::SeatTaken { seat: "soc".into(), person: "Ana".into() }),
        command(2, 60, Act::Log { text: "Pulled fraud-v42".into() }),
        event(3, 60, protocol::Fact::Logged { text: "Pulled fraud-v42".into(), by: "soc".into() }),
    ]
}

#[test]
#[ignore = "made the fixture, once"]
fn the_fixture_of_format_1() {
    let path = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/fixture/format-1.startex"));
    let mut store = Store::create(path, &header("00112233aabbccdd"), &files()).unwrap();
    store.append(0, &plain()).unwrap();
    store.seal(SimTime(90_000), WALL).unwrap();
}
