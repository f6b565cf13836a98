//! From facts to cues: the same meaning the simulation gives them, read from events.

use super::{Happening, Record};
use protocol::{Event, Fact, Item, ItemKind, PartyId, SeatId, StepId, Subject, Work};
use scenarios::model::{Action, Cue, Effect, Line, Scenario, Sensor};
use std::collections::{BTreeMap, BTreeSet};

/// Where flags are raised. Flags are no events of their own; they follow from the effects of events.
#[derive(Debug)]
pub(super) struct Flags<'a> {
    scenario: &'a Scenario,
    lines: BTreeMap<&'a str, Vec<&'a Line>>,
    any: bool,
}

impl<'a> Flags<'a> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        let cells = scenario.seats.iter().map(|s| (s.id.as_str(), &s.cell));
        let cells = cells.chain(scenario.parties.iter().map(|p| (p.id.as_str(), &p.cell)));
        let lines: BTreeMap<_, Vec<&Line>> = cells
            .map(|(id, cell)| (id, cell.lines.iter().filter(|l| !raised(&l.effects).is_empty()).collect()))
            .collect();
        let mut all: Vec<&[Effect]> = lines.values().flatten().map(|l| l.effects.as_slice()).collect();
        all.extend(scenario.injects.iter().map(|i| i.effects.as_slice()));
        all.extend(
            scenario.injects.iter().filter_map(|i| i.decision.as_ref()).flat_map(|d| &d.options).map(|o| &*o.effects),
        );
        all.extend(scenario.rules_of_the_world.iter().map(|r| r.effects.as_slice()));
        all.extend(scenario.adversary.steps.iter().flat_map(|s| [&*s.effects, &*s.when_blocked]));
        all.extend(scenario.actions.iter().map(|a| a.at_begin.as_slice()));
        all.extend(scenario.actions.iter().flat_map(|a| &a.results).map(|r| r.effects.as_slice()));
        all.extend(scenario.queries.iter().flat_map(|q| &q.results).map(|r| r.effects.as_slice()));
        let any = all.into_iter().any(|effects| !raised(effects).is_empty());
        Self { scenario, lines, any }
    }

    /// The flags an event raised.
    fn of(&self, record: &Record<'_>, fact: &Fact) -> Vec<&'a str> {
        let s = self.scenario;
        match fact {
            _ if !self.any => Vec::new(),
            Fact::InjectReleased { inject, .. } => {
                s.injects.iter().find(|i| i.id == *inject).map_or_else(Vec::new, |i| raised(&i.effects))
            }
            Fact::Decided { decision, option, .. } => {
                let questions = s.injects.iter().filter_map(|i| i.decision.as_ref()).filter(|d| d.id == *decision);
                let chosen = questions.flat_map(|d| &d.options).find(|o| o.id == *option);
                chosen.map_or_else(Vec::new, |o| raised(&o.effects))
            }
            Fact::RuleFired { rule } => {
                let rule = s.rules_of_the_world.iter().find(|r| r.id == *rule);
                rule.map_or_else(Vec::new, |r| raised(&r.effects))
            }
            Fact::StepSucceeded { step } => {
                s.adversary.steps.iter().find(|x| x.id == *step).map_or_else(Vec::new, |x| raised(&x.effects))
            }
            Fact::StepBlocked { step, .. } => self.blocked(record, step),
            Fact::JobStarted { work: Work::Action(id, _), .. } => {
                s.actions.iter().find(|a| a.id == *id).map_or_else(Vec::new, |a| raised(&a.at_begin))
            }
            Fact::JobFinished { work, result, .. } => self.finished(work, result),
            Fact::Delivered { item } if item.kind == ItemKind::Reply => self.said(item),
            _ => Vec::new(),
        }
    }

    /// A step's last words come when its tries are used up.
    fn blocked(&self, record: &Record<'_>, id: &StepId) -> Vec<&'a str> {
        let Some(step) = self.scenario.adversary.steps.iter().find(|x| x.id == *id) else { return Vec::new() };
        let tries = step.retry.map_or(0, |(_, times)| times) as usize;
        let before = record.all(&Cue::StepBlocked(id.clone())).len();
        if before >= tries { raised(&step.when_blocked) } else { Vec::new() }
    }

    fn finished(&self, work: &Work, result: &str) -> Vec<&'a str> {
        let outcomes = match work {
            Work::Action(id, _) => self.scenario.actions.iter().find(|a| a.id == *id).map(|a| &a.results),
            Work::Query(id) => self.scenario.queries.iter().find(|q| q.id == *id).map(|q| &q.results),
        };
        let came = outcomes.and_then(|all| all.iter().find(|o| o.text == result));
        came.map_or_else(Vec::new, |o| raised(&o.effects))
    }

    fn said(&self, item: &Item) -> Vec<&'a str> {
        let lines = item.from.id.as_ref().and_then(|id| self.lines.get(id.as_str()));
        let line = lines.and_then(|all| all.iter().find(|l| l.say == item.body));
        line.map_or_else(Vec::new, |l| raised(&l.effects))
    }
}

fn raised(effects: &[Effect]) -> Vec<&str> {
    effects
        .iter()
        .filter_map(|e| match e {
            Effect::Flag(name) => Some(name.as_str()),
            _ => None,
        })
        .collect()
}

/// The steps a true alert of a sensor gives away.
fn steps_seen<'a>(sensor: &'a Sensor, title: &str) -> Vec<&'a StepId> {
    sensor
        .sees
        .iter()
        .filter(|sight| sight.alert.title == title)
        .filter_map(|sight| match &sight.on {
            Cue::StepStarted(step) | Cue::StepDone(step) => Some(step),
            _ => None,
        })
        .collect()
}

impl<'a> Record<'a> {
    pub(super) fn note_cues(&mut self, n: u64, event: &'a Event, flags: &Flags<'a>) {
        let mut cues = self.world_cues(&event.fact);
        cues.extend(self.people_cues(&event.fact));
        cues.extend(flags.of(self, &event.fact).into_iter().map(|f| Cue::Flag(f.to_owned())));
        if cues.is_empty() {
            return;
        }
        let (by, asked_by) = self.doer(&event.fact);
        let happening = Happening { entry: n, at: event.at, by, asked_by };
        for cue in cues {
            self.cues.entry(cue).or_default().push(happening.clone());
        }
    }

    fn world_cues(&self, fact: &Fact) -> Vec<Cue> {
        match fact {
            Fact::Started { .. } => vec![Cue::Start],
            Fact::Delivered { item } => item.inject.iter().cloned().map(Cue::Delivered).collect(),
            Fact::ClockStarted { clock, .. } => vec![Cue::ClockStarted(clock.clone())],
            Fact::ClockFiled { clock, .. } => vec![Cue::Filed(clock.clone())],
            Fact::StepStarted { step } => vec![Cue::StepStarted(step.clone())],
            Fact::StepSucceeded { step } => vec![Cue::StepDone(step.clone())],
            Fact::StepBlocked { step, .. } => vec![Cue::StepBlocked(step.clone())],
            Fact::SensorFired { sensor, item, false_alarm: false } => {
                let sensor = self.scenario.sensors.iter().find(|s| s.id == *sensor);
                match (sensor, self.alerts.get(item)) {
                    (Some(s), Some(alert)) => {
                        steps_seen(s, &alert.subject).into_iter().cloned().map(Cue::Detected).collect()
                    }
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    fn people_cues(&self, fact: &Fact) -> Vec<Cue> {
        match fact {
            Fact::Opened { item, .. } => vec![Cue::Opened(item.as_str().into())],
            Fact::Acknowledged { item, .. } => vec![Cue::Acknowledged(item.as_str().into())],
            Fact::JobStarted { work: Work::Action(action, _), .. } => vec![Cue::Began(action.clone())],
            Fact::JobFinished { work, done, .. } => self.work_cues(work, *done),
            Fact::Tasked { seat, .. } => vec![Cue::Told(seat.into())],
            Fact::Paged { party, .. } => vec![Cue::Paged(party.clone()), Cue::Told(party.clone())],
            Fact::Sent { message } => {
                let draft = &message.draft;
                let to: BTreeSet<_> = draft.to.iter().collect();
                let mut cues: Vec<Cue> = to.iter().map(|p| Cue::Told((*p).clone())).collect();
                cues.extend(draft.via.clone().map(Cue::SentVia));
                if let Some(product) = &draft.product {
                    cues.push(Cue::Sent(product.clone()));
                    cues.extend(to.iter().map(|p| Cue::SentTo(product.clone(), (*p).clone())));
                }
                cues
            }
            Fact::ApprovalGiven { of, subject, .. } => self.approval_cue(of, subject).into_iter().collect(),
            Fact::Declared { declaration, value, .. } => {
                vec![Cue::Declared(declaration.clone()), Cue::DeclaredAs(declaration.clone(), value.clone())]
            }
            Fact::Decided { decision, option, .. } => {
                vec![Cue::Decided(decision.clone()), Cue::DecidedAs(decision.clone(), option.clone())]
            }
            Fact::Ticked { step, .. } => vec![Cue::Ticked(step.clone())],
            Fact::Logged { .. } => vec![Cue::Logged],
            _ => Vec::new(),
        }
    }

    /// Only the approval the plan asks for counts as one.
    fn approval_cue(&self, of: &PartyId, subject: &Subject) -> Option<Cue> {
        match subject {
            Subject::Product(id) => {
                let asked = self.scenario.products.iter().find(|p| p.id == *id)?.approval.as_ref();
                (asked == Some(of)).then(|| Cue::ApprovedProduct(id.clone()))
            }
            Subject::Action(id) => {
                let asked = self.scenario.actions.iter().find(|a| a.id == *id)?.approval.as_ref();
                (asked == Some(of)).then(|| Cue::ApprovedAction(id.clone()))
            }
        }
    }

    fn work_cues(&self, work: &Work, done: bool) -> Vec<Cue> {
        match work {
            Work::Query(query) => vec![Cue::Queried(query.clone())],
            Work::Action(action, _) if !done => vec![Cue::Failed(action.clone())],
            Work::Action(action, target) => {
                let only = |a: &Action| match a.targets.as_slice() {
                    [one] => Some(one.clone()),
                    _ => None,
                };
                let listed = || self.scenario.actions.iter().find(|a| a.id == *action).and_then(only);
                let mut cues = vec![Cue::Acted(action.clone())];
                cues.extend(target.clone().or_else(listed).map(|t| Cue::ActedOn(action.clone(), t)));
                cues
            }
        }
    }

    /// The seat behind a fact, and who asked it to.
    fn doer(&self, fact: &Fact) -> (Option<SeatId>, Option<SeatId>) {
        match fact {
            Fact::JobStarted { work, by, .. } | Fact::JobFinished { work, by, .. } => {
                (Some(by.clone()), self.tasks.get(&(by.clone(), work.clone())).cloned())
            }
            Fact::Opened { seat, .. } | Fact::Acknowledged { seat, .. } => (Some(seat.clone()), None),
            Fact::Paged { by, .. }
            | Fact::Tasked { by, .. }
            | Fact::Declared { by, .. }
            | Fact::Decided { by, .. }
            | Fact::Ticked { by, .. }
            | Fact::Logged { by, .. } => (Some(by.clone()), None),
            Fact::Sent { message } => (Some(message.by.clone()), None),
            Fact::ApprovalGiven { of, .. } => {
                let seat = of.as_seat();
                (self.scenario.seats.iter().any(|s| s.id == seat).then_some(seat), None)
            }
            Fact::ClockFiled { item, .. } => {
                let sent = self.messages.iter().rev().find(|m| m.sent.id == *item);
                (sent.map(|m| m.sent.by.clone()), None)
            }
            _ => (None, None),
        }
    }
}
