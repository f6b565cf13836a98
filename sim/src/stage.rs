//! What every system works with: the world's state, and the only ways to change it and to tell of it.

use crate::{
    chance::Chance,
    plan::{Fires, Hook, Plan, Slot, Test},
    world::{
        Agenda, AssetState, ClockState, Due, DueNow, HOUR, Holder, InjectState, Job, MeterState, Outbox, Phase,
        Record, Request, Roster, RuleState, Script, StepState, Time,
    },
};
use bevy_ecs::{prelude::*, system::SystemParam};
use protocol::{
    Attachment, Attr, Audience, ChannelId, Event, Fact, Item, ItemId, ItemKind, PartyId, SeatId, Sender, SimTime, Span,
};
use scenarios::model::{Cell, Cue, Effect};
use std::sync::Arc;

/// Most items one exercise may deliver; past it the simulation stays silent rather than grow.
pub(crate) const MAX_ITEMS: usize = 20_000;

#[derive(SystemParam)]
pub(crate) struct Stage<'w, 's> {
    pub(crate) script: Res<'w, Script>,
    pub(crate) chance: Res<'w, Draws>,
    pub(crate) roster: ResMut<'w, Roster>,
    pub(crate) time: ResMut<'w, Time>,
    pub(crate) agenda: ResMut<'w, Agenda>,
    pub(crate) due: ResMut<'w, DueNow>,
    pub(crate) outbox: ResMut<'w, Outbox>,
    pub(crate) record: ResMut<'w, Record>,
    pub(crate) assets: Query<'w, 's, &'static mut AssetState>,
    pub(crate) meters: Query<'w, 's, &'static mut MeterState>,
    pub(crate) steps: Query<'w, 's, &'static mut StepState>,
    pub(crate) injects: Query<'w, 's, &'static mut InjectState>,
    pub(crate) rules: Query<'w, 's, &'static mut RuleState>,
    pub(crate) holders: Query<'w, 's, &'static mut Holder>,
    pub(crate) clocks: Query<'w, 's, &'static mut ClockState>,
    pub(crate) jobs: Query<'w, 's, &'static Job>,
    pub(crate) requests: Query<'w, 's, &'static mut Request>,
    pub(crate) commands: Commands<'w, 's>,
}

/// The seed, as a resource.
#[derive(Resource, Clone, Copy)]
pub(crate) struct Draws(pub(crate) Chance);

/// What goes into an item; the rest is filled in.
pub(crate) struct Note {
    pub(crate) id: ItemId,
    pub(crate) kind: ItemKind,
    pub(crate) from: Sender,
    pub(crate) to: Vec<PartyId>,
    pub(crate) channel: ChannelId,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) re: Option<ItemId>,
}

impl Note {
    pub(crate) fn item(self) -> Item {
        Item {
            id: self.id,
            kind: self.kind,
            inject: None,
            from: self.from,
            to: self.to,
            channel: self.channel,
            subject: self.subject,
            body: self.body,
            attachments: self.attachments,
            severity: None,
            needs_ack: false,
            tlp: None,
            re: self.re,
            decision: None,
        }
    }
}

impl Stage<'_, '_> {
    pub(crate) fn plan(&self) -> Arc<Plan> {
        self.script.0.clone()
    }

    pub(crate) fn now(&self) -> SimTime {
        self.time.now
    }

    pub(crate) fn running(&self) -> bool {
        self.time.phase == Phase::Running
    }

    // ------------------------------------------------------------------------------------- telling

    pub(crate) fn tell(&mut self, audience: Audience, fact: Fact) {
        let at = self.now();
        self.outbox.0.push(Event { at, audience, fact });
    }

    pub(crate) fn tell_all(&mut self, fact: Fact) {
        self.tell(Audience::Everyone, fact);
    }

    pub(crate) fn tell_staff(&mut self, fact: Fact) {
        self.tell(Audience::Staff, fact);
    }

    pub(crate) fn tell_seats(&mut self, seats: &[SeatId], fact: Fact) {
        self.tell(Audience::Seats(seats.into()), fact);
    }

    /// Delivers an item to seats, once to each.
    pub(crate) fn deliver(&mut self, item: Arc<Item>, to: &[SeatId]) {
        if self.record.items.len() >= MAX_ITEMS {
            return;
        }
        let entry = self.record.items.entry(item.id.clone()).or_insert_with(|| (item.clone(), Vec::new()));
        let fresh: Vec<SeatId> = to.iter().filter(|s| !entry.1.contains(s)).cloned().collect();
        entry.1.extend(fresh.iter().cloned());
        if let Some(inject) = &item.inject
            && let Some(question) = item.decision_id()
            && let Some(ix) = self.script.0.script.injects.iter().position(|i| i.id == *inject)
        {
            self.record.questions.insert(question.clone(), ix);
        }
        if !fresh.is_empty() {
            self.tell(Audience::Seats(fresh.into()), Fact::Delivered { item });
        }
    }

    // -------------------------------------------------------------------------------------- people

    pub(crate) fn seat(&self, seat: &str) -> Option<usize> {
        self.script.0.script.seats.iter().position(|s| s.id.as_str() == seat)
    }

    pub(crate) fn is_held(&self, seat: &str) -> bool {
        self.seat(seat).is_some_and(|ix| self.holder(ix).is_some())
    }

    pub(crate) fn holder(&self, seat: usize) -> Option<&str> {
        let entity = *self.roster.seats.get(seat)?;
        self.holders.get(entity).ok()?.0.as_deref()
    }

    pub(crate) fn held(&self) -> Vec<SeatId> {
        let seats = &self.script.0.script.seats;
        seats.iter().enumerate().filter(|(i, _)| self.holder(*i).is_some()).map(|(_, s)| s.id.clone()).collect()
    }

    /// Whether the simulation cell plays this person.
    pub(crate) fn is_played(&self, person: usize) -> bool {
        self.script.0.people.get(person).is_some_and(|p| p.seat.as_ref().is_none_or(|s| !self.is_held(s.as_str())))
    }

    /// The shown sender: a person's own name where one sits there.
    pub(crate) fn sender(&self, person: usize) -> Sender {
        let p = &self.script.0.people[person];
        let mut sender = p.sender.clone();
        if let Some(name) = p.seat.as_ref().and_then(|s| self.seat(s.as_str())).and_then(|ix| self.holder(ix)) {
            name.clone_into(&mut sender.name);
        }
        sender
    }

    /// The default seat if somebody sits there, else everybody at the table.
    pub(crate) fn front(&self) -> Vec<SeatId> {
        let default = &self.script.0.script.default_seat;
        if self.is_held(default.as_str()) { vec![default.clone()] } else { self.held() }
    }

    /// These seats, each once.
    pub(crate) fn among(seats: &[&SeatId]) -> Vec<SeatId> {
        let mut out: Vec<SeatId> = Vec::new();
        for seat in seats {
            if !out.contains(seat) {
                out.push((*seat).clone());
            }
        }
        out
    }

    /// Whether a seat may do what `by` lists: it is listed, or nobody listed is at the table.
    pub(crate) fn may(&self, seat: &SeatId, by: &[SeatId]) -> bool {
        by.is_empty() || by.contains(seat) || by.iter().all(|s| !self.is_held(s.as_str()))
    }

    /// The next number of a named stream. Streams are counted apart, so that one act more or less
    /// changes no draw that is not about it.
    fn nth(&mut self, purpose: &'static str, about: &str) -> u64 {
        let drawn = self.record.drawn.entry((purpose, about.to_owned())).or_default();
        *drawn += 1;
        *drawn
    }

    pub(crate) fn draw(&mut self, range: (Span, Span), purpose: &'static str, about: &str) -> Span {
        let nth = self.nth(purpose, about);
        self.chance.0.between(range, purpose, about, nth)
    }

    pub(crate) fn pick(&mut self, n: usize, purpose: &'static str, about: &str) -> usize {
        let nth = self.nth(purpose, about);
        usize::try_from(self.chance.0.below(n as u64, purpose, about, nth)).unwrap_or(0)
    }

    /// How long somebody of the cell takes this time.
    pub(crate) fn latency(&mut self, person: usize, about: &str) -> Span {
        let plan = self.plan();
        let p = &plan.people[person];
        self.draw(p.cell.latency, "latency", &format!("{}/{about}", p.id))
    }

    pub(crate) fn cell(&self, person: usize) -> &Cell {
        &self.script.0.people[person].cell
    }

    // ----------------------------------------------------------------------------------- happening

    /// Records that something happened, and sets off what waits for it.
    pub(crate) fn happen(&mut self, cue: &Cue) {
        let plan = self.plan();
        let Some(&ix) = plan.cues.get(cue) else { return };
        self.record.changed = true;
        let first = self.record.first[ix].is_none();
        if first {
            self.record.first[ix] = Some(self.now());
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
                Hook::Line { person, line } => self.cue_line(&plan, person, line),
                Hook::Sight { sensor, sight } => self.sight(&plan, sensor, sight),
                Hook::Anchor(clock) => self.start_clock(&plan, clock, cue),
            }
        }
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

    // ---------------------------------------------------------------------------------- conditions

    pub(crate) fn holds(&self, test: &Test) -> bool {
        let first = |ix: &usize| self.record.first.get(*ix).copied().flatten();
        match test {
            Test::All(all) => all.iter().all(|t| self.holds(t)),
            Test::Any(any) => any.iter().any(|t| self.holds(t)),
            Test::Not(not) => !self.holds(not),
            Test::Done(ix) => first(ix).is_some(),
            Test::Before(a, b) => match (first(a), first(b)) {
                (Some(a), Some(b)) => a < b,
                (Some(_), None) => true,
                (None, _) => false,
            },
            Test::DoneFor(ix, span) => first(ix).is_some_and(|at| self.now().since(at) >= *span),
            Test::Integrity(slot, v) => self.asset(*slot).is_some_and(|a| a.integrity == *v),
            Test::Isolation(slot, v) => self.asset(*slot).is_some_and(|a| a.isolation == *v),
            Test::Service(slot, v) => self.asset(*slot).is_some_and(|a| a.served == *v),
            Test::Exposure(slot, v) => self.asset(*slot).is_some_and(|a| a.exposure == *v),
            Test::Evidence(slot, v) => self.asset(*slot).is_some_and(|a| a.evidence == *v),
            Test::Version(slot, v) => self.asset(*slot).is_some_and(|a| a.version == *v),
            Test::AtLeast(meter, v) => self.reading(*meter) >= *v,
            Test::After(span) => self.now() >= SimTime::ZERO + *span,
            Test::Held(seat) => self.holder(*seat).is_some(),
            Test::Target(slot) => self.index(*slot).is_some() && self.index(*slot) == self.record.target,
            Test::Never => false,
        }
    }

    pub(crate) fn index(&self, slot: Slot) -> Option<usize> {
        match slot {
            Slot::At(ix) => Some(ix),
            Slot::Target => self.record.target,
            Slot::Nowhere => None,
        }
    }

    fn asset(&self, slot: Slot) -> Option<&AssetState> {
        self.assets.get(*self.roster.assets.get(self.index(slot)?)?).ok()
    }

    /// A meter's reading now, in whole units.
    pub(crate) fn reading(&self, meter: usize) -> i64 {
        let Some(m) = self.roster.meters.get(meter).and_then(|e| self.meters.get(*e).ok()) else { return 0 };
        let level = m.level + i128::from(m.rate) * i128::from(self.now().since(m.at).0);
        let most = self.script.0.script.meters[meter].most.unwrap_or(i64::MAX);
        i64::try_from(level / HOUR).unwrap_or(i64::MAX).clamp(0, most.max(0))
    }

    // ------------------------------------------------------------------------------------- effects

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
        let Some(ix) = plan.assets.get(asset).copied().or_else(|| {
            (asset.as_str() == "target").then_some(self.record.target).flatten()
        }) else {
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
