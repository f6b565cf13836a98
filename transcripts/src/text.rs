//! Which words of an exercise can be searched, and how a question is put to the index.

use crate::entry::Body;
use protocol::{Fact, ItemKind};

/// The searchable words of one entry.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// The item they belong to; one message is sent once and delivered to several.
    pub(crate) item: String,
    /// What sort of thing it is, for people.
    pub(crate) kind: &'static str,
    pub(crate) subject: String,
    pub(crate) body: String,
}

/// The words of an entry, where it has any that somebody wrote or was sent.
pub(crate) fn words(body: &Body) -> Option<Words> {
    let Body::Event(event) = body else { return None };
    let plain = |kind, subject: &str, body: &str| {
        Some(Words { item: String::new(), kind, subject: subject.to_owned(), body: body.to_owned() })
    };
    match &event.fact {
        Fact::Delivered { item } => {
            let mut body = item.body.clone();
            for attachment in &item.attachments {
                body.push('\n');
                body.push_str(&attachment.name);
                body.push('\n');
                body.push_str(&attachment.text);
            }
            let kind = match item.kind {
                ItemKind::Inject => "inject",
                ItemKind::Alert => "alert",
                ItemKind::Message => "message",
                ItemKind::Reply => "reply",
                ItemKind::Result => "result",
                ItemKind::Request => "request",
            };
            Some(Words { item: item.id.to_string(), kind, subject: item.subject.clone(), body })
        }
        Fact::Sent { message } => Some(Words {
            item: message.id.to_string(),
            kind: "message",
            subject: message.draft.subject.clone(),
            body: message.draft.body.clone(),
        }),
        Fact::Logged { text, by } => plain("log", by.as_str(), text),
        Fact::Paged { party, reason, .. } => plain("page", party.as_str(), reason),
        Fact::Declared { declaration, reason, .. } => plain("declaration", declaration.as_str(), reason),
        Fact::Decided { decision, reason, .. } => plain("decision", decision.as_str(), reason),
        _ => None,
    }
}

/// A question as FTS5 reads it: every word must occur, words in double quotes stand together, a star at
/// a word's end stands for any ending. Whatever else was typed is text: everything is quoted.
/// `None` when there is no word in it.
pub(crate) fn question(typed: &str) -> Option<String> {
    let mut parts = Vec::new();
    // Inside quotes at odd pieces.
    for (i, piece) in typed.split('"').enumerate() {
        if i % 2 == 1 {
            parts.push((piece.trim(), false));
        } else {
            parts.extend(piece.split_whitespace().map(|w| (w.trim_end_matches('*'), w.ends_with('*'))));
        }
    }
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(words, _)| words.chars().any(char::is_alphanumeric))
        .take(32)
        .map(|(words, open)| {
            let words: String = words.chars().filter(|c| !c.is_control()).take(200).collect();
            format!("\"{words}\"{}", if open { "*" } else { "" })
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Text from a file as it may be shown on a terminal: what would act there or hide is replaced.
pub(crate) fn shown(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' => ' ',
            c if c.is_control() => '\u{fffd}',
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{061c}' => {
                '\u{fffd}'
            }
            '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_text() {
        for (typed, asked) in [
            ("rollback", Some(r#""rollback""#)),
            ("model  pulled", Some(r#""model" "pulled""#)),
            ("isolat*", Some(r#""isolat"*"#)),
            (r#""held back" now"#, Some(r#""held back" "now""#)),
            ("NOT NEAR(a b) subject:x", Some(r#""NOT" "NEAR(a" "b)" "subject:x""#)),
            (r#"an " open"#, Some(r#""an" "open""#)),
            ("fraud-v42", Some(r#""fraud-v42""#)),
            ("* \" -- ()", None),
            ("", None),
        ] {
            assert_eq!(question(typed).as_deref(), asked, "{typed}");
        }
    }

    #[test]
    fn nothing_shown_acts_on_a_terminal() {
        assert_eq!(shown("a\u{1b}[2Jb\u{202e}c\nd"), "a\u{fffd}[2Jb\u{fffd}c d");
    }
}
