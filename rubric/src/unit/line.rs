//! What a line is, and what a heading or label says of what follows.

use super::{Lead, UnitKind};
use crate::token::Token;

/// How many tokens of a label such as "Not known:" or "done -" the sentence begins with, its mark included.
pub(super) fn label(tokens: &[Token]) -> usize {
    let words = tokens.iter().take_while(|t| t.is_word()).count();
    let mark = tokens.get(words).and_then(Token::mark);
    let more = tokens.len() > words + 1;
    if (1..=4).contains(&words) && matches!(mark, Some(':' | '\u{2014}')) && more { words + 1 } else { 0 }
}

/// What a label says of what follows it in the line.
pub(super) fn label_lead(tokens: &[Token]) -> Option<Lead> {
    let words: Vec<&str> = tokens.iter().filter(|t| t.is_word()).map(|t| t.text.as_str()).collect();
    match words.as_slice() {
        ["next" | "open" | "needs" | "need"] => None,
        ["taken" | "measures" | "us"] => Some(Lead::Done),
        _ => heading_lead(&words.join(" ")),
    }
}

pub(super) fn line_kind(body: &str) -> UnitKind {
    if body.starts_with('|') || body.matches(" | ").count() >= 2 || body.contains('\t') {
        return UnitKind::Row;
    }
    if body.starts_with('#') {
        return UnitKind::Heading;
    }
    let words = body.split_whitespace().count();
    let bare = body.trim_matches(['*', '_', ' ']);
    if words <= 9 && bare.ends_with(':') && !bullet(body) {
        return UnitKind::Heading;
    }
    let shape = bare.trim_end_matches(':');
    if words <= 6
        && !bullet(body)
        && !bare.ends_with(['.', '!', '?'])
        && heading_lead(shape).is_some()
        && !shape.contains(':')
    {
        return UnitKind::Heading;
    }
    if bullet(body) {
        return UnitKind::Bullet;
    }
    let first = body.trim_start_matches(['[', '(', '*']).split_whitespace().next().unwrap_or("");
    let clock = first.trim_end_matches([']', ')', ':', ',', '*', 'z', '-', '\u{2013}']);
    let digits = clock.bytes().filter(u8::is_ascii_digit).count();
    let marks = clock.bytes().all(|b| b.is_ascii_digit() || b":.-/t".contains(&b));
    if marks && (3..=12).contains(&digits) && words > 2 && (clock.contains(':') || clock.contains('.') || digits == 4) {
        return UnitKind::Timeline;
    }
    UnitKind::Prose
}

/// Whether the line begins like a list item.
pub(super) fn bullet(body: &str) -> bool {
    let mut chars = body.chars();
    match chars.next() {
        Some('\u{2022}' | '\u{2713}' | '\u{2013}' | '\u{2014}') => true,
        Some('-' | '*' | '+' | '>') => body.get(1..).is_some_and(|s| s.starts_with([' ', '['])),
        Some(c) if c.is_ascii_digit() || c.is_ascii_lowercase() => {
            let n = body.bytes().take_while(u8::is_ascii_digit).count().max(1);
            n <= 2 && body.get(n..).is_some_and(|s| s.starts_with(") ") || (c.is_ascii_digit() && s.starts_with(". ")))
        }
        Some('(') => body.get(2..).is_some_and(|s| s.starts_with(") ")),
        _ => false,
    }
}

/// What a heading says of what follows.
pub(super) fn heading_lead(body: &str) -> Option<Lead> {
    let body = body.trim_matches(|c: char| !c.is_alphanumeric());
    let has = |list: &[&str]| list.iter().any(|w| body.contains(w));
    if has(&[
        "not know",
        "unknown",
        "open question",
        "not yet",
        "unconfirmed",
        "don't know",
        "not confirmed",
        "unclear",
        "to be confirmed",
        "still investigating",
        "under investigation",
    ]) {
        return Some(Lead::Unknown);
    }
    if has(&[
        "next step",
        "next action",
        "what happens next",
        "what's next",
        "what is next",
        "planned",
        "to do",
        "todo",
        "will do",
        "are doing next",
        "outstanding",
        "to be completed",
        "upcoming",
        "in progress",
        "next hour",
        "plan",
        "we need",
        "pending",
        "what comes next",
        "under way",
        "underway",
        "remaining",
    ]) {
        return Some(Lead::Planned);
    }
    if has(&[
        "done",
        "actions taken",
        "action taken",
        "completed",
        "so far",
        "to date",
        "have taken",
        "we did",
        "steps taken",
        "actions to date",
        "what happened",
        "containment actions",
        "what we know",
        "confirmed",
        "known facts",
        "timeline",
    ]) {
        return Some(Lead::Done);
    }
    None
}
