//! Elements: candidates, what they are worth, and the best of them.

use super::credit::{credit, need_name, shown_state, wanted};
use super::{Candidate, Context, Scan, evidence};
use crate::compile::{Compiled, Rules};
use crate::pattern::{Match, Place};
use crate::reading::{Credit, ElementResult, FactFinding, FactVerdict, NearMiss};
use crate::rubric::{self, Element};
use crate::unit::{Text, UnitKind};
use std::ops::Range;

impl Compiled {
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
                    out.extend(found.into_iter().map(|m| self.judge((e, rules.vague), text, s, (u, n), m, borrowed)));
                }
            }
        }
        out.sort_by_key(|c| (std::cmp::Reverse(c.credit), !c.verdict.sure, c.unit, c.found.first()));
        out
    }

    /// What one match is worth.
    fn judge(
        &self,
        (e, vague): (&Element, bool),
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
            let others = e.needs.iter().filter(|n| *n != need).all(|n| s.has(*n, &found, &self.house.owner));
            let placed = e.place.is_none_or(|p| stands(p, unit, s, &found, text));
            let half = vague && credit == Credit::Full && others && placed;
            credit = if half { Credit::Half } else { Credit::None };
            lacking = format!("has \"{}\", no {}", matched_words(s, &found), need_name(*need));
        } else if credit != Credit::None && !e.place.is_none_or(|p| stands(p, unit, s, &found, text)) {
            credit = Credit::None;
            "it stands in the wrong place".clone_into(&mut lacking);
        }
        Candidate { unit, pattern, found, verdict, credit, lacking }
    }

    pub(super) fn elements(
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

fn matched_words(s: &Scan<'_>, m: &Match) -> String {
    let words = m.tokens.iter().filter_map(|i| s.tokens.get(*i)).map(|t| t.text.as_str());
    words.take(6).collect::<Vec<_>>().join(" ")
}

fn stands(p: rubric::Place, unit: usize, s: &Scan<'_>, m: &Match, text: &Text) -> bool {
    let first = s.tokens.get(m.first()).map_or(0, |t| t.at);
    let last = s.tokens.get(m.last()).map_or(0, |t| t.at);
    p.first_words.is_none_or(|n| first < n)
        && p.last_words.is_none_or(|n| last + n >= text.words)
        && p.first_sentences.is_none_or(|n| (unit as u64) < u64::from(n))
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
