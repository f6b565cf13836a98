//! Points without float noise.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A number kept as a whole count of hundredths.
///
/// Authors write `2`, `2.5` or `-0.25`; marks must come out the same on every
/// machine, so nothing behind the parser is a float. Beyond ±1,000,000 the
/// number is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(pub i32);

impl Hundredths {
    /// From a whole number.
    #[must_use]
    pub const fn whole(n: i32) -> Self {
        Self(n.saturating_mul(100))
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let n = self.0.unsigned_abs();
        match (n / 100, n % 100) {
            (w, 0) => write!(f, "{sign}{w}"),
            (w, h) if h % 10 == 0 => write!(f, "{sign}{w}.{}", h / 10),
            (w, h) => write!(f, "{sign}{w}.{h:02}"),
        }
    }
}

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_f64(f64::from(self.0) / 100.0)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Hundredths;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number such as 2 or 2.5")
    }

    fn visit_f64<E: Error>(self, v: f64) -> Result<Hundredths, E> {
        if !v.is_finite() || v.abs() > 1_000_000.0 {
            return Err(E::custom("number out of range (at most 1000000)"));
        }
        // In range by the check above, so the cast cannot lose anything but the fraction.
        Ok(Hundredths((v * 100.0).round() as i32))
    }

    fn visit_i64<E: Error>(self, v: i64) -> Result<Hundredths, E> {
        self.visit_f64(v as f64)
    }

    fn visit_u64<E: Error>(self, v: u64) -> Result<Hundredths, E> {
        self.visit_f64(v as f64)
    }
}

impl<'de> Deserialize<'de> for Hundredths {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_f64(Reader)
    }
}
