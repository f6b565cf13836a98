//! Step 2: lines, bullets, timeline rows, headings and sentences.

mod line;

use crate::normal::{Normal, normalise};
use crate::reading::Span;
use crate::token::{Cutter, Kind, Token};
use crate::word::Stems;
use line::{bullet, heading_lead, label, label_lead, line_kind};
use std::ops::Range;

/// What a unit of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// A sentence of running text.
    Prose,
    /// An item of a list.
    Bullet,
    /// A line that names what follows.
    Heading,
    /// A row of a table.
    Row,
    /// A line that begins with a clock time.
    Timeline,
}

/// What a heading says of the items below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// "Actions taken"
    Done,
    /// "Next steps"
    Planned,
    /// "What we do not know"
    Unknown,
}

/// One sentence, list item, row or heading.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Its tokens in [`Text::tokens`].
    pub(crate) tokens: Range<usize>,
    /// What it is.
    pub(crate) kind: UnitKind,
    /// Where it stands in the original text.
    pub(crate) span: Span,
    /// What the heading above it says.
    pub(crate) lead: Option<Lead>,
    /// Its words.
    pub(crate) words: u32,
    /// The unit with the label it stands under in the same line, and how many tokens that label has.
    pub(crate) under: Option<(usize, usize)>,
}

/// A text cut into units and tokens.
pub(crate) struct Text {
    pub(crate) tokens: Vec<Token>,
    pub(crate) units: Vec<Unit>,
    /// Words in all.
    pub(crate) words: u32,
    pub(crate) hidden: u32,
    pub(crate) lookalikes: u32,
}

/// A piece of folded text that stays together.
struct Piece {
    from: usize,
    to: usize,
    kind: UnitKind,
    lead: Option<Lead>,
}

/// Cuts `original`.
pub(crate) fn split(original: &str, stems: &Stems) -> Text {
    let normal = normalise(original);
    let pieces = pieces(&normal);
    let mut out = Text {
        tokens: Vec::with_capacity(original.len() / 5),
        units: Vec::new(),
        words: 0,
        hidden: normal.hidden,
        lookalikes: normal.lookalikes,
    };
    let mut cutter = Cutter { normal: &normal, original, stems, count: 0 };
    for piece in pieces {
        let (mut lead, mut under) = (piece.lead, None);
        for (from, to) in sentences(&normal, original, &piece) {
            let (first, at) = (out.tokens.len(), cutter.count);
            cutter.cut(from, to, &mut out.tokens);
            let last = out.tokens.len();
            let (Some(a), Some(b)) = (out.tokens.get(first), out.tokens.last()) else { continue };
            if first == last || cutter.count == at {
                out.tokens.truncate(first);
                continue;
            }
            let span = Span { start: a.span.start, end: b.span.end.max(a.span.end) };
            let label =
                if piece.kind == UnitKind::Heading { 0 } else { label(out.tokens.get(first..last).unwrap_or(&[])) };
            if label > 0 {
                lead = label_lead(out.tokens.get(first..first + label).unwrap_or(&[])).or(piece.lead);
                under = None;
            }
            out.units.push(Unit { tokens: first..last, kind: piece.kind, span, lead, words: cutter.count - at, under });
            if label > 0 {
                under = Some((out.units.len() - 1, label));
            }
        }
    }
    out.words = cutter.count;
    out
}

/// Lines put together into paragraphs, items, rows and headings.
fn pieces(normal: &Normal) -> Vec<Piece> {
    let text = normal.text.as_str();
    let mut out: Vec<Piece> = Vec::new();
    let mut lead = None;
    let mut open = false;
    let mut before = 0usize;
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let (a, b) = (from, from + line.len());
        from = b;
        let body = line.trim();
        if body.is_empty() {
            open = false;
            continue;
        }
        let mut kind = line_kind(body);
        let short = body.split_whitespace().count() <= 8 && !body.ends_with(['.', '!', '?', ',', ';']);
        if kind == UnitKind::Prose && short && text.get(b..).is_some_and(|rest| bullet(rest.trim_start())) {
            kind = UnitKind::Heading;
        }
        let begins_low = body.starts_with(|c: char| c.is_alphanumeric() || "(\"'".contains(c));
        let joins = open && kind == UnitKind::Prose && begins_low && before >= 55;
        if let (true, Some(last)) = (joins, out.last_mut()) {
            last.to = b;
        } else {
            if kind == UnitKind::Heading {
                lead = heading_lead(body);
            } else if kind == UnitKind::Prose && !open && body.len() > 90 {
                lead = None;
            }
            out.push(Piece { from: a, to: b, kind, lead: if kind == UnitKind::Heading { None } else { lead } });
        }
        before = body.len();
        open = kind != UnitKind::Heading && kind != UnitKind::Row && !body.ends_with(['.', '!', '?', ':']);
        open |= matches!(kind, UnitKind::Prose | UnitKind::Bullet) && before >= 55;
    }
    out
}

/// Sentences inside a piece, as folded byte ranges.
fn sentences(normal: &Normal, original: &str, piece: &Piece) -> Vec<(usize, usize)> {
    let Some(text) = normal.text.get(piece.from..piece.to) else { return Vec::new() };
    let mut out = Vec::new();
    let mut from = 0;
    let mut chars = text.char_indices().peekable();
    let leading = text.len() - text.trim_start().len();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        while chars.peek().is_some_and(|(_, n)| matches!(n, '.' | '!' | '?' | '"' | '\'' | ')' | ']')) {
            chars.next();
        }
        let end = chars.peek().map_or(text.len(), |(i, _)| *i);
        let Some((_, next)) = chars.peek() else { continue };
        if !next.is_whitespace() {
            continue;
        }
        let head = text.get(from..at).unwrap_or("");
        let word = head.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
        let list_number = from == 0 && at - leading.min(at) <= 2 && word.bytes().all(|b| b.is_ascii_digit());
        if c == '.' && (abbreviation(word) || list_number) && !word.ends_with(".m") {
            continue;
        }
        let rest = text.get(end..).unwrap_or("").trim_start();
        if rest.is_empty() {
            continue;
        }
        // After "a.m." only a capital begins a new sentence.
        if word.ends_with(".m") || word == "etc" || word == "utc" && rest.starts_with(|c: char| c.is_lowercase()) {
            let skip = text.len() - rest.len();
            let (o, _) = normal.original(piece.from + skip, piece.from + skip + 1);
            let zone =
                ["utc", "gmt", "bst", "cet", "cest", "est", "edt", "pst", "pdt"].iter().any(|z| rest.starts_with(z));
            let upper = !zone && original.get(o..).and_then(|s| s.chars().next()).is_some_and(char::is_uppercase);
            if !upper {
                continue;
            }
        }
        out.push((piece.from + from, piece.from + end));
        from = end;
    }
    if text.get(from..).is_some_and(|s| !s.trim().is_empty()) {
        out.push((piece.from + from, piece.to));
    }
    out
}

fn abbreviation(word: &str) -> bool {
    const LIST: &[&str] = &[
        "e.g", "i.e", "eg", "ie", "approx", "no", "dr", "mr", "mrs", "ms", "vs", "inc", "ltd", "dept", "art", "sec",
        "st", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "fig", "ca", "cf",
        "a.k.a", "est", "ref", "ver",
    ];
    let initial = word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()) && word != "i";
    (LIST.contains(&word) && word != "no") || initial || (word.len() == 3 && word.as_bytes().get(1) == Some(&b'.'))
}

impl Text {
    /// The tokens of a unit.
    pub(crate) fn of(&self, unit: &Unit) -> &[Token] {
        self.tokens.get(unit.tokens.clone()).unwrap_or(&[])
    }
}

/// Places where a thought ends inside a unit: `;`, "but", "however", a table's cell border is none.
///
/// Patterns do not reach across: "We told the ICO, but customers were not told" says nothing
/// good about customers.
pub(crate) fn segments(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    let not_only =
        tokens.windows(2).any(|w| matches!(w, [a, b] if a.text == "not" && (b.text == "only" || b.text == "just")));
    for (i, t) in tokens.iter().enumerate() {
        let cut = match t.kind {
            Kind::Mark(';') => true,
            Kind::Word => {
                let starts = matches!(t.text.as_str(), "but" | "however" | "whereas" | "although" | "though");
                starts && !not_only && i > from + 1
            }
            _ => false,
        };
        if cut && i > from {
            out.push(from..i);
            from = i;
        }
    }
    if from < tokens.len() {
        out.push(from..tokens.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotes(text: &str) -> Vec<String> {
        let t = split(text, &Stems::new());
        t.units.iter().map(|u| text[u.span.start..u.span.end].to_owned()).collect()
    }

    #[test]
    fn sentences_keep_times_and_abbreviations_together() {
        let got = quotes("We took it down at 9.12 a.m. UTC. Dr. Ade, e.g. the owner, agreed. Next update: 18:00.");
        assert_eq!(got.len(), 3, "{got:?}");
    }

    #[test]
    fn lists_headings_and_timelines_are_units() {
        let text = "Actions taken:\n- Tokens revoked\n1. Host isolated\n\nNext steps\n- Notify the ICO\n09:12 Assistant offline for all\n| a | b | c |\n";
        let t = split(text, &Stems::new());
        let kinds: Vec<UnitKind> = t.units.iter().map(|u| u.kind).collect();
        use UnitKind::*;
        assert_eq!(kinds, [Heading, Bullet, Bullet, Heading, Bullet, Timeline, Row]);
        assert_eq!(t.units[1].lead, Some(Lead::Done));
        assert_eq!(t.units[4].lead, Some(Lead::Planned));
    }

    #[test]
    fn wrapped_lines_are_one_sentence() {
        let got = quotes(
            "We have withdrawn the model from every region this morning while\nwe look at how it was changed.\nThanks",
        );
        assert_eq!(got.len(), 2, "{got:?}");
    }
}
