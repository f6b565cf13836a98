//! Deadlines nobody can meet, and times after the end.

use super::{Check, Ctx, Out, wait::words};
use crate::{
    model::{Cue, Trigger},
    span::Path,
};
use protocol::{SimTime, Span};

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "ends", about: "what begins after the exercise is over", run: ends },
    Check { name: "deadlines", about: "targets and limits that cannot be met", run: deadlines },
    Check { name: "terms", about: "clocks scored later than the law allows, or after the end", run: terms },
];

fn ends(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let end = s.length;
    for (i, inject) in s.injects.iter().enumerate() {
        let at = Path::from("injects").index(i).field("trigger");
        if let Some(first) = ctx.reach.inject(inject.id.as_str()).filter(|t| *t > end.0) {
            let message = format!(
                "{} comes at {} at the earliest, the exercise ends at {}",
                inject.id,
                SimTime(first),
                SimTime(end.0)
            );
            out.error(&at, message, "bring it forward, or lengthen the exercise");
        }
    }
    for (i, step) in s.adversary.steps.iter().enumerate() {
        if ctx.reach.step(step.id.as_str()).is_some_and(|t| t > end.0) {
            let at = Path::from("adversary.steps").index(i).field("starts");
            out.warn(&at, format!("step `{}` begins after the exercise is over", step.id), "bring it forward");
        }
    }
    for (i, rule) in s.rules_of_the_world.iter().enumerate() {
        let fixed = matches!(&rule.trigger, Trigger::At(t) | Trigger::Unless { by: t, .. } if *t > end);
        if fixed {
            let at = Path::from("rules_of_the_world").index(i).field("trigger");
            out.warn(&at, format!("rule `{}` takes effect after the exercise is over", rule.id), "bring it forward");
        }
    }
}

/// A target with its limit, counted from a cue.
struct Deadline<'a> {
    at: Path,
    target_field: &'a str,
    what: String,
    from: Option<u64>,
    target: Span,
    limit: Span,
    /// The least time it takes to do it, and what takes so long.
    takes: (Span, String),
}

fn deadlines(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    for (i, x) in s.expected.iter().enumerate() {
        let done = match &x.completed_by {
            Some(cue) => fastest(ctx, cue),
            None => x.any_of.iter().map(|c| fastest(ctx, c)).min().unwrap_or_default(),
        };
        let deadline = Deadline {
            at: Path::from("expected").index(i),
            target_field: "target",
            what: format!("expected action `{}`", x.id),
            from: ctx.reach.inject(x.called_for_by.as_str()),
            target: x.target,
            limit: x.limit,
            takes: done,
        };
        judge(ctx, out, &deadline);
    }
    for (i, x) in s.products.iter().enumerate() {
        let deadline = Deadline {
            at: Path::from("products").index(i),
            target_field: "target",
            what: format!("product `{}`", x.id),
            from: ctx.reach.cue(&x.from),
            target: x.target,
            limit: x.limit,
            takes: Default::default(),
        };
        judge(ctx, out, &deadline);
    }
    for (i, x) in s.escalation.iter().enumerate() {
        let deadline = Deadline {
            at: Path::from("escalation").index(i),
            target_field: "within",
            what: format!("escalation line `{}`", x.id),
            from: ctx.reach.cue(&x.from),
            target: x.within,
            limit: x.limit,
            takes: Default::default(),
        };
        judge(ctx, out, &deadline);
    }
}

fn judge(ctx: &Ctx<'_>, out: &mut Out<'_>, d: &Deadline<'_>) {
    if d.limit < d.target {
        let message =
            format!("{}: its limit, {}, is shorter than its {}, {}", d.what, d.limit, d.target_field, d.target);
        out.error(&d.at.field("limit"), message, "the limit is when it is too late; make it the longer one");
    }
    let at = d.at.field(d.target_field);
    if d.target < d.takes.0 {
        let message = format!("{} is due within {}, but {} takes {} at least", d.what, d.target, d.takes.1, d.takes.0);
        out.error(&at, message, "allow more time, or let the first act count and not its end");
    }
    let Some(from) = d.from else { return };
    if from.saturating_add(d.target.0) > ctx.s.length.0 && from <= ctx.s.length.0 {
        let message = format!(
            "{} is called for at {} at the earliest and due {} later, after the end at {}",
            d.what,
            SimTime(from),
            d.target,
            SimTime(ctx.s.length.0)
        );
        out.error(&at, message, "call for it earlier, allow less time, or lengthen the exercise");
    }
}

/// The least time between asking for a cue and having it.
fn fastest(ctx: &Ctx<'_>, cue: &Cue) -> (Span, String) {
    let takes = match cue {
        Cue::Acted(x) | Cue::ActedOn(x, _) | Cue::Failed(x) => ctx.reach.find_action(x.as_str()).map(|a| a.takes.0),
        Cue::Queried(x) => ctx.reach.find_query(x.as_str()).map(|q| q.takes.0),
        _ => None,
    };
    (takes.unwrap_or_default(), words(cue))
}

fn terms(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let Ok(calendar) = crate::Calendar::parse(&ctx.s.starts_at) else { return };
    for (i, clock) in ctx.s.clocks.iter().enumerate() {
        let at = Path::from("clocks").index(i).field("target");
        if clock.target == Span::ZERO {
            out.error(&at, format!("the clock `{}` is due at once", clock.id), "say when a good table has filed it");
        }
        let Some(from) = ctx.reach.cue(&Cue::ClockStarted(clock.id.clone())) else { continue };
        let due = calendar.due(SimTime(from), clock.term).since(SimTime(from));
        if clock.target > due {
            let message = format!("the clock `{}` is scored at {}, after its term of {due}", clock.id, clock.target);
            out.error(&at, message, "a good table files before the law's deadline");
        }
        if from <= ctx.s.length.0 && from.saturating_add(clock.target.0) > ctx.s.length.0 {
            let message = format!(
                "the clock `{}` starts at {} at the earliest and is scored {} later, after the end at {}",
                clock.id,
                SimTime(from),
                clock.target,
                SimTime(ctx.s.length.0)
            );
            out.error(&at, message, "score it inside the exercise; the legal deadline is shown all the same");
        }
    }
}
