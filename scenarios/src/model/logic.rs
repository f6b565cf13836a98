//! Cues, conditions, triggers and effects: how one thing leads to another.

use protocol::{
    ActionId, AssetId, Attr, ChannelId, ClockId, DecisionId, DeclarationId, Evidence, Exposure, InjectId, Integrity,
    Isolation, MeterId, OptionId, PartyId, ProductId, QueryId, RunbookId, SeatId, Service, Span, StepId, ValueId,
};
use serde::{Deserialize, Serialize};

/// Something that can happen. A cue is *done* from the first time it happens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cue {
    /// StartEx.
    Start,
    /// An inject reached anybody it was addressed to.
    Delivered(InjectId),
    /// Somebody opened an inject.
    Opened(InjectId),
    /// Somebody acknowledged an inject.
    Acknowledged(InjectId),
    /// An action was begun, on any asset.
    Began(ActionId),
    /// An action finished and did something, on any asset.
    Acted(ActionId),
    /// An action finished and did something to this asset.
    ActedOn(ActionId, AssetId),
    /// An action finished and did nothing.
    Failed(ActionId),
    /// A query brought its result.
    Queried(QueryId),
    /// A seat or party was told: paged, or sent a message.
    Told(PartyId),
    /// A seat or party was paged.
    Paged(PartyId),
    /// A message on this channel was sent.
    SentVia(ChannelId),
    /// A written product was sent to anyone.
    Sent(ProductId),
    /// A written product was sent to this party.
    SentTo(ProductId, PartyId),
    /// A product or an action was approved by whoever had to.
    ApprovedProduct(ProductId),
    /// See [`Cue::ApprovedProduct`].
    ApprovedAction(ActionId),
    /// Anything was declared under this heading.
    Declared(DeclarationId),
    /// This value was declared.
    DeclaredAs(DeclarationId, ValueId),
    /// A question was decided.
    Decided(DecisionId),
    /// It was decided so.
    DecidedAs(DecisionId, OptionId),
    /// A runbook step was ticked.
    Ticked(RunbookId),
    /// Somebody wrote to the incident log.
    Logged,
    /// An obligation's clock started.
    ClockStarted(ClockId),
    /// What an obligation asks for was sent.
    Filed(ClockId),
    /// A step of the adversary began.
    StepStarted(StepId),
    /// It succeeded.
    StepDone(StepId),
    /// It was blocked.
    StepBlocked(StepId),
    /// The first true alert of this step sounded.
    Detected(StepId),
    /// A flag was raised by an effect.
    Flag(String),
}

/// A condition over the world and the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cond {
    /// Every one of them. Empty: always.
    All(Vec<Cond>),
    /// At least one of them.
    Any(Vec<Cond>),
    /// Not so.
    Not(Box<Cond>),
    /// It has happened.
    Done(Cue),
    /// The first happened, and before the second (which may not have happened at all).
    Before(Cue, Cue),
    /// It happened at least this long ago.
    DoneFor(Cue, Span),
    /// The asset is in this state. `target` is the asset an action works on.
    Integrity(AssetId, Integrity),
    /// See [`Cond::Integrity`].
    Isolation(AssetId, Isolation),
    /// See [`Cond::Integrity`].
    Service(AssetId, Service),
    /// See [`Cond::Integrity`].
    Exposure(AssetId, Exposure),
    /// See [`Cond::Integrity`].
    Evidence(AssetId, Evidence),
    /// See [`Cond::Integrity`].
    Version(AssetId, String),
    /// The meter reads at least this, in its unit.
    AtLeast(MeterId, i64),
    /// Exercise time is at least this.
    After(Span),
    /// A person sits there.
    Held(SeatId),
    /// The action works on this asset.
    Target(AssetId),
}

/// What brings an inject or a rule on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trigger {
    /// At a time.
    At(Span),
    /// This long after the first time a cue happens.
    After(Cue, Span),
    /// As soon as a condition holds.
    When(Cond),
    /// At the given time, if the cue has not happened by then: a contingency.
    Unless {
        /// What nobody did.
        done: Cue,
        /// By when.
        by: Span,
    },
    /// This long after the first cue, if the second has not happened by then: a contingency.
    UnlessAfter {
        /// What nobody did.
        done: Cue,
        /// Counted from.
        from: Cue,
        /// How long they had.
        within: Span,
    },
    /// When the facilitator releases it.
    ByHand,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// The asset's state becomes this. `target` is the asset an action works on.
    Set(AssetId, Attr),
    /// A meter jumps by this much, in its unit.
    Add(MeterId, i64),
    /// Seats learn the true state of an asset (all of it, as it is then).
    Reveal(AssetId, Vec<SeatId>),
    /// An inject is released now, whatever its trigger.
    Release(InjectId),
    /// An inject will never be delivered.
    Cancel(InjectId),
    /// The adversary hears of it: the steps not yet begun start at once, and each step from now on takes
    /// this percentage of its time.
    TipOff(u32),
    /// The adversary's campaign is over.
    EndCampaign,
    /// A named flag is raised.
    Flag(String),
    /// Evidence is destroyed on the asset unless it was preserved: short for a conditional `Set`.
    Wipe(AssetId),
}

/// A consequence that is not an inject. Each fires once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id.
    pub id: protocol::RuleId,
    /// What brings it on.
    pub trigger: Trigger,
    /// What it changes.
    pub effects: Vec<Effect>,
}
