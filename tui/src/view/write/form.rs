//! The form of a letter: its fields, the text with its cursor, the word count.

use super::{about, band, form_width, product};
use crate::{
    advice,
    app::App,
    doc::Doc,
    look::THEME,
    scene::Scene,
    text,
    view::{halves, inbox, layout},
    writing::{FIELDS, Field, Letter},
};
use ratatui::{Frame, layout::Rect, style::Style};

/// Draws the form; where there is room, what the plan says and what could be remarked stand beside it.
pub(super) fn draw(app: &App, letter: &Letter, scene: &Scene, frame: &mut Frame, area: Rect) {
    let width = form_width(area.width);
    let left = Rect { width, ..area };
    let name = app.writing.open.clone().unwrap_or_default();
    frame.render_widget(halves::block(&text::line(&name), true), left);
    let room = layout::inner(left);
    let tight = room.height < 16;
    let mut y = room.y;
    for (i, field) in FIELDS.iter().enumerate().take(FIELDS.len() - 1) {
        // In a low window the fields already filled in make room for the text.
        if tight && app.writing.field() == Field::Body && matches!(field, Field::Re | Field::As) && y > room.y {
            continue;
        }
        field_row(app, letter, scene, frame, Rect { y, height: 1, ..room }, i);
        y += 1;
    }
    let rule = "─".repeat(usize::from(room.width));
    frame.buffer_mut().set_stringn(room.x, y, rule, usize::from(room.width), THEME.frame);
    y += 1;
    let body = Rect { y, height: room.bottom().saturating_sub(y), ..room };
    text_area(frame, body, letter, app.writing.field() == Field::Body && app.overlay.is_none());
    let words = text::words(letter.body.text());
    let limit = product(app, scene).map_or_else(String::new, |p| format!(", plan: {}", band(p.words)));
    let size = if letter.body.text().len() > 60 * 1024 { ", near the limit of 64 KiB" } else { "" };
    let count = format!(" {words} words{limit}{size} ");
    let x = left.x + 2;
    frame.buffer_mut().set_stringn(x, left.bottom() - 1, count, usize::from(width).saturating_sub(4), THEME.dim);
    if width < area.width {
        beside(app, letter, scene, frame, Rect { x: area.x + width, width: area.width - width, ..area });
    }
}

/// Where there is room, what the plan says and what could be remarked stand beside the form.
fn beside(app: &App, letter: &Letter, scene: &Scene, frame: &mut Frame, area: Rect) {
    frame.render_widget(halves::block("Before it goes out", false), area);
    let room = layout::page(area);
    let mut doc = Doc::new(room.width);
    if let Some(p) = product(app, scene) {
        about(&mut doc, p, scene);
        doc.gap();
    }
    let remarks = advice::remarks(&letter.draft(), scene);
    if remarks.is_empty() {
        doc.text_in("✓ Nothing to remark. Whether it says the right things is yours to judge.", THEME.good);
    }
    for remark in remarks {
        doc.bullet("!", &remark, THEME.warn);
    }
    if let Some(r) = letter.re.as_ref().and_then(|re| scene.board.received(re.as_str())).filter(|r| r.opened.is_some())
    {
        doc.gap();
        doc.rule(r.item.id.as_str());
        inbox::item(&mut doc, r, scene, false);
    }
    doc.draw(frame, room, 0, 0);
}

fn field_row(app: &App, letter: &Letter, scene: &Scene, frame: &mut Frame, row: Rect, index: usize) {
    let field = FIELDS[index];
    let here = app.writing.field == index;
    let names =
        |ids: &[protocol::PartyId]| ids.iter().map(|p| scene.board.name_of(p.as_str())).collect::<Vec<_>>().join(", ");
    let (label, value) = match field {
        Field::To => ("To", names(&letter.to)),
        Field::Via => ("Via", letter.via.as_ref().map(ToString::to_string).unwrap_or_default()),
        Field::As => ("As", letter.product.as_ref().map(ToString::to_string).unwrap_or_default()),
        Field::Tlp => ("Handling", letter.tlp.map(|t| t.to_string()).unwrap_or_default()),
        Field::Re => ("Answers", letter.re.as_ref().map(ToString::to_string).unwrap_or_default()),
        Field::Subject => ("Subject", letter.subject.text().to_owned()),
        Field::Body => return,
    };
    let buffer = frame.buffer_mut();
    let mark = if here { "▸" } else { " " };
    buffer.set_stringn(row.x, row.y, mark, 1, THEME.key);
    buffer.set_stringn(row.x + 1, row.y, label, 9, THEME.label);
    let room = usize::from(row.width.saturating_sub(11));
    let x = row.x + 10;
    if field == Field::Subject && here {
        let before = text::width(&value[..letter.subject.cursor().min(value.len())]);
        let skip = (before + 1).saturating_sub(room);
        buffer.set_stringn(x, row.y, text::skip(&value, skip), room, Style::new());
        if app.overlay.is_none() {
            frame.set_cursor_position((x + (before - skip) as u16, row.y));
        }
        return;
    }
    let empty = value.is_empty();
    let value = if empty && here && field != Field::Subject { "Enter chooses".to_owned() } else { text::line(&value) };
    let value = if empty && !here { "·".to_owned() } else { value };
    buffer.set_stringn(x, row.y, text::cut(&value, room), room, if empty { THEME.dim } else { Style::new() });
}

/// The text with its cursor and selection.
fn text_area(frame: &mut Frame, area: Rect, letter: &Letter, active: bool) {
    if area.is_empty() {
        return;
    }
    // One column stays free for the cursor at the end of a full row.
    let columns = usize::from(area.width).saturating_sub(1).max(1);
    let body = &letter.body;
    let rows = text::wrap(body.text(), columns);
    let (row, column) = body.place(&rows);
    let height = usize::from(area.height);
    let first = if active { row.saturating_sub(height * 2 / 3).min(rows.len().saturating_sub(height)) } else { 0 };
    let selection = body.selection();
    for (r, y) in rows.iter().skip(first).zip(area.top()..area.bottom()) {
        let shown = &body.text()[r.start..r.end];
        frame.buffer_mut().set_stringn(area.x, y, shown, usize::from(area.width), Style::new());
        if let Some((from, to)) = selection {
            let (from, to) = (from.clamp(r.start, r.end), to.clamp(r.start, r.end));
            let (a, b) = (text::width(&body.text()[r.start..from]), text::width(&body.text()[r.start..to]));
            let style_area = Rect::new(area.x + a as u16, y, (b - a) as u16, 1).intersection(area);
            frame.buffer_mut().set_style(style_area, THEME.selection);
        }
    }
    if active {
        let x = area.x + (column as u16).min(area.width - 1);
        frame.set_cursor_position((x, area.y + (row - first) as u16));
    }
}
