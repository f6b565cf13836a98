//! A full exercise with its reference moves, beside a bare queue of as many events in the same run.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on should stop")]

use protocol::{Act, Actor, Command, Event, Mode, SimTime, moves::Moves};
use sim::{Plan, Sim};
use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    sync::{Arc, LazyLock},
};

fn main() {
    for (name, case) in ["poisoned-model", "stolen-weights", "compromised-dependency"].iter().zip(CASES.iter()) {
        let events = run(case).len();
        eprintln!("{name}: {} commands, {events} events", case.1.len());
    }
    divan::main();
}

type Case = (Arc<Plan>, Vec<Command>);

static CASES: LazyLock<Vec<Case>> =
    LazyLock::new(|| ["poisoned-model", "stolen-weights", "compromised-dependency"].map(case).into());

fn case(name: &str) -> Case {
    let loaded = scenarios::load(&scenarios::find(name).unwrap()).unwrap();
    let moves = Moves::parse(&loaded.reference).unwrap();
    let by = Actor::Facilitator;
    let at = SimTime::ZERO;
    let mut commands: Vec<Command> = moves
        .hold
        .iter()
        .map(|s| Command { at, by: by.clone(), act: Act::TakeSeat { seat: s.clone(), person: s.to_string() } })
        .collect();
    commands.push(Command { at, by: by.clone(), act: Act::Start { mode: Mode::Practice } });
    commands.extend(moves.commands.into_iter().filter(|c| !matches!(c.act, Act::End)));
    commands.push(Command { at: at + loaded.scenario.length, by, act: Act::End });
    let pack = Arc::new(loaded.pack());
    (Arc::new(Plan::new(Arc::new(loaded.scenario), pack)), commands)
}

fn run((plan, commands): &Case) -> Vec<Event> {
    let mut sim = Sim::new(plan.clone(), 1);
    commands.iter().flat_map(|c| sim.apply(c)).collect()
}

#[divan::bench(args = [0, 1, 2])]
fn full_exercise(bencher: divan::Bencher<'_, '_>, which: usize) {
    let case = &CASES[which];
    bencher.bench(|| run(case));
}

/// What every run pays before anything happens: world, schedule, first instant.
#[divan::bench]
fn a_table_before_startex(bencher: divan::Bencher<'_, '_>) {
    let (plan, commands) = &CASES[0];
    bencher.bench(|| Sim::new(plan.clone(), 1).apply(&commands[0]));
}

/// The bound: nothing but a heap that hands out as many numbered moments.
#[divan::bench(args = [0, 1, 2])]
fn bare_heap_of_as_many_events(bencher: divan::Bencher<'_, '_>, which: usize) {
    let times: Vec<u64> = run(&CASES[which]).iter().map(|e| e.at.0).collect();
    bencher.bench(|| {
        let mut heap: BinaryHeap<Reverse<(u64, usize)>> =
            times.iter().enumerate().map(|(n, at)| Reverse((*at, n))).collect();
        let mut sum = 0u64;
        while let Some(Reverse((at, n))) = heap.pop() {
            sum = sum.wrapping_add(at ^ n as u64);
        }
        sum
    });
}

#[divan::bench]
fn plan_poisoned_model(bencher: divan::Bencher<'_, '_>) {
    let script = CASES[0].0.scenario().clone();
    let loaded = scenarios::load(&scenarios::find("poisoned-model").unwrap()).unwrap();
    let pack = Arc::new(loaded.pack());
    bencher.bench(|| Plan::new(script.clone(), pack.clone()));
}
