//! Everything that happened as this seat saw it, a line each, newest first.
//!
//! ```text
//! ┌ Log: [everything 41] · notes 3 · sent 2 ─────────────────────────────────────────────┐
//! │▸00:14:02  Nadia Haddad answered the page                                             │
//! │ 00:12:10  you paged Nadia Haddad: signed model differs from the registry digest      │
//! └──────────────────────────────────────────────────────────────────────────────────────┘
//! ```

use super::{LOOK, View, always, halves, no_capture};
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
use protocol::{SimTime, board::LogLine, event::Sent};
use ratatui::{Frame, layout::Rect, style::Style};

const INDEX: usize = 7;

/// The log.
pub const VIEW: View = View {
    name: "Log",
    short: "Log",
    about: "What happened, as your seat saw it. Your own notes are evidence that you documented.",
    keys: KEYS,
    rows: |app, scene| lines(&app.panes[INDEX], scene).len(),
    detail,
    draw,
    capture: no_capture,
    offered: always,
};

const KEYS: &[Binding] = &[
    Binding {
        keys: &[Key::ch('n')],
        label: "note",
        help: "Write a line into the incident log.",
        does: |app, scene| app.ask(Ask::Note, scene),
    },
    Binding { keys: &[Key::ch('f')], label: "filter", help: "Everything, notes only, or sent messages.", does: filter },
    LOOK,
];

const FILTERS: [&str; 3] = ["everything", "notes", "sent"];

/// A line as shown: a logged line, or a message with its text.
#[derive(Clone, Copy)]
enum Row<'a> {
    Line(SimTime, &'a str, bool),
    Sent(SimTime, &'a Sent),
}

fn lines<'a>(pane: &Pane, scene: &Scene<'a>) -> Vec<Row<'a>> {
    let board = scene.board;
    let logged = || board.log.iter().rev();
    match FILTERS[pane.filter % FILTERS.len()] {
        "notes" => logged().filter(|l| l.note).map(|l| Row::Line(l.at, &l.text, true)).collect(),
        "sent" => board.sent.iter().rev().map(|(at, s)| Row::Sent(*at, s)).collect(),
        _ => logged().map(|l| Row::Line(l.at, &l.text, l.note)).collect(),
    }
}

/// Shows a line of the whole log, counted from the newest: used by search.
pub fn jump(app: &mut App, from_newest: usize) {
    app.panes[INDEX] = Pane { cursor: from_newest, ..Pane::default() };
    app.show_named("Log");
}

/// The line among these that should not be overlooked: what others did, what became possible or due.
#[must_use]
pub fn news(lines: &[LogLine]) -> Option<&LogLine> {
    let told = |l: &&LogLine| {
        let mine = ["you ", "you:", "StartEx", "PauseEx", "EndEx", "play ", "pace ", "let ", "refused", "hint"];
        !mine.iter().any(|m| l.text.starts_with(m)) && !l.text.contains(" took the seat ")
    };
    let grave = |l: &&LogLine| ["OVERDUE", "clock started", "now possible"].iter().any(|g| l.text.starts_with(g));
    lines.iter().rev().find(grave).or_else(|| lines.iter().rev().find(told))
}

/// The line as the notice tells it: a long list of what became possible is only counted.
#[must_use]
pub fn notice(line: &LogLine) -> String {
    let count = line.text.strip_prefix("now possible: ").map_or(0, |list| list.split(", ").count());
    if count > 3 {
        return format!("{} {count} more actions and queries are possible; 3 lists them all.", line.at);
    }
    format!("{} {}", line.at, line.text)
}

fn filter(app: &mut App, _: &Scene) -> Effect {
    let filter = (app.pane().filter + 1) % FILTERS.len();
    *app.pane_mut() = Pane { filter, ..Pane::default() };
    Effect::None
}

fn draw(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let pane = &app.panes[INDEX];
    let rows = lines(pane, scene);
    // A long log: only the rows near the cursor are built.
    let near = usize::from(area.height) + 2;
    let cursor = pane.cursor.min(rows.len().saturating_sub(1));
    let from = cursor.saturating_sub(near);
    let items: Vec<Item> = rows.iter().skip(from).take(near * 2).map(|r| item(*r)).collect();
    let name = |(i, n): (usize, &&str)| if i == pane.filter { format!("[{n}]") } else { (*n).to_owned() };
    let title = format!("Log: {}", FILTERS.iter().enumerate().map(name).collect::<Vec<_>>().join(" · "));
    let items = if items.is_empty() { vec![Item::note("Nothing here yet.")] } else { items };
    let list = (title.as_str(), items.as_slice(), cursor - from);
    halves::draw_at(app, scene, frame, area, list, ("Line", |width| detail(app, scene, width)));
}

fn item(row: Row) -> Item {
    match row {
        Row::Line(at, words, note) => Item::row(vec![
            span(format!("{at}  "), THEME.dim),
            span(if note { "» " } else { "" }, THEME.label),
            span(text::line(words), if note { THEME.strong } else { Style::new() }),
        ]),
        Row::Sent(at, s) => Item::row(vec![
            span(format!("{at}  {}  ", s.id), THEME.dim),
            span(text::line(&s.draft.subject), Style::new()),
        ]),
    }
}

fn detail(app: &App, scene: &Scene, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    let pane = &app.panes[INDEX];
    let rows = lines(pane, scene);
    match rows.get(pane.cursor.min(rows.len().saturating_sub(1))) {
        None => {}
        Some(Row::Line(at, words, note)) => {
            doc.field("At", &format!("{at} ({} UTC)", scene.story(*at)));
            if *note {
                doc.field("Kind", "note");
            }
            doc.gap();
            doc.text(words);
        }
        Some(Row::Sent(at, s)) => {
            doc.title(&s.draft.subject);
            doc.field("At", &format!("{at} ({} UTC)", scene.story(*at)));
            doc.field("From", &scene.who(s.by.as_str()));
            let to: Vec<String> = s.draft.to.iter().map(|p| scene.who(p.as_str())).collect();
            doc.field("To", &to.join(", "));
            doc.field("By", s.draft.via.as_ref().map_or("", |v| v.as_str()));
            if let Some(p) = &s.draft.product {
                doc.field("As", p.as_str());
            }
            if let Some(t) = s.draft.tlp {
                doc.field("Handling", &t.to_string());
            }
            doc.gap();
            doc.text(&s.draft.body);
        }
    }
    doc
}
