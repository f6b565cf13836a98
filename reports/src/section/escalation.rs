//! The escalation table: who was to be told, who was, and what of it was right.

use crate::{
    block::{Block, Line, Section, Table},
    case::{Case, tone},
    phrase,
};
use scoring::{EscalationRow, Verdict};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let rows: Vec<Vec<Line>> = case.card.escalation.iter().map(|row| line(case, row)).collect();
    let mut blocks = Vec::new();
    if rows.is_empty() {
        blocks.push(Block::Para("The scenario has no escalation matrix.".into()));
    } else {
        let count = |wanted: Verdict| case.card.escalation.iter().filter(|r| r.verdict == wanted).count();
        let all = [
            Verdict::OnTime,
            Verdict::Late,
            Verdict::Missed,
            Verdict::WrongParty,
            Verdict::Premature,
            Verdict::OutOfOrder,
            Verdict::Unauthorised,
            Verdict::NotExercised,
        ];
        let told = all.into_iter().filter(|v| count(*v) > 0).map(|v| format!("{} {}", count(v), phrase::verdict(v).0));
        blocks.push(Block::Para(
            format!(
                "{}. Telling too many, too early or without leave costs as well as not telling.",
                phrase::sentence(&told.collect::<Vec<_>>().join(", "))
            )
            .into(),
        ));
        blocks.push(Block::Table(Table {
            caption: "Escalation matrix with verdicts",
            head: vec!["Who", "Verdict", "Called for", "Told", "By", "Points", "Why", "Entry"],
            rows,
            small: true,
            widths: &[18, 10, 7, 7, 11, 9, 29, 9],
        }));
    }
    Some(Section { id: "escalation", title: "Escalation", blocks, page: true })
}

fn line(case: &Case<'_>, row: &EscalationRow) -> Vec<Line> {
    let (word, verdict_tone) = phrase::verdict(row.verdict);
    let mark = case.mark(&row.mark);
    let points = mark.map_or_else(Line::new, |m| match (row.verdict, m.of) {
        (Verdict::NotExercised, _) => Line::new().soft("not counted"),
        (_, 0) => phrase::points(m.points).into(),
        _ => {
            Line::new().badge(tone(m.points, m.of), format!("{} of {}", phrase::points(m.points), phrase::points(m.of)))
        }
    });
    let entries = mark.map_or_else(Line::new, |m| {
        let mut seen: Vec<u64> = m.evidence.iter().map(|e| e.entry).collect();
        seen.sort_unstable();
        seen.dedup();
        Line::new().code(seen.iter().take(3).map(|n| format!("#{n}")).collect::<Vec<_>>().join(" "))
    });
    let who = if row.line.is_some() {
        Line::from(row.name.clone())
    } else {
        Line::new().say(row.name.clone()).soft(" (not in the matrix)")
    };
    vec![
        who,
        Line::new().badge(verdict_tone, word),
        Case::time(row.called).into(),
        Case::time(row.told).into(),
        row.by.as_ref().map_or_else(|| "—".to_owned(), |s| case.seat(s)).into(),
        points,
        row.reason.clone().into(),
        entries,
    ]
}
