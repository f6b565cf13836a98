//! Verb forms with no auxiliary: simple past, participles, -ing forms, present tense, orders.

use super::{Finder, Shape, Verb};
use crate::grammar::{Effect, Role, effect, is_ambiguous, is_base, is_harm, is_performative, orders};
use crate::rubric::State;
use crate::slot::is_numeral;
use crate::token::Kind;
use crate::word::is_unchanging;

impl Finder<'_> {
    /// A past form with no auxiliary before it.
    pub(super) fn bare_past(&self, i: usize, before: &[Verb]) -> Verb {
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
    pub(super) fn is_gerund_noun(&self, i: usize) -> bool {
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
    pub(super) fn bare_ing(&self, i: usize) -> Verb {
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
    pub(super) fn present_or_order(&self, i: usize, before: &[Verb]) -> Option<Verb> {
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
