//! Step 6: statements against what the scenario knows.

use crate::pattern::Pattern;
use crate::read::{Context, Scan};
use crate::reading::{FactFinding, FactVerdict, Fault, Span};
use crate::rubric::{Fact, FactKind, State};
use crate::slot::{Slot, Value, clock_text, iso_date};
use crate::token::Token;

/// Findings kept per text.
const MAX_FINDINGS: usize = 60;

/// A fact with its value read.
#[derive(Clone, Debug)]
pub(crate) struct CompiledFact {
    cues: Vec<Pattern>,
    value: Known,
    /// Minutes, or whole units, or hundredths of a percent.
    tolerance: i64,
    /// Folded words of the name and its aliases.
    names: Vec<Vec<String>>,
    wrong: Vec<Vec<String>>,
    numbers: Vec<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Known {
    /// Day (year, month, day) if given, and minute of the day in UTC if given.
    Time(Option<(i32, u8, u8)>, Option<i32>),
    Number(i64),
    Name,
    State(State),
}

impl CompiledFact {
    pub(crate) fn new(f: &Fact, cues: Vec<Pattern>, path: &str) -> Result<Self, Fault> {
        let bad = |what: &str, hint: &str| {
            Fault::error(format!("{path}.value"), format!("\"{}\" is no {what}", f.value), hint)
        };
        let value = match f.kind {
            FactKind::Time => time(&f.value).ok_or_else(|| bad("time", "write 2026-03-14T07:40Z or 07:40Z"))?,
            FactKind::Count | FactKind::Money => {
                Known::Number(number(&f.value).ok_or_else(|| bad("whole number", "write digits such as 312"))?)
            }
            FactKind::Percent => Known::Number(share(&f.value).ok_or_else(|| bad("percentage", "write 12.5"))?),
            FactKind::Name => {
                if words(&f.value).is_empty() {
                    return Err(bad("name", "write the name"));
                }
                Known::Name
            }
            FactKind::State => Known::State(match f.value.as_str() {
                "Done" => State::Done,
                "NotDone" => State::NotDone,
                "Planned" => State::Planned,
                _ => return Err(bad("state", "write Done, NotDone or Planned")),
            }),
        };
        let tolerance = tolerance(f, &value).ok_or_else(|| {
            Fault::error(
                format!("{path}.tolerance"),
                format!("\"{}\" is no tolerance", f.tolerance),
                "write 5m or 1h for a time, 10 or 5% for a number",
            )
        })?;
        let mut names: Vec<Vec<String>> = Vec::new();
        if f.kind == FactKind::Name {
            names = std::iter::once(&f.value).chain(&f.aliases).map(|n| words(n)).filter(|n| !n.is_empty()).collect();
        }
        let numbers =
            f.aliases.iter().filter_map(|a| if f.kind == FactKind::Percent { share(a) } else { number(a) }).collect();
        let wrong = f.wrong.iter().map(|n| words(n)).filter(|n| !n.is_empty()).collect();
        Ok(Self { cues, value, tolerance, names, wrong, numbers })
    }

    fn accepts(&self, v: &Value) -> Option<bool> {
        match (&self.value, v) {
            (Known::Time(_, Some(m)), Value::Clock { minute, .. }) => {
                let d = i64::from((m - minute).rem_euclid(1440));
                Some(d.min(1440 - d) <= self.tolerance)
            }
            (Known::Time(Some((y, mo, d)), _), Value::Date { year, month, day }) => {
                Some(mo == month && d == day && (*year == 0 || year == y))
            }
            (Known::Number(n), Value::Count(c) | Value::Percent(c) | Value::Money(c)) => {
                let near = |n: &i64| n.saturating_sub(*c).saturating_abs() <= self.tolerance;
                Some(near(n) || self.numbers.iter().any(near))
            }
            _ => None,
        }
    }
}

fn words(s: &str) -> Vec<String> {
    let folded = crate::normal::normalise(s).text;
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn time(s: &str) -> Option<Known> {
    if let Some((y, m, d, rest)) = iso_date(s.trim()) {
        let minute = match rest {
            Some(t) => Some(clock_text(t)?.0),
            None => None,
        };
        return Some(Known::Time(Some((y, m, d)), minute));
    }
    let (minute, _, _) = clock_text(s.trim())?;
    Some(Known::Time(None, Some(minute)))
}

fn number(s: &str) -> Option<i64> {
    s.trim().replace([',', '_'], "").parse().ok()
}

fn share(s: &str) -> Option<i64> {
    let s = s.trim().trim_end_matches('%');
    let (a, b) = s.split_once('.').unwrap_or((s, ""));
    let frac: i64 = format!("{b:0<2}").get(..2)?.parse().ok()?;
    a.parse::<i64>().ok()?.checked_mul(100)?.checked_add(frac)
}

fn tolerance(f: &Fact, value: &Known) -> Option<i64> {
    let t = f.tolerance.trim();
    if t.is_empty() {
        return Some(0);
    }
    match (value, f.kind) {
        (Known::Time(..), _) => {
            let n = |unit: &str| t.strip_suffix(unit).and_then(|n| n.trim().parse::<i64>().ok()).filter(|n| *n >= 0);
            n("min").or_else(|| n("m")).or_else(|| n("h").and_then(|h| h.checked_mul(60))).or_else(|| t.parse().ok())
        }
        (Known::Number(_), FactKind::Percent) => share(t),
        (Known::Number(n), _) => match t.strip_suffix('%') {
            Some(p) => n.checked_mul(share(p)?).map(|x| (x / 10_000).abs()),
            None => number(t).filter(|n| *n >= 0),
        },
        _ => Some(0),
    }
}

/// Whether `name` stands at token `i`; returns the end.
fn name_at(tokens: &[Token], i: usize, name: &[String]) -> Option<usize> {
    let mut at = i;
    for w in name {
        if tokens.get(at)?.text != *w {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// All findings in the sentences that were not withheld.
pub(crate) fn check(
    facts: &[Fact],
    compiled: &[CompiledFact],
    scans: &[Scan<'_>],
    original: &str,
    cx: &Context<'_>,
) -> Vec<FactFinding> {
    let mut out = Vec::new();
    for s in scans.iter().filter(|s| s.gate.is_none()) {
        let mut claimed: Vec<usize> = Vec::new();
        for (f, c) in facts.iter().zip(compiled) {
            let finding = match c.value {
                Known::Name => name(f, c, s, cx),
                Known::State(want) => state(f, c, want, s, cx),
                _ => typed(f, c, s, cx, &mut claimed),
            };
            if let Some((verdict, span)) = finding {
                push(&mut out, f, verdict, span, original);
            }
        }
        unsupported(s, compiled, &claimed, original, &mut out);
        if out.len() > MAX_FINDINGS {
            break;
        }
    }
    out.truncate(MAX_FINDINGS);
    out
}

fn push(out: &mut Vec<FactFinding>, f: &Fact, verdict: FactVerdict, span: Span, original: &str) {
    let bad = matches!(verdict, FactVerdict::Contradiction | FactVerdict::Premature);
    // Saying the same wrong thing twice costs once.
    let again = out.iter().any(|o| o.id == f.id && o.verdict == verdict);
    let inject = match verdict {
        FactVerdict::Premature => f.secret_until.clone().or_else(|| f.known_from_inject.clone()),
        _ => f.known_from_inject.clone(),
    };
    out.push(FactFinding {
        id: f.id.clone(),
        verdict,
        span,
        found: original.get(span.start..span.end).unwrap_or("").to_owned(),
        expected_for_instructor: (verdict != FactVerdict::Ok).then(|| f.value.clone()),
        inject,
        points: if bad && !again { -f.penalty.0.saturating_abs() } else { 0 },
    });
}

fn cover(tokens: &[Token], range: &std::ops::Range<usize>) -> Span {
    let start = tokens.get(range.start).map_or(0, |t| t.span.start);
    let end = range.end.checked_sub(1).and_then(|e| tokens.get(e)).map_or(start, |t| t.span.end);
    Span { start, end: end.max(start) }
}

fn early(f: &Fact, cx: &Context<'_>) -> bool {
    [&f.known_from_inject, &f.secret_until].into_iter().flatten().any(|i| !cx.knows(i))
}

fn typed(
    f: &Fact,
    c: &CompiledFact,
    s: &Scan<'_>,
    cx: &Context<'_>,
    claimed: &mut Vec<usize>,
) -> Option<(FactVerdict, Span)> {
    let mut worst = None;
    for seg in &s.segments {
        let slots: Vec<(usize, &Slot)> = s
            .slots
            .iter()
            .enumerate()
            .filter(|(_, x)| seg.contains(&x.tokens.start) && fits(f.kind, &x.value))
            .collect();
        if slots.is_empty() {
            continue;
        }
        for cue in c.cues.iter().flat_map(|p| p.find(s.tokens, &s.hits, seg)) {
            let reach = if f.kind == FactKind::Time { (2, 4) } else { (5, 5) };
            let near = slots.iter().filter_map(|(i, x)| {
                let (d, limit) = if x.tokens.start > cue.last() {
                    (x.tokens.start - cue.last(), reach.1)
                } else {
                    (cue.first().saturating_sub(x.tokens.end) + 1, reach.0)
                };
                (d <= limit && !deadline(s.tokens, x)).then_some((d, *i, *x))
            });
            let Some((_, i, slot)) = near.min_by_key(|(d, i, _)| (*d, *i)) else { continue };
            let Some(right) = c.accepts(&slot.value) else { continue };
            claimed.push(i);
            let span = cover(s.tokens, &slot.tokens);
            if early(f, cx) {
                return Some((FactVerdict::Premature, span));
            }
            if right {
                return Some((FactVerdict::Ok, span));
            }
            if !s.scene.is_denied(slot.tokens.start) {
                worst.get_or_insert((FactVerdict::Contradiction, span));
            }
        }
    }
    worst
}

fn fits(kind: FactKind, v: &Value) -> bool {
    matches!(
        (kind, v),
        (FactKind::Time, Value::Clock { .. } | Value::Date { .. })
            | (FactKind::Count, Value::Count(_))
            | (FactKind::Percent, Value::Percent(_))
            | (FactKind::Money, Value::Money(_))
    )
}

/// A time after "by" is when something is due, not when it was.
fn deadline(tokens: &[Token], slot: &Slot) -> bool {
    let before = slot.tokens.start.checked_sub(1).and_then(|i| tokens.get(i));
    let deadline = before.is_some_and(|t| matches!(t.text.as_str(), "by" | "before" | "until" | "next"));
    deadline && matches!(slot.value, Value::Clock { .. } | Value::Date { .. })
}

fn name(f: &Fact, c: &CompiledFact, s: &Scan<'_>, cx: &Context<'_>) -> Option<(FactVerdict, Span)> {
    let cue = c.cues.is_empty()
        || s.segments.iter().any(|seg| c.cues.iter().any(|p| !p.find(s.tokens, &s.hits, seg).is_empty()));
    for i in 0..s.tokens.len() {
        if let Some(end) = c.names.iter().filter_map(|n| name_at(s.tokens, i, n)).max() {
            let verdict = if early(f, cx) { FactVerdict::Premature } else { FactVerdict::Ok };
            return Some((verdict, cover(s.tokens, &(i..end))));
        }
        if let (true, Some(end)) = (cue, c.wrong.iter().filter_map(|n| name_at(s.tokens, i, n)).max())
            && !s.scene.is_denied(i)
        {
            return Some((FactVerdict::Contradiction, cover(s.tokens, &(i..end))));
        }
    }
    None
}

fn state(f: &Fact, c: &CompiledFact, want: State, s: &Scan<'_>, cx: &Context<'_>) -> Option<(FactVerdict, Span)> {
    for seg in &s.segments {
        for m in c.cues.iter().flat_map(|p| p.find(s.tokens, &s.hits, seg)) {
            let got = s.scene.verdict(&m).state;
            let clash = match want {
                State::Done => got == State::NotDone,
                State::NotDone | State::Planned => got == State::Done,
                _ => false,
            };
            let span = cover(s.tokens, &(m.first()..m.last() + 1));
            if clash {
                return Some((FactVerdict::Contradiction, span));
            }
            if got == want {
                let v = if early(f, cx) { FactVerdict::Premature } else { FactVerdict::Ok };
                return Some((v, span));
            }
        }
    }
    None
}

fn unsupported(s: &Scan<'_>, compiled: &[CompiledFact], claimed: &[usize], original: &str, out: &mut Vec<FactFinding>) {
    if compiled.is_empty() {
        return;
    }
    for (i, slot) in s.slots.iter().enumerate() {
        let big = matches!(slot.value, Value::Count(n) if n >= 10)
            || matches!(slot.value, Value::Percent(_) | Value::Money(_));
        let known = compiled.iter().any(|c| c.accepts(&slot.value) == Some(true));
        if !big || known || claimed.contains(&i) {
            continue;
        }
        let span = cover(s.tokens, &slot.tokens);
        out.push(FactFinding {
            id: String::new(),
            verdict: FactVerdict::Unsupported,
            span,
            found: original.get(span.start..span.end).unwrap_or("").to_owned(),
            expected_for_instructor: None,
            inject: None,
            points: 0,
        });
    }
}
