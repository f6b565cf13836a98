//! A disk that fails while an exercise is played: it goes on, says what is not saved, and recovers.

use crate::{
    catalogue,
    program::{Play, Shelf, id},
};
use protocol::{Act, Actor, Fact, Mode, Pace, SimTime, Span, board::Phase};
use session::{Opening, Saved, Table};
use std::{fs, path::PathBuf, time::Duration};
use transcripts::{Library, Store};

fn table(shelf: &Shelf) -> Table {
    let library = Library::open(shelf.path()).unwrap();
    let people = vec![("ic".into(), "Ana".into())];
    let opening = Opening { people, mode: Mode::Practice, pace: Pace::Turn, seed: 7 };
    Table::create(&library, catalogue::scenario("poisoned-model"), &opening).unwrap()
}

fn log(table: &mut Table, text: &str) {
    table.submit(Actor::Seat("ic".into()), Act::Log { text: text.to_owned() }).unwrap();
}

fn wait(table: &mut Table, span: Span) {
    table.submit(Actor::Facilitator, Act::Wait { span }).unwrap();
}

#[track_caller]
fn assert_unsaved(table: &Table) {
    let Saved::No(why) = table.saved() else { panic!("it says it is saved") };
    assert!(why.contains("not saved"), "{why}");
}

/// The transcript taken away, as when its disk is unplugged.
struct Away {
    here: PathBuf,
    there: PathBuf,
}

impl Away {
    fn take(table: &Table) -> Self {
        let here = table.path().to_owned();
        let there = here.with_extension("away");
        for ending in ["", "-wal", "-shm"] {
            let name = |p: &PathBuf| PathBuf::from(format!("{}{ending}", p.display()));
            fs::rename(name(&here), name(&there)).unwrap();
        }
        Self { here, there }
    }

    fn bring_back(self) {
        for ending in ["-wal", "-shm", ""] {
            let name = |p: &PathBuf| PathBuf::from(format!("{}{ending}", p.display()));
            fs::rename(name(&self.there), name(&self.here)).unwrap();
        }
    }
}

#[test]
fn an_exercise_whose_file_is_gone_goes_on_and_is_saved_when_it_is_back() {
    let shelf = Shelf::new();
    let mut table = table(&shelf);
    log(&mut table, "before");
    let saved = Store::read(table.path()).unwrap().entries.len();
    let away = Away::take(&table);
    log(&mut table, "meanwhile");
    assert_unsaved(&table);
    wait(&mut table, Span::mins(6));
    assert_unsaved(&table);
    // It is on the boards all the same: nobody is stopped.
    let seen = table.board(&"ic".into()).unwrap();
    assert!(seen.log.iter().any(|l| l.text.contains("meanwhile")) && seen.inbox.len() > 1);
    assert_eq!(table.now(), SimTime(360_000));
    assert!(!table.path().exists(), "a new file was made in its place");
    away.bring_back();
    assert_eq!(Store::read(table.path()).unwrap().entries.len(), saved);
    // Tried again as time goes by, without anybody doing anything.
    table.elapse(Duration::from_secs(1)).unwrap();
    assert_eq!(table.saved(), &Saved::Yes);
    assert!(Store::read(table.path()).unwrap().entries == table.transcript().entries);
    log(&mut table, "after");
    table.submit(Actor::Facilitator, Act::End).unwrap();
    let verdict = session::verify(table.path());
    assert!(verdict.holds() && verdict.integrity.sealed(), "{verdict:#?}");
}

#[test]
fn an_exercise_that_ends_unsaved_is_sealed_when_it_can_be() {
    let shelf = Shelf::new();
    let mut table = table(&shelf);
    let away = Away::take(&table);
    wait(&mut table, Span::mins(3));
    table.submit(Actor::Facilitator, Act::End).unwrap();
    assert_eq!(table.phase(), Phase::Ended);
    assert_unsaved(&table);
    assert!(table.transcript().seal.is_none());
    // It can be scored, saved or not.
    assert!(!table.scorecard().unwrap().passed);
    away.bring_back();
    table.elapse(Duration::from_secs(1)).unwrap();
    assert_eq!(table.saved(), &Saved::Yes);
    let path = table.path().to_owned();
    drop(table);
    assert!(
        Store::read(&path)
            .unwrap()
            .entries
            .iter()
            .any(|e| { matches!(&e.body, transcripts::Body::Event(e) if matches!(e.fact, Fact::Ended)) })
    );
    let verdict = session::verify(&path);
    assert!(verdict.holds() && verdict.integrity.sealed(), "{verdict:#?}");
}

#[test]
fn another_file_in_its_place_is_not_written_into() {
    let shelf = Shelf::new();
    let mut table = table(&shelf);
    let other = tempfile::tempdir().unwrap();
    let stranger = other.path().join("stranger");
    fs::copy(table.path(), &stranger).unwrap();
    let away = Away::take(&table);
    fs::copy(&stranger, table.path()).unwrap();
    log(&mut table, "into the void");
    assert_unsaved(&table);
    assert!(fs::read(table.path()).unwrap() == fs::read(&stranger).unwrap());
    fs::remove_file(table.path()).unwrap();
    away.bring_back();
    log(&mut table, "home again");
    assert_eq!(table.saved(), &Saved::Yes);
}

/// A disk that is full: files may grow no further than a limit, until the limit is lifted.
#[cfg(target_os = "linux")]
mod full {
    use super::*;
    use std::process::{Command, Stdio};

    /// Lets a running program's files grow to this many bytes, or without end.
    fn allow(pid: u32, bytes: &str) {
        let allowed =
            Command::new("prlimit").args([format!("--pid={pid}"), format!("--fsize={bytes}:")]).status().unwrap();
        assert!(allowed.success());
    }

    fn has_prlimit() -> bool {
        let probe = Command::new("prlimit").arg("--version").stdout(Stdio::null()).status();
        probe.is_ok_and(|s| s.success())
    }

    /// A drill that was left at once, and the program going on with it. A write beyond the limit fails like
    /// one on a full disk: its signal is ignored.
    fn resume(shelf: &Shelf) -> Play {
        let table = table(shelf);
        let path = table.path().to_owned();
        drop(table);
        let mut command = Command::new("sh");
        command
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
            .arg(env!("CARGO_BIN_EXE_startex-under-test"))
            .args(["resume", id(&path), "--plain"])
            .env("STARTEX_LIBRARY", shelf.path());
        Play::start(&mut command)
    }

    /// Types log lines until one of them is not saved, and returns how many were.
    fn fill(play: &mut Play) -> usize {
        for n in 1..2000 {
            if play.act(&format!("log \"Line {n} {}\"", "of many words ".repeat(40))).contains("NOT SAVED") {
                return n - 1;
            }
        }
        panic!("the disk is never full")
    }

    #[test]
    fn a_full_disk_is_told_and_survived() {
        if !has_prlimit() {
            return;
        }
        let shelf = Shelf::new();
        let mut play = resume(&shelf);
        assert!(play.status().contains(", saved."));
        allow(play.pid(), "600000");
        let saved = fill(&mut play);
        let path = shelf.only();
        let logged = |text: &str| {
            let lines = Store::read(&path).unwrap().entries.into_iter();
            lines.filter(|e| matches!(&e.body, transcripts::Body::Event(e) if matches!(&e.fact, Fact::Logged { text: t, .. } if t.contains(text)))).count()
        };
        assert_eq!(logged("Line "), saved, "what was called saved is there, and nothing else");
        // It goes on: time passes, things reach the seat, and it keeps saying so.
        let status = play.act("wait 6m");
        assert!(status.contains("NOT SAVED") && status.starts_with("EXERCISE 00:06:00"), "{status}");
        assert!(play.act("open all").contains("NOT SAVED"));
        allow(play.pid(), "unlimited");
        let status = play.act("log \"Room again.\"");
        assert!(status.contains(", saved."), "{status}");
        assert_eq!((logged("Line "), logged("Room again")), (saved + 1, 1));
        play.type_line("end");
        let answer = play.finish().ends(0);
        assert!(answer.out.contains("startex review"), "{answer:#?}");
        let verdict = session::verify(&path);
        assert!(verdict.holds() && verdict.integrity.sealed(), "{verdict:#?}");
    }

    #[test]
    fn whoever_leaves_with_a_full_disk_is_told_what_is_not_saved() {
        if !has_prlimit() {
            return;
        }
        let shelf = Shelf::new();
        let mut play = resume(&shelf);
        play.status();
        allow(play.pid(), "600000");
        let saved = fill(&mut play);
        let answer = play.finish();
        assert!(answer.out.contains("NOT SAVED") && !answer.out.contains("Everything is in"), "{answer:#?}");
        // What was saved can be gone on with.
        let table = Table::resume(&shelf.only()).unwrap();
        let log = &table.board(&"ic".into()).unwrap().log;
        assert_eq!(log.iter().filter(|l| l.text.contains("Line ")).count(), saved);
    }

    #[test]
    fn an_exercise_that_ends_on_a_full_disk_is_scored_and_sealed_later() {
        if !has_prlimit() {
            return;
        }
        let shelf = Shelf::new();
        let mut play = resume(&shelf);
        play.status();
        // Enough for the entries, too little for the sealed file.
        allow(play.pid(), "150000");
        play.type_line("end");
        let answer = play.finish();
        assert!(answer.err.is_empty() || answer.code == Some(3), "{answer:#?}");
        assert!(!answer.err.contains("panicked"), "{answer:#?}");
        assert!(!answer.out.contains("Everything is in the transcript."), "{answer:#?}");
        let path = shelf.only();
        match Table::resume(&path) {
            Ok(table) => assert!(!table.ended() || table.transcript().seal.is_some()),
            Err(why) => assert!(why.to_string().contains("EndEx"), "{why}"),
        }
        assert!(session::verify(&path).holds());
    }
}
