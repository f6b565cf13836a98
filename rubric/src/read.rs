//! The pipeline: text in, marks out.

mod award;
mod credit;

use crate::compile::Compiled;
use crate::hundredths::Hundredths;
use crate::pattern::Match;
use crate::reading::{CapApplied, Credit, Evidence, Gated, ProhibitedHit, Reading, Span};
use crate::rubric::{Flag, Need, Severity};
use crate::slot::{Slot, Value, find as find_slots};
use crate::state::{Scene, Verdict};
use crate::token::Token;
use crate::unit::{Text, Unit, segments, split};
use crate::word::Stems;
use credit::claimed;
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

/// The sentence with the matched words.
pub(crate) fn evidence(s: &Scan<'_>, m: &Match, pattern: String, original: &str) -> Evidence {
    Evidence {
        span: s.unit.span,
        quote: original.get(s.unit.span.start..s.unit.span.end).unwrap_or("").to_owned(),
        words: m.tokens.iter().filter_map(|i| s.tokens.get(*i)).map(|t| t.span).collect(),
        pattern,
    }
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
