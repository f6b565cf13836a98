//! A scenario made ready to run: ids become slots, cues become numbers, conditions are resolved.
//!
//! Built once per scenario and shared by every run of it.

use protocol::{
    ActionId, AssetId, Evidence, Exposure, Integrity, Isolation, MeterId, Pack, PartyId, SeatId, Sender, Service,
    SimTime, Span,
};
use scenarios::{
    Calendar,
    model::{Cell, Cond, Cue, Scenario, Trigger},
};
use std::{collections::BTreeMap, sync::Arc};

/// Number of a cue.
pub(crate) type CueIx = usize;

/// A scenario made ready to run.
pub struct Plan {
    pub(crate) script: Arc<Scenario>,
    pub(crate) pack: Arc<Pack>,
    pub(crate) calendar: Calendar,
    pub(crate) cues: BTreeMap<Cue, CueIx>,
    /// What a cue brings on, by its number.
    pub(crate) hooks: Vec<Vec<Hook>>,
    pub(crate) at: Vec<(SimTime, Fires, Option<CueIx>)>,
    pub(crate) when: Vec<(Test, Fires)>,
    pub(crate) people: Vec<Persona>,
    pub(crate) assets: BTreeMap<AssetId, usize>,
    pub(crate) meters: BTreeMap<MeterId, usize>,
    pub(crate) actions: BTreeMap<ActionId, usize>,
    pub(crate) flows: Vec<Vec<(i64, Test)>>,
    pub(crate) step_needs: Vec<Test>,
    pub(crate) sensor_works: Vec<Test>,
    pub(crate) action_needs: Vec<Test>,
    pub(crate) action_results: Vec<Vec<Test>>,
    pub(crate) query_results: Vec<Vec<Test>>,
    pub(crate) traps: Vec<Option<Test>>,
    pub(crate) lines: Vec<Vec<Option<Test>>>,
    pub(crate) approvals: Vec<Vec<Test>>,
    pub(crate) dependencies: Vec<Vec<usize>>,
    /// Readings that conditions ask for, by meter.
    pub(crate) thresholds: Vec<Vec<i64>>,
    /// Times that conditions ask for.
    pub(crate) moments: Vec<Span>,
}

/// What a trigger sets off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fires {
    Inject(usize),
    Rule(usize),
    Step(usize),
}

/// What happens because a cue happened for the first time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hook {
    /// Something fires after a while, unless a second cue happened meanwhile.
    Fire(Fires, Span, Option<CueIx>),
    /// Somebody says a line.
    Line { person: usize, line: usize },
    /// A sensor may see it.
    Sight { sensor: usize, sight: usize },
    /// The catalogue grows by an action.
    OfferAction(usize),
    /// The catalogue grows by a query.
    OfferQuery(usize),
    /// An obligation starts.
    Anchor(usize),
    /// A condition asks how long ago it was: look again then.
    Wake(Span),
    /// It may be a mistake (every time, until the trap has sprung).
    Trap(usize),
}

/// Someone the simulation cell can play: the seats first, then the parties.
pub(crate) struct Persona {
    pub(crate) id: PartyId,
    pub(crate) seat: Option<SeatId>,
    pub(crate) sender: Sender,
    pub(crate) cell: Cell,
}

/// Which asset a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    At(usize),
    /// The asset an action works on.
    Target,
    /// Named by nobody: the condition never holds. `check` refuses such scenarios.
    Nowhere,
}

/// A condition with its names resolved.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Done(CueIx),
    Before(CueIx, CueIx),
    DoneFor(CueIx, Span),
    Integrity(Slot, Integrity),
    Isolation(Slot, Isolation),
    Service(Slot, Service),
    Exposure(Slot, Exposure),
    Evidence(Slot, Evidence),
    Version(Slot, String),
    AtLeast(usize, i64),
    After(Span),
    Held(usize),
    Target(Slot),
    Never,
}

impl Plan {
    /// Resolves a scenario. One with unknown ids still runs (what names nothing never happens); `check`
    /// in the `scenarios` crate is where authors are told.
    #[must_use]
    pub fn new(script: Arc<Scenario>, pack: Arc<Pack>) -> Self {
        let mut b = Builder::new(&script);
        let step_needs = script.adversary.steps.iter().map(|s| b.test(&s.needs)).collect();
        let flows = script.meters.iter().map(|m| m.flows.iter().map(|f| (f.per_hour, b.test(&f.while_))).collect());
        let flows = flows.collect();
        let sensor_works = script.sensors.iter().map(|s| b.test(&s.works)).collect();
        let action_needs = script.actions.iter().map(|a| b.test(&a.needs)).collect();
        let results =
            |b: &mut Builder<'_>, r: &[scenarios::model::Outcome]| r.iter().map(|o| b.test(&o.when)).collect();
        let action_results = script.actions.iter().map(|a| results(&mut b, &a.results)).collect();
        let query_results = script.queries.iter().map(|q| results(&mut b, &q.results)).collect();
        let traps = script.traps.iter().map(|t| t.unless.as_ref().map(|c| b.test(c))).collect();
        let people = personas(&script);
        let lines = people.iter().map(|p| p.cell.lines.iter().map(|l| l.if_.as_ref().map(|c| b.test(c))).collect());
        let lines = lines.collect();
        let approvals = people.iter().map(|p| p.cell.approvals.iter().map(|r| b.test(&r.if_)).collect()).collect();
        b.triggers();
        b.listeners(&people);
        let dependencies = script
            .assets
            .iter()
            .map(|a| a.depends_on.iter().filter_map(|d| b.assets.get(d).copied()).collect())
            .collect();
        let actions = script.actions.iter().enumerate().map(|(i, a)| (a.id.clone(), i)).collect();
        let calendar = Calendar::parse(&script.starts_at).unwrap_or_else(|_| Calendar::at(0));
        let Builder { cues, mut hooks, at, when, assets, meters, thresholds, moments, .. } = b;
        hooks.resize_with(cues.len(), Vec::new);
        Self {
            pack,
            calendar,
            cues,
            hooks,
            at,
            when,
            people,
            assets,
            meters,
            actions,
            flows,
            step_needs,
            sensor_works,
            action_needs,
            action_results,
            query_results,
            traps,
            lines,
            approvals,
            dependencies,
            thresholds,
            moments,
            script,
        }
    }

    /// The scenario it runs.
    #[must_use]
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.script
    }

    pub(crate) fn person(&self, id: &str) -> Option<usize> {
        self.people.iter().position(|p| p.id.as_str() == id)
    }
}

fn personas(script: &Scenario) -> Vec<Persona> {
    let seats = script.seats.iter().map(|s| Persona {
        id: PartyId::from(&s.id),
        seat: Some(s.id.clone()),
        sender: Sender { id: Some(PartyId::from(&s.id)), name: s.name.clone(), title: s.title.clone() },
        cell: s.cell.clone(),
    });
    let parties = script.parties.iter().map(|p| Persona {
        id: p.id.clone(),
        seat: None,
        sender: Sender { id: Some(p.id.clone()), name: p.name.clone(), title: p.title.clone() },
        cell: p.cell.clone(),
    });
    seats.chain(parties).collect()
}

struct Builder<'a> {
    script: &'a Scenario,
    cues: BTreeMap<Cue, CueIx>,
    hooks: Vec<Vec<Hook>>,
    at: Vec<(SimTime, Fires, Option<CueIx>)>,
    when: Vec<(Test, Fires)>,
    assets: BTreeMap<AssetId, usize>,
    meters: BTreeMap<MeterId, usize>,
    thresholds: Vec<Vec<i64>>,
    moments: Vec<Span>,
}

impl<'a> Builder<'a> {
    fn new(script: &'a Scenario) -> Self {
        Self {
            script,
            cues: BTreeMap::new(),
            hooks: Vec::new(),
            at: Vec::new(),
            when: Vec::new(),
            assets: script.assets.iter().enumerate().map(|(i, a)| (a.id.clone(), i)).collect(),
            meters: script.meters.iter().enumerate().map(|(i, m)| (m.id.clone(), i)).collect(),
            thresholds: vec![Vec::new(); script.meters.len()],
            moments: Vec::new(),
        }
    }

    fn cue(&mut self, cue: &Cue) -> CueIx {
        let next = self.cues.len();
        *self.cues.entry(cue.clone()).or_insert(next)
    }

    fn hook(&mut self, cue: &Cue, hook: Hook) {
        let ix = self.cue(cue);
        if self.hooks.len() <= ix {
            self.hooks.resize_with(ix + 1, Vec::new);
        }
        self.hooks[ix].push(hook);
    }

    fn triggers(&mut self) {
        let script = self.script;
        for (i, inject) in script.injects.iter().enumerate() {
            self.trigger(&inject.trigger, Fires::Inject(i));
        }
        for (i, rule) in script.rules_of_the_world.iter().enumerate() {
            self.trigger(&rule.trigger, Fires::Rule(i));
        }
        for (i, step) in script.adversary.steps.iter().enumerate() {
            self.trigger(&step.starts, Fires::Step(i));
        }
    }

    fn trigger(&mut self, trigger: &Trigger, fires: Fires) {
        match trigger {
            Trigger::At(span) => self.at.push((SimTime::ZERO + *span, fires, None)),
            Trigger::After(cue, delay) => self.hook(cue, Hook::Fire(fires, *delay, None)),
            Trigger::When(cond) => {
                let test = self.test(cond);
                self.when.push((test, fires));
            }
            Trigger::Unless { done, by } => {
                let done = self.cue(done);
                self.at.push((SimTime::ZERO + *by, fires, Some(done)));
            }
            Trigger::UnlessAfter { done, from, within } => {
                let done = self.cue(done);
                self.hook(from, Hook::Fire(fires, *within, Some(done)));
            }
            Trigger::ByHand => {}
        }
    }

    fn listeners(&mut self, people: &[Persona]) {
        let script = self.script;
        for (person, p) in people.iter().enumerate() {
            for (line, l) in p.cell.lines.iter().enumerate() {
                self.hook(&l.on, Hook::Line { person, line });
            }
        }
        for (sensor, s) in script.sensors.iter().enumerate() {
            for (sight, what) in s.sees.iter().enumerate() {
                self.hook(&what.on, Hook::Sight { sensor, sight });
            }
        }
        for (i, clock) in script.clocks.iter().enumerate() {
            for cue in &clock.anchored_by {
                self.hook(cue, Hook::Anchor(i));
            }
            if let Some(earlier) = &clock.chained_to {
                self.hook(&Cue::Filed(earlier.clone()), Hook::Anchor(i));
            }
            if let Some((cue, _)) = &clock.cap {
                self.cue(cue);
            }
            self.cue(&Cue::Sent(clock.product.clone()));
            for party in &clock.to {
                self.cue(&Cue::SentTo(clock.product.clone(), party.clone()));
            }
        }
        for (i, action) in script.actions.iter().enumerate() {
            if let Some(cue) = &action.appears {
                self.hook(cue, Hook::OfferAction(i));
            }
        }
        for (i, query) in script.queries.iter().enumerate() {
            if let Some(cue) = &query.appears {
                self.hook(cue, Hook::OfferQuery(i));
            }
        }
        for (i, trap) in script.traps.iter().enumerate() {
            self.hook(&trap.on, Hook::Trap(i));
        }
        // Read by the door: approvals on record, and what a hint may be about.
        for action in script.actions.iter().filter(|a| a.approval.is_some()) {
            self.cue(&Cue::ApprovedAction(action.id.clone()));
        }
        for product in script.products.iter().filter(|p| p.approval.is_some()) {
            self.cue(&Cue::ApprovedProduct(product.id.clone()));
        }
        for expected in &script.expected {
            self.cue(&Cue::Delivered(expected.called_for_by.clone()));
            for cue in &expected.any_of {
                self.cue(cue);
            }
        }
    }

    fn slot(&self, asset: &AssetId) -> Slot {
        match self.assets.get(asset) {
            Some(&slot) => Slot::At(slot),
            None if asset.as_str() == "target" => Slot::Target,
            None => Slot::Nowhere,
        }
    }

    fn test(&mut self, cond: &Cond) -> Test {
        match cond {
            Cond::All(all) => Test::All(all.iter().map(|c| self.test(c)).collect()),
            Cond::Any(any) => Test::Any(any.iter().map(|c| self.test(c)).collect()),
            Cond::Not(not) => Test::Not(Box::new(self.test(not))),
            Cond::Done(cue) => Test::Done(self.cue(cue)),
            Cond::Before(first, second) => Test::Before(self.cue(first), self.cue(second)),
            Cond::DoneFor(cue, span) => {
                self.hook(cue, Hook::Wake(*span));
                Test::DoneFor(self.cue(cue), *span)
            }
            Cond::Integrity(a, v) => Test::Integrity(self.slot(a), *v),
            Cond::Isolation(a, v) => Test::Isolation(self.slot(a), *v),
            Cond::Service(a, v) => Test::Service(self.slot(a), *v),
            Cond::Exposure(a, v) => Test::Exposure(self.slot(a), *v),
            Cond::Evidence(a, v) => Test::Evidence(self.slot(a), *v),
            Cond::Version(a, v) => Test::Version(self.slot(a), v.clone()),
            Cond::AtLeast(m, v) => match self.meters.get(m) {
                Some(&m) => {
                    self.thresholds[m].push(*v);
                    Test::AtLeast(m, *v)
                }
                None => Test::Never,
            },
            Cond::After(span) => {
                self.moments.push(*span);
                Test::After(*span)
            }
            Cond::Held(seat) => self.script.seats.iter().position(|s| s.id == *seat).map_or(Test::Never, Test::Held),
            Cond::Target(a) => Test::Target(self.slot(a)),
        }
    }
}
