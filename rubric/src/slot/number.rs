//! Counts, shares and money, and numbers that are none of these.

use super::{Slot, UNITS, Value, slot, text};
use crate::token::{Kind, Token};

/// Units and nouns that make a number something other than a count of things.
const MEASURES: &[&str] = &[
    "gb",
    "mb",
    "tb",
    "kb",
    "gigabyte",
    "gigabytes",
    "megabytes",
    "terabytes",
    "am",
    "pm",
    "utc",
    "gmt",
    "ms",
    "px",
    "km",
    "kwh",
    "degrees",
    "%",
    "percent",
    "per",
    "pct",
    "k8s",
];

/// Words before a number that make it a label.
const LABELS: &[&str] = &[
    "version",
    "v",
    "article",
    "art",
    "section",
    "step",
    "sev",
    "severity",
    "p",
    "tier",
    "phase",
    "level",
    "inj",
    "inject",
    "cve",
    "item",
    "room",
    "page",
    "option",
    "number",
    "no",
    "ref",
    "incident",
    "ticket",
    "inc",
    "line",
    "sha",
    "iso",
    "nis",
    "slide",
    "table",
    "appendix",
    "annex",
    "rule",
    "form",
    "port",
    "sitrep",
    "update",
    "part",
    "paragraph",
    "clause",
    "aml",
    "tlp",
    "stage",
    "priority",
    "sec",
    "fig",
    "figure",
    "chapter",
    "schedule",
    "recital",
    "measure",
    "runbook",
    "playbook",
    "build",
    "release",
    "revision",
    "rev",
    "ver",
    "node",
    "gpu",
    "host",
    "runner",
    "rack",
    "shard",
    "channel",
    "bridge",
    "case",
    "order",
    "sheet",
    "box",
    "volume",
    "epoch",
    "batch",
    "run",
    "job",
    "shift",
    "class",
    "type",
    "protocol",
    "slot",
    "gdpr",
    "tls",
    "http",
    "rfc",
    "pcre",
    "python",
    "question",
    "exhibit",
    "id",
    "track",
    "wave",
    "round",
];

/// Labels that also come in the plural ("Articles 33 and 34").
const SERIES: &[&str] =
    &["article", "art", "section", "clause", "step", "rule", "item", "annex", "phase", "stage", "version", "paragraph"];

/// Counts, shares and money.
pub(super) fn amount(tokens: &[Token], i: usize) -> Option<Slot> {
    let mark = tokens.get(i).and_then(Token::mark);
    if matches!(mark, Some('$' | '£' | '€')) {
        let (n, end) = whole(tokens, i + 1)?;
        return slot(i, end, Value::Money(n));
    }
    let w = text(tokens, i);
    if let Some(p) = w.strip_suffix('%') {
        return slot(i, i + 1, Value::Percent(percent(p)?));
    }
    let (n, end) = whole(tokens, i)?;
    let next = text(tokens, end);
    if matches!(next, "percent" | "pct" | "%") || (next == "per" && text(tokens, end + 1) == "cent") {
        let p = percent(w).unwrap_or(n.saturating_mul(100));
        return slot(i, end + 1 + usize::from(next == "per"), Value::Percent(p));
    }
    if matches!(next, "dollars" | "pounds" | "euros" | "usd" | "gbp" | "eur" | "euro") {
        return slot(i, end + 1, Value::Money(n));
    }
    let year = (1990..2100).contains(&n) && w.len() == 4;
    if UNITS.contains(&next) || MEASURES.contains(&next) || year || is_label(tokens, i) {
        return None;
    }
    // "two of us", "one thing": a spelled one is seldom a count.
    if end == i + 1 && w == "one" {
        return None;
    }
    slot(i, end, Value::Count(n))
}

/// Whether the number at `i` names a thing instead of counting things: "Art. 34", "bld-04", "33(1)", a telephone
/// number, "Articles 33 and 34".
fn is_label(tokens: &[Token], i: usize) -> bool {
    let number = |k: usize| tokens.get(k).is_some_and(|t| t.kind == Kind::Number);
    if !number(i) {
        return i > 0 && LABELS.contains(&text(tokens, i - 1));
    }
    let glued = tokens
        .get(i)
        .and_then(|t| t.glue)
        .is_some_and(|g| g != '/' && (matches!(g, '#' | '+') || i > 0 && !number(i - 1)));
    let compound = tokens.get(i + 1).is_some_and(|t| t.glue == Some('-') && t.is_word());
    let padded = text(tokens, i).len() > 1 && text(tokens, i).starts_with('0');
    if glued || compound || padded {
        return true;
    }
    let first = (0..i).rev().find(|k| !number(*k)).map_or(0, |k| k + 1);
    let last = (i..tokens.len()).find(|k| !number(*k)).unwrap_or(tokens.len());
    if last - first >= 3 {
        return true;
    }
    let Some(before) = i.checked_sub(1) else { return false };
    match text(tokens, before) {
        // "Art. 34", "No. 7"; "Severity: 1".
        "." | ":" => before > 0 && LABELS.contains(&text(tokens, before - 1)),
        // "33(1)"
        "(" => before > 0 && number(before - 1) && text(tokens, i + 1) == ")",
        // "Articles 33 and 34"
        "and" | "or" | "to" | "," | "/" | "\u{2014}" => {
            let plural = tokens.get(i + 1).is_some_and(|t| t.is_word() && t.text.len() > 3 && t.text.ends_with('s'));
            before > 0 && number(before - 1) && !plural && is_label(tokens, before - 1)
        }
        w => LABELS.contains(&w) || w.strip_suffix('s').is_some_and(|one| SERIES.contains(&one)),
    }
}

fn percent(s: &str) -> Option<i64> {
    let (a, b) = s.split_once('.').unwrap_or((s, ""));
    let whole: i64 = a.replace(',', "").parse().ok()?;
    let frac: i64 = match b.len() {
        0 => 0,
        1 => b.parse::<i64>().ok()? * 10,
        _ => b.get(..2)?.parse().ok()?,
    };
    whole.checked_mul(100)?.checked_add(frac)
}

/// A whole number in digits or words beginning at `i`, and where it ends.
pub(crate) fn whole(tokens: &[Token], i: usize) -> Option<(i64, usize)> {
    let w = text(tokens, i);
    if tokens.get(i)?.kind == Kind::Number {
        let mut end = i + 1;
        let n = match scale(text(tokens, end)) {
            Some(f) => {
                end += 1;
                decimal(w, f)?
            }
            None => digits(w)?,
        };
        return Some((n, end));
    }
    let (mut total, mut part, mut j) = (0i64, 0i64, i);
    let mut any = false;
    loop {
        let w = text(tokens, j);
        if let Some(n) = small(w) {
            part = part.checked_add(n)?;
            any = true;
        } else if w == "hundred" && any {
            part = part.max(1).checked_mul(100)?;
        } else if let (Some(f), true) = (scale(w), any) {
            total = total.checked_add(part.max(1).checked_mul(f)?)?;
            part = 0;
        } else if w == "and" && any && small(text(tokens, j + 1)).is_some() && j > i && (part >= 100 || total > 0) {
        } else if w == "a" && !any && matches!(text(tokens, j + 1), "hundred" | "thousand" | "million") {
            part = 1;
            any = true;
        } else {
            break;
        }
        j += 1;
    }
    any.then(|| (total.saturating_add(part), j))
}

fn scale(w: &str) -> Option<i64> {
    Some(match w {
        "thousand" | "k" => 1_000,
        "million" | "m" | "mn" => 1_000_000,
        "billion" | "bn" => 1_000_000_000,
        _ => return None,
    })
}

fn small(w: &str) -> Option<i64> {
    const ONES: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(n) = ONES.iter().position(|o| *o == w) {
        return i64::try_from(n).ok();
    }
    TENS.iter().position(|t| *t == w).and_then(|n| i64::try_from((n + 2) * 10).ok())
}

/// "three", "twelve".
pub(crate) fn is_numeral(w: &str) -> bool {
    small(w).is_some_and(|n| n > 1)
}

/// "312", "1,200", "1.2k".
fn digits(w: &str) -> Option<i64> {
    let n = w.bytes().take_while(|b| b.is_ascii_digit() || *b == b',' || *b == b'.').count();
    let (head, tail) = w.split_at_checked(n)?;
    if tail.is_empty() {
        return decimal(head, 1);
    }
    decimal(head, scale(tail)?)
}

/// A decimal number times `factor`, cut to a whole one.
fn decimal(s: &str, factor: i64) -> Option<i64> {
    let plain = s.replace(',', "");
    let (a, b) = plain.split_once('.').unwrap_or((&plain, ""));
    if factor == 1 && !b.is_empty() {
        return None;
    }
    let whole: i64 = a.parse().ok()?;
    let mut n = whole.checked_mul(factor)?;
    let mut unit = factor;
    for d in b.bytes() {
        if !d.is_ascii_digit() {
            return None;
        }
        unit /= 10;
        n = n.checked_add(i64::from(d - b'0').checked_mul(unit)?)?;
    }
    Some(n)
}
