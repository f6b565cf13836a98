//! Conditions: what holds now, over the world and the record.

use crate::{
    plan::{Slot, Test},
    stage::Stage,
    world::{AssetState, HOUR},
};
use protocol::SimTime;

impl Stage<'_, '_> {
    pub(crate) fn holds(&self, test: &Test) -> bool {
        let first = |ix: &usize| self.record.first.get(*ix).copied().flatten();
        match test {
            Test::All(all) => all.iter().all(|t| self.holds(t)),
            Test::Any(any) => any.iter().any(|t| self.holds(t)),
            Test::Not(not) => !self.holds(not),
            Test::Done(ix) => first(ix).is_some(),
            Test::Before(a, b) => match (first(a), first(b)) {
                (Some(a), Some(b)) => a < b,
                (Some(_), None) => true,
                (None, _) => false,
            },
            Test::DoneFor(ix, span) => first(ix).is_some_and(|at| self.now().since(at) >= *span),
            Test::Integrity(slot, v) => self.asset(*slot).is_some_and(|a| a.integrity == *v),
            Test::Isolation(slot, v) => self.asset(*slot).is_some_and(|a| a.isolation == *v),
            Test::Service(slot, v) => self.asset(*slot).is_some_and(|a| a.served == *v),
            Test::Exposure(slot, v) => self.asset(*slot).is_some_and(|a| a.exposure == *v),
            Test::Evidence(slot, v) => self.asset(*slot).is_some_and(|a| a.evidence == *v),
            Test::Version(slot, v) => self.asset(*slot).is_some_and(|a| a.version == *v),
            Test::AtLeast(meter, v) => self.reading(*meter) >= *v,
            Test::After(span) => self.now() >= SimTime::ZERO + *span,
            Test::Held(seat) => self.holder(*seat).is_some(),
            Test::Target(slot) => self.index(*slot).is_some() && self.index(*slot) == self.record.target,
            Test::Never => false,
        }
    }

    pub(crate) fn index(&self, slot: Slot) -> Option<usize> {
        match slot {
            Slot::At(ix) => Some(ix),
            Slot::Target => self.record.target,
            Slot::Nowhere => None,
        }
    }

    fn asset(&self, slot: Slot) -> Option<&AssetState> {
        self.assets.get(*self.roster.assets.get(self.index(slot)?)?).ok()
    }

    /// A meter's reading now, in whole units.
    pub(crate) fn reading(&self, meter: usize) -> i64 {
        let Some(m) = self.roster.meters.get(meter).and_then(|e| self.meters.get(*e).ok()) else { return 0 };
        let level = m.level + i128::from(m.rate) * i128::from(self.now().since(m.at).0);
        let most = self.script.0.script.meters[meter].most.unwrap_or(i64::MAX);
        i64::try_from(level / HOUR).unwrap_or(i64::MAX).clamp(0, most.max(0))
    }
}
