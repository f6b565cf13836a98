//! A text cut into pieces wherever a mark begins or ends, and the list of what the marks mean.

use crate::{
    block::{MarkKind, Piece},
    ink::Ink,
    names::Moves,
    phrase,
};
use rubric::{Credit, ElementResult, FactVerdict, Reading, Span};

/// One line of the list under a text.
pub(crate) struct Foot {
    /// Its number in the text; `None`: there is no place to show.
    pub(crate) number: Option<usize>,
    pub(crate) kind: MarkKind,
    pub(crate) label: String,
    pub(crate) points: String,
    pub(crate) reason: String,
}

/// A mark that has a place.
struct Placed {
    from: usize,
    to: usize,
    kind: MarkKind,
    number: usize,
}

/// The sign beside a number: the same in the text and in the list.
pub(crate) fn sign(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Earned => "+",
        MarkKind::Half => "½",
        MarkKind::Near => "−",
        MarkKind::Prohibited => "✗",
        MarkKind::Contradiction => "≠",
        MarkKind::Gated => "∅",
        MarkKind::Form => "·",
    }
}

/// Collects marks and their lines.
struct Feet<'a> {
    text: &'a str,
    moves: &'a Moves,
    placed: Vec<Placed>,
    feet: Vec<Foot>,
    matched: Vec<(usize, usize)>,
}

impl Feet<'_> {
    /// A span of the text as sent, as bytes of the text as shown.
    fn range(&self, span: Span) -> Option<(usize, usize)> {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (from, to) = (floor(self.moves.place(span.start, false)), floor(self.moves.place(span.end, true)));
        (from < to).then_some((from, to))
    }

    fn add(&mut self, kind: MarkKind, span: Option<Span>, label: String, points: String, reason: String) {
        let range = span.and_then(|s| self.range(s));
        let number = range.map(|(from, to)| {
            let number = self.placed.len() + 1;
            self.placed.push(Placed { from, to, kind, number });
            number
        });
        self.feet.push(Foot { number, kind, label, points, reason });
    }

    /// Numbers run as the text does: by where a mark ends, then by where it begins.
    fn renumber(&mut self) {
        let mut order: Vec<usize> = (0..self.placed.len()).collect();
        order.sort_by_key(|&i| (self.placed[i].to, self.placed[i].from, i));
        let mut now = vec![0; self.placed.len() + 1];
        for (n, &i) in order.iter().enumerate() {
            now[self.placed[i].number] = n + 1;
        }
        self.placed.iter_mut().for_each(|p| p.number = now[p.number]);
        self.placed.sort_by_key(|p| p.number);
        self.feet.iter_mut().for_each(|f| f.number = f.number.map(|n| now[n]));
        // What has a place in the text first, in its order; then what was not said, then form.
        self.feet.sort_by_key(|f| f.number.unwrap_or(usize::MAX));
    }

    fn matched(&mut self, words: &[Span]) {
        let ranges: Vec<(usize, usize)> = words.iter().filter_map(|s| self.range(*s)).collect();
        self.matched.extend(ranges);
    }
}

/// The text in pieces, and the list under it.
pub(crate) fn mark(ink: &Ink, text: &str, reading: &Reading) -> (Vec<Piece>, Vec<Foot>) {
    let (shown, moves) = ink.mask.apply_moving(text);
    let mut feet = Feet { text: &shown, moves: &moves, placed: Vec::new(), feet: Vec::new(), matched: Vec::new() };
    for element in &reading.elements {
        add_element(&mut feet, element);
    }
    for hit in &reading.prohibited {
        feet.matched(&hit.evidence.words);
        let why = format!("{}.", hit.why.trim_end_matches('.'));
        feet.add(
            MarkKind::Prohibited,
            Some(hit.evidence.span),
            format!("Must not be said ({})", hit.id),
            points(hit.points),
            why,
        );
    }
    for fact in &reading.facts {
        let kind = match fact.verdict {
            FactVerdict::Contradiction | FactVerdict::Premature => MarkKind::Contradiction,
            FactVerdict::Ok | FactVerdict::Unsupported => continue,
        };
        feet.add(kind, Some(fact.span), fact.id.clone(), points(fact.points), fact.reason());
    }
    for gated in &reading.gated {
        feet.add(MarkKind::Gated, Some(gated.span), "earns nothing".to_owned(), "0".to_owned(), gated.reason());
    }
    for form in &reading.form {
        let score =
            format!("{} of {}", phrase::points(i64::from(form.earned)), phrase::points(i64::from(form.possible)));
        // Where form is as it should be there is nothing to look at in the text.
        let span = form.span.filter(|_| form.earned < form.possible);
        feet.add(MarkKind::Form, span, form.check.label().to_owned(), score, phrase::sentence(&form.found));
    }
    feet.renumber();
    let pieces = cut(&shown, &feet.placed, &feet.matched);
    (pieces, feet.feet)
}

fn points(hundredths: i32) -> String {
    phrase::points(i64::from(hundredths))
}

fn add_element(feet: &mut Feet<'_>, element: &ElementResult) {
    let score = format!("{} of {}", points(element.earned), points(element.possible));
    let label = if element.required { format!("{} (required)", element.label) } else { element.label.clone() };
    let reason = element.reason();
    // The reason opens with label and points, which have their own columns.
    let head = format!("{}: {} of {}, ", element.label, points(element.earned), points(element.possible));
    let reason = phrase::sentence(reason.strip_prefix(&head.replace('−', "-")).unwrap_or(&reason));
    let kind = match element.credit {
        Credit::Full => MarkKind::Earned,
        Credit::Half => MarkKind::Half,
        Credit::None => MarkKind::Near,
    };
    let span = element
        .evidence
        .as_ref()
        .map(|e| e.span)
        .or_else(|| element.miss.as_ref().map(|m| m.span).filter(|s| s.start < s.end));
    if element.credit != Credit::None
        && let Some(evidence) = &element.evidence
    {
        feet.matched(&evidence.words);
    }
    feet.add(kind, span, label, score, reason);
}

/// Cuts the text at every place a mark or a matched word begins or ends.
fn cut(text: &str, placed: &[Placed], matched: &[(usize, usize)]) -> Vec<Piece> {
    let mut cuts: Vec<usize> = placed.iter().flat_map(|p| [p.from, p.to]).collect();
    cuts.extend(matched.iter().flat_map(|(from, to)| [*from, *to]));
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|w| {
            let (from, to) = (w[0], w[1]);
            Piece {
                text: text[from..to].to_owned(),
                kind: placed.iter().filter(|p| p.from <= from && to <= p.to).map(|p| p.kind).max(),
                matched: matched.iter().any(|(a, b)| *a <= from && to <= *b),
                ends: placed.iter().filter(|p| p.to == to).map(|p| (p.number, p.kind)).collect(),
            }
        })
        .collect()
}
