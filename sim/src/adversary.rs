//! The campaign: steps begin, take their time, succeed or are blocked by what the players did.

use crate::{
    plan::Fires,
    stage::Stage,
    world::{Due, StepState},
};
use protocol::{Fact, Span};
use scenarios::model::Cue;

/// A blocked step is tried again no sooner than this, so that no script can hold time still.
const SHORTEST_RETRY: Span = Span::secs(1);

impl Stage<'_, '_> {
    /// A step's trigger came true, or it is tried again.
    pub(crate) fn begin_step(&mut self, ix: usize) {
        let plan = self.plan();
        let step = &plan.script.adversary.steps[ix];
        let Ok(state) = self.steps.get(self.roster.steps[ix]).copied() else { return };
        let StepState::Waiting { tries } = state else { return };
        if self.record.over {
            self.put_step(ix, StepState::Blocked);
            return;
        }
        if !self.holds(&plan.step_needs[ix]) {
            self.block(ix, tries, "what it needs is gone");
            return;
        }
        let takes = self.chance.0.between(step.takes, "step", step.id.as_str(), u64::from(tries));
        let takes = Span(takes.0 * self.record.haste / 100);
        let ends = self.now() + takes;
        self.put_step(ix, StepState::Running { tries, ends });
        self.tell_staff(Fact::StepStarted { step: step.id.clone() });
        self.happen(&Cue::StepStarted(step.id.clone()));
        self.agenda.plan(ends, Due::StepEnd(ix));
    }

    fn end_step(&mut self, ix: usize) {
        let plan = self.plan();
        let step = &plan.script.adversary.steps[ix];
        let Ok(StepState::Running { tries, ends }) = self.steps.get(self.roster.steps[ix]).copied() else { return };
        // A tip-off brings ends forward; the later of two planned ends finds the step done.
        debug_assert!(ends >= self.now() || self.record.haste < 100);
        if !self.holds(&plan.step_needs[ix]) {
            self.block(ix, tries, "it was cut off while under way");
            return;
        }
        self.put_step(ix, StepState::Done);
        self.tell_staff(Fact::StepSucceeded { step: step.id.clone() });
        self.affect(&step.effects, &[], &step.name);
        self.happen(&Cue::StepDone(step.id.clone()));
    }

    fn block(&mut self, ix: usize, tries: u32, why: &str) {
        let plan = self.plan();
        let step = &plan.script.adversary.steps[ix];
        match step.retry {
            Some((every, most)) if tries < most => {
                self.put_step(ix, StepState::Waiting { tries: tries + 1 });
                let at = self.now() + every.max(SHORTEST_RETRY);
                self.agenda.plan(at, Due::Fire { what: Fires::Step(ix), unless: None });
            }
            _ => {
                self.put_step(ix, StepState::Blocked);
                self.tell_staff(Fact::StepBlocked { step: step.id.clone(), reason: why.to_owned() });
                self.affect(&step.when_blocked, &[], &step.name);
                self.happen(&Cue::StepBlocked(step.id.clone()));
            }
        }
    }

    fn put_step(&mut self, ix: usize, state: StepState) {
        self.record.changed = true;
        if let Ok(mut s) = self.steps.get_mut(self.roster.steps[ix]) {
            *s = state;
        }
    }
}

/// The system: ends the steps that are due. Begins come with everything that fires.
pub(crate) fn advance(mut s: Stage<'_, '_>) {
    while let Some(due) = s.due.steps.pop_front() {
        if let Due::StepEnd(ix) = due {
            s.end_step(ix);
        }
    }
}
