//! What is meant for the staff and stands where players read.

use super::{Check, Ctx, Out};
use crate::span::Path;
use std::collections::BTreeMap;

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "staff-words", about: "words of the staff in texts players read", run: words },
    Check { name: "leaks", about: "ground truth and controller notes copied into texts players read", run: copies },
];

/// Phrases that belong to the staff's language.
const PHRASES: [&str; 18] = [
    "facilitator",
    "controller note",
    "controller notes",
    "exercise controller",
    "exercise control",
    "ground truth",
    "this inject",
    "next inject",
    "contingency inject",
    "expected action",
    "expected actions",
    "expected response",
    "msel",
    "red herring",
    "evaluator",
    "evaluators",
    "simulation cell",
    "for staff only",
];

fn words(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for t in &ctx.walk.texts {
        let text = format!(" {} ", normal(t.text).join(" "));
        if let Some(phrase) = PHRASES.iter().find(|p| text.contains(&format!(" {p} "))) {
            let help = "say it in the words of the person who writes, or move it to `controller_notes`";
            out.warn(&t.at, format!("players would read “{phrase}”"), help);
        }
    }
}

/// A run of this many words in both texts is no coincidence.
const RUN: usize = 12;

fn copies(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let mut secrets: BTreeMap<String, String> = BTreeMap::new();
    let mut keep = |text: &str, from: String| {
        for run in normal(text).windows(RUN) {
            secrets.entry(run.join(" ")).or_insert_with(|| from.clone());
        }
    };
    keep(&ctx.s.ground_truth, "the ground truth".into());
    for inject in &ctx.s.injects {
        keep(&inject.controller_notes, format!("the controller notes of {}", inject.id));
    }
    for trap in &ctx.s.traps {
        keep(&trap.instead, format!("the advice of trap `{}`", trap.id));
    }
    if secrets.is_empty() {
        return;
    }
    let rules = ctx.s.rules.iter().enumerate().map(|(i, r)| (Path::from("rules").index(i), r.as_str()));
    let texts = ctx.walk.texts.iter().map(|t| (t.at.clone(), t.text));
    for (at, text) in texts.chain(rules) {
        let words = normal(text);
        if let Some((run, from)) = words.windows(RUN).find_map(|w| Some((w, secrets.get(&w.join(" "))?))) {
            let message = format!("players would read {from}: “{} …”", run[..6].join(" "));
            out.error(&at, message, "let players find out; say here only what this sender knows");
        }
    }
}

fn normal(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}
