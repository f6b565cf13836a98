//! A list with a cursor; headings are rows the cursor jumps over.

use crate::look::THEME;
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

/// A row of a list.
#[derive(Clone, Debug)]
pub enum Item {
    /// The cursor jumps over it.
    Heading(Line<'static>),
    /// The cursor can stand on it.
    Row(Line<'static>),
}

impl Item {
    /// A heading in the heading's style.
    #[must_use]
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading(Line::styled(text.into(), THEME.title))
    }

    /// A remark, not selectable.
    #[must_use]
    pub fn note(text: impl Into<String>) -> Self {
        Self::Heading(Line::styled(text.into(), THEME.dim))
    }

    /// A row of spans.
    #[must_use]
    pub fn row(spans: Vec<Span<'static>>) -> Self {
        Self::Row(Line::from(spans))
    }
}

/// Rows the cursor can stand on.
#[must_use]
pub fn count(items: &[Item]) -> usize {
    items.iter().filter(|i| matches!(i, Item::Row(_))).count()
}

/// Draws the list so that the cursor's row is in sight. `active`: this half has the keys.
pub fn draw(frame: &mut Frame, area: Rect, items: &[Item], cursor: usize, active: bool) {
    if area.is_empty() {
        return;
    }
    let height = usize::from(area.height);
    let chosen = items
        .iter()
        .enumerate()
        .filter(|(_, i)| matches!(i, Item::Row(_)))
        .nth(cursor.min(count(items).saturating_sub(1)))
        .map(|(i, _)| i);
    let first = chosen.unwrap_or(0).saturating_sub(height / 2).min(items.len().saturating_sub(height));
    let buffer = frame.buffer_mut();
    for (i, (item, y)) in items.iter().skip(first).zip(area.top()..area.bottom()).enumerate() {
        match item {
            Item::Heading(line) => {
                buffer.set_line(area.x, y, line, area.width);
            }
            Item::Row(line) => {
                let here = chosen == Some(first + i);
                buffer.set_stringn(area.x, y, if here { "▸" } else { " " }, 1, THEME.key);
                buffer.set_line(area.x + 1, y, line, area.width.saturating_sub(1));
                if here {
                    let style = if active { THEME.chosen } else { THEME.chosen_idle };
                    buffer.set_style(Rect::new(area.x + 1, y, area.width.saturating_sub(1), 1), style);
                }
            }
        }
    }
    let more = |at: u16, mark: &str, buffer: &mut ratatui::buffer::Buffer| {
        buffer.set_stringn(area.right().saturating_sub(1), at, mark, 1, THEME.dim);
    };
    if first > 0 {
        more(area.top(), "↑", buffer);
    }
    if first + height < items.len() {
        more(area.bottom() - 1, "↓", buffer);
    }
}

/// `text` in a style.
#[must_use]
pub fn span(text: impl Into<String>, style: Style) -> Span<'static> {
    Span::styled(text.into(), style)
}
