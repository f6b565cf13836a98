//! Characters that show nothing or change how others are shown are written out, so that a reader sees what
//! is there. Text is cleaned where it enters an exercise; a transcript from elsewhere may not have been.

use protocol::clean::is_hidden;
use std::borrow::Cow;

/// The text with `⟨U+202E⟩` where such a character stood; a tab is a space. Line breaks stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' => out.push(' '),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            c if is_hidden(c) => out.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_hides_is_written_out() {
        assert_eq!(visible("pay\u{202e}exe\u{200b}\x1b[2J"), "pay⟨U+202E⟩exe⟨U+200B⟩⟨U+001B⟩[2J");
        assert_eq!(visible("a\tb\r\nc\rd"), "a b\nc\nd");
        assert_eq!(visible("Zoë — 38 €"), "Zoë — 38 €");
    }
}
