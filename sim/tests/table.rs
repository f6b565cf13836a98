//! What must hold for any exercise, whatever anybody does at the table.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

use proptest::prelude::*;
use protocol::{Act, Actor, Audience, Board, Command, Event, Fact, Mode, SeatId, SimTime, Span, moves::Moves, text};
use scenarios::Source;
use sim::{Plan, Sim};
use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

static PLAN: LazyLock<Arc<Plan>> = LazyLock::new(|| {
    let scenario = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/small.ron")).unwrap();
    let source = Source::embedded("small", [("scenario.ron".to_owned(), scenario)]);
    let loaded = scenarios::load(&source).unwrap_or_else(|f| panic!("{f:#?}"));
    let pack = Arc::new(loaded.pack());
    Arc::new(Plan::new(Arc::new(loaded.scenario), pack))
});

fn facilitator(act: Act) -> Command {
    Command { at: SimTime::ZERO, by: Actor::Facilitator, act }
}

fn opening(seats: &[&str]) -> Vec<Command> {
    let take = |s: &&str| facilitator(Act::TakeSeat { seat: (*s).into(), person: format!("Person {s}") });
    let mut commands: Vec<Command> = seats.iter().map(take).collect();
    commands.push(facilitator(Act::Start { mode: Mode::Practice }));
    commands
}

/// Plays lines such as `00:05:00 ic declare severity sev-1` with the given seats held.
fn play(seats: &[&str], lines: &str) -> Vec<Event> {
    let moves = Moves::parse(lines).unwrap_or_else(|f| panic!("{f:#?}"));
    let mut commands = opening(seats);
    commands.extend(moves.commands);
    let mut end = facilitator(Act::End);
    end.at = SimTime(3_600_000);
    commands.push(end);
    run(&commands)
}

fn run(commands: &[Command]) -> Vec<Event> {
    let mut sim = Sim::new(PLAN.clone(), 11);
    commands.iter().flat_map(|c| sim.apply(c)).collect()
}

fn json(events: &[Event]) -> String {
    events.iter().map(|e| serde_json::to_string(e).unwrap() + "\n").collect()
}

fn reading(events: &[Event], which: &str) -> i64 {
    let last = events.iter().rev().find_map(|e| match &e.fact {
        Fact::MeterRead { meter, value, .. } if meter.as_str() == which => Some(*value),
        _ => None,
    });
    last.unwrap_or_else(|| panic!("no reading of {which}"))
}

fn delivered(events: &[Event], item: &str) -> Option<SimTime> {
    events.iter().find_map(|e| match &e.fact {
        Fact::Delivered { item: i } if i.id.as_str() == item => Some(e.at),
        _ => None,
    })
}

const FAST: &str = "00:02:00 ic declare severity sev-1\n00:03:00 soc do isolate on store\n00:08:00 soc do image";
const SLOW: &str = "00:09:00 ic declare severity sev-1\n00:20:00 soc do isolate on store\n00:40:00 soc do image";

#[test]
fn the_end_depends_on_what_the_players_do() {
    let (fast, slow, never) = (play(&["ic", "soc"], FAST), play(&["ic", "soc"], SLOW), play(&["ic", "soc"], ""));
    let gone = [reading(&fast, "gone"), reading(&slow, "gone"), reading(&never, "gone")];
    assert!(gone[0] < gone[1] && gone[1] < gone[2], "{gone:?}");
    assert_eq!(gone[2], 500, "left alone the meter runs to its end");
    assert!(delivered(&never, "INJ-03").is_some() && delivered(&fast, "INJ-03").is_none(), "a contingency");
    let blocked = |events: &[Event]| events.iter().any(|e| matches!(&e.fact, Fact::StepBlocked { .. }));
    assert!(blocked(&fast) && !blocked(&slow) && !blocked(&never));
    let imaged = |events: &[Event]| {
        events.iter().any(
            |e| matches!(&e.fact, Fact::JobFinished { done: true, work, .. } if format!("{work:?}").contains("image")),
        )
    };
    assert!(imaged(&fast) && !imaged(&slow), "a copy after the wipe finds nothing");
}

#[test]
fn every_kind_of_trigger_fires() {
    let events =
        play(&["ic"], "00:01:00 ic open INJ-01\n00:02:00 ic decide stop yes\n00:30:00 facilitator release INJ-05\n");
    for inject in ["INJ-01", "INJ-02", "INJ-03", "INJ-04", "INJ-06"] {
        assert!(delivered(&events, inject).is_some(), "{inject}");
    }
    assert_eq!(delivered(&events, "INJ-02"), Some(SimTime(180_000)), "two minutes after it was opened");
    assert_eq!(delivered(&events, "INJ-06"), Some(SimTime(1_200_000)), "as soon as the condition holds");
}

#[test]
fn clocks_start_at_their_anchor_and_end_by_filing_waiving_or_time() {
    let notice = "legal send regulator via mail as notice body \"We report that weights were copied from the store this morning by a key that is now revoked; more at noon.\"";
    let lines = format!("00:02:00 ic declare severity sev-2\n00:05:00 {notice}\n");
    let filed = play(&["ic", "legal"], &lines);
    let due = filed.iter().find_map(|e| match &e.fact {
        Fact::ClockStarted { clock, due, .. } if clock.as_str() == "gdpr" => Some((e.at, *due)),
        _ => None,
    });
    assert_eq!(due, Some((SimTime(120_000), SimTime(120_000 + 72 * 3_600_000))));
    assert!(filed.iter().any(|e| matches!(&e.fact, Fact::ClockFiled { clock, .. } if clock.as_str() == "gdpr")));
    let early = play(&["ic", "legal"], &format!("00:01:00 {notice}\n00:02:00 ic declare severity sev-2\n"));
    assert!(early.iter().any(|e| matches!(&e.fact, Fact::ClockFiled { .. })), "a notice before its anchor counts");
    let empty = play(
        &["ic", "legal"],
        "00:02:00 ic declare severity sev-2\n00:05:00 legal send regulator via mail as notice body \"What: nothing yet\"\n",
    );
    assert!(!empty.iter().any(|e| matches!(&e.fact, Fact::ClockFiled { .. })), "an empty form files nothing");
    let waived = play(&["ic"], "00:02:00 ic declare severity sev-2\n00:03:00 ic decide stop no \"no personal data\"\n");
    assert!(waived.iter().any(|e| matches!(&e.fact, Fact::ClockWaived { reason, .. } if reason == "no personal data")));
    let late = play(&["ic"], "00:01:00 ic open INJ-01\n00:04:00 ic open INJ-02\n");
    let overdue = late.iter().find(|e| matches!(&e.fact, Fact::ClockOverdue { .. })).map(|e| e.at);
    assert_eq!(overdue, Some(SimTime(9 * 60_000)));
}

#[test]
fn the_cell_plays_the_empty_seats() {
    let events = play(
        &["ic"],
        "00:01:00 ic ask soc query reads\n00:02:00 ic page soc \"look\"\n00:04:00 ic request legal for product notice\n\
         00:08:00 ic declare severity sev-1\n00:09:00 ic request legal for product notice\n00:12:00 ic send regulator via mail as notice body \"x\"\n",
    );
    let has = |f: fn(&Fact) -> bool| events.iter().any(|e| f(&e.fact));
    assert!(has(|f| matches!(f, Fact::JobFinished { by, .. } if by.as_str() == "soc")), "a task is taken up");
    assert!(has(|f| matches!(f, Fact::PageAnswered { .. })));
    assert!(has(|f| matches!(f, Fact::ApprovalRefused { reason, .. } if reason.starts_with("Not before"))));
    assert!(has(|f| matches!(f, Fact::ApprovalGiven { .. })));
    let says =
        |what: &str| events.iter().any(|e| matches!(&e.fact, Fact::Delivered { item } if item.body.contains(what)));
    assert!(says("When did we become aware?"), "a scripted line");
    assert!(says("Received."), "an answer to anything else");
    assert!(says("[Passed on by Idris Bello"), "an alert for an empty seat reaches the table");
}

#[test]
fn a_tip_off_hurries_the_adversary() {
    let quiet = play(&["ic"], "");
    let loud = play(&["ic"], "00:01:30 ic page vendor \"is it you?\"\n");
    let copied = |events: &[Event]| {
        events.iter().find(|e| matches!(&e.fact, Fact::StepSucceeded { step } if step.as_str() == "copy")).map(|e| e.at)
    };
    assert!(copied(&loud) < copied(&quiet), "{:?} {:?}", copied(&loud), copied(&quiet));
    assert!(loud.iter().any(|e| matches!(&e.fact, Fact::Trapped { .. }) && e.audience == Audience::Staff));
}

#[test]
fn acting_without_the_approval_the_plan_asks_for_is_possible_and_recorded() {
    let authorised = |events: &[Event]| {
        events.iter().find_map(|e| match &e.fact {
            Fact::JobStarted { authorised, .. } => Some(*authorised),
            _ => None,
        })
    };
    assert_eq!(authorised(&play(&["ic", "soc"], "00:03:00 soc do isolate on store")), Some(false));
    let asked =
        "00:03:00 soc request ic for action isolate\n00:04:00 ic approve isolate\n00:05:00 soc do isolate on store";
    assert_eq!(authorised(&play(&["ic", "soc"], asked)), Some(true));
    assert_eq!(authorised(&play(&["ic"], "00:03:00 ic ask soc do isolate on store")), Some(true), "the approver asks");
}

#[test]
fn what_nobody_has_heard_of_is_not_in_the_catalogue() {
    let events = play(&["ic"], "00:00:40 ic query trace\n00:01:00 ic open INJ-01\n00:02:00 ic query trace\n");
    let refused = events.iter().find_map(|e| match &e.fact {
        Fact::Refused { reason, .. } => Some((e.at, reason.clone())),
        _ => None,
    });
    assert_eq!(refused, Some((SimTime(40_000), "there is no query called \"trace\"".to_owned())), "as if unknown");
    let mut board = Board::new("ic".into());
    let mut known = Vec::new();
    for e in &events {
        board.apply(e);
        known.push((e.at, board.pack.as_ref().is_some_and(|p| p.queries.iter().any(|q| q.id.as_str() == "trace"))));
    }
    assert_eq!(known.iter().find(|(_, k)| *k).map(|(at, _)| *at), Some(SimTime(60_000)));
    assert!(events.iter().any(|e| matches!(&e.fact, Fact::JobFinished { done: true, .. })));
}

/// Acts from the scenario's vocabulary, with some that exist nowhere.
fn acts() -> impl Strategy<Value = (Actor, Act)> {
    let seat = [
        "open INJ-01",
        "open all",
        "ack INJ-01",
        "ack all",
        "open NOPE",
        "query reads",
        "query nope",
        "do image",
        "do isolate on store",
        "do isolate on node",
        "do isolate",
        "do restore",
        "do nope",
        "ask soc do isolate on store",
        "ask soc query reads",
        "ask legal do image",
        "page soc \"x\"",
        "page regulator",
        "page vendor",
        "page nobody",
        "send soc via chat body \"hello\"",
        "send regulator,vendor via mail as notice body \"We report that weights were copied from the store this morning by a key that is now revoked; more at noon.\"",
        "send vendor via siem body \"x\"",
        "send nobody body \"x\"",
        "request legal for product notice",
        "request ic for action isolate",
        "approve isolate",
        "deny notice \"no\"",
        "declare severity sev-1",
        "declare severity nope",
        "decide stop yes",
        "decide stop no \"r\"",
        "tick rb-1",
        "tick nope",
        "log \"a line\"",
        "hint",
    ];
    let table = [
        "pause",
        "resume",
        "pace x10",
        "pace turn",
        "wait 5m",
        "release INJ-05",
        "release INJ-03",
        "hold INJ-03",
        "skip INJ-03",
        "take legal as \"L\"",
        "leave legal",
        "start",
        "take nobody as \"x\"",
    ];
    let who = prop::sample::select(vec!["ic", "soc", "legal", "ghost"]);
    let by_seat =
        (who, prop::sample::select(seat.to_vec())).prop_map(|(s, t)| (Actor::Seat(s.into()), text::parse(t).unwrap()));
    let by_table = prop::sample::select(table.to_vec()).prop_map(|t| (Actor::Facilitator, text::parse(t).unwrap()));
    prop_oneof![6 => by_seat, 1 => by_table]
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let timed = prop::collection::vec((0u64..120_000, acts()), 0..40);
    (timed, prop::sample::subsequence(vec!["ic", "soc", "legal"], 1..=3)).prop_map(|(timed, seats)| {
        let mut commands = opening(&seats);
        let mut at = SimTime::ZERO;
        for (gap, (by, act)) in timed {
            at = at + Span(gap);
            commands.push(Command { at, by, act });
        }
        commands
    })
}

fn is_ground_truth(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::StepStarted { .. }
            | Fact::StepSucceeded { .. }
            | Fact::StepBlocked { .. }
            | Fact::SensorFired { .. }
            | Fact::AssetChanged { .. }
            | Fact::RuleFired { .. }
            | Fact::Trapped { .. }
            | Fact::InjectReleased { .. }
            | Fact::InjectHeld { .. }
            | Fact::InjectSkipped { .. }
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_same_commands_give_the_same_bytes(commands in commands(), cuts in prop::collection::vec(0u64..3_600_000, 0..20)) {
        let once = run(&commands);
        let mut sim = Sim::new(PLAN.clone(), 11);
        let mut cuts: Vec<SimTime> = cuts.into_iter().map(SimTime).collect();
        cuts.sort_unstable();
        let mut again = Vec::new();
        for c in &commands {
            // However finely time is cut on the way, the same happens.
            for cut in cuts.iter().filter(|cut| **cut <= c.at) {
                again.extend(sim.advance(*cut));
            }
            again.extend(sim.apply(c));
        }
        prop_assert_eq!(json(&once), json(&again));
    }

    #[test]
    fn no_act_is_silently_dropped_and_time_never_runs_back(commands in commands()) {
        let mut sim = Sim::new(PLAN.clone(), 11);
        let mut last = SimTime::ZERO;
        for c in &commands {
            for e in sim.advance(c.at) {
                prop_assert!(e.at >= last && e.at <= c.at);
                last = e.at;
            }
            let came = sim.apply(c);
            prop_assert!(!came.is_empty(), "{:?} came to nothing", c);
            for e in came {
                prop_assert!(e.at >= last);
                last = e.at;
            }
        }
    }

    #[test]
    fn a_seat_knows_only_what_was_addressed_to_it(commands in commands()) {
        let events = run(&commands);
        let mut boards: Vec<Board> = ["ic", "soc", "legal"].map(|s| Board::new(SeatId::from(s))).into();
        for e in &events {
            prop_assert!(!is_ground_truth(&e.fact) || e.audience == Audience::Staff, "{:?}", e);
            for board in &mut boards {
                let before = board.clone();
                board.apply(e);
                prop_assert!(e.audience.includes(&board.seat) || before == *board);
            }
        }
        for board in &boards {
            let bytes = serde_json::to_string(board).unwrap();
            prop_assert!(!bytes.contains("SECRET-"), "{}", bytes);
        }
    }

    #[test]
    fn a_pause_neither_loses_nor_doubles_anything(commands in commands(), at in 0u64..1_800_000) {
        let plain: Vec<Command> =
            commands.into_iter().filter(|c| !matches!(c.act, Act::Pause | Act::Resume)).collect();
        let mut paused = plain.clone();
        let place = paused.iter().position(|c| c.at.0 > at).unwrap_or(paused.len());
        let place = place.max(paused.iter().position(|c| matches!(c.act, Act::Start { .. })).unwrap_or(0) + 1).min(paused.len());
        for act in [Act::Resume, Act::Pause] {
            paused.insert(place, Command { at: SimTime(at).max(paused[place - 1].at), by: Actor::Facilitator, act });
        }
        // The pause lies between the same two commands; nothing else may differ.
        paused.sort_by_key(|c| c.at);
        let without = |events: Vec<Event>| -> Vec<Event> {
            events.into_iter().filter(|e| !matches!(e.fact, Fact::Paused | Fact::Resumed)).collect()
        };
        let end = SimTime(3_600_000);
        let whole = |commands: &[Command]| {
            let mut sim = Sim::new(PLAN.clone(), 11);
            let mut events: Vec<Event> = commands.iter().flat_map(|c| sim.apply(c)).collect();
            events.extend(sim.advance(end));
            without(events)
        };
        prop_assert_eq!(json(&whole(&plain)), json(&whole(&paused)));
    }
}

#[test]
fn after_endex_everything_is_refused() {
    let mut commands = opening(&["ic"]);
    let mut end = facilitator(Act::End);
    end.at = SimTime(60_000);
    commands.push(end);
    let mut sim = Sim::new(PLAN.clone(), 11);
    for c in &commands {
        sim.apply(c);
    }
    assert!(sim.advance(SimTime(3_600_000)).is_empty(), "time stands still");
    let late = Command { at: SimTime(90_000), by: Actor::Seat("ic".into()), act: Act::Hint };
    assert!(matches!(&sim.apply(&late)[..], [Event { fact: Fact::Refused { .. }, .. }]));
}
