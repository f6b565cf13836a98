//! Files that are no transcripts, or want to be more than one.

use super::sample::*;
use crate::{Library, OpenError, Store, check, limit};
use std::{
    fs::{self, File},
    path::Path,
};

/// Every door answers with the same clear error, and nothing is changed.
fn refused(path: &Path, says: &str) {
    let errors = [Store::read(path).unwrap_err().to_string(), Store::open(path).unwrap_err().to_string()];
    let found = check(path);
    assert!(!found.holds());
    for error in errors.into_iter().chain(found.problem) {
        assert!(error.contains(says), "{error}");
        assert!(error.contains("startex") && !error.contains('\n'), "one line that names the file: {error}");
    }
}

#[test]
fn what_is_no_transcript_is_refused_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let write = |name: &str, bytes: &[u8]| {
        fs::write(at(name), bytes).unwrap();
        at(name)
    };
    refused(&at("none.startex"), "there is no transcript");
    refused(&write("empty.startex", b""), "it is empty");
    refused(&write("short.startex", b"SQLite format 3\0"), "shorter than any transcript");
    refused(&write("garbage.startex", &[0x5a; 5000]), "does not begin as an SQLite file");
    fs::create_dir(at("folder.startex")).unwrap();
    refused(&at("folder.startex"), "is a folder");

    let other = at("other.startex");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    refused(&other, "SQLite file of another program");

    sealed(&at("good.startex"));
    let good = fs::read(at("good.startex")).unwrap();
    refused(&write("cut.startex", &good[..good.len() / 2]), "damaged");
    refused(&write("head.startex", &good[..100]), "damaged");
    let mut wide = good.clone();
    wide[18] = 9;
    refused(&write("wide.startex", &wide), "journal modes 9 and 1");
    assert_eq!(fs::read(at("garbage.startex")).unwrap(), [0x5a; 5000]);
}

#[cfg(unix)]
#[test]
fn loops_pipes_and_links_are_seen_through() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    symlink(at("a.startex"), at("b.startex")).unwrap();
    symlink(at("b.startex"), at("a.startex")).unwrap();
    refused(&at("a.startex"), "cannot look at");
    symlink("/dev/zero", at("zero.startex")).unwrap();
    assert!(check(&at("zero.startex")).problem.unwrap().contains("is a device or pipe"));
    // A link to a transcript is that transcript, also for a writer: its files lie beside the real one.
    fs::create_dir(at("real")).unwrap();
    drop(played(&at("real").join("x.startex")));
    symlink(at("real").join("x.startex"), at("link.startex")).unwrap();
    let mut store = Store::open(&at("link.startex")).unwrap();
    assert!(matches!(Store::open(&at("real").join("x.startex")), Err(OpenError::Busy { .. })));
    store.seal(protocol::SimTime(90_000), WALL).unwrap();
    assert!(at("link.startex").symlink_metadata().unwrap().is_symlink());
    assert!(check(&at("link.startex")).sealed());
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let huge = dir.path().join("huge.startex");
    File::create(&huge).unwrap().set_len(limit::MAX_FILE + 1).unwrap();
    refused(&huge, "the file's size in bytes is 268435457, over the limit of 268435456");

    let doctored = |name: &str, sql: &str| {
        let path = dir.path().join(name);
        drop(played(&path));
        let conn = rusqlite::Connection::open(&path).unwrap();
        let body: String = conn
            .query_row("SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger'", [], |r| r.get(0))
            .unwrap();
        let drops: String = conn
            .query_row(
                "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'",
                [],
                |r| r.get(0),
            )
            .unwrap();
        conn.execute_batch(&drops).unwrap();
        conn.execute_batch(sql).unwrap();
        conn.execute_batch(&body).unwrap();
        path
    };
    let path = doctored("entry.startex", "UPDATE entry SET body = '{\"Event\":' || hex(zeroblob(600000)) WHERE n = 2");
    refused(&path, "entry 2: has 1200009 bytes, over the limit of 1048576");
    let path = doctored("value.startex", "UPDATE entry SET body = '{\"Event\":' || hex(zeroblob(9000000)) WHERE n = 2");
    refused(&path, "string or blob too big");
    let path = doctored("text.startex", "UPDATE file SET text = hex(zeroblob(3000000))");
    refused(&path, "the scenario's size in bytes is 18000000, over the limit of 4194304");
    let path = doctored(
        "files.startex",
        "WITH RECURSIVE c(k) AS (SELECT 10 UNION ALL SELECT k + 1 FROM c WHERE k < 100)
         INSERT INTO file SELECT k, 'f' || k, '' FROM c",
    );
    refused(&path, "the number of scenario files is 94, over the limit of 16");
}

/// A view in a table's place could make reading it run for ever.
#[test]
fn a_view_in_the_place_of_a_table_is_never_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    drop(played(&path));
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch(
        "DROP TABLE entry;
         CREATE VIEW entry AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)
         SELECT n, 0 AS at_ms, 'event' AS kind, '' AS body, x'' AS hash FROM c;",
    )
    .unwrap();
    drop(conn);
    refused(&path, "its table \"entry\" is missing or differs");
}

#[test]
fn a_bad_file_in_a_library_spoils_nothing_and_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::open(dir.path()).unwrap();
    library.create(&header("00112233aabbccdd"), &files()).unwrap();
    let bad = library.path_of("ffffffffffffffff");
    fs::write(&bad, "no transcript").unwrap();
    for _ in 0..2 {
        let listing = library.list().unwrap();
        assert_eq!((listing.exercises.len(), listing.unreadable.len()), (1, 1));
        assert!(listing.unreadable[0].why.contains("is not a startex transcript"), "{:?}", listing.unreadable);
        assert!(library.search("anything", 10).unwrap().is_empty());
    }
    assert_eq!(fs::read_to_string(&bad).unwrap(), "no transcript");
    assert_eq!(names(dir.path()), ["00112233aabbccdd.startex", "ffffffffffffffff.startex", "index.sqlite"]);
}
