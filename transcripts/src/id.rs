//! Ids and nonces.

use sha2::{Digest, Sha256};
use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hasher},
    process,
    sync::atomic::{AtomicU64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

/// A new exercise's id: 16 hexadecimal digits nobody has had before, nor can foresee.
#[must_use]
pub fn new_id() -> String {
    digits(16)
}

/// Up to 64 random hexadecimal digits.
pub(crate) fn digits(count: usize) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut sha = Sha256::new();
    // Every thread's `RandomState` is keyed from the operating system's entropy; the rest keeps two ids
    // apart even where that were weak.
    for part in 0..4_u8 {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u8(part);
        sha.update(hasher.finish().to_be_bytes());
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
    sha.update(now.to_be_bytes());
    sha.update(process::id().to_be_bytes());
    sha.update(COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    let mut text = crate::chain::hex(&sha.finalize());
    text.truncate(count);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sixteen_digits_and_differ() {
        let ids: std::collections::BTreeSet<_> = (0..1000).map(|_| new_id()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| crate::chain::is_hex(id, 16)));
    }
}
