//! Names of people, teams and things, as far as a capital and the words around it tell.

use crate::grammar::{Role, is_base, looks_noun};
use crate::read::Scan;
use crate::token::{Kind, Token};
use std::collections::HashSet;
use std::sync::OnceLock;

/// Capitals that are no names.
const NO_NAMES: &[&str] = &["utc", "gmt", "api", "am", "pm", "the", "we", "i"];

/// Names that answer for nothing: laws, markings, places, offices outside, days.
const NO_OWNERS: &[&str] = &[
    "gdpr",
    "nis",
    "nis2",
    "dora",
    "tlp",
    "amber",
    "red",
    "green",
    "clear",
    "strict",
    "sha",
    "cve",
    "eu",
    "uk",
    "us",
    "cet",
    "cest",
    "bst",
    "ico",
    "url",
    "id",
    "sla",
    "ai",
    "act",
    "article",
    "art",
    "tls",
    "cvss",
    "eur",
    "usd",
    "gbp",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "europe",
    "asia",
    "america",
    "africa",
    "sitrep",
    "sev",
    "sev1",
    "sev2",
    "p1",
    "p2",
];

/// Teams and offices that act, also without a capital.
const TEAMS: &[&str] = &[
    "legal",
    "counsel",
    "comms",
    "communications",
    "security",
    "soc",
    "engineering",
    "platform",
    "forensics",
    "privacy",
    "compliance",
    "psirt",
    "csirt",
    "sre",
    "ops",
    "operations",
    "it",
    "hr",
    "finance",
    "ciso",
    "cto",
    "ceo",
    "cfo",
    "coo",
    "dpo",
    "procurement",
    "product",
    "research",
    "mlops",
    "network",
    "support",
    "press",
    "board",
    "dev",
    "facilities",
    "audit",
    "risk",
    "management",
    "leadership",
];

/// Given names that look like plurals.
const IN_S: &[&str] = &[
    "ines", "james", "thomas", "chris", "lucas", "carlos", "luis", "marcos", "jonas", "lars", "hans", "klaus", "agnes",
    "nicholas", "iris", "francis", "dennis", "marius", "mathias", "matthias", "tobias", "andreas", "elias", "anders",
    "jens", "nils", "joris", "kees", "boris", "denis", "mavis", "doris", "lois", "louis", "charles", "giles", "miles",
];

/// Words of this trade and of grammar that begin sentences with a capital and are nobody's name.
fn common() -> &'static HashSet<&'static str> {
    static TABLE: OnceLock<HashSet<&'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        crate::lexicon::words()
            .filter(|w| !TEAMS.contains(w))
            .chain(["someone", "somebody", "nobody", "everyone", "everything", "anyone"])
            .collect()
    })
}

impl Scan<'_> {
    /// Capitalised words that do not begin the sentence.
    pub(crate) fn names(&self) -> impl Iterator<Item = usize> + '_ {
        (self.scene.start + 1..self.tokens.len()).filter(|i| {
            let initial =
                i.checked_sub(2).and_then(|k| self.tokens.get(k)).is_some_and(|t| t.text.len() == 1 && t.capital);
            let before = self.tokens.get(i - 1).and_then(Token::mark);
            let begins = !initial && matches!(before, Some('.' | '"' | '|'));
            let t = self.tokens.get(*i);
            t.is_some_and(|t| t.capital && t.is_word() && t.text.len() > 1 && !NO_NAMES.contains(&t.text.as_str()))
                && !begins
        })
    }

    /// Whether the sentence says who answers: a name, or someone acting at its start.
    pub(crate) fn has_person(&self) -> bool {
        let listed = |i: usize| self.tokens.get(i).is_some_and(|t| NO_OWNERS.contains(&t.text.as_str()));
        // After a colon or a dash a capital may only begin another sentence.
        let opens = |i: usize| {
            let before = self.tokens.get(i - 1).and_then(Token::mark);
            matches!(before, Some(':' | '\u{2014}')) && self.role_at(i) == Some(Role::Other) && is_base(self.word_at(i))
        };
        self.names().any(|i| !listed(i) && !opens(i) && !self.is_common_opening(i))
            || self.tokens.iter().any(|t| t.text == "i")
            || (0..self.tokens.len()).any(|i| self.acts(i))
    }

    fn word_at(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.text.as_str())
    }

    fn role_at(&self, i: usize) -> Option<Role> {
        self.scene.roles.get(i).copied()
    }

    /// A capital after a colon, a dash or a bullet: a trade word there is no name.
    fn is_common_opening(&self, i: usize) -> bool {
        let before = self.tokens.get(i - 1).and_then(Token::mark);
        matches!(before, Some(':' | '\u{2014}' | '|' | ']')) && !self.looks_named(i)
    }

    /// Whether the word can be somebody's name or a team's.
    fn looks_named(&self, i: usize) -> bool {
        let Some(t) = self.tokens.get(i) else { return false };
        let w = t.text.as_str();
        if TEAMS.contains(&w) || t.capital && IN_S.contains(&w) {
            return true;
        }
        let plain = t.is_word() && t.capital && w.len() > 1 && t.glue.is_none();
        let role = matches!(self.role_at(i), Some(Role::Other));
        plain && role && !is_base(w) && !common().contains(w) && !NO_OWNERS.contains(&w) && !looks_noun(w)
    }

    /// "Marcos files": a plural does not take such a verb.
    fn singular_verb(&self, i: usize) -> bool {
        let w = self.word_at(i);
        let one = |end: &str| w.strip_suffix(end).is_some_and(is_base);
        one("s") || one("es") || w.strip_suffix("ies").is_some_and(|b| is_base(&format!("{b}y")))
    }

    /// Whether somebody at `i`, first of the sentence, of a cell or of a bracket, does something: "Ines rotates",
    /// "Rafael to isolate", "Margot: notify", "(Dinesh, 15:00)".
    fn acts(&self, i: usize) -> bool {
        let start = self.scene.start;
        let before = i.checked_sub(1).and_then(|k| self.tokens.get(k)).and_then(Token::mark);
        let team = TEAMS.contains(&self.word_at(i));
        let first = i == start || matches!(before, Some('|' | '(' | ':' | '\u{2014}'));
        if !(first || team) || !self.looks_named(i) {
            return false;
        }
        let mut n = i + 1;
        while self.role_at(n) == Some(Role::Adverb) || team && matches!(self.word_at(n), "team" | "lead" | "desk") {
            n += 1;
        }
        let w = self.word_at(n);
        let base = |k: usize| is_base(self.word_at(k));
        match self.role_at(n) {
            Some(Role::To) => base(n + 1),
            Some(Role::Modal) => base(n + 1) || self.role_at(n + 1) == Some(Role::Adverb) && base(n + 2),
            Some(Role::Have) => self.role_at(n + 1) == Some(Role::Past),
            Some(Role::Be) => self.role_at(n + 1) == Some(Role::Ing) || self.word_at(n + 1) == "to" && base(n + 2),
            Some(Role::Mark) => match w {
                ":" => i == start && base(n + 1),
                "," | ")" => before == Some('(') || before == Some('\u{2014}') && i > start + 1,
                "|" => before == Some('|'),
                _ => false,
            },
            Some(Role::Other) => self.singular_verb(n),
            Some(Role::Past) => self
                .tokens
                .get(n + 1)
                .is_some_and(|t| t.kind == Kind::Word && self.role_at(n + 1) == Some(Role::Determiner)),
            _ => false,
        }
    }
}
