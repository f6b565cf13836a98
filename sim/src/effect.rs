//! Effects: the only ways anything changes the world.

use crate::{
    plan::{Fires, Plan},
    stage::Stage,
    world::{HOUR, InjectState, StepState},
};
use protocol::{Attr, Fact, SeatId};
use scenarios::model::{Cue, Effect};

impl Stage<'_, '_> {
    /// Applies effects. `learners` are the seats that see at once what they themselves changed.
    pub(crate) fn affect(&mut self, effects: &[Effect], learners: &[SeatId], source: &str) {
        let plan = self.plan();
        for effect in effects {
            match effect {
                Effect::Set(asset, attr) => self.set(&plan, asset, attr, learners, source),
                Effect::Wipe(asset) => {
                    let slot = plan.assets.get(asset).copied().or(self.record.target);
                    let state = slot.and_then(|ix| self.assets.get(self.roster.assets[ix]).ok());
                    if state.is_some_and(|a| a.evidence == protocol::Evidence::Intact) {
                        self.set(&plan, asset, &Attr::Evidence(protocol::Evidence::Destroyed), learners, source);
                    }
                }
                Effect::Add(meter, units) => self.add(&plan, meter.as_str(), *units),
                Effect::Reveal(asset, seats) => {
                    let seats = if seats.is_empty() { learners } else { seats };
                    self.reveal(&plan, asset, seats, source);
                }
                Effect::Release(inject) => {
                    if let Some(ix) = plan.script.injects.iter().position(|i| i.id == *inject) {
                        self.due.fires.push_back(Fires::Inject(ix));
                    }
                }
                Effect::Cancel(inject) => {
                    self.cancel(&plan, inject.as_str(), "overtaken by what was done");
                }
                Effect::TipOff(percent) => {
                    let percent = u64::from(*percent).clamp(1, 100);
                    self.record.haste = self.record.haste * percent / 100;
                    let now = self.now();
                    self.agenda.hasten(now, percent);
                }
                Effect::EndCampaign => self.end_campaign(&plan),
                Effect::Flag(flag) => self.happen(&Cue::Flag(flag.clone())),
            }
        }
    }

    fn set(&mut self, plan: &Plan, asset: &protocol::AssetId, attr: &Attr, learners: &[SeatId], source: &str) {
        let Some(ix) = plan
            .assets
            .get(asset)
            .copied()
            .or_else(|| (asset.as_str() == "target").then_some(self.record.target).flatten())
        else {
            return;
        };
        let Ok(mut state) = self.assets.get_mut(self.roster.assets[ix]) else { return };
        let changed = match attr {
            Attr::Integrity(v) => std::mem::replace(&mut state.integrity, *v) != *v,
            Attr::Isolation(v) => std::mem::replace(&mut state.isolation, *v) != *v,
            Attr::Service(v) => std::mem::replace(&mut state.service, *v) != *v,
            Attr::Exposure(v) => std::mem::replace(&mut state.exposure, *v) != *v,
            Attr::Evidence(v) => std::mem::replace(&mut state.evidence, *v) != *v,
            Attr::Version(v) => std::mem::replace(&mut state.version, v.clone()) != *v,
        };
        if !changed {
            return;
        }
        self.record.changed = true;
        let id = plan.script.assets[ix].id.clone();
        self.tell_staff(Fact::AssetChanged { asset: id.clone(), now: attr.clone() });
        // Who changes something sees that it changed, unless the change is what an investigation must find.
        let hidden = matches!(
            attr,
            Attr::Evidence(protocol::Evidence::Destroyed) | Attr::Integrity(protocol::Integrity::Compromised)
        );
        if !learners.is_empty() && !hidden {
            let seen = vec![attr.clone()];
            self.tell_seats(learners, Fact::AssetSeen { asset: id, seen, source: source.to_owned() });
        }
        if matches!(attr, Attr::Service(_)) {
            self.propagate(plan);
        }
    }

    fn reveal(&mut self, plan: &Plan, asset: &protocol::AssetId, seats: &[SeatId], source: &str) {
        let ix = plan.assets.get(asset).copied().or(self.record.target);
        let Some((ix, state)) = ix.and_then(|ix| Some((ix, self.assets.get(self.roster.assets[ix]).ok()?))) else {
            return;
        };
        let seen = state.attrs();
        let asset = plan.script.assets[ix].id.clone();
        if !seats.is_empty() {
            self.tell_seats(seats, Fact::AssetSeen { asset, seen, source: source.to_owned() });
        }
    }

    /// What an asset shows is the worst of its own service and those of everything it needs.
    pub(crate) fn propagate(&mut self, plan: &Plan) {
        let count = self.roster.assets.len();
        // A chain of dependencies is at most as long as there are assets; a cycle settles as well.
        for _ in 0..count {
            let mut moved = false;
            for ix in 0..count {
                let own = self.assets.get(self.roster.assets[ix]).map(|a| a.service);
                let Ok(own) = own else { continue };
                let worst = plan.dependencies[ix]
                    .iter()
                    .filter_map(|d| self.assets.get(self.roster.assets[*d]).ok().map(|a| a.served))
                    .fold(own, std::cmp::max);
                if let Ok(mut state) = self.assets.get_mut(self.roster.assets[ix]) {
                    moved |= state.served != worst;
                    state.served = worst;
                }
            }
            if !moved {
                break;
            }
        }
    }

    fn add(&mut self, plan: &Plan, meter: &str, units: i64) {
        let Some(&ix) = plan.meters.get(meter) else { return };
        let now = self.now();
        if let Ok(mut m) = self.meters.get_mut(self.roster.meters[ix]) {
            m.level += i128::from(m.rate) * i128::from(now.since(m.at).0) + i128::from(units) * HOUR;
            m.level = m.level.max(0);
            m.at = now;
        }
        self.record.changed = true;
    }

    pub(crate) fn cancel(&mut self, plan: &Plan, inject: &str, reason: &str) -> bool {
        let Some(ix) = plan.script.injects.iter().position(|i| i.id.as_str() == inject) else { return false };
        let Ok(mut state) = self.injects.get_mut(self.roster.injects[ix]) else { return false };
        if matches!(*state, InjectState::Delivered | InjectState::Skipped) {
            return false;
        }
        *state = InjectState::Skipped;
        let inject = plan.script.injects[ix].id.clone();
        self.tell_staff(Fact::InjectSkipped { inject, reason: reason.to_owned() });
        true
    }

    fn end_campaign(&mut self, plan: &Plan) {
        self.record.over = true;
        for ix in 0..self.roster.steps.len() {
            let Ok(mut state) = self.steps.get_mut(self.roster.steps[ix]) else { continue };
            if !matches!(*state, StepState::Waiting { .. } | StepState::Running { .. }) {
                continue;
            }
            let began = matches!(*state, StepState::Running { .. });
            *state = StepState::Blocked;
            let step = plan.script.adversary.steps[ix].id.clone();
            if began {
                self.tell_staff(Fact::StepBlocked { step: step.clone(), reason: "the campaign is over".to_owned() });
            }
            self.happen(&Cue::StepBlocked(step));
        }
    }
}
