//! Clock times.

use super::{Slot, Value, slot, text};
use crate::token::{Kind, Token};

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
pub(super) fn clock(tokens: &[Token], i: usize) -> Option<Slot> {
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
