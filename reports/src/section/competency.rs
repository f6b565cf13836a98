//! Appendix D: the competency map, with what there is to show.

use crate::{
    block::{Block, Line, Section, Table, Tone},
    case::{Case, tone},
    phrase,
};
use scoring::CompetencyCard;

/// As many pieces of evidence as are shown for one competency.
const SHOWN: usize = 4;

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    if case.card.competencies.is_empty() {
        return None;
    }
    let blocks = vec![
        Block::Table(Table {
            caption: "Competencies and their evidence",
            head: vec!["Competency", "Module", "Shown", "Marks that weigh most"],
            rows: case.card.competencies.iter().map(|c| row(case, c)).collect(),
            small: true,
            widths: &[34, 16, 9, 41],
        }),
        Block::Note("One exercise is one piece of evidence about a table, not a certificate about a person.".into()),
    ];
    Some(Section { id: "competencies", title: "Appendix D: Competency map", blocks, page: false })
}

fn row(case: &Case<'_>, c: &CompetencyCard) -> Vec<Line> {
    let module = case.scenario.competencies.iter().find(|k| k.id == c.competency).map_or("", |k| k.module.as_str());
    let shown = c.percent.map_or_else(
        || Line::new().badge(Tone::Quiet, "not exercised"),
        |p| Line::new().badge(tone(i64::from(p), 100), format!("{p} %")),
    );
    let mut marks: Vec<_> = c.marks.iter().filter_map(|id| case.mark(id)).collect();
    marks.sort_by_key(|m| (std::cmp::Reverse(m.of.max(m.points.abs())), m.id.clone()));
    let mut evidence = Line::new();
    for (i, mark) in marks.iter().take(SHOWN).enumerate() {
        if i > 0 {
            evidence = evidence.then();
        }
        let entry = mark.evidence.last().map_or_else(String::new, |e| format!("#{}", e.entry));
        let (word, tone) = phrase::status(mark.status);
        evidence =
            evidence.badge(tone, word).say(" ").say(mark.title.trim_end_matches('.').to_owned()).say(" ").code(entry);
    }
    if marks.len() > SHOWN {
        evidence = evidence.then().soft(format!("and {} more", marks.len() - SHOWN));
    }
    vec![c.text.clone().into(), module.to_owned().into(), shown, evidence]
}
