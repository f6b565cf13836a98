//! What governors, conditions and negative subjects make of verbs.

use super::Scene;
use crate::grammar::{Effect, Role, orders};
use crate::rubric::State;
use crate::token::Token;
use crate::verb::{Shape, Verb};
use std::ops::Range;

impl Scene<'_> {
    /// Lets governors, conditions and negative subjects act on the verbs.
    pub(super) fn resolve(&mut self) {
        for k in 0..self.verbs.len() {
            let Some(mut v) = self.verbs.get(k).cloned() else { continue };
            self.coordinate(k, &mut v);
            self.govern(k, &mut v);
            self.condition(&mut v);
            self.negate(&mut v);
            if let Some(slot) = self.verbs.get_mut(k) {
                *slot = v;
            }
        }
    }

    /// "have not revoked the key or notified the owner": the second shares the first's auxiliary.
    fn coordinate(&self, k: usize, v: &mut Verb) {
        if v.shape != Shape::Past || v.state == State::NotDone {
            return;
        }
        let mut p = v.from;
        while p > 0 && self.role(p - 1) == Some(Role::Adverb) {
            p -= 1;
        }
        let joined = p > 0 && (self.role(p - 1) == Some(Role::Coordinator) || self.word(p - 1) == ",");
        let lead = self.verbs.get(..k).and_then(|l| l.iter().rev().find(|g| g.shape != Shape::Attributive));
        if let (true, Some(g)) = (joined, lead)
            && matches!(g.shape, Shape::Participle)
            && self.clause_of(g.main) == self.clause_of(v.main)
        {
            v.state = g.state;
            v.trigger = g.trigger.clone();
            v.also = g.also;
        }
    }

    fn govern(&self, k: usize, v: &mut Verb) {
        let Some((e, state, trigger)) = self.governor(k, v) else { return };
        let new = apply(e, state, v.state);
        if new != v.state {
            v.state = new;
            v.also = None;
            v.trigger = trigger;
            v.ongoing |= e == Effect::Begin;
        }
    }

    /// What governs verb `k`: effect, the governor's state and its words.
    fn governor(&self, k: usize, v: &Verb) -> Option<(Effect, State, Range<usize>)> {
        let before = self.verbs.get(..k)?;
        let same = before
            .iter()
            .rev()
            .find(|g| self.clause_of(g.main) == self.clause_of(v.from) && g.shape != Shape::Attributive);
        if v.shape == Shape::Infinitive {
            if let Some((e, at)) = self.noun_governor(v.from) {
                return Some((e, State::Done, at..v.from + 1));
            }
            let g = same?;
            let words = g.from..g.main + 1;
            let stem = self.tokens.get(g.main).map_or("", |t| t.stem.as_str());
            let able = g.shape == Shape::Copula && matches!(self.word(g.main + 1), "able");
            if able || matches!(stem, "manag" | "help" | "succeed") {
                return Some((Effect::Same, g.state, words));
            }
            // "have not had time to scan"
            let near = v.from <= g.main + 3 && g.shape != Shape::Copula;
            return match g.effect {
                Effect::Same if near && g.state == State::NotDone => Some((Effect::Same, g.state, words)),
                Effect::Same => None,
                Effect::Report if orders(self.word(g.main), stem) => Some((Effect::Plan, g.state, words)),
                e => Some((e, g.state, words)),
            };
        }
        if v.shape == Shape::Ing
            && let Some(g) = same
            && (v.from <= g.main + 2 || v.from == g.main + 3 && self.word(g.main + 2) == "to")
        {
            let stem = self.tokens.get(g.main).map_or("", |t| t.stem.as_str());
            let words = g.from..g.main + 1;
            let round = stem == "get" && matches!(self.word(g.main + 1), "round" | "around" | "to");
            return match g.effect {
                _ if round => Some((Effect::Same, g.state, words)),
                _ if stem == "stop" => Some((Effect::Deny, g.state, words)),
                Effect::Same if matches!(stem, "finish" | "complet") => Some((Effect::Same, g.state, words)),
                Effect::Same | Effect::Report => None,
                e => Some((e, g.state, words)),
            };
        }
        if matches!(v.shape, Shape::Past)
            && let Some(g) = same
            && v.from > g.main + 1
        {
            let stem = self.tokens.get(g.main).map_or("", |t| t.stem.as_str());
            let causes =
                matches!(stem, "have" | "get" | "need" | "want" | "expect" | "requir" | "keep" | "see" | "had");
            let reduced =
                matches!(g.shape, Shape::Base | Shape::Infinitive | Shape::Ing | Shape::Present | Shape::Imperative);
            if causes && reduced {
                return Some((Effect::Plan, g.state, g.from..g.main + 1));
            }
        }
        self.clause_governor(before, v)
    }

    /// "we believe that …", "we do not know whether …".
    fn clause_governor(&self, before: &[Verb], v: &Verb) -> Option<(Effect, State, Range<usize>)> {
        let c = self.clause_of(v.main);
        let first = (0..self.tokens.len()).find(|i| self.clause_of(*i) == c)?;
        let w = self.word(first);
        let announces = matches!(
            w,
            "that"
                | "whether"
                | "if"
                | "how"
                | "what"
                | "why"
                | "where"
                | "who"
                | "which"
                | "we"
                | "they"
                | "it"
                | "he"
                | "she"
                | "there"
                | "when"
        );
        let g = before.iter().rev().find(|g| self.clause_of(g.main) + 1 == c)?;
        let direct = first == g.main + 1;
        if !(announces || direct) || first == 0 {
            return None;
        }
        // The announced clause begins right after its governor, give or take an object.
        if first > g.main + 4 || g.effect == Effect::Same && g.shape != Shape::Copula {
            return None;
        }
        if matches!(w, "which" | "who" | "when" | "where" | "it") && g.effect == Effect::Same {
            return None;
        }
        if matches!(w, "which" | "who") && g.state == State::Done {
            return None;
        }
        let words = g.trigger.start.min(g.main)..g.main.max(g.trigger.end.saturating_sub(1)) + 1;
        let stem = self.tokens.get(g.main).map_or("", |t| t.stem.as_str());
        let e = match g.effect {
            Effect::Same => Effect::Report,
            // "cannot rule out that …" leaves it open.
            Effect::Plan if stem == "hope" => Effect::Doubt,
            Effect::Deny if matches!(stem, "rule" | "exclud") && g.state == State::NotDone => Effect::Doubt,
            e => e,
        };
        Some((e, g.state, words))
    }

    /// "the plan to revoke", "unable to revoke", "failure to notify".
    fn noun_governor(&self, to: usize) -> Option<(Effect, usize)> {
        let at = to.checked_sub(1)?;
        let e = match self.word(at) {
            "plan" | "plans" | "decision" | "intention" | "need" | "request" | "order" | "attempt" | "attempts"
            | "effort" | "efforts" | "steps" | "approval" | "authority" | "permission" | "agreement" | "proposal"
            | "ready" | "going" | "due" | "about" => Effect::Plan,
            "failure" | "unable" | "inability" | "refusal" | "reluctant" | "failing" | "yet" | "impossible"
            | "remains" => Effect::Deny,
            _ => return None,
        };
        if e == Effect::Deny
            && self.verbs.iter().any(|v| {
                v.state == State::NotDone
                    && v.trigger.end <= to
                    && v.trigger.end + 2 >= to
                    && v.shape == Shape::Copula
                    && self.word(v.main + 1) != self.word(at)
            })
        {
            return None;
        }
        Some((e, at))
    }

    fn condition(&self, v: &mut Verb) {
        let c = self.clause_of(v.main);
        let Some(first) = (0..=v.main).find(|i| self.clause_of(*i) == c) else { return };
        let present = matches!(self.word(v.from), "have" | "has" | "is" | "are")
            || matches!(v.shape, Shape::Present | Shape::Ing | Shape::Base);
        let skip = usize::from(self.tokens.get(first).is_some_and(Token::is_mark));
        let w = self.word(first + skip);
        let new = match w {
            "if" | "unless" | "whether" => Some(State::Hedged),
            "until" | "once" | "till" | "whenever" if present && v.state == State::Done => Some(State::Planned),
            "when" if present && v.state == State::Done && v.shape != Shape::Copula => Some(State::Planned),
            "as" if self.word(first + skip + 1) == "soon" && present && v.state == State::Done => Some(State::Planned),
            "before" if v.shape == Shape::Ing || present && v.state == State::Done => Some(State::Planned),
            _ => None,
        };
        if let Some(s) = new
            && v.state != s
        {
            v.state = s;
            v.also = None;
            v.trigger = first + skip..first + skip + 1;
        }
    }

    /// "No key was revoked", "none of the hosts has been isolated".
    fn negate(&self, v: &mut Verb) {
        if v.state == State::NotDone {
            return;
        }
        let subject = self.negative.iter().find(|s| {
            s.over.contains(&v.main) && s.trigger.start < v.from && !matches!(self.word(s.trigger.start), "without")
        });
        let stem = self.tokens.get(v.main).map_or("", |t| t.stem.as_str());
        if let Some(s) = subject {
            // "Nothing suggests that …": no grounds is as good as no.
            if matches!(stem, "suggest" | "indic" | "show" | "impli") {
                v.state = State::Done;
                v.effect = Effect::Deny;
                v.trigger = s.trigger.start..v.main + 1;
                return;
            }
            let doubt = v.state == State::Hedged && v.shape != Shape::Past;
            if !doubt {
                v.state = State::NotDone;
                v.also = None;
                v.trigger = s.trigger.clone();
            }
        }
    }
}

/// A verb's state under a governor.
fn apply(e: Effect, governor: State, own: State) -> State {
    match (e, governor) {
        (Effect::Same, s) => s,
        (Effect::Report, State::Done | State::Mentioned) => own,
        (Effect::Report, State::Planned) => {
            if own == State::Done {
                State::Planned
            } else {
                own
            }
        }
        (Effect::Report, _) => State::Hedged,
        (Effect::Plan | Effect::Begin, State::NotDone) => State::NotDone,
        (Effect::Plan | Effect::Begin, State::Hedged) => State::Hedged,
        (Effect::Plan, _) if matches!(own, State::NotDone | State::Hedged) => own,
        (Effect::Plan | Effect::Begin, _) => State::Planned,
        (Effect::Doubt, _) => State::Hedged,
        (Effect::Deny, State::NotDone) => State::Done,
        (Effect::Deny, State::Hedged) => State::Hedged,
        (Effect::Deny, _) => State::NotDone,
    }
}
