//! Text that shows as typed in Markdown, whatever is typed.

/// One line of text, safe anywhere on a line of CommonMark or GitHub's Markdown, tables included. Line
/// breaks become spaces.
pub(crate) fn inline(text: &str) -> String {
    let text: Vec<char> = text.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    while at < text.len() {
        if let Some(end) = address(&text, at) {
            // GitHub makes a link of an address whatever is escaped in it, except inside code.
            out.push('`');
            out.extend(&text[at..end]);
            out.push('`');
            at = end;
            continue;
        }
        one(&mut out, &text, at);
        at += 1;
    }
    out
}

fn one(out: &mut String, text: &[char], at: usize) {
    let c = text[at];
    let next = text.get(at + 1).copied();
    let before = at.checked_sub(1).map(|i| text[i]);
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '#' | '$' | '^' | '@' => {
            out.push('\\');
            out.push(c);
        }
        // What makes a line a list, a rule or an underlined heading.
        '-' | '+' | '=' if text[..at].iter().all(|c| c.is_whitespace() || matches!(c, '-' | '+' | '=')) => {
            out.push('\\');
            out.push(c);
        }
        '.' | ')' if next.is_none_or(char::is_whitespace) && is_number(&text[..at]) => {
            out.push('\\');
            out.push(c);
        }
        '!' if next == Some('[') => out.push_str("\\!"),
        // A scheme: `https:`, `javascript:`, `mailto:`; not `12:30` and not `Note: `.
        ':' if before.is_some_and(|b| b.is_ascii_alphanumeric())
            && next.is_some_and(|n| !n.is_whitespace() && !n.is_ascii_digit()) =>
        {
            out.push_str("\\:");
        }
        ':' if next == Some('/') => out.push_str("\\:"),
        '.' if at >= 3 && text[at - 3..at].iter().all(|c| matches!(c, 'w' | 'W')) => out.push_str("\\."),
        c => out.push(c),
    }
}

/// What with a dot or a bracket after it would begin a numbered list.
fn is_number(text: &[char]) -> bool {
    text.iter().any(char::is_ascii_digit) && text.iter().all(|c| c.is_ascii_digit() || *c == ' ')
}

/// Where an e-mail address that begins here ends.
fn address(text: &[char], at: usize) -> Option<usize> {
    let local = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    if !local(&text[at]) || at.checked_sub(1).is_some_and(|i| local(&text[i])) {
        return None;
    }
    let sign = at + text[at..].iter().take_while(|c| local(c)).count();
    if text.get(sign) != Some(&'@') {
        return None;
    }
    let host = text[sign + 1..].iter().take_while(|c| local(c)).count();
    (host > 0).then_some(sign + 1 + host)
}

/// Code: any text between backticks, also in a table.
pub(crate) fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_markup_shows_as_typed() {
        for (typed, written) in [
            ("[x](http://a.b)", "\\[x\\](http\\://a.b)"),
            ("<script>", "&lt;script&gt;"),
            ("# not a heading", "\\# not a heading"),
            ("- no list", "\\- no list"),
            ("1. no list", "1\\. no list"),
            ("2.5 points", "2.5 points"),
            ("a | b", "a \\| b"),
            ("``` fence", "\\`\\`\\` fence"),
            ("see www.evil.example", "see www\\.evil.example"),
            ("write to a.b@c.example now", "write to `a.b@c.example` now"),
            ("[^1]: foot", "\\[\\^1\\]: foot"),
            ("javascript:alert(1)", "javascript\\:alert(1)"),
            ("at 12:30, fine: yes", "at 12:30, fine: yes"),
            ("38 of 40 - well done.", "38 of 40 - well done."),
            ("===", "\\=\\=\\="),
        ] {
            assert_eq!(inline(typed), written);
        }
        assert_eq!(code("a`b|c"), "``a`b\\|c``");
    }
}
