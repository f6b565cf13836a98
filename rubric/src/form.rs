//! Step 8: form, and what a writer may be told before sending.

mod advice;
mod reader;

use crate::compile::Compiled;
use crate::pattern::Pattern;
use crate::read::{Context, Scan};
use crate::reading::{Credit, ElementResult, FormCheck, FormFinding, Span};
use crate::rubric::State;
use crate::slot::Value;
use crate::token::Token;
use crate::unit::{Text, UnitKind};
use reader::{jargon_share, readability};

/// Longest sentence that still reads at once.
const LONG_SENTENCE: u32 = 35;

/// All checks of form the rubric looks at.
pub(crate) fn check(
    c: &Compiled,
    text: &Text,
    scans: &[Scan<'_>],
    elements: &[ElementResult],
    cx: &Context<'_>,
) -> Vec<FormFinding> {
    c.form
        .iter()
        .map(|(check, possible)| {
            let (share, found, span) = one(c, *check, text, scans, elements, cx);
            let earned = i32::try_from(i64::from(*possible) * i64::from(share) / 100).unwrap_or(0);
            FormFinding { check: *check, earned, possible: *possible, found, span }
        })
        .collect()
}

/// Percent earned, what was found and where.
fn one(
    c: &Compiled,
    check: FormCheck,
    text: &Text,
    scans: &[Scan<'_>],
    elements: &[ElementResult],
    cx: &Context<'_>,
) -> (u32, String, Option<Span>) {
    match check {
        FormCheck::Length => length(c, text.words),
        FormCheck::BottomLine => bottom_line(scans, elements),
        FormCheck::NextUpdate => match next_update(c, scans, cx) {
            Some(s) => (100, "says when the next update comes".to_owned(), Some(s)),
            None => (0, "does not say when the next update comes".to_owned(), None),
        },
        FormCheck::Owner => match scans
            .iter()
            .filter(|s| s.gate.is_none())
            .find(|s| any(&c.house.owner, s) && (s.has_person() || s.tokens.iter().any(|t| t.text == "@")))
        {
            Some(s) => (100, "names someone who answers".to_owned(), Some(s.unit.span)),
            None => (0, "names nobody who answers".to_owned(), None),
        },
        FormCheck::Ask => ask(c, scans),
        FormCheck::Jargon => jargon_share(c, text.words, scans),
        FormCheck::Readability => readability(c, text, scans),
    }
}

fn any(list: &[Pattern], s: &Scan<'_>) -> bool {
    list.iter().any(|p| s.segments.iter().any(|g| !p.find(s.tokens, &s.hits, g).is_empty()))
}

fn length(c: &Compiled, words: u32) -> (u32, String, Option<Span>) {
    let l = c.rubric.length;
    if l.min_words > 0 && words < l.min_words {
        // Falls off to nothing at half the minimum.
        let half = l.min_words / 2;
        let share = words.saturating_sub(half) * 100 / l.min_words.saturating_sub(half).max(1);
        return (share.min(99), format!("{words} words, at least {} are asked for", l.min_words), None);
    }
    if l.max_words > 0 && words > l.max_words {
        let over = words - l.max_words;
        let share = 100u32.saturating_sub(over.saturating_mul(200) / l.max_words.max(1));
        return (share.min(99), format!("{words} words, at most {} are asked for", l.max_words), None);
    }
    (100, format!("{words} words, inside the band"), None)
}

fn bottom_line(scans: &[Scan<'_>], elements: &[ElementResult]) -> (u32, String, Option<Span>) {
    let body: Vec<&Scan<'_>> = scans
        .iter()
        .filter(|s| s.unit.kind != UnitKind::Heading && s.words() > 3 && !greeting(s.tokens))
        .take(2)
        .collect();
    let heaviest = elements.iter().map(|e| e.possible).max().unwrap_or(0);
    let early = |e: &&ElementResult| {
        e.credit != Credit::None && e.evidence.as_ref().is_some_and(|v| body.iter().any(|s| s.unit.span == v.span))
    };
    match elements.iter().filter(early).max_by_key(|e| e.possible) {
        Some(e) if e.possible * 2 >= heaviest => {
            (100, "the main point stands in the first two sentences".to_owned(), e.evidence.as_ref().map(|v| v.span))
        }
        Some(e) => {
            (50, "a lesser point stands in the first two sentences".to_owned(), e.evidence.as_ref().map(|v| v.span))
        }
        None => (0, "the first two sentences make no point the rubric asks for".to_owned(), None),
    }
}

fn greeting(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|t| {
        matches!(
            t.text.as_str(),
            "dear" | "hello" | "hi" | "subject" | "to" | "from" | "exercise" | "date" | "re" | "tlp" | "good"
        )
    })
}

/// Where the text says when the next update comes.
fn next_update(c: &Compiled, scans: &[Scan<'_>], cx: &Context<'_>) -> Option<Span> {
    for s in scans.iter().filter(|s| s.gate.is_none() && s.has_time()) {
        for seg in &s.segments {
            for m in c.house.next_update.iter().flat_map(|p| p.find(s.tokens, &s.hits, seg)) {
                let v = s.scene.verdict(&m);
                let coming = v.state == State::Planned
                    || v.also == Some(State::Planned)
                    || (v.state == State::Mentioned && s.words() <= 12);
                if coming && !past(s, cx) {
                    return Some(s.unit.span);
                }
            }
        }
    }
    None
}

/// Whether the only time in the sentence lies before the sending, on the same day.
fn past(s: &Scan<'_>, cx: &Context<'_>) -> bool {
    let Some(sent) = cx.sent_at else { return false };
    let sent = i32::from(sent.hour) * 60 + i32::from(sent.minute);
    let dated = s.slots.iter().any(|x| matches!(x.value, Value::Day | Value::Date { .. } | Value::Interval));
    let mut clocks = s.slots.iter().filter_map(|x| match x.value {
        Value::Clock { minute, zoned: true } => Some(minute),
        _ => None,
    });
    let first = clocks.next();
    // Six hours of doubt: 01:00 after 22:00 is tomorrow.
    !dated && first.is_some_and(|m| m < sent && sent - m < 360) && clocks.all(|m| m < sent)
}

fn ask(c: &Compiled, scans: &[Scan<'_>]) -> (u32, String, Option<Span>) {
    let asking: Vec<&Scan<'_>> = scans.iter().filter(|s| s.gate.is_none() && any(&c.house.ask, s)).collect();
    match asking.iter().find(|s| s.has_time()).or(asking.first()) {
        Some(s) if s.has_time() => (100, "asks for something and says by when".to_owned(), Some(s.unit.span)),
        Some(s) => (50, "asks for something, but not by when".to_owned(), Some(s.unit.span)),
        None => (0, "asks for nothing".to_owned(), None),
    }
}
