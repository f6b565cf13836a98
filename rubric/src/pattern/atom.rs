//! Tests of one token.

use crate::slot::{Slot, Value};
use crate::token::{Kind, Token};
use std::collections::HashMap;

/// Index into the table of word tests of a rubric.
pub(super) type AtomId = u32;

/// One test of one token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Atom {
    /// This form and no other.
    Exact(String),
    /// Any form with this stem.
    Stem(String),
    /// Begins so, or has the stem of it.
    Prefix(String, String),
    /// Any number.
    AnyNumber,
    /// A clock time, a date, a day or a term.
    AnyTime,
    /// A clock time.
    AnyClock,
    /// An e-mail or web address, a telephone number.
    AnyAddress,
}

/// All word tests of a rubric, so that each token is tested once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Atoms {
    list: Vec<Atom>,
    ids: HashMap<Atom, AtomId>,
    exact: HashMap<String, Vec<AtomId>>,
    stem: HashMap<String, Vec<AtomId>>,
    prefix: HashMap<String, Vec<(String, AtomId)>>,
    number: Vec<AtomId>,
    time: Vec<AtomId>,
    clock: Vec<AtomId>,
    address: Vec<AtomId>,
}

impl Atoms {
    pub(super) fn add(&mut self, atom: Atom) -> AtomId {
        if let Some(id) = self.ids.get(&atom) {
            return *id;
        }
        // Bounded by the limits on patterns, far below u32.
        let id = self.list.len() as AtomId;
        match &atom {
            Atom::Exact(w) => self.exact.entry(w.clone()).or_default().push(id),
            Atom::Stem(s) => self.stem.entry(s.clone()).or_default().push(id),
            Atom::Prefix(p, s) => {
                self.stem.entry(s.clone()).or_default().push(id);
                let key: String = p.chars().take(2).collect();
                self.prefix.entry(key).or_default().push((p.clone(), id));
            }
            Atom::AnyNumber => self.number.push(id),
            Atom::AnyTime => self.time.push(id),
            Atom::AnyClock => self.clock.push(id),
            Atom::AnyAddress => self.address.push(id),
        }
        self.ids.insert(atom.clone(), id);
        self.list.push(atom);
        id
    }

    /// The tests each token passes.
    pub(crate) fn hits(&self, tokens: &[Token], slots: &[Slot]) -> Vec<Vec<AtomId>> {
        let mut out: Vec<Vec<AtomId>> = tokens.iter().map(|t| self.of(t)).collect();
        let times = slots.iter().filter(|s| s.value.is_time()).map(|s| s.tokens.start);
        let clocks = slots.iter().filter(|s| matches!(s.value, Value::Clock { .. })).map(|s| s.tokens.start);
        let addresses = (0..tokens.len()).filter(|i| begins_address(tokens, *i));
        let found = times.map(|i| (&self.time, i)).chain(clocks.map(|i| (&self.clock, i)));
        for (ids, i) in found.chain(addresses.map(|i| (&self.address, i))) {
            if let Some(hits) = out.get_mut(i) {
                hits.extend(ids);
            }
        }
        out
    }

    fn of(&self, t: &Token) -> Vec<AtomId> {
        let mut out = Vec::new();
        if t.is_mark() {
            return out;
        }
        out.extend(self.exact.get(&t.text).into_iter().flatten());
        out.extend(self.stem.get(&t.stem).into_iter().flatten());
        let key: String = t.text.chars().take(2).collect();
        if let Some(list) = self.prefix.get(&key) {
            out.extend(list.iter().filter(|(p, _)| t.text.starts_with(p.as_str())).map(|(_, id)| *id));
        }
        if t.kind == Kind::Number {
            out.extend(&self.number);
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Whether "soc@tallow.example" or "+44 20 7946 0120" begins here.
fn begins_address(tokens: &[Token], i: usize) -> bool {
    let glue = |k: usize| tokens.get(k).and_then(|t| t.glue);
    let mut end = i + 1;
    while matches!(glue(end), Some('.' | '-' | '_')) {
        end += 1;
    }
    let mail = tokens.get(i).is_some_and(|t| !t.is_mark()) && glue(i).is_none() && glue(end) == Some('@');
    mail || glue(i) == Some('+') && tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Number)
}
