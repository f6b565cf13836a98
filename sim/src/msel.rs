//! The MSEL: injects are released when their trigger comes true; rules take effect.

use crate::{
    plan::Fires,
    stage::Stage,
    world::{Due, InjectState},
};
use protocol::{Fact, InjectId, Item, ItemId, ItemKind, PartyId, SeatId, Sender};
use scenarios::model::{Cue, Inject};
use std::sync::Arc;

impl Stage<'_, '_> {
    /// Releases an inject. By hand it goes out even when held.
    pub(crate) fn release(&mut self, ix: usize, by_hand: bool) -> Result<(), &'static str> {
        let plan = self.plan();
        let inject = &plan.script.injects[ix];
        let Ok(mut state) = self.injects.get_mut(self.roster.injects[ix]) else { return Err("it does not exist") };
        match *state {
            InjectState::Delivered => return Err("it was delivered already"),
            InjectState::Skipped if !by_hand => return Err("it was skipped"),
            InjectState::Held(_) if !by_hand => {
                *state = InjectState::Held(true);
                return Err("it is held");
            }
            _ => *state = InjectState::Delivered,
        }
        self.record.changed = true;
        self.tell_staff(Fact::InjectReleased { inject: inject.id.clone(), by_hand });
        let item = Arc::new(self.inject_item(inject));
        self.deliver_or_forward(item, &inject.to);
        self.affect(&inject.effects, &[], &inject.subject);
        self.happen(&Cue::Delivered(inject.id.clone()));
        Ok(())
    }

    fn inject_item(&self, inject: &Inject) -> Item {
        let plan = self.plan();
        let from = plan.person(inject.from.as_str()).map_or_else(
            || Sender { id: None, name: inject.from.to_string(), title: String::new() },
            |p| self.sender(p),
        );
        Item {
            id: ItemId::from(&inject.id),
            kind: ItemKind::Inject,
            inject: Some(inject.id.clone()),
            from,
            to: inject.to.iter().map(PartyId::from).collect(),
            channel: inject.via.clone(),
            subject: inject.subject.clone(),
            body: inject.body.clone(),
            attachments: inject.attachments.clone(),
            severity: inject.severity,
            needs_ack: inject.needs_ack,
            tlp: inject.tlp,
            re: None,
            decision: inject.decision.as_ref().map(|d| Arc::new(scenarios::pack::decision(d))),
        }
    }

    /// Delivers to those addressed. When nobody of them is at the table, the first of them who forwards
    /// passes it on after a while.
    pub(crate) fn deliver_or_forward(&mut self, item: Arc<Item>, to: &[SeatId]) {
        self.deliver(item.clone(), to);
        if to.iter().any(|s| self.is_held(s.as_str())) {
            return;
        }
        let plan = self.plan();
        let mut people = to.iter().filter_map(|s| plan.person(s.as_str()));
        if let Some(person) = people.find(|p| plan.people[*p].cell.forwards) {
            let at = self.now() + self.latency(person, item.id.as_str());
            self.agenda.plan(at, Due::Forward { item, person });
        }
    }

    /// The inject with this id.
    pub(crate) fn inject(&self, id: &InjectId) -> Option<usize> {
        self.script.0.script.injects.iter().position(|i| i.id == *id)
    }

    fn fire_rule(&mut self, ix: usize) {
        let plan = self.plan();
        let rule = &plan.script.rules_of_the_world[ix];
        let Ok(mut state) = self.rules.get_mut(self.roster.rules[ix]) else { return };
        if std::mem::replace(&mut state.fired, true) {
            return;
        }
        self.tell_staff(Fact::RuleFired { rule: rule.id.clone() });
        self.affect(&rule.effects, &[], "");
    }
}

/// The system: fires what is due, until nothing more is due at this instant.
pub(crate) fn release(mut s: Stage<'_, '_>) {
    while let Some(what) = s.due.fires.pop_front() {
        match what {
            // An inject that is held or was skipped stays so; the staff has been told.
            Fires::Inject(ix) => drop(s.release(ix, false)),
            Fires::Rule(ix) => s.fire_rule(ix),
            Fires::Step(ix) => s.begin_step(ix),
        }
    }
}
