//! Step 4: sentences that earn nothing whatever they contain.
//!
//! Each gate looks at one thing that people do when they do not write: words in
//! no order (function-word pairs English never has), keywords in a row (hardly
//! any function words), somebody else's sentence (shared word runs, Broder 1997),
//! the same sentence again, a word to the grader. Short lines, lists, tables and
//! timelines drop function words by nature and are judged more leniently.

mod keyword;
mod order;
mod salad;

use crate::compile::Compiled;
use crate::grammar::Role;
use crate::pattern::Pattern;
use crate::read::{Context, Scan};
use crate::rubric::Flag;
use crate::token::Token;
use crate::unit::split;
use crate::word::Stems;
use keyword::keyword_lines;
use salad::Salad;
use std::collections::HashSet;

/// Marks every scan that is to earn nothing.
pub(crate) fn apply(c: &Compiled, scans: &mut [Scan<'_>], cx: &Context<'_>) {
    let sources = Sources::new(c, cx);
    let mut salad = Salad::default();
    for s in scans.iter() {
        salad.add(s);
    }
    let all_salad = salad.is_salad(24);
    let keywords = keyword_lines(scans);
    let heaps = order::heaps(scans);
    let titled: Vec<usize> = scans.iter().map(|s| sources.titles(&words(s.tokens))).collect();
    // One or two headings in the same words are chance.
    let titled = if titled.iter().sum::<usize>() >= 3 { titled } else { Vec::new() };
    let mut seen: HashSet<Vec<String>> = HashSet::new();
    for (at, s) in scans.iter_mut().enumerate() {
        let own = words(s.tokens);
        let again = own.len() >= 4 && !seen.insert(own.clone());
        let mut mine = Salad::default();
        mine.add(s);
        s.gate = if speaks_to_grader(c, s) {
            Some((Flag::GraderInstruction, String::new()))
        } else if let Some(id) = sources.copied(&own, c) {
            Some((Flag::Copied, id))
        } else if titled.get(at).is_some_and(|n| *n > 0) {
            Some((Flag::Copied, c.rubric.id.clone()))
        } else if again {
            Some((Flag::Duplicate, String::new()))
        } else if (all_salad && s.words() >= 4) || mine.is_salad(9) {
            Some((Flag::WordSalad, String::new()))
        } else if heaps.contains(&at) || keywords.contains(&at) {
            Some((Flag::KeywordList, String::new()))
        } else {
            None
        };
    }
}

/// Whether the sentence asks whoever reads it for marks.
fn speaks_to_grader(c: &Compiled, s: &Scan<'_>) -> bool {
    let find = |p: &Pattern, g| p.find(s.tokens, &s.hits, g);
    let said = c.house.grader.iter().any(|p| s.segments.iter().any(|g| !find(p, g).is_empty()));
    let ordered = |p: &Pattern| s.segments.iter().flat_map(|g| find(p, g)).any(|m| s.scene.commands(&m));
    said || c.house.grader_order.iter().any(ordered)
}

fn words(tokens: &[Token]) -> Vec<String> {
    tokens.iter().filter(|t| !t.is_mark()).map(|t| t.text.clone()).collect()
}

/// One number for a run of words, the same on every machine.
fn run(words: &[String]) -> u64 {
    words
        .iter()
        .flat_map(|w| w.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Word runs of the texts the writer was given.
struct Sources<'a> {
    /// By source: the hashes of its runs of words. Two runs with one hash are one in 2⁶⁴.
    runs: Vec<(&'a str, HashSet<u64>)>,
    /// What the rubric calls its elements, word by word.
    titles: Vec<Vec<String>>,
}

impl<'a> Sources<'a> {
    fn new(c: &Compiled, cx: &Context<'a>) -> Self {
        let n = c.rubric.copy.shingle as usize;
        let stems = Stems::new();
        let runs = cx.sources.iter().map(|s| {
            let cut = crate::read::cut(&s.text);
            let text = split(cut, &stems);
            let all = words(&text.tokens);
            (s.id.as_str(), all.windows(n).map(run).collect())
        });
        let titles = c.rubric.elements.iter().map(|e| words(&split(e.label(), &stems).tokens));
        Self { runs: runs.collect(), titles: titles.filter(|t| t.len() >= 2).collect() }
    }

    /// Titles of elements that the sentence is made of; none if it says more than they.
    fn titles(&self, own: &[String]) -> usize {
        let (mut at, mut covered, mut count) = (0, 0, 0);
        while at < own.len() {
            let here = |t: &&Vec<String>| own.get(at..at + t.len()) == Some(t.as_slice());
            if let Some(t) = self.titles.iter().filter(here).max_by_key(|t| t.len()) {
                at += t.len();
                covered += t.len();
                count += 1;
            } else {
                at += 1;
            }
        }
        if covered * 5 >= own.len() * 4 { count } else { 0 }
    }

    /// The source this sentence is taken from.
    fn copied(&self, own: &[String], c: &Compiled) -> Option<String> {
        let n = c.rubric.copy.shingle as usize;
        let total = (own.len() + 1).saturating_sub(n);
        // Under eight words people meet by chance.
        if own.len() < 8 || total == 0 {
            return None;
        }
        let mine: Vec<u64> = own.windows(n).map(run).collect();
        self.runs.iter().find_map(|(id, runs)| {
            let shared = mine.iter().filter(|w| runs.contains(*w)).count();
            (shared * 100 >= total * c.rubric.copy.max_ratio.0.max(1) as usize).then(|| (*id).to_owned())
        })
    }
}

fn function(r: Role) -> bool {
    !matches!(r, Role::Other | Role::Past | Role::Ing | Role::Number | Role::Mark | Role::Adverb)
}
