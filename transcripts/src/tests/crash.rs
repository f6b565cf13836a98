//! A process that is killed loses nothing it said was saved.

use super::sample::*;
use crate::{OpenError, Phase, Store, check};
use protocol::{Act, SimTime};
use std::{
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
};

const PATH: &str = "STARTEX_TEST_CRASH";

/// Starts this test binary again, in one test, with a path to play at; it says what it did line by line.
fn child(test: &str, path: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", &format!("tests::crash::{test}"), "--nocapture", "--test-threads=1"])
        .env(PATH, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

/// Kills the child once it has said a line, and returns the last number it acknowledged up to then.
fn kill_after(mut child: Child, line: &str) -> u64 {
    let mut last = 0;
    for said in BufReader::new(child.stdout.take().unwrap()).lines() {
        let said = said.unwrap();
        if let Some(n) = said.strip_prefix("saved ") {
            last = n.parse().unwrap();
        }
        if said == line {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    last
}

#[test]
fn a_killed_process_leaves_all_it_acknowledged() {
    if let Ok(path) = env::var(PATH) {
        let mut store = Store::open(path.as_ref()).unwrap();
        for n in store.newest() + 1.. {
            store.append(n - 1, &[command(n, n, Act::Log { text: format!("line {n}") })]).unwrap();
            store.heartbeat(SimTime(n * 1000 + 500), Phase::Running).unwrap();
            say(&format!("saved {n}"));
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.startex");
    drop(played(&path));
    for until in [30, 60] {
        let process = child("a_killed_process_leaves_all_it_acknowledged", &path);
        let last = kill_after(process, &format!("saved {until}"));
        assert_eq!(last, until);
        // A reader sees it before anybody repairs anything, and the next writer goes on at the same time.
        let read = Store::read(&path).unwrap();
        assert!(read.entries.len() as u64 >= last);
        let store = Store::open(&path).unwrap();
        assert!(store.newest() >= last);
        let beat = store.heartbeat_read();
        assert!(beat.at >= SimTime(last * 1000 + 500) && beat.phase == Phase::Running, "{beat:?}");
        drop(store);
        let found = check(&path);
        assert!(found.holds(), "{found}");
    }
    assert_eq!(names(dir.path()), ["x.startex"]);
}

#[test]
fn a_process_killed_while_it_seals_leaves_a_transcript_that_opens_sealed() {
    const NAME: &str = "a_process_killed_while_it_seals_leaves_a_transcript_that_opens_sealed";
    if let Ok(path) = env::var(PATH) {
        let mut store = Store::open(path.as_ref()).unwrap();
        say("sealing");
        store.seal(SimTime(90_000), WALL).unwrap();
        say("sealed");
        std::process::exit(0);
    }
    for line in ["sealing", "sealed"] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.startex");
        let mut store = played(&path);
        // Enough that sealing takes a while.
        let text = "lorem ipsum ".repeat(2000);
        let more: Vec<_> = (7..100).map(|n| command(n, n, Act::Log { text: text.clone() })).collect();
        store.append(6, &more).unwrap();
        drop(store);
        kill_after(child(NAME, &path), line);
        // Killed before the seal was begun it can be sealed now; at any later moment opening finishes it.
        match Store::open(&path) {
            Ok(mut store) => drop(store.seal(SimTime(90_000), WALL).unwrap()),
            Err(OpenError::Sealed { seal, .. }) => assert_eq!(seal.last, 99),
            Err(other) => panic!("{other}"),
        }
        let found = check(&path);
        assert!(found.sealed() && found.holds(), "{found}");
        assert_eq!(names(dir.path()), ["x.startex"]);
    }
}
