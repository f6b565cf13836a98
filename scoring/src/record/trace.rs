//! What the index holds: one small type for each kind of thing that happened.

use protocol::{
    ActionId, Audience, ChannelId, DecisionId, Item, ItemId, PartyId, ProductId, SeatId, Sent, SimTime, Subject, TrapId,
};

/// One time a cue happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Its entry.
    pub entry: u64,
    /// Exercise time.
    pub at: SimTime,
    /// The seat that did it, where a seat did.
    pub by: Option<SeatId>,
    /// The seat that asked for it by name, where it was a task.
    pub asked_by: Option<SeatId>,
}

/// Somebody told somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Its entry.
    pub entry: u64,
    /// Exercise time.
    pub at: SimTime,
    /// Who told.
    pub by: SeatId,
    /// Who was told.
    pub party: PartyId,
    /// The message's channel; `None`: a page or call.
    pub via: Option<ChannelId>,
    /// The written product it was sent as.
    pub product: Option<ProductId>,
    /// For a product that needs approval: whether it had it.
    pub approved: Option<bool>,
    /// What it answered.
    pub re: Option<ItemId>,
    /// For a page: when it was answered.
    pub answered: Option<SimTime>,
}

impl Telling {
    /// Whether it was a page or a call, not a message.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.via.is_none()
    }
}

/// A message that went out.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// Its entry.
    pub entry: u64,
    /// Exercise time.
    pub at: SimTime,
    /// What was sent.
    pub sent: &'a Sent,
}

/// An item that reached somebody.
#[derive(Clone, Debug)]
pub struct Delivery<'a> {
    /// Its entry.
    pub entry: u64,
    /// Exercise time.
    pub at: SimTime,
    /// The item.
    pub item: &'a Item,
    /// Who got it.
    pub audience: &'a Audience,
}

/// An approval given or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Its entry.
    pub entry: u64,
    /// Exercise time.
    pub at: SimTime,
    /// Who decided.
    pub of: PartyId,
    /// On what.
    pub subject: Subject,
    /// Given or refused.
    pub granted: bool,
}

/// An action begun without the approval it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unauthorised {
    /// Its entry.
    pub entry: u64,
    /// Exercise time.
    pub at: SimTime,
    /// Who began it.
    pub by: SeatId,
    /// What.
    pub action: ActionId,
}

/// A meter as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeterReading {
    /// Its entry.
    pub entry: u64,
    /// Exercise time.
    pub at: SimTime,
    /// What it read.
    pub value: i64,
    /// How fast it moved from then on.
    pub per_hour: i64,
}

/// An obligation's course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClockCourse {
    /// Its entry, time and deadline.
    pub started: Option<(u64, SimTime, SimTime)>,
    /// What started it, in words.
    pub anchor: String,
    /// Its deadline passed.
    pub overdue: Option<(u64, SimTime)>,
    /// Filed, by which item.
    pub filed: Option<(u64, SimTime, ItemId)>,
    /// Decided not to apply, by which decision, on what grounds.
    pub waived: Option<(u64, SimTime, DecisionId, String)>,
}

/// A person on a seat, from one moment to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// Which seat.
    pub seat: SeatId,
    /// The person's name.
    pub person: String,
    /// Entry and time at which they sat down.
    pub from: (u64, SimTime),
    /// Entry and time at which they stood up.
    pub to: Option<(u64, SimTime)>,
}

/// An authored mistake somebody made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trapped {
    /// Its entry.
    pub entry: u64,
    /// Exercise time.
    pub at: SimTime,
    /// Which.
    pub trap: TrapId,
    /// Who.
    pub by: Option<SeatId>,
}
