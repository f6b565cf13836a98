//! A change of any byte is found.

use super::sample::*;
use crate::{Chain, FileSeal, Integrity, Store, check};
use proptest::prelude::*;
use protocol::{Act, SimTime};
use std::{
    fs::{self, File},
    io::{Seek, SeekFrom, Write},
    path::Path,
};

#[test]
fn what_is_right_is_called_right() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    let live = check(&path);
    assert!(live.holds() && live.playing && !live.sealed(), "{live}");
    let head = store.head();
    store.append(6, &[command(7, 70, Act::Hint)]).unwrap();
    drop(store);
    let left = check(&path);
    assert!(left.holds() && !left.playing && left.file_seal == FileSeal::Absent, "{left}");
    Store::open(&path).unwrap().seal(SimTime(90_000), WALL).unwrap();
    let sealed = check(&path);
    assert!(sealed.holds() && sealed.sealed() && sealed.seals == 1, "{sealed}");
    assert!(matches!(&sealed.chain, Chain::Holds { entries: 7, head: h } if *h != head));
    assert_eq!(names(dir.path()), ["x.startex"]);
}

#[test]
fn the_report_reads_line_by_line() {
    let hash = "ab".repeat(32);
    let found = Integrity {
        path: "x.startex".into(),
        problem: None,
        format: Some(1),
        exercise: Some("00112233aabbccdd".into()),
        playing: false,
        file_seal: FileSeal::Broken { why: "the file's SHA-256 is 1, sealed was 2".into() },
        structure: vec!["Tree 4 page 9: free space corruption".into()],
        chain: Chain::Holds { entries: 6, head: hash },
        gaps: vec![(3, 4)],
        seals: 1,
    };
    assert!(!found.holds());
    insta::assert_snapshot!(found, @"
    header     ok: exercise 00112233aabbccdd, format 1
    file seal  BROKEN: the file's SHA-256 is 1, sealed was 2
    chain      ok: 6 entries, head abababababababababababababababababababababababababababababababab
    numbering  GAP: entries 3 to 4 are missing
    structure  BROKEN: Tree 4 page 9: free space corruption
    ");
}

/// Changes bytes of a sealed file one after the other and says which changes nobody would have noticed.
fn unnoticed(path: &Path, places: impl Iterator<Item = usize>, change: impl Fn(usize, u8) -> u8) -> Vec<usize> {
    let bytes = fs::read(path).unwrap();
    let mut file = File::options().write(true).open(path).unwrap();
    let mut put = |at: usize, byte: u8| {
        file.seek(SeekFrom::Start(at as u64)).unwrap();
        file.write_all(&[byte]).unwrap();
    };
    let mut missed = Vec::new();
    for at in places.filter(|at| *at < bytes.len()) {
        put(at, change(at, bytes[at]));
        let found = check(path);
        if found.holds() && found.sealed() || found.holds() {
            missed.push(at);
        }
        put(at, bytes[at]);
    }
    assert!(check(path).sealed(), "the file is as it was");
    missed
}

/// One flipped bit in each of these bytes.
fn flipped(at: usize, byte: u8) -> u8 {
    byte ^ (1 << (at % 8))
}

fn seal_place(path: &Path) -> usize {
    let bytes = fs::read(path).unwrap();
    bytes.windows(13).position(|w| w == b"startex-seal:").unwrap()
}

#[test]
fn one_bit_anywhere_in_a_sealed_file_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    sealed(&path);
    let seal = seal_place(&path);
    let size = fs::metadata(&path).unwrap().len() as usize;
    // All of SQLite's header, all of the seal's row, the start of every page, and a sample of the rest.
    let places = (0..100)
        .chain(seal - 150..seal + 150)
        .chain((0..size).step_by(4096).flat_map(|page| page..page + 12))
        .chain((0..size).step_by(211));
    assert_eq!(unnoticed(&path, places, flipped), [0_usize; 0]);
    // And a digit replaced by another digit, or by itself in upper case.
    let digits = seal + 48..seal + 48 + 64;
    assert_eq!(unnoticed(&path, digits, |_, b| if b == b'0' { b'1' } else { b'0' }), [0_usize; 0]);
}

#[test]
#[ignore = "minutes; run by hand with `cargo test -p transcripts every_byte -- --ignored`"]
fn one_bit_in_every_byte_of_a_sealed_file_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    sealed(&path);
    let size = fs::metadata(&path).unwrap().len() as usize;
    assert_eq!(unnoticed(&path, 0..size, flipped), [0_usize; 0]);
    assert_eq!(unnoticed(&path, 0..size, |_, b| b ^ 0xff), [0_usize; 0]);
}

#[test]
fn bytes_added_or_cut_off_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    sealed(&path);
    let bytes = fs::read(&path).unwrap();
    for changed in [
        [bytes.as_slice(), b"\0"].concat(),
        [bytes.as_slice(), &[0; 4096]].concat(),
        bytes[..bytes.len() - 1].to_vec(),
        bytes[..bytes.len() - 4096].to_vec(),
    ] {
        fs::write(&path, changed).unwrap();
        let found = check(&path);
        assert!(!found.holds(), "{found}");
    }
}

/// Changes a file through SQL as somebody would who knows how, putting the triggers back.
fn doctored(path: &Path, sql: &str) {
    let conn = rusqlite::Connection::open(path).unwrap();
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
    conn.execute_batch(sql).unwrap();
    for (_, trigger) in &triggers {
        conn.execute_batch(trigger).unwrap();
    }
}

#[test]
fn what_was_doctored_is_named() {
    for (sql, sealed_says, chain_says) in [
        ("UPDATE entry SET body = replace(body, 'Ana', 'Bob') WHERE n = 1", "SHA-256", "entry 1 does not continue"),
        ("DELETE FROM entry WHERE n IN (3, 4)", "SHA-256", "entry 3 is missing"),
        ("DELETE FROM entry WHERE n > 4", "SHA-256", "entry 5 is missing; seal 1 was set on entry 6"),
        ("UPDATE entry SET at_ms = -1 WHERE n = 2", "SHA-256", "entry 2 its time is before StartEx"),
        ("UPDATE entry SET kind = 'command' WHERE n = 2", "SHA-256", "entry 2 its kind"),
        ("UPDATE seal SET last = 5", "SHA-256", "entry 5 is not what seal 1 was set on"),
        ("UPDATE heartbeat SET at_ms = 1", "SHA-256", "chain      ok"),
        ("UPDATE file SET text = 'other' WHERE k = 1", "", "the header or a scenario file was changed"),
        ("UPDATE header SET json = replace(json, '1.2.0', '1.2.1')", "", "the header or a scenario file was changed"),
        ("DELETE FROM seal", "SHA-256 or list", "chain      ok"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.startex");
        sealed(&path);
        doctored(&path, sql);
        let found = check(&path);
        let text = found.to_string();
        assert!(!found.holds(), "{sql}\n{text}");
        assert!(text.contains(chain_says), "{sql}\n{text}");
        if sealed_says == "SHA-256" {
            assert!(text.contains("file seal  BROKEN: the file's SHA-256 is"), "{sql}\n{text}");
        }
    }
}

#[test]
fn gaps_are_listed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    drop(played(&path));
    doctored(&path, "DELETE FROM entry WHERE n IN (1, 3, 4)");
    assert_eq!(check(&path).gaps, [(1, 1), (3, 4)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// However a file is spoilt, the answer is an answer.
    #[test]
    fn a_spoilt_file_is_never_more_than_an_error(
        holes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in prop::option::of(any::<prop::sample::Index>()),
        seal in any::<bool>(),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.startex");
        let mut store = played(&path);
        if seal {
            store.seal(SimTime(90_000), WALL).unwrap();
        }
        drop(store);
        let mut bytes = fs::read(&path).unwrap();
        let before = bytes.clone();
        for (at, byte) in holes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let changed = bytes != before;
        fs::write(&path, &bytes).unwrap();
        let found = check(&path);
        if seal && changed {
            prop_assert!(!(found.holds() && found.sealed()));
        }
        if let Ok(read) = Store::read(&path) {
            // What the chain covers is as it was, or it would not have been read.
            prop_assert_eq!(read.entries, entries());
        }
        let _ = crate::search(&path, "poisoned", 10);
        let _ = Store::scorecards(&path);
        prop_assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}
