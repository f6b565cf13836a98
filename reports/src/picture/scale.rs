//! The time axis all pictures share.

use super::svg::{Hang, Svg, WIDTH};
use protocol::SimTime;

/// Exercise time on paper.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    left: f64,
    right: f64,
    end: SimTime,
}

const MINUTE: u64 = 60_000;
/// Steps between labels, in minutes.
const STEPS: [u64; 11] = [1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440];

#[expect(clippy::cast_precision_loss, reason = "exercise time is far below 2^52 milliseconds")]
fn ms(at: SimTime) -> f64 {
    at.0 as f64
}

impl Scale {
    pub(crate) fn new(left: f64, end: SimTime) -> Self {
        Self::between(left, WIDTH - 24.0, end)
    }

    pub(crate) fn between(left: f64, right: f64, end: SimTime) -> Self {
        Self { left, right, end: SimTime(end.0.max(MINUTE)) }
    }

    /// Where a moment stands; what lies after the end stands at the end.
    pub(crate) fn x(&self, at: SimTime) -> f64 {
        self.left + (self.right - self.left) * ms(at.min(self.end)) / ms(self.end)
    }

    pub(crate) fn right(&self) -> f64 {
        self.right
    }

    pub(crate) fn left(&self) -> f64 {
        self.left
    }

    pub(crate) fn ends(&self) -> SimTime {
        self.end
    }

    /// The moments that get a label, at most a dozen or so.
    pub(crate) fn ticks(&self) -> Vec<SimTime> {
        let minutes = self.end.0 / MINUTE;
        let step = STEPS.into_iter().find(|s| minutes / s <= 12).unwrap_or(minutes / 12 + 1);
        (0..=minutes / step).map(|n| SimTime(n * step * MINUTE)).collect()
    }

    /// Lines down the picture, and labels above them: exercise time, and the story's time below it.
    pub(crate) fn draw(&self, svg: &mut Svg<'_>, top: f64, bottom: f64, story: Option<&dyn Fn(SimTime) -> String>) {
        for tick in self.ticks() {
            let x = self.x(tick);
            svg.line(x, top, x, bottom, "grid");
            let label = format!("{}:{:02}", tick.0 / 3_600_000, tick.0 / MINUTE % 60);
            let y = if story.is_some() { top - 18.0 } else { top - 5.0 };
            svg.text(x, y, Hang::Middle, "tick", &label);
            if let Some(story) = story {
                svg.text(x, top - 5.0, Hang::Middle, "story", &story(tick));
            }
        }
    }
}
