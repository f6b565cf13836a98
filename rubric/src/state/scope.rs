//! What negative words, denials and status marks govern.

use super::{Scene, Scope, of_status};
use crate::grammar::{Role, status};
use crate::negation::pseudo_at;
use crate::rubric::State;
use crate::token::{Kind, Token};
use std::ops::Range;

impl Scene<'_> {
    /// Negative determiners and prepositions with what they govern.
    pub(super) fn negatives(&self) -> Vec<Scope> {
        let mut out = Vec::new();
        for i in 0..self.tokens.len() {
            let (w, next) = (self.word(i), self.word(i + 1));
            let comma = |from: usize| {
                (from..self.clause_end(i)).find(|k| self.word(*k) == ",").unwrap_or_else(|| self.clause_end(i))
            };
            let in_group = self.verbs.iter().any(|v| v.trigger.contains(&i) || (v.from..v.main).contains(&i));
            let word = |k: usize| self.tokens.get(k).map(|t| t.text.clone());
            let pseudo = w.starts_with(['n', 'w']) && pseudo_at(&word, i) > 0;
            let scope = match (w, next) {
                _ if pseudo => None,
                ("no", "longer" | "more" | "less" | "fewer" | "one") => None,
                ("no", _) if self.tokens.get(i + 1).is_some_and(|t| !t.is_mark() && t.kind != Kind::Number) => {
                    Some((i + 1, self.clause_end(i)))
                }
                ("none" | "nobody" | "nothing" | "neither" | "nor", _) => Some((i + 1, self.clause_end(i))),
                ("without" | "lacking", _) => Some((i + 1, comma(i))),
                ("instead", "of") | ("rather", "than") => Some((i + 2, self.phrase_end(i + 2, comma(i)))),
                ("lack" | "absence", "of") | ("free", "of" | "from") => Some((i + 2, comma(i))),
                ("not" | "never", n) if !in_group && !matches!(n, "only" | "just" | "least") => Some((i + 1, comma(i))),
                _ => None,
            };
            let Some((from, mut to)) = scope else { continue };
            // "no evidence that …" reaches into the clause it announces.
            let announces = w == "no"
                && matches!(
                    next,
                    "evidence"
                        | "indication"
                        | "sign"
                        | "signs"
                        | "proof"
                        | "suggestion"
                        | "reason"
                        | "reports"
                        | "known"
                        | "current"
                );
            if announces && matches!(self.word(to), "that" | "which") {
                to = self.clause_end(to);
            }
            out.push(Scope { trigger: i..i + 1, over: from..to.max(from) });
        }
        out
    }

    /// Where the phrase after "instead of" ends: before the main verb, its subject or what is joined to it.
    fn phrase_end(&self, from: usize, end: usize) -> usize {
        let mut noun = false;
        for i in from..end {
            match self.role(i) {
                Some(Role::Mark | Role::Subordinator | Role::Modal | Role::Be | Role::Have | Role::Do) => return i,
                Some(Role::Coordinator) if !matches!(self.role(i + 1), Some(Role::Other | Role::Ing)) => return i,
                Some(Role::Past) if noun => return i,
                Some(Role::Determiner | Role::Pronoun) if noun => return i,
                Some(Role::Other | Role::Number | Role::Pronoun) => noun = true,
                _ => {}
            }
        }
        end
    }

    /// "[x] Revoke …", "| Revoke … | done |", "Isolate host: complete".
    pub(super) fn ticked(&self) -> Option<(State, Range<usize>)> {
        let at = |i: usize| self.word(i);
        if at(0) == "[" && (at(1) == "x" || at(1) == "]") {
            let state = if at(1) == "x" { State::Done } else { State::Planned };
            return Some((state, 0..2));
        }
        if at(0) == "\u{2713}" {
            return Some((State::Done, 0..1));
        }
        for i in 0..self.tokens.len() {
            let after_mark = i == 0
                || matches!(
                    self.tokens.get(i - 1).and_then(Token::mark),
                    Some('|' | '\u{2014}' | ':' | '(' | ',' | '[')
                );
            if !after_mark {
                continue;
            }
            let Some((s, n)) = status(self.tokens, i) else { continue };
            let ends = i + n >= self.tokens.len()
                || self.tokens.get(i + n).is_some_and(|t| t.is_mark() || t.kind == Kind::Number)
                || matches!(self.word(i + n), "at" | "by" | "until" | "since" | "for");
            if ends && (i > 0 || self.word(i + n) == ":") {
                return Some((of_status(s), i..i + n));
            }
        }
        None
    }
}
