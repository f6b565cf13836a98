//! The one door: every command comes in here, and is done or refused with a reason.

mod message;
mod seat;
mod table;

use crate::{
    stage::Stage,
    world::{Asked, Phase},
};
use bevy_ecs::prelude::*;
use protocol::{Act, Actor, Audience, Fact, SeatId};
use std::sync::Arc;

/// Why an act cannot be done, for the one who asked.
pub(crate) type Refusal = String;

/// The system: takes in the command of this instant, if there is one.
pub(crate) fn admit(mut asked: ResMut<'_, Asked>, mut s: Stage<'_, '_>) {
    let Some(command) = asked.0.take() else { return };
    let outcome = match &command.by {
        Actor::Facilitator => s.facilitator_act(&command.act),
        Actor::Seat(seat) => s.admitted(seat).and_then(|()| {
            s.record.actor = Some(seat.clone());
            s.seat_act(seat, &command.act)
        }),
    };
    s.record.actor = None;
    s.record.answering = None;
    s.record.target = None;
    if let Err(reason) = outcome {
        let audience = match command.by {
            Actor::Seat(seat) => Audience::Seats([seat].into()),
            Actor::Facilitator => Audience::Staff,
        };
        s.tell(audience, Fact::Refused { act: Arc::new(command.act), reason });
    }
}

impl Stage<'_, '_> {
    /// Whether a seat may act at all.
    fn admitted(&self, seat: &SeatId) -> Result<(), Refusal> {
        if self.seat(seat.as_str()).is_none() {
            return Err(format!("there is no seat called \"{seat}\" at this table"));
        }
        if !self.is_held(seat.as_str()) {
            return Err(format!("nobody sits at \"{seat}\"; the simulation cell plays it"));
        }
        match self.time.phase {
            Phase::Running => Ok(()),
            Phase::Waiting => Err("play has not begun; wait for StartEx".to_owned()),
            Phase::Paused => Err("the exercise is paused; resume first".to_owned()),
            Phase::Ended => Err("the exercise is over (EndEx); nothing more is recorded".to_owned()),
        }
    }

    fn facilitator_act(&mut self, act: &Act) -> Result<(), Refusal> {
        match act {
            Act::TakeSeat { seat, person } => self.take_seat(seat, person),
            Act::LeaveSeat { seat } => self.leave_seat(seat),
            Act::Start { mode } => self.start(*mode),
            Act::Pause => self.pause(),
            Act::Resume => self.resume(),
            Act::SetPace(pace) => self.set_pace(*pace),
            Act::Wait { span } => self.wait(*span),
            Act::End => self.end_exercise(),
            Act::Release { inject } => self.release_by_hand(inject),
            Act::Hold { inject } => self.hold(inject),
            Act::Skip { inject } => self.skip(inject),
            _ => Err("that is for a seat to do, not for the facilitator".to_owned()),
        }
    }
}
