//! Around the view: the status line and the tabs above, the notice and the keys below.

use super::{COMMON, VIEWS, layout};
use crate::{
    app::{App, Tone},
    key::Binding,
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
    frame.buffer_mut().set_line(area.x, area.y, &status_line(scene, width), area.width);
    frame.buffer_mut().set_line(area.x, area.y + 1, &tabs(app, scene, width), area.width);
    for (banner, y) in banners(app, scene).iter().zip(2..) {
        frame.buffer_mut().set_style(row(y), THEME.banner);
        frame.buffer_mut().set_stringn(area.x + 1, area.y + y, banner, width.saturating_sub(1), THEME.banner);
    }
}

fn status_line(scene: &Scene, width: usize) -> Line<'static> {
    let board = scene.board;
    let mut parts = vec![scene.now.to_string()];
    if board.pack.is_some() {
        let form = if width >= 100 { "%a %d %b %Y %H:%M:%S UTC" } else { "%d %b %H:%M UTC" };
        parts.push(scene.story_as(scene.now, form));
    }
    parts.push(match board.phase {
        Phase::Waiting => "not started".to_owned(),
        Phase::Running => board.pace.to_string(),
        Phase::Paused => "PAUSED".to_owned(),
        Phase::Ended => "ENDEX".to_owned(),
    });
    parts.push(if scene.unsaved.is_some() { "NOT SAVED" } else { "saved" }.to_owned());
    let unread = board.unread();
    if unread > 0 && board.phase != Phase::Ended {
        parts.push(format!("{unread} unread"));
    }
    if let Some(clock) = scene.due_first() {
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
        let title = format!("{} · {}", text::line(&pack.title), text::line(seat));
        let room = width.saturating_sub(used + 3);
        if room > 20 {
            let title = text::cut(&title, room);
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

fn keys(app: &App, scene: &Scene, width: usize) -> Line<'static> {
    let view = &VIEWS[app.view];
    let editing = super::write::is_editing(app);
    let table: Vec<&Binding> = if editing {
        super::write::EDIT_KEYS.iter().filter(|b| !b.label.is_empty()).collect()
    } else {
        let turn = scene.board.pace == Pace::Turn && scene.running();
        let named = |b: &&Binding| !b.label.is_empty();
        let wait = COMMON.iter().filter(move |b| turn && b.keys.contains(&crate::key::Key::ch('w')));
        view.keys.iter().filter(named).chain(wait).chain(COMMON.iter().filter(named)).collect()
    };
    // Help is always in sight, whatever else there is room for.
    let (help, table): (Vec<&Binding>, Vec<&Binding>) = table.into_iter().partition(|b| b.label == "help");
    let size = |b: &Binding| text::width(&first_key(b)) + text::width(label(b)) + 3;
    let mut left = (width + 2).saturating_sub(help.iter().map(|b| size(b)).sum());
    let fits = |b: &&Binding| {
        let fits = size(b) <= left;
        left = if fits { left - size(b) } else { 0 };
        fits
    };
    let shown: Vec<&Binding> = table.into_iter().filter(fits).collect();
    let spans = shown
        .into_iter()
        .chain(help)
        .flat_map(|b| [span(first_key(b), THEME.key), span(format!(" {}  ", label(b)), Style::new())]);
    Line::from(spans.collect::<Vec<_>>())
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
