//! A text field: several lines with word wrap, undo and redo, selection, paste; or a single line.
//!
//! Plain data, so that the screen's state can be cloned and compared. Text enters through
//! `protocol::clean`, and never more of it than a message may hold.

use crate::{
    key::Key,
    text::{self, Row},
};
use crossterm::event::KeyCode;
use protocol::clean;
use unicode_segmentation::UnicodeSegmentation as _;

/// Most steps that can be undone.
const MAX_UNDO: usize = 500;

/// A text field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    text: String,
    /// Byte of the cursor, always at a character.
    cursor: usize,
    /// The other end of the selection.
    anchor: Option<usize>,
    /// The column up and down aim at.
    goal: Option<usize>,
    undo: Vec<Edit>,
    redo: Vec<Edit>,
    /// What was cut, for pasting here.
    clip: String,
    one_line: bool,
    /// Something was left out because the limit was reached.
    full: bool,
}

/// `removed` stood at `at`, `inserted` stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    at: usize,
    removed: String,
    inserted: String,
}

impl Default for Editor {
    fn default() -> Self {
        Self::new("", false)
    }
}

impl Editor {
    fn new(text: &str, one_line: bool) -> Self {
        let text = if one_line { clean::line(text) } else { clean::text(text) };
        let cursor = text.len();
        Self {
            text,
            cursor,
            anchor: None,
            goal: None,
            undo: Vec::new(),
            redo: Vec::new(),
            clip: String::new(),
            one_line,
            full: false,
        }
    }

    /// A field of several lines; the cursor stands at its end.
    #[must_use]
    pub fn lines(text: &str) -> Self {
        Self::new(text, false)
    }

    /// A field of one line.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self::new(text, true)
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte of the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether something did not fit.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// The selected bytes.
    #[must_use]
    pub fn selection(&self) -> Option<(usize, usize)> {
        let anchor = self.anchor.filter(|a| *a != self.cursor)?;
        Some((anchor.min(self.cursor), anchor.max(self.cursor)))
    }

    /// The most bytes it holds.
    #[must_use]
    pub fn limit(&self) -> usize {
        if self.one_line { clean::MAX_LINE } else { clean::MAX_BODY }
    }

    /// Replaces everything; can be undone.
    pub fn replace(&mut self, text: &str) {
        self.anchor = Some(0);
        self.cursor = self.text.len();
        self.insert(text);
    }

    /// Puts the cursor at the start.
    pub fn to_start(&mut self) {
        self.cursor = 0;
        self.anchor = None;
    }

    /// Types or pastes text over the selection.
    pub fn insert(&mut self, typed: &str) {
        let (from, to) = self.selection().unwrap_or((self.cursor, self.cursor));
        let mut new = self.cleaned(typed);
        let room = self.limit() - (self.text.len() - (to - from));
        self.full = new.len() > room || typed.trim().len() > self.limit();
        if new.len() > room {
            let cut = (0..=room).rev().find(|i| new.is_char_boundary(*i)).unwrap_or(0);
            new.truncate(cut);
        }
        if new.is_empty() && from == to {
            return;
        }
        self.edit(from, to, &new);
    }

    /// Like the record will hold it, but keeping the blanks and breaks at the ends: one is still typing.
    fn cleaned(&self, typed: &str) -> String {
        let core = typed.trim();
        let start = typed.len() - typed.trim_start().len();
        let blank = |c: char| match c {
            '\n' if !self.one_line => Some('\n'),
            ' ' | '\t' | '\n' | '\u{a0}' => Some(' '),
            _ => None,
        };
        let tail = if core.is_empty() { "" } else { &typed[start + core.len()..] };
        let mut out: String = typed[..start].chars().filter_map(blank).collect();
        out.push_str(&if self.one_line { clean::line(core) } else { clean::text(core) });
        out.extend(tail.chars().filter_map(blank));
        out
    }

    fn edit(&mut self, from: usize, to: usize, new: &str) {
        let removed = self.text[from..to].to_owned();
        self.text.replace_range(from..to, new);
        self.cursor = from + new.len();
        self.anchor = None;
        self.goal = None;
        self.redo.clear();
        // Letters typed in a row are undone together, a word at a time.
        if removed.is_empty()
            && new.graphemes(true).count() == 1
            && !new.trim().is_empty()
            && let Some(last) = self.undo.last_mut()
            && last.at + last.inserted.len() == from
            && !last.inserted.is_empty()
            && last.inserted.len() < 60
            && !last.inserted.ends_with(char::is_whitespace)
        {
            last.inserted.push_str(new);
            return;
        }
        self.undo.push(Edit { at: from, removed, inserted: new.to_owned() });
        if self.undo.len() > MAX_UNDO {
            self.undo.remove(0);
        }
    }

    fn take_back(&mut self) {
        let Some(edit) = self.undo.pop() else { return };
        self.text.replace_range(edit.at..edit.at + edit.inserted.len(), &edit.removed);
        self.cursor = edit.at + edit.removed.len();
        self.anchor = None;
        self.full = false;
        self.redo.push(edit);
    }

    fn do_again(&mut self) {
        let Some(edit) = self.redo.pop() else { return };
        self.text.replace_range(edit.at..edit.at + edit.removed.len(), &edit.inserted);
        self.cursor = edit.at + edit.inserted.len();
        self.anchor = None;
        self.undo.push(edit);
    }

    /// A key; `columns` is the width the text is wrapped at. False: not a key of a text field.
    pub fn press(&mut self, key: Key, columns: usize) -> bool {
        if let Some(c) = key.typed() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        match (key.code, key.ctrl) {
            (KeyCode::Enter, false) if !self.one_line => self.insert("\n"),
            (KeyCode::Backspace, ctrl) => self.delete(if ctrl || key.alt { self.word_left() } else { self.left() }),
            (KeyCode::Delete, ctrl) => self.delete(if ctrl { self.word_right() } else { self.right() }),
            (KeyCode::Char('w'), true) => self.delete(self.word_left()),
            (KeyCode::Char('u'), true) => self.delete(self.line_start()),
            (KeyCode::Char('k'), true) => self.cut_to(self.line_end()),
            (KeyCode::Char('x'), true) => {
                if let Some((from, _)) = self.selection() {
                    self.cut_to(from);
                }
            }
            (KeyCode::Char('v'), true) => self.insert(&self.clip.clone()),
            (KeyCode::Char('z'), true) => self.take_back(),
            (KeyCode::Char('y'), true) => self.do_again(),
            (KeyCode::Char('a'), true) => {
                self.anchor = Some(0);
                self.cursor = self.text.len();
            }
            _ => return self.travel(key, columns),
        }
        true
    }

    fn travel(&mut self, key: Key, columns: usize) -> bool {
        let word = key.ctrl || key.alt;
        let to = match key.code {
            KeyCode::Left if word => self.word_left(),
            KeyCode::Right if word => self.word_right(),
            KeyCode::Left => self.left(),
            KeyCode::Right => self.right(),
            KeyCode::Home if key.ctrl => 0,
            KeyCode::End if key.ctrl => self.text.len(),
            KeyCode::Home => self.line_start(),
            KeyCode::End => self.line_end(),
            KeyCode::Up if !self.one_line => return self.climb(-1, key.shift, columns),
            KeyCode::Down if !self.one_line => return self.climb(1, key.shift, columns),
            KeyCode::PageUp if !self.one_line => return self.climb(-10, key.shift, columns),
            KeyCode::PageDown if !self.one_line => return self.climb(10, key.shift, columns),
            _ => return false,
        };
        self.go(to, key.shift);
        self.goal = None;
        true
    }

    fn go(&mut self, to: usize, select: bool) {
        self.anchor = if select { self.anchor.or(Some(self.cursor)) } else { None };
        self.cursor = to;
    }

    /// Up or down by rows as they are shown. False at the first and last row, so a form can go on.
    fn climb(&mut self, by: isize, select: bool, columns: usize) -> bool {
        let rows = text::wrap(&self.text, columns);
        let (row, column) = self.place(&rows);
        let goal = self.goal.unwrap_or(column);
        let target = row.saturating_add_signed(by).min(rows.len() - 1);
        if target == row {
            return false;
        }
        let Row { start, end } = rows[target];
        let mut at = start;
        let mut used = 0;
        for (i, g) in self.text[start..end].grapheme_indices(true) {
            let w = text::width(g);
            if used + w > goal {
                break;
            }
            used += w;
            at = start + i + g.len();
        }
        // The end of a wrapped row is the start of the next: stay on this one.
        if at == end && rows.get(target + 1).is_some_and(|next| next.start == end) {
            at = self.text[start..end].grapheme_indices(true).next_back().map_or(start, |(i, _)| start + i);
        }
        self.go(at, select);
        self.goal = Some(goal);
        true
    }

    /// Row and column of the cursor.
    #[must_use]
    pub fn place(&self, rows: &[Row]) -> (usize, usize) {
        let row = rows.iter().rposition(|r| r.start <= self.cursor).unwrap_or(0);
        let start = rows.get(row).map_or(0, |r| r.start);
        (row, text::width(&self.text[start..self.cursor]))
    }

    fn delete(&mut self, to: usize) {
        let (from, to) = self.selection().unwrap_or((self.cursor.min(to), self.cursor.max(to)));
        if from != to {
            self.full = false;
            self.edit(from, to, "");
        }
    }

    fn cut_to(&mut self, to: usize) {
        let (from, to) = self.selection().unwrap_or((self.cursor.min(to), self.cursor.max(to)));
        self.clip = self.text[from..to].to_owned();
        self.delete(to);
    }

    fn left(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(i, _)| i)
    }
    fn right(&self) -> usize {
        self.text[self.cursor..].graphemes(true).next().map_or(self.cursor, |g| self.cursor + g.len())
    }
    fn word_left(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before.rfind(char::is_whitespace).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8))
    }
    fn word_right(&self) -> usize {
        let after = &self.text[self.cursor..];
        let skip = after.len() - after.trim_start().len();
        after[skip..].find(char::is_whitespace).map_or(self.text.len(), |i| self.cursor + skip + i)
    }
    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |i| i + 1)
    }
    fn line_end(&self) -> usize {
        self.text[self.cursor..].find('\n').map_or(self.text.len(), |i| self.cursor + i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const K: fn(KeyCode) -> Key = Key::plain;

    fn typed(text: &str) -> Editor {
        let mut e = Editor::lines("");
        for c in text.chars() {
            let key = if c == '\n' { K(KeyCode::Enter) } else { Key::ch(c) };
            assert!(e.press(key, 40));
        }
        e
    }

    #[test]
    fn typing_is_undone_word_by_word_and_redone() {
        let mut e = typed("hold the line");
        e.press(Key::ctrl('z'), 40);
        assert_eq!(e.text(), "hold the ");
        e.press(Key::ctrl('z'), 40);
        e.press(Key::ctrl('z'), 40);
        assert_eq!(e.text(), "hold ");
        for _ in 0..3 {
            e.press(Key::ctrl('y'), 40);
        }
        assert_eq!(e.text(), "hold the line");
        e.press(Key::ctrl('y'), 40);
        assert_eq!(e.text(), "hold the line");
    }

    #[test]
    fn a_paste_is_cleaned_and_undone_at_once() {
        let mut e = typed("a");
        e.insert("\x1b[31mred\u{202e}\r\nnext\tline");
        assert_eq!(e.text(), "a[31mred\nnext line");
        e.press(Key::ctrl('z'), 40);
        assert_eq!(e.text(), "a");
        let mut one = Editor::line("");
        one.insert("two\nlines ");
        assert_eq!(one.text(), "two lines ");
    }

    #[test]
    fn never_more_than_a_message_may_hold() {
        let mut e = Editor::lines("");
        e.insert(&"é".repeat(40_000));
        assert_eq!(e.text().len(), clean::MAX_BODY);
        e.insert("x");
        assert_eq!(e.text().len(), clean::MAX_BODY);
        assert!(e.is_full());
        e.press(K(KeyCode::Backspace), 40);
        assert!(!e.is_full());
    }

    #[test]
    fn the_cursor_moves_by_characters_words_and_shown_rows() {
        let mut e = typed("one two three four\nfive 漢字");
        e.press(K(KeyCode::Left), 9);
        assert_eq!(&e.text()[e.cursor()..], "字");
        e.press(K(KeyCode::Up), 9);
        assert_eq!(&e.text()[e.cursor()..], "\nfive 漢字");
        e.press(K(KeyCode::Home), 9);
        assert_eq!(e.cursor(), 0);
        assert!(!e.press(K(KeyCode::Up), 9), "nothing above the first row");
        e.press(Key { code: KeyCode::Right, ctrl: true, alt: false, shift: false }, 9);
        assert_eq!(&e.text()[..e.cursor()], "one");
    }

    #[test]
    fn a_selection_is_replaced_cut_and_pasted() {
        let mut e = typed("one two");
        for _ in 0..3 {
            e.press(K(KeyCode::Left).shifted(), 40);
        }
        assert_eq!(e.selection(), Some((4, 7)));
        e.press(Key::ctrl('x'), 40);
        assert_eq!(e.text(), "one ");
        e.press(Key::ctrl('v'), 40);
        e.press(Key::ctrl('v'), 40);
        assert_eq!(e.text(), "one twotwo");
        e.press(Key::ctrl('a'), 40);
        e.insert("new");
        assert_eq!(e.text(), "new");
        e.press(Key::ctrl('z'), 40);
        assert_eq!(e.text(), "one twotwo");
    }
}
