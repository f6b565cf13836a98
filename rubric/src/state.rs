//! In which state something is said: done, planned, not done, hedged or only mentioned.
//!
//! A small rule system in the line of NegEx (Chapman et al. 2001) and ConText
//! (Harkema et al. 2009), turned around: *Done* needs positive evidence of
//! completion, so a word counts as done only through a verb group in past,
//! perfect or passive form, a copula with a state ("is offline"), or a status
//! word ("Containment: complete"). Scopes keep the words that opened them.

mod clause;
mod denial;
mod govern;
mod judge;
mod scope;

use crate::grammar::{Role, Status, is_hedge, roles};
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
    /// The sentence as a whole is denied ("it is not true that …").
    pub(crate) denied: bool,
}

impl Verdict {
    fn new(state: State, trigger: Range<usize>, sure: bool) -> Self {
        Self { state, also: None, trigger, sure, label: false, harm: false, denied: false }
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

    /// How the matched words are said.
    pub(crate) fn verdict(&self, m: &Match) -> Verdict {
        let mut out = self.basic(m);
        if let Some(t) = &self.whole
            && (self.announces(t) || !t.clone().any(|i| m.tokens.contains(&i)))
        {
            // Denying a denial leaves little more than doubt.
            let inner = |r: &Range<usize>| r.start >= t.end || r.end <= t.start;
            let not = |i: &usize| self.role(*i) == Some(Role::Not) && !t.contains(i);
            let denial = m.tokens.iter().any(not) || out.state == State::NotDone && inner(&out.trigger);
            let state = if denial { State::Hedged } else { State::NotDone };
            return Verdict { denied: true, ..Verdict::new(state, t.clone(), true) };
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
