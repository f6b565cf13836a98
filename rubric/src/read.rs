//! The pipeline: text in, marks out.

use crate::compile::{Compiled, Rules};
use crate::hundredths::Hundredths;
use crate::pattern::{Match, Place};
use crate::reading::{
    CapApplied, Credit, ElementResult, Evidence, FactFinding, FactVerdict, Gated, NearMiss, ProhibitedHit, Reading,
    Span,
};
use crate::rubric::{self, About, Element, Flag, Need, Severity, State, Wanted};
use crate::slot::{Slot, Value, find as find_slots};
use crate::state::{Scene, Verdict};
use crate::token::Token;
use crate::unit::{Text, Unit, UnitKind, segments, split};
use crate::word::Stems;
use std::borrow::Cow;
use std::ops::Range;

/// Longest text read, in bytes; the rest is cut with a note.
pub const MAX_TEXT: usize = 64 * 1024;

/// A text the writer was given and might copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Shown when a sentence turns out to be copied.
    pub id: String,
    /// The whole text.
    pub text: String,
}

/// A civil date and time of day in UTC, as the exercise tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Year.
    pub year: i32,
    /// 1-12.
    pub month: u8,
    /// 1-31.
    pub day: u8,
    /// 0-23.
    pub hour: u8,
    /// 0-59.
    pub minute: u8,
}

/// What was known to the writer when the text was sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Ids of the injects delivered to the writer. Empty = not known: nothing counts as premature.
    pub delivered: &'a [&'a str],
    /// Texts the writer was given, for the copy gate. Nothing given, nothing copied.
    pub sources: &'a [Source],
    /// When it was sent. A next update promised for an earlier time of the same day is not one.
    pub sent_at: Option<Moment>,
}

impl Context<'_> {
    pub(crate) fn knows(&self, inject: &str) -> bool {
        self.delivered.is_empty() || self.delivered.contains(&inject)
    }
}

/// One unit with everything that was found in it.
pub(crate) struct Scan<'t> {
    pub(crate) unit: &'t Unit,
    pub(crate) tokens: &'t [Token],
    pub(crate) hits: Vec<Vec<u32>>,
    pub(crate) segments: Vec<Range<usize>>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) scene: Scene<'t>,
    pub(crate) gate: Option<(Flag, String)>,
}

impl Scan<'_> {
    pub(crate) fn words(&self) -> usize {
        self.unit.words as usize
    }

    pub(crate) fn has_time(&self) -> bool {
        self.slots.iter().any(|s| s.value.is_time())
    }
}

/// At most [`MAX_TEXT`] bytes of `text`, cut between characters.
pub(crate) fn cut(text: &str) -> &str {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// Evidence for one element in one unit.
struct Candidate {
    unit: usize,
    pattern: usize,
    found: Match,
    verdict: Verdict,
    credit: Credit,
    /// What else was lacking, in plain English; empty if nothing.
    lacking: String,
}

pub(crate) fn scan<'t>(c: &Compiled, text: &'t Text, stems: &Stems) -> Vec<Scan<'t>> {
    let one = |unit: &'t Unit| {
        let tokens = text.of(unit);
        let slots = find_slots(tokens);
        Scan {
            unit,
            tokens,
            hits: c.atoms.hits(tokens, &slots),
            segments: segments(tokens),
            scene: Scene::new(tokens, unit.kind, unit.lead, &slots, stems),
            slots,
            gate: None,
        }
    };
    text.units.iter().map(one).collect()
}

impl Compiled {
    /// Reads a text. Never fails: what cannot be read is noted.
    #[must_use]
    pub fn read(&self, text: &str, cx: &Context<'_>) -> Reading {
        let original = cut(text);
        let stems = Stems::new();
        let parts = split(original, &stems);
        let mut scans = scan(self, &parts, &stems);
        crate::gate::apply(self, &mut scans, cx);
        let (elements, mut facts) = self.elements(&parts, &scans, original, cx);
        facts.extend(crate::fact::check(&self.rubric.facts, &self.facts, &scans, original, cx));
        let prohibited = self.prohibitions(&scans, original, cx);
        let form = crate::form::check(self, &parts, &scans, &elements, cx);
        let gated = gated(&scans, original);
        let mut out = Reading {
            rubric: self.rubric.id.clone(),
            version: self.rubric.version,
            points: 0,
            out_of: self.rubric.combine.scale.1.0,
            band: String::new(),
            confidence: 0,
            words: parts.words,
            elements,
            facts,
            prohibited,
            gated,
            form,
            caps: Vec::new(),
            review: Vec::new(),
            notes: notes(text, original, &parts),
        };
        crate::score::combine(self, &mut out, &scans);
        out
    }

    /// All candidates of an element, best first.
    fn candidates(&self, e: &Element, rules: &Rules, text: &Text, scans: &[Scan<'_>]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for (u, s) in scans.iter().enumerate().filter(|(_, s)| s.gate.is_none()) {
            let before = context(scans, u);
            for seg in &s.segments {
                if rules.none.iter().any(|p| !p.find(s.tokens, &s.hits, seg).is_empty()) {
                    continue;
                }
                for (n, p) in rules.any.iter().enumerate() {
                    let mut found = p.find(s.tokens, &s.hits, seg);
                    let borrowed = found.is_empty();
                    if let (true, Some(b)) = (borrowed, before.clone()) {
                        let here = Place { tokens: s.tokens, hits: &s.hits, range: seg.clone() };
                        let (b, range) = b;
                        let there = Place { tokens: b.tokens, hits: &b.hits, range };
                        found = p.find_borrowing(&here, &there);
                    }
                    out.extend(found.into_iter().map(|m| self.judge(e, text, s, (u, n), m, borrowed)));
                }
            }
        }
        out.sort_by_key(|c| (std::cmp::Reverse(c.credit), !c.verdict.sure, c.unit, c.found.first()));
        out
    }

    /// What one match is worth.
    fn judge(
        &self,
        e: &Element,
        text: &Text,
        s: &Scan<'_>,
        (unit, pattern): (usize, usize),
        found: Match,
        borrowed: bool,
    ) -> Candidate {
        let mut verdict = s.scene.verdict(&found);
        verdict.sure &= !borrowed;
        let mut credit = credit(e, &verdict, s.scene.admits(&found));
        let mut lacking = String::new();
        if credit == Credit::None {
            lacking = format!("it is said as {}, the rubric asks for {}", verdict.state, wanted(e));
        }
        if let Some(need) = e.needs.iter().find(|n| !s.has(**n, &found, &self.house.owner)) {
            credit = Credit::None;
            lacking = format!("has \"{}\", no {}", matched_words(s, &found), need_name(*need));
        } else if credit != Credit::None && !e.place.is_none_or(|p| stands(p, unit, s, &found, text)) {
            credit = Credit::None;
            "it stands in the wrong place".clone_into(&mut lacking);
        }
        Candidate { unit, pattern, found, verdict, credit, lacking }
    }

    fn elements(
        &self,
        text: &Text,
        scans: &[Scan<'_>],
        original: &str,
        cx: &Context<'_>,
    ) -> (Vec<ElementResult>, Vec<FactFinding>) {
        let list = &self.rubric.elements;
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(list.get(*i).map_or(0, |e| e.points.0)));
        let mut load = vec![0u32; scans.len()];
        let mut done: Vec<Option<ElementResult>> = vec![None; list.len()];
        let mut early = Vec::new();
        for i in order {
            let (Some(e), Some(rules)) = (list.get(i), self.elements.get(i)) else { continue };
            let all = self.candidates(e, rules, text, scans);
            let result = self.award(e, rules, all, &mut load, scans, original, cx, &mut early);
            if let Some(slot) = done.get_mut(i) {
                *slot = Some(result);
            }
        }
        (done.into_iter().flatten().collect(), early)
    }

    #[expect(clippy::too_many_arguments, reason = "one step of the pipeline; a struct would only rename its inputs")]
    fn award(
        &self,
        e: &Element,
        rules: &Rules,
        all: Vec<Candidate>,
        load: &mut [u32],
        scans: &[Scan<'_>],
        original: &str,
        cx: &Context<'_>,
        early: &mut Vec<FactFinding>,
    ) -> ElementResult {
        let limit = self.rubric.combine.per_sentence_max_elements;
        let mut result = ElementResult {
            id: e.id.clone(),
            label: e.label().to_owned(),
            earned: 0,
            possible: e.points.0,
            credit: Credit::None,
            required: e.required,
            state: None,
            trigger: String::new(),
            evidence: None,
            miss: None,
        };
        let earns = |c: &&Candidate| c.credit != Credit::None;
        let free = all.iter().filter(earns).find(|c| load.get(c.unit).is_some_and(|n| *n < limit));
        let Some(best) = free.or_else(|| all.first()) else {
            result.miss = near_miss(rules, scans, original);
            return result;
        };
        let Some(s) = scans.get(best.unit) else { return result };
        result.state = Some(shown_state(e, best));
        result.trigger = s
            .tokens
            .get(best.verdict.trigger.clone())
            .map(|t| t.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" "))
            .unwrap_or_default();
        let evidence = evidence(s, &best.found, format!("any_of[{}]", best.pattern), original);
        let miss = |lacking: String| Some(NearMiss { span: evidence.span, quote: evidence.quote.clone(), lacking });
        if best.credit == Credit::None {
            result.miss = miss(best.lacking.clone());
        } else if free.is_none() {
            result.miss = miss(format!("that sentence already earned {limit} elements"));
        } else if let Some(inject) = e.earliest_inject.as_ref().filter(|i| !cx.knows(i)) {
            result.miss = miss(format!("it was said before inject {inject} could make it true"));
            early.push(FactFinding {
                id: e.id.clone(),
                verdict: FactVerdict::Premature,
                span: evidence.span,
                found: evidence.quote.clone(),
                expected_for_instructor: None,
                inject: Some(inject.clone()),
                points: -(e.points.0 / 2),
            });
        } else {
            if let Some(n) = load.get_mut(best.unit) {
                *n += 1;
            }
            result.credit = best.credit;
            result.earned = if best.credit == Credit::Full { e.points.0 } else { e.points.0 / 2 };
        }
        result.evidence = Some(evidence);
        result
    }

    fn prohibitions(&self, scans: &[Scan<'_>], original: &str, cx: &Context<'_>) -> Vec<ProhibitedHit> {
        let mut out = Vec::new();
        for (p, rules) in self.rubric.prohibited.iter().zip(&self.prohibited) {
            if p.until_inject.as_ref().is_some_and(|i| !cx.delivered.is_empty() && cx.knows(i)) {
                continue;
            }
            // A copied or doubled claim is still made.
            let spoken = scans.iter().filter(|s| !matches!(s.gate, Some((Flag::WordSalad | Flag::KeywordList, _))));
            let hit = spoken.flat_map(|s| s.segments.iter().map(move |g| (s, g))).find_map(|(s, seg)| {
                if rules.none.iter().any(|x| !x.find(s.tokens, &s.hits, seg).is_empty()) {
                    return None;
                }
                rules.any.iter().enumerate().find_map(|(n, x)| {
                    x.find(s.tokens, &s.hits, seg).into_iter().find_map(|m| {
                        let v = s.scene.verdict(&m);
                        claimed(p.state, &v).then_some((s, n, m, v))
                    })
                })
            });
            if let Some((s, n, m, v)) = hit {
                out.push(ProhibitedHit {
                    id: p.id.clone(),
                    severity: p.severity,
                    points: -p.points.0.saturating_abs(),
                    why: p.why.clone(),
                    state: v.state,
                    evidence: evidence(s, &m, format!("any_of[{n}]"), original),
                });
            }
        }
        out
    }
}

/// The words a sentence may lean on: the label its line begins with ("Unknown: who did it. How."), the heading over
/// a list item, or the sentence before one with a pronoun ("The assistant leaked chats. We took it offline.").
fn context<'s, 't>(scans: &'s [Scan<'t>], at: usize) -> Option<(&'s Scan<'t>, Range<usize>)> {
    let s = scans.get(at)?;
    if let Some((unit, words)) = s.unit.under {
        return scans.get(unit).filter(|l| l.gate.is_none()).map(|l| (l, 0..words));
    }
    let found = if s.unit.kind == UnitKind::Bullet {
        scans
            .get(..at)?
            .iter()
            .rev()
            .find(|h| h.unit.kind != UnitKind::Bullet)
            .filter(|h| h.unit.kind == UnitKind::Heading)
    } else {
        let pronoun =
            s.tokens.iter().any(|t| matches!(t.text.as_str(), "it" | "they" | "them" | "this" | "these" | "both"));
        at.checked_sub(1).and_then(|b| scans.get(b)).filter(|_| pronoun)
    };
    found.filter(|f| f.gate.is_none()).map(|f| (f, 0..f.tokens.len()))
}

/// Whether a prohibited thing is claimed in the state the author means.
fn claimed(want: Wanted, v: &Verdict) -> bool {
    match want {
        Wanted::Done => v.state == State::Done || v.also == Some(State::Done),
        Wanted::Planned => v.state == State::Planned || v.also == Some(State::Planned),
        Wanted::NotDone => v.state == State::NotDone,
        Wanted::Admitted => matches!(v.state, State::NotDone | State::Hedged),
        Wanted::Any => true,
    }
}

fn full_states(e: &Element) -> Cow<'_, [State]> {
    if !e.full.is_empty() {
        return Cow::Borrowed(&e.full);
    }
    Cow::Borrowed(match e.state {
        Wanted::Done => &[State::Done],
        Wanted::Planned => &[State::Planned],
        Wanted::NotDone => &[State::NotDone],
        Wanted::Admitted => &[State::NotDone, State::Hedged],
        Wanted::Any => &[State::Done, State::Planned, State::NotDone, State::Hedged, State::Mentioned],
    })
}

fn half_states(e: &Element) -> Cow<'_, [State]> {
    if !e.half.is_empty() {
        return Cow::Borrowed(&e.half);
    }
    Cow::Borrowed(match (e.about, e.state) {
        (About::Fact, Wanted::Done) => &[State::Hedged, State::Mentioned],
        (About::Fact, Wanted::NotDone) => &[State::Hedged],
        _ => &[],
    })
}

/// What a verdict earns of an element.
fn credit(e: &Element, v: &Verdict, admits: bool) -> Credit {
    let full = full_states(e);
    let says = |list: &[State]| list.contains(&v.state) || v.also.is_some_and(|a| list.contains(&a));
    if says(&full) || (e.state == Wanted::Admitted && e.full.is_empty() && admits) {
        return Credit::Full;
    }
    if (v.label || v.harm) && e.about == About::Fact && e.state == Wanted::Done {
        return Credit::Full;
    }
    if says(&half_states(e)) { Credit::Half } else { Credit::None }
}

fn shown_state(e: &Element, c: &Candidate) -> State {
    let full = full_states(e);
    if c.credit != Credit::Full || full.contains(&c.verdict.state) {
        return c.verdict.state;
    }
    // Owned up to in the pattern's own words ("do not know", "unclear").
    c.verdict.also.filter(|a| full.contains(a)).unwrap_or(if e.state == Wanted::Admitted {
        State::NotDone
    } else {
        c.verdict.state
    })
}

fn wanted(e: &Element) -> String {
    let list = full_states(e);
    list.iter().map(State::to_string).collect::<Vec<_>>().join(" or ")
}

fn need_name(n: Need) -> &'static str {
    match n {
        Need::Time => "time",
        Need::Interval => "term such as \"within two hours\"",
        Need::Name => "name",
        Need::Count => "number",
        Need::Owner => "owner",
    }
}

fn matched_words(s: &Scan<'_>, m: &Match) -> String {
    let words = m.tokens.iter().filter_map(|i| s.tokens.get(*i)).map(|t| t.text.as_str());
    words.take(6).collect::<Vec<_>>().join(" ")
}

impl Scan<'_> {
    /// Whether the sentence carries what an element needs besides.
    fn has(&self, need: Need, m: &Match, owner: &[crate::pattern::Pattern]) -> bool {
        match need {
            Need::Time => self.has_time(),
            Need::Interval => self.slots.iter().any(|s| s.value == Value::Interval),
            Need::Count => self.slots.iter().any(|s| matches!(s.value, Value::Count(_) | Value::Percent(_))),
            Need::Name => self.names().any(|i| !m.tokens.contains(&i)),
            Need::Owner => {
                let role =
                    self.segments.iter().any(|g| owner.iter().any(|p| !p.find(self.tokens, &self.hits, g).is_empty()));
                role || self.has_person()
            }
        }
    }
}

fn stands(p: rubric::Place, unit: usize, s: &Scan<'_>, m: &Match, text: &Text) -> bool {
    let first = s.tokens.get(m.first()).map_or(0, |t| t.at);
    let last = s.tokens.get(m.last()).map_or(0, |t| t.at);
    p.first_words.is_none_or(|n| first < n)
        && p.last_words.is_none_or(|n| last + n >= text.words)
        && p.first_sentences.is_none_or(|n| (unit as u64) < u64::from(n))
}

/// The sentence with the matched words.
pub(crate) fn evidence(s: &Scan<'_>, m: &Match, pattern: String, original: &str) -> Evidence {
    Evidence {
        span: s.unit.span,
        quote: original.get(s.unit.span.start..s.unit.span.end).unwrap_or("").to_owned(),
        words: m.tokens.iter().filter_map(|i| s.tokens.get(*i)).map(|t| t.span).collect(),
        pattern,
    }
}

/// The sentence in which most groups of a pattern stand.
fn near_miss(rules: &Rules, scans: &[Scan<'_>], original: &str) -> Option<NearMiss> {
    let mut best: Option<(usize, NearMiss)> = None;
    for s in scans.iter().filter(|s| s.gate.is_none()) {
        for p in &rules.any {
            let (has, lacks) = p.partial(s.tokens, &s.hits, &(0..s.tokens.len()));
            let score = has.len() * 10 / (has.len() + lacks.len()).max(1);
            if has.is_empty() || best.as_ref().is_some_and(|(b, _)| *b >= score) {
                continue;
            }
            let lacking = if lacks.is_empty() {
                format!("has \"{}\", too far apart", has.join("\" and \""))
            } else {
                format!("has \"{}\", no \"{}\"", has.join("\" and \""), lacks.join("\" and no \""))
            };
            let quote = original.get(s.unit.span.start..s.unit.span.end).unwrap_or("").to_owned();
            best = Some((score, NearMiss { span: s.unit.span, quote, lacking }));
        }
    }
    best.map(|(_, m)| m)
}

fn gated(scans: &[Scan<'_>], original: &str) -> Vec<Gated> {
    let one = |s: &Scan<'_>| {
        let (flag, source) = s.gate.clone()?;
        let quote = original.get(s.unit.span.start..s.unit.span.end).unwrap_or("").to_owned();
        Some(Gated { flag, source, span: s.unit.span, quote })
    };
    scans.iter().filter_map(one).collect()
}

fn notes(text: &str, original: &str, parts: &Text) -> Vec<String> {
    let mut out = Vec::new();
    if original.len() < text.len() {
        out.push(format!("The text is longer than {MAX_TEXT} bytes; only the beginning was read."));
    }
    if parts.hidden > 0 {
        out.push(format!("{} invisible characters were left out.", parts.hidden));
    }
    if parts.lookalikes > 0 {
        out.push(format!("{} look-alike characters were read as the letters they look like.", parts.lookalikes));
    }
    out
}

/// Span helper for callers that have a whole unit.
impl From<&Scan<'_>> for Span {
    fn from(s: &Scan<'_>) -> Self {
        s.unit.span
    }
}

/// A ceiling that holds, with its reason.
pub(crate) fn cap(why: String, max: Hundredths) -> CapApplied {
    CapApplied { why, max: max.0, lowered: false }
}

/// Whether a hit is at least this severe.
pub(crate) fn at_least(hits: &[ProhibitedHit], s: Severity) -> bool {
    hits.iter().any(|h| h.severity >= s)
}
