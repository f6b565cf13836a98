//! Keys as this program sees them, and the tables that bind them.
//!
//! A view's table is its only list of keys: it dispatches the press, prints the help line at the foot
//! of the screen and fills the `?` screen.

use crate::{app::App, effect::Effect, scene::Scene};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::fmt;

/// One press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key. A letter carries its own case.
    pub code: KeyCode,
    /// Held with Ctrl.
    pub ctrl: bool,
    /// Held with Alt.
    pub alt: bool,
    /// Held with Shift; only told apart for keys that are not letters.
    pub shift: bool,
}

/// What reaches the screen from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A bracketed paste.
    Paste(String),
    /// The terminal has a new size: columns, rows.
    Resize(u16, u16),
}

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }
    /// A letter.
    #[must_use]
    pub const fn ch(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }
    /// A letter with Ctrl.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), ctrl: true, alt: false, shift: false }
    }
    /// The same key held with Shift.
    #[must_use]
    pub const fn shifted(self) -> Self {
        Self { shift: true, ..self }
    }
    /// The letter typed, when it is one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
    /// A press as the terminal reports it; `None` for releases.
    #[must_use]
    pub fn from_event(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let has = |m| event.modifiers.contains(m);
        let (ctrl, alt) = (has(KeyModifiers::CONTROL), has(KeyModifiers::ALT));
        // AltGr arrives as Ctrl+Alt with the composed character on some systems.
        let composed = ctrl && alt && matches!(event.code, KeyCode::Char(c) if !c.is_ascii_alphanumeric());
        let code = match event.code {
            KeyCode::Char(c) if ctrl && !alt => KeyCode::Char(c.to_ascii_lowercase()),
            code => code,
        };
        let shift = has(KeyModifiers::SHIFT) && !matches!(code, KeyCode::Char(_) | KeyCode::BackTab);
        Some(Self { code, ctrl: ctrl && !composed, alt: alt && !composed, shift })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("^")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            KeyCode::F(n) => write!(f, "F{n}"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// A row of a key table.
pub struct Binding {
    /// The keys; any of them will do.
    pub keys: &'static [Key],
    /// One or two words for the help line; empty keeps it out of that line.
    pub label: &'static str,
    /// A sentence for the help screen.
    pub help: &'static str,
    /// What it does.
    pub does: fn(&mut App, &Scene) -> Effect,
}

impl Binding {
    /// Its keys as printed: `↑ k`.
    #[must_use]
    pub fn shown(&self) -> String {
        let keys: Vec<String> = self.keys.iter().map(ToString::to_string).collect();
        keys.join(" ")
    }
}

/// The row a key belongs to.
#[must_use]
pub fn find(table: &'static [Binding], key: Key) -> Option<&'static Binding> {
    table.iter().find(|b| b.keys.contains(&key))
}
