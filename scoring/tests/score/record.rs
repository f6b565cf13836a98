//! The index every mark rests on.

use crate::fixture::{Table, at, item, notice, parties, scenario};
use protocol::{Attr, Draft, Fact, Integrity, ItemKind, Subject, Work};
use scenarios::model::{Cond, Cue, Effect, Scenario};
use scoring::Record;
use std::sync::Arc;
use transcripts::Transcript;

#[track_caller]
fn first(s: &Scenario, t: &Transcript, cue: &Cue) -> Option<(u64, Option<String>)> {
    Record::new(s, t).first(cue).map(|h| (h.entry, h.by.as_ref().map(ToString::to_string)))
}

#[test]
fn every_cue_is_found_at_its_first_time() {
    let s = scenario();
    let mut t = Table::full(); // 4 seats, then StartEx at 5
    let mut expected: Vec<(Cue, u64, Option<&str>)> = vec![(Cue::Start, 5, None)];
    let n = t.deliver("1m", "INJ-01", &["soc"]);
    expected.push((Cue::Delivered("INJ-01".into()), n, None));
    let n = t.push("1m", Fact::Opened { seat: "soc".into(), item: "INJ-01".into() });
    expected.push((Cue::Opened("INJ-01".into()), n, Some("soc")));
    let n = t.push("1m", Fact::Acknowledged { seat: "soc".into(), item: "INJ-01".into() });
    expected.push((Cue::Acknowledged("INJ-01".into()), n, Some("soc")));
    let n = t.work("2m", "soc", "roll-back");
    expected.push((Cue::Began("roll-back".into()), n - 1, Some("soc")));
    expected.push((Cue::Acted("roll-back".into()), n, Some("soc")));
    expected.push((Cue::ActedOn("roll-back".into(), "model".into()), n, Some("soc")));
    let n = t.work_as("2m", "soc", "copy", true, false);
    expected.push((Cue::Failed("copy".into()), n, Some("soc")));
    let query = Work::Query("lineage".into());
    let n = t.push(
        "3m",
        Fact::JobFinished { job: "JOB-9".into(), work: query, by: "soc".into(), done: true, result: String::new() },
    );
    expected.push((Cue::Queried("lineage".into()), n, Some("soc")));
    let n = t.page("3m", "ic", "exec");
    expected.push((Cue::Told("exec".into()), n, Some("ic")));
    expected.push((Cue::Paged("exec".into()), n, Some("ic")));
    let n = t.send("4m", "comms", notice("customer-notice", &["customers"], ""), None);
    expected.push((Cue::Told("customers".into()), n, Some("comms")));
    expected.push((Cue::SentVia("mail".into()), n, Some("comms")));
    expected.push((Cue::Sent("customer-notice".into()), n, Some("comms")));
    expected.push((Cue::SentTo("customer-notice".into(), "customers".into()), n, Some("comms")));
    let n = t.approve("4m", "exec", Subject::Product("regulator-notice".into()));
    expected.push((Cue::ApprovedProduct("regulator-notice".into()), n, Some("exec")));
    t.approve("4m", "vendor", Subject::Action("cut-off".into())); // not theirs to approve
    let n = t.approve("4m", "exec", Subject::Action("cut-off".into()));
    expected.push((Cue::ApprovedAction("cut-off".into()), n, Some("exec")));
    let n = t.declare("5m", "ic", "incident", "major");
    expected.push((Cue::Declared("incident".into()), n, Some("ic")));
    expected.push((Cue::DeclaredAs("incident".into(), "major".into()), n, Some("ic")));
    let n = t.decide("5m", "ic", "notify", "yes", "law");
    expected.push((Cue::Decided("notify".into()), n, Some("ic")));
    expected.push((Cue::DecidedAs("notify".into(), "yes".into()), n, Some("ic")));
    let n = t.push("5m", Fact::Ticked { step: "call".into(), by: "ic".into() });
    expected.push((Cue::Ticked("call".into()), n, Some("ic")));
    let n = t.push("5m", Fact::Logged { text: "x".into(), by: "ic".into() });
    expected.push((Cue::Logged, n, Some("ic")));
    let n = t.clock_starts("6m", "72h");
    expected.push((Cue::ClockStarted("gdpr-33".into()), n, None));
    let n = t.push("6m", Fact::ClockFiled { clock: "gdpr-33".into(), item: "MSG-001".into() });
    expected.push((Cue::Filed("gdpr-33".into()), n, Some("comms")));
    for (fact, cue) in [
        (Fact::StepStarted { step: "poison".into() }, Cue::StepStarted("poison".into())),
        (Fact::StepSucceeded { step: "poison".into() }, Cue::StepDone("poison".into())),
        (Fact::StepBlocked { step: "poison".into(), reason: String::new() }, Cue::StepBlocked("poison".into())),
    ] {
        let n = t.push("7m", fact);
        expected.push((cue, n, None));
    }
    // everything once more, which changes nothing
    t.work("20m", "soc", "roll-back");
    t.page("20m", "soc", "exec");
    let t = t.end("90m");
    for (cue, entry, by) in expected {
        assert_eq!(first(&s, &t, &cue), Some((entry, by.map(ToOwned::to_owned))), "{cue:?}");
    }
    assert_eq!(Record::new(&s, &t).all(&Cue::Paged("exec".into())).len(), 2);
    assert_eq!(first(&s, &t, &Cue::Acted("wipe".into())), None);
}

#[test]
fn a_step_is_detected_by_a_true_alert_of_its_own_only() {
    let s = scenario();
    let sound = |title: &str, false_alarm: bool, fired_first: bool| {
        let mut t = Table::full();
        let alert = protocol::Item { subject: title.into(), ..item("ALR-001", ItemKind::Alert, "drift", &["soc"]) };
        let fired = Fact::SensorFired { sensor: "drift".into(), item: "ALR-001".into(), false_alarm };
        if fired_first {
            t.push("1m", fired.clone());
        }
        t.push("1m", Fact::Delivered { item: Arc::new(alert) });
        if !fired_first {
            t.push("1m", fired);
        }
        first(&s, &t.end("90m"), &Cue::Detected("poison".into())).is_some()
    };
    assert!(sound("Accuracy fell", false, false));
    assert!(sound("Accuracy fell", false, true), "whichever of the two events comes first");
    assert!(!sound("Accuracy fell", true, false));
    assert!(!sound("Disk nearly full", false, false));
}

#[test]
fn flags_follow_from_the_events_that_raise_them() {
    let s = scenario();
    let flag = |name: &str| Cue::Flag(name.into());
    let mut t = Table::full();
    t.work_as("2m", "soc", "roll-back", true, false); // "it ran" is no authored outcome
    assert_eq!(first(&s, &t.end("90m"), &flag("rolled")), None);

    let mut t = Table::full();
    let work = Work::Action("roll-back".into(), None);
    let n = t.push(
        "2m",
        Fact::JobFinished { job: "J".into(), work, by: "soc".into(), done: true, result: "rolled back".into() },
    );
    let chosen = t.decide("3m", "ic", "notify", "no", "");
    let blocked = Fact::StepBlocked { step: "poison".into(), reason: String::new() };
    t.push("4m", blocked.clone());
    let last = t.push("5m", blocked);
    let said = protocol::Item {
        body: "What are you accusing me of?".into(),
        ..item("RPL-001", ItemKind::Reply, "suspect", &["ic"])
    };
    let reply = t.push("6m", Fact::Delivered { item: Arc::new(said) });
    let t = t.end("90m");
    assert_eq!(first(&s, &t, &flag("rolled")).map(|f| f.0), Some(n));
    assert_eq!(first(&s, &t, &flag("kept-quiet")).map(|f| f.0), Some(chosen));
    assert_eq!(first(&s, &t, &flag("gave-up")).map(|f| f.0), Some(last), "only when its tries are used up");
    assert_eq!(first(&s, &t, &flag("confronted")).map(|f| f.0), Some(reply));
}

#[test]
fn flags_come_with_injects_rules_steps_and_beginnings_too() {
    let mut s = scenario();
    let raise = |name: &str| vec![Effect::Flag(name.into())];
    s.injects[0].effects = raise("inject");
    s.adversary.steps[0].effects = raise("step");
    s.actions[1].at_begin = raise("began");
    s.rules_of_the_world.push(scenarios::model::Rule {
        id: "rule".into(),
        trigger: scenarios::model::Trigger::ByHand,
        effects: raise("rule"),
    });
    let mut t = Table::full();
    t.push("1m", Fact::InjectReleased { inject: "INJ-01".into(), by_hand: false });
    t.push("1m", Fact::StepSucceeded { step: "poison".into() });
    t.push("1m", Fact::RuleFired { rule: "rule".into() });
    t.work("1m", "soc", "copy");
    let t = t.end("90m");
    for name in ["inject", "step", "began", "rule"] {
        assert!(first(&s, &t, &Cue::Flag(name.into())).is_some(), "{name}");
    }
}

#[test]
fn tellings_keep_who_whom_how_and_with_what() {
    let s = scenario();
    let mut t = Table::full();
    t.page("1m", "ic", "exec");
    let draft = Draft {
        to: parties(&["legal", "ic", "legal"]),
        re: Some("INJ-01".into()),
        ..notice("customer-notice", &[], "")
    };
    t.send("2m", "ic", draft, Some(false));
    let t = t.end("90m");
    let record = Record::new(&s, &t);
    assert_eq!(record.tellings.len(), 2, "once each, and nobody tells themselves: {:?}", record.tellings);
    assert!(record.tellings[0].is_page());
    let mail = &record.tellings[1];
    assert_eq!(
        (mail.party.as_str(), mail.via.as_ref().map(|v| v.as_str()), mail.approved),
        ("legal", Some("mail"), Some(false))
    );
    assert_eq!(mail.product.as_ref().map(|p| p.as_str()), Some("customer-notice"));
}

#[test]
fn a_seat_is_held_from_sitting_down_to_standing_up() {
    let s = scenario();
    let mut t = Table::with(&["ic"]);
    let before = t.push("1m", Fact::Logged { text: "a".into(), by: "ic".into() });
    t.push("2m", Fact::SeatTaken { seat: "soc".into(), person: "Kim".into() });
    let during = t.push("3m", Fact::Logged { text: "b".into(), by: "ic".into() });
    t.push("4m", Fact::SeatLeft { seat: "soc".into() });
    let after = t.push("5m", Fact::Logged { text: "c".into(), by: "ic".into() });
    let t = t.end("90m");
    let record = Record::new(&s, &t);
    assert_eq!([before, during, after].map(|n| record.held(&"soc".into(), n)), [false, true, false]);
    assert_eq!(record.held_seats(during).len(), 2);
    let soc = ["soc".into()];
    assert!(record.may(&soc, Some(&"ic".into()), before), "the cell played it");
    assert!(!record.may(&soc, Some(&"ic".into()), during));
    assert!(record.may(&[], None, during), "an empty list means anyone");
}

#[test]
fn meters_are_read_between_their_readings() {
    let s = scenario();
    let mut t = Table::full();
    t.reads("10m", "exfiltrated", 5, 60);
    t.reads("40m", "exfiltrated", 35, 0);
    let t = t.end("90m");
    let record = Record::new(&s, &t);
    let read = |when: &str| record.meter_at(&"exfiltrated".into(), at(when));
    assert_eq!((read("1m"), read("10m"), read("20m"), read("80m")), (Some(5), Some(5), Some(15), Some(35)));
    assert_eq!(record.meter_at(&"unknown".into(), at("1m")), None);
}

#[test]
fn meters_read_after_endex_was_written_still_count() {
    let s = scenario();
    let mut t = Table::full();
    t.reads("0s", "exfiltrated", 0, 0);
    let mut t = t.end("90m");
    let n = t.entries.len() as u64 + 1;
    let fact = Fact::MeterRead { meter: "exfiltrated".into(), value: 7, per_hour: 0 };
    let event = protocol::Event { at: at("90m"), audience: protocol::Audience::Staff, fact };
    t.entries.push(transcripts::Entry { n, at: at("90m"), body: transcripts::Body::Event(event) });
    assert_eq!(Record::new(&s, &t).meter_at(&"exfiltrated".into(), at("90m")), Some(7));
}

#[test]
fn conditions_are_read_as_things_stood() {
    let s = scenario();
    let mut t = Table::full();
    let copied = t.work("5m", "soc", "copy");
    let bad = t.changed("6m", "model", Attr::Integrity(Integrity::Compromised));
    t.reads("6m", "exfiltrated", 10, 60);
    let wiped = t.work("7m", "soc", "wipe");
    let t = t.end("90m");
    let record = Record::new(&s, &t);
    let copy = || Cue::Acted("copy".into());
    let wipe = || Cue::Acted("wipe".into());
    let model = |v| Cond::Integrity("model".into(), v);
    for (cond, entry, when, holds) in [
        (Cond::Done(copy()), copied - 1, "5m", false),
        (Cond::Done(copy()), copied, "5m", true),
        (Cond::Before(copy(), wipe()), copied, "5m", true),
        (Cond::Before(copy(), wipe()), wiped, "7m", true),
        (Cond::Before(wipe(), copy()), wiped, "7m", false),
        (Cond::DoneFor(copy(), protocol::Span::mins(2)), wiped, "7m", true),
        (Cond::DoneFor(copy(), protocol::Span::mins(3)), wiped, "7m", false),
        (model(Integrity::Trusted), copied, "5m", true),
        (model(Integrity::Trusted), bad, "6m", false),
        (model(Integrity::Compromised), wiped, "7m", true),
        (Cond::AtLeast("exfiltrated".into(), 11), wiped, "7m", true),
        (Cond::AtLeast("exfiltrated".into(), 12), wiped, "7m", false),
        (Cond::After(protocol::Span::mins(7)), wiped, "7m", true),
        (Cond::Held("ic".into()), wiped, "7m", true),
        (Cond::Held("exec".into()), wiped, "7m", false),
        (Cond::All(vec![]), wiped, "7m", true),
        (Cond::Any(vec![]), wiped, "7m", false),
        (Cond::Not(Box::new(Cond::Done(wipe()))), bad, "6m", true),
    ] {
        assert_eq!(record.holds(&cond, entry, at(when)), holds, "{cond:?} at {entry}");
    }
}
