//! Work: actions and queries begin, take their time, and end with an outcome.

use crate::{
    plan::Plan,
    stage::{Note, Stage},
    world::{Due, Job},
};
use protocol::{AssetId, Fact, ItemKind, JobId, PartyId, SeatId, Sender, Work};
use scenarios::model::{Cue, Outcome};
use std::{collections::BTreeSet, sync::Arc};

/// Work that may begin, with what is known about it.
pub(crate) struct Ready {
    pub(crate) work: Work,
    pub(crate) by: SeatId,
    pub(crate) asked_by: Option<SeatId>,
}

/// Who may do a piece of work.
pub(crate) fn doers<'p>(plan: &'p Plan, work: &Work) -> Option<&'p [SeatId]> {
    match work {
        Work::Action(id, _) => plan.actions.get(id).map(|&ix| &plan.script.actions[ix].by[..]),
        Work::Query(id) => plan.script.queries.iter().find(|q| q.id == *id).map(|q| &q.by[..]),
    }
}

/// Fills in the only possible target and refuses the impossible ones. What appears with a
/// cue does not exist for anybody before it is `offered`.
pub(crate) fn settle_target(plan: &Plan, work: Work, offered: &BTreeSet<String>) -> Result<Work, String> {
    let offered = |id: &str, appears: &Option<Cue>| appears.is_none() || offered.contains(id);
    let (id, target) = match work {
        Work::Query(id) if plan.script.queries.iter().any(|q| q.id == id && offered(id.as_str(), &q.appears)) => {
            return Ok(Work::Query(id));
        }
        Work::Query(id) => return Err(format!("there is no query called \"{id}\"")),
        Work::Action(id, target) => (id, target),
    };
    let Some(&ix) = plan.actions.get(&id).filter(|ix| offered(id.as_str(), &plan.script.actions[**ix].appears)) else {
        return Err(format!("there is no action called \"{id}\" in the catalogue"));
    };
    let targets = &plan.script.actions[ix].targets;
    let names = || targets.iter().map(AssetId::as_str).collect::<Vec<_>>().join(", ");
    match (&targets[..], target) {
        ([], None) => Ok(Work::Action(id, None)),
        ([], Some(_)) => Err(format!("\"{id}\" is not done to an asset; leave out \"on …\"")),
        ([only], None) => Ok(Work::Action(id, Some(only.clone()))),
        (_, None) => Err(format!("say what to do \"{id}\" on: {}", names())),
        (_, Some(t)) if targets.contains(&t) => Ok(Work::Action(id, Some(t))),
        (_, Some(t)) => Err(format!("\"{id}\" cannot be done on \"{t}\"; it can be done on: {}", names())),
    }
}

impl Stage<'_, '_> {
    fn work_target(plan: &Plan, work: &Work) -> Option<usize> {
        match work {
            Work::Action(_, Some(t)) => plan.assets.get(t).copied(),
            _ => None,
        }
    }

    /// Begins work, or says why it cannot begin.
    pub(crate) fn begin(&mut self, ready: Ready) -> Result<(), String> {
        let plan = self.plan();
        let Ready { work, by, asked_by } = ready;
        if self.jobs.iter().any(|j| j.work == work) {
            return Err("that is already being done".to_owned());
        }
        let (takes, authorised) = match &work {
            Work::Action(id, _) => {
                let ix = plan.actions[id];
                let action = &plan.script.actions[ix];
                self.record.target = Self::work_target(&plan, &work);
                let possible = self.holds(&plan.action_needs[ix]);
                self.record.target = None;
                if !possible {
                    return Err(if action.needs_text.is_empty() {
                        "what it needs is not there yet".to_owned()
                    } else {
                        action.needs_text.clone()
                    });
                }
                let authorised = match &action.approval {
                    None => true,
                    Some(of) => {
                        let own = |seat: &SeatId| of.as_str() == seat.as_str();
                        own(&by) || asked_by.as_ref().is_some_and(own) || self.done(&Cue::ApprovedAction(id.clone()))
                    }
                };
                (action.takes, authorised)
            }
            Work::Query(id) => {
                let Some(query) = plan.script.queries.iter().find(|q| q.id == *id) else {
                    return Err(format!("there is no query called \"{id}\""));
                };
                (query.takes, true)
            }
        };
        self.record.jobs += 1;
        let number = self.record.jobs;
        let about = about(&work);
        let ends = self.now() + self.draw(takes, "job", &about);
        let audience = Self::job_audience(&by, asked_by.as_ref(), &self.front());
        let fact = Fact::JobStarted { job: job_id(number), work: work.clone(), by: by.clone(), ends, authorised };
        self.tell_seats(&audience, fact);
        if let Work::Action(id, _) = &work {
            let action = &plan.script.actions[plan.actions[id]];
            self.record.target = Self::work_target(&plan, &work);
            self.record.actor = Some(by.clone());
            self.affect(&action.at_begin, &audience, &action.name);
            self.happen(&Cue::Began(id.clone()));
            self.record.target = None;
        }
        let job = self.commands.spawn(Job { number, work, by, asked_by }).id();
        self.agenda.plan(ends, Due::JobEnd(job));
        Ok(())
    }

    fn job_audience(by: &SeatId, asked_by: Option<&SeatId>, front: &[SeatId]) -> Vec<SeatId> {
        let mut seats = vec![by];
        seats.extend(asked_by);
        seats.extend(front);
        Self::among(&seats)
    }

    fn end(&mut self, job: &Job) {
        let plan = self.plan();
        self.record.actor = Some(job.by.clone());
        self.record.target = Self::work_target(&plan, &job.work);
        let (name, outcomes, tests): (&str, &[Outcome], _) = match &job.work {
            Work::Action(id, _) => {
                let ix = plan.actions[id];
                (&plan.script.actions[ix].name, &plan.script.actions[ix].results, &plan.action_results[ix])
            }
            Work::Query(id) => {
                let Some(ix) = plan.script.queries.iter().position(|q| q.id == *id) else { return };
                (&plan.script.queries[ix].name, &plan.script.queries[ix].results, &plan.query_results[ix])
            }
        };
        let chosen = outcomes.iter().zip(tests).find(|(_, test)| self.holds(test)).map(|(o, _)| o);
        let audience = Self::job_audience(&job.by, job.asked_by.as_ref(), &self.front());
        let (done, text) = chosen.map_or((false, "Nothing came of it."), |o| (o.done, o.text.as_str()));
        let fact = Fact::JobFinished {
            job: job_id(job.number),
            work: job.work.clone(),
            by: job.by.clone(),
            done,
            result: text.to_owned(),
        };
        self.tell_seats(&audience, fact);
        self.report(&plan, job, name, text, chosen, &audience);
        if let Some(outcome) = chosen {
            self.affect(&outcome.effects, &audience, name);
        }
        match &job.work {
            Work::Action(id, target) if done => {
                self.happen(&Cue::Acted(id.clone()));
                if let Some(target) = target {
                    self.happen(&Cue::ActedOn(id.clone(), target.clone()));
                }
            }
            Work::Action(id, _) => self.happen(&Cue::Failed(id.clone())),
            Work::Query(id) => self.happen(&Cue::Queried(id.clone())),
        }
        self.record.target = None;
    }

    /// The result lands in the inbox of whoever did it or asked for it.
    fn report(&mut self, plan: &Plan, job: &Job, name: &str, text: &str, chosen: Option<&Outcome>, to: &[SeatId]) {
        self.record.results += 1;
        let from = plan
            .person(job.by.as_str())
            .map_or_else(|| Sender { id: None, name: job.by.to_string(), title: String::new() }, |p| self.sender(p));
        let target = match &job.work {
            Work::Action(_, Some(t)) => format!(" ({t})"),
            _ => String::new(),
        };
        let channel = plan.script.channels.first().map_or_else(|| "chat".into(), |c| c.id.clone());
        let item = Note {
            id: format!("RES-{:03}", self.record.results).into(),
            kind: ItemKind::Result,
            from,
            to: to.iter().map(PartyId::from).collect(),
            channel,
            subject: format!("Result: {name}{target}"),
            body: text.to_owned(),
            attachments: chosen.map(|o| o.attachments.clone()).unwrap_or_default(),
            re: None,
        };
        self.deliver(Arc::new(item.item()), to);
    }
}

/// The name of the stream that draws how long work takes.
pub(crate) fn about(work: &Work) -> String {
    match work {
        Work::Action(id, Some(t)) => format!("{id}/{t}"),
        Work::Action(id, None) => id.to_string(),
        Work::Query(id) => format!("query/{id}"),
    }
}

pub(crate) fn job_id(number: u32) -> JobId {
    format!("JOB-{number:03}").into()
}

/// The system: ends what is due.
pub(crate) fn finish(mut s: Stage<'_, '_>) {
    while let Some(entity) = s.due.jobs.pop_front() {
        let Ok(job) = s.jobs.get(entity).cloned() else { continue };
        s.end(&job);
        s.record.actor = None;
        s.commands.entity(entity).despawn();
    }
}
