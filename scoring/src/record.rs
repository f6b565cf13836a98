//! What a transcript says, put in order once: when each cue happened and by whom, who told whom, what was
//! approved, what the meters read, who sat where.
//!
//! Everything here comes from events alone; nothing is re-simulated.

mod asset;
mod cue;
mod note;
mod trace;

pub(crate) use note::either;
pub use trace::*;

use protocol::{
    AssetId, Attr, Audience, ClockId, Event, ExpectedId, Fact, InjectId, Item, ItemId, ItemKind, MeterId, PartyId,
    SeatId, SimTime, Subject, Work,
};
use scenarios::model::{Cue, Scenario};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};
use transcripts::{Body, Transcript};

/// The index of one transcript.
#[derive(Debug)]
pub struct Record<'a> {
    scenario: &'a Scenario,
    events: BTreeMap<u64, &'a Event>,
    cues: BTreeMap<Cue, Vec<Happening>>,
    tasks: BTreeMap<(SeatId, Work), SeatId>,
    /// Everything anybody told anybody, in order.
    pub tellings: Vec<Telling>,
    /// Messages that went out, in order.
    pub messages: Vec<Message<'a>>,
    /// Items that reached somebody, in order.
    pub deliveries: Vec<Delivery<'a>>,
    /// Approvals, in order.
    pub approvals: Vec<Approval>,
    /// Actions begun without approval, in order.
    pub unauthorised: Vec<Unauthorised>,
    /// Mistakes made, in order.
    pub trapped: Vec<Trapped>,
    /// Readings per meter, in order.
    pub meters: BTreeMap<MeterId, Vec<MeterReading>>,
    /// Obligations that started, were filed, waived or missed.
    pub clocks: BTreeMap<ClockId, ClockCourse>,
    /// Injects that were not to be delivered, and why.
    pub skipped: BTreeMap<InjectId, String>,
    /// The first hint given for an expected action.
    pub hints: BTreeMap<ExpectedId, (u64, SimTime)>,
    /// Who sat where, and when.
    pub sittings: Vec<Sitting>,
    /// Opened: which seat, when.
    pub opened: BTreeMap<ItemId, Vec<(SeatId, u64, SimTime)>>,
    /// Acknowledged: which seat, when.
    pub acknowledged: BTreeMap<ItemId, Vec<(SeatId, u64, SimTime)>>,
    /// Entry and time of EndEx.
    pub ended: Option<(u64, SimTime)>,
    /// Exercise time of EndEx; of the last entry while play goes on.
    pub end: SimTime,
    assets: BTreeMap<(AssetId, &'static str), Vec<(u64, &'a Attr)>>,
    alerts: BTreeMap<&'a ItemId, &'a Item>,
}

/// Alerts by number, known before their sensor's event is read: which of the two comes first is not ours
/// to say.
fn alerts(transcript: &Transcript) -> BTreeMap<&ItemId, &Item> {
    let items = transcript.events().filter_map(|(_, e)| match &e.fact {
        Fact::Delivered { item } if item.kind == ItemKind::Alert => Some(&**item),
        _ => None,
    });
    items.map(|item| (&item.id, item)).collect()
}

impl<'a> Record<'a> {
    /// Reads a transcript once.
    #[must_use]
    pub fn new(scenario: &'a Scenario, transcript: &'a Transcript) -> Self {
        let mut record = Self {
            scenario,
            events: BTreeMap::new(),
            cues: BTreeMap::new(),
            tasks: BTreeMap::new(),
            tellings: Vec::new(),
            messages: Vec::new(),
            deliveries: Vec::new(),
            approvals: Vec::new(),
            unauthorised: Vec::new(),
            trapped: Vec::new(),
            meters: BTreeMap::new(),
            clocks: BTreeMap::new(),
            skipped: BTreeMap::new(),
            hints: BTreeMap::new(),
            sittings: Vec::new(),
            opened: BTreeMap::new(),
            acknowledged: BTreeMap::new(),
            ended: None,
            end: transcript.end(),
            assets: BTreeMap::new(),
            alerts: alerts(transcript),
        };
        let flags = cue::Flags::new(scenario);
        for entry in &transcript.entries {
            let Body::Event(event) = &entry.body else { continue };
            // What happens after EndEx (people standing up, late notes) is kept but never scored; the
            // last readings of the meters may be written after it.
            if record.ended.is_some() && !matches!(event.fact, Fact::MeterRead { .. }) {
                record.events.insert(entry.n, event);
                continue;
            }
            record.take(entry.n, event, &flags);
        }
        if let Some((_, at)) = record.ended {
            record.end = at;
        }
        record
    }

    fn take(&mut self, n: u64, event: &'a Event, flags: &cue::Flags<'a>) {
        self.events.insert(n, event);
        let at = event.at;
        match &event.fact {
            Fact::SeatTaken { seat, person } => {
                self.stand_up(seat, n, at);
                self.sittings.push(Sitting { seat: seat.clone(), person: person.clone(), from: (n, at), to: None });
            }
            Fact::SeatLeft { seat } => self.stand_up(seat, n, at),
            Fact::Ended => self.ended = Some((n, at)),
            Fact::Delivered { item } => {
                self.deliveries.push(Delivery { entry: n, at, item, audience: &event.audience });
            }
            Fact::Opened { seat, item } => self.opened.entry(item.clone()).or_default().push((seat.clone(), n, at)),
            Fact::Acknowledged { seat, item } => {
                self.acknowledged.entry(item.clone()).or_default().push((seat.clone(), n, at));
            }
            Fact::Tasked { seat, by, work } => {
                self.tasks.insert((seat.clone(), work.clone()), by.clone());
            }
            Fact::JobStarted { work: Work::Action(action, _), by, authorised: false, .. } => {
                self.unauthorised.push(Unauthorised { entry: n, at, by: by.clone(), action: action.clone() });
            }
            Fact::MeterRead { meter, value, per_hour } => {
                let reading = MeterReading { entry: n, at, value: *value, per_hour: *per_hour };
                self.meters.entry(meter.clone()).or_default().push(reading);
            }
            Fact::AssetChanged { asset, now } => {
                self.assets.entry((asset.clone(), now.kind())).or_default().push((n, now));
            }
            Fact::Trapped { trap, by } => {
                self.trapped.push(Trapped { entry: n, at, trap: trap.clone(), by: by.clone() });
            }
            other => self.take_words(n, at, other),
        }
        self.note_cues(n, event, flags);
    }

    /// What people tell, ask and approve, and the obligations that follow.
    fn take_words(&mut self, n: u64, at: SimTime, fact: &'a Fact) {
        match fact {
            Fact::Paged { party, by, .. } => self.tell(Telling {
                entry: n,
                at,
                by: by.clone(),
                party: party.clone(),
                via: None,
                product: None,
                approved: None,
                re: None,
                answered: None,
            }),
            // Who is asked by name to do something has been told.
            Fact::Tasked { seat, by, .. } => self.tell(Telling {
                entry: n,
                at,
                by: by.clone(),
                party: PartyId::from(seat),
                via: Some(self.scenario.channels.first().map_or_else(|| "unknown".into(), |c| c.id.clone())),
                product: None,
                approved: None,
                re: None,
                answered: None,
            }),
            Fact::PageAnswered { party, .. } => {
                for page in self.tellings.iter_mut().filter(|t| t.is_page() && t.party == *party) {
                    page.answered.get_or_insert(at);
                }
            }
            Fact::InjectSkipped { inject, reason } => {
                self.skipped.insert(inject.clone(), reason.clone());
            }
            Fact::HintGiven { expected: Some(expected), .. } => {
                self.hints.entry(expected.clone()).or_insert((n, at));
            }
            Fact::Sent { message } => {
                self.messages.push(Message { entry: n, at, sent: message });
                for party in message.draft.to.iter().collect::<BTreeSet<_>>() {
                    self.tell(Telling {
                        entry: n,
                        at,
                        by: message.by.clone(),
                        party: party.clone(),
                        // `via` is always filled in; a message without one is still no page.
                        via: Some(message.draft.via.clone().unwrap_or_else(|| "unknown".into())),
                        product: message.draft.product.clone(),
                        approved: message.approved,
                        re: message.draft.re.clone(),
                        answered: None,
                    });
                }
            }
            Fact::ApprovalGiven { of, subject, .. } => self.approve(n, at, of, subject, true),
            Fact::ApprovalRefused { of, subject, .. } => self.approve(n, at, of, subject, false),
            Fact::ClockStarted { clock, anchor, due, .. } => {
                let course = self.clocks.entry(clock.clone()).or_default();
                if course.started.is_none() {
                    course.started = Some((n, at, *due));
                    course.anchor.clone_from(anchor);
                }
            }
            Fact::ClockOverdue { clock } => {
                self.clocks.entry(clock.clone()).or_default().overdue.get_or_insert((n, at));
            }
            Fact::ClockFiled { clock, item } => {
                self.clocks.entry(clock.clone()).or_default().filed.get_or_insert((n, at, item.clone()));
            }
            Fact::ClockWaived { clock, decision, reason } => {
                let course = self.clocks.entry(clock.clone()).or_default();
                course.waived.get_or_insert((n, at, decision.clone(), reason.clone()));
            }
            _ => {}
        }
    }

    fn stand_up(&mut self, seat: &SeatId, n: u64, at: SimTime) {
        for sitting in self.sittings.iter_mut().filter(|s| s.seat == *seat) {
            sitting.to.get_or_insert((n, at));
        }
    }

    fn tell(&mut self, telling: Telling) {
        if telling.party.as_str() != telling.by.as_str() {
            self.tellings.push(telling);
        }
    }

    fn approve(&mut self, entry: u64, at: SimTime, of: &PartyId, subject: &Subject, granted: bool) {
        self.approvals.push(Approval { entry, at, of: of.clone(), subject: subject.clone(), granted });
    }

    /// Every time a cue happened, in order.
    #[must_use]
    pub fn all(&self, cue: &Cue) -> &[Happening] {
        self.cues.get(cue).map_or(&[], Vec::as_slice)
    }

    /// The first time a cue happened.
    #[must_use]
    pub fn first(&self, cue: &Cue) -> Option<&Happening> {
        self.all(cue).first()
    }

    /// The first time a cue happened, if that was at or before an entry.
    #[must_use]
    pub fn first_by(&self, cue: &Cue, entry: u64) -> Option<&Happening> {
        self.first(cue).filter(|h| h.entry <= entry)
    }

    /// The event of an entry.
    #[must_use]
    pub fn event(&self, entry: u64) -> Option<&'a Event> {
        self.events.get(&entry).copied()
    }

    /// EndEx, or the last event while play goes on.
    #[must_use]
    pub fn last_entry(&self) -> Option<u64> {
        self.ended.map(|(n, _)| n).or_else(|| self.events.last_key_value().map(|(n, _)| *n))
    }

    /// Whether a person sat at the seat when an entry was written.
    #[must_use]
    pub fn held(&self, seat: &SeatId, entry: u64) -> bool {
        self.sittings
            .iter()
            .any(|s| s.seat == *seat && s.from.0 <= entry && s.to.is_none_or(|(until, _)| until > entry))
    }

    /// The seats persons sat at when an entry was written.
    #[must_use]
    pub fn held_seats(&self, entry: u64) -> BTreeSet<&SeatId> {
        self.sittings.iter().map(|s| &s.seat).filter(|seat| self.held(seat, entry)).collect()
    }

    /// Whether an actor was one of `by`, or nobody else was: when the simulation cell plays every seat of a
    /// list, whoever is at the table may act for them. An empty list means anyone.
    #[must_use]
    pub fn may(&self, by: &[SeatId], actor: Option<&SeatId>, entry: u64) -> bool {
        by.is_empty() || actor.is_some_and(|a| by.contains(a)) || by.iter().all(|seat| !self.held(seat, entry))
    }

    /// Like [`Record::may`], where the seat that asked for the work counts like the one that did it.
    #[must_use]
    pub fn may_have(&self, by: &[SeatId], done: &Happening) -> bool {
        self.may(by, done.by.as_ref(), done.entry) || done.asked_by.as_ref().is_some_and(|asker| by.contains(asker))
    }

    /// When an inject first stood before a person: delivered to a seat somebody held, or held by
    /// somebody later. In a transcript with nobody at the table: when it was first delivered.
    #[must_use]
    pub fn reached(&self, inject: &InjectId) -> Option<Happening> {
        let deliveries = self.deliveries.iter().filter(|d| d.item.inject.as_ref() == Some(inject));
        let found = if self.sittings.is_empty() {
            deliveries.map(|d| (d.at, d.entry)).min()
        } else {
            deliveries.filter_map(|d| self.stood_before(d).map(|at| (at, d.entry))).min()
        };
        found.map(|(at, entry)| Happening { entry, at, by: None, asked_by: None })
    }

    fn stood_before(&self, delivery: &Delivery<'_>) -> Option<SimTime> {
        let here = self.sittings.iter().filter(|s| delivery.audience.includes(&s.seat));
        here.filter_map(|s| match s.to {
            Some((until, _)) if until <= delivery.entry => None,
            _ => Some(s.from.1.max(delivery.at)),
        })
        .min()
    }

    /// The injects the table had got by the time an entry was written: what one seat reads, the room knows.
    #[must_use]
    pub fn injects_before(&self, entry: u64) -> BTreeMap<&InjectId, &'a Item> {
        let here = self.held_seats(entry);
        let mut known = BTreeMap::new();
        for d in self.deliveries.iter().take_while(|d| d.entry <= entry) {
            if let Some(inject) = &d.item.inject
                && (self.sittings.is_empty() || here.iter().any(|s| d.audience.includes(s)))
            {
                known.entry(inject).or_insert(d.item);
            }
        }
        known
    }

    /// Results, alerts and answers of the cell handed to anybody by the time an entry was written, by number.
    #[must_use]
    pub fn papers_before(&self, entry: u64) -> Vec<(&'a str, &'a str)> {
        let handed = self.deliveries.iter().take_while(|d| d.entry <= entry).map(|d| d.item);
        let papers = handed.filter(|i| matches!(i.kind, ItemKind::Result | ItemKind::Alert | ItemKind::Reply));
        papers.map(|i| (i.id.as_str(), i.body.as_str())).collect::<BTreeMap<_, _>>().into_iter().collect()
    }

    /// What a meter read at a moment: the last reading before it, moved on at the rate it had then.
    #[must_use]
    pub fn meter_at(&self, meter: &MeterId, at: SimTime) -> Option<i64> {
        let readings = self.meters.get(meter)?;
        let last = readings.iter().rev().find(|r| r.at <= at).or_else(|| readings.first())?;
        let moved = i128::from(last.per_hour) * i128::from(at.since(last.at).0) / 3_600_000;
        Some(last.value.saturating_add(i64::try_from(moved).unwrap_or(i64::MAX)))
    }

    /// Whether anybody at the table did anything but read.
    #[must_use]
    pub fn anybody_acted(&self) -> bool {
        let acts = |fact: &Fact| {
            matches!(
                fact,
                Fact::JobStarted { .. }
                    | Fact::Tasked { .. }
                    | Fact::Paged { .. }
                    | Fact::Sent { .. }
                    | Fact::ApprovalRequested { .. }
                    | Fact::Declared { .. }
                    | Fact::Decided { .. }
                    | Fact::Ticked { .. }
                    | Fact::Logged { .. }
                    | Fact::Acknowledged { .. }
            )
        };
        let end = self.ended.map_or(Bound::Unbounded, |(n, _)| Bound::Included(n));
        self.events.range((Bound::Unbounded, end)).any(|(_, e)| acts(&e.fact))
    }

    /// Who a party had written to or called before an entry: then telling them is an answer.
    #[must_use]
    pub fn had_contacted_us(&self, party: &PartyId, entry: u64) -> Option<&Delivery<'a>> {
        self.deliveries
            .iter()
            .take_while(|d| d.entry < entry)
            .find(|d| d.item.from.id.as_ref() == Some(party) && d.item.kind == ItemKind::Inject)
    }

    /// Whether a seat was already part of it before an entry: it had got an inject or an alert, been told,
    /// or acted.
    #[must_use]
    pub fn involved(&self, seat: &SeatId, entry: u64) -> bool {
        let got = self.deliveries.iter().take_while(|d| d.entry < entry).any(|d| match d.audience {
            Audience::Seats(seats) => seats.contains(seat),
            Audience::Everyone | Audience::Staff => false,
        });
        let told = self
            .tellings
            .iter()
            .take_while(|t| t.entry < entry)
            .any(|t| t.party.as_str() == seat.as_str() || t.by == *seat);
        let worked = || {
            self.events.range(..entry).any(|(_, e)| match &e.fact {
                Fact::JobStarted { by, .. } | Fact::Tasked { seat: by, .. } => by == seat,
                _ => false,
            })
        };
        got || told || worked()
    }
}
