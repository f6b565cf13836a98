//! The exercise at a glance: a lane a seat with what reached it above and what it did below, the
//! adversary's steps in the staff's lane, then meters and obligations, all under one time axis.

use super::{
    scale::Scale,
    svg::{Hang, Sign, Svg, WIDTH, fit, width},
};
use crate::{
    case::Case,
    moment::{Kind, Lane, Moment},
    phrase,
};
use protocol::{Fact, SeatId, SimTime, StepId};
use scoring::MeterRow;

/// Room for the names of the lanes.
const GUTTER: f64 = 206.0;
const TOP: f64 = 40.0;
/// Between two rows of signs.
const ROW: f64 = 13.0;
/// Signs nearer than this stand in different rows.
const APART: f64 = 11.0;
/// As many rows as signs of one sort may take in a lane.
const ROWS: usize = 4;
const METER: f64 = 52.0;

pub(crate) fn sign(kind: Kind) -> Sign {
    match kind {
        Kind::Inject => Sign::Down,
        Kind::Alert => Sign::Diamond,
        Kind::Message => Sign::Ring,
        Kind::Result => Sign::Dot,
        Kind::Read | Kind::Conduct => Sign::Tick,
        Kind::Action => Sign::Square,
        Kind::Query => Sign::Box,
        Kind::Told => Sign::Up,
        Kind::Decided | Kind::Clock => Sign::Pentagon,
        Kind::Noted => Sign::Dash,
        Kind::Adversary => Sign::Cross,
        Kind::Mistake => Sign::Warning,
    }
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Inject => "inject",
        Kind::Alert => "alert",
        Kind::Message | Kind::Result => "in",
        Kind::Read => "read",
        Kind::Action | Kind::Query | Kind::Told | Kind::Decided | Kind::Noted => "act",
        Kind::Conduct | Kind::Clock => "clock",
        Kind::Adversary => "adv",
        Kind::Mistake => "bad",
    }
}

fn incoming(kind: Kind) -> bool {
    matches!(kind, Kind::Inject | Kind::Alert | Kind::Message | Kind::Result)
}

/// The picture.
pub(crate) fn draw(case: &Case<'_>) -> String {
    let mut svg = Svg::new(&case.ink);
    let end = case.record.end.max(case.card.ended);
    let scale = Scale::new(GUTTER, end);
    // The grid lies under everything, so the height is found with a picture nobody keeps.
    let height = paint(&mut Svg::new(&case.ink), case, &scale);
    scale.draw(&mut svg, TOP, height, Some(&|at| case.story(at)));
    svg.text(8.0, TOP - 18.0, Hang::Start, "tick", "since StartEx (h:mm)");
    svg.text(8.0, TOP - 5.0, Hang::Start, "story", "in the story (UTC)");
    let bottom = paint(&mut svg, case, &scale);
    let bottom = legend(&mut svg, bottom + 10.0, case.over);
    let acts = case.moments.iter().filter(|m| matches!(m.lane, Lane::Seats(_)) && !incoming(m.kind)).count();
    let injects = case.moments.iter().filter(|m| m.kind == Kind::Inject).count();
    let description = format!(
        "Lanes of {}, with {} and {} over {}. Everything shown here stands in words in the section Timeline and in \
         Appendix E.",
        phrase::count(seats(case).len(), "seat"),
        phrase::count(injects, "arrival") + " of injects",
        phrase::count(acts, "act"),
        end.since(SimTime::ZERO)
    );
    svg.finish("timeline", bottom, "Timeline of the exercise", &description)
}

fn paint(svg: &mut Svg<'_>, case: &Case<'_>, scale: &Scale) -> f64 {
    let mut y = TOP + 4.0;
    for seat in seats(case) {
        y = lane(svg, case, scale, &seat, y);
    }
    if case.over {
        y = staff(svg, case, scale, y);
    }
    y = clocks(svg, case, scale, y);
    for meter in &case.card.meters {
        y = area(svg, scale, meter, y);
    }
    y
}

/// The seats that had anything, in the table's order.
fn seats(case: &Case<'_>) -> Vec<SeatId> {
    let had =
        |seat: &SeatId| case.moments.iter().any(|m| matches!(&m.lane, Lane::Seats(seats) if seats.contains(seat)));
    case.scenario.seats.iter().map(|s| s.id.clone()).filter(had).collect()
}

/// A row for each sign so that none covers another, as far as the rows reach.
fn rows(xs: &[f64]) -> Vec<usize> {
    let mut last = [f64::NEG_INFINITY; ROWS];
    xs.iter()
        .map(|x| {
            let free = last.iter().position(|l| x - l >= APART);
            let row =
                free.unwrap_or_else(|| (0..ROWS).fold(0, |best, row| if last[row] < last[best] { row } else { best }));
            last[row] = *x;
            row
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
fn down(rows: usize) -> f64 {
    rows as f64 * ROW
}

fn lane(svg: &mut Svg<'_>, case: &Case<'_>, scale: &Scale, seat: &SeatId, top: f64) -> f64 {
    let own = |m: &&Moment| matches!(&m.lane, Lane::Seats(seats) if seats.contains(seat));
    let all: Vec<&Moment> = case.moments.iter().filter(own).collect();
    let (came, did): (Vec<&Moment>, Vec<&Moment>) = all.into_iter().partition(|m| incoming(m.kind));
    let (read, did): (Vec<&Moment>, Vec<&Moment>) = did.into_iter().partition(|m| m.kind == Kind::Read);
    let place = |moments: &[&Moment]| rows(&moments.iter().map(|m| scale.x(m.at)).collect::<Vec<_>>());
    let (came_rows, did_rows) = (place(&came), place(&did));
    let high = |rows: &[usize]| rows.iter().max().map_or(0, |most| most + 1);
    let middle = top + 5.0 + down(high(&came_rows).max(1));
    let bottom = middle + 7.0 + down(high(&did_rows).max(1));
    svg.line(0.0, bottom, WIDTH, bottom, "rule");
    svg.line(scale.left(), middle + 2.0, scale.right(), middle + 2.0, "thread");
    svg.text_within(8.0, top + 15.0, Hang::Start, "lane", &case.seat(seat), GUTTER - 28.0);
    let held = case.record.sittings.iter().find(|s| s.seat == *seat);
    let who = held.map_or("simulation cell".to_owned(), |s| {
        if case.pseudonymous() { "a person".to_owned() } else { s.person.clone() }
    });
    svg.text_within(8.0, top + 28.0, Hang::Start, "story", &who, GUTTER - 14.0);
    for moment in &read {
        svg.open("m", &told(moment));
        svg.sign(Sign::Tick, scale.x(moment.at), middle + 2.0, "read");
        svg.close();
    }
    for (moment, row) in came.iter().zip(&came_rows) {
        one(svg, moment, scale.x(moment.at), top + 9.0 + down(*row));
    }
    for (moment, row) in did.iter().zip(&did_rows) {
        one(svg, moment, scale.x(moment.at), middle + 11.0 + down(*row));
    }
    bottom
}

fn told(moment: &Moment) -> String {
    format!("{} · {} · #{}", moment.at, moment.text, moment.entry)
}

fn one(svg: &mut Svg<'_>, moment: &Moment, x: f64, y: f64) {
    svg.open("m", &told(moment));
    svg.sign(sign(moment.kind), x, y, class(moment.kind));
    svg.close();
}

/// A step of the adversary from its begin to its end.
struct Stretch {
    name: String,
    from: SimTime,
    to: Option<SimTime>,
    blocked: bool,
}

fn stretches(case: &Case<'_>) -> Vec<Stretch> {
    let name = |id: &StepId| {
        case.scenario.adversary.steps.iter().find(|s| s.id == *id).map_or_else(|| id.to_string(), |s| s.name.clone())
    };
    let mut all: Vec<(StepId, Stretch)> = Vec::new();
    for (_, event) in case.material.transcript.events() {
        match &event.fact {
            Fact::StepStarted { step } => {
                all.push((step.clone(), Stretch { name: name(step), from: event.at, to: None, blocked: false }));
            }
            Fact::StepSucceeded { step } | Fact::StepBlocked { step, .. } => {
                let blocked = matches!(event.fact, Fact::StepBlocked { .. });
                match all.iter_mut().rev().find(|(id, s)| id == step && s.to.is_none()) {
                    Some((_, open)) => (open.to, open.blocked) = (Some(event.at), blocked),
                    None => all.push((
                        step.clone(),
                        Stretch { name: name(step), from: event.at, to: Some(event.at), blocked },
                    )),
                }
            }
            _ => {}
        }
    }
    all.into_iter().map(|(_, s)| s).collect()
}

fn staff(svg: &mut Svg<'_>, case: &Case<'_>, scale: &Scale, top: f64) -> f64 {
    let steps = stretches(case);
    let mistakes: Vec<&Moment> = case.moments.iter().filter(|m| m.kind == Kind::Mistake).collect();
    if steps.is_empty() && mistakes.is_empty() {
        return top;
    }
    svg.text(8.0, top + 16.0, Hang::Start, "lane", "Adversary");
    svg.text(8.0, top + 29.0, Hang::Start, "story", "ground truth");
    let mut y = top + 4.0;
    for step in &steps {
        stretch(svg, scale, step, y);
        y += 17.0;
    }
    if !mistakes.is_empty() {
        let rows = rows(&mistakes.iter().map(|m| scale.x(m.at)).collect::<Vec<_>>());
        svg.text(scale.left() - 8.0, y + 13.0, Hang::End, "story", "mistakes");
        for (moment, row) in mistakes.iter().zip(&rows) {
            one(svg, moment, scale.x(moment.at), y + 9.0 + down(*row));
        }
        y += 5.0 + down(rows.iter().max().map_or(1, |most| most + 1));
    }
    let bottom = (y + 4.0).max(top + 36.0);
    svg.line(0.0, bottom, WIDTH, bottom, "rule");
    bottom
}

fn stretch(svg: &mut Svg<'_>, scale: &Scale, step: &Stretch, y: f64) {
    let (from, to) = (scale.x(step.from), scale.x(step.to.unwrap_or(scale.ends())));
    let (what, class) = match (step.to, step.blocked) {
        (None, _) => ("under way at EndEx", "adv open"),
        (_, true) => ("blocked", "adv stopped"),
        (_, false) => ("succeeded", "adv"),
    };
    let until = step.to.map_or_else(String::new, |t| format!(" to {t}"));
    svg.open("m", &format!("{}: {}{until}, {what}", step.name, step.from));
    svg.rect(from, y + 2.0, (to - from).max(4.0), 11.0, class);
    if step.blocked {
        svg.sign(Sign::Cross, to.max(from + 4.0) + 7.0, y + 7.5, "stop");
    }
    let label = if step.blocked { format!("{} – blocked", step.name) } else { step.name.clone() };
    let beside = to.max(from + 4.0) + if step.blocked { 16.0 } else { 5.0 };
    let (right, left) = (scale.right() - beside, from - scale.left() - 6.0);
    if width(&label) <= right || right >= left {
        svg.text_within(beside, y + 12.0, Hang::Start, "note", &label, right.max(60.0));
    } else {
        svg.text_within(from - 5.0, y + 12.0, Hang::End, "note", &label, left);
    }
    svg.close();
}

fn clocks(svg: &mut Svg<'_>, case: &Case<'_>, scale: &Scale, top: f64) -> f64 {
    let mut y = top;
    for row in &case.card.clocks {
        let Some(started) = row.started else { continue };
        let (state, tone) = phrase::clock(row.state);
        let stop = row.settled.or(row.due).unwrap_or(scale.ends());
        let (from, to) = (scale.x(started), scale.x(stop));
        svg.text_within(8.0, y + 16.0, Hang::Start, "lane", &row.regime, GUTTER - 28.0);
        svg.open("m", &format!("{}: from {started}, due {}, {state}", row.regime, Case::time(row.due)));
        svg.rect(from, y + 6.0, to - from, 9.0, super::svg::class(tone));
        svg.sign(Sign::Tick, from, y + 10.5, "clock");
        let beyond = row.due.filter(|due| *due > scale.ends());
        let mut label = row.settled.map_or_else(|| state.to_owned(), |t| format!("{state} {t}"));
        if let Some(due) = row.due {
            label = format!("{label} · due {}", if beyond.is_some() { case.story(due) } else { due.to_string() });
        }
        if row.settled.is_some() {
            svg.sign(Sign::Diamond, to, y + 10.5, "clock");
        } else if beyond.is_some() {
            svg.points("polygon", &[(to, y + 5.0), (to + 9.0, y + 10.5), (to, y + 16.0)], super::svg::class(tone));
        }
        let label = fit(&label, 330.0);
        if to + 12.0 + width(&label) <= WIDTH {
            svg.text(to + 9.0, y + 15.0, Hang::Start, "note", &label);
        } else if from - 6.0 - width(&label) >= scale.left() {
            svg.text(from - 6.0, y + 15.0, Hang::End, "note", &label);
        } else {
            svg.text(to - 6.0, y + 28.0, Hang::End, "note", &label);
            y += 13.0;
        }
        svg.close();
        y += 22.0;
    }
    if y > top {
        y += 2.0;
        svg.line(0.0, y, WIDTH, y, "rule");
    }
    y
}

/// A long name in the gutter, on two lines where it needs them; the height of the last.
fn two_lines(svg: &mut Svg<'_>, y: f64, name: &str) -> f64 {
    let room = GUTTER - 28.0;
    let mut first = String::new();
    let mut rest = name.split(' ').peekable();
    while let Some(word) = rest.peek() {
        if !first.is_empty() && width(&first) + width(word) * 1.1 > room {
            break;
        }
        if !first.is_empty() {
            first.push(' ');
        }
        first.push_str(word);
        rest.next();
    }
    svg.text_within(8.0, y, Hang::Start, "lane", &first, room);
    let rest: Vec<&str> = rest.collect();
    if rest.is_empty() {
        return y;
    }
    svg.text_within(8.0, y + 13.0, Hang::Start, "lane", &rest.join(" "), room);
    y + 13.0
}

#[expect(clippy::cast_precision_loss, reason = "a reading is drawn, not counted with")]
fn area(svg: &mut Svg<'_>, scale: &Scale, meter: &MeterRow, top: f64) -> f64 {
    let most = meter.readings.iter().map(|r| r.1).chain([meter.value, meter.nothing, meter.reference, 1]).max();
    let most = most.unwrap_or(1).max(1);
    let (ceiling, floor) = (top + 10.0, top + METER - 5.0);
    let y = |value: i64| floor - (floor - ceiling) * value.clamp(0, most) as f64 / most as f64;
    let below = two_lines(svg, top + 16.0, &meter.name);
    let value = format!("{} {}", phrase::number(meter.value), meter.unit);
    svg.text_within(8.0, below + 14.0, Hang::Start, "story", &value, GUTTER - 14.0);
    let told = format!(
        "{}: {value} at EndEx; {} when nobody acts, {} with the reference response",
        meter.name,
        phrase::number(meter.nothing),
        phrase::number(meter.reference)
    );
    svg.open("m", &told);
    let mut line: Vec<(f64, f64)> = meter.readings.iter().map(|(at, v)| (scale.x(*at), y(*v))).collect();
    if line.is_empty() {
        line.push((scale.left(), y(meter.value)));
    }
    line.push((scale.right(), y(meter.value)));
    let mut shape = line.clone();
    shape.push((scale.right(), floor));
    shape.insert(0, (line[0].0, floor));
    svg.points("polygon", &shape, "area");
    svg.points("polyline", &line, "curve");
    svg.line(scale.left(), y(meter.nothing), scale.right(), y(meter.nothing), "nothing");
    if meter.reference != meter.nothing {
        svg.line(scale.left(), y(meter.reference), scale.right(), y(meter.reference), "reference");
    }
    svg.close();
    svg.line(0.0, top + METER, WIDTH, top + METER, "rule");
    top + METER
}

/// What the signs mean.
fn legend(svg: &mut Svg<'_>, top: f64, over: bool) -> f64 {
    let mut kinds = vec![
        Kind::Inject,
        Kind::Alert,
        Kind::Message,
        Kind::Result,
        Kind::Read,
        Kind::Action,
        Kind::Query,
        Kind::Told,
        Kind::Decided,
        Kind::Noted,
    ];
    if over {
        kinds.push(Kind::Mistake);
    }
    let (mut x, mut y) = (14.0, top + 8.0);
    for kind in kinds {
        let wide = width(kind.label()) + 30.0;
        if x + wide > WIDTH {
            (x, y) = (14.0, y + 17.0);
        }
        svg.sign(sign(kind), x, y, class(kind));
        svg.text(x + 10.0, y + 4.0, Hang::Start, "note", kind.label());
        x += wide;
    }
    y += 17.0;
    svg.line(8.0, y, 30.0, y, "nothing");
    svg.text(36.0, y + 4.0, Hang::Start, "note", "meter at EndEx when nobody acts");
    svg.line(248.0, y, 270.0, y, "reference");
    svg.text(276.0, y + 4.0, Hang::Start, "note", "with the reference response");
    y + 12.0
}
