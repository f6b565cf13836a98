//! A question with one line as its answer.

use super::Overlay;
use crate::{
    app::{App, Tone},
    editor::Editor,
    effect::Effect,
    key::Input,
    look::THEME,
    scene::Scene,
    text,
    view::{halves, layout},
};
use crossterm::event::KeyCode;
use protocol::{Act, DecisionId, DeclarationId, OptionId, PartyId, RequestId, Span, ValueId, clean};
use ratatui::{Frame, layout::Rect, style::Style, widgets::Clear};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Why are they paged?
    Page(PartyId),
    /// Why so?
    Decide(DecisionId, OptionId),
    /// On what grounds?
    Declare(DeclarationId, ValueId),
    /// Why is it approved or refused?
    Answer(RequestId, bool),
    /// A line for the log.
    Note,
    /// How long?
    Wait,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    ask: Ask,
    title: String,
    hint: &'static str,
    input: Editor,
}

impl Prompt {
    /// The question with nothing answered yet.
    #[must_use]
    pub fn new(ask: Ask, scene: &Scene) -> Self {
        let (title, hint) = match &ask {
            Ask::Page(p) => {
                (format!("Page {}: why?", scene.who(p.as_str())), "One line: what happened, what you need.")
            }
            Ask::Decide(d, o) => (format!("{d}: {o}. Why?"), "The reason is recorded with the decision."),
            Ask::Declare(d, v) => (format!("Declare {d}: {v}. On what grounds?"), "The grounds are recorded with it."),
            Ask::Answer(r, true) => (format!("Approve {r}. Why?"), "May stay empty."),
            Ask::Answer(r, false) => (format!("Refuse {r}. Why?"), "Say what is missing."),
            Ask::Note => ("Incident log".to_owned(), "One line, as you would want to read it in court."),
            Ask::Wait => {
                ("Let how much time pass?".to_owned(), "5m, 90s, 1h. What reaches you meanwhile waits for you.")
            }
        };
        let start = if ask == Ask::Wait { "5m" } else { "" };
        Self { ask, title, hint, input: Editor::line(start) }
    }

    pub(super) fn does(&self) -> &'static str {
        match self.ask {
            Ask::Wait => "let it pass",
            Ask::Page(_) => "page them",
            _ => "record it",
        }
    }

    pub(super) fn press(mut self, app: &mut App, input: Input, _: &Scene) -> Effect {
        match input {
            Input::Paste(text) => self.input.insert(&text),
            Input::Key(key) => match key.code {
                KeyCode::Esc => return Effect::None,
                KeyCode::Enter => return self.done(app),
                _ => {
                    self.input.press(key, 60);
                }
            },
            Input::Resize(..) => {}
        }
        app.over(Overlay::Prompt(self))
    }

    fn done(self, app: &mut App) -> Effect {
        let text = clean::line(self.input.text());
        let needed = matches!(self.ask, Ask::Note | Ask::Wait | Ask::Answer(_, false) | Ask::Page(_) | Ask::Decide(..));
        if text.is_empty() && needed {
            app.say(Tone::Bad, "Nothing was written, so nothing was done.");
            return Effect::None;
        }
        match self.ask.clone() {
            Ask::Page(party) => Effect::Submit(Act::Page { party, reason: text }),
            Ask::Decide(decision, option) => Effect::Submit(Act::Decide { decision, option, reason: text }),
            Ask::Declare(declaration, value) => Effect::Submit(Act::Declare { declaration, value, reason: text }),
            Ask::Answer(request, grant) => Effect::Submit(Act::Answer { request, grant, reason: text }),
            Ask::Note => Effect::Submit(Act::Log { text }),
            Ask::Wait => match Span::parse(&text) {
                Ok(span) => Effect::Submit(Act::Wait { span }),
                Err(e) => {
                    app.say(Tone::Bad, e.to_string());
                    app.over(Overlay::Prompt(self))
                }
            },
        }
    }

    pub(super) fn draw(&self, frame: &mut Frame, area: Rect) {
        let area = layout::centred(area, area.width, 5);
        frame.render_widget(Clear, area);
        let title = text::cut(&text::line(&self.title), usize::from(area.width).saturating_sub(6));
        frame.render_widget(halves::block(&title, true), area);
        let room = layout::inner(area);
        field(frame, Rect { height: 1, ..room }, "", &self.input);
        let y = room.bottom().saturating_sub(1);
        frame.buffer_mut().set_stringn(
            room.x,
            y,
            text::cut(self.hint, usize::from(room.width)),
            usize::from(room.width),
            THEME.dim,
        );
    }
}

/// A one-line field with its cursor in sight.
pub(super) fn field(frame: &mut Frame, area: Rect, lead: &str, input: &Editor) {
    if area.is_empty() {
        return;
    }
    frame.buffer_mut().set_stringn(area.x, area.y, lead, usize::from(area.width), THEME.key);
    let x = area.x + (text::width(lead) as u16).min(area.width - 1);
    let room = usize::from(area.right().saturating_sub(x));
    let before = text::width(&input.text()[..input.cursor()]);
    let skip = (before + 1).saturating_sub(room);
    frame.buffer_mut().set_stringn(x, area.y, text::skip(input.text(), skip), room, Style::new());
    frame.set_cursor_position((x + (before - skip) as u16, area.y));
}
