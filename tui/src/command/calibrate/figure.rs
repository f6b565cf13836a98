//! Figures out of messages: `startex.calibration/1`.

use super::{
    label::{Label, Labels, Marks},
    machine::Machine,
};
use crate::cli::Failure;
use rubric::{Credit, ElementResult, Reading, Rubric};
use scenarios::Loaded;
use scoring::agreement::{
    self, BandAgreement, CreditAgreement, RESAMPLES, TotalAgreement, band_of, points_by_elements,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything the command found.
#[derive(Debug, Serialize)]
pub(super) struct Calibration {
    pub(super) schema: &'static str,
    pub(super) scenario: String,
    pub(super) version: String,
    /// What the first and the second grader are called; the second may have graded nothing.
    pub(super) graders: [String; 2],
    pub(super) resamples: usize,
    pub(super) notes: Vec<String>,
    pub(super) products: Vec<Product>,
    /// All products together; absent when there is one.
    pub(super) pooled: Option<Summary>,
}

/// One rubric.
#[derive(Debug, Serialize)]
pub(super) struct Product {
    pub(super) product: String,
    pub(super) rubric_version: u32,
    pub(super) elements: Vec<Element>,
    pub(super) summary: Summary,
    pub(super) bands: Vec<String>,
    pub(super) messages: Vec<Message>,
    pub(super) disagreements: Vec<Disagreement>,
    pub(super) band_disagreements: Vec<BandDisagreement>,
}

/// A message with everybody's marks, so that figures can be made again elsewhere.
#[derive(Debug, Serialize)]
pub(super) struct Message {
    pub(super) id: String,
    pub(super) humans: [Option<Rated>; 2],
    pub(super) machine: Option<Rated>,
}

/// One element of a rubric.
#[derive(Debug, Serialize)]
pub(super) struct Element {
    pub(super) element: String,
    pub(super) label: String,
    pub(super) pairs: Vec<Between<CreditAgreement>>,
}

/// The figures over all elements of all messages.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    pub(super) messages: u64,
    pub(super) elements: Vec<Between<CreditAgreement>>,
    /// Bands as the machine gives them.
    pub(super) band: Vec<Between<BandAgreement>>,
    /// Bands of marks on elements alone, the machine's too.
    pub(super) band_by_elements: Vec<Between<BandAgreement>>,
    pub(super) total: Vec<Between<TotalAgreement>>,
    pub(super) total_by_elements: Vec<Between<TotalAgreement>>,
    /// How many bands and totals the graders gave themselves, and how many follow from their elements.
    pub(super) basis: Basis,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Basis {
    pub(super) bands_given: u64,
    pub(super) bands_derived: u64,
    pub(super) totals_given: u64,
    pub(super) totals_derived: u64,
}

/// Which two are compared. The first named is the one the other is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Pair {
    HumanHuman,
    FirstMachine,
    SecondMachine,
}

/// One figure of one pair.
#[derive(Debug, Serialize)]
pub(super) struct Between<T> {
    pub(super) pair: Pair,
    pub(super) agreement: T,
}

/// An element the machine judged otherwise than a grader.
#[derive(Debug, Serialize)]
pub(super) struct Disagreement {
    pub(super) id: String,
    pub(super) element: String,
    /// The graders' marks; absent where they gave none.
    pub(super) humans: [Option<Credit>; 2],
    pub(super) machine: Credit,
    pub(super) reason: String,
    /// Evidence, state, trigger and near miss, with their places in the text.
    pub(super) result: ElementResult,
}

/// A message the machine put in another band than a grader.
#[derive(Debug, Serialize)]
pub(super) struct BandDisagreement {
    pub(super) id: String,
    pub(super) humans: [Option<String>; 2],
    pub(super) machine: String,
    pub(super) reason: String,
    /// Ceilings that held, facts contradicted, claims prohibited, sentences withheld.
    pub(super) because: Vec<String>,
}

/// What one grader, or the machine, gave a message.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Rated {
    /// In the rubric's order.
    pub(super) elements: Vec<Option<Credit>>,
    /// Place of the band, the lowest is 0.
    pub(super) band: Option<usize>,
    /// Percent of the scale.
    pub(super) total: Option<f64>,
    pub(super) band_by_elements: Option<usize>,
    pub(super) total_by_elements: Option<f64>,
}

/// A message with the marks of everybody.
struct Piece {
    id: String,
    raters: [Option<Rated>; 3],
    basis: Basis,
    reading: Reading,
}

const PAIRS: [(Pair, usize, usize); 3] =
    [(Pair::HumanHuman, 0, 1), (Pair::FirstMachine, 0, 2), (Pair::SecondMachine, 1, 2)];

/// Reads every message and compares.
pub(super) fn calibration(loaded: &Loaded, labels: Labels) -> Result<Calibration, Failure> {
    let machine = Machine::new(loaded, &labels.labels)?;
    let mut by_product: BTreeMap<&str, Vec<Piece>> = BTreeMap::new();
    for label in &labels.labels {
        let rubric = loaded.rubrics.iter().find(|r| r.id == label.product);
        if let (Some(rubric), Some(reading)) = (rubric, machine.read(label)) {
            by_product.entry(&label.product).or_default().push(piece(rubric, label, reading));
        }
    }
    let mut products = Vec::new();
    // The scenario's order, which its author knows.
    for rubric in &loaded.rubrics {
        if let Some(pieces) = by_product.get(rubric.id.as_str()) {
            products.push(product(rubric, pieces));
        }
    }
    let pooled = (products.len() > 1).then(|| {
        let all: Vec<&Piece> = by_product.values().flatten().collect();
        let counts = products.iter().map(|p| p.bands.len());
        // Bands are pooled by their place, which only means something where there are as many everywhere.
        let bands = counts.clone().max().filter(|most| counts.clone().all(|c| c == *most)).unwrap_or(0);
        summary(&all, bands)
    });
    Ok(Calibration {
        schema: "startex.calibration/1",
        scenario: loaded.scenario.id.to_string(),
        version: loaded.scenario.version.clone(),
        graders: labels.graders,
        resamples: RESAMPLES,
        notes: labels.notes,
        products,
        pooled,
    })
}

/// Percent of the rubric's scale.
fn percent(rubric: &Rubric, points: i32) -> Option<f64> {
    let (low, high) = (f64::from(rubric.combine.scale.0.0), f64::from(rubric.combine.scale.1.0));
    (high > low).then(|| (f64::from(points) - low) * 100.0 / (high - low))
}

fn piece(rubric: &Rubric, label: &Label, reading: Reading) -> Piece {
    let mut basis = Basis::default();
    let [first, second] = &label.marks;
    let mut rated = |marks: &Option<Marks>| {
        let marks = marks.as_ref()?;
        let whole: Option<Vec<Credit>> = marks.credits.iter().copied().collect();
        let plain = whole.and_then(|credits| points_by_elements(rubric, &credits));
        let band_by_elements = plain.and_then(|p| band_of(rubric, p));
        let total_by_elements = plain.and_then(|p| percent(rubric, p));
        let (band, total) = (marks.band, marks.total);
        basis.bands_given += u64::from(band.is_some());
        basis.bands_derived += u64::from(band.is_none() && band_by_elements.is_some());
        basis.totals_given += u64::from(total.is_some());
        basis.totals_derived += u64::from(total.is_none() && total_by_elements.is_some());
        Some(Rated {
            elements: marks.credits.clone(),
            band: band.or(band_by_elements),
            total: total.and_then(|t| percent(rubric, t)).or(total_by_elements),
            band_by_elements,
            total_by_elements,
        })
    };
    let humans = [rated(first), rated(second)];
    let credits: Vec<Credit> = reading.elements.iter().map(|e| e.credit).collect();
    let plain = points_by_elements(rubric, &credits);
    let machine = Rated {
        band: band_of(rubric, reading.points),
        total: percent(rubric, reading.points),
        band_by_elements: plain.and_then(|p| band_of(rubric, p)),
        total_by_elements: plain.and_then(|p| percent(rubric, p)),
        elements: credits.into_iter().map(Some).collect(),
    };
    let [first, second] = humans;
    Piece { id: label.id.clone(), raters: [first, second, Some(machine)], basis, reading }
}

impl Piece {
    fn both(&self, a: usize, b: usize) -> Option<(&Rated, &Rated)> {
        Some((self.raters.get(a)?.as_ref()?, self.raters.get(b)?.as_ref()?))
    }

    fn message(&self) -> Message {
        let [first, second, machine] = self.raters.clone();
        Message { id: self.id.clone(), humans: [first, second], machine }
    }

    fn human<T>(&self, of: impl Fn(&Rated) -> Option<T>) -> [Option<T>; 2] {
        [0, 1].map(|g| self.raters.get(g).and_then(Option::as_ref).and_then(&of))
    }
}

/// What both gave, message by message.
fn credits(pieces: &[&Piece], (a, b): (usize, usize), only: Option<usize>) -> CreditAgreement {
    let of = |p: &&Piece| {
        let (first, second) = p.both(a, b)?;
        let pairs = first.elements.iter().zip(&second.elements).enumerate();
        let wanted = pairs.filter(|(i, _)| only.is_none_or(|o| o == *i));
        Some(wanted.filter_map(|(_, (x, y))| Some(((*x)?, (*y)?))).collect())
    };
    let messages: Vec<Vec<(Credit, Credit)>> = pieces.iter().filter_map(of).collect();
    agreement::credits(&messages)
}

fn paired<T>(pieces: &[&Piece], (a, b): (usize, usize), of: impl Fn(&Rated) -> Option<T>) -> Vec<(T, T)> {
    let both = pieces.iter().filter_map(|p| p.both(a, b));
    both.filter_map(|(x, y)| Some((of(x)?, of(y)?))).collect()
}

/// The pairs of which there is anything to compare.
fn between<T>(pieces: &[&Piece], agreement: impl Fn((usize, usize)) -> T) -> Vec<Between<T>> {
    let there = PAIRS.into_iter().filter(|(_, a, b)| pieces.iter().any(|p| p.both(*a, *b).is_some()));
    there.map(|(pair, a, b)| Between { pair, agreement: agreement((a, b)) }).collect()
}

fn summary(pieces: &[&Piece], bands: usize) -> Summary {
    let mut basis = Basis::default();
    for b in pieces.iter().map(|p| &p.basis) {
        basis.bands_given += b.bands_given;
        basis.bands_derived += b.bands_derived;
        basis.totals_given += b.totals_given;
        basis.totals_derived += b.totals_derived;
    }
    let band = |of: fn(&Rated) -> Option<usize>| {
        let all = between(pieces, |pair| agreement::bands(&paired(pieces, pair, of), bands));
        if bands > 1 { all } else { Vec::new() }
    };
    let total = |of: fn(&Rated) -> Option<f64>| {
        between(pieces, |pair| {
            let rows: Vec<[f64; 2]> = paired(pieces, pair, of).into_iter().map(|(a, b)| [a, b]).collect();
            agreement::totals(&rows)
        })
    };
    Summary {
        messages: pieces.len() as u64,
        elements: between(pieces, |pair| credits(pieces, pair, None)),
        band: band(|r| r.band),
        band_by_elements: band(|r| r.band_by_elements),
        total: total(|r| r.total),
        total_by_elements: total(|r| r.total_by_elements),
        basis,
    }
}

fn product(rubric: &Rubric, pieces: &[Piece]) -> Product {
    let all: Vec<&Piece> = pieces.iter().collect();
    let element = |(i, e): (usize, &rubric::Element)| Element {
        element: e.id.clone(),
        label: e.label().to_owned(),
        pairs: between(&all, |pair| credits(&all, pair, Some(i))),
    };
    let bands: Vec<String> = rubric.bands.iter().map(|b| b.1.clone()).collect();
    Product {
        product: rubric.id.clone(),
        rubric_version: rubric.version,
        elements: rubric.elements.iter().enumerate().map(element).collect(),
        summary: summary(&all, bands.len()),
        messages: pieces.iter().map(Piece::message).collect(),
        disagreements: pieces.iter().flat_map(disagreements).collect(),
        band_disagreements: pieces.iter().filter_map(|p| band_disagreement(p, &bands)).collect(),
        bands,
    }
}

fn disagreements(piece: &Piece) -> Vec<Disagreement> {
    let of = |(i, result): (usize, &ElementResult)| {
        let humans = piece.human(|r| r.elements.get(i).copied().flatten());
        let differs = humans.iter().flatten().any(|h| *h != result.credit);
        differs.then(|| Disagreement {
            id: piece.id.clone(),
            element: result.id.clone(),
            humans,
            machine: result.credit,
            reason: result.reason(),
            result: result.clone(),
        })
    };
    piece.reading.elements.iter().enumerate().filter_map(of).collect()
}

fn band_disagreement(piece: &Piece, bands: &[String]) -> Option<BandDisagreement> {
    let humans = piece.human(|r| r.band);
    let machine = piece.raters.get(2).and_then(Option::as_ref).and_then(|r| r.band)?;
    if humans.iter().flatten().all(|h| *h == machine) {
        return None;
    }
    let name = |place: usize| bands.get(place).cloned();
    let r = &piece.reading;
    let mut because: Vec<String> = r.caps.iter().filter(|c| c.lowered).map(rubric::CapApplied::reason).collect();
    because.extend(r.facts.iter().filter(|f| f.points < 0).map(rubric::FactFinding::reason));
    because.extend(r.prohibited.iter().map(rubric::ProhibitedHit::reason));
    because.extend(r.gated.iter().map(rubric::Gated::reason));
    Some(BandDisagreement {
        id: piece.id.clone(),
        humans: humans.map(|h| h.and_then(name)),
        machine: name(machine).unwrap_or_default(),
        reason: r.summary(),
        because,
    })
}
