//! How far the order of words is one that people write.
//!
//! Words are sorted into some forty classes (articles, prepositions one by one, forms by their ending) and each pair
//! of neighbours is weighed: how much more often it stands in words thrown together than in honest reports, notices
//! and radio notes, in quarter bits. The table was counted once over both kinds of text; it holds no words. What is
//! added is how many of the plain words the rubric looks for: nearly all in a list made from it, at most three in
//! four in an honest text. Sentences add up: a single short line proves nothing, fifty words in a heap do.

use super::keyword::identifiers;
use crate::read::Scan;
use crate::token::Token;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Quarter bits for a pair, a row for the first word's class: 'm' is nothing, later letters speak for a heap.
const PAIRS: &str = include_str!("order.txt");
/// Function words, a line for each class; the classes come in the order of the table's rows after the sentence end.
const CLASSES: &str = include_str!("class.txt");
/// Quarter bits in a run of sentences from which on it is a heap. Honest texts, notes in shorthand included, reach
/// three quarters of this at most.
const HEAP: i32 = 44;
/// The same for the order of words alone; honest texts reach 64.
const DISORDER: i32 = 80;
/// A unit inside a heap that speaks so clearly for itself is let through.
const HONEST: i32 = -24;
/// What a plain word adds that the rubric looks for.
const SOUGHT: i32 = 2;
/// What any other plain word, a number or a name takes away.
const OTHER: i32 = -4;

/// The units that are words in a heap.
pub(super) fn heaps(scans: &[Scan<'_>]) -> HashSet<usize> {
    let (order, both): (Vec<i32>, Vec<i32>) = scans.iter().map(weight).unzip();
    let mut out = runs(scans, &both, HEAP);
    out.extend(runs(scans, &order, DISORDER));
    out
}

/// The units in runs of at least this weight.
fn runs(scans: &[Scan<'_>], weights: &[i32], limit: i32) -> HashSet<usize> {
    let mut out = HashSet::new();
    let mut from = 0;
    while from < weights.len() {
        let Some((first, to, sum)) = heaviest(weights, from) else { break };
        if sum >= limit {
            let words: usize = scans.iter().skip(first).take(to + 1 - first).map(Scan::words).sum();
            let dense = sum * 2 >= i32::try_from(words).unwrap_or(i32::MAX);
            out.extend((first..=to).filter(|i| dense || weights.get(*i).is_some_and(|w| *w > HONEST)));
        }
        from = to + 1;
    }
    out
}

/// The next run of units that outweighs what stands between them: its first and last unit and its weight.
fn heaviest(weights: &[i32], from: usize) -> Option<(usize, usize, i32)> {
    let (mut sum, mut first, mut best) = (0, from, None::<(usize, usize, i32)>);
    for (i, w) in weights.iter().enumerate().skip(from) {
        sum += w;
        if sum <= 0 {
            if best.is_some() {
                return best;
            }
            (sum, first) = (0, i + 1);
        } else if best.is_none_or(|b| sum > b.2) {
            best = Some((first, i, sum));
        }
    }
    best
}

/// How much one unit looks like words in a heap, in quarter bits: by order, and with what is looked for.
fn weight(s: &Scan<'_>) -> (i32, i32) {
    let t = table();
    let named = identifiers(s);
    let (mut sum, mut words, mut last) = (0, 0, END);
    for (i, token) in s.tokens.iter().enumerate() {
        if token.glue.is_some() {
            continue;
        }
        let class = t.class(s.tokens, i);
        let mark = class == t.comma || class == t.colon;
        if mark && (last == END || last == t.comma || last == t.colon) {
            continue;
        }
        sum += t.pair(last, class);
        last = class;
        if !mark && !t.small.contains_key(token.text.as_str()) {
            let hit = s.hits.get(i).is_some_and(|h| !h.is_empty()) && !named.get(i).copied().unwrap_or(false);
            words += if hit { SOUGHT } else { OTHER };
        }
    }
    sum += t.pair(last, END);
    (sum, sum + words)
}

/// The class of what stands before and after a sentence.
const END: usize = 0;

struct Table {
    small: HashMap<&'static str, usize>,
    pairs: Vec<&'static [u8]>,
    comma: usize,
    colon: usize,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let words = CLASSES.lines().enumerate();
        let small: HashMap<_, _> = words.flat_map(|(n, l)| l.split_whitespace().map(move |w| (w, n + 1))).collect();
        let comma = CLASSES.lines().count() + 1;
        Table { small, pairs: PAIRS.lines().map(str::as_bytes).collect(), comma, colon: comma + 1 }
    })
}

/// Past forms without the ending.
const PAST: &[&str] = &[
    "sent", "told", "took", "taken", "made", "found", "seen", "held", "kept", "lost", "set", "cut", "put", "shut",
    "known", "done", "given", "gone", "got", "left", "met", "paid", "run", "said", "sold", "begun", "built", "brought",
    "come", "drawn", "driven", "fallen", "felt", "gave", "came", "went", "saw", "knew", "wrote", "written", "shown",
    "stolen", "broken", "chosen", "hidden", "led", "read", "sought", "spent", "stood", "stopped",
];

impl Table {
    fn pair(&self, a: usize, b: usize) -> i32 {
        let letter = self.pairs.get(a).and_then(|row| row.get(b)).copied().unwrap_or(b'm');
        i32::from(letter) - i32::from(b'm')
    }

    fn class(&self, tokens: &[Token], i: usize) -> usize {
        let Some(t) = tokens.get(i) else { return END };
        if let Some(n) = self.small.get(t.text.as_str()) {
            return *n;
        }
        if let Some(c) = t.mark() {
            return match c {
                ':' => self.colon,
                '.' | '!' | '?' | ';' | '|' => END,
                _ => self.comma,
            };
        }
        let [number, past, ing, adverb, plural, other] = [2, 3, 4, 5, 6, 7].map(|n| self.comma + n);
        let glued = tokens.get(i + 1..).unwrap_or(&[]).iter().take_while(|t| t.glue.is_some());
        let digit = |t: &Token| t.text.bytes().any(|b| b.is_ascii_digit());
        let w = t.text.as_str();
        if digit(t) || glued.clone().any(digit) {
            number
        } else if w.len() > 3 && w.ends_with("ed") || PAST.contains(&w) {
            past
        } else if w.len() > 4 && w.ends_with("ing") {
            ing
        } else if w.len() > 3 && w.ends_with("ly") {
            adverb
        } else if w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") {
            plural
        } else {
            other
        }
    }
}
