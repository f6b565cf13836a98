//! Finding words in messages and injects.

use crate::{
    error::OpenError,
    source::{self, Source, sql},
    text,
};
use serde::Serialize;
use std::{collections::BTreeMap, ops::Range, path::Path};

/// A place where the words were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The entry.
    pub n: u64,
    /// What it is: `inject`, `alert`, `message`, `reply`, `result`, `request`, `log`, `page`, `declaration`
    /// or `decision`.
    pub kind: String,
    /// Its subject, fit for a terminal.
    pub subject: String,
    /// The words and what stands around them, fit for a terminal.
    pub snippet: String,
    /// Where in the snippet the words are, in bytes.
    pub marks: Vec<Range<usize>>,
}

/// Finds words in one transcript; best first, every message once however many it was delivered to.
/// See [`crate::Library::search`] for what can be asked.
///
/// # Errors
/// When the file cannot be read.
pub fn search(path: &Path, typed: &str, limit: usize) -> Result<Vec<Hit>, OpenError> {
    let Some(question) = text::question(typed) else { return Ok(Vec::new()) };
    source::steady(path, || ask(path, &question, limit), Result::is_err)
}

fn ask(path: &Path, question: &str, limit: usize) -> Result<Vec<Hit>, OpenError> {
    let source = Source::open(path)?;
    let sql = sql("search", &source.path);
    // Column -1: the one in which the words are.
    let mut statement = source
        .conn
        .prepare(
            "SELECT rowid, item, kind, subject, snippet(search, -1, char(1), char(2), '…', 24)
             FROM search WHERE search MATCH ?1 ORDER BY rank, rowid LIMIT ?2",
        )
        .map_err(&sql)?;
    let mut rows = statement.query((question, limit.saturating_mul(8).min(10_000))).map_err(&sql)?;
    let mut items = BTreeMap::new();
    let mut hits = Vec::new();
    while let Some(row) = rows.next().map_err(&sql)? {
        let hit = || -> rusqlite::Result<(String, Hit)> {
            let (snippet, marks) = marked(&row.get::<_, String>(4)?);
            let kind = text::shown(cut(&row.get::<_, String>(2)?, 40));
            let subject = text::shown(cut(&row.get::<_, String>(3)?, 200));
            Ok((row.get(1)?, Hit { n: row.get(0)?, kind, subject, snippet, marks }))
        };
        let (item, hit) = hit().map_err(&sql)?;
        match items.get(&item) {
            // The place to point at is where it was first said.
            Some(&place) => {
                if let Some(known) = hits.get_mut(place).filter(|known: &&mut Hit| hit.n < known.n) {
                    *known = hit;
                }
            }
            None if hits.len() >= limit => {}
            None => {
                if !item.is_empty() {
                    items.insert(item, hits.len());
                }
                hits.push(hit);
            }
        }
    }
    Ok(hits)
}

/// At most so many characters.
fn cut(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

/// Takes the marks out of a snippet and says where they were.
fn marked(raw: &str) -> (String, Vec<Range<usize>>) {
    let mut plain = String::with_capacity(raw.len());
    let mut marks = Vec::new();
    let mut from = None;
    // Twenty-four words are few, but a word can be a whole log.
    for piece in cut(raw, 600).split_inclusive(['\u{1}', '\u{2}']) {
        let words = piece.trim_end_matches(['\u{1}', '\u{2}']);
        plain.push_str(&text::shown(words));
        if piece.ends_with('\u{1}') {
            from = Some(plain.len());
        } else if piece.ends_with('\u{2}')
            && let Some(from) = from.take()
        {
            marks.push(from..plain.len());
        }
    }
    (plain, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_say_where_the_words_are() {
        let (text, marks) = marked("…the \u{1}model\u{2} was \u{1}pul\nled\u{2} \u{2}back");
        assert_eq!(text, "…the model was pul led back");
        assert_eq!(marks.iter().map(|m| &text[m.clone()]).collect::<Vec<_>>(), ["model", "pul led"]);
    }
}
