//! The folder of exercises: every file speaks for itself, the index only remembers.

use crate::{
    catalogue,
    program::{Play, Shelf, id, names, run, say, startex},
};
use std::{fs, path::PathBuf, sync::LazyLock};

/// Transcripts as `play --out` writes them, one a scenario.
static KEPT: LazyLock<(tempfile::TempDir, Vec<PathBuf>)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for (scenario, seed) in scenarios::library::names().zip(["1", "2", "3"]) {
        let file = dir.path().join(format!("{scenario}.startex"));
        let moves = catalogue::drills().join(scenario).join("slow.moves");
        let mut command = startex(["play", scenario, "--seed", seed, "--moves"]);
        run(command.arg(moves).arg("--out").arg(&file)).ends(0);
        all.push(file);
    }
    (dir, all)
});

fn shelf() -> Shelf {
    let shelf = Shelf::new();
    for file in &KEPT.1 {
        fs::copy(file, shelf.path().join(file.file_name().unwrap())).unwrap();
    }
    shelf
}

#[test]
fn the_index_can_be_deleted_spoilt_and_rebuilt() {
    let shelf = shelf();
    let list = || shelf.say("list --json").ends(0).out;
    let first = list();
    assert_eq!(list(), first, "the second look sees something else");
    let index = shelf.path().join("index.sqlite");
    fs::remove_file(&index).unwrap();
    assert_eq!(list(), first, "without its index");
    fs::write(&index, b"not an index").unwrap();
    assert_eq!(list(), first, "with a spoilt index");
    fs::write(&index, include_bytes!("data/other.sqlite")).unwrap();
    assert_eq!(list(), first, "with somebody else's index");
    fs::remove_file(&index).unwrap();
    fs::create_dir(&index).unwrap();
    assert_eq!(list(), first, "with a folder where the index should be");
    for scenario in scenarios::library::names() {
        assert!(first.contains(scenario), "{first}");
    }
}

#[test]
fn a_file_that_came_or_went_is_noticed() {
    let shelf = shelf();
    let count = || shelf.say("list --json").ends(0).json()["exercises"].as_array().unwrap().len();
    assert_eq!(count(), 3);
    let gone = shelf.transcripts().remove(0);
    let elsewhere = tempfile::tempdir().unwrap();
    let kept = elsewhere.path().join("kept.startex");
    fs::rename(&gone, &kept).unwrap();
    assert_eq!(count(), 2);
    fs::rename(&kept, shelf.path().join("renamed.startex")).unwrap();
    assert_eq!(count(), 3);
}

#[test]
fn strangers_in_the_folder_are_left_alone() {
    let shelf = shelf();
    let first = shelf.say("list").ends(0).out;
    fs::write(shelf.path().join("notes.txt"), "shopping").unwrap();
    fs::write(shelf.path().join(".hidden"), "x").unwrap();
    fs::write(shelf.path().join("x.startex-new"), "half a draft").unwrap();
    fs::write(shelf.path().join("x.startex-lock"), "").unwrap();
    fs::create_dir(shelf.path().join("old")).unwrap();
    fs::copy(&KEPT.1[0], shelf.path().join("old/again.startex")).unwrap();
    let before = shelf.bytes();
    assert_eq!(shelf.say("list").ends(0).out, first);
    shelf.say("search incident");
    assert!(shelf.bytes() == before, "something was touched: {:?}", names(shelf.path()));
}

#[test]
fn two_copies_of_an_exercise_are_told_apart_or_named() {
    let shelf = shelf();
    let one = &KEPT.1[0];
    fs::copy(one, shelf.path().join("copy.startex")).unwrap();
    let listed = shelf.say("list --json").ends(0).json();
    let exercise = transcripts::Store::read(one).unwrap().header.exercise;
    assert_eq!(listed["exercises"].as_array().unwrap().len(), 4);
    let answer = shelf.say(&format!("score {exercise}")).ends(3);
    let told = answer.one_message();
    assert!(told.contains("copy.startex") && told.contains(one.file_name().unwrap().to_str().unwrap()), "{answer:#?}");
    shelf.say(&format!("score {}", shelf.path().join("copy.startex").display())).ends(0);
}

#[test]
fn search_finds_what_was_said_in_every_exercise() {
    let shelf = shelf();
    let found = shelf.say("search customers --json").ends(0).json();
    let hits = found.as_array().unwrap();
    let mut exercises: Vec<&str> = hits.iter().map(|h| h["id"].as_str().unwrap()).collect();
    exercises.sort_unstable();
    exercises.dedup();
    assert!(exercises.len() >= 2, "only in {exercises:?}");
    // What somebody types is a question, never a program.
    for words in ["\"", "*", "NEAR(", "a AND", "col:x", "'; DROP TABLE entry; --", "\u{0}", "(((((((((("] {
        let answer = run(shelf.command("search").arg(words.replace('\0', " ")));
        assert!(matches!(answer.code, Some(0 | 1)) && answer.err.is_empty(), "{words:?}: {answer:#?}");
    }
}

#[test]
fn an_empty_library_says_how_to_begin() {
    let shelf = Shelf::new();
    let answer = shelf.say("list").ends(0);
    assert!(answer.out.contains("startex drill poisoned-model"), "{answer:#?}");
    assert_eq!(shelf.say("list --json").ends(0).json()["exercises"], serde_json::json!([]));
    assert_eq!(names(shelf.path()), ["index.sqlite"]);
}

#[test]
fn a_library_is_made_where_there_is_none() {
    let shelf = Shelf::new();
    let deep = shelf.path().join("a/b/c");
    let answer = say(&format!("list --library {}", deep.display())).ends(0);
    assert!(answer.out.contains("a/b/c"), "{answer:#?}");
    // The option wins over the environment.
    let other = shelf.path().join("other");
    run(shelf.command("list").arg("--library").arg(&other)).ends(0);
    assert!(other.is_dir());
}

/// A folder in which nothing can be made or changed, root or not: `/proc` takes no files.
#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_nothing_is_called_saved() {
    let answer = say("drill poisoned-model --plain --seed 1 --library /proc/self").ends(3);
    assert!(answer.one_message().contains("/proc/"), "{answer:#?}");
    assert!(!answer.out.contains("saved") && !answer.out.contains("in the transcript"), "{answer:#?}");
}

/// A command as somebody whose rights count: root gives theirs away, where the system has the means.
#[cfg(target_os = "linux")]
fn without_rights(shelf: &Shelf, args: &str) -> Option<crate::program::Answer> {
    use std::process::Command;
    let program = env!("CARGO_BIN_EXE_startex-under-test");
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", "--"];
    let mut command = if fs::write(shelf.path().join("probe"), "").is_ok() {
        fs::remove_file(shelf.path().join("probe")).unwrap();
        let able = Command::new("setpriv").args(nobody).args([program, "--version"]).output();
        able.ok().filter(|o| o.status.success())?;
        let mut command = Command::new("setpriv");
        command.args(nobody).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.args(args.split(' ')).env("STARTEX_LIBRARY", shelf.path()).stdin(std::process::Stdio::null());
    Some(run(&mut command))
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_that_may_only_be_read_can_be_read_and_not_played_in() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = shelf();
    for file in shelf.transcripts() {
        fs::set_permissions(file, fs::Permissions::from_mode(0o444)).unwrap();
    }
    let mode = |mode| fs::set_permissions(shelf.path(), fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let before = shelf.bytes();
    if let Some(listed) = without_rights(&shelf, "list --json") {
        assert_eq!(listed.ends(0).json()["exercises"].as_array().unwrap().len(), 3);
        let one = shelf.named("poisoned-model.startex");
        for command in ["score", "verify", "report", "review", "what-if"] {
            let answer = without_rights(&shelf, &format!("{command} {one}")).unwrap().ends(0);
            assert!(answer.err.is_empty(), "{command}: {answer:#?}");
        }
        let answer = without_rights(&shelf, "drill poisoned-model --plain --seed 1").unwrap().ends(3);
        let told = answer.one_message();
        assert!(told.contains("Permission denied") && told.contains("permissions"), "{answer:#?}");
        assert!(!answer.out.contains("in the transcript"), "{answer:#?}");
        assert!(shelf.bytes() == before);
    }
    mode(0o755);
}

#[test]
fn a_name_with_anything_in_it_is_a_name() {
    let shelf = Shelf::new();
    let odd = shelf.path().join("a b ? # %20 'quoted' é");
    fs::create_dir(&odd).unwrap();
    let mut command =
        startex(["drill", "poisoned-model", "--plain", "--seed", "2", "--name", "Zoë \u{1b}[31m\u{202e}x"]);
    let mut play = Play::start(command.arg("--library").arg(&odd));
    play.act("wait");
    let answer = play.finish().ends(0);
    assert!(!answer.out.contains(['\u{1b}', '\u{202e}']), "{answer:#?}");
    let file = odd.join(names(&odd).into_iter().find(|n| n.ends_with(".startex")).unwrap());
    run(startex(["verify"]).arg(&file)).ends(0);
    run(startex(["score"]).arg(id(&file)).arg("--library").arg(&odd)).ends(0);
}
