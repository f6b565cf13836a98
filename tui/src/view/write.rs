//! The composer: what there is to write, and the form of the letter being written.
//!
//! ```text
//! ┌ Write ─────────────────────────────────┐     ┌ customer-notice ──────────────────────┐
//! │ Products                               │     │ To       Aurora Bank, Delta Pay       │
//! │▸ Customer notice      draft, 43 words  │  →  │ Subject  …                            │
//! │  Executive brief      not begun        │     ├───────────────────────────────────────┤
//! │ Other letters                          │     │ text, wrapped                         │
//! │  + new message                         │     └ 43 words of 80 to 250 ────────────────┘
//! └────────────────────────────────────────┘
//! ```

mod form;

use super::{View, always, halves, layout};
use crate::{
    advice,
    app::{App, ENTER, ESC, Tone},
    doc::Doc,
    effect::Effect,
    key::{self, Binding, Input, Key},
    list::{Item, span},
    look::THEME,
    overlay::{Confirm, Help, Overlay, Picker},
    scene::Scene,
    text,
    writing::{FIELDS, Field, Letter},
};
use crossterm::event::KeyCode;
use protocol::{Act, Subject, pack::ProductView};
use ratatui::{Frame, layout::Rect, style::Style};

const INDEX: usize = 3;

/// The composer.
pub const VIEW: View = View {
    name: "Write",
    short: "Write",
    about: "Write messages and the products the plan asks for. A draft is kept until it is sent, also when you leave.",
    keys: KEYS,
    rows: |app, scene| entries(app, scene).len(),
    detail,
    draw,
    capture,
    offered: always,
};

const KEYS: &[Binding] = &[
    Binding { keys: &[ENTER], label: "write", help: "Write it, or go on with the draft.", does: open },
    Binding {
        keys: &[Key::ch('m')],
        label: "new message",
        help: "A message to anyone.",
        does: |app, _| {
            app.writing.fresh();
            Effect::None
        },
    },
    Binding {
        keys: &[Key::ch('a')],
        label: "ask approval",
        help: "Ask for the approval the plan wants.",
        does: ask_approval,
    },
    Binding {
        keys: &[Key::plain(KeyCode::Delete), Key::ch('D')],
        label: "",
        help: "Throw the draft away; asks.",
        does: discard,
    },
    super::READ,
];

/// Keys of the form, where letters are typed into the text.
pub const EDIT_KEYS: &[Binding] = &[
    Binding { keys: &[Key::ctrl('s')], label: "send", help: "Check it and send it; asks first.", does: send },
    Binding { keys: &[ESC], label: "keep and close", help: "Close the form; the draft is kept.", does: close },
    Binding {
        keys: &[Key::plain(KeyCode::Tab)],
        label: "next field",
        help: "To the next field.",
        does: |app, _| step(app, 1),
    },
    Binding {
        keys: &[Key::plain(KeyCode::BackTab)],
        label: "",
        help: "To the previous field.",
        does: |app, _| step(app, -1),
    },
    Binding {
        keys: &[Key::ctrl('t')],
        label: "template",
        help: "Start again from the template; ^Z takes it back.",
        does: template,
    },
    Binding {
        keys: &[Key::ctrl('r')],
        label: "ask approval",
        help: "Ask for the approval the plan wants.",
        does: ask_approval,
    },
    Binding {
        keys: &[Key::plain(KeyCode::F(1))],
        label: "help",
        help: "Keys. In the text: ^Z undo, ^Y redo, ^A select all, ^X cut, ^V paste here, ^W delete a word, ^K to the line's end.",
        does: |app, _| app.over(Overlay::Help(Help::default())),
    },
    Binding { keys: &[Key::plain(KeyCode::F(8))], label: "", help: "Pause, or go on.", does: App::pause },
];

/// The form has the keys.
#[must_use]
pub fn is_editing(app: &App) -> bool {
    app.view == INDEX && app.writing.open.is_some()
}

/// A row of the list: a product, or a letter that is none.
enum Entry<'a> {
    Product(&'a ProductView),
    Letter(String),
    New,
}

fn entries<'a>(app: &App, scene: &'a Scene) -> Vec<Entry<'a>> {
    let products = scene.pack().map(|p| p.products.as_slice()).unwrap_or_default();
    let mut out: Vec<Entry> = products.iter().map(Entry::Product).collect();
    let is_product = |name: &str| products.iter().any(|p| p.id.as_str() == name);
    out.extend(app.writing.letters.keys().filter(|n| !is_product(n)).map(|n| Entry::Letter(n.clone())));
    out.push(Entry::New);
    out
}

fn current<'a>(app: &App, scene: &'a Scene) -> Entry<'a> {
    let mut all = entries(app, scene);
    let at = app.panes[INDEX].cursor.min(all.len() - 1);
    all.swap_remove(at)
}

fn open(app: &mut App, scene: &Scene) -> Effect {
    match current(app, scene) {
        Entry::Product(p) => app.writing.product(&p.id, scene.board),
        Entry::Letter(name) => {
            app.writing.open = Some(name);
            app.writing.field = FIELDS.len() - 1;
        }
        Entry::New => app.writing.fresh(),
    }
    Effect::None
}

/// Opens a product's form: used by search.
pub fn jump(app: &mut App, scene: &Scene, product: &str) {
    app.writing.product(&product.into(), scene.board);
    app.show_named("Write");
}

fn discard(app: &mut App, scene: &Scene) -> Effect {
    let name = match current(app, scene) {
        Entry::Product(p) => p.id.to_string(),
        Entry::Letter(name) => name,
        Entry::New => return Effect::None,
    };
    if !app.writing.letters.contains_key(&name) {
        app.say(Tone::Bad, "There is no draft to throw away.");
        return Effect::None;
    }
    app.pick(Picker::discard(&name))
}

fn product<'a>(app: &App, scene: &'a Scene) -> Option<&'a ProductView> {
    let id = match app.writing.letter() {
        Some(letter) => letter.product.clone()?,
        None => match current(app, scene) {
            Entry::Product(p) => p.id.clone(),
            _ => return None,
        },
    };
    scene.pack()?.products.iter().find(|p| p.id == id)
}

fn ask_approval(app: &mut App, scene: &Scene) -> Effect {
    match product(app, scene).map(|p| (p.id.clone(), p.approval.clone())) {
        Some((id, Some(of))) => Effect::Submit(Act::Request { of, subject: Subject::Product(id) }),
        _ => {
            app.say(Tone::Bad, "The plan asks for no approval of this.");
            Effect::None
        }
    }
}

fn close(app: &mut App, scene: &Scene) -> Effect {
    let template = product(app, scene).map_or("", |p| p.template.trim());
    let blank = app.writing.letter().is_some_and(|l| l.subject.text().is_empty() && l.body.text().trim() == template);
    if blank {
        app.writing.discard();
    } else {
        app.say(Tone::Good, "Draft kept.");
    }
    app.writing.open = None;
    Effect::None
}

fn step(app: &mut App, by: isize) -> Effect {
    let count = FIELDS.len();
    app.writing.field = (app.writing.field + count).saturating_add_signed(by) % count;
    Effect::None
}

fn template(app: &mut App, scene: &Scene) -> Effect {
    let text = product(app, scene).map(|p| p.template.clone());
    match (text, app.writing.letter_mut()) {
        (Some(text), Some(letter)) => letter.body.replace(&text),
        _ => app.say(Tone::Bad, "Only a product has a template. Choose one under As."),
    }
    Effect::None
}

/// ^S: what would go out, to whom, and what can be said about it.
fn send(app: &mut App, scene: &Scene) -> Effect {
    let Some(letter) = app.writing.letter() else { return Effect::None };
    let draft = letter.draft();
    let template = product(app, scene).map_or("", |p| p.template.trim());
    if draft.body.trim() == template {
        let what = if template.is_empty() { "Nothing is written yet." } else { "Only the template is there yet." };
        app.say(Tone::Bad, format!("{what} Write the text first."));
        return Effect::None;
    }
    let remarks = advice::remarks(&draft, scene);
    app.over(Overlay::Confirm(Confirm::sending(draft, &remarks, scene)))
}

/// Width the body is wrapped at: the form takes the whole view.
fn body_width(app: &App) -> usize {
    let view = app.size.0 - super::glance::width(app.size.0, app);
    usize::from(form_width(view)).saturating_sub(3)
}

fn form_width(columns: u16) -> u16 {
    if columns >= layout::WIDE { columns * 3 / 5 } else { columns }
}

fn capture(app: &mut App, input: &Input, scene: &Scene) -> Option<Effect> {
    if !is_editing(app) {
        return None;
    }
    let field = app.writing.field();
    if let Input::Paste(text) = input {
        let letter = app.writing.letter_mut()?;
        match field {
            Field::Subject => letter.subject.insert(text),
            Field::Body => letter.body.insert(text),
            _ => app.say(Tone::Bad, "Paste into the subject or the text."),
        }
        return Some(Effect::None);
    }
    let Input::Key(key) = input else { return Some(Effect::None) };
    app.notice = None;
    if let Some(binding) = key::find(EDIT_KEYS, *key) {
        return Some((binding.does)(app, scene));
    }
    let width = body_width(app);
    let at = app.writing.field;
    let letter = app.writing.letter_mut()?;
    let taken = match field {
        Field::Body => letter.body.press(*key, width),
        Field::Subject => letter.subject.press(*key, width),
        _ => false,
    };
    if taken {
        if letter.body.is_full() {
            app.say(Tone::Bad, "A message holds at most 64 KiB; the rest was left out.");
        }
        return Some(Effect::None);
    }
    match (key.code, field) {
        (KeyCode::Up, _) if at > 0 => Some(step(app, -1)),
        (KeyCode::Down | KeyCode::Enter, Field::Subject) => Some(step(app, 1)),
        (KeyCode::Down, Field::Body) => Some(Effect::None),
        (KeyCode::Down, _) => Some(step(app, 1)),
        (KeyCode::Backspace | KeyCode::Delete, _) => {
            clear(letter, field);
            Some(Effect::None)
        }
        (KeyCode::Enter | KeyCode::Char(_), f) if f != Field::Body && f != Field::Subject => {
            Some(app.pick(Picker::field(f, app.writing.letter()?, scene)))
        }
        _ => Some(Effect::None),
    }
}

fn clear(letter: &mut Letter, field: Field) {
    match field {
        Field::To => letter.to.clear(),
        Field::Via => letter.via = None,
        Field::As => letter.product = None,
        Field::Tlp => letter.tlp = None,
        Field::Re => letter.re = None,
        Field::Subject | Field::Body => {}
    }
}

fn draw(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    if let (true, Some(letter)) = (is_editing(app), app.writing.letter()) {
        form::draw(app, letter, scene, frame, area);
        return;
    }
    let (list, _) = layout::split(app, scene, area);
    let items = items(app, scene, list.width);
    halves::draw(app, scene, frame, area, ("Write", &items), ("What it is", |width| detail(app, scene, width)));
}

fn items(app: &App, scene: &Scene, width: u16) -> Vec<Item> {
    let name_width = usize::from(width / 2).clamp(16, 40);
    let mut out = Vec::new();
    let mut heading = "";
    for entry in entries(app, scene) {
        let group = if matches!(entry, Entry::Product(_)) { "Products the plan knows" } else { "Letters" };
        if group != heading {
            out.push(Item::heading(group));
            heading = group;
        }
        let (name, state, style) = match &entry {
            Entry::Product(p) => {
                let sent = scene.board.sent.iter().rev().find(|(_, s)| s.draft.product.as_ref() == Some(&p.id));
                let (state, style) = match (sent, app.writing.letters.get(p.id.as_str())) {
                    (Some((at, _)), None) => (format!("✓ sent at {at}"), THEME.good),
                    (Some((at, _)), Some(_)) => (format!("✓ sent at {at}, new draft"), THEME.good),
                    (None, Some(l)) => (format!("draft, {} words", text::words(l.body.text())), THEME.warn),
                    (None, None) => ("not begun".to_owned(), THEME.dim),
                };
                let may = scene.may_stand_in(&p.by);
                (p.name.clone(), if may { state } else { format!("{state} ({})", scene.seats(&p.by)) }, style)
            }
            Entry::Letter(name) => {
                let words = app.writing.letters.get(name).map_or(0, |l| text::words(l.body.text()));
                (name.clone(), format!("draft, {words} words"), THEME.warn)
            }
            Entry::New => ("+ new message".to_owned(), String::new(), Style::new()),
        };
        out.push(Item::row(vec![
            span(text::pad(&text::line(&name), name_width) + " ", Style::new()),
            span(state, style),
        ]));
    }
    out
}

fn detail(app: &App, scene: &Scene, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    match current(app, scene) {
        Entry::Product(p) => about(&mut doc, p, scene),
        Entry::Letter(name) => {
            if let Some(l) = app.writing.letters.get(&name) {
                doc.title(l.subject.text());
                let to: Vec<String> = l.to.iter().map(|p| scene.who(p.as_str())).collect();
                doc.field("To", &to.join(", "));
                doc.gap();
                doc.text(l.body.text());
            }
        }
        Entry::New => doc.text("A message to anyone in the directory, on any channel you can write to."),
    }
    doc
}

/// What the plan says of a product.
pub fn about(doc: &mut Doc, p: &ProductView, scene: &Scene) {
    doc.title(&p.name);
    doc.text(&p.audience);
    doc.gap();
    let to: Vec<String> = p.to.iter().map(|p| scene.who(p.as_str())).collect();
    doc.field("To", &to.join(", "));
    doc.field("By", p.via.as_str());
    doc.field("Writes", &scene.seats(&p.by));
    if let Some(of) = &p.approval {
        doc.field("Approval", &scene.approver(of.as_str(), &Subject::Product(p.id.clone())));
    }
    doc.field("Length", &band(p.words));
    for (at, s) in scene.board.sent.iter().filter(|(_, s)| s.draft.product.as_ref() == Some(&p.id)) {
        doc.field("Sent", &format!("{} at {at} by {}", s.id, scene.board.name_of(s.by.as_str())));
    }
}

fn band((least, most): (u32, u32)) -> String {
    match (least, most) {
        (0, 0) => "as long as it needs".to_owned(),
        (0, most) => format!("at most {most} words"),
        (least, 0) => format!("at least {least} words"),
        (least, most) => format!("{least} to {most} words"),
    }
}
