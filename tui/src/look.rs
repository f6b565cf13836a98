//! What the terminal can show: 16 colours or none, Unicode or ASCII.
//!
//! Views draw in Unicode and colour; [`Look::apply`] rewrites the finished frame for terminals that
//! cannot, so no view has to ask.

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier, Style},
};

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Colours are wanted (`NO_COLOR` is not set).
    pub colour: bool,
    /// The locale is UTF-8.
    pub unicode: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { colour: true, unicode: true }
    }
}

impl Look {
    /// As the environment says.
    #[must_use]
    pub fn from_env() -> Self {
        let var = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
        let locale = var("LC_ALL").or_else(|| var("LC_CTYPE")).or_else(|| var("LANG"));
        let utf8 = locale.map(|l| l.to_ascii_lowercase()).is_some_and(|l| l.contains("utf-8") || l.contains("utf8"));
        let dumb = var("TERM").is_some_and(|t| t == "dumb");
        // Windows has no locale variables; its terminal shows Unicode.
        Self { colour: var("NO_COLOR").is_none() && !dumb, unicode: cfg!(windows) || utf8 }
    }

    /// Rewrites a finished frame.
    pub fn apply(self, buffer: &mut Buffer) {
        if self.colour && self.unicode {
            return;
        }
        for cell in &mut buffer.content {
            if !self.colour {
                (cell.fg, cell.bg, cell.underline_color) = (Color::Reset, Color::Reset, Color::Reset);
            }
            if !self.unicode
                && !cell.symbol().is_ascii()
                && let Some(c) = cell.symbol().chars().next()
            {
                cell.set_char(ascii(c));
            }
        }
    }

    /// A text with the same replacements, for the line mode.
    #[must_use]
    pub fn text(self, text: &str) -> String {
        if self.unicode { text.to_owned() } else { text.chars().map(ascii).collect() }
    }
}

fn ascii(c: char) -> char {
    match c {
        c if c.is_ascii() => c,
        '│' | '┃' | '▏' => '|',
        '─' | '━' | '–' | '—' | '‑' => '-',
        '●' | '•' | '★' => '*',
        '○' => 'o',
        '✓' => 'x',
        '✗' | '×' => 'X',
        '▸' | '▶' | '→' => '>',
        '◂' | '◀' | '←' => '<',
        '↑' => '^',
        '↓' => 'v',
        '█' | '▓' => '#',
        '░' => '.',
        '≤' => '<',
        '…' | '·' => '.',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '\u{2500}'..='\u{257f}' => '+',
        _ => '?',
    }
}

/// Every style of the program, in the 16 colours every terminal has.
pub struct Theme {
    /// The line at the top.
    pub status: Style,
    /// The EXERCISE mark.
    pub exercise: Style,
    /// A view's name.
    pub tab: Style,
    /// The view shown.
    pub tab_on: Style,
    /// Headings.
    pub title: Style,
    /// What matters less.
    pub dim: Style,
    /// What matters more.
    pub strong: Style,
    /// Names of fields.
    pub label: Style,
    /// Done, in time, earned.
    pub good: Style,
    /// Soon, partly, suspect.
    pub warn: Style,
    /// Overdue, failed, compromised.
    pub bad: Style,
    /// The row the cursor is on.
    pub chosen: Style,
    /// The row the cursor would be on if this half had the keys.
    pub chosen_idle: Style,
    /// Frames.
    pub frame: Style,
    /// The frame of the half that has the keys.
    pub frame_on: Style,
    /// Keys in the help line.
    pub key: Style,
    /// A banner across the screen.
    pub banner: Style,
    /// Selected text.
    pub selection: Style,
}

const BASE: Style = Style::new();

/// The one theme.
pub const THEME: Theme = Theme {
    status: BASE.add_modifier(Modifier::REVERSED),
    exercise: BASE.add_modifier(Modifier::REVERSED.union(Modifier::BOLD)),
    tab: BASE,
    tab_on: BASE.add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
    title: BASE.fg(Color::Cyan).add_modifier(Modifier::BOLD),
    dim: BASE.add_modifier(Modifier::DIM),
    strong: BASE.add_modifier(Modifier::BOLD),
    label: BASE.fg(Color::Cyan),
    good: BASE.fg(Color::Green),
    warn: BASE.fg(Color::Yellow),
    bad: BASE.fg(Color::LightRed).add_modifier(Modifier::BOLD),
    chosen: BASE.add_modifier(Modifier::REVERSED),
    chosen_idle: BASE.add_modifier(Modifier::UNDERLINED),
    frame: BASE.add_modifier(Modifier::DIM),
    frame_on: BASE.fg(Color::Cyan),
    key: BASE.fg(Color::Cyan).add_modifier(Modifier::BOLD),
    banner: BASE.fg(Color::Black).bg(Color::Yellow).add_modifier(Modifier::BOLD),
    selection: BASE.add_modifier(Modifier::REVERSED),
};

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn a_plain_terminal_gets_plain_cells() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        buffer.set_string(0, 0, "┌●é", Style::new().fg(Color::Red).bold());
        Look { colour: false, unicode: false }.apply(&mut buffer);
        let text: String = buffer.content.iter().map(|c| c.symbol()).collect();
        assert_eq!(text, "+*? ");
        assert_eq!(buffer.content[0].fg, Color::Reset);
        assert!(buffer.content[0].modifier.contains(Modifier::BOLD));
    }
}
