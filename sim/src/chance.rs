//! Chance, without state: every draw is named by what it is for.
//!
//! A draw depends on the seed, its purpose, what it is about and its number, and on nothing else. One
//! more draw somewhere in a scenario changes no other.

use protocol::Span;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The seed of an exercise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A whole number below `n` (0 when `n` is 0), by Lemire's multiply-shift; its bias is below 2⁻³².
    pub(crate) fn below(self, n: u64, purpose: &str, about: &str, nth: u64) -> u64 {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.0.to_le_bytes());
        key[8..16].copy_from_slice(&fnv(purpose).to_le_bytes());
        key[16..24].copy_from_slice(&fnv(about).to_le_bytes());
        key[24..].copy_from_slice(&nth.to_le_bytes());
        let mut stream = ChaCha8Rng::from_seed(key);
        let word = (u64::from(stream.next_u32()) << 32) | u64::from(stream.next_u32());
        u64::try_from((u128::from(word) * u128::from(n)) >> 64).unwrap_or(0)
    }

    /// A span between two, both included, in whole seconds.
    pub(crate) fn between(self, range: (Span, Span), purpose: &str, about: &str, nth: u64) -> Span {
        let (low, high) = (range.0.0, range.1.0.max(range.0.0));
        let steps = (high - low) / 1000;
        Span(low + 1000 * self.below(steps + 1, purpose, about, nth))
    }
}

/// FNV-1a, 64 bits: names to numbers, the same on every machine.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_values_pin_the_generator() {
        let c = Chance(7);
        let draws: Vec<u64> = (0..4).map(|n| c.below(1000, "test", "a", n)).collect();
        assert_eq!(draws, GOLDEN);
        assert_ne!(c.below(1 << 40, "test", "a", 0), c.below(1 << 40, "test", "b", 0));
    }
    const GOLDEN: [u64; 4] = [590, 473, 134, 267];

    #[test]
    fn spans_stay_between_their_ends() {
        let range = (Span::secs(20), Span::secs(60));
        let drawn: Vec<Span> = (0..200).map(|n| Chance(3).between(range, "t", "x", n)).collect();
        assert!(drawn.iter().all(|s| *s >= range.0 && *s <= range.1));
        assert!(drawn.contains(&range.0) && drawn.contains(&range.1));
        assert_eq!(Chance(3).between((range.1, range.0), "t", "x", 0), range.1, "ends in the wrong order do no harm");
    }
}
