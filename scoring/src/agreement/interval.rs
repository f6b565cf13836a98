//! Percentile bootstrap (Efron 1979) with a generator of our own, so that the same marks give the same interval.

/// Resamples drawn for an interval.
pub const RESAMPLES: usize = 2000;
/// Where every series of draws begins.
const SEED: u64 = 0x5741_5254_4558_0001;

/// A 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// 2.5th percentile.
    pub low: f64,
    /// 97.5th percentile.
    pub high: f64,
}

/// SplitMix64 (Steele, Lea & Flood 2014).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`, by multiplication; the bias is below n / 2^64.
    fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * n as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }
}

/// Draws [`RESAMPLES`] samples of `n` out of `n` with replacement and asks for the figures of each. Resamples
/// without a figure are left out; where more than half have none, or there are fewer than two to draw from, there
/// is no interval.
pub fn bootstrap<const K: usize>(
    n: usize,
    mut figures: impl FnMut(&[usize]) -> [Option<f64>; K],
) -> [Option<Interval>; K] {
    let mut found: [Vec<f64>; K] = std::array::from_fn(|_| Vec::with_capacity(RESAMPLES));
    if n >= 2 {
        let mut draws = Draws(SEED);
        let mut sample = vec![0; n];
        for _ in 0..RESAMPLES {
            sample.fill_with(|| draws.below(n));
            for (kept, value) in found.iter_mut().zip(figures(&sample)) {
                kept.extend(value);
            }
        }
    }
    found.map(|mut values| {
        if values.len() * 2 < RESAMPLES {
            return None;
        }
        values.sort_by(f64::total_cmp);
        Some(Interval { low: percentile(&values, 0.025)?, high: percentile(&values, 0.975)? })
    })
}

/// Between the two values that surround it, evenly.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    // Not negative and not beyond the last index, so nothing is lost.
    let (below, part) = (place.floor() as usize, place.fract());
    let low = *sorted.get(below)?;
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    Some(low + (high - low) * part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[f64]) -> [Option<Interval>; 1] {
        bootstrap(values.len(), |sample| [Some(sample.iter().map(|i| values[*i]).sum::<f64>() / sample.len() as f64)])
    }

    #[test]
    fn the_interval_of_a_mean_is_near_the_one_of_the_textbook() {
        // 50 of 100: 0.5 ± 1.96 · 0.05.
        let values: Vec<f64> = (0..100).map(|i| f64::from(i % 2)).collect();
        let [interval] = mean(&values);
        let interval = interval.unwrap();
        assert!((interval.low - 0.402).abs() < 0.015 && (interval.high - 0.598).abs() < 0.015, "{interval:?}");
        assert_eq!(mean(&values), [Some(interval)], "the same marks give the same interval");
    }

    #[test]
    fn splitmix_draws_its_published_numbers() {
        let mut draws = Draws(1_234_567);
        assert_eq!(draws.next(), 6_457_827_717_110_365_317);
        assert_eq!(draws.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn no_interval_without_figures() {
        assert_eq!(bootstrap(30, |_| [None::<f64>]), [None]);
        assert_eq!(bootstrap(1, |_| [Some(1.0)]), [None]);
        assert_eq!(bootstrap(0, |_| [Some(1.0)]), [None]);
    }

    #[test]
    fn percentiles_lie_between_neighbours() {
        assert_eq!(percentile(&[0.0, 10.0], 0.25), Some(2.5));
        assert_eq!(percentile(&[], 0.5), None);
    }
}
