//! Appendix A: the improvement plan.

use crate::{
    block::{Block, Line, Section, Table},
    case::Case,
    phrase,
    plan::{self, Corrective, MOST},
};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let all = plan::correctives(case);
    let mut blocks = Vec::new();
    if all.is_empty() {
        blocks.push(Block::Para("Nothing lost points worth a corrective action. Repeat the exercise under harder conditions: fewer seats, faster pace, assessment.".into()));
    } else {
        let left_out = all.len().saturating_sub(MOST);
        blocks.push(Block::Para("Proposed by the exercise, costliest first; to be agreed at the after-action meeting. Empty fields are for the organisation.".into()));
        blocks.push(Block::Table(Table {
            caption: "Improvement plan",
            head: vec![
                "Capability",
                "Issue / area for improvement",
                "Corrective action",
                "Capability element",
                "Primary responsible",
                "Organisation POC",
                "Start date",
                "Completion date",
            ],
            rows: all.iter().take(MOST).enumerate().map(|(n, c)| row(n + 1, c)).collect(),
            small: true,
            widths: &[9, 22, 25, 9, 11, 8, 8, 8],
        }));
        if left_out > 0 {
            blocks.push(Block::Note(format!("{left_out} further areas with less weight stand in the analysis of objectives and in the JSON report.").into()));
        }
    }
    blocks.push(Block::Para(Line::new().strong("How the capability element was filled in")));
    blocks.push(Block::List(
        plan::RULE.iter().map(|(element, when)| Line::new().strong(*element).say(": ").say(*when).say(".")).collect(),
    ));
    Some(Section { id: "plan", title: "Appendix A: Improvement plan", blocks, page: true })
}

fn row(n: usize, c: &Corrective) -> Vec<Line> {
    let blank = || Line::new().soft("________");
    let or_blank = |text: &str| if text.is_empty() { blank() } else { Line::from(text.to_owned()) };
    vec![
        Line::new().say(format!("{n}. ")).say(c.capability),
        Line::new().strong(c.issue.clone()).then().soft(phrase::short(&c.seen, 130)),
        or_blank(&c.action),
        c.element.into(),
        if c.owner.is_empty() { blank() } else { Line::new().say(c.owner.clone()).soft(" (suggested)") },
        blank(),
        or_blank(&c.start),
        blank(),
    ]
}
