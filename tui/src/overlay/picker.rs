//! A list to choose from; typing narrows it. Space marks several where several are allowed.

use super::{Ask, KeyWord, Overlay, word};
use crate::{
    app::{App, Tone},
    editor::Editor,
    effect::Effect,
    key::Input,
    list::{self, Item, span},
    look::THEME,
    scene::Scene,
    text,
    view::{actions, halves, layout},
    writing::{Field, Letter},
};
use crossterm::event::KeyCode;
use protocol::{
    ActionId, AssetId, DecisionId, DeclarationId, RequestId, Tlp, Work,
    board::Request,
    pack::{ActionView, DecisionView, DeclarationView},
};
use ratatui::{Frame, layout::Rect, style::Style, widgets::Clear};
use std::collections::BTreeSet;

/// A choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Picker {
    title: String,
    about: String,
    options: Vec<(String, String)>,
    cursor: usize,
    /// Several may be marked.
    many: bool,
    marked: BTreeSet<String>,
    filter: Editor,
    then: Then,
}

/// What is done with what was chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    /// The asset for an action.
    Target(ActionId),
    /// The action for an asset.
    ActionOn(AssetId),
    /// The option of a decision.
    Decide(DecisionId),
    /// The value of a declaration.
    Declare(DeclarationId),
    /// Yes or no to a request.
    Answer(RequestId),
    /// A field of the letter being written.
    Field(Field),
    /// A draft to throw away.
    Discard(String),
}

impl Picker {
    fn new(title: String, about: String, options: Vec<(String, String)>, then: Then) -> Self {
        Self { title, about, options, cursor: 0, many: false, marked: BTreeSet::new(), filter: Editor::line(""), then }
    }

    /// Which asset?
    #[must_use]
    pub fn target(action: &ActionView, scene: &Scene) -> Self {
        let named = |id: &AssetId| {
            let asset = scene.pack().and_then(|p| p.assets.iter().find(|a| a.id == *id));
            let known = scene.board.assets.get(id).map(Vec::as_slice).unwrap_or_default();
            let state: Vec<String> = known
                .iter()
                .map(|k| crate::view::situation::value(&k.attr).0)
                .filter(|v| v.starts_with(['!', '~', '×', '✓']))
                .collect();
            let name = asset.map_or("", |a| a.name.as_str());
            (id.to_string(), format!("{name}  {}", state.join("  ")))
        };
        let options = action.targets.iter().map(named).collect();
        Self::new(format!("{}: on which?", action.name), String::new(), options, Then::Target(action.id.clone()))
    }

    /// Which action?
    #[must_use]
    pub fn action_on(asset: &AssetId, actions: &[&ActionView]) -> Self {
        let options = actions.iter().map(|a| (a.id.to_string(), a.name.clone())).collect();
        Self::new(format!("What to do with {asset}?"), String::new(), options, Then::ActionOn(asset.clone()))
    }

    /// Which option?
    #[must_use]
    pub fn decision(d: &DecisionView) -> Self {
        let options = d.options.iter().map(|(id, text)| (id.to_string(), text.clone())).collect();
        Self::new("Decide".to_owned(), d.question.clone(), options, Then::Decide(d.id.clone()))
    }

    /// Which value?
    #[must_use]
    pub fn declaration(d: &DeclarationView, scene: &Scene) -> Self {
        let options = d.values.iter().map(|(id, text)| (id.to_string(), text.clone())).collect();
        let now = scene.board.declared.get(&d.id).map_or_else(String::new, |(v, _)| format!(" Now: {v}."));
        Self::new(format!("Declare: {}", d.name), format!("{}{now}", d.note), options, Then::Declare(d.id.clone()))
    }

    /// Approve?
    #[must_use]
    pub fn answer(r: &Request, scene: &Scene) -> Self {
        let about = format!("{} asks for your approval: {}.", scene.who(r.by.as_str()), r.subject);
        let options = vec![
            ("approve".to_owned(), "yes, it may go ahead".to_owned()),
            ("refuse".to_owned(), "no; say why".to_owned()),
        ];
        Self::new("Approval".to_owned(), about, options, Then::Answer(r.id.clone()))
    }

    /// Throw away?
    #[must_use]
    pub fn discard(name: &str) -> Self {
        let options = vec![
            ("keep".to_owned(), "keep the draft".to_owned()),
            ("throw away".to_owned(), "it cannot be brought back".to_owned()),
        ];
        Self::new(format!("Throw away \"{name}\"?"), String::new(), options, Then::Discard(name.to_owned()))
    }

    /// What goes into a field of a letter.
    #[must_use]
    pub fn field(field: Field, letter: &Letter, scene: &Scene) -> Self {
        let pack = scene.pack();
        let (title, options): (&str, Vec<(String, String)>) = match field {
            Field::To => ("To: Space marks, Enter takes", directory(scene)),
            Field::Via => {
                let open =
                    pack.map(|p| p.channels.iter().filter(|c| c.writable).collect::<Vec<_>>()).unwrap_or_default();
                (
                    "By which channel?",
                    open.iter().map(|c| (c.id.to_string(), format!("{}. {}", c.name, c.note))).collect(),
                )
            }
            Field::As => {
                let products = pack.map(|p| p.products.as_slice()).unwrap_or_default();
                let none = ("none".to_owned(), "just a message".to_owned());
                let all = products.iter().map(|p| (p.id.to_string(), p.name.clone()));
                ("As which product?", std::iter::once(none).chain(all).collect())
            }
            Field::Tlp => ("Handling (TLP 2.0)", TLP.iter().map(|(t, m)| (t.to_string(), (*m).to_owned())).collect()),
            Field::Re => {
                let items =
                    scene.board.inbox.iter().rev().map(|r| (r.item.id.to_string(), text::line(&r.item.subject)));
                let none = ("none".to_owned(), "it answers nothing".to_owned());
                ("What does it answer?", std::iter::once(none).chain(items).collect())
            }
            Field::Subject | Field::Body => ("", Vec::new()),
        };
        let mut out = Self::new(title.to_owned(), String::new(), options, Then::Field(field));
        if field == Field::To {
            out.many = true;
            out.marked = letter.to.iter().map(ToString::to_string).collect();
        }
        out
    }

    pub(super) fn keys(&self) -> Vec<KeyWord> {
        let mark = self.many.then(|| word("Space", "mark"));
        let rest = [word("Enter", "take"), word("letters", "narrow the list")];
        [word("↑ ↓", "choose")].into_iter().chain(mark).chain(rest).collect()
    }

    /// What is left after narrowing.
    fn visible(&self) -> Vec<&(String, String)> {
        let word = self.filter.text().to_lowercase();
        let fits = |o: &&(String, String)| {
            word.is_empty() || o.0.to_lowercase().contains(&word) || o.1.to_lowercase().contains(&word)
        };
        self.options.iter().filter(fits).collect()
    }

    pub(super) fn press(mut self, app: &mut App, input: Input, scene: &Scene) -> Effect {
        let count = self.visible().len();
        match input {
            Input::Paste(text) => self.filter.insert(&text),
            Input::Key(key) => match key.code {
                KeyCode::Esc => return Effect::None,
                KeyCode::Down => self.cursor = (self.cursor + 1).min(count.saturating_sub(1)),
                KeyCode::Up => self.cursor = self.cursor.min(count.saturating_sub(1)).saturating_sub(1),
                KeyCode::PageDown => self.cursor = (self.cursor + 10).min(count.saturating_sub(1)),
                KeyCode::PageUp => self.cursor = self.cursor.saturating_sub(10),
                KeyCode::Char(' ') if self.many => {
                    if let Some((id, _)) = self.visible().get(self.cursor).copied().cloned()
                        && !self.marked.remove(&id)
                    {
                        self.marked.insert(id);
                    }
                }
                KeyCode::Enter => return self.choose(app, scene),
                _ => {
                    if self.filter.press(key, 60) {
                        self.cursor = 0;
                    }
                }
            },
            Input::Resize(..) => {}
        }
        app.over(Overlay::Picker(self))
    }

    fn choose(self, app: &mut App, scene: &Scene) -> Effect {
        let current = self.visible().get(self.cursor).map(|(id, _)| id.clone());
        let mut ids: Vec<String> = if self.many {
            self.options.iter().map(|(id, _)| id.clone()).filter(|id| self.marked.contains(id)).collect()
        } else {
            Vec::new()
        };
        if ids.is_empty() {
            ids.extend(current);
        }
        let Some(id) = ids.first().cloned() else {
            app.say(Tone::Bad, "Nothing was chosen.");
            return Effect::None;
        };
        match self.then {
            Then::Target(action) => actions::confirm(app, scene, Work::Action(action, Some(id.into()))),
            Then::ActionOn(asset) => actions::confirm(app, scene, Work::Action(id.into(), Some(asset))),
            Then::Decide(decision) => app.ask(Ask::Decide(decision, id.into()), scene),
            Then::Declare(declaration) => app.ask(Ask::Declare(declaration, id.into()), scene),
            Then::Answer(request) => app.ask(Ask::Answer(request, id == "approve"), scene),
            Then::Field(field) => {
                set(app, field, &ids);
                Effect::None
            }
            Then::Discard(name) => {
                if id != "keep" {
                    app.writing.letters.remove(&name);
                    app.say(Tone::Good, "Draft thrown away.");
                }
                Effect::None
            }
        }
    }

    /// The option under the cursor in full, where a row cannot hold every option; as many rows for each.
    fn told(&self, width: usize) -> Vec<String> {
        let visible = self.visible();
        let id_width = visible.iter().map(|(id, _)| text::width(id)).max().unwrap_or(0).min(22);
        let room = width.saturating_sub(id_width + if self.many { 6 } else { 2 });
        if visible.iter().all(|(_, about)| text::width(about) <= room) {
            return Vec::new();
        }
        let wrap = |about: &str| text::wrapped(&text::line(about), width).map(str::to_owned).collect::<Vec<_>>();
        let rows = visible.iter().map(|(_, about)| wrap(about).len()).max().unwrap_or(0).min(5);
        let mut out = visible.get(self.cursor).map(|(_, about)| wrap(about)).unwrap_or_default();
        out.resize(rows, String::new());
        out
    }

    pub(super) fn draw(&self, frame: &mut Frame, area: Rect) {
        let about: Vec<String> = text::wrapped(&text::shown(&self.about), usize::from(area.width.saturating_sub(4)))
            .map(str::to_owned)
            .collect();
        let about = if self.about.is_empty() { Vec::new() } else { about };
        let visible = self.visible();
        let told = self.told(usize::from(area.width.saturating_sub(4)));
        let wanted = visible.len() + about.len() + told.len() + 4;
        let area = layout::centred(area, area.width, (wanted.max(8) as u16).min(area.height));
        frame.render_widget(Clear, area);
        frame.render_widget(halves::block(&text::cut(&text::line(&self.title), 70), true), area);
        let room = layout::inner(area);
        let mut y = room.y;
        for line in about.iter().take(usize::from(room.height / 2)) {
            frame.buffer_mut().set_stringn(room.x + 1, y, line, usize::from(room.width), THEME.strong);
            y += 1;
        }
        let hint = if self.filter.text().is_empty() {
            "type to narrow".to_owned()
        } else {
            format!("{} fit \"{}\"", visible.len(), self.filter.text())
        };
        let foot = told.len() as u16 + 1;
        let body = Rect { y, height: room.bottom().saturating_sub(y + foot), ..room };
        let id_width = visible.iter().map(|(id, _)| text::width(id)).max().unwrap_or(0).min(22);
        let items: Vec<Item> = visible
            .iter()
            .map(|(id, about)| {
                let mark = match (self.many, self.marked.contains(id)) {
                    (false, _) => "",
                    (true, true) => "[✓] ",
                    (true, false) => "[ ] ",
                };
                Item::row(vec![
                    span(mark, THEME.good),
                    span(text::pad(id, id_width) + "  ", THEME.strong),
                    span(text::line(about), Style::new()),
                ])
            })
            .collect();
        list::draw(frame, body, &items, self.cursor, true);
        let wide = usize::from(room.width).saturating_sub(1);
        for (line, y) in told.iter().zip(body.bottom()..room.bottom()) {
            frame.buffer_mut().set_stringn(room.x + 1, y, line, wide, THEME.strong);
        }
        frame.buffer_mut().set_stringn(room.x + 1, room.bottom().saturating_sub(1), hint, wide, THEME.dim);
    }
}

const TLP: [(Tlp, &str); 5] = [
    (Tlp::Clear, "no limit"),
    (Tlp::Green, "the community"),
    (Tlp::Amber, "the organisation and its clients, need to know"),
    (Tlp::AmberStrict, "the organisation only"),
    (Tlp::Red, "the named recipients only"),
];

fn directory(scene: &Scene) -> Vec<(String, String)> {
    let Some(pack) = scene.pack() else { return Vec::new() };
    let seats = pack.seats.iter().filter(|s| s.id != scene.board.seat).map(|s| s.id.to_string());
    seats.chain(pack.parties.iter().map(|p| p.id.to_string())).map(|id| (id.clone(), scene.who(&id))).collect()
}

fn set(app: &mut App, field: Field, ids: &[String]) {
    let Some(first) = ids.first().map(String::as_str) else { return };
    let Some(letter) = app.writing.letter_mut() else { return };
    match field {
        Field::To => letter.to = ids.iter().map(|i| i.as_str().into()).collect(),
        Field::Via => letter.via = Some(first.into()),
        Field::As => letter.product = (first != "none").then(|| first.into()),
        Field::Tlp => letter.tlp = TLP.iter().map(|(t, _)| *t).find(|t| t.to_string() == first),
        Field::Re => letter.re = (first != "none").then(|| first.into()),
        Field::Subject | Field::Body => {}
    }
    app.writing.field += 1;
}
