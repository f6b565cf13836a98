//! The whole scorecard: totals, ratings, competencies, findings.

use crate::fixture::{Plain, Table, baselines, card, marks, scenario, score};
use scoring::{Baselines, Dimension, Rating, SCHEMA, Scorecard, Status};

/// A table that does everything right.
fn good() -> Table {
    let mut t = Table::full();
    t.reads("0s", "exfiltrated", 0, 20);
    t.deliver("3m", "INJ-01", &["soc", "ic"]);
    t.tell("4m", "ic", &["legal"], "chat");
    t.page("5m", "ic", "exec");
    t.work("6m", "soc", "copy");
    t.work("7m", "soc", "roll-back");
    t.deliver("10m", "INJ-02", &["ic"]);
    t.declare("12m", "ic", "incident", "major");
    t.clock_starts("12m", "72h12m");
    t.write("15m", "comms", "customer-notice", &["customers"], "points 900 update");
    t.approve("16m", "exec", protocol::Subject::Product("regulator-notice".into()));
    t.page("17m", "ic", "vendor");
    t.write("20m", "legal", "regulator-notice", &["regulator"], "points 900 update");
    t.push("20m", protocol::Fact::ClockFiled { clock: "gdpr-33".into(), item: "MSG-003".into() });
    t.reads("90m", "exfiltrated", 20, 0);
    t
}

/// The same injects, and nobody does anything.
fn idle() -> Table {
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc", "ic"]);
    t.deliver("10m", "INJ-02", &["ic"]);
    t.reads("90m", "exfiltrated", 100, 0);
    t
}

fn percents(card: &Scorecard) -> Vec<Option<u32>> {
    card.dimensions.iter().map(|d| d.percent).collect()
}

#[test]
fn a_good_table_passes() {
    let card = card(good());
    assert_eq!(percents(&card), [Some(100), Some(100), Some(90), Some(100)], "{:#?}", card.improvements);
    assert_eq!(card.percent, 98, "30, 25 and 20 full, 25 at nine tenths: 97.5");
    assert!(card.passed);
    assert_eq!(card.verdict, "Passed with 98 %, 38 above the 60 needed.");
    assert!(card.objectives.iter().all(|o| o.rating == Some(Rating::P)), "{:#?}", card.objectives);
    assert_eq!(card.people.get("soc").map(String::as_str), Some("soc person"));
    assert_eq!((card.schema.as_str(), card.head.len(), card.seed), (SCHEMA, 64, 7));
}

#[test]
fn nobody_acting_fails_clearly() {
    let card = card(idle());
    assert_eq!((card.percent, card.passed), (0, false));
    assert_eq!(card.verdict, "Not passed: nobody at the table acted (0 %, 60 needed).");
    assert_eq!(percents(&card), [Some(0), Some(0), Some(0), Some(0)]);
    assert!(card.strengths.is_empty());
    let contain = &card.objectives[0];
    assert_eq!(contain.rating, Some(Rating::U));
}

#[test]
fn an_exercise_without_anything_in_it_is_not_graded_as_zero() {
    let card = card(Table::full());
    assert_eq!(percents(&card), [None, None, None, None]);
    assert!(!card.passed);
    assert!(card.verdict.starts_with("Not passed: nothing was exercised"), "{}", card.verdict);
    assert!(marks(&card).all(|m| m.status == Status::NotExercised));
    assert!(card.objectives.iter().all(|o| o.rating.is_none()));
}

#[test]
fn a_dimension_that_was_not_exercised_is_left_out() {
    let whole = scoring::score_with(&scenario(), &Plain, &good().end("90m"), &Baselines::default());
    assert_eq!(percents(&whole), [Some(100), Some(100), Some(90), None]);
    assert_eq!(whole.percent, 97, "of 80 weighted points, not of 100");
}

#[test]
fn weights_are_the_scenarios() {
    let mut s = scenario();
    s.scoring.response = 0;
    s.scoring.escalation = 0;
    s.scoring.outcome = 0;
    s.scoring.pass = 91;
    let card = score(&s, &good().end("90m"));
    assert_eq!((card.percent, card.passed), (90, false));
    assert_eq!(card.verdict, "Not passed: 90 %, 1 short of the 91 needed; most was lost in communication quality.");
    assert_eq!(card.dimensions.iter().map(|d| d.weight).collect::<Vec<_>>(), [0, 0, 25, 0]);
    assert_eq!(card.dimensions[0].dimension, Dimension::Response);
}

#[test]
fn a_critical_miss_fails_whatever_the_points() {
    let mut s = scenario();
    s.scoring.pass = 10;
    s.expected[0].what = "Pull the plug".into();
    s.expected[0].any_of = vec![scenarios::model::Cue::Acted("cut-off".into())];
    let card = score(&s, &good().end("90m"));
    assert!(card.percent > 10 && !card.passed);
    assert!(card.verdict.contains("the critical action \"Pull the plug\" was missed"), "{}", card.verdict);
}

#[test]
fn competencies_are_shown_by_the_marks_of_their_objectives() {
    let card = card(good());
    let of = |id: &str| card.competencies.iter().find(|c| c.competency.as_str() == id).unwrap();
    assert_eq!(of("runtime").percent, Some(100));
    assert_eq!(of("runtime").marks, ["response/roll-back", "outcome/exfiltrated"]);
    assert!(of("comms").percent < Some(100));
    assert_eq!((of("unused").percent, of("unused").marks.len()), (None, 0));
}

#[test]
fn improvements_are_costliest_first_with_advice_and_evidence() {
    let card = card(idle());
    let points: Vec<i64> = card.improvements.iter().map(|f| f.points).collect();
    assert!(points.is_sorted(), "{points:?}");
    assert!(card.improvements.iter().all(|f| f.points < 0 && !f.advice.is_empty() && !f.evidence.is_empty()));
    let advice = |mark: &str| card.improvements.iter().find(|f| f.mark == mark).map(|f| f.advice.clone());
    assert_eq!(advice("response/roll-back").as_deref(), Some("Think of the last good version."));
    assert_eq!(
        advice("escalation/tell-legal").as_deref(),
        Some(
            "Tell Counsel by Incident commander or SOC analyst within 5m of the delivery of INJ-01: Counsel decides what may be said."
        )
    );
    assert_eq!(
        advice("communication/customer-notice").as_deref(),
        Some(
            "Send the Customer notice to Customers within 10m of the delivery of INJ-02. Customers want to know what to do."
        )
    );
}

#[test]
fn strengths_come_best_first() {
    let card = card(good());
    assert_eq!(card.strengths[0].mark, "outcome/exfiltrated");
    assert!(card.strengths.len() <= 8);
    assert!(card.strengths.windows(2).all(|w| w[0].points >= w[1].points));
}

#[test]
fn a_mistake_without_price_that_caps_is_still_an_improvement() {
    let mut t = good();
    t.work_as("30m", "soc", "wipe", false, true);
    t.trapped("30m", "wiped", "soc");
    let card = card(t);
    assert!(card.improvements.iter().any(|f| f.mark == "authority/wipe" && f.points == 0));
}

#[test]
fn play_that_still_goes_on_can_be_scored() {
    let mut transcript = good().end("90m");
    transcript.entries.truncate(14);
    transcript.seal = None;
    let card = score(&scenario(), &transcript);
    assert_eq!((card.ended, card.head.as_str()), (transcript.end(), ""));
    assert!(card.dimensions[0].percent.is_some());
}

#[test]
fn what_comes_after_endex_is_not_scored() {
    let mut late = idle().end("90m");
    let n = late.entries.len() as u64 + 1;
    let event = protocol::Event {
        at: late.end(),
        audience: protocol::Audience::Everyone,
        fact: protocol::Fact::Paged { party: "legal".into(), by: "ic".into(), reason: String::new() },
    };
    late.entries.push(transcripts::Entry { n, at: late.end(), body: transcripts::Body::Event(event) });
    assert_eq!(marks(&score(&scenario(), &late)).collect::<Vec<_>>(), marks(&card(idle())).collect::<Vec<_>>());
    assert_eq!(baselines().nothing.len(), 1);
}

#[test]
fn an_empty_transcript_gives_a_scorecard() {
    let mut transcript = Table::empty().end("0s");
    transcript.entries.clear();
    let card = score(&scenario(), &transcript);
    assert!(!card.passed && card.percent == 0);
}

#[test]
fn an_instructors_word_counts_and_the_machines_stays_beside_it() {
    let transcript = idle().end("90m");
    let revise = |points: i64, mark: &str| {
        let revisions = [
            scoring::Revision { mark: mark.into(), points: 100, reason: "first thought".into(), by: "Kim".into() },
            scoring::Revision { mark: mark.into(), points, reason: "done by phone".into(), by: "Kim".into() },
        ];
        scoring::score_revised(&scenario(), &Plain, &transcript, &baselines(), &revisions)
    };
    let card = revise(1000, "response/roll-back");
    let m = crate::fixture::mark(&card, "response/roll-back");
    assert_eq!((m.points, m.status), (1000, Status::Met));
    assert_eq!(
        m.reason,
        "Kim: done by phone (by machine 0 of 10: delivered 00:03:00 → no correct act by EndEx 01:30:00 (target 5m, limit 15m))"
    );
    assert_eq!(card.dimensions[0].percent, Some(67), "the dimension follows");
    assert!(!card.objectives[0].reason.contains("critical"), "and the rating: {}", card.objectives[0].reason);
    assert!(card.strengths.iter().any(|f| f.mark == m.id));

    let more = revise(99_999, "response/roll-back");
    assert_eq!(crate::fixture::mark(&more, "response/roll-back").points, 1000, "never more than is at stake");
    assert_eq!(revise(1000, "response/unknown"), score(&scenario(), &transcript));

    let unexercised = scoring::score_revised(
        &scenario(),
        &Plain,
        &Table::full().end("90m"),
        &baselines(),
        &[scoring::Revision {
            mark: "response/roll-back".into(),
            points: 500,
            reason: "seen in the room".into(),
            by: "Kim".into(),
        }],
    );
    let m = crate::fixture::mark(&unexercised, "response/roll-back");
    assert_eq!((m.status, m.evidence.len()), (Status::Partly, 1));
    assert!(m.reason.contains("(by machine not exercised: "), "{}", m.reason);
}
