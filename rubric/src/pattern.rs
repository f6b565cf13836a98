//! The pattern language: parsing, compiling and finding.
//!
//! See the crate documentation for the language as an author sees it.

mod atom;
mod parse;

use atom::AtomId;
pub(crate) use atom::Atoms;
pub(crate) use parse::{Names, compile};

use crate::token::{Kind, Token};
use std::ops::Range;

/// Matches of one pattern in one sentence that are looked at.
const MAX_MATCHES: usize = 16;
/// One way to fill a group: word tests on tokens in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    atoms: Vec<AtomId>,
    /// The last word is a particle: "roll_back" also finds "rolled the model back".
    separable: bool,
    /// The last test is for a number, a time or an address.
    value: bool,
}

/// Token indices that fill a group, ascending.
type Fill = Vec<usize>;

/// Words an object may have between a verb and its particle.
const GAP: usize = 4;

#[derive(Clone, Debug)]
struct Group {
    phrases: Vec<Phrase>,
    /// The tests its phrases begin with, sorted: most tokens pass none of them.
    begins: Vec<AtomId>,
    /// As the author wrote it, for near misses.
    shown: String,
    /// Must not be there.
    absent: bool,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    groups: Vec<Group>,
    window: usize,
    ordered: bool,
}

/// Where a pattern was found: token indices, ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) tokens: Vec<usize>,
}

impl Match {
    pub(crate) fn first(&self) -> usize {
        self.tokens.first().copied().unwrap_or(0)
    }

    pub(crate) fn last(&self) -> usize {
        self.tokens.last().copied().unwrap_or(0)
    }
}

/// A stretch of tokens to look at.
pub(crate) struct Place<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) hits: &'a [Vec<AtomId>],
    pub(crate) range: Range<usize>,
}

impl Pattern {
    /// Matches inside `range` of the tokens, leftmost first, at most 16.
    pub(crate) fn find(&self, tokens: &[Token], hits: &[Vec<AtomId>], range: &Range<usize>) -> Vec<Match> {
        let mut places: Vec<Vec<Fill>> = Vec::with_capacity(self.groups.len());
        for g in self.groups.iter().filter(|g| !g.absent) {
            let found = g.places(tokens, hits, range);
            if found.is_empty() {
                return Vec::new();
            }
            places.push(found);
        }
        let barred: Vec<Fill> =
            self.groups.iter().filter(|g| g.absent).flat_map(|g| g.places(tokens, hits, range)).collect();
        let bars = |m: &Match| {
            let near = |b: &Fill| b.first().is_some_and(|f| f + self.window > m.first() && *f < m.last() + self.window);
            barred.iter().any(near)
        };
        let mut out: Vec<Match> = Vec::new();
        for (gi, list) in places.iter().enumerate() {
            if self.ordered && gi > 0 {
                break;
            }
            for start in list {
                if let Some(m) = self.fill(tokens, &places, gi, start)
                    && !out.contains(&m)
                    && !bars(&m)
                {
                    out.push(m);
                }
                if out.len() >= MAX_MATCHES {
                    return out;
                }
            }
        }
        out.sort_by_key(Match::first);
        out
    }

    /// Matches in which one group stands in the sentence or heading before instead.
    pub(crate) fn find_borrowing(&self, here: &Place<'_>, before: &Place<'_>) -> Vec<Match> {
        let present: Vec<&Group> = self.groups.iter().filter(|g| !g.absent).collect();
        if present.len() < 2 || self.ordered || self.groups.len() > present.len() {
            return Vec::new();
        }
        let mut places: Vec<Vec<Fill>> = Vec::new();
        let mut missing: Option<&Group> = None;
        for g in present {
            let found = g.places(here.tokens, here.hits, &here.range);
            if found.is_empty() {
                if missing.is_some() {
                    return Vec::new();
                }
                missing = Some(g);
            } else {
                places.push(found);
            }
        }
        let Some(g) = missing else { return Vec::new() };
        if g.places(before.tokens, before.hits, &before.range).is_empty() {
            return Vec::new();
        }
        let starts = places.iter().enumerate().flat_map(|(gi, list)| list.iter().map(move |f| (gi, f)));
        starts.take(MAX_MATCHES).filter_map(|(gi, f)| self.fill(here.tokens, &places, gi, f)).collect()
    }

    /// The narrowest filling that begins with `start` of group `first`.
    fn fill(&self, tokens: &[Token], places: &[Vec<Fill>], first: usize, start: &Fill) -> Option<Match> {
        let mut all = start.clone();
        let from = *start.first()?;
        let mut floor = start.last()? + 1;
        for (gi, list) in places.iter().enumerate() {
            if gi == first {
                continue;
            }
            let least = if self.ordered { floor } else { from };
            // Fills are sorted by their first token.
            let skip = list.partition_point(|f| f.first().is_some_and(|t| *t < least));
            let next = list.get(skip..)?.iter().take(64).find(|f| !f.iter().any(|t| all.contains(t)))?;
            floor = next.last()? + 1;
            all.extend(next);
        }
        all.sort_unstable();
        let width = tokens.get(from..=*all.last()?)?.iter().filter(|t| !t.is_mark()).count();
        (width <= self.window).then_some(Match { tokens: all })
    }

    /// Which groups are there and which are not, as the author wrote them.
    pub(crate) fn partial(
        &self,
        tokens: &[Token],
        hits: &[Vec<AtomId>],
        range: &Range<usize>,
    ) -> (Vec<String>, Vec<String>) {
        let (mut has, mut lacks) = (Vec::new(), Vec::new());
        for g in self.groups.iter().filter(|g| !g.absent) {
            match g.places(tokens, hits, range).first() {
                Some(f) => {
                    let words = f.iter().filter_map(|i| tokens.get(*i)).map(|t| t.text.as_str());
                    has.push(words.collect::<Vec<_>>().join(" "));
                }
                None => lacks.push(g.shown.clone()),
            }
        }
        (has, lacks)
    }
}

impl Group {
    fn places(&self, tokens: &[Token], hits: &[Vec<AtomId>], range: &Range<usize>) -> Vec<Fill> {
        let mut out = Vec::new();
        for i in range.clone() {
            let begins = |h: &AtomId| self.begins.binary_search(h).is_ok();
            if !hits.get(i).is_some_and(|h| h.iter().any(begins)) {
                continue;
            }
            let fills = self.phrases.iter().filter_map(|p| phrase_at(p, tokens, hits, i, range.end));
            out.extend(fills.max_by_key(Vec::len));
        }
        out
    }
}

/// Marks inside a phrase that do not break it; a colon does not before a number or time ("Next: 10:45").
fn passed_over(t: &Token, n: usize, phrase: &Phrase) -> bool {
    match t.kind {
        Kind::Mark('/' | '"' | '\u{2014}') => true,
        Kind::Mark(':') => phrase.value && n + 1 == phrase.atoms.len(),
        _ => false,
    }
}

/// The tokens of the phrase if it begins at `i`; dashes and slashes between its words are passed over.
fn phrase_at(phrase: &Phrase, tokens: &[Token], hits: &[Vec<AtomId>], i: usize, end: usize) -> Option<Fill> {
    let mut fill = Vec::with_capacity(phrase.atoms.len());
    let mut at = i;
    for (n, id) in phrase.atoms.iter().enumerate() {
        let passes = |k: usize| k < end && hits.get(k).is_some_and(|h| h.contains(id));
        if n > 0 {
            while at < end && tokens.get(at).is_some_and(|t| passed_over(t, n, phrase)) {
                at += 1;
            }
            if phrase.separable && !passes(at) {
                let open = |k: &usize| tokens.get(*k).is_some_and(|t| !t.is_mark());
                at = (at..(at + GAP + 1).min(end)).take_while(open).find(|k| passes(*k))?;
            }
        }
        if !passes(at) {
            return None;
        }
        fill.push(at);
        at += 1;
    }
    Some(fill)
}
