//! Keywords in a row instead of sentences.

use super::function;
use crate::read::Scan;
use crate::rubric::State;
use crate::token::Token;
use crate::unit::UnitKind;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The lines that are keywords: by themselves, in a run with their neighbours, or because the whole text is.
pub(super) fn keyword_lines(scans: &[Scan<'_>]) -> HashSet<usize> {
    if wholly_keywords(scans) {
        return (0..scans.len()).collect();
    }
    let looks: Vec<Look> = scans.iter().map(Look::new).collect();
    let mut out = stuffed_runs(&looks);
    out.extend(looks.iter().enumerate().filter(|(_, l)| l.list).map(|(at, _)| at));
    out
}

/// What one line looks like.
struct Look {
    density: Density,
    /// Keywords in a row.
    list: bool,
    /// Hardly a function word, and yet it tells something.
    tells: bool,
}

impl Look {
    fn new(s: &Scan<'_>) -> Self {
        let named = identifiers(s);
        let items = Items::new(s, &named);
        let density = Density::new(s, &named);
        // "09:41 token revoked" in a list.
        let listed = s.unit.kind != UnitKind::Prose && named.contains(&true) && !s.scene.verbs.is_empty();
        let short = s.words() <= 8 || s.unit.kind == UnitKind::Row;
        Self { list: is_list(s, &named, &items), tells: listed && short || items.tell(), density }
    }
}

/// Keywords in a row: many plain words, hardly a function word, no sentence around them.
///
/// Numbers, host names, addresses and a few capitalised names are no keywords: honest lines are full of them.
fn is_list(s: &Scan<'_>, named: &[bool], items: &Items) -> bool {
    let n = named.iter().zip(s.tokens).filter(|(named, t)| !**named && !t.is_mark()).count();
    let lenient = s.unit.kind != UnitKind::Prose;
    // "package pulled 08:19, hosts isolated 08:21": each item tells something.
    if items.tell() {
        return false;
    }
    let share = function_words(s) * 100 / s.words().max(1);
    if n >= 8 && items.bare * 100 >= n * 45 && share < 15 && !(lenient && n < 14) {
        return true;
    }
    if lenient { n >= 24 && share < 5 } else { n >= 12 && share < 12 }
}

fn function_words(s: &Scan<'_>) -> usize {
    s.scene.roles.iter().filter(|r| function(**r)).count()
}

/// Capitalised words in one line that are taken for names; more are keywords in capitals.
const MAX_NAMES: usize = 8;

/// Which tokens are numbers, names of machines, addresses or, unless most words have capitals, names.
pub(super) fn identifiers(s: &Scan<'_>) -> Vec<bool> {
    let glued = |i: usize| s.tokens.get(i).is_some_and(|t| t.glue.is_some());
    let digit = |i: usize| s.tokens.get(i).is_some_and(|t| t.text.bytes().any(|b| b.is_ascii_digit()));
    let capitals = s.tokens.iter().filter(|t| t.is_word() && t.capital).count();
    let shouted = capitals > MAX_NAMES;
    let one = |i: usize| {
        let Some(t) = s.tokens.get(i) else { return false };
        let (mut from, mut to) = (i, i + 1);
        while from > 0 && glued(from) {
            from -= 1;
        }
        while glued(to) {
            to += 1;
        }
        let address = (from..to + 1).any(|k| s.tokens.get(k).is_some_and(|t| t.glue == Some('@')));
        let machine = to > from + 1 && (from..to).any(digit);
        let dotted = to > from + 1 && (from..to).any(|k| s.tokens.get(k).is_some_and(|t| t.glue == Some('.')));
        digit(i) || machine || address || dotted || (t.is_word() && t.capital && i > s.scene.start && !shouted)
    };
    (0..s.tokens.len()).map(one).collect()
}

/// What stands between commas.
#[derive(Default)]
struct Items {
    all: usize,
    /// One or two plain words.
    bare: usize,
    /// A verb and a number, time or name.
    telling: usize,
}

impl Items {
    fn new(s: &Scan<'_>, named: &[bool]) -> Self {
        let mut out = Self::default();
        let mut from = 0;
        for i in 0..=s.tokens.len() {
            let mark = s.tokens.get(i).and_then(Token::mark);
            if i == s.tokens.len() || matches!(mark, Some(',' | ';' | '/' | '|' | '.')) {
                out.add(s, named, from..i);
                from = i + 1;
            }
        }
        out
    }

    fn tell(&self) -> bool {
        self.telling >= 2 && self.telling * 3 >= self.all * 2
    }

    fn add(&mut self, s: &Scan<'_>, named: &[bool], range: Range<usize>) {
        let words = range.clone().filter(|i| s.tokens.get(*i).is_some_and(|t| !t.is_mark())).count();
        let names = range.clone().filter(|i| named.get(*i).copied().unwrap_or(false)).count();
        let verb = s.scene.verbs.iter().any(|v| range.contains(&v.main));
        // "hosts isolated": a thing and what became of it.
        let became =
            s.scene.verbs.iter().any(|v| range.contains(&v.main) && v.state == State::Done && v.main > range.start);
        self.all += usize::from(words > 0);
        self.bare += usize::from((1..=2).contains(&words) && names == 0);
        self.telling += usize::from(verb && names > 0 || became && words > 1);
    }
}

/// Runs of terse lines in which nearly every word is one the rubric looks for.
///
/// In honest messages, radio shorthand included, at most three plain words in four are, in keyword lists nine in ten;
/// and shorthand is full of numbers and names.
fn stuffed_runs(looks: &[Look]) -> HashSet<usize> {
    let mut out = HashSet::new();
    let mut run: Vec<usize> = Vec::new();
    for at in 0..=looks.len() {
        match looks.get(at).filter(|l| l.density.is_terse()) {
            Some(l) if l.tells => {}
            Some(_) => run.push(at),
            None => {
                let mut sum = Density::default();
                run.iter().filter_map(|i| looks.get(*i)).for_each(|l| sum.add(&l.density));
                if sum.is_stuffed() {
                    out.extend(run.iter().copied());
                }
                run.clear();
            }
        }
    }
    out
}

/// How many words are function words, and how many of the rest the rubric looks for.
#[derive(Default)]
struct Density {
    words: usize,
    small: usize,
    plain: usize,
    sought: usize,
}

impl Density {
    fn new(s: &Scan<'_>, named: &[bool]) -> Self {
        let mut out = Self::default();
        for (i, t) in s.tokens.iter().enumerate().filter(|(_, t)| !t.is_mark()) {
            out.words += 1;
            if s.scene.roles.get(i).is_some_and(|r| function(*r)) {
                out.small += 1;
            } else if !named.get(i).copied().unwrap_or(false) && t.is_word() {
                out.plain += 1;
                out.sought += usize::from(s.hits.get(i).is_some_and(|h| !h.is_empty()));
            }
        }
        out
    }

    fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.small += other.small;
        self.plain += other.plain;
        self.sought += other.sought;
    }

    /// Hardly a function word.
    fn is_terse(&self) -> bool {
        self.small * 10 <= self.words * 3
    }

    fn is_stuffed(&self) -> bool {
        let named = self.words - self.small - self.plain;
        self.plain >= 10
            && self.small * 100 < self.words * 14
            && self.sought * 100 >= self.plain * 82
            && named * 100 < self.words * 35
    }
}

/// The text as a whole is keywords: many short lines with hardly a function word or a time.
fn wholly_keywords(scans: &[Scan<'_>]) -> bool {
    let mut count: HashMap<bool, usize> = HashMap::new();
    let (mut n, mut small, mut verbs) = (0, 0, 0);
    for s in scans {
        n += s.words();
        small += function_words(s);
        verbs += usize::from(!s.scene.verbs.is_empty());
        *count.entry(s.words() <= 3).or_default() += 1;
    }
    let short = count.get(&true).copied().unwrap_or(0);
    n >= 15 && small * 100 < n * 6 && (short * 2 > scans.len() || verbs * 4 < scans.len())
}
