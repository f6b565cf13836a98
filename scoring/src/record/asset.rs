//! Conditions over the record: what the world was like when an entry was written.

use super::Record;
use protocol::{AssetId, Attr, SimTime};
use scenarios::model::{Asset, Cond};

impl Record<'_> {
    /// Whether a condition held when an entry was written, as far as events show it.
    ///
    /// `Target` never holds here: it asks about an action at work, and no mark looks into one.
    #[must_use]
    pub fn holds(&self, cond: &Cond, entry: u64, at: SimTime) -> bool {
        match cond {
            Cond::All(all) => all.iter().all(|c| self.holds(c, entry, at)),
            Cond::Any(any) => any.iter().any(|c| self.holds(c, entry, at)),
            Cond::Not(not) => !self.holds(not, entry, at),
            Cond::Done(cue) => self.first_by(cue, entry).is_some(),
            Cond::Before(first, second) => match (self.first_by(first, entry), self.first_by(second, entry)) {
                (Some(a), Some(b)) => a.entry < b.entry,
                (Some(_), None) => true,
                (None, _) => false,
            },
            Cond::DoneFor(cue, span) => self.first_by(cue, entry).is_some_and(|h| h.at + *span <= at),
            Cond::Integrity(asset, v) => self.is(asset, &Attr::Integrity(*v), entry),
            Cond::Isolation(asset, v) => self.is(asset, &Attr::Isolation(*v), entry),
            Cond::Service(asset, v) => self.is(asset, &Attr::Service(*v), entry),
            Cond::Exposure(asset, v) => self.is(asset, &Attr::Exposure(*v), entry),
            Cond::Evidence(asset, v) => self.is(asset, &Attr::Evidence(*v), entry),
            Cond::Version(asset, v) => self.is(asset, &Attr::Version(v.clone()), entry),
            Cond::AtLeast(meter, value) => self.meter_at(meter, at).is_some_and(|v| v >= *value),
            Cond::After(span) => at >= SimTime::ZERO + *span,
            Cond::Held(seat) => self.held(seat, entry),
            Cond::Target(_) => false,
        }
    }

    fn is(&self, asset: &AssetId, wanted: &Attr, entry: u64) -> bool {
        let changes = self.assets.get(&(asset.clone(), wanted.kind()));
        let last = changes.and_then(|all| all.iter().rev().find(|(n, _)| *n <= entry));
        match last {
            Some((_, now)) => *now == wanted,
            None => self.scenario.assets.iter().find(|a| a.id == *asset).is_some_and(|a| began(a, wanted)),
        }
    }
}

fn began(asset: &Asset, wanted: &Attr) -> bool {
    match wanted {
        Attr::Integrity(v) => asset.integrity == *v,
        Attr::Isolation(v) => asset.isolation == *v,
        Attr::Service(v) => asset.service == *v,
        Attr::Exposure(v) => asset.exposure == *v,
        Attr::Evidence(v) => asset.evidence == *v,
        Attr::Version(v) => asset.version == *v,
    }
}
