//! What a person's marks on the elements come to, when they gave no total and no band.

use rubric::{Credit, Rubric};

/// Points in hundredths on the rubric's scale, from marks on its elements alone: their weighted share, stretched to
/// the scale, under the ceilings for missing elements. What a person did not judge (form, facts, prohibited claims)
/// adds and takes nothing.
///
/// `None` when the marks are not one for every element, or the elements are worth nothing.
#[must_use]
pub fn points_by_elements(rubric: &Rubric, credits: &[Credit]) -> Option<i32> {
    if credits.len() != rubric.elements.len() {
        return None;
    }
    let (low, high) = (i64::from(rubric.combine.scale.0.0), i64::from(rubric.combine.scale.1.0));
    let (mut earned, mut possible) = (0, 0);
    for (element, credit) in rubric.elements.iter().zip(credits) {
        let worth = i64::from(element.points.0);
        possible += worth;
        earned += match credit {
            Credit::None => 0,
            Credit::Half => worth / 2,
            Credit::Full => worth,
        };
    }
    if possible <= 0 {
        return None;
    }
    let mut points = low + (earned.max(0) * (high - low) * 2 + possible) / (possible * 2);
    let marks = || rubric.elements.iter().zip(credits);
    for cap in &rubric.combine.caps {
        let missing = cap.if_missing.as_ref();
        if missing.is_some_and(|id| marks().any(|(e, c)| e.id == *id && *c == Credit::None)) {
            points = points.min(i64::from(cap.max.0));
        }
    }
    i32::try_from(points.clamp(low, high)).ok()
}

/// The place of the band that so many hundredths of a point fall in, the lowest band first.
#[must_use]
pub fn band_of(rubric: &Rubric, points: i32) -> Option<usize> {
    rubric.bands.iter().rposition(|(from, _)| from.0 <= points)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rubric() -> Rubric {
        ron::from_str(
            r#"(id: "notice", kind: CustomerNotice,
                elements: [(id: "what", points: 3, any_of: ["leak"]), (id: "next", points: 1, any_of: ["update"])],
                combine: (scale: (0, 10), caps: [(if_missing: Some("what"), max: 2)]),
                bands: [(0, "Not usable"), (4, "Needs work"), (7, "Ready")])"#,
        )
        .expect("a rubric")
    }

    #[test]
    fn points_are_the_weighted_share_of_the_scale_under_its_ceilings() {
        let by = |what, next| points_by_elements(&rubric(), &[what, next]);
        assert_eq!(by(Credit::Full, Credit::Full), Some(1000));
        assert_eq!(by(Credit::Full, Credit::None), Some(750));
        assert_eq!(by(Credit::Half, Credit::Half), Some(500));
        assert_eq!(by(Credit::None, Credit::Full), Some(200), "without what happened at most 2");
        assert_eq!(points_by_elements(&rubric(), &[Credit::Full]), None, "not every element was marked");
    }

    #[test]
    fn bands_begin_at_their_points() {
        let bands: Vec<_> = [0, 399, 400, 1000].iter().map(|p| band_of(&rubric(), *p)).collect();
        assert_eq!(bands, [Some(0), Some(0), Some(1), Some(2)]);
    }
}
