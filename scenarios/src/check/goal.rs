//! Objectives, and whether anybody can do what is looked for.

use super::{Check, Ctx, Out};
use crate::{
    check::wait::words,
    model::{Cue, InjectKind, Trigger},
    span::Path,
};
use protocol::SeatId;
use std::collections::BTreeSet;

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "objectives", about: "objectives and competencies nobody can observe", run: objectives },
    Check {
        name: "performers",
        about: "expected actions, lines and clocks no listed seat can perform",
        run: performers,
    },
    Check { name: "kinds", about: "injects that are not what their kind says", run: kinds },
    Check { name: "hints", about: "expected actions with no hint for practice", run: hints },
    Check { name: "told", about: "who is to be told and must not be told", run: told },
];

fn objectives(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    seen.extend(s.expected.iter().map(|x| x.objective.as_str()));
    seen.extend(s.escalation.iter().map(|x| x.objective.as_str()));
    seen.extend(s.products.iter().map(|x| x.objective.as_str()));
    seen.extend(s.clocks.iter().map(|x| x.objective.as_str()));
    let only_mistakes: BTreeSet<&str> = s
        .traps
        .iter()
        .map(|x| x.objective.as_str())
        .chain(s.must_not_tell.iter().map(|x| x.objective.as_str()))
        .collect();
    for (i, o) in s.objectives.iter().enumerate() {
        let at = Path::from("objectives").index(i).field("id");
        if seen.contains(o.id.as_str()) {
            continue;
        }
        if only_mistakes.contains(o.id.as_str()) {
            let help = "let an expected action, a line, a product or a clock show that it was met";
            out.warn(&at, format!("only mistakes are observed for the objective `{}`", o.id), help);
        } else {
            let help = "point an expected action, an escalation line, a product, a clock or a trap at it";
            out.error(&at, format!("nobody can observe the objective `{}`", o.id), help);
        }
    }
    let used: BTreeSet<&str> = s.objectives.iter().flat_map(|o| &o.competencies).map(|c| c.as_str()).collect();
    for (i, c) in s.competencies.iter().enumerate() {
        if !used.contains(c.id.as_str()) {
            let at = Path::from("competencies").index(i).field("id");
            out.warn(&at, format!("no objective is evidence for the competency `{}`", c.id), "name it in an objective");
        }
    }
}

/// Who can bring a cue about; `None`: anyone, or the world.
fn doers<'a>(ctx: &Ctx<'a>, cue: &Cue) -> Option<&'a [SeatId]> {
    let s = ctx.s;
    match cue {
        Cue::Began(x) | Cue::Acted(x) | Cue::ActedOn(x, _) | Cue::Failed(x) => {
            ctx.reach.find_action(x.as_str()).map(|a| a.by.as_slice())
        }
        Cue::Queried(x) => ctx.reach.find_query(x.as_str()).map(|q| q.by.as_slice()),
        Cue::Sent(x) | Cue::SentTo(x, _) => s.products.iter().find(|p| p.id == *x).map(|p| p.by.as_slice()),
        Cue::Declared(x) | Cue::DeclaredAs(x, _) => s.declarations.iter().find(|d| d.id == *x).map(|d| d.by.as_slice()),
        Cue::Decided(x) | Cue::DecidedAs(x, _) => {
            super::name::decisions(s).find(|(_, d)| d.id == *x).map(|(_, d)| d.by.as_slice())
        }
        Cue::Opened(x) | Cue::Acknowledged(x) => ctx.reach.find_inject(x.as_str()).map(|i| i.to.as_slice()),
        Cue::Filed(x) => {
            let clock = s.clocks.iter().find(|c| c.id == *x)?;
            s.products.iter().find(|p| p.id == clock.product).map(|p| p.by.as_slice())
        }
        _ => None,
    }
}

fn performers(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    for (i, x) in s.expected.iter().enumerate() {
        let at = Path::from("expected").index(i);
        let can = |cue: &Cue| {
            ctx.reach.cue(cue).is_some()
                && (x.by.is_empty() || doers(ctx, cue).is_none_or(|d| d.iter().any(|seat| x.by.contains(seat))))
        };
        let empty = |cue: &Cue| doers(ctx, cue).is_some_and(<[SeatId]>::is_empty);
        if !x.any_of.is_empty() && !x.any_of.iter().any(|c| can(c) || empty(c)) {
            let cues: Vec<String> = x.any_of.iter().map(words).collect();
            let who: Vec<&str> = x.by.iter().map(SeatId::as_str).collect();
            let who = if who.is_empty() { "anybody".to_owned() } else { who.join(" or ") };
            let message = format!("`{}` cannot be done: {} is nothing {who} can do", x.id, cues.join(" or "));
            out.error(&at.field("any_of"), message, "list seats in `by` that may do it, or let it come about");
        }
        if let Some(cue) = &x.completed_by
            && ctx.reach.cue(cue).is_none()
        {
            let message = format!("`{}` can never be completed: nothing can bring about {}", x.id, words(cue));
            out.error(&at.field("completed_by"), message, "wait for something that can happen");
        }
    }
    lines(ctx, out);
    filings(ctx, out);
}

fn lines(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (i, line) in ctx.s.escalation.iter().enumerate() {
        let at = Path::from("escalation").index(i);
        let alone = |seat: &SeatId| line.tell.iter().all(|t| t.as_str() == seat.as_str());
        if !line.by.is_empty() && !line.tell.is_empty() && line.by.iter().all(alone) {
            let message = format!("in the line `{}` a seat is to tell itself", line.id);
            out.error(&at.field("by"), message, "list others in `by`, or leave it out");
        }
        let Some(product) = line.with.as_ref().and_then(|w| ctx.s.products.iter().find(|p| p.id == *w)) else {
            continue;
        };
        if !line.by.is_empty() && !line.by.iter().any(|seat| product.by.contains(seat)) {
            let message = format!("no seat of the line `{}` may write `{}`", line.id, product.id);
            out.error(&at.field("by"), message, format!("`{}` is written by {}", product.id, seats(&product.by)));
        }
        if !line.tell.iter().any(|t| product.to.contains(t)) {
            let message = format!("`{}` does not usually go to anyone the line `{}` tells", product.id, line.id);
            out.warn(&at.field("with"), message, "add the recipient to the product's `to`");
        }
        if !line.via.is_empty() && !line.via.contains(&product.via) {
            let message = format!(
                "`{}` usually goes by `{}`, which the line `{}` does not accept",
                product.id, product.via, line.id
            );
            out.warn(&at.field("via"), message, "add the product's channel to `via`");
        }
    }
}

fn filings(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (i, clock) in ctx.s.clocks.iter().enumerate() {
        let at = Path::from("clocks").index(i);
        let Some(product) = ctx.s.products.iter().find(|p| p.id == clock.product) else { continue };
        if !clock.to.iter().any(|t| product.to.contains(t)) {
            let message = format!("`{}` does not usually go to anyone the clock `{}` asks for", product.id, clock.id);
            out.warn(&at.field("product"), message, "add the recipient to the product's `to`");
        }
        if !clock.by.is_empty() && !clock.by.iter().any(|seat| product.by.contains(seat)) {
            let message = format!("no seat that answers for `{}` may write `{}`", clock.id, product.id);
            out.warn(&at.field("by"), message, format!("`{}` is written by {}", product.id, seats(&product.by)));
        }
    }
}

fn seats(by: &[SeatId]) -> String {
    by.iter().map(SeatId::as_str).collect::<Vec<_>>().join(", ")
}

fn kinds(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let mut asks: BTreeSet<&str> = s.expected.iter().map(|e| e.called_for_by.as_str()).collect();
    asks.extend(ctx.walk.cues.iter().filter_map(|c| match c.cue {
        Cue::Delivered(x) | Cue::Opened(x) | Cue::Acknowledged(x) => Some(x.as_str()),
        _ => None,
    }));
    for (i, inject) in s.injects.iter().enumerate() {
        let at = Path::from("injects").index(i);
        let unless = matches!(inject.trigger, Trigger::Unless { .. } | Trigger::UnlessAfter { .. });
        if unless && inject.kind != InjectKind::Contingency {
            let message = format!("{} comes because nobody acted, but is not a Contingency", inject.id);
            out.warn(&at.field("kind"), message, "write `kind: Contingency`");
        }
        if inject.kind == InjectKind::Contingency && matches!(inject.trigger, Trigger::At(_)) {
            let message = format!("{} is a Contingency, but comes whatever the table does", inject.id);
            out.warn(&at.field("trigger"), message, "write `Unless(done: …, by: …)`, or make it Contextual");
        }
        let called = inject.decision.is_some() || asks.contains(inject.id.as_str());
        if inject.kind == InjectKind::Prompt && !called {
            let help = "let an expected action, a product or a line be called for by it, or make it Contextual";
            out.warn(&at.field("kind"), format!("{} is a Prompt, but nothing is expected of it", inject.id), help);
        }
        let from = inject.from.as_seat();
        if inject.to.contains(&from) || from == s.default_seat {
            let help = "let a party or another seat say it; a person who holds the seat speaks for themselves";
            out.warn(&at.field("from"), format!("{} puts words into the mouth of `{from}`", inject.id), help);
        }
    }
}

fn hints(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let without: Vec<(usize, &str)> = ctx
        .s
        .expected
        .iter()
        .enumerate()
        .filter(|(_, e)| e.hint.trim().is_empty())
        .map(|(i, e)| (i, e.id.as_str()))
        .collect();
    if let Some((first, _)) = without.first() {
        let names: Vec<String> = without.iter().map(|(_, id)| format!("`{id}`")).collect();
        let help = "write a `hint`: a question that leads there, not the answer";
        let message = format!("in practice nobody can be helped with {}", names.join(", "));
        out.warn(&Path::from("expected").index(*first).field("id"), message, help);
    }
}

fn told(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (i, not) in ctx.s.must_not_tell.iter().enumerate() {
        let at = Path::from("must_not_tell").index(i);
        for line in &ctx.s.escalation {
            if not.until.is_none() && line.tell.as_slice() == std::slice::from_ref(&not.party) {
                let help = "say `until` when they may be told, or take one of the two out";
                let message = format!("`{}` must never be told, but the line `{}` asks for it", not.party, line.id);
                out.error(&at.field("party"), message, help);
            }
        }
    }
}
