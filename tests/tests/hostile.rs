//! Broken, endless and enormous input: one clear message, modest memory, a library untouched.
//!
//! Every command runs with its address space limited (`ulimit -v`) and a limit on its processor time
//! (`ulimit -t`), so that one that would read for ever is ended, and seen to be.
#![cfg(target_os = "linux")]

use crate::program::{Answer, Shelf, run};
use std::{
    fs,
    io::Write,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::LazyLock,
};

/// KiB of address space: a process that reads 50 MB whole and parses it needs more.
const MEMORY: u32 = 320 * 1024;
/// Seconds of processor time.
const TIME: u32 = 30;

/// Runs the program over a library within limits.
fn limited(shelf: &Shelf, args: &[&str]) -> Answer {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("ulimit -v {MEMORY}; ulimit -t {TIME}; exec \"$0\" \"$@\"")])
        .arg(env!("CARGO_BIN_EXE_startex-under-test"))
        .args(args)
        .env("STARTEX_LIBRARY", shelf.path())
        .stdin(Stdio::null());
    run(&mut command)
}

/// Things that are no scenario, no moves and no transcript.
struct Zoo {
    dir: tempfile::TempDir,
}

impl Zoo {
    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

static ZOO: LazyLock<Zoo> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).unwrap();
    write("empty", b"");
    write("garbage", &(0..40_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>());
    write("latin1", b"(format: 1, id: \"caf\xe9\")");
    write("nul", b"(format: 1,\0\0\0 id: \"x\")");
    write("deep", "(".repeat(200_000).as_bytes());
    write("deep-list", format!("(format: 1, seats: {}", "[".repeat(200_000)).as_bytes());
    write("deep-comment", "/*".repeat(200_000).as_bytes());
    write("long-line", &vec![b'a'; 1_900_000]);
    write("sqlite", include_bytes!("data/other.sqlite"));
    // 50 MB, without 50 MB on the disk.
    fs::File::create(dir.path().join("gigantic")).unwrap().set_len(50 << 20).unwrap();
    let mut text = fs::File::create(dir.path().join("gigantic-text")).unwrap();
    for _ in 0..50 {
        text.write_all(&b"00:00:01 ic log \"again and again\"\n".repeat(30_841)).unwrap();
    }
    fs::create_dir(dir.path().join("folder")).unwrap();
    symlink("/dev/zero", dir.path().join("endless")).unwrap();
    symlink("/dev/full", dir.path().join("full")).unwrap();
    symlink("circle", dir.path().join("circle")).unwrap();
    symlink("nowhere", dir.path().join("dangling")).unwrap();
    assert!(Command::new("mkfifo").arg(dir.path().join("pipe")).status().unwrap().success());
    Zoo { dir }
});

const ANIMALS: &[&str] = &[
    "empty",
    "garbage",
    "latin1",
    "nul",
    "deep",
    "deep-list",
    "deep-comment",
    "long-line",
    "sqlite",
    "gigantic",
    "gigantic-text",
    "folder",
    "endless",
    "full",
    "circle",
    "dangling",
    "pipe",
];

/// It ended by itself, with a message or a report, and with the code of a no or a could-not.
#[track_caller]
fn assert_told(answer: &Answer, what: &str) {
    assert!(matches!(answer.code, Some(1 | 3)), "{what}: {answer:#?}");
    let said = format!("{}{}", answer.out, answer.err);
    assert!(!said.trim().is_empty(), "{what}: not a word");
    assert!(!said.contains("panicked") && !said.contains("memory allocation"), "{what}: {answer:#?}");
    assert!(said.len() < 300_000, "{what}: {} bytes of message", said.len());
}

fn library() -> Shelf {
    let shelf = Shelf::new();
    fs::write(shelf.path().join("0123456789abcdef.startex"), b"not one of ours").unwrap();
    shelf
}

#[test]
fn anything_given_as_moves_is_told() {
    let shelf = library();
    let before = shelf.bytes();
    for animal in ANIMALS {
        let path = ZOO.path(animal);
        if *animal == "pipe" {
            // A pipe is waited for, as `play --moves <(…)` needs: give it a writer who says nothing useful.
            continue;
        }
        let answer = limited(&shelf, &["play", "poisoned-model", "--moves", path.to_str().unwrap()]);
        if ["empty"].contains(animal) {
            // No moves at all are moves.
            assert_eq!(answer.code, Some(0), "{answer:#?}");
            continue;
        }
        assert_told(&answer, animal);
        assert!(answer.one_message().contains(path.to_str().unwrap()), "{animal}: {answer:#?}");
        assert!(answer.out.is_empty());
    }
    assert!(shelf.bytes() == before, "the library was touched");
}

#[test]
fn anything_given_as_a_transcript_is_told() {
    let shelf = library();
    let before = shelf.bytes();
    for animal in ANIMALS {
        let path = ZOO.path(animal);
        let path = path.to_str().unwrap();
        assert_told(&limited(&shelf, &["verify", path]), animal);
        assert_told(&limited(&shelf, &["score", path]), animal);
    }
    for command in ["resume", "review", "what-if", "report", "verify"] {
        for animal in ["garbage", "gigantic", "folder", "sqlite", "endless"] {
            let path = ZOO.path(animal);
            let answer = limited(&shelf, &[command, path.to_str().unwrap()]);
            assert_told(&answer, animal);
            if command != "verify" {
                answer.one_message();
            }
        }
    }
    assert!(shelf.bytes() == before, "the library was touched");
}

#[test]
fn anything_named_like_a_transcript_is_listed_as_unreadable() {
    let shelf = library();
    for animal in ANIMALS {
        symlink(ZOO.path(animal), shelf.path().join(format!("{animal}.startex"))).unwrap();
    }
    let listing = limited(&shelf, &["list", "--json"]).ends(0).json();
    assert_eq!(listing["exercises"], serde_json::json!([]));
    let unreadable = listing["unreadable"].as_array().unwrap();
    assert_eq!(unreadable.len(), ANIMALS.len() + 1, "{listing:#}");
    let told = limited(&shelf, &["list"]).ends(0);
    assert_eq!(told.out.matches("cannot be read: ").count(), ANIMALS.len() + 1, "{told:#?}");
    limited(&shelf, &["search", "anything"]).ends(1);
}

/// A folder with a thing in the place of one of a scenario's files.
fn folder(file: &str, animal: &Path) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in scenarios::template("sample", "A sample").unwrap() {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let _ = fs::remove_file(dir.path().join(file));
    symlink(animal, dir.path().join(file)).unwrap();
    dir
}

#[test]
fn anything_given_as_a_scenario_is_told() {
    let shelf = library();
    let before = shelf.bytes();
    for animal in ANIMALS {
        // It has a test of its own.
        if *animal == "long-line" {
            continue;
        }
        let folder = folder("scenario.ron", &ZOO.path(animal));
        let name = folder.path().to_str().unwrap();
        let answer = limited(&shelf, &["scenario", "check", name]);
        assert_told(&answer, animal);
        assert!(format!("{}{}", answer.out, answer.err).contains("scenario.ron"), "{animal}: {answer:#?}");
        let answer = limited(&shelf, &["drill", name, "--plain"]);
        assert_told(&answer, animal);
        assert!(answer.out.is_empty(), "{animal}: {answer:#?}");
    }
    for animal in ["garbage", "gigantic", "endless", "folder", "deep"] {
        for file in ["rubrics.ron", "reference.moves"] {
            let folder = folder(file, &ZOO.path(animal));
            let name = folder.path().to_str().unwrap();
            let answer = limited(&shelf, &["scenario", "check", name, "--json"]);
            assert_told(&answer, animal);
            assert!(answer.json().to_string().contains(file), "{file} {animal}: {answer:#?}");
        }
        assert_told(&limited(&shelf, &["scenario", "check", ZOO.path(animal).to_str().unwrap()]), animal);
    }
    assert!(shelf.bytes() == before, "the library was touched");
}

#[test]
fn a_message_does_not_repeat_a_whole_file() {
    let folder = folder("scenario.ron", &ZOO.path("long-line"));
    let answer = limited(&library(), &["scenario", "check", folder.path().to_str().unwrap()]).ends(1);
    assert!(answer.out.len() < 10_000, "{} bytes of message", answer.out.len());
}

#[test]
fn a_broken_scenario_is_told_with_file_line_and_column() {
    let shelf = library();
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in scenarios::template("sample", "A sample").unwrap() {
        let text = if name == "scenario.ron" { text.replace("default_seat: ", "default_seet: ") } else { text };
        fs::write(dir.path().join(name), text).unwrap();
    }
    let name = dir.path().to_str().unwrap();
    let answer = limited(&shelf, &["scenario", "check", name]).ends(1);
    assert!(answer.out.contains("scenario.ron:") && answer.out.contains("default_seat"), "{answer:#?}");
    let answer = limited(&shelf, &["play", name, "--moves", "nothing"]).ends(1);
    assert!(answer.one_message().contains("default_seat"), "{answer:#?}");
}

#[test]
fn every_bad_line_of_a_moves_file_is_told_at_once() {
    let shelf = library();
    let file = ZOO.path("bad.moves");
    fs::write(&file, "hold ic\n00:01:00 ic fly\n00:00:30 ic open\nsoon ic hint\n00:02:00 ic send x <<END\n").unwrap();
    let answer = limited(&shelf, &["play", "poisoned-model", "--moves", file.to_str().unwrap()]).ends(1);
    for place in [":2:", ":3:", ":4:", ":5:"] {
        assert!(answer.one_message().contains(&format!("bad.moves{place}")), "{answer:#?}");
    }
    fs::write(&file, "hold king\n").unwrap();
    let answer = limited(&shelf, &["play", "poisoned-model", "--moves", file.to_str().unwrap()]).ends(1);
    assert!(answer.one_message().contains("no seat \"king\""), "{answer:#?}");
}

#[test]
fn wild_typing_does_no_harm() {
    let shelf = library();
    let mut lines: Vec<Vec<u8>> = vec![
        b"open \xff\xfe".to_vec(),
        b"log \"\x1b]0;owned\x07\x1b[2J\xe2\x80\xae\"".to_vec(),
        vec![b'x'; 200_000],
        b"send soc via chat body \"unclosed".to_vec(),
        b"send soc via chat <<END".to_vec(),
        vec![b'y'; 70_000],
        b"END".to_vec(),
        b"wait 400d".to_vec(),
        b"wait 99999999999999999999d".to_vec(),
        b"\0\0\0".to_vec(),
        b"take king as \"King\"".to_vec(),
        b"log 99999999999999999999".to_vec(),
        b"help \xf0\x9f\x92\xa9".to_vec(),
    ];
    for word in ["read", "inbox", "assets", "actions", "people", "template", "ask", "page", "pace", "start", "release"]
    {
        lines.push(format!("{word} {}", "(".repeat(3000)).into_bytes());
        lines.push(word.as_bytes().to_vec());
    }
    lines.push(b"status".to_vec());
    // Without a line end, and without an END.
    lines.push(b"send soc via chat <<END\nand then".to_vec());
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("ulimit -v {MEMORY}; ulimit -t {TIME}; exec \"$0\" \"$@\"")])
        .arg(env!("CARGO_BIN_EXE_startex-under-test"))
        .args(["drill", "stolen-weights", "--plain", "--seed", "1"])
        .env("STARTEX_LIBRARY", shelf.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut typing = child.stdin.take().unwrap();
    let reader = std::thread::spawn(move || child.wait_with_output().unwrap());
    for line in &lines {
        typing.write_all(line).and_then(|()| typing.write_all(b"\n")).unwrap();
    }
    drop(typing);
    let answer = Answer::from(reader.join().unwrap()).ends(0);
    assert!(answer.err.is_empty() && answer.out.contains("Everything is in the transcript."), "{answer:#?}");
    assert!(answer.out.lines().any(crate::program::is_status), "{answer:#?}");
    let hidden = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!answer.out.contains(hidden), "something typed acts on the terminal: {answer:#?}");
    let file = shelf.transcripts().into_iter().find(|p| !p.ends_with("0123456789abcdef.startex")).unwrap();
    limited(&shelf, &["verify", file.to_str().unwrap()]).ends(0);
}
