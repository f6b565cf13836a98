//! What happened as a timeline shows it: one moment an event worth showing, with the lane it belongs to.

use crate::{Material, Names, phrase};
use protocol::{Audience, Event, Fact, ItemKind, SeatId, SimTime, Work};
use scoring::Record;

/// Whose lane a moment stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// These seats.
    Seats(Vec<SeatId>),
    /// The clock and the obligations, which everybody sees.
    Table,
    /// The truth, which the staff alone saw during play.
    Staff,
}

/// What sort of moment; each has its own sign in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Inject,
    Alert,
    Message,
    Result,
    Read,
    Action,
    Query,
    Told,
    Decided,
    Noted,
    Conduct,
    Clock,
    Adversary,
    Mistake,
}

impl Kind {
    /// Its name in the legend, in tables and in JSON.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Inject => "inject",
            Self::Alert => "alert",
            Self::Message => "message in",
            Self::Result => "result",
            Self::Read => "opened or acknowledged",
            Self::Action => "action",
            Self::Query => "query",
            Self::Told => "told, paged, sent",
            Self::Decided => "declared, decided, approved",
            Self::Noted => "log, runbook, hint",
            Self::Conduct => "conduct",
            Self::Clock => "obligation",
            Self::Adversary => "adversary",
            Self::Mistake => "mistake",
        }
    }
}

/// One line of the timeline.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub(crate) entry: u64,
    pub(crate) at: SimTime,
    pub(crate) lane: Lane,
    pub(crate) kind: Kind,
    /// What happened, in a short line.
    pub(crate) text: String,
    /// For deliveries: the item's number.
    pub(crate) item: Option<String>,
}

/// Every moment in order. The staff's truth only when play is over.
pub(crate) fn all(material: &Material<'_>, record: &Record<'_>, over: bool) -> Vec<Moment> {
    let mut moments = Vec::new();
    for (entry, event) in material.transcript.events() {
        let Some((kind, lane)) = place(material, event) else { continue };
        if !over && lane == Lane::Staff {
            continue;
        }
        let item = match &event.fact {
            Fact::Delivered { item } => Some(item.id.to_string()),
            _ => None,
        };
        moments.push(Moment { entry, at: event.at, lane, kind, text: text(material, record, entry, event), item });
    }
    moments
}

fn one(seat: &SeatId) -> Lane {
    Lane::Seats(vec![seat.clone()])
}

fn place(material: &Material<'_>, event: &Event) -> Option<(Kind, Lane)> {
    let scenario = &material.loaded.scenario;
    let seat_of = |party: &protocol::PartyId| {
        let seat = scenario.seats.iter().find(|s| s.id.as_str() == party.as_str());
        seat.map_or(Lane::Table, |s| one(&s.id))
    };
    Some(match &event.fact {
        Fact::Delivered { item } => {
            let seats = match &event.audience {
                Audience::Seats(seats) => seats.to_vec(),
                Audience::Everyone => scenario.seats.iter().map(|s| s.id.clone()).collect(),
                Audience::Staff => return None,
            };
            let kind = match item.kind {
                ItemKind::Inject => Kind::Inject,
                ItemKind::Alert => Kind::Alert,
                ItemKind::Message | ItemKind::Reply | ItemKind::Request => Kind::Message,
                ItemKind::Result => Kind::Result,
            };
            (kind, Lane::Seats(seats))
        }
        Fact::Opened { seat, .. } | Fact::Acknowledged { seat, .. } => (Kind::Read, one(seat)),
        Fact::JobStarted { work: Work::Action(..), by, .. } => (Kind::Action, one(by)),
        Fact::JobStarted { work: Work::Query(_), by, .. } => (Kind::Query, one(by)),
        Fact::Paged { by, .. } | Fact::Tasked { by, .. } | Fact::ApprovalRequested { by, .. } => (Kind::Told, one(by)),
        Fact::Sent { message } => (Kind::Told, one(&message.by)),
        Fact::Declared { by, .. } | Fact::Decided { by, .. } => (Kind::Decided, one(by)),
        Fact::ApprovalGiven { of, .. } | Fact::ApprovalRefused { of, .. } => (Kind::Decided, seat_of(of)),
        Fact::Ticked { by, .. } | Fact::Logged { by, .. } => (Kind::Noted, one(by)),
        Fact::HintGiven { seat, .. } => (Kind::Noted, one(seat)),
        Fact::SeatTaken { .. } | Fact::SeatLeft { .. } | Fact::Started { .. } | Fact::Paused | Fact::Resumed => {
            (Kind::Conduct, Lane::Table)
        }
        Fact::Ended | Fact::InjectHeld { .. } | Fact::InjectReleased { by_hand: true, .. } => {
            (Kind::Conduct, Lane::Table)
        }
        Fact::ClockStarted { .. } | Fact::ClockOverdue { .. } | Fact::ClockFiled { .. } | Fact::ClockWaived { .. } => {
            (Kind::Clock, Lane::Table)
        }
        Fact::StepStarted { .. } | Fact::StepSucceeded { .. } | Fact::StepBlocked { .. } => {
            (Kind::Adversary, Lane::Staff)
        }
        Fact::Trapped { .. } => (Kind::Mistake, Lane::Staff),
        _ => return None,
    })
}

/// Grounds somebody gave, in their words.
fn because(reason: &str) -> String {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() { String::new() } else { format!(" – “{}”", phrase::short(&reason, 140)) }
}

fn text(material: &Material<'_>, record: &Record<'_>, entry: u64, event: &Event) -> String {
    let scenario = &material.loaded.scenario;
    let step = |id: &protocol::StepId| {
        scenario.adversary.steps.iter().find(|s| s.id == *id).map_or_else(|| id.to_string(), |s| s.name.clone())
    };
    let clock = |id: &protocol::ClockId| {
        scenario.clocks.iter().find(|c| c.id == *id).map_or_else(|| id.to_string(), |c| c.regime.clone())
    };
    match &event.fact {
        Fact::SeatTaken { seat, .. } if material.names == Names::Seats => {
            format!("The seat {} was taken", record.seat_name(seat))
        }
        Fact::SeatTaken { seat, person } => format!("{person} took the seat {}", record.seat_name(seat)),
        Fact::SeatLeft { seat } => format!("The seat {} was left", record.seat_name(seat)),
        Fact::Paused => "PauseEx".to_owned(),
        Fact::Resumed => "Play went on".to_owned(),
        Fact::InjectHeld { inject } => format!("{inject} was held back"),
        Fact::InjectReleased { inject, .. } => format!("{inject} was released by hand"),
        Fact::HintGiven { seat, text, .. } => format!("{} got a hint: {text}", record.seat_name(seat)),
        Fact::ApprovalRequested { of, by, subject, .. } => {
            format!("{} asked {} to approve {subject}", record.seat_name(by), record.name(of))
        }
        Fact::Declared { declaration, value, by, reason } => {
            let known = scenario.declarations.iter().find(|d| d.id == *declaration);
            let heading = known.map_or(declaration.as_str(), |d| &d.name);
            format!("{} declared {heading}: {value}{}", record.seat_name(by), because(reason))
        }
        Fact::Decided { decision, option, by, reason } => {
            let text = phrase::option(scenario, decision, option).unwrap_or(option.as_str());
            format!("{} decided {decision}: {}{}", record.seat_name(by), phrase::short(text, 100), because(reason))
        }
        Fact::ApprovalGiven { of, subject, reason, .. } => {
            format!("{} approved {subject}{}", record.name(of), because(reason))
        }
        Fact::ApprovalRefused { of, subject, reason, .. } => {
            format!("{} refused {subject}{}", record.name(of), because(reason))
        }
        Fact::ClockStarted { regime, anchor, due, .. } => {
            format!("Clock started: {regime} ({anchor}); due {}", material.loaded.calendar().label(*due))
        }
        Fact::ClockOverdue { clock: id } => format!("Deadline passed: {}", clock(id)),
        Fact::ClockFiled { clock: id, item } => format!("Filed: {} with {item}", clock(id)),
        Fact::ClockWaived { clock: id, reason, .. } => format!("Decided not to apply: {}: {reason}", clock(id)),
        Fact::StepStarted { step: id } => format!("Adversary began: {}", step(id)),
        Fact::StepSucceeded { step: id } => format!("Adversary succeeded: {}", step(id)),
        Fact::StepBlocked { step: id, reason } => format!("Adversary was blocked: {} ({reason})", step(id)),
        Fact::Trapped { trap, by } => {
            let why = scenario.traps.iter().find(|t| t.id == *trap).map_or(trap.as_str(), |t| &t.why);
            let who = by.as_ref().map_or_else(|| "The table".to_owned(), |s| record.seat_name(s));
            format!("{who} made a mistake: {why}")
        }
        _ => record.evidence(entry).note,
    }
}
