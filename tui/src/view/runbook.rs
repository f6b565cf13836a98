//! The plan, step by step; steps are ticked as they are done.
//!
//! ```text
//! ┌ Runbook: 3 of 14 ────────────────────────────────────────────────────────────────────┐
//! │ Detect                                                                               │
//! │▸[✓] Confirm the alert with a second source                         SOC analyst       │
//! │ [ ] Open the incident log                                          Incident commander│
//! └──────────────────────────────────────────────────────────────────────────────────────┘
//! ```

use super::{View, always, halves, layout, no_capture};
use crate::{
    app::{App, ENTER, Pane, Tone},
    doc::Doc,
    effect::Effect,
    key::{Binding, Key},
    list::{Item, span},
    look::THEME,
    scene::Scene,
    text,
};
use protocol::{Act, pack::RunbookView};
use ratatui::{Frame, layout::Rect, style::Style};

const INDEX: usize = 6;

/// The runbook.
pub const VIEW: View = View {
    name: "Runbook",
    short: "Runbk",
    about: "The plan. A tick says that a step is done; it cannot be taken back, it is on the record.",
    keys: KEYS,
    rows: |_, scene| steps(scene).len(),
    detail,
    draw,
    capture: no_capture,
    offered: always,
};

const KEYS: &[Binding] =
    &[Binding { keys: &[Key::ch(' '), ENTER, Key::ch('t')], label: "tick", help: "Tick the step.", does: tick }];

fn steps<'a>(scene: &'a Scene) -> &'a [RunbookView] {
    scene.pack().map(|p| p.runbook.as_slice()).unwrap_or_default()
}

fn current<'a>(app: &App, scene: &'a Scene) -> Option<&'a RunbookView> {
    let all = steps(scene);
    all.get(app.panes[INDEX].cursor.min(all.len().saturating_sub(1)))
}

/// Shows a step: used by search.
pub fn jump(app: &mut App, scene: &Scene, id: &str) {
    let at = steps(scene).iter().position(|s| s.id.as_str() == id).unwrap_or(0);
    app.panes[INDEX] = Pane { cursor: at, ..Pane::default() };
    app.show_named("Runbook");
}

fn tick(app: &mut App, scene: &Scene) -> Effect {
    match current(app, scene) {
        None => Effect::None,
        Some(step) if scene.board.ticked.contains(&step.id) => {
            app.say(Tone::Bad, "Already ticked.");
            Effect::None
        }
        Some(step) => Effect::Submit(Act::Tick { step: step.id.clone() }),
    }
}

fn draw(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let (list, _) = layout::split(app, scene, area);
    let room = usize::from(list.width.saturating_sub(30));
    let mut items = Vec::new();
    let mut phase = "";
    for step in steps(scene) {
        if step.phase != phase {
            items.push(Item::heading(text::line(&step.phase)));
            phase = &step.phase;
        }
        let done = scene.board.ticked.contains(&step.id);
        let owner = step.owner.as_ref().and_then(|o| scene.title(o.as_str())).unwrap_or("");
        items.push(Item::row(vec![
            span(if done { "[✓] " } else { "[ ] " }, if done { THEME.good } else { THEME.strong }),
            span(text::pad(&text::line(&step.text), room) + " ", if done { THEME.dim } else { Style::new() }),
            span(text::cut(owner, 20), THEME.dim),
        ]));
    }
    if items.is_empty() {
        items.push(Item::note("This scenario has no runbook."));
    }
    let title = format!("Runbook: {} of {} ticked", scene.board.ticked.len(), steps(scene).len());
    halves::draw(app, scene, frame, area, (&title, &items), ("Step", |width| detail(app, scene, width)));
}

fn detail(app: &App, scene: &Scene, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    let Some(step) = current(app, scene) else { return doc };
    doc.title(&step.text);
    doc.field("Step", step.id.as_str());
    doc.field("Phase", &step.phase);
    doc.field("Owner", &step.owner.as_ref().map_or_else(|| "anyone".to_owned(), |o| scene.who(o.as_str())));
    doc.field("State", if scene.board.ticked.contains(&step.id) { "ticked" } else { "open" });
    doc
}
