//! Who is who: the seats with the people on them, and everyone outside; page them from here.
//!
//! ```text
//! ┌ People ──────────────────────────────────────┐┌ Nadia Haddad ────────────────────────┐
//! │ At the table                                 ││ CISO. Approves …                     │
//! │  ic      Ana (you)       Incident commander  ││ Call when …                          │
//! │▸ ciso    Nadia Haddad    CISO          cell  ││ Paged 00:12:10, answered 00:14:02    │
//! └──────────────────────────────────────────────┘└──────────────────────────────────────┘
//! ```

use super::{LOOK, View, always, halves, layout, no_capture};
use crate::{
    app::{App, Pane},
    doc::Doc,
    effect::Effect,
    key::{Binding, Key},
    list::{Item, span},
    look::THEME,
    overlay::Ask,
    scene::Scene,
    text,
};
use protocol::PartyId;
use ratatui::{Frame, layout::Rect, style::Style};

const INDEX: usize = 4;

/// The directory.
pub const VIEW: View = View {
    name: "People",
    short: "People",
    about: "Everyone you can reach. A page wakes them; a message waits until they read it.",
    keys: KEYS,
    rows: |_, scene| people(scene).len(),
    detail,
    draw,
    capture: no_capture,
    offered: always,
};

const KEYS: &[Binding] = &[
    Binding { keys: &[Key::ch('p')], label: "page", help: "Page them: asks why, in one line.", does: page },
    Binding { keys: &[Key::ch('m')], label: "message", help: "Write to them.", does: message },
    LOOK,
];

/// Somebody in the directory.
struct Person {
    id: PartyId,
    name: String,
    title: String,
    about: String,
    seat: bool,
    held: bool,
}

fn people(scene: &Scene) -> Vec<Person> {
    let Some(pack) = scene.pack() else { return Vec::new() };
    let seats = pack.seats.iter().map(|s| Person {
        id: PartyId::from(&s.id),
        name: scene.board.name_of(s.id.as_str()),
        title: s.title.clone(),
        about: s.duties.clone(),
        seat: true,
        held: scene.board.people.contains_key(&s.id),
    });
    let parties = pack.parties.iter().map(|p| Person {
        id: p.id.clone(),
        name: p.name.clone(),
        title: p.title.clone(),
        about: p.note.clone(),
        seat: false,
        held: false,
    });
    let mut all: Vec<Person> = seats.chain(parties).collect();
    // Nobody pages themselves: one's own seat is the last at the table.
    let own = |p: &Person| p.id.as_str() == scene.board.seat.as_str();
    all.sort_by_key(|p| (!p.seat, own(p)));
    all
}

fn current(app: &App, scene: &Scene) -> Option<Person> {
    let mut all = people(scene);
    if all.is_empty() {
        return None;
    }
    let at = app.panes[INDEX].cursor.min(all.len() - 1);
    Some(all.swap_remove(at))
}

/// Shows somebody: used by search.
pub fn jump(app: &mut App, scene: &Scene, id: &str) {
    let at = people(scene).iter().position(|p| p.id.as_str() == id).unwrap_or(0);
    app.panes[INDEX] = Pane { cursor: at, ..Pane::default() };
    app.show_named("People");
}

fn page(app: &mut App, scene: &Scene) -> Effect {
    match current(app, scene) {
        Some(p) if p.id.as_str() == scene.board.seat.as_str() => {
            app.say(crate::app::Tone::Bad, "That is you.");
            Effect::None
        }
        Some(p) => app.ask(Ask::Page(p.id), scene),
        None => Effect::None,
    }
}

fn message(app: &mut App, scene: &Scene) -> Effect {
    if let Some(p) = current(app, scene) {
        app.writing.to(&p.id);
        app.show_named("Write");
    }
    Effect::None
}

fn items(scene: &Scene, width: u16) -> Vec<Item> {
    let all = people(scene);
    let mut out = Vec::new();
    let mut seat = None;
    let wide = usize::from(width);
    let longest = |of: fn(&Person) -> &str| all.iter().map(|p| text::width(of(p))).max().unwrap_or(0);
    let id = longest(|p| p.id.as_str()).min(12).min(wide / 5);
    let name = longest(|p| &p.name).min(if wide >= 100 { 34 } else { 20 }).min(wide / 3);
    // What came of a page needs its room only once somebody was paged.
    let paged_width = match scene.board.pages.iter().any(|g| g.answered.is_none()) {
        true => 17,
        false if scene.board.pages.is_empty() => 0,
        false => 11,
    };
    let title = wide.saturating_sub(id + name + paged_width + 10);
    for p in &all {
        if seat != Some(p.seat) {
            out.push(Item::heading(if p.seat { "At the table" } else { "Outside" }));
            seat = Some(p.seat);
        }
        let you = p.id.as_str() == scene.board.seat.as_str();
        let state = match () {
            () if you => "you",
            () if p.held => "here",
            () if p.seat => "cell",
            () => "",
        };
        let last = scene.board.pages.iter().rev().find(|g| g.party == p.id);
        let paged = match last.map(|g| g.answered) {
            None => span("", Style::new()),
            Some(None) => span(" paged, no answer", THEME.warn),
            Some(Some(_)) => span(" ✓ answered", THEME.good),
        };
        out.push(Item::row(vec![
            span(text::pad(p.id.as_str(), id) + " ", THEME.dim),
            span(text::pad(&text::line(&p.name), name) + " ", THEME.strong),
            span(text::pad(&text::line(&p.title), title) + " ", Style::new()),
            span(text::pad(state, 4), THEME.dim),
            paged,
        ]));
    }
    if out.is_empty() {
        out.push(Item::note("The directory comes with StartEx."));
    }
    out
}

fn draw(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let (list, _) = layout::split(app, scene, area);
    let items = items(scene, list.width);
    let title = current(app, scene).map(|p| p.id.to_string()).unwrap_or_default();
    halves::draw(app, scene, frame, area, ("People", &items), (&title, |width| detail(app, scene, width)));
}

fn detail(app: &App, scene: &Scene, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    let Some(p) = current(app, scene) else { return doc };
    doc.title(&p.name);
    doc.field("Title", &p.title);
    let place = match (p.seat, p.held) {
        (true, true) => "a seat, held by a person",
        (true, false) => "a seat, played by the simulation cell",
        (false, _) => "outside, played by the simulation cell",
    };
    doc.field("Place", place);
    doc.field(
        if p.seat { "Duties" } else { "In the plan" },
        if p.about.is_empty() { "nothing noted" } else { &p.about },
    );
    for g in scene.board.pages.iter().filter(|g| g.party == p.id) {
        let answer = g.answered.map_or_else(
            || format!("no answer yet ({})", scene.ago(g.at)),
            |at| format!("answered at {at}, after {}", at.since(g.at)),
        );
        doc.field("Paged", &format!("at {} by {}: {answer}", g.at, scene.board.name_of(g.by.as_str())));
    }
    for (at, sent) in scene.board.sent.iter().filter(|(_, s)| s.draft.to.contains(&p.id)) {
        doc.field("Sent", &format!("{} at {at}: {}", sent.id, text::line(&sent.draft.subject)));
    }
    for r in scene.board.inbox.iter().filter(|r| r.item.from.id.as_ref() == Some(&p.id)) {
        doc.field("Wrote", &format!("{} at {}: {}", r.item.id, r.at, text::line(&r.item.subject)));
    }
    doc
}
