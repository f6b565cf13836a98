//! Step 8: form, and what a writer may be told before sending.

use crate::compile::Compiled;
use crate::pattern::Pattern;
use crate::read::{Context, Scan, cut, scan};
use crate::reading::{Advice, AdviceKind, Credit, ElementResult, FormCheck, FormFinding, Span};
use crate::rubric::State;
use crate::slot::Value;
use crate::token::Token;
use crate::unit::{Text, UnitKind, split};
use crate::word::Stems;

/// Terms that a reader outside the trade may not know.
const JARGON: &[&str] = &[
    "iam",
    "mfa",
    "soc",
    "siem",
    "edr",
    "xdr",
    "ioc",
    "iocs",
    "ttp",
    "ttps",
    "cve",
    "cvss",
    "c2",
    "apt",
    "exfiltrat",
    "exfiltration",
    "lateral",
    "payload",
    "egress",
    "ingress",
    "checkpoint",
    "checkpoints",
    "weights",
    "inference",
    "endpoint",
    "endpoints",
    "sbom",
    "aibom",
    "slsa",
    "attestation",
    "provenance",
    "safetensors",
    "pickle",
    "hash",
    "hashes",
    "sha256",
    "checksum",
    "registry",
    "ci",
    "cd",
    "kubernetes",
    "k8s",
    "pod",
    "pods",
    "container",
    "containers",
    "namespace",
    "oauth",
    "jwt",
    "token",
    "tokens",
    "api",
    "apis",
    "llm",
    "llms",
    "rag",
    "embedding",
    "embeddings",
    "fine-tune",
    "fine-tuning",
    "finetune",
    "lora",
    "rlhf",
    "prompt",
    "prompts",
    "vpc",
    "vpn",
    "dns",
    "tls",
    "ssh",
    "rce",
    "sqli",
    "xss",
    "phishing",
    "spearphishing",
    "backdoor",
    "backdoored",
    "trojan",
    "malware",
    "ransomware",
    "rootkit",
    "zero-day",
    "dpo",
    "nis2",
    "gdpr",
    "dora",
    "tlp",
    "ic",
    "sev1",
    "sev2",
    "p1",
    "rca",
    "sla",
    "slo",
    "mttr",
    "sre",
    "mlops",
    "gpu",
    "gpus",
    "yaml",
    "cron",
    "webhook",
    "cdn",
    "waf",
    "cache",
    "tenant",
    "tenants",
    "hypervisor",
    "snapshot",
    "forensic",
    "telemetry",
    "atlas",
    "att&ck",
    "runner",
    "runners",
    "pipeline",
    "artifact",
    "artifacts",
    "guardrail",
    "guardrails",
    "quantized",
    "tokenizer",
    "hyperparameter",
    "adversarial",
    "exploit",
    "vector",
    "sandbox",
    "rollback",
    "hotfix",
    "regex",
    "heuristic",
    "dlp",
    "casb",
    "pam",
    "rbac",
    "kms",
    "hsm",
];
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

/// Unexplained terms, with the places.
fn jargon(c: &Compiled, scans: &[Scan<'_>]) -> Vec<(String, Span)> {
    let allowed: Vec<String> =
        c.rubric.audience.jargon_allow.iter().map(|j| crate::normal::normalise(j).text).collect();
    let own: Vec<String> = c.rubric.audience.jargon.iter().map(|j| crate::normal::normalise(j).text).collect();
    let mut explained: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for s in scans {
        for (i, t) in s.tokens.iter().enumerate() {
            let w = t.text.as_str();
            let single = w.strip_suffix('s').unwrap_or(w);
            let known =
                |list: &[String]| list.iter().any(|a| a == w || a == single || a.strip_suffix('s') == Some(single));
            let term = JARGON.contains(&w) || known(&own);
            if !term || known(&allowed) || explained.iter().any(|e| e == single) {
                continue;
            }
            // "weights (the files …)", "the software inventory (SBOM)".
            let after = s.tokens.get(i + 1).and_then(Token::mark);
            let before = i.checked_sub(1).and_then(|p| s.tokens.get(p)).and_then(Token::mark);
            if after == Some('(') || before == Some('(') {
                explained.push(single.to_owned());
                continue;
            }
            out.push((w.to_owned(), t.span));
        }
    }
    out
}

fn jargon_share(c: &Compiled, words: u32, scans: &[Scan<'_>]) -> (u32, String, Option<Span>) {
    let found = jargon(c, scans);
    let limit = i64::from(c.rubric.audience.max_jargon_per_100.map_or(0, |m| m.0));
    let per = found.len() as i64 * 10_000 / i64::from(words.max(1));
    let mut terms: Vec<&str> = found.iter().map(|(w, _)| w.as_str()).collect();
    terms.sort_unstable();
    terms.dedup();
    terms.truncate(6);
    let text = format!(
        "{} unexplained terms per 100 words, {} are fine{}",
        crate::Hundredths(per as i32),
        crate::Hundredths(limit as i32),
        if terms.is_empty() { String::new() } else { format!(" ({})", terms.join(", ")) }
    );
    let share = if per <= limit { 100 } else { 100 - ((per - limit) * 100 / (limit + 200)).min(100) };
    (u32::try_from(share).unwrap_or(0), text, found.first().map(|(_, s)| *s))
}

/// Flesch-Kincaid grade (Kincaid et al. 1975) in hundredths, with counted vowel groups for syllables.
///
/// Stands in for New Dale-Chall, whose word list is not free; the two agree closely on plain prose.
fn grade(text: &Text) -> Option<i64> {
    let sentences = text.units.iter().filter(|u| u.words > 2).count() as i64;
    let words: i64 = text.tokens.iter().filter(|t| t.is_word()).count() as i64;
    if words < 30 || sentences == 0 {
        return None;
    }
    let syllables: i64 = text.tokens.iter().filter(|t| t.is_word()).map(|t| vowels(&t.text)).sum();
    Some((39 * words) / sentences + (1180 * syllables) / words - 1559)
}

fn vowels(word: &str) -> i64 {
    let mut n = 0;
    let mut before = false;
    for c in word.chars() {
        let v = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        n += i64::from(v && !before);
        before = v;
    }
    let silent = word.ends_with('e') && !word.ends_with("le")
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    (n - i64::from(silent && n > 1)).max(1)
}

fn readability(c: &Compiled, text: &Text, scans: &[Scan<'_>]) -> (u32, String, Option<Span>) {
    let Some(g) = grade(text) else {
        return (100, "too short to measure".to_owned(), None);
    };
    let long = scans.iter().find(|s| s.unit.words > LONG_SENTENCE);
    let (low, high) = c.rubric.audience.grade_band.map_or((0, 1400), |(a, b)| (i64::from(a.0), i64::from(b.0)));
    let away = (low - g).max(g - high).max(0);
    // Too easy is no fault of its own: half as steep.
    let away = if g < low { away / 2 } else { away };
    let mut share = 100 - (away / 4).min(100);
    let mut found = format!(
        "school grade {} (asked: {} to {})",
        crate::Hundredths((g / 10 * 10) as i32),
        crate::Hundredths(low as i32),
        crate::Hundredths(high as i32)
    );
    if let Some(s) = long {
        share = (share - 25).max(0);
        found.push_str(&format!("; a sentence of {} words", s.unit.words));
    }
    (u32::try_from(share).unwrap_or(0), found, long.map(|s| s.unit.span))
}

impl Compiled {
    /// What a writer may be told before sending. Names no element, fact or pattern.
    #[must_use]
    pub fn preview(&self, text: &str) -> Vec<Advice> {
        let original = cut(text);
        let stems = Stems::new();
        let parts = split(original, &stems);
        let scans = scan(self, &parts, &stems);
        let mut out = Vec::new();
        let mut say = |about, message: String, span| out.push(Advice { about, message, span });
        let (share, found, _) = length(self, parts.words);
        if share < 100 {
            say(AdviceKind::Length, format!("{found}."), None);
        }
        let asks_update = self.form.iter().any(|(c, _)| *c == FormCheck::NextUpdate);
        if asks_update && next_update(self, &scans, &Context::default()).is_none() {
            say(AdviceKind::NextUpdate, "Readers are not told when to expect the next update.".to_owned(), None);
        }
        for s in scans.iter().filter(|s| s.unit.words > LONG_SENTENCE) {
            say(
                AdviceKind::SentenceLength,
                format!("A sentence of {} words is hard to take in at once.", s.unit.words),
                Some(s.unit.span),
            );
        }
        if self.rubric.audience.max_jargon_per_100.is_some() {
            let (share, found, span) = jargon_share(self, parts.words, &scans);
            if share < 100 {
                say(AdviceKind::Jargon, format!("{found}."), span);
            }
        }
        for s in &scans {
            phrases(self, s, &mut say);
        }
        if parts.hidden + parts.lookalikes > 0 {
            say(AdviceKind::Characters, "The text holds invisible or look-alike characters.".to_owned(), None);
        }
        out.truncate(40);
        out
    }
}

fn phrases(c: &Compiled, s: &Scan<'_>, say: &mut impl FnMut(AdviceKind, String, Option<Span>)) {
    let asserted = |list: &[Pattern]| {
        s.segments.iter().any(|g| {
            list.iter().flat_map(|p| p.find(s.tokens, &s.hits, g)).any(|m| {
                let v = s.scene.verdict(&m);
                !matches!(v.state, State::NotDone | State::Hedged)
            })
        })
    };
    if any(&c.house.empty, s) {
        say(
            AdviceKind::EmptyPhrase,
            "This phrase tells the reader nothing; say what was done.".to_owned(),
            Some(s.unit.span),
        );
    }
    if asserted(&c.house.eta) && s.has_time() {
        say(
            AdviceKind::EtaPromise,
            "This promises when it will be fixed; promise the next update instead.".to_owned(),
            Some(s.unit.span),
        );
    }
    if asserted(&c.house.absolute) {
        say(
            AdviceKind::AbsoluteClaim,
            "This claim has no limits; say what is known, since when and from what.".to_owned(),
            Some(s.unit.span),
        );
    }
}
