//! The JSON shape, and the page that documents it.

use crate::fixture::{Table, card};
use serde_json::Value;
use std::collections::BTreeSet;

const DOCUMENT: &str = include_str!("../../SCORECARD.md");

/// A scorecard with something in every table.
fn full() -> scoring::Scorecard {
    let mut t = Table::full();
    t.reads("0s", "exfiltrated", 0, 20);
    t.deliver("3m", "INJ-01", &["soc", "ic"]);
    t.tell("4m", "ic", &["legal"], "chat");
    t.work("5m", "soc", "roll-back");
    t.work("6m", "soc", "wipe");
    t.trapped("6m", "wiped", "soc");
    t.deliver("10m", "INJ-02", &["ic"]);
    t.declare("12m", "ic", "incident", "major");
    t.clock_starts("12m", "72h12m");
    t.write("15m", "comms", "customer-notice", &["customers"], "points 900 update fact tenants 340 wrong");
    card(t)
}

fn fields(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                // Names of seats are data, not fields.
                if key != "people" {
                    fields(inner, out);
                }
                out.insert(key.clone());
            }
        }
        Value::Array(all) => all.iter().for_each(|v| fields(v, out)),
        _ => {}
    }
}

#[test]
fn the_document_names_every_field() {
    let mut names = BTreeSet::new();
    fields(&serde_json::to_value(full()).unwrap(), &mut names);
    assert!(names.len() > 80, "a scorecard with something in every table: {names:?}");
    let missing: Vec<_> = names.iter().filter(|n| !DOCUMENT.contains(&format!("`{n}`"))).collect();
    assert!(missing.is_empty(), "SCORECARD.md does not name {missing:?}");
}

#[test]
fn the_document_names_the_schema_and_every_word_of_it() {
    assert!(DOCUMENT.contains(scoring::SCHEMA));
    for word in [
        "Response",
        "Escalation",
        "Communication",
        "Outcome",
        "Met",
        "Partly",
        "Failed",
        "NotExercised",
        "NotObserved",
        "NotGraded",
        "OnTime",
        "Late",
        "Missed",
        "WrongParty",
        "Premature",
        "OutOfOrder",
        "Unauthorised",
        "NotStarted",
        "Due",
        "Overdue",
        "Filed",
        "FiledLate",
        "Waived",
        "WaivedWrongly",
    ] {
        assert!(DOCUMENT.contains(&format!("`{word}`")), "{word}");
    }
}

#[test]
fn a_scorecard_comes_back_as_it_went() {
    let card = full();
    let json = serde_json::to_string_pretty(&card).unwrap();
    assert_eq!(serde_json::from_str::<scoring::Scorecard>(&json).unwrap(), card);
}

#[test]
fn there_are_no_fractions_in_it() {
    fn whole(v: &Value) -> bool {
        match v {
            Value::Number(n) => n.is_i64() || n.is_u64(),
            Value::Array(all) => all.iter().all(whole),
            Value::Object(map) => map.values().all(whole),
            _ => true,
        }
    }
    assert!(whole(&serde_json::to_value(full()).unwrap()));
}
