//! The line mode over a real table and a bundled scenario.

use super::{Options, run};
use crate::{
    command::{
        drill::{Setup, open, reopen, reopen_or_show},
        scenario,
    },
    desk::Desk,
    look::Look,
};
use protocol::{Mode, Pace};
use std::sync::mpsc::sync_channel;
use transcripts::Library;

const SCENARIO: &str = "poisoned-model";

fn desk(folder: &std::path::Path) -> Desk {
    let library = Library::open(folder).unwrap();
    let setup = Setup { seat: None, name: Some("Ana".into()), seed: Some(7), pace: Pace::Turn, mode: Mode::Practice };
    open(&library, scenario(SCENARIO).map_err(|f| f.error).unwrap(), &setup).map_err(|f| f.error).unwrap()
}

fn said(desk: &mut Desk, typed: &str, prompt: bool) -> String {
    let lines: Vec<&str> = typed.lines().collect();
    let (send, receive) = sync_channel(lines.len() + 1);
    for line in lines {
        send.send(Ok(line.to_owned())).unwrap();
    }
    drop(send);
    let mut out = Vec::new();
    let options = Options { prompt, look: Look::default(), width: 80 };
    run(desk, &receive, &mut out, &options).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_end_of_the_input_leaves_safely_and_one_can_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let mut first = desk(dir.path());
    let out = said(&mut first, "wait\nread\ninbox\nlog \"first line\"", false);
    assert!(out.contains("EXERCISE"), "{out}");
    assert!(out.contains("Everything is in the transcript. Left at"), "{out}");
    let at = first.scene().now;
    let path = first.path().to_owned();
    drop(first);
    let mut again = reopen(&path).map_err(|f| f.error).unwrap();
    assert_eq!(again.scene().now, at);
    assert!(said(&mut again, "log 5", false).contains("first line"));
}

#[test]
fn every_word_shows_something_and_slips_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = desk(dir.path());
    for word in [
        "help",
        "help send",
        "inbox",
        "assets",
        "clocks",
        "actions",
        "queries",
        "people",
        "products",
        "template",
        "decisions",
        "runbook",
        "jobs",
        "log",
        "status",
        "read",
    ] {
        let out = said(&mut desk, word, false);
        assert!(!out.contains("Not understood"), "{word}: {out}");
    }
    assert!(said(&mut desk, "opne INJ-01", false).contains("did you mean"));
    assert!(said(&mut desk, "page nobody-at-all", false).contains("there"));
    assert!(said(&mut desk, "do", false).contains("expected an action"));
    assert!(said(&mut desk, "log \"never closed", false).contains("not closed"));
}

#[test]
fn what_cannot_be_taken_back_is_asked_for_when_somebody_sits_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = desk(dir.path());
    let out = said(&mut desk, "end\nno", true);
    assert!(out.contains("EndEx is final") && out.contains("Not done."), "{out}");
    assert!(desk.wash().is_none());
    let to = desk.scene().pack().unwrap().seats[1].id.to_string();
    let via = desk.scene().pack().unwrap().channels.iter().find(|c| c.writable).unwrap().id.to_string();
    let out = said(&mut desk, &format!("send {to} via {via} subject \"Hello\" <<END\nTwo\nlines.\nEND\nyes"), true);
    assert!(out.contains("Sent to 1 party."), "{out}");
    assert_eq!(desk.scene().board.sent.last().unwrap().1.draft.body, "Two\nlines.");
}

#[test]
fn the_hot_wash_comes_after_endex_as_text() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = desk(dir.path());
    let out = said(&mut desk, "wait\nread\nwait 20m\nend", false);
    for part in
        ["Hot wash.", "Total", "Objectives", "Marks", "Escalation", "Clocks", "Outcome", "Report", "startex review"]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(!out.contains('\u{1b}'));
    assert!(said(&mut desk, "log \"too late\"", false).contains("Refused") || desk.wash().is_some());
}

#[test]
fn an_exercise_ended_before_the_program_was_shows_its_hot_wash_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = desk(dir.path());
    desk.submit(&protocol::Act::End).unwrap();
    assert!(said(&mut desk, "", false).contains("Hot wash"), "before anything is typed");
    let path = desk.path().to_owned();
    drop(desk);
    assert!(reopen(&path).is_err(), "it is over");
    let mut again = reopen_or_show(&path).map_err(|f| f.error).unwrap();
    assert!(!again.is_live());
    assert!(said(&mut again, "", false).contains("Hot wash"), "a finished exercise is shown");
}

#[test]
fn somebody_at_the_terminal_reads_the_briefing_before_the_clock_runs() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = desk(dir.path());
    desk.submit(&protocol::Act::SetPace(Pace::Times(10))).unwrap();
    let out = said(&mut desk, "", true);
    assert!(out.contains("resume starts the clock"), "{out}");
    assert_eq!(desk.scene().board.phase, protocol::board::Phase::Paused);
}
