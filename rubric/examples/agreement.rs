//! How far the engine and people who graded the same messages agree, element by element.
//!
//! ```text
//! MESSAGES=dir RUBRICS=dir [HALF=odd|even] [SHOW=1] cargo run --release -p rubric --example agreement
//! ```
//!
//! `MESSAGES` holds `NAME.jsonl` per scenario, a line `{"id", "product", "text"}` per message, and `grades-*.jsonl`,
//! a line `{"id", "grader", "elements": {ELEMENT: 1 | 0.5 | 0}}` per message and grader. `RUBRICS` holds
//! `NAME/rubrics.ron`. `HALF` takes only messages whose id ends in an odd or even number: tune on one half, report
//! the other. `SHOW` lists the disagreements with the engine's reason; leave it off for the half that is held out.

use rubric::{Compiled, Context, Credit, Reading, Rubric};
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// Below this many messages a figure is noise.
const TOO_FEW: usize = 20;
/// Resamples for an interval.
const RESAMPLES: usize = 1000;

/// What one side gives an element: 0 nothing, 1 half, 2 all.
type Mark = usize;

/// One element of one message.
struct Judgement {
    message: String,
    product: String,
    element: String,
    engine: Mark,
    graders: BTreeMap<String, Mark>,
    reason: String,
    quote: String,
}

/// Marks of two sides for the same element, with the message they stand in.
type Pairs = Vec<(usize, Mark, Mark)>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::var("MESSAGES").map_err(|_| "set MESSAGES to the folder with messages and grades")?;
    let rubrics = std::env::var("RUBRICS").map_err(|_| "set RUBRICS to the folder with the scenarios' rubrics")?;
    let half = std::env::var("HALF").unwrap_or_default();
    let all = judge(Path::new(&folder), Path::new(&rubrics), &half)?;
    if all.is_empty() {
        return Err("no message is both in MESSAGES and graded".into());
    }
    let mut products: Vec<&str> = all.iter().map(|j| j.product.as_str()).collect();
    products.sort_unstable();
    products.dedup();
    for product in products {
        report(product, &all.iter().filter(|j| j.product == product).collect::<Vec<_>>(), false);
    }
    report("ALL", &all.iter().collect::<Vec<_>>(), true);
    if std::env::var_os("SHOW").is_some() {
        all.iter().for_each(show);
    }
    Ok(())
}

/// Reads messages and grades and lets the engine mark them.
fn judge(folder: &Path, rubrics: &Path, half: &str) -> Result<Vec<Judgement>, Box<dyn Error>> {
    let grades = grades(folder)?;
    let mut out = Vec::new();
    for path in files(folder)? {
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("grades-") {
            continue;
        }
        let compiled = compile(&rubrics.join(&name).join("rubrics.ron"))?;
        for row in lines(&path)? {
            let (id, product, text) = (field(&row, "id")?, field(&row, "product")?, field(&row, "text")?);
            let odd = id.bytes().last().is_some_and(|b| b.is_ascii_digit() && (b - b'0') % 2 == 1);
            if half == "odd" && !odd || half == "even" && odd {
                continue;
            }
            let rubric = compiled.get(&product).ok_or_else(|| format!("{name} has no rubric \"{product}\""))?;
            let reading = rubric.read(&text, &Context::default());
            if std::env::var_os("SHOW").is_some() {
                reading.gated.iter().for_each(|g| println!("GATED {id} {:?}: {}", g.flag, g.quote.trim()));
            }
            let marks = grades.get(&id);
            out.extend(marks.into_iter().flat_map(|m| joined(&id, &format!("{name}/{product}"), &reading, m)));
        }
    }
    Ok(out)
}

type Grades = BTreeMap<String, BTreeMap<String, BTreeMap<String, Mark>>>;

/// Message, then element, then grader.
fn grades(folder: &Path) -> Result<Grades, Box<dyn Error>> {
    let mut out = Grades::new();
    for path in files(folder)? {
        if !path.file_stem().is_some_and(|s| s.to_string_lossy().starts_with("grades-")) {
            continue;
        }
        for row in lines(&path)? {
            let (id, grader) = (field(&row, "id")?, field(&row, "grader")?);
            let marks = row.get("elements").and_then(Value::as_object).ok_or("a grade has no elements")?;
            for (element, mark) in marks {
                let mark = match mark.as_f64() {
                    Some(m) if m >= 0.75 => 2,
                    Some(m) if m >= 0.25 => 1,
                    Some(_) => 0,
                    None => return Err(format!("{id}: the mark of {element} is no number").into()),
                };
                out.entry(id.clone()).or_default().entry(element.clone()).or_default().insert(grader.clone(), mark);
            }
        }
    }
    Ok(out)
}

fn joined(id: &str, product: &str, r: &Reading, marks: &BTreeMap<String, BTreeMap<String, Mark>>) -> Vec<Judgement> {
    let one = |e: &rubric::ElementResult| {
        Some(Judgement {
            message: id.to_owned(),
            product: product.to_owned(),
            element: e.id.clone(),
            engine: match e.credit {
                Credit::Full => 2,
                Credit::Half => 1,
                Credit::None => 0,
            },
            graders: marks.get(&e.id)?.clone(),
            reason: e.reason(),
            quote: e.evidence.as_ref().map(|v| v.quote.trim().to_owned()).unwrap_or_default(),
        })
    };
    r.elements.iter().filter_map(one).collect()
}

fn compile(path: &Path) -> Result<BTreeMap<String, Compiled>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let list: Vec<Rubric> = options.from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let one = |r: Rubric| match Compiled::new(&r) {
        Ok(c) => Ok((r.id, c)),
        Err(faults) => Err(format!("{}: {faults:?}", path.display()).into()),
    };
    list.into_iter().map(one).collect()
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, Box<dyn Error>> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut out: Vec<_> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    out.retain(|p| p.extension().is_some_and(|e| e == "jsonl"));
    out.sort();
    Ok(out)
}

fn lines(path: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let rows = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    rows.map(|(n, l)| serde_json::from_str(l).map_err(|e| format!("{} line {}: {e}", path.display(), n + 1).into()))
        .collect()
}

fn field(row: &Value, name: &str) -> Result<String, Box<dyn Error>> {
    Ok(row.get(name).and_then(Value::as_str).ok_or_else(|| format!("a line has no \"{name}\": {row}"))?.to_owned())
}

/// One block of figures.
fn report(name: &str, list: &[&Judgement], intervals: bool) {
    let mut messages: Vec<&str> = list.iter().map(|j| j.message.as_str()).collect();
    messages.sort_unstable();
    messages.dedup();
    let at = |j: &Judgement| messages.binary_search(&j.message.as_str()).unwrap_or(0);
    let mut graders: Vec<&String> = list.iter().flat_map(|j| j.graders.keys()).collect();
    graders.sort_unstable();
    graders.dedup();
    let few = if messages.len() < TOO_FEW { " (too few to tell)" } else { "" };
    println!("\n{name}: {} messages, {} judgements{few}", messages.len(), list.len());
    let with = |g: &str| -> Pairs { list.iter().filter_map(|j| Some((at(j), j.engine, *j.graders.get(g)?))).collect() };
    let mut pooled = Pairs::new();
    for g in &graders {
        let pairs = with(g);
        line(&format!("engine and {g}"), &pairs, messages.len(), intervals);
        pooled.extend(pairs);
    }
    if graders.len() > 1 {
        line("engine, pooled", &pooled, messages.len(), intervals);
    }
    for (n, a) in graders.iter().enumerate() {
        for b in graders.iter().skip(n + 1) {
            let pairs: Pairs =
                list.iter().filter_map(|j| Some((at(j), *j.graders.get(*a)?, *j.graders.get(*b)?))).collect();
            line(&format!("{a} and {b}"), &pairs, messages.len(), intervals);
        }
    }
}

/// Kappa, agreement, false and missed credit of one pair of sides.
fn line(name: &str, pairs: &Pairs, messages: usize, interval: bool) {
    let share = |f: &dyn Fn(&(usize, Mark, Mark)) -> bool| {
        let n = pairs.iter().filter(|p| f(p)).count();
        (n, n as f64 * 100.0 / pairs.len().max(1) as f64)
    };
    let (_, exact) = share(&|(_, a, b)| a == b);
    let (false_n, false_share) = share(&|(_, a, b)| *a > 0 && *b == 0);
    let (missed_n, missed_share) = share(&|(_, a, b)| *a == 0 && *b > 0);
    let span = if interval {
        let (low, high) = bootstrap(pairs, messages);
        format!(" [{low:.2}, {high:.2}]")
    } else {
        String::new()
    };
    println!(
        "  {name:<16} kappa {:>5.2}{span} (full marks only {:.2}, half apart {:.2}), exact {exact:.0} %, false credit {false_n} ({false_share:.1} %), missed {missed_n} ({missed_share:.1} %)",
        kappa(pairs, 2, earned),
        kappa(pairs, 2, full),
        kappa(pairs, 3, |m| m),
    );
}

fn earned(m: Mark) -> usize {
    usize::from(m > 0)
}

fn full(m: Mark) -> usize {
    usize::from(m == 2)
}

/// Cohen's kappa (1960) over classes of marks.
fn kappa(pairs: &Pairs, classes: usize, class: impl Fn(Mark) -> usize) -> f64 {
    let n = pairs.len().max(1) as f64;
    let mut table = vec![vec![0.0f64; classes]; classes];
    for (_, a, b) in pairs {
        if let Some(cell) = table.get_mut(class(*a)).and_then(|row| row.get_mut(class(*b))) {
            *cell += 1.0;
        }
    }
    let observed: f64 = table.iter().enumerate().filter_map(|(i, row)| row.get(i)).sum::<f64>() / n;
    let row = |i: usize| table.get(i).map_or(0.0, |r| r.iter().sum::<f64>()) / n;
    let column = |i: usize| table.iter().filter_map(|r| r.get(i)).sum::<f64>() / n;
    let chance: f64 = (0..classes).map(|i| row(i) * column(i)).sum();
    if chance >= 1.0 { 1.0 } else { (observed - chance) / (1.0 - chance) }
}

/// A 95 % interval of the kappa of earned or not: messages drawn with replacement, from a fixed seed.
fn bootstrap(pairs: &Pairs, messages: usize) -> (f64, f64) {
    let mut of: Vec<Pairs> = vec![Vec::new(); messages];
    for p in pairs {
        if let Some(list) = of.get_mut(p.0) {
            list.push(*p);
        }
    }
    let mut seed = 1u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % messages.max(1)
    };
    let mut all: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let sample: Pairs = (0..messages).filter_map(|_| of.get(draw())).flatten().copied().collect();
            kappa(&sample, 2, earned)
        })
        .collect();
    all.sort_by(f64::total_cmp);
    let at = |share: usize| all.get(all.len() * share / 1000).copied().unwrap_or(0.0);
    (at(25), at(975))
}

/// A disagreement with the engine's reason.
fn show(j: &Judgement) {
    if j.graders.values().all(|m| *m == j.engine) {
        return;
    }
    let word = |m: Mark| ["0", "half", "1"].get(m).copied().unwrap_or("?");
    let graders: Vec<String> = j.graders.iter().map(|(g, m)| format!("{g} {}", word(*m))).collect();
    let way = match (j.engine, j.graders.values().max().copied().unwrap_or(0)) {
        (0, 1..) => "MISSED",
        (1.., 0) => "FALSE",
        _ => "HALF",
    };
    println!("\n{way} {} {}: engine {}, {}", j.message, j.element, word(j.engine), graders.join(", "));
    println!("  {}", j.reason);
    if !j.quote.is_empty() {
        println!("  \"{}\"", j.quote);
    }
}
