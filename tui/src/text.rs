//! Text for the screen: made harmless, measured, wrapped.

use protocol::clean::is_hidden;
use std::{borrow::Cow, fmt::Write as _};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Somebody else's text, with everything that could act on a terminal made visible: `<1B>`, `<202E>`.
/// A tab becomes spaces.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' => out.push_str("    "),
            '\r' if chars.peek() == Some(&'\n') => {}
            c if is_hidden(c) => {
                let _ = write!(out, "<{:02X}>", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// [`shown`] on one line: line breaks become spaces.
#[must_use]
pub fn line(text: &str) -> String {
    shown(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Columns a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// At most `columns` wide, with `…` where something was cut.
#[must_use]
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for g in text.graphemes(true) {
        let w = width(g);
        if used + w + 1 > columns {
            break;
        }
        out.push_str(g);
        used += w;
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

/// Cut or filled to exactly `columns`.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = cut(text, columns);
    let missing = columns.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// The columns from `from` on: what a line shows when it is scrolled sideways.
#[must_use]
pub fn skip(text: &str, from: usize) -> &str {
    if from == 0 {
        return text;
    }
    let mut used = 0;
    for (i, g) in text.grapheme_indices(true) {
        if used >= from {
            return &text[i..];
        }
        used += width(g);
    }
    ""
}

/// A row of wrapped text: bytes `start..end` of the text; blanks at a break hang over the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// First byte.
    pub start: usize,
    /// One past the last byte, without the line break.
    pub end: usize,
}

/// Wraps at words, and inside a word only when it is wider than the row.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<Row> {
    let columns = columns.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(line, start, columns, &mut rows);
        start += line.len() + 1;
    }
    rows
}

fn wrap_line(line: &str, offset: usize, columns: usize, rows: &mut Vec<Row>) {
    if width(line) <= columns {
        rows.push(Row { start: offset, end: offset + line.len() });
        return;
    }
    // Continuation rows of a list keep no indent: simple, and the bullet still leads the eye.
    let (mut row, mut used) = (0, 0);
    let (mut brk, mut used_at_brk) = (0, 0);
    for (i, g) in line.grapheme_indices(true) {
        let w = width(g);
        let blank = g.chars().all(char::is_whitespace);
        if !blank && used + w > columns && used > 0 {
            let at = if brk > row { brk } else { i };
            let spent = if brk > row { used_at_brk } else { used };
            rows.push(Row { start: offset + row, end: offset + at });
            row = at;
            used -= spent;
        }
        used += w;
        if blank {
            brk = i + g.len();
            used_at_brk = used;
        }
    }
    rows.push(Row { start: offset + row, end: offset + line.len() });
}

/// [`wrap`] as text, blanks at the ends of rows removed.
pub fn wrapped(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    wrap(text, columns).into_iter().map(move |r| text[r.start..r.end].trim_end())
}

/// Words as people count them.
#[must_use]
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()
}

/// How many slips of the finger lead from one word to the other: a letter wrong, missing, too many, or
/// two swapped.
#[must_use]
pub fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(80).map(|c| c.to_ascii_lowercase()).collect();
    let b: Vec<char> = b.chars().take(80).map(|c| c.to_ascii_lowercase()).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let change = above[j] + usize::from(a[i] != b[j]);
            let mut best = change.min(row[j] + 1).min(above[j + 1] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

/// The nearest of several names, if any is near enough to have been meant.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_ascii_lowercase();
    names
        .map(|n| {
            let inside = word.len() >= 3 && n.to_ascii_lowercase().contains(&lower);
            (if inside { 1 } else { distance(word, n) }, n)
        })
        .min()
        .filter(|(d, n)| *d <= 1 + n.len().max(word.len()) / 3)
        .map(|(_, n)| n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hidden_stays_hidden() {
        assert_eq!(shown("a\x1b[2Jb\u{202e}c\u{200b}\td\r\ne"), "a<1B>[2Jb<202E>c<200B>    d\ne");
        assert_eq!(shown("plain – text"), "plain – text");
        assert_eq!(line(" a\n  b "), "a b");
    }

    #[test]
    fn wraps_at_words_and_counts_wide_characters() {
        let rows = |t: &'static str, w| wrapped(t, w).collect::<Vec<_>>();
        assert_eq!(rows("one two three", 7), ["one two", "three"]);
        assert_eq!(rows("one two  three\n\nx", 7), ["one two", "three", "", "x"]);
        assert_eq!(rows("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(rows("漢字漢字", 5), ["漢字", "漢字"]);
        assert_eq!(rows("an 漢字漢字 end", 6), ["an", "漢字漢", "字 end"]);
        assert_eq!(rows("", 4), [""]);
    }

    #[test]
    fn cuts_and_pads_to_columns() {
        assert_eq!(cut("漢字漢字", 5), "漢字…");
        assert_eq!(pad("漢", 4), "漢  ");
        assert_eq!(pad("abcdef", 4), "abc…");
        assert_eq!(skip("漢字ab", 3), "ab");
    }

    #[test]
    fn the_nearest_name_is_found() {
        let names = ["serving-eu", "serving-us", "fraud-v42"];
        assert_eq!(nearest("serving-ue", names.into_iter()), Some("serving-eu"));
        assert_eq!(nearest("fraud", names.into_iter()), Some("fraud-v42"));
        assert_eq!(nearest("zebra", names.into_iter()), None);
    }
}
