//! What-ifs: the same exercise simulated again with one command moved to when it was first possible,
//! or left out.

use crate::{
    baseline::{baselines, readings},
    error::Error,
    run::{Run, plan},
    verify::command,
};
use protocol::{Act, Actor, Command, Event, Fact, MeterId, SimTime, Span, Work};
use scenarios::{Loaded, model::Cue};
use scoring::WhatIf;
use sim::Plan;
use std::{collections::BTreeMap, sync::Arc};
use transcripts::{Body, Entry, Transcript};

/// At most this many commands are tried; a longer exercise has its first ones looked at.
const MOST_TRIED: usize = 120;
/// At most this many what-ifs are reported, the costliest first.
const MOST_TOLD: usize = 10;
/// Thousandths of the way from doing nothing to the reference that a change must be worth to be told.
const LEAST_WORTH: i64 = 5;
/// A move earlier by less than this is no lesson.
const WORTH_IT: Span = Span::secs(30);

/// The value of each key decision in the meters' own units, costliest first.
///
/// # Errors
/// When the scenario's reference response cannot be read.
pub fn what_ifs(loaded: &Loaded, transcript: &Transcript) -> Result<Vec<WhatIf>, Error> {
    let commands: Vec<(u64, Command)> =
        transcript.entries.iter().filter_map(|e| Some((e.n, command(e)?.clone()))).collect();
    if !commands.iter().any(|(_, c)| matches!(c.act, Act::Start { .. })) {
        return Ok(Vec::new());
    }
    let baselines = baselines(loaded, transcript)?;
    let played = readings(&transcript.entries);
    let reached = reached(transcript);
    let (plan, seed, end) = (plan(loaded), transcript.header.seed, transcript.end());
    let stage = Stage { loaded, plan, seed, end, commands, played, reached };
    let mut found: Vec<(i64, WhatIf)> = Vec::new();
    for index in stage.candidates(transcript).into_iter().take(MOST_TRIED) {
        for what_if in [stage.earlier(index), stage.without(index)].into_iter().flatten() {
            let worth = stage.worth(&what_if, &baselines.nothing, &baselines.reference);
            if worth >= LEAST_WORTH {
                found.push((worth, what_if));
            }
        }
    }
    found.sort_by(|(a, x), (b, y)| b.cmp(a).then(x.entry.cmp(&y.entry)));
    let mut told: Vec<WhatIf> = Vec::new();
    for (_, what_if) in found {
        // Two variations of one command teach one lesson: the costlier.
        if !told.iter().any(|t| t.entry == what_if.entry) {
            told.push(what_if);
        }
    }
    told.truncate(MOST_TOLD);
    Ok(told)
}

/// When each item first reached a seat somebody held.
fn reached(transcript: &Transcript) -> BTreeMap<String, SimTime> {
    let mut held = Vec::new();
    let mut reached = BTreeMap::new();
    for (_, event) in transcript.events() {
        match &event.fact {
            Fact::SeatTaken { seat, .. } => held.push(seat.clone()),
            Fact::SeatLeft { seat } => held.retain(|s| s != seat),
            Fact::Delivered { item } if held.iter().any(|s| event.audience.includes(s)) => {
                reached.entry(item.id.to_string()).or_insert(event.at);
            }
            _ => {}
        }
    }
    reached
}

struct Stage<'a> {
    loaded: &'a Loaded,
    plan: Arc<Plan>,
    seed: u64,
    end: SimTime,
    commands: Vec<(u64, Command)>,
    played: BTreeMap<MeterId, i64>,
    /// When each item first reached somebody at the table.
    reached: BTreeMap<String, SimTime>,
}

impl Stage<'_> {
    /// Commands that changed something and could have come at another time.
    fn candidates(&self, transcript: &Transcript) -> Vec<usize> {
        let refused: Vec<u64> = transcript
            .entries
            .windows(2)
            .filter(|w| matches!(&w[1].body, Body::Event(Event { fact: Fact::Refused { .. }, .. })))
            .map(|w| w[0].n)
            .collect();
        let acts = self.commands.iter().enumerate().filter(|(_, (n, c))| {
            matches!(c.by, Actor::Seat(_))
                && matches!(
                    c.act,
                    Act::Do { .. } | Act::Ask { work: Work::Action(..), .. } | Act::Decide { .. } | Act::Declare { .. }
                )
                && !refused.contains(n)
        });
        acts.map(|(index, _)| index).collect()
    }

    /// The same command at the first moment it would have been accepted.
    fn earlier(&self, index: usize) -> Option<WhatIf> {
        let (entry, original) = &self.commands[index];
        // Searched by halves: what was possible stays possible in nearly every script, and a moment
        // found is always tried, so the answer is true even where it is not the very first.
        let low = self.called_for(&original.act)?.max(self.after_containment(index));
        let (mut low, mut high) = (low, original.at);
        let mut best = None;
        for _ in 0..12 {
            if high.since(low) < Span::secs(10) {
                break;
            }
            let middle = SimTime(u64::midpoint(low.0, high.0) / 1000 * 1000);
            match self.moved(index, middle) {
                Some(outcome) => {
                    best = Some((middle, outcome));
                    high = middle;
                }
                None => low = middle,
            }
        }
        let (at, outcome) = best.filter(|(at, _)| original.at.since(*at) >= WORTH_IT)?;
        let what = self.name(&original.act);
        let change = format!("{what} at {at} instead of {}", original.at);
        Some(self.told(*entry, change, &outcome))
    }

    fn without(&self, index: usize) -> Option<WhatIf> {
        let (entry, original) = &self.commands[index];
        let commands = self.commands.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, (_, c))| c.clone());
        let outcome = self.simulate(commands.collect())?;
        let change = format!("not: {} at {}", self.name(&original.act), original.at);
        Some(self.told(*entry, change, &readings(&outcome)))
    }

    /// When something had reached the table that called for this act: an inject of an expected action that
    /// the act answers, else the first thing that reached anybody. Nobody could have known before.
    fn called_for(&self, act: &Act) -> Option<SimTime> {
        let answers = |cue: &Cue| match (act, cue) {
            (Act::Do { action, .. } | Act::Ask { work: Work::Action(action, _), .. }, cue) => match cue {
                Cue::Began(a) | Cue::Acted(a) | Cue::ActedOn(a, _) => a == action,
                _ => false,
            },
            (Act::Decide { decision, .. }, Cue::Decided(d) | Cue::DecidedAs(d, _)) => d == decision,
            (Act::Declare { declaration, .. }, Cue::Declared(d) | Cue::DeclaredAs(d, _)) => d == declaration,
            _ => false,
        };
        let expected = self.loaded.scenario.expected.iter().filter(|e| e.any_of.iter().any(answers));
        let called = expected.filter_map(|e| self.reached.get(e.called_for_by.as_str())).min();
        called.or_else(|| self.reached.values().min()).copied()
    }

    /// Recovery earlier than the containment it recovers from would only be another way of leaving it out.
    fn after_containment(&self, index: usize) -> SimTime {
        let group = |act: &Act| {
            let (Act::Do { action, .. } | Act::Ask { work: Work::Action(action, _), .. }) = act else { return None };
            self.loaded.scenario.actions.iter().find(|a| a.id == *action).map(|a| a.group.as_str())
        };
        if group(&self.commands[index].1.act) != Some("Recover") {
            return SimTime::ZERO;
        }
        let earlier = self.commands[..index].iter().rev();
        let contained = earlier.map(|(_, c)| c).find(|c| matches!(group(&c.act), Some("Contain" | "Eradicate")));
        contained.map_or(SimTime::ZERO, |c| c.at)
    }

    /// Meter readings with one command moved; `None` when it is refused there.
    fn moved(&self, index: usize, at: SimTime) -> Option<BTreeMap<MeterId, i64>> {
        let mut commands: Vec<Command> = self.commands.iter().map(|(_, c)| c.clone()).collect();
        let mut moved = commands.remove(index);
        moved.at = at;
        let place = commands.iter().position(|c| c.at > at).unwrap_or(commands.len()).min(index);
        commands.insert(place, moved.clone());
        let entries = self.simulate(commands)?;
        let mine = entries.iter().position(|e| matches!(&e.body, Body::Command(c) if *c == moved))?;
        let refused = entries[mine + 1..]
            .iter()
            .take_while(|e| matches!(e.body, Body::Event(_)))
            .any(|e| matches!(&e.body, Body::Event(Event { fact: Fact::Refused { .. }, .. })));
        (!refused).then(|| readings(&entries))
    }

    fn simulate(&self, commands: Vec<Command>) -> Option<Vec<Entry>> {
        let mut run = Run::new(self.plan.clone(), self.seed);
        let mut entries: Vec<Entry> = commands.iter().flat_map(|c| run.submit(c)).collect();
        if !commands.iter().any(|c| matches!(c.act, Act::End)) {
            let end = Command { at: self.end, by: Actor::Facilitator, act: Act::End };
            entries.extend(run.submit(&end));
        }
        (!entries.is_empty()).then_some(entries)
    }

    fn name(&self, act: &Act) -> String {
        let script = &self.loaded.scenario;
        let action = |id: &protocol::ActionId, target: Option<&protocol::AssetId>| {
            let name = script.actions.iter().find(|a| a.id == *id).map_or_else(|| id.to_string(), |a| a.name.clone());
            target.map_or_else(|| name.clone(), |t| format!("{name} ({t})"))
        };
        match act {
            Act::Do { action: id, target } => action(id, target.as_ref()),
            Act::Ask { seat, work: Work::Action(id, target) } => {
                format!("asking {seat}: {}", action(id, target.as_ref()))
            }
            Act::Decide { decision, option, .. } => format!("deciding {decision}: {option}"),
            Act::Declare { declaration, value, .. } => format!("declaring {declaration}: {value}"),
            other => protocol::text::print(other),
        }
    }

    fn told(&self, entry: u64, change: String, outcome: &BTreeMap<MeterId, i64>) -> WhatIf {
        let meters: Vec<(String, String, i64, i64)> = self
            .loaded
            .scenario
            .meters
            .iter()
            .filter_map(|m| {
                let (was, now) = (*self.played.get(&m.id)?, *outcome.get(&m.id)?);
                (was != now).then(|| (m.name.clone(), m.unit.clone(), was, now))
            })
            .collect();
        let parts: Vec<String> = meters
            .iter()
            .map(|(name, unit, was, now)| {
                let by = was.abs_diff(*now);
                format!("{name}: {by} {unit} {} ({now} instead of {was})", if now < was { "less" } else { "more" })
            })
            .collect();
        let text =
            format!("{change}: {}", if parts.is_empty() { "no difference".to_owned() } else { parts.join("; ") });
        WhatIf { entry, change, meters, text }
    }

    /// How much better the exercise would have ended, in thousandths of the way from doing nothing to
    /// the reference, over all meters by weight. Negative when it would have ended worse.
    fn worth(&self, what_if: &WhatIf, nothing: &BTreeMap<MeterId, i64>, reference: &BTreeMap<MeterId, i64>) -> i64 {
        let mut worth = 0;
        for (name, _, was, now) in &what_if.meters {
            let Some(meter) = self.loaded.scenario.meters.iter().find(|m| m.name == *name) else { continue };
            let ends = nothing.get(&meter.id).zip(reference.get(&meter.id));
            let Some((n, r)) = ends else { continue };
            let scale = (n - r).abs().max(1);
            worth += (was - now) * 1000 / scale * i64::from(meter.weight);
        }
        worth
    }
}
