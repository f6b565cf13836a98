//! Step 9: marks into one number, with ceilings, a band and a confidence.

use crate::compile::Compiled;
use crate::read::{Scan, at_least, cap};
use crate::reading::{Credit, FactVerdict, Reading};
use crate::rubric::{Flag, State};

/// Fills in points, caps, band, confidence and reasons for review.
pub(crate) fn combine(c: &Compiled, r: &mut Reading, scans: &[Scan<'_>]) {
    let (low, high) = (i64::from(c.rubric.combine.scale.0.0), i64::from(c.rubric.combine.scale.1.0));
    let content: i64 = r.elements.iter().map(|e| i64::from(e.earned)).sum();
    let content_max: i64 = r.elements.iter().map(|e| i64::from(e.possible)).sum();
    temper(r, content, content_max);
    let form: i64 = r.form.iter().map(|f| i64::from(f.earned)).sum();
    let form_max: i64 = r.form.iter().map(|f| i64::from(f.possible)).sum();
    let taken: i64 = r.facts.iter().map(|f| i64::from(f.points)).sum::<i64>()
        + r.prohibited.iter().map(|p| i64::from(p.points)).sum::<i64>();
    let max = (content_max + form_max).max(1);
    let raw = (content + form + taken).max(0);
    let mut points = low + (raw * (high - low) * 2 + max) / (max * 2);
    caps(c, r, scans);
    for k in &mut r.caps {
        if points > i64::from(k.max) {
            points = i64::from(k.max);
            k.lowered = true;
        }
    }
    points = points.clamp(low, high);
    r.points = i32::try_from(points).unwrap_or(0);
    let bands = &c.rubric.bands;
    r.band = bands.iter().rev().find(|b| b.0.0 <= r.points).map(|b| b.1.clone()).unwrap_or_default();
    r.confidence = confidence(r);
    review(c, r);
}

/// Form earns in proportion until half of the content is there: a tidy empty text is worth nothing.
fn temper(r: &mut Reading, content: i64, content_max: i64) {
    let whole = content_max.max(1);
    let share = (content * 2).min(whole);
    for f in &mut r.form {
        let full = f.earned;
        f.earned = i32::try_from(i64::from(full) * share / whole).unwrap_or(0);
        if f.earned < full {
            f.found.push_str("; counted in part, because less than half of the content is there");
        }
    }
}

fn caps(c: &Compiled, r: &mut Reading, scans: &[Scan<'_>]) {
    for k in &c.rubric.combine.caps {
        let why = if let Some(id) = &k.if_missing {
            let missing = r.elements.iter().find(|e| e.id == *id && e.credit == Credit::None);
            missing.map(|e| format!("\"{}\" is missing", e.label))
        } else if let Some(s) = k.if_prohibited {
            at_least(&r.prohibited, s).then(|| {
                format!(
                    "a {} claim was made",
                    if s == crate::Severity::Major { "seriously prohibited" } else { "prohibited" }
                )
            })
        } else if let Some(flag) = k.if_flag {
            flagged(scans, flag).then(|| format!("most of the text was withheld as {flag:?}"))
        } else {
            None
        };
        if let Some(why) = why {
            r.caps.push(cap(why, k.max));
        }
    }
}

/// Whether more than half of the words stand under this flag.
fn flagged(scans: &[Scan<'_>], flag: Flag) -> bool {
    let all: usize = scans.iter().map(Scan::words).sum();
    let under: usize = scans.iter().filter(|s| s.gate.as_ref().is_some_and(|g| g.0 == flag)).map(Scan::words).sum();
    under * 2 > all
}

/// Share of the points that rests on plain wording.
fn confidence(r: &Reading) -> u8 {
    let mut sum = 0i64;
    let mut weight = 0i64;
    for e in &r.elements {
        let sure = match (e.credit, e.state) {
            (Credit::Full, Some(State::Mentioned)) => 70,
            (Credit::Full, _) if e.trigger.is_empty() => 70,
            (Credit::Full, _) => 100,
            (Credit::Half, _) => 60,
            (Credit::None, Some(State::Mentioned)) => 55,
            (Credit::None, Some(_)) => 75,
            (Credit::None, None) => match &e.miss {
                Some(m) if m.lacking.matches("no \"").count() == 1 => 75,
                Some(_) => 90,
                None => 95,
            },
        };
        sum += sure * i64::from(e.possible);
        weight += i64::from(e.possible);
    }
    let mut out = if weight == 0 { 50 } else { sum / weight };
    if !r.gated.is_empty() {
        out -= 15;
    }
    if r.facts.iter().any(|f| f.verdict == FactVerdict::Contradiction) {
        out -= 10;
    }
    u8::try_from(out.clamp(0, 100)).unwrap_or(0)
}

fn review(c: &Compiled, r: &mut Reading) {
    let mut out = Vec::new();
    if r.confidence < 70 {
        out.push(format!("Confidence is {} %.", r.confidence));
    }
    if !r.gated.is_empty() {
        out.push(format!("{} sentences were withheld.", r.gated.len()));
    }
    if r.facts.iter().any(|f| f.verdict == FactVerdict::Contradiction) {
        out.push("A statement contradicts the scenario.".to_owned());
    }
    // A band's edge only matters where there is one beside this result.
    let near = c.rubric.bands.iter().skip(1).find(|b| (b.0.0 - r.points).abs() < 100);
    if let Some(b) = near {
        out.push(format!("The result is within a point of the band \"{}\".", b.1));
    }
    if !r.notes.is_empty() {
        out.push("The text was changed before reading; see the notes.".to_owned());
    }
    r.review = out;
}
