//! In which state something is said: done, planned, not done, hedged or only mentioned.
//!
//! A small rule system in the line of NegEx (Chapman et al. 2001) and ConText
//! (Harkema et al. 2009), turned around: *Done* needs positive evidence of
//! completion, so a word counts as done only through a verb group in past,
//! perfect or passive form, a copula with a state ("is offline"), or a status
//! word ("Containment: complete"). Scopes keep the words that opened them.

use crate::grammar::{Effect, Role, Status, is_harm, is_hedge, orders, roles, status};
use crate::negation::pseudo_at;
use crate::pattern::Match;
use crate::rubric::State;
use crate::slot::{Slot, Value};
use crate::token::{Kind, Token};
use crate::unit::{Lead, UnitKind};
use crate::verb::{Finder, Shape, Verb};
use crate::word::Stems;
use std::ops::Range;

/// How something is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) state: State,
    /// Another reading that is as good.
    pub(crate) also: Option<State>,
    /// The words that set it, as tokens of the unit.
    pub(crate) trigger: Range<usize>,
    /// Whether it rests on a verb rather than on a guess.
    pub(crate) sure: bool,
    /// Stands in a label such as "Severity: 1": enough for a fact.
    pub(crate) label: bool,
    /// Harm under way ("shards are being uploaded"): enough for a fact.
    pub(crate) harm: bool,
}

impl Verdict {
    fn new(state: State, trigger: Range<usize>, sure: bool) -> Self {
        Self { state, also: None, trigger, sure, label: false, harm: false }
    }

    /// What the verb's own words say.
    fn of(v: &Verb, state: State) -> Self {
        let harm = v.harm && state == State::Planned;
        Self { also: v.also, harm, ..Self::new(state, v.trigger.clone(), true) }
    }
}

/// A stretch that a trigger governs.
#[derive(Clone, Debug)]
struct Scope {
    trigger: Range<usize>,
    over: Range<usize>,
}

/// A unit with its verbs, clauses and scopes.
pub(crate) struct Scene<'a> {
    tokens: &'a [Token],
    pub(crate) roles: Vec<Role>,
    pub(crate) verbs: Vec<Verb>,
    clause: Vec<usize>,
    negative: Vec<Scope>,
    question: bool,
    whole: Option<Range<usize>>,
    /// A tick or status cell: state of a row or a ticked item.
    tick: Option<(State, Range<usize>)>,
    lead: Option<Lead>,
    dated: bool,
    /// First token after bullet signs, clock times and a label.
    pub(crate) start: usize,
}

impl<'a> Scene<'a> {
    /// Looks at one unit.
    pub(crate) fn new(tokens: &'a [Token], kind: UnitKind, lead: Option<Lead>, slots: &[Slot], stems: &Stems) -> Self {
        let roles = roles(tokens);
        let start = opening(tokens, kind, slots);
        let verbs = Finder { tokens, roles: &roles, stems, start }.all();
        let dated = slots
            .iter()
            .any(|s| matches!(s.value, Value::Clock { .. } | Value::Day | Value::Interval | Value::Date { .. }));
        let mut scene = Self {
            tokens,
            clause: Vec::new(),
            roles,
            verbs,
            negative: Vec::new(),
            question: tokens
                .iter()
                .rev()
                .find(|t| t.is_mark())
                .is_some_and(|t| t.mark() == Some('?') && t.at == tokens.last().map_or(0, |l| l.at)),
            whole: None,
            tick: None,
            lead,
            dated,
            start,
        };
        scene.clause = scene.clauses();
        scene.negative = scene.negatives();
        scene.whole = scene.propositional();
        scene.tick = scene.ticked();
        scene.resolve();
        scene
    }

    /// Whether the matched words are an order, or say what "you" are to do.
    pub(crate) fn commands(&self, m: &Match) -> bool {
        self.verbs.iter().filter(|v| m.tokens.contains(&v.main)).any(|v| {
            let you = v.from.checked_sub(1).is_some_and(|k| self.word(k) == "you");
            v.shape == Shape::Imperative || you
        })
    }

    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.text.as_str())
    }

    fn role(&self, i: usize) -> Option<Role> {
        self.roles.get(i).copied()
    }

    fn clause_of(&self, i: usize) -> usize {
        self.clause.get(i).copied().unwrap_or(0)
    }

    fn is_main(&self, i: usize) -> bool {
        self.verbs.iter().any(|v| v.main == i && v.shape != Shape::Attributive)
    }

    /// A clause number for every token. A bracket with no verb in it belongs to the clause around it.
    fn clauses(&self) -> Vec<usize> {
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

    fn clause_end(&self, i: usize) -> usize {
        let c = self.clause_of(i);
        (i..self.tokens.len()).find(|k| self.clause_of(*k) != c).unwrap_or(self.tokens.len())
    }

    /// Negative determiners and prepositions with what they govern.
    fn negatives(&self) -> Vec<Scope> {
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

    /// A denial of the whole sentence.
    fn propositional(&self) -> Option<Range<usize>> {
        const LIST: &[&[&str]] = &[
            &["not", "true", "that"],
            &["not", "the", "case"],
            &["false", "that"],
            &["untrue", "that"],
            &["contrary", "to"],
            &["no", "truth"],
            &["not", "accurate"],
            &["incorrect", "that"],
            &["wrong", "to", "say"],
            &["not", "correct"],
            &["is", "untrue"],
            &["are", "untrue"],
            &["are", "false"],
            &["is", "false"],
            &["far", "from"],
            &["not", "true"],
            &["deny", "that"],
            &["nobody", "has"],
            &["no", "one", "has"],
        ];
        (0..self.tokens.len()).find_map(|i| {
            let hit = LIST.iter().find(|l| l.iter().enumerate().all(|(k, w)| self.word(i + k) == *w))?;
            Some(i..i + hit.len())
        })
    }

    /// "[x] Revoke …", "| Revoke … | done |", "Isolate host: complete".
    fn ticked(&self) -> Option<(State, Range<usize>)> {
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

    /// Lets governors, conditions and negative subjects act on the verbs.
    fn resolve(&mut self) {
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

    /// How the matched words are said.
    pub(crate) fn verdict(&self, m: &Match) -> Verdict {
        let mut out = self.basic(m);
        if let Some(t) = &self.whole
            && !t.clone().any(|i| m.tokens.contains(&i))
        {
            // Denying a denial affirms.
            let denial = m.tokens.iter().any(|i| self.role(*i) == Some(Role::Not)) || out.state == State::NotDone;
            let state = if denial { State::Done } else { State::NotDone };
            return Verdict::new(state, t.clone(), true);
        }
        // A negation inside the pattern is content, not polarity.
        let scoped = self.negative.iter().find(|s| {
            let own = s.trigger.clone().any(|i| m.tokens.contains(&i));
            !own && m
                .tokens
                .iter()
                .any(|i| s.over.contains(i) && !matches!(self.role(*i), Some(Role::Adverb | Role::Preposition)))
        });
        if let Some(s) = scoped
            && matches!(out.state, State::Done | State::Mentioned | State::Planned)
        {
            out = Verdict::new(State::NotDone, s.trigger.clone(), true);
        }
        if out.state == State::Done
            && let Some(i) = self.hedge(m)
        {
            out = Verdict::new(State::Hedged, i..i + 1, true);
        }
        // "Could you please approve …?" asks for a deed, not for news.
        let request = (0..self.tokens.len()).any(|i| self.role(i) == Some(Role::Modal) && self.word(i + 1) == "you");
        if self.question && out.state != State::NotDone && !(request && out.state == State::Planned) {
            let end = self.tokens.len();
            out = Verdict::new(State::Hedged, end.saturating_sub(1)..end, true);
        }
        out
    }

    /// Whether token `i` stands under a negative determiner or a denied verb.
    pub(crate) fn is_denied(&self, i: usize) -> bool {
        let c = self.clause_of(i);
        let verb = self.verbs.iter().any(|v| v.state == State::NotDone && self.clause_of(v.main) == c && v.from < i);
        self.question || self.whole.is_some() || verb || self.negative.iter().any(|s| s.over.contains(&i))
    }

    /// Whether the matched words own up to not knowing.
    pub(crate) fn admits(&self, m: &Match) -> bool {
        const WORDS: &[&str] = &[
            "unknown",
            "unclear",
            "unconfirmed",
            "tbc",
            "tbd",
            "uncertain",
            "unsure",
            "yet",
            "not",
            "investigate",
            "investigating",
            "investigation",
            "establishing",
            "determining",
        ];
        let own = m.tokens.iter().any(|i| {
            WORDS.contains(&self.word(*i))
                || ["investigat", "unknown", "uncertain"].iter().any(|p| self.word(*i).starts_with(p))
        });
        let ongoing = self.verbs.iter().any(|v| v.ongoing && m.tokens.contains(&v.main));
        self.whole.is_none() && (own || ongoing || self.lead == Some(Lead::Unknown))
    }

    fn hedge(&self, m: &Match) -> Option<usize> {
        let c = self.clause_of(m.first());
        let from = m.first().saturating_sub(4);
        (from..(m.last() + 2).min(self.tokens.len())).find(|i| {
            let near = self.clause_of(*i) == c && is_hedge(self.word(*i)) && !m.tokens.contains(i);
            near && !(self.word(*i) == "likely" && self.role(i.wrapping_sub(1)) == Some(Role::Not))
        })
    }

    fn basic(&self, m: &Match) -> Verdict {
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

/// First token after bullet signs, clock times and a label.
fn opening(tokens: &[Token], kind: UnitKind, slots: &[Slot]) -> usize {
    let mut i = 0;
    loop {
        if let Some(s) = slots.iter().find(|s| s.tokens.start == i && !matches!(s.value, Value::Count(_)))
            && (kind != UnitKind::Prose || i == 0)
        {
            i = s.tokens.end;
            continue;
        }
        match tokens.get(i) {
            Some(t) if t.is_mark() => i += 1,
            Some(t) if t.kind == Kind::Number && kind == UnitKind::Bullet && i < 2 => i += 1,
            Some(t)
                if i < 4
                    && matches!(t.text.as_str(), "please" | "then" | "also" | "immediately" | "now" | "x" | "at") =>
            {
                i += 1
            }
            _ => return i.min(tokens.len()),
        }
    }
}

fn of_status(s: Status) -> State {
    match s {
        Status::Done => State::Done,
        Status::Planned => State::Planned,
        Status::NotDone => State::NotDone,
        Status::Hedged => State::Hedged,
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
