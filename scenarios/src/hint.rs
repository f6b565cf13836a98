//! What an author most likely did where the RON reader only says what it would have read next.

use crate::span::{Tree, position};
use ron::Error;
use std::ops::Range;

/// A complaint in an author's words.
pub(crate) struct Hint {
    pub(crate) message: String,
    pub(crate) help: String,
    /// A better place than where the reader stopped.
    pub(crate) place: Option<Range<usize>>,
}

fn say(message: &str, help: &str) -> Option<Hint> {
    Some(Hint { message: message.to_owned(), help: help.to_owned(), place: None })
}

/// The hint for a complaint at this byte.
pub(crate) fn hint(text: &str, tree: &Tree, code: &Error, at: usize) -> Option<Hint> {
    let rest = text.get(at..)?.trim_start();
    let last = last_value(tree, at);
    match code {
        Error::ExpectedIdentifier => identifier(rest),
        Error::ExpectedMapColon if rest.starts_with('=') => say("`=` where a colon belongs", "write `name: value`"),
        Error::ExpectedMapColon => say("there is no colon after the field's name", "write `name: value`"),
        Error::ExpectedArray => say("a list was expected here", "write it in square brackets, even for one: [ … ]"),
        Error::ExpectedStructLike if rest.starts_with('"') => {
            say("a pair was expected here", "write both values in round brackets, as in (\"1m\", \"3m\")")
        }
        Error::ExpectedString => say("a text was expected here", "write it between double quotes"),
        Error::ExpectedBoolean => say("true or false was expected here", "write it without quotes"),
        Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd if !rest.is_empty() => too_many(text, rest, at),
        Error::IntegerOutOfBounds => number(text, last?),
        Error::ExpectedComma if rest.starts_with('.') && text[..at].ends_with(|c: char| c.is_ascii_digit()) => {
            say("this number has to be whole", "write it without a point")
        }
        Error::ExpectedComma => comma(text, last?),
        Error::Eof | Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd | Error::ExpectedStringEnd => {
            unclosed(text, tree)
        }
        Error::MissingStructField { field, .. } => swallowed(text, tree, field),
        _ => None,
    }
}

fn identifier(rest: &str) -> Option<Hint> {
    let quoted = rest.strip_prefix('"').and_then(|r| r.split_once('"'));
    match quoted {
        Some((_, after)) if after.trim_start().starts_with(':') => {
            say("a field's name stands between quotes", "write it bare: `name: value`")
        }
        Some(_) => say(
            "a name of the schema was expected here, not a text",
            "say what it is, as in Acted(\"…\"), Delivered(\"…\") or Done(…)",
        ),
        None if rest.starts_with(['(', '{', '[']) => {
            say("a field's name was expected here", "the entry above may lack its closing `)`")
        }
        None => None,
    }
}

fn too_many(text: &str, rest: &str, at: usize) -> Option<Hint> {
    let digit = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit());
    if digit && rest.starts_with(['s', 'm', 'h', 'd', ':']) {
        return say("a time stands here without quotes", "write it as a text: \"12m\"");
    }
    say("the bracket was expected to close here", "there is one value too many, or a `)` is missing")
}

fn number(text: &str, last: Range<usize>) -> Option<Hint> {
    let value = text.get(last.clone())?;
    let (message, help) = if value.starts_with('-') {
        (format!("{value} is below zero"), "write 0 or more; points lost are written as a positive number")
    } else {
        (format!("{value} is too large here"), "percentages end at 100, counts at a few thousand")
    };
    Some(Hint { message, help: help.into(), place: Some(last) })
}

/// The innermost value that goes on to the end of the file.
fn unclosed(text: &str, tree: &Tree) -> Option<Hint> {
    let end = text.trim_end().len();
    let open = |s: &Range<usize>| s.end >= end && text[s.start..].starts_with(['(', '[', '{', '"', 'r']);
    let start = tree.spans().filter(open).map(|s| s.start).max()?;
    Some(Hint {
        message: "this is opened here and never closed".into(),
        help: "look for a missing `)`, `]`, `}` or `\"` below".into(),
        place: Some(start..start + 1),
    })
}

fn comma(text: &str, last: Range<usize>) -> Option<Hint> {
    let value = text.get(last.clone())?;
    let next = text.get(last.end..)?;
    if value.starts_with('"') && value.contains('\n') {
        let (line, _) = position(text, last.start);
        return Some(Hint {
            message: "a comma was expected where this text ends, many words further".into(),
            help: format!("the text that begins in line {line} may lack its closing quote"),
            place: Some(last.start..last.start + value.find('\n').unwrap_or(value.len())),
        });
    }
    // Something stands right behind a closing quote: it was an opening one.
    if value.starts_with('"') && next.starts_with(|c: char| c.is_alphanumeric()) {
        return Some(Hint {
            message: "this text ends where the next one was to begin".into(),
            help: "it may lack its closing quote; quotes inside a text are written \\\"".into(),
            place: Some(last),
        });
    }
    Some(Hint {
        message: "a comma is missing after this value, or it is not closed".into(),
        help: "write `,` after it".into(),
        place: Some(last.end.saturating_sub(1)..last.end),
    })
}

/// A field that is missing because a text before it was not closed and took it in.
pub(crate) fn swallowed(text: &str, tree: &Tree, field: &str) -> Option<Hint> {
    let inside = |span: &Range<usize>| {
        text.get(span.clone()).is_some_and(|t| {
            t.starts_with(['"', 'r']) && t.lines().skip(1).any(|l| l.trim_start().starts_with(&format!("{field}:")))
        })
    };
    let span = tree.leaves().find(inside)?;
    let end = text[span.start..].find('\n').map_or(span.end, |n| span.start + n);
    Some(Hint {
        message: format!("the field `{field}` is missing: this text has taken it in"),
        help: "the text may lack its closing quote; what begins with r#\" ends with \"#".into(),
        place: Some(span.start..end),
    })
}

fn last_value(tree: &Tree, at: usize) -> Option<Range<usize>> {
    tree.leaves().filter(|s| s.end <= at).max_by_key(|s| s.end)
}
