//! Clauses: where one statement ends and the next begins.

use super::Scene;
use crate::grammar::{Effect, Role};
use crate::token::Token;
use crate::verb::Shape;

impl Scene<'_> {
    /// A clause number for every token. A bracket with no verb in it belongs to the clause around it.
    pub(super) fn clauses(&self) -> Vec<usize> {
        let mut out = Vec::with_capacity(self.tokens.len());
        let (mut id, mut highest) = (0, 0);
        let mut outer: Vec<(usize, bool)> = Vec::new();
        for i in 0..self.tokens.len() {
            match self.word(i) {
                "(" => {
                    let end = (i..self.tokens.len()).find(|k| self.word(*k) == ")").unwrap_or(self.tokens.len());
                    let own = self.verbs.iter().any(|v| (i..end).contains(&v.main));
                    outer.push((id, own));
                    if own {
                        highest += 1;
                        id = highest;
                    }
                }
                ")" => {
                    if let Some((before, true)) = outer.pop() {
                        id = before;
                    }
                }
                _ if i > 0 && self.begins_clause(i) => {
                    highest += 1;
                    id = highest;
                }
                _ => {}
            }
            out.push(id);
        }
        out
    }

    fn begins_clause(&self, i: usize) -> bool {
        match self.role(i) {
            Some(Role::Mark) => match self.tokens.get(i).and_then(Token::mark) {
                Some(';' | '?' | '|' | '.' | '!') => true,
                Some('\u{2014}' | ':') => self.verbs.iter().any(|v| v.main < i),
                Some(',') => {
                    self.subject_follows(i + 1, true)
                        || self.verbs.iter().any(|v| v.main == i + 1 && v.shape == Shape::Imperative)
                }
                _ => false,
            },
            Some(Role::Subordinator) => true,
            Some(Role::Coordinator) => match self.word(i) {
                "or" | "nor" => matches!(self.word(i + 1), "we" | "i" | "they" | "it"),
                "but" => true,
                _ => self.subject_follows(i + 1, false),
            },
            Some(Role::Adverb | Role::Determiner) => match self.word(i) {
                "that" => {
                    self.is_main(i - 1)
                        || (self.role(i - 1) == Some(Role::Other) || self.word(i - 1) == "out")
                            && self.finite_within(i + 1, 8)
                }
                "once" | "since" | "as" | "so" => {
                    matches!(self.role(i + 1), Some(Role::Pronoun | Role::Determiner)) && self.finite_within(i + 1, 6)
                }
                _ => self.implicit_that(i),
            },
            Some(Role::Other | Role::Number) => self.implicit_that(i),
            // "we believe they copied"
            Some(Role::Pronoun) => {
                self.is_main(i - 1)
                    && self.finite_within(i + 1, 4)
                    && matches!(self.word(i), "we" | "they" | "it" | "he" | "she" | "there")
            }
            _ => false,
        }
    }

    /// "we believe | the intruder copied"
    fn implicit_that(&self, i: usize) -> bool {
        let after_report = self.verbs.iter().any(|v| {
            v.main + 1 == i
                && matches!(v.effect, Effect::Doubt | Effect::Report | Effect::Deny)
                && !matches!(v.shape, Shape::Attributive | Shape::Copula)
        });
        let end = (i + 7).min(self.tokens.len());
        let stop = (i..end).find(|k| {
            matches!(
                self.role(*k),
                Some(
                    Role::Mark
                        | Role::Coordinator
                        | Role::Subordinator
                        | Role::To
                        | Role::Be
                        | Role::Have
                        | Role::Modal
                        | Role::Do
                )
            ) || self.is_main(*k)
        });
        let finite = stop.is_some_and(|k| {
            k > i && (matches!(self.role(k), Some(Role::Be | Role::Have | Role::Modal | Role::Do)) || self.is_main(k))
        });
        after_report && finite
    }

    fn finite_within(&self, from: usize, n: usize) -> bool {
        (from..(from + n).min(self.tokens.len()))
            .take_while(|k| self.role(*k) != Some(Role::Mark))
            .any(|k| matches!(self.role(k), Some(Role::Be | Role::Have | Role::Modal | Role::Do)) || self.is_main(k))
    }

    /// Whether a new subject with its own verb begins at `i`.
    fn subject_follows(&self, i: usize, comma: bool) -> bool {
        let i = if comma && matches!(self.word(i), "and" | "so") { i + 1 } else { i };
        match self.role(i) {
            Some(Role::Pronoun) => {
                matches!(self.word(i), "we" | "i" | "they" | "it" | "he" | "she" | "you" | "there" | "nobody")
            }
            Some(Role::Determiner | Role::Other) => {
                let stop = (i..(i + 6).min(self.tokens.len())).find(|k| {
                    matches!(
                        self.role(*k),
                        Some(
                            Role::Mark
                                | Role::Coordinator
                                | Role::Be
                                | Role::Have
                                | Role::Modal
                                | Role::Do
                                | Role::Subordinator
                                | Role::To
                        )
                    )
                });
                stop.is_some_and(|k| {
                    k > i && matches!(self.role(k), Some(Role::Be | Role::Have | Role::Modal | Role::Do))
                })
            }
            _ => false,
        }
    }

    pub(super) fn clause_end(&self, i: usize) -> usize {
        let c = self.clause_of(i);
        (i..self.tokens.len()).find(|k| self.clause_of(*k) != c).unwrap_or(self.tokens.len())
    }
}
