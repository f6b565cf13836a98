//! After EndEx: the score with its evidence, page by page.
//!
//! ```text
//! ┌ Hot wash: [Result] · Marks · Escalation · Clocks · Writing · Outcome · What if · Debrief ┐
//! │▸Response time            ████████░░  78 %  23.5 of 30                                  │
//! │ Escalation correctness   ██████░░░░  61 %                                              │
//! ├ what is told of the row under the cursor ──────────────────────────────────────────────┤
//! ```

mod writing;

pub(crate) use writing::writing;

use super::{LOOK, View, halves, no_capture};
use crate::{
    app::{App, Pane},
    doc::Doc,
    effect::Effect,
    key::{Binding, Key},
    list::{self, Item, span},
    look::THEME,
    scene::{Scene, rough},
    text,
    wash::{self, Wash, points},
};
use protocol::SimTime;
use ratatui::{Frame, layout::Rect, style::Style, text::Span};
use scoring::{Evidence, Finding, Ladder, Mark, Status, Verdict};

const INDEX: usize = 8;

/// The hot wash.
pub const VIEW: View = View {
    name: "Hot wash",
    short: "Hot wash",
    about: "The debrief: every mark with its reason, and the entries of the record it rests on.",
    keys: KEYS,
    rows: |app, scene| scene.wash.map_or(0, |w| list::count(&items(app, scene, w, 100))),
    detail,
    draw,
    capture: no_capture,
    offered: |scene| scene.wash.is_some(),
};

const KEYS: &[Binding] = &[
    LOOK,
    Binding {
        keys: &[Key::ch('n'), Key::ch(' ')],
        label: "next page",
        help: "The next page.",
        does: |a, s| page(a, s, 1),
    },
    Binding { keys: &[Key::ch('b')], label: "page before", help: "The page before.", does: |a, s| page(a, s, -1) },
];

const PAGES: [&str; 8] = ["Result", "Marks", "Escalation", "Clocks", "Writing", "Outcome", "What if", "Debrief"];

fn page(app: &mut App, _: &Scene, by: isize) -> Effect {
    let filter = (app.pane().filter + PAGES.len()).saturating_add_signed(by) % PAGES.len();
    *app.pane_mut() = Pane { filter, ..Pane::default() };
    Effect::None
}

fn shown(app: &App) -> &'static str {
    PAGES[app.panes[INDEX].filter % PAGES.len()]
}

fn draw(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let Some(wash) = scene.wash else { return };
    let (list, _) = super::layout::split(app, scene, area);
    let items = items(app, scene, wash, list.width);
    let name = |n: &&str| if *n == shown(app) { format!("[{n}]") } else { (*n).to_owned() };
    let title = match list.width {
        0..68 => format!("{}, page {} of {}", shown(app), app.pane().filter + 1, PAGES.len()),
        68..84 => PAGES.iter().map(name).collect::<Vec<_>>().join(" "),
        _ => PAGES.iter().map(name).collect::<Vec<_>>().join(" · "),
    };
    halves::draw(app, scene, frame, area, (&title, &items), ("Why", |width| detail(app, scene, width)));
}

/// `████████░░`
fn bar(percent: u32, cells: usize) -> String {
    let full = (percent.min(100) as usize * cells + 50) / 100;
    "█".repeat(full) + &"░".repeat(cells - full)
}

fn percent_style(percent: u32) -> Style {
    match percent {
        75.. => THEME.good,
        50..75 => THEME.warn,
        _ => THEME.bad,
    }
}

fn items(app: &App, scene: &Scene, wash: &Wash, width: u16) -> Vec<Item> {
    let wide = usize::from(width).saturating_sub(4);
    let mut out = Vec::new();
    match shown(app) {
        "Result" => result(wash, wide, &mut out),
        "Marks" => {
            for d in &wash.card.dimensions {
                out.push(Item::heading(wash::dimension(d.dimension)));
                out.extend(d.marks.iter().map(|m| mark_row(m, wide)));
            }
        }
        "Escalation" => out.extend(wash.card.escalation.iter().map(|e| {
            let (words, style) = (wash::verdict(e.verdict), verdict_style(e.verdict));
            let told = e.told.map_or_else(|| "never told".to_owned(), |t| format!("told {t}"));
            Item::row(vec![
                span(text::pad(words, 17), style),
                span(text::pad(&text::line(&e.name), wide.saturating_sub(36).max(12)), Style::new()),
                span(format!(" {told}"), THEME.dim),
            ])
        })),
        "Clocks" => {
            out.push(Item::note("For training. Not legal advice."));
            out.extend(wash.card.clocks.iter().map(|c| {
                let (words, style) = clock_end(c.state);
                Item::row(vec![
                    span(text::pad(words, 20), style),
                    span(text::line(&c.regime), Style::new()),
                    span(c.due.map_or_else(String::new, |d| format!("  due {}", scene.story(d))), THEME.dim),
                ])
            }));
        }
        "Writing" => out.extend(wash.card.communications.iter().map(|c| {
            let (words, style) = match &c.reading {
                Some(r) => {
                    let percent = (r.points.max(0) * 100 / r.out_of.max(1)) as u32;
                    let score = format!("{} of {}", points(r.points.into()), points(r.out_of.into()));
                    (format!("{} {score}", bar(percent, 10)), percent_style(percent))
                }
                None if c.item.is_none() => ("✗ not sent".to_owned(), THEME.bad),
                None => ("· not graded".to_owned(), THEME.dim),
            };
            Item::row(vec![span(text::pad(&words, 26), style), span(text::line(&c.name), Style::new())])
        })),
        "Outcome" => out.extend(wash.card.meters.iter().map(|m| {
            Item::row(vec![
                span(text::pad(&text::line(&m.name), wide.saturating_sub(50).max(14)), Style::new()),
                span(text::pad(&format!(" {:>8} {}", m.value, text::line(&m.unit)), 24), THEME.strong),
                span(format!(" ({} if nobody acts)", m.nothing), THEME.dim),
            ])
        })),
        "What if" => {
            out.extend(wash.what_ifs.iter().map(|w| Item::row(vec![span(text::line(&w.change), Style::new())])));
        }
        _ => {
            out.extend(wash.debrief.iter().enumerate().map(|(i, q)| {
                Item::row(vec![span(format!("{}. ", i + 1), THEME.dim), span(text::line(q), Style::new())])
            }))
        }
    }
    if list::count(&out) == 0 {
        let why = match shown(app) {
            "What if" => "No single act done sooner, or left out, would have changed the outcome much.",
            _ => "Nothing here for this exercise.",
        };
        out.push(Item::note(why));
    }
    out
}

fn result(wash: &Wash, wide: usize, out: &mut Vec<Item>) {
    let card = &wash.card;
    let passed = if card.passed { "✓ PASSED" } else { "✗ NOT PASSED" };
    let style = if card.passed { THEME.good } else { THEME.bad };
    out.push(Item::row(vec![
        span(text::pad("Total", 23), THEME.strong),
        span(bar(card.percent, 10), percent_style(card.percent)),
        span(format!(" {:>3} %  ", card.percent), THEME.strong),
        span(if wide < 66 { passed.to_owned() } else { format!("{passed} ({} % needed)", card.pass) }, style),
    ]));
    for d in &card.dimensions {
        let (meter, value) = match d.percent {
            Some(p) => {
                (span(bar(p, 10), percent_style(p)), format!(" {p:>3} %  {} of {}", points(d.points), points(d.of)))
            }
            None => (span("··········", THEME.dim), "   · not exercised".to_owned()),
        };
        out.push(Item::row(vec![
            span(text::pad(wash::dimension(d.dimension), 23), Style::new()),
            meter,
            span(value, Style::new()),
            span(format!("  weight {} %", d.weight), THEME.dim),
        ]));
    }
    out.push(Item::heading("Objectives"));
    for o in &card.objectives {
        let rating = wash::rating(o.rating);
        out.push(Item::row(vec![
            span(text::pad(&rating[..rating.chars().next().map_or(0, char::len_utf8)], 2), THEME.strong),
            span(text::cut(&text::line(&o.text), wide), Style::new()),
        ]));
    }
    out.push(Item::heading("Strengths"));
    out.extend(card.strengths.iter().map(|f| finding_row(f, "+", THEME.good)));
    out.push(Item::heading("Areas for improvement, costliest first"));
    out.extend(card.improvements.iter().map(|f| finding_row(f, "-", THEME.warn)));
    out.push(Item::heading("Report"));
    for line in &wash.report {
        out.push(Item::row(vec![span(text::line(line), Style::new())]));
    }
}

fn finding_row(f: &Finding, mark: &'static str, style: Style) -> Item {
    Item::row(vec![span(format!("{mark} "), style), span(text::line(&f.text), Style::new())])
}

fn mark_row(m: &Mark, wide: usize) -> Item {
    let style = match m.status {
        Status::Met => THEME.good,
        Status::Partly => THEME.warn,
        Status::Failed => THEME.bad,
        Status::NotExercised | Status::NotObserved | Status::NotGraded => THEME.dim,
    };
    let score = if m.of == 0 { points(m.points) } else { format!("{} of {}", points(m.points), points(m.of)) };
    Item::row(vec![
        span(text::pad(wash::status(m.status), 17), style),
        span(text::pad(&text::line(&m.title), wide.saturating_sub(31).max(10)), Style::new()),
        span(format!(" {score:>12}"), THEME.dim),
    ])
}

fn verdict_style(v: Verdict) -> Style {
    match v {
        Verdict::OnTime => THEME.good,
        Verdict::Late | Verdict::OutOfOrder => THEME.warn,
        Verdict::NotExercised => THEME.dim,
        _ => THEME.bad,
    }
}

/// Where an obligation ended, in words.
pub(crate) fn clock_end(end: scoring::ClockEnd) -> (&'static str, Style) {
    use scoring::ClockEnd as C;
    match end {
        C::NotStarted => ("· not started", THEME.dim),
        C::Due => ("· still runs", THEME.dim),
        C::Overdue => ("✗ overdue", THEME.bad),
        C::Filed => ("✓ filed", THEME.good),
        C::FiledLate => ("~ filed late", THEME.warn),
        C::Waived => ("✓ not notifiable", THEME.good),
        C::WaivedWrongly => ("✗ waived wrongly", THEME.bad),
    }
}

fn detail(app: &App, scene: &Scene, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    let Some(wash) = scene.wash else { return doc };
    let rows = list::count(&items(app, scene, wash, 100));
    let at = app.panes[INDEX].cursor.min(rows.saturating_sub(1));
    match shown(app) {
        "Result" => result_detail(&mut doc, wash, at),
        "Marks" => {
            if let Some(m) = wash.card.dimensions.iter().flat_map(|d| &d.marks).nth(at) {
                mark(&mut doc, m, wash);
            }
        }
        "Escalation" => {
            if let Some(e) = wash.card.escalation.get(at) {
                doc.title(&e.name);
                doc.field_in("Verdict", wash::verdict(e.verdict), verdict_style(e.verdict));
                doc.field("Why", &e.reason);
                moment(&mut doc, "Called", e.called);
                moment(&mut doc, "Told", e.told);
                if let Some(by) = &e.by {
                    doc.field("By", &scene.who(by.as_str()));
                }
                by_id(&mut doc, &e.mark, wash);
            }
        }
        "Clocks" => {
            if let Some(c) = wash.card.clocks.get(at) {
                clock(&mut doc, c, wash, scene);
            }
        }
        "Writing" => {
            if let Some(c) = wash.card.communications.get(at) {
                writing(&mut doc, c, scene);
            }
        }
        "Outcome" => {
            if let Some(m) = wash.card.meters.get(at) {
                meter(&mut doc, m);
                by_id(&mut doc, &m.mark, wash);
            }
        }
        "What if" => {
            if let Some(w) = wash.what_ifs.get(at) {
                doc.title(&w.change);
                doc.text(w.text.strip_prefix(w.change.as_str()).unwrap_or(&w.text).trim_start_matches([':', ' ']));
                doc.gap();
                for (name, unit, played, instead) in &w.meters {
                    doc.bullet("·", &format!("{name}: {instead} {unit} instead of {played}"), Style::new());
                }
                entry(&mut doc, w.entry, wash);
            }
        }
        _ => {
            if let Some(q) = wash.debrief.get(at) {
                doc.text(q);
            }
        }
    }
    doc
}

fn clock(doc: &mut Doc, c: &scoring::ClockRow, wash: &Wash, scene: &Scene) {
    doc.title(&c.regime);
    let (words, style) = clock_end(c.state);
    doc.field_in("State", words, style);
    doc.field("Why", &c.reason);
    moment(doc, "Started", c.started);
    if let Some(due) = c.due {
        doc.field("Due", &format!("{} UTC", scene.story(due)));
    }
    moment(doc, "Settled", c.settled);
    doc.field("Source", &c.source);
    doc.text_in("For training. Not legal advice.", THEME.dim);
    by_id(doc, &c.mark, wash);
}

fn result_detail(doc: &mut Doc, wash: &Wash, at: usize) {
    let card = &wash.card;
    let Some(at) = at.checked_sub(1) else {
        doc.title(&card.verdict);
        doc.field("Ended", &card.ended.to_string());
        let people: Vec<String> = card.people.iter().map(|(s, n)| format!("{n} ({s})")).collect();
        doc.field("People", &people.join(", "));
        doc.field("Scenario", &format!("{} {}, seed {}", card.scenario, card.version, card.seed));
        for line in &wash.report {
            doc.field("Report", line);
        }
        doc.gap();
        doc.text_in("n goes to the next page; Enter into a text here.", THEME.dim);
        return;
    };
    if let Some(d) = card.dimensions.get(at) {
        doc.title(wash::dimension(d.dimension));
        doc.text("Its marks, dearest first; the page Marks has them all.");
        let mut marks: Vec<&Mark> = d.marks.iter().filter(|m| m.status != Status::NotExercised).collect();
        marks.sort_by_key(|m| m.points - m.of);
        for m in marks {
            doc.bullet(wash::status(m.status), &format!("{}: {}", m.title, m.reason), Style::new());
        }
        return;
    }
    let at = at - card.dimensions.len();
    if let Some(o) = card.objectives.get(at) {
        doc.title(&o.text);
        doc.field("Rating", wash::rating(o.rating));
        doc.field("Points", &format!("{} of {}", points(o.points), points(o.of)));
        doc.field("Why", &o.reason);
        for id in &o.marks {
            if let Some(m) = find(id, wash) {
                doc.bullet(wash::status(m.status), &m.title, Style::new());
            }
        }
        return;
    }
    let at = at - card.objectives.len();
    if let Some(f) = card.strengths.iter().chain(&card.improvements).nth(at) {
        doc.title(&f.text);
        if !f.advice.is_empty() {
            doc.field("Better", &f.advice);
        }
        doc.field("Points", &points(f.points));
        evidence(doc, &f.evidence, wash);
        return;
    }
    for line in &wash.report {
        doc.text(line);
    }
}

fn moment(doc: &mut Doc, name: &str, at: Option<SimTime>) {
    doc.field(name, &at.map_or_else(|| "never".to_owned(), |t| t.to_string()));
}

fn find<'a>(id: &str, wash: &'a Wash) -> Option<&'a Mark> {
    wash.card.dimensions.iter().flat_map(|d| &d.marks).find(|m| m.id == id)
}

fn by_id(doc: &mut Doc, id: &str, wash: &Wash) {
    if let Some(m) = find(id, wash) {
        doc.gap();
        doc.rule("Mark");
        mark(doc, m, wash);
    }
}

fn mark(doc: &mut Doc, m: &Mark, wash: &Wash) {
    doc.title(&m.title);
    let score = if m.of == 0 { points(m.points) } else { format!("{} of {}", points(m.points), points(m.of)) };
    doc.field("Points", &format!("{score}, {}", wash::status(m.status)));
    doc.field("Why", &m.reason);
    if let Some(l) = &m.ladder {
        ladder(doc, l);
    }
    evidence(doc, &m.evidence, wash);
}

fn ladder(doc: &mut Doc, l: &Ladder) {
    let step =
        |t: Option<SimTime>| t.map_or_else(|| "never".to_owned(), |t| format!("+{}", rough(t.since(l.delivered))));
    doc.field(
        "Ladder",
        &format!(
            "delivered {}, opened {}, acknowledged {}, acted {}, completed {}",
            l.delivered,
            step(l.opened),
            step(l.acknowledged),
            step(l.acted),
            step(l.completed)
        ),
    );
    let after = |t: SimTime| rough(t.since(l.delivered));
    doc.field("Asked", &format!("full points within {}, none after {}", after(l.target), after(l.limit)));
}

fn evidence(doc: &mut Doc, all: &[Evidence], wash: &Wash) {
    for e in all {
        doc.gap();
        doc.text_in(&format!("Entry {} at {}: {}", e.entry, e.at, e.note), THEME.label);
        let Some(told) = wash.entries.get(&e.entry) else { continue };
        match e.span.and_then(|(a, b)| told.body.get(a..b)) {
            Some(quote) => doc.bullet("\"", &format!("{quote}\""), THEME.strong),
            None => doc.bullet(" ", &told.line, Style::new()),
        }
        if e.span.is_none() && !told.body.is_empty() {
            doc.bullet("│", &told.body, THEME.dim);
        }
    }
}

fn entry(doc: &mut Doc, n: u64, wash: &Wash) {
    if let Some(told) = wash.entries.get(&n) {
        doc.gap();
        doc.text_in(&format!("Entry {n} at {}: {}", told.at, told.line), THEME.label);
    }
}

fn meter(doc: &mut Doc, m: &scoring::MeterRow) {
    doc.title(&m.name);
    let most = m.value.max(m.nothing).max(m.reference).max(1);
    for (name, value) in [("Played", m.value), ("Nobody acts", m.nothing), ("Reference", m.reference)] {
        let percent = u32::try_from(value.max(0).saturating_mul(100) / most).unwrap_or(0);
        doc.line(ratatui::text::Line::from(vec![
            span(text::pad(name, 12), THEME.label),
            Span::raw(format!("{} {value} {}", bar(percent, 30), text::line(&m.unit))),
        ]));
    }
    if !m.readings.is_empty() {
        doc.gap();
        doc.text_in("Readings", THEME.label);
        for (at, value) in &m.readings {
            doc.text(&format!("{at}  {value} {}", m.unit));
        }
    }
}
