//! Verb groups: "have not yet been revoked" as one thing with one state.

use crate::grammar::{
    Effect, Role, Status, effect, is_ambiguous, is_attack, is_base, is_harm, is_ours, is_performative, is_settled,
    orders, status,
};
use crate::rubric::State;
use crate::slot::is_numeral;
use crate::token::{Kind, Token};
use crate::word::{Stems, is_unchanging};
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

    /// A group that begins with an auxiliary.
    fn auxiliary(&self, from: usize) -> Option<Verb> {
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
    fn infinitive(&self, to: usize) -> Option<Verb> {
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

    /// A past form with no auxiliary before it.
    fn bare_past(&self, i: usize, before: &[Verb]) -> Verb {
        let prev = i.checked_sub(1).and_then(|p| self.role(p));
        let prev = if prev == Some(Role::Adverb) { i.checked_sub(2).and_then(|p| self.role(p)).or(prev) } else { prev };
        let next = self.role(i + 1);
        let noun_next =
            matches!(next, Some(Role::Other)) && !matches!(self.word(i + 1), "offline" | "again" | "online" | "access");
        let opens = i <= self.start;
        let after_verb = before.last().is_some_and(|v| v.main + 1 == i && v.shape != Shape::Copula);
        let framed = matches!(prev, Some(Role::Determiner | Role::Preposition | Role::Number)) || after_verb;
        let aux_soon = (i + 1..(i + 6).min(self.tokens.len()))
            .take_while(|k| self.role(*k) != Some(Role::Mark))
            .any(|k| matches!(self.role(k), Some(Role::Modal | Role::Be | Role::Have)));
        let attributive = noun_next && (framed || (opens && aux_soon));
        let shape = if attributive { Shape::Attributive } else { Shape::Past };
        let not = i > 0 && self.role(i - 1) == Some(Role::Not);
        let yet = i > 1 && self.role(i - 2) == Some(Role::Not) && self.word(i - 1) == "yet";
        let mut v = self.verb(i, i, shape, State::Done, i..i + 1);
        if not || yet {
            v.state = State::NotDone;
            v.from = i - 1 - usize::from(yet);
            v.trigger = v.from..i;
        }
        if attributive {
            v.effect = Effect::Same;
        }
        // "will stay disabled", "remains isolated".
        let linking = before
            .last()
            .filter(|g| g.main + 1 == i && matches!(self.stem(g.main), "stay" | "remain" | "becom" | "keep"));
        if let Some(g) = linking {
            v.shape = Shape::Participle;
            v.state = g.state;
            v.trigger = g.trigger.clone();
        }
        // "got deployed", "never got deployed", "get revoked at midnight".
        if i > 0 && self.stem(i - 1) == "get" {
            match before.last().filter(|g| g.main + 1 == i) {
                Some(g) => {
                    v.state = g.state;
                    v.trigger = g.trigger.clone();
                }
                None => v.state = State::Planned,
            }
            v.shape = Shape::Participle;
            v.from = i - 1;
        }
        if is_unchanging(self.word(i))
            && (self.word(i.wrapping_sub(1)) == "please"
                || self.has_object(i) && (opens || prev == Some(Role::Mark) && self.word(i - 1) != ","))
        {
            // "Reset your password": an order.
            v.shape = Shape::Imperative;
            v.state = State::Planned;
        }
        v
    }

    /// "reset the key", "shut down the gateway"
    fn has_object(&self, i: usize) -> bool {
        let particle = matches!(self.word(i + 1), "down" | "off" | "back" | "out" | "up");
        self.role(i + 1 + usize::from(particle)) == Some(Role::Determiner)
    }

    /// "unauthorized copying of files", "our own monitoring": a noun, of which something else is said.
    fn is_gerund_noun(&self, i: usize) -> bool {
        let prev = i.checked_sub(1).and_then(|p| self.role(p));
        let owned = prev == Some(Role::Determiner)
            || prev == Some(Role::Other) && i.checked_sub(2).and_then(|p| self.role(p)) == Some(Role::Determiner);
        let before = self.word(i.wrapping_sub(1));
        let adjective =
            before.starts_with("un") || matches!(before, "malicious" | "partial" | "further" | "possible" | "external");
        let of = self.word(i + 1) == "of";
        let ends = self.role(i + 1).is_none_or(|r| matches!(r, Role::Mark | Role::Be | Role::Have | Role::Modal));
        of && (owned || adjective || prev.is_none_or(|r| r == Role::Mark)) && !self.sentence_subject(i)
            || (owned || adjective) && ends
    }

    /// "Scanning of all images is under way": what is said of it comes later and tells its state already.
    fn sentence_subject(&self, i: usize) -> bool {
        i <= self.start && !(i + 1..self.tokens.len()).any(|k| self.role(k) == Some(Role::Past))
    }

    /// An -ing form with no "be" before it.
    fn bare_ing(&self, i: usize) -> Verb {
        let mut v = self.verb(i, i, Shape::Ing, State::Planned, i..i + 1);
        v.ongoing = true;
        let prev = self.word(i.wrapping_sub(1));
        match prev {
            "by" | "after" | "since" | "upon" | "on" | "through" | "from" => {
                v.state = State::Done;
                v.trigger = i - 1..i;
            }
            "without" | "not" => {
                v.state = State::NotDone;
                v.trigger = i - 1..i;
            }
            _ => {
                let framed = matches!(i.checked_sub(1).and_then(|p| self.role(p)), Some(Role::Determiner));
                let noun_next = matches!(self.role(i + 1), Some(Role::Other));
                // "training jobs stopped": the subject of a verb to come.
                let verb_soon = (i + 2..(i + 5).min(self.tokens.len()))
                    .take_while(|k| {
                        matches!(self.role(*k), Some(Role::Other | Role::Past | Role::Be | Role::Have | Role::Modal))
                    })
                    .any(|k| self.role(k) != Some(Role::Other));
                if framed
                    || (noun_next && verb_soon)
                    || (noun_next
                        && matches!(i.checked_sub(1).and_then(|p| self.role(p)), Some(Role::Other | Role::Preposition)))
                {
                    v.shape = Shape::Attributive;
                    v.effect = Effect::Same;
                }
            }
        }
        v
    }

    /// "we notify", "the assistant shows", "Revoke the key", "… and notify".
    fn present_or_order(&self, i: usize, before: &[Verb]) -> Option<Verb> {
        if self.role(i) == Some(Role::Adverb) {
            return None;
        }
        let mut p = i;
        while p > 0 && matches!(self.role(p - 1), Some(Role::Adverb)) {
            p -= 1;
        }
        let prev = p.checked_sub(1).and_then(|k| self.role(k));
        let prev_word = if p == 0 { "" } else { self.word(p - 1) };
        let w = self.word(i);
        let next = self.role(i + 1);
        let counted = is_numeral(self.word(i + 1));
        let object = matches!(next, Some(Role::Determiner | Role::Pronoun | Role::Number)) || counted;
        if matches!(prev_word, "we" | "i" | "they" | "you" | "who") && self.tokens.get(i)?.kind == Kind::Word {
            let mut v = self.verb(i, i, Shape::Present, State::Planned, i..i + 1);
            if is_performative(self.stem(i)) || v.effect != Effect::Same || is_harm(self.stem(i)) && prev_word != "we" {
                v.state = State::Done;
                v.also = Some(State::Planned);
            }
            if v.effect == Effect::Doubt {
                v.state = State::Hedged;
                v.also = None;
            }
            return Some(v);
        }
        let conditional =
            prev_word == "," && matches!(self.word(self.start), "if" | "when" | "should" | "once" | "in" | "where");
        if conditional && is_base(w) && matches!(next, Some(Role::Other | Role::Determiner | Role::Pronoun)) {
            return Some(self.verb(i, i, Shape::Imperative, State::Planned, i..i + 1));
        }
        let opening = i <= self.start
            || prev_word == "please"
            || matches!(prev_word, ":" | "\u{2014}" | "|" | ".")
            || (prev_word == "," && i <= self.start + 8 && before.is_empty());
        if opening
            && is_base(w)
            && (!is_ambiguous(w) || object || prev_word == "please" || self.word(i + 1) == "us")
            && self.word(i + 1) != ":"
        {
            return Some(self.verb(i, i, Shape::Imperative, State::Planned, i..i + 1));
        }
        // "will revoke the key and notify the owner": shares the first verb's state.
        let joins = matches!(prev, Some(Role::Coordinator)) || prev_word == ",";
        if joins
            && is_base(w)
            && (!is_ambiguous(w) || object)
            && let Some(lead) =
                before.iter().rev().find(|v| matches!(v.shape, Shape::Base | Shape::Infinitive | Shape::Imperative))
        {
            let mut v = self.verb(i, i, lead.shape, lead.state, lead.trigger.clone());
            v.also = lead.also;
            return Some(v);
        }
        let subject = matches!(prev, Some(Role::Other | Role::Pronoun | Role::Subordinator))
            && !matches!(next, Some(Role::Be | Role::Have | Role::Modal | Role::Preposition | Role::Past) | None);
        let s_form = w.ends_with('s') && !w.ends_with("ss");
        if subject && is_harm(self.stem(i)) && (s_form || matches!(prev_word, "which" | "that" | "they") || object) {
            return Some(self.verb(i, i, Shape::Present, State::Done, i..i + 1));
        }
        let doubt_or_report =
            s_form && subject && effect(self.stem(i), self.stems) != Effect::Same && !orders(w, self.stem(i));
        if doubt_or_report || (matches!(w, "appears" | "seems") && prev.is_some()) {
            let mut v = self.verb(i, i, Shape::Present, State::Done, i..i + 1);
            if v.effect == Effect::Doubt {
                v.state = State::Hedged;
            } else if v.effect == Effect::Plan {
                v.state = State::Planned;
            }
            return Some(v);
        }
        None
    }
}
