//! The escalation matrix, over-escalation, and approvals.

use crate::fixture::{Table, at, card, entries, has, mark, notice, scenario, score};
use protocol::{Draft, Fact, Subject};
use scoring::{EscalationRow, Rating, Scorecard, Status, Verdict};

#[track_caller]
fn row<'a>(card: &'a Scorecard, line: &str) -> &'a EscalationRow {
    card.escalation.iter().find(|r| r.line.as_ref().is_some_and(|l| l.as_str() == line)).unwrap()
}

/// The verdict and the points of a line.
fn verdict(card: &Scorecard, line: &str) -> (Verdict, i64) {
    (row(card, line).verdict, mark(card, &format!("escalation/{line}")).points)
}

fn called() -> Table {
    let mut t = Table::full();
    t.deliver("3m", "INJ-01", &["soc", "ic"]);
    t
}

fn declared() -> Table {
    let mut t = called();
    t.declare("10m", "ic", "incident", "major");
    t
}

#[test]
fn on_time_until_the_time_and_late_until_the_limit() {
    // within 5m, limit 15m, 5 points
    for (when, expected) in [
        ("3m", (Verdict::OnTime, 500)),
        ("8m", (Verdict::OnTime, 500)),
        ("13m", (Verdict::Late, 250)),
        ("18m", (Verdict::Late, 0)),
        ("18m01s", (Verdict::Missed, 0)),
    ] {
        let mut t = called();
        t.tell(when, "ic", &["legal"], "chat");
        assert_eq!(verdict(&card(t), "tell-legal"), expected, "{when}");
    }
}

#[test]
fn telling_before_it_is_called_for_is_on_time() {
    let mut t = Table::full();
    t.page("1m", "ic", "legal");
    t.deliver("3m", "INJ-01", &["soc"]);
    assert_eq!(verdict(&card(t), "tell-legal"), (Verdict::OnTime, 500));
}

#[test]
fn the_row_says_who_told_whom_and_when() {
    let mut t = called();
    let told = t.page("4m", "soc", "legal");
    let card = card(t);
    let r = row(&card, "tell-legal");
    assert_eq!((r.name.as_str(), r.by.as_ref().map(|s| s.as_str())), ("Counsel", Some("soc")));
    assert_eq!((r.called, r.told), (Some(at("3m")), Some(at("4m"))));
    assert_eq!(r.reason, "called for 00:03:00 → told 00:04:00: 1m (within 5m, limit 15m)");
    assert!(entries(mark(&card, &r.mark)).contains(&told));
}

#[test]
fn never_told_is_missed_and_points_at_the_call() {
    let mut t = Table::full();
    let delivered = t.deliver("3m", "INJ-01", &["soc"]);
    let card = card(t);
    assert_eq!(verdict(&card, "tell-legal"), (Verdict::Missed, 0));
    assert_eq!(entries(mark(&card, "escalation/tell-legal")), vec![delivered]);
}

#[test]
fn the_moment_never_came_or_is_not_over() {
    let never = card(Table::full());
    assert_eq!(verdict(&never, "tell-legal"), (Verdict::NotExercised, 0));
    assert_eq!(mark(&never, "escalation/tell-legal").status, Status::NotExercised);
    for (delivered, expected) in [("85m", Verdict::Missed), ("85m01s", Verdict::NotExercised)] {
        let mut t = Table::full();
        t.deliver(delivered, "INJ-01", &["soc"]);
        assert_eq!(verdict(&card(t), "tell-legal").0, expected, "{delivered}");
    }
}

#[test]
fn the_wrong_seat_or_channel_earns_half() {
    let mut t = called();
    t.tell("4m", "comms", &["legal"], "chat");
    let by_seat = card(t);
    assert_eq!(verdict(&by_seat, "tell-legal"), (Verdict::WrongParty, 250));
    assert!(row(&by_seat, "tell-legal").reason.contains("the matrix names Incident commander or SOC analyst"));

    let mut t = called();
    t.tell("4m", "ic", &["legal"], "chat");
    t.tell("5m", "ic", &["exec"], "chat");
    let by_channel = card(t);
    assert_eq!(verdict(&by_channel, "tell-exec"), (Verdict::WrongParty, 250));
    assert!(row(&by_channel, "tell-exec").reason.contains("by Incident chat and the matrix asks for Phone"));
}

#[test]
fn a_channel_the_adversary_reads_earns_nothing() {
    let mut t = called();
    t.tell("4m", "ic", &["legal"], "chat");
    t.tell("5m", "ic", &["exec"], "old-mail");
    assert_eq!(verdict(&card(t), "tell-exec"), (Verdict::WrongParty, 0));
}

#[test]
fn a_page_is_as_good_as_the_phone() {
    let mut t = called();
    t.tell("4m", "ic", &["legal"], "chat");
    t.page("5m", "ic", "exec");
    assert_eq!(verdict(&card(t), "tell-exec"), (Verdict::OnTime, 500));
}

#[test]
fn a_page_nobody_answers_counts_and_shows() {
    let mut t = called();
    t.push("4m", Fact::Paged { party: "legal".into(), by: "ic".into(), reason: String::new() });
    let card = card(t);
    assert_eq!(verdict(&card, "tell-legal"), (Verdict::OnTime, 500));
    assert!(row(&card, "tell-legal").reason.ends_with("; the page was not answered"));
}

#[test]
fn the_right_telling_after_a_wrong_one_counts() {
    let mut t = called();
    t.tell("4m", "comms", &["legal"], "chat");
    t.tell("6m", "ic", &["legal"], "chat");
    assert_eq!(verdict(&card(t), "tell-legal"), (Verdict::OnTime, 500));
}

#[test]
fn when_the_cell_plays_the_seats_that_should_anybody_may_tell() {
    let mut t = Table::with(&["comms"]);
    t.deliver("3m", "INJ-01", &["comms"]);
    t.tell("4m", "comms", &["legal"], "chat");
    assert_eq!(verdict(&card(t), "tell-legal"), (Verdict::OnTime, 500));
}

#[test]
fn nobody_is_asked_to_tell_themselves() {
    let mut t = Table::with(&["legal"]);
    t.deliver("3m", "INJ-01", &["legal"]);
    let card = card(t);
    assert_eq!(verdict(&card, "tell-legal"), (Verdict::NotExercised, 0));
    assert!(row(&card, "tell-legal").reason.contains("nobody else sat at the table"));
}

#[test]
fn out_of_order_earns_half() {
    let mut t = called();
    t.page("4m", "ic", "exec");
    let exec_only = card(t);
    assert_eq!(verdict(&exec_only, "tell-exec"), (Verdict::OutOfOrder, 250));

    let mut t = called();
    t.page("4m", "ic", "exec");
    t.page("5m", "ic", "legal");
    let swapped = card(t);
    assert_eq!(verdict(&swapped, "tell-exec"), (Verdict::OutOfOrder, 250));
    assert!(row(&swapped, "tell-exec").reason.contains("Counsel comes first"));

    let mut s = scenario();
    s.escalation[1].via.clear();
    let mut t = called();
    t.tell("4m", "ic", &["exec", "legal"], "chat");
    assert_eq!(
        verdict(&score(&s, &t.end("90m")), "tell-exec"),
        (Verdict::OnTime, 500),
        "one message to both is in order"
    );
}

#[test]
fn too_early_is_premature_and_cannot_be_unsaid() {
    let mut t = declared();
    t.page("11m", "ic", "vendor");
    t.work("12m", "soc", "copy");
    t.approve("12m", "exec", Subject::Action("cut-off".into()));
    t.page("13m", "ic", "vendor");
    let card = card(t);
    assert_eq!(verdict(&card, "tell-vendor"), (Verdict::Premature, 0));
    assert!(row(&card, "tell-vendor").reason.contains("which was at 00:12:00"));
    assert_eq!(row(&card, "tell-vendor").told, Some(at("11m")));
}

#[test]
fn without_approval_it_is_unauthorised_and_caps_the_objective() {
    let tell = |approved: bool| {
        let mut t = declared();
        t.page("4m", "ic", "legal");
        t.page("5m", "ic", "exec");
        t.work("11m", "soc", "copy");
        if approved {
            t.approve("12m", "exec", Subject::Action("cut-off".into()));
        }
        t.page("13m", "ic", "vendor");
        card(t)
    };
    assert_eq!(verdict(&tell(true), "tell-vendor"), (Verdict::OnTime, 500));
    let without = tell(false);
    assert_eq!(verdict(&without, "tell-vendor"), (Verdict::Unauthorised, 0));
    let objective = without.objectives.iter().find(|o| o.objective.as_str() == "tell").unwrap();
    assert!(objective.rating >= Some(Rating::M), "{objective:?}");
    assert!(objective.reason.contains("without the approval it needs"), "{}", objective.reason);
}

#[test]
fn an_approval_has_to_be_for_what_was_sent() {
    let mut s = scenario();
    s.escalation[2].not_before = None;
    s.escalation[2].with = Some("customer-notice".into());
    let tell = |subject: &str| {
        let mut t = declared();
        t.approve("11m", "exec", Subject::Product(subject.into()));
        t.send("12m", "ic", notice("customer-notice", &["vendor"], "points 500"), None);
        verdict(&score(&s, &t.end("90m")), "tell-vendor").0
    };
    assert_eq!(tell("customer-notice"), Verdict::OnTime);
    assert_eq!(tell("regulator-notice"), Verdict::Unauthorised);
}

#[test]
fn the_approver_needs_no_approval() {
    let mut s = scenario();
    s.escalation[2].not_before = None;
    let mut t = Table::with(&["exec", "ic"]);
    t.declare("10m", "ic", "incident", "major");
    t.page("12m", "exec", "vendor");
    assert_eq!(verdict(&score(&s, &t.end("90m")), "tell-vendor").0, Verdict::OnTime);
}

#[test]
fn only_the_product_tells_where_a_product_must() {
    let mut t = declared();
    t.page("11m", "legal", "regulator");
    let paged = card(t);
    assert_eq!(verdict(&paged, "tell-regulator"), (Verdict::Missed, 0));
    let notify = paged.objectives.iter().find(|o| o.objective.as_str() == "notify").unwrap();
    assert!(notify.reason.contains("asked for by law or contract and was missed"), "{}", notify.reason);

    let mut t = declared();
    t.write("11m", "legal", "regulator-notice", &["regulator"], "points 900");
    assert_eq!(verdict(&card(t), "tell-regulator"), (Verdict::OnTime, 500));
}

#[test]
fn whoever_must_not_be_told_costs_what_the_scenario_says() {
    let mut t = Table::full();
    let first = t.page("5m", "soc", "suspect");
    let again = t.page("6m", "soc", "suspect");
    t.work("7m", "soc", "copy");
    let told = card(t);
    let m = mark(&told, "disclosure/suspect");
    assert_eq!((m.points, m.of, m.status, entries(m)), (-400, 0, Status::Failed, vec![first, again]));
    let r = told.escalation.iter().find(|r| r.mark == m.id).unwrap();
    assert_eq!((r.verdict, r.line.clone()), (Verdict::Premature, None));
    assert!(r.reason.contains("they would wipe the traces"));
    let contain = told.objectives.iter().find(|o| o.objective.as_str() == "contain").unwrap();
    assert!(contain.reason.contains("unauthorised disclosure"), "{}", contain.reason);
    assert!(contain.rating >= Some(Rating::M));

    let mut t = Table::full();
    t.work("7m", "soc", "copy");
    t.page("8m", "soc", "suspect");
    assert!(!has(&card(t), "disclosure/suspect"), "after the cue they may be told");
}

#[test]
fn not_at_all_means_never() {
    let mut s = scenario();
    s.must_not_tell[0].until = None;
    let mut t = Table::full();
    t.work("7m", "soc", "copy");
    t.page("8m", "soc", "suspect");
    let card = score(&s, &t.end("90m"));
    assert_eq!(card.escalation.last().unwrap().verdict, Verdict::WrongParty);
    assert_eq!(mark(&card, "disclosure/suspect").points, -400);
}

#[test]
fn an_outsider_whom_nothing_names_costs_once() {
    let mut t = Table::full();
    t.tell("5m", "comms", &["press"], "mail");
    t.tell("6m", "comms", &["press"], "mail");
    let card = card(t);
    let m = mark(&card, "disclosure/press");
    assert_eq!((m.points, m.evidence.len()), (-300, 2));
    assert_eq!(m.objective.as_str(), "tell", "where most lines of the matrix belong");
    assert_eq!(card.escalation.last().unwrap().verdict, Verdict::WrongParty);
}

#[test]
fn whoever_wrote_first_may_be_answered() {
    let mut t = Table::full();
    let item = protocol::Item {
        inject: Some("INJ-09".into()),
        ..crate::fixture::item("INJ-09", protocol::ItemKind::Inject, "press", &["comms"])
    };
    t.push("4m", Fact::Delivered { item: std::sync::Arc::new(item) });
    t.send(
        "5m",
        "comms",
        Draft { to: vec!["press".into()], via: Some("mail".into()), re: Some("INJ-09".into()), ..Draft::default() },
        None,
    );
    assert!(!has(&card(t), "disclosure/press"));
}

#[test]
fn whom_the_matrix_a_product_or_a_clock_names_costs_nothing() {
    let mut t = Table::full();
    for (when, party) in [("5m", "customers"), ("6m", "vendor"), ("7m", "regulator")] {
        t.page(when, "ic", party);
    }
    let card = card(t);
    assert!(card.escalation.iter().all(|r| r.line.is_some()), "{:?}", card.escalation);
}

#[test]
fn telling_colleagues_is_free_and_waking_one_costs_little() {
    let mut t = Table::full();
    t.tell("5m", "ic", &["comms"], "chat");
    t.page("6m", "ic", "comms");
    assert!(!has(&card(t), "disclosure/comms"), "a message, and a page to somebody already part of it");

    let mut t = Table::full();
    t.page("6m", "ic", "comms");
    let woken = card(t);
    assert_eq!(mark(&woken, "disclosure/comms").points, -100);
    let mut t = called();
    t.page("6m", "ic", "soc");
    assert!(!has(&card(t), "disclosure/soc"), "they had got the inject");
    let mut t = Table::full();
    t.page("6m", "ic", "exec");
    assert!(!has(&card(t), "disclosure/exec"), "a line names them");
}

#[test]
fn an_action_begun_without_approval_costs_and_caps() {
    let mut t = called();
    t.work("4m", "soc", "roll-back");
    t.work_as("5m", "soc", "cut-off", false, true);
    t.work_as("6m", "soc", "cut-off", false, true);
    let card = card(t);
    let m = mark(&card, "authority/cut-off");
    assert_eq!((m.points, m.evidence.len(), m.status), (-300, 2, Status::Failed));
    assert!(m.reason.contains("without the approval of Executive"), "{}", m.reason);
    let contain = card.objectives.iter().find(|o| o.objective.as_str() == "contain").unwrap();
    assert_eq!(contain.rating, Some(Rating::M), "{}", contain.reason);
}

#[test]
fn a_mistake_with_a_price_of_its_own_is_not_charged_twice() {
    let mut t = called();
    t.work_as("5m", "soc", "wipe", false, true);
    t.trapped("5m", "wiped", "soc");
    let card = card(t);
    assert_eq!(mark(&card, "authority/wipe").points, 0);
    assert_eq!(mark(&card, "trap/wiped").points, -500);
}
