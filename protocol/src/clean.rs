//! Participant text is data: nothing a seat types can act on another's terminal or report.
//!
//! Control characters (escape sequences with them), bidirectional overrides and invisible characters
//! are removed where text enters; a tab becomes a space. What was removed is gone from the record too,
//! so every reader sees the same text.

/// Longest message body, in bytes.
pub const MAX_BODY: usize = 64 * 1024;
/// Longest single line (subjects, reasons, log lines, names), in bytes.
pub const MAX_LINE: usize = 2000;

/// Whether a character steers a terminal, changes how the text around it is shown, or shows nothing:
/// control characters except the line break, bidirectional overrides, invisible and unassigned ones.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// One line: no control characters, no line breaks, no invisible characters, spaces trimmed, at most
/// [`MAX_LINE`] bytes.
#[must_use]
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_LINE));
    for c in text.chars() {
        let c = if c.is_whitespace() && !is_hidden(c) { ' ' } else { c };
        if is_hidden(c) || c == '\n' {
            continue;
        }
        if out.len() + c.len_utf8() > MAX_LINE {
            break;
        }
        out.push(c);
    }
    out.trim().to_owned()
}

/// Several lines: like [`line`], but line breaks stay (`\r\n` and `\r` become `\n`), indentation stays,
/// and the limit is [`MAX_BODY`].
#[must_use]
pub fn text(text: &str) -> String {
    // Nearly everything that is typed needs no change.
    if text.len() <= MAX_BODY && text.bytes().all(|b| b == b'\n' || (b' '..0x7f).contains(&b)) {
        return text.trim_end().to_owned();
    }
    let mut out = String::with_capacity(text.len().min(MAX_BODY));
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let c = match c {
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\r' => '\n',
            '\t' => ' ',
            c => c,
        };
        if is_hidden(c) {
            continue;
        }
        if out.len() + c.len_utf8() > MAX_BODY {
            break;
        }
        out.push(c);
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_reaches_a_terminal_as_an_order() {
        assert_eq!(line("a\x1b[2Jb\u{202e}c\u{200b}d\ne\t"), "a[2Jbcd e");
        assert_eq!(text("a\r\nb\rc\nd\x07\x1b]0;x\x07"), "a\nb\nc\nd]0;x");
        assert_eq!(text("one\n\n  two"), "one\n\n  two");
    }

    #[test]
    fn limits_cut_at_a_character() {
        assert_eq!(line(&"é".repeat(3000)).len(), MAX_LINE);
        assert_eq!(text(&"é".repeat(90_000)).len(), MAX_BODY);
    }
}
