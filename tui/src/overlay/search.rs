//! `/`: search over everything this seat knows; Enter goes there.

use super::{Overlay, prompt};
use crate::{
    app::App,
    editor::Editor,
    effect::Effect,
    key::Input,
    list::{self, Item, span},
    look::THEME,
    scene::Scene,
    text,
    view::{actions, directory, halves, inbox, layout, log, runbook, situation, write},
};
use crossterm::event::KeyCode;
use ratatui::{Frame, layout::Rect, style::Style, widgets::Clear};

/// Most results shown.
const MOST: usize = 200;

/// The search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    input: Editor,
    cursor: usize,
}

impl Default for Search {
    fn default() -> Self {
        Self { input: Editor::line(""), cursor: 0 }
    }
}

/// Where a result leads.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Item(String),
    Asset(String),
    Catalogue(String),
    Person(String),
    Product(String),
    Step(String),
    /// Counted from the newest.
    Log(usize),
}

struct Hit {
    place: Place,
    kind: &'static str,
    text: String,
}

impl Search {
    pub(super) fn press(mut self, app: &mut App, input: Input, scene: &Scene) -> Effect {
        match input {
            Input::Paste(text) => self.input.insert(&text),
            Input::Key(key) => match key.code {
                KeyCode::Esc => return Effect::None,
                KeyCode::Down => self.cursor += 1,
                KeyCode::Up => self.cursor = self.cursor.saturating_sub(1),
                KeyCode::Enter => return self.go(app, scene),
                _ => {
                    if self.input.press(key, 60) {
                        self.cursor = 0;
                    }
                }
            },
            Input::Resize(..) => {}
        }
        let count = hits(self.input.text(), scene).len();
        self.cursor = self.cursor.min(count.saturating_sub(1));
        app.over(Overlay::Search(self))
    }

    fn go(self, app: &mut App, scene: &Scene) -> Effect {
        match hits(self.input.text(), scene).get(self.cursor).map(|h| h.place.clone()) {
            None => return app.over(Overlay::Search(self)),
            Some(Place::Item(id)) => inbox::jump(app, scene, &id),
            Some(Place::Asset(id)) => situation::jump(app, scene, &id),
            Some(Place::Catalogue(id)) => actions::jump(app, scene, &id),
            Some(Place::Person(id)) => directory::jump(app, scene, &id),
            Some(Place::Product(id)) => write::jump(app, scene, &id),
            Some(Place::Step(id)) => runbook::jump(app, scene, &id),
            Some(Place::Log(n)) => log::jump(app, n),
        }
        Effect::None
    }

    pub(super) fn draw(&self, scene: &Scene, frame: &mut Frame, area: Rect) {
        frame.render_widget(Clear, area);
        frame.render_widget(
            halves::block("Search: inbox, assets, catalogue, people, products, runbook, log", true),
            area,
        );
        let room = layout::inner(area);
        prompt::field(frame, Rect { height: 1, ..room }, "/ ", &self.input);
        let found = hits(self.input.text(), scene);
        let items: Vec<Item> = found
            .iter()
            .map(|h| Item::row(vec![span(text::pad(h.kind, 10), THEME.dim), span(text::line(&h.text), Style::new())]))
            .collect();
        let body = Rect { y: room.y + 1, height: room.height.saturating_sub(1), ..room };
        if items.is_empty() && !self.input.text().is_empty() {
            list::draw(
                frame,
                body,
                &[Item::note("Nothing found. Items not opened are searched by subject only.")],
                0,
                true,
            );
        } else {
            list::draw(frame, body, &items, self.cursor, true);
        }
    }
}

/// Everything that holds every word of the query. What was not opened is searched by its subject only.
fn hits(query: &str, scene: &Scene) -> Vec<Hit> {
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let fits = |texts: &[&str]| {
        let all = texts.join(" ").to_lowercase();
        words.iter().all(|w| all.contains(w.as_str()))
    };
    let mut out = Vec::new();
    let mut add = |place: Place, kind: &'static str, text: String| out.push(Hit { place, kind, text });
    for r in scene.board.inbox.iter().rev() {
        let i = &r.item;
        let mut texts = vec![i.id.as_str(), i.subject.as_str(), i.from.name.as_str(), i.channel.as_str()];
        if r.opened.is_some() {
            texts.push(&i.body);
            texts.extend(i.attachments.iter().flat_map(|a| [a.name.as_str(), a.text.as_str()]));
        }
        if fits(&texts) {
            add(Place::Item(i.id.to_string()), "inbox", format!("{} {}: {}", i.id, i.from.name, i.subject));
        }
    }
    if let Some(pack) = scene.pack() {
        for a in pack.assets.iter().filter(|a| fits(&[a.id.as_str(), &a.name, &a.kind, &a.note])) {
            add(Place::Asset(a.id.to_string()), "asset", format!("{}: {}", a.id, a.name));
        }
        for a in pack.actions.iter().filter(|a| fits(&[a.id.as_str(), &a.name, &a.help, &a.group])) {
            add(Place::Catalogue(a.id.to_string()), "action", a.name.clone());
        }
        for q in pack.queries.iter().filter(|q| fits(&[q.id.as_str(), &q.name, &q.tool, &q.text])) {
            add(Place::Catalogue(q.id.to_string()), "query", q.name.clone());
        }
        for s in pack.seats.iter().filter(|s| fits(&[s.id.as_str(), &s.name, &s.title, &s.duties])) {
            add(Place::Person(s.id.to_string()), "person", scene.who(s.id.as_str()));
        }
        for p in pack.parties.iter().filter(|p| fits(&[p.id.as_str(), &p.name, &p.title, &p.note])) {
            add(Place::Person(p.id.to_string()), "person", scene.who(p.id.as_str()));
        }
        for p in pack.products.iter().filter(|p| fits(&[p.id.as_str(), &p.name, &p.audience])) {
            add(Place::Product(p.id.to_string()), "product", p.name.clone());
        }
        for s in pack.runbook.iter().filter(|s| fits(&[s.id.as_str(), &s.phase, &s.text])) {
            add(Place::Step(s.id.to_string()), "runbook", s.text.clone());
        }
    }
    for (n, l) in scene.board.log.iter().rev().enumerate().filter(|(_, l)| fits(&[&l.text])) {
        add(Place::Log(n), "log", format!("{} {}", l.at, l.text));
    }
    out.truncate(MOST);
    out
}
