//! What there is to show for each competency: the marks of the objectives that are evidence for it.

use crate::{
    card::CompetencyCard,
    judgement::{Judged, counts},
};
use scenarios::model::{Competency, Scenario};

pub(crate) fn judge(scenario: &Scenario, marks: &[Judged]) -> Vec<CompetencyCard> {
    scenario.competencies.iter().map(|c| judge_one(scenario, c, marks)).collect()
}

fn judge_one(scenario: &Scenario, competency: &Competency, marks: &[Judged]) -> CompetencyCard {
    let objectives: Vec<_> =
        scenario.objectives.iter().filter(|o| o.competencies.contains(&competency.id)).map(|o| &o.id).collect();
    let own: Vec<&Judged> =
        marks.iter().filter(|j| counts(&j.mark) && objectives.contains(&&j.mark.objective)).collect();
    let points: i64 = own.iter().map(|j| j.mark.points).sum();
    let of: i64 = own.iter().map(|j| j.mark.of).sum();
    CompetencyCard {
        competency: competency.id.clone(),
        text: competency.text.clone(),
        percent: crate::total::percent(points, of),
        marks: own.iter().map(|j| j.mark.id.clone()).collect(),
    }
}
