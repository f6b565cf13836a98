//! Typed values in a sentence: times, terms, counts, shares, money.

mod clock;
mod date;
mod number;

pub(crate) use clock::clock_text;
pub(crate) use date::iso_date;
pub(crate) use number::{is_numeral, whole};

use crate::token::{Kind, Token};
use clock::clock;
use date::date;
use number::amount;
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
const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
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
