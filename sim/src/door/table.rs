//! The facilitator's acts: seats, the clock's three orders, injects by hand.

use super::Refusal;
use crate::{
    stage::Stage,
    world::{Due, InjectState, Phase},
};
use protocol::{Fact, InjectId, Mode, Pace, SeatId, SimTime, Span, clean};
use scenarios::model::Cue;

/// Longest time that may be let pass at once.
const LONGEST_WAIT: Span = Span::mins(12 * 60);

impl Stage<'_, '_> {
    pub(super) fn take_seat(&mut self, seat: &SeatId, person: &str) -> Result<(), Refusal> {
        let name: String = clean::line(person).chars().take(60).collect();
        if name.is_empty() {
            return Err("a person needs a name to sit down".to_owned());
        }
        if self.time.phase == Phase::Ended {
            return Err("the exercise is over".to_owned());
        }
        let Some(ix) = self.seat(seat.as_str()) else {
            return Err(format!("there is no seat called \"{seat}\" at this table"));
        };
        if let Ok(mut holder) = self.holders.get_mut(self.roster.seats[ix]) {
            holder.0 = Some(name.clone());
        }
        self.record.changed = true;
        self.tell_all(Fact::SeatTaken { seat: seat.clone(), person: name });
        Ok(())
    }

    pub(super) fn leave_seat(&mut self, seat: &SeatId) -> Result<(), Refusal> {
        let ix = self.seat(seat.as_str()).filter(|ix| self.holder(*ix).is_some());
        let Some(ix) = ix else { return Err(format!("nobody sits at \"{seat}\"")) };
        if let Ok(mut holder) = self.holders.get_mut(self.roster.seats[ix]) {
            holder.0 = None;
        }
        self.record.changed = true;
        self.tell_all(Fact::SeatLeft { seat: seat.clone() });
        Ok(())
    }

    pub(super) fn start(&mut self, mode: Mode) -> Result<(), Refusal> {
        if self.time.phase != Phase::Waiting {
            return Err("play has begun already".to_owned());
        }
        self.time.phase = Phase::Running;
        self.time.mode = mode;
        let plan = self.plan();
        self.tell_all(Fact::Started { mode });
        self.tell_all(Fact::Briefed { pack: plan.pack.clone() });
        self.propagate(&plan);
        for (at, what, unless) in &plan.at {
            self.agenda.plan(*at, Due::Fire { what: *what, unless: *unless });
        }
        for moment in &plan.moments {
            self.agenda.plan(SimTime::ZERO + *moment, Due::Wake);
        }
        for sensor in 0..plan.script.sensors.len() {
            self.plan_noise(sensor, 0);
        }
        self.settle_meters(true);
        self.record.changed = true;
        self.happen(&Cue::Start);
        Ok(())
    }

    pub(super) fn pause(&mut self) -> Result<(), Refusal> {
        match self.time.phase {
            Phase::Running => {
                self.time.phase = Phase::Paused;
                self.tell_all(Fact::Paused);
                Ok(())
            }
            Phase::Paused => Err("the exercise is paused already".to_owned()),
            Phase::Waiting => Err("play has not begun".to_owned()),
            Phase::Ended => Err("the exercise is over".to_owned()),
        }
    }

    pub(super) fn resume(&mut self) -> Result<(), Refusal> {
        if self.time.phase != Phase::Paused {
            return Err("the exercise is not paused".to_owned());
        }
        self.time.phase = Phase::Running;
        self.tell_all(Fact::Resumed);
        Ok(())
    }

    pub(super) fn set_pace(&mut self, pace: Pace) -> Result<(), Refusal> {
        if self.time.phase == Phase::Ended {
            return Err("the exercise is over".to_owned());
        }
        if matches!(pace, Pace::Times(n) if !(2..=60).contains(&n)) {
            return Err("time runs 2 to 60 times as fast, live, or in turns".to_owned());
        }
        self.tell_all(Fact::PaceSet { pace });
        Ok(())
    }

    pub(super) fn wait(&mut self, span: Span) -> Result<(), Refusal> {
        if !self.running() {
            return Err("time can pass only while the exercise runs".to_owned());
        }
        if span > LONGEST_WAIT || span == Span::ZERO {
            return Err(format!("let more than nothing and at most {LONGEST_WAIT} pass at once"));
        }
        self.tell_all(Fact::Waited { span });
        Ok(())
    }

    pub(super) fn end_exercise(&mut self) -> Result<(), Refusal> {
        match self.time.phase {
            Phase::Running | Phase::Paused => {
                self.settle_meters(true);
                self.time.phase = Phase::Ended;
                self.agenda.clear();
                self.tell_all(Fact::Ended);
                Ok(())
            }
            Phase::Waiting => Err("play has not begun".to_owned()),
            Phase::Ended => Err("the exercise is over already".to_owned()),
        }
    }

    pub(super) fn release_by_hand(&mut self, inject: &InjectId) -> Result<(), Refusal> {
        let ix = self.known(inject)?;
        if !self.running() {
            return Err("injects can be released only while the exercise runs".to_owned());
        }
        self.release(ix, true).map_err(|why| format!("{inject} cannot be released: {why}"))
    }

    pub(super) fn hold(&mut self, inject: &InjectId) -> Result<(), Refusal> {
        let ix = self.known(inject)?;
        let Ok(mut state) = self.injects.get_mut(self.roster.injects[ix]) else { return Ok(()) };
        if *state != InjectState::Pending {
            return Err(format!("{inject} was delivered, skipped or held already"));
        }
        *state = InjectState::Held(false);
        self.tell_staff(Fact::InjectHeld { inject: inject.clone() });
        Ok(())
    }

    pub(super) fn skip(&mut self, inject: &InjectId) -> Result<(), Refusal> {
        self.known(inject)?;
        let plan = self.plan();
        if self.cancel(&plan, inject.as_str(), "skipped by the facilitator") {
            Ok(())
        } else {
            Err(format!("{inject} was delivered or skipped already"))
        }
    }

    fn known(&self, inject: &InjectId) -> Result<usize, Refusal> {
        self.inject(inject).ok_or_else(|| format!("the MSEL has no inject \"{inject}\""))
    }
}
