//! People by their seats: every name of somebody who sat at the table becomes the title of their seat.
//!
//! Whole words, whatever their case; the full name and each part of it. Rather too much is replaced than too
//! little, with one exception: a part of a name that is also an everyday word (*will*, *grant*) is left
//! alone where it is written small.

use crate::{Material, Names};
use protocol::Fact;
use std::{borrow::Cow, collections::BTreeMap};

/// Forms of address that name nobody.
const ADDRESS: [&str; 9] = ["dr", "mr", "mrs", "ms", "mx", "prof", "sir", "von", "van"];
/// Parts of names that are everyday words when written small.
const EVERYDAY: [&str; 44] = [
    "a", "al", "an", "april", "art", "august", "banks", "bill", "black", "bo", "brown", "chase", "cook", "de", "do",
    "drew", "faith", "grace", "grant", "green", "hope", "in", "june", "king", "la", "le", "lane", "long", "mark",
    "may", "more", "day", "page", "pat", "price", "rich", "rose", "short", "so", "sue", "white", "will", "young",
    "case",
];
/// Said where two people share a name.
const SOMEBODY: &str = "a person at the table";

#[derive(Clone, Debug)]
struct Pattern {
    /// Lower-case words of the name.
    words: Vec<String>,
    says: String,
    everyday: bool,
}

/// Replaces names. Empty: replaces nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mask {
    /// Longest first.
    patterns: Vec<Pattern>,
    /// What is never replaced, in lower-case words: seat titles, so that masking twice changes nothing, and
    /// the scenario's outside parties, who are nobody at the table.
    kept: Vec<Vec<String>>,
}

/// Where pieces of a text were replaced, to move places in it along.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moves {
    /// Begin and end in the old text, begin and end in the new.
    moved: Vec<(usize, usize, usize, usize)>,
}

impl Moves {
    /// A place of the old text in the new one. A place inside a replaced name moves to its begin or end.
    pub(crate) fn place(&self, at: usize, end: bool) -> usize {
        let mut shift: i64 = 0;
        for &(from, to, new_from, new_to) in &self.moved {
            if at <= from {
                break;
            }
            if at < to {
                return if end { new_to } else { new_from };
            }
            shift = signed(new_to) - signed(to);
        }
        usize::try_from(signed(at) + shift).unwrap_or(0)
    }
}

fn signed(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX / 2)
}

impl Mask {
    pub(crate) fn new(material: &Material<'_>) -> Self {
        if material.names == Names::People {
            return Self::default();
        }
        let seats = &material.loaded.scenario.seats;
        let mut people: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, seat: &protocol::SeatId| {
            let title = seats.iter().find(|s| s.id == *seat).map_or_else(|| seat.to_string(), |s| s.title.clone());
            // Somebody who is called as their seat gives nothing away.
            if !name.eq_ignore_ascii_case(seat.as_str()) && !name.eq_ignore_ascii_case(&title) {
                people.push((name.to_owned(), title));
            }
        };
        for (_, event) in material.transcript.events() {
            if let Fact::SeatTaken { seat, person } = &event.fact {
                add(person, seat);
            }
        }
        for (seat, person) in &material.card.people {
            add(person, seat);
        }
        let parties = material.loaded.scenario.parties.iter().map(|p| p.name.clone());
        Self::of(&people, &seats.iter().map(|s| s.title.clone()).chain(parties).collect::<Vec<_>>())
    }

    fn of(people: &[(String, String)], kept: &[String]) -> Self {
        // What stands for a name, with the full name it came from.
        let mut found: BTreeMap<Vec<String>, Vec<(Vec<String>, &str)>> = BTreeMap::new();
        for (name, title) in people {
            let full = words_of(name);
            for word in &full {
                let initial = word.chars().count() < 2 && word.is_ascii();
                if full.len() > 1 && !initial && !ADDRESS.contains(&word.as_str()) {
                    found.entry(vec![word.clone()]).or_default().push((full.clone(), title));
                }
            }
            if !full.is_empty() {
                found.entry(full.clone()).or_default().push((full, title));
            }
        }
        let mut patterns: Vec<Pattern> = found
            .into_iter()
            .map(|(words, of)| {
                // One person at two seats in turn is one person; two people with a name in common are not.
                let one = of.iter().all(|(full, _)| *full == of[0].0);
                let says = if one { of[0].1.to_owned() } else { SOMEBODY.to_owned() };
                let everyday = words.len() == 1 && EVERYDAY.contains(&words[0].as_str());
                Pattern { words, says, everyday }
            })
            .collect();
        patterns.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then_with(|| a.words.cmp(&b.words)));
        let names: Vec<Vec<String>> = people.iter().map(|(name, _)| words_of(name)).collect();
        let mut kept: Vec<Vec<String>> =
            kept.iter().map(|t| words_of(t)).filter(|t| !t.is_empty() && !names.contains(t)).collect();
        kept.push(words_of(SOMEBODY));
        kept.sort_by_key(|t| std::cmp::Reverse(t.len()));
        Self { patterns, kept }
    }

    /// The text without names.
    pub(crate) fn apply<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.patterns.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(self.apply_moving(text).0) }
    }

    /// The text without names, and how places in it moved.
    pub(crate) fn apply_moving(&self, text: &str) -> (String, Moves) {
        let mut moves = Moves::default();
        if self.patterns.is_empty() {
            return (text.to_owned(), moves);
        }
        let tokens = tokens(text);
        let mut out = String::with_capacity(text.len());
        let (mut at, mut copied) = (0, 0);
        while at < tokens.len() {
            if let Some(title) = self.kept.iter().find(|t| matches(&tokens[at..], t, text)) {
                at += title.len();
                continue;
            }
            let token = &tokens[at];
            let small = text[token.from..token.to].chars().all(char::is_lowercase);
            // A line cut in the middle of a name.
            let cut = text[token.to..].starts_with('…');
            let hit = self.patterns.iter().find(|p| {
                let begun = cut && p.words[0].len() > token.lower.len() && p.words[0].starts_with(&token.lower);
                (matches(&tokens[at..], &p.words, text) && !(p.everyday && small)) || (begun && !small)
            });
            let Some(hit) = hit else {
                at += 1;
                continue;
            };
            let words = if matches(&tokens[at..], &hit.words, text) { hit.words.len() } else { 1 };
            let (from, to) = (token.from, tokens[at + words - 1].to);
            out.push_str(&text[copied..from]);
            let begin = out.len();
            out.push_str(&hit.says);
            moves.moved.push((from, to, begin, out.len()));
            copied = to;
            at += words;
        }
        out.push_str(&text[copied..]);
        (out, moves)
    }
}

struct Token {
    from: usize,
    to: usize,
    lower: String,
}

/// The words of a text: runs of letters and digits.
fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), from) {
            (true, None) => from = Some(at),
            (false, Some(begin)) => {
                all.push(Token { from: begin, to: at, lower: text[begin..at].to_lowercase() });
                from = None;
            }
            _ => {}
        }
    }
    all
}

fn words_of(name: &str) -> Vec<String> {
    tokens(name).into_iter().map(|t| t.lower).collect()
}

/// Whether the tokens begin with these words, with nothing but a little between them.
fn matches(tokens: &[Token], words: &[String], text: &str) -> bool {
    tokens.len() >= words.len()
        && tokens.iter().zip(words).all(|(t, w)| t.lower == *w)
        && tokens.windows(2).take(words.len() - 1).all(|w| {
            let between = &text[w[0].to..w[1].from];
            between.len() <= 4 && !between.contains(['\n', ',', ';', ':', '!', '?'])
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask() -> Mask {
        let person = |name: &str, title: &str| (name.to_owned(), title.to_owned());
        Mask::of(
            &[
                person("Priya Raman", "SOC analyst"),
                person("Will Osei-Grant", "Incident commander"),
                person("Analyst", "Head of communications"),
                person("Ana Ortiz", "Counsel"),
                person("Ana Weiss", "Platform engineer"),
            ],
            &["SOC analyst".to_owned(), "Incident commander".to_owned(), "Head of communications".to_owned()],
        )
    }

    #[test]
    fn names_go_whatever_their_case_and_parts_go_too() {
        let m = mask();
        assert_eq!(m.apply("priya raman, PRIYA and Raman's copy"), "SOC analyst, SOC analyst and SOC analyst's copy");
        assert_eq!(m.apply("mail priya.raman@x"), "mail SOC analyst@x");
        assert_eq!(m.apply("Priyanka stays, so does Ramanujan"), "Priyanka stays, so does Ramanujan");
        assert_eq!(m.apply("We will grant it. Will agrees"), "We will grant it. Incident commander agrees");
    }

    #[test]
    fn half_a_name_at_a_cut_goes_too() {
        assert_eq!(mask().apply("told by Pri…"), "told by SOC analyst…");
        assert_eq!(mask().apply("the pri…"), "the pri…");
    }

    #[test]
    fn a_shared_name_tells_nothing_and_twice_is_once() {
        let m = mask();
        assert_eq!(m.apply("Ana said"), "a person at the table said");
        let once = m.apply("Priya told Analyst").into_owned();
        assert_eq!(once, "SOC analyst told Head of communications");
        assert_eq!(m.apply(&once), once);
    }

    #[test]
    fn places_move_with_the_text() {
        let (text, moves) = mask().apply_moving("Hi Priya, the bot is out.");
        let at = |part: &str, in_: &str| in_.find(part).unwrap();
        let old = "Hi Priya, the bot is out.";
        let place = moves.place(at("the bot", old), false);
        assert_eq!(&text[place..place + 7], "the bot");
        assert_eq!(moves.place(5, false), 3);
        assert_eq!(moves.place(5, true), 3 + "SOC analyst".len());
        assert_eq!(moves.place(old.len(), true), text.len());
    }
}
