//! How hard a text is on its readers: jargon, long sentences, school grade.

use super::LONG_SENTENCE;
use crate::compile::Compiled;
use crate::read::Scan;
use crate::reading::Span;
use crate::token::Token;
use crate::unit::Text;

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

pub(super) fn jargon_share(c: &Compiled, words: u32, scans: &[Scan<'_>]) -> (u32, String, Option<Span>) {
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

pub(super) fn readability(c: &Compiled, text: &Text, scans: &[Scan<'_>]) -> (u32, String, Option<Span>) {
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
