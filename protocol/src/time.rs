//! Exercise time: whole milliseconds since StartEx.
//!
//! It stands still while the exercise is paused and is the only time scores use. Both types are
//! written as a number of milliseconds and read from either that or an author's text such as
//! `"12m"`, `"1h30m"`, `"90s"` or `"01:30:00"`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{
    fmt,
    ops::{Add, Sub},
};

/// The longest span an author or a player may name: 400 days.
pub const MAX_SPAN_MS: u64 = 400 * 24 * 3_600_000;

/// A moment of exercise time, in milliseconds since StartEx.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(pub u64);

/// A length of exercise time, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(pub u64);

impl SimTime {
    /// StartEx.
    pub const ZERO: Self = Self(0);

    /// How long after `earlier` this is; zero when it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A span of whole seconds.
    #[must_use]
    pub const fn secs(secs: u64) -> Self {
        Self(secs * 1000)
    }

    /// A span of whole minutes.
    #[must_use]
    pub const fn mins(mins: u64) -> Self {
        Self(mins * 60_000)
    }

    /// Reads `"45s"`, `"12m"`, `"1h30m"`, `"2d"`, `"05:30"` (minutes:seconds) or `"01:05:30"`.
    ///
    /// # Errors
    /// When the text is none of these or longer than [`MAX_SPAN_MS`]; the message says what is allowed.
    pub fn parse(text: &str) -> Result<Self, SpanError> {
        let bad = || SpanError(text.chars().take(40).collect());
        let ms = if text.contains(':') {
            let parts: Vec<u64> = text
                .split(':')
                .map(|p| if p.len() <= 3 { p.parse().ok() } else { None })
                .collect::<Option<_>>()
                .ok_or_else(bad)?;
            match parts[..] {
                [m, s] if s < 60 => (m * 60 + s) * 1000,
                [h, m, s] if m < 60 && s < 60 => ((h * 60 + m) * 60 + s) * 1000,
                _ => return Err(bad()),
            }
        } else {
            parse_units(text).ok_or_else(bad)?
        };
        if ms > MAX_SPAN_MS { Err(bad()) } else { Ok(Self(ms)) }
    }

    /// Short text for people: `45s`, `12m`, `1h30m`, `2d4h`.
    #[must_use]
    pub fn brief(self) -> String {
        let s = self.0 / 1000;
        let (d, h, m, s) = (s / 86_400, s / 3600 % 24, s / 60 % 60, s % 60);
        match (d, h, m, s) {
            (0, 0, 0, s) => format!("{s}s"),
            (0, 0, m, 0) => format!("{m}m"),
            (0, 0, m, s) => format!("{m}m{s:02}s"),
            (0, h, 0, _) => format!("{h}h"),
            (0, h, m, _) => format!("{h}h{m:02}m"),
            (d, 0, _, _) => format!("{d}d"),
            (d, h, _, _) => format!("{d}d{h}h"),
        }
    }
}

fn parse_units(text: &str) -> Option<u64> {
    let mut total: u64 = 0;
    let mut digits = String::new();
    let mut any = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() {
            digits.push(c);
            if digits.len() > 9 {
                return None;
            }
            continue;
        }
        let n: u64 = digits.parse().ok()?;
        digits.clear();
        let unit = match c {
            'd' => 86_400_000,
            'h' => 3_600_000,
            'm' if chars.peek() == Some(&'s') => {
                chars.next();
                1
            }
            'm' => 60_000,
            's' => 1000,
            _ => return None,
        };
        total = total.checked_add(n.checked_mul(unit)?)?;
        any = true;
    }
    (any && digits.is_empty()).then_some(total)
}

/// A span that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanError(String);

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "\"{}\" is no length of time; write 45s, 12m, 1h30m, 2d or 01:05:30 (at most 400 days)",
            self.0.escape_debug()
        )
    }
}
impl std::error::Error for SpanError {}

impl Add<Span> for SimTime {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}
impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl Sub for SimTime {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        self.since(earlier)
    }
}

impl fmt::Display for SimTime {
    /// `00:12:05`, hours, minutes and seconds since StartEx.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.0 / 1000;
        write!(f, "{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
    }
}
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.brief())
    }
}

macro_rules! time_serde {
    ($t:ident) => {
        impl Serialize for $t {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_u64(self.0)
            }
        }
        impl<'de> Deserialize<'de> for $t {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                d.deserialize_any(TimeVisitor).map(Self)
            }
        }
    };
}
time_serde!(SimTime);
time_serde!(Span);

struct TimeVisitor;

impl de::Visitor<'_> for TimeVisitor {
    type Value = u64;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a length of time such as \"12m\" or \"01:05:30\"")
    }
    fn visit_u64<E: de::Error>(self, ms: u64) -> Result<u64, E> {
        if ms > MAX_SPAN_MS { Err(E::custom("longer than 400 days")) } else { Ok(ms) }
    }
    fn visit_i64<E: de::Error>(self, ms: i64) -> Result<u64, E> {
        u64::try_from(ms).map_err(|_| E::custom("time before StartEx")).and_then(|ms| self.visit_u64(ms))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
        Span::parse(text).map(|s| s.0).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_authors_write() {
        for (text, secs) in
            [("45s", 45), ("12m", 720), ("1h30m", 5400), ("01:05:30", 3930), ("05:30", 330), ("2d", 172_800)]
        {
            assert_eq!(Span::parse(text), Ok(Span::secs(secs)), "{text}");
        }
        for text in ["", "12", "m", "1h30", "-5m", "1:99", "999999999d", "1:2:3:4", "5 m"] {
            assert!(Span::parse(text).is_err(), "{text}");
        }
    }
}
