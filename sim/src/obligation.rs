//! Clocks: obligations start at their anchor, are filed or waived, or become overdue.

use crate::{
    plan::Plan,
    stage::Stage,
    world::{ClockState, Due},
};
use protocol::{Draft, Fact, ItemId};
use scenarios::model::{Anchor, Clock, Cue};

impl Stage<'_, '_> {
    fn clock_state(&self, ix: usize) -> ClockState {
        self.clocks.get(self.roster.clocks[ix]).copied().unwrap_or(ClockState::NotStarted)
    }

    fn put_clock(&mut self, ix: usize, state: ClockState) {
        self.record.changed = true;
        if let Ok(mut s) = self.clocks.get_mut(self.roster.clocks[ix]) {
            *s = state;
        }
    }

    pub(crate) fn start_clock(&mut self, plan: &Plan, ix: usize, cue: &Cue) {
        if self.clock_state(ix) != ClockState::NotStarted {
            return;
        }
        let clock = &plan.script.clocks[ix];
        if clock.chained_to.as_ref().is_some_and(|c| *cue != Cue::Filed(c.clone())) {
            return;
        }
        let mut due = plan.calendar.due(self.now(), clock.term);
        if let Some((from, term)) = &clock.cap
            && let Some(at) = plan.cues.get(from).and_then(|&ix| self.record.first[ix])
        {
            due = due.min(plan.calendar.due(at, *term));
        }
        self.put_clock(ix, ClockState::Runs { due });
        let filed_by = plan.script.products.iter().find(|p| p.id == clock.product);
        let fact = Fact::ClockStarted {
            clock: clock.id.clone(),
            regime: clock.regime.clone(),
            anchor: anchor(clock.anchor).to_owned(),
            due,
            filed_by: filed_by.map_or_else(|| clock.product.to_string(), |p| p.name.clone()),
        };
        self.tell_all(fact);
        self.agenda.plan(due, Due::Deadline(ix));
        self.happen(&Cue::ClockStarted(clock.id.clone()));
        // What was sent before its anchor counts from the moment the clock starts.
        let early = self.record.filings.iter().find(|(d, _)| answers(clock, d)).map(|(_, item)| item.clone());
        if let Some(item) = early {
            self.file(plan, ix, item);
        }
    }

    fn file(&mut self, plan: &Plan, ix: usize, item: ItemId) {
        self.put_clock(ix, ClockState::Settled);
        let clock = plan.script.clocks[ix].id.clone();
        self.tell_all(Fact::ClockFiled { clock: clock.clone(), item });
        self.happen(&Cue::Filed(clock));
    }

    /// A message that fulfils a product went out. An empty form fulfils nothing.
    pub(crate) fn file_by(&mut self, draft: &Draft, item: &ItemId) {
        let plan = self.plan();
        let product = draft.product.as_ref().and_then(|id| plan.script.products.iter().find(|p| p.id == *id));
        if product.is_none_or(|p| p.is_empty_form(&draft.body)) {
            return;
        }
        for ix in 0..plan.script.clocks.len() {
            let runs = matches!(self.clock_state(ix), ClockState::Runs { .. } | ClockState::Overdue);
            if runs && answers(&plan.script.clocks[ix], draft) {
                self.file(&plan, ix, item.clone());
            }
        }
        self.record.filings.push((draft.clone(), item.clone()));
    }

    /// A decision was taken: a duty may not apply.
    pub(crate) fn waive_by(&mut self, decision: &protocol::DecisionId, option: &protocol::OptionId, reason: &str) {
        let plan = self.plan();
        for (ix, clock) in plan.script.clocks.iter().enumerate() {
            let waives = clock.waived_by.iter().any(|(d, o)| d == decision && o == option);
            if waives && self.clock_state(ix) != ClockState::Settled {
                self.put_clock(ix, ClockState::Settled);
                let clock = clock.id.clone();
                self.tell_all(Fact::ClockWaived { clock, decision: decision.clone(), reason: reason.to_owned() });
            }
        }
    }
}

fn answers(clock: &Clock, draft: &Draft) -> bool {
    draft.product.as_ref() == Some(&clock.product) && clock.to.iter().any(|p| draft.to.contains(p))
}

fn anchor(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Awareness => "awareness",
        Anchor::Classification => "classification as major",
        Anchor::Materiality => "determination of materiality",
        Anchor::Discovery => "discovery",
        Anchor::ModelInvolvement => "the model's involvement became known",
        Anchor::Payment => "payment",
        Anchor::Filing => "the earlier filing",
        Anchor::Contract => "as the contract says",
    }
}

/// The system: marks what is overdue.
pub(crate) fn strike(mut s: Stage<'_, '_>) {
    while let Some(ix) = s.due.clocks.pop_front() {
        if matches!(s.clock_state(ix), ClockState::Runs { .. }) {
            s.put_clock(ix, ClockState::Overdue);
            let clock = s.plan().script.clocks[ix].id.clone();
            s.tell_all(Fact::ClockOverdue { clock });
        }
    }
}
