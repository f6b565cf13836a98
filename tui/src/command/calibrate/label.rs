//! Rows into messages with the marks people gave them.

use super::row::{Faults, Place, Row, shown};
use protocol::{SimTime, Span};
use rubric::{Credit, Rubric};
use scenarios::Loaded;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a person gave a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// In the rubric's order; `None` where they did not judge the element.
    pub(super) credits: Vec<Option<Credit>>,
    /// Place of the band, the lowest first.
    pub(super) band: Option<usize>,
    /// Hundredths of a point.
    pub(super) total: Option<i32>,
}

/// A message somebody graded.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) id: String,
    pub(super) product: String,
    pub(super) text: String,
    pub(super) at: Option<SimTime>,
    pub(super) delivered: Option<Vec<String>>,
    pub(super) marks: [Option<Marks>; 2],
}

/// All messages that will be read.
#[derive(Debug)]
pub(super) struct Labels {
    pub(super) labels: Vec<Label>,
    /// What the two graders are called.
    pub(super) graders: [String; 2],
    /// What was left out, and anything else the reader of the figures should know.
    pub(super) notes: Vec<String>,
}

const FIELDS: [&str; 9] = ["id", "product", "text", "at", "delivered", "elements", "band", "total", "second"];
const GRADE_FIELDS: [&str; 5] = ["id", "grader", "elements", "band", "total"];

/// Fields nobody asked for, with the number of lines that have them.
#[derive(Default)]
struct Ignored(BTreeMap<String, usize>);

impl Ignored {
    fn count(&mut self, fields: &Map<String, Value>, known: &[&str]) {
        for name in fields.keys().filter(|n| !known.contains(&n.as_str())) {
            *self.0.entry(name.clone()).or_default() += 1;
        }
    }

    fn note(&self, what: &str) -> Option<String> {
        let names: Vec<String> = self.0.iter().take(20).map(|(n, count)| format!("{} ({count})", shown(n))).collect();
        (!names.is_empty()).then(|| format!("Not read in the {what}: the fields {}.", names.join(", ")))
    }
}

/// Reads labels, and grades that are joined to them by id. Empty `products` means whichever the labels name.
pub(super) fn labels(
    loaded: &Loaded,
    products: &[String],
    rows: &[Row],
    grades: &[Row],
    faults: &mut Faults,
) -> Labels {
    let mut ignored = Ignored::default();
    let mut labels: Vec<Label> = Vec::new();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut others = 0;
    for row in rows {
        let Some(product) = product(loaded, products, row, faults) else { continue };
        let Some(rubric) = product.filter(|p| products.is_empty() || products.contains(&p.id)) else {
            others += 1;
            continue;
        };
        ignored.count(&row.fields, &FIELDS);
        let Some(label) = label(loaded, rubric, row, faults) else { continue };
        if let Some(line) = seen.insert(label.id.clone(), row.place.line) {
            faults.add(
                &row.place,
                format!("the id {} is on line {line} as well; give each message its own", shown(&label.id)),
            );
        }
        labels.push(label);
    }
    let mut notes = Vec::new();
    if others > 0 {
        notes.push(format!("{others} lines of other products were left out."));
    }
    notes.extend(ignored.note("labels"));
    let graders = join(loaded, &mut labels, grades, &mut notes, faults);
    let before = labels.len();
    labels.retain(|l| l.marks.iter().any(Option::is_some));
    if labels.len() < before {
        notes.push(format!("{} messages have no marks by anybody and were left out.", before - labels.len()));
    }
    Labels { labels, graders, notes }
}

/// The rubric of a row's product: `Some(None)` for a product that was not asked for.
fn product<'a>(loaded: &'a Loaded, asked: &[String], row: &Row, faults: &mut Faults) -> Option<Option<&'a Rubric>> {
    let known = || loaded.rubrics.iter().map(|r| r.id.as_str()).collect::<Vec<_>>().join(", ");
    let named = match row.fields.get("product") {
        Some(Value::String(id)) => id.trim().to_owned(),
        None | Some(Value::Null) => match asked {
            [one] => one.clone(),
            _ => {
                let what = format!("names no product; write \"product\" (one of {}), or give --product ID", known());
                faults.add(&row.place, what);
                return None;
            }
        },
        Some(_) => {
            faults.add(&row.place, format!("\"product\" is no text; write one of {}", known()));
            return None;
        }
    };
    let rubric = loaded.rubrics.iter().find(|r| r.id == named);
    if rubric.is_none() && asked.is_empty() {
        let what = format!("{} is no product of this scenario; write one of {}", shown(&named), known());
        faults.add(&row.place, what);
        return None;
    }
    Some(rubric)
}

fn label(loaded: &Loaded, rubric: &Rubric, row: &Row, faults: &mut Faults) -> Option<Label> {
    let place = &row.place;
    let text = match row.fields.get("text") {
        Some(Value::String(text)) if text.len() > rubric::MAX_TEXT => {
            let most = rubric::MAX_TEXT / 1024;
            faults.add(place, format!("the text has {} bytes, at most {most} KiB are read; shorten it", text.len()));
            return None;
        }
        Some(Value::String(text)) if !text.trim().is_empty() => text.clone(),
        _ => {
            faults.add(place, "has no text; write the whole message as \"text\"");
            return None;
        }
    };
    let first = marks(rubric, &row.fields, place, "", faults);
    let second = match row.fields.get("second") {
        None | Some(Value::Null) => None,
        Some(Value::Object(fields)) => {
            for name in fields.keys().filter(|n| !["elements", "band", "total"].contains(&n.as_str())) {
                let what =
                    format!("\"second\" has the unknown field {}; it holds elements, band and total", shown(name));
                faults.add(place, what);
            }
            marks(rubric, fields, place, "second.", faults)
        }
        Some(_) => {
            faults.add(place, "\"second\" is no object; write {\"elements\": {…}, \"band\": …, \"total\": …}");
            None
        }
    };
    Some(Label {
        id: id(row, faults).unwrap_or_else(|| format!("line {}", place.line)),
        product: rubric.id.clone(),
        text,
        at: at(row, faults),
        delivered: delivered(loaded, row, faults),
        marks: [first, second],
    })
}

fn id(row: &Row, faults: &mut Faults) -> Option<String> {
    match row.fields.get("id") {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) if id.chars().count() <= 200 => Some(id.trim().to_owned()),
        Some(Value::Number(n)) => Some(n.to_string()),
        Some(_) => {
            faults.add(&row.place, "the id is no short text; write at most 200 characters");
            None
        }
    }
}

fn at(row: &Row, faults: &mut Faults) -> Option<SimTime> {
    match row.fields.get("at") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => match Span::parse(text.trim()) {
            Ok(span) => Some(SimTime::ZERO + span),
            Err(e) => {
                faults.add(&row.place, format!("\"at\": {e}"));
                None
            }
        },
        Some(_) => {
            faults.add(&row.place, "\"at\" is no text; write the exercise time of sending such as \"00:41:00\"");
            None
        }
    }
}

fn delivered(loaded: &Loaded, row: &Row, faults: &mut Faults) -> Option<Vec<String>> {
    let ids: Vec<String> = match row.fields.get("delivered") {
        None | Some(Value::Null) => return None,
        Some(Value::String(text)) => text.split([' ', ',', ';']).filter(|x| !x.is_empty()).map(str::to_owned).collect(),
        Some(Value::Array(list)) => list.iter().map(|v| v.as_str().unwrap_or_default().to_owned()).collect(),
        Some(_) => vec![String::new()],
    };
    let known = |id: &String| loaded.scenario.injects.iter().any(|i| i.id.as_str() == id);
    for id in ids.iter().filter(|id| !known(id)) {
        let what = format!("\"delivered\": {} is no inject of this scenario; write [\"INJ-01\", …]", shown(id));
        faults.add(&row.place, what);
    }
    Some(ids)
}

/// What one person gave; `None` when they gave nothing.
fn marks(rubric: &Rubric, fields: &Map<String, Value>, place: &Place, of: &str, faults: &mut Faults) -> Option<Marks> {
    let mut marks = Marks { credits: vec![None; rubric.elements.len()], band: None, total: None };
    match fields.get("elements") {
        None | Some(Value::Null) => {}
        Some(Value::Object(elements)) => {
            for (id, value) in elements {
                let Some(i) = rubric.elements.iter().position(|e| e.id == *id) else {
                    let known = rubric.elements.iter().map(|e| e.id.as_str()).collect::<Vec<_>>().join(", ");
                    let what = format!("{} is no element of {}; write one of {known}", shown(id), rubric.id);
                    faults.add(place, what);
                    continue;
                };
                let credit = credit(value);
                if credit.is_none() && !value.is_null() {
                    let what = format!(
                        "{of}{id} is {}; write \"earned\", \"half\" or \"not\" (or 1, 0.5, 0)",
                        shown(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                    );
                    faults.add(place, what);
                }
                if let Some(slot) = marks.credits.get_mut(i) {
                    *slot = credit;
                }
            }
        }
        Some(_) => faults.add(place, format!("\"{of}elements\" is no object; write {{\"element-id\": \"earned\", …}}")),
    }
    marks.band = band(rubric, fields, place, of, faults);
    marks.total = total(rubric, fields, place, of, faults);
    let given = marks.credits.iter().any(Option::is_some) || marks.band.is_some() || marks.total.is_some();
    given.then_some(marks)
}

fn credit(value: &Value) -> Option<Credit> {
    let number = match value {
        Value::Number(n) => n.as_f64()?,
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "earned" => 1.0,
            "half" => 0.5,
            "not" => 0.0,
            other => other.parse().ok()?,
        },
        _ => return None,
    };
    [(0.0, Credit::None), (0.5, Credit::Half), (1.0, Credit::Full)].into_iter().find(|(n, _)| *n == number).map(|x| x.1)
}

fn band(rubric: &Rubric, fields: &Map<String, Value>, place: &Place, of: &str, faults: &mut Faults) -> Option<usize> {
    let value = fields.get("band").filter(|v| !v.is_null())?;
    let name = value.as_str().unwrap_or_default().trim();
    let found = rubric.bands.iter().position(|(_, band)| band == name);
    if found.is_none() {
        let known: Vec<String> = rubric.bands.iter().map(|(_, band)| format!("\"{band}\"")).collect();
        let what = shown(&value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let write = if known.is_empty() { "leave it out".to_owned() } else { format!("write {}", known.join(", ")) };
        faults.add(place, format!("\"{of}band\": {what} is no band of {}; {write}", rubric.id));
    }
    found
}

fn total(rubric: &Rubric, fields: &Map<String, Value>, place: &Place, of: &str, faults: &mut Faults) -> Option<i32> {
    let value = fields.get("total").filter(|v| !v.is_null())?;
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    let (low, high) = rubric.combine.scale;
    // Inside the scale, so the cast loses nothing but what is below a hundredth.
    let found = number.map(|n| n * 100.0).filter(|n| (f64::from(low.0)..=f64::from(high.0)).contains(n));
    if found.is_none() {
        faults.add(place, format!("\"{of}total\" is no number of points from {low} to {high}; write such as 7.5"));
    }
    found.map(|n| n.round() as i32)
}

/// Joins grades to labels; returns what the two graders are called.
fn join(
    loaded: &Loaded,
    labels: &mut [Label],
    grades: &[Row],
    notes: &mut Vec<String>,
    faults: &mut Faults,
) -> [String; 2] {
    let inline = |g: usize| labels.iter().any(|l| l.marks.get(g).is_some_and(Option::is_some));
    let taken = if inline(1) { 2 } else { usize::from(inline(0)) };
    let mut names: Vec<String> = ["first", "second"].into_iter().take(taken).map(str::to_owned).collect();
    let index: BTreeMap<String, usize> = labels.iter().enumerate().map(|(i, l)| (l.id.clone(), i)).collect();
    let mut ignored = Ignored::default();
    let (mut strangers, mut refused) = (Vec::new(), BTreeSet::new());
    for row in grades {
        let Some(id) = id(row, faults) else {
            faults.add(&row.place, "has no id; write the id of the message it grades");
            continue;
        };
        let Some(label) = index.get(&id).and_then(|i| labels.get_mut(*i)) else {
            strangers.push(id);
            continue;
        };
        ignored.count(&row.fields, &GRADE_FIELDS);
        let Some(grader) = row.fields.get("grader").and_then(Value::as_str).map(str::trim).filter(|g| !g.is_empty())
        else {
            faults.add(&row.place, "has no grader; write who graded it, such as \"A\"");
            continue;
        };
        let position = names.iter().skip(taken).position(|n| n == grader).map(|p| p + taken);
        let position = position.unwrap_or_else(|| {
            names.push(grader.to_owned());
            names.len() - 1
        });
        let Some(slot) = label.marks.get_mut(position) else {
            if refused.insert(grader.to_owned()) {
                let what = format!("{} is a third grader; give two at a time", shown(grader));
                faults.add(&row.place, what);
            }
            continue;
        };
        if slot.is_some() {
            faults.add(&row.place, format!("{} graded {} before; keep one", shown(grader), shown(&id)));
        }
        if let Some(rubric) = loaded.rubrics.iter().find(|r| r.id == label.product) {
            *slot = marks(rubric, &row.fields, &row.place, "", faults);
        }
    }
    if let Some(first) = strangers.first() {
        let many = strangers.len();
        notes.push(format!(
            "{many} grades belong to no message read here and were left out, the first for {}.",
            shown(first)
        ));
    }
    notes.extend(ignored.note("grades"));
    let mut named = names.into_iter();
    [named.next().unwrap_or_else(|| "first".to_owned()), named.next().unwrap_or_else(|| "second".to_owned())]
}
