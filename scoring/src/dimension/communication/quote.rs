//! The words behind a mark: quoted spans, near misses, and statements that do not agree.

use crate::{
    card::{CommunicationRow, Evidence},
    judgement::{Case, Judged},
    record::Message,
};
use protocol::Draft;
use rubric::{Credit, FactFinding, FactVerdict, Reading, Span};

/// A quotation in a note is cut at this many characters.
const QUOTE_CHARS: usize = 120;
/// The advice names at most so many things to mend.
const THINGS: usize = 3;

/// Subject and text as the scorecard shows them.
pub(super) fn whole(draft: &Draft) -> String {
    if draft.subject.is_empty() { draft.body.clone() } else { format!("{}\n\n{}", draft.subject, draft.body) }
}

/// Bytes of [`whole`] before the text itself.
pub(super) fn prefix(draft: &Draft) -> usize {
    if draft.subject.is_empty() { 0 } else { draft.subject.len() + 2 }
}

/// The reading with its spans counted in [`whole`].
pub(super) fn shifted(mut reading: Reading, by: usize) -> Reading {
    let shift = |span: &mut Span| {
        if span.end > span.start {
            span.start += by;
            span.end += by;
        }
    };
    let hits = reading.prohibited.iter_mut().map(|p| &mut p.evidence);
    for evidence in reading.elements.iter_mut().filter_map(|e| e.evidence.as_mut()).chain(hits) {
        shift(&mut evidence.span);
        evidence.words.iter_mut().for_each(shift);
    }
    reading.elements.iter_mut().filter_map(|e| e.miss.as_mut()).for_each(|m| shift(&mut m.span));
    reading.facts.iter_mut().for_each(|f| shift(&mut f.span));
    reading.gated.iter_mut().for_each(|g| shift(&mut g.span));
    reading.form.iter_mut().filter_map(|f| f.span.as_mut()).for_each(shift);
    reading
}

/// Every judgement of the rubric with the words it rests on, in the order of the text.
pub(super) fn evidence(message: &Message<'_>, reading: &Reading) -> Vec<Evidence> {
    let at = |span: Span, note: String| Evidence {
        entry: message.entry,
        at: message.at,
        note,
        span: Some((span.start, span.end)),
    };
    let earned = reading.elements.iter().filter(|e| e.credit != Credit::None);
    let mut all: Vec<Evidence> = earned
        .filter_map(|e| e.evidence.as_ref().map(|x| at(x.span, format!("{}: \"{}\"", e.label, short(&x.quote)))))
        .collect();
    let wrong = reading.facts.iter().filter(|f| f.points < 0);
    all.extend(wrong.map(|f| at(f.span, f.reason())));
    all.extend(reading.prohibited.iter().map(|p| at(p.evidence.span, p.reason())));
    all.extend(reading.gated.iter().map(|g| at(g.span, g.reason())));
    all.sort_by_key(|e| e.span);
    all
}

fn short(quote: &str) -> String {
    let line = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTE_CHARS {
        return line;
    }
    let mut cut: String = line.chars().take(QUOTE_CHARS - 1).collect();
    cut.push('…');
    cut
}

/// What would have earned more: what must not be said, what was wrong, then the dearest elements missed.
pub(super) fn advice(reading: &Reading, otherwise: &str) -> String {
    let mut things: Vec<String> = reading
        .prohibited
        .iter()
        .map(|p| format!("leave out \"{}\": {}", short(&p.evidence.quote), p.why.trim_end_matches('.')))
        .collect();
    let wrong = reading.facts.iter().filter(|f| f.points < 0);
    things.extend(wrong.map(|f| match f.verdict {
        FactVerdict::Premature => format!("do not state \"{}\" before it is known or free to say", f.found),
        _ => format!("check \"{}\" against what was reported", f.found),
    }));
    let mut missed: Vec<_> = reading.elements.iter().filter(|e| e.credit != Credit::Full).collect();
    missed.sort_by_key(|e| e.earned - e.possible);
    things.extend(missed.into_iter().map(|e| match &e.miss {
        Some(miss) if !miss.quote.is_empty() => {
            format!("say {} (nearest: \"{}\": {})", e.label, short(&miss.quote), miss.lacking.trim_end_matches('.'))
        }
        _ => format!("say {}", e.label),
    }));
    let form = reading.form.iter().filter(|f| f.earned < f.possible);
    things.extend(form.map(|f| format!("mend {}: {}", f.check.label().to_lowercase(), f.found)));
    things.truncate(THINGS);
    if things.is_empty() { otherwise.to_owned() } else { capitalised(&format!("{}.", things.join("; "))) }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Flags for the evaluator where two products state the same fact differently. No points: which of the two
/// is wrong is already marked, and a number may have changed in between.
pub(super) fn contradictions(case: &Case<'_>, marks: &mut [Judged], rows: &[CommunicationRow]) {
    let mut sent: Vec<(usize, &CommunicationRow)> =
        rows.iter().enumerate().filter(|(_, r)| r.reading.is_some()).collect();
    sent.sort_by_key(|(_, r)| r.entry);
    for (i, (index, later)) in sent.iter().enumerate() {
        for (_, earlier) in sent.iter().take(i) {
            for (then, now) in differing(earlier, later) {
                let text = format!(
                    "for the evaluator: says \"{}\" where the {} of {} said \"{}\" ({})",
                    now.found,
                    earlier.name,
                    earlier.sent.unwrap_or_default(),
                    then.found,
                    now.id
                );
                if let Some(judged) = marks.get_mut(*index) {
                    judged.mark.reason = format!("{}; {text}", judged.mark.reason);
                    judged.mark.evidence.extend(earlier.entry.map(|n| case.record.evidence(n)));
                    judged.mark.evidence.sort_by_key(|e| e.entry);
                    judged.mark.evidence.dedup();
                }
            }
        }
    }
}

fn differing<'a>(
    earlier: &'a CommunicationRow,
    later: &'a CommunicationRow,
) -> Vec<(&'a FactFinding, &'a FactFinding)> {
    let stated = |row: &'a CommunicationRow| {
        let facts = row.reading.iter().flat_map(|r| &r.facts);
        facts.filter(|f| matches!(f.verdict, FactVerdict::Ok | FactVerdict::Contradiction))
    };
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let differ = |a: &FactFinding, b: &FactFinding| {
        // Two that agree with the scenario agree with each other, however they are written.
        a.id == b.id
            && (a.verdict, b.verdict) != (FactVerdict::Ok, FactVerdict::Ok)
            && plain(&a.found) != plain(&b.found)
    };
    let pairs = stated(later).filter_map(|b| stated(earlier).find(|a| differ(a, b)).map(|a| (a, b)));
    let mut once: Vec<(&FactFinding, &FactFinding)> = Vec::new();
    for pair in pairs {
        if !once.iter().any(|(_, b)| b.id == pair.1.id) {
            once.push(pair);
        }
    }
    once
}
