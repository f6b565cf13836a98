//! HSEEP ratings per objective, from its marks.
//!
//! HSEEP 2020 rates an objective P, S, M or U. The bands in percent (P from 80, S from 66, M from 50) follow
//! a published precedent for security tabletops (Dragos). Performed against law, plan or authorisation is at
//! best M by HSEEP's own definition of M, whatever the points say.

use crate::{
    card::{ObjectiveCard, Rating},
    judgement::{Cap, Judged, counts, points_text},
};
use scenarios::model::{Objective, Scenario};

/// Lowest percent of each rating.
const BANDS: [(i64, Rating); 3] = [(80, Rating::P), (66, Rating::S), (50, Rating::M)];

pub(crate) fn rate(scenario: &Scenario, marks: &[Judged]) -> Vec<ObjectiveCard> {
    scenario.objectives.iter().map(|o| rate_objective(o, marks)).collect()
}

fn rate_objective(objective: &Objective, marks: &[Judged]) -> ObjectiveCard {
    let own: Vec<&Judged> = marks.iter().filter(|j| j.mark.objective == objective.id && counts(&j.mark)).collect();
    let points: i64 = own.iter().map(|j| j.mark.points).sum();
    let of: i64 = own.iter().map(|j| j.mark.of).sum();
    let caps: Vec<&Cap> = own.iter().flat_map(|j| &j.caps).collect();
    let (rating, reason) = if own.is_empty() {
        (None, "not exercised: nothing that belongs to it came up".to_owned())
    } else {
        let (rating, reason) = judge(points, of, &caps);
        (Some(rating), reason)
    };
    ObjectiveCard {
        objective: objective.id.clone(),
        text: objective.text.clone(),
        capability: objective.capability,
        points,
        of,
        rating,
        reason,
        marks: own.iter().map(|j| j.mark.id.clone()).collect(),
    }
}

fn judge(points: i64, of: i64, caps: &[&Cap]) -> (Rating, String) {
    // Where nothing but mistakes came up there is no share to take; what was seen went against the plan.
    let (by_points, text) = match percent(points, of) {
        None => (Rating::M, "only mistakes came up".to_owned()),
        Some(p) => (band(p), format!("{p} % of {} points: {}", points_text(of), in_words(band(p)))),
    };
    // The worst ceiling counts; the worst rating sorts last. Every other reason is named beside it.
    let lowest = caps.iter().map(|c| c.at_best).max().filter(|r| *r > by_points);
    let (held, also): (Vec<&Cap>, Vec<&Cap>) = caps.iter().partition(|c| Some(c.at_best) == lowest);
    let mut reason = text;
    if let Some(rating) = lowest {
        let ceiling = if rating == Rating::U { "U" } else { "at best M" };
        reason = format!("{reason}; {ceiling} whatever the points, because {}", whys(&held));
    }
    if !also.is_empty() {
        reason = format!("{reason}; also: {}", whys(&also));
    }
    (lowest.unwrap_or(by_points), reason)
}

fn whys(caps: &[&Cap]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for cap in caps {
        if !all.contains(&cap.why.as_str()) {
            all.push(&cap.why);
        }
    }
    all.join(" and ")
}

/// Percent, never below 0; `None` of nothing.
fn percent(points: i64, of: i64) -> Option<i64> {
    (of > 0).then(|| (points.max(0) * 100 / of).min(100))
}

fn band(percent: i64) -> Rating {
    BANDS.iter().find(|(from, _)| percent >= *from).map_or(Rating::U, |(_, rating)| *rating)
}

/// HSEEP's wording.
fn in_words(rating: Rating) -> &'static str {
    match rating {
        Rating::P => "performed without challenges",
        Rating::S => "performed with some challenges",
        Rating::M => "performed with major challenges",
        Rating::U => "unable to be performed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_begin_where_they_say() {
        for (percent, rating) in [
            (100, Rating::P),
            (80, Rating::P),
            (79, Rating::S),
            (66, Rating::S),
            (65, Rating::M),
            (50, Rating::M),
            (49, Rating::U),
            (0, Rating::U),
        ] {
            assert_eq!(band(percent), rating, "{percent}");
        }
    }

    #[test]
    fn a_cap_lowers_and_never_raises() {
        let law = Cap::at_best_m("the legal clock was missed");
        let critical = Cap { at_best: Rating::U, why: "the critical action was missed".into() };
        assert_eq!(judge(900, 1000, &[]).0, Rating::P);
        let (rating, reason) = judge(900, 1000, &[&law]);
        assert_eq!(rating, Rating::M);
        assert!(reason.contains("the legal clock was missed"), "{reason}");
        assert_eq!(judge(900, 1000, &[&law, &critical]).0, Rating::U);
        assert_eq!(judge(100, 1000, &[&law]).0, Rating::U, "M at best is no floor");
        assert_eq!(judge(-300, 0, &[]).0, Rating::M);
        assert_eq!(judge(-300, 1000, &[]).0, Rating::U);
    }
}
