//! What every dimension works with: the case, a mark with what follows from it, and the one rule of time.

use crate::{
    card::{Baselines, ClockRow, CommunicationRow, EscalationRow, Evidence, Mark, MeterRow, Rating, Status},
    reader::Reader,
    record::{Happening, Record},
};
use protocol::{ObjectiveId, SimTime, Span, TrapId};
use scenarios::model::{Capability, Scenario};

/// Everything a judgement may look at.
pub(crate) struct Case<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) reader: &'a dyn Reader,
    pub(crate) record: Record<'a>,
    pub(crate) baselines: &'a Baselines,
}

/// The tables of the scorecard, filled beside the marks.
#[derive(Default)]
pub(crate) struct Tables {
    pub(crate) escalation: Vec<EscalationRow>,
    pub(crate) clocks: Vec<ClockRow>,
    pub(crate) meters: Vec<MeterRow>,
    pub(crate) communications: Vec<CommunicationRow>,
}

/// A mark with what follows from it.
pub(crate) struct Judged {
    pub(crate) mark: Mark,
    /// Ceilings it puts on its objective.
    pub(crate) caps: Vec<Cap>,
    /// What to do better next time.
    pub(crate) advice: String,
    /// The mistake, where it is one.
    pub(crate) trap: Option<TrapId>,
    /// A critical expected action that was missed: the exercise is not passed.
    pub(crate) critical: bool,
}

/// A ceiling on an objective's rating, whatever the points.
#[derive(Clone)]
pub(crate) struct Cap {
    pub(crate) at_best: Rating,
    pub(crate) why: String,
}

impl Cap {
    /// Performed, but not after law, plan or authorisation.
    pub(crate) fn at_best_m(why: impl Into<String>) -> Self {
        Self { at_best: Rating::M, why: why.into() }
    }
}

impl Judged {
    pub(crate) fn new(mark: Mark, advice: impl Into<String>) -> Self {
        Self { mark, caps: Vec::new(), advice: advice.into(), trap: None, critical: false }
    }
}

/// A mark before anything is known: not exercised, with everything at stake.
pub(crate) fn blank(id: String, title: impl Into<String>, points: u32, objective: &ObjectiveId) -> Mark {
    Mark {
        id,
        title: title.into(),
        status: Status::NotExercised,
        points: 0,
        of: i64::from(points) * 100,
        reason: String::new(),
        evidence: Vec::new(),
        objective: objective.clone(),
        seats: Vec::new(),
        ladder: None,
    }
}

/// Whether a mark's points count.
pub(crate) fn counts(mark: &Mark) -> bool {
    matches!(mark.status, Status::Met | Status::Partly | Status::Failed)
}

/// Met, partly or failed, by the points.
pub(crate) fn status_of(points: i64, of: i64) -> Status {
    match points {
        p if p >= of => Status::Met,
        p if p > 0 => Status::Partly,
        _ => Status::Failed,
    }
}

/// `part` of `of` out of `whole`, rounded down; nothing of nothing.
pub(crate) fn share(of: i64, part: u64, whole: u64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let points = i128::from(of) * i128::from(part.min(whole)) / i128::from(whole);
    i64::try_from(points).unwrap_or(0)
}

/// The rule of time used everywhere: full points up to and at the target, then falling evenly to nothing at
/// the limit.
pub(crate) fn falling(of: i64, took: Span, target: Span, limit: Span) -> i64 {
    if took <= target {
        return of;
    }
    share(of, limit.0.saturating_sub(took.0), limit.0.saturating_sub(target.0))
}

/// Hundredths as people write them: `4`, `4.5`, `-0.25`.
pub(crate) fn points_text(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let n = hundredths.unsigned_abs();
    match (n / 100, n % 100) {
        (w, 0) => format!("{sign}{w}"),
        (w, h) if h % 10 == 0 => format!("{sign}{w}.{}", h / 10),
        (w, h) => format!("{sign}{w}.{h:02}"),
    }
}

impl Case<'_> {
    /// Evidence for something that happened.
    pub(crate) fn show(&self, what: &Happening) -> Evidence {
        self.record.evidence(what.entry)
    }

    /// Evidence for several entries, in order, each once.
    pub(crate) fn show_all(&self, entries: &[u64]) -> Vec<Evidence> {
        let mut sorted = entries.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.into_iter().map(|n| self.record.evidence(n)).collect()
    }

    /// The objective for marks no author gave one: the first with one of these capabilities, in the order
    /// given; else the first.
    pub(crate) fn home(&self, capabilities: &[Capability]) -> ObjectiveId {
        let with = |c: &Capability| self.scenario.objectives.iter().find(|o| o.capability == *c);
        let found = capabilities.iter().find_map(with).or_else(|| self.scenario.objectives.first());
        found.map_or_else(|| "none".into(), |o| o.id.clone())
    }

    /// Whether a moment lies after EndEx.
    pub(crate) fn after_end(&self, at: SimTime) -> bool {
        at > self.record.end
    }
}
