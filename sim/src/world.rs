//! What the world is made of: components on entities, and the few things there is one of.

use crate::plan::{CueIx, Fires, Plan};
use bevy_ecs::prelude::*;
use protocol::{
    Attr, Command, DecisionId, Draft, Event, Evidence, Exposure, Integrity, Isolation, Item, ItemId, Mode, OptionId,
    PartyId, RequestId, SeatId, Service, SimTime, Span, Subject, Work,
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

// ---------------------------------------------------------------------------------------- components

/// The true state of an asset.
#[derive(Component, Clone, Debug)]
pub(crate) struct AssetState {
    pub(crate) integrity: Integrity,
    pub(crate) isolation: Isolation,
    /// Its own; what it shows also depends on what it needs (see `served`).
    pub(crate) service: Service,
    /// Worst of its own and those of everything it depends on.
    pub(crate) served: Service,
    pub(crate) exposure: Exposure,
    pub(crate) evidence: Evidence,
    pub(crate) version: String,
}

impl AssetState {
    pub(crate) fn attrs(&self) -> Vec<Attr> {
        let mut attrs = vec![
            Attr::Evidence(self.evidence),
            Attr::Exposure(self.exposure),
            Attr::Integrity(self.integrity),
            Attr::Isolation(self.isolation),
            Attr::Service(self.served),
        ];
        if !self.version.is_empty() {
            attrs.push(Attr::Version(self.version.clone()));
        }
        attrs
    }
}

/// A meter: unit-milliseconds-per-hour accumulated, so that integration is exact.
#[derive(Component, Clone, Debug, Default)]
pub(crate) struct MeterState {
    /// Reading × 3,600,000.
    pub(crate) level: i128,
    /// Units an hour.
    pub(crate) rate: i64,
    /// Time up to which `level` is right.
    pub(crate) at: SimTime,
    /// Last reading and rate told.
    pub(crate) told: Option<(i64, i64)>,
}

/// Milliseconds in an hour: the denominator of [`MeterState::level`].
pub(crate) const HOUR: i128 = 3_600_000;

/// A step of the adversary.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepState {
    Waiting { tries: u32 },
    Running { tries: u32, ends: SimTime },
    Done,
    Blocked,
}

/// An inject of the MSEL.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InjectState {
    Pending,
    /// Held back; `true` when its trigger came true meanwhile.
    Held(bool),
    Delivered,
    Skipped,
}

/// A rule of the world.
#[derive(Component, Clone, Copy, Debug, Default)]
pub(crate) struct RuleState {
    pub(crate) fired: bool,
}

/// A seat: who sits there.
#[derive(Component, Clone, Debug, Default)]
pub(crate) struct Holder(pub(crate) Option<String>);

/// An obligation.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClockState {
    NotStarted,
    Runs { due: SimTime },
    Overdue,
    Settled,
}

/// A running action or query: an entity that lives as long as the work does.
#[derive(Component, Clone, Debug)]
pub(crate) struct Job {
    pub(crate) number: u32,
    pub(crate) work: Work,
    pub(crate) by: SeatId,
    pub(crate) asked_by: Option<SeatId>,
}

/// A request for approval.
#[derive(Component, Clone, Debug)]
pub(crate) struct Request {
    pub(crate) id: RequestId,
    pub(crate) of: PartyId,
    pub(crate) by: SeatId,
    pub(crate) subject: Subject,
    pub(crate) open: bool,
}

// ----------------------------------------------------------------------------------------- resources

/// The scenario.
#[derive(Resource, Clone)]
pub(crate) struct Script(pub(crate) Arc<Plan>);

/// Entities by authored order: the only way anything iterates over them.
#[derive(Resource, Default)]
pub(crate) struct Roster {
    pub(crate) assets: Vec<Entity>,
    pub(crate) meters: Vec<Entity>,
    pub(crate) steps: Vec<Entity>,
    pub(crate) injects: Vec<Entity>,
    pub(crate) rules: Vec<Entity>,
    pub(crate) seats: Vec<Entity>,
    pub(crate) clocks: Vec<Entity>,
    pub(crate) requests: Vec<Entity>,
}

/// What is due, by time and then by the order in which it was planned.
#[derive(Resource, Default)]
pub(crate) struct Agenda {
    due: BTreeMap<(SimTime, u64), Due>,
    planned: u64,
}

impl Agenda {
    pub(crate) fn plan(&mut self, at: SimTime, what: Due) {
        self.due.insert((at, self.planned), what);
        self.planned += 1;
    }
    pub(crate) fn next(&self) -> Option<SimTime> {
        self.due.first_key_value().map(|((at, _), _)| *at)
    }
    pub(crate) fn strike(&mut self, now: SimTime) -> Option<Due> {
        let first = self.due.first_entry()?;
        (first.key().0 <= now).then(|| first.remove())
    }
    pub(crate) fn clear(&mut self) {
        self.due.clear();
    }
    /// Brings the begin of adversary steps forward to `now`, and shortens the steps that run.
    pub(crate) fn hasten(&mut self, now: SimTime, percent: u64) {
        let keys: Vec<(SimTime, u64)> = self
            .due
            .iter()
            .filter(|(_, d)| matches!(d, Due::Fire { what: Fires::Step(_), .. } | Due::StepEnd(_)))
            .map(|(k, _)| *k)
            .collect();
        for key in keys {
            let Some(due) = self.due.remove(&key) else { continue };
            let left = key.0.since(now).0;
            let at = if matches!(due, Due::StepEnd(_)) { now + Span(left.saturating_mul(percent) / 100) } else { now };
            self.due.insert((at, key.1), due);
        }
    }
}

/// Something that becomes due.
#[derive(Clone, Debug)]
pub(crate) enum Due {
    Fire {
        what: Fires,
        unless: Option<CueIx>,
    },
    JobEnd(Entity),
    StepEnd(usize),
    Alert {
        sensor: usize,
        sight: usize,
    },
    Noise {
        sensor: usize,
        nth: usize,
    },
    Line {
        person: usize,
        line: usize,
        to: Vec<SeatId>,
        re: Option<Arc<Item>>,
    },
    Otherwise {
        person: usize,
        to: SeatId,
        re: Arc<Item>,
    },
    PageAnswer {
        person: usize,
        by: SeatId,
    },
    Silence {
        person: usize,
        by: SeatId,
    },
    TaskUp {
        person: usize,
        by: SeatId,
        work: Work,
    },
    Approve {
        request: usize,
        person: usize,
    },
    Forward {
        item: Arc<Item>,
        person: usize,
    },
    Deadline(usize),
    /// Nothing but a look at the conditions.
    Wake,
}

/// What is due at this instant, sorted out by the system that handles it.
#[derive(Resource, Default)]
pub(crate) struct DueNow {
    pub(crate) jobs: VecDeque<Entity>,
    pub(crate) steps: VecDeque<Due>,
    pub(crate) sensors: VecDeque<Due>,
    pub(crate) cell: VecDeque<Due>,
    pub(crate) fires: VecDeque<Fires>,
    pub(crate) clocks: VecDeque<usize>,
}

/// Exercise time and where the exercise stands.
#[derive(Resource, Clone, Copy, Debug)]
pub(crate) struct Time {
    pub(crate) now: SimTime,
    pub(crate) phase: Phase,
    pub(crate) mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Waiting,
    Running,
    Paused,
    Ended,
}

/// Events of this call, in order.
#[derive(Resource, Default)]
pub(crate) struct Outbox(pub(crate) Vec<Event>);

/// The command to take in at this instant.
#[derive(Resource, Default)]
pub(crate) struct Asked(pub(crate) Option<Command>);

/// What has happened, as far as anything asks.
#[derive(Resource, Default)]
pub(crate) struct Record {
    /// First time of each cue, by number.
    pub(crate) first: Vec<Option<SimTime>>,
    /// `When` triggers that have fired.
    pub(crate) whens: Vec<bool>,
    /// Traps that have sprung.
    pub(crate) sprung: Vec<bool>,
    /// Lines said, by person.
    pub(crate) said: Vec<Vec<bool>>,
    /// Sights used, so that an alert sounds once.
    pub(crate) sighted: BTreeSet<(usize, usize)>,
    /// Every item delivered to seats, with who has it.
    pub(crate) items: BTreeMap<ItemId, (Arc<Item>, Vec<SeatId>)>,
    /// Items opened and acknowledged, by seat.
    pub(crate) opened: BTreeSet<(SeatId, ItemId)>,
    pub(crate) acknowledged: BTreeSet<(SeatId, ItemId)>,
    /// Decisions put to the table: by inject.
    pub(crate) questions: BTreeMap<DecisionId, usize>,
    pub(crate) decided: BTreeMap<DecisionId, OptionId>,
    pub(crate) ticked: BTreeSet<protocol::RunbookId>,
    pub(crate) hinted: BTreeSet<usize>,
    /// Messages that fulfil a product, by product and recipient, for clocks that start later.
    pub(crate) filings: Vec<(Draft, ItemId)>,
    /// Actions and queries that appeared with a cue.
    pub(crate) offered: BTreeSet<String>,
    /// How often each named stream was drawn from.
    pub(crate) drawn: BTreeMap<(&'static str, String), u64>,
    /// Numbers given out.
    pub(crate) alerts: u32,
    pub(crate) messages: u32,
    pub(crate) replies: u32,
    pub(crate) results: u32,
    pub(crate) jobs: u32,
    /// How long a step of the adversary takes, in percent.
    pub(crate) haste: u64,
    /// The campaign is over.
    pub(crate) over: bool,
    /// Something changed that a condition may ask for.
    pub(crate) changed: bool,
    /// Who acts, for the reactions to what they do.
    pub(crate) actor: Option<SeatId>,
    /// The message being answered, for lines it brings on.
    pub(crate) answering: Option<Arc<Item>>,
    /// Persons who have a scripted line to say to the message being sent.
    pub(crate) spoken_for: BTreeSet<usize>,
    /// The asset worked on, for conditions on `target`.
    pub(crate) target: Option<usize>,
}
