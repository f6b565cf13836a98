//! Where things stand on the screen; the same answer for drawing and for scrolling.

use crate::{
    app::App,
    scene::Scene,
    view::{VIEWS, glance, status},
};
use ratatui::layout::{Margin, Rect};

/// Columns and rows below which only a notice is shown.
pub const LEAST: (u16, u16) = (40, 12);

/// From this width on, list and detail stand side by side.
pub const WIDE: u16 = 110;

/// The room for the view: everything but the status line, the tabs, banners, the notice and the keys.
#[must_use]
pub fn body(size: (u16, u16), app: &App, scene: &Scene) -> Rect {
    let top = 2 + status::banners(app, scene).len() as u16;
    let width = size.0 - glance::width(size.0, app);
    Rect::new(0, top, width, size.1.saturating_sub(top + 2))
}

/// List and detail. Side by side where there is room; else below each other, a short list taking no
/// more than it needs, the detail taking everything when it has the keys.
#[must_use]
pub fn split(app: &App, scene: &Scene, area: Rect) -> (Rect, Rect) {
    if area.width >= WIDE {
        let left = (area.width * 2 / 5).clamp(50, 84);
        let list = Rect { width: left, ..area };
        return (list, Rect { x: area.x + left, width: area.width - left, ..area });
    }
    if app.pane().detail {
        return (Rect { height: 0, ..area }, area);
    }
    let rows = u16::try_from((VIEWS[app.view].rows)(app, scene)).unwrap_or(u16::MAX);
    // Reading takes more room than choosing.
    let most = (area.height * 9 / 20).max(3);
    // Four rows more than there are: headings, and a little calm when something comes in.
    let top = rows.saturating_add(6).min(most).min(area.height);
    let list = Rect { height: top, ..area };
    (list, Rect { y: area.y + top, height: area.height - top, ..area })
}

/// Inside a frame.
#[must_use]
pub fn inner(area: Rect) -> Rect {
    area.inner(Margin::new(1, 1))
}

/// Inside a frame, with a column of air on both sides: where prose stands.
#[must_use]
pub fn page(area: Rect) -> Rect {
    area.inner(Margin::new(2, 1))
}

/// The room for what lies over the view.
#[must_use]
pub fn over(area: Rect) -> Rect {
    let width = area.width.min(96).max(area.width * 3 / 5).min(area.width);
    let height = area.height.saturating_sub(if area.height > 16 { 4 } else { 0 });
    centred(area, width.saturating_sub(if area.width > 60 { 4 } else { 0 }), height)
}

/// A rectangle in the middle of another.
#[must_use]
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect::new(area.x + (area.width - width) / 2, area.y + (area.height - height) / 2, width, height)
}
