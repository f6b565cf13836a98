//! The figures of one pair of graders.

use super::{Figure, Rate, Table, bootstrap, icc, linear, quadratic};
use rubric::Credit;
use serde::Serialize;
use std::collections::BTreeMap;

/// How two graders agree on elements. The first is the one the second is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CreditAgreement {
    /// Elements both judged.
    pub n: u64,
    /// Messages they stand in.
    pub messages: u64,
    /// The same of earned, half and not.
    pub exact: Rate,
    /// Cohen's kappa of earned against not, half counted as earned.
    pub kappa: Figure,
    /// Linearly weighted kappa of earned, half and not.
    pub weighted_kappa: Figure,
    /// Of what the first gave nothing for, what the second credited in whole or half.
    pub false_credit: Rate,
    /// Of what the first credited in whole or half, what the second gave nothing for.
    pub missed_credit: Rate,
}

/// How two graders agree on bands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BandAgreement {
    /// Messages both judged.
    pub n: u64,
    /// The same band.
    pub exact: Rate,
    /// Cohen's kappa.
    pub kappa: Figure,
    /// Quadratically weighted kappa.
    pub quadratic_weighted_kappa: Figure,
}

/// How two graders agree on the total.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TotalAgreement {
    /// Messages both judged.
    pub n: u64,
    /// ICC(2,1).
    pub icc: Figure,
    /// How much higher the second is on average, in percent of the scale.
    pub difference: Figure,
}

fn class(credit: Credit) -> usize {
    match credit {
        Credit::None => 0,
        Credit::Half => 1,
        Credit::Full => 2,
    }
}

/// Not against earned; half is earned.
fn binary(table: &Table) -> Table {
    let mut two = Table::new(2);
    for a in 0..3 {
        for b in 0..3 {
            two.add(a.min(1), b.min(1), table.at(a, b));
        }
    }
    two
}

fn share(count: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

/// Exact, kappa, weighted kappa, false credit, missed credit.
fn figures(table: &Table) -> [Option<f64>; 5] {
    let two = binary(table);
    [
        table.exact(),
        two.kappa(),
        table.weighted_kappa(linear),
        share(two.at(0, 1), two.at(0, 0) + two.at(0, 1)),
        share(two.at(1, 0), two.at(1, 0) + two.at(1, 1)),
    ]
}

/// Agreement on elements. One list a message: its intervals come from drawing whole messages, because the elements
/// of one message do not err independently.
#[must_use]
pub fn credits(messages: &[Vec<(Credit, Credit)>]) -> CreditAgreement {
    let of_message = |pairs: &Vec<(Credit, Credit)>| {
        let mut table = Table::new(3);
        pairs.iter().for_each(|(a, b)| table.add(class(*a), class(*b), 1));
        table
    };
    // Many messages are marked alike: what is drawn is counted by kind, which is far fewer sums.
    let mut kinds: BTreeMap<Table, Vec<usize>> = BTreeMap::new();
    let mut count = 0;
    for message in messages.iter().filter(|m| !m.is_empty()) {
        kinds.entry(of_message(message)).or_default().push(count);
        count += 1;
    }
    let mut kind_of = vec![0; count];
    let mut all = Table::new(3);
    for (kind, (table, members)) in kinds.iter().enumerate() {
        all.merge(table, members.len() as u64);
        for i in members {
            if let Some(slot) = kind_of.get_mut(*i) {
                *slot = kind;
            }
        }
    }
    let [exact, kappa, weighted, falsely, missed] = figures(&all);
    let (mut drawn, mut times) = (Table::new(3), vec![0; kinds.len()]);
    let intervals = bootstrap(count, |sample| {
        drawn.clear();
        times.fill(0);
        for kind in sample.iter().filter_map(|i| kind_of.get(*i)) {
            if let Some(times) = times.get_mut(*kind) {
                *times += 1;
            }
        }
        kinds.keys().zip(&times).for_each(|(table, times)| drawn.merge(table, *times));
        figures(&drawn)
    });
    let [of_exact, of_kappa, of_weighted, of_false, of_missed] = intervals;
    let (n, two) = (all.n(), binary(&all));
    let (nots, earned) = (two.at(0, 0) + two.at(0, 1), two.at(1, 0) + two.at(1, 1));
    CreditAgreement {
        n,
        messages: count as u64,
        exact: Rate { count: all.agreeing(), of: n, share: Figure::new(n, exact, of_exact) },
        kappa: Figure::new(n, kappa, of_kappa),
        weighted_kappa: Figure::new(n, weighted, of_weighted),
        false_credit: Rate { count: two.at(0, 1), of: nots, share: Figure::new(nots, falsely, of_false) },
        missed_credit: Rate { count: two.at(1, 0), of: earned, share: Figure::new(earned, missed, of_missed) },
    }
}

/// Agreement on bands, given by their places; `count` is how many bands there are.
#[must_use]
pub fn bands(pairs: &[(usize, usize)], count: usize) -> BandAgreement {
    let of = |table: &Table| [table.exact(), table.kappa(), table.weighted_kappa(quadratic)];
    let mut all = Table::new(count);
    pairs.iter().for_each(|(a, b)| all.add(*a, *b, 1));
    let [exact, kappa, weighted] = of(&all);
    let mut drawn = Table::new(count);
    let [of_exact, of_kappa, of_weighted] = bootstrap(pairs.len(), |sample| {
        drawn.clear();
        sample.iter().filter_map(|i| pairs.get(*i)).for_each(|(a, b)| drawn.add(*a, *b, 1));
        of(&drawn)
    });
    let n = all.n();
    BandAgreement {
        n,
        exact: Rate { count: all.agreeing(), of: n, share: Figure::new(n, exact, of_exact) },
        kappa: Figure::new(n, kappa, of_kappa),
        quadratic_weighted_kappa: Figure::new(n, weighted, of_weighted),
    }
}

/// Agreement on totals, in percent of the scale.
#[must_use]
pub fn totals(pairs: &[[f64; 2]]) -> TotalAgreement {
    let of = |rows: &[[f64; 2]]| {
        let higher: f64 = rows.iter().map(|[a, b]| b - a).sum();
        [icc(rows), (!rows.is_empty()).then(|| higher / rows.len() as f64)]
    };
    let [value, difference] = of(pairs);
    let mut drawn = Vec::with_capacity(pairs.len());
    let [of_icc, of_difference] = bootstrap(pairs.len(), |sample| {
        drawn.clear();
        drawn.extend(sample.iter().filter_map(|i| pairs.get(*i)));
        of(&drawn)
    });
    let n = pairs.len() as u64;
    TotalAgreement { n, icc: Figure::new(n, value, of_icc), difference: Figure::new(n, difference, of_difference) }
}

#[cfg(test)]
mod tests {
    use super::{super::Status, *};
    use Credit::{Full, Half, None as Not};

    fn single(pairs: &[(Credit, Credit, usize)]) -> Vec<Vec<(Credit, Credit)>> {
        pairs.iter().flat_map(|(a, b, n)| std::iter::repeat_n(vec![(*a, *b)], *n)).collect()
    }

    #[test]
    fn half_counts_as_earned_where_there_are_two_classes() {
        let found = credits(&single(&[(Full, Half, 10), (Half, Full, 10), (Not, Not, 20), (Not, Half, 5)]));
        assert_eq!((found.n, found.exact.count), (45, 20));
        assert_eq!((found.false_credit.count, found.false_credit.of), (5, 25));
        assert_eq!((found.missed_credit.count, found.missed_credit.of), (0, 20));
        assert_eq!(found.false_credit.share.value, Some(0.2));
        let two = [(20.0 + 20.0) / 45.0, (20.0 * 25.0 + 25.0 * 20.0) / (45.0 * 45.0)];
        let kappa = (two[0] - two[1]) / (1.0 - two[1]);
        assert!((found.kappa.value.unwrap() - kappa).abs() < 1e-4);
    }

    #[test]
    fn under_twenty_nothing_but_counts() {
        let found = credits(&single(&[(Full, Full, 10), (Not, Full, 9)]));
        assert_eq!(found.kappa.status, Status::TooFew);
        assert_eq!((found.kappa.value, found.exact.share.value, found.exact.count), (None, None, 10));
        let found = credits(&single(&[(Full, Full, 30), (Not, Full, 9)]));
        assert_eq!(found.exact.share.status, Status::Given);
        assert_eq!(found.false_credit.share.status, Status::TooFew, "only 9 were given nothing");
        assert_eq!(credits(&[]).n, 0);
    }

    #[test]
    fn one_class_is_undefined_not_perfect() {
        let found = credits(&single(&[(Full, Full, 40)]));
        assert_eq!((found.kappa.status, found.kappa.value), (Status::Undefined, None));
        assert_eq!(found.exact.share.value, Some(1.0));
        assert_eq!(bands(&[(1, 1); 30], 4).quadratic_weighted_kappa.status, Status::Undefined);
        assert_eq!(totals(&[[50.0, 50.0]; 30]).icc.status, Status::Undefined);
    }

    #[test]
    fn perfect_agreement_is_one_with_an_interval_around_it() {
        let found = credits(&single(&[(Full, Full, 20), (Not, Not, 20), (Half, Half, 5)]));
        assert_eq!((found.kappa.value, found.kappa.low, found.kappa.high), (Some(1.0), Some(1.0), Some(1.0)));
        assert_eq!((found.weighted_kappa.value, found.false_credit.share.value), (Some(1.0), Some(0.0)));
        let found = bands(&[(0, 0), (1, 1), (3, 3)].repeat(10), 4);
        assert_eq!((found.kappa.value, found.quadratic_weighted_kappa.value), (Some(1.0), Some(1.0)));
    }

    #[test]
    fn messages_are_drawn_whole() {
        // The same 200 judgements: each on its own, or ten a message with every message all right or all wrong.
        let alone = credits(&single(&[(Full, Full, 100), (Not, Full, 20), (Not, Not, 80)]));
        let mut clustered = vec![vec![(Full, Full); 10]; 10];
        clustered.extend(vec![vec![(Not, Full); 10]; 2]);
        clustered.extend(vec![vec![(Not, Not); 10]; 8]);
        let clustered = credits(&clustered);
        assert_eq!((alone.kappa.value, clustered.messages), (clustered.kappa.value, 20));
        let width = |f: Figure| f.high.unwrap() - f.low.unwrap();
        assert!(width(clustered.kappa) > 2.0 * width(alone.kappa), "{clustered:?} {alone:?}");
    }

    #[test]
    fn totals_say_who_is_stricter() {
        let pairs: Vec<[f64; 2]> = (0..40).map(|i| [f64::from(i), f64::from(i) - 5.0]).collect();
        let found = totals(&pairs);
        assert_eq!((found.difference.value, found.difference.low), (Some(-5.0), Some(-5.0)));
        assert!(found.icc.value.unwrap() < 1.0);
    }
}
