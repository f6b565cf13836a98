//! What lies over a view and takes the keys: help, palette, search, a choice, a question, a confirmation.

mod confirm;
mod help;
mod palette;
mod picker;
mod prompt;
mod search;

pub use confirm::Confirm;
pub use help::Help;
pub use palette::Palette;
pub use picker::{Picker, Then};
pub use prompt::{Ask, Prompt};
pub use search::Search;

use crate::{app::App, effect::Effect, key::Input, scene::Scene};
use ratatui::{Frame, layout::Rect};

/// What lies over the view.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// The keys of this view.
    Help(Help),
    /// Any act in its text form.
    Palette(Palette),
    /// Everything this seat knows.
    Search(Search),
    /// Choose one, or several.
    Picker(Picker),
    /// Yes, no, or something else.
    Confirm(Confirm),
    /// A line of text.
    Prompt(Prompt),
}

/// Gives it the press. It is taken off the screen first; it puts itself back while it is not done.
pub fn press(app: &mut App, input: Input, scene: &Scene) -> Effect {
    match app.overlay.take() {
        Some(Overlay::Help(o)) => o.press(app, &input, scene),
        Some(Overlay::Palette(o)) => o.press(app, input, scene),
        Some(Overlay::Search(o)) => o.press(app, input, scene),
        Some(Overlay::Picker(o)) => o.press(app, input, scene),
        Some(Overlay::Confirm(o)) => o.press(app, &input, scene),
        Some(Overlay::Prompt(o)) => o.press(app, input, scene),
        None => Effect::None,
    }
}

/// A key and what it does, in a word or two.
pub type KeyWord = (String, String);

fn word(key: &str, does: &str) -> KeyWord {
    (key.to_owned(), does.to_owned())
}

impl Overlay {
    /// What the keys do while it lies there, and the one that closes it.
    #[must_use]
    pub fn keys(&self) -> (Vec<KeyWord>, KeyWord) {
        let not_now = word("Esc", "not now");
        match self {
            Self::Help(_) => (vec![word("↑ ↓ PgDn", "scroll")], word("Esc", "close")),
            Self::Palette(_) => {
                (vec![word("Enter", "do it"), word("Tab", "complete"), word("↑ ↓", "recall or choose")], not_now)
            }
            Self::Search(_) => (vec![word("↑ ↓", "choose"), word("Enter", "go there")], word("Esc", "close")),
            Self::Picker(o) => (o.keys(), not_now),
            Self::Confirm(o) => (o.keys(), not_now),
            Self::Prompt(o) => (vec![word("Enter", o.does())], not_now),
        }
    }
}

/// Draws it.
pub fn draw(overlay: &Overlay, app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    match overlay {
        Overlay::Help(o) => o.draw(app, frame, area),
        Overlay::Palette(o) => o.draw(scene, frame, area),
        Overlay::Search(o) => o.draw(scene, frame, area),
        Overlay::Picker(o) => o.draw(frame, area),
        Overlay::Confirm(o) => o.draw(frame, area),
        Overlay::Prompt(o) => o.draw(frame, area),
    }
}
