//! The views, one file each, and the frame around them.
//!
//! ```text
//! EXERCISE  00:12:05  Tue 17 Mar 08:52 UTC  live  saved  ● 3 unread  GDPR Art 33(1) 71h40m
//! 1 Inbox ●3  2 Situation  3 Actions  4 Write  5 People  6 Decide  7 Runbook  8 Log
//! ┌──────────────────────────────────────────────────────────────────────────────────┐
//! │ the view                                                                         │
//! └──────────────────────────────────────────────────────────────────────────────────┘
//! one line of news, feedback or refusal
//! Enter open  a acknowledge  r reply …  ? help
//! ```
//!
//! To add a view: write its file, add it to [`VIEWS`].

pub mod actions;
pub mod decide;
pub mod directory;
pub mod feedback;
pub mod glance;
pub mod halves;
pub mod hotwash;
pub mod inbox;
pub mod layout;
pub mod log;
pub mod runbook;
pub mod situation;
pub mod status;
pub mod write;

pub use feedback::feedback;

use crate::{
    app::{App, ENTER, ESC},
    doc::Doc,
    effect::Effect,
    key::{Binding, Input, Key},
    overlay::{Ask, Confirm, Help, Overlay},
    scene::Scene,
};
use crossterm::event::KeyCode;
use ratatui::{Frame, layout::Rect};

/// One view.
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// The name where there is little room.
    pub short: &'static str,
    /// What it is for, a sentence for the help screen.
    pub about: &'static str,
    /// Its keys.
    pub keys: &'static [Binding],
    /// Rows the cursor can stand on.
    pub rows: fn(&App, &Scene) -> usize,
    /// What is told of the row under the cursor, for so many columns.
    pub detail: fn(&App, &Scene, u16) -> Doc,
    /// Draws it.
    pub draw: fn(&App, &Scene, &mut Frame, Rect),
    /// Takes a press before the tables do (a text field).
    pub capture: fn(&mut App, &Input, &Scene) -> Option<Effect>,
    /// Whether it is on offer now.
    pub offered: fn(&Scene) -> bool,
}

/// Every view, in the order of its number key.
pub const VIEWS: &[View] = &[
    inbox::VIEW,
    situation::VIEW,
    actions::VIEW,
    write::VIEW,
    directory::VIEW,
    decide::VIEW,
    runbook::VIEW,
    log::VIEW,
    hotwash::VIEW,
];

/// What a view that captures nothing says.
pub(crate) fn no_capture(_: &mut App, _: &Input, _: &Scene) -> Option<Effect> {
    None
}

/// What a view that is always there says.
pub(crate) fn always(_: &Scene) -> bool {
    true
}

/// Keys every view knows.
pub const COMMON: &[Binding] = &[
    Binding {
        keys: &[Key::plain(KeyCode::Down), Key::ch('j')],
        label: "",
        help: "Down a row.",
        does: |app, scene| app.step(1, scene),
    },
    Binding {
        keys: &[Key::plain(KeyCode::Up), Key::ch('k')],
        label: "",
        help: "Up a row.",
        does: |app, scene| app.step(-1, scene),
    },
    Binding {
        keys: &[Key::ch('J')],
        label: "",
        help: "The next row's detail, without going back to the list.",
        does: |app, scene| app.next(1, scene),
    },
    Binding {
        keys: &[Key::ch('K')],
        label: "",
        help: "The detail of the row before.",
        does: |app, scene| app.next(-1, scene),
    },
    Binding {
        keys: &[Key::plain(KeyCode::PageDown), Key::ctrl('f')],
        label: "",
        help: "Down a page.",
        does: |app, scene| app.step(app.page(), scene),
    },
    Binding {
        keys: &[Key::plain(KeyCode::PageUp), Key::ctrl('b')],
        label: "",
        help: "Up a page.",
        does: |app, scene| app.step(-app.page(), scene),
    },
    Binding {
        keys: &[Key::plain(KeyCode::Home), Key::ch('g')],
        label: "",
        help: "To the first row.",
        does: |app, scene| app.step(isize::MIN / 2, scene),
    },
    Binding {
        keys: &[Key::plain(KeyCode::End), Key::ch('G')],
        label: "",
        help: "To the last row.",
        does: |app, scene| app.step(isize::MAX / 2, scene),
    },
    Binding {
        keys: &[Key::plain(KeyCode::Right)],
        label: "",
        help: "Into the detail; there, scroll evidence sideways.",
        does: |app, scene| app.sideways(20, scene),
    },
    Binding {
        keys: &[Key::plain(KeyCode::Left)],
        label: "",
        help: "Back sideways, then back to the list.",
        does: |app, scene| app.sideways(-20, scene),
    },
    Binding {
        keys: &[Key::ch(']')],
        label: "",
        help: "To the next section of the detail: an attachment, for example.",
        does: App::section,
    },
    Binding {
        keys: &[Key::plain(KeyCode::Tab)],
        label: "",
        help: "Next view. The numbers go to a view at once.",
        does: |app, scene| app.turn(1, scene),
    },
    Binding {
        keys: &[Key::plain(KeyCode::BackTab)],
        label: "",
        help: "Previous view.",
        does: |app, scene| app.turn(-1, scene),
    },
    Binding { keys: &[ESC], label: "", help: "Back.", does: |app, _| app.back() },
    Binding {
        keys: &[Key::ch('w')],
        label: "",
        help: "Turn pace: let time pass until something reaches you (at most 10 minutes).",
        does: App::skip,
    },
    Binding {
        keys: &[Key::ch('W')],
        label: "",
        help: "Let time pass; asks how long.",
        does: |app, scene| app.ask(Ask::Wait, scene),
    },
    Binding { keys: &[Key::ch('u')], label: "", help: "Open the oldest item not opened yet.", does: inbox::unread },
    Binding { keys: &[Key::ch('P'), Key::plain(KeyCode::F(8))], label: "", help: "Pause, or go on.", does: App::pause },
    Binding { keys: &[Key::ch('+')], label: "", help: "Faster.", does: |app, scene| app.pace(true, scene) },
    Binding {
        keys: &[Key::ch('-')],
        label: "",
        help: "Slower; the slowest pace is turn by turn.",
        does: |app, scene| app.pace(false, scene),
    },
    Binding {
        keys: &[Key::ch('N')],
        label: "",
        help: "Write a line into the incident log.",
        does: |app, scene| app.ask(Ask::Note, scene),
    },
    Binding { keys: &[Key::ch('h')], label: "", help: "A hint (practice only).", does: App::hint },
    Binding {
        keys: &[Key::ch('E')],
        label: "",
        help: "EndEx: end the exercise and see the hot wash.",
        does: |app, scene| app.over(Overlay::Confirm(Confirm::ending(scene))),
    },
    Binding {
        keys: &[Key::ch('/')],
        label: "search",
        help: "Search everything you know.",
        does: |app, _| app.search(),
    },
    Binding {
        keys: &[Key::ch(':')],
        label: "palette",
        help: "Type any act in its text form.",
        does: |app, _| app.palette(""),
    },
    Binding {
        keys: &[Key::ch('?'), Key::plain(KeyCode::F(1))],
        label: "help",
        help: "This screen.",
        does: |app, _| app.over(Overlay::Help(Help::default())),
    },
    Binding {
        keys: &[Key::ch('q'), Key::ctrl('q')],
        label: "leave",
        help: "Leave; asks first. The exercise can be resumed.",
        does: |app, scene| app.over(Overlay::Confirm(Confirm::leaving(scene))),
    },
    Binding {
        keys: &[Key::ctrl('z')],
        label: "",
        help: "Put the program to sleep (Unix); `fg` wakes it. Exercise time stands still meanwhile.",
        does: |_, _| Effect::Suspend,
    },
];

/// Draws the whole screen.
pub fn draw(app: &App, scene: &Scene, frame: &mut Frame) {
    let area = frame.area();
    if area.width < layout::LEAST.0 || area.height < layout::LEAST.1 {
        status::too_small(frame, area);
        return;
    }
    status::top(app, scene, frame, area);
    let body = layout::body((area.width, area.height), app, scene);
    (VIEWS[app.view].draw)(app, scene, frame, body);
    let strip = glance::width(area.width, app);
    if strip > 0 {
        glance::draw(scene, frame, Rect { x: body.right(), width: strip, ..body });
    }
    status::foot(app, scene, frame, area);
    if let Some(overlay) = &app.overlay {
        crate::overlay::draw(overlay, app, scene, frame, layout::over(area));
    }
}

/// Enter gives the detail the keys: what it does in views where a row has nothing to do.
pub(crate) const LOOK: Binding = Binding {
    keys: &[ENTER],
    label: "read",
    help: "Into the detail, to scroll it; again: back to the list.",
    does: |app, _| {
        app.pane_mut().detail ^= true;
        Effect::None
    },
};

/// The same where Enter does something else.
pub(crate) const READ: Binding = Binding { keys: &[Key::ch('v')], label: "read", ..LOOK };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_binds_a_key_twice() {
        for view in VIEWS {
            let keys: Vec<Key> = view.keys.iter().flat_map(|b| b.keys.iter().copied()).collect();
            for (i, key) in keys.iter().enumerate() {
                assert!(!keys[..i].contains(key), "{} binds {key} twice", view.name);
            }
        }
        let common: Vec<Key> = COMMON.iter().flat_map(|b| b.keys.iter().copied()).collect();
        for (i, key) in common.iter().enumerate() {
            assert!(!common[..i].contains(key), "{key} twice");
        }
        assert!(common.contains(&Key::plain(KeyCode::Tab)));
    }
}
