//! What reached this seat, and the item under the cursor.
//!
//! ```text
//! ┌ Inbox: all 12 · chat 4 ● 1 · mail 5 ─────────┐┌ INJ-04 ──────────────────────────────┐
//! │▸●! 00:14 mail  Maya Lindqvist   Score drift  ││ Score drift on the fraud model       │
//! │    00:12 siem  [high] Registry write …       ││ From  Maya Lindqvist (Customer)      │
//! └──────────────────────────────────────────────┘└──────────────────────────────────────┘
//! ```
//! The text shows once the item is opened: opening is on the record.

use super::{View, always, halves, no_capture};
use crate::{
    app::{App, ENTER, Notice, Pane, Tone},
    doc::Doc,
    effect::Effect,
    key::{Binding, Key},
    list::{Item, span},
    look::THEME,
    overlay::{Ask, Picker},
    scene::{Scene, rough},
    text,
};
use protocol::{
    Act, AttachmentKind, ItemKind, Severity,
    board::{Phase, Received, Request},
};
use ratatui::{Frame, layout::Rect, style::Style};

/// The inbox.
pub const VIEW: View = View {
    name: "Inbox",
    short: "Inbox",
    about: "Everything delivered to your seat. Opening and acknowledging are on the record with their time.",
    keys: KEYS,
    // The briefing stands below the oldest item.
    rows: |app, scene| visible(&app.panes[0], scene).len() + 1,
    detail,
    draw,
    capture: no_capture,
    offered: always,
};

const KEYS: &[Binding] = &[
    Binding {
        keys: &[ENTER],
        label: "open",
        help: "Open the item; again: into its text, to scroll; again: back to the list.",
        does: open,
    },
    Binding { keys: &[Key::ch('u')], label: "unread", help: "Open the oldest item not opened yet.", does: unread },
    Binding { keys: &[Key::ch('a')], label: "ack", help: "Acknowledge: understood and in hand.", does: acknowledge },
    Binding { keys: &[Key::ch('r')], label: "reply", help: "Reply to whoever sent it.", does: reply },
    Binding {
        keys: &[Key::ch('d')],
        label: "decide",
        help: "Decide the question it puts, or answer the approval it asks for; asks why.",
        does: decide,
    },
    Binding { keys: &[Key::ch('c')], label: "channel", help: "Show one channel only; again: the next.", does: channel },
];

/// The items the pane shows, newest first.
#[must_use]
pub fn visible<'a>(pane: &Pane, scene: &Scene<'a>) -> Vec<&'a Received> {
    let board = scene.board;
    let channel = pane.filter.checked_sub(1).and_then(|i| board.pack.as_ref()?.channels.get(i));
    board.inbox.iter().rev().filter(|r| channel.is_none_or(|c| c.id == r.item.channel)).collect()
}

/// Keeps the cursor on its item when newer ones come in above it.
pub fn hold_cursor(pane: &mut Pane, scene: &Scene, seen: usize) {
    let new = &scene.board.inbox[seen..];
    let channel = pane.filter.checked_sub(1).and_then(|i| scene.pack()?.channels.get(i));
    let above = new.iter().filter(|r| channel.is_none_or(|c| c.id == r.item.channel)).count();
    // Somebody who only looks at the briefing in the list wants the news; who reads it, does not.
    let on_briefing = pane.cursor + above == visible(pane, scene).len();
    if !on_briefing || pane.detail {
        pane.cursor += above;
    }
}

/// The line that says something came in.
#[must_use]
pub fn news(latest: &Received, more: String, scene: &Scene) -> Notice {
    let item = &latest.item;
    let text = format!("{} {} from {}: {}{more}", latest.at, item.id, item.from.name, item.subject);
    let _ = scene;
    Notice { tone: Tone::News, text }
}

/// The item under the cursor.
#[must_use]
pub fn current<'a>(app: &App, scene: &Scene<'a>) -> Option<&'a Received> {
    visible(&app.panes[0], scene).get(app.panes[0].cursor).copied()
}

/// Shows an item: used by search and the palette.
pub fn jump(app: &mut App, scene: &Scene, item: &str) {
    let mut pane = Pane::default();
    let found = visible(&pane, scene).iter().position(|r| r.item.id.as_str() == item);
    pane.cursor = found.unwrap_or(0);
    app.panes[0] = pane;
    app.show_named("Inbox");
}

fn open(app: &mut App, scene: &Scene) -> Effect {
    match current(app, scene) {
        Some(r) if r.opened.is_none() && scene.board.phase != Phase::Ended => {
            let item = r.item.id.clone();
            Effect::Submit(Act::Open { item })
        }
        _ => {
            app.pane_mut().detail ^= true;
            Effect::None
        }
    }
}

/// Puts the cursor on the oldest item not opened yet. False when there is none.
pub fn to_unread(pane: &mut Pane, scene: &Scene) -> bool {
    let all = Pane { filter: 0, ..pane.clone() };
    let Some(cursor) = visible(&all, scene).iter().rposition(|r| r.opened.is_none()) else { return false };
    *pane = Pane { cursor, detail: pane.detail, ..Pane::default() };
    true
}

/// Opens the oldest item not opened yet, from any view.
pub fn unread(app: &mut App, scene: &Scene) -> Effect {
    if app.to_unread(scene) {
        app.show_named("Inbox");
        return open(app, scene);
    }
    app.say(Tone::Good, "Nothing is unread.");
    Effect::None
}

fn acknowledge(app: &mut App, scene: &Scene) -> Effect {
    match current(app, scene) {
        Some(r) if r.opened.is_none() => {
            app.say(Tone::Bad, "Open it first: Enter.");
            Effect::None
        }
        Some(r) if r.acknowledged.is_some() => {
            app.say(Tone::Bad, "Already acknowledged.");
            Effect::None
        }
        Some(r) => Effect::Submit(Act::Acknowledge { item: r.item.id.clone() }),
        None => nothing(app),
    }
}

/// On the briefing.
fn nothing(app: &mut App) -> Effect {
    app.say(Tone::Bad, "The briefing asks for no answer.");
    Effect::None
}

fn reply(app: &mut App, scene: &Scene) -> Effect {
    let Some(received) = current(app, scene) else { return nothing(app) };
    if received.opened.is_none() {
        app.say(Tone::Bad, "Open it first: Enter.");
        return Effect::None;
    }
    app.writing.reply(&received.item, scene);
    app.show_named("Write");
    Effect::None
}

fn decide(app: &mut App, scene: &Scene) -> Effect {
    let Some(received) = current(app, scene) else { return nothing(app) };
    if received.opened.is_none() {
        app.say(Tone::Bad, "Open it first: Enter.");
        return Effect::None;
    }
    if let Some(request) = asked(received, scene) {
        return app.pick(Picker::answer(request, scene));
    }
    match &received.item.decision {
        None => app.say(Tone::Bad, "This item asks for no decision."),
        Some(d) if scene.board.decided.contains_key(&d.id) => app.say(Tone::Bad, "Already decided."),
        Some(d) if !scene.may_stand_in(&d.by) => {
            app.say(Tone::Bad, format!("Not yours to decide: {} decides.", scene.seats(&d.by)));
        }
        Some(d) => return app.pick(Picker::decision(d)),
    }
    Effect::None
}

/// The approval an item asks this seat for.
fn asked<'a>(received: &Received, scene: &Scene<'a>) -> Option<&'a Request> {
    if received.item.kind != ItemKind::Request {
        return None;
    }
    let mine = |r: &&Request| r.of.as_str() == scene.board.seat.as_str() && r.answer.is_none();
    let open = || scene.board.requests.iter().filter(mine);
    open().find(|r| r.id.as_str() == received.item.id.as_str()).or_else(|| open().find(|r| r.at == received.at))
}

fn channel(app: &mut App, scene: &Scene) -> Effect {
    let Some(pack) = scene.pack() else { return Effect::None };
    let has = |i: usize| i == 0 || scene.board.inbox.iter().any(|r| r.item.channel == pack.channels[i - 1].id);
    let count = pack.channels.len() + 1;
    let filter = (1..=count).map(|step| (app.pane().filter + step) % count).find(|i| has(*i)).unwrap_or(0);
    *app.pane_mut() = Pane { filter, ..Pane::default() };
    Effect::None
}

fn title(app: &App, scene: &Scene) -> String {
    let board = scene.board;
    let count = |channel: Option<&str>| {
        let of = || board.inbox.iter().filter(|r| channel.is_none_or(|c| r.item.channel.as_str() == c));
        let unread = of().filter(|r| r.opened.is_none()).count();
        let mark = if unread > 0 { format!(" ●{unread}") } else { String::new() };
        (of().count(), mark)
    };
    let part = |name: &str, chosen: bool, (n, mark): (usize, String)| {
        if chosen { format!("[{name} {n}{mark}]") } else { format!("{name} {n}{mark}") }
    };
    let filter = app.panes[0].filter;
    let mut parts = vec![part("all", filter == 0, count(None))];
    for (i, c) in scene.pack().map(|p| p.channels.as_slice()).unwrap_or_default().iter().enumerate() {
        let n = count(Some(c.id.as_str()));
        if n.0 > 0 {
            parts.push(part(c.id.as_str(), filter == i + 1, n));
        }
    }
    parts.join(" · ")
}

fn severity(severity: Severity) -> (String, Style) {
    let style = match severity {
        Severity::Critical | Severity::High => THEME.bad,
        Severity::Medium => THEME.warn,
        Severity::Informational | Severity::Low => THEME.dim,
    };
    (format!("[{severity}] "), style)
}

/// What is still open about an item: `!` to acknowledge, `?` to decide, `✓` acknowledged.
fn open_mark(r: &Received, scene: &Scene) -> (&'static str, Style) {
    let undecided = r.item.decision_id().is_some_and(|d| !scene.board.decided.contains_key(d));
    if undecided || asked(r, scene).is_some() {
        ("?", THEME.warn)
    } else if r.item.needs_ack && r.acknowledged.is_none() {
        ("!", THEME.warn)
    } else if r.acknowledged.is_some() {
        ("✓", THEME.good)
    } else {
        (" ", Style::new())
    }
}

fn items(app: &App, scene: &Scene, width: u16) -> Vec<Item> {
    let wide = width >= 70;
    let channels = scene.board.inbox.iter().map(|r| text::width(r.item.channel.as_str()));
    let channel = channels.max().unwrap_or(4).min(if wide { 11 } else { 6 });
    let senders = scene.board.inbox.iter().map(|r| text::width(&r.item.from.name));
    let from = senders.max().unwrap_or(0).min(if wide { usize::from(width) * 27 / 100 } else { 16 });
    let row = |r: &&Received| {
        let unread = r.opened.is_none();
        let strong = if unread { THEME.strong } else { Style::new() };
        let (mark, mark_style) = open_mark(r, scene);
        let mut spans = vec![
            span(if unread { "●" } else { " " }, THEME.warn),
            span(mark, mark_style),
            span(format!(" {} ", &r.at.to_string()[..5]), THEME.dim),
            span(text::pad(r.item.channel.as_str(), channel) + " ", THEME.dim),
        ];
        spans.push(span(text::pad(&text::line(&r.item.from.name), from) + " ", strong));
        if let Some(s) = r.item.severity {
            let (label, style) = severity(s);
            spans.push(span(label, style));
        }
        spans.push(span(text::line(&r.item.subject), strong));
        Item::row(spans)
    };
    let mut items: Vec<Item> = visible(&app.panes[0], scene).iter().map(row).collect();
    if items.is_empty() {
        items.push(Item::note(" Nothing yet. The first inject will come."));
    }
    items.push(Item::row(vec![span("   00:00 ", THEME.dim), span("Briefing", Style::new())]));
    items
}

fn draw(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let (list, _) = super::layout::split(app, scene, area);
    let items = items(app, scene, list.width);
    let name = current(app, scene).map_or_else(|| "Briefing".to_owned(), |r| r.item.id.to_string());
    halves::draw(app, scene, frame, area, (&title(app, scene), &items), (&name, |width| detail(app, scene, width)));
}

fn detail(app: &App, scene: &Scene, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    match current(app, scene) {
        None => briefing(&mut doc, scene),
        Some(r) => item(&mut doc, r, scene, true),
    }
    doc
}

fn briefing(doc: &mut Doc, scene: &Scene) {
    let Some(pack) = scene.pack() else { return };
    doc.title(&pack.title);
    let seat = pack.seats.iter().find(|s| s.id == scene.board.seat);
    if let Some(seat) = seat {
        doc.field("You", &format!("{}. {}", seat.title, seat.duties));
    }
    doc.field("Planned", &format!("{} of exercise time", pack.length));
    doc.gap();
    doc.text(&pack.situation);
    if !pack.rules.is_empty() {
        doc.gap();
        doc.rule("Rules of this exercise");
    }
    for rule in &pack.rules {
        doc.bullet("·", rule, Style::new());
    }
}

/// An item as it is read, wherever it is shown. `keys`: the keys that work here are named.
pub fn item(doc: &mut Doc, r: &Received, scene: &Scene, keys: bool) {
    let item = &r.item;
    doc.title(&item.subject);
    let from = if item.from.title.is_empty() {
        item.from.name.clone()
    } else {
        format!("{} ({})", item.from.name, item.from.title)
    };
    doc.field("From", &from);
    let to: Vec<String> = item.to.iter().map(|p| scene.who(p.as_str())).collect();
    if !to.is_empty() {
        doc.field("To", &to.join(", "));
    }
    doc.field("By", &format!("{} at {} ({} UTC), {} ago", item.channel, r.at, scene.story(r.at), scene.ago(r.at)));
    if let Some(tlp) = item.tlp {
        doc.field("Handling", &tlp.to_string());
    }
    if let Some(re) = &item.re {
        doc.field("Answers", re.as_str());
    }
    let over = scene.board.phase == Phase::Ended;
    if r.opened.is_none() && !over {
        doc.gap();
        doc.text_in("Not opened yet. Enter opens it.", THEME.warn);
        return;
    }
    if r.opened.is_none() {
        doc.field_in("Opened", "never", THEME.bad);
    }
    if item.needs_ack {
        match r.acknowledged {
            None => doc.field_in("Ack", if keys { "! asked for: a acknowledges" } else { "! asked for" }, THEME.warn),
            Some(at) => doc.field_in("Ack", &format!("✓ given {} after delivery", rough(at.since(r.at))), THEME.good),
        }
    }
    if !item.attachments.is_empty() {
        let names: Vec<&str> = item.attachments.iter().map(|a| a.name.as_str()).collect();
        doc.field("Attached", &format!("{}{}", names.join(" · "), if keys { "   (] goes there)" } else { "" }));
    }
    doc.gap();
    doc.text(&item.body);
    question(doc, r, scene, keys);
    for a in &item.attachments {
        doc.gap();
        doc.rule(&a.name);
        match a.kind {
            AttachmentKind::Text => doc.text(&a.text),
            AttachmentKind::Log | AttachmentKind::Json | AttachmentKind::Table => doc.raw(a.text.trim_end()),
        }
    }
}

fn question(doc: &mut Doc, r: &Received, scene: &Scene, keys: bool) {
    if let Some(request) = asked(r, scene) {
        doc.gap();
        doc.text_in(
            &format!("? Your approval is asked for: {}.{}", request.subject, if keys { " d answers." } else { "" }),
            THEME.warn,
        );
    }
    let Some(decision) = r.item.decision.as_deref() else { return };
    doc.gap();
    doc.rule("Decision");
    doc.text_in(&decision.question, THEME.strong);
    let taken = scene.board.decided.get(&decision.id);
    for (id, text) in &decision.options {
        let chosen = taken.is_some_and(|(o, _)| o == id);
        let style = if chosen { THEME.good } else { Style::new() };
        doc.bullet(if chosen { "✓" } else { "○" }, &format!("{id}: {text}"), style);
    }
    match taken {
        Some((_, at)) => doc.text_in(&format!("Decided at {at}."), THEME.dim),
        None => {
            doc.text_in(&format!("{} decides{}.", scene.seats(&decision.by), if keys { ": d" } else { "" }), THEME.warn)
        }
    }
}

/// The prompt for a reason, once an option is chosen.
pub fn ask_why(app: &mut App, ask: Ask, scene: &Scene) -> Effect {
    app.ask(ask, scene)
}
