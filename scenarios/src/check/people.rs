//! Seats, what they have to do, and whether word reaches them.

use super::{Check, Ctx, Out};
use crate::{
    model::{Cue, Effect, Trigger},
    span::Path,
};
use protocol::{PartyId, SeatId};
use std::collections::BTreeSet;

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "idle", about: "seats with nothing to do", run: idle },
    Check { name: "alone", about: "what a person drilling alone would never see", run: alone },
    Check { name: "channels", about: "channels nobody can send on where somebody must", run: channels },
    Check { name: "silent", about: "people who are to answer and have nothing to say", run: silent },
];

fn idle(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let mut busy: BTreeSet<&str> = BTreeSet::new();
    let mut reads: BTreeSet<&str> = BTreeSet::new();
    let acts = [
        s.actions.iter().flat_map(|x| &x.by).collect::<Vec<&SeatId>>(),
        s.queries.iter().flat_map(|x| &x.by).collect(),
        s.products.iter().flat_map(|x| &x.by).collect(),
        s.declarations.iter().flat_map(|x| &x.by).collect(),
        s.clocks.iter().flat_map(|x| &x.by).collect(),
        s.expected.iter().flat_map(|x| &x.by).collect(),
        s.escalation.iter().flat_map(|x| &x.by).collect(),
        super::name::decisions(s).flat_map(|(_, d)| &d.by).collect(),
    ];
    busy.extend(acts.iter().flatten().map(|x| x.as_str()));
    let approvers: Vec<&PartyId> = s
        .actions
        .iter()
        .filter_map(|a| a.approval.as_ref())
        .chain(s.products.iter().filter_map(|p| p.approval.as_ref()))
        .chain(s.escalation.iter().filter_map(|l| l.approval.as_ref()))
        .collect();
    busy.extend(approvers.iter().map(|x| x.as_str()));
    reads.extend(s.injects.iter().flat_map(|x| &x.to).map(|x| x.as_str()));
    reads.extend(s.sensors.iter().flat_map(|x| &x.to).map(|x| x.as_str()));
    for (i, seat) in s.seats.iter().enumerate() {
        let at = Path::from("seats").index(i).field("id");
        let id = seat.id.as_str();
        match (busy.contains(id), reads.contains(id)) {
            (true, true) => {}
            (true, false) => {
                let help = "address an inject or a sensor's alerts to it";
                out.warn(&at, format!("the seat `{id}` gets no inject and no alert"), help);
            }
            (false, true) => {
                let help = "let it do, query, write, approve or decide something";
                out.warn(&at, format!("the seat `{id}` gets injects but has nothing to do"), help);
            }
            (false, false) => {
                let help = "give it something to read and something to do, or make it a party";
                out.error(&at, format!("the seat `{id}` has nothing to do"), help);
            }
        }
    }
}

fn alone(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let reaches = |to: &[SeatId]| {
        to.is_empty()
            || to.contains(&s.default_seat)
            || s.seats.iter().any(|seat| seat.cell.forwards && to.contains(&seat.id))
    };
    let help = format!("set `forwards: true` in the cell of one of them, or address `{}` too", s.default_seat);
    for (i, inject) in s.injects.iter().enumerate() {
        if !reaches(&inject.to) {
            let at = Path::from("injects").index(i).field("to");
            out.warn(&at, format!("a person drilling alone never sees {}", inject.id), &help);
        }
    }
    for (i, inject) in s.injects.iter().enumerate() {
        // A spare inject for a table with a facilitator is fine as long as nothing is scored from it.
        let released = ctx.walk.effects.iter().any(|e| matches!(e.effect, Effect::Release(x) if *x == inject.id));
        let from =
            |cue: &Cue| matches!(cue, Cue::Delivered(x) | Cue::Opened(x) | Cue::Acknowledged(x) if *x == inject.id);
        let scored = s.expected.iter().any(|e| e.called_for_by == inject.id)
            || s.products.iter().any(|p| from(&p.from))
            || s.escalation.iter().any(|l| from(&l.from));
        if inject.trigger == Trigger::ByHand && !released && scored {
            let at = Path::from("injects").index(i).field("trigger");
            let help = "give it a trigger; the facilitator can still hold it or release it sooner";
            let message =
                format!("something is expected after {}, which nobody releases to a person drilling alone", inject.id);
            out.warn(&at, message, help);
        }
    }
    for (i, sensor) in s.sensors.iter().enumerate() {
        if !reaches(&sensor.to) {
            let at = Path::from("sensors").index(i).field("to");
            out.warn(&at, format!("a person drilling alone never sees an alert of `{}`", sensor.id), &help);
        }
    }
}

fn channels(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let shut = |id: &str| s.channels.iter().any(|c| c.id.as_str() == id && !c.writable);
    if !s.channels.is_empty() && s.channels.iter().all(|c| !c.writable) {
        out.error(&"channels".into(), "players can send on no channel", "make one writable");
    }
    for (i, product) in s.products.iter().enumerate() {
        if shut(product.via.as_str()) {
            let at = Path::from("products").index(i).field("via");
            let message = format!("players cannot send `{}` on `{}`", product.id, product.via);
            out.error(&at, message, "make the channel writable, or name another");
        }
    }
    for (i, line) in s.escalation.iter().enumerate() {
        if !line.via.is_empty() && line.via.iter().all(|c| shut(c.as_str())) {
            let at = Path::from("escalation").index(i).field("via");
            let message = format!("players can send on no channel of the line `{}`", line.id);
            out.error(&at, message, "make one of them writable, or name another");
        }
    }
}

fn silent(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let seats = ctx.s.seats.iter().map(|x| (x.id.as_str(), &x.cell)).enumerate();
    let parties = ctx.s.parties.iter().map(|x| (x.id.as_str(), &x.cell)).enumerate();
    let all = seats.map(|(i, x)| ("seats", i, x)).chain(parties.map(|(i, x)| ("parties", i, x)));
    for (list, i, (id, cell)) in all {
        let at = Path::from(list).index(i).field("cell");
        if cell.answers_page.is_some() && cell.on_page.trim().is_empty() {
            out.warn(&at, format!("`{id}` answers a page and says nothing"), "write `on_page`");
        }
        if cell.answers_page.is_none() && !cell.on_page.trim().is_empty() {
            let help = "write `answers_page: (\"1m\", \"3m\")`, the shortest and longest time until they pick up";
            out.warn(&at.field("on_page"), format!("`{id}` never answers a page, so nobody hears this"), help);
        }
    }
}
