//! Response times: the ladder of every expected action.

use crate::{
    block::{Block, Figure, Line, Section, Table},
    case::Case,
    phrase, picture,
};
use protocol::SimTime;
use scoring::{Dimension, Ladder, Mark, Status};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let mut blocks = vec![Block::Para(
        "Per expected action: the time from its inject being delivered to being opened, acknowledged, first rightly acted on and completed. Full points up to the target, none from the limit on.".into(),
    )];
    match picture::ladder::draw(case) {
        Some(svg) => {
            blocks.push(Block::Figure(Figure { svg, caption: "Response times against target and limit.".into() }))
        }
        None => blocks.push(Block::Para("No expected action was called for.".into())),
    }
    let rows = picture::ladder::rows(case);
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            caption: "Response times",
            head: vec![
                "Expected action",
                "Verdict",
                "Delivered",
                "Opened",
                "Acknowledged",
                "First correct act",
                "Completed",
                "Target",
                "Limit",
            ],
            rows: rows.into_iter().map(|(mark, ladder)| row(mark, &ladder)).collect(),
            small: true,
            widths: &[],
        }));
    }
    let never: Vec<String> = case
        .card
        .dimensions
        .iter()
        .filter(|d| d.dimension == Dimension::Response)
        .flat_map(|d| &d.marks)
        .filter(|m| m.status == Status::NotExercised && m.of > 0)
        .map(|m| m.title.trim_end_matches('.').to_owned())
        .collect();
    if !never.is_empty() {
        blocks.push(Block::Note(
            format!("Not exercised, because the moment for it never came: {}.", never.join("; ")).into(),
        ));
    }
    Some(Section { id: "response", title: "Response times", blocks, page: true })
}

fn row(mark: &Mark, ladder: &Ladder) -> Vec<Line> {
    let (word, tone) = phrase::status(mark.status);
    let after = |t: Option<SimTime>| match t {
        None => "—".into(),
        Some(t) if t < ladder.delivered => "before".into(),
        Some(t) => Line::from(format!("+{}", t.since(ladder.delivered))),
    };
    vec![
        mark.title.trim_end_matches('.').to_owned().into(),
        Line::new().badge(tone, word),
        ladder.delivered.to_string().into(),
        after(ladder.opened),
        after(ladder.acknowledged),
        after(ladder.acted),
        after(ladder.completed),
        ladder.target.since(ladder.delivered).to_string().into(),
        ladder.limit.since(ladder.delivered).to_string().into(),
    ]
}
