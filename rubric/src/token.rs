//! Step 3a: words, numbers and marks of one unit of text.

use crate::normal::Normal;
use crate::reading::Span;
use crate::word::{Stems, spelling};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// Begins with a digit ("09:12", "1.2k", "100%").
    Number,
    /// A mark.
    Mark(char),
}

/// One token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Folded, American spelling, contractions opened ("n't" -> "not").
    pub(crate) text: String,
    /// Stem of the text.
    pub(crate) stem: String,
    /// Where it stands in the original text.
    pub(crate) span: Span,
    /// What it is made of.
    pub(crate) kind: Kind,
    /// Whether the original begins with a capital.
    pub(crate) capital: bool,
    /// Words and numbers before it in the whole text.
    pub(crate) at: u32,
    /// The sign that ties it to the word before it: `-` in "bld-04", `@` and `.` in an address, `#` and `+` alone.
    pub(crate) glue: Option<char>,
}

impl Token {
    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(crate) fn is_mark(&self) -> bool {
        matches!(self.kind, Kind::Mark(_))
    }

    pub(crate) fn mark(&self) -> Option<char> {
        match self.kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }
}

/// Cuts folded text into tokens.
pub(crate) struct Cutter<'a> {
    pub(crate) normal: &'a Normal,
    pub(crate) original: &'a str,
    pub(crate) stems: &'a Stems,
    /// Words and numbers seen so far.
    pub(crate) count: u32,
}

impl Cutter<'_> {
    /// Appends the tokens of folded bytes `from..to`.
    pub(crate) fn cut(&mut self, from: usize, to: usize, out: &mut Vec<Token>) {
        let normal = self.normal;
        let Some(text) = normal.text.get(from..to) else { return };
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c.is_whitespace() {
                continue;
            }
            let rest = text.get(at..).unwrap_or("");
            let len = if c.is_ascii_digit() {
                number_len(rest)
            } else if c.is_alphabetic() {
                word_len(rest)
            } else {
                0
            };
            if let Some((word, n)) = self.shorthand(rest, text.get(..at).unwrap_or("")) {
                while chars.peek().is_some_and(|(i, _)| *i < at + n) {
                    chars.next();
                }
                self.push(word, Kind::Word, from + at, from + at + n, out);
                continue;
            }
            if len == 0 {
                self.mark(c, from + at, from + at + c.len_utf8(), text, at, out);
                continue;
            }
            while chars.peek().is_some_and(|(i, _)| *i < at + len) {
                chars.next();
            }
            let body = rest.get(..len).unwrap_or(rest);
            if c.is_ascii_digit() {
                self.push(body, Kind::Number, from + at, from + at + len, out);
            } else {
                self.word(body, from + at, from + at + len, out);
            }
        }
    }

    /// Signs that stand for words: "3.1.4 = clean", "hosts & keys", "disks + memory", "w/o notice".
    fn shorthand(&self, rest: &str, before: &str) -> Option<(&'static str, usize)> {
        if !before.is_empty() && !before.ends_with(|c: char| c.is_whitespace() || c == '(') {
            return None;
        }
        let free = |n: usize| rest.get(n..).is_some_and(|s| s.starts_with(char::is_whitespace));
        match rest.as_bytes() {
            [b'=', ..] if free(1) && !before.is_empty() => Some(("is", 1)),
            [b'&' | b'+', ..] if free(1) && !before.is_empty() => Some(("and", 1)),
            [b'w', b'/', b'o', ..] if free(3) => Some(("without", 3)),
            [b'w', b'/', ..] if free(2) => Some(("with", 2)),
            _ => None,
        }
    }

    fn mark(&mut self, c: char, a: usize, b: usize, text: &str, at: usize, out: &mut Vec<Token>) {
        // A hyphen inside a word joins ("roll-back" is two words); only a free one is a dash.
        let c = match c {
            '-' | '\u{2013}' => {
                let before = text.get(..at).and_then(|s| s.chars().next_back());
                let after = text.get(at + c.len_utf8()..).and_then(|s| s.chars().next());
                let glued = |x: Option<char>| x.is_some_and(char::is_alphanumeric);
                if glued(before) && glued(after) {
                    return;
                }
                '\u{2014}'
            }
            '\'' | '`' | '*' | '_' | '#' | '>' => return,
            other => other,
        };
        let (start, end) = self.normal.original(a, b);
        out.push(Token {
            text: c.to_string(),
            stem: String::new(),
            span: Span { start, end },
            kind: Kind::Mark(c),
            capital: false,
            at: self.count,
            glue: None,
        });
    }

    /// The sign before folded byte `a` that makes one name of two words.
    fn glue(&self, a: usize) -> Option<char> {
        let mut back = self.normal.text.get(..a)?.chars().rev();
        let sign = back.next()?;
        let tied = back.next().is_some_and(char::is_alphanumeric);
        (matches!(sign, '#' | '+') || tied && matches!(sign, '-' | '_' | '.' | '@' | '/' | '\u{2013}')).then_some(sign)
    }

    fn push(&mut self, text: &str, kind: Kind, a: usize, b: usize, out: &mut Vec<Token>) {
        let (start, end) = self.normal.original(a, b);
        let capital = self.original.get(start..).and_then(|s| s.chars().next()).is_some_and(char::is_uppercase);
        let (text, stem) = if kind == Kind::Word {
            let text = spelling(text).unwrap_or_else(|| text.to_owned());
            let stem = self.stems.stem(&text);
            (text, stem)
        } else {
            (text.to_owned(), text.to_owned())
        };
        let glue = self.glue(a);
        out.push(Token { text, stem, span: Span { start, end }, kind, capital, at: self.count, glue });
        self.count += 1;
    }

    /// A word with its contractions opened.
    fn word(&mut self, body: &str, a: usize, b: usize, out: &mut Vec<Token>) {
        let cut = |n: usize| a + n;
        match body {
            "cannot" => {
                self.push("can", Kind::Word, a, cut(3), out);
                self.push("not", Kind::Word, cut(3), b, out);
                return;
            }
            "can't" | "won't" | "shan't" => {
                let base = match body {
                    "can't" => "can",
                    "won't" => "will",
                    _ => "shall",
                };
                self.push(base, Kind::Word, a, cut(2), out);
                self.push("not", Kind::Word, cut(2), b, out);
                return;
            }
            "dont" | "didnt" | "isnt" | "hasnt" | "havent" | "wasnt" | "werent" | "doesnt" => {
                let n = body.len() - 2;
                self.push(body.get(..n).unwrap_or(body), Kind::Word, a, cut(n), out);
                self.push("not", Kind::Word, cut(n), b, out);
                return;
            }
            _ => {}
        }
        let Some((head, tail)) = body.rsplit_once('\'') else {
            self.push(body, Kind::Word, a, b, out);
            return;
        };
        let n = head.len();
        match tail {
            "t" if head.ends_with('n') && n > 1 => {
                self.push(head.get(..n - 1).unwrap_or(head), Kind::Word, a, cut(n - 1), out);
                self.push("not", Kind::Word, cut(n - 1), b, out);
            }
            "ve" | "ll" | "re" | "m" | "d" => {
                let aux = match tail {
                    "ve" => "have",
                    "ll" => "will",
                    "re" => "are",
                    "m" => "am",
                    _ => "would",
                };
                self.push(head, Kind::Word, a, cut(n), out);
                self.push(aux, Kind::Word, cut(n), b, out);
            }
            "s" => {
                self.push(head, Kind::Word, a, cut(n), out);
                let verbal =
                    ["it", "that", "there", "here", "what", "who", "he", "she", "this", "everything", "nothing"];
                if verbal.contains(&head) {
                    let rest = self.normal.text.get(b..).unwrap_or("");
                    let next = rest.split_whitespace().next().unwrap_or("");
                    let next = if next == "not" || next == "already" {
                        rest.split_whitespace().nth(1).unwrap_or("")
                    } else {
                        next
                    };
                    let perfect = next == "been" || next == "had" || next == "become" || next == "gone";
                    self.push(if perfect { "has" } else { "is" }, Kind::Word, cut(n), b, out);
                }
            }
            "" => self.push(head, Kind::Word, a, cut(n), out),
            _ => self.push(&body.replace('\'', ""), Kind::Word, a, b, out),
        }
    }
}

fn word_len(s: &str) -> usize {
    let mut len = 0;
    let mut chars = s.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner = c == '\'' && chars.peek().is_some_and(|(_, n)| n.is_alphabetic());
        // "v4.1" is one word.
        let digit_before = s.get(..at).is_some_and(|h| h.ends_with(|d: char| d.is_ascii_digit()));
        let version = c == '.' && digit_before && chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
        if c.is_alphanumeric() || inner || version {
            len = at + c.len_utf8();
        } else {
            break;
        }
    }
    len
}

fn number_len(s: &str) -> usize {
    let bytes = s.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut i = 0;
    loop {
        match bytes.get(i) {
            Some(b) if b.is_ascii_alphanumeric() => i += 1,
            Some(b'.' | b',' | b':' | b'/') if digit(i + 1) && i > 0 && digit(i - 1) => i += 1,
            Some(b'-') if digit(i + 1) && is_date_head(s.get(..i).unwrap_or("")) => i += 1,
            Some(b'%') => return i + 1,
            _ => return i,
        }
    }
}

/// "2026" or "2026-03": a hyphen after it goes on with the date.
fn is_date_head(s: &str) -> bool {
    let b = s.as_bytes();
    (b.len() == 4 && b.iter().all(u8::is_ascii_digit) && (s.starts_with("19") || s.starts_with("20")))
        || (b.len() == 7 && b.get(4) == Some(&b'-'))
}
