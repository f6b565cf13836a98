//! Words after "is" or alone that say how something stands.

use super::wordlist::Words;
use crate::token::Token;

static HEDGES: Words = Words::new(
    "probably possibly perhaps apparently allegedly reportedly presumably maybe potentially seemingly supposedly \
     likely possible potential alleged unconfirmed suspected partially partly conceivably purportedly tentatively \
     hopefully arguably unclear plausibly",
);

/// What a word after "is" or standing alone says of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Done,
    Planned,
    NotDone,
    Hedged,
}

/// The status word beginning at `i`, with its length.
pub(crate) fn status(tokens: &[Token], i: usize) -> Option<(Status, usize)> {
    let w = |k: usize| tokens.get(i + k).map_or("", |t| t.text.as_str());
    let two = match (w(0), w(1)) {
        ("in", "progress")
        | ("under", "way")
        | ("on", "track")
        | ("to", "follow")
        | ("to", "come")
        | ("in", "preparation")
        | ("to", "do")
        | ("in", "hand") => Some(Status::Planned),
        ("under", "investigation" | "review") => Some(Status::Hedged),
        ("on", "hold") | ("yet", "to") => Some(Status::NotDone),
        ("open" | "unresolved", _) if i > 0 && (1..=3).any(|k| is_question(tokens, i, k)) => {
            return Some((Status::NotDone, 1));
        }
        ("in", "place" | "effect" | "force") => Some(Status::Done),
        _ => None,
    };
    if let Some(s) = two {
        return Some((s, 2));
    }
    if matches!((w(0), w(1), w(2)), ("on", "its" | "their" | "the", "way")) {
        return Some((Status::Planned, 3));
    }
    let one = match w(0) {
        "due" | "pending" | "underway" | "ongoing" | "imminent" | "forthcoming" | "upcoming" | "next" | "scheduled"
        | "planned" | "expected" | "required" | "needed" | "intended" | "supposed" | "meant" | "todo"
        | "anticipated" | "proposed" | "queued" | "awaiting" | "ready" | "recommended" | "eta" | "tasked"
        | "requested" | "necessary" | "essential" | "set" => Status::Planned,
        "outstanding" | "incomplete" | "overdue" | "impossible" | "unable" | "absent" | "missing" | "false"
        | "untrue" | "incorrect" | "postponed" | "delayed" | "deferred" | "late" | "refused" | "rejected"
        | "unlikely" | "stalled" | "blocked" | "canceled" => Status::NotDone,
        "unclear" | "possible" | "likely" | "unconfirmed" | "uncertain" | "suspected" | "unknown" | "probable"
        | "believed" | "thought" | "alleged" | "rumored" | "tbc" | "tbd" | "unsure" | "doubtful" | "plausible"
        | "conceivable" | "potential" | "unverified" | "presumed" | "assumed" | "considered" | "estimated" => {
            Status::Hedged
        }
        "done" | "complete" | "completed" | "finished" | "contained" | "live" | "active" | "offline" | "closed"
        | "resolved" | "effective" | "\u{2713}" | "yes" | "sent" | "online" => Status::Done,
        _ => return None,
    };
    Some((one, 1))
}

/// Whether a word shortly before `i` is something to be answered ("root cause open").
fn is_question(tokens: &[Token], i: usize, back: usize) -> bool {
    let w = i.checked_sub(back).and_then(|k| tokens.get(k)).map_or("", |t| t.text.as_str());
    matches!(
        w,
        "cause" | "causes" | "question" | "questions" | "scope" | "extent" | "point" | "points" | "vector" | "origin"
    )
}

/// Adverbs and adjectives of doubt.
pub(crate) fn is_hedge(word: &str) -> bool {
    HEDGES.has(word)
}
