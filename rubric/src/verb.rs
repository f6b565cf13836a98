//! Verb groups: "have not yet been revoked" as one thing with one state.

mod auxiliary;
mod bare;

use crate::grammar::{Effect, Role, effect};
use crate::rubric::State;
use crate::token::Token;
use crate::word::Stems;
use std::ops::Range;

/// The shape of a verb group's main word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// After a modal or "do".
    Base,
    /// After "to".
    Infinitive,
    /// After "have" or "be", or alone.
    Participle,
    /// Simple past.
    Past,
    /// -ing form.
    Ing,
    /// "is" with no verb after it.
    Copula,
    /// Present tense.
    Present,
    /// An order.
    Imperative,
    /// Before a noun: "the exposed data".
    Attributive,
}

/// A verb group.
#[derive(Clone, Debug)]
pub(crate) struct Verb {
    /// First token of the group.
    pub(crate) from: usize,
    /// Its main word; for a copula the form of "be".
    pub(crate) main: usize,
    pub(crate) shape: Shape,
    /// Its own state before anything around it is looked at.
    pub(crate) state: State,
    /// The words that set it.
    pub(crate) trigger: Range<usize>,
    /// Another reading that is as good ("we request" is done by saying it, and asks for something to come).
    pub(crate) also: Option<State>,
    /// What it does to what it governs.
    pub(crate) effect: Effect,
    /// Under way rather than to come.
    pub(crate) ongoing: bool,
    /// Under way, not done by the writer's side, and of a kind that attackers and faults do: a fact by itself.
    pub(crate) harm: bool,
}

/// Finds the verb groups of a unit.
pub(crate) struct Finder<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) roles: &'a [Role],
    pub(crate) stems: &'a Stems,
    /// First token that can begin an order (after bullet, clock time, label).
    pub(crate) start: usize,
}

impl Finder<'_> {
    fn role(&self, i: usize) -> Option<Role> {
        self.roles.get(i).copied()
    }

    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.text.as_str())
    }

    fn stem(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.stem.as_str())
    }

    /// All verb groups, left to right; "has been or is being rotated" is one.
    pub(crate) fn all(&self) -> Vec<Verb> {
        let mut out = self.find();
        for k in 1..out.len() {
            let (head, tail) = out.split_at_mut(k);
            let (Some(a), Some(b)) = (head.last(), tail.first_mut()) else { continue };
            let perfect = self.word(a.main) == "been" && a.shape == Shape::Copula && a.state == State::Done;
            let joined = a.main + 1 < b.from
                && (a.main + 1..b.from)
                    .all(|i| matches!(self.role(i), Some(Role::Coordinator | Role::Adverb)) || self.word(i) == ",");
            let second = b.from < b.main && matches!(b.shape, Shape::Participle | Shape::Base);
            if perfect && joined && second && b.state == State::Planned {
                b.also = Some(b.state);
                b.state = State::Done;
                b.from = a.from;
                b.trigger = a.trigger.clone();
            }
        }
        out
    }

    /// All verb groups, left to right.
    pub(crate) fn find(&self) -> Vec<Verb> {
        let mut out: Vec<Verb> = Vec::new();
        let mut i = 0;
        while i < self.tokens.len() {
            let verb = match self.role(i) {
                Some(Role::Modal | Role::Be | Role::Have | Role::Do) => self.auxiliary(i),
                Some(Role::To) => self.infinitive(i),
                Some(Role::Past) => Some(self.bare_past(i, &out)),
                Some(Role::Ing) if self.is_gerund_noun(i) => None,
                Some(Role::Ing) => Some(self.bare_ing(i)),
                Some(Role::Other | Role::Adverb) => self.present_or_order(i, &out),
                _ => None,
            };
            match verb {
                Some(v) => {
                    i = v.main.max(i) + 1;
                    out.push(v);
                }
                None => i += 1,
            }
        }
        out
    }

    fn verb(&self, from: usize, main: usize, shape: Shape, state: State, trigger: Range<usize>) -> Verb {
        let mut e = effect(self.stem(main), self.stems);
        let rules_out = self.stem(main) == "rule" && self.word(main + 1) != "out";
        if rules_out || shape == Shape::Copula {
            e = Effect::Same;
        }
        let carried = matches!((self.stem(main), self.word(main + 1)), ("call", "out") | ("set", "up"));
        if carried {
            e = Effect::Same;
        }
        Verb { from, main, shape, state, trigger, also: None, effect: e, ongoing: false, harm: false }
    }

    /// Skips adverbs, negations and, in questions, a pronoun; says where the next verb word is and where "not" was.
    fn skip(&self, mut i: usize) -> (usize, Option<Range<usize>>) {
        let mut not = None;
        loop {
            match self.role(i) {
                Some(Role::Not) => {
                    let only = matches!(self.word(i + 1), "only" | "just" | "least");
                    if !only {
                        let yet = usize::from(self.word(i + 1) == "yet");
                        not = Some(i..i + 1 + yet);
                    }
                    i += 1;
                }
                Some(Role::Adverb) => i += 1,
                Some(Role::Determiner) if self.word(i) == "no" && self.word(i + 1) == "longer" => {
                    not = Some(i..i + 2);
                    i += 2;
                }
                Some(Role::Mark)
                    if self.word(i) == ","
                        && matches!(self.role(i + 1), Some(Role::Adverb))
                        && self.word(i + 2) == "," =>
                {
                    i += 3
                }
                _ => return (i, not),
            }
        }
    }
}
