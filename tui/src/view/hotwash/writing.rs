//! A written product in the hot wash: the text as sent, with what the rubric saw in it.

use crate::{doc::Doc, look::THEME, scene::Scene};
use ratatui::style::Style;
use rubric::Credit;
use scoring::CommunicationRow;

/// The text with what the rubric saw in it: numbers in brackets lead to the reasons below.
pub(crate) fn writing(doc: &mut Doc, c: &CommunicationRow, scene: &Scene) {
    doc.title(&c.name);
    if let (Some(by), Some(at)) = (&c.by, c.sent) {
        doc.field(
            "Sent",
            &format!("{} at {at} by {}", c.item.as_ref().map_or("", |i| i.as_str()), scene.who(by.as_str())),
        );
    }
    let Some(reading) = &c.reading else {
        doc.text(if c.item.is_none() { "It was not sent." } else { "It was not graded." });
        return;
    };
    doc.field("Result", &reading.summary());
    let remarks = remarks(reading);
    let spans: Vec<(usize, usize, Style)> =
        remarks.iter().filter_map(|r| r.span.map(|(from, to)| (from, to, r.style.underlined()))).collect();
    let labels: Vec<String> =
        remarks.iter().filter(|r| r.span.is_some()).map(|r| format!(" [{}{}]", r.n, r.mark)).collect();
    let (text, spans) = annotated(&c.text, &spans, &labels);
    doc.gap();
    doc.rule("As sent; [1✓] earned, [2~] nearly, [3✗] costs: see below");
    doc.marked(&text, &spans);
    for (heading, wanted) in [
        ("Earned", "✓"),
        ("Half or nearly", "~"),
        ("Missed, contradicted or not to be said", "✗"),
        ("Form and limits", "·"),
    ] {
        let mut of = remarks.iter().filter(|r| r.mark == wanted).peekable();
        if of.peek().is_some() {
            doc.gap();
            doc.rule(heading);
        }
        for r in of {
            doc.bullet(&format!("[{}]", r.n), &r.reason, r.style);
        }
    }
}

/// Something the rubric saw, with its number in the text.
struct Remark {
    n: usize,
    mark: &'static str,
    style: Style,
    span: Option<(usize, usize)>,
    reason: String,
}

fn remarks(reading: &rubric::Reading) -> Vec<Remark> {
    let mut out = Vec::new();
    let mut add = |mark: &'static str, style: Style, span: Option<rubric::Span>, reason: String| {
        let span = span.map(|s| (s.start, s.end)).filter(|(from, to)| from < to);
        out.push(Remark { n: out.len() + 1, mark, style, span, reason });
    };
    for e in &reading.elements {
        let said = e.evidence.as_ref().map(|e| e.span);
        let near = e.miss.as_ref().map(|m| m.span);
        match (e.credit, near) {
            (Credit::Full, _) => add("✓", THEME.good, said, e.reason()),
            (Credit::Half, _) => add("~", THEME.warn, said, e.reason()),
            (Credit::None, Some(near)) if near.start < near.end => add("~", THEME.warn, Some(near), e.reason()),
            (Credit::None, _) => add("✗", THEME.bad, None, e.reason()),
        }
    }
    for f in &reading.facts {
        if f.points < 0 {
            add("✗", THEME.bad, Some(f.span), f.reason());
        } else {
            add("·", Style::new(), None, f.reason());
        }
    }
    for p in &reading.prohibited {
        add("✗", THEME.bad, Some(p.evidence.span), p.reason());
    }
    for g in &reading.gated {
        add("✗", THEME.bad, Some(g.span), g.reason());
    }
    for f in &reading.form {
        add("·", Style::new(), None, f.reason());
    }
    for c in &reading.caps {
        add("·", Style::new(), None, c.reason());
    }
    out
}

/// The text with a label after each span, and the spans where they stand then, in order and apart.
fn annotated(body: &str, spans: &[(usize, usize, Style)], labels: &[String]) -> (String, Vec<(usize, usize, Style)>) {
    let mut ends: Vec<(usize, &String)> =
        spans.iter().zip(labels).map(|((_, to, _), l)| (*to, l)).filter(|(to, _)| body.is_char_boundary(*to)).collect();
    ends.sort_by_key(|(to, _)| *to);
    let mut text = String::with_capacity(body.len() + 8 * ends.len());
    let mut at = 0;
    for (to, label) in &ends {
        text.push_str(body.get(at..*to).unwrap_or_default());
        text.push_str(label);
        at = at.max(*to);
    }
    text.push_str(body.get(at..).unwrap_or_default());
    let before = |pos: usize, with: bool| -> usize {
        let counts = |to: usize| if with { to <= pos } else { to < pos };
        pos + ends.iter().filter(|(to, _)| counts(*to)).map(|(_, l)| l.len()).sum::<usize>()
    };
    let mut moved: Vec<_> = spans.iter().map(|(from, to, s)| (before(*from, true), before(*to, false), *s)).collect();
    moved.sort_by_key(|(from, to, _)| (*from, *to));
    (text, moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_their_spans_and_shift_what_comes_after() {
        let plain = Style::new();
        let labels = [" [1]".to_owned(), " [2]".to_owned()];
        let (text, spans) = annotated("One. Two. Three.", &[(0, 4, plain), (5, 9, plain)], &labels);
        assert_eq!(text, "One. [1] Two. [2] Three.");
        let shown: Vec<&str> = spans.iter().map(|(a, b, _)| &text[*a..*b]).collect();
        assert_eq!(shown, ["One.", "Two."]);
        let (same, _) = annotated("One.", &[(0, 4, plain), (0, 4, plain)], &labels);
        assert_eq!(same, "One. [1] [2]");
    }
}
