//! List and detail, the shape most views have.

use super::layout;
use crate::{
    app::App,
    doc::Doc,
    list::{self, Item},
    look::THEME,
    scene::Scene,
};
use ratatui::{
    Frame,
    layout::Rect,
    widgets::{Block, BorderType},
};

/// A frame with a title.
#[must_use]
pub fn block(title: &str, active: bool) -> Block<'static> {
    let (style, kind) = if active { (THEME.frame_on, BorderType::Thick) } else { (THEME.frame, BorderType::Plain) };
    Block::bordered().border_type(kind).border_style(style).title(format!(" {title} ")).title_style(THEME.title)
}

/// Draws both halves. The list is left out where the detail takes the whole room.
pub fn draw(
    app: &App,
    scene: &Scene,
    frame: &mut Frame,
    area: Rect,
    (title, items): (&str, &[Item]),
    detail: (&str, impl FnOnce(u16) -> Doc),
) {
    draw_at(app, scene, frame, area, (title, items, app.pane().cursor), detail);
}

/// The same, for a list that is a window on a longer one and has its own cursor.
pub fn draw_at(
    app: &App,
    scene: &Scene,
    frame: &mut Frame,
    area: Rect,
    (title, items, cursor): (&str, &[Item], usize),
    (detail_title, detail): (&str, impl FnOnce(u16) -> Doc),
) {
    let (top, bottom) = layout::split(app, scene, area);
    let pane = app.pane();
    if !top.is_empty() {
        frame.render_widget(block(title, !pane.detail), top);
        list::draw(frame, layout::inner(top), items, cursor, !pane.detail);
    }
    if bottom.height < 3 {
        return;
    }
    let room = layout::page(bottom);
    let doc = detail(room.width);
    let most = doc.len().saturating_sub(usize::from(room.height));
    let scroll = pane.scroll.min(most);
    let mut frame_of = block(detail_title, pane.detail);
    if most > 0 {
        let below = doc.len().saturating_sub(scroll + usize::from(room.height));
        let text = if below > 0 { format!(" {below} more rows ↓ ") } else { " end ".to_owned() };
        frame_of = frame_of.title_bottom(ratatui::text::Line::styled(text, THEME.dim).right_aligned());
    }
    frame.render_widget(frame_of, bottom);
    doc.draw(frame, room, scroll, pane.across);
}
