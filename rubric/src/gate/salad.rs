//! Words in no order: pairs of function words that English does not have.

use super::function;
use crate::grammar::Role;
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

/// Whether `b` cannot follow `a`.
fn odd(a: &Token, ra: Role, b: Option<&Token>, rb: Role, last: bool) -> bool {
    let (x, y) = (a.text.as_str(), b.map_or("", |t| t.text.as_str()));
    let article = matches!(x, "the" | "a" | "an" | "our" | "your" | "their" | "its" | "my" | "every");
    let stop = last || matches!(y, "." | "," | ";" | "!" | "?" | ")");
    if article {
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
        ) && !matches!(
            y,
            "back"
                | "up"
                | "out"
                | "over"
                | "under"
                | "off"
                | "like"
                | "following"
                | "pending"
                | "why"
                | "how"
                | "what"
                | "who"
                | "when"
                | "where"
                | "will"
                | "can"
                | "do"
                | "in"
                | "on"
                | "being"
                | "none"
                | "which"
        );
        let twice = matches!(
            y,
            "the"
                | "a"
                | "an"
                | "our"
                | "your"
                | "their"
                | "its"
                | "my"
                | "any"
                | "some"
                | "this"
                | "these"
                | "those"
                | "another"
                | "no"
        ) && !matches!((x, y), (_, "no"));
        return bad || twice || stop;
    }
    match ra {
        Role::Preposition => {
            let particle = matches!(
                x,
                "up" | "out"
                    | "off"
                    | "back"
                    | "over"
                    | "in"
                    | "on"
                    | "through"
                    | "about"
                    | "under"
                    | "by"
                    | "pending"
                    | "following"
                    | "like"
                    | "than"
                    | "including"
                    | "across"
                    | "within"
                    | "without"
            );
            let hard = matches!(
                x,
                "of" | "with"
                    | "from"
                    | "into"
                    | "for"
                    | "at"
                    | "to"
                    | "during"
                    | "between"
                    | "among"
                    | "against"
                    | "via"
                    | "per"
            );
            (hard
                && matches!(rb, Role::Modal | Role::Be | Role::Do | Role::Coordinator)
                && !matches!(y, "being" | "will"))
                || (hard && matches!(rb, Role::Have) && y != "having")
                || (hard && stop && !matches!(x, "for" | "from" | "with" | "to" | "of" | "at" | "against"))
                || (hard
                    && rb == Role::Preposition
                    && !matches!(
                        (x, y),
                        (
                            "from" | "to" | "of" | "for" | "at" | "with",
                            "within"
                                | "about"
                                | "over"
                                | "under"
                                | "between"
                                | "outside"
                                | "across"
                                | "up"
                                | "around"
                                | "behind"
                                | "out"
                                | "in"
                                | "on"
                                | "off"
                                | "into"
                                | "during"
                        )
                    )
                    && x != "to")
                || (!particle && matches!(y, "we" | "they" | "i" | "he" | "she") && !matches!(x, "than" | "despite"))
        }
        Role::To if matches!(y, "is" | "are" | "was" | "were" | "has" | "had" | "we" | "they" | "i") => true,
        Role::To => matches!(rb, Role::Modal | Role::To | Role::Coordinator | Role::Do) && y != "do" && y != "will",
        Role::Modal => {
            matches!(
                rb,
                Role::Determiner
                    | Role::To
                    | Role::Preposition
                    | Role::Coordinator
                    | Role::Modal
                    | Role::Number
                    | Role::Ing
            ) && !matches!(
                y,
                "in" | "by"
                    | "at"
                    | "on"
                    | "no"
                    | "all"
                    | "both"
                    | "each"
                    | "to"
                    | "over"
                    | "for"
                    | "from"
                    | "with"
                    | "only"
                    | "and"
                    | "or"
            )
        }
        Role::Be => {
            matches!(rb, Role::Be | Role::Have | Role::Modal | Role::Do) && !matches!(y, "being" | "been" | "having")
                || matches!((x, y), ("am", "the" | "of") | ("be" | "been", "is" | "are" | "was"))
        }
        Role::Have => matches!(rb, Role::Modal | Role::Do) && y != "do" && y != "done",
        Role::Pronoun => {
            let subject = matches!(x, "we" | "they" | "i" | "he" | "she");
            subject
                && (matches!(
                    rb,
                    Role::Determiner | Role::Preposition | Role::Pronoun | Role::To | Role::Number | Role::Coordinator
                ) && !matches!(y, "all" | "both" | "each" | "in" | "at" | "on" | "by" | "for" | "and" | "or")
                    || stop && y != ",")
        }
        Role::Coordinator => {
            matches!(x, "and" | "or") && (matches!(rb, Role::Coordinator) && y != "or" || stop && y != "," && y != ")")
        }
        _ => false,
    }
}
