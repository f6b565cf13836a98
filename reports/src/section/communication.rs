//! Communications: every written product as it was sent, with what the rubric saw in it marked in the text.

mod marked;

use crate::{
    block::{Block, Line, MarkKind, Section, Table, Tone},
    case::{Case, tone},
    phrase,
};
use marked::Foot;
pub(crate) use marked::sign as mark_sign;
use protocol::{ItemKind, PartyId};
use rubric::{Credit, Reading};
use scoring::{CommunicationRow, Status};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    if case.card.communications.is_empty() {
        blocks.push(Block::Para("The scenario asks for no written product.".into()));
    } else {
        blocks.push(Block::Para(
            "Texts stand as they were sent. Numbers in a text lead to the list below it; the sign beside each number says what was seen: + earned, ½ half earned, − nearest to something missed, ✗ must not be said, ≠ contradicts the record or came too early, ∅ earns nothing (struck through), · form.".into(),
        ));
    }
    for row in &case.card.communications {
        blocks.extend(product(case, row));
    }
    blocks.extend(others(case));
    Some(Section { id: "communications", title: "Communications", blocks, page: true })
}

fn product(case: &Case<'_>, row: &CommunicationRow) -> Vec<Block> {
    let mark = case.mark(&row.mark);
    let mut head = Line::new().say(row.name.clone());
    if let Some(m) = mark {
        let (word, status_tone) = phrase::status(m.status);
        let counts = matches!(m.status, Status::Met | Status::Partly | Status::Failed);
        let tone = if counts { tone(m.points, m.of) } else { status_tone };
        let points =
            if counts { format!("{} of {}", phrase::points(m.points), phrase::points(m.of)) } else { word.to_owned() };
        head = head.say(" ").badge(tone, points);
    }
    let mut first = vec![Block::Heading(head)];
    if let Some(m) = mark {
        first.push(Block::Para(format!("{}.", phrase::sentence(m.reason.trim_end_matches('.'))).into()));
    }
    let Some(sent) = row.sent else {
        if mark.is_some_and(|m| m.status == Status::Failed) {
            first.push(Block::Para(Line::new().badge(Tone::Bad, "nothing was sent")));
        }
        return vec![Block::Together(first)];
    };
    first.push(Block::Terms(envelope(case, row, &sent.to_string())));
    let mut blocks = vec![Block::Together(first)];
    let Some(reading) = &row.reading else {
        blocks.push(Block::Quote(row.text.clone()));
        return blocks;
    };
    let (pieces, feet) = marked::mark(&case.ink, &row.text, reading);
    blocks.push(Block::Marked(pieces));
    blocks.extend(notes(&feet, reading));
    blocks
}

fn envelope(case: &Case<'_>, row: &CommunicationRow, sent: &str) -> Vec<(&'static str, Line)> {
    let message = case.record.messages.iter().find(|m| Some(m.entry) == row.entry);
    let mut line = Line::new();
    if let Some(entry) = row.entry {
        line = line.code(format!("#{entry}")).say(" ");
    }
    line = line.say(sent.to_owned());
    let mut terms = vec![("Sent", line)];
    if let Some(by) = &row.by {
        terms.push(("From", case.seat(by).into()));
    }
    if let Some(m) = message {
        let draft = &m.sent.draft;
        terms.push(("To", case.parties(&draft.to).into()));
        let channel = draft.via.as_ref().map_or_else(String::new, |via| {
            let known = case.scenario.channels.iter().find(|c| c.id == *via);
            known.map_or_else(|| via.to_string(), |c| c.name.clone())
        });
        let marking = draft.tlp.map_or_else(|| "no TLP marking".to_owned(), |t| t.to_string());
        let approved = match m.sent.approved {
            Some(true) => ", approved",
            Some(false) => ", without the approval it needs",
            None => "",
        };
        terms.push(("By", Line::new().say(format!("{channel}, {marking}")).say(approved)));
    }
    terms
}

/// The list under a text: what each number means, and what has no place in the text.
fn notes(feet: &[Foot], reading: &Reading) -> Vec<Block> {
    let mut blocks = Vec::new();
    let row = |foot: &Foot| {
        vec![
            foot.number.map_or_else(
                || Line::from("—"),
                |n| Line::new().badge(tone_of(foot.kind), format!("{}{n}", marked::sign(foot.kind))),
            ),
            Line::new().strong(foot.label.clone()),
            foot.points.clone().into(),
            foot.reason.clone().into(),
        ]
    };
    if !feet.is_empty() {
        blocks.push(Block::Table(Table {
            caption: "What was read",
            head: vec!["Mark", "Looked for", "Points", "What was seen"],
            rows: feet.iter().map(row).collect(),
            small: true,
            widths: &[6, 26, 10, 58],
        }));
    }
    let mut remarks: Vec<String> = reading.caps.iter().map(rubric::CapApplied::reason).collect();
    remarks.extend(reading.notes.iter().cloned());
    remarks.extend(reading.review.iter().map(|r| format!("For a person to look at: {r}")));
    let earned = reading.elements.iter().filter(|e| e.credit != Credit::None).count();
    let band = if reading.band.is_empty() { String::new() } else { format!(" ({})", reading.band) };
    blocks.push(Block::Note(
        format!(
            "Text: {} of {}{band}, {earned} of {} elements, {} words, confidence {} of 100.{}{}",
            phrase::points(i64::from(reading.points)),
            phrase::points(i64::from(reading.out_of)),
            reading.elements.len(),
            reading.words,
            reading.confidence,
            if remarks.is_empty() { "" } else { " " },
            remarks.join(" ")
        )
        .into(),
    ));
    blocks
}

pub(crate) fn tone_of(kind: MarkKind) -> Tone {
    match kind {
        MarkKind::Earned => Tone::Good,
        MarkKind::Half => Tone::Half,
        MarkKind::Near | MarkKind::Contradiction | MarkKind::Prohibited => Tone::Bad,
        MarkKind::Form | MarkKind::Gated => Tone::Quiet,
    }
}

/// Messages that fulfilled no product: who wrote to whom about what.
fn others(case: &Case<'_>) -> Vec<Block> {
    let graded = |entry: u64| case.card.communications.iter().any(|c| c.entry == Some(entry));
    let rows: Vec<Vec<Line>> = case
        .record
        .messages
        .iter()
        .filter(|m| !graded(m.entry))
        .map(|m| {
            let draft = &m.sent.draft;
            let what = if draft.subject.is_empty() { draft.body.clone() } else { draft.subject.clone() };
            let what = draft
                .product
                .as_ref()
                .map_or_else(|| what.clone(), |p| format!("{what} (as {p}; not the one that was read)"));
            vec![
                m.at.to_string().into(),
                case.seat(&m.sent.by).into(),
                case.parties(&draft.to).into(),
                phrase::short(&case.ink.data(&what.split_whitespace().collect::<Vec<_>>().join(" ")), 140).into(),
                Line::new().code(format!("#{}", m.entry)),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let asked = case.record.deliveries.iter().filter(|d| d.item.kind == ItemKind::Reply).map(|d| &d.item.from.id);
    let answered: std::collections::BTreeSet<&PartyId> = asked.flatten().collect();
    vec![
        Block::Heading("Other messages".into()),
        Block::Table(Table {
            caption: "Messages that fulfil no product",
            head: vec!["Time", "From", "To", "About", "Entry"],
            rows,
            small: true,
            widths: &[],
        }),
        Block::Note(format!("{} of those written to or paged answered.", answered.len()).into()),
    ]
}
