//! Faults in a rubric, in an author's words.

use crate::compile::Compiled;
use crate::read::{Context, Source};
use crate::reading::{Credit, ElementResult, Fault, FormCheck};
use crate::rubric::{Element, Rubric, Vague, Wanted};
use crate::word::forms;

/// Everything wrong or doubtful with a rubric; the examples are run as unit tests.
#[must_use]
pub fn lint(rubric: &Rubric) -> Vec<Fault> {
    let compiled = match Compiled::new(rubric) {
        Ok(c) => c,
        Err(faults) => return faults,
    };
    let mut out = Vec::new();
    for (i, e) in rubric.elements.iter().enumerate() {
        examples(&compiled, i, e, &mut out);
        tenses(i, e, &mut out);
    }
    twins(&compiled, &mut out);
    points(&compiled, &mut out);
    prohibitions(&compiled, &mut out);
    out
}

/// Patterns that fire on what the writer is given: copying could earn them.
#[must_use]
pub fn lint_against(rubric: &Rubric, sources: &[Source]) -> Vec<Fault> {
    let Ok(c) = Compiled::new(rubric) else { return Vec::new() };
    let mut out = Vec::new();
    for s in sources {
        let r = c.read(&s.text, &Context::default());
        for (i, e) in r.elements.iter().enumerate().filter(|(_, e)| e.credit != Credit::None) {
            let quote = e.evidence.as_ref().map(|v| v.quote.as_str()).unwrap_or_default();
            out.push(Fault::warning(
                format!("elements[{i}]"),
                format!("{} gives points for \"{}\" in {}", e.label, quote.trim(), s.id),
                "the copy gate catches whole sentences only; ask for something the writer must add",
            ));
        }
    }
    out
}

/// The element as it comes out when only this sentence is written, wherever it must stand.
fn alone(c: &Compiled, i: usize, text: &str) -> Option<ElementResult> {
    c.read(text, &Context::default()).elements.into_iter().nth(i)
}

fn examples(c: &Compiled, i: usize, e: &Element, out: &mut Vec<Fault>) {
    for (n, text) in e.examples_ok.iter().enumerate() {
        let Some(r) = alone(c, i, text) else { continue };
        if r.credit != Credit::Full {
            out.push(Fault::error(
                format!("elements[{i}].examples_ok[{n}]"),
                format!("\"{text}\" should earn {} in full and does not: {}", e.label(), r.reason()),
                "widen a pattern, change the state, or correct the example",
            ));
        }
    }
    for (n, text) in e.examples_no.iter().enumerate() {
        let Some(r) = alone(c, i, text) else { continue };
        if r.credit != Credit::None {
            out.push(Fault::error(
                format!("elements[{i}].examples_no[{n}]"),
                format!("\"{text}\" should earn nothing for {} and does: {}", e.label(), r.reason()),
                if e.vague == Some(Vague::Half) {
                    "write vague: None, or leave it out; or narrow a pattern"
                } else {
                    "narrow a pattern, ask for a state or a need, or use none_of"
                },
            ));
        }
    }
    if e.examples_ok.is_empty() {
        out.push(Fault::warning(
            format!("elements[{i}].examples_ok"),
            format!("{} has no example that earns it", e.label()),
            "add a sentence a good writer would use",
        ));
    }
    if e.examples_no.is_empty() {
        out.push(Fault::warning(
            format!("elements[{i}].examples_no"),
            format!("{} has no example that must not earn it", e.label()),
            "add a sentence that is near but wrong, such as a plan instead of a deed",
        ));
    }
    keywords(c, i, e, out);
}

/// An element that is earned by its bare keywords.
fn keywords(c: &Compiled, i: usize, e: &Element, out: &mut Vec<Fault>) {
    let weak = e.any_of.iter().enumerate().find(|(_, p)| {
        let body = p.rsplit_once('~').map_or(p.as_str(), |(b, _)| b);
        let words: Vec<String> = body.split(['+', '>']).filter_map(|g| keyword(c, g)).collect();
        // Three words or fewer are hardly told from a short line of a report.
        let text = words.join(" ");
        words.len() < 2 && !text.contains(' ') && alone(c, i, &text).is_some_and(|r| r.credit == Credit::Full)
    });
    if let Some((n, _)) = weak {
        out.push(Fault::warning(
            format!("elements[{i}].any_of[{n}]"),
            format!("{} is earned by a bare keyword", e.label()),
            "add a second group, or ask for a state or a need",
        ));
    }
}

fn keyword(c: &Compiled, group: &str) -> Option<String> {
    let first = group.trim().split('|').next()?.trim();
    if first.starts_with('!') {
        return None;
    }
    let word = match first.strip_prefix('@') {
        Some(name) => crate::pattern::Names { own: &c.rubric.lexicon }.get(name)?.first().map(|w| (*w).to_owned())?,
        None => first.to_owned(),
    };
    Some(word.trim_matches(['=', '*']).replace(['_', '*'], " "))
}

/// Past forms that also match other tenses, where nothing else looks at the tense.
fn tenses(i: usize, e: &Element, out: &mut Vec<Fault>) {
    if e.state != Wanted::Any || !e.full.is_empty() {
        return;
    }
    for (n, p) in e.any_of.iter().enumerate() {
        for word in
            p.split(['|', '+', '>', '~', ' ', '_']).map(str::trim).filter(|w| w.chars().all(char::is_alphabetic))
        {
            let f = forms(&word.to_lowercase());
            if f.past || f.participle {
                out.push(Fault::warning(
                    format!("elements[{i}].any_of[{n}]"),
                    format!("\"{word}\" also matches its other tenses, and state Any does not tell them apart"),
                    format!("write ={word} for this form only, or ask for state Done"),
                ));
            }
        }
    }
}

/// Elements that always come together on the examples.
fn twins(c: &Compiled, out: &mut Vec<Fault>) {
    let list = &c.rubric.elements;
    let texts: Vec<(usize, &String)> =
        list.iter().enumerate().flat_map(|(i, e)| e.examples_ok.iter().map(move |t| (i, t))).take(400).collect();
    let fired: Vec<Vec<bool>> = texts
        .iter()
        .map(|(_, t)| c.read(t, &Context::default()).elements.iter().map(|e| e.credit != Credit::None).collect())
        .collect();
    let at = |row: &Vec<bool>, i: usize| row.get(i).copied().unwrap_or(false);
    for a in 0..list.len() {
        for b in a + 1..list.len() {
            let own = |x: usize| texts.iter().filter(|(i, _)| *i == x).count();
            let together = fired.iter().filter(|r| at(r, a) && at(r, b)).count();
            let either = fired.iter().filter(|r| at(r, a) || at(r, b)).count();
            if own(a) > 0 && own(b) > 0 && together == either && together > 0 {
                let name = |x: usize| list.get(x).map_or("", |e| e.id.as_str());
                out.push(Fault::warning(
                    format!("elements[{b}]"),
                    format!("\"{}\" and \"{}\" are earned by the same examples", name(a), name(b)),
                    "two judgements must be able to differ; merge them or tell them apart",
                ));
            }
        }
    }
}

fn points(c: &Compiled, out: &mut Vec<Fault>) {
    let span = c.rubric.combine.scale.1.0 - c.rubric.combine.scale.0.0;
    let content: i64 = c.rubric.elements.iter().map(|e| i64::from(e.points.0)).sum();
    let form: i64 = c.form.iter().map(|(_, p)| i64::from(*p)).sum();
    if c.rubric.elements.is_empty() {
        out.push(Fault::warning("elements", "the rubric has no elements", "nothing can be earned"));
    } else if content + form != i64::from(span) {
        let h = |n: i64| crate::Hundredths(i32::try_from(n).unwrap_or(0));
        out.push(Fault::warning(
            "combine.scale",
            format!(
                "elements ({}) and form ({}) add up to {}, the scale spans {}",
                h(content),
                h(form),
                h(content + form),
                h(i64::from(span))
            ),
            "marks are stretched to the scale; let them add up so that authors and writers see the same numbers",
        ));
    }
    if form * 5 > content + form {
        out.push(Fault::warning("form", "form is worth more than a fifth of the points", "content should decide"));
    }
    let readability = c.form.iter().find(|(k, _)| *k == FormCheck::Readability).map_or(0, |(_, p)| i64::from(*p));
    if readability * 10 > content + form {
        out.push(Fault::warning(
            "form.readability",
            "readability is worth more than a tenth of the points",
            "formulas agree with readers only roughly (r about 0.5)",
        ));
    }
}

fn prohibitions(c: &Compiled, out: &mut Vec<Fault>) {
    for (i, p) in c.rubric.prohibited.iter().enumerate() {
        if p.why.trim().is_empty() {
            out.push(Fault::error(
                format!("prohibited[{i}].why"),
                format!("\"{}\" does not say why", p.id),
                "the writer will be shown the reason; write it",
            ));
        }
        let hit = |t: &str| c.read(t, &Context::default()).prohibited.iter().any(|h| h.id == p.id);
        for (n, t) in p.examples_hit.iter().enumerate().filter(|(_, t)| !hit(t)) {
            out.push(Fault::error(
                format!("prohibited[{i}].examples_hit[{n}]"),
                format!("\"{t}\" should be hit and is not"),
                "widen a pattern or change the state",
            ));
        }
        for (n, t) in p.examples_fine.iter().enumerate().filter(|(_, t)| hit(t)) {
            out.push(Fault::error(
                format!("prohibited[{i}].examples_fine[{n}]"),
                format!("\"{t}\" should be fine and is hit"),
                "narrow a pattern, ask for a state, or use none_of",
            ));
        }
    }
}
