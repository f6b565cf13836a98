//! What can happen at all, and when at the earliest.
//!
//! The scenario is read as a graph: injects, steps, rules and clocks wait for cues; seats, effects
//! and time bring cues about. Earliest times are lowered until nothing changes. Everything people
//! can do counts as done at once, and a `Not` as fulfilled, so a time is a lower bound, and what
//! stays without one can never happen.

use super::{
    name::{Names, decisions},
    walk::{Cause, Walk},
};
use crate::model::{Action, Asset, Cond, Cue, Effect, Inject, Meter, Outcome, Query, Scenario, Step, Trigger};
use protocol::{AssetId, Attr, Evidence};
use std::collections::{BTreeMap, BTreeSet};

/// Milliseconds since StartEx; `None`: never.
type When = Option<u64>;

/// Earliest times of all that waits for something.
pub(crate) struct Reach<'a> {
    s: &'a Scenario,
    index: Index<'a>,
    /// Cues that name something unknown: a fault of its own, and taken here as possible.
    unknown: BTreeSet<&'a Cue>,
    injects: BTreeMap<&'a str, u64>,
    steps: BTreeMap<&'a str, u64>,
    flags: BTreeMap<&'a str, u64>,
    clocks: BTreeMap<&'a str, u64>,
    /// States an asset can come to have, beside the one it starts with.
    states: BTreeSet<(&'a str, Attr)>,
    added: BTreeSet<&'a str>,
    tipped: When,
}

/// Definitions by id, so that a large scenario stays quick to check.
struct Index<'a> {
    injects: BTreeMap<&'a str, &'a Inject>,
    steps: BTreeMap<&'a str, &'a Step>,
    actions: BTreeMap<&'a str, &'a Action>,
    queries: BTreeMap<&'a str, &'a Query>,
    assets: BTreeMap<&'a str, &'a Asset>,
    meters: BTreeMap<&'a str, &'a Meter>,
    decisions: BTreeMap<&'a str, &'a str>,
}

impl<'a> Reach<'a> {
    pub(crate) fn of(s: &'a Scenario, walk: &Walk<'a>, names: &Names<'a>) -> Self {
        let index = Index {
            injects: s.injects.iter().map(|x| (x.id.as_str(), x)).collect(),
            steps: s.adversary.steps.iter().map(|x| (x.id.as_str(), x)).collect(),
            actions: s.actions.iter().map(|x| (x.id.as_str(), x)).collect(),
            queries: s.queries.iter().map(|x| (x.id.as_str(), x)).collect(),
            assets: s.assets.iter().map(|x| (x.id.as_str(), x)).collect(),
            meters: s.meters.iter().map(|x| (x.id.as_str(), x)).collect(),
            decisions: decisions(s).map(|(i, d)| (d.id.as_str(), s.injects[i].id.as_str())).collect(),
        };
        let has = |r: &super::walk::Ref<'_>| names.has(r.kind, r.within, r.id);
        let unknown = walk.cues.iter().filter(|c| !walk.refs[c.refs.clone()].iter().all(has));
        let mut reach = Self {
            s,
            index,
            unknown: unknown.map(|c| c.cue).collect(),
            injects: BTreeMap::new(),
            steps: BTreeMap::new(),
            flags: BTreeMap::new(),
            clocks: BTreeMap::new(),
            states: BTreeSet::new(),
            added: BTreeSet::new(),
            tipped: None,
        };
        // Each round settles at least one more thing; a bound all the same.
        let bound = s.injects.len() + s.adversary.steps.len() + s.clocks.len() + walk.effects.len() + 4;
        for _ in 0..bound {
            if !reach.round(walk) {
                break;
            }
        }
        reach
    }

    fn round(&mut self, walk: &Walk<'a>) -> bool {
        let mut changed = false;
        for inject in &self.s.injects {
            let at = self.trigger(&inject.trigger);
            changed |= lower(&mut self.injects, inject.id.as_str(), at);
        }
        for step in &self.s.adversary.steps {
            let starts = [self.trigger(&step.starts), self.tipped].into_iter().flatten().min();
            let at = starts.and_then(|t| Some(t.max(self.cond(&step.needs)?)));
            changed |= lower(&mut self.steps, step.id.as_str(), at);
        }
        for clock in &self.s.clocks {
            let anchor = clock.anchored_by.iter().filter_map(|c| self.cue(c)).min();
            let at = match &clock.chained_to {
                Some(x) => self.clocks.get(x.as_str()).map(|filed| anchor.map_or(*filed, |a| a.max(*filed))),
                None => anchor,
            };
            changed |= lower(&mut self.clocks, clock.id.as_str(), at);
        }
        for e in &walk.effects {
            if let Some(at) = self.cause(e.cause) {
                changed |= self.effect(e.effect, e.cause, at);
            }
        }
        changed
    }

    fn effect(&mut self, effect: &'a Effect, cause: Cause<'a>, at: u64) -> bool {
        match effect {
            Effect::Release(x) => lower(&mut self.injects, x.as_str(), Some(at)),
            Effect::Flag(flag) => lower(&mut self.flags, flag, Some(at)),
            Effect::Add(x, by) => *by > 0 && self.added.insert(x.as_str()),
            Effect::TipOff(_) => {
                let sooner = self.tipped.is_none_or(|t| at < t);
                if sooner {
                    self.tipped = Some(at);
                }
                sooner
            }
            Effect::Set(x, attr) => self.set(x, attr, cause),
            Effect::Wipe(x) => self.set(x, &Attr::Evidence(Evidence::Destroyed), cause),
            Effect::Cancel(_) | Effect::EndCampaign | Effect::Reveal(..) => false,
        }
    }

    fn set(&mut self, asset: &'a AssetId, attr: &Attr, cause: Cause<'a>) -> bool {
        let targets: &[AssetId] = match cause {
            Cause::Began(action) | Cause::Acted(action, _) if asset.as_str() == "target" => &action.targets,
            _ => std::slice::from_ref(asset),
        };
        targets.iter().fold(false, |any, t| self.states.insert((t.as_str(), attr.clone())) | any)
    }

    fn cause(&self, cause: Cause<'a>) -> When {
        match cause {
            Cause::Delivered(inject) | Cause::Decided(inject) => self.injects.get(inject.id.as_str()).copied(),
            Cause::Rule(rule) => self.trigger(&rule.trigger),
            Cause::Line(line) => {
                let at = self.cue(&line.on)?.max(line.if_.as_ref().map_or(Some(0), |c| self.cond(c))?);
                Some(at + line.after.map_or(0, |s| s.0))
            }
            Cause::Began(action) => self.began(action),
            Cause::Acted(action, outcome) => Some((self.began(action)? + action.takes.0.0).max(self.outcome(outcome)?)),
            Cause::Queried(query, outcome) => Some(query.takes.0.0.max(self.outcome(outcome)?)),
            Cause::StepDone(step) => self.cue(&Cue::StepDone(step.id.clone())),
            Cause::StepBlocked(step) => self.trigger(&step.starts),
        }
    }

    fn outcome(&self, outcome: &Outcome) -> When {
        self.cond(&outcome.when)
    }

    fn began(&self, action: &Action) -> When {
        if action.by.is_empty() { None } else { self.cond(&action.needs) }
    }

    /// When a trigger can first come true.
    pub(crate) fn trigger(&self, trigger: &Trigger) -> When {
        match trigger {
            Trigger::At(at) => Some(at.0),
            Trigger::After(cue, span) => Some(self.cue(cue)? + span.0),
            Trigger::When(cond) => self.cond(cond),
            Trigger::Unless { by, .. } => Some(by.0),
            Trigger::UnlessAfter { from, within, .. } => Some(self.cue(from)? + within.0),
            Trigger::ByHand => Some(0),
        }
    }

    /// Whether everything a cue names is there.
    pub(crate) fn is_known(&self, cue: &Cue) -> bool {
        !self.unknown.contains(cue)
    }

    /// When a cue can first happen.
    pub(crate) fn cue(&self, cue: &Cue) -> When {
        if !self.is_known(cue) {
            return Some(0);
        }
        match cue {
            Cue::Start | Cue::Logged | Cue::Ticked(_) | Cue::Told(_) | Cue::Paged(_) => Some(0),
            Cue::Delivered(x) | Cue::Opened(x) | Cue::Acknowledged(x) => self.injects.get(x.as_str()).copied(),
            Cue::Began(x) => self.began(self.index.actions.get(x.as_str())?),
            Cue::Acted(x) => self.acted(x.as_str(), true),
            Cue::Failed(x) => self.acted(x.as_str(), false),
            Cue::ActedOn(x, asset) => {
                let action = self.index.actions.get(x.as_str())?;
                if action.targets.contains(asset) { self.acted(x.as_str(), true) } else { None }
            }
            Cue::Queried(x) => self.index.queries.get(x.as_str()).filter(|q| !q.by.is_empty()).map(|q| q.takes.0.0),
            Cue::SentVia(x) => self.s.channels.iter().any(|c| c.id == *x && c.writable).then_some(0),
            Cue::Sent(x) | Cue::SentTo(x, _) => self.s.products.iter().any(|p| p.id == *x).then_some(0),
            Cue::ApprovedProduct(x) => self.s.products.iter().any(|p| p.id == *x && p.approval.is_some()).then_some(0),
            Cue::ApprovedAction(x) => self.index.actions.get(x.as_str()).filter(|a| a.approval.is_some()).map(|_| 0),
            Cue::Declared(x) => self.s.declarations.iter().any(|d| d.id == *x).then_some(0),
            Cue::DeclaredAs(x, v) => {
                let has = |d: &crate::model::Declaration| d.id == *x && d.values.iter().any(|(value, _)| value == v);
                self.s.declarations.iter().any(has).then_some(0)
            }
            Cue::Decided(x) | Cue::DecidedAs(x, _) => self.injects.get(self.index.decisions.get(x.as_str())?).copied(),
            Cue::ClockStarted(x) | Cue::Filed(x) => self.clocks.get(x.as_str()).copied(),
            Cue::StepStarted(x) => self.steps.get(x.as_str()).copied(),
            Cue::StepDone(x) => {
                Some(self.steps.get(x.as_str())? + self.index.steps.get(x.as_str()).map_or(0, |s| self.fastest(s)))
            }
            Cue::StepBlocked(x) => {
                let step = self.index.steps.get(x.as_str())?;
                if step.needs == crate::model::always() { None } else { self.trigger(&step.starts) }
            }
            Cue::Detected(x) => self.detected(x.as_str()),
            Cue::Flag(flag) => self.flags.get(flag.as_str()).copied(),
        }
    }

    /// A tip-off can make a step quicker than its author wrote.
    fn fastest(&self, step: &Step) -> u64 {
        if self.tipped.is_some() { 0 } else { step.takes.0.0 }
    }

    fn acted(&self, action: &str, done: bool) -> When {
        let action = self.index.actions.get(action)?;
        let began = self.began(action)?;
        let ends = |o: &Outcome| Some(self.outcome(o)?.max(began + action.takes.0.0));
        let found = action.results.iter().filter(|o| o.done == done).filter_map(ends).min();
        // With no outcome that fits, an action ends without having done anything.
        let empty = !done && !action.results.iter().any(Outcome::is_fallback);
        found.or(empty.then_some(began + action.takes.0.0))
    }

    fn detected(&self, step: &str) -> When {
        let of = |cue: &Cue| match cue {
            Cue::StepStarted(x) | Cue::StepDone(x) | Cue::StepBlocked(x) => x.as_str() == step,
            _ => false,
        };
        let sights = self.s.sensors.iter().flat_map(|n| n.sees.iter().map(move |sight| (n, sight)));
        sights
            .filter(|(_, sight)| sight.coverage > 0 && of(&sight.on))
            .filter_map(|(n, sight)| Some(self.cue(&sight.on)? + n.latency.0.0))
            .min()
    }

    /// When a condition can first hold.
    pub(crate) fn cond(&self, cond: &Cond) -> When {
        match cond {
            Cond::All(all) => all.iter().try_fold(0, |at, c| Some(at.max(self.cond(c)?))),
            Cond::Any(any) => any.iter().filter_map(|c| self.cond(c)).min(),
            Cond::Not(c) => (**c != crate::model::always()).then_some(0),
            Cond::Done(cue) | Cond::Before(cue, _) => self.cue(cue),
            Cond::DoneFor(cue, span) => Some(self.cue(cue)? + span.0),
            Cond::Integrity(x, v) => self.state(x, Attr::Integrity(*v)),
            Cond::Isolation(x, v) => self.state(x, Attr::Isolation(*v)),
            Cond::Service(x, v) => self.state(x, Attr::Service(*v)),
            Cond::Exposure(x, v) => self.state(x, Attr::Exposure(*v)),
            Cond::Evidence(x, v) => self.state(x, Attr::Evidence(*v)),
            Cond::Version(x, v) => self.state(x, Attr::Version(v.clone())),
            Cond::AtLeast(x, n) => self.meter(x.as_str(), *n),
            Cond::After(span) => Some(span.0),
            Cond::Held(_) | Cond::Target(_) => Some(0),
        }
    }

    fn state(&self, asset: &AssetId, attr: Attr) -> When {
        // Which asset an action works on is not known here.
        let Some(a) = self.index.assets.get(asset.as_str()) else { return Some(0) };
        let starts = match &attr {
            Attr::Integrity(v) => a.integrity == *v,
            Attr::Isolation(v) => a.isolation == *v,
            // What an asset depends on can take it down.
            Attr::Service(v) => a.service == *v || !a.depends_on.is_empty(),
            Attr::Exposure(v) => a.exposure == *v,
            Attr::Evidence(v) => a.evidence == *v,
            Attr::Version(v) => a.version == *v,
        };
        (starts || self.states.contains(&(a.id.as_str(), attr))).then_some(0)
    }

    fn meter(&self, id: &str, least: i64) -> When {
        let m = self.index.meters.get(id)?;
        if m.most.is_some_and(|most| most < least) {
            return None;
        }
        let flows = m.flows.iter().any(|f| f.per_hour > 0 && self.cond(&f.while_).is_some());
        (m.starts >= least || flows || self.added.contains(id)).then_some(0)
    }

    /// When an inject can first be delivered.
    pub(crate) fn inject(&self, id: &str) -> When {
        self.injects.get(id).copied()
    }

    /// When a step can first begin.
    pub(crate) fn step(&self, id: &str) -> When {
        self.steps.get(id).copied()
    }

    /// The trigger something that can happen is waiting for, as the names it hangs on.
    pub(crate) fn waits_for(&self, trigger: &'a Trigger) -> Vec<&'a Cue> {
        let mut cues = Vec::new();
        match trigger {
            Trigger::At(_) | Trigger::Unless { .. } | Trigger::ByHand => {}
            Trigger::After(cue, _) | Trigger::UnlessAfter { from: cue, .. } => cues.push(cue),
            Trigger::When(cond) => impossible(self, cond, &mut cues),
        }
        cues.retain(|c| self.cue(c).is_none());
        cues
    }

    /// The inject, by id.
    pub(crate) fn find_inject(&self, id: &str) -> Option<&'a Inject> {
        self.index.injects.get(id).copied()
    }

    /// The step, by id.
    pub(crate) fn find_step(&self, id: &str) -> Option<&'a Step> {
        self.index.steps.get(id).copied()
    }

    /// The action, by id.
    pub(crate) fn find_action(&self, id: &str) -> Option<&'a Action> {
        self.index.actions.get(id).copied()
    }

    /// The query, by id.
    pub(crate) fn find_query(&self, id: &str) -> Option<&'a Query> {
        self.index.queries.get(id).copied()
    }
}

/// The first part of a condition that can never hold, in words.
pub(crate) fn dead_part(reach: &Reach<'_>, cond: &Cond) -> Option<String> {
    if reach.cond(cond).is_some() {
        return None;
    }
    match cond {
        Cond::All(list) | Cond::Any(list) => list.iter().find_map(|c| dead_part(reach, c)),
        Cond::Done(cue) | Cond::Before(cue, _) | Cond::DoneFor(cue, _) => {
            Some(format!("nothing can bring about {}", super::wait::words(cue)))
        }
        Cond::Integrity(x, v) => Some(format!("nothing ever makes `{x}` {v}")),
        Cond::Isolation(x, v) => Some(format!("nothing ever makes `{x}` {v}")),
        Cond::Service(x, v) => Some(format!("nothing ever makes `{x}` {v}")),
        Cond::Exposure(x, v) => Some(format!("nothing ever makes `{x}` {v}")),
        Cond::Evidence(x, v) => Some(format!("nothing ever makes the evidence on `{x}` {v}")),
        Cond::Version(x, v) => Some(format!("`{x}` never has the version `{v}`")),
        Cond::AtLeast(x, n) => Some(format!("the meter `{x}` never reads {n}")),
        Cond::Not(_) | Cond::After(_) | Cond::Held(_) | Cond::Target(_) => None,
    }
}

/// Collects the cues that keep a condition from ever holding.
fn impossible<'a>(reach: &Reach<'a>, cond: &'a Cond, cues: &mut Vec<&'a Cue>) {
    match cond {
        Cond::All(list) | Cond::Any(list) => list.iter().for_each(|c| impossible(reach, c, cues)),
        Cond::Done(cue) | Cond::Before(cue, _) | Cond::DoneFor(cue, _) if reach.cue(cue).is_none() => cues.push(cue),
        _ => {}
    }
}

fn lower<'a>(map: &mut BTreeMap<&'a str, u64>, key: &'a str, at: When) -> bool {
    let Some(at) = at else { return false };
    match map.get(key) {
        Some(known) if *known <= at => false,
        _ => {
            map.insert(key, at);
            true
        }
    }
}
