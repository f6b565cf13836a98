//! Groups that begin with an auxiliary or with "to".

use super::{Finder, Shape, Verb};
use crate::grammar::{Effect, Role, Status, is_attack, is_harm, is_ours, is_settled, status};
use crate::rubric::State;
use crate::token::Token;
use crate::word::is_unchanging;
use std::ops::Range;

impl Finder<'_> {
    /// A group that begins with an auxiliary.
    pub(super) fn auxiliary(&self, from: usize) -> Option<Verb> {
        let first = self.role(from)?;
        let (mut at, mut not) = self.skip(from + 1);
        let mut last = from;
        let mut have = first == Role::Have;
        let mut being = self.word(from) == "being";
        let imperative_do = first == Role::Do && from == self.start && not.is_some();
        loop {
            match self.role(at) {
                Some(Role::Be) if first != Role::Do => being |= self.word(at) == "being",
                Some(Role::Have) if first == Role::Modal => have = true,
                _ => break,
            }
            last = at;
            let (next, more) = self.skip(at + 1);
            not = not.or(more);
            at = next;
        }
        // "have to", "has yet to", "is to be", "is about to", "is going to": the infinitive carries the verb.
        if let Some(v) = self.semi_modal(from, at, last, &not) {
            return Some(v);
        }
        let be = self.role(last) == Some(Role::Be);
        let finite_modal = first == Role::Modal;
        let main = match self.role(at) {
            Some(Role::Past) => at,
            Some(Role::Ing) if be => at,
            Some(Role::Other | Role::Preposition | Role::Number | Role::Adverb)
                if (finite_modal || first == Role::Do)
                    && last == from
                    && self.tokens.get(at).is_some_and(Token::is_word) =>
            {
                at
            }
            Some(Role::Have | Role::Do) if first == Role::Have && last == from => at,
            Some(Role::Have | Role::Do) if (finite_modal || first == Role::Do) && last == from => at,
            _ => return Some(self.copula(from, last, first, not)),
        };
        let shape = match self.role(main) {
            Some(Role::Ing) => Shape::Ing,
            Some(Role::Past) if be || have => Shape::Participle,
            _ => Shape::Base,
        };
        let mut v = self.verb(from, main, shape, State::Done, from..main);
        let plan = v.effect == Effect::Plan && be && shape == Shape::Participle;
        v.state = match first {
            Role::Modal => self.modal(from, have, &mut v),
            _ if shape == Shape::Ing || being => {
                v.ongoing = true;
                let neutral = matches!(
                    self.stem(main),
                    "work" | "run" | "use" | "make" | "provid" | "give" | "publish" | "includ"
                );
                let ours = self.ours(from) || being && self.by_us(main);
                v.harm = is_harm(self.stem(main)) && !neutral && !ours;
                if v.harm && (!being || is_attack(self.stem(main)) || self.outward(main)) {
                    v.also = Some(State::Planned);
                    State::Done
                } else {
                    State::Planned
                }
            }
            _ if plan && !have && !is_settled(self.stem(main), matches!(self.word(last), "was" | "were")) => {
                State::Planned
            }
            _ if v.effect == Effect::Doubt
                && be
                && !matches!(
                    self.stem(main),
                    "discuss" | "assess" | "evalu" | "check" | "investig" | "examin" | "debat"
                ) =>
            {
                State::Hedged
            }
            _ => State::Done,
        };
        if let Some(n) = not {
            v.also = None;
            v.state = State::NotDone;
            v.trigger = n;
        }
        if imperative_do {
            v.shape = Shape::Imperative;
        }
        Some(v)
    }

    /// Whether the subject right before the group is the writer's side.
    fn ours(&self, from: usize) -> bool {
        let back = from.saturating_sub(3)..from;
        self.tokens.get(back).unwrap_or(&[]).iter().any(|t| is_ours(&t.text))
    }

    /// "… being copied by forensics"
    fn by_us(&self, main: usize) -> bool {
        (main + 1..main + 3).any(|k| self.word(k) == "by" && (k + 1..k + 4).any(|n| is_ours(self.word(n))))
    }

    /// Whether what is done goes where it must not: "… copied to an outside address".
    fn outward(&self, main: usize) -> bool {
        (main + 1..main + 8).any(|k| {
            matches!(
                self.word(k),
                "outside"
                    | "external"
                    | "unknown"
                    | "foreign"
                    | "abroad"
                    | "intruder"
                    | "attacker"
                    | "strangers"
                    | "stranger"
                    | "unauthorized"
                    | "adversary"
                    | "criminals"
            )
        })
    }

    fn modal(&self, from: usize, have: bool, v: &mut Verb) -> State {
        let verb = self.stem(v.main);
        match (self.word(from), have) {
            ("will" | "shall", _) => State::Planned,
            ("must" | "ought", false) => State::Planned,
            ("should", false) => State::Planned,
            ("can", false)
                if matches!(verb, "confirm" | "report" | "say" | "tell" | "share" | "assur" | "advis" | "announc") =>
            {
                State::Done
            }
            ("can" | "may", false) if matches!(verb, "expect") => State::Planned,
            ("can" | "may", false) if self.word(from.saturating_sub(1)) == "you" => State::Planned,
            ("would", false)
                if matches!(
                    verb,
                    "like" | "ask" | "welcom" | "recommend" | "appreci" | "urg" | "advis" | "propos" | "want"
                ) =>
            {
                v.also = Some(State::Planned);
                State::Done
            }
            ("should" | "would", true) => State::NotDone,
            // "some users could see …" tells what happened.
            ("could", false) if matches!(verb, "see" | "read" | "view") && !self.ours(from) => {
                v.also = Some(State::Hedged);
                State::Done
            }
            _ => State::Hedged,
        }
    }

    /// "have to notify", "has yet to notify", "is to be notified", "is about to", "are going to".
    fn semi_modal(&self, from: usize, at: usize, last: usize, not: &Option<Range<usize>>) -> Option<Verb> {
        let yet = (from..at).any(|k| self.word(k) == "yet" && !(k > 0 && self.role(k - 1) == Some(Role::Not)));
        let meant = matches!(self.word(at), "supposed" | "meant") && self.role(at + 1) == Some(Role::To);
        let going = meant || matches!(self.word(at), "going" | "about" | "set") && self.role(at + 1) == Some(Role::To);
        let to = if going { at + 1 } else { at };
        if self.role(to) != Some(Role::To) {
            return None;
        }
        let plain = matches!(self.role(last), Some(Role::Have | Role::Be));
        if !plain {
            return None;
        }
        let inner = self.infinitive(to)?;
        let mut v = Verb { from, ..inner };
        v.trigger = from..to + 1;
        v.state = if yet { State::NotDone } else { State::Planned };
        if self.word(from) == "had" {
            // "had to revoke" was done.
            v.state = State::Done;
        }
        if matches!(self.word(from), "was" | "were") && (!going || meant) || meant && self.word(last) == "been" {
            v.state = State::NotDone;
        }
        if let Some(n) = not {
            v.state = State::NotDone;
            v.trigger = n.clone();
        }
        v.shape = Shape::Base;
        Some(v)
    }

    fn copula(&self, from: usize, last: usize, first: Role, not: Option<Range<usize>>) -> Verb {
        let mut v = self.verb(from, last, Shape::Copula, State::Done, from..last + 1);
        if self.role(last) == Some(Role::Have) || self.role(last) == Some(Role::Do) {
            v.shape = Shape::Present;
        }
        if first == Role::Modal {
            let mut dummy = v.clone();
            v.state = self.modal(from, false, &mut dummy);
        }
        for k in last + 1..(last + 5).min(self.tokens.len()) {
            if matches!(self.role(k), Some(Role::Subordinator)) || self.tokens.get(k).is_some_and(Token::is_mark) {
                break;
            }
            let Some((s, n)) = status(self.tokens, k) else { continue };
            let (state, e) = match s {
                Status::Done => (State::Done, Effect::Same),
                Status::Planned => (State::Planned, Effect::Plan),
                Status::NotDone => (State::NotDone, Effect::Deny),
                Status::Hedged => (State::Hedged, Effect::Doubt),
            };
            if first != Role::Modal || state != State::Done {
                v.state = state;
                v.trigger = k..k + n;
            }
            v.effect = e;
            break;
        }
        if let Some(n) = not {
            v.state = match v.state {
                State::NotDone => State::Done,
                _ => State::NotDone,
            };
            v.trigger = n;
        }
        let chance =
            (last + 1..last + 4).any(|k| matches!(self.word(k), "chance" | "possibility" | "suspicion" | "likelihood"));
        if chance && v.shape == Shape::Copula {
            v.effect = Effect::Doubt;
        }
        let adjective = self.word(last + 1);
        if matches!(adjective, "able" | "ready") {
            v.effect = Effect::Same;
            if v.state == State::Done && !matches!(self.word(from), "was" | "were" | "have" | "has" | "had") {
                v.state = State::Hedged;
            }
        } else if matches!(adjective, "confident" | "sure" | "certain" | "aware" | "clear" | "sorry") {
            v.effect = Effect::Report;
        }
        v
    }

    /// "to [adverb] verb", "to be/have [been] verb".
    pub(super) fn infinitive(&self, to: usize) -> Option<Verb> {
        let (mut at, _) = self.skip(to + 1);
        let mut last = to;
        while matches!(self.role(at), Some(Role::Be | Role::Have)) && self.role(at + 1).is_some() {
            last = at;
            at = self.skip(at + 1).0;
        }
        let verbal = match self.role(at) {
            Some(Role::Other | Role::Preposition | Role::Do) => self.tokens.get(at).is_some_and(Token::is_word),
            Some(Role::Past) => last > to || is_unchanging(self.word(at)),
            Some(Role::Ing) => last > to,
            _ => false,
        };
        let main = if verbal { at } else { last };
        if main == to {
            return None;
        }
        let not = to > 0 && self.role(to - 1) == Some(Role::Not) && self.word(to + 1) != "only";
        let state = if not { State::NotDone } else { State::Planned };
        let from = if not { to - 1 } else { to };
        Some(self.verb(from, main, Shape::Infinitive, state, from..to + 1))
    }
}
