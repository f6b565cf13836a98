//! On a large screen, a strip that stays: what runs, what is open, what happened last.
//!
//! ```text
//! ┌ At a glance ─────────────────────────────┐
//! │ Clocks · Running · Waiting for you · Last │
//! └──────────────────────────────────────────┘
//! ```

use super::{VIEWS, actions, halves, layout, status::clock_state};
use crate::{
    app::App,
    doc::Doc,
    look::THEME,
    scene::{Scene, rough},
    text,
};
use protocol::board::ClockState;
use ratatui::{Frame, layout::Rect, style::Style};

/// Its width; 0 where there is no room for it, and in the hot wash, where play is over.
#[must_use]
pub fn width(columns: u16, app: &App) -> u16 {
    if columns >= 180 && VIEWS[app.view].name != "Hot wash" { 52 } else { 0 }
}

/// Draws it.
pub fn draw(scene: &Scene, frame: &mut Frame, area: Rect) {
    frame.render_widget(halves::block("At a glance", false), area);
    let room = layout::page(area);
    let mut doc = Doc::new(room.width);
    clocks(&mut doc, scene);
    running(&mut doc, scene);
    waiting(&mut doc, scene);
    doc.rule("Last");
    let left = usize::from(room.height).saturating_sub(doc.len());
    for line in scene.board.log.iter().rev().take(left) {
        doc.bullet(&line.at.to_string(), &text::line(&line.text), if line.note { THEME.strong } else { Style::new() });
    }
    doc.draw(frame, room, 0, 0);
}

fn clocks(doc: &mut Doc, scene: &Scene) {
    doc.rule("Clocks (not legal advice)");
    let open = |c: &&protocol::board::Clock| matches!(c.state, ClockState::Due | ClockState::Overdue);
    let mut all: Vec<_> = scene.board.clocks.iter().filter(open).collect();
    all.sort_by_key(|c| c.due);
    if all.is_empty() {
        doc.text_in("None runs.", THEME.dim);
    }
    for clock in all.iter().take(8) {
        let (state, style) = clock_state(clock, scene);
        doc.bullet(&text::pad(&state, 14), &clock.regime, style);
    }
    doc.gap();
}

fn running(doc: &mut Doc, scene: &Scene) {
    doc.rule("Running");
    let jobs: Vec<_> = scene.board.jobs.iter().filter(|j| j.finished.is_none()).collect();
    if jobs.is_empty() {
        doc.text_in("Nothing.", THEME.dim);
    }
    for job in jobs.iter().take(8) {
        doc.bullet(&actions::progress(job, scene, 6), &scene.board.work_name(&job.work), Style::new());
        let who = if job.by == scene.board.seat { "you".to_owned() } else { scene.board.name_of(job.by.as_str()) };
        doc.bullet("      ", &format!("{who}, {} left", rough(job.ends.since(scene.now))), THEME.dim);
    }
    doc.gap();
}

fn waiting(doc: &mut Doc, scene: &Scene) {
    let board = scene.board;
    doc.rule("Waiting for you");
    let before = doc.len();
    let unread = board.unread();
    if unread > 0 {
        doc.bullet("●", &format!("{unread} not opened"), THEME.warn);
    }
    for r in board.inbox.iter().filter(|r| r.opened.is_some()) {
        if r.item.needs_ack && r.acknowledged.is_none() {
            doc.bullet("!", &format!("acknowledge {}", r.item.id), THEME.warn);
        }
        let open =
            r.item.decision.as_deref().filter(|d| !board.decided.contains_key(&d.id) && scene.may_stand_in(&d.by));
        if let Some(d) = open {
            doc.bullet("?", &d.question, THEME.warn);
        }
    }
    for r in board.requests.iter().filter(|r| r.answer.is_none() && r.of.as_str() == board.seat.as_str()) {
        doc.bullet("?", &format!("approve {}?", r.subject), THEME.warn);
    }
    if doc.len() == before {
        doc.text_in("Nothing.", THEME.dim);
    }
    doc.gap();
}
