//! The simulation: same scenario, seed and commands ⇒ same events, byte for byte.
//!
//! [`Sim`] has two verbs and no getters. [`Sim::advance`] lets exercise time pass, jumping from one due
//! moment to the next; [`Sim::apply`] takes in a command. Both return the events that came of it, each
//! with its audience. What is not an event did not happen.
//!
//! Inside is a `bevy_ecs` world: assets, meters, steps of the adversary, injects, rules, seats, clocks,
//! running jobs and requests are entities; the systems of one ordered schedule run once an instant, in
//! this order:
//!
//! ```text
//! door::admit → agenda::strike → job::finish → adversary::advance → telemetry::sound → cell::speak
//!   → obligation::strike → msel::release → settle::conditions → settle::meters ─┐
//!                     ▲                                                          │ again while anything
//!                     └──────────────────────────────────────────────────────────┘ is due at this instant
//! ```
//!
//! Nothing here knows the wall clock, does I/O, holds a float, or iterates in an order that the
//! scenario did not author (`clippy.toml` beside this crate bans what would).

mod adversary;
mod agenda;
mod cell;
mod chance;
mod condition;
mod door;
mod effect;
mod happening;
mod job;
mod meter;
mod msel;
mod obligation;
mod plan;
mod settle;
mod stage;
mod telemetry;
mod world;

pub use plan::Plan;

use bevy_ecs::{
    prelude::*,
    schedule::{LogLevel, ScheduleBuildSettings, SingleThreadedExecutor},
};
use chance::Chance;
use protocol::{Command, Event, Mode, SimTime};
use stage::Draws;
use std::sync::Arc;
use world::{
    Agenda, Asked, AssetState, ClockState, DueNow, Holder, InjectState, MeterState, Outbox, Phase, Record, Roster,
    RuleState, Script, StepState, Time,
};

/// At one instant the schedule runs at most this often: far more than any scenario needs, and a bound.
const MAX_ROUNDS: u32 = 10_000;

/// One exercise being simulated.
pub struct Sim {
    world: World,
    schedule: Schedule,
}

impl Sim {
    /// A table before StartEx.
    #[must_use]
    pub fn new(plan: Arc<Plan>, seed: u64) -> Self {
        let mut world = World::new();
        let roster = spawn(&mut world, &plan);
        let record = Record {
            first: vec![None; plan.cues.len()],
            whens: vec![false; plan.when.len()],
            sprung: vec![false; plan.traps.len()],
            said: plan.lines.iter().map(|l| vec![false; l.len()]).collect(),
            haste: 100,
            ..Record::default()
        };
        world.insert_resource(Script(plan));
        world.insert_resource(Draws(Chance(seed)));
        world.insert_resource(roster);
        world.insert_resource(record);
        world.insert_resource(Time { now: SimTime::ZERO, phase: Phase::Waiting, mode: Mode::Practice });
        world.init_resource::<Agenda>();
        world.init_resource::<DueNow>();
        world.init_resource::<Outbox>();
        world.init_resource::<Asked>();
        Self { world, schedule: schedule() }
    }

    /// Lets exercise time pass up to and including `to`, and returns what happened meanwhile. Time does
    /// not pass before StartEx, while paused, or after EndEx; it never runs backwards.
    pub fn advance(&mut self, to: SimTime) -> Vec<Event> {
        while let Some(at) = self.next_due().filter(|at| *at <= to) {
            self.set_now(at);
            self.instant();
        }
        if self.world.resource::<Time>().phase == Phase::Running {
            self.set_now(to);
        }
        std::mem::take(&mut self.world.resource_mut::<Outbox>().0)
    }

    /// Takes in a command at its time (time passes up to it first), and returns what came of it. An act
    /// that cannot be done yields a `Refused` fact with the reason.
    pub fn apply(&mut self, command: &Command) -> Vec<Event> {
        let mut events = self.advance(command.at);
        self.world.resource_mut::<Asked>().0 = Some(command.clone());
        self.instant();
        events.append(&mut self.world.resource_mut::<Outbox>().0);
        events
    }

    fn next_due(&self) -> Option<SimTime> {
        let running = self.world.resource::<Time>().phase == Phase::Running;
        running.then(|| self.world.resource::<Agenda>().next()).flatten()
    }

    fn set_now(&mut self, to: SimTime) {
        let mut time = self.world.resource_mut::<Time>();
        time.now = time.now.max(to);
    }

    fn instant(&mut self) {
        let now = self.world.resource::<Time>().now;
        for _ in 0..MAX_ROUNDS {
            self.schedule.run(&mut self.world);
            if self.next_due().is_none_or(|at| at > now) && self.world.resource::<DueNow>().fires.is_empty() {
                break;
            }
        }
        self.world.clear_trackers();
    }
}

fn schedule() -> Schedule {
    let mut schedule = Schedule::default();
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.set_build_settings(ScheduleBuildSettings {
        ambiguity_detection: LogLevel::Error,
        hierarchy_detection: LogLevel::Error,
        ..Default::default()
    });
    schedule.add_systems(
        (
            door::admit.run_if(|asked: Res<'_, Asked>| asked.0.is_some()),
            agenda::strike,
            job::finish.run_if(|due: Res<'_, DueNow>| !due.jobs.is_empty()),
            adversary::advance.run_if(|due: Res<'_, DueNow>| !due.steps.is_empty()),
            telemetry::sound.run_if(|due: Res<'_, DueNow>| !due.sensors.is_empty()),
            cell::speak.run_if(|due: Res<'_, DueNow>| !due.cell.is_empty()),
            obligation::strike.run_if(|due: Res<'_, DueNow>| !due.clocks.is_empty()),
            msel::release.run_if(|due: Res<'_, DueNow>| !due.fires.is_empty()),
            settle::conditions.run_if(changed),
            settle::meters.run_if(changed),
        )
            .chain(),
    );
    schedule
}

/// Most instants concern one or two systems; the others are not even given the world to look at.
fn changed(record: Res<'_, Record>) -> bool {
    record.changed
}

fn spawn(world: &mut World, plan: &Plan) -> Roster {
    let script = &plan.script;
    let mut roster = Roster::default();
    for a in &script.assets {
        let state = AssetState {
            integrity: a.integrity,
            isolation: a.isolation,
            service: a.service,
            served: a.service,
            exposure: a.exposure,
            evidence: a.evidence,
            version: a.version.clone(),
        };
        roster.assets.push(world.spawn(state).id());
    }
    for m in &script.meters {
        let level = i128::from(m.starts) * world::HOUR;
        roster.meters.push(world.spawn(MeterState { level, ..MeterState::default() }).id());
    }
    roster.steps = script.adversary.steps.iter().map(|_| world.spawn(StepState::Waiting { tries: 0 }).id()).collect();
    roster.injects = script.injects.iter().map(|_| world.spawn(InjectState::Pending).id()).collect();
    roster.rules = script.rules_of_the_world.iter().map(|_| world.spawn(RuleState::default()).id()).collect();
    roster.seats = script.seats.iter().map(|_| world.spawn(Holder::default()).id()).collect();
    roster.clocks = script.clocks.iter().map(|_| world.spawn(ClockState::NotStarted).id()).collect();
    roster
}
