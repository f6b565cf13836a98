//! Names of things in a reader's words.

use crate::block::Tone;
use protocol::{DecisionId, OptionId};
use scenarios::model::{Capability, InjectKind, Scenario};
use scoring::{ClockEnd, Dimension, Rating, Status, Verdict};

/// Hundredths as people write points: `8.5`, `-3`.
pub(crate) fn points(hundredths: i64) -> String {
    let (sign, n) = (if hundredths < 0 { "−" } else { "" }, hundredths.unsigned_abs());
    match (n / 100, n % 100) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, rest) if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        (whole, rest) => format!("{sign}{whole}.{rest:02}"),
    }
}

/// A whole number with thin groups of three: `2 016 280`.
pub(crate) fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "−" } else { "" });
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{2009}');
        }
        out.push(c);
    }
    out
}

/// `1 inject`, `3 injects`.
pub(crate) fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// A sentence's first letter large.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// At most so many characters, cut between words: half a name would no longer be known as one.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let kept = cut.rfind(char::is_whitespace).map_or(cut.as_str(), |at| &cut[..at]);
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.']))
}

pub(crate) fn capability(capability: Capability) -> &'static str {
    match capability {
        Capability::Detect => "Detect",
        Capability::Activate => "Activate",
        Capability::Respond => "Respond",
        Capability::Contain => "Contain",
        Capability::Communicate => "Communicate",
        Capability::Document => "Document",
        Capability::Recover => "Recover",
    }
}

pub(crate) fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Response => "Response time",
        Dimension::Escalation => "Escalation correctness",
        Dimension::Communication => "Communication quality",
        Dimension::Outcome => "Outcome",
    }
}

/// The letter with HSEEP's words, and its tone.
pub(crate) fn rating(rating: Option<Rating>) -> (&'static str, &'static str, Tone) {
    match rating {
        Some(Rating::P) => ("P", "performed without challenges", Tone::Good),
        Some(Rating::S) => ("S", "performed with some challenges", Tone::Half),
        Some(Rating::M) => ("M", "performed with major challenges", Tone::Bad),
        Some(Rating::U) => ("U", "unable to be performed", Tone::Bad),
        None => ("—", "not exercised", Tone::Quiet),
    }
}

pub(crate) fn status(status: Status) -> (&'static str, Tone) {
    match status {
        Status::Met => ("met", Tone::Good),
        Status::Partly => ("partly", Tone::Half),
        Status::Failed => ("failed", Tone::Bad),
        Status::NotExercised => ("not exercised", Tone::Quiet),
        Status::NotObserved => ("not observed", Tone::Quiet),
        Status::NotGraded => ("not graded", Tone::Quiet),
    }
}

pub(crate) fn verdict(verdict: Verdict) -> (&'static str, Tone) {
    match verdict {
        Verdict::OnTime => ("on time", Tone::Good),
        Verdict::Late => ("late", Tone::Half),
        Verdict::Missed => ("missed", Tone::Bad),
        Verdict::WrongParty => ("wrong party", Tone::Bad),
        Verdict::Premature => ("premature", Tone::Bad),
        Verdict::OutOfOrder => ("out of order", Tone::Half),
        Verdict::Unauthorised => ("unauthorised", Tone::Bad),
        Verdict::NotExercised => ("not exercised", Tone::Quiet),
    }
}

pub(crate) fn clock(state: ClockEnd) -> (&'static str, Tone) {
    match state {
        ClockEnd::NotStarted => ("not started", Tone::Quiet),
        ClockEnd::Due => ("still due at EndEx", Tone::Bad),
        ClockEnd::Overdue => ("overdue", Tone::Bad),
        ClockEnd::Filed => ("filed", Tone::Good),
        ClockEnd::FiledLate => ("filed late", Tone::Bad),
        ClockEnd::Waived => ("waived, rightly", Tone::Good),
        ClockEnd::WaivedWrongly => ("waived, wrongly", Tone::Bad),
    }
}

/// The text of a decision's option.
pub(crate) fn option<'a>(scenario: &'a Scenario, decision: &DecisionId, option: &OptionId) -> Option<&'a str> {
    let decisions = scenario.injects.iter().filter_map(|i| i.decision.as_ref());
    let options = decisions.filter(|d| d.id == *decision).flat_map(|d| &d.options);
    options.into_iter().find(|o| o.id == *option).map(|o| o.text.as_str())
}

pub(crate) fn inject_kind(kind: InjectKind) -> &'static str {
    match kind {
        InjectKind::Contextual => "contextual",
        InjectKind::Contingency => "contingency",
        InjectKind::Prompt => "expected action",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(
            (points(850), points(-300), points(333), points(0)),
            ("8.5".into(), "−3".into(), "3.33".into(), "0".into())
        );
        assert_eq!(number(2_016_280), "2\u{2009}016\u{2009}280");
        assert_eq!(number(-1200), "−1200");
        assert_eq!(short("Export the inference log before Monday is deleted", 30), "Export the inference log…");
    }
}
