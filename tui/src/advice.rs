//! What can be checked in a letter before it goes out. Remarks, never the answer.

use crate::{
    scene::{Approval, Scene},
    text,
};
use protocol::{Draft, Subject, pack::ProductView};

/// Longest sentence that goes without remark, in words.
const LONG: usize = 35;

/// Phrases that tell a reader nothing.
const EMPTY: &[&str] = &[
    "keep you posted",
    "take security very seriously",
    "takes security very seriously",
    "take security seriously",
    "takes security seriously",
    "out of an abundance of caution",
    "as soon as possible",
    "in due course",
    "at this point in time",
    "please bear with us",
    "working around the clock",
];

/// Promises about a time of repair.
const PROMISES: &[&str] =
    &["will be fixed by", "will be resolved by", "will be back by", "fixed shortly", "resolved shortly"];

/// Terms many readers outside do not know.
const JARGON: &[&str] = &[
    "ioc",
    "c2",
    "ttp",
    "edr",
    "siem",
    "sbom",
    "exfil",
    "lateral movement",
    "backdoor",
    "checkpoint",
    "egress",
    "safetensors",
    "fine-tune",
    "inference",
    "typosquat",
];

/// Every remark on a letter, a sentence each, gravest first.
#[must_use]
pub fn remarks(draft: &Draft, scene: &Scene) -> Vec<String> {
    let mut out = Vec::new();
    let pack = scene.pack();
    if draft.to.is_empty() {
        out.push("It has no recipient.".to_owned());
    }
    match &draft.via {
        None => out.push("No channel is chosen.".to_owned()),
        Some(via) => {
            if pack.is_some_and(|p| p.channels.iter().any(|c| c.id == *via && !c.writable)) {
                out.push(format!("Nothing can be sent by {via}."));
            }
        }
    }
    if draft.body.trim().is_empty() {
        out.push("It has no text.".to_owned());
    }
    if draft.subject.is_empty() {
        out.push("It has no subject.".to_owned());
    }
    if let Some(hole) = placeholder(&draft.body) {
        out.push(format!("A gap of the template is not filled in: {hole}"));
    }
    let product = draft.product.as_ref().and_then(|id| pack?.products.iter().find(|p| p.id == *id));
    let empty = product.map(|p| unanswered(&draft.body, &p.template)).unwrap_or_default();
    if let Some(first) = empty.first() {
        let more = if empty.len() > 1 { format!(" and {} more headings", empty.len() - 1) } else { String::new() };
        out.push(format!("Nothing stands under \"{first}\"{more}."));
    }
    if let Some(product) = product {
        plan(draft, product, scene, &mut out);
    }
    let read = product.and_then(|p| scene.preview.remarks(&p.id, &draft.body));
    match read {
        Some(remarks) => out.extend(remarks),
        None => {
            if let Some(product) = product {
                length(&draft.body, product.words, &mut out);
            }
            style(&draft.body, product.is_some(), &mut out);
        }
    }
    out
}

fn plan(draft: &Draft, product: &ProductView, scene: &Scene, out: &mut Vec<String>) {
    if let Some(of) = &product.approval {
        let own = of.as_str() == scene.board.seat.as_str();
        let stands = scene.approval(&Subject::Product(product.id.clone()));
        if !own && stands != Approval::Given {
            out.push(format!("The plan asks {} to approve it: {}.", scene.who(of.as_str()), stands.words()));
        }
    }
    if !scene.may_stand_in(&product.by) {
        out.push(format!("The plan has it written by {}.", scene.seats(&product.by)));
    }
    if draft.tlp.is_none() && product.tlp.is_some() {
        out.push("It carries no TLP marking.".to_owned());
    }
}

/// Without a rubric, the plan's word limits are checked here.
fn length(body: &str, (least, most): (u32, u32), out: &mut Vec<String>) {
    let words = text::words(body) as u32;
    if words < least {
        out.push(format!("{words} words; the plan asks for at least {least}."));
    }
    if most > 0 && words > most {
        out.push(format!("{words} words; the plan asks for at most {most}."));
    }
}

/// Headings of the template with nothing after them.
fn unanswered(body: &str, template: &str) -> Vec<String> {
    let is_heading = |line: &str| line.trim_end().ends_with(':') && template.lines().any(|t| t.trim() == line.trim());
    let mut out = Vec::new();
    let mut lines = body.lines().filter(|l| !matches!(l.trim(), "" | "EXERCISE")).peekable();
    while let Some(line) = lines.next() {
        if is_heading(line) && lines.peek().is_none_or(|next| is_heading(next)) {
            out.push(text::cut(text::line(line).trim_end_matches(':'), 30));
        }
    }
    out
}

/// `[…]`, `<…>` or `____` as house templates leave them.
fn placeholder(body: &str) -> Option<String> {
    for line in body.lines() {
        for (open, close) in [('[', ']'), ('<', '>')] {
            if let Some(from) = line.find(open)
                && let Some(to) = line[from..].find(close)
                && to > 1
            {
                return Some(text::cut(&text::line(&line[from..=from + to]), 40));
            }
        }
        if line.contains("___") {
            return Some(text::cut(&text::line(line), 40));
        }
    }
    None
}

fn style(body: &str, product: bool, out: &mut Vec<String>) {
    let lower = body.to_lowercase();
    let long = body
        .split(['.', '!', '?', '\n', ';'])
        .map(|s| (text::words(s), s))
        .filter(|(n, _)| *n > LONG)
        .max_by_key(|(n, _)| *n);
    if let Some((n, sentence)) = long {
        out.push(format!("One sentence has {n} words: \"{}\"", text::cut(&text::line(sentence), 40)));
    }
    for phrase in EMPTY.iter().filter(|p| lower.contains(*p)) {
        out.push(format!("\"{phrase}\" tells the reader nothing."));
    }
    for phrase in PROMISES.iter().filter(|p| lower.contains(*p)) {
        out.push(format!("\"{phrase}\" promises a time of repair."));
    }
    if product && text::words(body) > 10 && !next_update(&lower) {
        out.push("It names no time of the next update.".to_owned());
    }
    let terms: Vec<&str> = JARGON.iter().copied().filter(|t| has_word(&lower, t)).collect();
    if product && terms.len() > 1 {
        out.push(format!("Terms this reader may not know: {}.", terms.join(", ")));
    }
}

fn has_word(text: &str, term: &str) -> bool {
    text.match_indices(term).any(|(i, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(text[..i].chars().next_back()) && edge(text[i + term.len()..].chars().next())
    })
}

/// A sentence that speaks of an update and carries a time or a term.
fn next_update(lower: &str) -> bool {
    const WHEN: [&str; 8] = ["within", "every", "by noon", "o'clock", "minutes", "hour", "tomorrow", "utc"];
    lower.split(['.', '\n']).any(|s| {
        let clock = s.as_bytes().windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit());
        (s.contains("update") || s.contains("hear from us")) && (clock || WHEN.iter().any(|w| s.contains(w)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Vec<String> {
        let mut out = Vec::new();
        style(body, true, &mut out);
        out
    }

    #[test]
    fn remarks_name_what_can_be_checked() {
        assert!(of("We will keep you posted.").iter().any(|r| r.contains("tells the reader nothing")));
        assert!(of("It will be fixed by noon.").iter().any(|r| r.contains("promises")));
        assert!(of(&"word ".repeat(40)).iter().any(|r| r.contains("40 words")));
        let said =
            "We found a change in one model and took it out of service at 09:40. The next update comes by 11:00 UTC.";
        assert_eq!(of(said), Vec::<String>::new());
    }

    #[test]
    fn headings_with_nothing_under_them_are_found() {
        let template = "What happened:\n\nWhat to do:\n\nContact: desk";
        assert_eq!(unanswered("What happened:\nA.\n\nWhat to do:\n", template), ["What to do"]);
        assert_eq!(unanswered("What happened: A.\nWhat to do:\nB", template), Vec::<String>::new());
    }

    #[test]
    fn gaps_of_a_template_are_found() {
        assert_eq!(placeholder("Since [time], we …").as_deref(), Some("[time]"));
        assert_eq!(placeholder("Owner: ____").as_deref(), Some("Owner: ____"));
        assert_eq!(placeholder("a [] b"), None);
    }
}
