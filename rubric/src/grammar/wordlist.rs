//! Word lists that are looked up by hash.

use std::collections::HashSet;
use std::sync::OnceLock;

/// A list of words, written with blanks between them.
pub(crate) struct Words {
    source: &'static str,
    set: OnceLock<HashSet<&'static str>>,
}

impl Words {
    pub(crate) const fn new(source: &'static str) -> Self {
        Self { source, set: OnceLock::new() }
    }

    /// The words in the order they are written.
    pub(super) fn list(&self) -> impl Iterator<Item = &'static str> {
        self.source.split_whitespace()
    }

    /// Whether the word is in the list.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.source.split_whitespace().collect()).contains(word)
    }
}
