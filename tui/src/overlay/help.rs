//! `?`: the keys of this view and the keys of all, from the tables that bind them.

use super::Overlay;
use crate::{
    app::App,
    doc::Doc,
    effect::Effect,
    key::{Binding, Input},
    scene::Scene,
    view::{COMMON, VIEWS, halves, layout, write},
};
use crossterm::event::KeyCode;
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Clear,
};

/// The help screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    scroll: usize,
}

/// The marks used in every view.
const MARKS: &[(&str, &str)] = &[
    ("●", "not opened yet"),
    ("!", "needs you: acknowledge, overdue, compromised, down"),
    ("?", "a question or an approval is open"),
    ("~", "suspect or degraded"),
    ("×", "cut off: isolated or restricted"),
    ("✓", "done, given, verified"),
    ("»", "a note somebody wrote"),
    ("→", "runs now; at the edge of evidence: goes on to the right"),
];

impl Help {
    pub(super) fn press(mut self, app: &mut App, input: &Input, _: &Scene) -> Effect {
        let Input::Key(key) = input else { return app.over(Overlay::Help(self)) };
        let area = layout::over(Rect::new(0, 0, app.size.0, app.size.1));
        let room = layout::inner(area);
        let most = doc(app, room.width).len().saturating_sub(usize::from(room.height));
        match key.code {
            KeyCode::Down | KeyCode::Char('j') => self.scroll = (self.scroll + 1).min(most),
            KeyCode::Up | KeyCode::Char('k') => self.scroll = self.scroll.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.scroll = (self.scroll + usize::from(room.height)).min(most),
            KeyCode::PageUp => self.scroll = self.scroll.saturating_sub(usize::from(room.height)),
            KeyCode::Home => self.scroll = 0,
            KeyCode::End => self.scroll = most,
            _ => return Effect::None,
        }
        app.over(Overlay::Help(self))
    }

    pub(super) fn draw(&self, app: &App, frame: &mut Frame, area: Rect) {
        frame.render_widget(Clear, area);
        frame.render_widget(halves::block("Help", true), area);
        let room = layout::inner(area);
        doc(app, room.width).draw(frame, room, self.scroll, 0);
    }
}

fn doc(app: &App, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    let view = &VIEWS[app.view];
    doc.rule(view.name);
    doc.text(view.about);
    if write::is_editing(app) {
        table(&mut doc, write::EDIT_KEYS);
    } else {
        table(&mut doc, view.keys);
        doc.gap();
        doc.rule("In every view");
        table(&mut doc, COMMON);
        row(&mut doc, "^C", "Leave; asks first, from anywhere.");
        row(&mut doc, "1…9", "To that view.");
    }
    doc.gap();
    doc.rule("Marks");
    for (mark, meaning) in MARKS {
        row(&mut doc, mark, meaning);
    }
    doc
}

fn table(doc: &mut Doc, keys: &[Binding]) {
    for binding in keys {
        row(doc, &binding.shown(), binding.help);
    }
}

fn row(doc: &mut Doc, keys: &str, help: &str) {
    use crate::{look::THEME, text};
    if text::width(keys) > 12 {
        doc.line(Line::from(Span::styled(keys.to_owned(), THEME.key)));
        doc.bullet(&" ".repeat(12), help, Style::new());
    } else {
        doc.bullet(&text::pad(keys, 12), help, Style::new());
    }
}
