//! The meters between their baselines.

use crate::fixture::{Plain, Table, baselines, card, entries, mark, scenario};
use scoring::{Baselines, Status};

const METER: &str = "outcome/exfiltrated";

/// Nothing: 100 GB; reference: 20 GB.
fn reads(value: i64) -> scoring::Scorecard {
    let mut t = Table::full();
    t.reads("0s", "exfiltrated", 0, 60);
    t.reads("90m", "exfiltrated", value, 0);
    card(t)
}

#[test]
fn between_nobody_and_the_reference() {
    for (value, points, status) in [
        (20, 2000, Status::Met),
        (5, 2000, Status::Met),
        (60, 1000, Status::Partly),
        (99, 20, Status::Partly),
        (100, 0, Status::Failed),
        (500, 0, Status::Failed),
    ] {
        let card = reads(value);
        let m = mark(&card, METER);
        assert_eq!((m.points, m.of, m.status), (points, 2000, status), "{value}");
        assert_eq!(m.evidence.len(), 1);
        assert_eq!(card.meters[0].value, value);
    }
}

#[test]
fn the_last_reading_is_the_evidence() {
    let mut t = Table::full();
    t.reads("0s", "exfiltrated", 0, 60);
    let last = t.reads("30m", "exfiltrated", 30, 0);
    let card = card(t);
    let m = mark(&card, METER);
    assert_eq!(entries(m), vec![last]);
    assert_eq!(
        m.reason,
        "30 GB, between 100 GB with nobody acting and 20 GB with the reference response: 87 % (17.4 of 20)"
    );
}

#[test]
fn the_reading_is_taken_at_endex_also_when_none_was_written_then() {
    let mut t = Table::full();
    t.reads("0s", "exfiltrated", 0, 60);
    let early = crate::fixture::score(&scenario(), &t.end("60m"));
    assert_eq!((mark(&early, METER).points, early.meters[0].value), (1000, 60));
}

#[test]
fn a_meter_never_reads_more_than_it_can() {
    let mut s = scenario();
    s.meters[0].most = Some(60);
    let mut t = Table::full();
    t.reads("0s", "exfiltrated", 0, 600);
    let card = crate::fixture::score(&s, &t.end("10m"));
    assert_eq!(mark(&card, METER).points, 1000);
}

#[test]
fn nothing_to_decide_or_nothing_to_measure_is_not_exercised() {
    let mut t = Table::full();
    t.reads("90m", "exfiltrated", 50, 0);
    let transcript = t.end("90m");
    let with = |b: &Baselines| {
        let card = scoring::score_with(&scenario(), &Plain, &transcript, b);
        let m = mark(&card, METER);
        assert_eq!(card.dimensions[3].percent, None);
        (m.status, m.reason.clone())
    };
    let mut equal = baselines();
    equal.reference = equal.nothing.clone();
    assert_eq!(
        with(&equal),
        (
            Status::NotExercised,
            "100 GB with nobody acting and with the reference response: nothing in it to decide".into()
        )
    );
    assert_eq!(with(&Baselines::default()).0, Status::NotExercised);
    assert_eq!(mark(&card(Table::full()), METER).status, Status::NotExercised, "no reading");
}

#[test]
fn weights_share_out_the_points_and_zero_only_shows() {
    let mut s = scenario();
    let mut second = s.meters[0].clone();
    second.id = "downtime".into();
    second.weight = 3;
    let mut shown = s.meters[0].clone();
    shown.id = "shown".into();
    shown.weight = 0;
    s.meters.extend([second, shown]);
    let mut t = Table::full();
    t.reads("90m", "exfiltrated", 50, 0);
    let card = crate::fixture::score(&s, &t.end("90m"));
    assert_eq!(mark(&card, METER).of, 500);
    assert_eq!(mark(&card, "outcome/downtime").of, 1500);
    assert!(!crate::fixture::has(&card, "outcome/shown"));
    assert_eq!((card.meters.len(), card.meters[2].mark.as_str()), (3, ""));
}
