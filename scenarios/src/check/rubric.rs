//! Rubrics: one for each product, sound in itself, and talking of injects that exist.

use super::{Check, Ctx, Out, name::Kind};
use crate::{
    fault::{Severity, nearest},
    span::Path,
};
use ::rubric::{Compiled, Context, Credit, Level, Rubric, Source, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "rubrics", about: "products without a rubric, rubrics without a product", run: pairs },
    Check { name: "rubric", about: "rubrics whose own examples fail, and other faults of one rubric", run: lint },
    Check { name: "copying", about: "rubrics that what a writer is given would satisfy", run: copying },
];

fn pairs(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let Some(rubrics) = ctx.rubrics else { return };
    for (i, product) in ctx.s.products.iter().enumerate() {
        if !rubrics.iter().any(|r| r.id == product.id.as_str()) {
            let at = Path::from("products").index(i).field("id");
            let help = match nearest(product.id.as_str(), rubrics.iter().map(|r| r.id.as_str())) {
                Some(near) => format!("rubrics.ron has `{near}`; the two ids must be the same"),
                None if ctx.rubrics_missing => {
                    "there is no rubrics.ron; write one with a rubric for each product".into()
                }
                None => format!("add a rubric with the id `{}` to rubrics.ron", product.id),
            };
            out.error(&at, format!("the product `{}` has no rubric", product.id), help);
        }
    }
    let mut seen = BTreeSet::new();
    for (i, rubric) in rubrics.iter().enumerate() {
        let at = Path::root().index(i).field("id");
        if !seen.insert(rubric.id.as_str()) {
            let message = format!("there are two rubrics `{}`", rubric.id);
            out.rubric(Severity::Error, &at, message, "keep one; the first would be used");
        }
        if !ctx.s.products.iter().any(|p| p.id.as_str() == rubric.id) {
            let help = ctx.hint(Kind::Product, "", &rubric.id);
            out.rubric(Severity::Warning, &at, format!("no product `{}` is written", rubric.id), help);
        }
        for (at, inject) in injects(rubric, &Path::root().index(i)) {
            if !ctx.names.has(Kind::Inject, "", inject) {
                let help = ctx.hint(Kind::Inject, "", inject);
                out.rubric(Severity::Error, &at, format!("there is no inject `{inject}`"), help);
            }
        }
    }
}

/// Every inject a rubric names.
fn injects<'a>(rubric: &'a Rubric, at: &Path) -> Vec<(Path, &'a str)> {
    let mut all = Vec::new();
    let mut add = |list: &str, i: usize, field: &str, id: &'a Option<String>| {
        if let Some(id) = id {
            all.push((at.field(list).index(i).field(field), id.as_str()));
        }
    };
    for (i, fact) in rubric.facts.iter().enumerate() {
        add("facts", i, "known_from_inject", &fact.known_from_inject);
        add("facts", i, "secret_until", &fact.secret_until);
    }
    for (i, element) in rubric.elements.iter().enumerate() {
        add("elements", i, "earliest_inject", &element.earliest_inject);
    }
    for (i, claim) in rubric.prohibited.iter().enumerate() {
        add("prohibited", i, "until_inject", &claim.until_inject);
    }
    all
}

fn lint(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (i, rubric) in ctx.rubrics.into_iter().flatten().enumerate() {
        for fault in ::rubric::lint(rubric) {
            say(out, i, fault);
        }
    }
}

fn say(out: &mut Out<'_>, i: usize, fault: ::rubric::Fault) {
    let severity = match fault.level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
    };
    let at = format!("[{i}].{}", fault.path);
    out.rubric(severity, &at.as_str().into(), fault.message, fault.hint);
}

/// What pasting earns: every text a writer is given is read as if it were sent, with the copy gate
/// looking at what the rubric asks it to look at.
fn copying(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let brief = Source { id: "the situation".into(), text: ctx.s.situation.clone() };
    let injects: Vec<Source> =
        ctx.s.injects.iter().map(|x| Source { id: x.id.to_string(), text: x.body.clone() }).collect();
    for (i, rubric) in ctx.rubrics.into_iter().flatten().enumerate() {
        // Compiled once for all texts; a rubric that cannot be has its faults already.
        let Ok(compiled) = Compiled::new(rubric) else { continue };
        let watched: Vec<Source> = std::iter::once(&brief)
            .filter(|_| rubric.copy.sources.contains(&SourceKind::ScenarioBrief))
            .chain(injects.iter().filter(|_| rubric.copy.sources.contains(&SourceKind::Injects)))
            .cloned()
            .collect();
        let template = ctx.s.products.iter().find(|p| p.id.as_str() == rubric.id).map(|p| p.template.clone());
        let template = template.map(|text| Source { id: "the product's own template".into(), text });
        // Once for an element; the next inject that satisfies it is the same mistake.
        let mut earned: BTreeMap<usize, &str> = BTreeMap::new();
        for source in std::iter::once(&brief).chain(&injects).chain(&template) {
            let reading = compiled.read(&source.text, &Context { sources: &watched, ..Context::default() });
            for (j, _) in reading.elements.iter().enumerate().filter(|(_, e)| e.credit != Credit::None) {
                earned.entry(j).or_insert(&source.id);
            }
        }
        let named = |(j, e): (usize, &::rubric::Element)| earned.get(&j).map(|id| format!("`{}` ({id})", e.id));
        let given: Vec<String> = rubric.elements.iter().enumerate().filter_map(named).collect();
        if !given.is_empty() {
            let message = format!(
                "{} of {} elements {} earned by pasting what the writer is given: {}",
                given.len(),
                rubric.elements.len(),
                if given.len() == 1 { "is" } else { "are" },
                given.join(", ")
            );
            let help = "ask for something the writer must add, or widen `copy.sources` and lower `copy.max_ratio`";
            out.rubric(Severity::Warning, &Path::root().index(i).field("id"), message, help);
        }
    }
}
