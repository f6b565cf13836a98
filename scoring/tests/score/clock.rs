//! Obligations from their own anchors.

use crate::fixture::{Table, at, card, entries, mark, scenario, score};
use scoring::{ClockEnd, ClockRow, Rating, Scorecard, Status};

/// Declared, and so started, at 10m; due after 72 hours.
fn running() -> Table {
    let mut t = Table::full();
    t.deliver("8m", "INJ-02", &["ic"]);
    t.declare("10m", "ic", "incident", "major");
    t.clock_starts("10m", "72h10m");
    t
}

fn file(t: &mut Table, when: &str, by: &str) {
    t.write(when, by, "regulator-notice", &["regulator"], "points 900");
    t.push(when, protocol::Fact::ClockFiled { clock: "gdpr-33".into(), item: "MSG-001".into() });
}

fn row(card: &Scorecard) -> &ClockRow {
    &card.clocks[0]
}

#[test]
fn filed_by_the_target_is_full_and_by_law_is_half() {
    for (when, points, status) in
        [("40m", 500, Status::Met), ("40m01s", 250, Status::Partly), ("89m", 250, Status::Partly)]
    {
        let mut t = running();
        file(&mut t, when, "legal");
        let card = card(t);
        let m = mark(&card, "clock/gdpr-33");
        assert_eq!((m.points, m.status, row(&card).state), (points, status, ClockEnd::Filed), "{when}");
        assert_eq!(
            (row(&card).started, row(&card).due, row(&card).settled),
            (Some(at("10m")), Some(at("72h10m")), Some(at(when)))
        );
        assert_eq!(row(&card).source, "Regulation (EU) 2016/679, Art 33(1) (as of 2026-10-05)");
    }
}

#[test]
fn filed_after_the_deadline_earns_nothing_and_caps() {
    let mut t = Table::full();
    t.clock_starts("10m", "50m");
    t.push("50m01s", protocol::Fact::ClockOverdue { clock: "gdpr-33".into() });
    file(&mut t, "60m", "legal");
    let late = card(t);
    assert_eq!((mark(&late, "clock/gdpr-33").points, row(&late).state), (0, ClockEnd::FiledLate));
    let notify = late.objectives.iter().find(|o| o.objective.as_str() == "notify").unwrap();
    assert!(
        notify.rating >= Some(Rating::M) && notify.reason.contains("the legal clock \"GDPR Art 33(1)\" was missed"),
        "{notify:?}"
    );

    let mut t = Table::full();
    t.clock_starts("10m", "50m");
    file(&mut t, "50m", "legal");
    assert_eq!(row(&card(t)).state, ClockEnd::Filed, "the last moment is in time");
}

#[test]
fn overdue_with_nothing_filed() {
    let mut t = Table::full();
    let start = t.clock_starts("10m", "50m");
    let over = t.push("50m01s", protocol::Fact::ClockOverdue { clock: "gdpr-33".into() });
    let card = card(t);
    let m = mark(&card, "clock/gdpr-33");
    assert_eq!((m.points, m.status, row(&card).state), (0, Status::Failed, ClockEnd::Overdue));
    assert_eq!(entries(m), vec![start, over]);
    let notify = card.objectives.iter().find(|o| o.objective.as_str() == "notify").unwrap();
    assert!(notify.reason.contains("was missed"), "{}", notify.reason);
}

#[test]
fn running_at_endex_is_a_failure_once_the_target_is_over() {
    let past = card(running());
    assert_eq!((mark(&past, "clock/gdpr-33").status, row(&past).state), (Status::Failed, ClockEnd::Due));
    let notify = past.objectives.iter().find(|o| o.objective.as_str() == "notify").unwrap();
    assert!(!notify.reason.contains("legal clock"), "no law is broken before the deadline: {}", notify.reason);

    let mut t = Table::full();
    t.clock_starts("61m", "73h");
    let open = card(t);
    assert_eq!((mark(&open, "clock/gdpr-33").status, row(&open).state), (Status::NotExercised, ClockEnd::Due));
}

#[test]
fn filed_by_who_does_not_answer_for_it_earns_half() {
    let mut t = running();
    file(&mut t, "20m", "comms");
    let wrong = card(t);
    assert_eq!(mark(&wrong, "clock/gdpr-33").points, 250);
    assert!(row(&wrong).reason.contains("Communications lead filed it and Counsel answers for it"));

    let mut t = Table::with(&["ic"]);
    t.clock_starts("10m", "72h");
    file(&mut t, "20m", "ic");
    assert_eq!(mark(&card(t), "clock/gdpr-33").points, 500, "nobody else was there to");
}

#[test]
fn a_reasoned_waiver_can_be_right() {
    let waive = |right: bool, when: &str, reason: &str| {
        let mut t = running();
        if right {
            t.work("12m", "soc", "roll-back");
        }
        t.decide(when, "ic", "notify", "no", reason);
        let fact =
            protocol::Fact::ClockWaived { clock: "gdpr-33".into(), decision: "notify".into(), reason: reason.into() };
        t.push(when, fact);
        let card = card(t);
        (mark(&card, "clock/gdpr-33").points, row(&card).state, row(&card).reason.clone())
    };
    let (points, state, reason) = waive(true, "15m", "no personal data was reached");
    assert_eq!((points, state), (500, ClockEnd::Waived));
    assert!(reason.contains("\"no personal data was reached\""), "{reason}");
    assert_eq!(waive(true, "15m", " ").0, 250, "without grounds it is half a decision");
    assert_eq!(waive(true, "41m", "late grounds").0, 250, "a right waiver scores like a filing");
    let (points, state, reason) = waive(false, "15m", "we would rather not");
    assert_eq!((points, state), (0, ClockEnd::WaivedWrongly));
    assert!(reason.contains("\"we would rather not\"") && reason.contains("does apply"), "{reason}");
}

#[test]
fn a_wrong_waiver_caps_the_objective() {
    let mut t = running();
    t.push(
        "15m",
        protocol::Fact::ClockWaived { clock: "gdpr-33".into(), decision: "notify".into(), reason: "x".into() },
    );
    let card = card(t);
    let notify = card.objectives.iter().find(|o| o.objective.as_str() == "notify").unwrap();
    assert!(notify.reason.contains("waived although it applies"), "{}", notify.reason);
}

#[test]
fn a_waiver_before_the_clock_started_is_judged_like_one_after() {
    let waive = |right: bool| {
        let mut t = Table::full();
        if right {
            t.work("4m", "soc", "roll-back");
        }
        t.push(
            "5m",
            protocol::Fact::ClockWaived {
                clock: "gdpr-33".into(),
                decision: "notify".into(),
                reason: "no data".into(),
            },
        );
        let card = card(t);
        (mark(&card, "clock/gdpr-33").points, mark(&card, "clock/gdpr-33").status, row(&card).state)
    };
    assert_eq!(waive(true), (500, Status::Met, ClockEnd::Waived));
    assert_eq!(waive(false), (0, Status::Failed, ClockEnd::WaivedWrongly));
}

#[test]
fn filing_after_a_waiver_counts_as_filing() {
    let mut t = running();
    t.push(
        "15m",
        protocol::Fact::ClockWaived { clock: "gdpr-33".into(), decision: "notify".into(), reason: "x".into() },
    );
    file(&mut t, "20m", "legal");
    assert_eq!(mark(&card(t), "clock/gdpr-33").points, 500);
}

#[test]
fn never_started_is_not_exercised_unless_the_facts_demanded_it() {
    let never = card(Table::full());
    assert_eq!((mark(&never, "clock/gdpr-33").status, row(&never).state), (Status::NotExercised, ClockEnd::NotStarted));

    // INJ-02 called for the declaration that starts it, and nobody declared.
    let mut t = Table::full();
    let delivered = t.deliver("10m", "INJ-02", &["ic"]);
    let put_off = card(t);
    let m = mark(&put_off, "clock/gdpr-33");
    assert_eq!((m.status, m.points, entries(m)), (Status::Failed, 0, vec![delivered]));
    assert!(m.reason.contains("put off by not determining"), "{}", m.reason);

    // limit 10m and target 30m: from 50m on there was no time left for it
    for (when, status) in [("50m", Status::Failed), ("50m01s", Status::NotExercised)] {
        let mut t = Table::full();
        t.deliver(when, "INJ-02", &["ic"]);
        assert_eq!(mark(&card(t), "clock/gdpr-33").status, status, "{when}");
    }
}

#[test]
fn a_late_determination_shows_in_the_row() {
    let mut t = Table::full();
    let called = t.deliver("8m", "INJ-02", &["ic"]);
    t.declare("33m", "ic", "incident", "major");
    t.clock_starts("33m", "72h33m");
    file(&mut t, "40m", "legal");
    let late = card(t);
    let m = mark(&late, "clock/gdpr-33");
    assert_eq!(m.points, 500, "the clock is scored from its own anchor");
    assert!(
        row(&late).reason.contains("its anchor came 25m after INJ-02 called for it (target 5m)"),
        "{}",
        row(&late).reason
    );
    assert!(entries(m).contains(&called));

    let mut t = running();
    file(&mut t, "20m", "legal");
    assert!(!row(&card(t)).reason.contains("its anchor came"));
}

/// A text that says something, worth 900 to the fixture's reader.
const REPORT: &str = "points 900 We report that case data of about forty people was shown to strangers this morning, \
                      that the pool is off, and that we are still counting; the next report follows at noon.";

#[test]
fn an_empty_form_files_nothing() {
    let mut t = Table::full();
    t.write("9m", "legal", "regulator-notice", &["regulator"], "points 900");
    t.clock_starts("10m", "72h10m");
    let card = card(t);
    assert_ne!(row(&card).state, ClockEnd::Filed);
    assert_eq!(mark(&card, "clock/gdpr-33").points, 0);
}

#[test]
fn sent_before_the_clock_ran_is_filed() {
    let mut t = Table::full();
    t.write("9m", "legal", "regulator-notice", &["regulator"], REPORT);
    t.clock_starts("10m", "72h10m");
    let early = card(t);
    assert_eq!((mark(&early, "clock/gdpr-33").points, row(&early).state), (500, ClockEnd::Filed));

    let mut t = Table::full();
    t.write("9m", "legal", "regulator-notice", &["regulator"], REPORT);
    let never = card(t);
    assert_eq!(mark(&never, "clock/gdpr-33").status, Status::NotExercised);
    assert!(row(&never).reason.contains("although nothing had started this clock"));
}

#[test]
fn a_second_limit_is_the_simulations_to_count() {
    // The due time of the event is what counts, whatever the term says (a cap may have shortened it).
    let mut s = scenario();
    s.clocks[0].term = scenarios::model::Term::Hours(1);
    let mut t = running();
    t.write("80m", "legal", "regulator-notice", &["regulator"], REPORT);
    assert_eq!(score(&s, &t.end("90m")).clocks[0].state, ClockEnd::Filed);
}
