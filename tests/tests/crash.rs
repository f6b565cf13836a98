//! A killed program loses nothing it said was done, and goes on where it stood.
//!
//! The program plays line by line over a pipe and is killed with SIGKILL; what it had answered until then
//! says how far it must have come. No test waits for time to pass.

use crate::{
    catalogue,
    program::{Answer, Play, Shelf, clock, id, is_status, names, run},
    telling,
};
use protocol::{Act, Actor, Board, Command, Mode, Pace, SeatId, SimTime, board::Phase};
use session::{Opening, Table};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};
use transcripts::{Body, Entry, Library, Store};

/// What is typed: looks, waits of both sorts, work, texts, a refusal, a decision. No line ends the drill.
const LINES: &[&str] = &[
    "wait",
    "read",
    "log \"Aware at 08:41.\"",
    "wait 90s",
    "page ml-eng \"Please look at 4.2.0\"",
    "wait 4m",
    "open all",
    "ack all",
    "ask ml-eng do freeze-promotion",
    "wait",
    "read",
    "declare incident model-integrity \"Same phrase in all of them\"",
    "declare severity sev1 \"Customers' money\"",
    "page legal \"We have an incident, please join\"",
    "log \"Legal is on the way.\"",
    "wait 3m",
    "ask soc query q-registry-audit",
    "wait",
    "send soc via chat subject \"Next\" body \"Which token pushed it?\"",
    "wait 7m",
    "open all",
    "ask platform do rotate-secrets",
    "wait",
    "decide contain hold-and-roll-back \"Hold first\"",
    "wait 10m",
    "open all",
    "ask ml-eng do rollback-pool on serving-eu",
    "wait 12m",
    "log \"Rolled back.\"",
    "wait 9m30s",
];

/// A drill that was begun and left at once: each test goes on with a copy of it.
struct Begun {
    shelf: Shelf,
    file: PathBuf,
}

static BEGUN: LazyLock<Begun> = LazyLock::new(|| {
    let shelf = Shelf::new();
    let mut command = shelf.command("drill poisoned-model --plain --seed 7 --name Ana --pace turn");
    let left = run(&mut command).ends(0);
    assert!(left.out.contains("Everything is in the transcript."), "{left:#?}");
    let file = shelf.only();
    Begun { shelf, file }
});

/// What came of typing all lines in one go and leaving.
struct Whole {
    entries: Vec<Entry>,
    /// For every number of lines done: exercise time as the program said it.
    clocks: Vec<String>,
    /// For every number of lines done: how many entries there were.
    lengths: Vec<usize>,
}

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let (shelf, path) = copy();
    let mut play = resume(&shelf, &path);
    let mut clocks = vec![clock(&play.status()).to_owned()];
    let mut lengths = vec![Store::read(&path).unwrap().entries.len()];
    for line in LINES {
        clocks.push(clock(&play.act(line)).to_owned());
        lengths.push(Store::read(&path).unwrap().entries.len());
    }
    play.finish().ends(0);
    Whole { entries: Store::read(&path).unwrap().entries, clocks, lengths }
});

fn copy() -> (Shelf, PathBuf) {
    let shelf = Shelf::new();
    let path = shelf.path().join(BEGUN.file.file_name().unwrap());
    fs::copy(&BEGUN.file, &path).unwrap();
    (shelf, path)
}

fn resume(shelf: &Shelf, path: &Path) -> Play {
    Play::start(&mut shelf.command(&format!("resume {} --plain", id(path))))
}

fn boards(entries: &[Entry]) -> BTreeMap<SeatId, Board> {
    let seats = &catalogue::scenario("poisoned-model").scenario.seats;
    let mut boards: BTreeMap<_, _> = seats.iter().map(|s| (s.id.clone(), Board::new(s.id.clone()))).collect();
    for entry in entries {
        if let Body::Event(event) = &entry.body {
            boards.values_mut().for_each(|b| b.apply(event));
        }
    }
    boards
}

fn assert_boards(table: &Table, entries: &[Entry]) {
    for (seat, board) in boards(entries) {
        assert!(table.board(&seat) == Some(&board), "the board of {seat} is another one");
    }
}

#[test]
fn the_lines_do_what_they_are_here_for() {
    let told = telling::events(&WHOLE.entries);
    assert!(!told.contains("REFUSED"), "{told}");
    let acts = WHOLE.entries.iter().filter(|e| matches!(&e.body, Body::Command(_))).count();
    assert!(acts >= LINES.len(), "{acts} commands of {} lines\n{told}", LINES.len());
    assert!(BEGUN.shelf.path().exists());
}

/// A table taken up from a file stands where the whole exercise stood after so many lines.
#[track_caller]
fn assert_stands(path: &Path, done: usize) {
    let table = Table::resume(path).unwrap();
    let (length, last) = (WHOLE.lengths[done], LINES.get(done.wrapping_sub(1)));
    assert!(table.transcript().entries == WHOLE.entries[..length], "{done} lines, the last {last:?}: another record");
    assert_boards(&table, &WHOLE.entries[..length]);
    assert_eq!(table.now().to_string(), WHOLE.clocks[done], "{done} lines, the last {last:?}");
    assert_eq!(table.phase(), Phase::Running);
    assert_eq!(table.saved(), &session::Saved::Yes);
}

#[test]
fn killed_after_a_while_the_exercise_stands_where_it_stood() {
    for done in [0, 9, 18, LINES.len()] {
        let (shelf, path) = copy();
        let mut play = resume(&shelf, &path);
        play.status();
        for line in &LINES[..done] {
            play.act(line);
        }
        play.kill();
        assert_stands(&path, done);
    }
}

#[test]
fn killed_after_every_line_it_becomes_the_same_exercise() {
    let (shelf, path) = copy();
    for (done, line) in LINES.iter().enumerate() {
        let mut play = resume(&shelf, &path);
        assert_eq!(clock(&play.status()), WHOLE.clocks[done], "after {done} lines");
        assert_eq!(clock(&play.act(line)), WHOLE.clocks[done + 1], "after {line:?}");
        play.kill();
        assert_stands(&path, done + 1);
    }
    shelf.say(&format!("verify {}", id(&path))).ends(0);
    assert_eq!(transcripts_and_reports(&shelf), [path.file_name().unwrap().to_str().unwrap()]);
}

/// What lies in a shelf besides the index.
fn transcripts_and_reports(shelf: &Shelf) -> Vec<String> {
    names(shelf.path()).into_iter().filter(|n| !n.starts_with("index.sqlite")).collect()
}

/// How many lines a program had done, by its answers.
fn done(said: &[String]) -> usize {
    said.iter().filter(|l| is_status(l)).count()
}

/// What is left to type so that the record becomes the whole one: the lines whose command is not in it.
fn rest(entries: &[Entry]) -> &'static [&'static str] {
    let lines = WHOLE.lengths.iter().filter(|l| **l <= entries.len()).count() - 1;
    &LINES[lines..]
}

#[test]
fn killed_at_any_moment_everything_it_answered_is_there() {
    for words in [1, 2, 3, 5, 8, 13, 21, 34, 60, 90, 120] {
        let (shelf, path) = copy();
        let mut play = resume(&shelf, &path);
        for line in LINES {
            play.type_line(line);
            play.type_line("status");
        }
        let mut seen = 0;
        // Whatever it does then: it is in the middle of the lines that wait in its pipe.
        let reached = play.until(|_| {
            seen += 1;
            seen == words
        });
        let said = play.kill();
        assert!(reached.is_some(), "it ended after {seen} lines");
        let answered = done(&said);

        let table = Table::resume(&path).unwrap();
        let entries = table.transcript().entries;
        assert!(entries.len() >= WHOLE.lengths[answered], "{words}: {answered} lines were answered");
        assert!(entries[..] == WHOLE.entries[..entries.len()], "{words}: another record");
        assert_boards(&table, &entries);
        drop(table);

        let mut play = resume(&shelf, &path);
        for line in rest(&entries) {
            play.type_line(line);
        }
        play.status();
        play.finish().ends(0);
        assert!(Store::read(&path).unwrap().entries == WHOLE.entries, "{words}: it became another exercise");
    }
}

#[test]
fn what_was_on_the_screen_is_on_the_disk() {
    let (shelf, path) = copy();
    let mut command = shelf.command(&format!("resume {} --plain", id(&path)));
    let mut play = Play::start(command.env("LC_ALL", "C.UTF-8"));
    play.status();
    for line in LINES {
        let before = play.said.len();
        play.act(line);
        // Read from another process while it plays: an entry is shown after it is saved, never before.
        let board = &boards(&Store::read(&path).unwrap().entries)[&SeatId::from("ic")];
        let log: Vec<String> = board.log.iter().map(|l| format!("{} {}", l.at, l.text.trim_end())).collect();
        for shown in play.said[before..].iter().filter(|l| l.as_bytes().get(2) == Some(&b':')) {
            assert!(log.iter().any(|l| l == shown), "{shown:?} was shown and is not saved\n{log:#?}");
        }
    }
    play.kill();
}

/// Plays the rest of the exercise to EndEx.
fn end(shelf: &Shelf, path: &Path, entries: &[Entry]) -> Answer {
    let mut play = resume(shelf, path);
    for line in rest(entries) {
        play.type_line(line);
    }
    play.type_line("end");
    play.finish()
}

/// The whole exercise with its EndEx.
static ENDED: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let (shelf, path) = copy();
    end(&shelf, &path, &WHOLE.entries[..WHOLE.lengths[0]]).ends(0);
    Store::read(&path).unwrap().entries
});

#[test]
fn an_interrupted_exercise_ends_like_one_that_was_not() {
    assert!(ENDED[..WHOLE.entries.len()] == WHOLE.entries[..]);
    let (shelf, path) = copy();
    let mut play = resume(&shelf, &path);
    for line in &LINES[..17] {
        play.act(line);
    }
    play.kill();
    let answer = end(&shelf, &path, &WHOLE.entries[..WHOLE.lengths[17]]).ends(0);
    assert!(answer.out.contains("startex review"), "{answer:#?}");
    let transcript = Store::read(&path).unwrap();
    assert!(transcript.entries == *ENDED);
    assert!(transcript.seal.is_some());
    shelf.say(&format!("verify {}", path.display())).ends(0);
}

#[test]
fn killed_while_it_seals_it_is_sealed_by_the_next_one() {
    for moment in ["-sealing", "-lock gone", "at once", "report"] {
        let (shelf, path) = copy();
        let mut play = resume(&shelf, &path);
        play.status();
        play.type_line("end");
        let beside = |ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
        let reached = || match moment {
            "-sealing" => beside("-sealing").exists() || !beside("-lock").exists(),
            "-lock gone" => !beside("-lock").exists(),
            "report" => path.with_extension("report.md").exists(),
            _ => true,
        };
        // It comes to each of these by itself, and if not, to its end.
        while !reached() && !play.is_gone() {
            std::hint::spin_loop();
        }
        play.kill();
        // Killed before EndEx was taken in it goes on; at any later moment it is over.
        match Table::resume(&path) {
            Ok(mut table) if table.phase() != Phase::Ended => {
                table.submit(Actor::Facilitator, Act::End).unwrap();
            }
            Ok(table) => drop(table),
            Err(why) => assert!(why.to_string().contains("EndEx was"), "{moment}: {why}"),
        }
        let transcript = Store::read(&path).unwrap();
        assert!(transcript.seal.is_some(), "{moment}");
        let verdict = session::verify(&path);
        assert!(verdict.holds() && verdict.integrity.sealed(), "{moment}: {verdict:#?}");
        let left: Vec<String> =
            transcripts_and_reports(&shelf).into_iter().filter(|n| !n.contains(".report.")).collect();
        assert_eq!(left, [path.file_name().unwrap().to_str().unwrap()], "{moment}");
    }
}

#[test]
fn a_killed_new_drill_is_there_as_soon_as_it_says_so() {
    let shelf = Shelf::new();
    let mut play = Play::start(&mut shelf.command("drill poisoned-model --plain --seed 7 --name Ana"));
    play.until(|line| line.ends_with("StartEx")).unwrap();
    play.kill();
    let path = shelf.only();
    let begun = Store::read(&BEGUN.file).unwrap().entries;
    assert!(Store::read(&path).unwrap().entries == begun, "it begins like one that was not killed");
    let mut play = resume(&shelf, &path);
    assert_eq!(clock(&play.status()), "00:00:00");
    play.finish().ends(0);
}

#[test]
fn an_exercise_that_runs_by_itself_stops_for_whoever_was_cut_off() {
    let shelf = Shelf::new();
    let library = Library::open(shelf.path()).unwrap();
    let opening =
        Opening { people: vec![("ic".into(), "Ana".into())], mode: Mode::Practice, pace: Pace::Times(10), seed: 7 };
    let mut table = Table::create(&library, catalogue::scenario("poisoned-model"), &opening).unwrap();
    for _ in 0..40 {
        table.elapse(std::time::Duration::from_secs(1)).unwrap();
    }
    let (now, path) = (table.now(), table.path().to_owned());
    assert_eq!(now, SimTime(400_000));
    // Gone without a farewell: nothing is written when a table is dropped.
    drop(table);
    let mut play = resume(&shelf, &path);
    let status = play.status();
    assert_eq!(clock(&status), "00:06:40", "{status}");
    assert!(status.contains("paused"), "{status}");
    play.finish().ends(0);
    let last = Store::read(&path).unwrap().commands().last().map(|(_, c)| c.clone());
    assert_eq!(last, Some(Command { at: now, by: Actor::Facilitator, act: Act::Pause }));
}
