//! What a press asks of the world outside the screen.

use protocol::{Act, Actor, SeatId};

/// The consequence of a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Only the screen changed.
    None,
    /// Put an act on the record.
    Submit(Act),
    /// Let time pass until the next thing reaches this seat.
    Skip,
    /// Leave; the exercise can be resumed.
    Leave,
    /// Put the program to sleep (Unix).
    Suspend,
}

/// Who an act is recorded for: the clock is the facilitator's, everything else the seat's.
#[must_use]
pub fn actor(act: &Act, seat: &SeatId) -> Actor {
    if act.is_facilitators() { Actor::Facilitator } else { Actor::Seat(seat.clone()) }
}
