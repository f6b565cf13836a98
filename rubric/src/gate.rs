//! Step 4: sentences that earn nothing whatever they contain.
//!
//! Each gate looks at one thing that people do when they do not write: words in
//! no order (function-word pairs English never has), keywords in a row (hardly
//! any function words), somebody else's sentence (shared word runs, Broder 1997),
//! the same sentence again, a word to the grader. Short lines, lists, tables and
//! timelines drop function words by nature and are judged more leniently.

use crate::compile::Compiled;
use crate::grammar::Role;
use crate::pattern::Pattern;
use crate::read::{Context, Scan};
use crate::rubric::{Flag, State};
use crate::token::Token;
use crate::unit::{UnitKind, split};
use crate::word::Stems;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Marks every scan that is to earn nothing.
pub(crate) fn apply(c: &Compiled, scans: &mut [Scan<'_>], cx: &Context<'_>) {
    let sources = Sources::new(c, cx);
    let mut salad = Salad::default();
    for s in scans.iter() {
        salad.add(s);
    }
    let all_salad = salad.is_salad(24);
    let list = wholly_keywords(scans);
    let stuffed = stuffed_runs(scans);
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
        } else if again {
            Some((Flag::Duplicate, String::new()))
        } else if (all_salad && s.words() >= 4) || mine.is_salad(9) {
            Some((Flag::WordSalad, String::new()))
        } else if is_list(s) || list || stuffed.contains(&at) {
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

/// Word runs of the texts the writer was given.
struct Sources<'a> {
    runs: Vec<(&'a str, HashSet<Vec<String>>)>,
}

impl<'a> Sources<'a> {
    fn new(c: &Compiled, cx: &Context<'a>) -> Self {
        let n = c.rubric.copy.shingle as usize;
        let stems = Stems::new();
        let runs = cx.sources.iter().map(|s| {
            let cut = crate::read::cut(&s.text);
            let text = split(cut, &stems);
            let all = words(&text.tokens);
            (s.id.as_str(), all.windows(n).map(<[String]>::to_vec).collect())
        });
        Self { runs: runs.collect() }
    }

    /// The source this sentence is taken from.
    fn copied(&self, own: &[String], c: &Compiled) -> Option<String> {
        let n = c.rubric.copy.shingle as usize;
        let total = (own.len() + 1).saturating_sub(n);
        // Under eight words people meet by chance.
        if own.len() < 8 || total == 0 {
            return None;
        }
        self.runs.iter().find_map(|(id, runs)| {
            let shared = own.windows(n).filter(|w| runs.contains(*w)).count();
            (shared * 100 >= total * c.rubric.copy.max_ratio.0.max(1) as usize).then(|| (*id).to_owned())
        })
    }
}

/// Counts pairs of function words that English does not have.
#[derive(Default)]
struct Salad {
    pairs: usize,
    odd: usize,
    words: usize,
}

impl Salad {
    fn add(&mut self, s: &Scan<'_>) {
        let roles = &s.scene.roles;
        self.words += s.words();
        for i in 0..s.tokens.len() {
            let (Some(a), Some(ra)) = (s.tokens.get(i), roles.get(i)) else { continue };
            if *ra == Role::Mark {
                continue;
            }
            let b = s.tokens.get(i + 1);
            let rb = roles.get(i + 1).copied().unwrap_or(Role::Mark);
            if function(*ra) {
                self.pairs += 1;
            }
            let inner = i > 0
                && s.tokens.get(i - 1).is_some_and(|t| !t.is_mark())
                && s.unit.kind == UnitKind::Prose
                && s.words() > 12;
            let stray = inner
                && a.capital
                && matches!(a.text.as_str(), "we" | "our" | "it" | "if" | "your" | "they" | "this" | "what");
            // "option A, B": a letter, not an article.
            let letter = a.text == "a" && a.capital && (i > 0 || b.is_none_or(Token::is_mark));
            if letter {
                continue;
            }
            if stray || odd(a, *ra, b, rb, i + 1 >= s.tokens.len()) {
                self.odd += 1;
            }
        }
    }

    /// Measured on honest texts and their shuffles: the former have no odd pair or one, the
    /// latter one in ten words.
    fn is_salad(&self, at_least: usize) -> bool {
        let (few, share) = if at_least > 10 { (3, 6) } else { (2, 12) };
        self.words >= at_least
            && self.odd >= few
            && self.odd * 100 >= self.pairs * share
            && self.odd * 100 >= self.words * share / 3
    }
}

fn function(r: Role) -> bool {
    !matches!(r, Role::Other | Role::Past | Role::Ing | Role::Number | Role::Mark | Role::Adverb)
}

/// Whether `b` cannot follow `a`.
fn odd(a: &Token, ra: Role, b: Option<&Token>, rb: Role, last: bool) -> bool {
    let (x, y) = (a.text.as_str(), b.map_or("", |t| t.text.as_str()));
    let article = matches!(x, "the" | "a" | "an" | "our" | "your" | "their" | "its" | "my" | "every");
    let stop = last || matches!(y, "." | "," | ";" | "!" | "?" | ")");
    if article {
        let bad = matches!(
            rb,
            Role::Modal
                | Role::Be
                | Role::Have
                | Role::Do
                | Role::To
                | Role::Preposition
                | Role::Coordinator
                | Role::Pronoun
                | Role::Subordinator
        ) && !matches!(
            y,
            "back"
                | "up"
                | "out"
                | "over"
                | "under"
                | "off"
                | "like"
                | "following"
                | "pending"
                | "why"
                | "how"
                | "what"
                | "who"
                | "when"
                | "where"
                | "will"
                | "can"
                | "do"
                | "in"
                | "on"
                | "being"
                | "none"
                | "which"
        );
        let twice = matches!(
            y,
            "the"
                | "a"
                | "an"
                | "our"
                | "your"
                | "their"
                | "its"
                | "my"
                | "any"
                | "some"
                | "this"
                | "these"
                | "those"
                | "another"
                | "no"
        ) && !matches!((x, y), (_, "no"));
        return bad || twice || stop;
    }
    match ra {
        Role::Preposition => {
            let particle = matches!(
                x,
                "up" | "out"
                    | "off"
                    | "back"
                    | "over"
                    | "in"
                    | "on"
                    | "through"
                    | "about"
                    | "under"
                    | "by"
                    | "pending"
                    | "following"
                    | "like"
                    | "than"
                    | "including"
                    | "across"
                    | "within"
                    | "without"
            );
            let hard = matches!(
                x,
                "of" | "with"
                    | "from"
                    | "into"
                    | "for"
                    | "at"
                    | "to"
                    | "during"
                    | "between"
                    | "among"
                    | "against"
                    | "via"
                    | "per"
            );
            (hard
                && matches!(rb, Role::Modal | Role::Be | Role::Do | Role::Coordinator)
                && !matches!(y, "being" | "will"))
                || (hard && matches!(rb, Role::Have) && y != "having")
                || (hard && stop && !matches!(x, "for" | "from" | "with" | "to" | "of" | "at" | "against"))
                || (hard
                    && rb == Role::Preposition
                    && !matches!(
                        (x, y),
                        (
                            "from" | "to" | "of" | "for" | "at" | "with",
                            "within"
                                | "about"
                                | "over"
                                | "under"
                                | "between"
                                | "outside"
                                | "across"
                                | "up"
                                | "around"
                                | "behind"
                                | "out"
                                | "in"
                                | "on"
                                | "off"
                                | "into"
                                | "during"
                        )
                    )
                    && x != "to")
                || (!particle && matches!(y, "we" | "they" | "i" | "he" | "she") && !matches!(x, "than" | "despite"))
        }
        Role::To if matches!(y, "is" | "are" | "was" | "were" | "has" | "had" | "we" | "they" | "i") => true,
        Role::To => matches!(rb, Role::Modal | Role::To | Role::Coordinator | Role::Do) && y != "do" && y != "will",
        Role::Modal => {
            matches!(
                rb,
                Role::Determiner
                    | Role::To
                    | Role::Preposition
                    | Role::Coordinator
                    | Role::Modal
                    | Role::Number
                    | Role::Ing
            ) && !matches!(
                y,
                "in" | "by"
                    | "at"
                    | "on"
                    | "no"
                    | "all"
                    | "both"
                    | "each"
                    | "to"
                    | "over"
                    | "for"
                    | "from"
                    | "with"
                    | "only"
                    | "and"
                    | "or"
            )
        }
        Role::Be => {
            matches!(rb, Role::Be | Role::Have | Role::Modal | Role::Do) && !matches!(y, "being" | "been" | "having")
                || matches!((x, y), ("am", "the" | "of") | ("be" | "been", "is" | "are" | "was"))
        }
        Role::Have => matches!(rb, Role::Modal | Role::Do) && y != "do" && y != "done",
        Role::Pronoun => {
            let subject = matches!(x, "we" | "they" | "i" | "he" | "she");
            subject
                && (matches!(
                    rb,
                    Role::Determiner | Role::Preposition | Role::Pronoun | Role::To | Role::Number | Role::Coordinator
                ) && !matches!(y, "all" | "both" | "each" | "in" | "at" | "on" | "by" | "for" | "and" | "or")
                    || stop && y != ",")
        }
        Role::Coordinator => {
            matches!(x, "and" | "or") && (matches!(rb, Role::Coordinator) && y != "or" || stop && y != "," && y != ")")
        }
        _ => false,
    }
}

/// Keywords in a row: many plain words, hardly a function word, no sentence around them.
///
/// Numbers, host names, addresses and a few capitalised names are no keywords: honest lines are full of them.
fn is_list(s: &Scan<'_>) -> bool {
    let named = identifiers(s);
    let n = named.iter().zip(s.tokens).filter(|(named, t)| !**named && !t.is_mark()).count();
    let small = function_words(s);
    let lenient = s.unit.kind != UnitKind::Prose;
    let items = Items::new(s, &named);
    // "package pulled 08:19, hosts isolated 08:21": each item tells something.
    if items.tell() {
        return false;
    }
    let share = small * 100 / s.words().max(1);
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
fn identifiers(s: &Scan<'_>) -> Vec<bool> {
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
/// In honest messages, radio shorthand included, at most three plain words in four are, in keyword lists nine in ten.
fn stuffed_runs(scans: &[Scan<'_>]) -> HashSet<usize> {
    let mut out = HashSet::new();
    let mut run: Vec<usize> = Vec::new();
    for at in 0..=scans.len() {
        match scans.get(at).filter(|s| is_terse(s)) {
            Some(s) if tells(s) => {}
            Some(_) => run.push(at),
            None => {
                let mut sum = Density::default();
                run.iter().filter_map(|i| scans.get(*i)).for_each(|s| sum.add(s));
                if sum.is_stuffed() {
                    out.extend(run.iter().copied());
                }
                run.clear();
            }
        }
    }
    out
}

/// Hardly a function word.
fn is_terse(s: &Scan<'_>) -> bool {
    let mut own = Density::default();
    own.add(s);
    own.small * 10 <= own.words * 3
}

/// Whether a terse line tells something: "09:41 token revoked" in a list, "hosts isolated, keys rotated".
fn tells(s: &Scan<'_>) -> bool {
    let named = identifiers(s);
    let listed = s.unit.kind != UnitKind::Prose && named.contains(&true) && !s.scene.verbs.is_empty();
    let short = s.words() <= 8 || s.unit.kind == UnitKind::Row;
    listed && short || Items::new(s, &named).tell()
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
    fn add(&mut self, s: &Scan<'_>) {
        let named = identifiers(s);
        for (i, t) in s.tokens.iter().enumerate().filter(|(_, t)| !t.is_mark()) {
            self.words += 1;
            if s.scene.roles.get(i).is_some_and(|r| function(*r)) {
                self.small += 1;
            } else if !named.get(i).copied().unwrap_or(false) && t.is_word() {
                self.plain += 1;
                self.sought += usize::from(s.hits.get(i).is_some_and(|h| !h.is_empty()));
            }
        }
    }

    fn is_stuffed(&self) -> bool {
        self.plain >= 10 && self.small * 100 < self.words * 14 && self.sought * 100 >= self.plain * 82
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
