//! What must hold for any exercise.

use crate::fixture::{Table, at, marks, scenario, score};
use proptest::prelude::*;
use protocol::{Audience, Event, Fact};
use scoring::{Scorecard, Status};
use transcripts::{Body, Entry, Transcript};

/// Something a table may do.
#[derive(Clone, Debug)]
enum Deed {
    Deliver(usize),
    Work(usize, usize, bool),
    Page(usize, usize),
    Tell(usize, usize, usize),
    Write(usize, usize, usize, u16),
    Declare(bool),
    Approve(bool),
    Clock,
    Trap,
    Meter(i64),
    Leave(usize),
}

const SEATS: [&str; 5] = ["ic", "soc", "legal", "comms", "exec"];
const PARTIES: [&str; 8] = ["legal", "exec", "comms", "regulator", "customers", "press", "vendor", "suspect"];
const CHANNELS: [&str; 4] = ["chat", "mail", "phone", "old-mail"];
const ACTIONS: [&str; 4] = ["roll-back", "copy", "wipe", "cut-off"];
const INJECTS: [&str; 3] = ["INJ-01", "INJ-02", "INJ-03"];
const PRODUCTS: [&str; 2] = ["customer-notice", "regulator-notice"];

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0..3usize).prop_map(Deed::Deliver),
        (0..5usize, 0..4usize, any::<bool>()).prop_map(|(s, a, ok)| Deed::Work(s, a, ok)),
        (0..5usize, 0..8usize).prop_map(|(s, p)| Deed::Page(s, p)),
        (0..5usize, 0..8usize, 0..4usize).prop_map(|(s, p, c)| Deed::Tell(s, p, c)),
        (0..5usize, 0..2usize, 0..8usize, 0..1000u16).prop_map(|(s, p, to, n)| Deed::Write(s, p, to, n)),
        any::<bool>().prop_map(Deed::Declare),
        any::<bool>().prop_map(Deed::Approve),
        Just(Deed::Clock),
        Just(Deed::Trap),
        (-10..200i64).prop_map(Deed::Meter),
        (0..5usize).prop_map(Deed::Leave),
    ]
}

fn deeds() -> impl Strategy<Value = Vec<(u64, Deed)>> {
    prop::collection::vec((0..5400u64, deed()), 0..40).prop_map(|mut all| {
        all.sort_by_key(|(when, _)| *when);
        all
    })
}

fn play(held: &[&str], deeds: &[(u64, Deed)]) -> Transcript {
    let mut t = Table::with(held);
    for (secs, deed) in deeds {
        let when = format!("{secs}s");
        match deed {
            Deed::Deliver(i) => t.deliver(&when, INJECTS[*i], &["ic", "soc"]),
            Deed::Work(s, a, ok) => t.work_as(&when, SEATS[*s], ACTIONS[*a], *ok, true),
            Deed::Page(s, p) => t.page(&when, SEATS[*s], PARTIES[*p]),
            Deed::Tell(s, p, c) => t.tell(&when, SEATS[*s], &[PARTIES[*p]], CHANNELS[*c]),
            Deed::Write(s, p, to, n) => {
                t.write(&when, SEATS[*s], PRODUCTS[*p], &[PARTIES[*to]], &format!("points {n} update"))
            }
            Deed::Declare(major) => t.declare(&when, "ic", "incident", if *major { "major" } else { "minor" }),
            Deed::Approve(notice) => t.approve(
                &when,
                "exec",
                if *notice {
                    protocol::Subject::Product("regulator-notice".into())
                } else {
                    protocol::Subject::Action("cut-off".into())
                },
            ),
            Deed::Clock => t.clock_starts(&when, &format!("{}s", secs + 1800)),
            Deed::Trap => t.trapped(&when, "wiped", "soc"),
            Deed::Meter(v) => t.reads(&when, "exfiltrated", *v, *v),
            Deed::Leave(s) => t.push(&when, Fact::SeatLeft { seat: SEATS[*s].into() }),
        };
    }
    t.end("90m")
}

/// Puts an event in at an index and counts the entries anew.
fn with(transcript: &Transcript, index: usize, fact: Fact) -> Transcript {
    let mut new = transcript.clone();
    let at = new.entries[index].at;
    let event = Event { at, audience: Audience::Staff, fact };
    new.entries.insert(index, Entry { n: 0, at, body: Body::Event(event) });
    for (i, entry) in new.entries.iter_mut().enumerate() {
        entry.n = i as u64 + 1;
    }
    new
}

/// Marks without the numbers of entries, which shift when one is put in.
fn judgement(card: &Scorecard) -> Vec<(String, Status, i64, i64, String)> {
    let mut all: Vec<_> = marks(card).map(|m| (m.id.clone(), m.status, m.points, m.of, m.reason.clone())).collect();
    all.push((card.verdict.clone(), Status::Met, i64::from(card.percent), 0, String::new()));
    all
}

fn irrelevant() -> impl Strategy<Value = Fact> {
    prop_oneof![
        Just(Fact::Paused),
        Just(Fact::Resumed),
        Just(Fact::PaceSet { pace: protocol::Pace::Live }),
        Just(Fact::RuleFired { rule: "nothing".into() }),
        Just(Fact::Opened { seat: "ic".into(), item: "MSG-404".into() }),
        Just(Fact::Waited { span: protocol::Span::mins(1) }),
        Just(Fact::AssetSeen { asset: "model".into(), seen: vec![], source: "inventory".into() }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn every_mark_that_counts_has_evidence_in_the_transcript(deeds in deeds(), all in any::<bool>()) {
        let t = play(if all { &SEATS } else { &["ic"] }, &deeds);
        let card = score(&scenario(), &t);
        for m in marks(&card) {
            prop_assert!(m.status == Status::NotExercised || !m.evidence.is_empty(), "{m:?}");
            prop_assert!(m.points <= m.of && !m.reason.is_empty(), "{m:?}");
            prop_assert!(m.evidence.iter().all(|e| e.entry >= 1 && e.entry <= t.entries.len() as u64), "{m:?}");
            prop_assert!(m.evidence.iter().all(|e| t.entries[e.entry as usize - 1].at == e.at), "{m:?}");
            prop_assert!(m.evidence.is_sorted_by_key(|e| e.entry), "{m:?}");
        }
        prop_assert!(card.percent <= 100);
        prop_assert!(card.escalation.iter().all(|r| marks(&card).any(|m| m.id == r.mark)));
        prop_assert!(card.improvements.iter().all(|f| !f.advice.is_empty() && !f.evidence.is_empty()));
        let ids: std::collections::BTreeSet<_> = marks(&card).map(|m| &m.id).collect();
        prop_assert_eq!(ids.len(), marks(&card).count(), "ids are unique");
    }

    #[test]
    fn the_same_transcript_gives_the_same_bytes(deeds in deeds()) {
        let t = play(&SEATS, &deeds);
        let json = |c: &Scorecard| serde_json::to_string(c).unwrap();
        prop_assert_eq!(json(&score(&scenario(), &t)), json(&score(&scenario(), &t)));
    }

    #[test]
    fn an_irrelevant_event_changes_no_mark(deeds in deeds(), fact in irrelevant(), place in 0..100usize) {
        let t = play(&SEATS, &deeds);
        let index = 6 + place * (t.entries.len() - 6) / 100;
        let more = with(&t, index.min(t.entries.len() - 1), fact);
        prop_assert_eq!(judgement(&score(&scenario(), &t)), judgement(&score(&scenario(), &more)));
    }

    #[test]
    fn irrelevant_events_of_one_moment_may_stand_in_any_order(deeds in deeds(), two in (irrelevant(), irrelevant())) {
        let t = play(&SEATS, &deeds);
        let end = t.entries.len() - 1;
        let ab = with(&with(&t, end, two.0.clone()), end, two.1.clone());
        let ba = with(&with(&t, end, two.1), end, two.0);
        prop_assert_eq!(judgement(&score(&scenario(), &ab)), judgement(&score(&scenario(), &ba)));
    }

    #[test]
    fn acting_earlier_never_scores_less(sooner in 0..5000u64, later in 0..400u64, deeds in deeds()) {
        let points = |when: u64| {
            let rest = deeds.iter().filter(|(_, d)| !matches!(d, Deed::Work(..) | Deed::Deliver(0)));
            let mut all: Vec<(u64, Deed)> = rest.cloned().chain([(180, Deed::Deliver(0)), (when, Deed::Work(1, 0, true))]).collect();
            all.sort_by_key(|(w, _)| *w);
            let card = score(&scenario(), &play(&SEATS[..4], &all));
            crate::fixture::mark(&card, "response/roll-back").points
        };
        // Whether the analyst's seat was given up in between is the table's business, not the clock's.
        prop_assume!(!deeds.iter().any(|(_, d)| matches!(d, Deed::Leave(_))));
        prop_assert!(points(sooner) >= points(sooner + later));
    }

    #[test]
    fn telling_earlier_never_scores_less(sooner in 0..2000u64, later in 0..400u64) {
        let points = |when: u64| {
            let all = if when < 180 { vec![(when, Deed::Page(0, 0)), (180, Deed::Deliver(0))] } else { vec![(180, Deed::Deliver(0)), (when, Deed::Page(0, 0))] };
            let card = score(&scenario(), &play(&SEATS, &all));
            crate::fixture::mark(&card, "escalation/tell-legal").points
        };
        prop_assert!(points(sooner) >= points(sooner + later));
    }
}

#[test]
fn entries_need_no_events_to_be_counted() {
    // Commands stand between events; evidence counts both.
    let mut t = play(&SEATS, &[(180, Deed::Deliver(0))]);
    let command = protocol::Command { at: at("0s"), by: protocol::Actor::Facilitator, act: protocol::Act::Pause };
    t.entries.insert(0, Entry { n: 0, at: at("0s"), body: Body::Command(command) });
    for (i, entry) in t.entries.iter_mut().enumerate() {
        entry.n = i as u64 + 1;
    }
    let card = score(&scenario(), &t);
    assert_eq!(crate::fixture::mark(&card, "response/roll-back").evidence[0].entry, 8);
}
