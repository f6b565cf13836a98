//! Happenings: a cue is recorded the first time, and sets off what waits for it.

use crate::{
    plan::{CueIx, Fires, Hook, Plan},
    stage::Stage,
    world::Due,
};
use protocol::{Fact, Span};
use scenarios::model::Cue;

impl Stage<'_, '_> {
    /// Records that something happened, and sets off what waits for it.
    pub(crate) fn happen(&mut self, cue: &Cue) {
        let plan = self.plan();
        let Some(&ix) = plan.cues.get(cue) else { return };
        self.record.changed = true;
        let first = self.record.first[ix].is_none();
        if first {
            self.record.first[ix] = Some(self.now());
            if !self.is_on_its_way(&plan, cue) {
                self.offer_by(&plan, ix);
            }
        }
        for hook in &plan.hooks[ix] {
            match *hook {
                Hook::Trap(trap) => self.trap(&plan, trap),
                _ if !first => {}
                Hook::Fire(what, delay, unless) => {
                    let delay = if matches!(what, Fires::Step(_)) { self.hastened(delay) } else { delay };
                    let at = self.now() + delay;
                    self.agenda.plan(at, Due::Fire { what, unless });
                }
                Hook::Wake(span) => {
                    let at = self.now() + span;
                    self.agenda.plan(at, Due::Wake);
                }
                // Offered below, all at once.
                Hook::OfferAction(_) | Hook::OfferQuery(_) => {}
                Hook::Line { person, line } => self.cue_line(&plan, person, line),
                Hook::Sight { sensor, sight } => self.sight(&plan, sensor, sight),
                Hook::Anchor(clock) => self.start_clock(&plan, clock, cue),
            }
        }
    }

    /// The catalogue grows by what a cue brings in. An inject on its way to the table brings it when it arrives.
    pub(crate) fn offer_by(&mut self, plan: &Plan, cue: CueIx) {
        let (mut actions, mut queries) = (Vec::new(), Vec::new());
        for hook in &plan.hooks[cue] {
            match *hook {
                Hook::OfferAction(ix) if self.record.offered.insert(plan.script.actions[ix].id.to_string()) => {
                    actions.push(scenarios::pack::action(&plan.script.actions[ix]));
                }
                Hook::OfferQuery(ix) if self.record.offered.insert(plan.script.queries[ix].id.to_string()) => {
                    queries.push(scenarios::pack::query(&plan.script.queries[ix]));
                }
                _ => {}
            }
        }
        if !actions.is_empty() || !queries.is_empty() {
            self.tell_all(Fact::Offered { actions, queries });
        }
    }

    /// Whether an inject was handed to seats nobody holds, one of whom will pass it on.
    fn is_on_its_way(&self, plan: &Plan, cue: &Cue) -> bool {
        let Cue::Delivered(inject) = cue else { return false };
        let Some(inject) = plan.script.injects.iter().find(|i| i.id == *inject) else { return false };
        let held = inject.to.iter().any(|s| self.is_held(s.as_str()));
        let mut people = inject.to.iter().filter_map(|s| plan.person(s.as_str()));
        !held && people.any(|p| plan.people[p].cell.forwards)
    }

    fn hastened(&self, delay: Span) -> Span {
        if self.record.haste < 100 { Span::ZERO } else { delay }
    }

    pub(crate) fn done(&self, cue: &Cue) -> bool {
        self.script.0.cues.get(cue).is_some_and(|&ix| self.record.first[ix].is_some())
    }

    fn trap(&mut self, plan: &Plan, trap: usize) {
        let excused = plan.traps[trap].as_ref().is_some_and(|t| self.holds(t));
        if self.record.sprung[trap] || excused || !self.running() {
            return;
        }
        self.record.sprung[trap] = true;
        let by = self.record.actor.clone();
        self.tell_staff(Fact::Trapped { trap: plan.script.traps[trap].id.clone(), by });
    }

    fn cue_line(&mut self, plan: &Plan, person: usize, line: usize) {
        if self.record.said[person][line] || !self.is_played(person) {
            return;
        }
        let authored = &plan.people[person].cell.lines[line];
        let to = match (&authored.to[..], &self.record.actor) {
            ([], Some(actor)) if self.is_held(actor.as_str()) => vec![actor.clone()],
            ([], _) => Vec::new(),
            (seats, _) => seats.to_vec(),
        };
        let delay = authored.after.unwrap_or_else(|| self.latency(person, &format!("line/{line}")));
        self.record.spoken_for.insert(person);
        let at = self.now() + delay;
        let re = self.record.answering.clone();
        self.agenda.plan(at, Due::Line { person, line, to, re });
    }

    fn sight(&mut self, plan: &Plan, sensor: usize, sight: usize) {
        let s = &plan.script.sensors[sensor];
        let about = format!("{}/{sight}", s.id);
        let seen = self.chance.0.below(100, "coverage", &about, 0) < u64::from(s.sees[sight].coverage);
        if seen && self.holds(&plan.sensor_works[sensor]) {
            let at = self.now() + self.chance.0.between(s.latency, "sensor", &about, 0);
            self.agenda.plan(at, Due::Alert { sensor, sight });
        }
    }
}
