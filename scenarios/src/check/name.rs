//! Every name a scenario defines, by kind.

use super::walk::Walk;
use crate::{
    model::{Decision, Effect, Scenario},
    span::Path,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Seat,
    /// A seat or an outside party: anyone who can be addressed.
    Addressee,
    Party,
    Channel,
    Asset,
    Meter,
    Step,
    Sensor,
    Query,
    Action,
    Rule,
    Inject,
    Decision,
    Option,
    Declaration,
    Value,
    Runbook,
    Clock,
    Product,
    Line,
    Objective,
    Competency,
    Expected,
    Trap,
    Flag,
}

impl Kind {
    /// In an author's words, with its article.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Seat => "seat",
            Self::Addressee => "seat or party",
            Self::Party => "party",
            Self::Channel => "channel",
            Self::Asset => "asset",
            Self::Meter => "meter",
            Self::Step => "step of the adversary",
            Self::Sensor => "sensor",
            Self::Query => "query",
            Self::Action => "action",
            Self::Rule => "rule of the world",
            Self::Inject => "inject",
            Self::Decision => "decision",
            Self::Option => "option of this decision",
            Self::Declaration => "declaration",
            Self::Value => "value of this declaration",
            Self::Runbook => "runbook step",
            Self::Clock => "clock",
            Self::Product => "product",
            Self::Line => "escalation line",
            Self::Objective => "objective",
            Self::Competency => "competency",
            Self::Expected => "expected action",
            Self::Trap => "trap",
            Self::Flag => "flag",
        }
    }
}

/// A place where a name is defined.
#[derive(Clone, Debug)]
pub(crate) struct Definition<'a> {
    pub(crate) kind: Kind,
    pub(crate) id: &'a str,
    /// The decision or declaration it belongs to.
    pub(crate) within: &'a str,
    pub(crate) at: Path,
}

/// Every name.
pub(crate) struct Names<'a> {
    pub(crate) definitions: Vec<Definition<'a>>,
    known: BTreeMap<(Kind, &'a str), BTreeSet<&'a str>>,
}

impl<'a> Names<'a> {
    pub(crate) fn of(s: &'a Scenario) -> Self {
        let mut names = Self { definitions: Vec::new(), known: BTreeMap::new() };
        names.people(s);
        names.world(s);
        names.conduct(s);
        names.evaluation(s);
        names
    }

    fn add(&mut self, kind: Kind, within: &'a str, id: &'a str, at: Path) {
        self.known.entry((kind, within)).or_default().insert(id);
        self.definitions.push(Definition { kind, id, within, at });
    }

    fn list(&mut self, kind: Kind, list: &str, ids: impl Iterator<Item = &'a str>) {
        for (i, id) in ids.enumerate() {
            self.add(kind, "", id, Path::from(list).index(i).field("id"));
        }
    }

    fn people(&mut self, s: &'a Scenario) {
        self.list(Kind::Seat, "seats", s.seats.iter().map(|x| x.id.as_str()));
        self.list(Kind::Party, "parties", s.parties.iter().map(|x| x.id.as_str()));
        self.list(Kind::Channel, "channels", s.channels.iter().map(|x| x.id.as_str()));
        let all = s.seats.iter().map(|x| x.id.as_str()).chain(s.parties.iter().map(|x| x.id.as_str()));
        self.known.entry((Kind::Addressee, "")).or_default().extend(all);
    }

    fn world(&mut self, s: &'a Scenario) {
        self.list(Kind::Asset, "assets", s.assets.iter().map(|x| x.id.as_str()));
        self.list(Kind::Meter, "meters", s.meters.iter().map(|x| x.id.as_str()));
        self.list(Kind::Step, "adversary.steps", s.adversary.steps.iter().map(|x| x.id.as_str()));
        self.list(Kind::Sensor, "sensors", s.sensors.iter().map(|x| x.id.as_str()));
        self.list(Kind::Query, "queries", s.queries.iter().map(|x| x.id.as_str()));
        self.list(Kind::Action, "actions", s.actions.iter().map(|x| x.id.as_str()));
        self.list(Kind::Rule, "rules_of_the_world", s.rules_of_the_world.iter().map(|x| x.id.as_str()));
    }

    fn conduct(&mut self, s: &'a Scenario) {
        self.list(Kind::Inject, "injects", s.injects.iter().map(|x| x.id.as_str()));
        for (i, decision) in decisions(s) {
            let at = Path::from("injects").index(i).field("decision");
            self.add(Kind::Decision, "", decision.id.as_str(), at.field("id"));
            for (j, option) in decision.options.iter().enumerate() {
                let at = at.field("options").index(j).field("id");
                self.add(Kind::Option, decision.id.as_str(), option.id.as_str(), at);
            }
        }
        for (i, d) in s.declarations.iter().enumerate() {
            let at = Path::from("declarations").index(i);
            self.add(Kind::Declaration, "", d.id.as_str(), at.field("id"));
            for (j, (value, _)) in d.values.iter().enumerate() {
                self.add(Kind::Value, d.id.as_str(), value.as_str(), at.field("values").index(j).part(0));
            }
        }
        self.list(Kind::Runbook, "runbook", s.runbook.iter().map(|x| x.id.as_str()));
    }

    fn evaluation(&mut self, s: &'a Scenario) {
        self.list(Kind::Clock, "clocks", s.clocks.iter().map(|x| x.id.as_str()));
        self.list(Kind::Product, "products", s.products.iter().map(|x| x.id.as_str()));
        self.list(Kind::Line, "escalation", s.escalation.iter().map(|x| x.id.as_str()));
        self.list(Kind::Objective, "objectives", s.objectives.iter().map(|x| x.id.as_str()));
        self.list(Kind::Competency, "competencies", s.competencies.iter().map(|x| x.id.as_str()));
        self.list(Kind::Expected, "expected", s.expected.iter().map(|x| x.id.as_str()));
        self.list(Kind::Trap, "traps", s.traps.iter().map(|x| x.id.as_str()));
    }

    /// Flags are defined by the effects that raise them.
    pub(crate) fn know_flags(&mut self, walk: &Walk<'a>) {
        let raised = walk.effects.iter().filter_map(|e| match e.effect {
            Effect::Flag(flag) => Some(flag.as_str()),
            _ => None,
        });
        self.known.entry((Kind::Flag, "")).or_default().extend(raised);
    }

    pub(crate) fn has(&self, kind: Kind, within: &str, id: &str) -> bool {
        self.known.get(&(kind, within)).is_some_and(|ids| ids.contains(id))
    }

    /// All of a kind, sorted.
    pub(crate) fn all(&self, kind: Kind, within: &str) -> impl Iterator<Item = &'a str> {
        let hit = self.known.iter().find(|((k, w), _)| *k == kind && *w == within);
        hit.into_iter().flat_map(|(_, ids)| ids.iter().copied())
    }

    /// Another kind that has this name, for somebody who put it in the wrong place.
    pub(crate) fn elsewhere(&self, id: &str) -> Option<Kind> {
        self.definitions.iter().find(|d| d.id == id).map(|d| d.kind)
    }
}

/// Every decision with the number of its inject.
pub(crate) fn decisions(s: &Scenario) -> impl Iterator<Item = (usize, &Decision)> {
    s.injects.iter().enumerate().filter_map(|(i, inject)| inject.decision.as_ref().map(|d| (i, d)))
}
