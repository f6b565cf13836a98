//! Intraclass correlation.

/// ICC(2,1): two-way random effects, absolute agreement, a single grader (Shrout & Fleiss 1979; ICC(A,1) of
/// McGraw & Wong 1996). One row a message, one column a grader; a grader who is always a point stricter lowers it.
///
/// `None` with fewer than two messages or graders, with rows of unequal length, or where nothing varies.
#[must_use]
pub fn icc<R: AsRef<[f64]>>(rows: &[R]) -> Option<f64> {
    let (n, k) = (rows.len(), rows.first()?.as_ref().len());
    if n < 2 || k < 2 || rows.iter().any(|r| r.as_ref().len() != k) {
        return None;
    }
    let (messages, graders) = (n as f64, k as f64);
    let mut columns = vec![0.0; k];
    let (mut sum, mut squares, mut between) = (0.0, 0.0, 0.0);
    for row in rows {
        let mut row_sum = 0.0;
        for (column, x) in columns.iter_mut().zip(row.as_ref()) {
            *column += x;
            row_sum += x;
            squares += x * x;
        }
        sum += row_sum;
        between += row_sum * row_sum;
    }
    let middle = sum * sum / (messages * graders);
    let of_messages = between / graders - middle;
    let of_graders = columns.iter().map(|c| c * c).sum::<f64>() / messages - middle;
    let rest = squares - middle - of_messages - of_graders;
    let bms = of_messages / (messages - 1.0);
    let jms = of_graders / (graders - 1.0);
    let ems = rest / ((messages - 1.0) * (graders - 1.0));
    let whole = bms + (graders - 1.0) * ems + graders * (jms - ems) / messages;
    // What is left of sums that cancel out is noise, not variance.
    (whole > 1e-9 * squares.max(1e-9)).then(|| (bms - ems) / whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table_2_of_shrout_and_fleiss_1979() {
        let ratings = [
            [9.0, 2.0, 5.0, 8.0],
            [6.0, 1.0, 3.0, 2.0],
            [8.0, 4.0, 6.0, 8.0],
            [7.0, 1.0, 2.0, 6.0],
            [10.0, 5.0, 6.0, 9.0],
            [6.0, 2.0, 4.0, 7.0],
        ];
        let found = icc(&ratings).unwrap();
        assert!((found - 0.29).abs() < 0.005, "{found}");
    }

    #[test]
    fn always_a_point_stricter_is_not_agreement() {
        let rows: Vec<[f64; 2]> = (0..10).map(|i| [f64::from(i), f64::from(i) + 3.0]).collect();
        let found = icc(&rows).unwrap();
        assert!(found > 0.5 && found < 0.9, "{found}");
    }

    #[test]
    fn nothing_to_measure_by() {
        assert_eq!(icc(&[[4.0, 4.0], [4.0, 4.0], [4.0, 4.0]]), None);
        assert_eq!(icc(&[[4.0, 5.0]]), None);
        assert_eq!(icc::<[f64; 2]>(&[]), None);
        assert_eq!(icc(&[vec![1.0, 2.0], vec![1.0]]), None);
    }

    proptest! {
        #[test]
        fn symmetric_and_at_most_one(rows in prop::collection::vec([0.0f64..100.0, 0.0f64..100.0], 3..40)) {
            let turned: Vec<[f64; 2]> = rows.iter().map(|r| [r[1], r[0]]).collect();
            let same: Vec<[f64; 2]> = rows.iter().map(|r| [r[0], r[0]]).collect();
            if let (Some(a), Some(b)) = (icc(&rows), icc(&turned)) {
                prop_assert!((a - b).abs() < 1e-6 && a <= 1.0 + 1e-9);
            }
            if let Some(one) = icc(&same) {
                prop_assert!((one - 1.0).abs() < 1e-6);
            }
        }
    }
}
