//! What is to be declared, decided and approved, and what was.
//!
//! ```text
//! ┌ Declarations, decisions, approvals ──────────┐┌ Severity ────────────────────────────┐
//! │ Declare                                      ││ sev-1: customers affected            │
//! │▸ Severity            not declared            ││ sev-2: …                             │
//! │ Decide                                       ││                                      │
//! │  Notify customers?   ? open, INJ-07          ││                                      │
//! └──────────────────────────────────────────────┘└──────────────────────────────────────┘
//! ```

use super::{View, always, halves, layout, no_capture};
use crate::{
    app::{App, ENTER, Tone},
    doc::Doc,
    effect::Effect,
    key::Binding,
    list::{Item, span},
    look::THEME,
    overlay::Picker,
    scene::Scene,
    text,
};
use protocol::{
    SimTime,
    board::Request,
    pack::{DecisionView, DeclarationView},
};
use ratatui::{Frame, layout::Rect, style::Style};

const INDEX: usize = 5;

/// Declarations, decisions and approvals.
pub const VIEW: View = View {
    name: "Decide",
    short: "Decide",
    about: "What can be declared, the questions put to the table, and approvals asked and given.",
    keys: KEYS,
    rows: |_, scene| subjects(scene).len(),
    detail,
    draw,
    capture: no_capture,
    offered: always,
};

const KEYS: &[Binding] = &[
    Binding {
        keys: &[ENTER],
        label: "choose",
        help: "Choose a value, an option or an answer; asks for the grounds before it is recorded.",
        does: choose,
    },
    super::READ,
];

enum Subject<'a> {
    Declaration(&'a DeclarationView),
    Decision(&'a DecisionView, &'a str, SimTime),
    Request(&'a Request),
}

fn subjects<'a>(scene: &'a Scene) -> Vec<Subject<'a>> {
    let mut out: Vec<Subject> = Vec::new();
    if let Some(pack) = scene.pack() {
        out.extend(pack.declarations.iter().map(Subject::Declaration));
    }
    // A question is known once its item was opened.
    for r in scene.board.inbox.iter().filter(|r| r.opened.is_some()) {
        if let Some(d) = r.item.decision.as_deref() {
            out.push(Subject::Decision(d, r.item.id.as_str(), r.at));
        }
    }
    out.extend(scene.board.requests.iter().map(Subject::Request));
    out
}

fn choose(app: &mut App, scene: &Scene) -> Effect {
    let all = subjects(scene);
    let refused = match all.get(app.pane().cursor.min(all.len().saturating_sub(1))) {
        None => return Effect::None,
        Some(Subject::Declaration(d)) if scene.may_stand_in(&d.by) => return app.pick(Picker::declaration(d, scene)),
        Some(Subject::Declaration(d)) => format!("Not yours to declare: {} does.", scene.seats(&d.by)),
        Some(Subject::Decision(d, ..)) if scene.board.decided.contains_key(&d.id) => "Already decided.".to_owned(),
        Some(Subject::Decision(d, ..)) if scene.may_stand_in(&d.by) => return app.pick(Picker::decision(d)),
        Some(Subject::Decision(d, ..)) => format!("Not yours to decide: {} does.", scene.seats(&d.by)),
        Some(Subject::Request(r)) if r.answer.is_some() => "Already answered.".to_owned(),
        Some(Subject::Request(r)) if r.of.as_str() == scene.board.seat.as_str() => {
            return app.pick(Picker::answer(r, scene));
        }
        Some(Subject::Request(r)) => format!("Asked of {}.", scene.who(r.of.as_str())),
    };
    app.say(Tone::Bad, refused);
    Effect::None
}

fn items(scene: &Scene, width: u16) -> Vec<Item> {
    let name = (usize::from(width) / 2).clamp(18, 44);
    let mut out = Vec::new();
    let mut heading = "";
    for subject in subjects(scene) {
        let (group, label, state, style) = match &subject {
            Subject::Declaration(d) => match scene.board.declared.get(&d.id) {
                None => ("Declare", d.name.clone(), "not declared".to_owned(), THEME.dim),
                Some((v, at)) => ("Declare", d.name.clone(), format!("✓ {v} at {at}"), THEME.good),
            },
            Subject::Decision(d, item, _) => match scene.board.decided.get(&d.id) {
                None => ("Decide", d.question.clone(), format!("? open, {item}"), THEME.warn),
                Some((o, at)) => ("Decide", d.question.clone(), format!("✓ {o} at {at}"), THEME.good),
            },
            Subject::Request(r) => {
                let label = format!("{} of {}", r.subject, scene.board.name_of(r.of.as_str()));
                match &r.answer {
                    None => ("Approvals", label, format!("? asked at {}", r.at), THEME.warn),
                    Some((true, _)) => ("Approvals", label, "✓ given".to_owned(), THEME.good),
                    Some((false, _)) => ("Approvals", label, "✗ refused".to_owned(), THEME.bad),
                }
            }
        };
        if group != heading {
            out.push(Item::heading(group));
            heading = group;
        }
        out.push(Item::row(vec![
            span(text::pad(&text::line(&label), name) + " ", Style::new()),
            span(text::line(&state), style),
        ]));
    }
    if out.is_empty() {
        out.push(Item::note("Nothing to declare or decide yet."));
    }
    out
}

fn draw(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let (list, _) = layout::split(app, scene, area);
    let items = items(scene, list.width);
    let title = "Declarations, decisions, approvals";
    halves::draw(app, scene, frame, area, (title, &items), ("What it is", |width| detail(app, scene, width)));
}

fn detail(app: &App, scene: &Scene, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    let all = subjects(scene);
    match all.get(app.panes[INDEX].cursor.min(all.len().saturating_sub(1))) {
        None => {}
        Some(Subject::Declaration(d)) => {
            doc.title(&d.name);
            doc.text(&d.note);
            doc.field("Who", &scene.seats(&d.by));
            let now = scene.board.declared.get(&d.id);
            for (value, meaning) in &d.values {
                let chosen = now.is_some_and(|(v, _)| v == value);
                let style = if chosen { THEME.good } else { Style::new() };
                doc.bullet(if chosen { "✓" } else { "○" }, &format!("{value}: {meaning}"), style);
            }
        }
        Some(Subject::Decision(d, item, at)) => {
            doc.title(&d.question);
            doc.field("Who", &scene.seats(&d.by));
            doc.field("Put by", &format!("{item} at {at}"));
            let now = scene.board.decided.get(&d.id);
            for (option, text) in &d.options {
                let chosen = now.is_some_and(|(o, _)| o == option);
                let style = if chosen { THEME.good } else { Style::new() };
                doc.bullet(if chosen { "✓" } else { "○" }, &format!("{option}: {text}"), style);
            }
        }
        Some(Subject::Request(r)) => {
            doc.title(&format!("Approval: {}", r.subject));
            doc.field("Asked of", &scene.who(r.of.as_str()));
            doc.field("By", &format!("{} at {}", scene.who(r.by.as_str()), r.at));
            match &r.answer {
                None => doc.field_in("Answer", &format!("none yet ({})", scene.ago(r.at)), THEME.warn),
                Some((true, why)) => doc.field_in("Answer", &format!("✓ given. {why}"), THEME.good),
                Some((false, why)) => doc.field_in("Answer", &format!("✗ refused. {why}"), THEME.bad),
            }
        }
    }
    doc
}
