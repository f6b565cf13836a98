//! A text to scroll: prose wrapped to the width, evidence (logs, JSON, tables) never wrapped.

use crate::{
    look::THEME,
    text::{self, shown},
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

/// A document laid out for a width.
#[derive(Clone, Debug)]
pub struct Doc {
    width: usize,
    rows: Vec<Row>,
    /// Rows at which a section begins.
    sections: Vec<usize>,
}

#[derive(Clone, Debug)]
enum Row {
    /// Fits.
    Set(Line<'static>),
    /// Scrolls sideways.
    Raw(String),
}

impl Doc {
    /// An empty one for so many columns.
    #[must_use]
    pub fn new(width: u16) -> Self {
        Self { width: usize::from(width.max(10)), rows: Vec::new(), sections: Vec::new() }
    }

    /// Its rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The widest row that scrolls sideways.
    #[must_use]
    pub fn across(&self) -> usize {
        let raw = |r: &Row| if let Row::Raw(t) = r { text::width(t) } else { 0 };
        self.rows.iter().map(raw).max().unwrap_or(0)
    }

    /// The next section after this row, or the first.
    #[must_use]
    pub fn section_after(&self, row: usize) -> usize {
        self.sections.iter().copied().find(|s| *s > row).unwrap_or(0)
    }

    /// A heading.
    pub fn title(&mut self, title: &str) {
        for row in text::wrapped(&text::line(title), self.width) {
            self.rows.push(Row::Set(Line::styled(row.to_owned(), THEME.strong)));
        }
    }

    /// A line across with a name, where a section begins.
    pub fn rule(&mut self, name: &str) {
        self.sections.push(self.rows.len());
        let name = text::cut(&text::line(name), self.width.saturating_sub(6));
        let rest = self.width.saturating_sub(text::width(&name) + 4);
        let line = vec![
            Span::styled("── ", THEME.frame),
            Span::styled(name, THEME.title),
            Span::styled(format!(" {}", "─".repeat(rest)), THEME.frame),
        ];
        self.rows.push(Row::Set(Line::from(line)));
    }

    /// `Name  value`, the value wrapped beside its name.
    pub fn field(&mut self, name: &str, value: &str) {
        self.field_in(name, value, Style::new());
    }

    /// The same in another style.
    pub fn field_in(&mut self, name: &str, value: &str, style: Style) {
        let indent = 10.min(self.width / 3);
        let value = shown(value);
        let mut head = Some(text::pad(name, indent.saturating_sub(1)) + " ");
        for row in text::wrapped(&value, self.width - indent) {
            let lead = head.take().unwrap_or_else(|| " ".repeat(indent));
            let line = vec![Span::styled(lead, THEME.label), Span::styled(row.to_owned(), style)];
            self.rows.push(Row::Set(Line::from(line)));
        }
    }

    /// Prose.
    pub fn text(&mut self, prose: &str) {
        self.text_in(prose, Style::new());
    }

    /// The same in another style.
    pub fn text_in(&mut self, prose: &str, style: Style) {
        let prose = shown(prose);
        for row in text::wrapped(&prose, self.width) {
            self.rows.push(Row::Set(Line::styled(row.to_owned(), style)));
        }
    }

    /// A bullet with its text hanging.
    pub fn bullet(&mut self, mark: &str, prose: &str, style: Style) {
        let prose = shown(prose);
        let indent = text::width(mark) + 1;
        let mut head = Some(format!("{mark} "));
        for row in text::wrapped(&prose, self.width.saturating_sub(indent)) {
            let lead = head.take().unwrap_or_else(|| " ".repeat(indent));
            self.rows
                .push(Row::Set(Line::from(vec![Span::styled(lead, THEME.label), Span::styled(row.to_owned(), style)])));
        }
    }

    /// Evidence: kept as it is.
    pub fn raw(&mut self, evidence: &str) {
        for row in shown(evidence).split('\n') {
            self.rows.push(Row::Raw(row.to_owned()));
        }
    }

    /// A ready line.
    pub fn line(&mut self, line: Line<'static>) {
        self.rows.push(Row::Set(line));
    }

    /// An empty row.
    pub fn gap(&mut self) {
        self.rows.push(Row::Set(Line::default()));
    }

    /// Prose with styled stretches, given as byte ranges in order; wrapped.
    pub fn marked(&mut self, prose: &str, marks: &[(usize, usize, Style)]) {
        for row in text::wrap(prose, self.width) {
            let mut spans = Vec::new();
            let mut at = row.start;
            for (from, to, style) in marks {
                let (from, to) = ((*from).clamp(at, row.end), (*to).clamp(at, row.end));
                if let (Some(plain), Some(marked)) = (prose.get(at..from), prose.get(from..to))
                    && from < to
                {
                    spans.push(Span::raw(shown(plain).into_owned()));
                    spans.push(Span::styled(shown(marked).into_owned(), *style));
                    at = to;
                }
            }
            spans.push(Span::raw(shown(prose.get(at..row.end).unwrap_or_default()).into_owned()));
            self.rows.push(Row::Set(Line::from(spans)));
        }
    }

    /// Draws the part that begins at `scroll`, evidence moved `across` columns.
    pub fn draw(&self, frame: &mut Frame, area: Rect, scroll: usize, across: usize) {
        let buffer = frame.buffer_mut();
        let from = scroll.min(self.len().saturating_sub(1));
        for (row, y) in self.rows.iter().skip(from).zip(area.top()..area.bottom()) {
            match row {
                Row::Set(line) => {
                    buffer.set_line(area.x, y, line, area.width);
                }
                Row::Raw(raw) => {
                    let rest = text::skip(raw, across);
                    buffer.set_stringn(area.x, y, rest, usize::from(area.width), Style::new());
                    if text::width(rest) > usize::from(area.width) {
                        buffer.set_stringn(area.right().saturating_sub(1), y, "→", 1, THEME.dim);
                    }
                }
            }
        }
    }

    /// Its text, a row a line, for the line mode and for tests.
    #[must_use]
    pub fn plain(&self) -> String {
        let row = |r: &Row| match r {
            Row::Set(line) => line.spans.iter().map(|s| s.content.as_ref()).collect::<String>(),
            Row::Raw(text) => text.clone(),
        };
        self.rows.iter().map(row).map(|r| r.trim_end().to_owned() + "\n").collect()
    }
}
