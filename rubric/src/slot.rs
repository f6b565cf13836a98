//! Typed values in a sentence: times, terms, counts, shares, money.

use crate::token::{Kind, Token};
use std::ops::Range;

/// A value found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Token range.
    pub(crate) tokens: Range<usize>,
    pub(crate) value: Value,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Minutes of the day in UTC where a zone was given, and whether one was.
    Clock { minute: i32, zoned: bool },
    /// Year (0 = not said), month, day.
    Date { year: i32, month: u8, day: u8 },
    /// "tomorrow", "by noon on Friday", "end of day".
    Day,
    /// "within two hours", "every 30 minutes": a term or rhythm.
    Interval,
    /// A whole number of things.
    Count(i64),
    /// Hundredths of a percent.
    Percent(i64),
    /// Whole units of money.
    Money(i64),
}

impl Value {
    /// Whether it says when.
    pub(crate) fn is_time(&self) -> bool {
        matches!(self, Self::Clock { .. } | Self::Date { .. } | Self::Day | Self::Interval)
    }
}

const UNITS: &[&str] = &[
    "second", "seconds", "sec", "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "h", "day", "days",
    "week", "weeks", "month", "months", "year", "years",
];
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
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

/// All values in a unit, left to right, none overlapping.
pub(crate) fn find(tokens: &[Token]) -> Vec<Slot> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let found = interval(tokens, i)
            .or_else(|| date(tokens, i))
            .or_else(|| clock(tokens, i))
            .or_else(|| day(tokens, i))
            .or_else(|| amount(tokens, i));
        match found {
            Some(slot) => {
                i = slot.tokens.end.max(i + 1);
                out.push(slot);
            }
            None => i += 1,
        }
    }
    out
}

fn text(tokens: &[Token], i: usize) -> &str {
    tokens.get(i).map_or("", |t| t.text.as_str())
}

fn slot(from: usize, to: usize, value: Value) -> Option<Slot> {
    Some(Slot { tokens: from..to, value })
}

/// "within two hours", "every 30 minutes", "in the next hour", "hourly", "in 2h".
fn interval(tokens: &[Token], i: usize) -> Option<Slot> {
    let w = text(tokens, i);
    if matches!(w, "hourly" | "daily" | "weekly" | "nightly" | "fortnightly") {
        return slot(i, i + 1, Value::Interval);
    }
    if !matches!(w, "within" | "in" | "every" | "each" | "after" | "next" | "over" | "inside" | "approximately" | "no")
    {
        return None;
    }
    let mut j = i + 1;
    while matches!(
        text(tokens, j),
        "the"
            | "next"
            | "coming"
            | "another"
            | "about"
            | "around"
            | "later"
            | "than"
            | "approximately"
            | "most"
            | "at"
            | "few"
    ) {
        j += 1;
    }
    let direct = UNITS.contains(&text(tokens, j)) && (matches!(w, "every" | "each") || j > i + 1);
    if direct
        || (matches!(text(tokens, j), "half" | "quarter")
            && matches!(text(tokens, j + 1), "an" | "hour" | "a" | "hourly"))
    {
        let half = usize::from(!direct) * 2;
        return slot(i, j + 1 + half, Value::Interval);
    }
    if matches!(text(tokens, j), "a" | "an") && UNITS.contains(&text(tokens, j + 1)) {
        return slot(i, j + 2, Value::Interval);
    }
    let (_, mut end) = whole(tokens, j).or_else(|| glued_unit(text(tokens, j)).map(|n| (n, j)))?;
    if end > j && matches!(text(tokens, end), "business" | "working" | "calendar" | "more") {
        end += 1;
    }
    if end == j {
        return slot(i, j + 1, Value::Interval);
    }
    UNITS.contains(&text(tokens, end)).then(|| Slot { tokens: i..end + 1, value: Value::Interval })
}

/// "2h", "30min".
fn glued_unit(word: &str) -> Option<i64> {
    let n = word.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = word.split_at_checked(n)?;
    if n == 0 || !UNITS.contains(&tail) && tail != "m" && tail != "d" {
        return None;
    }
    head.parse().ok()
}

fn month(word: &str) -> Option<u8> {
    if word.len() < 3 {
        return None;
    }
    let exact = |m: &&&str| **m == word || (word.len() <= 4 && m.starts_with(word));
    let at = MONTHS.iter().position(|m| exact(&m))?;
    u8::try_from(at + 1).ok()
}

/// "14 March 2026", "March 14", "2026-03-14[t07:40z]", "14/03/2026".
fn date(tokens: &[Token], i: usize) -> Option<Slot> {
    let w = text(tokens, i);
    if let Some((y, m, d, rest)) = iso_date(w) {
        return match rest.and_then(clock_text) {
            Some((minute, zoned, _)) => slot(i, i + 1, Value::Clock { minute, zoned }),
            None => slot(i, i + 1, Value::Date { year: y, month: m, day: d }),
        };
    }
    if let Some(found) = short_date(tokens, i) {
        return Some(found);
    }
    let day_of = |s: &str| -> Option<u8> {
        let s = s.trim_end_matches(|c: char| c.is_ascii_lowercase());
        s.parse().ok().filter(|d| (1..=31).contains(d))
    };
    let year_of = |k: usize| text(tokens, k).parse::<i32>().ok().filter(|y| (1990..2100).contains(y));
    if let (Some(day), Some(month)) = (day_of(w), month(text(tokens, i + 1))) {
        let year = year_of(i + 2);
        return slot(i, i + 2 + usize::from(year.is_some()), Value::Date { year: year.unwrap_or(0), month, day });
    }
    let capital = tokens.get(i).is_some_and(|t| t.capital);
    if let (true, Some(month), Some(day)) = (capital, month(w), day_of(text(tokens, i + 1))) {
        let comma = usize::from(text(tokens, i + 2) == ",");
        let year = year_of(i + 2 + comma);
        let end = i + 2 + year.map_or(0, |_| 1 + comma);
        return slot(i, end, Value::Date { year: year.unwrap_or(0), month, day });
    }
    None
}

/// "14/03/2026", "03/14/2026", "14.03.26", "14.03. 0840", "14/0840", "14MAR", "140840Z", "140840ZMAR26".
fn short_date(tokens: &[Token], i: usize) -> Option<Slot> {
    let w = text(tokens, i);
    if tokens.get(i)?.kind != Kind::Number {
        return None;
    }
    let small = |s: &str, most: u8| s.parse::<u8>().ok().filter(|n| (1..=most).contains(n));
    let parts: Vec<&str> = w.split(['/', '.']).collect();
    match parts.as_slice() {
        [a, b, y] if y.len() == 4 || y.len() == 2 && a.len() == 2 && b.len() == 2 => {
            let year: i32 = y.parse().ok().filter(|n| (20..40).contains(n) || (1990..2100).contains(n))?;
            let year = if year < 100 { 2000 + year } else { year };
            let (day, month) = match (small(a, 31), small(b, 12)) {
                (Some(d), Some(m)) => (d, m),
                _ => (small(b, 31)?, small(a, 12)?),
            };
            return slot(i, i + 1, Value::Date { year, month, day });
        }
        [d, t] if w.contains('/') && d.len() == 2 && t.len() == 4 => {
            small(d, 31)?;
            let (minute, _, _) = clock_text(t)?;
            return slot(i, i + 1, Value::Clock { minute, zoned: false });
        }
        [d, m] if w.contains('.') && d.len() == 2 && m.len() == 2 => {
            let (day, month) = (small(d, 31)?, small(m, 12)?);
            let next = i + 1 + usize::from(text(tokens, i + 1) == ".");
            let timed = text(tokens, next).len() >= 4 && clock_text(text(tokens, next)).is_some();
            return if timed { slot(i, i + 1, Value::Date { year: 0, month, day }) } else { None };
        }
        _ => {}
    }
    let digits = w.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = w.split_at_checked(digits)?;
    if digits == 6 && tail.starts_with('z') {
        small(head.get(..2)?, 31)?;
        let (minute, _, _) = clock_text(head.get(2..)?)?;
        return slot(i, i + 1, Value::Clock { minute, zoned: true });
    }
    let name = tail.get(..3).filter(|_| digits <= 2)?;
    let year = tail.get(3..).filter(|y| y.is_empty() || y.bytes().all(|b| b.is_ascii_digit()))?;
    let (day, month) = (small(head, 31)?, month(name)?);
    slot(
        i,
        i + 1,
        Value::Date { year: year.parse().map_or(0, |y: i32| if y < 100 { 2000 + y } else { y }), month, day },
    )
}

/// Year, month, day and what follows a `t`.
pub(crate) fn iso_date(s: &str) -> Option<(i32, u8, u8, Option<&str>)> {
    let (y, rest) = s.split_at_checked(4)?;
    let rest = rest.strip_prefix('-')?;
    let (m, rest) = rest.split_at_checked(2)?;
    let rest = rest.strip_prefix('-')?;
    let (d, rest) = rest.split_at_checked(2)?;
    let time = rest.strip_prefix(['t', 'T', ' ']);
    let (month, day) = (m.parse().ok()?, d.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(())?;
    Some((y.parse().ok()?, month, day, time))
}

/// Minute of day, whether a zone is part of it, and whether am/pm or a colon proves it a time.
pub(crate) fn clock_text(s: &str) -> Option<(i32, bool, bool)> {
    let s = s.to_ascii_lowercase();
    let (body, zoned) = match s.strip_suffix('z') {
        Some(b) => (b, true),
        None => (s.as_str(), false),
    };
    let body = body.split(['+']).next().unwrap_or(body);
    let (body, half) = if let Some(b) = body.strip_suffix("am") {
        (b, Some(0))
    } else if let Some(b) = body.strip_suffix("pm") {
        (b, Some(12))
    } else {
        (body.strip_suffix("hrs").or_else(|| body.strip_suffix('h')).unwrap_or(body), None)
    };
    let mut sure = half.is_some() || zoned || body.len() < s.len() && s.ends_with("hrs");
    let (h, m) = if let Some((h, rest)) = body.split_once([':', '.']) {
        sure |= body.contains(':');
        let m = rest.split([':', '.']).next().unwrap_or(rest);
        if m.len() != 2 {
            return None;
        }
        (h.parse::<i32>().ok()?, m.parse::<i32>().ok()?)
    } else if body.len() == 4 && half.is_none() {
        (body.get(..2)?.parse().ok()?, body.get(2..)?.parse().ok()?)
    } else if half.is_some() && !body.is_empty() && body.len() <= 2 {
        (body.parse().ok()?, 0)
    } else {
        return None;
    };
    let h = match half {
        Some(0) if h == 12 => 0,
        Some(12) if h < 12 => h + 12,
        _ => h,
    };
    ((0..=24).contains(&h) && (0..60).contains(&m)).then_some((h * 60 + m, zoned, sure))
}

/// Minutes east of Greenwich.
fn zone(word: &str) -> Option<i32> {
    Some(match word {
        "utc" | "gmt" | "z" | "zulu" | "wet" => 0,
        "bst" | "cet" | "west" => 60,
        "cest" | "eet" | "sast" => 120,
        "eest" | "msk" => 180,
        "ist" => 330,
        "sgt" | "awst" => 480,
        "jst" | "kst" => 540,
        "aest" => 600,
        "edt" => -240,
        "est" | "cdt" => -300,
        "cst" | "mdt" => -360,
        "mst" | "pdt" => -420,
        "pst" => -480,
        "et" => -300,
        "pt" => -480,
        _ => return None,
    })
}

/// A clock time, also "9 a.m.", "0912 UTC", "noon".
fn clock(tokens: &[Token], i: usize) -> Option<Slot> {
    let w = text(tokens, i);
    if matches!(w, "noon" | "midday" | "midnight") {
        let minute = if w == "midnight" { 0 } else { 720 };
        return slot(i, i + 1, Value::Clock { minute, zoned: false });
    }
    if tokens.get(i)?.kind != Kind::Number {
        return None;
    }
    let (half, after) = match (text(tokens, i + 1), text(tokens, i + 2), text(tokens, i + 3)) {
        (h @ ("am" | "pm"), _, _) => (Some(h), i + 2),
        ("a", ".", "m") => (Some("am"), i + 4 + usize::from(text(tokens, i + 4) == "." && i + 5 < tokens.len())),
        ("p", ".", "m") => (Some("pm"), i + 4 + usize::from(text(tokens, i + 4) == "." && i + 5 < tokens.len())),
        ("o", "clock", _) | ("oclock", _, _) => (Some("am"), i + 2),
        _ => (None, i + 1),
    };
    let joined = half.map(|h| format!("{w}{h}"));
    let (minute, zoned, sure) = clock_text(joined.as_deref().unwrap_or(w))?;
    let hours = matches!(text(tokens, after), "hours" | "hrs" | "h") && w.len() == 4 && !w.contains('.');
    let offset = zone(text(tokens, after));
    let cue = i > 0
        && matches!(
            text(tokens, i - 1),
            "at" | "by"
                | "until"
                | "before"
                | "from"
                | "since"
                | "between"
                | "around"
                | "nlt"
                | "eta"
                | "till"
                | "next"
                | "approximately"
                | "due"
                | "is"
        );
    let four = w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let things = text(tokens, after).len() > 3 && text(tokens, after).ends_with('s');
    // Nothing is counted as "0830".
    let bare_ok = four && !things && (cue || w.starts_with('0')) || four && w.starts_with('0') && i == 0;
    if !(sure || hours || offset.is_some() || half.is_some() || bare_ok) {
        return None;
    }
    let end = after + usize::from(offset.is_some() || hours);
    let minute = (minute - offset.unwrap_or(0)).rem_euclid(1440);
    slot(i, end, Value::Clock { minute, zoned: zoned || offset.is_some() })
}

/// A named day or part of it.
fn day(tokens: &[Token], i: usize) -> Option<Slot> {
    let w = text(tokens, i);
    if matches!(w, "tomorrow" | "tonight" | "eod" | "cob" | "today" | "eob") || DAYS.contains(&w) {
        return slot(i, i + 1, Value::Day);
    }
    let short = matches!(w, "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun");
    if short && tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Number) {
        return slot(i, i + 1, Value::Day);
    }
    if (w, text(tokens, i + 1), text(tokens, i + 2)) == ("end", "of", "the")
        && matches!(text(tokens, i + 3), "day" | "week" | "month" | "shift" | "afternoon" | "morning")
    {
        return slot(i, i + 4, Value::Day);
    }
    let three = (w, text(tokens, i + 1), text(tokens, i + 2));
    if matches!(
        three,
        ("end", "of", "day" | "business" | "play" | "today" | "week" | "month" | "shift")
            | ("close", "of", "business" | "play")
    ) {
        return slot(i, i + 3, Value::Day);
    }
    if matches!(
        (three.0, three.1),
        ("this", "afternoon" | "evening" | "morning") | ("later", "today") | ("next", "week")
    ) {
        return slot(i, i + 2, Value::Day);
    }
    None
}

/// Counts, shares and money.
fn amount(tokens: &[Token], i: usize) -> Option<Slot> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::split;
    use crate::word::Stems;

    fn values(s: &str) -> Vec<Value> {
        let t = split(s, &Stems::new());
        t.units.iter().flat_map(|u| find(t.of(u))).map(|s| s.value).collect()
    }

    #[test]
    fn clock_times_in_many_dresses() {
        for s in [
            "at 09:12 UTC",
            "at 9.12am UTC",
            "at 0912Z",
            "at 0912 UTC",
            "at 10:12 BST",
            "at 5:12 a.m. EDT.",
            "2026-03-14T09:12Z",
        ] {
            assert_eq!(values(s), [Value::Clock { minute: 552, zoned: true }], "{s}");
        }
        assert_eq!(values("by 18:00"), [Value::Clock { minute: 1080, zoned: false }]);
        assert_eq!(values("by noon"), [Value::Clock { minute: 720, zoned: false }]);
        assert_eq!(values("14 March 2026"), [Value::Date { year: 2026, month: 3, day: 14 }]);
        assert_eq!(values("on March 14, 2026"), [Value::Date { year: 2026, month: 3, day: 14 }]);
    }

    #[test]
    fn counts_in_many_dresses() {
        for (s, n) in [
            ("312 tenants", 312),
            ("three hundred and twelve tenants", 312),
            ("1,200 users", 1200),
            ("1.2k users", 1200),
            ("1.2 million users", 1_200_000),
            ("forty-two users", 42),
            ("two thousand users", 2000),
        ] {
            assert_eq!(values(s), [Value::Count(n)], "{s}");
        }
        assert_eq!(values("version 3 of step 4 took 10 minutes and 40 GB"), []);
        assert_eq!(values("about 12.5% of traffic, $1.2m"), [Value::Percent(1250), Value::Money(1_200_000)]);
        assert_eq!(values("12 per cent"), [Value::Percent(1200)]);
    }

    #[test]
    fn terms() {
        for s in [
            "within two hours",
            "every 30 minutes",
            "in the next hour",
            "hourly",
            "in 2h",
            "within one business day",
            "every half hour",
        ] {
            assert_eq!(values(s), [Value::Interval], "{s}");
        }
    }
}
