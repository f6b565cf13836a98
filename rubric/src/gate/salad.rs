//! Words in no order: pairs of function words that English does not have.

use super::function;
use crate::grammar::{Role, Words};
use crate::read::Scan;
use crate::token::Token;
use crate::unit::UnitKind;

/// Counts pairs of function words that English does not have.
#[derive(Default)]
pub(super) struct Salad {
    pairs: usize,
    odd: usize,
    words: usize,
}

impl Salad {
    pub(super) fn add(&mut self, s: &Scan<'_>) {
        let roles = &s.scene.roles;
        self.words += s.words();
        for i in 0..s.tokens.len() {
            let (Some(a), Some(ra)) = (s.tokens.get(i), roles.get(i)) else { continue };
            if *ra == Role::Mark {
                continue;
            }
            let b = s.tokens.get(i + 1);
            let rb = roles.get(i + 1).copied().unwrap_or(Role::Mark);
            if function(*ra) {
                self.pairs += 1;
            }
            let inner = i > 0
                && s.tokens.get(i - 1).is_some_and(|t| !t.is_mark())
                && s.unit.kind == UnitKind::Prose
                && s.words() > 12;
            let stray = inner
                && a.capital
                && matches!(a.text.as_str(), "we" | "our" | "it" | "if" | "your" | "they" | "this" | "what");
            // "option A, B": a letter, not an article.
            let letter = a.text == "a" && a.capital && (i > 0 || b.is_none_or(Token::is_mark));
            if letter {
                continue;
            }
            if stray || odd(a, *ra, b, rb, i + 1 >= s.tokens.len()) {
                self.odd += 1;
            }
        }
    }

    /// Measured on honest texts and their shuffles: the former have no odd pair or one, the
    /// latter one in ten words.
    pub(super) fn is_salad(&self, at_least: usize) -> bool {
        let (few, share) = if at_least > 10 { (3, 6) } else { (2, 12) };
        self.words >= at_least
            && self.odd >= few
            && self.odd * 100 >= self.pairs * share
            && self.odd * 100 >= self.words * share / 3
    }
}

static ARTICLES: Words = Words::new("the a an our your their its my every");
/// What may follow an article although its role says otherwise.
static AFTER_ARTICLE: Words = Words::new(
    "back up out over under off like following pending why how what who when where will can do in on being none which",
);
static DETERMINERS: Words = Words::new("the a an our your their its my any some this these those another");
static PARTICLES: Words = Words::new(
    "up out off back over in on through about under by pending following like than including across within without",
);
/// Prepositions that need their noun.
static HARD: Words = Words::new("of with from into for at to during between among against via per");
static MAY_END: Words = Words::new("for from with to of at against");
static OPEN_PAIRS: Words = Words::new("from to of for at with");
static AFTER_OPEN: Words =
    Words::new("within about over under between outside across up around behind out in on off into during");
static AFTER_MODAL: Words = Words::new("in by at on no all both each to over for from with only and or");
static AFTER_SUBJECT: Words = Words::new("all both each in at on by for and or");
static SUBJECTS: Words = Words::new("we they i he she");

/// Whether `b` cannot follow `a`.
fn odd(a: &Token, ra: Role, b: Option<&Token>, rb: Role, last: bool) -> bool {
    let (x, y) = (a.text.as_str(), b.map_or("", |t| t.text.as_str()));
    let stop = last || matches!(y, "." | "," | ";" | "!" | "?" | ")");
    if ARTICLES.has(x) {
        return stop || after_article(y, rb);
    }
    match ra {
        Role::Preposition => after_preposition(x, y, rb, stop),
        Role::To => {
            matches!(y, "is" | "are" | "was" | "were" | "has" | "had" | "we" | "they" | "i")
                || matches!(rb, Role::Modal | Role::To | Role::Coordinator | Role::Do) && !matches!(y, "do" | "will")
        }
        Role::Modal => after_modal(y, rb),
        Role::Be => {
            matches!(rb, Role::Be | Role::Have | Role::Modal | Role::Do) && !matches!(y, "being" | "been" | "having")
                || matches!((x, y), ("am", "the" | "of") | ("be" | "been", "is" | "are" | "was"))
        }
        Role::Have => matches!(rb, Role::Modal | Role::Do) && !matches!(y, "do" | "done"),
        Role::Pronoun => SUBJECTS.has(x) && after_subject(y, rb, stop),
        Role::Coordinator => {
            matches!(x, "and" | "or") && (rb == Role::Coordinator && y != "or" || stop && y != "," && y != ")")
        }
        _ => false,
    }
}

fn after_article(y: &str, rb: Role) -> bool {
    let bad = matches!(
        rb,
        Role::Modal
            | Role::Be
            | Role::Have
            | Role::Do
            | Role::To
            | Role::Preposition
            | Role::Coordinator
            | Role::Pronoun
            | Role::Subordinator
    );
    bad && !AFTER_ARTICLE.has(y) || DETERMINERS.has(y)
}

fn after_preposition(x: &str, y: &str, rb: Role, stop: bool) -> bool {
    let hard = HARD.has(x);
    let verb = matches!(rb, Role::Modal | Role::Be | Role::Do | Role::Coordinator) && !matches!(y, "being" | "will");
    let alone = stop && !MAY_END.has(x);
    let double = rb == Role::Preposition && !(OPEN_PAIRS.has(x) && AFTER_OPEN.has(y)) && x != "to";
    hard && (verb || rb == Role::Have && y != "having" || alone || double)
        || !PARTICLES.has(x) && SUBJECTS.has(y) && !matches!(x, "than" | "despite")
}

fn after_modal(y: &str, rb: Role) -> bool {
    matches!(
        rb,
        Role::Determiner | Role::To | Role::Preposition | Role::Coordinator | Role::Modal | Role::Number | Role::Ing
    ) && !AFTER_MODAL.has(y)
}

fn after_subject(y: &str, rb: Role, stop: bool) -> bool {
    let bad = matches!(
        rb,
        Role::Determiner | Role::Preposition | Role::Pronoun | Role::To | Role::Number | Role::Coordinator
    );
    bad && !AFTER_SUBJECT.has(y) || stop && y != ","
}
