//! What this seat knows: obligations that run, and every asset with where the knowledge comes from.
//!
//! ```text
//! ┌ Situation ───────────────────────────────────┐┌ Serving pool EU ─────────────────────┐
//! │ Clocks (not legal advice)                    ││ service     ~ degraded   2m ago, ALR │
//! │▸ GDPR Art 33(1)   71h40m left  due 20 Mar …  ││ integrity   trusted      inventory   │
//! │ Assets                                       ││ Needs       fraud-v42, …             │
//! │  serving-eu       ~ degraded · connected     ││                                      │
//! │   └ fraud-v42     ! compromised · v42        ││                                      │
//! └──────────────────────────────────────────────┘└──────────────────────────────────────┘
//! ```

use super::{LOOK, View, always, halves, layout, no_capture, status::clock_state};
use crate::{
    app::App,
    doc::Doc,
    key::{Binding, Key},
    list::{self, Item, span},
    look::THEME,
    scene::Scene,
    text,
};
use protocol::{
    Attr, Evidence, Integrity, Isolation, Service,
    board::{Clock, ClockState, Known},
    pack::AssetView,
};
use ratatui::{Frame, layout::Rect, style::Style};
use std::collections::BTreeSet;

/// The situation.
pub const VIEW: View = View {
    name: "Situation",
    short: "State",
    about: "What your seat knows of each asset, how old that is and where it comes from; and the clocks that run.",
    keys: KEYS,
    rows: |app, scene| list::count(&items(app, scene, 80)),
    detail,
    draw,
    capture: no_capture,
    offered: always,
};

const KEYS: &[Binding] = &[
    LOOK,
    Binding {
        keys: &[Key::ch('x')],
        label: "act on it",
        help: "The actions that can be taken on this asset.",
        does: super::actions::on_current_asset,
    },
];

/// What stands under the cursor.
pub enum Subject<'a> {
    /// An obligation.
    Clock(&'a Clock),
    /// An asset of the inventory.
    Asset(&'a AssetView),
}

/// Every row a cursor can stand on, in order.
fn subjects<'a>(scene: &'a Scene) -> Vec<(Subject<'a>, usize)> {
    let mut clocks: Vec<&Clock> = scene.board.clocks.iter().collect();
    clocks.sort_by_key(|c| (!matches!(c.state, ClockState::Due | ClockState::Overdue), c.due));
    let mut out: Vec<(Subject, usize)> = clocks.into_iter().map(|c| (Subject::Clock(c), 0)).collect();
    if let Some(pack) = scene.pack() {
        for (asset, depth) in tree(&pack.assets) {
            out.push((Subject::Asset(asset), depth));
        }
    }
    out
}

/// What stands under the cursor.
pub fn current<'a>(app: &App, scene: &'a Scene) -> Option<Subject<'a>> {
    let index = VIEWS_INDEX;
    let mut all = subjects(scene);
    if all.is_empty() {
        return None;
    }
    let at = app.panes[index].cursor.min(all.len() - 1);
    Some(all.swap_remove(at).0)
}

const VIEWS_INDEX: usize = 1;

/// Shows an asset or a clock: used by search.
pub fn jump(app: &mut App, scene: &Scene, id: &str) {
    let found = subjects(scene).iter().position(|(s, _)| match s {
        Subject::Clock(c) => c.id.as_str() == id,
        Subject::Asset(a) => a.id.as_str() == id,
    });
    app.panes[VIEWS_INDEX] = crate::app::Pane { cursor: found.unwrap_or(0), ..Default::default() };
    app.show_named("Situation");
}

/// Assets as a forest: what nothing else needs first, below each what it needs. Each asset once; a
/// cycle, which no sound scenario has, is cut.
fn tree(assets: &[AssetView]) -> Vec<(&AssetView, usize)> {
    fn walk<'a>(
        asset: &'a AssetView,
        depth: usize,
        all: &'a [AssetView],
        seen: &mut BTreeSet<&'a str>,
        out: &mut Vec<(&'a AssetView, usize)>,
    ) {
        if depth > 8 || !seen.insert(asset.id.as_str()) {
            return;
        }
        out.push((asset, depth));
        for need in &asset.depends_on {
            if let Some(next) = all.iter().find(|a| a.id == *need) {
                walk(next, depth + 1, all, seen, out);
            }
        }
    }
    let needed: BTreeSet<&str> = assets.iter().flat_map(|a| a.depends_on.iter().map(|d| d.as_str())).collect();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for asset in assets.iter().filter(|a| !needed.contains(a.id.as_str())) {
        walk(asset, 0, assets, &mut seen, &mut out);
    }
    for asset in assets {
        walk(asset, 0, assets, &mut seen, &mut out);
    }
    out
}

/// A value with its mark: `! compromised`, `~ degraded`, `up`.
#[must_use]
pub fn value(attr: &Attr) -> (String, Style) {
    let (mark, style) = match attr {
        Attr::Integrity(Integrity::Compromised) | Attr::Service(Service::Down) => ("! ", THEME.bad),
        Attr::Evidence(Evidence::Destroyed) => ("! ", THEME.bad),
        Attr::Integrity(Integrity::Suspect) | Attr::Service(Service::Degraded) => ("~ ", THEME.warn),
        Attr::Isolation(Isolation::Isolated | Isolation::Restricted) => ("× ", THEME.label),
        Attr::Integrity(Integrity::Verified) | Attr::Evidence(Evidence::Preserved) => ("✓ ", THEME.good),
        _ => ("", Style::new()),
    };
    (format!("{mark}{}", text::line(&attr.to_string())), style)
}

fn known<'a>(scene: &'a Scene, asset: &AssetView) -> &'a [Known] {
    scene.board.assets.get(&asset.id).map(Vec::as_slice).unwrap_or_default()
}

fn items(_: &App, scene: &Scene, width: u16) -> Vec<Item> {
    let name = (usize::from(width) * 2 / 5).clamp(18, 34);
    let mut out = Vec::new();
    let (mut clocks, mut assets) = (false, false);
    for (subject, depth) in subjects(scene) {
        match subject {
            Subject::Clock(clock) => {
                if !std::mem::replace(&mut clocks, true) {
                    out.push(Item::heading("Clocks (not legal advice)"));
                }
                let (state, style) = clock_state(clock, scene);
                out.push(Item::row(vec![
                    span(text::pad(&text::line(&clock.regime), name) + " ", THEME.strong),
                    span(text::pad(&state, 16), style),
                    span(format!(" due {}", scene.story(clock.due)), THEME.dim),
                ]));
            }
            Subject::Asset(asset) => {
                if !std::mem::replace(&mut assets, true) {
                    out.push(Item::heading("Assets, each above what it needs"));
                }
                out.push(asset_row(asset, depth, if width >= 70 { (20, true) } else { (name.min(24), false) }, scene));
            }
        }
    }
    if !clocks {
        out.insert(0, Item::note("No clock runs yet."));
    }
    out
}

fn asset_row(asset: &AssetView, depth: usize, (name, wide): (usize, bool), scene: &Scene) -> Item {
    let lead = if depth == 0 { String::new() } else { format!("{}└ ", "  ".repeat(depth - 1)) };
    let label = format!("{lead}{}", asset.id);
    let mut spans = vec![span(text::pad(&label, name) + " ", Style::new())];
    if wide {
        spans.push(span(text::pad(&text::line(&asset.name), 26) + " ", THEME.dim));
    }
    let facts = known(scene, asset);
    // What is out of the ordinary first, then the version; the ordinary stays in the detail.
    let mut told = 0;
    for k in facts.iter().filter(|k| !value(&k.attr).0.is_ascii() || value(&k.attr).0.starts_with(['!', '~'])) {
        let (words, style) = value(&k.attr);
        spans.push(span(words, style));
        spans.push(span("  ", Style::new()));
        told += 1;
    }
    if told == 0 {
        let service = facts.iter().find(|k| matches!(k.attr, Attr::Service(_)));
        spans.push(span(service.map_or_else(|| "as documented".to_owned(), |k| k.attr.to_string()), THEME.dim));
        spans.push(span("  ", Style::new()));
    }
    if let Some(last) = facts.iter().filter_map(|k| k.at).max() {
        spans.push(span(format!("{} ago", scene.ago(last)), THEME.dim));
    }
    Item::row(spans)
}

fn draw(app: &App, scene: &Scene, frame: &mut Frame, area: Rect) {
    let (list, _) = layout::split(app, scene, area);
    let items = items(app, scene, list.width);
    let title = match current(app, scene) {
        Some(Subject::Clock(c)) => text::line(&c.regime),
        Some(Subject::Asset(a)) => text::line(&a.name),
        None => String::new(),
    };
    halves::draw(app, scene, frame, area, ("Situation", &items), (&title, |width| detail(app, scene, width)));
}

fn detail(app: &App, scene: &Scene, width: u16) -> Doc {
    let mut doc = Doc::new(width);
    match current(app, scene) {
        Some(Subject::Clock(clock)) => clock_detail(&mut doc, clock, scene),
        Some(Subject::Asset(asset)) => asset_detail(&mut doc, asset, scene),
        None => doc.text("Nothing is known yet."),
    }
    doc
}

/// A clock in full, wherever it is shown.
pub fn clock_detail(doc: &mut Doc, clock: &Clock, scene: &Scene) {
    let (state, style) = clock_state(clock, scene);
    doc.title(&clock.regime);
    doc.field_in("State", &state, style);
    doc.field("Started", &format!("{} UTC ({}) by: {}", scene.story(clock.started), clock.started, clock.anchor));
    doc.field("Due", &format!("{} UTC", scene.story(clock.due)));
    let filed_by = scene
        .pack()
        .and_then(|p| p.products.iter().find(|p| p.id.as_str() == clock.filed_by))
        .map_or_else(|| clock.filed_by.clone(), |p| format!("{} ({})", p.name, p.id));
    doc.field("Filed by", &format!("sending: {filed_by}"));
    doc.gap();
    doc.text_in("For training. Not legal advice.", THEME.dim);
}

fn asset_detail(doc: &mut Doc, asset: &AssetView, scene: &Scene) {
    doc.title(&format!("{} ({}, {})", asset.name, asset.kind, asset.id));
    doc.text(&asset.note);
    doc.gap();
    for k in known(scene, asset) {
        let (words, style) = value(&k.attr);
        let from = match k.at {
            None => "inventory, not checked".to_owned(),
            Some(at) => format!("{} ago at {at}, {}", scene.ago(at), k.source),
        };
        doc.line(ratatui::text::Line::from(vec![
            span(text::pad(k.attr.kind(), 11), THEME.label),
            span(text::pad(&words, 16), style),
            span(text::line(&from), THEME.dim),
        ]));
    }
    if known(scene, asset).is_empty() {
        doc.text_in("Its state is not known.", THEME.dim);
    }
    doc.gap();
    let list = |ids: Vec<&str>| if ids.is_empty() { "nothing".to_owned() } else { ids.join(", ") };
    doc.field("Needs", &list(asset.depends_on.iter().map(|d| d.as_str()).collect()));
    if let Some(pack) = scene.pack() {
        let users = pack.assets.iter().filter(|a| a.depends_on.contains(&asset.id)).map(|a| a.id.as_str());
        doc.field("Needed by", &list(users.collect()));
        let acts = pack.actions.iter().filter(|a| a.targets.contains(&asset.id)).map(|a| a.id.as_str());
        doc.field("Actions", &list(acts.collect()));
    }
}
