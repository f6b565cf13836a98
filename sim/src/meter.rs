//! Meters: harm integrated over time, exactly, at the rates the world's state gives.

use crate::{
    plan::Plan,
    stage::Stage,
    world::{Due, HOUR},
};
use protocol::{Audience, Fact, Span};

impl Stage<'_, '_> {
    /// Sets every meter's rate from the state of the world, and tells the readings that changed course.
    pub(crate) fn settle_meters(&mut self, tell_all: bool) {
        let plan = self.plan();
        for ix in 0..self.roster.meters.len() {
            let rate = plan.flows[ix].iter().filter(|(_, while_)| self.holds(while_)).map(|(rate, _)| *rate).sum();
            let rate = if self.time.phase == crate::world::Phase::Running { rate } else { 0 };
            self.settle_meter(&plan, ix, rate, tell_all);
        }
    }

    fn settle_meter(&mut self, plan: &Plan, ix: usize, rate: i64, tell: bool) {
        let now = self.now();
        let value = self.reading(ix);
        let Ok(mut m) = self.meters.get_mut(self.roster.meters[ix]) else { return };
        m.level += i128::from(m.rate) * i128::from(now.since(m.at).0);
        m.level = m.level.max(0);
        m.at = now;
        m.rate = rate;
        let (level, old) = (m.level, m.told.map(|(_, r)| r));
        if old != Some(rate) {
            self.wake_at_thresholds(plan, ix, level, rate);
        }
        let Ok(mut m) = self.meters.get_mut(self.roster.meters[ix]) else { return };
        let jumped = m.told.is_none_or(|(_, r)| r != rate) || (m.told.is_some_and(|(v, _)| v != value) && rate == 0);
        if !tell && !jumped {
            return;
        }
        m.told = Some((value, rate));
        let meter = &plan.script.meters[ix];
        let audience =
            if meter.visible_to.is_empty() { Audience::Staff } else { Audience::Seats(meter.visible_to[..].into()) };
        self.tell(audience, Fact::MeterRead { meter: meter.id.clone(), value, per_hour: rate });
    }

    /// Conditions that ask for a reading are looked at again at the moment the meter reaches it.
    fn wake_at_thresholds(&mut self, plan: &Plan, ix: usize, level: i128, rate: i64) {
        for units in &plan.thresholds[ix] {
            let missing = i128::from(*units) * HOUR - level;
            if missing > 0 && rate > 0 {
                let ms = (missing + i128::from(rate) - 1) / i128::from(rate);
                let at = self.now() + Span(u64::try_from(ms).unwrap_or(u64::MAX));
                self.agenda.plan(at, Due::Wake);
            }
        }
    }
}
