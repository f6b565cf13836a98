//! Response time and traps.

use crate::fixture::{Table, at, card, entries, mark, scenario, score};
use scenarios::model::Cue;
use scoring::{Ladder, Rating, Status};

/// INJ-01 delivered at 3m10s; the model rolled back at `when`.
fn rolled_back(when: &str) -> scoring::Scorecard {
    let mut t = Table::full();
    t.deliver("3m10s", "INJ-01", &["soc"]);
    t.work(when, "soc", "roll-back");
    card(t)
}

#[test]
fn full_points_until_the_target_and_nothing_at_the_limit() {
    // target 5m, limit 15m, 10 points
    for (when, points, status) in [
        ("3m10s", 1000, Status::Met),
        ("8m10s", 1000, Status::Met),
        ("9m40s", 850, Status::Partly),
        ("13m10s", 500, Status::Partly),
        ("18m09s", 1, Status::Partly),
        ("18m10s", 0, Status::Failed),
        ("40m", 0, Status::Failed),
    ] {
        let card = rolled_back(when);
        let m = mark(&card, "response/roll-back");
        assert_eq!((m.points, m.status), (points, status), "{when}: {}", m.reason);
    }
}

#[test]
fn the_reason_names_start_and_stop() {
    let card = rolled_back("9m40s");
    let m = mark(&card, "response/roll-back");
    assert_eq!(m.reason, "delivered 00:03:10 → first correct act 00:09:40: 6m30s (target 5m, limit 15m)");
    assert_eq!(m.evidence[0].note, "INJ-01 delivered: subject of INJ-01");
    assert_eq!(m.evidence[1].note, "SOC analyst finished: Roll back the model");
}

#[test]
fn the_ladder_keeps_its_five_moments_apart() {
    let mut s = scenario();
    s.expected[0].any_of = vec![Cue::Began("roll-back".into())];
    s.expected[0].completed_by = Some(Cue::Acted("roll-back".into()));
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc"]);
    t.push("3m30s", protocol::Fact::Opened { seat: "soc".into(), item: "INJ-01".into() });
    t.push("4m", protocol::Fact::Acknowledged { seat: "soc".into(), item: "INJ-01".into() });
    let work = protocol::Work::Action("roll-back".into(), None);
    let (job, by): (protocol::JobId, protocol::SeatId) = ("JOB-1".into(), "soc".into());
    t.push(
        "5m",
        protocol::Fact::JobStarted {
            job: job.clone(),
            work: work.clone(),
            by: by.clone(),
            ends: at("7m"),
            authorised: true,
        },
    );
    t.push("7m", protocol::Fact::JobFinished { job, work, by, done: true, result: String::new() });
    let card = score(&s, &t.end("90m"));
    let m = mark(&card, "response/roll-back");
    assert_eq!(
        m.ladder,
        Some(Ladder {
            delivered: at("3m"),
            opened: Some(at("3m30s")),
            acknowledged: Some(at("4m")),
            acted: Some(at("5m")),
            completed: Some(at("7m")),
            target: at("8m"),
            limit: at("18m"),
        })
    );
    assert_eq!(m.points, 1000);
}

#[test]
fn what_was_begun_and_never_completed_earns_at_most_half() {
    let mut s = scenario();
    s.expected[0].any_of = vec![Cue::Began("roll-back".into())];
    s.expected[0].completed_by = Some(Cue::Acted("roll-back".into()));
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc"]);
    t.work_as("4m", "soc", "roll-back", true, false);
    let card = score(&s, &t.end("90m"));
    let m = mark(&card, "response/roll-back");
    assert_eq!((m.points, m.status), (500, Status::Partly), "{}", m.reason);
    assert!(m.reason.contains("not completed"), "{}", m.reason);
}

#[test]
fn acting_early_is_fine() {
    let mut t = Table::full();
    t.work("1m", "soc", "roll-back");
    t.deliver("3m", "INJ-01", &["soc"]);
    let card = card(t);
    let m = mark(&card, "response/roll-back");
    assert_eq!((m.points, m.status), (1000, Status::Met));
    assert!(m.reason.contains("before it was called for"), "{}", m.reason);
}

#[test]
fn so_early_that_it_was_never_called_for_is_fine_too() {
    let mut t = Table::full();
    t.work("1m", "soc", "roll-back");
    assert_eq!(mark(&card(t), "response/roll-back").points, 1000);
}

#[test]
fn never_delivered_is_not_exercised() {
    let card = card(Table::full());
    let m = mark(&card, "response/roll-back");
    assert_eq!((m.status, m.points), (Status::NotExercised, 0));
    assert_eq!(m.reason, "INJ-01, which calls for it, was never delivered");
    assert!(m.ladder.is_none());
}

#[test]
fn skipped_by_the_facilitator_is_not_exercised_and_says_so() {
    let mut t = Table::full();
    let reason = "skipped by the facilitator".into();
    t.push("2m", protocol::Fact::InjectSkipped { inject: "INJ-01".into(), reason });
    let card = card(t);
    let m = mark(&card, "response/roll-back");
    assert_eq!(m.status, Status::NotExercised);
    assert_eq!(m.reason, "INJ-01, which calls for it, was not delivered: skipped by the facilitator");
}

#[test]
fn a_hint_costs_nothing_and_is_told() {
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc"]);
    let text = "Think of the last good version.".into();
    let hint = t.push("4m", protocol::Fact::HintGiven { seat: "soc".into(), expected: Some("roll-back".into()), text });
    t.work("5m", "soc", "roll-back");
    let card = card(t);
    let m = mark(&card, "response/roll-back");
    assert_eq!(m.points, 1000);
    assert!(m.reason.ends_with("; after a hint at 00:04:00") && entries(m).contains(&hint), "{}", m.reason);
}

#[test]
fn delivered_so_late_that_the_target_lay_after_endex_is_not_exercised() {
    for (delivered, status) in [("85m", Status::Failed), ("85m01s", Status::NotExercised)] {
        let mut t = Table::full();
        t.deliver(delivered, "INJ-01", &["soc"]);
        assert_eq!(mark(&card(t), "response/roll-back").status, status, "{delivered}");
    }
}

#[test]
fn delivered_late_and_done_all_the_same_counts() {
    let mut t = Table::full();
    t.deliver("88m", "INJ-01", &["soc"]);
    t.work("89m", "soc", "roll-back");
    assert_eq!(mark(&card(t), "response/roll-back").points, 1000);
}

#[test]
fn a_failure_to_act_points_at_the_inject_that_called_for_it() {
    let mut t = Table::full();
    t.push("1m", protocol::Fact::Logged { text: "waiting".into(), by: "ic".into() });
    let delivered = t.deliver("3m", "INJ-01", &["soc"]);
    let card = card(t);
    let m = mark(&card, "response/roll-back");
    assert_eq!((m.status, entries(m)), (Status::Failed, vec![delivered]));
    assert_eq!(m.reason, "delivered 00:03:00 → no correct act by EndEx 01:30:00 (target 5m, limit 15m)");
}

#[test]
fn an_inject_that_only_the_simulation_cell_saw_calls_for_nothing() {
    let mut t = Table::with(&["ic"]);
    t.deliver("3m", "INJ-01", &["soc"]);
    let unseen = card(t);
    assert_eq!(mark(&unseen, "response/roll-back").status, Status::NotExercised);

    let mut t = Table::with(&["ic"]);
    t.deliver("3m", "INJ-01", &["soc"]);
    let forwarded = t.deliver("3m40s", "INJ-01", &["ic"]);
    let seen = card(t);
    let m = mark(&seen, "response/roll-back");
    assert_eq!((m.status, entries(m)), (Status::Failed, vec![forwarded]));
    assert_eq!(m.ladder.unwrap().delivered, at("3m40s"), "time counts from when a person could know");
}

#[test]
fn whoever_sits_down_late_answers_from_then_on() {
    let mut t = Table::with(&["ic"]);
    t.deliver("3m", "INJ-01", &["soc"]);
    t.push("20m", protocol::Fact::SeatTaken { seat: "soc".into(), person: "Kim".into() });
    t.work("24m", "soc", "roll-back");
    let card = card(t);
    let m = mark(&card, "response/roll-back");
    assert_eq!((m.points, m.ladder.unwrap().delivered), (1000, at("20m")));
}

#[test]
fn done_by_somebody_else_earns_nothing() {
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc"]);
    t.work("4m", "comms", "roll-back");
    let card = card(t);
    let m = mark(&card, "response/roll-back");
    assert_eq!((m.points, m.status), (0, Status::Failed));
    assert!(m.reason.contains("Communications lead") && m.reason.contains("SOC analyst"), "{}", m.reason);
    assert_eq!(m.evidence.len(), 2);
}

#[test]
fn somebody_else_first_does_not_rob_who_should() {
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc"]);
    t.work("4m", "comms", "roll-back");
    t.work("5m", "soc", "roll-back");
    assert_eq!(mark(&card(t), "response/roll-back").points, 1000);
}

#[test]
fn when_the_cell_plays_every_seat_it_is_for_anybody_may() {
    let mut t = Table::with(&["ic"]);
    t.deliver("3m", "INJ-01", &["ic"]);
    t.work("4m", "ic", "roll-back");
    assert_eq!(mark(&card(t), "response/roll-back").points, 1000);
}

#[test]
fn what_a_seat_was_asked_to_do_by_name_counts_for_who_asked() {
    let mut s = scenario();
    s.expected[0].by = vec!["ic".into()];
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["ic"]);
    let work = protocol::Work::Action("roll-back".into(), None);
    t.push("4m", protocol::Fact::Tasked { seat: "soc".into(), by: "ic".into(), work });
    t.work("5m", "soc", "roll-back");
    assert_eq!(mark(&score(&s, &t.end("90m")), "response/roll-back").points, 1000);
}

#[test]
fn out_of_order_earns_at_most_half() {
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc"]);
    let wiped = t.work("4m", "soc", "wipe");
    t.work("5m", "soc", "roll-back");
    let halved = card(t);
    let m = mark(&halved, "response/roll-back");
    assert_eq!((m.points, m.status), (500, Status::Partly));
    assert!(m.reason.contains("because finishing \"Wipe the node\" came first, at 00:04:00"), "{}", m.reason);
    assert!(entries(m).contains(&wiped));

    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc"]);
    t.work("5m", "soc", "roll-back");
    t.work("6m", "soc", "wipe");
    assert_eq!(mark(&card(t), "response/roll-back").points, 1000);
}

#[test]
fn a_critical_action_missed_makes_the_objective_u_and_the_exercise_failed() {
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc"]);
    t.tell("4m", "ic", &["legal"], "chat");
    let card = card(t);
    assert!(!card.passed);
    let contain = card.objectives.iter().find(|o| o.objective.as_str() == "contain").unwrap();
    assert_eq!(contain.rating, Some(Rating::U));
    assert!(contain.reason.contains("the critical action \"Roll back the model\" was missed"), "{}", contain.reason);
}

#[test]
fn a_trap_costs_and_says_why_and_what_instead() {
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc"]);
    t.work("4m", "soc", "roll-back");
    let act = t.work("5m", "soc", "wipe");
    let fact = t.trapped("5m", "wiped", "soc");
    let card = card(t);
    let m = mark(&card, "trap/wiped");
    assert_eq!((m.points, m.of, m.status), (-500, 0, Status::Failed));
    assert_eq!(m.reason, "at 00:05:00 by SOC analyst, costs 5: The traces are gone. Better: Copy first.");
    assert_eq!(m.title, "Mistake: finishing \"Wipe the node\"");
    assert_eq!(entries(m), vec![act, fact]);
    let contain = card.objectives.iter().find(|o| o.objective.as_str() == "contain").unwrap();
    assert_eq!(contain.rating, Some(Rating::M), "a legal trap is at best M: {}", contain.reason);
    let finding = card.improvements.iter().find(|f| f.mark == "trap/wiped").unwrap();
    assert_eq!((finding.advice.as_str(), finding.trap.as_ref().map(|t| t.as_str())), ("Copy first.", Some("wiped")));
}
