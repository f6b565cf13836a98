//! The pattern language: parsing, compiling and finding.
//!
//! See the crate documentation for the language as an author sees it.

use crate::reading::Fault;
use crate::slot::{Slot, Value};
use crate::token::{Kind, Token};
use crate::word::{Stems, spelling};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Tokens a pattern may reach over when it does not say.
pub(crate) const WINDOW: usize = 12;
/// Longest pattern in bytes.
pub(crate) const MAX_PATTERN: usize = 2_000;
/// Alternatives per group after the lexicon is put in.
const MAX_ALTERNATIVES: usize = 400;
/// Matches of one pattern in one sentence that are looked at.
const MAX_MATCHES: usize = 16;
/// Groups per pattern.
const MAX_GROUPS: usize = 8;

/// Index into the table of word tests of a rubric.
type AtomId = u32;

/// One test of one token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Atom {
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
    fn add(&mut self, atom: Atom) -> AtomId {
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

/// Looks up `@name`.
pub(crate) struct Names<'a> {
    pub(crate) own: &'a BTreeMap<String, Vec<String>>,
}

impl Names<'_> {
    pub(crate) fn get(&self, name: &str) -> Option<Vec<&str>> {
        if let Some(list) = self.own.get(name) {
            return Some(list.iter().map(String::as_str).collect());
        }
        crate::lexicon::entry(name)
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let mut best: Option<(usize, String)> = None;
        let mut look = |n: &str| {
            let d = distance(name, n);
            if d <= 2.max(n.len() / 3) && best.as_ref().is_none_or(|(b, _)| d < *b) {
                best = Some((d, n.to_owned()));
            }
        };
        self.own.keys().for_each(|n| look(n));
        crate::lexicon::names().for_each(&mut look);
        best.map(|(_, n)| n)
    }
}

/// Edit distance (Levenshtein) of two short names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, cb) in b.iter().enumerate() {
            let up = row.get(j + 1).copied().unwrap_or(0);
            let left = row.get(j).copied().unwrap_or(0);
            let cost = (diagonal + usize::from(ca != *cb)).min(up + 1).min(left + 1);
            diagonal = up;
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = cost;
            }
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Parses `source` and enters its word tests into `atoms`.
pub(crate) fn compile(
    source: &str,
    path: &str,
    names: &Names<'_>,
    stems: &Stems,
    atoms: &mut Atoms,
) -> Result<Pattern, Fault> {
    let fault = |message: String, hint: &str| Err(Fault::error(path, message, hint));
    if source.len() > MAX_PATTERN {
        return fault(
            format!("the pattern is longer than {MAX_PATTERN} bytes"),
            "put long word lists into the lexicon",
        );
    }
    let (body, window) = match source.rsplit_once('~') {
        None => (source, WINDOW),
        Some((body, n)) => match n.trim().parse::<usize>() {
            Ok(n @ 1..=200) => (body, n),
            _ => {
                return fault(
                    format!("\"~{}\" is no window", n.trim()),
                    "write ~ and a number of words from 1 to 200 at the end, such as ~8",
                );
            }
        },
    };
    let ordered = body.contains('>');
    if ordered && body.contains('+') {
        return fault(
            "the pattern mixes + and >".into(),
            "use + for groups in any order or > for groups in this order, not both",
        );
    }
    let parts: Vec<&str> = body.split(if ordered { '>' } else { '+' }).collect();
    if parts.len() > MAX_GROUPS {
        return fault(format!("the pattern has more than {MAX_GROUPS} groups"), "split it into two patterns");
    }
    let mut groups = Vec::new();
    for part in parts {
        let part = part.trim();
        let (absent, part) = part.strip_prefix('!').map_or((false, part), |p| (true, p.trim()));
        if part.is_empty() {
            return fault("a group of the pattern is empty".into(), "write at least one word between + signs");
        }
        let mut phrases = Vec::new();
        for word in part.split('|') {
            alternative(word.trim(), path, names, stems, atoms, &mut phrases)?;
        }
        if phrases.len() > MAX_ALTERNATIVES {
            return fault(format!("a group has more than {MAX_ALTERNATIVES} alternatives"), "make it smaller");
        }
        groups.push(Group { phrases, shown: shown(part), absent });
    }
    if groups.iter().all(|g| g.absent) {
        return fault("the pattern only says what must be absent".into(), "add a group that must be there");
    }
    Ok(Pattern { groups, window, ordered })
}

/// The first alternative of a group in readable form.
fn shown(part: &str) -> String {
    let first = part.split('|').next().unwrap_or(part).trim();
    first.trim_matches(['@', '=', '*']).replace('_', " ").replace('*', "")
}

fn alternative(
    word: &str,
    path: &str,
    names: &Names<'_>,
    stems: &Stems,
    atoms: &mut Atoms,
    out: &mut Vec<Phrase>,
) -> Result<(), Fault> {
    if let Some(name) = word.strip_prefix('@') {
        let Some(list) = names.get(name) else {
            let hint = names.nearest(name).map_or_else(
                || "add it to the rubric's lexicon".to_owned(),
                |n| format!("did you mean @{n}? Otherwise add it to the rubric's lexicon"),
            );
            return Err(Fault::error(path, format!("the lexicon has no @{name}"), hint));
        };
        for entry in list {
            if entry.trim_start().starts_with('@') {
                return Err(Fault::error(
                    path,
                    format!("lexicon entry @{name} names another entry"),
                    "write the words out",
                ));
            }
            alternative(entry.trim(), path, names, stems, atoms, out)?;
        }
        return Ok(());
    }
    let mut phrase = Vec::new();
    for piece in word.split(['_', ' ', '-']).filter(|p| !p.is_empty()) {
        phrase.push(atom(piece, path, stems, atoms)?);
    }
    if phrase.is_empty() {
        return Err(Fault::error(path, "an alternative is empty", "remove the extra | or write a word"));
    }
    if phrase.len() > 1 && !word.contains('#') {
        // "roll_back" also finds "rollback".
        let joined: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let tail_star = word.ends_with('*');
        let one = if tail_star { format!("{joined}*") } else { joined };
        let one = atom(&one, path, stems, atoms)?;
        out.push(Phrase { atoms: vec![one], separable: false, value: false });
    }
    let last = word.rsplit(['_', ' ', '-']).next().unwrap_or("");
    let separable = phrase.len() == 2 && matches!(last, "back" | "off" | "down" | "out" | "up" | "offline");
    out.push(Phrase { atoms: phrase, separable, value: last.starts_with('#') });
    Ok(())
}

fn atom(piece: &str, path: &str, stems: &Stems, atoms: &mut Atoms) -> Result<AtomId, Fault> {
    match piece {
        "#number" => return Ok(atoms.add(Atom::AnyNumber)),
        "#clock" => return Ok(atoms.add(Atom::AnyClock)),
        "#time" => return Ok(atoms.add(Atom::AnyTime)),
        "#address" => return Ok(atoms.add(Atom::AnyAddress)),
        _ => {}
    }
    let (exact, rest) = piece.strip_prefix('=').map_or((false, piece), |r| (true, r));
    let (star, rest) = rest.strip_suffix('*').map_or((false, rest), |r| (true, r));
    let folded: String = crate::normal::normalise(rest).text.replace('\'', "");
    let fine = !folded.is_empty() && folded.chars().all(|c| c.is_alphanumeric() || ".:,%/".contains(c));
    if !fine {
        return Err(Fault::error(
            path,
            format!("\"{piece}\" is no word of the pattern language"),
            "use letters and digits; | between alternatives, + between groups, _ inside phrases, * at the end, = in front",
        ));
    }
    if exact && star {
        return Err(Fault::error(
            path,
            format!("\"{piece}\" has both = and *"),
            "= means this very form, * means any ending; choose one",
        ));
    }
    let spelled = spelling(&folded).unwrap_or_else(|| folded.clone());
    let number = folded.starts_with(|c: char| c.is_ascii_digit());
    Ok(if exact || number {
        atoms.add(Atom::Exact(spelled))
    } else if star {
        if folded.chars().count() < 2 {
            return Err(Fault::error(
                path,
                format!("\"{piece}\" would match almost anything"),
                "write at least two letters before *",
            ));
        }
        let stem = stems.stem(&spelled);
        atoms.add(Atom::Prefix(spelled, stem))
    } else {
        atoms.add(Atom::Stem(stems.stem(&spelled)))
    })
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
            if hits.get(i).is_none_or(Vec::is_empty) {
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
