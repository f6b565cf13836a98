//! What waits for something that never comes.

use super::{Check, Ctx, Out, reach::dead_part};
use crate::{
    model::{Cue, Trigger},
    span::Path,
};

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "reach", about: "injects, rules, steps and clocks that can never come about", run: unreachable },
    Check { name: "cues", about: "cues that can never happen, wherever they are waited for", run: dead_cues },
];

fn unreachable(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    for (i, inject) in s.injects.iter().enumerate() {
        let at = Path::from("injects").index(i).field("trigger");
        if ctx.reach.inject(inject.id.as_str()).is_none() {
            let (why, help) = blame(ctx, inject.id.as_str(), &inject.trigger);
            out.error(&at, format!("{} can never be delivered: {why}", inject.id), help);
        }
    }
    for (i, step) in s.adversary.steps.iter().enumerate() {
        if ctx.reach.step(step.id.as_str()).is_none() {
            let at = Path::from("adversary.steps").index(i);
            let starts = ctx.reach.trigger(&step.starts).is_none();
            let at = at.field(if starts { "starts" } else { "needs" });
            let (why, help) = if starts {
                blame(ctx, step.id.as_str(), &step.starts)
            } else {
                let why = dead_part(&ctx.reach, &step.needs).unwrap_or_else(|| "what it needs can never hold".into());
                (why, "let an earlier step bring it about".into())
            };
            out.error(&at, format!("the adversary can never begin `{}`: {why}", step.id), help);
        }
    }
    for (i, rule) in s.rules_of_the_world.iter().enumerate() {
        if ctx.reach.trigger(&rule.trigger).is_none() {
            let at = Path::from("rules_of_the_world").index(i).field("trigger");
            let (why, help) = blame(ctx, rule.id.as_str(), &rule.trigger);
            out.error(&at, format!("the rule `{}` can never take effect: {why}", rule.id), help);
        }
    }
    for (i, clock) in s.clocks.iter().enumerate() {
        // A clock with nothing that starts it is told so elsewhere.
        let waits = !clock.anchored_by.is_empty() || clock.chained_to.is_some();
        if waits && ctx.reach.cue(&Cue::ClockStarted(clock.id.clone())).is_none() {
            let at = Path::from("clocks").index(i).field("anchored_by");
            let help = "name a cue that a seat, an inject or the adversary can bring about";
            out.error(&at, format!("the clock `{}` can never start", clock.id), help);
        }
    }
}

/// Why a trigger never comes true, in words, and what to do.
fn blame<'a>(ctx: &Ctx<'a>, id: &'a str, trigger: &'a Trigger) -> (String, String) {
    let mut chain = vec![id];
    let mut trigger = trigger;
    loop {
        let cues = ctx.reach.waits_for(trigger);
        let Some(cue) = cues.first() else {
            let why = match trigger {
                Trigger::When(cond) => dead_part(&ctx.reach, cond),
                _ => None,
            };
            return (
                why.unwrap_or_else(|| "its condition can never hold".into()),
                "see that an effect brings this about, or wait for something else".into(),
            );
        };
        let next = match cue {
            Cue::Delivered(x) | Cue::Opened(x) | Cue::Acknowledged(x) => {
                ctx.reach.find_inject(x.as_str()).map(|i| (i.id.as_str(), &i.trigger))
            }
            Cue::StepStarted(x) | Cue::StepDone(x) => {
                ctx.reach.find_step(x.as_str()).map(|s| (s.id.as_str(), &s.starts))
            }
            _ => None,
        };
        let Some((next_id, next_trigger)) = next else {
            return (format!("nothing can bring about {}", words(cue)), remedy(cue));
        };
        if chain.contains(&next_id) {
            chain.push(next_id);
            return (format!("it waits for itself ({})", chain.join(" → ")), "start one of them another way".into());
        }
        chain.push(next_id);
        trigger = next_trigger;
    }
}

fn remedy(cue: &Cue) -> String {
    match cue {
        Cue::Acted(_) | Cue::Failed(_) => "give that action an outcome with this end that can come about".into(),
        Cue::ActedOn(..) => "add the asset to the action's `targets`".into(),
        Cue::Detected(_) => "let a sensor see a cue of that step".into(),
        Cue::SentVia(_) => "make the channel writable".into(),
        Cue::ApprovedAction(_) | Cue::ApprovedProduct(_) => "say whose `approval` it needs".into(),
        Cue::StepBlocked(_) => "give the step a `needs` that players can take away".into(),
        _ => "wait for something that can happen".into(),
    }
}

fn dead_cues(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for c in &ctx.walk.cues {
        // What can never begin has its fault already, both where it waits and where it is waited for.
        if ctx.reach.cue(c.cue).is_none() && !owner_is_dead(ctx, c.at.as_str()) && !is_said(ctx, c.cue) {
            out.warn(&c.at, format!("nothing can bring about {}", words(c.cue)), remedy(c.cue));
        }
    }
}

fn is_said(ctx: &Ctx<'_>, cue: &Cue) -> bool {
    match cue {
        Cue::Delivered(x) | Cue::Opened(x) | Cue::Acknowledged(x) => ctx.reach.inject(x.as_str()).is_none(),
        Cue::StepStarted(x) | Cue::StepDone(x) | Cue::Detected(x) => ctx.reach.step(x.as_str()).is_none(),
        Cue::Acted(x) | Cue::Began(x) | Cue::ActedOn(x, _) => {
            ctx.reach.find_action(x.as_str()).is_some_and(|a| a.by.is_empty())
        }
        Cue::ClockStarted(_) | Cue::Filed(_) => true,
        _ => false,
    }
}

fn owner_is_dead(ctx: &Ctx<'_>, at: &str) -> bool {
    let number = |list: &str| at.strip_prefix(list)?.strip_prefix('[')?.split_once(']')?.0.parse::<usize>().ok();
    if let Some(inject) = number("injects").and_then(|i| ctx.s.injects.get(i)) {
        return ctx.reach.inject(inject.id.as_str()).is_none();
    }
    if let Some(step) = number("adversary.steps").and_then(|i| ctx.s.adversary.steps.get(i)) {
        return ctx.reach.step(step.id.as_str()).is_none();
    }
    number("rules_of_the_world")
        .and_then(|i| ctx.s.rules_of_the_world.get(i))
        .is_some_and(|rule| ctx.reach.trigger(&rule.trigger).is_none())
}

/// A cue in an author's words.
pub(crate) fn words(cue: &Cue) -> String {
    match cue {
        Cue::Start => "StartEx".into(),
        Cue::Delivered(x) => format!("the delivery of {x}"),
        Cue::Opened(x) => format!("the opening of {x}"),
        Cue::Acknowledged(x) => format!("the acknowledgement of {x}"),
        Cue::Began(x) => format!("the begin of action `{x}`"),
        Cue::Acted(x) => format!("action `{x}` with success"),
        Cue::ActedOn(x, asset) => format!("action `{x}` on `{asset}`"),
        Cue::Failed(x) => format!("action `{x}` without success"),
        Cue::Queried(x) => format!("query `{x}`"),
        Cue::Told(x) => format!("telling `{x}`"),
        Cue::Paged(x) => format!("paging `{x}`"),
        Cue::SentVia(x) => format!("a message via `{x}`"),
        Cue::Sent(x) => format!("sending `{x}`"),
        Cue::SentTo(x, to) => format!("sending `{x}` to `{to}`"),
        Cue::ApprovedProduct(x) => format!("approval of `{x}`"),
        Cue::ApprovedAction(x) => format!("approval of `{x}`"),
        Cue::Declared(x) => format!("declaring `{x}`"),
        Cue::DeclaredAs(x, value) => format!("declaring `{x}` as `{value}`"),
        Cue::Decided(x) => format!("deciding `{x}`"),
        Cue::DecidedAs(x, option) => format!("deciding `{x}` as `{option}`"),
        Cue::Ticked(x) => format!("ticking `{x}`"),
        Cue::Logged => "a line in the log".into(),
        Cue::ClockStarted(x) => format!("the start of clock `{x}`"),
        Cue::Filed(x) => format!("the filing for clock `{x}`"),
        Cue::StepStarted(x) => format!("the begin of step `{x}`"),
        Cue::StepDone(x) => format!("the success of step `{x}`"),
        Cue::StepBlocked(x) => format!("the blocking of step `{x}`"),
        Cue::Detected(x) => format!("the detection of step `{x}`"),
        Cue::Flag(x) => format!("flag `{x}`"),
    }
}
