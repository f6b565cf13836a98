//! Exit codes, messages and JSON of every command: what scripts lean on.

use crate::{
    catalogue,
    program::{Play, Shelf, id, run, say, startex},
};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::Stdio,
    sync::LazyLock,
};

/// A library with one finished exercise and one that was left.
struct Full {
    shelf: Shelf,
    finished: PathBuf,
    left: PathBuf,
    /// What the finished one said to the end.
    said: String,
}

static FULL: LazyLock<Full> = LazyLock::new(|| {
    let shelf = Shelf::new();
    let mut play = Play::start(&mut shelf.command("drill stolen-weights --plain --seed 3 --name Zephyrine"));
    for line in ["wait", "read", "wait 5m", "log \"A zebra was here.\"", "open all", "wait 20m", "end"] {
        play.type_line(line);
    }
    let said = play.finish().ends(0).out;
    let finished = shelf.only();
    let mut command = shelf.command("drill poisoned-model --plain --seed 4 --name Ben --assess");
    run(&mut command).ends(0);
    let left = shelf.transcripts().into_iter().find(|p| *p != finished).unwrap();
    Full { shelf, finished, left, said }
});

#[test]
fn a_finished_exercise_says_how_it_went_and_where_it_lies() {
    let said = &FULL.said;
    for wanted in ["EndEx", "Strengths", "Areas for improvement", "What if", "Report", "startex review"] {
        assert!(said.contains(wanted), "{wanted:?} is missing:\n{said}");
    }
    for report in ["report.md", "report.html"] {
        let file = FULL.finished.with_extension(report);
        assert!(said.contains(file.to_str().unwrap()), "{said}");
        let text = fs::read_to_string(file).unwrap();
        assert!(text.contains("EXERCISE"), "a report without the word EXERCISE");
    }
}

#[test]
fn commands_that_did_it_end_with_0() {
    let finished = id(&FULL.finished);
    for args in [
        "--help".to_owned(),
        "--version".to_owned(),
        "help".to_owned(),
        "drill --help".to_owned(),
        "scenario check --help".to_owned(),
        "list".to_owned(),
        "scenario list".to_owned(),
        "scenario show stolen-weights".to_owned(),
        "search zebra".to_owned(),
        format!("score {finished}"),
        format!("what-if {finished}"),
        format!("report {finished}"),
        format!("report {finished} --format html"),
        format!("report {finished} --pseudonymous"),
        format!("review {finished}"),
        format!("verify {finished}"),
        format!("verify {}", id(&FULL.left)),
        format!("score {}", &finished[..6]),
    ] {
        let answer = FULL.shelf.say(&args).ends(0);
        assert!(!answer.out.is_empty() && answer.err.is_empty(), "{args}: {answer:#?}");
    }
}

#[test]
fn started_bare_without_a_terminal_it_shows_help() {
    let answer = run(&mut startex::<&str>([])).ends(0);
    assert!(answer.out.contains("Usage:") && answer.out.contains("drill"), "{answer:#?}");
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_would_be_right() {
    for (args, says) in [
        ("dril poisoned-model", "drill"),
        ("drill", "<SCENARIO>"),
        ("drill poisoned-model --pace fast", "live, turn, or x2 to x60"),
        ("drill poisoned-model --pace x61", "live, turn, or x2 to x60"),
        ("drill poisoned-model --seed=-1", "--seed"),
        ("drill poisoned-model --seed 99999999999999999999", "--seed"),
        ("drill poisoned-model --plain --seat king", "its seats are: ic, soc"),
        ("play poisoned-model", "--moves"),
        ("play poisoned-model --moves reference --json --events", "cannot be used with"),
        ("report 0123 --format docx", "html"),
        ("search", "<WORDS>"),
        ("scenario", "check"),
        ("scenario simulate poisoned-model --seeds 0", "1..=1000"),
        ("scenario simulate poisoned-model --seeds 1001", "1..=1000"),
        ("score", "<EXERCISE>"),
    ] {
        let answer = FULL.shelf.say(args).ends(2);
        assert!(answer.err.contains(says) && answer.out.is_empty(), "{args}: {answer:#?}");
    }
    assert_eq!(FULL.shelf.transcripts().len(), 2, "wrong usage made an exercise");
}

#[test]
fn a_new_scenario_never_overwrites() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("harbour-lights");
    let new = || startex([std::ffi::OsStr::new("scenario"), "new".as_ref(), folder.as_os_str()]);
    run(&mut new()).ends(0);
    let before = fs::read(folder.join("scenario.ron")).unwrap();
    let answer = run(&mut new()).ends(2);
    assert!(answer.one_message().contains("exists already"), "{answer:#?}");
    assert!(fs::read(folder.join("scenario.ron")).unwrap() == before);
    // What it made is a scenario that can be checked and played.
    run(startex(["scenario", "check"]).arg(&folder)).ends(0);
    run(startex(["play", "--moves", "nothing"]).arg(&folder)).ends(0);
    run(startex(["scenario", "simulate", "--seeds", "3", "--json"]).arg(&folder)).ends(0).json();
}

#[test]
fn what_is_not_there_is_named_with_what_to_do_next() {
    for (args, code, says) in [
        ("drill poisened-model --plain", 1, "did you mean `poisoned-model`"),
        ("play nowhere --moves reference", 1, "poisoned-model"),
        ("scenario check nowhere", 1, "neither in the library"),
        ("scenario show nowhere", 1, "neither in the library"),
        ("play stolen-weights --moves /nowhere/x.moves", 3, "/nowhere/x.moves"),
        ("score ffff", 3, "ffff"),
        ("resume ffff --plain", 3, "ffff"),
        ("review ffff", 3, "ffff"),
        ("what-if ffff", 3, "ffff"),
        ("report ffff", 3, "ffff"),
        ("verify ffff", 3, "ffff"),
        ("verify /nowhere/x.startex", 3, "startex list"),
        ("list --library /dev/null/x", 3, "/dev/null/x"),
        ("list --library /proc/none", 3, "/proc/none"),
    ] {
        let answer = FULL.shelf.say(args).ends(code);
        assert!(answer.one_message().contains(says) && answer.out.is_empty(), "{args}: {answer:#?}");
    }
}

#[test]
fn a_message_says_everything_once() {
    for args in ["list --library /dev/null/x", "play poisoned-model --moves nothing --out /nowhere/x.startex"] {
        let answer = FULL.shelf.say(args).ends(3);
        assert_eq!(answer.one_message().matches("(os error").count(), 1, "{answer:#?}");
    }
}

#[test]
fn an_empty_variable_is_no_variable() {
    run(startex(["scenario", "list"]).env("STARTEX_LIBRARY", "")).ends(0);
}

#[test]
fn commands_that_looked_and_found_nothing_end_with_1() {
    let answer = FULL.shelf.say("search quagga").ends(1);
    assert!(answer.out.contains("Nothing was found") && answer.err.is_empty(), "{answer:#?}");
    assert_eq!(FULL.shelf.say("search quagga --json").ends(1).json(), serde_json::json!([]));
}

#[test]
fn a_finished_exercise_is_not_gone_on_with() {
    let before = fs::read(&FULL.finished).unwrap();
    let answer = FULL.shelf.say(&format!("resume {} --plain", id(&FULL.finished))).ends(3);
    assert!(answer.one_message().contains("startex review"), "{answer:#?}");
    assert!(fs::read(&FULL.finished).unwrap() == before);
}

#[test]
fn an_exercise_that_is_played_is_not_played_twice() {
    let shelf = Shelf::new();
    let path = shelf.path().join(FULL.left.file_name().unwrap());
    fs::copy(&FULL.left, &path).unwrap();
    let mut play = Play::start(&mut shelf.command(&format!("resume {} --plain", id(&path))));
    play.status();
    let answer = shelf.say(&format!("resume {} --plain", id(&path))).ends(3);
    assert!(answer.one_message().contains("is being played by another startex"), "{answer:#?}");
    assert_eq!(shelf.say("list --json").ends(0).json()["exercises"][0]["playing"], true);
    shelf.say(&format!("verify {}", id(&path))).ends(0);
    play.act("log \"Still here.\"");
    play.finish().ends(0);
    assert_eq!(shelf.say("list --json").ends(0).json()["exercises"][0]["playing"], false);
}

#[test]
fn json_is_json_and_says_what_it_is() {
    let finished = id(&FULL.finished);
    let list = FULL.shelf.say("list --json").ends(0).json();
    let exercises = list["exercises"].as_array().unwrap();
    assert_eq!(exercises.len(), 2);
    let of = |id: &str| exercises.iter().find(|e| e["id"] == id).unwrap();
    assert_eq!(of(finished)["sealed"], true);
    assert_eq!(of(finished)["scenario"], "stolen-weights");
    assert!(of(finished)["percent"].is_u64(), "the score is not kept with the exercise: {list:#}");
    assert_eq!(of(id(&FULL.left))["sealed"], false);
    assert_eq!(of(id(&FULL.left))["seats"][0]["person"], "Ben");

    let card = FULL.shelf.say(&format!("score {finished} --json")).ends(0).json();
    assert_eq!(card["schema"], "startex.scorecard/1");
    assert_eq!(card["percent"], of(finished)["percent"]);
    assert!(card["people"].as_object().unwrap().values().all(|person| person == "Zephyrine"));

    let found = FULL.shelf.say("search zebra --json").ends(0).json();
    assert_eq!(found[0]["id"], finished);
    assert!(found.to_string().contains("zebra"));

    assert!(FULL.shelf.say(&format!("what-if {finished} --json")).ends(0).json().is_array());
    let verdict = FULL.shelf.say(&format!("verify {finished} --json")).ends(0).json();
    assert_eq!(verdict["holds"], true);
    FULL.shelf.say(&format!("report {finished} --format json")).ends(0).json();

    assert_eq!(say("scenario list --json").ends(0).json().as_array().unwrap().len(), scenarios::library::LIBRARY.len());
    assert!(say("scenario show stolen-weights --json").ends(0).json().is_object());
    say("scenario check stolen-weights --json").ends(0).json();
}

#[test]
fn a_report_goes_where_it_is_told_to() {
    let finished = id(&FULL.finished);
    let dir = tempfile::tempdir().unwrap();
    for format in ["md", "html", "json"] {
        let file = dir.path().join(format!("report.{format}"));
        let answer = FULL.shelf.say(&format!("report {finished} --format {format} --out {}", file.display())).ends(0);
        assert!(answer.out.is_empty() && answer.err.is_empty(), "{answer:#?}");
        let printed = FULL.shelf.say(&format!("report {finished} --format {format}")).ends(0).out;
        assert_eq!(fs::read_to_string(file).unwrap(), printed);
        assert!(printed.contains("Zephyrine"), "{format} does not say who played");
        // Another person reads it: nothing of this machine is in it.
        assert!(!printed.contains(FULL.shelf.path().to_str().unwrap()), "{format} names the folder");
    }
    let answer = FULL.shelf.say(&format!("report {finished} --out /nowhere/report.md")).ends(3);
    assert!(answer.one_message().contains("/nowhere/report.md"), "{answer:#?}");
    let seats_only = FULL.shelf.say(&format!("report {finished} --pseudonymous")).ends(0).out;
    assert!(!seats_only.contains("Zephyrine"), "a pseudonymous report names her");
}

#[test]
fn a_headless_run_can_be_kept_scored_and_never_overwrites() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("kept.startex");
    let moves = catalogue::drills().join("compromised-dependency/slow.moves");
    let play = || {
        let mut command = startex(["play", "compromised-dependency", "--seed", "5", "--json", "--moves"]);
        command.arg(&moves).arg("--out").arg(&file);
        command
    };
    let played = run(&mut play()).ends(0).json();
    let before = fs::read(&file).unwrap();
    let scored = run(startex(["score", "--json"]).arg(&file)).ends(0).json();
    assert_eq!(played, scored, "play and score disagree");
    let answer = run(&mut play()).ends(3);
    assert!(answer.one_message().contains("exists already"), "{answer:#?}");
    assert!(fs::read(&file).unwrap() == before);
    assert_eq!(crate::program::names(dir.path()), ["kept.startex"]);
}

#[test]
fn a_score_under_another_rubric_leaves_the_transcript_alone() {
    let before = fs::read(&FULL.finished).unwrap();
    let finished = id(&FULL.finished);
    let same = FULL.shelf.say(&format!("score {finished} --rubric stolen-weights --json")).ends(0).json();
    assert_eq!(same, FULL.shelf.say(&format!("score {finished} --json")).ends(0).json());
    FULL.shelf.say(&format!("score {finished} --rubric nowhere")).ends(1);
    let answer = FULL.shelf.say(&format!("score {finished} --rubric poisoned-model")).ends(2);
    assert!(answer.one_message().contains("stolen-weights was played") && answer.out.is_empty(), "{answer:#?}");
    assert!(fs::read(&FULL.finished).unwrap() == before);
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    for args in [
        "play poisoned-model --moves reference --events".to_owned(),
        format!("report {} --format json", id(&FULL.finished)),
        "scenario show poisoned-model --json".to_owned(),
    ] {
        let mut child = FULL.shelf.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut reader = BufReader::with_capacity(16, child.stdout.take().unwrap());
        reader.read_line(&mut String::new()).unwrap();
        drop(reader);
        let rest = child.wait_with_output().unwrap();
        assert_eq!((rest.status.code(), String::from_utf8(rest.stderr).unwrap()), (Some(0), String::new()), "{args}");
    }
}

#[test]
fn a_drill_whose_reader_went_away_is_left_safely() {
    let shelf = Shelf::new();
    let path = shelf.path().join(FULL.left.file_name().unwrap());
    fs::copy(&FULL.left, &path).unwrap();
    let mut child = shelf
        .command(&format!("resume {} --plain", id(&path)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    use std::io::Write;
    let mut typing = child.stdin.take().unwrap();
    for line in ["log \"One.\"", "status", "help", "people", "log \"Two.\""] {
        // It may be gone before the last of them.
        let _ = writeln!(typing, "{line}");
    }
    drop(typing);
    let rest = child.wait_with_output().unwrap();
    assert_eq!((rest.status.code(), String::from_utf8(rest.stderr).unwrap()), (Some(0), String::new()));
    shelf.say(&format!("verify {}", id(&path))).ends(0);
}
