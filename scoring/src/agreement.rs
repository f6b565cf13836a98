//! How far two graders agree: two people, or a person and a rubric.
//!
//! Pure functions over marks; nothing here reads a file, a clock or a scenario, and the same marks give the same
//! figures on every machine. What each figure means and why it was chosen stands in `CALIBRATION.md` beside this
//! crate's manifest.
//!
//! - [`Table`]: exact agreement, Cohen's kappa (Cohen 1960), weighted kappa (Cohen 1968).
//! - [`icc`]: ICC(2,1), two-way random, absolute agreement, one grader (Shrout & Fleiss 1979; McGraw & Wong 1996).
//! - [`bootstrap`]: percentile intervals (Efron 1979) over 2,000 resamples of whole messages.
//! - [`credits`], [`bands`], [`totals`]: the figures of one pair of graders.
//! - [`points_by_elements`], [`band_of`]: what marks on elements come to, for a grader who gave no band.
//!
//! A figure is *given*, *too few* (under [`ENOUGH`] judgements) or *undefined* (kappa where both graders only ever
//! used one and the same class). The three are never confused with 0 or 1.

mod icc;
mod interval;
mod pair;
mod person;
mod table;

pub use icc::icc;
pub use interval::{Interval, RESAMPLES, bootstrap};
pub use pair::{BandAgreement, CreditAgreement, TotalAgreement, bands, credits, totals};
pub use person::{band_of, points_by_elements};
pub use table::{Table, linear, quadratic};

use serde::Serialize;

/// Judgements from which on a figure is given.
pub const ENOUGH: u64 = 20;

/// Whether a figure can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is given.
    Given,
    /// Fewer than [`ENOUGH`] judgements.
    TooFew,
    /// There is nothing to measure by: everything is in one class, or nothing varies.
    Undefined,
}

/// A figure with its bootstrap 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Whether it is given.
    pub status: Status,
    /// The figure, to four decimals.
    pub value: Option<f64>,
    /// Lower end of the interval; absent where too few resamples had a figure.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl Figure {
    fn new(n: u64, value: Option<f64>, interval: Option<Interval>) -> Self {
        let status = match value {
            _ if n < ENOUGH => Status::TooFew,
            None => Status::Undefined,
            Some(_) => Status::Given,
        };
        let given = status == Status::Given;
        let interval = interval.filter(|_| given);
        Self {
            status,
            value: value.filter(|_| given).map(four),
            low: interval.map(|i| four(i.low)),
            high: interval.map(|i| four(i.high)),
        }
    }
}

/// A share: so many of so many. The counts are there even where they are too few for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// The share.
    pub share: Figure,
}

/// To four decimals; no minus before a zero.
fn four(value: f64) -> f64 {
    let rounded = (value * 10_000.0).round() / 10_000.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}
