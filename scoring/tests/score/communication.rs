//! Written products.

use crate::fixture::{Table, at, card, entries, mark, notice, scenario, score};
use protocol::{Draft, Tlp};
use scoring::{CommunicationRow, Rating, Scorecard, Status};

const PRODUCT: &str = "communication/customer-notice";

/// INJ-02, which calls for the customer notice, at 10m.
fn called() -> Table {
    let mut t = Table::full();
    t.deliver("10m", "INJ-02", &["ic"]);
    t
}

fn row<'a>(card: &'a Scorecard, product: &str) -> &'a CommunicationRow {
    card.communications.iter().find(|r| r.product.as_str() == product).unwrap()
}

fn send(draft: Draft) -> Scorecard {
    let mut t = called();
    t.send("15m", "comms", draft, Some(true));
    card(t)
}

fn good() -> Draft {
    notice("customer-notice", &["customers"], "points 800 next update at 18:00")
}

#[test]
fn what_the_rubric_gave_is_scaled_to_the_product() {
    let card = send(good());
    let m = mark(&card, PRODUCT);
    assert_eq!((m.points, m.of, m.status), (800, 1000, Status::Partly));
    assert!(
        m.reason.starts_with("called for 00:10:00 → sent 00:15:00: 5m (target 10m, limit 30m); text 8 of 10"),
        "{}",
        m.reason
    );
    let quoted = m.evidence.iter().find(|e| e.span.is_some()).unwrap();
    assert_eq!(quoted.note, "when the next update comes: \"update\"");
    let body = good().body;
    assert_eq!(&body[quoted.span.unwrap().0..quoted.span.unwrap().1], "update", "a span counts in the body");
}

#[test]
fn the_row_shows_subject_and_text_with_the_reading_on_it() {
    let card = send(good());
    let r = row(&card, "customer-notice");
    assert_eq!(r.text, "Service notice\n\npoints 800 next update at 18:00");
    assert_eq!((r.item.as_ref().map(|i| i.as_str()), r.sent), (Some("MSG-001"), Some(at("15m"))));
    let span = r.reading.as_ref().unwrap().elements[0].evidence.as_ref().unwrap().span;
    assert_eq!(&r.text[span.start..span.end], "update", "spans of the reading count in the row's text");
}

#[test]
fn lateness_takes_at_most_three_tenths() {
    for (when, points) in [("20m", 800), ("30m", 680), ("40m", 560), ("40m01s", 0)] {
        let mut t = called();
        t.send(when, "comms", good(), Some(true));
        assert_eq!(mark(&card(t), PRODUCT).points, points, "{when}");
    }
}

#[test]
fn not_sent_is_failed_at_the_cue_or_not_exercised() {
    let mut t = Table::full();
    let delivered = t.deliver("10m", "INJ-02", &["ic"]);
    let unsent = card(t);
    let m = mark(&unsent, PRODUCT);
    assert_eq!((m.status, m.points, entries(m)), (Status::Failed, 0, vec![delivered]));
    assert_eq!(mark(&card(Table::full()), PRODUCT).status, Status::NotExercised);
    for (when, status) in [("80m", Status::Failed), ("80m01s", Status::NotExercised)] {
        let mut t = Table::full();
        t.deliver(when, "INJ-02", &["ic"]);
        assert_eq!(mark(&card(t), PRODUCT).status, status, "{when}");
    }
}

#[test]
fn sent_before_it_was_called_for_is_in_time() {
    let mut t = Table::full();
    t.send("5m", "comms", good(), Some(true));
    t.deliver("10m", "INJ-02", &["ic"]);
    assert_eq!(mark(&card(t), PRODUCT).points, 800);
}

#[test]
fn faults_of_form_cost_a_tenth_each_and_say_so() {
    let faults: [(Draft, i64, &str); 6] = [
        (Draft { tlp: Some(Tlp::Clear), ..good() }, 700, "marked TLP:CLEAR instead of TLP:AMBER"),
        (Draft { tlp: None, ..good() }, 700, "not marked instead of TLP:AMBER"),
        (Draft { via: Some("chat".into()), ..good() }, 700, "sent by Incident chat instead of Mail"),
        (Draft { via: Some("old-mail".into()), ..good() }, 600, "where the adversary reads along"),
        (Draft { to: vec!["customers".into(), "press".into()], ..good() }, 700, "also went to The Daily"),
        (Draft { to: vec!["press".into()], ..good() }, 0, "it reached none of Customers"),
    ];
    for (draft, points, reason) in faults {
        let card = send(draft);
        let m = mark(&card, PRODUCT);
        assert_eq!(m.points, points, "{}", m.reason);
        assert!(m.reason.contains(reason), "{}", m.reason);
    }
    let mut t = called();
    t.send("15m", "soc", good(), Some(true));
    assert_eq!(mark(&card(t), PRODUCT).points, 700, "the wrong writer");
}

#[test]
fn a_colleague_in_copy_costs_nothing() {
    assert_eq!(mark(&send(Draft { to: vec!["customers".into(), "legal".into()], ..good() }), PRODUCT).points, 800);
}

#[test]
fn who_was_left_out_costs_unless_another_message_reached_them() {
    let mut s = scenario();
    s.products[0].to.push("vendor".into());
    let mut t = called();
    t.send("15m", "comms", good(), Some(true));
    assert_eq!(mark(&score(&s, &t.end("90m")), PRODUCT).points, 700);
    let mut t = called();
    t.send("15m", "comms", good(), Some(true));
    t.send("16m", "comms", Draft { to: vec!["vendor".into()], ..good() }, Some(true));
    assert_eq!(mark(&score(&s, &t.end("90m")), PRODUCT).points, 800);
}

#[test]
fn all_faults_together_take_at_most_half() {
    let draft =
        Draft { tlp: None, via: Some("old-mail".into()), to: vec!["customers".into(), "press".into()], ..good() };
    let mut t = called();
    t.send("15m", "soc", Draft { body: "points 1000".into(), ..draft }, Some(true));
    assert_eq!(mark(&card(t), PRODUCT).points, 500);
}

#[test]
fn sent_without_approval_costs_and_caps() {
    let mut t = Table::full();
    t.declare("10m", "ic", "incident", "major");
    t.send("15m", "legal", notice("regulator-notice", &["regulator"], "points 1000"), Some(false));
    let card = card(t);
    let m = mark(&card, "communication/regulator-notice");
    assert_eq!(m.points, 800);
    assert!(m.reason.contains("sent without the approval of Executive"), "{}", m.reason);
    let notify = card.objectives.iter().find(|o| o.objective.as_str() == "notify").unwrap();
    assert_eq!(notify.rating, Some(Rating::M), "{}", notify.reason);
}

#[test]
fn the_first_message_counts_unless_a_marked_correction_follows_in_time() {
    let second = |subject: &str, re: Option<&str>, when: &str| {
        let mut t = called();
        t.send("15m", "comms", Draft { body: "points 400".into(), ..good() }, Some(true));
        let draft = Draft { subject: subject.into(), re: re.map(Into::into), body: "points 900".into(), ..good() };
        t.send(when, "comms", draft, Some(true));
        let card = card(t);
        (mark(&card, PRODUCT).points, row(&card, "customer-notice").sent.unwrap())
    };
    assert_eq!(second("Service notice", None, "20m"), (400, at("15m")), "trying again is not a correction");
    assert_eq!(second("Correction: service notice", None, "35m"), (900, at("35m")), "timely, because the first was");
    assert_eq!(second("Service notice", Some("MSG-001"), "20m"), (900, at("20m")));
    assert_eq!(second("Correction", None, "40m01s"), (400, at("15m")), "too late to put it right");
}

#[test]
fn a_text_without_a_rubric_is_not_graded_and_costs_nothing() {
    let mut s = scenario();
    s.products[0].id = "unread".into();
    let mut t = called();
    t.send("15m", "comms", notice("unread", &["customers"], "hello"), None);
    let card = score(&s, &t.end("90m"));
    let m = mark(&card, "communication/unread");
    assert_eq!((m.status, m.evidence.len()), (Status::NotGraded, 1));
    assert_eq!(card.dimensions[2].of, 0, "not graded is not zero");
}

#[test]
fn the_rubric_is_told_what_the_table_knew_by_then() {
    let known = |t: Table| row(&card(t), "customer-notice").reading.as_ref().unwrap().notes.clone();
    let mut t = called();
    t.send("15m", "comms", good(), Some(true));
    t.deliver("20m", "INJ-03", &["ic"]);
    assert_eq!(known(t), ["INJ-02"], "what came later was not known");
    let mut t = Table::full();
    t.deliver("10m", "INJ-02", &["exec"]);
    t.send("15m", "comms", good(), Some(true));
    assert!(known(t).is_empty(), "what only the simulation cell got was not known");
}

#[test]
fn two_products_that_differ_are_flagged_for_the_evaluator() {
    let both = |first: &str, second: &str| {
        let mut t = called();
        t.declare("11m", "ic", "incident", "major");
        t.write("12m", "comms", "customer-notice", &["customers"], first);
        t.write("20m", "legal", "regulator-notice", &["regulator"], second);
        let card = card(t);
        let m = mark(&card, "communication/regulator-notice").clone();
        (m.reason, m.evidence.len())
    };
    let (reason, evidence) = both("points 900 fact tenants 312 ok", "points 900 fact tenants 340 wrong");
    assert!(reason.contains("says \"340\" where the Customer notice of 00:12:00 said \"312\" (tenants)"), "{reason}");
    let (agrees, fewer) = both("points 900 fact tenants 312 ok", "points 900 fact tenants 312 ok");
    assert!(!agrees.contains("for the evaluator"), "{agrees}");
    assert!(evidence > fewer, "the earlier message is evidence too");
}

#[test]
fn doubts_of_the_rubric_are_passed_on() {
    let card = send(Draft { body: "points 500 doubtful".into(), ..good() });
    assert!(mark(&card, PRODUCT).reason.contains("for a person to look at: a sentence was withheld"));
}

#[test]
fn the_advice_names_the_near_miss() {
    let card = send(Draft { body: "points 500 soon".into(), ..good() });
    let finding = card.improvements.iter().find(|f| f.mark == PRODUCT).unwrap();
    assert_eq!(finding.advice, "Say when the next update comes (nearest: \"points 500\": no time).");
}
