//! Numbers and pairs that contradict themselves.

use super::{Check, Ctx, Out};
use crate::{
    model::{Cond, Effect, Outcome},
    span::Path,
};
use protocol::Span;

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "ranges", about: "shortest times above longest, and empty lists of who or what", run: ranges },
    Check { name: "percent", about: "percentages above 100 and weights that do not add up", run: percent },
    Check { name: "outcomes", about: "queries and actions that may end with nothing to say", run: outcomes },
    Check { name: "empty", about: "texts and lists left empty that somebody needs", run: empty },
    Check { name: "meters", about: "meters that cannot move or do not count", run: meters },
];

fn ranges(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let mut pair = |at: Path, (least, most): (Span, Span)| {
        if least > most {
            out.error(&at, format!("the shortest time, {least}, is above the longest, {most}"), "swap them");
        }
    };
    for (i, step) in s.adversary.steps.iter().enumerate() {
        pair(Path::from("adversary.steps").index(i).field("takes"), step.takes);
    }
    for (i, query) in s.queries.iter().enumerate() {
        pair(Path::from("queries").index(i).field("takes"), query.takes);
    }
    for (i, action) in s.actions.iter().enumerate() {
        pair(Path::from("actions").index(i).field("takes"), action.takes);
    }
    for (i, sensor) in s.sensors.iter().enumerate() {
        let at = Path::from("sensors").index(i);
        pair(at.field("latency"), sensor.latency);
        if let Some(noise) = &sensor.noise {
            pair(at.field("noise").field("every"), noise.every);
        }
    }
    let seats = s.seats.iter().map(|x| &x.cell).enumerate().map(|(i, c)| (Path::from("seats").index(i), c));
    let parties = s.parties.iter().map(|x| &x.cell).enumerate().map(|(i, c)| (Path::from("parties").index(i), c));
    for (at, cell) in seats.chain(parties) {
        let at = at.field("cell");
        pair(at.field("latency"), cell.latency);
        if let Some(answers) = cell.answers_page {
            pair(at.field("answers_page"), answers);
        }
    }
}

fn percent(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let w = ctx.s.scoring;
    let sum = [w.response, w.escalation, w.communication, w.outcome].iter().map(|n| u64::from(*n)).sum::<u64>();
    if sum != 100 {
        let help = "response, escalation, communication and outcome together make 100";
        out.error(&"scoring".into(), format!("the weights add up to {sum}"), help);
    }
    if w.pass > 100 {
        out.error(&"scoring.pass".into(), format!("nobody can reach {} percent", w.pass), "60 is usual");
    }
    for (i, sensor) in ctx.s.sensors.iter().enumerate() {
        for (j, sight) in sensor.sees.iter().enumerate() {
            let at = Path::from("sensors").index(i).field("sees").index(j).field("coverage");
            if sight.coverage > 100 {
                out.error(&at, format!("a coverage of {} percent", sight.coverage), "100 is always, 0 never");
            }
        }
    }
    for e in &ctx.walk.effects {
        if let Effect::TipOff(percent) = e.effect
            && !(1..=100).contains(percent)
        {
            let help = "steps take this percentage of their time from then on; 50 is twice as fast";
            out.error(&e.at, format!("a tip-off to {percent} percent"), help);
        }
    }
}

fn outcomes(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let queries = ctx.s.queries.iter().map(|q| ("query", &q.id as &dyn std::fmt::Display, &q.results));
    for (i, (what, id, results)) in queries.enumerate() {
        fallback(out, &Path::from("queries").index(i), what, id, results);
    }
    let actions = ctx.s.actions.iter().map(|a| ("action", &a.id as &dyn std::fmt::Display, &a.results));
    for (i, (what, id, results)) in actions.enumerate() {
        fallback(out, &Path::from("actions").index(i), what, id, results);
    }
}

fn fallback(out: &mut Out<'_>, at: &Path, what: &str, id: &dyn std::fmt::Display, results: &[Outcome]) {
    let at = at.field("results");
    match results.iter().position(Outcome::is_fallback) {
        None => {
            let help = "add a last entry without `when`: what people see when no other fits";
            out.error(&at, format!("the {what} `{id}` has no outcome for when none of its conditions holds"), help);
        }
        Some(n) if n + 1 < results.len() => {
            let help = "the first entry whose condition holds is taken; put the one without `when` last";
            let message = format!("no outcome of the {what} `{id}` after this one can come about");
            out.error(&at.index(n + 1), message, help);
        }
        Some(_) => {}
    }
    for (i, outcome) in results.iter().enumerate() {
        if outcome.text.trim().is_empty() {
            let help = "write what appears on their screen; `done: false` says that nothing was there to do";
            out.error(&at.index(i), format!("this outcome of the {what} `{id}` tells people nothing"), help);
        }
        if outcome.when == Cond::Any(Vec::new()) {
            out.error(&at.index(i).field("when"), "`Any([])` never holds", "leave `when` out for always");
        }
    }
}

fn empty(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let mut need = |at: Path, missing: bool, message: String, help: &str| {
        if missing {
            out.error(&at, message, help);
        }
    };
    need("length".into(), s.length == Span::ZERO, "the exercise has no length".into(), "90m is usual");
    for (field, text) in [("title", &s.title), ("situation", &s.situation), ("ground_truth", &s.ground_truth)] {
        need(
            field.into(),
            text.trim().is_empty(),
            format!("`{field}` is empty"),
            "the exercise opens or closes with it",
        );
    }
    let nobody = "list at least one seat";
    for (i, x) in s.injects.iter().enumerate() {
        let at = Path::from("injects").index(i);
        need(at.field("to"), x.to.is_empty(), format!("{} is addressed to nobody", x.id), nobody);
        need(at.field("body"), x.body.trim().is_empty(), format!("{} says nothing", x.id), "write its text");
        need(at.field("subject"), x.subject.trim().is_empty(), format!("{} has no subject", x.id), "write one line");
        if let Some(d) = &x.decision {
            let at = at.field("decision");
            need(at.field("by"), d.by.is_empty(), format!("nobody may decide `{}`", d.id), nobody);
            let few = d.options.len() < 2;
            need(at.field("options"), few, format!("`{}` leaves nothing to decide", d.id), "give two options or more");
        }
    }
    for (i, x) in s.queries.iter().enumerate() {
        need(Path::from("queries").index(i).field("by"), x.by.is_empty(), format!("nobody may run `{}`", x.id), nobody);
    }
    for (i, x) in s.actions.iter().enumerate() {
        need(Path::from("actions").index(i).field("by"), x.by.is_empty(), format!("nobody may do `{}`", x.id), nobody);
    }
    for (i, x) in s.sensors.iter().enumerate() {
        let at = Path::from("sensors").index(i);
        need(at.field("to"), x.to.is_empty(), format!("nobody gets the alerts of `{}`", x.id), nobody);
    }
    for (i, x) in s.declarations.iter().enumerate() {
        let at = Path::from("declarations").index(i);
        need(at.field("by"), x.by.is_empty(), format!("nobody may declare `{}`", x.id), nobody);
        need(at.field("values"), x.values.is_empty(), format!("`{}` has no value to declare", x.id), "list its values");
    }
    for (i, x) in s.products.iter().enumerate() {
        let at = Path::from("products").index(i);
        need(at.field("by"), x.by.is_empty(), format!("nobody writes `{}`", x.id), nobody);
        need(at.field("to"), x.to.is_empty(), format!("`{}` has no reader", x.id), "list its usual recipients");
    }
    for (i, x) in s.clocks.iter().enumerate() {
        let at = Path::from("clocks").index(i);
        need(at.field("to"), x.to.is_empty(), format!("the clock `{}` tells nobody", x.id), "list who has to be told");
    }
    for (i, x) in s.escalation.iter().enumerate() {
        let at = Path::from("escalation").index(i);
        need(
            at.field("tell"),
            x.tell.is_empty(),
            format!("the line `{}` tells nobody", x.id),
            "list who has to be told",
        );
    }
    for (i, x) in s.expected.iter().enumerate() {
        let at = Path::from("expected").index(i);
        let help = "list the cues that count as a first correct act";
        need(at.field("any_of"), x.any_of.is_empty(), format!("nothing counts as `{}`", x.id), help);
        need(at.field("points"), x.points == 0, format!("`{}` earns no points", x.id), "give it some, or take it out");
    }
}

fn meters(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    if s.scoring.outcome > 0 && s.meters.iter().all(|m| m.weight == 0) {
        let help = "give a meter a weight, or set `outcome` to 0";
        out.error(&"meters".into(), "the outcome counts, but no meter has a weight", help);
    }
    for (i, m) in s.meters.iter().enumerate() {
        let at = Path::from("meters").index(i);
        let jumps = ctx.walk.effects.iter().any(|e| matches!(e.effect, Effect::Add(x, _) if *x == m.id));
        if m.flows.iter().all(|f| f.per_hour == 0) && !jumps {
            out.warn(
                &at.field("flows"),
                format!("the meter `{}` can never move", m.id),
                "give it a flow or an Add effect",
            );
        }
        if m.most.is_some_and(|most| most < m.starts) {
            out.error(&at.field("most"), format!("the meter `{}` starts above its most", m.id), "raise `most`");
        }
        for (j, flow) in m.flows.iter().enumerate() {
            if ctx.reach.cond(&flow.while_).is_none() {
                let help = "let a step, an action or a rule bring this about";
                let why = super::reach::dead_part(&ctx.reach, &flow.while_);
                let why = why.unwrap_or_else(|| "its condition can never hold".into());
                let message = format!("this flow of `{}` can never run: {why}", m.id);
                out.warn(&at.field("flows").index(j).field("while_"), message, help);
            }
        }
    }
}
