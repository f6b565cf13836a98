//! Step 1: one plain spelling of the text, with a way back to the original bytes.
//!
//! Invisible characters are dropped and look-alikes folded to the letters they
//! look like, so that neither can hide a claim from the patterns or smuggle in
//! one that people do not see. The tables are small excerpts in the sense of
//! Unicode TR 36/39 (confusables) and NFKC compatibility forms, not the whole.

/// Folded text with the original byte range of every folded byte.
pub(crate) struct Normal {
    /// Lower case, ASCII wherever there is an equivalent.
    pub(crate) text: String,
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// Invisible characters dropped.
    pub(crate) hidden: u32,
    /// Look-alike letters of other scripts folded.
    pub(crate) lookalikes: u32,
}

impl Normal {
    /// Original byte range of folded bytes `a..b`; `b` is greater than `a`.
    pub(crate) fn original(&self, a: usize, b: usize) -> (usize, usize) {
        let start = self.starts.get(a).copied().unwrap_or(0);
        let end = b.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(start);
        (start as usize, end.max(start) as usize)
    }

    fn push(&mut self, folded: &str, start: usize, end: usize) {
        for _ in 0..folded.len() {
            // Texts are cut at 64 KiB before they come here.
            self.starts.push(start as u32);
            self.ends.push(end as u32);
        }
        self.text.push_str(folded);
    }
}

/// Folds `text`.
pub(crate) fn normalise(text: &str) -> Normal {
    let mut out = Normal {
        text: String::with_capacity(text.len()),
        starts: Vec::with_capacity(text.len()),
        ends: Vec::with_capacity(text.len()),
        hidden: 0,
        lookalikes: 0,
    };
    let mut buffer = [0u8; 4];
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_ascii() {
            let c = if c == '\r' { ' ' } else { c.to_ascii_lowercase() };
            out.push(c.encode_utf8(&mut buffer), at, end);
        } else if is_invisible(c) {
            out.hidden += 1;
        } else if let Some(s) = typographic(c) {
            out.push(s, at, end);
        } else if let Some(l) = letterlike(c) {
            out.lookalikes += 1;
            out.push(l.encode_utf8(&mut buffer), at, end);
        } else if let Some(s) = accented(c) {
            out.push(s, at, end);
        } else if c.is_whitespace() {
            out.push(" ", at, end);
        } else {
            for l in c.to_lowercase() {
                out.push(l.encode_utf8(&mut buffer), at, end);
            }
        }
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{300}'..='\u{36f}' | '\u{e0000}'..='\u{e01ef}')
}

fn typographic(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' | '\u{b4}' => "'",
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{2010}'..='\u{2012}' | '\u{2212}' => "-",
        '\u{2013}' => "\u{2013}",
        '\u{2014}' | '\u{2015}' => "\u{2014}",
        '\u{2022}' | '\u{2023}' | '\u{25aa}' | '\u{25cf}' | '\u{25e6}' | '\u{2043}' | '\u{b7}' => "\u{2022}",
        '\u{2026}' => "...",
        '\u{2028}' | '\u{2029}' | '\u{85}' => "\n",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb00}' => "ff",
        '\u{2713}' | '\u{2714}' | '\u{2705}' | '\u{2611}' => "\u{2713}",
        _ => return None,
    })
}

/// Letters of other blocks that look like a Latin letter or digit.
fn letterlike(c: char) -> Option<char> {
    let n = c as u32;
    match n {
        0xff01..=0xff5e => return char::from_u32(n - 0xfee0).map(|c| c.to_ascii_lowercase()),
        0x1d400..=0x1d6a3 => return char::from_u32(u32::from(b'a') + (n - 0x1d400) % 26),
        0x1d7ce..=0x1d7ff => return char::from_u32(u32::from(b'0') + (n - 0x1d7ce) % 10),
        0x24b6..=0x24cf => return char::from_u32(u32::from(b'a') + n - 0x24b6),
        0x24d0..=0x24e9 => return char::from_u32(u32::from(b'a') + n - 0x24d0),
        _ => {}
    }
    Some(match c {
        'а' | 'А' | 'α' | 'Α' | 'ɑ' => 'a',
        'В' | 'Β' | 'ь' => 'b',
        'с' | 'С' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'Е' | 'ё' | 'Ε' | 'ҽ' => 'e',
        'ɡ' => 'g',
        'һ' | 'Н' | 'Η' => 'h',
        'і' | 'І' | 'ı' | 'Ι' | 'ι' | 'Ӏ' | 'ӏ' => 'i',
        'ј' | 'Ј' => 'j',
        'к' | 'К' | 'Κ' | 'κ' => 'k',
        'М' | 'Μ' | 'м' => 'm',
        'п' | 'Ν' => 'n',
        'о' | 'О' | 'ο' | 'Ο' | 'օ' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'Т' | 'Τ' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ѡ' => 'w',
        'х' | 'Х' | 'Χ' | 'χ' => 'x',
        'у' | 'У' | 'Υ' | 'γ' => 'y',
        'Ζ' => 'z',
        _ => return None,
    })
}

fn accented(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'À'..='Å' | 'ā' => "a",
        'è'..='ë' | 'È'..='Ë' | 'ē' => "e",
        'ì'..='ï' | 'Ì'..='Ï' => "i",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => "o",
        'ù'..='ü' | 'Ù'..='Ü' => "u",
        'ç' | 'Ç' => "c",
        'ñ' | 'Ñ' => "n",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_and_hidden_characters_fold_and_map_back() {
        let text = "Rе\u{200b}gulator ｔｏｌｄ";
        let n = normalise(text);
        assert_eq!(n.text, "regulator told");
        assert_eq!((n.hidden, n.lookalikes), (1, 5));
        let (a, b) = n.original(10, 14);
        assert_eq!(&text[a..b], "ｔｏｌｄ");
    }
}
