//! Around the view: the status line and the tabs above, the notice and the keys below.

use super::{COMMON, VIEWS, layout};
use crate::{
    app::{App, ENTER, Tone},
    key::{Binding, Key},
    list::span,
    look::THEME,
    scene::{Scene, rough},
    text,
};
use protocol::{
    Pace,
    board::{ClockState, Phase},
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::{Clear, Paragraph, Wrap},
};

/// What must not be overlooked: a line each across the screen.
#[must_use]
pub fn banners(app: &App, scene: &Scene) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(reason) = scene.unsaved {
        out.push(format!("NOT SAVED: {}. The exercise goes on.", text::line(reason)));
    }
    match scene.board.phase {
        Phase::Waiting => out.push("Waiting for StartEx.".to_owned()),
        Phase::Paused | Phase::Running if app.briefing && scene.board.pace != Pace::Turn => {
            out.push("BRIEFING. Exercise time begins when you close it: Enter or Esc.".to_owned());
        }
        Phase::Paused => out.push("PAUSED. Exercise time stands still. P goes on.".to_owned()),
        Phase::Ended if VIEWS[app.view].name != "Hot wash" => {
            out.push("ENDEX. The exercise is over; 9 shows the hot wash.".to_owned());
        }
        _ => {}
    }
    // At the least size the view keeps its room.
    out.truncate(if app.size.1 < 16 { 1 } else { 3 });
    out
}

/// Status line, tabs and banners.
pub fn top(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    frame.buffer_mut().set_style(row(0), THEME.status);
    let width = usize::from(area.width);
    frame.buffer_mut().set_line(area.x, area.y, &status_line(app, scene, width), area.width);
    frame.buffer_mut().set_line(area.x, area.y + 1, &tabs(app, scene, width), area.width);
    for (banner, y) in banners(app, scene).iter().zip(2..) {
        frame.buffer_mut().set_style(row(y), THEME.banner);
        frame.buffer_mut().set_stringn(area.x + 1, area.y + y, banner, width.saturating_sub(1), THEME.banner);
    }
}

fn status_line(app: &App, scene: &Scene, width: usize) -> Line<'static> {
    let board = scene.board;
    let mut parts = vec![scene.now.to_string()];
    if board.pack.is_some() {
        let form = if width >= 100 { "%a %d %b %Y %H:%M:%S UTC" } else { "%d %b %H:%M UTC" };
        parts.push(scene.story_as(scene.now, form));
    }
    parts.push(match board.phase {
        Phase::Waiting => "not started".to_owned(),
        Phase::Paused | Phase::Running if app.briefing && board.pace != Pace::Turn => {
            format!("{}, not yet", board.pace)
        }
        Phase::Running => board.pace.to_string(),
        Phase::Paused => "PAUSED".to_owned(),
        Phase::Ended => "ENDEX".to_owned(),
    });
    parts.push(if scene.unsaved.is_some() { "NOT SAVED" } else { "saved" }.to_owned());
    let unread = board.unread();
    if unread > 0 && board.phase != Phase::Ended {
        parts.push(format!("{unread} unread"));
    }
    if let Some(clock) = scene.due_first().filter(|_| board.phase != Phase::Ended) {
        let left = clock.due.since(scene.now);
        let state = if left.0 == 0 { "OVERDUE".to_owned() } else { format!("{} left", rough(left)) };
        let taken: usize = 12 + parts.iter().map(|p| text::width(p) + 2).sum::<usize>();
        let room = width.saturating_sub(taken + text::width(&state) + 1).clamp(6, 26);
        parts.push(format!("{} {state}", text::cut(&text::line(&clock.regime), room)));
    }
    let mut used = 0;
    let mut spans = vec![span(" EXERCISE ", THEME.exercise)];
    used += 10;
    for part in parts {
        let piece = format!("  {part}");
        if used + text::width(&piece) > width {
            break;
        }
        used += text::width(&piece);
        spans.push(span(piece, THEME.status));
    }
    if let Some(pack) = scene.pack() {
        let seat = scene.title(board.seat.as_str()).unwrap_or(board.seat.as_str());
        let whole = format!("{} · {}", text::line(&pack.title), text::line(seat));
        let room = width.saturating_sub(used + 3);
        let title = if text::width(&whole) <= room { whole } else { text::line(seat) };
        if text::width(&title) <= room {
            let gap = width.saturating_sub(used + text::width(&title) + 1);
            spans.push(span(" ".repeat(gap) + &title, THEME.status));
        }
    }
    Line::from(spans)
}

fn tabs(app: &App, scene: &Scene, width: usize) -> Line<'static> {
    let offered: Vec<usize> = (0..VIEWS.len()).filter(|i| (VIEWS[*i].offered)(scene)).collect();
    let label = |i: usize, short: bool| {
        let view = &VIEWS[i];
        let mark = match (view.name, scene.board.unread()) {
            ("Inbox", n) if n > 0 && scene.board.phase != Phase::Ended => format!(" ●{n}"),
            _ => String::new(),
        };
        format!("{} {}{mark}", i + 1, if short { view.short } else { view.name })
    };
    let total = |short: bool| offered.iter().map(|i| text::width(&label(*i, short)) + 1).sum::<usize>();
    let short = total(false) > width;
    let mut spans = Vec::new();
    let airy = width > total(short) + 9;
    for i in offered.iter().copied() {
        let style = if i == app.view { THEME.tab_on } else { THEME.tab };
        spans.push(span(label(i, short), style));
        spans.push(Span::raw(if airy { "  " } else { " " }));
    }
    Line::from(spans)
}

/// The notice and the help line.
pub fn foot(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let width = usize::from(area.width);
    let y = area.bottom() - 2;
    if let Some(notice) = &app.notice {
        let (mark, style) = match notice.tone {
            Tone::Good => ("✓", THEME.good),
            Tone::News => ("●", THEME.warn),
            Tone::Bad => ("!", THEME.bad),
        };
        let line = format!("{mark} {}", text::line(&notice.text));
        // A long one (a hint) lies over the lowest rows of the view.
        let rows: Vec<&str> = text::wrapped(&line, width).take(5).collect();
        for (row, y) in rows.iter().rev().zip((area.y..=y).rev()) {
            frame.render_widget(Clear, Rect { y, height: 1, ..area });
            frame.buffer_mut().set_stringn(area.x, y, row, width, style);
        }
    }
    frame.buffer_mut().set_line(area.x, y + 1, &keys(app, scene, width), area.width);
}

/// What the keys do now: those of what lies over the view, else of the form, the detail or the list.
fn keys(app: &App, scene: &Scene, width: usize) -> Line<'static> {
    let (mut pairs, last) = match &app.overlay {
        Some(overlay) => overlay.keys(),
        None => (table(app, scene), help(app)),
    };
    // How to get out or get help is always in sight, whatever else there is room for.
    let size = |(key, label): &(String, String)| text::width(key) + text::width(label) + 3;
    let mut left = (width + 2).saturating_sub(size(&last));
    let fitting = pairs.iter().take_while(|pair| {
        let fits = size(pair) <= left;
        left = left.saturating_sub(size(pair));
        fits
    });
    let count = fitting.count();
    pairs.truncate(count);
    let spans = pairs
        .into_iter()
        .chain([last])
        .flat_map(|(key, label)| [span(key, THEME.key), span(format!(" {label}  "), Style::new())]);
    Line::from(spans.collect::<Vec<_>>())
}

fn table(app: &App, scene: &Scene) -> Vec<(String, String)> {
    let pair = |b: &Binding| (first_key(b), label(b).to_owned());
    let named = |b: &&Binding| !b.label.is_empty() && b.label != "help";
    if super::write::is_editing(app) {
        return super::write::EDIT_KEYS.iter().filter(named).map(pair).collect();
    }
    let view = &VIEWS[app.view];
    let turn = scene.board.pace == Pace::Turn && scene.running();
    let wait = COMMON.iter().filter(move |b| turn && b.keys.contains(&Key::ch('w')));
    let mut out: Vec<(String, String)> = Vec::new();
    let mut keys = view.keys.iter().filter(named);
    if app.pane().detail {
        // Enter leads back here, whatever it does in the list.
        let back = if app.briefing { "close and begin" } else { "back" };
        out.extend([("Enter".to_owned(), back.to_owned()), ("↑ ↓".to_owned(), "scroll".to_owned())]);
        if app.briefing {
            return out;
        }
    }
    let enter = |b: &&Binding| !app.pane().detail || (!b.keys.contains(&ENTER) && b.keys[0] != Key::ch('v'));
    if !app.pane().detail {
        out.extend(keys.next().map(pair));
    }
    // Where time waits to be let go, that key comes before what else there is.
    out.extend(wait.map(pair));
    out.extend(keys.filter(enter).map(pair));
    out.extend(COMMON.iter().filter(named).map(pair));
    out
}

fn help(app: &App) -> (String, String) {
    let key = if super::write::is_editing(app) { "F1" } else { "?" };
    (key.to_owned(), "help".to_owned())
}

fn first_key(b: &Binding) -> String {
    b.keys.first().map(ToString::to_string).unwrap_or_default()
}

/// Its name in the line; waiting has one only in turn pace.
fn label(b: &Binding) -> &'static str {
    if b.label.is_empty() { "wait" } else { b.label }
}

/// What is shown where nothing fits. The program is still alive and says so.
pub fn too_small(frame: &mut Frame, area: Rect) {
    frame.render_widget(Clear, area);
    let text = format!("EXERCISE. Too small: {}x{} needed.", layout::LEAST.0, layout::LEAST.1);
    frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
}

/// A clock's state in words, with the time left.
#[must_use]
pub fn clock_state(clock: &protocol::board::Clock, scene: &Scene) -> (String, Style) {
    let left = clock.due.since(scene.now);
    match clock.state {
        ClockState::Filed(at) => (format!("✓ filed at {at}"), THEME.good),
        ClockState::Waived(at) => (format!("✓ not notifiable, decided at {at}"), THEME.good),
        ClockState::Overdue => ("! OVERDUE".to_owned(), THEME.bad),
        ClockState::Due if left.0 == 0 => ("! OVERDUE".to_owned(), THEME.bad),
        ClockState::Due if left.0 < 3_600_000 => (format!("! {} left", rough(left)), THEME.warn),
        ClockState::Due => (format!("{} left", rough(left)), Style::new()),
    }
}
