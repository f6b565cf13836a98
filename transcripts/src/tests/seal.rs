//! Sealing, and what is left when it is interrupted.

use super::sample::*;
use crate::{
    AppendError, KeptScorecard, OpenError, Phase, SealError, Store, check,
    lock::beside,
    read,
    source::Source,
    stamp::{self, BLANK, marker},
};
use protocol::{Act, SimTime};
use std::{fs, path::Path};

fn stamp_of(path: &Path) -> stamp::Stamp {
    let source = Source::open(path).unwrap();
    let nonce = read::opening(&source.conn, path).unwrap().nonce;
    let k = read::seals(&source.conn, path).unwrap().last().unwrap().k;
    stamp::read(path, &marker(&nonce, k)).unwrap()
}

#[test]
fn a_sealed_transcript_is_one_file_and_closed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    let head = store.head();
    let watch = store.watch();
    let seal = store.seal(SimTime(90_000), WALL).unwrap();
    assert_eq!((seal.last, seal.at, &seal.head), (6, SimTime(90_000), &head));
    assert!(watch.is_closed());
    assert!(matches!(store.append(6, &[command(7, 70, Act::Hint)]), Err(AppendError::Sealed)));
    assert!(matches!(store.heartbeat(SimTime(0), Phase::Ended), Err(AppendError::Sealed)));
    assert!(matches!(store.seal(SimTime(0), WALL), Err(SealError::Already)));
    drop(store);
    assert_eq!(names(dir.path()), ["x.startex"]);
    let before = fs::read(&path).unwrap();
    let read = Store::read(&path).unwrap();
    assert_eq!((read.entries, read.seal), (entries(), Some(seal.clone())));
    match Store::open(&path) {
        Err(OpenError::Sealed { seal: found, .. }) => assert_eq!(found, seal),
        other => panic!("{other:?}"),
    }
    assert!(stamp_of(&path).holds());
    assert_eq!(names(dir.path()), ["x.startex"]);
    assert_eq!(fs::read(&path).unwrap(), before, "reading changed the file");
}

/// The rule of the whole-file seal as documented, without the crate's code.
#[test]
fn the_whole_file_seal_can_be_recomputed_from_its_description() {
    use sha2::{Digest, Sha256};
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    sealed(&path);
    let mut bytes = fs::read(&path).unwrap();
    let text = b"startex-seal:";
    let places: Vec<_> = (0..bytes.len() - 13).filter(|&i| &bytes[i..i + 13] == text).collect();
    let [place] = places[..] else { panic!("{places:?}") };
    let at = place + "startex-seal:".len() + 32 + ":1:".len();
    let written = String::from_utf8(bytes[at..at + 64].to_vec()).unwrap();
    bytes[at..at + 64].fill(b'0');
    let sum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(written, sum);
}

#[test]
fn what_lies_beside_a_sealed_transcript_is_none_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    // The write-ahead file of a transcript in play, with entries in it.
    drop(played(&path));
    let mut store = Store::open(&path).unwrap();
    store.append(6, &[command(7, 70, Act::Hint)]).unwrap();
    let wal = fs::read(beside(&path, "-wal")).unwrap();
    store.seal(SimTime(90_000), WALL).unwrap();
    fs::write(beside(&path, "-wal"), wal).unwrap();
    fs::write(beside(&path, "-journal"), "nonsense").unwrap();
    assert_eq!(Store::read(&path).unwrap().entries.len(), 7);
    assert!(stamp_of(&path).holds());
}

/// The moments at which a process can die while it seals, each made by hand.
#[test]
fn a_seal_interrupted_anywhere_is_finished_on_opening() {
    for leftover in [None, Some("half a file"), Some("")] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.startex");
        let mut store = played(&path);
        let seal = crate::Seal { last: 6, at: SimTime(90_000), head: store.head(), sealed: WALL.into() };
        let file = marker(&store.opening.nonce, 1) + BLANK;
        store
            .conn
            .as_mut()
            .unwrap()
            .execute(
                "INSERT INTO seal VALUES (1, ?1, ?2, ?3, ?4, ?5)",
                (seal.last, seal.at.0, &seal.head, &seal.sealed, file),
            )
            .unwrap();
        drop(store);
        if let Some(text) = leftover {
            fs::write(beside(&path, "-sealing"), text).unwrap();
        }
        // Not yet sealed for a reader, but all there.
        let read = Store::read(&path).unwrap();
        assert_eq!((read.entries, read.seal), (entries(), None));
        match Store::open(&path) {
            Err(OpenError::Sealed { seal: found, .. }) => assert_eq!(found, seal),
            other => panic!("{other:?}"),
        }
        assert!(stamp_of(&path).holds());
        assert_eq!(Store::read(&path).unwrap().seal, Some(seal));
        assert_eq!(names(dir.path()), ["x.startex"]);
    }
}

#[test]
fn a_seal_that_fails_can_be_asked_for_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    // Something nobody may clear away stands where the sealed file is made.
    let blocker = beside(&path, "-sealing");
    fs::create_dir(&blocker).unwrap();
    fs::write(blocker.join("x"), "").unwrap();
    let error = store.seal(SimTime(90_000), WALL).unwrap_err();
    assert!(matches!(error, SealError::Step { .. }), "{error}");
    assert!(matches!(store.append(6, &[command(7, 70, Act::Hint)]), Err(AppendError::Sealed)));
    assert_eq!(Store::read(&path).unwrap().entries, entries());
    fs::remove_dir_all(&blocker).unwrap();
    store.seal(SimTime(90_000), WALL).unwrap();
    assert!(stamp_of(&path).holds());
}

#[test]
fn an_empty_exercise_can_be_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    Store::create(&path, &header("00112233aabbccdd"), &[]).unwrap().seal(SimTime::ZERO, WALL).unwrap();
    let read = Store::read(&path).unwrap();
    assert_eq!((read.entries.len(), read.seal.unwrap().last), (0, 0));
}

#[test]
fn a_participant_who_types_the_marker_breaks_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    let text = marker(&"0".repeat(32), 1) + BLANK;
    store.append(6, &[command(7, 70, Act::Log { text })]).unwrap();
    store.seal(SimTime(90_000), WALL).unwrap();
    assert!(stamp_of(&path).holds());
}

fn card(rubric: &str, percent: u8) -> KeptScorecard {
    KeptScorecard {
        rubric: rubric.into(),
        rubric_hash: "cd".repeat(32),
        program: "0.1.0".into(),
        made: "2026-11-20T11:00:00Z".into(),
        newest: 6,
        percent: Some(percent),
        json: "{\"marks\":[]}".into(),
    }
}

#[test]
fn scorecards_are_kept_side_by_side_before_and_after_sealing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    let mut store = played(&path);
    store.keep_scorecard(&card("1", 40)).unwrap();
    drop(store);
    Store::add_scorecard(&path, &card("2", 50)).unwrap();
    Store::open(&path).unwrap().seal(SimTime(90_000), WALL).unwrap();
    let first = Store::read(&path).unwrap().seal.unwrap();
    for (rubric, percent) in [("3", 60), ("4", 70)] {
        Store::add_scorecard(&path, &card(rubric, percent)).unwrap();
        assert!(stamp_of(&path).holds());
    }
    assert_eq!(Store::scorecards(&path).unwrap(), [card("1", 40), card("2", 50), card("3", 60), card("4", 70)]);
    let read = Store::read(&path).unwrap();
    let again = read.seal.unwrap();
    assert_eq!((again.last, again.head), (first.last, first.head));
    assert_eq!(read.entries, entries());
    assert_eq!(names(dir.path()), ["x.startex"]);
}

#[test]
fn no_scorecard_is_added_under_a_broken_seal() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    sealed(&path);
    let mut bytes = fs::read(&path).unwrap();
    // SQLite's change counter: no entry is touched by it.
    bytes[27] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let error = Store::add_scorecard(&path, &card("1", 40)).unwrap_err().to_string();
    assert!(error.contains("seal is broken"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_hot_wash_is_chained_on_and_sealed_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    sealed(&path);
    let mut store = Store::reopen(&path).unwrap();
    store.append(6, &[command(7, 90, Act::Log { text: "Hot wash: we paged too late.".into() })]).unwrap();
    // Killed here it is an unsealed transcript with an older seal, and goes on as one.
    drop(store);
    let open = check(&path);
    assert!(open.holds() && !open.sealed() && open.seals == 1, "{open}");
    assert_eq!(Store::read(&path).unwrap().seal, None);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.seal(SimTime(95_000), WALL).unwrap().last, 7);
    drop(store);
    let again = check(&path);
    assert!(again.holds() && again.sealed() && again.seals == 2, "{again}");
    assert_eq!(Store::read(&path).unwrap().entries.len(), 7);

    let mut bytes = fs::read(&path).unwrap();
    bytes[27] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert!(Store::reopen(&path).unwrap_err().to_string().contains("seal is broken"));
}
