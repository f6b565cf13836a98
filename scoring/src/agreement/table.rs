//! Who gave what, counted.

/// A square table of counts: the first grader's class is the row, the second's the column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Table {
    classes: usize,
    cells: Vec<u64>,
}

impl Table {
    /// An empty table of so many classes.
    #[must_use]
    pub fn new(classes: usize) -> Self {
        Self { classes, cells: vec![0; classes * classes] }
    }

    /// Counts a pair of judgements. A class beyond the table is not counted.
    pub fn add(&mut self, first: usize, second: usize, count: u64) {
        if first.max(second) < self.classes
            && let Some(cell) = self.cells.get_mut(first * self.classes + second)
        {
            *cell += count;
        }
    }

    /// Adds the counts of another table of as many classes, so many times.
    pub fn merge(&mut self, other: &Self, times: u64) {
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            *cell += more * times;
        }
    }

    /// Sets every count to nothing.
    pub fn clear(&mut self) {
        self.cells.fill(0);
    }

    /// How many judgements the first grader put in one class and the second in another.
    #[must_use]
    pub fn at(&self, first: usize, second: usize) -> u64 {
        if first.max(second) >= self.classes {
            return 0;
        }
        self.cells.get(first * self.classes + second).copied().unwrap_or(0)
    }

    /// How many pairs of judgements.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.cells.iter().sum()
    }

    /// How many of them agree.
    #[must_use]
    pub fn agreeing(&self) -> u64 {
        (0..self.classes).map(|c| self.at(c, c)).sum()
    }

    /// Share of judgements that agree; `None` for an empty table.
    #[must_use]
    pub fn exact(&self) -> Option<f64> {
        (self.n() > 0).then(|| self.agreeing() as f64 / self.n() as f64)
    }

    /// Cohen's kappa; `None` where both graders only ever used one and the same class.
    #[must_use]
    pub fn kappa(&self) -> Option<f64> {
        self.weighted_kappa(|a, b| if a == b { 0.0 } else { 1.0 })
    }

    /// Weighted kappa by weights of disagreement, 0 for agreement: one minus the disagreement there is over the
    /// disagreement expected from the margins. `None` where none is expected.
    #[must_use]
    pub fn weighted_kappa(&self, weight: impl Fn(usize, usize) -> f64) -> Option<f64> {
        let rows: Vec<u64> = (0..self.classes).map(|r| (0..self.classes).map(|c| self.at(r, c)).sum()).collect();
        let columns: Vec<u64> = (0..self.classes).map(|c| (0..self.classes).map(|r| self.at(r, c)).sum()).collect();
        let (mut there, mut expected) = (0.0, 0.0);
        for (r, row) in rows.iter().enumerate() {
            for (c, column) in columns.iter().enumerate() {
                let weight = weight(r, c);
                there += weight * self.at(r, c) as f64;
                expected += weight * *row as f64 * *column as f64;
            }
        }
        (expected > 0.0).then(|| 1.0 - there * self.n() as f64 / expected)
    }
}

/// Weights that grow with the distance: for half credit, where half is as far from all as from nothing.
#[must_use]
pub fn linear(first: usize, second: usize) -> f64 {
    first.abs_diff(second) as f64
}

/// Weights that grow with the square of the distance: for bands, where two bands off is far worse than one.
#[must_use]
pub fn quadratic(first: usize, second: usize) -> f64 {
    let distance = first.abs_diff(second) as f64;
    distance * distance
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(rows: &[&[u64]]) -> Table {
        let mut table = Table::new(rows.len());
        for (r, row) in rows.iter().enumerate() {
            for (c, count) in row.iter().enumerate() {
                table.add(r, c, *count);
            }
        }
        table
    }

    fn near(value: Option<f64>, expected: f64) {
        let value = value.expect("defined");
        assert!((value - expected).abs() < 0.0005, "{value} is not {expected}");
    }

    /// Two judges and 200 patients: personality disorder, neurosis, psychosis.
    fn cohen() -> Table {
        table(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]])
    }

    #[test]
    fn kappa_of_cohen_1960() {
        let table = cohen();
        assert_eq!((table.n(), table.agreeing()), (200, 140));
        near(table.kappa(), 0.492);
    }

    #[test]
    fn weighted_kappa_of_cohen_1968() {
        let weights = [[0.0, 1.0, 3.0], [1.0, 0.0, 6.0], [3.0, 6.0, 0.0]];
        near(cohen().weighted_kappa(|a, b| weights[a][b]), 0.348);
    }

    #[test]
    fn kappa_by_hand_in_two_classes() {
        // 50 applications, yes or no: observed 0.70, expected 0.50.
        near(table(&[&[20, 5], &[10, 15]]).kappa(), 0.4);
    }

    #[test]
    fn linear_and_quadratic_by_hand() {
        // Margins 3,3,3 on both sides; one judgement is off by one and one by two.
        let table = table(&[&[2, 0, 1], &[1, 2, 0], &[0, 1, 2]]);
        near(table.weighted_kappa(linear), 1.0 - 4.0 / 8.0);
        near(table.weighted_kappa(quadratic), 1.0 - 6.0 / 12.0);
    }

    #[test]
    fn one_class_has_no_kappa() {
        let table = table(&[&[0, 0], &[0, 30]]);
        assert_eq!((table.kappa(), table.weighted_kappa(quadratic)), (None, None));
        near(table.exact(), 1.0);
        assert_eq!(Table::new(3).exact(), None);
    }

    #[test]
    fn a_grader_who_never_varies_agrees_by_chance_only() {
        near(table(&[&[0, 10], &[0, 20]]).kappa(), 0.0);
    }

    proptest! {
        #[test]
        fn symmetric_within_bounds_and_one_when_perfect(cells in prop::collection::vec(0u64..40, 9)) {
            let mut table = Table::new(3);
            let mut turned = Table::new(3);
            let mut perfect = Table::new(3);
            for (i, count) in cells.iter().enumerate() {
                table.add(i / 3, i % 3, *count);
                turned.add(i % 3, i / 3, *count);
                perfect.add(i / 3, i / 3, *count);
            }
            for (a, b) in [(table.kappa(), turned.kappa()), (table.weighted_kappa(linear), turned.weighted_kappa(linear))] {
                prop_assert_eq!(a.is_some(), b.is_some());
                if let (Some(a), Some(b)) = (a, b) {
                    prop_assert!((a - b).abs() < 1e-9 && a.abs() <= 1.0 + 1e-9);
                }
            }
            if let Some(kappa) = perfect.kappa() {
                prop_assert!((kappa - 1.0).abs() < 1e-12);
            }
        }

        #[test]
        fn in_two_classes_every_weighting_is_plain_kappa(a in 1u64..50, b in 1u64..50, c in 1u64..50, d in 1u64..50) {
            let table = table(&[&[a, b], &[c, d]]);
            let kappa = table.kappa().unwrap();
            prop_assert!((table.weighted_kappa(linear).unwrap() - kappa).abs() < 1e-9);
            prop_assert!((table.weighted_kappa(quadratic).unwrap() - kappa).abs() < 1e-9);
        }
    }
}
