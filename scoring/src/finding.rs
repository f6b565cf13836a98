//! What went well and what to improve, for the debrief and the improvement plan.

use crate::{
    card::Finding,
    judgement::{Judged, counts},
};

/// As many strengths as people take in.
const STRENGTHS: usize = 8;
/// From this percent of its points on a mark is a strength.
const STRONG: i64 = 80;
/// A mark that lost no more than this percent of its points has nothing to improve.
const SLIGHT: i64 = 5;

/// Best first: most points, then in the scorecard's order.
pub(crate) fn strengths(marks: &[Judged]) -> Vec<Finding> {
    let strong = |j: &&Judged| counts(&j.mark) && j.mark.of > 0 && j.mark.points * 100 >= j.mark.of * STRONG;
    let mut best: Vec<&Judged> = marks.iter().filter(strong).collect();
    best.sort_by_key(|j| std::cmp::Reverse(j.mark.points));
    best.truncate(STRENGTHS);
    best.into_iter().map(|j| finding(j, j.mark.points, String::new())).collect()
}

/// Costliest first; points are what was lost, as a negative number.
pub(crate) fn improvements(marks: &[Judged]) -> Vec<Finding> {
    let lost = |j: &Judged| j.mark.points - j.mark.of;
    let worth = |j: &Judged| lost(j) * 100 < -j.mark.of * SLIGHT || !j.caps.is_empty();
    let mut worst: Vec<&Judged> = marks.iter().filter(|j| counts(&j.mark) && worth(j)).collect();
    worst.sort_by_key(|j| lost(j));
    worst.into_iter().map(|j| finding(j, lost(j), j.advice.clone())).collect()
}

fn finding(judged: &Judged, points: i64, advice: String) -> Finding {
    let mark = &judged.mark;
    // The better course of a mistake is the advice; it is not said twice.
    let better = format!(" Better: {advice}");
    let seen = mark.reason.strip_suffix(&better).unwrap_or(&mark.reason);
    Finding {
        mark: mark.id.clone(),
        text: format!("{}: {seen}", mark.title.trim_end_matches('.')),
        advice,
        evidence: mark.evidence.clone(),
        points,
        objective: mark.objective.clone(),
        trap: judged.trap.clone(),
    }
}
