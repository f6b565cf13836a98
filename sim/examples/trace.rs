//! Plays a moves file over a scenario folder and prints what happened, a line an event.

use protocol::{Act, Actor, Command, Fact, Mode, SimTime, moves::Moves};
use std::{path::Path, sync::Arc};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let loaded = match scenarios::load(&scenarios::Source::folder(Path::new(&args[1]))) {
        Ok(l) => l,
        Err(f) => {
            for f in f.iter().take(5) {
                println!("{f}");
            }
            return;
        }
    };
    let moves = args.get(2).map_or_else(Moves::default, |f| Moves::parse(&std::fs::read_to_string(f).unwrap()).unwrap());
    let mut hold = moves.hold.clone();
    if hold.is_empty() {
        hold.push(loaded.scenario.default_seat.clone());
    }
    let t0 = std::time::Instant::now();
    let plan = Arc::new(sim::Plan::new(Arc::new(loaded.scenario.clone()), Arc::new(loaded.pack())));
    let t1 = std::time::Instant::now();
    let mut sim = sim::Sim::new(plan, 7);
    let f = |at, act| Command { at, by: Actor::Facilitator, act };
    let mut commands: Vec<Command> = hold.into_iter().map(|seat| f(SimTime::ZERO, Act::TakeSeat { person: seat.to_string(), seat })).collect();
    commands.push(f(SimTime::ZERO, Act::Start { mode: Mode::Practice }));
    commands.extend(moves.commands);
    commands.push(f(SimTime::ZERO + loaded.scenario.length, Act::End));
    let events: Vec<_> = commands.iter().flat_map(|c| sim.apply(c)).collect();
    eprintln!("plan {:?} run {:?} events {}", t1 - t0, t1.elapsed(), events.len());
    for e in &events {
        match &e.fact {
            Fact::Briefed { .. } => {}
            Fact::Delivered { item } => println!("{} {:?} DELIVERED {} from {} via {}: {}", e.at, e.audience, item.id, item.from.name, item.channel, item.subject),
            fact => println!("{} {:?} {}", e.at, e.audience, format!("{fact:?}").chars().take(220).collect::<String>()),
        }
    }
}
