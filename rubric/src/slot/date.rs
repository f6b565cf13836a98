//! Calendar dates in many dresses.

use super::clock::clock_text;
use super::{Slot, Value, slot, text};
use crate::token::{Kind, Token};

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

fn month(word: &str) -> Option<u8> {
    if word.len() < 3 {
        return None;
    }
    let exact = |m: &&&str| **m == word || (word.len() <= 4 && m.starts_with(word));
    let at = MONTHS.iter().position(|m| exact(&m))?;
    u8::try_from(at + 1).ok()
}

/// "14 March 2026", "March 14", "2026-03-14[t07:40z]", "14/03/2026".
pub(super) fn date(tokens: &[Token], i: usize) -> Option<Slot> {
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
