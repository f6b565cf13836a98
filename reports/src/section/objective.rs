//! Analysis per objective: the HSEEP rating with its reason, strengths and areas for improvement.

use crate::{
    block::{Block, Line, Section, Table},
    case::{Case, tone},
    phrase,
};
use scoring::{Finding, ObjectiveCard};

/// As many areas for improvement as are analysed for one objective; the others are named.
const ANALYSED: usize = 6;

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let row = |o: &ObjectiveCard| {
        let (letter, words, tone) = phrase::rating(o.rating);
        vec![
            o.text.clone().into(),
            phrase::capability(o.capability).into(),
            Line::new().badge(tone, letter).say(" ").say(words),
            if o.rating.is_some() { points(o.points, o.of) } else { Line::new().soft("none at stake") },
        ]
    };
    let mut blocks = vec![Block::Table(Table {
        caption: "Table 1. Objectives, capabilities and ratings",
        head: vec!["Objective", "Capability", "Rating (HSEEP)", "Points"],
        rows: case.card.objectives.iter().map(row).collect(),
        small: false,
        widths: &[50, 13, 23, 14],
    })];
    for (n, objective) in case.card.objectives.iter().enumerate() {
        blocks.extend(analysis(case, n + 1, objective));
    }
    Some(Section { id: "objectives", title: "Analysis of objectives", blocks, page: true })
}

fn points(points: i64, of: i64) -> Line {
    Line::new().badge(tone(points, of), format!("{} of {}", phrase::points(points), phrase::points(of)))
}

fn analysis(case: &Case<'_>, n: usize, objective: &ObjectiveCard) -> Vec<Block> {
    let (letter, _, tone) = phrase::rating(objective.rating);
    let own = |f: &&Finding| f.objective == objective.objective;
    let strengths: Vec<&Finding> = case.card.strengths.iter().filter(own).collect();
    let improvements: Vec<&Finding> = case.card.improvements.iter().filter(own).collect();
    let mut blocks = vec![Block::Together(vec![
        Block::Heading(Line::new().say(format!("Objective {n}: {}", objective.text.trim_end_matches('.')))),
        Block::Para(
            Line::new()
                .badge(tone, letter)
                .say(" ")
                .say(format!("{}.", phrase::sentence(objective.reason.trim_end_matches('.')))),
        ),
    ])];
    if objective.rating.is_none() {
        return blocks;
    }
    blocks.push(Block::Para(Line::new().strong("Strengths")));
    if strengths.is_empty() {
        blocks.push(Block::Para("None among the best marks of the exercise.".into()));
    } else {
        blocks.push(Block::List(strengths.iter().map(|f| strength(case, f)).collect()));
    }
    blocks.push(Block::Para(Line::new().strong("Areas for improvement")));
    if improvements.is_empty() {
        blocks.push(Block::Para("None: nothing in this objective lost points worth speaking of.".into()));
    } else {
        blocks.push(Block::Numbered(improvements.iter().take(ANALYSED).map(|f| improvement(case, f)).collect()));
    }
    if improvements.len() > ANALYSED {
        let rest: Vec<String> = improvements[ANALYSED..].iter().map(|f| case.finding(f).0).collect();
        blocks.push(Block::Note(format!("Also, each with less weight: {}.", rest.join("; ")).into()));
    }
    blocks
}

fn strength(case: &Case<'_>, finding: &Finding) -> Line {
    let (title, reason) = case.finding(finding);
    let mut line = Line::new().strong(title).say(" ").soft(format!("+{}", phrase::points(finding.points)));
    line = line.then().say(format!("{}.", phrase::sentence(reason.trim_end_matches('.'))));
    with_evidence(case, line, finding)
}

fn improvement(case: &Case<'_>, finding: &Finding) -> Line {
    let (title, reason) = case.finding(finding);
    let mut line = Line::new().strong(title).say(" ").soft(phrase::points(finding.points));
    line = line.then().say(format!("{}.", phrase::sentence(reason.trim_end_matches('.'))));
    if !finding.advice.is_empty() {
        line = line.then().strong("Instead: ").say(finding.advice.clone());
    }
    with_evidence(case, line, finding)
}

fn with_evidence(case: &Case<'_>, line: Line, finding: &Finding) -> Line {
    case.evidences(&finding.evidence).into_iter().fold(line, |line, e| line.then().join(e))
}
