//! `:`: any act in its text form, with completion; names of views, too.

use super::{Confirm, Help, Overlay, prompt};
use crate::{
    advice,
    app::{App, Tone},
    complete::{check, complete},
    editor::Editor,
    effect::Effect,
    key::Input,
    list::{self, Item, span},
    look::THEME,
    scene::Scene,
    text,
    view::{VIEWS, halves, layout},
};
use crossterm::event::KeyCode;
use protocol::{Act, text as forms};
use ratatui::{Frame, layout::Rect, style::Style, widgets::Clear};

/// Most lines remembered.
const MAX_SAID: usize = 100;

/// The palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    input: Editor,
    cursor: Option<usize>,
    /// How far back in what was said before.
    back: usize,
    error: String,
}

impl Palette {
    /// The palette with something typed already.
    #[must_use]
    pub fn new(start: &str) -> Self {
        Self { input: Editor::line(start), cursor: None, back: 0, error: String::new() }
    }

    pub(super) fn press(mut self, app: &mut App, input: Input, scene: &Scene) -> Effect {
        let key = match input {
            Input::Paste(text) => {
                self.input.insert(&text);
                return app.over(Overlay::Palette(self));
            }
            Input::Resize(..) => return app.over(Overlay::Palette(self)),
            Input::Key(key) => key,
        };
        let (_, options) = complete(self.input.text(), scene.board);
        match key.code {
            KeyCode::Esc => return Effect::None,
            KeyCode::Enter => return self.enter(app, scene),
            KeyCode::Tab => self.take(scene),
            KeyCode::Down if !options.is_empty() && self.back == 0 => {
                self.cursor = Some(self.cursor.map_or(0, |c| (c + 1).min(options.len() - 1)));
            }
            KeyCode::Up if self.cursor.is_some() => self.cursor = self.cursor.and_then(|c| c.checked_sub(1)),
            KeyCode::Up => self.recall(app, 1),
            KeyCode::Down => self.recall(app, -1),
            _ => {
                self.input.press(key, 60);
                self.cursor = None;
                self.error.clear();
            }
        }
        app.over(Overlay::Palette(self))
    }

    fn recall(&mut self, app: &App, by: isize) {
        self.back = self.back.saturating_add_signed(by).min(app.said.len());
        let said = self.back.checked_sub(1).and_then(|n| app.said.iter().rev().nth(n));
        self.input = Editor::line(said.map_or("", String::as_str));
    }

    /// Puts the chosen (or the only, or the longest common) candidate in.
    fn take(&mut self, scene: &Scene) {
        let (stem, options) = complete(self.input.text(), scene.board);
        let ids: Vec<&str> = options.iter().map(|(id, _)| id.as_str()).collect();
        let Some(first) = self.cursor.and_then(|c| ids.get(c)).or(ids.first()) else { return };
        let whole = self.cursor.is_some() || ids.len() == 1;
        let common = if whole { *first } else { common(&ids) };
        // What is only inside a name does not begin it: then the first is taken.
        let put = if common.len() > stem.len() || whole { common } else { first };
        let kept = self.input.text().strip_suffix(stem.as_str()).unwrap_or(self.input.text()).to_owned();
        let space = if whole || put == *first && common.len() <= stem.len() { " " } else { "" };
        self.input = Editor::line("");
        self.input.insert(&format!("{kept}{put}{space}"));
        self.cursor = None;
        self.error.clear();
    }

    fn enter(mut self, app: &mut App, scene: &Scene) -> Effect {
        if self.cursor.is_some() {
            self.take(scene);
            return app.over(Overlay::Palette(self));
        }
        let typed = self.input.text().trim().to_owned();
        if typed.is_empty() {
            return Effect::None;
        }
        let lower = typed.to_lowercase();
        if let Some(view) = VIEWS.iter().position(|v| v.name.to_lowercase() == lower && (v.offered)(scene)) {
            app.show(view);
            return Effect::None;
        }
        match lower.as_str() {
            "quit" | "q" | "leave" => return app.over(Overlay::Confirm(Confirm::leaving(scene))),
            "help" | "?" => return app.over(Overlay::Help(Help::default())),
            _ => {}
        }
        let act = match forms::parse(&typed) {
            Ok(act) => act,
            Err(e) => return self.wrong(app, e.to_string()),
        };
        if let Err(why) = check(&act, scene.board) {
            return self.wrong(app, why);
        }
        app.said.push(typed);
        if app.said.len() > MAX_SAID {
            app.said.remove(0);
        }
        match act {
            Act::End => app.over(Overlay::Confirm(Confirm::ending(scene))),
            Act::Send(draft) if draft.body.is_empty() => {
                app.writing.take(&draft);
                app.show_named("Write");
                Effect::None
            }
            Act::Send(draft) => {
                let remarks = advice::remarks(&draft, scene);
                app.over(Overlay::Confirm(Confirm::sending(draft, &remarks, scene)))
            }
            Act::TakeSeat { .. } | Act::LeaveSeat { .. } | Act::Start { .. } => {
                app.say(Tone::Bad, "Seats and StartEx are given when the drill opens.");
                Effect::None
            }
            act => Effect::Submit(act),
        }
    }

    fn wrong(mut self, app: &mut App, why: String) -> Effect {
        self.error = why;
        app.over(Overlay::Palette(self))
    }

    pub(super) fn draw(&self, scene: &Scene, frame: &mut Frame, area: Rect) {
        let (_, options) = complete(self.input.text(), scene.board);
        let rows = options.len().clamp(3, usize::from(area.height.saturating_sub(4)).max(3)) as u16;
        let area = Rect { height: (rows + 4).min(area.height), ..area };
        frame.render_widget(Clear, area);
        frame.render_widget(halves::block("Palette: any act in its text form", true), area);
        let room = layout::inner(area);
        prompt::field(frame, Rect { height: 1, ..room }, ":", &self.input);
        let error = text::cut(&text::line(&self.error), usize::from(room.width));
        frame.buffer_mut().set_stringn(room.x, room.y + 1, error, usize::from(room.width), THEME.bad);
        let id_width = options.iter().map(|(id, _)| text::width(id)).max().unwrap_or(0).min(24);
        let items: Vec<Item> = options
            .iter()
            .map(|(id, about)| {
                let id = span(text::pad(id, id_width) + "  ", THEME.strong);
                Item::row(vec![id, span(text::line(about), Style::new())])
            })
            .collect();
        let body = Rect { y: room.y + 2, height: room.height.saturating_sub(2), ..room };
        list::draw(frame, body, &items, self.cursor.unwrap_or(0), self.cursor.is_some());
    }
}

/// The longest beginning all share.
fn common<'a>(ids: &[&'a str]) -> &'a str {
    let Some(first) = ids.first().copied() else { return "" };
    let shared = |other: &str| first.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let mut n = ids.iter().map(|o| shared(o)).min().unwrap_or(0);
    while !first.is_char_boundary(n) {
        n -= 1;
    }
    &first[..n]
}
