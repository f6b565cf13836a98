//! What is said of the words a pattern found.

use super::{Scene, Verdict, of_status};
use crate::grammar::{Effect, is_harm, status};
use crate::pattern::Match;
use crate::rubric::State;
use crate::unit::Lead;
use crate::verb::{Shape, Verb};

impl Scene<'_> {
    pub(super) fn basic(&self, m: &Match) -> Verdict {
        let mut best: Option<Verdict> = None;
        for v in self.verbs.iter().filter(|v| m.tokens.contains(&v.main)) {
            if v.shape == Shape::Attributive {
                continue;
            }
            // A trigger that belongs to the pattern does not turn it.
            let own = v.state == State::NotDone && v.trigger.clone().all(|i| m.tokens.contains(&i));
            let state = if own { State::Done } else { v.state };
            let found = Verdict::of(v, state);
            let found = self.with_status(v, found);
            if best.as_ref().is_none_or(|b| caution(found.state) > caution(b.state)) {
                best = Some(found);
            }
        }
        if let Some(b) = best {
            return b;
        }
        let harm = self.verbs.iter().find(|v| {
            v.shape == Shape::Attributive
                && m.tokens.contains(&v.main)
                && is_harm(self.tokens.get(v.main).map_or("", |t| t.stem.as_str()))
        });
        if let Some(v) = harm {
            return Verdict::new(State::Done, v.trigger.clone(), false);
        }
        self.nominal(m)
    }

    /// An order or a bare word with a status beside it: "Revoke keys: done".
    fn with_status(&self, v: &Verb, found: Verdict) -> Verdict {
        match &self.tick {
            Some((s, t)) if matches!(v.shape, Shape::Imperative) || (v.shape == Shape::Ing && v.from == v.main) => {
                Verdict::new(*s, t.clone(), true)
            }
            None if v.shape == Shape::Imperative && self.lead == Some(Lead::Done) => {
                Verdict::new(State::Done, v.trigger.clone(), false)
            }
            _ => found,
        }
    }

    /// Only nouns matched: what is said of them. Where they stand in two clauses, a denied one decides: "tarn-3 is
    /// not affected, and your copy is another step".
    fn nominal(&self, m: &Match) -> Verdict {
        let last = self.clause_of(m.last());
        let earlier: Vec<usize> = m.tokens.iter().copied().filter(|i| self.clause_of(*i) != last).collect();
        if !earlier.is_empty() {
            let part = self.nominal_in(&Match { tokens: earlier });
            if part.state == State::NotDone && part.sure {
                return part;
            }
        }
        self.nominal_in(m)
    }

    fn nominal_in(&self, m: &Match) -> Verdict {
        let c = self.clause_of(m.last());
        let inside: Vec<&Verb> =
            self.verbs.iter().filter(|v| self.clause_of(v.main) == c && v.shape != Shape::Attributive).collect();
        let before = inside
            .iter()
            .rev()
            .find(|v| v.main < m.last() && v.main < m.first().max(v.from + 1) + 12 && v.from < m.last());
        let after = inside.iter().find(|v| v.from > m.first());
        let verb = match (before, after) {
            (Some(b), Some(a)) => {
                let finite = a.shape != Shape::Infinitive && (a.from < a.main || a.shape == Shape::Copula);
                let subject = matches!(b.effect, Effect::Report | Effect::Doubt | Effect::Plan)
                    && finite
                    && a.from > m.last()
                    && !matches!(a.shape, Shape::Ing);
                if subject { Some(*a) } else { Some(*b) }
            }
            (Some(b), None) => Some(*b),
            (None, a) => a.copied(),
        };
        if let Some(v) = verb {
            if let Some((s, t)) = &self.tick
                && v.shape == Shape::Imperative
            {
                return Verdict::new(*s, t.clone(), true);
            }
            return self.object_of(v, m);
        }
        // "we recommend that the board approve …"
        let first = (0..self.tokens.len()).find(|i| self.clause_of(*i) == c).unwrap_or(0);
        if c > 0
            && matches!(self.word(first), "that" | "whether" | "what" | "how" | "which")
            && let Some(g) = self.verbs.iter().rev().find(|g| self.clause_of(g.main) + 1 == c && g.main < first)
        {
            return self.object_of(g, m);
        }
        if let Some((s, t)) = &self.tick {
            return Verdict::new(*s, t.clone(), true);
        }
        self.verbless(m)
    }

    /// What a verb says of its subject or object.
    fn object_of(&self, v: &Verb, m: &Match) -> Verdict {
        let own = v.trigger.clone().all(|i| m.tokens.contains(&i));
        let state = match (v.effect, v.state) {
            _ if own => State::Done,
            (Effect::Same | Effect::Report, s) => s,
            (Effect::Plan, State::NotDone) | (Effect::Begin, State::NotDone) => State::NotDone,
            (Effect::Plan | Effect::Begin, State::Hedged) => State::Hedged,
            (Effect::Plan | Effect::Begin, _) => State::Planned,
            (Effect::Doubt, State::NotDone) => State::NotDone,
            (Effect::Doubt, State::Planned) => State::Planned,
            (Effect::Doubt, _) => State::Hedged,
            (Effect::Deny, State::NotDone) if v.shape == Shape::Copula => State::NotDone,
            (Effect::Deny, State::NotDone | State::Hedged) => State::Hedged,
            (Effect::Deny, _) => State::NotDone,
        };
        let next = (0..self.tokens.len()).find(|i| matches!(self.word(*i), "next"));
        let dated_copula = v.shape == Shape::Copula
            && state == State::Done
            && next.is_some()
            && !matches!(self.word(v.main), "was" | "were" | "been");
        if dated_copula {
            let i = next.unwrap_or(v.main);
            return Verdict::new(State::Planned, i..i + 1, true);
        }
        Verdict::of(v, state)
    }

    /// Whether a colon follows the matched words, or stands between them, with something behind it.
    fn labelled(&self, m: &Match) -> bool {
        let colon = (m.first()..self.tokens.len().min(m.last() + 4)).find(|i| self.word(*i) == ":");
        colon.is_some_and(|c| self.tokens.get(c + 1).is_some_and(|t| !t.is_mark()))
    }

    /// No verb at all: status words, dates, the heading above.
    fn verbless(&self, m: &Match) -> Verdict {
        let near = m.first().saturating_sub(4)..(m.last() + 8).min(self.tokens.len());
        for i in near {
            if m.tokens.contains(&i) && self.word(i) != "next" {
                continue;
            }
            if let Some((s, n)) = status(self.tokens, i) {
                return Verdict::new(of_status(s), i..i + n, true);
            }
        }
        let by = (0..self.tokens.len()).find(|i| {
            matches!(
                self.word(*i),
                "by" | "within"
                    | "every"
                    | "before"
                    | "hourly"
                    | "tomorrow"
                    | "next"
                    | "until"
                    | "more"
                    | "further"
                    | "again"
            )
        });
        if let (true, Some(i)) = (self.dated, by) {
            return Verdict::new(State::Planned, i..i + 1, true);
        }
        let none = m.first()..m.first();
        match self.lead {
            Some(Lead::Done) => Verdict::new(State::Done, none, false),
            Some(Lead::Planned) => Verdict::new(State::Planned, none, false),
            Some(Lead::Unknown) => Verdict::new(State::NotDone, none, false),
            None => {
                // A verb in a neighbouring clause is better than nothing, but no proof of completion.
                Verdict { label: self.labelled(m), ..Verdict::new(State::Mentioned, none, false) }
            }
        }
    }
}

/// Of two readings the one that gives less away wins.
fn caution(s: State) -> u8 {
    match s {
        State::NotDone => 4,
        State::Hedged => 3,
        State::Planned => 2,
        State::Done => 1,
        State::Mentioned => 0,
    }
}
