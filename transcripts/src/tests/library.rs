//! A folder of exercises.

use super::sample::*;
use crate::{FindError, Library, OpenError, Phase, Store};
use protocol::{Draft, Fact, Pack, Sent, SimTime, Span};
use std::{
    fs::{self, File},
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};

fn pack(title: &str) -> Arc<Pack> {
    Arc::new(Pack {
        scenario: "poisoned-model".into(),
        version: "1.2.0".into(),
        title: title.into(),
        organisation: "Halden AI".into(),
        situation: String::new(),
        rules: Vec::new(),
        starts_at: 0,
        length: Span::mins(90),
        seats: Vec::new(),
        parties: Vec::new(),
        channels: Vec::new(),
        assets: Vec::new(),
        actions: Vec::new(),
        queries: Vec::new(),
        products: Vec::new(),
        declarations: Vec::new(),
        runbook: Vec::new(),
    })
}

fn sent(subject: &str, body: &str) -> Fact {
    let draft = Draft { subject: subject.into(), body: body.into(), ..Draft::default() };
    Fact::Sent { message: Arc::new(Sent { id: "MSG-001".into(), by: "comms".into(), draft, approved: None }) }
}

fn begin(library: &Library, id: &str, day: u8) -> Store {
    let created = format!("2026-11-{day:02}T09:00:00Z");
    let mut store = library.create(&crate::Header { created, ..header(id) }, &files()).unwrap();
    store.append(0, &entries()).unwrap();
    store
}

/// Makes a file look as if it had been changed long ago.
fn age(path: &Path) {
    let then = SystemTime::now() - Duration::from_secs(100);
    File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
}

#[test]
fn a_list_says_what_each_exercise_was() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::open(&dir.path().join("new").join("library")).unwrap();
    assert!(library.list().unwrap().exercises.is_empty());
    let mut first = begin(&library, "00112233aabbccdd", 20);
    let posing =
        Fact::Logged { text: r#"{"fact":{"SeatTaken":{"seat":"ic","person":"Eve"}}}"#.into(), by: "soc".into() };
    first
        .append(6, &[event(7, 61, Fact::Briefed { pack: pack("The poisoned\u{1b} model") }), event(8, 62, posing)])
        .unwrap();
    first.seal(SimTime(90_000), "2026-11-20T10:00:00Z").unwrap();
    let card = crate::KeptScorecard {
        rubric: "1".into(),
        rubric_hash: String::new(),
        program: "0.1.0".into(),
        made: "2026-11-20T12:00:00Z".into(),
        newest: 8,
        percent: Some(71),
        json: "{}".into(),
    };
    Store::add_scorecard(first.path(), &card).unwrap();
    let mut second = begin(&library, "0011ffffaabbccdd", 21);
    second.heartbeat(SimTime(75_000), Phase::Paused).unwrap();

    let listing = library.list().unwrap();
    assert!(listing.unreadable.is_empty());
    let [new, old] = &listing.exercises[..] else { panic!("{listing:?}") };
    assert_eq!((new.id.as_str(), new.sealed, new.playing, new.phase), ("0011ffffaabbccdd", false, true, Phase::Paused));
    assert_eq!((new.title.as_str(), new.last, new.entries), ("poisoned-model", SimTime(75_000), 6));
    assert_eq!((old.title.as_str(), old.sealed, old.playing), ("The poisoned\u{fffd} model", true, false));
    assert_eq!((old.ended.as_deref(), old.percent), (Some("2026-11-20T10:00:00Z"), Some(71)));
    assert_eq!(old.seats.iter().map(|s| (s.seat.as_str(), s.person.as_str())).collect::<Vec<_>>(), [("soc", "Ana")]);
    assert_eq!((old.seed, old.last), (u64::MAX, SimTime(62_000)));
    drop(second);
    assert!(!library.list().unwrap().exercises[0].playing);
}

#[test]
fn only_what_changed_is_read_again_and_the_index_can_go() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::open(dir.path()).unwrap();
    let path = library.path_of("00112233aabbccdd");
    drop(begin(&library, "00112233aabbccdd", 20));
    age(&path);
    let before = library.list().unwrap();
    // Same size, same time: taken from the index, though there is no transcript in it any more.
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, vec![0; bytes.len()]).unwrap();
    let then = SystemTime::now() - Duration::from_secs(100);
    File::options().write(true).open(&path).unwrap().set_modified(then).unwrap();
    assert!(library.list().unwrap().exercises.is_empty(), "another time of change is seen");
    fs::write(&path, &bytes).unwrap();
    age(&path);
    assert_eq!(library.list().unwrap(), before);
    drop(library);
    for spoil in ["", "garbage that is no database at all, but long enough to be read as one"] {
        fs::write(dir.path().join("index.sqlite"), spoil).unwrap();
        assert_eq!(Library::open(dir.path()).unwrap().list().unwrap(), before);
    }
    fs::remove_file(dir.path().join("index.sqlite")).unwrap();
    let mut library = Library::open(dir.path()).unwrap();
    assert_eq!(library.list().unwrap(), before);
    fs::remove_file(&path).unwrap();
    assert!(library.list().unwrap().exercises.is_empty());
}

#[test]
fn an_unchanged_file_is_not_read_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::open(dir.path()).unwrap();
    let path = library.path_of("00112233aabbccdd");
    drop(begin(&library, "00112233aabbccdd", 20));
    age(&path);
    let marks = fs::metadata(&path).unwrap().modified().unwrap();
    let before = library.list().unwrap();
    let size = fs::metadata(&path).unwrap().len() as usize;
    fs::write(&path, vec![0; size]).unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(marks).unwrap();
    assert_eq!(library.list().unwrap(), before);
}

#[test]
fn an_exercise_is_found_by_as_much_of_its_id_as_it_takes() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::open(dir.path()).unwrap();
    assert!(library.find("00").unwrap_err().to_string().contains("the library is empty"));
    for id in ["00112233aabbccdd", "0011ffffaabbccdd", "9900000000000000"] {
        drop(begin(&library, id, 20));
    }
    assert_eq!(library.find("99").unwrap(), library.path_of("9900000000000000"));
    assert_eq!(library.find("0011FF").unwrap(), library.path_of("0011ffffaabbccdd"));
    assert_eq!(library.find("9900000000000000.startex").unwrap(), library.path_of("9900000000000000"));
    let path = library.path_of("9900000000000000");
    assert_eq!(library.find(path.to_str().unwrap()).unwrap(), path);

    let FindError::Ambiguous { candidates, .. } = library.find("0011").unwrap_err() else { panic!() };
    assert_eq!(candidates.len(), 2);
    let error = library.find("9911").unwrap_err();
    insta::assert_snapshot!(error, @r#"
    no exercise has an id that begins with "9911"; the nearest are:
      9900000000000000 poisoned-model of 2026-11-20T09:00:00Z in "9900000000000000.startex"
      00112233aabbccdd poisoned-model of 2026-11-20T09:00:00Z in "00112233aabbccdd.startex"
      0011ffffaabbccdd poisoned-model of 2026-11-20T09:00:00Z in "0011ffffaabbccdd.startex"
    "#);
    assert!(matches!(library.find(""), Err(FindError::Unknown { .. })));
    assert!(matches!(library.find("./nowhere.startex"), Err(FindError::Open(OpenError::Missing { .. }))));
    // The same exercise twice, as after copying a file.
    fs::copy(library.path_of("9900000000000000"), dir.path().join("copy.startex")).unwrap();
    assert!(library.find("9900000000000000").unwrap_err().to_string().contains("copy.startex"));
}

#[test]
fn words_are_found_across_exercises() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::open(dir.path()).unwrap();
    let mut old = begin(&library, "00112233aabbccdd", 20);
    old.append(6, &[event(7, 70, sent("Service notice", "We isolated the model. Say \"NEAR\" nothing OR more."))])
        .unwrap();
    old.append(
        7,
        &[event(8, 80, Fact::Delivered { item: item("MSG-001", "Service notice", "We isolated the model.") })],
    )
    .unwrap();
    old.seal(SimTime(90_000), WALL).unwrap();
    let _live = begin(&library, "0011ffffaabbccdd", 21);

    let mut ask = |typed: &str| -> Vec<(String, u64)> {
        library.search(typed, 10).unwrap().into_iter().map(|f| (f.id[..6].to_owned(), f.hit.n)).collect()
    };
    let (old, new) = ("001122".to_owned(), "0011ff".to_owned());
    assert_eq!(ask("POISONED answers"), [(new.clone(), 2), (old.clone(), 2)]);
    assert_eq!(ask("isolated"), [(old.clone(), 7)], "sent once, delivered later: one hit");
    assert_eq!(ask("isolat*"), [(old.clone(), 7)]);
    assert_eq!(ask("isolat"), []);
    assert_eq!(ask("\"the model\" service"), [(old.clone(), 7)]);
    assert_eq!(ask("\"model the\""), []);
    assert_eq!(ask("naïve"), [(new.clone(), 6), (old.clone(), 6)]);
    assert_eq!(ask("naive"), [(new, 6), (old.clone(), 6)], "accents need not be typed");
    for typed in ["NEAR(", "\"", "subject:", "a AND", "*", "'; DROP TABLE entry; --", "", "nothing OR more"] {
        let _ = ask(typed);
    }
    assert_eq!(ask("nothing OR more"), [(old, 7)], "what is typed is words");
    assert_eq!(library.search("poisoned", 1).unwrap().len(), 1);

    let hit = &library.search("poisoned", 10).unwrap()[0].hit;
    assert_eq!((hit.kind.as_str(), hit.subject.as_str()), ("inject", "Odd answers"));
    assert_eq!(hit.snippet, "Customers report poisoned answers.");
    assert_eq!(&hit.snippet[hit.marks[0].clone()], "poisoned");
}

#[test]
fn no_id_leaves_the_library() {
    let dir = tempfile::tempdir().unwrap();
    let library = Library::open(&dir.path().join("l")).unwrap();
    for id in ["../../etc/passwd", "", "ABCDEF0123456789", "0011"] {
        assert!(matches!(library.create(&header(id), &[]), Err(OpenError::Header { .. })), "{id}");
    }
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(Library::open(&file).unwrap_err().to_string().contains("cannot open the library"));
}
