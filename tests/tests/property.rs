//! Whatever anybody does, a table that is resumed stands where it stood.

use crate::catalogue;
use proptest::{prelude::*, sample::Index};
use protocol::{Act, Actor, Board, Draft, Mode, Pace, PartyId, SeatId, SimTime, Span, Subject, Tlp, Work};
use scenarios::model::Scenario;
use session::{Opening, Saved, Table};
use std::{collections::BTreeMap, time::Duration};
use transcripts::Library;

/// What happens to a table.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody asks for something.
    Act(Actor, Act),
    /// Wall time goes by.
    Elapse(u16),
    /// Time is let pass until the next thing reaches a seat.
    Skip,
    /// The process goes, and another takes the table up.
    Resume,
}

fn pick<T: Clone>(all: &[T], which: Index) -> Option<T> {
    (!all.is_empty()).then(|| which.get(all).clone())
}

/// An act that means something in this scenario, mostly; sometimes names that do not exist, wild text, or the
/// wrong seat.
fn act(script: &Scenario, verb: u8, a: Index, b: Index, text: &str) -> Option<Act> {
    let item = |a: Index| {
        let mut all: Vec<String> = script.injects.iter().map(|i| i.id.to_string()).collect();
        all.extend((1..9).flat_map(|n| [format!("ALR-{n:03}"), format!("RES-{n:03}"), format!("REQ-{n:03}")]));
        all.extend(["all".to_owned(), "INJ-99".to_owned()]);
        pick(&all, a)
    };
    let parties = || {
        let seats = script.seats.iter().map(|s| PartyId::from(&s.id));
        seats.chain(script.parties.iter().map(|p| p.id.clone())).collect::<Vec<_>>()
    };
    let action = |a: Index, b: Index| {
        let action = pick(&script.actions, a)?;
        let target = pick(&script.assets, b).map(|x| x.id).filter(|_| verb.is_multiple_of(2));
        Some((action.id, target))
    };
    Some(match verb % 20 {
        0 | 1 => Act::Open { item: item(a)?.into() },
        2 => Act::Acknowledge { item: item(a)?.into() },
        3 => Act::Query { query: pick(&script.queries, a)?.id },
        4 | 5 => {
            let (action, target) = action(a, b)?;
            Act::Do { action, target }
        }
        6 | 7 => {
            let (action, target) = action(a, b)?;
            Act::Ask { seat: pick(&script.seats, b)?.id, work: Work::Action(action, target) }
        }
        8 => Act::Page { party: pick(&parties(), a)?, reason: text.to_owned() },
        9 | 10 => Act::Send(Draft {
            to: vec![pick(&parties(), a)?],
            via: pick(&script.channels, b).map(|c| c.id),
            product: pick(&script.products, b).map(|p| p.id).filter(|_| verb.is_multiple_of(2)),
            tlp: Some(Tlp::Amber),
            re: None,
            subject: text.chars().take(40).collect(),
            body: text.to_owned(),
        }),
        11 => Act::Request { of: pick(&parties(), a)?, subject: Subject::Action(pick(&script.actions, b)?.id) },
        12 => Act::Answer { request: item(a)?.into(), grant: verb.is_multiple_of(3), reason: text.to_owned() },
        13 => {
            let declaration = pick(&script.declarations, a)?;
            let value = pick(&declaration.values, b)?.0;
            Act::Declare { declaration: declaration.id, value, reason: text.to_owned() }
        }
        14 => {
            let decisions: Vec<_> = script.injects.iter().filter_map(|i| i.decision.clone()).collect();
            let decision = pick(&decisions, a)?;
            Act::Decide { option: pick(&decision.options, b)?.id, decision: decision.id, reason: text.to_owned() }
        }
        15 => Act::Tick { step: pick(&script.runbook, a)?.id },
        16 => Act::Log { text: text.to_owned() },
        17 => Act::Hint,
        18 => Act::Wait { span: Span::secs(a.index(1500) as u64) },
        _ => pick(
            &[
                Act::Pause,
                Act::Resume,
                Act::SetPace(Pace::Turn),
                Act::SetPace(Pace::Times(60)),
                Act::SetPace(Pace::Live),
                Act::Release { inject: pick(&script.injects, b)?.id },
                Act::Hold { inject: pick(&script.injects, b)?.id },
                Act::Skip { inject: pick(&script.injects, b)?.id },
                Act::LeaveSeat { seat: pick(&script.seats, b)?.id },
                Act::TakeSeat { seat: pick(&script.seats, b)?.id, person: text.chars().take(20).collect() },
                Act::Start { mode: Mode::Assess },
            ],
            a,
        )?,
    })
}

fn step(scenario: &'static str) -> impl Strategy<Value = Step> {
    let script = catalogue::scenario(scenario);
    let text = prop_oneof![3 => "[a-zA-Z0-9 .,%]{0,80}", 1 => "\\PC{0,40}", 1 => any::<String>()];
    let acts = (any::<u8>(), any::<Index>(), any::<Index>(), any::<Index>(), text, 0..12u8).prop_map(
        move |(verb, a, b, who, text, wrong)| {
            let act = act(&script.scenario, verb, a, b, &text).unwrap_or(Act::Hint);
            let seat = Actor::Seat(who.get(&script.scenario.seats).id.clone());
            // Now and then somebody asks for what is not theirs to ask.
            let by = if act.is_facilitators() == (wrong > 0) { Actor::Facilitator } else { seat };
            Step::Act(by, act)
        },
    );
    prop_oneof![
        20 => acts,
        4 => (0..5000u16).prop_map(Step::Elapse),
        2 => Just(Step::Skip),
        2 => Just(Step::Resume),
    ]
}

fn boards(table: &Table) -> BTreeMap<SeatId, Board> {
    let seats = &table.scenario().scenario.seats;
    seats.iter().map(|s| (s.id.clone(), table.board(&s.id).unwrap().clone())).collect()
}

/// Everything somebody could notice of a table.
fn state(table: &Table) -> (BTreeMap<SeatId, Board>, usize, String, protocol::board::Phase, Pace, Vec<SeatId>) {
    let card = serde_json::to_string(&table.scorecard().unwrap()).unwrap();
    (boards(table), table.transcript().entries.len(), card, table.phase(), table.pace(), table.held())
}

/// The table let go and taken up again. Time that ran by itself may have lost what no heartbeat noted.
fn resumed(table: Table) -> Table {
    let (path, now, before) = (table.path().to_owned(), table.now(), state(&table));
    assert_eq!(table.saved(), &Saved::Yes);
    drop(table);
    let table = Table::resume(&path).unwrap();
    assert!(state(&table) == before, "the resumed table is another one at {now}");
    let lost = now.since(table.now());
    assert!(table.now() <= now && lost < Span::mins(5), "{lost} lost of {now}");
    table
}

fn play(scenario: &'static str, seed: u64, steps: Vec<Step>) {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    let loaded = catalogue::scenario(scenario);
    let seat = loaded.scenario.default_seat.clone();
    let opening =
        Opening { people: vec![(seat.clone(), "Ana".into())], mode: Mode::Practice, pace: Pace::Times(60), seed };
    let mut table = Table::create(&library, loaded, &opening).unwrap();
    let mut last = SimTime::ZERO;
    for step in steps {
        match step {
            Step::Act(by, act) => {
                let entries = table.transcript().entries.len();
                let events = table.submit(by.clone(), act.clone()).unwrap();
                assert!(!events.is_empty(), "{by} {act:?} was dropped in silence");
                assert!(table.transcript().entries.len() > entries, "{act:?} is not on the record");
            }
            Step::Elapse(ms) => drop(table.elapse(Duration::from_millis(ms.into())).unwrap()),
            Step::Skip => drop(table.skip(&seat).unwrap()),
            Step::Resume if !table.ended() => {
                table = resumed(table);
                last = table.now();
            }
            Step::Resume => {}
        }
        assert!(table.now() >= last, "time went back from {last} to {}", table.now());
        last = table.now();
    }
    if !table.ended() {
        table = resumed(table);
        table.submit(Actor::Facilitator, Act::End).unwrap();
    }
    let (path, transcript) = (table.path().to_owned(), table.transcript());
    drop(table);
    let verdict = session::verify(&path);
    assert!(verdict.holds() && verdict.integrity.sealed(), "{verdict:#?}");
    let read = transcripts::Store::read(&path).unwrap();
    assert!(read.entries == transcript.entries && read.seal.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_resumed_table_stands_where_it_stood(
        seed in 0..1000u64,
        steps in prop::collection::vec(step("stolen-weights"), 1..40),
    ) {
        play("stolen-weights", seed, steps);
    }

    #[test]
    fn in_another_scenario_too(
        seed in any::<u64>(),
        steps in prop::collection::vec(step("compromised-dependency"), 1..40),
    ) {
        play("compromised-dependency", seed, steps);
    }
}
