//! The catalogue: what can be done and asked, who may, how long it takes, what it needs and costs.
//!
//! ```text
//! ┌ Actions and queries ─────────────────────────┐┌ Isolate a serving pool ──────────────┐
//! │ Running                                      ││ Cuts the pool off …                  │
//! │  Copy disk (gpu-07) ml-eng ██████░░░ 3m left ││ Who       ML engineer                │
//! │ Contain                                      ││ Takes     2m to 5m                   │
//! │▸ Isolate a serving pool       2m to 5m  you  ││ Approval  CISO: not asked for yet    │
//! └──────────────────────────────────────────────┘└──────────────────────────────────────┘
//! ```

use super::{View, always, halves, layout, no_capture, situation};
use crate::{
    app::{App, ENTER, Pane, Tone},
    doc::Doc,
    effect::Effect,
    key::{Binding, Key},
    list::{self, Item, span},
    look::THEME,
    overlay::{Confirm, Picker},
    scene::{Scene, rough, takes},
    text,
};
use protocol::{
    Act, ActionId, AssetId, SeatId, Subject, Work,
    board::Job,
    pack::{ActionView, QueryView},
};
use ratatui::{Frame, layout::Rect, style::Style};

const INDEX: usize = 2;

/// The catalogue.
pub const VIEW: View = View {
    name: "Actions",
    short: "Act",
    about: "The catalogue of actions and prepared queries. Nothing runs before you confirm it.",
    keys: KEYS,
    rows: |_, scene| entries(scene).len(),
    detail,
    draw,
    capture: no_capture,
    offered: always,
};

const KEYS: &[Binding] = &[
    Binding { keys: &[ENTER], label: "do", help: "Choose it; shows everything and asks before it runs.", does: choose },
    Binding {
        keys: &[Key::ch('a')],
        label: "ask approval",
        help: "Ask for the approval the plan wants, before doing it.",
        does: ask_approval,
    },
    super::READ,
];

/// A row of the catalogue.
#[derive(Clone, Copy)]
pub enum Entry<'a> {
    /// An action.
    Action(&'a ActionView),
    /// A query.
    Query(&'a QueryView),
}

/// The catalogue in the order shown: actions by group, then queries by tool.
#[must_use]
pub fn entries<'a>(scene: &'a Scene) -> Vec<(String, Entry<'a>)> {
    let Some(pack) = scene.pack() else { return Vec::new() };
    let mut groups: Vec<&str> = Vec::new();
    for group in pack.actions.iter().map(|a| a.group.as_str()) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let mut out = Vec::new();
    for group in groups {
        let of = pack.actions.iter().filter(|a| a.group == group);
        out.extend(of.map(|a| (text::line(group), Entry::Action(a))));
    }
    let mut tools: Vec<&str> = Vec::new();
    for tool in pack.queries.iter().map(|q| q.tool.as_str()) {
        if !tools.contains(&tool) {
            tools.push(tool);
        }
    }
    for tool in tools {
        let of = pack.queries.iter().filter(|q| q.tool == tool);
        out.extend(of.map(|q| (format!("Query: {}", text::line(tool)), Entry::Query(q))));
    }
    out
}

/// The row under the cursor.
fn current<'a>(app: &App, scene: &'a Scene) -> Option<Entry<'a>> {
    let all = entries(scene);
    all.get(app.panes[INDEX].cursor.min(all.len().saturating_sub(1))).map(|(_, e)| *e)
}

/// Shows an entry: used by search.
pub fn jump(app: &mut App, scene: &Scene, id: &str) {
    let at = entries(scene).iter().position(|(_, e)| match e {
        Entry::Action(a) => a.id.as_str() == id,
        Entry::Query(q) => q.id.as_str() == id,
    });
    app.panes[INDEX] = Pane { cursor: at.unwrap_or(0), ..Pane::default() };
    app.show_named("Actions");
}

fn choose(app: &mut App, scene: &Scene) -> Effect {
    match current(app, scene) {
        Some(Entry::Action(a)) => begin(app, scene, &a.id),
        Some(Entry::Query(q)) => confirm(app, scene, Work::Query(q.id.clone())),
        None => Effect::None,
    }
}

/// Starts on an action: picks the target where there is a choice, then confirms.
pub fn begin(app: &mut App, scene: &Scene, action: &ActionId) -> Effect {
    let Some(view) = find(scene, action) else { return Effect::None };
    match view.targets.as_slice() {
        [] => confirm(app, scene, Work::Action(view.id.clone(), None)),
        [one] => confirm(app, scene, Work::Action(view.id.clone(), Some(one.clone()))),
        _ => app.pick(Picker::target(view, scene)),
    }
}

/// From the situation: what can be done to the asset under the cursor.
pub fn on_current_asset(app: &mut App, scene: &Scene) -> Effect {
    let Some(situation::Subject::Asset(asset)) = situation::current(app, scene) else {
        app.say(Tone::Bad, "Put the cursor on an asset first.");
        return Effect::None;
    };
    let can = |a: &&ActionView| a.targets.contains(&asset.id);
    let actions: Vec<&ActionView> = scene.pack().map(|p| p.actions.iter().filter(can).collect()).unwrap_or_default();
    if actions.is_empty() {
        app.say(Tone::Bad, format!("The catalogue has no action on {}.", asset.id));
        return Effect::None;
    }
    app.pick(Picker::action_on(&asset.id, &actions))
}

/// An action of the catalogue.
#[must_use]
pub fn find<'a>(scene: &'a Scene, id: &ActionId) -> Option<&'a ActionView> {
    scene.pack()?.actions.iter().find(|a| a.id == *id)
}

/// Who may do this work.
fn by<'a>(scene: &'a Scene, work: &Work) -> &'a [SeatId] {
    let Some(pack) = scene.pack() else { return &[] };
    match work {
        Work::Action(id, _) => pack.actions.iter().find(|a| a.id == *id).map_or(&[], |a| &a.by),
        Work::Query(id) => pack.queries.iter().find(|q| q.id == *id).map_or(&[], |q| &q.by),
    }
}

/// The dialog before anything runs.
pub fn confirm(app: &mut App, scene: &Scene, work: Work) -> Effect {
    let mut lines = Vec::new();
    let name = scene.board.work_name(&work);
    let mut approval = None;
    match &work {
        Work::Action(id, target) => {
            let Some(a) = find(scene, id) else { return Effect::None };
            lines.push(("".to_owned(), a.help.clone()));
            if let Some(t) = target {
                lines.push(("On".to_owned(), asset_name(scene, t)));
            }
            lines.extend(facts(scene, a));
            approval = a.approval.clone();
        }
        Work::Query(id) => {
            let Some(q) = scene.pack().and_then(|p| p.queries.iter().find(|q| q.id == *id)) else {
                return Effect::None;
            };
            lines.push((String::new(), q.text.clone()));
            lines.push(("Tool".to_owned(), q.tool.clone()));
            lines.push(("Who".to_owned(), scene.seats(&q.by)));
            lines.push(("Takes".to_owned(), takes(q.takes)));
        }
    }
    let mut dialog = Confirm::new(&name, lines);
    let subject = if let Work::Action(id, _) = &work { Some(Subject::Action(id.clone())) } else { None };
    let own = approval.as_ref().is_some_and(|of| of.as_str() == scene.board.seat.as_str());
    let approved = own || subject.as_ref().is_none_or(|s| scene.approval(s) == crate::scene::Approval::Given);
    let missing = approval.is_some() && !approved;
    let note = if missing { " without the approval (it is recorded)" } else { "" };
    if scene.may(by(scene, &work)) {
        let act = match work.clone() {
            Work::Action(action, target) => Act::Do { action, target },
            Work::Query(query) => Act::Query { query },
        };
        dialog.choice(ENTER, &format!("do it now{note}"), Effect::Submit(act));
    } else {
        for (i, seat) in by(scene, &work).iter().enumerate().take(9) {
            let key = if i == 0 { ENTER } else { Key::ch(char::from_digit(i as u32 + 1, 10).unwrap_or('9')) };
            let label = format!("ask {} to do it{note}", scene.who(seat.as_str()));
            dialog.choice(key, &label, Effect::Submit(Act::Ask { seat: seat.clone(), work: work.clone() }));
        }
    }
    if let (true, Some(of), Some(subject)) = (missing, approval, subject) {
        let label = format!("ask {} for approval first", scene.who(of.as_str()));
        dialog.choice(Key::ch('a'), &label, Effect::Submit(Act::Request { of, subject }));
    }
    app.over(crate::overlay::Overlay::Confirm(dialog))
}

fn asset_name(scene: &Scene, id: &AssetId) -> String {
    let name = scene.pack().and_then(|p| p.assets.iter().find(|a| a.id == *id)).map(|a| a.name.as_str());
    name.map_or_else(|| id.to_string(), |n| format!("{n} ({id})"))
}

/// What the catalogue says of an action, a field each.
fn facts(scene: &Scene, a: &ActionView) -> Vec<(String, String)> {
    let mut out = vec![("Who".to_owned(), scene.seats(&a.by)), ("Takes".to_owned(), takes(a.takes))];
    if let Some(of) = &a.approval {
        out.push(("Approval".to_owned(), scene.approver(of.as_str(), &Subject::Action(a.id.clone()))));
    }
    if !a.needs.is_empty() {
        out.push(("Needs".to_owned(), a.needs.clone()));
    }
    if !a.cost.is_empty() {
        out.push(("Costs".to_owned(), a.cost.clone()));
    }
    out
}

fn ask_approval(app: &mut App, scene: &Scene) -> Effect {
    match current(app, scene) {
        Some(Entry::Action(a)) => match &a.approval {
            Some(of) => Effect::Submit(Act::Request { of: of.clone(), subject: Subject::Action(a.id.clone()) }),
            None => {
                app.say(Tone::Bad, "The plan asks for no approval of this action.");
                Effect::None
            }
        },
        _ => {
            app.say(Tone::Bad, "A query needs no approval.");
            Effect::None
        }
    }
}

/// `██████░░░░` for what is done of a job.
#[must_use]
pub fn progress(job: &Job, scene: &Scene, cells: usize) -> String {
    let whole = job.ends.since(job.began).0.max(1);
    let done = scene.now.since(job.began).0.min(whole);
    let full = usize::try_from(done * cells as u64 / whole).unwrap_or(cells);
    "█".repeat(full) + &"░".repeat(cells - full)
}

fn items(scene: &Scene, width: u16) -> Vec<Item> {
    let width = usize::from(width.saturating_sub(3));
    let mut out = Vec::new();
    let mut running = false;
    for job in scene.board.jobs.iter().filter(|j| j.finished.is_none()) {
        if !std::mem::replace(&mut running, true) {
            out.push(Item::heading("Running"));
        }
        let left = job.ends.since(scene.now);
        let who = if job.by == scene.board.seat { "you".to_owned() } else { job.by.to_string() };
        let tail = format!(" {} {:>7} left, {who}", progress(job, scene, 10), rough(left));
        let name =
            text::pad(&text::line(&scene.board.work_name(&job.work)), width.saturating_sub(text::width(&tail) + 1));
        out.push(Item::Heading(ratatui::text::Line::from(format!("  {name}{tail}"))));
    }
    let mut heading = String::new();
    let all = entries(scene);
    let tails: Vec<[String; 3]> = all.iter().map(|(_, e)| tail(*e, scene, width >= 70)).collect();
    let columns = [0, 1, 2].map(|i| tails.iter().map(|t| text::width(&t[i])).max().unwrap_or(0));
    for ((group, entry), tail) in all.into_iter().zip(tails) {
        if group != heading {
            out.push(Item::heading(group.clone()));
            heading = group;
        }
        out.push(row(entry, scene, width, &tail, columns));
    }
    if out.is_empty() {
        out.push(Item::note("The catalogue comes with StartEx."));
    }
    out
}

/// What stands at the right of a row: approval, how long, who. Beside a detail there is little room: then
/// the longest time is what one plans with.
fn tail(entry: Entry, scene: &Scene, wide: bool) -> [String; 3] {
    let (span_of, by, approval) = match entry {
        Entry::Action(a) => (a.takes, &a.by, a.approval.is_some()),
        Entry::Query(q) => (q.takes, &q.by, false),
    };
    let who = match by.first() {
        _ if scene.may(by) => "you".to_owned(),
        None => String::new(),
        Some(s) if by.len() > 1 => format!("{s}…"),
        Some(s) => s.to_string(),
    };
    let word = match (approval, wide) {
        (false, _) => "",
        (true, true) => "approval",
        (true, false) => "appr",
    };
    [word.to_owned(), if wide { takes(span_of) } else { format!("≤{}", span_of.1.brief()) }, text::cut(&who, 10)]
}

fn row(entry: Entry, scene: &Scene, width: usize, tail: &[String; 3], columns: [usize; 3]) -> Item {
    let (name, by, done) = match entry {
        Entry::Action(a) => {
            let is = |j: &&Job| matches!(&j.work, Work::Action(id, _) if *id == a.id);
            (&a.name, &a.by, scene.board.jobs.iter().rfind(is))
        }
        Entry::Query(q) => {
            let is = |j: &&Job| matches!(&j.work, Work::Query(id) if *id == q.id);
            (&q.name, &q.by, scene.board.jobs.iter().rfind(is))
        }
    };
    let mark = match done.map(|j| &j.finished) {
        None => ("  ", Style::new()),
        Some(None) => ("→ ", THEME.warn),
        Some(Some((_, true, _))) => ("✓ ", THEME.good),
        Some(Some((_, false, _))) => ("✗ ", THEME.bad),
    };
    let [word, takes, who] = tail;
    let right = format!("{takes:>0$} {1}", columns[1], text::pad(who, columns[2]));
    let room = width.saturating_sub(text::width(&right) + 3);
    // A long name takes the room of an approval that is not needed.
    let word = if word.is_empty() { String::new() } else { format!(" {}", text::pad(word, columns[0])) };
    let room = room.saturating_sub(text::width(&word));
    Item::row(vec![
        span(mark.0, mark.1),
        span(text::pad(&text::line(name), room), if scene.may(by) { THEME.strong } else { Style::new() }),
        span(format!("{word} {right}"), THEME.dim),
    ])
}

fn draw(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let (list, _) = layout::split(app, scene, area);
    let items = items(scene, list.width);
    let title = match current(app, scene) {
        Some(Entry::Action(a)) => a.id.to_string(),
        Some(Entry::Query(q)) => q.id.to_string(),
        None => String::new(),
    };
    let shown = if list::count(&items) == 0 { "Actions" } else { "Actions and queries" };
    halves::draw(app, scene, frame, area, (shown, &items), (&title, |width| detail(app, scene, width)));
}

fn detail(app: &App, scene: &Scene, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    if let Some(entry) = current(app, scene) {
        tell(&mut doc, entry, scene);
    }
    doc
}

/// Everything about an entry of the catalogue.
pub fn tell(doc: &mut Doc, entry: Entry, scene: &Scene) {
    match entry {
        Entry::Action(a) => {
            doc.title(&a.name);
            doc.text(&a.help);
            doc.gap();
            for (name, value) in facts(scene, a) {
                doc.field(&name, &value);
            }
            if !a.targets.is_empty() {
                let on: Vec<&str> = a.targets.iter().map(|t| t.as_str()).collect();
                doc.field("On", &on.join(", "));
            }
            past(doc, scene, |w| matches!(w, Work::Action(id, _) if *id == a.id));
        }
        Entry::Query(q) => {
            doc.title(&q.name);
            doc.raw(&q.text);
            doc.gap();
            doc.field("Tool", &q.tool);
            doc.field("Who", &scene.seats(&q.by));
            doc.field("Takes", &takes(q.takes));
            past(doc, scene, |w| matches!(w, Work::Query(id) if *id == q.id));
        }
    }
}

/// When it ran before, and what came of it.
fn past(doc: &mut Doc, scene: &Scene, is: impl Fn(&Work) -> bool) {
    for job in scene.board.jobs.iter().filter(|j| is(&j.work)) {
        let on = if let Work::Action(_, Some(t)) = &job.work { format!(" on {t}") } else { String::new() };
        doc.gap();
        match &job.finished {
            None => doc.text_in(
                &format!("→ Runs{on} since {}, ends in about {}.", job.began, rough(job.ends.since(scene.now))),
                THEME.warn,
            ),
            Some((at, true, result)) => doc.text(&format!("✓ Done{on} at {at}. {result}")),
            Some((at, false, result)) => doc.text_in(&format!("✗ Came to nothing{on} at {at}. {result}"), THEME.warn),
        }
    }
}
