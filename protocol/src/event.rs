//! What happened, and who may know it.

use crate::{
    Act, AssetId, Attr, ClockId, DecisionId, DeclarationId, ExpectedId, InjectId, Item, ItemId, JobId, MeterId, Mode,
    OptionId, Pace, Pack, PartyId, RequestId, RuleId, RunbookId, SeatId, SensorId, SimTime, Span, StepId, Subject,
    TrapId, ValueId,
    act::{Draft, Work},
    pack::{ActionView, QueryView},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A fact with its time and its audience. What is not an event did not happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Exercise time.
    pub at: SimTime,
    /// Who may know.
    pub audience: Audience,
    /// What happened.
    pub fact: Fact,
}

/// Who may know a fact. The staff (facilitators and evaluators) sees everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Audience {
    /// Every seat.
    Everyone,
    /// These seats.
    Seats(Arc<[SeatId]>),
    /// No seat.
    Staff,
}

impl Audience {
    /// Whether a seat may know it.
    #[must_use]
    pub fn includes(&self, seat: &SeatId) -> bool {
        match self {
            Self::Everyone => true,
            Self::Seats(seats) => seats.contains(seat),
            Self::Staff => false,
        }
    }
}

/// What happened, in the past tense.
#[expect(missing_docs, reason = "the fields are named for what they hold; each variant says what it means")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    // the table
    /// Somebody sat down.
    SeatTaken { seat: SeatId, person: String },
    /// Somebody stood up; the simulation cell answers for the seat from now on.
    SeatLeft { seat: SeatId },
    /// StartEx.
    Started { mode: Mode },
    /// What everybody may know at StartEx: people, catalogue, runbook.
    Briefed { pack: Arc<Pack> },
    /// PauseEx.
    Paused,
    /// Play went on.
    Resumed,
    /// Exercise time runs differently from now on.
    PaceSet { pace: Pace },
    /// Exercise time was let pass at once.
    Waited { span: Span },
    /// EndEx.
    Ended,
    /// An act could not be done; the actor is told why. Never silent.
    Refused { act: Arc<Act>, reason: String },

    // the inbox
    /// An item reached the audience.
    Delivered { item: Arc<Item> },
    /// A seat opened it.
    Opened { seat: SeatId, item: ItemId },
    /// A seat acknowledged it.
    Acknowledged { seat: SeatId, item: ItemId },
    /// An inject's trigger came true and it was released.
    InjectReleased { inject: InjectId, by_hand: bool },
    /// An inject is kept back.
    InjectHeld { inject: InjectId },
    /// An inject will not be delivered; the reason says by whom or why.
    InjectSkipped { inject: InjectId, reason: String },

    // work
    /// An action or query began.
    JobStarted { job: JobId, work: Work, by: SeatId, ends: SimTime, authorised: bool },
    /// It ended; `done` is false when it failed or had nothing left to work on.
    JobFinished { job: JobId, work: Work, by: SeatId, done: bool, result: String },
    /// A seat was asked by name to do something.
    Tasked { seat: SeatId, by: SeatId, work: Work },
    /// The catalogue grew: something came up that calls for it.
    Offered { actions: Vec<ActionView>, queries: Vec<QueryView> },
    /// The audience learned the state of an asset.
    AssetSeen { asset: AssetId, seen: Vec<Attr>, source: String },

    // people
    /// Somebody was paged or phoned.
    Paged { party: PartyId, by: SeatId, reason: String },
    /// They answered.
    PageAnswered { party: PartyId, by: SeatId },
    /// A message went out.
    Sent { message: Arc<Sent> },
    /// Approval was asked for.
    ApprovalRequested { request: RequestId, of: PartyId, by: SeatId, subject: Subject },
    /// Approval was given.
    ApprovalGiven { request: RequestId, of: PartyId, subject: Subject, reason: String },
    /// Approval was refused.
    ApprovalRefused { request: RequestId, of: PartyId, subject: Subject, reason: String },
    /// Something was declared.
    Declared { declaration: DeclarationId, value: ValueId, by: SeatId, reason: String },
    /// A question was decided.
    Decided { decision: DecisionId, option: OptionId, by: SeatId, reason: String },
    /// A runbook step was ticked.
    Ticked { step: RunbookId, by: SeatId },
    /// A line was written to the incident log.
    Logged { text: String, by: SeatId },
    /// A hint was asked for and given.
    HintGiven { seat: SeatId, expected: Option<ExpectedId>, text: String },

    // obligations
    /// A clock began to run from its anchor.
    ClockStarted { clock: ClockId, regime: String, anchor: String, due: SimTime, filed_by: String },
    /// Its deadline passed with nothing filed.
    ClockOverdue { clock: ClockId },
    /// What it asks for was sent.
    ClockFiled { clock: ClockId, item: ItemId },
    /// It was decided, with a reason, that the duty does not apply.
    ClockWaived { clock: ClockId, decision: DecisionId, reason: String },

    // ground truth, for the staff
    /// The adversary began a step.
    StepStarted { step: StepId },
    /// It succeeded.
    StepSucceeded { step: StepId },
    /// It could not: what the players did stood in the way.
    StepBlocked { step: StepId, reason: String },
    /// A sensor saw, or thought it saw, something.
    SensorFired { sensor: SensorId, item: ItemId, false_alarm: bool },
    /// An asset changed.
    AssetChanged { asset: AssetId, now: Attr },
    /// A meter's reading, in its own unit, whenever its rate changes and at EndEx.
    MeterRead { meter: MeterId, value: i64, per_hour: i64 },
    /// A rule of the world took effect.
    RuleFired { rule: RuleId },
    /// Somebody walked into an authored mistake.
    Trapped { trap: TrapId, by: Option<SeatId> },
}

/// A message that went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Its number, the same the receivers see.
    pub id: ItemId,
    /// The seat that sent it.
    pub by: SeatId,
    /// What was sent, with `via` always filled in.
    pub draft: Draft,
    /// For a product that needs approval: whether it had it.
    pub approved: Option<bool>,
}
