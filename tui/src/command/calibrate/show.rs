//! Figures as text.

use super::figure::{BandDisagreement, Between, Calibration, Disagreement, Pair, Product, Summary};
use rubric::Credit;
use scoring::agreement::{BandAgreement, CreditAgreement, ENOUGH, Figure, Rate, Status, TotalAgreement};
use std::fmt::Write;

/// Messages below which an interval from drawing messages is likely too narrow.
const FEW: u64 = 20;

/// The whole calibration for people.
pub(super) fn text(found: &Calibration) -> String {
    let mut out = String::new();
    let graders = graders(found);
    let _ = writeln!(out, "CALIBRATION  {} {}", found.scenario, found.version);
    for note in &found.notes {
        let _ = writeln!(out, "  {}", clean(note));
    }
    for product in &found.products {
        product_text(&mut out, product, &graders);
    }
    if let Some(pooled) = &found.pooled {
        let _ = writeln!(out, "\nALL PRODUCTS  {} messages", pooled.messages);
        summary(&mut out, pooled, &graders);
    }
    let _ = write!(out, "{}", legend());
    out
}

fn legend() -> String {
    format!(
        "\nIn brackets: bootstrap 95 % intervals, whole messages drawn again. \"too few\": under {ENOUGH} judgements. \
         \"n/a\": everything in one class,\nso that chance explains it all. kappa: earned or not, half counts as \
         earned; weighted: earned, half, not. A share of 0 % or 100 %\nhas no width by drawing: its true value may \
         still be up to 3/n away. What every figure means: scoring/CALIBRATION.md\n"
    )
}

/// Names for the three pairs.
fn graders(found: &Calibration) -> [String; 3] {
    let [a, b] = found.graders.each_ref().map(|g| clean(g).chars().take(8).collect::<String>());
    [format!("{a} : {b}"), format!("{a} : machine"), format!("{b} : machine")]
}

fn name(pair: Pair, graders: &[String; 3]) -> &str {
    let [both, first, second] = graders;
    match pair {
        Pair::HumanHuman => both,
        Pair::FirstMachine => first,
        Pair::SecondMachine => second,
    }
}

/// What others wrote, without anything a terminal would obey.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn product_text(out: &mut String, product: &Product, graders: &[String; 3]) {
    let messages = product.summary.messages;
    let _ = writeln!(out, "\n{}  rubric version {}, {messages} messages", product.product, product.rubric_version);
    if messages < FEW {
        let _ = writeln!(out, "  {messages} messages are few: intervals over all elements are likely too narrow.");
    }
    row(out, "", "n", &["exact", "kappa", "weighted kappa", "false credit", "missed credit"]);
    for element in &product.elements {
        let _ = writeln!(out, "  {}: {}", element.element, clean(&element.label));
        element.pairs.iter().for_each(|b| credit_row(out, b, graders));
    }
    summary(out, &product.summary, graders);
    if !product.disagreements.is_empty() {
        let _ = writeln!(out, "\n  Where the machine and a person disagree ({})", product.disagreements.len());
        product.disagreements.iter().for_each(|d| disagreement(out, d, graders));
    }
    if !product.band_disagreements.is_empty() {
        let _ = writeln!(out, "\n  Where their bands differ ({})", product.band_disagreements.len());
        product.band_disagreements.iter().for_each(|d| band_disagreement(out, d));
    }
}

/// One row of a table. A cell too long for its column pushes the rest, so that two never run together.
fn row(out: &mut String, lead: &str, n: &str, cells: &[&str]) {
    let mut line = format!("{lead:<23} {n:>5} ");
    for (cell, width) in cells.iter().zip([20, 18, 18, 19, 19]) {
        let _ = write!(line, " {cell:<width$}");
    }
    let _ = writeln!(out, "{}", line.trim_end());
}

fn summary(out: &mut String, s: &Summary, graders: &[String; 3]) {
    row(out, "  all elements", "n", &["exact", "kappa", "weighted kappa", "false credit", "missed credit"]);
    s.elements.iter().for_each(|b| credit_row(out, b, graders));
    bands(out, "band", &s.band, graders);
    let basis = s.basis;
    if basis.bands_derived > 0 {
        let _ = writeln!(
            out,
            "    {} bands were given; {} follow from the marks on the elements by the rubric's own points, without form, \
             facts and\n    prohibited claims, which nobody marked. With the machine's band made the same way:",
            basis.bands_given, basis.bands_derived
        );
        bands(out, "band, elements", &s.band_by_elements, graders);
    }
    totals(out, "total", &s.total, graders);
    if basis.totals_derived > 0 {
        let _ = writeln!(
            out,
            "    {} totals were given, {} follow from the elements.",
            basis.totals_given, basis.totals_derived
        );
        totals(out, "total, elements", &s.total_by_elements, graders);
    }
}

fn credit_row(out: &mut String, b: &Between<CreditAgreement>, graders: &[String; 3]) {
    let a = &b.agreement;
    let cells =
        [rate(&a.exact), figure(&a.kappa), figure(&a.weighted_kappa), rate(&a.false_credit), rate(&a.missed_credit)];
    let lead = format!("    {}", name(b.pair, graders));
    row(out, &lead, &a.n.to_string(), &cells.each_ref().map(String::as_str));
}

fn bands(out: &mut String, title: &str, rows: &[Between<BandAgreement>], graders: &[String; 3]) {
    if rows.is_empty() {
        return;
    }
    row(out, &format!("  {title}"), "n", &["exact", "kappa", "quadratic-weighted kappa"]);
    for b in rows {
        let a = &b.agreement;
        let cells = [rate(&a.exact), figure(&a.kappa), figure(&a.quadratic_weighted_kappa)];
        let lead = format!("    {}", name(b.pair, graders));
        row(out, &lead, &a.n.to_string(), &cells.each_ref().map(String::as_str));
    }
}

fn totals(out: &mut String, title: &str, rows: &[Between<TotalAgreement>], graders: &[String; 3]) {
    if rows.is_empty() {
        return;
    }
    row(out, &format!("  {title}"), "n", &["ICC(2,1)", "second minus first, % of the scale"]);
    for b in rows {
        let a = &b.agreement;
        let difference = match (a.difference.value, a.difference.low, a.difference.high) {
            (Some(v), Some(low), Some(high)) => format!("{v:+.1} [{low:+.1} {high:+.1}]"),
            _ => figure(&a.difference),
        };
        let lead = format!("    {}", name(b.pair, graders));
        row(out, &lead, &a.n.to_string(), &[&figure(&a.icc), &difference]);
    }
}

fn figure(f: &Figure) -> String {
    match (f.status, f.value, f.low, f.high) {
        (Status::TooFew, ..) => "too few".to_owned(),
        (Status::Given, Some(v), Some(low), Some(high)) => format!("{v:.2} [{low:.2} {high:.2}]"),
        (Status::Given, Some(v), ..) => format!("{v:.2}"),
        _ => "n/a".to_owned(),
    }
}

fn rate(r: &Rate) -> String {
    let counts = format!("{}/{}", r.count, r.of);
    match (r.share.status, r.share.value, r.share.low, r.share.high) {
        (Status::TooFew, ..) => format!("{counts} too few"),
        (Status::Given, Some(v), Some(low), Some(high)) => {
            format!("{counts} {:.0}% [{:.0} {:.0}]", v * 100.0, low * 100.0, high * 100.0)
        }
        (Status::Given, Some(v), ..) => format!("{counts} {:.0}%", v * 100.0),
        _ => format!("{counts} n/a"),
    }
}

fn credit(credit: Credit) -> &'static str {
    match credit {
        Credit::None => "not",
        Credit::Half => "half",
        Credit::Full => "earned",
    }
}

fn disagreement(out: &mut String, d: &Disagreement, graders: &[String; 3]) {
    let [both, ..] = graders;
    let given: Vec<&str> = d.humans.iter().map(|h| h.map_or("-", credit)).collect();
    let people = match d.humans {
        [Some(_), None] => given.first().copied().unwrap_or_default().to_owned(),
        [None, Some(_)] => given.last().copied().unwrap_or_default().to_owned(),
        _ => format!("{} ({both})", given.join(" : ")),
    };
    let (id, machine) = (clean(&d.id), credit(d.machine));
    let _ = writeln!(out, "    {id}  {}  human {people}, machine {machine}", d.element);
    let _ = writeln!(out, "      {}", clean(&d.reason));
}

fn band_disagreement(out: &mut String, d: &BandDisagreement) {
    let people: Vec<&str> = d.humans.iter().flatten().map(String::as_str).collect();
    let _ = writeln!(out, "    {}  human {}, machine {}", clean(&d.id), people.join(" : "), d.machine);
    let _ = writeln!(out, "      {}", clean(&d.reason));
    for why in &d.because {
        let _ = writeln!(out, "      {}", clean(why));
    }
}
