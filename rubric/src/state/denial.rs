//! Sentences that are denied as a whole: "it is not true that …".

use super::Scene;
use crate::grammar::Role;
use std::ops::Range;

/// Runs of words that deny whatever the sentence says.
const WHOLE: &[&[&str]] = &[
    &["not", "the", "case"],
    &["contrary", "to"],
    &["no", "truth"],
    &["not", "accurate"],
    &["not", "correct"],
    &["is", "untrue"],
    &["are", "untrue"],
    &["are", "false"],
    &["is", "false"],
    &["far", "from"],
    &["not", "true"],
    &["nobody", "has"],
    &["no", "one", "has"],
    &["anything", "but"],
    &["at", "no", "point"],
    &["at", "no", "time"],
    &["under", "no", "circumstances"],
    &["on", "no", "account"],
    &["in", "no", "way"],
    &["by", "no", "means"],
];
/// Words that make the clause they announce untrue.
const FALSE: &[&str] = &[
    "false",
    "untrue",
    "incorrect",
    "wrong",
    "inaccurate",
    "mistaken",
    "misleading",
    "nonsense",
    "fiction",
    "rumor",
    "lie",
    "myth",
    "fabricated",
    "invented",
];
/// What may stand between such a word and the clause.
const BETWEEN: &[&str] = &[
    "to", "say", "claim", "state", "assert", "assume", "believe", "suggest", "think", "report", "conclude", "write",
    "a", "an", "the", "in", "fact",
];

impl Scene<'_> {
    /// A denial of the whole sentence.
    pub(super) fn propositional(&self) -> Option<Range<usize>> {
        (0..self.tokens.len()).find_map(|i| {
            let listed = WHOLE.iter().find(|l| l.iter().enumerate().all(|(k, w)| self.word(i + k) == *w));
            listed.map(|l| i..i + l.len()).or_else(|| self.announced_false(i))
        })
    }

    /// Whether what is denied follows ("it is not true that …") and does not stand around it ("that is false").
    pub(super) fn announces(&self, t: &Range<usize>) -> bool {
        self.word(t.end) == "that" || t.len() > 1 && self.word(t.end - 1) == "that"
    }

    /// "wrong to say that", "we deny that", "there is no reason to believe that", "nobody told you that".
    fn announced_false(&self, i: usize) -> Option<Range<usize>> {
        let w = self.word(i);
        let mut end = i + 1;
        if w == "deny" || w == "denies" || w == "denied" {
            return (self.word(end) == "that").then_some(i..end + 1);
        }
        if !FALSE.contains(&w) {
            return None;
        }
        while BETWEEN.contains(&self.word(end)) {
            end += 1;
        }
        let clause =
            self.word(end) == "that" || end > i + 1 && matches!(self.role(end), Some(Role::Pronoun | Role::Determiner));
        clause.then_some(i..end + 1)
    }
}
