//! From marks to one number, and a sentence about it.

use crate::{
    card::{DimensionCard, Mark},
    dimension::Dimension,
    judgement::counts,
};

/// Percent rounded to the nearest, between 0 and 100; `None` of nothing. Costs alone are 0 percent.
pub(crate) fn percent(points: i64, of: i64) -> Option<u32> {
    if of <= 0 {
        return (points < 0).then_some(0);
    }
    let share = (points.clamp(0, of) * 200 + of) / (of * 2);
    u32::try_from(share).ok()
}

pub(crate) fn dimension(dimension: Dimension, weight: u32, marks: Vec<Mark>) -> DimensionCard {
    let points: i64 = marks.iter().filter(|m| counts(m)).map(|m| m.points).sum();
    let of: i64 = marks.iter().filter(|m| counts(m)).map(|m| m.of).sum();
    DimensionCard { dimension, points, of, weight, percent: percent(points, of), marks }
}

/// The weighted mean of the dimensions that were exercised; `None` when none was.
///
/// It is taken from the points, not from the rounded percentages.
pub(crate) fn overall(dimensions: &[DimensionCard]) -> Option<u32> {
    let counted = || dimensions.iter().filter(|d| d.percent.is_some() && d.weight > 0);
    let weights: i128 = counted().map(|d| i128::from(d.weight)).sum();
    if weights == 0 {
        return None;
    }
    // In millionths of a percent, so that the order of dimensions cannot matter.
    let share = |d: &DimensionCard| {
        if d.of <= 0 { 0 } else { i128::from(d.points.clamp(0, d.of)) * 100_000_000 / i128::from(d.of) }
    };
    let sum: i128 = counted().map(|d| share(d) * i128::from(d.weight)).sum();
    // Rounded to the nearest; the half millionth lost above can only matter at an exact half.
    let mean = (sum / weights + 500_000) / 1_000_000;
    u32::try_from(mean).ok()
}

/// What decides whether an exercise is passed.
pub(crate) struct Outcome<'a> {
    pub(crate) percent: Option<u32>,
    pub(crate) pass: u32,
    pub(crate) acted: bool,
    /// What critical expected actions were missed.
    pub(crate) critical: Vec<&'a str>,
    /// How much of what there is to judge was exercised.
    pub(crate) coverage: Coverage,
}

/// Points at stake in marks that were exercised, of all there are, in hundredths.
#[derive(Clone, Copy)]
pub(crate) struct Coverage {
    pub(crate) exercised: i64,
    pub(crate) all: i64,
}

impl Coverage {
    pub(crate) fn of(dimensions: &[DimensionCard]) -> Self {
        let marks = || dimensions.iter().filter(|d| d.weight > 0).flat_map(|d| &d.marks);
        Self { exercised: marks().filter(|m| counts(m)).map(|m| m.of).sum(), all: marks().map(|m| m.of).sum() }
    }

    /// Whether there is enough to pass on: at least half. Otherwise whoever ends early after one right act
    /// would have done everything right.
    fn suffices(self) -> bool {
        self.exercised * 2 >= self.all
    }
}

impl Outcome<'_> {
    pub(crate) fn passed(&self) -> bool {
        self.acted
            && self.critical.is_empty()
            && self.coverage.suffices()
            && self.percent.is_some_and(|p| p >= self.pass)
    }

    /// Why not, or with what margin.
    pub(crate) fn verdict(&self, dimensions: &[DimensionCard]) -> String {
        let missed: Vec<String> = self.critical.iter().map(|w| format!("\"{}\"", w.trim_end_matches('.'))).collect();
        let missed = missed.join(" and ");
        let (noun, was) = if self.critical.len() == 1 { ("action", "was") } else { ("actions", "were") };
        match self.percent {
            None => "Not passed: nothing was exercised before EndEx, so there is nothing to grade.".to_owned(),
            Some(p) if !self.acted => format!("Not passed: nobody at the table acted ({p} %, {} needed).", self.pass),
            Some(p) if !self.coverage.suffices() => {
                let Coverage { exercised, all } = self.coverage;
                let (exercised, all) = (exercised / 100, all / 100);
                format!(
                    "Not passed: EndEx came when only {exercised} of {all} points had been exercised ({p} % of them \
                     earned); at least half must be."
                )
            }
            Some(p) if self.passed() && p == self.pass => format!("Passed with {p} %, just what was needed."),
            Some(p) if self.passed() => format!("Passed with {p} %, {} above the {} needed.", p - self.pass, self.pass),
            Some(p) if p >= self.pass => {
                format!("Not passed although {p} % were reached: the critical {noun} {missed} {was} missed.")
            }
            Some(p) => {
                let critical = if missed.is_empty() {
                    String::new()
                } else {
                    format!(", and the critical {noun} {missed} {was} missed")
                };
                let short = self.pass - p;
                format!(
                    "Not passed: {p} %, {short} short of the {} needed{}{critical}.",
                    self.pass,
                    costliest(dimensions)
                )
            }
        }
    }
}

/// Where most of the total was lost.
fn costliest(dimensions: &[DimensionCard]) -> String {
    let lost = |d: &&DimensionCard| d.percent.map_or(0, |p| u64::from(100 - p) * u64::from(d.weight));
    let worst = dimensions.iter().rev().max_by_key(lost).filter(|d| lost(d) > 0);
    worst.map_or_else(String::new, |d| format!("; most was lost in {}", d.dimension.label()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(dimension: Dimension, points: i64, of: i64, weight: u32) -> DimensionCard {
        DimensionCard { dimension, points, of, weight, percent: percent(points, of), marks: Vec::new() }
    }

    #[test]
    fn what_was_not_exercised_is_left_out_of_the_average() {
        let all = [card(Dimension::Response, 800, 1000, 30), card(Dimension::Escalation, 0, 0, 25)];
        assert_eq!(overall(&all), Some(80));
        assert_eq!(overall(&all[1..]), None);
        let halves = [card(Dimension::Response, 1000, 1000, 30), card(Dimension::Outcome, 0, 1000, 10)];
        assert_eq!(overall(&halves), Some(75));
    }

    #[test]
    fn costs_never_take_a_dimension_below_zero() {
        assert_eq!(percent(-300, 1000), Some(0));
        assert_eq!(percent(-300, 0), Some(0), "mistakes alone are no reason to leave a dimension out");
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(995, 1000), Some(100), "rounded to the nearest");
        assert_eq!(percent(994, 1000), Some(99));
    }

    #[test]
    fn the_verdict_names_what_decided() {
        let dims = [card(Dimension::Response, 900, 1000, 50), card(Dimension::Escalation, 100, 1000, 50)];
        let coverage = Coverage { exercised: 2000, all: 2000 };
        let say = |percent, acted, critical: Vec<&str>| {
            Outcome { percent, pass: 60, acted, critical, coverage }.verdict(&dims)
        };
        let coverage = Coverage { exercised: 300, all: 31_500 };
        let early = Outcome { percent: Some(100), pass: 60, acted: true, critical: vec![], coverage };
        assert!(!early.passed());
        assert!(early.verdict(&dims).contains("only 3 of 315 points"), "{}", early.verdict(&dims));
        assert_eq!(say(Some(78), true, vec![]), "Passed with 78 %, 18 above the 60 needed.");
        assert_eq!(say(Some(60), true, vec![]), "Passed with 60 %, just what was needed.");
        assert_eq!(
            say(Some(50), true, vec![]),
            "Not passed: 50 %, 10 short of the 60 needed; most was lost in escalation correctness."
        );
        assert_eq!(
            say(Some(78), true, vec!["Roll back the model"]),
            "Not passed although 78 % were reached: the critical action \"Roll back the model\" was missed."
        );
        assert_eq!(say(Some(0), false, vec![]), "Not passed: nobody at the table acted (0 %, 60 needed).");
        assert!(say(None, true, vec![]).starts_with("Not passed: nothing was exercised"));
    }
}
