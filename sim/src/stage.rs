//! What every system works with: the world's state, and the only ways to change it and to tell of it.

use crate::{
    chance::Chance,
    plan::Plan,
    world::{
        Agenda, AssetState, ClockState, DueNow, Holder, InjectState, Job, MeterState, Outbox, Phase, Record, Request,
        Roster, RuleState, Script, StepState, Time,
    },
};
use bevy_ecs::{prelude::*, system::SystemParam};
use protocol::{
    Attachment, Audience, ChannelId, Event, Fact, Item, ItemId, ItemKind, PartyId, SeatId, Sender, SimTime, Span,
};
use scenarios::model::Cell;
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
}
