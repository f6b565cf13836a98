//! The reference response: acts that can be done, by seats that may, in a table that is held.

use super::{Check, Ctx, Out, name::Kind};
use crate::{fault::Severity, model::Cue, span::Path};
use protocol::{Act, ActionId, Actor, AssetId, Command, Draft, PartyId, QueryId, SeatId, SimTime, Work, moves::Moves};
use std::collections::BTreeSet;

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "reference", about: "a reference response that is missing, or does nothing", run: missing },
    Check { name: "moves", about: "acts of the reference response that name what is not there", run: names },
    Check { name: "rights", about: "acts of the reference response by seats that may not do them", run: rights },
    Check { name: "covers", about: "expected actions the reference response never does", run: covers },
];

/// Where a command stands: its line, from the column after the time.
fn place(moves: &Moves, at: usize) -> (usize, usize) {
    (moves.lines.get(at).copied().unwrap_or(1), 1)
}

fn missing(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    match (ctx.moves_text, ctx.moves) {
        (None, _) => {
            let help = "write reference.moves: what a good table does, for scores to be placed against";
            out.moves(Severity::Warning, (1, 1), "the scenario has no reference response", help);
        }
        (Some(_), Some(moves)) if moves.commands.is_empty() => {
            out.moves(Severity::Warning, (1, 1), "the reference response does nothing", "write its acts, one a line");
        }
        _ => {}
    }
}

fn names(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let Some(moves) = ctx.moves else { return };
    for seat in &moves.hold {
        if !ctx.names.has(Kind::Seat, "", seat.as_str()) {
            let line = ctx.moves_text.and_then(|t| t.lines().position(|l| l.trim_start().starts_with("hold")));
            let message = format!("there is no seat `{seat}` to hold");
            out.moves(Severity::Error, (line.unwrap_or(0) + 1, 1), message, ctx.hint(Kind::Seat, "", seat.as_str()));
        }
    }
    for (i, command) in moves.commands.iter().enumerate() {
        let mut used: Vec<(Kind, String, String)> = Vec::new();
        if let Actor::Seat(seat) = &command.by {
            used.push((Kind::Seat, String::new(), seat.to_string()));
        }
        used_by(&command.act, &mut used);
        for (kind, within, id) in used {
            let parent = match kind {
                Kind::Option => ctx.names.has(Kind::Decision, "", &within),
                Kind::Value => ctx.names.has(Kind::Declaration, "", &within),
                _ => true,
            };
            if parent && !ctx.names.has(kind, &within, &id) {
                let help = ctx.hint(kind, &within, &id);
                out.moves(Severity::Error, place(moves, i), super::id::none(kind, &id), help);
            }
        }
    }
    let end = SimTime(ctx.s.length.0);
    let late: Vec<usize> = (0..moves.commands.len()).filter(|i| moves.commands[*i].at > end).collect();
    if let Some(first) = late.first() {
        let message = match late.len() {
            1 => format!("this act comes after the end at {end}"),
            n => format!("this act and {} more come after the end at {end}", n - 1),
        };
        out.moves(Severity::Error, place(moves, *first), message, "bring it forward, or lengthen the exercise");
    }
}

/// The names an act uses. Numbers given out during play are not known beforehand.
fn used_by(act: &Act, used: &mut Vec<(Kind, String, String)>) {
    let mut name = |kind: Kind, id: &dyn std::fmt::Display| used.push((kind, String::new(), id.to_string()));
    match act {
        Act::TakeSeat { seat, .. } | Act::LeaveSeat { seat } => name(Kind::Seat, seat),
        Act::Release { inject } | Act::Hold { inject } | Act::Skip { inject } => name(Kind::Inject, inject),
        Act::Open { item } | Act::Acknowledge { item } if item.as_str().starts_with("INJ-") => name(Kind::Inject, item),
        Act::Query { query } => name(Kind::Query, query),
        Act::Do { action, target } => {
            name(Kind::Action, action);
            target.iter().for_each(|t| name(Kind::Asset, t));
        }
        Act::Ask { seat, work } => {
            name(Kind::Seat, seat);
            match work {
                Work::Query(query) => name(Kind::Query, query),
                Work::Action(action, target) => {
                    name(Kind::Action, action);
                    target.iter().for_each(|t| name(Kind::Asset, t));
                }
            }
        }
        Act::Page { party, .. } => name(Kind::Addressee, party),
        Act::Send(draft) => draft_names(draft, used),
        Act::Request { of, subject } => {
            name(Kind::Addressee, of);
            match subject {
                protocol::Subject::Action(x) => name(Kind::Action, x),
                protocol::Subject::Product(x) => name(Kind::Product, x),
            }
        }
        Act::Declare { declaration, value, .. } => {
            name(Kind::Declaration, declaration);
            used.push((Kind::Value, declaration.to_string(), value.to_string()));
        }
        Act::Decide { decision, option, .. } => {
            name(Kind::Decision, decision);
            used.push((Kind::Option, decision.to_string(), option.to_string()));
        }
        Act::Tick { step } => name(Kind::Runbook, step),
        _ => {}
    }
}

fn draft_names(draft: &Draft, used: &mut Vec<(Kind, String, String)>) {
    let mut name = |kind: Kind, id: &dyn std::fmt::Display| used.push((kind, String::new(), id.to_string()));
    draft.to.iter().for_each(|x| name(Kind::Addressee, x));
    draft.via.iter().for_each(|x| name(Kind::Channel, x));
    draft.product.iter().for_each(|x| name(Kind::Product, x));
    draft.re.iter().filter(|x| x.as_str().starts_with("INJ-")).for_each(|x| name(Kind::Inject, x));
}

fn rights(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let Some(moves) = ctx.moves else { return };
    // Without a `hold` line the seats that act are held.
    let mut held: BTreeSet<&str> = moves.hold.iter().map(SeatId::as_str).collect();
    let listed = !held.is_empty();
    for command in &moves.commands {
        match (&command.by, &command.act) {
            (_, Act::TakeSeat { seat, .. }) => {
                held.insert(seat.as_str());
            }
            (Actor::Seat(seat), _) if !listed => {
                held.insert(seat.as_str());
            }
            _ => {}
        }
    }
    for (i, command) in moves.commands.iter().enumerate() {
        if let Some((message, help)) = wrong(ctx, command, &held) {
            out.moves(Severity::Error, place(moves, i), message, help);
        }
    }
}

fn wrong(ctx: &Ctx<'_>, command: &Command, held: &BTreeSet<&str>) -> Option<(String, String)> {
    let staff = command.act.is_facilitators();
    let seat = match &command.by {
        Actor::Facilitator if staff => return None,
        Actor::Facilitator => return Some(("the facilitator does not play".into(), "give the act to a seat".into())),
        Actor::Seat(_) if staff => {
            return Some(("a seat cannot do this".into(), "begin the act with `facilitator`".into()));
        }
        Actor::Seat(seat) => seat,
    };
    if !held.contains(seat.as_str()) && ctx.names.has(Kind::Seat, "", seat.as_str()) {
        return Some((format!("nobody holds the seat `{seat}`"), "add it to the `hold` line".into()));
    }
    works(ctx, seat, &command.act).or_else(|| speaks(ctx, seat, &command.act, held))
}

/// Work by a seat, or asked of one: only who is listed may, and only on what is listed.
fn works(ctx: &Ctx<'_>, by: &SeatId, act: &Act) -> Option<(String, String)> {
    let action = |seat: &SeatId, id: &ActionId, target: Option<&AssetId>| {
        let a = ctx.reach.find_action(id.as_str())?;
        if may(seat, &a.by) {
            return target_fits(a, target);
        }
        Some(refused(seat, &format!("do `{id}`"), &a.by, &format!("ask {} do {id}", first(&a.by))))
    };
    let query = |seat: &SeatId, id: &QueryId| {
        let q = ctx.reach.find_query(id.as_str())?;
        let instead = format!("ask {} query {id}", first(&q.by));
        (!may(seat, &q.by)).then(|| refused(seat, &format!("run `{id}`"), &q.by, &instead))
    };
    match act {
        Act::Do { action: id, target } => action(by, id, target.as_ref()),
        Act::Query { query: id } => query(by, id),
        Act::Ask { seat, work: Work::Action(id, target) } => action(seat, id, target.as_ref()),
        Act::Ask { seat, work: Work::Query(id) } => query(seat, id),
        _ => None,
    }
}

/// Writing, declaring and deciding fall to whoever is there when none of the seats is held.
fn speaks(ctx: &Ctx<'_>, seat: &SeatId, act: &Act, held: &BTreeSet<&str>) -> Option<(String, String)> {
    let refused_to = |what: String, by: &[SeatId]| {
        let here = may(seat, by) || !by.iter().any(|b| held.contains(b.as_str()));
        (!here).then(|| refused(seat, &what, by, ""))
    };
    match act {
        Act::Send(draft) => {
            let channel = draft.via.as_ref().and_then(|v| ctx.s.channels.iter().find(|c| c.id == *v));
            if let Some(channel) = channel.filter(|c| !c.writable) {
                return Some((format!("players cannot send on `{}`", channel.id), "name another channel".into()));
            }
            let product = draft.product.as_ref().and_then(|p| ctx.s.products.iter().find(|x| x.id == *p))?;
            refused_to(format!("write `{}`", product.id), &product.by)
        }
        Act::Declare { declaration, .. } => {
            let d = ctx.s.declarations.iter().find(|d| d.id == *declaration)?;
            refused_to(format!("declare `{declaration}`"), &d.by)
        }
        Act::Decide { decision, .. } => {
            let d = super::name::decisions(ctx.s).find(|(_, d)| d.id == *decision).map(|(_, d)| d)?;
            refused_to(format!("decide `{decision}`"), &d.by)
        }
        _ => None,
    }
}

/// That nobody may at all is the catalogue's fault, and said there.
fn may(seat: &SeatId, by: &[SeatId]) -> bool {
    by.contains(seat) || by.is_empty()
}

fn first(by: &[SeatId]) -> &str {
    by.first().map_or("SEAT", SeatId::as_str)
}

fn refused(seat: &SeatId, what: &str, by: &[SeatId], instead: &str) -> (String, String) {
    let who: Vec<&str> = by.iter().map(SeatId::as_str).collect();
    let instead = if instead.is_empty() { String::new() } else { format!("; write `{instead}`") };
    (format!("the seat `{seat}` may not {what}"), format!("{} may{instead}", who.join(", ")))
}

fn target_fits(action: &crate::model::Action, target: Option<&AssetId>) -> Option<(String, String)> {
    let names: Vec<&str> = action.targets.iter().map(|t| t.as_str()).collect();
    match target {
        None if action.targets.is_empty() => None,
        None => Some((
            format!("`{}` needs to know on what", action.id),
            format!("add `on` and one of {}", names.join(", ")),
        )),
        Some(_) if action.targets.is_empty() => {
            Some((format!("`{}` is not done on anything", action.id), "leave `on …` out".into()))
        }
        Some(t) if action.targets.contains(t) => None,
        Some(t) => {
            Some((format!("`{}` cannot be done on `{t}`", action.id), format!("it can on {}", names.join(", "))))
        }
    }
}

fn covers(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let Some(moves) = ctx.moves.filter(|m| !m.commands.is_empty()) else { return };
    for (i, expected) in ctx.s.expected.iter().enumerate() {
        let acts = |cue: &&Cue| !matches!(done_by(cue), Doer::World) && ctx.reach.is_known(cue);
        let mut cues = expected.any_of.iter().filter(acts).peekable();
        if cues.peek().is_some() && !cues.any(|cue| moves.commands.iter().any(|c| does(&c.act, cue))) {
            let at = Path::from("expected").index(i).field("any_of");
            let message = format!("the reference response never does `{}`", expected.id);
            out.warn(&at, message, "add the act to reference.moves, or say who else may bring it about");
        }
    }
}

enum Doer {
    Seat,
    World,
}

/// Whether an act of a seat can be seen to bring a cue about.
fn done_by(cue: &Cue) -> Doer {
    match cue {
        Cue::Start
        | Cue::Delivered(_)
        | Cue::Failed(_)
        | Cue::ApprovedProduct(_)
        | Cue::ApprovedAction(_)
        | Cue::ClockStarted(_)
        | Cue::Filed(_)
        | Cue::StepStarted(_)
        | Cue::StepDone(_)
        | Cue::StepBlocked(_)
        | Cue::Detected(_)
        | Cue::Flag(_) => Doer::World,
        _ => Doer::Seat,
    }
}

fn does(act: &Act, cue: &Cue) -> bool {
    let to = |draft: &Draft, party: &PartyId| draft.to.contains(party);
    let any = |item: &protocol::ItemId, inject: &protocol::InjectId| {
        matches!(item.as_str(), "all") || item.as_str() == inject.as_str()
    };
    match (act, cue) {
        (Act::Open { item }, Cue::Opened(x)) | (Act::Acknowledge { item }, Cue::Acknowledged(x)) => any(item, x),
        (Act::Do { action, .. }, Cue::Began(x) | Cue::Acted(x)) => action == x,
        (Act::Do { action, target }, Cue::ActedOn(x, asset)) => action == x && target.as_ref() == Some(asset),
        (Act::Ask { work: Work::Action(action, _), .. }, Cue::Began(x) | Cue::Acted(x)) => action == x,
        (Act::Ask { work: Work::Action(action, target), .. }, Cue::ActedOn(x, asset)) => {
            action == x && target.as_ref() == Some(asset)
        }
        (Act::Query { query } | Act::Ask { work: Work::Query(query), .. }, Cue::Queried(x)) => query == x,
        (Act::Page { party, .. }, Cue::Paged(x) | Cue::Told(x)) => party == x,
        (Act::Send(draft), Cue::Told(x)) => to(draft, x),
        (Act::Send(draft), Cue::SentVia(x)) => draft.via.as_ref() == Some(x),
        (Act::Send(draft), Cue::Sent(x)) => draft.product.as_ref() == Some(x),
        (Act::Send(draft), Cue::SentTo(x, party)) => draft.product.as_ref() == Some(x) && to(draft, party),
        (Act::Declare { declaration, .. }, Cue::Declared(x)) => declaration == x,
        (Act::Declare { declaration, value, .. }, Cue::DeclaredAs(x, v)) => declaration == x && value == v,
        (Act::Decide { decision, .. }, Cue::Decided(x)) => decision == x,
        (Act::Decide { decision, option, .. }, Cue::DecidedAs(x, o)) => decision == x && option == o,
        (Act::Tick { step }, Cue::Ticked(x)) => step == x,
        (Act::Log { .. }, Cue::Logged) => true,
        _ => false,
    }
}
