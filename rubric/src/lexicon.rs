//! The base lexicon: incident concepts an author uses as `@name`.
//!
//! One line per concept, `name = word | phrase_of_words | stem*`. Words match
//! all their inflections, irregular ones included ("take" finds "took"), in
//! British and American spelling, so the lines hold synonyms and not forms.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const BASE: &str = include_str!("lexicon.txt");

fn table() -> &'static BTreeMap<&'static str, Vec<&'static str>> {
    static TABLE: OnceLock<BTreeMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = BASE.lines().filter(|l| !l.starts_with('#'));
        lines
            .filter_map(|l| l.split_once('='))
            .map(|(name, words)| {
                let list = words.split('|').map(str::trim).filter(|w| !w.is_empty()).collect();
                (name.trim(), list)
            })
            .collect()
    })
}

/// The alternatives of a base entry.
pub(crate) fn entry(name: &str) -> Option<Vec<&'static str>> {
    table().get(name).cloned()
}

/// All single words of the base lexicon.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    table().values().flatten().copied().filter(|w| w.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The names of all base entries, sorted; for editors and help.
pub fn names() -> impl Iterator<Item = &'static str> {
    table().keys().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Atoms, Names, compile};
    use crate::word::Stems;

    #[test]
    fn every_entry_compiles_and_there_are_enough() {
        let own = BTreeMap::new();
        let names_of = Names { own: &own };
        let mut atoms = Atoms::default();
        for name in names() {
            compile(&format!("@{name}"), name, &names_of, &Stems::new(), &mut atoms).unwrap();
        }
        assert!(names().count() >= 150, "{}", names().count());
    }
}
